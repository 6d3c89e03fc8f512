"""The phrase language as a matcher: phrases compiled once, then found in readings.

All phrases of a rule set share one lexicon. A phrase is tried on a sentence only where its rarest word class stands,
and fully only where all its word classes do. Matching keeps sets of positions instead of backtracking, so that no
phrase, however written, takes more than (tokens × items × gap) steps.
"""

from __future__ import annotations

import functools
import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from replylint.german import inflection, syntax
from replylint.german.clauses import is_border
from replylint.german.lexicon import Lexicon, WordClass, bits_of, union
from replylint.german.reading import Reading, Stretch
from replylint.german.syntax import FEATURES, TYPES, PhraseError
from replylint.german.things import OPENERS, THINGS
from replylint.german.tokens import normalise

# The furthest token reached (a separated particle may stand behind the match) and the slots filled on the way.
Trail = tuple[int, tuple[tuple[str, int, int], ...]]
States = dict[int, Trail]
_WORD_TYPES = frozenset({"number", "placeholder", "url", "quote"})
_SHAPES = frozenset({"participle", "infinitive", "finite"})


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
    """A compiled item. `needs`: masks of which each must share a bit with a text that it matches.
    `first`: the bits that its first token has, or 0 where that is open."""

    __slots__ = ("first", "needs")
    needs: tuple[int, ...]
    first: int

    def run(self, reading: Reading, states: States, end: int) -> States:
        raise NotImplementedError


class _Atom(_Node):
    __slots__ = ("bit",)

    def __init__(self, bit: int) -> None:
        self.bit = self.first = bit
        self.needs = (bit,)

    def run(self, reading: Reading, states: States, end: int) -> States:
        masks, bit = reading.masks, self.bit
        if len(states) == 1:
            [(at, trail)] = states.items()
            return {at + 1: trail} if at < end and masks[at] & bit else {}
        return {at + 1: trail for at, trail in states.items() if at < end and masks[at] & bit}


class _Chain(_Node):
    __slots__ = ("nodes",)

    def __init__(self, nodes: list[_Node]) -> None:
        self.nodes = nodes
        self.needs = tuple(need for node in nodes for need in node.needs)
        self.first = 0
        for node in nodes:
            if isinstance(node, _Edge):
                continue
            self.first = node.first
            break

    def run(self, reading: Reading, states: States, end: int) -> States:
        for node in self.nodes:
            states = node.run(reading, states, end)
            if not states:
                break
        return states


class _Choice(_Node):
    __slots__ = ("fronts", "known", "optional")

    def __init__(self, nodes: list[_Node], optional: bool, cost: Callable[[int], int]) -> None:
        self.fronts = [(node.first, node) for node in nodes]
        self.known = _joined(node.first for node in nodes) if all(node.first for node in nodes) else 0
        self.optional = optional
        self.needs = ()
        self.first = 0
        if not optional:
            if all(node.needs for node in nodes):
                # Of each alternative its rarest word, so that the phrase is looked up by „Pech“ and not by a comma.
                self.needs = (_joined(min(node.needs, key=cost) for node in nodes),)
            self.first = self.known

    def run(self, reading: Reading, states: States, end: int) -> States:
        masks, fronts, known = reading.masks, self.fronts, self.known
        result: States = {}
        for at, trail in states.items():
            # Most alternatives fall at their first word; the rest are few enough to run one by one.
            mask = masks[at] if at < end else 0
            if known and not mask & known:
                continue
            for first, node in fronts:
                if first and not mask & first:
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
        self.needs = ()
        self.first = 0

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
        self.needs = ()
        self.first = 0

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
        self.needs = node.needs
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

    def __init__(self, joined: int, finite: int, particle: int) -> None:
        self.joined, self.finite, self.particle = joined, finite, particle
        self.first = joined | finite
        self.needs = (self.first,)

    def run(self, reading: Reading, states: States, end: int) -> States:
        masks, border = reading.masks, reading.border
        result: States = {}
        for at, (far, slots) in states.items():
            if at >= end:
                continue
            if masks[at] & self.joined:
                result.setdefault(at + 1, (far, slots))
            elif masks[at] & self.finite:
                # The particle closes the clause: the last one before the border is the verb's.
                found = 0
                for index in range(at + 1, min(end, at + _BRACKET)):
                    if border[index]:
                        break
                    if masks[index] & self.particle:
                        found = index + 1
                if found:
                    result.setdefault(at + 1, (max(far, found), slots))
        return result


