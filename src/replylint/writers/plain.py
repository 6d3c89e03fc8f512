"""Plain text: words stand in the file as they are."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.readers import plain
from replylint.source import Edit, Source, SourceMap, Span
from replylint.writers.layer import Edits, Layer, Writer


def writers(source: Source) -> list[Writer]:
    """The writer of a plain text file's one draft."""
    draft = plain.read(source)[0]
    return [Writer(layer(draft.text, source.text, draft.map).write, line_end(source.text))]


def layer(inner: str, outer: str, pieces: SourceMap) -> Layer:
    """A text that stands in another as it is."""
    return Layer(inner, outer, pieces, as_it_is)


def as_it_is(words: str, span: Span) -> Iterator[Edits]:
    """Words as they are."""
    yield (Edit(span, words),)


def line_end(text: str) -> str:
    """What ends most lines of a text: its first line end, or a line feed."""
    at = min((place for mark in "\r\n" if (place := text.find(mark)) >= 0), default=-1)
    if at < 0:
        return "\n"
    return "\r\n" if text.startswith("\r\n", at) else text[at]
