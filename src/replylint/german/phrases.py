"""The phrase language as a matcher: phrases compiled once, then found in readings.

All phrases of a rule set share one lexicon. A phrase is tried on a sentence only where its rarest word class stands,
and fully only where all its word classes do. Matching keeps sets of positions instead of backtracking, so that no
phrase, however written, takes more than (tokens × items × gap) steps.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replylint.german.index import PhraseIndex
from replylint.german.lexicon import Lexicon, WordClass, Words
from replylint.german.reading import Reading, Stretch
from replylint.german.things import THINGS

if TYPE_CHECKING:
    from replylint.german.compiler import Compiler

# The furthest token reached (a separated particle may stand behind the match) and the slots filled on the way.
Trail = tuple[int, tuple[tuple[str, int, int], ...]]
States = dict[int, Trail]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: a half-open token range of a sentence, and the token ranges of its slots."""

    stretch: Stretch
    start: int
    end: int
    slots: tuple[tuple[str, int, int], ...] = ()

    @property
    def clause_numbers(self) -> list[int]:
        """The clauses of the sentence that the match touches."""
        return self.stretch.clause_numbers(self.start, self.end)

    def slot_texts(self) -> dict[str, str]:
        """The slots' words as they stand in the text."""
        reading = self.stretch.reading
        texts = {}
        for name, start, end in self.slots:
            span = reading.span(start, end) if end > start else None
            texts[name] = reading.text[span.start : span.end] if span else ""
        return texts


class _Node:
    """A part of a phrase. `norms` and `numbers` are the words that it can begin with, as in `Words`; `norms` is None
    where that is open."""

    __slots__ = ("norms", "numbers")
    norms: Collection[str] | None
    numbers: set[int] | None

    def run(self, reading: Reading, states: States, end: int) -> States:
        raise NotImplementedError


class _Atom(_Node):
    __slots__ = ("words",)

    def __init__(self, words: Words) -> None:
        self.words = words
        self.norms, self.numbers = words.norms, words.numbers

    def run(self, reading: Reading, states: States, end: int) -> States:
        norms, words, numbers = reading.tokens.norms, self.words.norms, self.numbers
        if numbers is None:
            return {at + 1: trail for at, trail in states.items() if at < end and norms[at] in words}
        ids = reading.ids
        return {
            at + 1: trail for at, trail in states.items() if at < end and (norms[at] in words or ids[at] in numbers)
        }

    def stands_between(self, reading: Reading, start: int, end: int) -> bool:
        """Whether one of its words is in a token range."""
        if not self.words.norms.isdisjoint(reading.tokens.norms[start:end]):
            return True
        return self.numbers is not None and not self.numbers.isdisjoint(reading.ids[start:end])


class _Chain(_Node):
    __slots__ = ("nodes",)

    def __init__(self, nodes: list[_Node]) -> None:
        self.nodes = nodes
        first = next((node for node in nodes if not isinstance(node, _Edge)), None)
        self.norms, self.numbers = (None, None) if first is None else (first.norms, first.numbers)

    def run(self, reading: Reading, states: States, end: int) -> States:
        for node in self.nodes:
            states = node.run(reading, states, end)
            if not states:
                break
        return states


