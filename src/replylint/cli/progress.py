"""How far a long run has come: one line on stderr, for people at a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType

from replylint.cli import app
from replylint.cli.texts import text

PATIENCE = 2.0
"""Seconds before a run counts as long."""
_PAUSE = 0.1
"""Seconds between two states that are shown."""
_CLEAR = "\r\x1b[K"


class Progress:
    """The state of a run over `total` inputs, to be used in a `with`. The line gives way to each message on stderr, and
    is gone at the end."""

    def __init__(self, total: int, lang: str, *, quiet: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.lang = lang
        self._clock = clock
        self._wanted = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._done = 0
        self._next = clock() + PATIENCE
        self._visible = False

    def __enter__(self) -> Progress:
        if self._wanted:
            app.before_saying = self.clear
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._wanted:
            app.before_saying = None
            self.clear()

    def step(self) -> None:
        """One input more is done."""
        self._done += 1
        if self._wanted and self._clock() >= self._next:
            self._next = self._clock() + _PAUSE
            sys.stderr.write(_CLEAR + text(self.lang, "progress", done=self._done, total=self.total))
            sys.stderr.flush()
            self._visible = True

    def clear(self) -> None:
        """Take the line away; the next step may bring it back."""
        if self._visible:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._visible = False
