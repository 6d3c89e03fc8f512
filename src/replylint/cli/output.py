"""Where a command's result goes, how wide it is there, and whether in colour."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import TextIO

from replylint.cli.app import UserError
from replylint.cli.files import shown
from replylint.cli.texts import TEXTS, text

WIDTH = 80
WIDEST = 120


def on_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout is not None and sys.stdout.isatty()


def color_wanted(choice: str, output: str | None = None) -> bool:
    """Whether to write in colour: `always`, `never`, or `auto` (terminals; NO_COLOR and FORCE_COLOR are heeded)."""
    if choice != "auto":
        return choice == "always"
    if output is not None or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "") not in ("", "0"):
        return True
    return on_terminal() and os.environ.get("TERM") != "dumb"


def width(output: str | None = None) -> int:
    """How many columns to fill: the terminal's (up to 120, wider lines tire), or 80."""
    if output is not None or not on_terminal():
        return WIDTH
    return min(shutil.get_terminal_size((WIDTH, 24)).columns or WIDTH, WIDEST)


def check_output(path: str, lang: str) -> None:
    """Refuse an output file that surely can't be written, before the work is done for nothing."""
    target = Path(path)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if not target.exists() and not target.absolute().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "")
    except OSError as error:
        raise _unwritable(path, error, lang) from error


def write(content: str, lang: str, output: str | None = None, *, aside: bool = False) -> None:
    """Write a result to stdout (to stderr where it goes `aside`), or to a file as UTF-8."""
    if output is None:
        write_stdout(content, sys.stderr if aside else sys.stdout)
        return
    try:
        Path(output).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(output, error, lang) from error


def write_stdout(content: str, to: TextIO | None = None) -> None:
    """Write to stdout (or stderr); a reader that has had enough (`| head`) is no error."""
    stream = to or sys.stdout
    if stream is None:
        return
    try:
        if hasattr(stream, "buffer") and not stream.isatty():
            # Pipes and files get UTF-8 whatever the locale says; what reads JSON relies on it.
            stream.flush()
            stream.buffer.write(content.encode("utf-8", "replace"))
        else:
            encoding = stream.encoding or "utf-8"
            stream.write(content.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        # What is still buffered would raise again when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_bytes(data: bytes, lang: str, output: str | None = None) -> None:
    """Write bytes as they are to stdout, or to a file."""
    if output is not None:
        try:
            Path(output).write_bytes(data)
        except OSError as error:
            raise _unwritable(output, error, lang) from error
        return
    stream = sys.stdout
    if stream is None:
        return
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def why_unwritable(error: OSError, lang: str) -> str:
    """Why a file can't be written."""
    name = errno.errorcode.get(error.errno or 0, "")
    return text(lang, name) if name in TEXTS else error.strerror or type(error).__name__


def _unwritable(path: str, error: OSError, lang: str) -> UserError:
    return UserError(text(lang, "output", path=shown(path), reason=why_unwritable(error, lang)))
