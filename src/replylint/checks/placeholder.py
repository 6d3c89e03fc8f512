"""`kind: placeholder`: text that was never filled in. In a template its own placeholders are no finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replylint.checks import pattern, phrase
from replylint.checks.base import Context, Entry, Hit, Workshop
from replylint.german.tokens import Kind
from replylint.rulefile import Node
from replylint.source import Span

KEYS = (*pattern.KEYS, "phrases")


@dataclass(slots=True)
class PlaceholderCheck:
    """Placeholders that readers recognise, plus patterns and phrases of what people write instead."""

    patterns: pattern.PatternCheck
    phrases: phrase.PhraseCheck

    @property
    def entries(self) -> list[Entry]:
        """The phrases."""
        return self.phrases.entries

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order; of two on the same words the longer one."""
        hits = [*self.patterns.run(context), *self.phrases.run(context)]
        if not context.draft.template:
            area = context.part_span("text")
            tokens = context.reading.tokens
            for index, kind in enumerate(tokens.kinds):
                span = Span(tokens.starts[index], tokens.ends[index])
                if kind is Kind.PLACEHOLDER and area is not None and area.contains(span):
                    hits.append(Hit(span))
        hits.sort(key=lambda hit: (hit.span.start, -hit.span.end))
        result: list[Hit] = []
        for hit in hits:
            if not result or not hit.span.overlaps(result[-1].span):
                result.append(hit)
        return result


def parse(fields: Mapping[str, Node], workshop: Workshop) -> PlaceholderCheck:
    """The check that a rule file's fields describe."""
    parts = {key: node for key, node in fields.items() if key in ("in", "phrases")}
    return PlaceholderCheck(
        pattern.parse({key: node for key, node in fields.items() if key in pattern.KEYS}, workshop),
        phrase.parse(parts, workshop),
    )
