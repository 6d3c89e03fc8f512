"""Findings → edits → the file's new text, proven by reading it again, or a refusal that says why.

Each fix is an edit of a draft's text. It is carried to the file through the draft's source map, in the way that the
file's format writes text there (quoted, escaped, encoded …): the ways are tried one after the other, and one counts
only if the file, read again, has exactly the drafts that the edits make of its drafts. A fix that can't be proven so,
or that brings a new finding, is refused.
"""

from __future__ import annotations

import html
import json
import os
import quopri
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from replylint import atomic
from replylint.draft import Draft
from replylint.expressions import expression
from replylint.findings import Finding, Fix, Rewrite, Safety, Severity
from replylint.source import Edit, Source, Span, UnreadableError, apply_edits, decode

Read = Callable[[Source], Sequence[Draft]]
"""Gives the drafts of a file, as the check reads them."""
Check = Callable[[Draft], Sequence[Finding]]
"""Gives the findings of a draft that are reported."""

_ROUNDS = 20
"""More rounds than any draft needs; a fix that another one undoes would go on for ever."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was not made, and why: "format" (the file can't be changed there), "encoding" (the file's encoding
    lacks a character), or "worse" (it would bring a new finding)."""

    finding: Finding
    reason: str


@dataclass
class Fixed:
    """A file with its fixes: its new text, how often which check was fixed, and what was refused. `possible` findings
    more could be fixed if wording might change, too."""

    source: Source
    made: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    possible: int = 0

    @property
    def number(self) -> int:
        """How many fixes were made."""
        return self.made.total()


def applicable(finding: Finding, least: Safety) -> Rewrite | None:
    """The first of a finding's rewrites that may be made without asking, if it is at least that safe."""
    for rewrite in finding.rewrites:
        if rewrite.fix is not None and rewrite.safety >= max(least, Safety.REVIEW):
            return rewrite
    return None


def fix_file(source: Source, read: Read, check: Check, least: Safety) -> Fixed:
    """The file with all fixes made that are at least that safe, in rounds until nothing changes. Raises UnreadableError
    where the file itself can't be read."""
    fixed = Fixed(source)
    refused: dict[tuple[object, ...], Refusal] = {}
    drafts = list(read(source))
    findings = [list(check(draft)) for draft in drafts]
    for _ in range(_ROUNDS):
        file = _File(fixed.source, drafts, findings, read, check)
        made = file.make(_proposals(findings, least, refused), refused)
        if made is None:
            break
        fixed.made.update(proposal.finding.rule for proposal in made.proposals)
        # What one fix stood in the way of may be possible now.
        fixed.source, drafts = made.source, made.drafts
        for number in {proposal.number for proposal in made.proposals}:
            findings[number] = list(check(drafts[number]))
        findings = [
            [replace(finding, draft=drafts[number]) for finding in each] for number, each in enumerate(findings)
        ]
    fixed.refused = list(refused.values())
    fixed.possible = sum(
        applicable(finding, Safety.REVIEW) is not None and _key(number, finding) not in refused
        for number, each in enumerate(findings)
        for finding in each
    )
    return fixed


@dataclass(frozen=True, slots=True)
class _Proposal:
    """The number of a draft in its file, a finding on it, and the fix for it."""

    number: int
    finding: Finding
    fix: Fix


@dataclass(frozen=True, slots=True)
class _Made:
    """A file with fixes made: its edits, its new text and drafts."""

    proposals: tuple[_Proposal, ...]
    edits: tuple[Edit, ...]
    source: Source
    drafts: list[Draft]


def _key(number: int, finding: Finding) -> tuple[object, ...]:
    """What a finding is known by from round to round."""
    return number, finding.rule, finding.quote, " ".join(finding.draft.text[: finding.span.start][-40:].split())


