"""Comments to replylint: found in a text, taken out of it, and placed in the file.

A comment says `replylint: …` in the comment syntax of its format: `# …` on a line of its own in plain text,
`<!-- … -->` in Markdown and HTML, `# …` in YAML and gettext, and wherever templates are written in theirs. What is
taken out of a text leaves no trace in it: the draft reads as if the comment had never been there. The time is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from replylint.draft import Comment
from replylint.expressions import expression
from replylint.readers.mapping import MapBuilder, copied
from replylint.source import SourceMap, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A comment in a text: its range there, and what it says."""

    start: int
    end: int
    words: str


# „replylint“ and a colon, or what is meant so.
_OURS = r"replylint(?:[ \t]*:|[ \t-]+(?:ignore|off|on)\b)"
_BEGINS = expression(_OURS)
_LINE = expression(rf"(?:^|(?<=\r))[ \t]*(#+[ \t]*({_OURS}[^\r\n]*))", re.MULTILINE)
_TRAILING = expression(rf"(?:^|(?<=[ \t\r]))(#+[ \t]*({_OURS}[^\r\n]*))", re.MULTILINE)


def says(comment: str) -> str | None:
    """What a comment (without its marks) says to replylint, or None where it isn't meant for it."""
    words = comment.strip("-~+#!* \t\r\n")
    return " ".join(words.split()) if _BEGINS.match(words) else None


def plain(text: str) -> list[Found]:
    """The comments of a plain text: lines of their own that begin with `#`, and those of templates."""
    found = [Found(*match.span(1), match[2].rstrip()) for match in _LINE.finditer(text)]
    return sorted((*found, *template(text)), key=lambda each: each.start)


_STRINGS = r""""[^"\n]{0,300}+"|'[^'\n]{0,300}+'"""
_TEMPLATE = expression(
    r"(?P<raw>\{%[-+]?\s{0,9}(?P<kind>raw|verbatim)\s{0,9}[-+]?%\})"
    r"|(?P<liquid>\{%[-+~]?\s{0,9}comment\b[^%]{0,100}%\})"
    r"|(?P<handlebars>\{\{~?!--)|(?P<mustache>\{\{~?!)|(?P<blade>\{\{--)"
    # What is printed, and control tags: their strings may hold anything.
    rf"|\{{\{{(?:{_STRINGS}|[^{{}}\"']){{1,600}}+\}}\}}|\{{%(?:{_STRINGS}|[^%{{}}\"']){{1,600}}+%\}}"
    r"|(?P<jinja>\{#)|(?P<erb><%#)|(?P<smarty>\{\*)"
)
_CLOSED_BY = {
    "liquid": expression(r"\{%[-+~]?\s{0,9}endcomment\s{0,9}[-+~]?%\}"),
    "handlebars": expression(r"--~?\}\}"),
    "mustache": expression(r"\}\}"),
    "blade": expression(r"--\}\}"),
    "jinja": expression(r"#\}"),
    "erb": expression(r"%>"),
    "smarty": expression(r"\*\}"),
}
_RAW_ENDS = {kind: expression(rf"\{{%[-+]?\s{{0,9}}end{kind}\s{{0,9}}[-+]?%\}}") for kind in ("raw", "verbatim")}


def template(text: str) -> list[Found]:
    """The comments of template systems; those in strings and in what a template prints as it is are none."""
    found = []
    never: set[str] = set()  # what doesn't close any more
    at = 0
    while (match := _TEMPLATE.search(text, at)) is not None:
        at = match.end()
        kind = match.lastgroup
        if kind is None or kind in never:
            continue
        raw = match["kind"]
        end = (_RAW_ENDS[raw] if raw else _CLOSED_BY[kind]).search(text, at)
        if end is None:
            never.add(kind)
            continue
        if not raw and (words := says(text[at : end.start()])) is not None:
            found.append(Found(match.start(), end.end(), words))
        at = end.end()
    return found


class Taken(NamedTuple):
    """A text without its comments, its map to the file, and the comments."""

    text: str
    map: SourceMap
    comments: tuple[Comment, ...]


def taken(text: str, pieces: SourceMap, found: Sequence[Found], file: str, start: int = 0) -> Taken:
    """`text`, mapped by `pieces` to the text of the `file`, without the comments found from `start` on; those before
    are only placed. A comment alone in its line takes the line with it, another one of the spaces around it."""
    lines = _Lines(text, found)
    builder = MapBuilder()
    comments: list[Comment] = []
    done = 0
    for number, each in enumerate(found):
        removal = lines.removal(number, done if each.start >= start else 0)
        comments.append(
            Comment(
                each.words,
                pieces.to_source(Span(each.start, each.end)),
                pieces.to_source(lines.line(number)),
                pieces.to_source(Span(each.start, lines.below[number])),
                _in_file(file, pieces.to_source(removal)) if _removable(pieces, removal) else None,
                lines.alone(number),
            )
        )
        if each.start >= start:
            copied(builder, text, pieces, done, removal.start)
            done = removal.end
    copied(builder, text, pieces, done)
    return Taken(*builder.build(), tuple(comments))


