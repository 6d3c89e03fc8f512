"""A file's new bytes in the place of its old ones: all at once, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from replylint import atomic


class ChangedMeanwhileError(Exception):
    """A file that is no longer what it was when it was read."""


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Write a file's new bytes; it keeps its permissions, and a link stays one: what it leads to is written.

    Raises ChangedMeanwhileError where the file doesn't hold `before` any more, OSError where it can't be written. It is
    then as it was, and nothing is left beside it."""
    target = Path(os.path.realpath(path))
    status = target.stat()
    # The file is replaced, so that only its folder's permissions would count.
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only")

    def unchanged() -> None:
        if target.read_bytes() != before:
            raise ChangedMeanwhileError

    atomic.write(target, after, last_look=unchanged)
