"""`kind: required`: something that must stand somewhere; the finding is on the draft as a whole, where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from replylint.checks.base import (
    Condition,
    Context,
    Entries,
    Entry,
    Hit,
    Workshop,
    find_all,
    parse_condition,
    parse_parts,
)
from replylint.checks.echoes import Echoes
from replylint.checks.rewriting import Template, parse_rewrites
from replylint.draft import Part
from replylint.german.phrases import PhraseBook
from replylint.german.tokens import normalise
from replylint.rulefile import Node
from replylint.source import Cover, Span

KEYS = (
    "in", "present", "present-part", "echoes", "too-general", "except", "unless", "place", "insert", "last",
    "satisfied-by", "ignoring",
)  # fmt: skip
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

    Entries with a weight below 1 must come to 1 together (two offers of 0.5 are a choice). Nor is it missing where an
    echo stands: words of the inquiry that the draft takes up.
    The findings of the checks in `satisfied_by` count as present; words within findings of those in `sources` don't
    („ignoring“: what is flagged as a half apology is none)."""

    parts: tuple[str, ...]
    present: Entries
    book: PhraseBook
    part: str
    last: int
    place: str
    insertions: tuple[Insertion, ...]
    satisfied_by: tuple[str, ...]
    sources: tuple[str, ...] = ()
    echoes: Echoes | None = None

    @property
    def entries(self) -> Iterable[Entry]:
        """All its phrases."""
        return [*self.present, *(self.echoes.entries if self.echoes is not None else ())]

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
        weighed = 0.0
        counted = Cover()
        for entry, match in find_all(self.present, context, self.parts, self.book):
            span = match.stretch.reading.span(match.start, match.end)
            if ignored.overlaps(span) or (self.last and match.stretch not in last) or not counted.take(span):
                continue
            weighed += entry.weight
            if weighed >= 1:
                return True
        return self.echoes is not None and self.echoes.stand(context, self.parts, ignored)


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
        Echoes(
            workshop.entries(fields["echoes"], defaults),
            frozenset(normalise(word)[0] for word in fields["too-general"].strings())
            if "too-general" in fields
            else frozenset(),
            workshop.book,
        )
        if "echoes" in fields
        else None,
    )
