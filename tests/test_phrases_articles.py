"""Clause features: a clause that begins with an article is subordinate only where it is a relative clause."""

from __future__ import annotations

import pytest

from replylint.draft import Address, Sentence
from replylint.german.phrases import PhraseBook
from replylint.german.reading import Reading
from replylint.german.tokens import tokenise
from replylint.source import Span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Heizung wird nie wieder ausfallen.", False),
        ("Das Paket kommt morgen.", False),
        ("Der Fall ist klar, die Rückmeldung ergeht morgen.", False),
        ("Wir erstatten den Betrag, den Sie genannt haben.", True),
        ("Hier sind die Karten, die Sie bestellt hatten.", True),
        ("Es tut uns leid, dass die Heizung ausfällt.", True),
    ],
)
def test_an_article_opens_no_subordinate_clause(text: str, found: bool) -> None:
    book = PhraseBook()
    compiled = book.compile("(Heizung|Paket|Rückmeldung|Sie) & <subordinate>")
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon, Address.SIE)
    assert bool(list(compiled.find(reading.stretches[0]))) == found
