"""What checking may need beyond the rules, and how it fails: programs and models that may not be there, started on
first need only, and processes that share the work."""

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


class DraftError(Exception):
    """A draft that could not be checked: what was raised, as a line and with its traceback."""

    def __init__(self, error: str, trace: str) -> None:
        self.error = error
        self.trace = trace
        super().__init__(error)


class CrashError(Exception):
    """A process that ended while it checked a draft: its exit status, below 0 for a signal; None: it wasn't tried, as
    too many had ended already."""

    def __init__(self, status: int | None) -> None:
        self.status = status
        super().__init__(f"exit status {status}")
