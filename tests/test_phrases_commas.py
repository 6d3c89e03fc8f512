"""The phrase language: a literal comma inside „&“ leads into the next clause."""

from __future__ import annotations

import pytest

from replylint.checks.base import marked
from replylint.draft import Address, Sentence
from replylint.german.phrases import PhraseBook
from replylint.german.reading import Reading
from replylint.german.tokens import tokenise
from replylint.source import Span

LISTS = {"hoffnung": ("hoffen [,] dass", "zuversichtlich")}


@pytest.mark.parametrize(
    "phrase",
    [
        "wir & (hoffe|hoffen) [,] [dass] es …4 funktioniert",
        "wir & {mark: hoffen , dass es …4 funktioniert}",
        "wir & @hoffnung es …4 funktioniert",
        "wir & hoffen , dass …4 funktioniert & !Ihnen",
    ],
)
def test_a_term_runs_over_its_comma(phrase: str) -> None:
    text = "Wir hoffen, dass es dann funktioniert."
    book = PhraseBook(LISTS)
    compiled = book.compile(phrase)
    number = book.search_for(compiled)
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon, Address.SIE)
    stretch = reading.stretches[0]
    assert book.candidates(reading)[0] >> number & 1
    assert list(compiled.find(stretch))


def test_a_term_without_a_comma_stays_in_its_clause() -> None:
    text = "Wir hoffen, dass es dann funktioniert."
    book = PhraseBook()
    compiled = book.compile("wir & funktioniert")
    book.search_for(compiled)
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon, Address.SIE)
    assert not list(compiled.find(reading.stretches[0]))


def test_an_extended_match_ends_before_the_full_stop_and_begins_behind_und() -> None:
    text = "Das Paket ist weg und es tut uns leid, falls Sie warten."
    book = PhraseBook()
    compiled = book.compile("leid [,] falls")
    book.search_for(compiled)
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon, Address.SIE)
    (match,) = compiled.find(reading.stretches[0])
    span = marked(match, "clause")
    assert text[span.start : span.end].endswith("falls Sie warten")
    assert not text[span.start : span.end].startswith("und")
