"""A file's new bytes in the place of its old ones: all at once, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path


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
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".replylint-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)
        Path(temporary).chmod(status.st_mode & 0o7777)
        if target.read_bytes() != before:
            raise ChangedMeanwhileError
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
