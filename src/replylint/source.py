"""Where text stands in a file: spans, decoded sources, and maps from a draft's text back to its file.

All offsets are 0-based code points of the decoded file without its BOM; lines and columns count from 1.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from replylint.expressions import expression


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Cover:
    """The code points that spans have covered; asking and adding take time for the span alone, not for those before."""

    __slots__ = ("_asked", "_marks")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._marks = bytearray()
        self._asked: Span | None = None  # the last span that overlapped: long ones are asked about again and again
        for span in spans:
            self.add(span)

    def overlaps(self, span: Span) -> bool:
        """Whether a covered code point stands in `span`."""
        if span == self._asked:
            return True
        if self._marks.find(1, span.start, span.end) < 0:
            return False
        self._asked = span
        return True

    def add(self, span: Span) -> None:
        """Cover `span`."""
        if len(self._marks) < span.end:
            self._marks.extend(bytes(span.end - len(self._marks)))
        self._marks[span.start : span.end] = b"\1" * len(span)

    def take(self, span: Span) -> bool:
        """Cover `span` if all of it is free, and say whether it was."""
        if self.overlaps(span):
            return False
        self.add(span)
        return True


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: line and column from 1, offset from 0, in code points."""

    line: int
    column: int
    offset: int


class UnreadableError(Exception):
    """A file that is no text; `str()` says why, in a sentence for the user."""


_LINE_END = expression(r"\r\n|\r|\n")
# Control characters that no text file holds; tab, line feed, form feed and carriage return are fine.
_BINARY = expression("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Source:
    """A decoded file. `text` has no BOM and keeps its line ends as they are in the file."""

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bytes = b""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """The line and column of a code-point offset (0 … len(text), both ends included)."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside the file")
        line = bisect_right(self._line_starts, offset) - 1
        return Position(line + 1, offset - self._line_starts[line] + 1, offset)

    def line_span(self, line: int) -> Span:
        """The span of a line (from 1), without its line end."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def encode(self, text: str) -> bytes:
        """`text` as the bytes of this file: same encoding, same BOM.

        Raises UnicodeEncodeError where the encoding lacks a character.
        """
        return self.bom + text.encode(self.encoding)


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, path: str, declared: str | None = None) -> Source:
    """The text of a file's bytes: a BOM decides, then UTF-8, then `declared`, then cp1252.

    Raises UnreadableError where the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return _checked(Source(path, data[len(bom) :].decode(encoding), encoding, bom))
            except UnicodeDecodeError as error:
                raise UnreadableError(f"is not the {encoding} that its byte order mark announces") from error
    for name in ("utf-8", declared, "cp1252"):
        if name is None:
            continue
        try:
            return _checked(Source(path, data.decode(name), name))
        except UnicodeDecodeError:
            continue
        except LookupError as error:
            raise UnreadableError(f"declares the unknown encoding “{name}”") from error
    raise UnreadableError("is not text (neither UTF-8 nor Windows-1252)")


def _checked(source: Source) -> Source:
    if _BINARY.search(source.text):
        raise UnreadableError("is not text (it holds binary data)")
    return source


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a draft's text and the stretch of the file it came from."""

    text: Span
    source: Span
    verbatim: bool = True

    def __post_init__(self) -> None:
        if self.verbatim and len(self.text) != len(self.source):
            raise ValueError("a verbatim piece has the same length in text and file")


@dataclass(frozen=True)
class SourceMap:
    """Where a draft's text came from: pieces that cover the text without gap or overlap, in file order."""

    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        text_end = source_end = 0
        for number, piece in enumerate(self.pieces):
            if piece.text.start != text_end:
                raise ValueError(f"piece {number} leaves a gap or overlaps in the text")
            if number and piece.source.start < source_end:
                raise ValueError(f"piece {number} goes back in the file")
            text_end, source_end = piece.text.end, piece.source.end

    @classmethod
    def identity(cls, length: int, start: int = 0) -> SourceMap:
        """The map of a text that stands in the file as it is, from offset `start`."""
        return cls((Piece(Span(0, length), Span(start, start + length)),))

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.text.start for piece in self.pieces]

    def _piece_at(self, offset: int) -> Piece:
        return self.pieces[max(0, bisect_right(self._starts, offset) - 1)]

    def to_source(self, span: Span) -> Span:
        """The file's range for a range of the text; always answers, never raises for a span inside the text."""
        if not self.pieces:
            return Span(0, 0)
        first = self._piece_at(span.start)
        start = self._offset(first, span.start, at_end=False)
        if not len(span):
            return Span(start, start)
        last = self._piece_at(span.end - 1)
        return Span(start, max(start, self._offset(last, span.end, at_end=True)))

    @staticmethod
    def _offset(piece: Piece, offset: int, *, at_end: bool) -> int:
        if piece.verbatim:
            return piece.source.start + offset - piece.text.start
        if offset >= piece.text.end:
            return piece.source.end
        return piece.source.end if at_end else piece.source.start

    def editable(self, span: Span) -> bool:
        """Whether every touched piece is verbatim and adjacent in the file, so that an edit there is exact."""
        if not self.pieces:
            return False
        first = max(0, bisect_right(self._starts, span.start) - 2)
        touched = [
            piece
            for piece in self.pieces[first : bisect_right(self._starts, span.end)]
            if piece.text.overlaps(span) or (not len(span) and piece.text.start <= span.start <= piece.text.end)
        ]
        if not touched or not all(piece.verbatim for piece in touched):
            return False
        return all(left.source.end == right.source.start for left, right in pairwise(touched))


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `span` by `text`; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made. Raises ValueError where two of them overlap."""
    result: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.span.start < done:
            raise ValueError("edits overlap")
        result += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    result.append(text[done:])
    return "".join(result)
