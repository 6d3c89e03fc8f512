"""The configuration: `replylint.toml`, or `[tool.replylint]` in `pyproject.toml`, the nearest to each checked file.

One file decides; nothing is merged. Globs are relative to the folder of the file. All that is wrong in a file is raised
at once, with its line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replylint.draft import Address
from replylint.expressions import expression
from replylint.findings import Severity

if TYPE_CHECKING:
    from replylint.readers.library import Library

FILE = "replylint.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = ("tool", "replylint")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a configuration file: `what` names it, `values` say more."""

    path: str
    line: int
    what: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} {dict(self.values)}"


class ConfigError(Exception):
    """All that is wrong in a configuration file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Globs:
    """Patterns of paths below a folder. One without a slash fits a name at any depth; a folder that fits stands for all
    that is in it."""

    root: str = ""
    patterns: tuple[str, ...] = ()

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return expression("|".join(f"(?:{_regex(pattern)})(?:/.*)?" for pattern in self.patterns), re.DOTALL)

    def match(self, path: str) -> bool:
        """Whether a path fits; those outside of the folder never do."""
        if not self.patterns:
            return False
        try:
            inside = os.path.relpath(path, self.root).replace(os.sep, "/")
        except ValueError:  # another drive
            return False
        return not inside.startswith("../") and self._regex.fullmatch(inside) is not None


def _regex(pattern: str) -> str:
    pattern = pattern.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    return anywhere + "".join(
        _GLOB_PARTS.get(part) or (_set(part) if part[0] == "[" and len(part) > 1 else re.escape(part))
        for part in _GLOB_PART.findall(pattern.removeprefix("/"))
    )


_GLOB_PART = expression(r"\*\*/|\*\*|\*|\?|\[!?[^\[\]/]+\]|[^*?\[]+|.", re.DOTALL)
_GLOB_PARTS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _set(part: str) -> str:
    negated = part[1] == "!"
    inner = re.sub(r"([\\^&~|])", r"\\\1", part[2 if negated else 1 : -1])
    return f"[{'^/' if negated else ''}{inner}]"


@dataclass(frozen=True)
class Config:
    """What a configuration file says; None and empty where it says nothing, as all is where there is no file."""

    path: str = ""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_on: str | None = None
    lang: str | None = None
    address: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    templates: Globs = Globs()
    exclude: Globs = Globs()
    libraries: tuple[tuple[Globs, Library], ...] = ()
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def library(self, path: str) -> Library | None:
        """How the first of `[[libraries]]` that names a file describes it."""
        return next((library for files, library in self.libraries if files.match(path)), None)

    def problem(self, key: str, what: str, **values: Any) -> Problem:
        """A problem with what stands under a key."""
        return Problem(self.path, self.lines.get((key,), 1), what, {"option": key, **values})


class Configs:
    """The configurations of a run: one that is given for all files, none, or the nearest of each file."""

    def __init__(self, path: str | None = None, *, isolated: bool = False) -> None:
        self._fixed = load(path) if path is not None else Config() if isolated else None
        self._known: dict[str, Config] = {}
        self.problems: list[Problem] = []

    def of(self, folder: str) -> Config:
        """The configuration for the files of a folder. A broken one is kept in `problems` and says nothing."""
        return self._fixed or self._nearest(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are

    def _nearest(self, folder: str) -> Config:
        passed = []
        found: Config | None = None
        while found is None:
            found = self._known.get(folder)
            if found is None:
                passed.append(folder)
                try:
                    found = _in_folder(folder)
                except ConfigError as error:
                    self.problems += error.problems
                    found = Config()
                parent = os.path.dirname(folder)  # noqa: PTH120 - a whole run's files come by here
                if parent == folder:
                    found = found or Config()
                folder = parent
        self._known.update(dict.fromkeys(passed, found))
        return found


def _in_folder(folder: str) -> Config | None:
    for name in (FILE, SHARED_FILE):
        path = os.path.join(folder, name)  # noqa: PTH118
        if os.path.isfile(path):  # noqa: PTH113 - Path.is_file() raises where permission is lacking
            config = _read(path, shared=name == SHARED_FILE)
            if config is not None:
                return config
    return None


def load(path: str) -> Config:
    """The configuration in a file. Raises ConfigError."""
    shared = Path(path).name == SHARED_FILE
    return _read(path, shared=shared) or Config(path)


def _read(path: str, *, shared: bool) -> Config | None:
    """The configuration in a file; None where it is shared and has none."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ConfigError([Problem(path, 1, "config-file", {"error": error})]) from error
    if shared and b"replylint" not in data:
        return None
    import tomllib

    try:
        text = data.decode("utf-8-sig")
        document: Any = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError([Problem(path, line, "config-encoding")]) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        line = int(place[1]) if place and place[1] else len(data.decode().splitlines()) or 1
        reason = str(error)[: place.start()] if place else str(error)
        raise ConfigError([Problem(path, line, "config-toml", {"reason": reason})]) from error
    table = _TABLE if shared else ()
    for name in table:
        document = document.get(name) if isinstance(document, dict) else None
    return None if document is None else _Form(path, _lines(text, table)).config(document)


