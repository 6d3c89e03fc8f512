"""`kind: required`: something that must stand somewhere; the finding is on the draft as a whole, where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replylint.checks.base import (
    Condition,
    Context,
    Entries,
    Hit,
    Workshop,
    find_all,
    parse_condition,
    parse_parts,
)
from replylint.checks.rewriting import Template, parse_rewrites
from replylint.draft import Part
from replylint.german.phrases import PhraseBook
from replylint.rulefile import Node
from replylint.source import Cover, Span

KEYS = ("in", "present", "present-part", "except", "unless", "place", "insert", "last", "satisfied-by", "ignoring")
PLACES = ("start", "after-salutation", "after-thanks", "before-closing", "end-of-body", "end")
_COMPLETE = "sign-off"
PART_NAMES = (str(Part.SALUTATION), _COMPLETE, str(Part.SUBJECT))


@dataclass(frozen=True, slots=True)
class Insertion:
    """A sentence to insert, where its condition holds."""

    template: Template
    condition: Condition


@dataclass(slots=True)
class RequiredCheck:
    """Missing where no entry is found in the parts (only their `last` sentences, if given) and no named part stands.

    The findings of the checks in `satisfied_by` count as present; words within findings of those in `sources` don't
    („ignoring“: what is flagged as a half apology is none)."""

    parts: tuple[str, ...]
    entries: Entries
    book: PhraseBook
    part: str
    last: int
    place: str
    insertions: tuple[Insertion, ...]
    satisfied_by: tuple[str, ...]
    sources: tuple[str, ...] = ()

    def run(self, context: Context) -> list[Hit]:
        """One hit at the place where the missing thing belongs, or none."""
        # A building block that is but a greeting lacks nothing.
        if (context.draft.template and not context.stretches(Part.BODY)) or self._present(context):
            return []
        place = context.place(self.place)
        rewrites = []
        for insertion in self.insertions:
            if insertion.condition.holds(context):
                rewrite = context.insertion(insertion.template, place)
                if rewrite is not None:
                    rewrites.append(rewrite)
        return [Hit(Span(place, place), document_level=True, rewrites=tuple(rewrites[:3]))]

    def _present(self, context: Context) -> bool:
        if self.part == _COMPLETE:
            if context.anatomy.sign_off_complete:
                return True
        elif self.part and context.part_span(self.part) is not None:
            return True
        if any(context.hits.get(name) for name in self.satisfied_by):
            return True
        ignored = Cover(
            hit.span for name in self.sources for hit in context.hits.get(name, ()) if not hit.document_level
        )
        last = (
            [stretch for part in self.parts for stretch in context.stretches(part)][-self.last :] if self.last else ()
        )
        for _, match in find_all(self.entries, context, self.parts, self.book):
            span = match.stretch.reading.span(match.start, match.end)
            if not ignored.overlaps(span) and (not self.last or match.stretch in last):
                return True
        return False


def parse(fields: Mapping[str, Node], workshop: Workshop) -> RequiredCheck:
    """The check that a rule file's fields describe."""
    defaults = workshop.defaults({key: node for key, node in fields.items() if key in ("except", "unless")})
    insertions = []
    for item in fields["insert"].items() if "insert" in fields else ():
        if isinstance(item.value, dict) and "when" in item.value:
            condition = parse_condition(item.value["when"], workshop)
            plain = Node(
                {k: v for k, v in item.value.items() if k != "when"}, item.path, item.line, item.column, item.errors
            )
            plain.keys = item.keys
        else:
            condition, plain = Condition(), item
        insertions += [Insertion(template, condition) for template in parse_rewrites(plain)]
    for key in ("satisfied-by", "ignoring"):
        for node in fields[key].items() if key in fields else ():
            workshop.mentions_check(node.string(), node)
    return RequiredCheck(
        parse_parts(fields.get("in"), (Part.BODY,)),
        workshop.entries(fields["present"], defaults) if "present" in fields else Entries(),
        workshop.book,
        fields["present-part"].choice(PART_NAMES) if "present-part" in fields else "",
        int(fields["last"].number()) if "last" in fields else 0,
        fields["place"].choice(PLACES) if "place" in fields else "end-of-body",
        tuple(insertions),
        fields["satisfied-by"].strings() if "satisfied-by" in fields else (),
        fields["ignoring"].strings() if "ignoring" in fields else (),
    )
