"""How deep sentences are nested, and for how long their main clause is broken off."""

from __future__ import annotations

import pytest

from replylint.german.nesting import Nesting, nesting
from replylint.german.tokens import tokenise


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Wir liefern am Montag.", Nesting(0, 0)),
        ("Das Buch, das Sie suchen, ist wieder da.", Nesting(2, 3)),
        ("Wir hoffen, dass der Betrag, den Sie nennen, stimmt.", Nesting(2, 0)),
        ("Ich freue mich, dass es klappt, weil Sie da sind, obwohl es regnet.", Nesting(1, 0)),
        ("Ihre Pläne, die Sie uns, bevor das Amt geantwortet hat, geschickt haben, liegen bereit.", Nesting(3, 10)),
        ("Wir haben den Teppich, den Sie uns gebracht haben, gereinigt.", Nesting(2, 5)),
        ("Ihr Vertrag ist, da die Kündigung, die Sie geschickt haben, fehlte, verlängert.", Nesting(3, 8)),
        ("Bitte bringen Sie den Ausweis, die Karte, die Helme und, falls vorhanden, die Jacken mit.", Nesting(0, 0)),
        ("Die Räder stehen, wie besprochen, im Hof.", Nesting(1, 0)),
        ("Ich habe gesehen, dass Sie da waren; der Kollege, der Sie kennt, war krank.", Nesting(2, 3)),
        (", , ,", Nesting(0, 0)),
    ],
)
def test_nesting(sentence: str, expected: Nesting) -> None:
    tokens = tokenise(sentence)
    assert nesting(tokens, 0, len(tokens)) == expected
