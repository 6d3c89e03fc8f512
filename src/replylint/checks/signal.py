"""Signals: named conditions on inquiry and draft (complaint, refusal, notification …) that checks build on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from replylint.checks.base import (
    Condition,
    Context,
    Entries,
    Entry,
    Evidence,
    Workshop,
    find_all,
    marked,
    parse_condition,
)
from replylint.german.phrases import Match, PhraseBook
from replylint.rulefile import Node

KEYS = (
    "id", "kind", "label", "facts", "denied-by", "inquiry", "draft", "in", "from", "when", "except", "unless",
    "examples",
)  # fmt: skip
_THRESHOLD = 1.0


@dataclass(slots=True)
class Signal:
    """Holds where a given fact says so, else where the evidence found weighs 1 or more: phrases of the inquiry, phrases
    of the draft, findings of other checks. Weak phrases (below 1) are summed up, those that speak against it have a
    weight below 0; a phrase of weight 1 decides by itself. A fact that names another value denies it; where `denials`
    name the values that do, any further value leaves it to the evidence. `condition` must hold as well."""

    id: str
    facts: Mapping[str, tuple[str, ...]]
    denials: Mapping[str, tuple[str, ...]]
    inquiry: Entries
    draft: Entries
    parts: tuple[str, ...]
    sources: tuple[str, ...]
    condition: Condition
    book: PhraseBook

    @property
    def entries(self) -> Iterable[Entry]:
        """All its phrases."""
        return [*self.inquiry, *self.draft]

    def evidence(self, context: Context) -> Evidence | None:
        """What it rests on for this draft, or None where it doesn't hold."""
        for key, values in self.facts.items():
            if key in context.facts:
                value = context.facts[key]
                if value in values:
                    return Evidence(f"{key}={value}", "fact")
                if key not in self.denials or value in self.denials[key]:
                    return None
        if not self.condition.holds(context):
            return None
        for entries, parts, origin in ((self.inquiry, ("inquiry",), "inquiry"), (self.draft, self.parts, "draft")):
            total = heaviest = 0.0
            words = ""
            used: set[int] = set()
            for entry, match in find_all(entries, context, parts, self.book):
                if entry.number in used:
                    continue
                used.add(entry.number)
                total += entry.weight
                if entry.weight > heaviest:
                    heaviest = entry.weight
                    words = _quotable(match)
                if entry.weight >= _THRESHOLD:
                    return Evidence(words, origin)
            if total >= _THRESHOLD:
                return Evidence(words, origin)
        for name in self.sources:
            for hit in context.hits.get(name, ()):
                words = context.draft.text[hit.span.start : hit.span.end]
                return Evidence(" ".join(words.split()), "draft")
        return None


_LONGEST_QUOTE = 16


def _quotable(match: Match) -> str:
    """The clause around a match, or where that is long the match alone: words that a message can quote."""
    reading = match.stretch.reading
    for extent in ("clause", "match"):
        span = marked(match, extent)
        words = reading.text[span.start : span.end].strip(" \t\r\n,;:.–-!?").split()
        if words and words[0].lower() in ("und", "oder", "denn"):
            del words[0]
        if len(words) <= _LONGEST_QUOTE:
            break
    return " ".join(words)


def parse(fields: Mapping[str, Node], workshop: Workshop, name: str) -> Signal:
    """The signal that a file's fields describe."""
    facts = {
        name: {key: node.strings() for key, node in fields[name].mapping(fields[name].value).items()}
        for name in ("facts", "denied-by")
        if name in fields and isinstance(fields[name].value, dict)
    }
    defaults = workshop.defaults({key: node for key, node in fields.items() if key in ("except", "unless")})
    sources = fields["from"].strings() if "from" in fields else ()
    for source in sources:
        workshop.mentions_check(source, fields["from"])
    return Signal(
        name,
        facts.get("facts", {}),
        facts.get("denied-by", {}),
        workshop.entries(fields["inquiry"], defaults) if "inquiry" in fields else Entries(),
        workshop.entries(fields["draft"], defaults) if "draft" in fields else Entries(),
        fields["in"].strings() if "in" in fields else ("subject", "body"),
        sources,
        parse_condition(fields["when"], workshop) if "when" in fields else Condition(),
        workshop.book,
    )
