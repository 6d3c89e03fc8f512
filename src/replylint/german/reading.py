"""A text as the matcher reads it: tokens, sentences, clauses, and which word classes stand where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from replylint.draft import Address, Sentence
from replylint.german import clauses
from replylint.german.clauses import Clause
from replylint.german.lexicon import Lexicon
from replylint.german.tokens import Case, Kind, Tokens
from replylint.source import Span


class Stretch:
    """A sentence of a reading: its token range, and lazily its clauses and masks."""

    __slots__ = (
        "_clause_masks",
        "_clauses",
        "_parts",
        "_version",
        "_words",
        "end",
        "memo",
        "number",
        "own_mask",
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
        self.own_mask = 0
        self.soft: set[int] = set()
        self._clauses: list[Clause] | None = None
        self._clause_masks: list[int] = []
        self._parts: list[tuple[int, int, int]] | None = None
        self._words: tuple[int, int] | None = None
        self._version = -1
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

    @property
    def mask(self) -> int:
        """The word classes of its tokens."""
        self.reading.refresh()
        return self.own_mask

    @property
    def question(self) -> bool:
        """Whether it ends with a question mark."""
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

    @property
    def masks_of_clauses(self) -> list[int]:
        """For each clause, the word classes and features in it, those of an inherited subject included."""
        lexicon = self.reading.lexicon
        if self._version != lexicon.version:
            self.reading.refresh()
            masks = self.reading.masks
            self._version = lexicon.version
            self._clause_masks = []
            for clause in self.clauses:
                mask = 0 if clause.subject is None else masks[clause.subject]
                for start, end in clause.ranges:
                    for index in range(start, end):
                        mask |= masks[index]
                for feature in clause.features:
                    mask |= lexicon.feature(feature)
                self._clause_masks.append(mask)
        return self._clause_masks

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
        self.masks: list[int] = []
        """The word classes of each token, as of the last `refresh`."""
        self._version = -1
        self.memo: dict[int, bool] = {}
        """Which phrases stand somewhere, for those that ask again."""
        self.wordlike = [kind is not Kind.PUNCTUATION and kind is not Kind.SYMBOL for kind in tokens.kinds]
        border = self.border = [clauses.is_border(norm) for norm in tokens.norms]
        for stretch in self.stretches:
            stretch.soft = clauses.soft_borders(tokens, stretch.start, stretch.end)
            for index in stretch.soft:
                border[index] = True

    def refresh(self) -> None:
        """Look the tokens up anew where the lexicon has got new classes since."""
        if self._version == self.lexicon.version:
            return
        self._version = self.lexicon.version
        masks = self.masks = self.looked_up(self.lexicon)
        for stretch in self.stretches:
            mask = 0
            for index in range(stretch.start, stretch.end):
                mask |= masks[index]
            stretch.own_mask = mask

    def looked_up(self, lexicon: Lexicon) -> list[int]:
        """The word classes that a lexicon knows for each token."""
        tokens, polite, mask_of = self.tokens, self.address is Address.SIE, lexicon.mask
        return [
            mask_of(norm, case, kind, polite)
            for norm, case, kind in zip(tokens.norms, tokens.cases, tokens.kinds, strict=True)
        ]

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
