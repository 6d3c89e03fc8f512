"""Word classes: the sets of words that phrases ask for, and which of the words that were read belong to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Generic, TypeVar

from replylint.german import inflection
from replylint.german.syntax import Word
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

    @property
    def plain(self) -> bool:
        """Whether its words are known by their norms alone."""
        return not (self.words or self.shapes or self.types)

    def written(self) -> Any:
        """It as JSON can hold it; the same for equal classes."""
        norms = " ".join(sorted(self.norms))
        if self.plain:
            return norms
        words = [
            [word.norm, None if word.case is None else int(word.case), word.before, word.after] for word in self.words
        ]
        words.sort(key=repr)
        return [norms, words, sorted(self.shapes), sorted(self.types)]

    @classmethod
    def read(cls, written: Any) -> WordClass:
        """The class that was `written`."""
        if isinstance(written, str):
            return cls(frozenset(written.split()))
        norms, words, shapes, types = written
        return cls(
            frozenset(norms.split()),
            frozenset(Word(norm, _case(case), before, after) for norm, case, before, after in words),
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
# Which case a phrase may ask for, so that a word written so has it; None is a phrase that does not ask.
_AS_WRITTEN: dict[int, tuple[Case | None, ...]] = {
    Case.LOWER: (None, Case.LOWER),
    Case.CAPITAL: (None, Case.CAPITAL),
    Case.INITIAL: (None,),
    Case.UPPER: (None, Case.CAPITAL, Case.UPPER),
}
_POLITE_INITIAL = 4
_AS_WRITTEN[_POLITE_INITIAL] = (None, Case.CAPITAL)
_WITH_NORM = frozenset({Kind.WORD, Kind.NUMBER, Kind.PUNCTUATION, Kind.SYMBOL})
_TYPES = {Kind.NUMBER: "number", Kind.PLACEHOLDER: "placeholder", Kind.URL: "url", Kind.QUOTE: "quote"}

T = TypeVar("T", str, tuple[set[int], ...])


class Register(Generic[T]):
    """Word classes, each with a value, and which of the values a token has; the values of one word are added up."""

    def __init__(self) -> None:
        self._exact: dict[Case | None, dict[str, T]] = {None: {}}
        self._prefixes: dict[tuple[Case | None, int], dict[str, T]] = {}
        self._suffixes: dict[tuple[Case | None, int], dict[str, T]] = {}
        self._infixes: list[tuple[str, Case | None, T]] = []
        self._shapes: dict[str, T] = {}
        self._types: dict[str, T] = {}

    def add(self, word_class: WordClass, value: T) -> None:
        """Take a class in; the tokens of the class have `value`."""
        for table, keys in (
            (self._exact[None], word_class.norms),
            (self._shapes, word_class.shapes),
            (self._types, word_class.types),
        ):
            for key in keys:
                table[key] = table[key] + value if key in table else value
        for word in word_class.words:
            self._add_word(word, value)

    def _add_word(self, word: Word, value: T) -> None:
        if word.before and word.after:
            self._infixes.append((word.norm, word.case, value))
            return
        if word.after or word.before:
            tables = self._prefixes if word.after else self._suffixes
            table = tables.setdefault((word.case, len(word.norm)), {})
        else:
            table = self._exact.setdefault(word.case, {})
        table[word.norm] = table[word.norm] + value if word.norm in table else value

    def values(self, norm: str, case: int, kind: Kind) -> list[T]:
        """The values of a token's classes."""
        found = []
        if kind is not Kind.WORD:
            if (value := self._types.get(_TYPES.get(kind, ""))) is not None:
                found.append(value)
            if kind in _WITH_NORM and (value := self._exact[None].get(norm)) is not None:
                found.append(value)
            return found
        written = _AS_WRITTEN[case]
        for how in written:
            if how in self._exact and (value := self._exact[how].get(norm)) is not None:
                found.append(value)
        for (how, length), table in self._prefixes.items():
            if how in written and (value := table.get(norm[:length])) is not None:
                found.append(value)
        for (how, length), table in self._suffixes.items():
            if how in written and (value := table.get(norm[-length:])) is not None:
                found.append(value)
        for part, how, value in self._infixes:
            if how in written and part in norm:
                found.append(value)
        for name, value in self._shapes.items():
            if _SHAPES[name](norm):
                found.append(value)
        if norm in _NUMBER_WORDS and "number" in self._types:
            found.append(self._types["number"])
        return found

    def plain(self) -> list[Any]:
        """It as JSON can hold it, where its values are text."""
        return [
            list(self._exact.items()),
            [[case, length, table] for (case, length), table in self._prefixes.items()],
            [[case, length, table] for (case, length), table in self._suffixes.items()],
            self._infixes,
            self._shapes,
            self._types,
        ]

    @classmethod
    def from_plain(cls, kept: Any) -> Register[str]:
        """The register that `plain` gave."""
        exact, prefixes, suffixes, infixes, shapes, types = kept
        register: Register[str] = Register()
        register._exact = {_case(case): table for case, table in exact}
        register._prefixes = {(_case(case), length): table for case, length, table in prefixes}
        register._suffixes = {(_case(case), length): table for case, length, table in suffixes}
        register._infixes = [(part, _case(case), value) for part, case, value in infixes]
        register._shapes, register._types = shapes, types
        return register


