"""The two formulae, worked out by hand on a text whose figures are known."""

from __future__ import annotations

import pytest

from replylint.checks.base import Hit
from replylint.draft import Draft
from replylint.german.readability import measured
from replylint.linter import Linter, Settings
from replylint.rules import load
from replylint.source import Source, SourceMap

TEXT = [["Wir", "liefern", "das", "Paket", "am", "Montag"], ["Die", "Bestellung", "ist", "angekommen"]]


def test_the_formulae() -> None:
    figures = measured(TEXT)
    assert figures is not None
    # Five words of one syllable; lie-fern, Pa-ket, Mon-tag; Be-stel-lung, an-ge-kom-men
    assert (figures.sentences, figures.words, figures.syllables) == (2, 10, 5 + 6 + 3 + 4)
    assert (figures.short, figures.many, figures.long) == (5, 2, 3)
    assert figures.vienna == pytest.approx(0.1935 * 20 + 0.1672 * 5 + 0.1297 * 30 - 0.0327 * 50 - 0.875)
    assert figures.flesch == pytest.approx(180 - 5 - 58.5 * 1.8)


def test_no_words_no_figures() -> None:
    assert measured([]) is None
    assert measured([[], []]) is None


RULESET = load(["de"])


def hits(text: str, lang: str = "de") -> list[Hit]:
    linter = Linter(RULESET, Settings(lang=lang, select=("readability",)))
    draft = Draft(Source("a.txt", text), text, SourceMap.identity(len(text)))
    return list(linter.hits(linter.context(draft))["readability"])


HARD = (
    "Maßgeblich für die Leistungsberechnung sind ausschließlich die gespeicherten Entgeltinformationen. "
    "Unstimmigkeiten beanstanden Versicherte gegenüber der kontoführenden Geschäftsstelle schriftlich. "
)


def test_a_hard_draft_has_one_finding_on_the_whole_and_says_the_figures() -> None:
    text = f"Guten Tag Frau Kern,\n\n{HARD * 3}\n\nViele Grüße\nTom Berg"
    [hit] = hits(text)
    assert hit.document_level
    assert hit.slots["limit"] == "11"
    assert hit.slots["words"] == "8,5"
    assert hits(text, "en")[0].slots["words"] == "8.5"


def test_a_short_draft_is_not_judged() -> None:
    assert hits(HARD) == []
    assert hits("") == []
