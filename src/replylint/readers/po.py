"""gettext catalogues with positions: the translations (`msgstr`) of a `.po` file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replylint.draft import Comment
from replylint.expressions import expression
from replylint.readers.comments import Found, in_range, placed
from replylint.readers.located import Located
from replylint.source import Source, Span, UnreadableError

_LINE = expression(
    r"[ \t]*(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<number>\d+)\])?)[ \t]*)?"
    r'(?P<string>"(?:[^"\\\r\n]++|\\.)*+")[ \t]*(?:\r?\n|\r|$)'
)
_ESCAPE = expression(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_STRING = expression(r'"((?:[^"\\\r\n]++|\\.)*+)"')


@dataclass(frozen=True, slots=True)
class Message:
    """A translation: its msgid (the key), the number of its plural form, and the translated text."""

    msgid: str
    number: int
    msgstr: Located
    fuzzy: bool


def decode(raw: str, start: int, end: int) -> list[tuple[str, int, int, bool]]:
    """The stretches of a string over one or several lines, each in its quotes."""
    stretches = []
    for line in _STRING.finditer(raw, start, end):
        at, stop = line.span(1)
        for match in _ESCAPE.finditer(raw, at, stop):
            stretches.append((raw[at : match.start()], at, match.start(), True))
            stretches.append((_unescaped(match[0][1:]), match.start(), match.end(), False))
            at = match.end()
        stretches.append((raw[at:stop], at, stop, True))
    return stretches


def _unescaped(code: str) -> str:
    if code[0] in "01234567":
        return chr(int(code, 8))
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _SIMPLE.get(code, code)


def parse(source: Source) -> tuple[dict[str, str], list[Message]]:
    """The header's fields (lower-case names) and the messages in file order, obsolete ones left out.

    Raises UnreadableError for a line that is none of a catalogue."""
    text = source.text
    messages: list[Message] = []
    header: dict[str, str] = {}
    msgid = ""
    fuzzy = fuzzy_entry = False
    current: tuple[str, int, int, int] | None = None  # keyword, number, start, end

    def finish() -> None:
        nonlocal msgid, current
        if current is None:
            return
        keyword, number, start, end = current
        current = None
        value = "".join(words for words, *_ in decode(text, start, end))
        if keyword == "msgid":
            msgid = value
        elif keyword == "msgstr":
            if msgid:
                messages.append(Message(msgid, number, Located.of(value, start, end, decode), fuzzy_entry))
            else:
                header.update(
                    (name.strip().lower(), content.strip())
                    for name, colon, content in (line.partition(":") for line in value.splitlines())
                    if colon
                )

    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            stop = min((index for mark in "\r\n" if (index := text.find(mark, at)) >= 0), default=len(text))
            line = text[at:stop].strip()
            if line and not line.startswith("#"):
                place = source.position(at)
                raise UnreadableError(f"is not a gettext catalogue: line {place.line} is neither text nor a comment")
            finish()
            if line.startswith("#,"):
                fuzzy = "fuzzy" in line
            at = stop + (2 if text.startswith("\r\n", stop) else 1)
            continue
        at = match.end()
        start, end = match.span("string")
        if match["keyword"]:
            finish()
            keyword = match["keyword"].partition("[")[0]
            if keyword == "msgid":  # the flags stand above it
                fuzzy_entry, fuzzy = fuzzy, False
            current = (keyword, int(match["number"] or 0), start, end)
        elif current is not None:
            current = (current[0], current[1], current[2], end)
    finish()
    return header, messages


_COMMENT_LINE = expression(r"^[ \t]*#[.,:|]?[ \t]*(?=replylint)[^\r\n]*", re.MULTILINE)
_ENTRY = expression(
    r"(?:[ \t]*(?:msgctxt|msgid|\")[^\r\n]*(?:\r\n|\r|\n))*+"
    r"(?:[ \t]*(?:msgstr|\")[^\r\n]*(?:\r\n|\r|\n|\Z))*+"
)


def comments_in(source: Source) -> tuple[Comment, ...]:
    """The comments to replylint; each speaks of the message below it."""
    text = source.text

    def message(line: Span) -> int:
        match = _ENTRY.match(text, line.start)
        return max(line.end, match.end()) if match is not None else line.end

    found: list[Found] = []
    for line in _COMMENT_LINE.finditer(text):
        found += in_range(text, line.start(), line.end())
    return placed(text, found, message)
