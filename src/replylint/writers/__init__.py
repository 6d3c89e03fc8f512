"""Writers: how a changed draft is written into its file, each format in its own way. One module beside each reader.

A writer only proposes: reading the file again decides (`replylint.fix`). All else in the file stays as it is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from replylint.readers import reader_of
from replylint.source import Source
from replylint.writers.layer import UnwritableError, Writer

if TYPE_CHECKING:
    from replylint.readers.library import Library

__all__ = ["UnwritableError", "Writer", "writers"]


def writers(source: Source, library: Library | None = None) -> list[Writer]:
    """A writer for each draft of a file, in the order in which its reader gives them. Raises UnreadableError as it."""
    name, _ = reader_of(source)
    module = import_module(f"replylint.writers.{name}")
    if name == "library":
        return list(module.writers(source, library))
    return list(module.writers(source))
