"""What of the customer's inquiry a draft takes up: the words that tell its matter, in the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from replylint.checks.base import Context, Entries, find_all
from replylint.german.inflection import is_participle
from replylint.german.phrases import PhraseBook
from replylint.german.reading import Reading, Stretch
from replylint.german.tokens import Case, Kind
from replylint.source import Cover

_SHORTEST = 4  # letters of a noun that tells what a message is about
_IN_COMPOUNDS = 5  # letters of one that may be a part of a longer one („Maschine“, „Waschmaschine“)
_ENOUGH = 2  # so many nouns of the inquiry in one sentence take up its matter, however it is put
_ENDINGS = ("en", "es", "er", "e", "n", "s")


@dataclass(frozen=True, slots=True)
class Echoes:
    """`entries` are phrases that make a sentence a statement about the customer's matter; with a noun, a participle or
    a figure of the inquiry in it, it is an echo. So is any sentence with two of its nouns. `general` holds the norms of
    words that say nothing of a matter (Nachricht, Montag)."""

    entries: Entries
    general: frozenset[str]
    book: PhraseBook

    def stand(self, context: Context, parts: Iterable[str], ignored: Cover) -> bool:
        """Whether there is an echo in the draft's parts, outside of what is to be ignored; never without an inquiry."""
        if context.inquiry is None:
            return False
        inquiry = context.inquiry
        asked = self._nouns(inquiry, 0, len(inquiry.tokens))
        for part in parts:
            for stretch in context.stretches(part):
                said = self._nouns(stretch.reading, stretch.start, stretch.end)
                enough = len({noun for noun in said if _among(noun, asked)}) >= _ENOUGH
                if enough and not ignored.overlaps(stretch.sentence.span):
                    return True
        asked |= self._others(inquiry, 0, len(inquiry.tokens))
        return any(
            any(_among(word, asked) for word in self._words(match.stretch))
            for _, match in find_all(self.entries, context, parts, self.book)
            if not ignored.overlaps(match.stretch.reading.span(match.start, match.end))
        )

    def _words(self, stretch: Stretch) -> set[str]:
        reading, start, end = stretch.reading, stretch.start, stretch.end
        return self._nouns(reading, start, end) | self._others(reading, start, end)

    def _nouns(self, reading: Reading, start: int, end: int) -> set[str]:
        """The stems of the nouns in a token range, as far as capitals tell them."""
        tokens = reading.tokens
        return {
            _stem(tokens.norms[index])
            for index in range(start, end)
            if tokens.kinds[index] is Kind.WORD
            and tokens.cases[index] in (Case.CAPITAL, Case.UPPER)
            and self._telling(tokens.norms[index])
        }

    def _others(self, reading: Reading, start: int, end: int) -> set[str]:
        """The participles and figures in a token range."""
        tokens = reading.tokens
        return {
            tokens.norms[index]
            for index in range(start, end)
            if (
                tokens.kinds[index] is Kind.WORD
                and tokens.cases[index] is Case.LOWER
                and is_participle(tokens.norms[index])
                and self._telling(tokens.norms[index])
            )
            or (tokens.kinds[index] is Kind.NUMBER and len(tokens.norms[index]) > 1)
        }

    def _telling(self, norm: str) -> bool:
        return len(norm) >= _SHORTEST and norm not in self.general and _stem(norm) not in self.general


def _stem(norm: str) -> str:
    for ending in _ENDINGS:
        if norm.endswith(ending) and len(norm) - len(ending) >= _SHORTEST:
            return norm[: -len(ending)]
    return norm


def _among(word: str, others: Iterable[str]) -> bool:
    """Whether the word is one of the others, or a part of one, or the other way round."""
    return any(word == other or _part(word, other) or _part(other, word) for other in others)


def _part(word: str, of: str) -> bool:
    return len(word) >= _IN_COMPOUNDS and word.isalpha() and (of.startswith(word) or of.endswith(word))
