"""`kind: gender`: one way of naming women and men throughout, by the house's style.

How it is found stands in `gendering`, which is imported when a check of this kind runs: it is off by default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from replylint.checks.base import Context, Entry, Hit, Text, Workshop, parse_parts, parse_text
from replylint.rulefile import Node

if TYPE_CHECKING:
    from replylint.checks.gendering import Finder
    from replylint.german.persons import Person

KEYS = ("in", "style", "nouns", "except", "unless", "other-way")
PAIRS, NEUTRAL, GENERIC, UNIFORM = "doppelnennung", "neutral", "generisch", "einheitlich"
SIGNS: Mapping[str, str] = {"doppelpunkt": ":", "sternchen": "*", "unterstrich": "_", "binnen-i": ""}
STYLES = (UNIFORM, PAIRS, *SIGNS, NEUTRAL, GENERIC)
NOUN_KEYS = ("noun", "plural", "feminine", "neutral", "one", "ours")


@dataclass(slots=True)
class GenderCheck:
    """`style` is one of STYLES; `nouns` are those for persons; `other_way` is what is said, and why, of another way of
    writing than the house's."""

    parts: tuple[str, ...]
    style: str
    nouns: Iterable[Person]
    defaults: Entry
    other_way: tuple[Text, Text] | None
    entries: tuple[Entry, ...] = ()
    _finder: Finder | None = field(default=None, init=False)

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order."""
        if self._finder is None:
            from replylint.checks.gendering import Finder

            self.nouns = tuple(self.nouns)
            self._finder = Finder(self.parts, self.style, self.nouns, self.defaults, self.other_way)
        return self._finder.find(context)


def parse(fields: Mapping[str, Node], workshop: Workshop) -> GenderCheck:
    """The check that a rule file's fields describe."""
    given = fields["other-way"].mapping(("message", "why"), ("message", "why")) if "other-way" in fields else {}
    nouns = map(_noun, fields["nouns"].items() if "nouns" in fields else ())
    return GenderCheck(
        parse_parts(fields.get("in"), ("subject", "salutation", "body")),
        fields["style"].choice(STYLES) if "style" in fields else UNIFORM,
        nouns if workshop.trusted else tuple(nouns),
        workshop.defaults({key: node for key, node in fields.items() if key in ("except", "unless")}),
        (parse_text(given["message"]), parse_text(given["why"])) if len(given) == 2 else None,
    )


def _noun(item: Node) -> Person:
    """A noun for persons: its singular alone where the rest is regular; „*“ before it where it also ends compounds."""
    from replylint.german.persons import person

    fields = item.mapping(NOUN_KEYS, ("noun",)) if isinstance(item.value, dict) else {"noun": item}
    noun = fields["noun"].string() if "noun" in fields else ""
    texts = {key: fields[key].string() for key in ("plural", "feminine", "neutral", "one") if key in fields}
    ours = "ours" in fields and fields["ours"].boolean()
    return person(noun.removeprefix("*"), heads=noun.startswith("*"), ours=ours, **texts)
