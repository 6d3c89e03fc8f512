"""JSON with positions: plain values, the strings of which know where they stand.

The standard library's decoder forgets positions, and PyYAML breaks surrogate pairs; this one walks the tokens of
RFC 8259 without recursion, so that nesting costs nothing.
"""

from __future__ import annotations

import sys
from typing import Any

from replylint.expressions import expression
from replylint.readers.located import Located
from replylint.source import Source, UnreadableError

_TOKEN = expression(
    r'[ \t\r\n]*(?:(?P<string>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")|(?P<mark>[{}\[\],:])'
    r"|(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<word>true|false|null))"
)
_ESCAPE = expression(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_SIMPLE = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"true": True, "false": False, "null": None}
_BLANK = expression(r"[ \t\r\n]*")


def decode(raw: str, start: int, end: int) -> list[tuple[str, int, int, bool]]:
    """The stretches of a JSON string (its range with the quotes)."""
    stretches = []
    at = start + 1
    for match in _ESCAPE.finditer(raw, start + 1, end - 1):
        stretches.append((raw[at : match.start()], at, match.start(), True))
        stretches.append((_unescaped(match[0]), match.start(), match.end(), False))
        at = match.end()
    stretches.append((raw[at : end - 1], at, end - 1, True))
    return stretches


def _value(text: str, start: int, end: int) -> str:
    if text.find("\\", start, end) < 0:
        return text[start + 1 : end - 1]
    return "".join(words for words, *_ in decode(text, start, end))


def _unescaped(escape: str) -> str:
    if escape[1] != "u":
        return _SIMPLE[escape[1]]
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    value = int(escape[2:], 16)
    return chr(value) if not 0xD800 <= value <= 0xDFFF else "\ufffd"


def parse(source: Source) -> Any:
    """The value of a JSON file; its strings (not the keys) are Located. Raises UnreadableError with line and column."""
    text = source.text
    at = 0
    stack: list[tuple[Any, str | None]] = []
    key: str | None = None
    result: Any = None
    done = False
    expect = "value"  # value, first-key, key, colon, more, first-value

    def fail(what: str) -> UnreadableError:
        place = source.position(min(_BLANK.match(text, at).end(), len(text)))  # type: ignore[union-attr]
        return UnreadableError(f"is not JSON: {what} at line {place.line}, column {place.column}")

    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            if _BLANK.fullmatch(text, at):
                break
            raise fail("something unexpected stands")
        if done:
            raise fail("more text follows")
        at, begin = match.end(), match.start(match.lastgroup or 0)
        mark = match["mark"]
        if expect in ("first-key", "key"):
            if match["string"] is not None:
                key = sys.intern(_value(text, begin, at))
                expect = "colon"
                continue
            if not (mark == "}" and expect == "first-key"):
                at = begin
                raise fail("a key is missing")
        elif expect == "colon":
            if mark != ":":
                at = begin
                raise fail("a colon is missing")
            expect = "value"
            continue
        elif expect == "more" and mark == ",":
            expect = "key" if isinstance(stack[-1][0], dict) else "value"
            continue
        value: Any
        if mark in ("}", "]"):
            closes = stack and isinstance(stack[-1][0], dict if mark == "}" else list)
            if not closes or expect in ("value", "key"):
                at = begin
                raise fail(f"„{mark}“ closes nothing")
            value, key = stack.pop()
        elif expect == "more":
            at = begin
            raise fail("a comma is missing")
        elif mark in ("{", "["):
            stack.append(({} if mark == "{" else [], key))
            key = None
            expect = "first-key" if mark == "{" else "first-value"
            continue
        elif mark is not None:
            at = begin
            raise fail("a value is missing")
        elif match["string"] is not None:
            value = Located.of(_value(text, begin, at), begin, at, decode)
        elif match["number"] is not None:
            value = float(match["number"]) if set(match["number"]) & set(".eE") else _integer(match["number"])
        else:
            value = _WORDS[match["word"]]
        if not stack:
            result, done = value, True
            expect = "more"
            continue
        container = stack[-1][0]
        if isinstance(container, dict):
            container[key] = value
        else:
            container.append(value)
        expect = "more"
    if not done:
        raise fail("the file ends too early")
    return result


def _integer(digits: str) -> int | float:
    # Python refuses to read integers of thousands of digits; nobody means one.
    return int(digits) if len(digits) < 1000 else float("inf")
