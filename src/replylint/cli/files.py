"""Which files a command reads, and their text."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from replylint import readers
from replylint.cli.excluded import Excluded, Search
from replylint.cli.texts import text
from replylint.config import Configs
from replylint.expressions import expression
from replylint.source import Source, UnreadableError, decode

STDIN = "-"
STDIN_NAME = "<stdin>"
LARGEST = 100_000_000
"""No file of replies has more bytes; `/dev/zero` has."""


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read: a path as the system knows it (`-` is stdin), the name that is shown for it, whether it was
    found in a folder rather than named, and its bytes where they are read already."""

    path: str
    name: str
    found: bool = False
    data: bytes | None = None

    @property
    def folder(self) -> str:
        """The folder that it is in; standard input is where its name says, else in the working directory."""
        return os.path.dirname(self.place) or "."  # noqa: PTH120

    @property
    def place(self) -> str:
        """The path that it goes by: for standard input, its name."""
        return self.name if self.path == STDIN else self.path


class InputError(Exception):
    """An input that can't be read; `str()` says why and what to do, its name not included. `data` are its bytes, as far
    as they are known."""

    def __init__(self, name: str, message: str, data: bytes = b"") -> None:
        super().__init__(message)
        self.name = name
        self.data = data


def shown(path: str) -> str:
    """A path as reports show it: with `/`, without a leading `./`, and always encodable."""
    return os.fsencode(Path(path)).decode("utf-8", "replace").replace(os.sep, "/")


def find(
    paths: Iterable[str],
    lang: str,
    warn: Callable[[str], None],
    stdin_name: str | None = None,
    excluded: Excluded | None = None,
) -> Iterator[Input | InputError]:
    """The inputs of those paths, each once: files as named, folders with the files in them that hold replies by their
    name, in order, without those that are excluded."""
    excluded = excluded or Excluded(Configs(isolated=True))
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            found: Iterable[Input | InputError] = [Input(STDIN, stdin_name or STDIN_NAME)]
            if stdin_name and excluded.named(stdin_name):
                continue
        elif excluded.named(path):
            continue
        elif os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises where permission is lacking
            found = list(_walk(path, lang, excluded.search(path)))
            if not found:
                suffixes = ", ".join(filter(None, readers.READERS))
                warn(f"{shown(path)}: {text(lang, 'empty-folder', suffixes=suffixes)}")
        else:
            found = [Input(path, shown(path))]
        for each in found:
            key = each.path if isinstance(each, Input) else each.name
            if os.path.normpath(key) not in seen:
                seen.add(os.path.normpath(key))
                yield each


def _walk(folder: str, lang: str, search: Search) -> Iterator[Input | InputError]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(shown(folder), reason(error, lang))
        return
    # Paths are put together here: a whole run's files come by.
    prefix = shown(os.path.join(folder, "x"))[:-1]  # noqa: PTH118
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") or not (is_folder or readers.recognised(entry.name)):
            continue
        if search.excludes(folder, entry.path, is_folder):
            continue
        if is_folder:
            yield from _walk(entry.path, lang, search)
        elif not _special(entry):
            name = os.fsencode(entry.name).decode("utf-8", "replace")
            yield Input(entry.path, prefix + name, found=True)


