"""`kind: pattern`: a regular expression (RE2 syntax, matched in linear time), for what is not made of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from replylint.checks.base import Context, Entry, Hit, Workshop, parse_parts
from replylint.checks.rewriting import Template, parse_rewrites
from replylint.expressions import expression
from replylint.german.tokens import Kind
from replylint.rulefile import Node
from replylint.source import Cover, Span

KEYS = ("in", "patterns", "except", "rewrite", "inside")
PATTERN_KEYS = ("find", "except", "rewrite", "needs", "words", "own")
CONDITIONS = {
    "capitals": expression("[A-ZÄÖÜ]{2}"),
    "letters-apart": expression(r"\b[^\W\d_][ -][^\W\d_]\b"),
    "pictures": expression("[\u2300-\u3299\ufe0f\U0001f000-\U0001faff]"),
    "repeats": expression(r"([^\W\d_])\1\1"),
}
"""What a pattern may need, by name: two capital letters in a row, single letters with a blank or hyphen between, a
picture sign, the same letter three times."""
INSIDE = ("quotes", "urls", "placeholders")


@dataclass
class Pattern:
    """One expression. It is tried where what it needs is in the text: one of some words (in small letters), or what a
    condition says. `words`: it must not begin or end inside a word; `own`: a template may have it as its own
    placeholder."""

    text: str
    excepts: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    needs: tuple[str, ...] = ()
    condition: str = ""
    words: bool = False
    own: bool = False
    path: str = ""
    line: int = 0

    def may_stand(self, text: str, lowered: str) -> bool:
        """Whether what it needs is in a text, given also in small letters."""
        if self.condition and not CONDITIONS[self.condition].search(text):
            return False
        return not self.needs or any(word in lowered for word in self.needs)

    @cached_property
    def expression(self) -> Any:
        """The compiled expression."""
        return compile_expression(self.text)

    @cached_property
    def exceptions(self) -> list[Any]:
        """The compiled exceptions."""
        return [compile_expression(text) for text in self.excepts]


def compile_expression(text: str) -> Any:
    """An RE2 expression. Raises re2.error where it can't be read."""
    import re2

    return re2.compile(text, _options())


def _options() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 26
    return options


@dataclass
class PatternCheck:
    """Patterns searched in `parts`; what is in quotes, URLs and placeholders is left out unless `inside` names it."""

    parts: tuple[str, ...]
    patterns: list[Pattern]
    inside: frozenset[str] = field(default=frozenset())
    templates: tuple[Template, ...] = ()

    @property
    def entries(self) -> Iterable[Entry]:
        """Pattern checks have no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order."""
        hits: list[Hit] = []
        taken = Cover()
        for part in self.parts:
            area = context.part_span(part)
            if area is None or not len(area) or not self.patterns:
                continue
            text = context.draft.text[area.start : area.end]
            lowered = text.lower()
            for pattern in self.patterns:
                if pattern.may_stand(text, lowered):
                    hits.extend(self._hits(pattern, context, area, taken))
        hits.sort(key=lambda hit: hit.span)
        return hits

    def _hits(self, pattern: Pattern, context: Context, area: Span, taken: Cover) -> list[Hit]:
        text = context.draft.text
        excepted: Cover | None = None
        mark = pattern.expression.groupindex.get("mark", 0)
        hits = []
        for match in pattern.expression.finditer(text[area.start : area.end]):
            start, end = match.span(mark if match.group(mark) is not None else 0)
            if start == end:
                continue
            span = Span(area.start + start, area.start + end)
            if pattern.words and not _word_bounded(text, span):
                continue
            if taken.overlaps(span) or self._shielded(context, span):
                continue
            if excepted is None:
                excepted = Cover(
                    Span(area.start + other.start(), area.start + other.end())
                    for expression in pattern.exceptions
                    for other in expression.finditer(text[area.start : area.end])
                )
            if excepted.overlaps(span):
                continue
            taken.add(span)
            rewrites = context.plain_rewrites(pattern.templates, span)
            hits.append(Hit(span, rewrites=rewrites, own=pattern.own, pattern=pattern))
        return hits

    def _shielded(self, context: Context, span: Span) -> bool:
        tokens = context.reading.tokens
        low, high = tokens.range(span.start, span.end)
        for index in range(max(0, low - 1), high):
            if tokens.ends[index] <= span.start:
                continue
            kind = tokens.kinds[index]
            if (
                (kind is Kind.QUOTE and "quotes" not in self.inside)
                or (kind is Kind.URL and "urls" not in self.inside)
                or (kind is Kind.PLACEHOLDER and "placeholders" not in self.inside)
            ):
                return True
        return False


def _word_bounded(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return not (before.isalnum() and text[span.start].isalnum()) and not (
        after.isalnum() and text[span.end - 1].isalnum()
    )


def parse_expression(node: Node, workshop: Workshop) -> str:
    """The text of an RE2 expression; one that matches nothing (and an error noted) where it can't be read."""
    text = node.string()
    if workshop.trusted:
        return text
    try:
        compile_expression(text)
    except Exception as error:  # re2.error derives from Exception only
        said = error.args[0] if error.args else ""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)
        node.error(f"is no regular expression (RE2): {reason}")
        return "a^"
    return text


def _parse_needs(node: Node | None) -> tuple[tuple[str, ...], str]:
    """The words and the condition of `needs:` — a list of words, a condition's name, or characters."""
    if node is None:
        return (), ""
    if isinstance(node.value, list):
        return tuple(word.lower() for word in node.strings()), ""
    text = node.string()
    return ((), text) if text in CONDITIONS else (tuple(text.lower()), "")


def parse(fields: Mapping[str, Node], workshop: Workshop) -> PatternCheck:
    """The check that a rule file's fields describe."""
    shared = tuple(parse_expression(node, workshop) for node in fields["except"].items()) if "except" in fields else ()
    templates = parse_rewrites(fields["rewrite"]) if "rewrite" in fields else ()
    patterns = []
    for item in fields["patterns"].items() if "patterns" in fields else ():
        keys = item.mapping(PATTERN_KEYS, ("find",)) if isinstance(item.value, dict) else {"find": item}
        if "find" not in keys:
            continue
        patterns.append(
            Pattern(
                re.sub(r"\s*\n\s*", "", parse_expression(keys["find"], workshop)),
                shared + tuple(parse_expression(node, workshop) for node in keys["except"].items())
                if "except" in keys
                else shared,
                parse_rewrites(keys["rewrite"]) if "rewrite" in keys else templates,
                *_parse_needs(keys.get("needs")),
                keys["words"].boolean() if "words" in keys else False,
                keys["own"].boolean() if "own" in keys else False,
                keys["find"].path,
                keys["find"].line,
            )
        )
    inside = frozenset(node.choice(INSIDE) for node in fields["inside"].items()) if "inside" in fields else frozenset()
    return PatternCheck(parse_parts(fields.get("in"), ("text",)), patterns, inside, templates)
