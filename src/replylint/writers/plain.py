"""Plain text: words stand in the file as they are."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.readers import plain
from replylint.source import Edit, Source, Span
from replylint.writers.layer import Edits, Layer, Writer


def writers(source: Source) -> list[Writer]:
    """The writer of a plain text file's one draft."""
    draft = plain.read(source)[0]
    layer = Layer(draft.text, source.text, draft.map, as_it_is)
    return [Writer(layer.write, line_end(source.text))]


def as_it_is(words: str, span: Span) -> Iterator[Edits]:
    """Words as they are."""
    yield (Edit(span, words),)


def line_end(text: str) -> str:
    """What ends most lines of a text: its first line end, or a line feed."""
    at = min((place for mark in "\r\n" if (place := text.find(mark)) >= 0), default=-1)
    if at < 0:
        return "\n"
    return "\r\n" if text.startswith("\r\n", at) else text[at]
