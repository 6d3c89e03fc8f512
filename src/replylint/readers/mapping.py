"""Source maps made while a text is read: stretches go in, in file order, a text and its map come out."""

from __future__ import annotations

from bisect import bisect_right

from replylint.source import Piece, SourceMap, Span


class MapBuilder:
    """Collects the stretches of a text. Verbatim stretches that are adjacent in the file become one piece; a stretch
    that reaches back into the one before it (two of one base64 block) joins it, no longer verbatim."""

    __slots__ = ("_at", "_done", "_length", "_start", "_verbatim", "_words", "pieces")

    def __init__(self) -> None:
        self._words: list[str] = []
        self.pieces: list[Piece] = []
        self._length = 0  # of the text so far
        self._at = 0  # where the stretch in hand begins in the text
        self._start = self._done = 0  # its range in the file
        self._verbatim = False

    def __len__(self) -> int:
        return self._length

    @property
    def source_end(self) -> int:
        """Where in the file the last stretch ends."""
        return self._done

    def verbatim(self, words: str, start: int) -> None:
        """Adds words that stand in the file as they are, from offset `start`."""
        if not words:
            return
        if not (self._verbatim and start == self._done):
            if start < self._done:
                self.derived(words, start, start + len(words))
                return
            self._flush()
            self._start, self._verbatim = start, True
        self._done = start + len(words)
        self._words.append(words)
        self._length += len(words)

    def derived(self, words: str, start: int, end: int) -> None:
        """Adds words that the file has in another form, within its range [start, end)."""
        if not words:
            return
        if start >= self._done:
            self._flush()
            self._start, self._done = start, end
        else:
            self._start, self._done = min(self._start, start), max(self._done, end)
        self._verbatim = False
        self._words.append(words)
        self._length += len(words)

    def _flush(self) -> None:
        if self._length > self._at:
            piece = Piece(Span(self._at, self._length), Span(self._start, self._done), self._verbatim)
            self.pieces.append(piece)
            self._at = self._length

    def build(self) -> tuple[str, SourceMap]:
        """The text and its map."""
        self._flush()
        return "".join(self._words), SourceMap(tuple(self.pieces))


def copied(builder: MapBuilder, text: str, pieces: SourceMap, start: int = 0, end: int | None = None) -> None:
    """Adds to `builder` the range [start, end) of a text that is itself mapped."""
    end = len(text) if end is None else end
    number = max(0, bisect_right(pieces.pieces, start, key=lambda piece: piece.text.start) - 1)
    while start < end:
        piece = pieces.pieces[number]
        stop = min(end, piece.text.end)
        if piece.verbatim:
            builder.verbatim(text[start:stop], piece.source.start + start - piece.text.start)
        else:
            builder.derived(text[start:stop], piece.source.start, piece.source.end)
        start = stop
        number += 1


def chained(text: str, inner: SourceMap, outer: SourceMap) -> SourceMap:
    """The map to the file of a `text` that was made (`inner`) from another that is itself mapped (`outer`)."""
    builder = MapBuilder()
    between = outer.pieces
    number = 0
    for piece in inner.pieces:
        start, end = piece.source.start, piece.source.end
        if not piece.verbatim:
            place = outer.to_source(piece.source)
            builder.derived(text[piece.text.start : piece.text.end], place.start, place.end)
            continue
        while between[number].text.end <= start:
            number += 1
        shift = piece.text.start - start
        while start < end:
            other = between[number]
            stop = min(end, other.text.end)
            words = text[start + shift : stop + shift]
            if other.verbatim:
                builder.verbatim(words, other.source.start + start - other.text.start)
            else:
                builder.derived(words, other.source.start, other.source.end)
            start = stop
            if start < end:
                number += 1
    return builder.build()[1]
