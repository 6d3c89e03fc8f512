"""The lines a reply's writer wrote, in a form that patterns can read.

In: a text, its placeholders, and which of its lines are quoted. Out: the writer's filled lines. In their masked text,
which is as long as the text, placeholders are runs of one of three private characters and markup is blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from replylint.expressions import expression
from replylint.german import history
from replylint.german.placeholders import Placeholder
from replylint.german.sentences import EMOJI, EMOTICON
from replylint.source import Span

FILL = "\ue000"
"""Stands for a placeholder that prints something: a name, a date."""
GREETING = "\ue001"
"""Stands for a placeholder that prints a salutation."""
INCLUDE = "\ue002"
"""Stands for a placeholder that pulls in a header, a footer, a signature."""
ANY = "\ue000-\ue002"
"""All three, to put into a character class."""

UPPER = "A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŇŐŘŚŞŠŤŰŹŻŽ"
"""The capitals that names begin with, to put into a character class."""
FACE = rf"(?:{EMOJI}[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+|{EMOTICON})"
"""A pattern: an emoji or an emoticon."""
TAIL_MARKS = expression(rf"(?>(?:[\s,.!…_\-–—]++|{FACE}|[:;*])*)$")
"""What may follow a salutation or a formula on its line: punctuation, emoji, nothing."""

_HTML_TAG = expression(r"</?(?:p|br|b|strong|i|em|u|div|span|a|h[1-6])(?=[\s/>])[^<>]{0,200}>", re.IGNORECASE)
_MARKS = {"tag": " ", "include": INCLUDE, "salutation": GREETING}


def words(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


def ends_as_prose(text: str) -> bool:
    """Whether a line ends as running text does: with a mark, and no letter or figure after it."""
    for char in reversed(text):
        if char in ".!?:;…":
            return True
        if char.isalnum() or char == "_":
            break
    return False


def is_mark(char: str) -> bool:
    """Whether a character of a masked text stands for a placeholder."""
    return FILL <= char <= INCLUDE


class Line(NamedTuple):
    """A filled line that the writer wrote, without surrounding white space.

    `gap` and `gap_after` say whether a blank or quoted line, or the text's border, stands above and below; `markup`
    whether the line ends with a tag.
    """

    start: int
    end: int
    masked: str
    gap: bool
    gap_after: bool
    markup: bool

    @property
    def span(self) -> Span:
        """The line's range."""
        return Span(self.start, self.end)

    @property
    def visible(self) -> Span:
        """The line's range without markup at its end."""
        return Span(self.start, self.start + len(self.masked.rstrip()) if self.markup else self.end)

    @property
    def lead(self) -> int:
        """How many characters of markup or tags the line begins with."""
        return len(self.masked) - len(self.masked.lstrip())


def mask(text: str, placeholders: Sequence[Placeholder]) -> str:
    """The text with placeholders and markup made visible to patterns, each replaced in its own length."""
    if placeholders:
        parts: list[str] = []
        done = 0
        for placeholder in placeholders:
            span = placeholder.span
            parts += (text[done : span.start], _MARKS.get(placeholder.kind, FILL) * len(span))
            done = span.end
        parts.append(text[done:])
        text = "".join(parts)
    if "<" in text:
        text = _HTML_TAG.sub(lambda match: " " * len(match[0]), text)
    if "\u0308" in text:  # decomposed umlauts: „u¨“ is as long as „ue“
        text = re.sub("([aouAOU])\u0308", r"\1e", text)
    return text


def own_lines(layout: history.Layout, text: str, masked: str) -> list[Line]:
    """The filled, unquoted lines of a text, in order."""
    result: list[Line] = []
    gap = True
    for start, end, quoted in layout.lines:
        if start == end or quoted:
            if not gap:
                result[-1] = result[-1]._replace(gap_after=True)
            gap = True
            continue
        markup = text[end - 1] == ">" and masked[end - 1] == " "
        result.append(Line(start, end, masked[start:end], gap, False, markup))
        gap = False
    if result:
        result[-1] = result[-1]._replace(gap_after=True)
    return result
