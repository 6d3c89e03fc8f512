"""Commands run and measured: wall-clock time, processor time of the whole process tree, memory.

Processor time is user and system time of the process and of all that it waited for. Memory is, in MiB, `rss`: the
resident set of the largest single process; and, where it was asked for and the system tells (Linux), `tree`: the
proportional set size of the process and all its children together, looked at every 10 ms.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True)
class Command:
    """What to run: the words of the command, where, with what else in the environment. `good`: the exit statuses
    that are no failure (a linter that finds something says so)."""

    words: tuple[str, ...]
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    good: tuple[int, ...] = (0, 1)


@dataclass(frozen=True)
class Sample:
    """What one run took: seconds of wall-clock and of processor time, MiB of memory (`tree` is 0 where nobody
    looked)."""

    wall: float
    cpu: float
    rss: float = 0.0
    tree: float = 0.0


class FailedError(Exception):
    """A command that could not be measured; the message says why, in one line."""


def user_environment() -> dict[str, str]:
    """The environment without what a developer sets for Python (a path to the sources, no .pyc files)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(command: Command, *, watch: bool = False, limit: float = 900.0) -> Sample:
    """Run a command once, its output thrown away; `watch` looks at the memory of its whole tree, which slows it.
    Raises FailedError where it fails or takes longer than `limit` seconds."""
    order = {
        "words": command.words,
        "folder": str(command.folder or Path.cwd()),
        "environment": {**user_environment(), **command.environment},
        "watch": watch,
        "limit": limit,
    }
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER)]
    told = subprocess.run(launcher, input=json.dumps(order), capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise FailedError((told.stderr.strip().splitlines() or ["the launcher failed"])[-1])
    result = json.loads(told.stdout)
    if result["status"] not in command.good:
        reason = "took too long" if result["late"] else f"exit status {result['status']}: {result['error']}"
        raise FailedError(f"{Path(command.words[0]).name}: {reason}")
    return Sample(result["wall"], result["cpu"], result["rss"], result["tree"])


def interleaved(
    makers: Mapping[str, Callable[[int], Sample]], rounds: int, tell: Callable[[str], None]
) -> dict[str, list[Sample] | str]:
    """`rounds` samples of each, taken in turns, each round beginning with another one, so that what the machine
    does besides falls on all alike. One that fails once is told by its message and not asked again."""
    names = list(makers)
    found: dict[str, list[Sample] | str] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            samples = found[name]
            if isinstance(samples, str):
                continue
            tell(f"round {number + 1} of {rounds}: {name}")
            try:
                samples.append(makers[name](number))
            except FailedError as error:
                found[name] = str(error)
    return found


def joined(samples: Iterable[Sample]) -> Sample:
    """Several runs as one after the other."""
    every = list(samples)
    return Sample(
        sum(each.wall for each in every),
        sum(each.cpu for each in every),
        max(each.rss for each in every),
        max(each.tree for each in every),
    )
