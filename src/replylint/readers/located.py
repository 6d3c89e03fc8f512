"""Strings of a structured file that know where they stand in it, to the code point."""

from __future__ import annotations

from collections.abc import Callable

from replylint.source import Piece, SourceMap, Span

Decoder = Callable[[str, int, int], list[tuple[str, int, int, bool]]]
"""(file text, start, end of the raw value) → (text, file start, file end, verbatim) for each stretch, in order."""


class Located(str):
    """A decoded string, its raw range in the file (quotes and all), and how its stretches map to the file."""

    __slots__ = ("decoder", "end", "start")
    start: int
    end: int
    decoder: Decoder

    @classmethod
    def of(cls, value: str, start: int, end: int, decoder: Decoder) -> Located:
        """`value` as it was decoded from the raw range [start, end)."""
        located = cls(value)
        located.start, located.end, located.decoder = start, end, decoder
        return located

    def map(self, text: str) -> SourceMap:
        """Where this string stands in the file `text`. A decoding that doesn't lead to the same string (an exotic
        escape) is mapped as a whole."""
        stretches = self.decoder(text, self.start, self.end)
        if "".join(stretch[0] for stretch in stretches) != self:
            return SourceMap((Piece(Span(0, len(self)), Span(self.start, self.end), verbatim=False),))
        return map_of(stretches)


def map_of(stretches: list[tuple[str, int, int, bool]]) -> SourceMap:
    """The source map of stretches in order; neighbours that are verbatim and adjacent become one piece."""
    pieces: list[Piece] = []
    at = 0
    for words, start, end, verbatim in stretches:
        if not words:
            continue
        piece = Piece(Span(at, at + len(words)), Span(start, end), verbatim)
        at += len(words)
        if pieces and verbatim and pieces[-1].verbatim and pieces[-1].source.end == start:
            last = pieces.pop()
            piece = Piece(Span(last.text.start, piece.text.end), Span(last.source.start, end))
        pieces.append(piece)
    return SourceMap(tuple(pieces))
