"""Whom a draft addresses where only its first words can show it."""

from __future__ import annotations

import pytest

from replylint.draft import Address, Sentence
from replylint.german import address, sentences
from replylint.german.tokens import tokenise
from replylint.source import Span


def _address(text: str) -> Address | None:
    spans = sentences.split(text, Span(0, len(text)), [])
    return address.decide(tokenise(text), [Sentence(span, 0) for span in spans], None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sie haben den Stecker vergessen.", Address.SIE),
        ("Sie sind umgezogen.", Address.SIE),
        ("Ihre Bestellung ist unterwegs.", Address.SIE),
        ("Ihr Paket ist da.", Address.SIE),
        ("Ihnen fehlt eine Schraube.", Address.SIE),
        ("Sie ist am Ersten fällig.", None),
        ("Ihr seht die Karte im Anhang.", None),
        ("Die Kollegen waren da. Sie haben geklingelt.", None),
        ("Ihr Paket ist da, du kannst es holen.", Address.DU),
        ("Das Paket ist da.", None),
    ],
)
def test_the_first_words_of_a_draft_can_mean_nobody_but_the_reader(text: str, expected: Address | None) -> None:
    assert _address(text) is expected
