"""`kind: placeholder`: text that was never filled in. In a template its own placeholders are no finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from replylint.checks import pattern, phrase
from replylint.checks.base import Context, Entry, Hit, Workshop
from replylint.expressions import expression
from replylint.german import placeholders
from replylint.rulefile import Node

KEYS = (*pattern.KEYS, "phrases")


# Written by a person, not by a machine: a template may have these as its only placeholders.
_BY_HAND = frozenset({"brackets", "angle", "underscores", "double-brackets"})
_ASKS = expression(
    r"einf(?:ü|ue)gen|einsetzen|eintragen|erg(?:ä|ae)nzen|ausf(?:ü|ue)llen|nachtragen|\?\?|X{3,}", re.IGNORECASE
)


@dataclass(slots=True)
class PlaceholderCheck:
    """Placeholders that readers recognise, plus patterns and phrases of what people write instead.

    In a template its own placeholders are left alone. Where a machine fills them, what only a person can fill is none
    of them: „[Nummer einsetzen]“, „XX,XX“ and the patterns marked `own: yes`."""

    patterns: pattern.PatternCheck
    phrases: phrase.PhraseCheck

    @property
    def parts(self) -> tuple[str, ...]:
        """Where its phrases are looked for."""
        return self.phrases.parts

    @property
    def entries(self) -> Iterable[Entry]:
        """The phrases."""
        return self.phrases.entries

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order; of two on the same words the longer one."""
        found = placeholders.find(context.draft.text)
        by_machine = any(placeholder.system not in _BY_HAND for placeholder in found)
        hits = [*self.patterns.run(context), *self.phrases.run(context)]
        if context.draft.template and not by_machine:
            hits = [hit for hit in hits if not hit.own]
        area = context.part_span("text")
        for placeholder in found:
            words = context.draft.text[placeholder.span.start : placeholder.span.end]
            by_hand = by_machine and placeholder.system in _BY_HAND and _ASKS.search(words)
            if (by_hand or not context.draft.template) and area is not None and area.contains(placeholder.span):
                hits.append(
                    Hit(placeholder.span, rewrites=context.plain_rewrites(self.patterns.templates, placeholder.span))
                )
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