class _Choice(_Node):
    """One of several nodes, each made when a word is met with which it can begin."""

    __slots__ = ("make", "nodes", "optional", "rest", "starts", "written")

    def __init__(
        self,
        optional: bool,
        starts: Mapping[str, list[int]],
        rest: list[int],
        others: Words | None,
        written: list[Any],
        make: Callable[[Any], _Node],
    ) -> None:
        self.optional = optional
        self.starts = starts
        self.written = written
        self.make = make
        self.nodes: list[_Node | None] = [None] * len(written)
        self.rest = [self._node(number) for number in rest]
        self.norms = self.numbers = None
        if not optional and all(node.norms is not None for node in self.rest):
            self.norms = frozenset(starts).union(*(node.norms or () for node in self.rest)) if self.rest else starts
            self.numbers = others.numbers if others else None

    def _node(self, number: int) -> _Node:
        node = self.nodes[number]
        if node is None:
            node = self.nodes[number] = self.make(self.written[number])
        return node

    def run(self, reading: Reading, states: States, end: int) -> States:
        norms, starts, rest = reading.tokens.norms, self.starts, self.rest
        result: States = {}
        for at, trail in states.items():
            # Most alternatives fall at their first word; the others are few enough to run one by one.
            if at < end:
                for number in starts.get(norms[at], ()):
                    node = self.nodes[number] or self._node(number)
                    for stop, reached in node.run(reading, {at: trail}, end).items():
                        result.setdefault(stop, reached)
            for node in rest:
                if node.norms is not None and (
                    at >= end
                    or (norms[at] not in node.norms and (node.numbers is None or reading.ids[at] not in node.numbers))
                ):
                    continue
                for stop, reached in node.run(reading, {at: trail}, end).items():
                    result.setdefault(stop, reached)
        if self.optional:
            for at, trail in states.items():
                result.setdefault(at, trail)
        return result


class _Gap(_Node):
    __slots__ = ("limit",)

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.norms = self.numbers = None

    def run(self, reading: Reading, states: States, end: int) -> States:
        border = reading.border
        result: States = {}
        for at, trail in states.items():
            for _ in range(self.limit + 1):
                result.setdefault(at, trail)
                if at >= end or border[at]:
                    break
                at += 1
        return result


class _Edge(_Node):
    __slots__ = ("start",)

    def __init__(self, start: bool) -> None:
        self.start = start
        self.norms = self.numbers = None

    def run(self, reading: Reading, states: States, end: int) -> States:
        return {at: trail for at, trail in states.items() if self._holds(reading, at)}

    def _holds(self, reading: Reading, at: int) -> bool:
        stretch = reading.stretch_at(at - 1 if not self.start and at else at)
        if stretch is None:
            return False
        first, last = stretch.words
        return at <= first if self.start else at > last


class _Slot(_Node):
    __slots__ = ("name", "node")

    def __init__(self, name: str, node: _Node) -> None:
        self.name = name
        self.node = node
        self.norms, self.numbers = node.norms, node.numbers

    def run(self, reading: Reading, states: States, end: int) -> States:
        result: States = {}
        for begin, trail in states.items():
            for at, (far, slots) in self.node.run(reading, {begin: trail}, end).items():
                result.setdefault(at, (far, (*slots, (self.name, begin, at))))
        return result


_BRACKET = 100  # so many tokens after a finite verb its particle is looked for


class _Separable(_Node):
    """A separable verb: one joined form, or a finite form with its particle later in the clause."""

    __slots__ = ("finite", "joined", "particle")

    def __init__(self, joined: Words, finite: Words, particle: Words) -> None:
        self.joined, self.finite, self.particle = joined.norms, finite.norms, particle.norms
        self.norms, self.numbers = self.joined | self.finite, None

    def run(self, reading: Reading, states: States, end: int) -> States:
        norms, border = reading.tokens.norms, reading.border
        result: States = {}
        for at, (far, slots) in states.items():
            if at >= end:
                continue
            if norms[at] in self.joined:
                result.setdefault(at + 1, (far, slots))
            elif norms[at] in self.finite:
                # The particle closes the clause: the last one before the border is the verb's.
                found = 0
                for index in range(at + 1, min(end, at + _BRACKET)):
                    if border[index]:
                        break
                    if norms[index] in self.particle:
                        found = index + 1
                if found:
                    result.setdefault(at + 1, (max(far, found), slots))
        return result


class _Thing(_Node):
    """A typed thing that may span several tokens."""

    __slots__ = ("ends",)

    def __init__(self, ends: Callable[[Reading, int, int], int], opens: Words) -> None:
        self.ends = ends
        self.norms, self.numbers = opens.norms, opens.numbers

    def run(self, reading: Reading, states: States, end: int) -> States:
        result: States = {}
        for at, trail in states.items():
            if at < end:
                stop = self.ends(reading, at, end)
                if stop > at:
                    result.setdefault(stop, trail)
        return result


