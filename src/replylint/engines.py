"""What some checks need beyond the rules and starts on first need only: programs and models that may not be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class EngineError(Exception):
    """An engine that a check needs can't be had, or gave up. `what` names the trouble (a text of the command line has
    that name), `values` say more."""

    def __init__(self, what: str, **values: Any) -> None:
        self.what = what
        self.values: Mapping[str, Any] = values
        super().__init__(f"{what} {values}" if values else what)


UNCONFIGURED = "grammar-unconfigured"
"""The trouble that nobody has said yet which LanguageTool to ask."""
