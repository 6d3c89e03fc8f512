"""The kinds of check: one module each, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from replylint.checks import (
    consistency,
    gender,
    grammar,
    measure,
    name,
    nesting,
    pattern,
    phrase,
    placeholder,
    required,
    suppression,
    template,
    tokens,
)
from replylint.checks.base import Context, Entry, Hit, Workshop
from replylint.rulefile import Node


class Check(Protocol):
    """A compiled check: it finds hits in a draft, and names its phrases."""

    @property
    def entries(self) -> Iterable[Entry]:
        """Its phrases, for the rule tests' coverage."""
        ...

    def run(self, context: Context) -> list[Hit]:
        """Its hits, in text order."""
        ...


@runtime_checkable
class Batching(Protocol):
    """What a check also has that is better off with many drafts at once."""

    def prepare(self, contexts: Sequence[Context]) -> None:
        """Work out what `run` will need of each, and leave it in the context's `prepared`. Raises EngineError."""
        ...


@runtime_checkable
class Analysing(Protocol):
    """What a check also has that asks spaCy for attributes of tokens."""

    attributes: frozenset[str]

    def untrained(self) -> Sequence[str]:
        """Those of the attributes that only a trained pipeline gives."""
        ...

    def eager(self) -> bool:
        """Whether it has to ask about every draft, whatever its words."""
        ...


@dataclass(frozen=True, slots=True)
class KindOfCheck:
    """A kind: the keys that its rule files may use, and how fields become a check. `schema`: what keys may hold that
    no built-in kind has, as JSON Schemas, for editors."""

    keys: tuple[str, ...]
    parse: Callable[[Mapping[str, Node], Workshop], Check]
    schema: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


KINDS: Mapping[str, KindOfCheck] = {
    "phrase": KindOfCheck(phrase.KEYS, phrase.parse),
    "pattern": KindOfCheck(pattern.KEYS, pattern.parse),
    "tokens": KindOfCheck(tokens.KEYS, tokens.parse),
    "required": KindOfCheck(required.KEYS, required.parse),
    "consistency": KindOfCheck(consistency.KEYS, consistency.parse),
    "gender": KindOfCheck(gender.KEYS, gender.parse),
    "measure": KindOfCheck(measure.KEYS, measure.parse),
    "name": KindOfCheck(name.KEYS, name.parse),
    "nesting": KindOfCheck(nesting.KEYS, nesting.parse),
    "placeholder": KindOfCheck(placeholder.KEYS, placeholder.parse),
    "template": KindOfCheck(template.KEYS, template.parse),
    "grammar": KindOfCheck(grammar.KEYS, grammar.parse),
    "suppression": KindOfCheck(suppression.KEYS, suppression.parse),
}
