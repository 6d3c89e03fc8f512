"""The first letter of what is to be inserted after a salutation."""

from __future__ import annotations

import pytest

from replylint.draft import Draft
from replylint.linter import Linter
from replylint.rules import load
from replylint.source import Source, SourceMap

LINTER = Linter(load(["de"]))
INQUIRY = "Die Lampe kam kaputt an."


def inserted(text: str) -> dict[str, str]:
    """The first word of what each check would insert."""
    draft = Draft(Source("t", text), text, SourceMap.identity(len(text)), inquiry=INQUIRY)
    return {
        finding.rule: finding.rewrites[0].text.split()[0]
        for finding in LINTER.check(draft)
        if finding.document_level and finding.rewrites
    }


@pytest.mark.parametrize(
    ("salutation", "thanks"),
    [
        ("Guten Tag, Frau Kern,\n\ndie", "vielen"),
        ("Hallo, Frau Kern!\n\nDie", "Vielen"),
        ("Grüezi Frau Kern\n\nDie", "Vielen"),
    ],
)
def test_thanks_begin_small_only_after_a_comma(salutation: str, thanks: str) -> None:
    found = inserted(f"{salutation} Lampe kommt am Montag.\n\nViele Grüße\nAnna Berg\n")
    assert found["missing-thanks"] == thanks
    assert found["missing-apology"] == "Es"


def test_an_apology_begins_with_a_capital_after_thanks() -> None:
    text = "Guten Tag, Frau Kern,\n\ndanke für das Bild. Die Lampe kommt am Montag.\n\nViele Grüße\nAnna Berg\n"
    assert inserted(text)["missing-apology"] == "Es"


def test_an_apology_begins_small_where_it_opens_the_reply() -> None:
    text = (
        "Guten Tag, Frau Kern,\n\ndie Lampe kommt am Montag. Der Bote klingelt. Er hilft beim Tragen. "
        "Danke für das Bild.\n\nViele Grüße\nAnna Berg\n"
    )
    assert inserted(text)["missing-apology"] == "es"