def _case(kept: int | None) -> Case | None:
    return None if kept is None else Case(kept)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a class: by their norm, and where that doesn't tell by their number in the lexicon, in a set that
    grows as words are read."""

    norms: frozenset[str]
    numbers: set[int] | None = None


class Lexicon:
    """The words that were read, by number. Which of them belong to a class that asks for more than a norm is looked up
    once, when a word is read for the first time."""

    _MOST = 50_000
    """So many words are known at once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, Kind], int] = {}
        self._keys: list[tuple[str, int, Kind]] = []
        self._register: Register[tuple[set[int], ...]] = Register()
        self._words: dict[WordClass, Words] = {}
        self._memos: list[dict[int, Any]] = []
        self.tidied = 0
        """How often the words were forgotten."""

    def number(self, norm: str, case: Case, kind: Kind, polite: bool) -> int:
        """The number of a token. `polite`: the draft says Sie, and a capital at a sentence's start counts as one."""
        written = _POLITE_INITIAL if polite and case is Case.INITIAL else case
        key = (norm, written, kind)
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self._keys)
            self._keys.append(key)
            for found in self._register.values(norm, written, kind):
                for numbers in found:
                    numbers.add(known)
        return known

    def key(self, number: int) -> tuple[str, int, Kind]:
        """The token's norm, how it is written, and its kind."""
        return self._keys[number]

    def words(self, word_class: WordClass) -> Words:
        """The words of a class; the same for an equal one."""
        words = self._words.get(word_class)
        if words is None:
            if word_class.plain:
                words = Words(word_class.norms)
            else:
                numbers: set[int] = set()
                wild = replace(word_class, norms=frozenset())
                self._register.add(wild, (numbers,))
                alone: Register[str] = Register()
                alone.add(wild, " ")
                numbers.update(number for key, number in self._numbers.items() if alone.values(*key))
                words = Words(word_class.norms, numbers)
            self._words[word_class] = words
        return words

    def memo(self) -> dict[int, Any]:
        """An empty mapping for what is known of words by their number; it is cleared when the numbers are forgotten."""
        memo: dict[int, Any] = {}
        self._memos.append(memo)
        return memo

    def tidy(self) -> None:
        """Forget the words where there are too many; no reading made before may be used afterwards."""
        if len(self._numbers) > self._MOST:
            self.tidied += 1
            self._numbers.clear()
            self._keys.clear()
            for words in self._words.values():
                if words.numbers is not None:
                    words.numbers.clear()
            for memo in self._memos:
                memo.clear()


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
