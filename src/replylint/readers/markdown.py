"""Markdown: its prose, with positions to the code point.

In: CommonMark with tables, as people write it. Out: the same text without what is no prose: marks of emphasis and
headings, link targets, images, tags, comments, code blocks and link definitions. Lines, list marks and quoted lines
(„> …“, history to the linter) stay as they are; headings, list items and table cells never run into what follows.
Inline code stays in its backticks, which the linter takes for a quotation. The reader lists what to leave out or to
replace; all else is verbatim. The time is linear.
"""

from __future__ import annotations

import re

from replylint.draft import Draft
from replylint.expressions import expression
from replylint.german import placeholders
from replylint.readers import plain
from replylint.readers.comments import Found, says, template
from replylint.readers.html import decoded
from replylint.readers.mapping import MapBuilder
from replylint.source import Cover, Source, SourceMap, Span


def read(source: Source) -> list[Draft]:
    """The one draft of a Markdown file, which may have front matter. Raises UnreadableError where that is malformed."""
    return [plain.draft(source, convert, comments_in, yaml=True)]


def comments_in(text: str, start: int = 0) -> list[Found]:
    """The comments to replylint in Markdown that begins at `start`, those of templates too; what code shows is none."""
    changes = _Changes(text)
    _blocks(text, start, changes)
    code = Cover(changes.code)
    templates = (
        each for each in template(text) if each.start >= start and not code.overlaps(Span(each.start, each.end))
    )
    return sorted((*changes.comments, *templates), key=lambda each: each.start)


def convert(text: str, start: int = 0) -> tuple[str, SourceMap]:
    """The prose of Markdown that begins at `start`, and its map to `text`. Takes anything."""
    changes = _Changes(text)
    _blocks(text, start, changes)
    return changes.applied(start)


