"""`kind: measure`: a count against a limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from replylint.checks.base import Context, Entry, Hit, Workshop, parse_parts
from replylint.checks.rewriting import Template, parse_rewrites
from replylint.german.reading import Stretch
from replylint.german.tokens import Kind
from replylint.rulefile import Node

KEYS = ("in", "of", "limit", "rewrite")


def sentence_words(stretch: Stretch) -> int:
    """The longest stretch of words of a sentence that no semicolon ends. A URL, number, date, quote or placeholder
    counts as what it is to a reader: a URL or placeholder is one word, a quote as many as it has."""
    tokens = stretch.reading.tokens
    longest = count = 0
    for index in range(stretch.start, stretch.end):
        kind = tokens.kinds[index]
        if kind is Kind.QUOTE:
            count += len(stretch.reading.text[tokens.starts[index] : tokens.ends[index]].split())
        elif kind is Kind.PUNCTUATION or kind is Kind.SYMBOL:
            if tokens.norms[index] == ";":
                longest, count = max(longest, count), 0
        else:
            count += 1
    return max(longest, count)


MEASURES: dict[str, Callable[[Stretch], int]] = {"sentence-words": sentence_words}


@dataclass(slots=True)
class MeasureCheck:
    """Sentences of the parts whose measure is over the limit."""

    parts: tuple[str, ...]
    of: str
    limit: float
    templates: tuple[Template, ...]

    @property
    def entries(self) -> list[Entry]:
        """Measures have no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """The sentences over the limit, in text order."""
        measure = MEASURES[self.of]
        hits = []
        for part in self.parts:
            for stretch in context.stretches(part):
                # A sentence has no more words than tokens, so that most need no count.
                if stretch.end - stretch.start <= self.limit:
                    continue
                value = measure(stretch)
                if value > self.limit:
                    slots = {"value": str(value), "limit": f"{self.limit:g}"}
                    rewrites = context.plain_rewrites(self.templates, stretch.sentence.span)
                    hits.append(Hit(stretch.sentence.span, slots=slots, rewrites=rewrites))
        return hits


def parse(fields: Mapping[str, Node], workshop: Workshop) -> MeasureCheck:
    """The check that a rule file's fields describe."""
    del workshop
    return MeasureCheck(
        parse_parts(fields.get("in"), ("body",)),
        fields["of"].choice(MEASURES) if "of" in fields else "sentence-words",
        fields["limit"].number() if "limit" in fields else 30,
        parse_rewrites(fields["rewrite"]) if "rewrite" in fields else (),
    )
