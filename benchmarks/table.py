"""What was measured, and how it is shown: medians with their spread, ratios, targets."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from measure import Sample

Clock = Literal["wall", "cpu"]


@dataclass(frozen=True)
class Figure:
    """Values of several runs in one unit: by the wall clock, and by processor time where that makes sense."""

    unit: str
    wall: tuple[float, ...]
    cpu: tuple[float, ...] = ()

    def median(self, clock: Clock) -> float:
        """The middle value."""
        return statistics.median(self.cpu if clock == "cpu" and self.cpu else self.wall)


def milliseconds(samples: Iterable[Sample]) -> Figure:
    """The time of runs."""
    every = list(samples)
    return Figure("ms", tuple(1e3 * each.wall for each in every), tuple(1e3 * each.cpu for each in every))


def rate(samples: Iterable[Sample], count: int) -> Figure:
    """Drafts per second in runs over so many; by processor time: per second of one processor."""
    every = list(samples)
    by_cpu = tuple(count / each.cpu for each in every) if all(each.cpu for each in every) else ()
    return Figure("drafts/s", tuple(count / each.wall for each in every), by_cpu)


def memory(samples: Iterable[Sample]) -> Figure:
    """The largest memory of runs."""
    return Figure("MiB", tuple(max(each.rss, each.tree) for each in samples))


@dataclass(frozen=True)
class Target:
    """What is to be reached: a limit for the figure itself, or (`ratio`) for how it compares with the other one; at
    most that, or (`least`) at least. A rate that is asked of several `cores` is shared among them where it is judged by
    processor time."""

    limit: float
    ratio: bool = False
    least: bool = False
    cores: int = 1

    def words(self, unit: str) -> str:
        """The target for people."""
        return f"{'≥' if self.least else '≤'} {_number(self.limit)}{' ×' if self.ratio else f' {unit}'}"

    def met(self, value: float, clock: Clock) -> bool:
        """Whether a value by that clock reaches it."""
        limit = self.limit / self.cores if clock == "cpu" else self.limit
        return value >= limit if self.least else value <= limit


@dataclass(frozen=True)
class Line:
    """One line of the table: replylint's figure, and what it is compared with (or why there is none)."""

    what: str
    ours: Figure | str
    beside: str = ""
    theirs: Figure | str | None = None
    target: Target | None = None

    def ratio(self, clock: Clock) -> float | None:
        """Ours divided by theirs."""
        if isinstance(self.ours, Figure) and isinstance(self.theirs, Figure):
            return self.ours.median(clock) / self.theirs.median(clock)
        return None

    def met(self, clock: Clock) -> bool | None:
        """Whether the target is reached; None where there is none, or nothing to judge by."""
        if self.target is None:
            return None
        value = self.ratio(clock) if self.target.ratio else None
        if not self.target.ratio and isinstance(self.ours, Figure):
            value = self.ours.median(clock)
        return None if value is None else self.target.met(value, clock)


HEADS = ("what", "replylint", "CPU", "beside", "its figure", "CPU", "ratio", "target", "met")


def render(lines: Sequence[Line], clock: Clock) -> str:
    """The table in Markdown. Ratios, and whether targets are met, go by the clock."""
    rows = [HEADS, *(tuple(_cells(line, clock)) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([written[0], rule, *written[1:]])


def _cells(line: Line, clock: Clock) -> Iterator[str]:
    yield line.what
    yield from _pair(line.ours)
    yield line.beside
    yield from _pair(line.theirs)
    ratio = line.ratio(clock)
    yield "" if ratio is None else f"{_number(ratio)} ×"
    unit = line.ours.unit if isinstance(line.ours, Figure) else ""
    yield line.target.words(unit) if line.target else ""
    yield {True: "yes", False: "no", None: ""}[line.met(clock)]


def _pair(figure: Figure | str | None) -> tuple[str, str]:
    if figure is None:
        return "", ""
    if isinstance(figure, str):
        return figure.replace("|", "\\|"), ""
    return f"{spread(figure.wall)} {figure.unit}", spread(figure.cpu) if figure.cpu else ""


def spread(values: Sequence[float]) -> str:
    """The median, and the lowest and highest value where there are several."""
    middle = _number(statistics.median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({_number(min(values))}–{_number(max(values))})"


def _number(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
