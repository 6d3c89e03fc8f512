"""Text for people's eyes: what may be shown, how wide it is, how it wraps, what colour it has. No dependencies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_STYLES = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}

_ZWJ = "\u200d"
_TAB = 4


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in colour, or plainly."""

    color: bool

    def __call__(self, text: str, *styles: str) -> str:
        """`text`, styled by those names where colour is on."""
        if not self.color or not styles or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"


@dataclass(frozen=True, slots=True)
class Cell:
    """One character as it is shown: what the reader sees, its columns, and the code points it stands for."""

    text: str
    width: int
    start: int
    end: int


def _shown(char: str, column: int) -> tuple[str, int]:
    """A code point as a terminal may have it, and its width; nothing that moves the cursor or hides text passes."""
    code = ord(char)
    if 0x20 <= code < 0x7F:
        return char, 1
    if char == "\t":
        width = _TAB - column % _TAB
        return " " * width, width
    if code < 0x20:
        return chr(0x2400 + code), 1
    if code == 0x7F:
        return "␡", 1
    if 0xA0 < code < 0x300 and code != 0xAD:
        return char, 1
    category = unicodedata.category(char)
    if category == "Cc":
        return f"‹{code:02X}›", 4
    if category in ("Zl", "Zp"):
        return "↵", 1
    if category == "Zs":
        return (char, 2) if code == 0x3000 else (" ", 1)
    if category == "Cs":
        return "\ufffd", 1
    if category in ("Mn", "Me") or 0x1160 <= code <= 0x11FF:
        return char, 0
    if category == "Cf":
        # Direction marks could turn a line around; the other format characters are invisible.
        visible = unicodedata.bidirectional(char) not in ("BN", "") or code in (0x200E, 0x200F, 0x061C)
        mark = f"‹{code:04X}›" if visible else ""
        return mark, len(mark)
    return char, 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str, offset: int = 0) -> list[Cell]:
    """`text` (one line of it) character by character as shown; the offsets begin at `offset`."""
    if text.isascii() and text.isprintable():
        return [Cell(char, 1, number, number + 1) for number, char in enumerate(text, offset)]
    result: list[Cell] = []
    column = 0
    joined = False
    for number, char in enumerate(text, offset):
        code = ord(char)
        if char == _ZWJ and result and result[-1].width == 2:
            shown, width, joined = char, 0, True
        elif joined or (0x1F3FB <= code <= 0x1F3FF and result and result[-1].width == 2):
            shown, width, joined = _shown(char, column)[0], 0, False
        else:
            shown, width = _shown(char, column)
        if result and width == 0:
            last = result[-1]
            # The variation selector for emoji makes a narrow symbol wide.
            wider = 2 if code == 0xFE0F and last.width == 1 and ord(last.text[0]) > 0xFF else last.width
            column += wider - last.width
            result[-1] = Cell(last.text + shown, wider, last.start, number + 1)
        else:
            result.append(Cell(shown, width, number, number + 1))
            column += width
    return result


def clean(text: str) -> str:
    """`text` as it may be shown on one line: no control characters, no line ends, nothing that turns it around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(cell.text for cell in cells(" ".join(text.splitlines())))


def width_of(text: str) -> int:
    """How many columns `text` takes."""
    return len(text) if text.isascii() else sum(cell.width for cell in cells(text))


Word = tuple[str, tuple[str, ...]]
"""A word and the names of its styles."""


def words(text: str, *styles: str) -> Iterator[Word]:
    """The words of `text`, cleaned, all in the same style; spaces that don't break stay."""
    return ((word, styles) for word in clean(text).split(" ") if word)


def wrap(parts: Iterable[Word], width: int, pen: Pen) -> list[str]:
    """Lines of at most `width` columns; a word that is too long by itself is broken."""
    lines: list[list[Word]] = [[]]
    column = 0
    for word, styles in parts:
        rest = word
        size = width_of(rest)
        if lines[-1] and column + 1 + size > width:
            lines.append([])
            column = 0
        while size > width:
            head = _head(rest, width)
            lines[-1].append((head, styles))
            lines.append([])
            rest = rest[len(head) :]
            size = width_of(rest)
        column += size + bool(lines[-1])
        lines[-1].append((rest, styles))
    return [_join(line, pen) for line in lines if line]


def _head(word: str, width: int) -> str:
    column = 0
    for cell in cells(word):
        column += cell.width
        if column > width:
            return word[: max(cell.start, 1)]
    return word


def _join(line: Sequence[Word], pen: Pen) -> str:
    result: list[str] = []
    run: list[str] = []
    style: tuple[str, ...] = ()
    for word, styles in line:
        if run and styles != style:
            result.append(pen(" ".join(run), *style))
            run = []
        style = styles
        run.append(word)
    result.append(pen(" ".join(run), *style))
    return " ".join(result)
