"""`kind: consistency`: one of several ways throughout; each form of the ways in the minority is a finding."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace

from replylint.checks.base import Context, Entries, Hit, Text, Workshop, find_all, marked, parse_parts, parse_text
from replylint.draft import Address
from replylint.german.phrases import PhraseBook
from replylint.rulefile import Node
from replylint.source import Cover

KEYS = ("in", "ways", "decided-by", "together", "except", "unless", "given")
DECIDERS = ("address",)
_WRITTEN = {Address.SIE: "Sie", Address.DU: "du", Address.IHR: "ihr"}


@dataclass(slots=True)
class ConsistencyCheck:
    """`ways`: entries by name. `together`: sets of ways that may stand side by side. `decided_by`: "address" lets the
    draft's form of address decide, else the most frequent way does, the first one on a tie. `given`: what is said (and
    why) of the first other form where a form of address is given and the draft mostly takes another; `{given}` names
    it. Without one, all other forms are told as if the draft itself had decided."""

    parts: tuple[str, ...]
    ways: dict[str, Entries]
    book: PhraseBook
    decided_by: str
    together: tuple[frozenset[str], ...]
    entries: Entries
    given: tuple[Text, Text] | None = None

    def run(self, context: Context) -> list[Hit]:
        """The forms that don't go with the way the draft takes, in text order."""
        found: list[tuple[str, Hit]] = []
        taken = Cover()
        for entry, match in find_all(self.entries, context, self.parts, self.book):
            span = marked(match, entry.extent)
            if not taken.take(span):
                continue
            hit = Hit(span, entry, slots=match.slot_texts(), rewrites=context.rewrites(entry, match, span))
            found.append((next(way for way, entries in self.ways.items() if entry in entries), hit))
        given = _given(context) if self.decided_by == "address" else None
        if len({way for way, _ in found}) < 2 and given is None:
            return []
        found.sort(key=lambda pair: pair[1].span)
        chosen = self._chosen(context, [way for way, _ in found])
        accepted = {chosen}.union(*(group for group in self.together if chosen in group))
        others = [hit for way, hit in found if way not in accepted]
        if self.given is not None and given is not None and 2 * len(others) > len(found):
            message, why = self.given
            hit = others[0]
            return [replace(hit, slots={**hit.slots, "given": _WRITTEN[given]}, message=message, why=why)]
        return others

    def _chosen(self, context: Context, ways: list[str]) -> str:
        if self.decided_by == "address" and context.address is not None:
            return context.address.value
        return max(dict.fromkeys(ways), key=ways.count)


def _given(context: Context) -> Address | None:
    """The form of address that is given from outside, by the house or for this draft."""
    given = context.facts.get("address")
    return next((address for address in Address if address.value == given), None)


def parse(fields: Mapping[str, Node], workshop: Workshop) -> ConsistencyCheck:
    """The check that a rule file's fields describe."""
    defaults = workshop.defaults({key: node for key, node in fields.items() if key in ("except", "unless")})
    ways = {}
    if "ways" in fields:
        names = fields["ways"].value if isinstance(fields["ways"].value, dict) else ()
        for name, node in fields["ways"].mapping(names).items():
            ways[name] = workshop.entries(node, defaults)
        if len(ways) < 2:
            fields["ways"].error("a consistency check needs two ways at least")
    together = []
    for group in fields["together"].items() if "together" in fields else ():
        together.append(frozenset(node.choice(ways) for node in group.items()))
    given = fields["given"].mapping(("message", "why"), ("message", "why")) if "given" in fields else {}
    return ConsistencyCheck(
        parse_parts(fields.get("in"), ("subject", "salutation", "body", "sign-off")),
        ways,
        workshop.book,
        fields["decided-by"].choice(DECIDERS) if "decided-by" in fields else "",
        tuple(together),
        functools.reduce(operator.add, ways.values(), Entries()),
        (parse_text(given["message"]), parse_text(given["why"])) if len(given) == 2 else None,
    )
