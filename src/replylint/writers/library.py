"""Libraries: strings of YAML, JSON, CSV and gettext, each written in the style in which it stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from replylint.expressions import expression
from replylint.readers import csv, html, library, yaml
from replylint.readers.located import Located
from replylint.source import Edit, Source, Span
from replylint.writers import html as markup
from replylint.writers.layer import Edits, Layer, Writer, chain
from replylint.writers.plain import line_end

Encode = Callable[[str, Span], Iterator[Edits]]


def writers(source: Source, described: library.Library | None = None) -> list[Writer]:
    """The writers of a library's drafts. Raises UnreadableError."""
    style = _Style(source)
    encoder = {"json": style.json, "yaml": style.yaml, "csv": style.csv, "po": style.po}[library.format_of(source.path)]
    return [_writer(source, reply, described, encoder(reply.body)) for reply in library.replies(source, described)]


def _writer(source: Source, reply: library.Reply, described: library.Library | None, encode: Encode) -> Writer:
    convert = library.conversion(reply, described)
    string, to_file, _ = library.uncommented(source, reply, described)
    if convert is library.line_ends:
        encode = _two_characters(encode)
    # What a format hides in its strings – escapes, folds, quotes – may go with the words around it.
    outer = Layer(string, source.text, to_file, encode, goes=lambda gap: True)
    if convert is not html.convert:
        return Writer(outer.write)
    text, pieces = html.convert(string)
    inner = markup.layer(
        text, string, pieces, _anything if library.format_of(source.path) == "json" else markup.holds(source)
    )
    return Writer(chain(inner.write, outer.write))


def _anything(words: str) -> bool:
    """JSON can escape whatever the file's encoding lacks."""
    return True


def _two_characters(encode: Encode) -> Encode:
    """Line ends as the two characters „\\n“."""

    def written(words: str, span: Span) -> Iterator[Edits]:
        return encode(words.replace("\r\n", "\n").replace("\n", "\\n"), span)

    return written


