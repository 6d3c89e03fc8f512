"""Where a missing sentence goes to the letter: blank lines, spaces, and the capital of what it now stands before."""

from __future__ import annotations

from replylint.checks.rewriting import may_be_small
from replylint.draft import Anatomy
from replylint.expressions import expression
from replylint.source import Edit, Span

_BLANK_LINE = expression(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_STOPS = tuple(".!?…:")
_NARROW, _WIDE = 50, 100  # the longest line of a text that was wrapped by hand
_CLOSERS = "\"'“”»)]"


def insertion(text: str, anatomy: Anatomy, place: int, words: str) -> tuple[Edit, ...]:
    """The edits of a draft's text that insert `words` (a sentence or more, without a gap) at an offset; none where they
    would tear a sentence. They begin with a small letter after a salutation with its comma; what follows them then
    begins with a capital."""
    if anatomy.salutation is not None and place <= anatomy.salutation.start:
        return ()  # the salutation is the beginning of the first sentence
    line_end = "\r\n" if "\r\n" in text else "\n"
    words = words.replace("\r\n", "\n").replace("\n", line_end)
    head = text[:place].rstrip()
    tail = text[place:].lstrip()
    opens = not head or _has_line_end(text[len(head) : place])
    closes = not tail or _has_line_end(text[place : len(text) - len(tail)])
    parted = _BLANK_LINE.search(text) is not None or not _has_line_end(text.strip())
    paragraph = line_end * (2 if parted else 1)
    if opens and closes:
        # Nothing stands in the line.
        above = text[len(head) : place].count("\n") if head else 2
        below = text[place : len(text) - len(tail)].count("\n") if tail else 2
        new = line_end * max(0, 2 - above) + words + line_end * max(0, 2 - below)
        return (Edit(Span(place, place), new),)
    if opens:
        edits = []
        if head.endswith(",") and place <= anatomy.body.start and may_be_small(words):
            words = words[0].lower() + words[1:]
        if tail[0].islower() and place <= anatomy.body.start and words.endswith((".", "!", "?")):
            first = len(text) - len(tail)
            edits.append(Edit(Span(first, first + 1), _capital(tail[:2])))
        return (Edit(Span(place, place), words + paragraph), *edits)
    at = len(head)
    if place >= anatomy.body.end and closes:
        return (Edit(Span(at, at), paragraph + words),)
    if head.rstrip(_CLOSERS).endswith(_STOPS):
        return _joined(text, head, tail, place, words, line_end)
    if closes and not head.endswith((",", ";", "-", "–")):
        return (Edit(Span(at, at), paragraph + words),)
    return ()


def _joined(text: str, head: str, tail: str, place: int, words: str, line_end: str) -> tuple[Edit, ...]:
    """The edits that put words after others in a paragraph; where its lines are wrapped, on lines of their own."""
    at = len(head)
    width = _wrapped_at(text, place)
    if not width:
        return (Edit(Span(at, at), f" {words}"),)
    import textwrap

    lines = line_end.join(textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False))
    follows = len(text) - len(tail)
    if tail and not _has_line_end(text[at:follows]):
        return (Edit(Span(at, follows), f"{line_end}{lines}{line_end}"),)
    return (Edit(Span(at, at), line_end + lines),)


def _wrapped_at(text: str, place: int) -> int:
    """How wide the lines of the paragraph at a place are, if they were wrapped by hand, amid sentences; else 0."""
    start = max((match.end() for match in _BLANK_LINE.finditer(text, 0, place)), default=0)
    blank = _BLANK_LINE.search(text, place)
    lines = text[start : blank.start() if blank else len(text)].splitlines()
    longest = max(map(len, lines), default=0)
    amid = [line for line in lines[:-1] if not line.rstrip().endswith((*_STOPS, ",", ";"))]
    return longest if amid and _NARROW <= longest <= _WIDE else 0


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _capital(letters: str) -> str:
    """The first letter as a capital; „iPhone“ keeps its small one."""
    return letters[0] if letters[1:].isupper() else letters[0].upper()