@dataclass(slots=True)
class _Term:
    node: _Node
    negated: bool
    feature: str = ""

    def find(self, reading: Reading, ranges: tuple[tuple[int, int], ...], limit: int) -> Match | None:
        """Its first match that begins in one of the token ranges; it may run on to `limit`."""
        for start, end in ranges:
            match = _first(self.node, reading, start, end, limit)
            if match is not None:
                return match
        return None


def _first(node: _Node, reading: Reading, start: int, end: int, limit: int) -> Match | None:
    norms, first, numbers = reading.tokens.norms, node.norms, node.numbers
    for at in range(start, end):
        if first is not None and norms[at] not in first and (numbers is None or reading.ids[at] not in numbers):
            continue
        states = node.run(reading, {at: (0, ())}, limit)
        if states:
            stop, (far, slots) = max(states.items())
            if max(stop, far) > at:
                stretch = reading.stretch_at(at)
                assert stretch is not None
                return Match(stretch, at, max(stop, far), slots)
    return None


def _end_of(match: Match) -> int:
    return match.end


@dataclass(slots=True)
class CompiledPhrase:
    """A phrase to be found; make one with `PhraseBook.compile`. Its program is made ready when it is first tried."""

    text: str
    book: PhraseBook
    ready: bool = False
    groups: tuple[tuple[_Term, ...], ...] = ()
    ordered: bool = True
    needed: tuple[Words, ...] | None = None

    def find(self, stretch: Stretch) -> Iterator[Match]:
        """Its matches in a sentence, in order, none overlapping another."""
        if not self.ready:
            self.book.prepare(self)
        if self.ordered:
            yield from self._find_ordered(stretch)
        elif len(self.groups) == 1:
            yield from self._find_in_clauses(stretch)
        else:
            yield from self._find_in_sentence(stretch)

    def may_stand(self, stretch: Stretch) -> bool:
        """Whether all the words that it needs are in a sentence; what `candidates` names needs no such question."""
        if self.needed is None:
            self.needed = self.book.needed(self)
        return not any(map(stretch.lacks, self.needed))

    def found(self, stretch: Stretch) -> list[Match]:
        """The same, remembered: for what is looked for around each match of another phrase."""
        if not self.may_stand(stretch):
            return []
        known: list[Match] | None = stretch.memo.get(("matches", id(self)))
        if known is None:
            known = stretch.memo["matches", id(self)] = list(self.find(stretch))
        return known

    def overlaps(self, match: Match) -> bool:
        """Whether it is found where `match` is."""
        if not self.may_stand(match.stretch):
            return False
        found = self.found(match.stretch)
        index = bisect_right(found, match.start, key=_end_of)
        return index < len(found) and found[index].start < match.end

    def clauses(self, stretch: Stretch) -> frozenset[int]:
        """The clauses that its matches in a sentence touch."""
        known: frozenset[int] | None = stretch.memo.get(("clauses", id(self)))
        if known is None:
            numbers = (number for match in self.found(stretch) for number in match.clause_numbers)
            known = stretch.memo["clauses", id(self)] = frozenset(numbers)
        return known

    def stands_in(self, reading: Reading) -> bool:
        """Whether it is found anywhere in a text."""
        known = reading.memo.get(id(self))
        if known is None:
            known = reading.memo[id(self)] = any(map(self.found, reading.stretches))
        return known

    def _find_ordered(self, stretch: Stretch) -> Iterator[Match]:
        at = stretch.start
        node = self.groups[0][0].node
        while at < stretch.end:
            match = _first(node, stretch.reading, at, stretch.end, stretch.end)
            if match is None:
                return
            yield match
            at = match.end

    def _find_in_clauses(self, stretch: Stretch) -> Iterator[Match]:
        done = -1
        for number, clause in enumerate(stretch.clauses):
            slots = self._holds(stretch, number, 0)
            if slots is not None and clause.start >= done:
                start, end = trimmed(stretch.reading, clause.start, clause.end)
                yield Match(stretch, start, end, slots)
                done = clause.end

    def _find_in_sentence(self, stretch: Stretch) -> Iterator[Match]:
        found: list[int] = []
        all_slots: tuple[tuple[str, int, int], ...] = ()
        for group, terms in enumerate(self.groups):
            forbidden = all(term.negated for term in terms)
            hit = False
            for number in range(len(stretch.clauses)):
                if forbidden:
                    if any(self._term_holds(term, stretch, number) is not None for term in terms):
                        return
                    continue
                slots = self._holds(stretch, number, group)
                if slots is not None:
                    found.append(number)
                    all_slots += slots
                    hit = True
                    break
            if not hit and not forbidden:
                return
        start = min(stretch.clauses[number].start for number in found)
        end = max(stretch.clauses[number].end for number in found)
        start, end = trimmed(stretch.reading, start, end)
        yield Match(stretch, start, end, all_slots)

    def _holds(self, stretch: Stretch, number: int, group: int) -> tuple[tuple[str, int, int], ...] | None:
        """The slots where all terms of the group hold in a clause, else None."""
        slots: tuple[tuple[str, int, int], ...] = ()
        for term in self.groups[group]:
            found = self._term_holds(term, stretch, number)
            if term.negated:
                if found is not None:
                    return None
            elif found is None:
                return None
            else:
                slots += found
        return slots

    @staticmethod
    def _term_holds(term: _Term, stretch: Stretch, number: int) -> tuple[tuple[str, int, int], ...] | None:
        if term.feature:
            return () if term.feature in stretch.clauses[number].features else None
        reading, clause = stretch.reading, stretch.clauses[number]
        if isinstance(term.node, _Atom):
            ranges = clause.ranges if clause.subject is None else ((clause.subject, clause.subject + 1), *clause.ranges)
            return () if any(term.node.stands_between(reading, *each) for each in ranges) else None
        # Words after a literal comma may stand in the next clause.
        match = term.find(reading, clause.ranges, stretch.end)
        return None if match is None else match.slots