_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_NAME = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = expression(rf"[ \t]*(\[\[?)[ \t]*({_NAME})[ \t]*\]")
_KEY = expression(rf"[ \t]*({_NAME})[ \t]*=")


def _lines(text: str, root: tuple[str, ...]) -> dict[tuple[str | int, ...], int]:
    """The line of each key below the table `root` of a TOML file; tomllib doesn't tell. What stands inside a value over
    several lines counts as its first line."""
    depth = len(root)
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            table = ()
            parts = _parts(match[2])
            for part in parts:
                table += (part,)
                if table in counts and not (match[1] == "[[" and len(table) == len(parts)):
                    table += (counts[table] - 1,)
            if match[1] == "[[":
                counts[table] = counts.get(table, 0) + 1
                table += (counts[table] - 1,)
            path = table
        elif match := _KEY.match(line):
            path = table + _parts(match[1])
        else:
            continue
        if path[:depth] != root:
            continue
        for end in range(depth + 1, len(path) + 1):
            lines.setdefault(path[depth:end], number)
    return lines


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))


class _Form:
    """Takes a parsed file to pieces and notes what is wrong with them."""

    def __init__(self, path: str, lines: Mapping[tuple[str | int, ...], int]) -> None:
        self.path = path
        self.root = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
        self.lines = lines
        self.problems: list[Problem] = []

    def config(self, document: Any) -> Config:
        """The configuration. Raises ConfigError."""
        options = self.options(document, (), _OPTIONS)
        if self.problems:
            raise ConfigError(sorted(self.problems, key=lambda problem: problem.line))
        names = {key.replace("-", "_"): value for key, value in options.items()}
        return Config(self.path, lines=self.lines, **names)

    def problem(self, where: tuple[str | int, ...], what: str, **values: Any) -> None:
        ends = range(len(where), 0, -1)
        line = next((self.lines[where[:end]] for end in ends if where[:end] in self.lines), 1)
        name = next((str(part) for part in reversed(where) if isinstance(part, str)), "")
        self.problems.append(Problem(self.path, line, what, {"option": name, **values}))

    def options(
        self, table: Any, where: tuple[str | int, ...], known: Mapping[str, Callable[..., Any]]
    ) -> dict[str, Any]:
        """The values of a table's keys, each by its own reader; unknown keys are problems."""
        if not isinstance(table, dict):
            self.problem(where, "config-table")
            return {}
        for key in table:
            if key not in known:
                self.problem((*where, key), "config-unknown-key", known=list(known))
        return {key: read(self, table[key], (*where, key)) for key, read in known.items() if key in table}

    def text(self, value: Any, where: tuple[str | int, ...]) -> str:
        if isinstance(value, str) and value.strip():
            return value
        self.problem(where, "config-text")
        return ""

    def boolean(self, value: Any, where: tuple[str | int, ...]) -> bool:
        if not isinstance(value, bool):
            self.problem(where, "config-boolean")
        return bool(value)

    def texts(self, value: Any, where: tuple[str | int, ...]) -> tuple[str, ...]:
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        self.problem(where, "config-texts")
        return ()

    def globs(self, value: Any, where: tuple[str | int, ...]) -> Globs:
        return Globs(self.root, self.texts(value, where))

    def named_texts(self, value: Any, where: tuple[str | int, ...]) -> Mapping[str, str]:
        if isinstance(value, dict):
            return {name: self.text(item, (*where, name)) for name, item in value.items()}
        self.problem(where, "config-table")
        return {}

    def libraries(self, value: Any, where: tuple[str | int, ...]) -> tuple[tuple[Globs, Library], ...]:
        from replylint.readers.library import Library

        if not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            self.problem(where, "config-tables")
            return ()
        result = []
        for number, item in enumerate(value):
            options = self.options(item, (*where, number), _LIBRARY)
            if "files" not in item:
                self.problem((*where, number), "config-missing-key", missing="files")
                continue
            result.append((options.pop("files"), Library(**options)))
        return tuple(result)


def _choice(*choices: str) -> Callable[[_Form, Any, tuple[str | int, ...]], str]:
    def read(form: _Form, value: Any, where: tuple[str | int, ...]) -> str:
        if value not in choices:
            form.problem(where, "config-choice", value=str(value), known=list(choices))
        return str(value)

    return read


_OPTIONS: Mapping[str, Callable[..., Any]] = {
    "select": _Form.texts,
    "ignore": _Form.texts,
    "fail-on": _choice(*map(str, reversed(Severity)), "never"),
    "lang": _choice("de", "en"),
    "address": _choice(Address.SIE, Address.DU, "auto"),
    "facts": _Form.named_texts,
    "templates": _Form.globs,
    "exclude": _Form.globs,
    "libraries": _Form.libraries,
}
_LIBRARY: Mapping[str, Callable[..., Any]] = {
    "files": _Form.globs,
    "body": _Form.text,
    "title": _Form.text,
    "language": _Form.text,
    "inquiry": _Form.text,
    "html": _Form.boolean,
    "template": _Form.boolean,
    "facts": _Form.named_texts,
}