def _special(entry: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, a device or a linked folder; a broken link isn't: it is reported when it is read."""
    if entry.is_file(follow_symlinks=False):
        return False
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def load(item: Input, lang: str) -> Source:
    """The text of an input. Raises InputError where it has none."""
    try:
        data = item.data if item.data is not None else read_bytes(item)
    except OSError as error:
        raise InputError(item.name, reason(error, lang)) from error
    if len(data) > LARGEST:
        raise InputError(item.name, text(lang, "too-large", n=LARGEST // 1_000_000), data)
    try:
        source = decode(data, item.name, readers.declared_encoding(data, item.name))
    except UnreadableError as error:
        raise InputError(item.name, translated(error, lang), data) from error
    if not source.text.strip():
        raise InputError(item.name, text(lang, "empty"), data)
    return source


def _stdin() -> bytes:
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read(LARGEST + 1)


def read_bytes(item: Input) -> bytes:
    """The bytes of an input; of one that is too large, some more than are allowed. Raises OSError."""
    if item.path == STDIN:
        return _stdin()
    parts = []
    left = LARGEST + 1
    # Asked for all at once, memory for the largest file is made ready for each.
    with open(item.path, "rb", 0) as file:  # noqa: PTH123
        while left > 0 and (part := file.read(min(left, _PART))):
            parts.append(part)
            left -= len(part)
    return b"".join(parts)


def reason(error: OSError, lang: str) -> str:
    """Why a file can't be read, and what to do."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return text(lang, "missing")
    if isinstance(error, PermissionError):
        return text(lang, "forbidden")
    return text(lang, "unreadable", reason=error.strerror or type(error).__name__)


_PART = 1 << 16
_PLACE = r"line (?P<line>\d+), column (?P<column>\d+)"
_UNREADABLE = tuple(
    (expression(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"is not text \(it holds binary data\)", "not-text"),
        (r"is not text \(neither", "not-decodable"),
        (r"is not the (?P<encoding>\S+) that", "bad-bom"),
        (r"declares the unknown encoding “(?P<encoding>.*)”", "bad-encoding"),
        (r"has malformed front matter: line (?P<line>\d+) is no “key: value”", "front-matter-line"),
        (r"has malformed front matter: line (?P<line>\d+) gives “(?P<name>.*)” a second", "front-matter-twice"),
        (r"has malformed front matter: line 1 opens it", "front-matter-open"),
        (r"has malformed front matter: “(?P<name>.*)” is “(?P<value>.*)”, neither", "front-matter-boolean"),
        (rf"is not CSV: the quote at {_PLACE} is never closed", "csv-open"),
        (rf"is not CSV: a stray quote ends a cell at {_PLACE}", "csv-stray"),
        (rf"is not JSON: something unexpected stands at {_PLACE}", "json-unexpected"),
        (rf"is not JSON: more text follows at {_PLACE}", "json-more"),
        (rf"is not JSON: a key is missing at {_PLACE}", "json-key"),
        (rf"is not JSON: a colon is missing at {_PLACE}", "json-colon"),
        (rf"is not JSON: a comma is missing at {_PLACE}", "json-comma"),
        (rf"is not JSON: a value is missing at {_PLACE}", "json-value"),
        (rf"is not JSON: „(?P<mark>.)“ closes nothing at {_PLACE}", "json-closes"),
        (rf"is not JSON: the file ends too early at {_PLACE}", "json-end"),
        (rf"is not YAML: (?P<what>.*) at {_PLACE}", "not-yaml"),
        (r"is not YAML: it holds too many values", "yaml-large"),
        (r"is not YAML: (?P<what>.*)", "not-yaml-at-all"),
        (r"is not YAML that can be read: it is nested too deeply|is nested too deeply", "too-deep"),
        (r"is not a gettext catalogue: line (?P<line>\d+)", "not-po"),
        (r"has no column “(?P<name>.*)”; its columns are (?P<columns>.*)", "no-column"),
        (r"holds no replies that replylint recognises", "no-replies"),
        (r"holds no reply at “(?P<path>.*)”, where", "no-replies-there"),
        (r"holds a reply of more than (?P<n>\d+) characters in line (?P<line>\d+)", "long-reply"),
        (r"is configured as a library, but", "no-library"),
        (r"is described in the configuration by “(?P<path>.*)”, which is no JSONPath \((?P<reason>.*)\)", "bad-path"),
        (r"is no mail: it doesn't begin", "no-mail"),
        (r"is a mail without any text", "mail-empty"),
        (r"is a mail whose parts are nested too deeply", "too-deep"),
        (r"is a broken mail: the boundary “(?P<boundary>.*)” between", "mail-boundary"),
        (r"is a mail without readable text \(it holds no parts\)", "mail-empty"),
        (r"is a mail without readable text \(it holds (?P<types>.*)\)", "mail-no-text"),
        (r"has a part in the transfer encoding “(?P<encoding>.*)”", "mail-encoding"),
    )
)


def translated(error: UnreadableError, lang: str) -> str:
    """What makes a file unreadable, in the user's language where it is a known reason."""
    message = str(error)
    for pattern, key in _UNREADABLE:
        if match := pattern.match(message):
            return text(lang, key, **match.groupdict())
    return message
