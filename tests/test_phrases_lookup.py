"""Which sentences a phrase is tried on: those with the rarest word of one of its alternatives."""

from __future__ import annotations

import pytest

from replylint.draft import Sentence
from replylint.german.phrases import PhraseBook
from replylint.german.reading import Reading
from replylint.german.tokens import tokenise
from replylint.source import Span


@pytest.mark.parametrize(
    ("phrase", "text", "tried"),
    [
        ("(, Pech|schön für Sie|die Tür)", "Danke, die Lampe ist für Sie da.", False),
        ("(, Pech|schön für Sie|die Tür)", "Das ist vorbei, Pech.", True),
        ("(, Pech|schön für Sie|die Tür)", "Da ist die Tür.", True),
        ("(das ist [so]|Pech)", "Das ist es.", True),
    ],
)
def test_alternatives_are_looked_up_by_their_rarest_words(phrase: str, text: str, tried: bool) -> None:
    book = PhraseBook({})
    number = book.search_for(book.compile(phrase))
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon)
    assert bool(book.candidates(reading)[0] >> number & 1) is tried