def _proposals(
    findings: Sequence[Sequence[Finding]], least: Safety, refused: Mapping[tuple[object, ...], Refusal]
) -> list[_Proposal]:
    """The fixes to make now: of those that are too near each other the worst finding's, then the first."""
    proposals = []
    for number, each in enumerate(findings):
        taken: list[Span] = []
        for finding in sorted(each, key=lambda finding: (-finding.severity, finding.span)):
            rewrite = applicable(finding, least)
            if rewrite is None or rewrite.fix is None or _key(number, finding) in refused:
                continue
            spans = [edit.span for edit in rewrite.fix.edits]
            if not any(span.start <= other.end and other.start <= span.end for span in spans for other in taken):
                taken += spans
                proposals.append(_Proposal(number, finding, rewrite.fix))
    return proposals


@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    drafts: Sequence[Draft]
    findings: Sequence[Sequence[Finding]]
    read: Read
    check: Check

    def make(self, proposals: Sequence[_Proposal], refused: dict[tuple[object, ...], Refusal]) -> _Made | None:
        """The file with as many of the fixes as can be proven; None for none. Those that can't are noted."""
        groups = list(self._provable(proposals, refused))
        if len(groups) <= 1:
            return groups[0] if groups else None
        joined: _Made | None = None
        for group in groups:
            # Each was proven alone; that they go together is proven, too.
            before = joined
            joined = self._proven(
                (*(before.proposals if before else ()), *group.proposals),
                (*(before.edits if before else ()), *group.edits),
            )
            if joined is None:
                joined = before
                refused.update(
                    (_key(each.number, each.finding), Refusal(each.finding, "format")) for each in group.proposals
                )
        return joined

    def _provable(self, proposals: Sequence[_Proposal], refused: dict[tuple[object, ...], Refusal]) -> Iterator[_Made]:
        """The fixes in groups that can be proven: all together where that goes, else half by half."""
        if not proposals:
            return
        made, reason = self._attempt(proposals)
        if made is not None:
            yield made
        elif len(proposals) == 1:
            finding = proposals[0].finding
            refused[_key(proposals[0].number, finding)] = Refusal(finding, reason)
        else:
            middle = len(proposals) // 2
            yield from self._provable(proposals[:middle], refused)
            yield from self._provable(proposals[middle:], refused)

    def _attempt(self, proposals: Sequence[_Proposal]) -> tuple[_Made | None, str]:
        """The file with all of these fixes, or None and the reason why not."""
        edits = []
        for proposal in proposals:
            draft = self.drafts[proposal.number]
            for edit in proposal.fix.edits:
                span = _in_file(draft, edit.span)
                if span is None:
                    return None, "format"
                edits.append(Edit(span, edit.text))
        reason = "format"
        for write in _writings(self.source):
            try:
                made = self._proven(proposals, [replace(edit, text=write(edit, self.source)) for edit in edits])
            except UnicodeEncodeError:
                reason = "encoding"
                continue
            if made is not None:
                worse = any(
                    _worse(self.findings[number], self.check(made.drafts[number]))
                    for number in {proposal.number for proposal in proposals}
                )
                return (None, "worse") if worse else (made, "")
        return None, reason

    def _proven(self, proposals: Sequence[_Proposal], edits: Sequence[Edit]) -> _Made | None:
        """The file with these edits, if it then holds exactly the drafts that the fixes make of its drafts. Raises
        UnicodeEncodeError where the file's encoding lacks a character."""
        in_drafts: dict[int, list[Edit]] = {}
        for proposal in proposals:
            in_drafts.setdefault(proposal.number, []).extend(proposal.fix.edits)
        wanted = [
            (draft.key, apply_edits(draft.text, in_drafts.get(number, ()))) for number, draft in enumerate(self.drafts)
        ]
        source = self.source
        try:
            text = apply_edits(source.text, edits)
            done = replace(decode(source.encode(text), source.path, source.encoding), encoding=source.encoding)
            drafts = list(self.read(done))
        except UnicodeEncodeError:
            raise
        except (UnreadableError, ValueError):
            return None
        if done.text != text or [(draft.key, draft.text) for draft in drafts] != wanted:
            return None
        return _Made(tuple(proposals), tuple(edits), done, drafts)


