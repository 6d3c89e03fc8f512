"""Phrases, compiled: their words resolved to word classes, their structure to plain values that can be kept as JSON.

A program is `[ordered, in_clause, needed, groups]`: `needed` are the classes of each of which a word must stand in the
sentence (in the clause, where `in_clause`), a group is a list of terms `[negated, feature, node]`. A node is the number
of a word class, or a list: `["chain", node …]`, `["choice", optional, starts, rest, others, node …]`, `["gap", limit]`,
`["edge", start]`, `["slot", name, node]`, `["verb", joined, finite, particle]`, `["thing", name, opens]`,
`["list", name]`. `starts` names the alternatives by the norms with which alone they can begin, `rest` are those that
can begin otherwise, `others` is the class of all words beside norms that begin one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from replylint.german import inflection, syntax
from replylint.german.clauses import is_border
from replylint.german.lexicon import WordClass, union
from replylint.german.syntax import FEATURES, TYPES, PhraseError, UnknownListError
from replylint.german.things import OPENERS
from replylint.german.tokens import normalise

Program = list[Any]
_WORD_TYPES = frozenset({"number", "placeholder", "url", "quote"})
_SHAPES = frozenset({"participle", "infinitive", "finite"})
_FEW = 20
"""An alternative with more words to begin with is looked for by its own set of words, lest programs grow too long."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A compiled item: its node, the classes of each of which it needs a word, and the class that it begins with."""

    node: Any
    needs: tuple[WordClass, ...] = ()
    opens: WordClass | None = None


