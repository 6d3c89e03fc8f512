"""HTML: characters with a meaning become references, a line break `<br>`, a paragraph an element like its neighbour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replylint.expressions import expression
from replylint.german import placeholders
from replylint.readers import html
from replylint.source import Edit, Source, SourceMap, Span
from replylint.writers.layer import Edits, Layer, Writer
from replylint.writers.plain import line_end

Holds = Callable[[str], bool]
"""Whether the file's encoding has the characters of a text."""


def writers(source: Source) -> list[Writer]:
    """The writer of an HTML file's one draft."""
    draft = html.read(source)[0]
    return [Writer(layer(draft.text, source.text, draft.map, holds(source)).write)]


def holds(source: Source) -> Holds:
    """Whether a file's encoding has the characters of a text."""

    def answer(words: str) -> bool:
        try:
            source.encode(words)
        except UnicodeEncodeError:
            return False
        return True

    return answer


def layer(inner: str, outer: str, pieces: SourceMap, has: Holds) -> Layer:
    """The text of HTML, and the HTML."""
    markup = _Markup(outer, has)
    return Layer(inner, outer, pieces, markup.encode, goes=lambda gap: _GOES.fullmatch(gap) is not None)


_GOES = expression(r"\s*|&[#\w]+;?")
_ENTITY = expression(r"&(?:[aouAOU]uml|szlig|(#(?:228|246|252|223|196|214|220)));")
_INLINE = r"(?:span|b|strong|i|em|font|u|a|small|o:p)"
_ENDS = expression(rf"(?:\s*</{_INLINE}\s*>)*\s*</(p|div)\s*>", re.IGNORECASE)
_BEGINS = expression(rf"<(p|div)(?=[\s>])[^<>]*>(?:\s*<{_INLINE}(?=[\s>])[^<>]*>)*\s*\Z", re.IGNORECASE)
_OPENS = expression(r"<(p|div)(?=[\s>])[^<>]*>", re.IGNORECASE)
_SPACE = expression(r"\s*")
_BREAK = expression(r"<br\s*/?>(?:[ \t]*\r?\n[ \t]*)?", re.IGNORECASE)
_BLANK = expression(r"<div[^<>]*>\s*<br\s*/?>\s*</div>", re.IGNORECASE)
_CLOSED = expression(r"<(?:br|img|hr|meta|link)\b[^<>]*/>", re.IGNORECASE)
_ID = expression(r"""\s+id\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_NEAR = 2000


class _Markup:
    """How a piece of HTML is written."""

    def __init__(self, outer: str, has: Holds) -> None:
        self.outer = outer
        self.has = has
        entity = _ENTITY.search(outer) if outer.isascii() else None
        self.referring = entity is not None  # umlauts are always written as references
        self.numbers = entity is not None and entity[1] is not None
        found = _BREAK.search(outer)
        self.line = found[0] if found else "<br/>" if _CLOSED.search(outer) else "<br>"

    def encode(self, words: str, span: Span) -> Iterator[Edits]:
        """The ways to write words in the place of a range."""
        if "\n" not in words:
            yield from ((Edit(span, written),) for written in self.inline(words))
            return
        if not len(span):
            yield from self.paragraphs(words, span.start)
        bare = self.line.strip()
        for line in dict.fromkeys((self.line, bare)):
            for written in self.inline(words):
                yield (Edit(span, written.replace("\n", line)),)
        if not html.is_markup(self.outer):
            for written in self.inline(words):
                yield (Edit(span, written.replace("\n", line_end(self.outer))),)

    def inline(self, words: str) -> list[str]:
        """Words of one line: placeholders as they are, and, if that doesn't read the same, escaped."""
        kept = []
        done = 0
        for found in placeholders.find(words):
            if found.span.start >= done:
                kept += [self.escaped(words[done : found.span.start]), words[found.span.start : found.span.end]]
                done = found.span.end
        kept.append(self.escaped(words[done:]))
        return list(dict.fromkeys(("".join(kept), self.escaped(words))))

    def escaped(self, words: str) -> str:
        """Words with references for what has a meaning, what the encoding lacks, and what the file always writes so."""
        return "".join(self.character(char) for char in words)

    def character(self, char: str) -> str:
        """A character."""
        if char in "&<>":
            return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[char]
        if char.isascii() or (not self.referring and self.has(char)):
            return char
        from html.entities import codepoint2name

        name = None if self.numbers else codepoint2name.get(ord(char))
        return f"&{name};" if name else f"&#{ord(char)};"

    def paragraphs(self, words: str, at: int) -> Iterator[Edits]:
        """The ways to insert whole paragraphs after or before those that end or begin at a place."""
        bare = words.strip("\n")
        if words.startswith("\n\n"):
            ending = _ENDS.match(self.outer, at)
            opening = None
            if ending is not None:
                name = ending[1].lower()
                tags = [tag for tag in _OPENS.finditer(self.outer, max(0, at - _NEAR), at) if tag[1].lower() == name]
                opening = tags[-1] if tags else None
            if ending is not None and opening is not None:
                gap = _SPACE.match(self.outer, ending.end())
                space = gap[0] if gap and self.outer[gap.end() : gap.end() + 2] not in ("", "</") else ""
                space = space or self.space_before(opening.start())
                for written in self.elements(bare, opening[0], opening[1], space):
                    yield (Edit(Span(ending.end(), ending.end()), space + written),)
        elif words.endswith("\n\n"):
            opening = _BEGINS.search(self.outer, max(0, at - _NEAR), at)
            if opening is not None:
                tag = _OPENS.match(self.outer, opening.start())
                assert tag is not None
                space = self.space_before(tag.start())
                for written in self.elements(bare, tag[0], tag[1], space):
                    yield (Edit(Span(tag.start(), tag.start()), written + space),)

    def space_before(self, start: int) -> str:
        """The white space before a tag."""
        before = self.outer[:start]
        return before[len(before.rstrip()) :]

    def elements(self, words: str, tag: str, name: str, space: str) -> Iterator[str]:
        """Paragraphs as elements like the one beside them, parted by blank ones where these write a blank line."""
        tag = _ID.sub("", tag)
        blank = _BLANK.search(self.outer) if name.lower() == "div" else None
        for number in range(len(self.inline(words))):
            parts = [
                f"{tag}{self.inline(part)[min(number, len(self.inline(part)) - 1)]}</{name}>".replace(
                    "\n", self.line.strip()
                )
                for part in words.split("\n\n")
            ]
            if blank is not None:
                whole = f"{space}{blank[0]}{space}".join(parts)
                yield f"{blank[0]}{space}{whole}"
                yield f"{whole}{space}{blank[0]}"
            else:
                yield space.join(parts)
