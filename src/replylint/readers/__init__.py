"""Readers: a decoded file → its drafts. One module a format, one line in the registry below."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from replylint.draft import Draft
from replylint.expressions import expression
from replylint.source import Source, UnreadableError

if TYPE_CHECKING:
    from replylint.readers.library import Library

Reader = Callable[[Source], list[Draft]]
"""Takes a decoded file and gives its drafts, in file order; raises UnreadableError for a file it can't read."""

READERS: dict[str, str] = {
    "": "plain",
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "mail",
    ".json": "library",
    ".yaml": "library",
    ".yml": "library",
    ".csv": "library",
    ".tsv": "library",
    ".po": "library",
}
"""The module of this package whose `read` reads files of a suffix (lower case, with its dot); `""` is for all others.
A module is imported when it is needed: most runs need one."""

TEMPLATES = frozenset(
    (".j2", ".jinja", ".jinja2", ".twig", ".liquid", ".erb", ".tpl", ".hbs", ".handlebars", ".mustache", ".njk", ".ejs")
)
"""Endings of templates. What stands before them, as in `.html.twig`, tells the format; alone they are text or HTML."""
_TEMPLATED = frozenset(("plain", "markdown", "html", "mail"))
_GERMAN = expression(r"\.de(?:[-_]\w{2})?")  # as in `willkommen.de.liquid`


@dataclass(frozen=True)
class Contents:
    """What a file holds: its drafts, the format it was read as, and how many replies in other languages it also has."""

    drafts: list[Draft]
    format: str
    skipped: int = 0


def read(source: Source) -> list[Draft]:
    """The drafts of a file, read as its name says. Raises UnreadableError where it can't be."""
    return contents(source).drafts


def contents(source: Source, library: Library | None = None) -> Contents:
    """What a file holds, read as its name says, or as the configured library that it is. Raises UnreadableError where
    it can't be read, NoRepliesError where a structured file has no replies."""
    name, template = reader_of(source)
    if name == "library":
        from replylint.readers import library as libraries

        return Contents(*libraries.german(source, library))
    if library is not None:
        raise UnreadableError("is configured as a library, but is no YAML, JSON, CSV or gettext file")
    reader: Reader = import_module(f"replylint.readers.{name}").read
    drafts = reader(source)
    return Contents([replace(draft, template=True) for draft in drafts] if template else drafts, name)


def recognised(path: str) -> bool:
    """Whether a file's name says that replies may stand in it, so that a search of folders reads it."""
    stem, suffix = os.path.splitext(path.lower())  # noqa: PTH122 - a whole run's files come by here
    if suffix not in TEMPLATES:
        return bool(suffix) and suffix in READERS
    inner = PurePath(stem).suffix
    return not inner or READERS.get(inner) in _TEMPLATED or _GERMAN.fullmatch(inner) is not None


def reader_of(source: Source) -> tuple[str, bool]:
    """The name of a file's reader, and whether the file's name says that it is a template."""
    path = PurePath(source.path.lower())
    if path.suffix not in TEMPLATES:
        return READERS.get(path.suffix, READERS[""]), False
    suffix = PurePath(path.stem).suffix
    if suffix and READERS.get(suffix) in _TEMPLATED:
        return READERS[suffix], True
    from replylint.readers import html

    return "html" if html.is_markup(source.text) else READERS[""], True


def declared_encoding(data: bytes, path: str) -> str | None:
    """The encoding that a file's own format says it has, where it does; for `decode`."""
    if path.lower().endswith(".eml"):
        # A mail's parts may have any encoding: a file that isn't Windows-1252 is read byte by byte.
        return "latin-1" if any(byte in data for byte in _NOT_CP1252) else None
    if b"<meta" not in data[:4096].lower():
        return None
    from replylint.readers import html

    return html.declared_charset(data)


_NOT_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
