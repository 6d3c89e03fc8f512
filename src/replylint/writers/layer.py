"""One step between a draft's text and its file: a text, the text it was made of, and how words are written there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from replylint.draft import MARK
from replylint.source import Edit, Piece, SourceMap, Span


class UnwritableError(Exception):
    """Words that can't be written in their place; `reason` says why: "markup" (a tag stands between them), "encoding"
    (a character is lacking), "base64", "place" (nothing is there to hold on to)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Edits = tuple[Edit, ...]
Write = Callable[[Edit], Iterator[Edits]]
"""Takes an edit of a text and gives the ways in which it could be made in the text below, the likeliest first. Which of
them is right, reading the file again tells. Raises UnwritableError where there is none."""


@dataclass(frozen=True, slots=True)
class Writer:
    """How a draft's text is changed in its file; `line_end` is what ends a line in a text that has no line end yet."""

    write: Write
    line_end: str = "\n"


_MOST_WAYS = 12


def chain(inner: Write, outer: Write) -> Write:
    """The ways of two steps, one after the other."""

    def write(edit: Edit) -> Iterator[Edits]:
        for ways in inner(edit):
            yield from islice(_together(list(ways), outer), _MOST_WAYS)

    return write


def _together(edits: list[Edit], outer: Write) -> Iterator[Edits]:
    if not edits:
        yield ()
        return
    for way in outer(edits[0]):
        for rest in _together(edits[1:], outer):
            yield way + rest


def trimmed(text: str, edit: Edit) -> Edit:
    """The edit without what it leaves as it is at either end."""
    start, end, low, high = edit.span.start, edit.span.end, 0, len(edit.text)
    while start < end and low < high and text[end - 1] == edit.text[high - 1]:
        end -= 1
        high -= 1
    while start < end and low < high and text[start] == edit.text[low]:
        start += 1
        low += 1
    return Edit(Span(start, end), edit.text[low:high])


@dataclass(frozen=True, slots=True)
class Layer:
    """A text (`inner`), the text it was made of (`outer`), and the map from one to the other.

    `encode` gives the ways to write words in the outer text in the place of a range, each as edits of it. `goes` says
    whether something in the outer text that isn't there in the inner one, or looks otherwise there, may go with the
    words around it: a tag may not, an escape may. A comment to replylint never goes."""

    inner: str
    outer: str
    map: SourceMap
    encode: Callable[[str, Span], Iterator[Edits]]
    goes: Callable[[str], bool] = bool
    escape: str = ""
    """A mark that is part of the character after it, and in no piece of the map."""

    def write(self, edit: Edit) -> Iterator[Edits]:
        """The ways to make an edit. Raises UnwritableError where there is none."""
        edit = trimmed(self.inner, edit)
        if not len(edit.span):
            if not edit.text:
                yield ()
                return
            ways = self._inserted(edit)
        else:
            ways = iter([self._covering(edit)])
        for words, span in ways:
            yield from self.encode(words, span)

    def _inserted(self, edit: Edit) -> Iterator[tuple[str, Span]]:
        """The places where words may be inserted: after what stands before, or before what follows."""
        at = edit.span.start
        before = next((piece for piece in self._near(at) if piece.text.start < at <= piece.text.end), None)
        after = next((piece for piece in self._near(at) if piece.text.start <= at < piece.text.end), None)
        if before is None and after is None:
            raise UnwritableError("place")
        if before is not None and before is after:
            if before.verbatim:
                place = before.source.start + at - before.text.start
                yield edit.text, Span(place, place)
                return
            # Amid what stands otherwise in the outer text: it goes, and is written anew.
            yield self._covering(edit)
            return
        places = []
        if before is not None:
            places.append(before.source.end)
        if after is not None:
            # What begins a line stands behind the line's indentation.
            places.insert(0 if before is not None and self.inner[at - 1] in "\r\n" else 1, after.source.start)
        for place in dict.fromkeys(places):
            yield edit.text, Span(place, place)

    def _near(self, at: int) -> Sequence[Piece]:
        """The piece that holds a place, and the next one."""
        number = bisect_left(self.map.pieces, at, key=lambda piece: piece.text.end)
        return self.map.pieces[number : number + 2]

    def _covering(self, edit: Edit) -> tuple[str, Span]:
        """The outer range that stands for the edit's, and the words to write there: with the rest of what is written
        otherwise, and so can't be parted. Raises UnwritableError where something would be lost."""
        span = edit.span
        number = bisect_left(self.map.pieces, span.start, key=lambda piece: piece.text.end)
        reach = bisect_left(self.map.pieces, span.end, key=lambda piece: piece.text.start)
        touched = [
            piece
            for piece in self.map.pieces[number : reach + 1]
            if piece.text.overlaps(span) or (not len(span) and piece.text.start < span.start < piece.text.end)
        ]
        if not touched:
            raise UnwritableError("place")
        first, last = touched[0], touched[-1]
        words, start, end = edit.text, first.source.start, last.source.end
        if first.verbatim:
            start += span.start - first.text.start
        else:
            words = self.inner[first.text.start : span.start] + words
        if last.verbatim:
            end -= last.text.end - span.end
        else:
            words += self.inner[span.end : last.text.end]
        done = touched[0].source.start
        for piece in touched:
            gap = self.outer[done : piece.source.start]
            written = self.outer[piece.source.start : piece.source.end]
            if (gap and (MARK in gap or not self.goes(gap))) or (not piece.verbatim and not self.goes(written)):
                raise UnwritableError("markup")
            done = piece.source.end
        if self.escape and start == first.source.start and self.outer[start - 1 : start] == self.escape:
            number += self.map.pieces[number] is not first
            if not number or self.map.pieces[number - 1].source.end < start:
                start -= 1
        return words, Span(start, end)