_ESCAPED = expression(r"\\u00[0-9a-fA-F]{2}")
_CAPITALS = expression(r"\\u[0-9a-f]*[A-F]")
_BARE_SLASH = expression(r"(?<!\\)/")
_JSON_SIMPLE = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_PO_SIMPLE = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class _Style:
    """How a file writes its strings."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.holds = markup.holds(source)
        self.eol = line_end(source.text)
        # A file that escapes its umlauts goes on doing so, and so does one that escapes its slashes.
        self.ascii = self.text.isascii() and _ESCAPED.search(self.text) is not None
        self.capitals = _CAPITALS.search(self.text) is not None
        self.slash = "\\/" in self.text and _BARE_SLASH.search(self.text) is None

    def unicode(self, char: str) -> str:
        """A character as JSON and YAML escape it."""
        form = "X" if self.capitals else "x"
        units = char.encode("utf-16-be")
        return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04{form}}" for at in range(0, len(units), 2))

    def plainly(self, char: str) -> bool:
        """Whether a character stands in the file as it is."""
        return char.isprintable() and (char.isascii() or (not self.ascii and self.holds(char)))

    def json(self, body: Located) -> Encode:
        """A JSON string."""

        def character(char: str) -> str:
            if char == "/" and self.slash:
                return "\\/"
            return _JSON_SIMPLE.get(char) or (char if self.plainly(char) else self.unicode(char))

        def encode(words: str, span: Span) -> Iterator[Edits]:
            yield (Edit(span, "".join(map(character, words))),)

        return encode

    def po(self, body: Located) -> Encode:
        """A gettext string; where it has a line of its own for each line of the text, new ones get one, too."""
        raw = self.text[body.start : body.end]
        joint = _PO_JOINT.search(raw)
        line = f'\\n"{joint[1]}"' if joint is not None and f'\\n"{joint[1]}"' in raw else "\\n"

        def encode(words: str, span: Span) -> Iterator[Edits]:
            written = "".join(_PO_SIMPLE.get(char, char) for char in words)
            parts = written.split("\\n") if "\n" in words and "\\\\n" not in written else [written]
            if len(parts) > 1 and line != "\\n":
                ends = self.text[span.end : span.end + 1] == '"'
                last = "\\n" if ends and not parts[-1] else ""
                yield (Edit(span, line.join(parts[:-1]) + (last or line + parts[-1])),)
            yield (Edit(span, written),)

        return encode

    def csv(self, body: Located) -> Encode:
        """A cell; one without quotes gets some where its new words need them."""
        if self.text[body.start : body.start + 1] == '"':
            return self._doubled('"')
        delimiter = csv.delimiter(self.text)

        def encode(words: str, span: Span) -> Iterator[Edits]:
            if not any(mark in words for mark in (delimiter, '"', "\r", "\n")):
                yield (Edit(span, words),)
            else:
                cell = self.text[body.start : span.start] + words + self.text[span.end : body.end]
                quoted = cell.replace('"', '""')
                yield (Edit(Span(body.start, body.end), f'"{quoted}"'),)

        return encode

    @staticmethod
    def _doubled(quote: str) -> Encode:
        def encode(words: str, span: Span) -> Iterator[Edits]:
            yield (Edit(span, words.replace(quote, quote * 2)),)

        return encode

    def yaml(self, body: Located) -> Encode:
        """A YAML scalar of any style."""
        mark = self.text[body.start : body.start + 1]
        if mark in ("|", ">"):
            return self._block(body, folded=mark == ">")
        if mark == '"':
            return self._double(body)
        indent = self._indent(body)
        double = self._doubled("'") if mark == "'" else None

        def encode(words: str, span: Span) -> Iterator[Edits]:
            # A line break in the text is a blank line in such a scalar.
            written = words.replace("'", "''") if double is not None else words
            yield (Edit(span, _LINES.sub(lambda ends: self.eol * (len(ends[0]) + 1) + indent, written)),)

        return encode

    def _double(self, body: Located) -> Encode:
        def character(char: str) -> str:
            if char in _JSON_SIMPLE:
                return _JSON_SIMPLE[char]
            if self.plainly(char) or char == "\xa0":
                return char
            return self.unicode(char) if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"

        def encode(words: str, span: Span) -> Iterator[Edits]:
            yield (Edit(span, "".join(map(character, words))),)

        return encode

    def _block(self, body: Located, *, folded: bool) -> Encode:
        indent = " " * yaml.block_lines(self.text, body.start, body.end)[0]

        def lines(words: str, more: int) -> str:
            written = _LINES.sub(lambda ends: self.eol * (len(ends[0]) + more) + indent, words)
            # No blanks in a line that is blank, or that what follows indents anyway.
            return written.removesuffix(indent) if words.endswith("\n") and indent else written

        def encode(words: str, span: Span) -> Iterator[Edits]:
            follows = self.text[span.end : span.end + 1]
            for more in (1, 0) if folded else (0,):
                written = lines(words, more)
                if words.endswith("\n") and follows not in ("", "\r", "\n"):
                    written += indent
                yield (Edit(span, written),)

        return encode

    def _indent(self, body: Located) -> str:
        """The indentation of a flow scalar's further lines: that of its second line, or two more than its key's."""
        second = _SECOND.search(self.text, body.start, body.end)
        if second is not None:
            return second[1]
        position = self.source.position(body.start)
        line = self.text[body.start - position.column + 1 : body.start]
        lead = _LEAD.match(line)
        return " " * (len(lead[0]) + 2 if lead else 2)


_PO_JOINT = expression(r'"([ \t]*(?:\r\n|\r|\n)[ \t]*)"')
_LINES = expression(r"\n+")
_SECOND = expression(r"(?:\r\n|\r|\n)([ \t]*)\S")
_LEAD = expression(r"[ ]*(?:- +)*")