def _in_file(draft: Draft, span: Span) -> Span | None:
    """The range of the file that holds a range of the draft's text and nothing else; None where there is none."""
    if draft.map.editable(span):
        return draft.map.to_source(span)
    touched = [piece for piece in draft.map.pieces if piece.text.overlaps(span)]
    for piece in touched:
        # A character that the file writes in another way („\\u00fc“, „&uuml;“) may go as a whole; a tag may not.
        written = draft.source.text[piece.source.start : piece.source.end]
        whole = span.contains(piece.text) and draft.text[piece.text.start : piece.text.end].strip()
        if not piece.verbatim and not (whole and "<" not in written and ">" not in written):
            return None
    if not touched or any(left.source.end != right.source.start for left, right in pairwise(touched)):
        return None
    return draft.map.to_source(span)


def _worse(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether a draft has a finding more than before that is worth a warning."""
    known = Counter(finding.rule for finding in before)
    now = Counter(finding.rule for finding in after if finding.severity > Severity.SUGGESTION)
    return any(now[rule] > known[rule] for rule in now)


# How the formats write text. Each takes an edit of the file and gives the text to write there; what doesn't fit a place
# is not proven and the next is tried.


def _as_it_is(edit: Edit, source: Source) -> str:
    return edit.text


def _line_end(source: Source) -> str:
    return "\r\n" if "\r\n" in source.text else "\n"


def _own_line_ends(edit: Edit, source: Source) -> str:
    return edit.text.replace("\r\n", "\n").replace("\n", _line_end(source))


def _indented(edit: Edit, source: Source) -> str:
    """Line by line as deep as the line where it goes, as in a block of YAML."""
    position = source.position(edit.span.start)
    line = source.text[edit.span.start - position.column + 1 : edit.span.start]
    margin = line[: len(line) - len(line.lstrip(" \t>"))]
    lines = edit.text.replace("\r\n", "\n").split("\n")
    return _line_end(source).join([lines[0], *(margin + each if each.strip() else each for each in lines[1:])])


def _as_html(edit: Edit, source: Source) -> str:
    return html.escape(edit.text, quote=False).replace("\r\n", "\n").replace("\n", "<br>")


def _as_html_paragraphs(edit: Edit, source: Source) -> str:
    escaped = html.escape(edit.text, quote=False).replace("\r\n", "\n")
    return escaped.replace("\n\n", f"</p>{_line_end(source)}<p>").replace("\n", "<br>")


def _as_json(edit: Edit, source: Source) -> str:
    return json.dumps(edit.text, ensure_ascii=source.text.isascii() and "\\u" in source.text)[1:-1]


def _doubled_apostrophes(edit: Edit, source: Source) -> str:
    return _indented(edit, source).replace("'", "''")


def _doubled_quotes(edit: Edit, source: Source) -> str:
    return edit.text.replace('"', '""')


def _as_po(edit: Edit, source: Source) -> str:
    text = edit.text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r\n", "\n")
    return text.replace("\n", "\\n")


_CHARSETS = ("utf-8", "cp1252", "iso-8859-15")


def _quoted_printable(charset: str) -> Callable[[Edit, Source], str]:
    def write(edit: Edit, source: Source) -> str:
        data = edit.text.replace("\r\n", "\n").encode(charset)
        end = _line_end(source)
        # A full stop that stands alone in a line would be encoded, though here it doesn't.
        encoded = quopri.encodestring(b"-" + data, quotetabs=False).decode("ascii").replace("=\n", "")[1:]
        position = source.position(edit.span.start)
        return _folded(encoded.replace("\n", end), position.column - 1, _tail(source, edit.span.end), end)

    return write


_LONGEST_LINE = 76


def _tail(source: Source, offset: int) -> int:
    """How many characters follow in the line."""
    return len(source.text[offset : offset + _LONGEST_LINE + 2].partition("\n")[0].rstrip("\r"))


def _folded(text: str, column: int, tail: int, end: str) -> str:
    """Quoted-printable text, in lines of at most 76 characters where it begins at that column (from 0)."""
    result = []
    for unit in _UNITS.findall(text):
        if unit in ("\n", "\r\n"):
            column = 0
        elif column + len(unit) > _LONGEST_LINE - 1:
            result.append("=" + end)
            column = len(unit)
        else:
            column += len(unit)
        result.append(unit)
    if column + tail > _LONGEST_LINE and tail:
        result.append("=" + end)
    return "".join(result)


_UNITS = expression(r"\r\n|\n|=[0-9A-F]{2}|.")


def _markdown_escaped(edit: Edit, source: Source) -> str:
    return expression(r"([\\`*_\[\]<>#])").sub(r"\\\1", _own_line_ends(edit, source))


_Writing = Callable[[Edit, Source], str]


def _then(first: _Writing, second: _Writing) -> _Writing:
    """One way of writing inside of another, as HTML in JSON."""

    def write(edit: Edit, source: Source) -> str:
        return second(replace(edit, text=first(edit, source)), source)

    return write


_HTML = (_as_html_paragraphs, _as_html)
_WRITINGS: dict[str, tuple[_Writing, ...]] = {
    "plain": (_own_line_ends, _as_it_is),
    "markdown": (_own_line_ends, _indented, _markdown_escaped),
    "html": _HTML,
    # Eight-bit text in a quoted-printable part would be read, but is no mail: the way that fits the part comes first.
    "mail": (
        *map(_quoted_printable, _CHARSETS),
        _own_line_ends,
        *(_then(markup, _quoted_printable(charset)) for charset in _CHARSETS for markup in _HTML),
        *_HTML,
    ),
    "json": (_as_json, *(_then(markup, _as_json) for markup in _HTML)),
    "yaml": (_as_it_is, _indented, _doubled_apostrophes, _as_json, *_HTML, *(_then(each, _as_json) for each in _HTML)),
    "csv": (_as_it_is, _own_line_ends, _doubled_quotes, *_HTML),
    "po": (_as_po,),
}
_FORMATS = {
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".po": "po",
}


def _writings(source: Source) -> Iterator[Callable[[Edit, Source], str]]:
    """The ways in which a file's format may write text, the likeliest first."""
    from replylint.readers import reader_of

    name, _ = reader_of(source)
    if name == "library":
        name = _FORMATS[Path(source.path).suffix.lower()]
    yield from _WRITINGS[name]
    if name == "plain":
        from replylint.readers import html as html_reader

        if html_reader.is_markup(source.text):
            yield from _WRITINGS["html"]


# Files


class ChangedMeanwhileError(Exception):
    """A file that is not any more what it was when it was read."""


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Write a file's new bytes in one step, with its mode; a link's target is written.

    Raises ChangedMeanwhileError where its bytes are not `before` any more, OSError where it can't be written; the file
    then is as it was."""

    def still_the_same() -> None:
        if path.read_bytes() != before:
            raise ChangedMeanwhileError

    still_the_same()
    atomic.write(path, after, last_look=still_the_same)


def unified_diff(path: str, before: bytes, after: bytes) -> bytes:
    """The change of a file as a unified diff that `git apply` takes; empty where nothing changes."""
    import difflib

    if before == after:
        return b""
    name = path.replace(os.sep, "/")
    lines = difflib.diff_bytes(
        difflib.unified_diff,
        _lines(before),
        _lines(after),
        _name(f"a/{name}"),
        _name(f"b/{name}"),
        lineterm=b"\n",
    )
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _name(path: str) -> bytes:
    """A path as git writes it in a diff: quoted where it holds what would end it early."""
    raw = os.fsencode(path)
    if not any(byte < 0x20 or byte in b'"\\' or byte == 0x7F for byte in raw):
        return raw + (b"\t" if b" " in raw else b"")
    escaped = bytearray()
    for byte in raw:
        if byte in b'"\\':
            escaped += bytes((0x5C, byte))
        elif byte < 0x20 or byte >= 0x7F:
            escaped += f"\\{byte:03o}".encode()
        else:
            escaped.append(byte)
    return b'"' + bytes(escaped) + b'"'
