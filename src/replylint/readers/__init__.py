"""Readers: a decoded file → its drafts. One module a format, one line in the registry below."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from replylint.draft import Draft
from replylint.readers import html, library, mail, markdown, plain
from replylint.source import Source

Reader = Callable[[Source], list[Draft]]
"""Takes a decoded file and gives its drafts, in file order; raises UnreadableError for a file it can't read."""

READERS: dict[str, Reader] = {
    "": plain.read,
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".eml": mail.read,
    ".json": library.read,
    ".yaml": library.read,
    ".yml": library.read,
    ".csv": library.read,
    ".tsv": library.read,
    ".po": library.read,
}
"""The reader of each file name suffix (lower case, with its dot); `""` is for all others."""

TEMPLATES = frozenset(
    (".j2", ".jinja", ".jinja2", ".twig", ".liquid", ".erb", ".tpl", ".hbs", ".handlebars", ".mustache", ".njk", ".ejs")
)
"""Endings of templates. What stands before them, as in `.html.twig`, tells the format; alone they are text or HTML."""


def read(source: Source) -> list[Draft]:
    """The drafts of a file, read as its name says. Raises UnreadableError where it can't be."""
    reader, template = reader_of(source)
    drafts = reader(source)
    return [replace(draft, template=True) for draft in drafts] if template else drafts


def reader_of(source: Source) -> tuple[Reader, bool]:
    """The reader of a file, and whether its name says that it is a template."""
    path = PurePath(source.path.lower())
    template = path.suffix in TEMPLATES
    suffix = PurePath(path.stem).suffix if template else path.suffix
    if template and suffix not in READERS:
        suffix = ".html" if html.is_markup(source.text) else ""
    return READERS.get(suffix, READERS[""]), template


def declared_encoding(data: bytes, path: str) -> str | None:
    """The encoding that a file's own format says it has, where it does; for `decode`."""
    if path.lower().endswith(".eml"):
        # A mail's parts may have any encoding: a file that isn't Windows-1252 is read byte by byte.
        return "latin-1" if _NOT_CP1252.search(data) else None
    return html.declared_charset(data) if b"<" in data[:4096] else None


_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
