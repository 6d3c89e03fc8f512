"""`kind: suppression`: what is wrong with the comments that suppress findings.

A draft doesn't show it: the findings are made in `replylint.suppressions`, when all others of the file are known. The
rule says how they read and how bad they are.
"""

from __future__ import annotations

from collections.abc import Mapping

from replylint.checks.base import Context, Entry, Hit, Workshop
from replylint.rulefile import Node

KEYS = ("finds",)
FINDS = ("unused", "unknown", "expired", "malformed")


class SuppressionCheck:
    """Which flaw it is about, one of `FINDS`."""

    __slots__ = ("finds",)

    def __init__(self, finds: str) -> None:
        self.finds = finds

    @property
    def entries(self) -> list[Entry]:
        """It has no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """Nothing: a draft doesn't show it."""
        return []


def parse(fields: Mapping[str, Node], workshop: Workshop) -> SuppressionCheck:
    """The check that a rule file's fields describe."""
    return SuppressionCheck(fields["finds"].choice(FINDS) if "finds" in fields else FINDS[0])
