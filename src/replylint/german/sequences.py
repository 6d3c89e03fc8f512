"""Sequences of tokens: where the elements of a pattern, each so many times, stand one after the other.

In: for each element, which tokens fit it, and how often it may stand. Out: the leftmost longest sequences, none
overlapping another, each with the part of every element. Time grows with tokens × elements × `LONGEST` whatever the
pattern (spaCy's Matcher follows every way to read two „*“ side by side, and needs minutes for a long sentence).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST = 100
"""So many tokens a sequence has at most."""


class Element(NamedTuple):
    """An element of a pattern: which tokens fit it, and how often it stands, at least and at most."""

    fits: Sequence[bool]
    least: int = 1
    most: int = 1


def sequences(elements: Sequence[Element], size: int) -> Iterator[tuple[int, ...]]:
    """The sequences found in `size` tokens, in order: each as the borders of its elements, so that the first and the
    last are its own. Where it can be read in several ways, an earlier element has as many tokens as can be."""
    if any(element.least and not any(element.fits) for element in elements):
        return
    runs = [_runs(element.fits, size) for element in elements]
    at = 0
    while at < size:
        borders = _longest(elements, runs, at, min(size, at + LONGEST))
        if borders is None:
            at += 1
        else:
            yield borders
            at = borders[-1]


def _runs(fits: Sequence[bool], size: int) -> list[int]:
    """How many tokens in a row fit, from each on."""
    runs = [0] * (size + 1)
    for at in range(size - 1, -1, -1):
        runs[at] = runs[at + 1] + 1 if fits[at] else 0
    return runs


def _longest(
    elements: Sequence[Element], runs: Sequence[Sequence[int]], start: int, limit: int
) -> tuple[int, ...] | None:
    """The borders of the longest sequence from a token on that ends before `limit`, or None."""
    reached = [{start}]
    for element, run in zip(elements, runs, strict=True):
        ends: set[int] = set()
        done = start  # the ends before it are known from the tokens before
        for at in sorted(reached[-1]):
            last = min(at + min(element.most, run[at]), limit)
            first = at + element.least
            if first <= last:
                ends.update(range(max(first, done), last + 1))
                done = max(done, last + 1)
        if not ends:
            return None
        reached.append(ends)
    end = max(reached[-1])
    if end == start:
        return None
    # Back from that end: at which borders an element may begin, so that the rest still fits.
    open_at = [{end}]
    for element, run, starts in zip(reversed(elements), reversed(runs), reversed(reached[:-1]), strict=True):
        ends = open_at[-1]
        open_at.append(
            {
                at
                for at in starts
                if any(stop in ends for stop in range(at + element.least, at + min(element.most, run[at]) + 1))
            }
        )
    open_at.reverse()
    borders = [start]
    for number, (element, run) in enumerate(zip(elements, runs, strict=True), 1):
        at = borders[-1]
        stops = range(min(at + min(element.most, run[at]), end), at + element.least - 1, -1)
        borders.append(next(stop for stop in stops if stop in open_at[number]))
    return tuple(borders)
