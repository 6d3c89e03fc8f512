"""The phrase language as a matcher: phrases compiled once, then found in readings.

All phrases of a rule set share one lexicon. A phrase is tried on a sentence only where its rarest word class stands,
and fully only where all its word classes do. Matching keeps sets of positions instead of backtracking, so that no
phrase, however written, takes more than (tokens × items × gap) steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from replylint.german import inflection, syntax
from replylint.german.clauses import is_border
from replylint.german.index import PhraseIndex
from replylint.german.lexicon import Lexicon, WordClass, union
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
    """A compiled item. `needs`: word classes of each of which a text that it matches has a word. `opens`: the words that
    it can begin with, or None where that is open; `first` are their numbers."""

    __slots__ = ("first", "needs", "opens")
    needs: tuple[WordClass, ...]
    opens: WordClass | None
    first: set[int] | None

    def run(self, reading: Reading, states: States, end: int) -> States:
        raise NotImplementedError


class _Atom(_Node):
    __slots__ = ("words",)

    def __init__(self, word_class: WordClass, lexicon: Lexicon) -> None:
        self.words: set[int] = lexicon.words(word_class)
        self.first = self.words
        self.opens = word_class
        self.needs = (word_class,)

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
        self.needs = tuple(need for node in nodes for need in node.needs)
        self.opens = self.first = None
        for node in nodes:
            if isinstance(node, _Edge):
                continue
            self.opens, self.first = node.opens, node.first
            break

    def run(self, reading: Reading, states: States, end: int) -> States:
        for node in self.nodes:
            states = node.run(reading, states, end)
            if not states:
                break
        return states


class _Choice(_Node):
    __slots__ = ("beginning", "known", "nodes", "optional")

    def __init__(self, nodes: list[_Node], optional: bool, lexicon: Lexicon) -> None:
        self.nodes = nodes
        self.beginning: dict[int, list[_Node]] = lexicon.memo()
        openings = [node.opens for node in nodes if node.opens is not None]
        opens = union(openings) if len(openings) == len(nodes) else None
        self.known = None if opens is None else lexicon.words(opens)
        self.optional = optional
        self.needs = ()
        self.opens = self.first = None
        if not optional:
            if all(node.needs for node in nodes):
                # Of each alternative its rarest word, so that the phrase is looked up by „Pech“ and not by a comma.
                self.needs = (union(min(node.needs, key=_cost) for node in nodes),)
            self.opens, self.first = opens, self.known

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
                nodes = beginning[number] = [
                    node for node in self.nodes if node.first is None or number in node.first
                ]
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
        self.needs = ()
        self.opens = self.first = None

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
        self.opens = self.first = None

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
        self.opens, self.first = node.opens, node.first

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

    def __init__(self, joined: WordClass, finite: WordClass, particle: WordClass, lexicon: Lexicon) -> None:
        self.joined, self.finite, self.particle = (lexicon.words(each) for each in (joined, finite, particle))
        self.opens = union((joined, finite))
        self.first = lexicon.words(self.opens)
        self.needs = (self.opens,)

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

    def __init__(self, ends: Callable[[Reading, int, int], int], opener: WordClass, lexicon: Lexicon) -> None:
        self.ends = ends
        self.needs = (opener,)
        self.opens = opener
        self.first = lexicon.words(opener)

    def run(self, reading: Reading, states: States, end: int) -> States:
        result: States = {}
        for at, trail in states.items():
            if at < end:
                stop = self.ends(reading, at, end)
                if stop > at:
                    result.setdefault(stop, trail)
        return result


def _cost(word_class: WordClass) -> int:
    return word_class.cost


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
    """A phrase to be found; make one with `PhraseBook.compile`. It is compiled when first looked for."""

    text: str
    book: PhraseBook
    ready: bool = False
    groups: tuple[tuple[_Term, ...], ...] = ()
    ordered: bool = True
    needs: tuple[WordClass, ...] = ()
    needed: tuple[set[int], ...] = ()
    in_clause: bool = False

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
            self.book.complete(self)
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


@dataclass
class PhraseBook:
    """All phrases of a rule set: compile them, then ask which of the searched ones stand in a sentence."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    anchors: tuple[tuple[WordClass, ...], ...] | None = None

    def __post_init__(self) -> None:
        self.lexicon = Lexicon()
        self.index = PhraseIndex(self.lexicon)
        self._compiled: dict[str, CompiledPhrase] = {}
        self._list_nodes: dict[str, WordClass | _Node] = {}
        self._open_lists: list[str] = []
        self.searched: list[CompiledPhrase] = []

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
        groups = tuple(tuple(self._term(term) for term in terms) for terms in phrase.groups)
        needs = tuple(
            need
            for terms in groups
            for term in terms
            if not term.negated and not term.feature
            for need in term.node.needs
        )
        if not needs:
            raise PhraseError("a phrase needs at least one word that must stand there", 0)
        compiled_phrase.groups, compiled_phrase.ordered, compiled_phrase.needs = groups, phrase.ordered, needs
        compiled_phrase.needed = tuple(self.lexicon.words(need) for need in dict.fromkeys(needs))
        # What runs over a comma needs words of the next clause.
        compiled_phrase.in_clause = (
            not phrase.ordered
            and len(groups) == 1
            and not any(self._crosses(term.body) for term in phrase.groups[0] if not term.negated)
        )
        compiled_phrase.ready = True

    def check_part(self, text: str) -> None:
        """Raises PhraseError where `text` could not be an entry of a word list."""
        phrase = syntax.parse(text)
        if not phrase.ordered or phrase.groups[0][0].negated:
            raise PhraseError("a word list can't hold „&“ or „!“", 0)
        self._sequence(phrase.groups[0][0].body)

    def search_for(self, phrase: CompiledPhrase) -> int:
        """Take a phrase into the search; returns the number under which `candidates` names it."""
        self.searched.append(phrase)
        return self.index.add(phrase.needs, in_clause=phrase.in_clause)

    def candidates(self, reading: Reading) -> list[int]:
        """For each sentence of a reading the searched phrases worth trying, as a bit set of their numbers."""
        return self.index.candidates(reading)

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
            return _Term(_Chain([]), term.negated, items[0].name)
        return _Term(self._sequence(term.body), term.negated)

    def _sequence(self, sequence: syntax.Sequence) -> _Node:
        nodes = [self._node(item) for item in sequence.items]
        return nodes[0] if len(nodes) == 1 else _Chain(nodes)

    def _node(self, item: syntax.Item) -> _Node:
        word_class = self._class(item)
        if word_class is not None:
            return _Atom(word_class, self.lexicon)
        if isinstance(item, syntax.Group):
            return _Choice([self._sequence(option) for option in item.options], item.optional, self.lexicon)
        if isinstance(item, syntax.Gap):
            return _Gap(item.limit)
        if isinstance(item, syntax.Border):
            return _Edge(item.start)
        if isinstance(item, syntax.Slot):
            return _Slot(item.name, self._sequence(item.body))
        if isinstance(item, syntax.Inflected):
            verb = inflection.separable(item.lemma)
            return _Separable(
                _words(verb.joined), _words(verb.finite), _words({normalise(verb.particle)[0]}), self.lexicon
            )
        if isinstance(item, syntax.ListRef):
            node = self._list(item)
            assert isinstance(node, _Node)
            return node
        assert isinstance(item, syntax.Typed)
        if item.name in FEATURES:
            raise PhraseError(f"<{item.name}> is a feature of the clause: it stands alone between „&“", item.offset)
        openers = WordClass(OPENERS[item.name], types=frozenset({"number", "placeholder"}))
        return _Thing(THINGS[item.name], openers, self.lexicon)

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
            nodes.append(_Atom(union(singles), self.lexicon))
        return _Choice(nodes, optional=False, lexicon=self.lexicon)


class UnknownListError(PhraseError):
    """A phrase names a word list that no pack has; `name` is the list's."""

    def __init__(self, name: str, offset: int) -> None:
        super().__init__(f"unknown word list @{name}", offset)
        self.name = name


def _words(norms: Iterable[str]) -> WordClass:
    return WordClass(frozenset(norms))
