"""Markdown: words as they are where they mean nothing there, else with their marks escaped."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.expressions import expression
from replylint.readers import markdown
from replylint.source import Edit, Source, Span
from replylint.writers.layer import Edits, Layer, Writer
from replylint.writers.plain import line_end

_MARKS = expression(r"([\\`*_~\[\]<>&#|])")
_GOES = expression(r"[ \t]*|\\|&[#\w]+;|[ \t]*(?:\r\n|\r|\n)[ \t]*")


def writers(source: Source) -> list[Writer]:
    """The writer of a Markdown file's one draft."""
    draft = markdown.read(source)[0]
    layer = Layer(
        draft.text,
        source.text,
        draft.map,
        _encode,
        goes=lambda outer: _GOES.fullmatch(outer) is not None,
        escape="\\",
    )
    return [Writer(layer.write, line_end(source.text))]


def _encode(words: str, span: Span) -> Iterator[Edits]:
    yield (Edit(span, words),)
    escaped = _MARKS.sub(r"\\\1", words)
    if escaped != words:
        yield (Edit(span, escaped),)
