"""`kind: nesting`: sentences whose clauses stand within one another, or whose main clause is broken off for long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from replylint.checks.base import Context, Entry, Hit, Text, Workshop, parse_parts, parse_text
from replylint.checks.measure import halved
from replylint.checks.rewriting import Template, parse_rewrites
from replylint.german.nesting import nesting
from replylint.rulefile import Node

KEYS = ("in", "depth", "inserted", "interrupted", "rewrite")


@dataclass(slots=True)
class NestingCheck:
    """Sentences that are at least `depth` clauses deep, or whose main clause is interrupted by more than `inserted`
    words; these have the message `interrupted`, where there is one."""

    parts: tuple[str, ...]
    depth: float
    inserted: float
    interrupted: Text | None
    templates: tuple[Template, ...]

    @property
    def entries(self) -> Iterable[Entry]:
        """It has no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """The nested sentences, in text order."""
        hits = []
        for part in self.parts:
            for stretch in context.stretches(part):
                found = nesting(stretch.reading.tokens, stretch.start, stretch.end)
                deep = found.depth >= self.depth
                if not deep and found.inserted <= self.inserted:
                    continue
                span = stretch.sentence.span
                rewrites = context.plain_rewrites(self.templates, span)
                if (two := halved(stretch)) is not None:
                    rewrites = (two, *rewrites)
                slots = {"depth": str(found.depth), "inserted": str(found.inserted)}
                hits.append(Hit(span, slots=slots, rewrites=rewrites, message=None if deep else self.interrupted))
        return hits


def parse(fields: Mapping[str, Node], workshop: Workshop) -> NestingCheck:
    """The check that a rule file's fields describe."""
    del workshop
    return NestingCheck(
        parse_parts(fields.get("in"), ("body",)),
        fields["depth"].number() if "depth" in fields else 3,
        fields["inserted"].number() if "inserted" in fields else 15,
        parse_text(fields["interrupted"]) if "interrupted" in fields else None,
        parse_rewrites(fields["rewrite"]) if "rewrite" in fields else (),
    )
