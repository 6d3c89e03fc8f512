"""A text as the matcher reads it: tokens, sentences, clauses, and which word classes stand where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from replylint.draft import Address, Sentence
from replylint.german import clauses
from replylint.german.clauses import Clause
from replylint.german.lexicon import Lexicon
from replylint.german.tokens import Case, Kind, Tokens
from replylint.source import Span


class Stretch:
    """A sentence of a reading: its token range, and lazily its clauses and masks."""

    __slots__ = ("_clauses", "_clause_masks", "end", "mask", "number", "reading", "sentence", "soft", "start")

    def __init__(self, reading: Reading, number: int, sentence: Sentence) -> None:
        self.reading = reading
        self.number = number
        self.sentence = sentence
        self.start, self.end = reading.tokens.range(sentence.span.start, sentence.span.end)
        self.mask = 0
        self.soft: set[int] = set()
        self._clause_masks: list[int] = []
        self._clauses: list[Clause] | None = None

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
            reading = self.reading
            self._clauses = clauses.split(reading.tokens, self.start, self.end, self.soft, question=self.question)
            masks = reading.masks
            lexicon = reading.lexicon
            for clause in self._clauses:
                mask = 0
                for start, end in clause.ranges:
                    for index in range(start, end):
                        mask |= masks[index]
                if clause.subject is not None:
                    mask |= masks[clause.subject]
                for feature in clause.features:
                    mask |= lexicon.feature(feature)
                self._clause_masks.append(mask)
        return self._clauses

    @property
    def masks_of_clauses(self) -> list[int]:
        """For each clause, the word classes and features in it, those of an inherited subject included."""
        if self._clauses is None:
            _ = self.clauses
        return self._clause_masks

    def clause_numbers(self, start: int, end: int) -> list[int]:
        """The numbers of the clauses that share a token with the range."""
        return [
            number
            for number, clause in enumerate(self.clauses)
            if any(low < end and start < high for low, high in clause.ranges)
        ]


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
        polite = address is Address.SIE
        kinds, norms, cases = tokens.kinds, tokens.norms, tokens.cases
        mask_of = lexicon.mask
        self.masks = [mask_of(norm, case, kind, polite) for norm, case, kind in zip(norms, cases, kinds, strict=True)]
        self.wordlike = [kind is not Kind.PUNCTUATION and kind is not Kind.SYMBOL for kind in kinds]
        border = self.border = [clauses.is_border(norm) for norm in norms]
        for stretch in self.stretches:
            mask = 0
            for index in range(stretch.start, stretch.end):
                mask |= self.masks[index]
            stretch.mask = mask
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

    @cached_property
    def mask(self) -> int:
        """All word classes of the text."""
        mask = 0
        for stretch in self.stretches:
            mask |= stretch.mask
        return mask

    def span(self, start: int, end: int) -> Span:
        """The text range of a non-empty token range."""
        return Span(self.tokens.starts[start], self.tokens.ends[end - 1])
