"""Readers: a decoded file → its drafts. One module a format, one line in the registry below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from replylint.draft import Draft
from replylint.readers import plain
from replylint.source import Source

Reader = Callable[[Source], list[Draft]]
"""Takes a decoded file and gives its drafts, in file order; raises UnreadableError for a file it can't read."""

READERS: dict[str, Reader] = {
    "": plain.read,
    ".txt": plain.read,
    ".text": plain.read,
}
"""The reader of each file name suffix (lower case, with its dot); `""` is for all others."""


def read(source: Source) -> list[Draft]:
    """The drafts of a file, read as its name says. Raises UnreadableError where it can't be."""
    suffix = PurePath(source.path).suffix.lower()
    return READERS.get(suffix, READERS[""])(source)
