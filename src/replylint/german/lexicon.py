"""Word classes as bits: each distinct set of words that phrases ask for is one bit, and each word knows its bits.

A word's classes are looked up once and remembered, so that matching costs grow with the text and not with the number
of phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from replylint.german import inflection
from replylint.german.syntax import FEATURES, Word
from replylint.german.tokens import Case, Kind

# Words so frequent that a phrase should rather be looked up by another of its words.
_FREQUENT = frozenset(
    "ich wir sie du ihr ihre ihrem ihren ihrer man uns mir mich dir dich ihnen es das die der den dem des ein"
    " eine einen einem einer und oder aber nicht kein keine keinen zu in im am an auf mit von vom fuer bei aus"
    " nach um dass wenn ist sind war haben habe hat werden wird wurde kann koennen muss muessen noch schon"
    " auch so da hier dazu bitte gern gerne leider , . : ? unser unsere unserer unserem".split()
)


@dataclass(frozen=True, slots=True)
class WordClass:
    """A set of words: `norms` in any case, `words` with wildcards or a case, `shapes` for open classes (participle …),
    `types` for typed tokens."""

    norms: frozenset[str] = frozenset()
    words: frozenset[Word] = frozenset()
    shapes: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()

    def plain(self) -> list[object]:
        """It as JSON can hold it; the same for equal classes."""
        words = [
            [word.norm, None if word.case is None else int(word.case), word.before, word.after] for word in self.words
        ]
        return [sorted(self.norms), sorted(words, key=repr), sorted(self.shapes), sorted(self.types)]

    @classmethod
    def from_plain(cls, value: Any) -> WordClass:
        """The class that `plain` gave. Raises ValueError or TypeError for anything else."""
        norms, words, shapes, types = value
        return cls(
            frozenset(norms),
            frozenset(
                Word(norm, None if case is None else Case(case), before, after) for norm, case, before, after in words
            ),
            frozenset(shapes),
            frozenset(types),
        )

    @property
    def cost(self) -> int:
        """How often, roughly, a text has a word of this class: the smaller, the better to look it up by."""
        norms = self.norms | {word.norm for word in self.words if not (word.before or word.after)}
        frequent = len(norms & _FREQUENT)
        wild = sum(word.before or word.after for word in self.words)
        return 300 * len(self.shapes) + 20 * len(self.types) + 100 * frequent + len(norms) - frequent + 4 * wild


_SHAPES: dict[str, Callable[[str], bool]] = {
    "participle": inflection.is_participle,
    "infinitive": inflection.is_infinitive,
    "finite": inflection.is_finite,
}
_NUMBER_WORDS = frozenset(
    "ein eins eine einen einem einer zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf zwanzig"
    " dreissig hundert tausend zweimal dreimal".split()
)
_MEMO_LIMIT = 100_000
# Which case a phrase may ask for, so that a word written so has it; None is a phrase that does not ask.
_AS_WRITTEN: dict[Case, tuple[Case | None, ...]] = {
    Case.LOWER: (None, Case.LOWER),
    Case.CAPITAL: (None, Case.CAPITAL),
    Case.INITIAL: (None,),
    Case.UPPER: (None, Case.CAPITAL, Case.UPPER),
}
_AS_WRITTEN_POLITE = {**_AS_WRITTEN, Case.INITIAL: (None, Case.CAPITAL)}


class Lexicon:
    """The word classes of a set of phrases. Register all classes first, then ask for masks."""

    def __init__(self) -> None:
        self._bits: dict[WordClass, int] = {}
        self._features: dict[str, int] = {}
        self._exact: dict[Case | None, dict[str, list[int]]] = {}
        self._prefixes: dict[tuple[Case | None, int], dict[str, list[int]]] = {}
        self._suffixes: dict[tuple[Case | None, int], dict[str, list[int]]] = {}
        self._infixes: list[tuple[str, int]] = []
        self._shapes: dict[str, int] = {}
        self._types: dict[str, int] = {}
        self._memo: dict[tuple[str, Case, Kind, bool], int] = {}
        self._classes: dict[int, WordClass] = {}
        self.version = 0
        """Grows with each new class, so that what was looked up before is known to be old."""
        self._next = 1
        for name in FEATURES:
            self._features[name] = self._fresh()

    def _fresh(self) -> int:
        bit = self._next
        self._next <<= 1
        return bit

    def feature(self, name: str) -> int:
        """The bit of a clause feature."""
        return self._features[name]

    def register(self, word_class: WordClass) -> int:
        """The bit of a word class, the same one for an equal class."""
        bit = self._bits.get(word_class)
        if bit is None:
            bit = self._bits[word_class] = self._fresh()
            self._classes[bit] = word_class
            self.version += 1
            self._memo.clear()
            any_case = self._exact.setdefault(None, {})
            for norm in word_class.norms:
                any_case.setdefault(norm, []).append(bit)
            for word in word_class.words:
                self._add(word, bit)
            for name in word_class.shapes:
                self._shapes[name] = self._shapes.get(name, 0) | bit
            for name in word_class.types:
                self._types[name] = self._types.get(name, 0) | bit
        return bit

    def cost(self, mask: int) -> int:
        """How often, roughly, a text has a word with one of these bits."""
        return sum(word_class.cost for word_class in self.classes(mask))

    def classes(self, mask: int) -> list[WordClass]:
        """The word classes of a mask's bits."""
        return [self._classes[bit] for bit in bits_of(mask)]

    def _add(self, word: Word, bit: int) -> None:
        if word.before and word.after:
            self._infixes.append((word.norm, bit))
            return
        if word.after or word.before:
            tables = self._prefixes if word.after else self._suffixes
            table = tables.setdefault((word.case, len(word.norm)), {})
        else:
            table = self._exact.setdefault(word.case, {})
        table.setdefault(word.norm, []).append(bit)

    def mask(self, norm: str, case: Case, kind: Kind, polite: bool) -> int:
        """The bits of a token. `polite`: the draft says Sie, so that a capital at a sentence's start counts as one."""
        key = (norm, case, kind, polite)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            known = self._memo[key] = self._look_up(norm, case, kind, polite)
        return known

    def _look_up(self, norm: str, case: Case, kind: Kind, polite: bool) -> int:
        bits = 0
        if kind is Kind.WORD:
            written = _AS_WRITTEN_POLITE[case] if polite else _AS_WRITTEN[case]
            for how in written:
                table = self._exact.get(how)
                if table:
                    for bit in table.get(norm, ()):
                        bits |= bit
            for (how, length), table in self._prefixes.items():
                if how in written and len(norm) >= length:
                    for bit in table.get(norm[:length], ()):
                        bits |= bit
            for (how, length), table in self._suffixes.items():
                if how in written and len(norm) >= length:
                    for bit in table.get(norm[-length:], ()):
                        bits |= bit
            for part, bit in self._infixes:
                if part in norm:
                    bits |= bit
            for name, bit in self._shapes.items():
                if _SHAPES[name](norm):
                    bits |= bit
            if norm in _NUMBER_WORDS:
                bits |= self._types.get("number", 0)
            return bits
        if kind is Kind.NUMBER:
            return self._types.get("number", 0) | self._literal(norm)
        if kind is Kind.PLACEHOLDER:
            return self._types.get("placeholder", 0)
        if kind is Kind.URL:
            return self._types.get("url", 0)
        if kind is Kind.QUOTE:
            return self._types.get("quote", 0)
        return self._literal(norm)

    def _literal(self, norm: str) -> int:
        bits = 0
        for bit in self._exact.get(None, {}).get(norm, ()):
            bits |= bit
        return bits


def union(classes: Iterable[WordClass]) -> WordClass:
    """The word class of all words in `classes`."""
    parts = list(classes)
    return WordClass(
        frozenset(chain.from_iterable(part.norms for part in parts)),
        frozenset(chain.from_iterable(part.words for part in parts)),
        frozenset(chain.from_iterable(part.shapes for part in parts)),
        frozenset(chain.from_iterable(part.types for part in parts)),
    )


def bits_of(mask: int) -> Iterator[int]:
    """The single bits of a mask."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