_LEADING = frozenset({"und", "oder", "sowie", "denn", "*", "-", "–"})


def trimmed(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The token range without a leading coordinator and without marks at either end."""
    norms, wordlike = reading.tokens.norms, reading.wordlike
    while start < end - 1 and (norms[start] in _LEADING or not wordlike[start]):
        start += 1
    while end - 1 > start and not wordlike[end - 1]:
        end -= 1
    return start, end


class PhraseBook:
    """All phrases of a rule set: compile them, then ask which of the searched ones stand in a sentence.

    `lists` are the word lists by name. `kept` is what `plain` gave in an earlier run: then nothing is compiled."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]] | None = None, kept: Any = None) -> None:
        self.lists = lists or {}
        self.lexicon = Lexicon()
        self._length = 0
        self._searched: set[str] = set()
        self._phrases: dict[str, CompiledPhrase] = {}
        self._sets: dict[int, Words] = {}
        self._nodes_of_lists: dict[str, _Node] = {}
        self._kept = kept
        if kept is None:
            self.index = PhraseIndex(self.lexicon)
            self._programs: dict[str, Any] = {}
        else:
            self.index = PhraseIndex(self.lexicon, kept["index"])
            self._programs = kept["programs"]

    @property
    def trusted(self) -> bool:
        """Whether its phrases were compiled, and so checked, in an earlier run."""
        return self._kept is not None

    @cached_property
    def _compiler(self) -> Compiler:
        from replylint.german.compiler import Compiler

        return Compiler(self.lists)

    def compile(self, text: str) -> CompiledPhrase:
        """The phrase `text`. Raises PhraseError where it can't be read or names an unknown list or type."""
        phrase = self._phrases.get(text)
        if phrase is None:
            if self._kept is None:
                self._programs[text] = self._compiler.compile(text)
            phrase = self._phrases[text] = CompiledPhrase(text, self)
        return phrase

    def check_part(self, text: str) -> None:
        """Raises PhraseError where `text` could not be an entry of a word list."""
        self._compiler.check_part(text)

    def search_for(self, phrase: CompiledPhrase) -> int:
        """Take a phrase into the search; returns the number under which `candidates` names it."""
        _, in_clause, needed, _ = self._programs[phrase.text]
        self.index.add(map(self._compiler.classes.__getitem__, needed), in_clause=in_clause)
        self._searched.add(phrase.text)
        return self.reserve()

    def reserve(self) -> int:
        """The number of the next phrase that the search of an earlier run knows."""
        self._length += 1
        return self._length - 1

    def __len__(self) -> int:
        return self._length

    def candidates(self, reading: Reading) -> list[int]:
        """For each sentence of a reading the searched phrases worth trying, as a bit set of their numbers."""
        return self.index.candidates(reading)

    def plain(self) -> dict[str, Any]:
        """All that was compiled, as JSON can hold it; most of it stays text until it is asked for."""
        programs = {
            text: [ordered, in_clause, [] if text in self._searched else needed, groups]
            for text, (ordered, in_clause, needed, groups) in self._programs.items()
        }
        nodes = self._compiler.nodes_of_lists
        used = _class_numbers([*programs.values(), *nodes.values()])
        return {
            "classes": [
                _written(word_class.written()) if number in used else ""
                for number, word_class in enumerate(self._compiler.classes)
            ],
            "lists": {name: _written(node) for name, node in nodes.items()},
            "programs": {text: _written(program) for text, program in programs.items()},
            "index": self.index.plain(),
        }

    def _program(self, phrase: CompiledPhrase) -> Any:
        program = self._programs[phrase.text]
        return json.loads(program) if isinstance(program, str) else program

    def needed(self, phrase: CompiledPhrase) -> tuple[Words, ...]:
        """The classes of each of which a sentence needs a word for a phrase to stand in it."""
        return tuple(map(self._words, self._program(phrase)[2]))

    def prepare(self, phrase: CompiledPhrase) -> None:
        """Make a phrase ready to be tried."""
        phrase.ordered, _, _, groups = self._program(phrase)
        phrase.groups = tuple(
            tuple(
                _Term(_NOTHING if feature else self._node(node), negated, feature) for negated, feature, node in terms
            )
            for terms in groups
        )
        phrase.ready = True

    def _words(self, number: int) -> Words:
        words = self._sets.get(number)
        if words is None:
            if self._kept is None:
                word_class = self._compiler.classes[number]
            else:
                word_class = WordClass.read(json.loads(self._kept["classes"][number]))
            words = self._sets[number] = self.lexicon.words(word_class)
        return words

    def _node(self, node: Any) -> _Node:
        if isinstance(node, int):
            return _Atom(self._words(node))
        match node:
            case ["chain", *nodes]:
                return _Chain([self._node(each) for each in nodes])
            case ["choice", optional, starts, rest, others, *nodes]:
                words = None if others is None else self._words(others)
                return _Choice(optional, starts, rest, words, nodes, self._node)
            case ["gap", limit]:
                return _Gap(limit)
            case ["edge", start]:
                return _Edge(start)
            case ["slot", name, inner]:
                return _Slot(name, self._node(inner))
            case ["verb", *numbers]:
                return _Separable(*map(self._words, numbers))
            case ["thing", name, opens]:
                return _Thing(THINGS[name], self._words(opens))
            case ["list", name]:
                known_node = self._nodes_of_lists.get(name)
                if known_node is None:
                    written = (
                        self._compiler.nodes_of_lists[name]
                        if self._kept is None
                        else json.loads(self._kept["lists"][name])
                    )
                    known_node = self._nodes_of_lists[name] = self._node(written)
                return known_node
        raise ValueError(f"no node: {node!r}")


_NOTHING = _Chain([])


def _class_numbers(values: list[Any]) -> set[int]:
    """The class numbers in programs and nodes; numbers that mean something else may be among them."""
    found: set[int] = set()
    for value in values:
        if isinstance(value, list):
            found |= _class_numbers(value)
        elif isinstance(value, int):
            found.add(value)
    return found


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
