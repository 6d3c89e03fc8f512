"""The phrase language as a matcher: phrases compiled once, then found in readings.

All phrases of a rule set share one lexicon. A phrase is tried on a sentence only where its rarest word class stands,
and fully only where all its word classes do. Matching keeps sets of positions instead of backtracking, so that no
phrase, however written, takes more than (tokens × items × gap) steps.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replylint.german.index import PhraseIndex
from replylint.german.lexicon import Lexicon, WordClass
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
    """A part of a phrase. `first`: the numbers of the words that it can begin with, or None where that is open."""

    __slots__ = ("first",)
    first: set[int] | None

    def run(self, reading: Reading, states: States, end: int) -> States:
        raise NotImplementedError


class _Atom(_Node):
    __slots__ = ("words",)

    def __init__(self, words: set[int]) -> None:
        self.words = self.first = words

    def run(self, reading: Reading, states: States, end: int) -> States:
        ids, words = reading.ids, self.words
        if len(states) == 1:
            [(at, trail)] = states.items()
            return {at + 1: trail} if at < end and ids[at] in words else {}
        return {at + 1: trail for at, trail in states.items() if at < end and ids[at] in words}


class _Chain(_Node):
    __slots__ = ("nodes",)

    def __init__(self, nodes: list[_Node]) -> None:
        self.nodes = nodes
        self.first = next((node.first for node in nodes if not isinstance(node, _Edge)), None)

    def run(self, reading: Reading, states: States, end: int) -> States:
        for node in self.nodes:
            states = node.run(reading, states, end)
            if not states:
                break
        return states


class _Choice(_Node):
    __slots__ = ("beginning", "known", "nodes", "optional")

    def __init__(self, nodes: list[_Node], known: set[int] | None, optional: bool, memo: dict[int, list[_Node]]) -> None:
        self.nodes = nodes
        self.known = known
        self.optional = optional
        self.beginning = memo
        self.first = None if optional else known

    def run(self, reading: Reading, states: States, end: int) -> States:
        ids, beginning, known = reading.ids, self.beginning, self.known
        result: States = {}
        for at, trail in states.items():
            # Most alternatives fall at their first word; the rest are few enough to run one by one.
            number = ids[at] if at < end else -1
            if known is not None and number not in known:
                continue
            nodes = beginning.get(number)
            if nodes is None:
                nodes = [node for node in self.nodes if node.first is None or number in node.first]
                beginning[number] = nodes
            for node in nodes:
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
        self.first = None

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
        self.first = None

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
        self.first = node.first

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

    def __init__(self, first: set[int], joined: set[int], finite: set[int], particle: set[int]) -> None:
        self.first, self.joined, self.finite, self.particle = first, joined, finite, particle

    def run(self, reading: Reading, states: States, end: int) -> States:
        ids, border = reading.ids, reading.border
        result: States = {}
        for at, (far, slots) in states.items():
            if at >= end:
                continue
            if ids[at] in self.joined:
                result.setdefault(at + 1, (far, slots))
            elif ids[at] in self.finite:
                # The particle closes the clause: the last one before the border is the verb's.
                found = 0
                for index in range(at + 1, min(end, at + _BRACKET)):
                    if border[index]:
                        break
                    if ids[index] in self.particle:
                        found = index + 1
                if found:
                    result.setdefault(at + 1, (max(far, found), slots))
        return result


class _Thing(_Node):
    """A typed thing that may span several tokens."""

    __slots__ = ("ends",)

    def __init__(self, ends: Callable[[Reading, int, int], int], first: set[int]) -> None:
        self.ends = ends
        self.first = first

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
    ids, first = reading.ids, node.first
    for at in range(start, end):
        if first is not None and ids[at] not in first:
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
    needed: tuple[set[int], ...] = ()

    def find(self, stretch: Stretch) -> Iterator[Match]:
        """Its matches in a sentence, in order, none overlapping another."""
        if not self.may_stand(stretch):
            return
        if self.ordered:
            yield from self._find_ordered(stretch)
        elif len(self.groups) == 1:
            yield from self._find_in_clauses(stretch)
        else:
            yield from self._find_in_sentence(stretch)

    def may_stand(self, stretch: Stretch) -> bool:
        """Whether all the words that it needs are in a sentence."""
        if not self.ready:
            self.book.prepare(self)
        ids = stretch.ids
        for words in self.needed:
            if words.isdisjoint(ids):
                return False
        return True

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
            known = reading.memo[id(self)] = any(any(self.find(stretch)) for stretch in reading.stretches)
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
            ids, words = reading.ids, term.node.words
            if clause.subject is not None and ids[clause.subject] in words:
                return ()
            for start, end in clause.ranges:
                if not words.isdisjoint(ids[start:end]):
                    return ()
            return None
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
        self.searched: list[CompiledPhrase] = []
        self._phrases: dict[str, CompiledPhrase] = {}
        self._sets: dict[int, set[int]] = {}
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
        self.searched.append(phrase)
        if self._kept is None:
            _, in_clause, needed, _ = self._programs[phrase.text]
            classes = self._compiler.classes
            self.index.add((classes[number] for number in needed), in_clause=in_clause)
        return len(self.searched) - 1

    def candidates(self, reading: Reading) -> list[int]:
        """For each sentence of a reading the searched phrases worth trying, as a bit set of their numbers."""
        return self.index.candidates(reading)

    def plain(self) -> dict[str, Any]:
        """All that was compiled, as JSON can hold it; most of it stays text until it is asked for."""
        return {
            "classes": [_written(word_class.plain()) for word_class in self._compiler.classes],
            "lists": {name: _written(node) for name, node in self._compiler.nodes_of_lists.items()},
            "programs": {text: _written(program) for text, program in self._programs.items()},
            "index": self.index.plain(),
        }

    def prepare(self, phrase: CompiledPhrase) -> None:
        """Make a phrase ready to be tried."""
        program = self._programs[phrase.text]
        if self._kept is not None:
            program = json.loads(program)
        phrase.ordered, _, needed, groups = program
        phrase.needed = tuple(self._words(number) for number in needed)
        phrase.groups = tuple(
            tuple(_Term(_NOTHING if feature else self._node(node), negated, feature) for negated, feature, node in terms)
            for terms in groups
        )
        phrase.ready = True

    def _words(self, number: int) -> set[int]:
        words = self._sets.get(number)
        if words is None:
            if self._kept is None:
                word_class = self._compiler.classes[number]
            else:
                word_class = WordClass.from_plain(json.loads(self._kept["classes"][number]))
            words = self._sets[number] = self.lexicon.words(word_class)
        return words

    def _node(self, node: Any) -> _Node:
        if isinstance(node, int):
            return _Atom(self._words(node))
        match node:
            case ["chain", *nodes]:
                return _Chain([self._node(each) for each in nodes])
            case ["choice", opens, optional, *nodes]:
                known = None if opens is None else self._words(opens)
                return _Choice([self._node(each) for each in nodes], known, optional, self.lexicon.memo())
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


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
