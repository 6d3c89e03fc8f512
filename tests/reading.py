"""What the tests of the readers share: whether a map holds, and where words stand."""

from __future__ import annotations

from replylint.draft import Draft
from replylint.source import Source, SourceMap, Span


def holds(text: str, pieces: SourceMap, source: str) -> None:
    """Asserts that a map covers the text, never goes back in the file, and is verbatim only where it says so."""
    at = done = 0
    for piece in pieces.pieces:
        assert piece.text.start == at < piece.text.end, piece
        assert done <= piece.source.start <= piece.source.end <= len(source), piece
        at, done = piece.text.end, piece.source.end
        if piece.verbatim:
            assert source[piece.source.start : piece.source.end] == text[piece.text.start : piece.text.end], piece
    assert at == len(text)


def places(draft: Draft, *words: str) -> list[tuple[int, int, str]]:
    """Line, column and the file's characters for words of a draft, each looked for after the one before."""
    found = []
    at = 0
    for each in words:
        at = draft.text.index(each, at)
        span = draft.map.to_source(Span(at, at + len(each)))
        place = draft.source.position(span.start)
        found.append((place.line, place.column, draft.source.text[span.start : span.end]))
        at += len(each)
    return found


def editable(draft: Draft, words: str) -> bool:
    """Whether a fix may replace words of a draft."""
    at = draft.text.index(words)
    return draft.map.editable(Span(at, at + len(words)))


def source(text: str, path: str, encoding: str = "utf-8") -> Source:
    """A decoded file."""
    return Source(path, text, encoding)