def placed(text: str, found: Sequence[Found], end_of: Callable[[Span], int]) -> tuple[Comment, ...]:
    """The comments of a structured file in which `#` begins one; `end_of` says where what begins in a line ends."""
    lines = _Lines(text, found, passed=lambda line: not line.strip() or line.lstrip()[0] == "#")
    comments = []
    for number, each in enumerate(found):
        line = lines.line(number)
        last = lines.last(number)
        removal = lines.removal(number, 0)
        if not lines.alone(number):  # white space before it says nothing
            removal = Span(line.start + len(text[line.start : each.start].rstrip(" \t")), each.end)
        comments.append(
            Comment(
                each.words,
                Span(each.start, each.end),
                Span(line.start, end_of(line)),
                Span(each.start, max(each.end, end_of(last))),
                removal,
                lines.alone(number),
            )
        )
    return tuple(comments)


def _in_file(file: str, span: Span) -> Span:
    """What to delete in a file: of a line that goes as a whole also the indentation, which a block of YAML has."""
    if not file[span.start : span.end].endswith(("\n", "\r")):
        return span
    start = span.start
    while start and file[start - 1] in " \t":
        start -= 1
    return Span(start, span.end) if not start or file[start - 1] in "\r\n" else span


def _removable(pieces: SourceMap, span: Span) -> bool:
    """Whether the file has a range that holds exactly this one of the text."""
    first = max(0, bisect_right(pieces.pieces, span.start, key=lambda piece: piece.text.start) - 1)
    touched = []
    for piece in pieces.pieces[first:]:
        if piece.text.start >= span.end:
            break
        if piece.text.overlaps(span):
            touched.append(piece)
    whole = all(piece.verbatim or span.contains(piece.text) for piece in touched)
    return bool(touched) and whole and all(left.source.end == right.source.start for left, right in pairwise(touched))


_LINE_END = expression(r"\r\n|\r|\n")


class _Lines:
    """The lines around the comments of a text."""

    def __init__(
        self, text: str, found: Sequence[Found], passed: Callable[[str], bool] = lambda line: not line.strip()
    ) -> None:
        self.text = text
        self.found = found
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self.below = [0] * len(found)
        self._filled: dict[int, Span] = {}
        ours: dict[int, int] = {}  # the first line of a comment that is alone there: its number
        for number in reversed(range(len(found))):
            at = self._line(max(found[number].start, found[number].end - 1)) + 1
            while at < len(self.starts) and at not in ours and passed(text[self.starts[at] : self._end(at)]):
                at += 1
            if at in ours:
                self.below[number] = self.below[ours[at]]
            else:
                self.below[number] = self._end(min(at, len(self.starts) - 1))
            if self.alone(number):
                ours[self._line(found[number].start)] = number

    def _line(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def _end(self, line: int) -> int:
        """Where a line ends, without its line end."""
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        while end > self.starts[line] and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _borders(self, number: int) -> tuple[int, int]:
        """The number of the line that a comment begins in, and of the one that it ends in."""
        each = self.found[number]
        return self._line(each.start), self._line(max(each.start, each.end - 1))

    def _words(self, line: int) -> Span:
        """A line without white space around it."""
        if line not in self._filled:
            start, end = self.starts[line], self._end(line)
            words = self.text[start:end]
            first = start + len(words) - len(words.lstrip())
            self._filled[line] = Span(first, max(first, start + len(words.rstrip())))
        return self._filled[line]

    def line(self, number: int) -> Span:
        """The line or lines that a comment stands in."""
        first, last = self._borders(number)
        return Span(self.starts[first], self._end(last))

    def last(self, number: int) -> Span:
        """The line of which a comment speaks, if it speaks of what is below."""
        line = self._line(self.below[number])
        return Span(self.starts[line], self._end(line))

    def alone(self, number: int) -> bool:
        """Whether nothing else stands in a comment's lines."""
        first, last = self._borders(number)
        each = self.found[number]
        return self._words(first).start >= each.start and self._words(last).end <= each.end

    def removal(self, number: int, done: int) -> Span:
        """What goes with a comment; not what has gone already, up to `done`."""
        first, last = self._borders(number)
        each = self.found[number]
        if self.alone(number):
            end = self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text)
            return Span(max(done, self.starts[first]), end)
        before = max(done, self._words(first).start)
        if each.start > before and self.text[each.start - 1] in " \t":
            return Span(each.start - 1, each.end)
        return Span(each.start, each.end + (self.text[each.end : each.end + 1] in (" ", "\t")))


def in_range(text: str, start: int, end: int) -> Iterator[Found]:
    """The comments of a format in which `#` begins one, in a range that holds no strings."""
    for match in _TRAILING.finditer(text, start, end):
        yield Found(*match.span(1), match[2].rstrip())
