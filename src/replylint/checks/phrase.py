"""`kind: phrase`: words that a draft should not hold (or, with `in: inquiry`, that a lead must know of)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from replylint.checks.base import Context, Entries, Entry, Hit, Workshop, find_all, marked, parse_parts
from replylint.german.phrases import PhraseBook
from replylint.rulefile import Node
from replylint.source import Cover, Span

KEYS = ("in", "phrases", "except", "unless", "questions", "extent", "rewrite", "from")


@dataclass(slots=True)
class PhraseCheck:
    """`parts` are searched for `entries`; findings of the checks in `sources` join them unless a guard saves them."""

    parts: tuple[str, ...]
    entries: Entries
    book: PhraseBook
    defaults: Entry
    sources: tuple[str, ...] = field(default=())

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order. For the inquiry there is one at most, on the draft as a whole."""
        hits: list[Hit] = []
        taken = Cover()
        if self.parts == ("inquiry",):
            return self._in_inquiry(context)
        for entry, match in find_all(self.entries, context, self.parts, self.book):
            span = marked(match, entry.extent)
            if not taken.take(span):
                continue
            hits.append(Hit(span, entry, slots=match.slot_texts(), rewrites=context.rewrites(entry, match, span)))
        for name in self.sources:
            hits.extend(self._taken_over(name, context, taken))
        hits.sort(key=lambda hit: hit.span)
        return hits

    def _taken_over(self, name: str, context: Context, taken: Cover) -> list[Hit]:
        hits = []
        for hit in context.hits.get(name, ()):
            match = context.match_of(hit.span)
            if match is None or (self.defaults.guard is not None and self.defaults.guard.saves(match)):
                continue
            span = marked(match, self.defaults.extent)
            if not taken.take(span):
                continue
            hits.append(Hit(span, self.defaults, rewrites=context.rewrites(self.defaults, match, span)))
        return hits

    def _in_inquiry(self, context: Context) -> list[Hit]:
        best: Hit | None = None
        for entry, match in find_all(self.entries, context, self.parts, self.book):
            if best is not None and best.entry is not None and best.entry.number <= entry.number:
                continue
            reading = match.stretch.reading
            span = reading.span(match.start, match.end)
            place = context.opening()
            words = " ".join(reading.text[span.start : span.end].split())
            sign = entry.condition.evidence(context) if entry.condition is not None else None
            slots = {**match.slot_texts(), "evidence": words, "sign": words if sign is None else sign.words}
            best = Hit(Span(place, place), entry, document_level=True, slots=slots)
        return [] if best is None else [best]


def parse(fields: Mapping[str, Node], workshop: Workshop) -> PhraseCheck:
    """The check that a rule file's fields describe."""
    parts = parse_parts(fields.get("in"), ("subject", "body"))
    defaults = workshop.defaults(fields)
    entries = workshop.entries(fields["phrases"], defaults) if "phrases" in fields else Entries()
    sources = fields["from"].strings() if "from" in fields else ()
    for source in sources:
        workshop.mentions_check(source, fields["from"])
    return PhraseCheck(parts, entries, workshop.book, defaults, sources)
