"""Mails (`.eml`): the text that the newest writer sent, with positions in the file as it is.

In: a decoded file. Out: one draft with the mail's subject, and the recipient's name as the fact `customer`. Of
alternatives the plain text is read, HTML where it is
alone; attachments and attached messages are left alone. Quoted-printable maps character by character, a base64 part as
a whole. Which of the text is history, and who wrote it, is the linter's to find out. What is broken is read as far as
it goes; a mail of which nothing can be read is a failure that says why.

A file that isn't UTF-8 was decoded byte by byte. Its parts are decoded anew, each as it says: a character that reads
the same in both is verbatim, any other maps to the characters that stand for its bytes.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from replylint.draft import MARK, Comment, Draft
from replylint.expressions import expression
from replylint.readers import comments, html
from replylint.readers.mapping import MapBuilder, chained, copied
from replylint.source import Source, SourceMap, UnreadableError


def read(source: Source) -> list[Draft]:
    """The one draft of a mail. Raises UnreadableError where nothing of it can be read."""
    top, leaves = parts(source)
    builder = MapBuilder()
    found: list[Comment] = []
    for leaf in leaves:
        words, pieces, its_comments = _text(source, leaf)
        found += its_comments
        if not words.strip():
            continue
        if len(builder):
            builder.derived("\n\n", builder.source_end, builder.source_end)
        copied(builder, words, pieces)
    words, pieces = builder.build()
    if not words.strip():
        raise UnreadableError("is a mail without any text")
    if "\x00" in words:
        raise UnreadableError("is not text (it holds binary data)")
    customer = _recipient(source, top)
    facts = {"customer": customer} if customer else {}
    return [Draft(source, words, pieces, subject=_subject(source, top), facts=facts, comments=tuple(found))]


def parts(source: Source) -> tuple[Entity, list[Leaf]]:
    """A mail and its parts that are read. Raises UnreadableError where there are none."""
    text = source.text
    top = _entity(text, _beginning(text), len(text))
    if not top.headers:
        raise UnreadableError("is no mail: it doesn't begin with a header such as “Subject: …”")
    walk = _Walk(text)
    leaves = walk.leaves(top, 0)
    if not leaves:
        raise UnreadableError(walk.reason())
    return top, leaves


_LINE = expression(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FIELD = expression(r"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\r\n]*)")
_PARAMETER = expression(r""";\s*([\w.%'-]+(?:\*\d{0,3}\*?)?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s;"]+))""")
_BOUNDARY_END = expression(r"(--)?[ \t]*(?=\r|\n|\Z)")
_LOOKS_LIKE_BOUNDARY = expression(r"^--([^\s-][^\r\n]{0,200}?|-[^\r\n]{1,200}?)[ \t]*\r?\n(?=Content-)", re.MULTILINE)
_DEEPEST = 30  # nested multiparts
_MOST_PARTS = 5_000
_SEEN_TYPES = 6  # named in a failure


@dataclass(frozen=True, slots=True)
class Entity:
    """A mail or a part of one: its headers by lower-case name, the first of each, and the range of its body."""

    headers: dict[str, str]
    start: int
    end: int

    def header(self, name: str) -> tuple[str, dict[str, str]]:
        """A structured header: its value in lower case, and its parameters."""
        raw = self.headers.get(name, "")
        value = raw.partition(";")[0].strip().lower()
        joined: dict[str, str] = {}
        for match in _PARAMETER.finditer(raw[:10_000]):
            key = match[1].lower().partition("*")[0]
            words = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
            joined[key] = joined.get(key, "") + words if "*" in match[1] else words
        return value, joined


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds text to be read."""

    html: bool
    start: int
    end: int
    encoding: str
    charset: str
    flowed: bool
    delete_space: bool


def _beginning(text: str) -> int:
    """Where the header begins: after blank lines and an mbox's first line."""
    at = len(text) - len(text.lstrip())
    match = _LINE.match(text, at)
    if match is not None and text.startswith(("From ", ">From "), at):
        return match.end()
    return at


def _entity(text: str, start: int, end: int) -> Entity:
    """The header and the body in a range; what is no header line begins the body."""
    headers: dict[str, str] = {}
    last: str | None = None
    folded: list[str] = []
    at = start
    while at < end:
        line = _LINE.match(text, at, end)
        assert line is not None
        words = line[1]
        if not words:
            at = line.end()
            break
        if words[0] in " \t":
            if last is None and words.strip():
                break
            folded.append(words.strip())
        else:
            field = _FIELD.match(words)
            if field is None:
                break
            if last is not None:
                headers.setdefault(last, " ".join(folded))
            last, folded = field[1].lower(), [field[2].strip()]
        at = line.end()
    if last is not None:
        headers.setdefault(last, " ".join(folded))
    return Entity(headers, at, end)


class _Walk:
    """Looks for the parts to read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen: list[str] = []  # the types of parts that can't be read
        self.trouble = ""
        self.count = 0

    def reason(self) -> str:
        """Why nothing can be read."""
        if self.trouble:
            return self.trouble
        types = list(dict.fromkeys(self.seen))
        return f"is a mail without readable text (it holds {', '.join(types[:_SEEN_TYPES]) or 'no parts'})"

    def leaves(self, entity: Entity, depth: int, default: str = "text/plain") -> list[Leaf]:
        """The parts to read of an entity, in order."""
        kind, parameters = entity.header("content-type")
        if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
            kind = default if kind in ("", "text") else kind
        disposition, its_parameters = entity.header("content-disposition")
        if kind.startswith("multipart/"):
            return self.multipart(entity, kind, parameters.get("boundary", ""), depth)
        attached = disposition == "attachment" or "filename" in its_parameters or "name" in parameters
        if kind not in ("text/plain", "text/html", "application/xhtml+xml") or (attached and depth):
            self.seen.append(kind[:60] or "something unknown")
            return []
        return [
            Leaf(
                kind != "text/plain",
                entity.start,
                entity.end,
                entity.headers.get("content-transfer-encoding", "").split(";")[0].strip().lower(),
                parameters.get("charset", "").strip(" '\""),
                kind == "text/plain" and parameters.get("format", "").lower() == "flowed",
                parameters.get("delsp", "").lower() == "yes",
            )
        ]

    def multipart(self, entity: Entity, kind: str, boundary: str, depth: int) -> list[Leaf]:
        """The parts to read of a multipart entity."""
        if depth >= _DEEPEST:
            self.trouble = "is a mail whose parts are nested too deeply"
            return []
        if kind == "multipart/encrypted":
            self.seen.append(kind)
            return []
        ranges = self.parts(entity, boundary) if boundary else []
        if not ranges:
            guess = _LOOKS_LIKE_BOUNDARY.search(self.text, max(0, entity.start - 1), entity.end)
            ranges = self.parts(entity, guess[1]) if guess is not None else []
        if not ranges:
            self.trouble = f"is a broken mail: the boundary “{boundary[:80]}” between its parts is missing"
            return []
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        found: list[list[Leaf]] = []
        for start, end in ranges:
            self.count += 1
            if self.count > _MOST_PARTS:
                break
            leaves = self.leaves(_entity(self.text, start, end), depth + 1, default)
            if leaves:
                found.append(leaves)
                if kind in ("multipart/related", "multipart/signed", "multipart/report"):
                    break
        if kind == "multipart/alternative":
            plain = (leaves for leaves in found if any(not leaf.html and self.filled(leaf) for leaf in leaves))
            html_only = [leaves for leaves in found if any(leaf.html for leaf in leaves)]
            return next(plain, None) or (html_only[-1] if html_only else found[0] if found else [])
        return [leaf for leaves in found for leaf in leaves]

    def filled(self, leaf: Leaf) -> bool:
        """Whether a part holds more than white space."""
        raw = self.text[leaf.start : min(leaf.end, leaf.start + 2000)]
        if leaf.encoding == "quoted-printable":
            raw = re.sub(r"=(?:20|09|0A|0D|A0|C2|[ \t]*[\r\n])", "", raw, flags=re.IGNORECASE)
        return bool(raw.strip())

    def parts(self, entity: Entity, boundary: str) -> list[tuple[int, int]]:
        """The ranges between the boundaries of a multipart body; a missing last one is made up for."""
        text, mark = self.text, "--" + boundary
        ranges: list[tuple[int, int]] = []
        begin = -1
        at = text.find(mark, entity.start, entity.end)
        while at >= 0:
            ending = _BOUNDARY_END.match(text, at + len(mark), entity.end)
            if ending is not None and (at == entity.start or text[at - 1] in "\r\n"):
                if begin >= 0:
                    ranges.append((begin, _before_line_end(text, begin, at)))
                line = _LINE.match(text, ending.end(), entity.end)
                begin = line.end() if line is not None else ending.end()
                if ending[1]:
                    return ranges
            at = text.find(mark, at + len(mark), entity.end)
        if begin >= 0:
            ranges.append((begin, entity.end))
        return ranges


def _before_line_end(text: str, start: int, end: int) -> int:
    """Without the line end before a boundary, which belongs to the boundary."""
    if end - start >= 2 and text.startswith("\r\n", end - 2):
        return end - 2
    return max(start, end - 1)


# The text of a part


def _text(source: Source, leaf: Leaf) -> tuple[str, SourceMap, tuple[Comment, ...]]:
    """The text of a part, where it stands in the file, and its comments to replylint."""
    words, pieces, found = uncommented(source, leaf)
    if leaf.html:
        seen, inner = html.convert(words)
        return seen, chained(seen, inner, pieces), found
    if leaf.flowed:
        words, pieces = unflowed(words, pieces, leaf.delete_space)
    return words, pieces, found


def uncommented(source: Source, leaf: Leaf) -> tuple[str, SourceMap, tuple[Comment, ...]]:
    """A part as `content` gives it, without its comments to replylint, and these."""
    words, pieces = content(source, leaf)
    if MARK not in words:
        return words, pieces, ()
    in_words = html.comments_in(words) if leaf.html else comments.plain(words)
    without = comments.taken(words, pieces, in_words, source.text)
    return without.text, without.map, without.comments


_NO_BASE64 = expression(r"[^A-Za-z0-9+/=\s]|[^\s=][ \t]+[^\s=]")


def content(source: Source, leaf: Leaf) -> tuple[str, SourceMap]:
    """A part without its transfer encoding and charset."""
    text = source.text
    start, end = leaf.start, leaf.end
    builder = MapBuilder()
    encoding = leaf.encoding
    if encoding == "base64" and _NO_BASE64.search(text, start, min(end, start + 2000)):
        encoding = "8bit"  # mislabelled
    if encoding == "base64":
        body = text[start:end]
        data = _base64(body)
        charset = charset_of(leaf.charset, data)
        words = data.decode(charset.name, "replace")
        builder.derived(words, start + len(body) - len(body.lstrip()), start + len(body.rstrip()))
    elif encoding == "quoted-printable":
        raw = text[start:end].encode("utf-8" if source.encoding.startswith("utf") else source.encoding, "replace")
        data = binascii.a2b_qp(raw)
        charset = charset_of(leaf.charset, data)
        if charset.by_character:
            _quoted_printable(source, start, end, charset, builder)
        else:
            builder.derived(data.decode(charset.name, "replace"), start, end)
    elif encoding in ("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "utf-8"):
        part = text[start:end]
        data = b"" if source.encoding.startswith("utf") or part.isascii() else part.encode(source.encoding)
        charset = charset_of(leaf.charset, data)
        if charset.by_character or not data:
            _plain(source, start, end, charset, builder)
        else:
            builder.derived(data.decode(charset.name, "replace"), start, end)
    else:
        raise UnreadableError(f"has a part in the transfer encoding “{encoding[:60]}”, which replylint can't read")
    return builder.build()


def _base64(body: str) -> bytes:
    """The bytes of base64 text, of a truncated one as far as it goes."""
    clean = re.sub(r"[^A-Za-z0-9+/]", "", body)
    rest = len(clean) % 4
    if rest == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + "=" * (-len(clean) % 4))


_ENCODED = expression(r"(?:=[0-9A-Fa-f]{2}|=[ \t]*(?:\r\n|\r|\n|\Z))+")
_BYTE = expression(r"=([0-9A-Fa-f]{2})")
_LINE_TAIL = expression(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")


def _quoted_printable(source: Source, start: int, end: int, charset: Charset, builder: MapBuilder) -> None:
    """Adds the text of a quoted-printable part."""
    text = source.text
    at = start

    def literal(stop: int) -> None:
        done = at
        for tail in _LINE_TAIL.finditer(text, at, stop):
            if tail.end() < stop or stop == end:  # white space at a line's end is none of the text
                _plain(source, done, tail.start(), charset, builder)
                done = tail.end()
        _plain(source, done, stop, charset, builder)

    for run in _ENCODED.finditer(text, start, end):
        literal(run.start())
        at = run.end()
        found = list(_BYTE.finditer(text, run.start(), run.end()))
        number = 0
        for char, length in charset.characters(bytes(int(match[1], 16) for match in found)):
            builder.derived(char, found[number].start(), found[number + length - 1].end())
            number += length
    literal(end)


_NOT_ASCII = expression(r"[^\x00-\x7f]+")


def _plain(source: Source, start: int, end: int, charset: Charset, builder: MapBuilder) -> None:
    """Adds text that stands in the file without transfer encoding."""
    text = source.text
    if source.encoding.startswith("utf") or charset.name == source.encoding:
        builder.verbatim(text[start:end], start)
        return
    at = start
    for run in _NOT_ASCII.finditer(text, start, end):
        builder.verbatim(text[at : run.start()], at)
        at = run.start()
        for char, length in charset.characters(run[0].encode(source.encoding)):
            if char == text[at : at + length]:
                builder.verbatim(char, at)
            else:
                builder.derived(char, at, at + length)
            at += length
    builder.verbatim(text[at:end], at)


@dataclass(frozen=True, slots=True)
class Charset:
    """A charset as Python knows it. `by_character`: ASCII stands for itself, every character has its own bytes."""

    name: str
    by_character: bool

    def characters(self, data: bytes) -> Iterator[tuple[str, int]]:
        """The characters of a run of bytes, and how many bytes each takes; always covers all of them."""
        if self.name == "utf-8":
            for char in data.decode("utf-8", "surrogateescape"):
                if "\udc80" <= char <= "\udcff":  # not UTF-8, so what it most often is
                    yield bytes((ord(char) - 0xDC00,)).decode("cp1252", "replace"), 1
                else:
                    yield char, len(char.encode("utf-8"))
        else:
            for char in data.decode(self.name, "replace"):
                yield char, 1


_WINDOWS = frozenset(
    "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 us-ascii ascii ansi ansi_x3.4-1968 unknown-8bit x-unknown unknown"
    " default 8bit windows-1252 cp1252 cp-1252 x-user-defined".split()
)


def charset_of(declared: str, data: bytes) -> Charset:
    """The charset of some bytes. A single-byte one that is declared though the bytes are good UTF-8 is a wrong label.
    Raises UnreadableError for an unknown one."""
    name = declared.lower()
    if name in _WINDOWS or not name:
        codec = "cp1252"
    else:
        try:
            if len(name) > 40 or not name.isascii():
                raise LookupError
            "a".encode(name)  # not every codec is one for text
            codec = name
        except (LookupError, ValueError) as error:
            raise UnreadableError(f"declares the unknown encoding “{declared[:60]}”") from error
        if name in ("utf8", "utf_8", "utf-8", "u8"):
            return Charset("utf-8", True)
    if not _is_single_byte(codec):
        return Charset(codec, False)
    if not data.isascii():
        try:
            data.decode("utf-8")
            return Charset("utf-8", True)
        except UnicodeDecodeError:
            pass
    return Charset(codec, True)


def _is_single_byte(codec: str) -> bool:
    ascii_bytes = bytes(range(128))
    try:
        return (
            ascii_bytes.decode(codec, "replace") == ascii_bytes.decode("ascii")
            and len(bytes(range(256)).decode(codec, "replace")) == 256
        )
    except ValueError:
        return False


def unflowed(text: str, pieces: SourceMap, delete_space: bool) -> tuple[str, SourceMap]:
    """Text of format=flowed (RFC 3676): stuffed spaces go, and lines that were only wrapped are joined. Quoted lines
    are history and stay as they are."""
    builder = MapBuilder()
    lines = [match for match in _LINE.finditer(text) if match[0]]
    done = 0
    for number, line in enumerate(lines):
        start, end = line.span(1)
        quoted = line[1].startswith(">")
        if line[1].startswith(" "):
            copied(builder, text, pieces, done, start)
            done = start + 1
        if quoted or not line[1].endswith(" ") or line[1].removeprefix(" ") == "-- " or number + 1 == len(lines):
            continue
        below = lines[number + 1][1]
        if below.startswith(">") or not below.strip() or below.removeprefix(" ") == "-- ":
            continue
        copied(builder, text, pieces, done, max(done, end - delete_space))
        done = line.end()
    copied(builder, text, pieces, done)
    return builder.build()


# The header

_ENCODED_WORD = expression(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{1,20})?\?([BbQq])\?([^?]{0,1000})\?=")


def _subject(source: Source, mail: Entity) -> str | None:
    """The mail's subject as its reader sees it."""
    raw = mail.headers.get("subject")
    return None if raw is None else _words(_characters(source, raw)).strip()


_ONE_RECIPIENT = expression(r"""\s*(?:"((?:[^"\\]|\\.)*)"|([^<>",;:@]{1,200}?))\s*<[^<>\s]{1,320}>\s*""")


def _recipient(source: Source, mail: Entity) -> str | None:
    """The name of the one recipient; None where there are several or none is named."""
    if mail.headers.get("cc", "").strip():
        return None
    match = _ONE_RECIPIENT.fullmatch(_characters(source, mail.headers.get("to", "")[:1000]))
    if match is None:
        return None
    name = re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]
    return " ".join(_words(name).split()).strip("'\" ") or None


def _characters(source: Source, raw: str) -> str:
    """A header's characters, where the file was decoded byte by byte."""
    if raw.isascii() or source.encoding.startswith("utf"):
        return raw
    data = raw.encode(source.encoding, "replace")
    return "".join(char for char, _ in charset_of("", data).characters(data))


def _words(raw: str) -> str:
    """A header's text with its encoded words (RFC 2047) decoded. White space between two of them is none; what follows
    in the same charset is decoded together, since some programs split a character."""
    found: list[str] = []
    at = 0
    run: list[re.Match[str]] = []
    for match in _ENCODED_WORD.finditer(raw):
        gap = raw[at : match.start()]
        if gap.strip() or (run and match[1].lower() != run[-1][1].lower()):
            found.append(_word(run))
            run = []
        if gap.strip() or not at:
            found.append(gap)
        run.append(match)
        at = match.end()
    return "".join((*found, _word(run), raw[at:]))


def _word(run: list[re.Match[str]]) -> str:
    """Encoded words in one charset, decoded; in an unknown one they stay as they are."""
    if not run:
        return ""
    data = b"".join(
        _base64(match[3]) if match[2] in "Bb" else binascii.a2b_qp(match[3].encode("utf-8"), header=True)
        for match in run
    )
    try:
        charset = charset_of(run[0][1], data)
    except UnreadableError:
        return " ".join(match[0] for match in run)
    if charset.by_character:
        return "".join(char for char, _ in charset.characters(data))
    return data.decode(charset.name, "replace")
