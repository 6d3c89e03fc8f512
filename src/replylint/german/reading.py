"""A text as the matcher reads it: tokens by their number in the lexicon, sentences and clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from replylint.draft import Address, Sentence
from replylint.german import clauses
from replylint.german.clauses import Clause
from replylint.german.lexicon import Lexicon, Words
from replylint.german.tokens import Case, Kind, Tokens
from replylint.source import Span


class Stretch:
    """A sentence of a reading: its token range, and lazily its clauses."""

    __slots__ = (
        "_clauses",
        "_norms",
        "_numbers",
        "_parts",
        "_question",
        "_words",
        "end",
        "memo",
        "number",
        "reading",
        "sentence",
        "soft",
        "start",
    )

    def __init__(self, reading: Reading, number: int, sentence: Sentence) -> None:
        self.reading = reading
        self.number = number
        self.sentence = sentence
        self.start, self.end = reading.tokens.range(sentence.span.start, sentence.span.end)
        self.soft: set[int] = set()
        self._clauses: list[Clause] | None = None
        self._norms: frozenset[str] | None = None
        self._numbers: frozenset[int] | None = None
        self._question: bool | None = None
        self._parts: list[tuple[int, int, int]] | None = None
        self._words: tuple[int, int] | None = None
        self.memo: dict[tuple[str, int], Any] = {}
        """What phrases have found here, for those that ask again."""

    @property
    def words(self) -> tuple[int, int]:
        """Its first and its last token that is no mark; its end and the token before it where it has none."""
        if self._words is None:
            wordlike = self.reading.wordlike
            first = next((index for index in range(self.start, self.end) if wordlike[index]), self.end)
            last = next((index for index in range(self.end - 1, first, -1) if wordlike[index]), first)
            self._words = (first, last) if first < self.end else (self.end, self.start - 1)
        return self._words

    def lacks(self, words: Words) -> bool:
        """Whether none of the words is in it."""
        if self._norms is None:
            self._norms = frozenset(self.reading.tokens.norms[self.start : self.end])
        if not words.norms.isdisjoint(self._norms):
            return False
        if words.numbers is None:
            return True
        if self._numbers is None:
            self._numbers = frozenset(self.reading.ids[self.start : self.end])
        return words.numbers.isdisjoint(self._numbers)

    @property
    def question(self) -> bool:
        """Whether it ends with a question mark."""
        if self._question is None:
            self._question = self._asks()
        return self._question

    def _asks(self) -> bool:
        norms = self.reading.tokens.norms
        for index in range(self.end - 1, max(self.start, self.end - 4) - 1, -1):
            if norms[index] == "?":
                return True
            if self.reading.tokens.kinds[index] is Kind.WORD:
                return False
        return False

    @property
    def clauses(self) -> list[Clause]:
        """Its clauses, in order."""
        if self._clauses is None:
            tokens = self.reading.tokens
            self._clauses = clauses.split(tokens, self.start, self.end, self.soft, question=self.question)
        return self._clauses

    def clause_numbers(self, start: int, end: int) -> list[int]:
        """The numbers of the clauses that share a token with the range."""
        if self._parts is None:
            self._parts = sorted(
                (low, high, number) for number, clause in enumerate(self.clauses) for low, high in clause.ranges
            )
        parts = self._parts
        index = bisect_right(parts, start, key=_part_end)
        numbers = set()
        while index < len(parts) and parts[index][0] < end:
            numbers.add(parts[index][2])
            index += 1
        return sorted(numbers)


def _part_end(part: tuple[int, int, int]) -> int:
    return part[1]


class Reading:
    """A text, read with one lexicon. Token indices count from 0; spans are code points of the text."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        lexicon: Lexicon,
        address: Address | None = None,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon
        self.address = address
        self.stretches = [
            stretch
            for number, sentence in enumerate(sentences)
            if (stretch := Stretch(self, number, sentence)).start < stretch.end
        ]
        for number, stretch in enumerate(self.stretches):
            stretch.number = number
        self._mark_initials()
        number_of, polite = lexicon.number, address is Address.SIE
        self.ids = [
            number_of(norm, case, kind, polite)
            for norm, case, kind in zip(tokens.norms, tokens.cases, tokens.kinds, strict=True)
        ]
        """Each token's number in the lexicon."""
        self.memo: dict[int, bool] = {}
        """Which phrases stand somewhere, for those that ask again."""
        self.wordlike = [kind is not Kind.PUNCTUATION and kind is not Kind.SYMBOL for kind in tokens.kinds]
        border = self.border = [clauses.is_border(norm) for norm in tokens.norms]
        for stretch in self.stretches:
            stretch.soft = clauses.soft_borders(tokens, stretch.start, stretch.end)
            for index in stretch.soft:
                border[index] = True

    def _mark_initials(self) -> None:
        cases, kinds = self.tokens.cases, self.tokens.kinds
        for stretch in self.stretches:
            for index in range(stretch.start, stretch.end):
                if kinds[index] is Kind.WORD:
                    if cases[index] is Case.CAPITAL:
                        cases[index] = Case.INITIAL
                    break

    def stretch_at(self, index: int) -> Stretch | None:
        """The sentence that a token stands in."""
        number = bisect_right(self._starts, index) - 1
        if number >= 0 and index < self.stretches[number].end:
            return self.stretches[number]
        return None

    @cached_property
    def _starts(self) -> list[int]:
        return [stretch.start for stretch in self.stretches]

    def span(self, start: int, end: int) -> Span:
        """The text range of a non-empty token range."""
        return Span(self.tokens.starts[start], self.tokens.ends[end - 1])
