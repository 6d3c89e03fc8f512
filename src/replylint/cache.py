"""What an earlier run worked out, kept as JSON in the user's cache folder: never trusted, never needed, never pickled.

An entry names the key it was made for; a broken, old or foreign one is the same as none. Customer text is never kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from replylint import atomic


def folder() -> Path | None:
    """Where entries are kept: $REPLYLINT_CACHE_DIR, else the system's place for a user's caches, or None."""
    given = os.environ.get("REPLYLINT_CACHE_DIR")
    if given:
        return Path(given)
    try:
        if sys.platform == "win32":
            base = os.environ.get("LOCALAPPDATA")
            return Path(base) / "replylint" / "Cache" if base else None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "replylint"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "replylint"
    except RuntimeError:  # no home directory
        return None


def read(name: str, key: str) -> Any | None:
    """The value kept under `name`, if it was made for `key`; None where there is none, or it can't be read."""
    place = folder()
    if place is None:
        return None
    try:
        entry = json.loads((place / f"{name}.json").read_bytes().decode("ascii"))
    except (OSError, ValueError, RecursionError):
        return None
    if isinstance(entry, dict) and entry.get("key") == key:
        return entry.get("value")
    return None


def write(name: str, key: str, value: Any) -> None:
    """Keep a value that JSON can hold under `name`, in place of what was there. Atomic; a full or read-only disk is no
    error: the next run works it out again."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError, ValueError):
        place.mkdir(parents=True, exist_ok=True)
        # ASCII, since nothing else is decoded as fast.
        data = json.dumps({"key": key, "value": value}, separators=(",", ":")).encode("ascii")
        atomic.write(place / f"{name}.json", data)


def touch(name: str) -> None:
    """Note that what is kept under `name` is still of use."""
    place = folder()
    if place is not None:
        with contextlib.suppress(OSError):
            os.utime(place / f"{name}.json")


def limit(prefix: str, most: int) -> None:
    """Forget all but `most` of the entries whose names begin so, those first that weren't of use for longest."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        found = sorted(place.glob(f"{prefix}*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[most:]:
            path.unlink(missing_ok=True)