class _Thing(_Node):
    """A typed thing that may span several tokens."""

    __slots__ = ("ends",)

    def __init__(self, ends: Callable[[Reading, int, int], int], opener: int) -> None:
        self.ends = ends
        self.needs = (opener,)
        self.first = opener

    def run(self, reading: Reading, states: States, end: int) -> States:
        result: States = {}
        for at, trail in states.items():
            if at < end:
                stop = self.ends(reading, at, end)
                if stop > at:
                    result.setdefault(stop, trail)
        return result


def _joined(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


@dataclass(slots=True)
class _Term:
    node: _Node
    negated: bool
    feature: int = 0

    def find(self, reading: Reading, ranges: tuple[tuple[int, int], ...], limit: int) -> Match | None:
        """Its first match that begins in one of the token ranges; it may run on to `limit`."""
        for start, end in ranges:
            match = _first(self.node, reading, start, end, limit)
            if match is not None:
                return match
        return None


def _first(node: _Node, reading: Reading, start: int, end: int, limit: int) -> Match | None:
    masks, first = reading.masks, node.first
    for at in range(start, end):
        if first and not masks[at] & first:
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
    """A phrase to be found; make one with `PhraseBook.compile`. It is compiled when first looked for."""

    text: str
    book: PhraseBook
    ready: bool = False
    groups: tuple[tuple[_Term, ...], ...] = ()
    ordered: bool = True
    needs: tuple[int, ...] = ()
    group_needs: tuple[tuple[int, ...], ...] = ()

    def find(self, stretch: Stretch) -> Iterator[Match]:
        """Its matches in a sentence, in order, none overlapping another."""
        if not self.ready:
            self.book.complete(self)
        mask = stretch.mask
        for need in self.needs:
            if not mask & need:
                return
        if self.ordered:
            yield from self._find_ordered(stretch)
        elif len(self.groups) == 1:
            yield from self._find_in_clauses(stretch)
        else:
            yield from self._find_in_sentence(stretch)

    def found(self, stretch: Stretch) -> list[Match]:
        """The same, remembered: for what is looked for around each match of another phrase."""
        known: list[Match] | None = stretch.memo.get(("matches", id(self)))
        if known is None:
            known = stretch.memo["matches", id(self)] = list(self.find(stretch))
        return known

    def overlaps(self, match: Match) -> bool:
        """Whether it is found where `match` is."""
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
        clause_mask = stretch.masks_of_clauses[number]
        for need in self.group_needs[group]:
            if not clause_mask & need:
                return None
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
            return () if stretch.masks_of_clauses[number] & term.feature else None
        reading, clause = stretch.reading, stretch.clauses[number]
        if (
            clause.subject is not None
            and isinstance(term.node, _Atom)
            and reading.masks[clause.subject] & term.node.bit
        ):
            return ()
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


@dataclass
class PhraseBook:
    """All phrases of a rule set: compile them, then ask which of the searched ones stand in a sentence."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    anchors: tuple[tuple[WordClass, ...], ...] | None = None
    """The anchors of all phrases that will be searched for, in order, where they are known from an earlier run: then
    nothing is compiled before it is looked for."""

    def __post_init__(self) -> None:
        self.lexicon = Lexicon()
        self._index = Lexicon()
        self._compiled: dict[str, CompiledPhrase] = {}
        self._list_nodes: dict[str, WordClass | _Node] = {}
        self._open_lists: list[str] = []
        self.searched: list[CompiledPhrase] = []
        self.found_anchors: list[tuple[WordClass, ...]] = []
        self._by_bit: dict[int, int] = {}
        self._by_mask: dict[int, int] = {}
        self._prepared = 0

    def compile(self, text: str) -> CompiledPhrase:
        """The phrase `text`. Raises PhraseError where it can't be read or names an unknown list or type."""
        known = self._compiled.get(text)
        if known is None:
            known = CompiledPhrase(text, self)
            if self.anchors is None:
                self.complete(known)
            self._compiled[text] = known
        return known

    def complete(self, compiled_phrase: CompiledPhrase) -> None:
        """Compile a phrase that so far is but its text."""
        phrase = syntax.parse(compiled_phrase.text)
        groups = []
        group_needs = []
        for terms in phrase.groups:
            compiled = tuple(self._term(term) for term in terms)
            groups.append(compiled)
            group_needs.append(
                tuple(
                    need
                    for term, written in zip(compiled, terms, strict=True)
                    # What runs over a comma needs words of the next clause.
                    if not term.negated and not self._crosses(written.body)
                    for need in ((term.feature,) if term.feature else term.node.needs)
                )
            )
        needs = tuple(
            need
            for terms in groups
            for term in terms
            if not term.negated and not term.feature
            for need in term.node.needs
        )
        if not needs:
            raise PhraseError("a phrase needs at least one word that must stand there", 0)
        compiled_phrase.groups, compiled_phrase.ordered = tuple(groups), phrase.ordered
        compiled_phrase.needs, compiled_phrase.group_needs = needs, tuple(group_needs)
        compiled_phrase.ready = True

    def check_part(self, text: str) -> None:
        """Raises PhraseError where `text` could not be an entry of a word list."""
        phrase = syntax.parse(text)
        if not phrase.ordered or phrase.groups[0][0].negated:
            raise PhraseError("a word list can't hold „&“ or „!“", 0)
        self._sequence(phrase.groups[0][0].body)

    def search_for(self, phrase: CompiledPhrase) -> int:
        """Take a phrase into the search; returns the number under which `candidates` names it."""
        number = len(self.searched)
        self.searched.append(phrase)
        if self.anchors is not None:
            anchor = self.anchors[number]
        else:
            anchor = tuple(self.lexicon.classes(min(phrase.needs, key=self.lexicon.cost)))
        self.found_anchors.append(anchor)
        for word_class in anchor:
            bit = self._index.register(word_class)
            self._by_bit[bit] = self._by_bit.get(bit, 0) | 1 << number
        self._by_mask.clear()
        return number

    def candidates(self, reading: Reading) -> list[int]:
        """For each sentence of a reading the searched phrases worth trying, as a bit set of their numbers; compiles
        those that are not yet."""
        by_mask = self._by_mask
        masks = reading.looked_up(self._index)
        result = []
        for stretch in reading.stretches:
            tries = 0
            for index in range(stretch.start, stretch.end):
                mask = masks[index]
                if mask:
                    phrases = by_mask.get(mask)
                    if phrases is None:
                        phrases = 0
                        for bit in bits_of(mask):
                            phrases |= self._by_bit.get(bit, 0)
                        by_mask[mask] = phrases
                    tries |= phrases
            result.append(tries)
        self._prepare(functools.reduce(operator.or_, result, 0) & ~self._prepared)
        return result

    def _prepare(self, numbers: int) -> None:
        self._prepared |= numbers
        for bit in bits_of(numbers):
            phrase = self.searched[bit.bit_length() - 1]
            if not phrase.ready:
                self.complete(phrase)

    def _crosses(self, sequence: syntax.Sequence) -> bool:
        """Whether it writes a mark that ends a clause, so that it may run on into the next one."""
        for item in sequence.items:
            if isinstance(item, syntax.Word):
                if is_border(item.norm):
                    return True
            elif isinstance(item, syntax.Slot):
                if self._crosses(item.body):
                    return True
            elif isinstance(item, syntax.Group):
                if any(self._crosses(option) for option in item.options):
                    return True
            elif isinstance(item, syntax.ListRef):
                bodies = (syntax.parse(entry).groups[0][0].body for entry in self.lists.get(item.name, ()))
                if any(self._crosses(body) for body in bodies):
                    return True
        return False

    def _term(self, term: syntax.Term) -> _Term:
        items = term.body.items
        if len(items) == 1 and isinstance(items[0], syntax.Typed) and items[0].name in FEATURES:
            return _Term(_Chain([]), term.negated, self.lexicon.feature(items[0].name))
        return _Term(self._sequence(term.body), term.negated)

    def _sequence(self, sequence: syntax.Sequence) -> _Node:
        nodes = [self._node(item) for item in sequence.items]
        return nodes[0] if len(nodes) == 1 else _Chain(nodes)

    def _node(self, item: syntax.Item) -> _Node:
        word_class = self._class(item)
        if word_class is not None:
            return _Atom(self.lexicon.register(word_class))
        if isinstance(item, syntax.Group):
            return _Choice([self._sequence(option) for option in item.options], item.optional, self.lexicon.cost)
        if isinstance(item, syntax.Gap):
            return _Gap(item.limit)
        if isinstance(item, syntax.Border):
            return _Edge(item.start)
        if isinstance(item, syntax.Slot):
            return _Slot(item.name, self._sequence(item.body))
        if isinstance(item, syntax.Inflected):
            verb = inflection.separable(item.lemma)
            return _Separable(
                self.lexicon.register(_words(verb.joined)),
                self.lexicon.register(_words(verb.finite)),
                self.lexicon.register(_words({normalise(verb.particle)[0]})),
            )
        if isinstance(item, syntax.ListRef):
            node = self._list(item)
            assert isinstance(node, _Node)
            return node
        assert isinstance(item, syntax.Typed)
        if item.name in FEATURES:
            raise PhraseError(f"<{item.name}> is a feature of the clause: it stands alone between „&“", item.offset)
        openers = WordClass(OPENERS[item.name], types=frozenset({"number", "placeholder"}))
        return _Thing(THINGS[item.name], self.lexicon.register(openers))

    def _class(self, item: syntax.Item) -> WordClass | None:
        """The item as a set of single words, or None where it is more than that."""
        if isinstance(item, syntax.Word):
            if item.case is None and not (item.before or item.after):
                return WordClass(frozenset({item.norm}))
            return WordClass(words=frozenset({item}))
        if isinstance(item, syntax.Inflected):
            return None if "|" in item.lemma else _words(inflection.forms(item.lemma))
        if isinstance(item, syntax.Typed):
            if item.name in _WORD_TYPES:
                return WordClass(types=frozenset({item.name}))
            if item.name in _SHAPES:
                return WordClass(shapes=frozenset({item.name}))
            if item.name not in TYPES and item.name not in FEATURES:
                known = ", ".join(f"<{name}>" for name in TYPES + FEATURES)
                raise PhraseError(f"unknown type <{item.name}>; known are {known}", item.offset)
            return None
        if isinstance(item, syntax.ListRef):
            node = self._list(item)
            return node if isinstance(node, WordClass) else None
        if isinstance(item, syntax.Group) and not item.optional:
            classes = []
            for option in item.options:
                single = self._class(option.items[0]) if len(option.items) == 1 else None
                if single is None:
                    return None
                classes.append(single)
            return union(classes)
        return None

    def _list(self, reference: syntax.ListRef) -> WordClass | _Node:
        name = reference.name
        if name in self._list_nodes:
            return self._list_nodes[name]
        if name not in self.lists:
            raise UnknownListError(name, reference.offset)
        if name in self._open_lists:
            raise PhraseError(f"the word list @{name} contains itself", reference.offset)
        self._open_lists.append(name)
        try:
            sequences = []
            for entry in self.lists[name]:
                phrase = syntax.parse(entry)
                if not phrase.ordered or phrase.groups[0][0].negated:
                    raise PhraseError(
                        f"@{name}: „{entry}“ uses „&“ or „!“, which a word list can't hold", reference.offset
                    )
                sequences.append(phrase.groups[0][0].body)
            node = self._node_or_class(syntax.Group(tuple(sequences)))
        finally:
            self._open_lists.pop()
        self._list_nodes[name] = node
        return node

    def _node_or_class(self, group: syntax.Group) -> WordClass | _Node:
        word_class = self._class(group)
        if word_class is not None:
            return word_class
        # One atom for all single words; only the longer entries are tried one by one.
        singles = []
        nodes: list[_Node] = []
        for option in group.options:
            single = self._class(option.items[0]) if len(option.items) == 1 else None
            if single is not None:
                singles.append(single)
            else:
                nodes.append(self._sequence(option))
        if singles:
            nodes.append(_Atom(self.lexicon.register(union(singles))))
        return _Choice(nodes, optional=False, cost=self.lexicon.cost)


class UnknownListError(PhraseError):
    """A phrase names a word list that no pack has; `name` is the list's."""

    def __init__(self, name: str, offset: int) -> None:
        super().__init__(f"unknown word list @{name}", offset)
        self.name = name


def _words(norms: Iterable[str]) -> WordClass:
    return WordClass(frozenset(norms))
