"""Mails: words in the charset and transfer encoding of their part; base64 is left alone."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from replylint.expressions import expression
from replylint.readers import html, mail
from replylint.source import Edit, Source, SourceMap, Span
from replylint.writers import html as markup
from replylint.writers import plain
from replylint.writers.layer import Edits, Layer, UnwritableError, Write, Writer, chain
from replylint.writers.plain import line_end

LONGEST_LINE = 76
"""Characters in a line of quoted-printable text (RFC 2045)."""


def writers(source: Source) -> list[Writer]:
    """The writer of a mail's one draft. Raises UnreadableError."""
    _, leaves = mail.parts(source)
    parts: list[tuple[Span, Write]] = []
    at = 0
    for leaf in leaves:
        length, part = _part(source, leaf)
        if length:
            at += 2 if parts else 0  # the blank line between parts
            parts.append((Span(at, at + length), part))
            at += length

    def write(edit: Edit) -> Iterator[Edits]:
        for span, part in parts:
            if span.contains(edit.span):
                inner = Edit(Span(edit.span.start - span.start, edit.span.end - span.start), edit.text)
                yield from part(inner)
                return
        raise UnwritableError("place")

    return [Writer(write, line_end(source.text))]


def _part(source: Source, leaf: mail.Leaf) -> tuple[int, Write]:
    """The length of a part's text, 0 where it is blank, and how it is written."""
    words, pieces, _ = mail.uncommented(source, leaf)
    encoded = _Encoded(source, leaf, words)
    coded = Layer(words, source.text, pieces, encoded.encode, goes=lambda gap: True)
    if leaf.html:
        text, inner = html.convert(words)
        write = chain(markup.layer(text, words, inner, encoded.holds).write, coded.write)
    elif leaf.flowed:
        text, inner = mail.unflowed(words, SourceMap.identity(len(words)), leaf.delete_space)
        write = chain(Layer(text, words, inner, _stuffed, goes=lambda gap: True).write, coded.write)
    else:
        text, write = words, coded.write
    return (len(text) if text.strip() else 0), write


def _stuffed(words: str, span: Span) -> Iterator[Edits]:
    """Words of format=flowed: lines that would be taken for quoted ones get a space before them."""
    yield (Edit(span, _STUFFED.sub(r"\1 ", words)),)
    yield from plain.as_it_is(words, span)


_STUFFED = expression(r"(\n)(?=[ >]|From )")
_STRICT = {"": "ascii", "us-ascii": "ascii", "iso-8859-1": "latin-1", "latin1": "latin-1", "iso8859-1": "latin-1"}
_UNITS = expression(r"=[0-9A-F]{2}(?:=[89AB][0-9A-F]){0,3}|\r\n|[^=]")  # the bytes of a character stay together
_LINE_END = expression(r"\r\n|\r|\n")


class _Encoded:
    """A part's charset and transfer encoding."""

    def __init__(self, source: Source, leaf: mail.Leaf, words: str) -> None:
        self.source = source
        self.leaf = leaf
        self.utf = source.encoding.startswith("utf")
        self.charset = self._charset(words)

    def _charset(self, words: str) -> str:
        """The charset that new words have to be in: the declared one, or the one that the part really has."""
        declared = self.leaf.charset.lower()
        raw = self.source.text[self.leaf.start : self.leaf.end]
        if self.leaf.encoding == "quoted-printable":
            for name in ("utf-8", "cp1252"):
                # A wrong label: what stands there decides.
                if not words.isascii() and declared not in ("utf-8", "utf8") and _is_written_in(words, raw, name):
                    return _STRICT.get(declared, declared) if name == "cp1252" and declared in _STRICT else name
        elif not raw.isascii():
            if self.utf:
                return "utf-8"
            data = raw.encode(self.source.encoding, "replace")
            name = mail.charset_of(self.leaf.charset, data).name
            if name == "cp1252" and not any(0x80 <= byte <= 0x9F for byte in data):
                return _STRICT.get(declared, declared) if declared else name  # as it says, since nothing belies it
            return name
        name = _STRICT.get(declared, declared)
        try:
            return codecs.lookup(name).name
        except LookupError:
            return "ascii"

    def holds(self, words: str) -> bool:
        """Whether the charset has the characters."""
        try:
            self._bytes(words)
        except UnwritableError:
            return False
        return True

    def _bytes(self, words: str) -> bytes:
        try:
            return words.encode(self.charset)
        except UnicodeError as error:
            raise UnwritableError("encoding") from error

    def encode(self, words: str, span: Span) -> Iterator[Edits]:
        """The way to write words. Raises UnwritableError where the part can't hold them."""
        if self.leaf.encoding == "base64":
            raise UnwritableError("base64")
        data = self._bytes(words)
        if self.leaf.encoding == "quoted-printable":
            yield (Edit(span, self._quoted_printable(data, span)),)
            return
        raw = self.source.text[self.leaf.start : self.leaf.end]
        if not data.isascii() and raw.isascii() and self.leaf.encoding not in ("8bit", "binary", "8-bit"):
            raise UnwritableError("encoding")  # a part that is announced as ASCII stays so
        try:
            yield (Edit(span, data.decode("utf-8" if self.utf else self.source.encoding)),)
        except UnicodeDecodeError as error:
            raise UnwritableError("encoding") from error

    def _quoted_printable(self, data: bytes, span: Span) -> str:
        """Bytes in quoted-printable, in lines that are short enough together with what stands around them."""
        end = line_end(self.source.text)
        text = self.source.text
        column = self.source.position(span.start).column - 1
        tail = _LINE_END.split(text[span.end : span.end + LONGEST_LINE + 2], maxsplit=1)[0]
        units = _UNITS.findall(_quoted(data, end_of_line=not tail).replace("\n", "\r\n"))
        result = []
        for number, unit in enumerate(units):
            if unit == "\r\n":
                result.append(end)
                column = 0
                continue
            last = number + 1 == len(units) or units[number + 1] == "\r\n"
            room = LONGEST_LINE - (not (last and not (number + 1 == len(units) and tail)))
            if column + len(unit) > room:
                result.append(f"={end}")
                column = 0
            result.append(unit)
            column += len(unit)
        if tail and column + len(tail) > LONGEST_LINE:
            result.append(f"={end}")
        return "".join(result)


def _quoted(data: bytes, *, end_of_line: bool) -> str:
    """Bytes in quoted-printable, line feeds as they are, without the folding of lines."""
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    written = []
    for number, line in enumerate(lines):
        shown = "".join(
            chr(byte) if (0x20 <= byte <= 0x7E and byte != 0x3D) or byte == 9 else f"={byte:02X}" for byte in line
        )
        if shown[-1:] in (" ", "\t") and (number + 1 < len(lines) or end_of_line):
            shown = f"{shown[:-1]}={line[-1]:02X}"
        written.append(shown)
    return "\n".join(written)


def _is_written_in(words: str, raw: str, name: str) -> bool:
    """Whether the first character that isn't ASCII is written in that charset."""
    first = next(char for char in words if not char.isascii())
    try:
        code = "".join(f"={byte:02X}" for byte in first.encode(name))
    except UnicodeEncodeError:
        return False
    return code in raw.upper() or first in raw