class Compiler:
    """Compiles the phrases of a rule set, which share word lists (by name, their entries) and word classes."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.lists = lists
        self.nodes_of_lists: dict[str, Any] = {}
        """The node of each word list that holds more than single words."""
        self._numbers: dict[WordClass, int] = {}
        self.classes: list[WordClass] = []
        """The word classes by their number."""
        self._known_lists: dict[str, WordClass | _Part] = {}
        self._open_lists: list[str] = []

    def compile(self, text: str) -> Program:
        """The program of a phrase. Raises PhraseError where it can't be read or names an unknown list or type."""
        phrase = syntax.parse(text)
        groups = []
        needs: dict[int, None] = {}
        for terms in phrase.groups:
            group = []
            for term in terms:
                feature = _feature(term)
                part = _Part(None) if feature else self._sequence(term.body)
                group.append([term.negated, feature, part.node])
                if not term.negated:
                    needs.update(dict.fromkeys(map(self._number, part.needs)))
            groups.append(group)
        if not needs:
            raise PhraseError("a phrase needs at least one word that must stand there", 0)
        # What runs over a comma needs words of the next clause.
        in_clause = (
            not phrase.ordered
            and len(groups) == 1
            and not any(self._crosses(term.body) for term in phrase.groups[0] if not term.negated)
        )
        return [phrase.ordered, in_clause, list(needs), groups]

    def check_part(self, text: str) -> None:
        """Raises PhraseError where `text` could not be an entry of a word list."""
        phrase = syntax.parse(text)
        if not phrase.ordered or phrase.groups[0][0].negated:
            raise PhraseError("a word list can't hold „&“ or „!“", 0)
        self._sequence(phrase.groups[0][0].body)

    def _number(self, word_class: WordClass) -> int:
        number = self._numbers.get(word_class)
        if number is None:
            number = self._numbers[word_class] = len(self.classes)
            self.classes.append(word_class)
        return number

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

    def _sequence(self, sequence: syntax.Sequence) -> _Part:
        parts = [self._part(item) for item in sequence.items]
        if len(parts) == 1:
            return parts[0]
        first = next((part for part, item in zip(parts, sequence.items, strict=True) if not _is_border(item)), None)
        return _Part(
            ["chain", *(part.node for part in parts)],
            tuple(need for part in parts for need in part.needs),
            None if first is None else first.opens,
        )

    def _part(self, item: syntax.Item) -> _Part:
        word_class = self._class(item)
        if word_class is not None:
            return _Part(self._number(word_class), (word_class,), word_class)
        if isinstance(item, syntax.Group):
            return self._choice([self._sequence(option) for option in item.options], optional=item.optional)
        if isinstance(item, syntax.Gap):
            return _Part(["gap", item.limit])
        if isinstance(item, syntax.Border):
            return _Part(["edge", item.start])
        if isinstance(item, syntax.Slot):
            part = self._sequence(item.body)
            return _Part(["slot", item.name, part.node], part.needs, part.opens)
        if isinstance(item, syntax.Inflected):
            verb = inflection.separable(item.lemma)
            classes = (_words(verb.joined), _words(verb.finite), _words({normalise(verb.particle)[0]}))
            opens = union(classes[:2])
            return _Part(["verb", *map(self._number, classes)], (opens,), opens)
        if isinstance(item, syntax.ListRef):
            found = self._list(item)
            assert isinstance(found, _Part)
            return found
        assert isinstance(item, syntax.Typed)
        if item.name in FEATURES:
            raise PhraseError(f"<{item.name}> is a feature of the clause: it stands alone between „&“", item.offset)
        opens = WordClass(OPENERS[item.name], types=frozenset({"number", "placeholder"}))
        return _Part(["thing", item.name, self._number(opens)], (opens,), opens)

    def _choice(self, parts: list[_Part], *, optional: bool) -> _Part:
        starts: dict[str, list[int]] = {}
        rest = []
        for number, part in enumerate(parts):
            if part.opens is None or not part.opens.plain or len(part.opens.norms) > _FEW:
                rest.append(number)
            else:
                for norm in sorted(part.opens.norms):
                    starts.setdefault(norm, []).append(number)
        openings = [part.opens for part in parts if part.opens is not None]
        opens = union(openings) if len(openings) == len(parts) else None
        others = None if opens is None or opens.plain else self._number(replace(opens, norms=frozenset()))
        node = ["choice", optional, starts, rest, others, *(part.node for part in parts)]
        if optional:
            return _Part(node)
        # Of each alternative its rarest word, so that the phrase is looked up by „Pech“ and not by a comma.
        known = all(part.needs for part in parts)
        needs = (union(min(part.needs, key=_cost) for part in parts),) if known else ()
        return _Part(node, needs, opens)

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
            found = self._list(item)
            return found if isinstance(found, WordClass) else None
        if isinstance(item, syntax.Group) and not item.optional:
            classes = []
            for option in item.options:
                single = self._class(option.items[0]) if len(option.items) == 1 else None
                if single is None:
                    return None
                classes.append(single)
            return union(classes)
        return None

    def _list(self, reference: syntax.ListRef) -> WordClass | _Part:
        name = reference.name
        if name in self._known_lists:
            return self._known_lists[name]
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
            found = self._entries(name, syntax.Group(tuple(sequences)))
        finally:
            self._open_lists.pop()
        self._known_lists[name] = found
        return found

    def _entries(self, name: str, group: syntax.Group) -> WordClass | _Part:
        word_class = self._class(group)
        if word_class is not None:
            return word_class
        # One class for all single words; only the longer entries are tried one by one.
        singles = []
        parts = []
        for option in group.options:
            single = self._class(option.items[0]) if len(option.items) == 1 else None
            if single is not None:
                singles.append(single)
            else:
                parts.append(self._sequence(option))
        if singles:
            joined = union(singles)
            parts.append(_Part(self._number(joined), (joined,), joined))
        choice = self._choice(parts, optional=False)
        self.nodes_of_lists[name] = choice.node
        return _Part(["list", name], choice.needs, choice.opens)


def _feature(term: syntax.Term) -> str:
    items = term.body.items
    if len(items) == 1 and isinstance(items[0], syntax.Typed) and items[0].name in FEATURES:
        return items[0].name
    return ""


def _is_border(item: syntax.Item) -> bool:
    return isinstance(item, syntax.Border)


def _cost(word_class: WordClass) -> int:
    return word_class.cost


def _words(norms: Iterable[str]) -> WordClass:
    return WordClass(frozenset(norms))
