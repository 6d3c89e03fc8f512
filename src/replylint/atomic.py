"""Files written in one step: what was there before stays until all of the new is on the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def write(path: Path, data: bytes, *, last_look: Callable[[], None] = lambda: None) -> None:
    """Write a file in one step, with the mode and the owner that it had; a link's target is written. `last_look` is
    called when all but the last step is done, and stops it by raising.

    Raises OSError where it can't be written, or what `last_look` raises; the file then is as it was."""
    import tempfile

    target = Path(os.path.realpath(path))
    owner: tuple[int, int] | None = None
    try:
        status = target.stat()
        mode, owner = status.st_mode & 0o7777, (status.st_uid, status.st_gid)
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "read-only")
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".replylint-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if owner is not None:
            with contextlib.suppress(OSError, AttributeError):  # not ours to give away, or on Windows
                os.chown(temporary, *owner)
        os.chmod(temporary, mode)  # noqa: PTH101
        last_look()
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
