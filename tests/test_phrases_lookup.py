"""Which sentences a phrase is tried on: those with its rarest words, in one clause where it asks for that."""

from __future__ import annotations

import json

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
        ("Pech & gehabt", "Das ist Pech.", False),
        ("Pech & gehabt", "Da haben Sie Pech gehabt.", True),
        ("Pech & gehabt", "Das ist Pech, das haben wir gehabt.", False),
        ("Pech && gehabt", "Das ist Pech, das haben wir gehabt.", True),
        ("Pech & , das", "Das ist Pech, das haben wir gehabt.", True),
        ("wir & Pech & gehabt", "Wir warten und haben dabei Pech gehabt.", True),
        ("*pech & !gehabt", "Das ist ein Riesenpech.", True),
        ("<participle> & Pech", "Das Pech ist uns gefolgt.", True),
        ("<participle> & Pech", "Das Pech ist bei uns.", False),
    ],
)
def test_alternatives_are_looked_up_by_their_rarest_words(phrase: str, text: str, tried: bool) -> None:
    book = PhraseBook({})
    book.search_for(book.compile("dabei"))
    number = book.search_for(book.compile(phrase))
    kept = PhraseBook(kept=json.loads(json.dumps(book.plain())))
    for each in (book, kept):
        reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], each.lexicon)
        assert bool(each.candidates(reading)[0] >> number & 1) is tried


def test_words_that_are_forgotten_are_looked_up_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    book = PhraseBook({})
    phrase = book.compile("(Riesen*|Sie) …3 Pech")
    book.search_for(phrase)
    monkeypatch.setattr(type(book.lexicon), "_MOST", 5)
    for text, stands in (
        ("Das ist eben Riesenkummer bei Pech.", True),
        ("Ein paar andere Worte dazwischen.", False),
        ("Da haben Sie eben Pech gehabt, ja.", True),
        ("Der Riesentopf war Pech.", True),
    ):
        book.lexicon.tidy()
        reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon)
        assert (book.candidates(reading)[0] == 1) is stands
        assert bool(phrase.found(reading.stretches[0])) is stands