_LINE = expression(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = expression(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*)$")
_FENCE_END = expression(r"[ \t]*(`{3,}|~{3,})[ \t]*$")
_HEADING = expression(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = expression(r" {0,3}(?:=+|-{3,})[ \t]*$")
_RULE = expression(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = expression(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)(\[[ xX]\][ \t]+)?")
_QUOTED = expression(r" {0,3}>")
_DEFINITION = expression(
    r" {0,3}\[(?!\^)[^\[\]\r\n]{1,200}\]:[ \t]*(?:<[^<>\r\n]*>|[^\s<]\S*)(?:[ \t]+[\"'(].*)?[ \t]*$"
)
_FOOTNOTE = expression(r" {0,3}\[\^[^\[\]\s]{1,60}\]:[ \t]*")
_TABLE_RULE = expression(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?$|[ \t]*\|[ \t]*:?-+:?[ \t]*$")
_RAW_BLOCK = expression(r" {0,3}<(script|style)(?=[\s>])", re.IGNORECASE)


class _Changes:
    """What is left out of a text or replaced, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.made: list[tuple[int, int, str]] = []
        self.comments: list[Found] = []  # those to replylint
        self.code: list[Span] = []

    def replace(self, start: int, end: int, words: str = "") -> None:
        """Puts `words` in the place of the range."""
        if start < end or words:
            self.made.append((start, end, words))

    def applied(self, start: int) -> tuple[str, SourceMap]:
        """The text from `start` on with all changes made, and its map."""
        builder = MapBuilder()
        at = start
        for begin, end, words in self.made:
            if begin < at:
                continue  # within a comment that began further up
            builder.verbatim(self.text[at:begin], at)
            builder.derived(words, begin, end)
            at = end
        builder.verbatim(self.text[at:], at)
        return builder.build()


class _Line:
    """A line of a text: its range, and where its line end ends."""

    __slots__ = ("blank", "end", "next", "start", "words")

    def __init__(self, match: re.Match[str]) -> None:
        self.start, self.end = match.span(1)
        self.next = match.end()
        self.words = match[1]
        self.blank = not self.words or self.words.isspace()


def _lines(text: str, start: int) -> list[_Line]:
    lines = [_Line(match) for match in _LINE.finditer(text, start)]
    return lines[:-1] if len(lines) > 1 and lines[-1].start == len(text) else lines


def _blocks(text: str, start: int, changes: _Changes) -> None:
    """Finds the blocks and changes them, line by line."""
    lines = _lines(text, start)
    inline = _Inline(text, start, lines, changes)
    count = len(lines)
    number = 0
    indent = 0  # of the content of the open list item, 0 outside of lists
    while number < count:
        line = lines[number]
        words = line.words
        above_blank = number == 0 or lines[number - 1].blank
        if line.blank:
            number += 1
            continue
        if line.start < inline.hidden_until:
            if line.end <= inline.hidden_until:
                number += 1  # within a comment that began above
            else:
                number = _paragraph(changes, inline, lines, number, None)
            continue
        first = words.lstrip()[0]
        depth = _indentation(words)
        if indent and depth < min(indent, 2) and (above_blank or first in "`~#>") and not _ITEM.match(words):
            indent = 0
        if first in "`~-*+0123456789" and (fence := _FENCE.match(words)) is not None:
            number = _drop(changes, lines, number, _fence_end(lines, number, fence[1] or fence[2]))
        elif depth >= indent + 4 and above_blank and not (indent and _ITEM.match(words)):
            after = number + 1
            while after < count and (lines[after].blank or _indentation(lines[after].words) >= indent + 4):
                after += 1
            while lines[after - 1].blank:
                after -= 1
            number = _drop(changes, lines, number, after)
        elif first == ">" and _QUOTED.match(words):
            number += 1
        elif first == "#" and (heading := _HEADING.match(words)) is not None:
            _part_above(changes, lines, number)
            changes.replace(line.start, line.start + heading.end())
            end = line.start + _heading_end(words, heading.end())
            inline.run(line.start + heading.end(), end)
            changes.replace(end, line.end)
            _part(changes, lines, number)
            number += 1
        elif first in "-*_" and _RULE.match(words):
            number += 1
        elif first == "<" and (raw := _RAW_BLOCK.match(words)) is not None:
            number = _drop(changes, lines, number, _raw_end(lines, number, raw[1]))
        elif first == "[" and _DEFINITION.match(words):
            changes.replace(line.start, line.end)
            number += 1
        elif "|" in words and number + 1 < count and _is_table(lines, number):
            number = _table(changes, inline, lines, number)
        else:
            item = _ITEM.match(words) if first in "-*+0123456789" else None
            if item is not None:
                indent = _indentation(words[: item.end(2)], full=True) + 1
                if item[2][0].isdigit() and number and not _ITEM.match(lines[number - 1].words):
                    _part_above(changes, lines, number)
            number = _paragraph(changes, inline, lines, number, item)


def _indentation(words: str, *, full: bool = False) -> int:
    """The width of a line's white space before its first word, or of all of it, with tabs to the next fourth column."""
    width = 0
    for char in words:
        if char == "\t":
            width += 4 - width % 4
        elif char == " " or full:
            width += 1
        else:
            break
    return width


def _fence_end(lines: list[_Line], number: int, fence: str) -> int:
    """The line after a fenced code block."""
    for after in range(number + 1, len(lines)):
        match = _FENCE_END.match(lines[after].words)
        if match is not None and match[1][0] == fence[0] and len(match[1]) >= len(fence):
            return after + 1
    return len(lines)


def _raw_end(lines: list[_Line], number: int, name: str) -> int:
    """The line after a script or style sheet."""
    closing = f"</{name.lower()}>"
    for after in range(number, len(lines)):
        if closing in lines[after].words.lower():
            return after + 1
    return len(lines)


def _drop(changes: _Changes, lines: list[_Line], number: int, after: int) -> int:
    """Leaves out the lines of code from `number` up to `after`; a blank line remains."""
    changes.code.append(Span(lines[number].start, lines[after - 1].end))
    changes.replace(lines[number].start, lines[after - 1].end)
    if after < len(lines) and not lines[after].blank:
        changes.replace(lines[after - 1].end, lines[after].start, "\n\n")
    return after


def _part(changes: _Changes, lines: list[_Line], number: int) -> None:
    """Sees that a blank line stands below a line."""
    line = lines[number]
    if number + 1 < len(lines) and not lines[number + 1].blank:
        changes.replace(line.end, line.next, "\n\n")


def _part_above(changes: _Changes, lines: list[_Line], number: int) -> None:
    """Sees that a blank line stands above a line."""
    if number and not lines[number - 1].blank:
        changes.replace(lines[number].start, lines[number].start, "\n")


def _heading_end(words: str, start: int) -> int:
    """Where a heading's words end: before closing marks and white space."""
    stripped = words.rstrip(" \t")
    bare = stripped.rstrip("#")
    if len(bare) <= start:
        return start
    return len(bare.rstrip(" \t")) if bare[-1] in " \t" else len(stripped)


def _is_table(lines: list[_Line], number: int) -> bool:
    below = lines[number + 1].words
    return "-" in below and "|" in below and _TABLE_RULE.match(below) is not None


def _table(changes: _Changes, inline: _Inline, lines: list[_Line], number: int) -> int:
    """A table: each cell is a paragraph."""
    _part_above(changes, lines, number)
    rule = number + 1
    after = number
    while after < len(lines) and not lines[after].blank and (after <= rule or "|" in lines[after].words):
        line = lines[after]
        if after == rule:
            changes.replace(line.start, line.end)
        else:
            at = line.start
            done = at
            filled = False
            for match in _CELL.finditer(line.words):
                start, end = line.start + match.start(), line.start + match.end()
                changes.replace(done, start, "\n\n" if filled and done < start else "")
                if start < end:
                    inline.run(start, end)
                    filled = True
                done = end
            changes.replace(done, line.end)
        after += 1
        if after < len(lines) and not lines[after].blank:
            changes.replace(line.end, line.next, "\n\n")
    return after


_CELL = expression(r"[^|\s\\](?:(?:\\.|[^|\\])*(?:\\.|[^|\s\\]))?|\\.(?:(?:\\.|[^|\\])*(?:\\.|[^|\s\\]))?")
_STARTS_BLOCK = "`~>#-*_+|<["


def _paragraph(changes: _Changes, inline: _Inline, lines: list[_Line], number: int, item: re.Match[str] | None) -> int:
    """A paragraph, the first one of a list item too; gives the line after it."""
    first = lines[number]
    start = first.start
    if item is not None:
        if item[4]:
            changes.replace(start + item.start(4), start + item.end(4))
        start += item.end()
    elif (note := _FOOTNOTE.match(first.words)) is not None:
        changes.replace(start, start + note.end())
        start += note.end()
    after = number + 1
    while after < len(lines) and not lines[after].blank:
        words = lines[after].words
        if item is None and _UNDERLINE.match(words) and ("=" in words or after == number + 1):
            inline.run(start, lines[after - 1].end)
            line = lines[after]
            changes.replace(line.start, line.end)
            _part(changes, lines, after)
            return after + 1
        if _interrupts(lines, after, in_list=item is not None):
            break
        after += 1
    inline.run(start, lines[after - 1].end)
    return after


def _interrupts(lines: list[_Line], number: int, *, in_list: bool) -> bool:
    """Whether a line begins a new block though none ended above it."""
    words = lines[number].words
    first = words.lstrip()[0]
    if first.isdigit():
        # „… am⏎12. Mai“ is a wrapped line: only 1 begins a list within a paragraph.
        item = _ITEM.match(words)
        return item is not None and (in_list or item[2][:-1] == "1")
    if first not in _STARTS_BLOCK and "|" not in words:
        return False
    return bool(
        (first in "-*+" and _ITEM.match(words))
        or (first == "#" and _HEADING.match(words))
        or (first == ">" and _QUOTED.match(words))
        or (first in "`~" and _FENCE.match(words))
        or (first in "-*_" and _RULE.match(words))
        or ("|" in words and number + 1 < len(lines) and _is_table(lines, number))
    )


_MARK = expression(r"[\\`*_~!\[\]<&]|(?<![ \t])[ \t]++(?=[\r\n])")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_AUTOLINK = expression(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]{1,2000}|[\w.+\-]{1,100}@[\w.\-]{1,100})>")
_TAG = expression(r"</?([A-Za-z][\w:\-]{0,40})(?:\s(?:[^<>\"']|\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'){0,2000}+)?/?>")
_BLOCK_TAGS = frozenset(
    """
    p div table tr td th ul ol li h1 h2 h3 h4 h5 h6 blockquote section article details summary center dl dt dd hr
    """.split()
)
_TARGET = expression(
    r"\([ \t]*(?:<[^<>\r\n]{0,2000}>"
    r"|(?:\{[{%][^{}\r\n]{0,300}\}{1,2}|[^\s()<\\]|\\.|\((?:[^\s()\\]|\\.){0,500}+\)){0,1000}+)"
    r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,9}\)"
)
_LONGEST_TARGET = 2000
_LABEL = expression(r"\[([^\[\]]{0,200})\]")
_FOOTNOTE_MARK = expression(r"\[\^[^\[\]\s]{1,60}\]")
_ENTITY = expression(r"&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_DEFINED = expression(r"^ {0,3}\[(?!\^)([^\[\]\r\n]{1,200})\]:[ \t]*\S", re.MULTILINE)
_CODE_LIMIT = 160  # inline code of up to this length is a quotation to the linter


class _Inline:
    """What is no prose within paragraphs."""

    def __init__(self, text: str, start: int, lines: list[_Line], changes: _Changes) -> None:
        self.text = text
        self.changes = changes
        self.defined = {_label(match[1]) for match in _DEFINED.finditer(text, start)} if "]:" in text else set()
        spans = [found.span for found in placeholders.find(text) if found.span.start >= start]
        self.placeholders = [(span.start, span.end) for span in spans]
        self.next_placeholder = 0
        self.hidden_until = 0  # where a comment that began in the last paragraph ends
        self.marks: dict[str, int] = {}

    def placeholder(self, at: int) -> int:
        """The end of the placeholder that covers a place, or 0. Asked for in ascending order only."""
        known = self.placeholders
        while self.next_placeholder < len(known) and known[self.next_placeholder][1] <= at:
            self.next_placeholder += 1
        if self.next_placeholder < len(known) and known[self.next_placeholder][0] <= at:
            return known[self.next_placeholder][1]
        return 0

    def next(self, mark: str, start: int) -> int:
        """Where a mark stands next, -1 if nowhere. Asked for in ascending order only."""
        found = self.marks.get(mark, -1)
        if mark not in self.marks or -1 != found < start:
            found = self.marks[mark] = self.text.find(mark, start)
        return found

    def run(self, start: int, end: int) -> None:
        """Changes the range of a paragraph."""
        text = self.text
        changes: list[tuple[int, int, str]] = []
        runs: list[tuple[int, int, bool, bool]] = []
        brackets: list[tuple[int, int]] = []  # opening brackets: their offset, and their length
        codes: dict[int, list[int]] | None = None
        at = max(start, self.hidden_until)
        while (match := _MARK.search(text, at, end)) is not None:
            here = match.start()
            at = match.end()
            mark = match[0][0]
            if covered := self.placeholder(here):
                at = covered
            elif mark in " \t":
                if text[here:at] != " ":
                    changes.append((here, at, ""))
            elif mark == "\\":
                following = text[at : at + 1]
                if at < end and following in _ESCAPABLE:
                    changes.append((here, at, ""))
                    at += 1
                elif following in ("\r", "\n") and at < end:
                    changes.append((here, at, ""))
            elif mark == "`":
                if codes is None:
                    codes = _code_runs(text, here, end)
                at = self.code(here, end, codes, changes)
            elif mark in "*_~":
                while at < end and text[at] == mark:
                    at += 1
                runs.append((here, at, *_flanks(text, here, at, mark)))
            elif mark == "!":
                if at < end and text[at] == "[":
                    brackets.append((here, 2))
                    at += 1
            elif mark == "[":
                note = _FOOTNOTE_MARK.match(text, here, end)
                if note is not None:
                    changes.append((here, note.end(), ""))
                    at = note.end()
                else:
                    brackets.append((here, 1))
            elif mark == "]":
                if brackets:
                    at = self.link(*brackets.pop(), here, end, changes)
            elif mark == "<":
                at = self.tag(here, end, changes)
            else:
                entity = _ENTITY.match(text, here, end)
                words, length = decoded(entity[0]) if entity is not None else ("", 0)
                if length:
                    changes.append((here, here + length, words))
                    at = here + length
        changes += _emphasis(text, runs)
        changes.sort()
        done = start
        for begin, stop, words in changes:
            if begin >= done:
                self.changes.replace(begin, stop, words)
                done = stop

    def code(self, start: int, end: int, codes: dict[int, list[int]], changes: list[tuple[int, int, str]]) -> int:
        """Inline code, or mere backticks; gives where to go on."""
        text = self.text
        after = start
        while after < end and text[after] == "`":
            after += 1
        length = after - start
        waiting = codes.get(length, [])
        while waiting and waiting[-1] < after:
            waiting.pop()
        if not waiting:
            return after
        stop = waiting.pop() + length
        self.changes.code.append(Span(start, stop))
        if length > 1 or stop - start > _CODE_LIMIT or "\n" in text[start:stop]:
            changes.append((start, stop, "`…`"))
        return stop

    def link(self, opening: int, length: int, closing: int, end: int, changes: list[tuple[int, int, str]]) -> int:
        """A link or an image whose text ends at `closing`, or mere brackets; gives where to go on."""
        text = self.text
        after = closing + 1
        target = _TARGET.match(text, after, min(end, after + _LONGEST_TARGET))
        if target is not None:
            after = target.end()
        elif self.defined:
            label = _LABEL.match(text, after, end)
            if label is not None and label[1]:
                if _label(label[1]) not in self.defined:
                    return after
                after = label.end()
            else:
                own = text[opening + length : closing]
                if len(own) > 200 or _label(own) not in self.defined:
                    return after
                after = label.end() if label is not None else after
        else:
            return after
        if length == 2:
            while changes and changes[-1][0] >= opening:
                changes.pop()
            changes.append(self.gone(opening, after))
        else:
            changes.append((opening, opening + 1, ""))
            changes.append((closing, after, ""))
        return after

    def gone(self, start: int, end: int) -> tuple[int, int, str]:
        """Something left out, with one of the two spaces around it."""
        both = self.text[start - 1 : start] == " " == self.text[end : end + 1]
        return start, end + both, ""

    def tag(self, start: int, end: int, changes: list[tuple[int, int, str]]) -> int:
        """A tag, a comment, an autolink, or a mere „<“; gives where to go on."""
        text = self.text
        if text.startswith("<!--", start):
            stop = self.next("-->", start + 2)
            if stop < 0:
                return start + 4
            if (said := says(text[start + 4 : stop])) is not None:
                self.changes.comments.append(Found(start, stop + 3, said))
            stop += 3
            changes.append(self.gone(start, stop))
            self.hidden_until = stop
            return stop
        autolink = _AUTOLINK.match(text, start, end)
        if autolink is not None:
            changes.append((start, start + 1, ""))
            changes.append((autolink.end() - 1, autolink.end(), ""))
            return autolink.end()
        tag = _TAG.match(text, start, end)
        if tag is None:
            return start + 1
        name = tag[1].lower()
        changes.append((start, tag.end(), "\n" if name == "br" else "\n\n" if name in _BLOCK_TAGS else ""))
        return tag.end()


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()


def _code_runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Where runs of backticks stand, by their length, the last one first."""
    found: dict[int, list[int]] = {}
    for match in re.finditer("`+", text[start:end]):
        found.setdefault(len(match[0]), []).append(start + match.start())
    for places in found.values():
        places.reverse()
    return found


def _flanks(text: str, start: int, end: int, mark: str) -> tuple[bool, bool]:
    """Whether a run of marks may open and close emphasis."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    before_space, after_space = before.isspace(), after.isspace()
    before_mark = not before.isalnum() and not before_space
    after_mark = not after.isalnum() and not after_space
    left = not after_space and (not after_mark or before_space or before_mark)
    right = not before_space and (not before_mark or after_space or after_mark)
    if mark == "_":
        return left and (not right or before_mark), right and (not left or after_mark)
    return left, right


def _emphasis(text: str, runs: list[tuple[int, int, bool, bool]]) -> list[tuple[int, int, str]]:
    """The marks of emphasis that have a partner."""
    left = [end - start for start, end, *_ in runs]  # how many marks of each run have no partner yet
    open_runs: dict[str, list[int]] = {}
    for number, (start, end, opens, closes) in enumerate(runs):
        mark = text[start]
        if mark == "~" and end - start > 2:
            continue
        waiting = open_runs.setdefault(mark, [])
        if closes:
            while waiting and left[number]:
                partner = waiting[-1]
                if mark == "~" and left[partner] != left[number]:
                    break
                used = min(left[partner], left[number])
                left[partner] -= used
                left[number] -= used
                if not left[partner]:
                    waiting.pop()
        if opens and left[number]:
            waiting.append(number)
    found = []
    for rest, (start, end, opens, _) in zip(left, runs, strict=True):
        # What is left of an opening run stands outside, before the marks that have a partner.
        if rest < end - start:
            found.append((start + rest, end, "") if opens else (start, end - rest, ""))
    return found
