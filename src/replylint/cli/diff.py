"""What changes in files, as a unified diff that `git apply` takes, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterator

_CONTEXT = 3
_NO_END = b"\\ No newline at end of file\n"


def unified_diff(path: str, before: bytes, after: bytes) -> bytes:
    """The change of a file; empty where there is none. The header is the traditional one, without git's own line, so
    that the path counts from the folder in which the diff is applied."""
    if before == after:
        return b""
    name = os.path.relpath(path).replace(os.sep, "/") if os.path.isabs(path) else path  # noqa: PTH117
    name = name.removeprefix("./")
    header = b"--- " + _quoted(f"a/{name}") + b"\n+++ " + _quoted(f"b/{name}") + b"\n"
    return header + b"".join(_hunks(_lines(before), _lines(after)))


def _lines(data: bytes) -> list[bytes]:
    """The lines with their ends. Only a line feed ends one, as for git."""
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _hunks(before: list[bytes], after: list[bytes]) -> Iterator[bytes]:
    from difflib import SequenceMatcher

    # What is the same at either end needs no comparing; a library's fixes stand near each other.
    start = next(
        (at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        min(len(before), len(after)),
    )
    start = max(0, start - _CONTEXT)
    for group in SequenceMatcher(None, before[start:], after[start:]).get_grouped_opcodes(_CONTEXT):
        old = _range(start + group[0][1], start + group[-1][2])
        new = _range(start + group[0][3], start + group[-1][4])
        yield f"@@ -{old} +{new} @@\n".encode()
        for tag, low, high, new_low, new_high in group:
            if tag == "equal":
                yield from (_line(b" ", line) for line in before[start + low : start + high])
                continue
            yield from (_line(b"-", line) for line in before[start + low : start + high])
            yield from (_line(b"+", line) for line in after[start + new_low : start + new_high])


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n" + _NO_END


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


_ESCAPES = {0x07: "a", 0x08: "b", 0x09: "t", 0x0A: "n", 0x0B: "v", 0x0C: "f", 0x0D: "r", 0x22: '"', 0x5C: "\\"}


def _quoted(name: str) -> bytes:
    """A path as git writes it: in quotes where it holds more than plain ASCII, and closed by a tab where it holds
    spaces."""
    raw = os.fsencode(name)
    if all(0x20 <= byte < 0x7F and byte not in (0x22, 0x5C) for byte in raw):
        return raw + (b"\t" if b" " in raw else b"")
    parts = []
    for byte in raw:
        if byte in _ESCAPES:
            parts.append(f"\\{_ESCAPES[byte]}")
        else:
            parts.append(chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}")
    return b'"' + "".join(parts).encode("ascii") + b'"'
