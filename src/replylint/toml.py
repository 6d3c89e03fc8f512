"""TOML files: what they say, and in which line each key stands."""

from __future__ import annotations

import re
from typing import Any

from replylint.expressions import expression

KeyPath = tuple[str | int, ...]
"""Where a value stands in a document: names of keys, and numbers in lists."""


class TomlError(ValueError):
    """A file that isn't TOML: `line` counts from 1; `reason` is what the parser says, "" where it isn't even UTF-8."""

    def __init__(self, line: int, reason: str = "") -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def parse(data: bytes) -> tuple[dict[str, Any], str]:
    """A file's document, and its text. Raises TomlError."""
    import tomllib

    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise TomlError(data.count(b"\n", 0, error.start) + 1) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        line = int(place[1]) if place and place[1] else len(data.decode().splitlines()) or 1
        raise TomlError(line, str(error)[: place.start()] if place else str(error)) from error
    except RecursionError as error:
        raise TomlError(1, "it is nested too deeply") from error


def written(value: Any) -> str:
    """A value as TOML writes it in one line."""
    import json

    if isinstance(value, dict):
        pairs = ", ".join(f"{key_of(key)} = {written(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, str | bool | int | float):
        # What JSON escapes, TOML reads the same; DEL alone it wants escaped, too.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value.isoformat())


def key_of(*names: str) -> str:
    """A key as TOML writes it, with dots between the names of tables."""
    return ".".join(name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else written(name) for name in names)


_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_NAME = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = expression(rf"[ \t]*(\[\[?)[ \t]*({_NAME})[ \t]*\]")
_KEY = expression(rf"[ \t]*({_NAME})[ \t]*=")


def lines(text: str, root: tuple[str, ...]) -> dict[KeyPath, int]:
    """The line of each key below the table `root` of a TOML file; tomllib doesn't tell. What stands inside a value over
    several lines counts as its first line."""
    depth = len(root)
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.split("\n"), 1):
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
            found.setdefault(path[depth:end], number)
    return found


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))
