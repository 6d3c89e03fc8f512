"""Which files a command reads, and their text."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from replylint.cli.texts import text
from replylint.source import Source, UnreadableError, decode

SUFFIXES = (".txt", ".md", ".text")
STDIN = "-"
STDIN_NAME = "<stdin>"


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read: a path as the system knows it (`-` is stdin) and the name that is shown for it."""

    path: str
    name: str


class InputError(Exception):
    """An input that can't be read; `str()` says why and what to do, its name not included."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def shown(path: str) -> str:
    """A path as reports show it: with `/`, without a leading `./`, and always encodable."""
    return os.fsencode(Path(path)).decode("utf-8", "replace").replace(os.sep, "/")


def find(
    paths: Iterable[str], lang: str, warn: Callable[[str], None], stdin_name: str | None = None
) -> Iterator[Input | InputError]:
    """The inputs of those paths, each once: files as named, folders with the text files in them, by name."""
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            found: Iterable[Input | InputError] = [Input(STDIN, stdin_name or STDIN_NAME)]
        elif os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises where permission is lacking
            found = list(_walk(path, lang))
            if not found:
                warn(f"{shown(path)}: {text(lang, 'empty-folder', suffixes=', '.join(SUFFIXES))}")
        else:
            found = [Input(path, shown(path))]
        for each in found:
            key = each.path if isinstance(each, Input) else each.name
            if os.path.normpath(key) not in seen:
                seen.add(os.path.normpath(key))
                yield each


def _walk(folder: str, lang: str) -> Iterator[Input | InputError]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(shown(folder), reason(error, lang))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, lang)
        elif entry.name.lower().endswith(SUFFIXES) and not _special(entry):
            yield Input(entry.path, shown(entry.path))


def _special(entry: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, a device or a linked folder; a broken link isn't: it is reported when it is read."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def load(item: Input, lang: str) -> Source:
    """The text of an input. Raises InputError where it has none."""
    try:
        data = _stdin() if item.path == STDIN else Path(item.path).read_bytes()
    except OSError as error:
        raise InputError(item.name, reason(error, lang)) from error
    try:
        source = decode(data, item.name)
    except UnreadableError as error:
        raise InputError(item.name, translated(error, lang)) from error
    if not source.text.strip():
        raise InputError(item.name, text(lang, "empty"))
    return source


def _stdin() -> bytes:
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read()


def reason(error: OSError, lang: str) -> str:
    """Why a file can't be read, and what to do."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return text(lang, "missing")
    if isinstance(error, PermissionError):
        return text(lang, "forbidden")
    return text(lang, "unreadable", reason=error.strerror or type(error).__name__)


_UNREADABLE = (
    (re.compile(r"is not text \(it holds binary data\)"), "not-text"),
    (re.compile(r"is not text \(neither"), "not-decodable"),
    (re.compile(r"is not the (?P<encoding>\S+) that"), "bad-bom"),
    (re.compile(r"declares the unknown encoding “(?P<encoding>.*)”"), "bad-encoding"),
    (re.compile(r"has malformed front matter: line (?P<line>\d+) is no “key: value”"), "front-matter-line"),
    (re.compile(r"has malformed front matter: line (?P<line>\d+) gives “(?P<name>.*)” a second"), "front-matter-twice"),
    (re.compile(r"has malformed front matter: line 1 opens it"), "front-matter-open"),
    (re.compile(r"has malformed front matter: “(?P<name>.*)” is “(?P<value>.*)”, neither"), "front-matter-boolean"),
)


def translated(error: UnreadableError, lang: str) -> str:
    """What makes a file unreadable, in the user's language where it is a known reason."""
    message = str(error)
    for pattern, key in _UNREADABLE:
        if match := pattern.match(message):
            return text(lang, key, **match.groupdict())
    return message
