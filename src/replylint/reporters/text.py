"""The report that people read: the words marked in their line, what is wrong, how it could read instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from replylint.draft import Anatomy, Draft
from replylint.expressions import expression
from replylint.findings import FileReport, Finding, Report, Safety, Severity
from replylint.reporters import Options, by_file
from replylint.reporters.terminal import Cell, Pen, Word, cells, clean, width_of, words, wrap
from replylint.source import Span

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "error": "Fehler",
        "warning": "Warnung",
        "suggestion": "Vorschlag",
        "better": "Besser",
        "or": "Oder",
        "cut": "Streichen",
        "add": "Ergänzen",
        "instead": "Statt",
        "insert-start": "Am Anfang einfügen:",
        "insert-salutation": "Nach der Anrede einfügen:",
        "insert-sign-off": "Vor dem Gruß einfügen:",
        "insert-end": "Am Ende einfügen:",
        "insert-after": "Nach Zeile {line} einfügen:",
        "insert-before": "Vor Zeile {line} einfügen:",
        "insert-here": "An der markierten Stelle einfügen:",
        "fill": "Angaben in [eckigen Klammern] bitte ausfüllen.",
        "more": "Warum? „replylint explain {check}“ erklärt die Prüfung.",
        "statistics": "Nach Prüfungen",
        "by-file": "Nach Dateien",
        "drafts": "{n} Entwurf|{n} Entwürfe",
        "errors": "{n} Fehler|{n} Fehler",
        "warnings": "{n} Warnung|{n} Warnungen",
        "suggestions": "{n} Vorschlag|{n} Vorschläge",
        "suppressed": "{n} unterdrückt|{n} unterdrückt",
        "known": "{n} bekannt (Baseline)|{n} bekannt (Baseline)",
        "also-known": "dazu {n} bekannt|dazu {n} bekannt",
        "failures": "{n} Datei nicht geprüft|{n} Dateien nicht geprüft",
        "unrun": "{n} Prüfung nicht gelaufen|{n} Prüfungen nicht gelaufen",
        "clean": "Alles in Ordnung",
        "nothing-new": "Nichts Neues",
        "nothing": "Nichts geprüft",
    },
    "en": {
        "error": "Error",
        "warning": "Warning",
        "suggestion": "Suggestion",
        "better": "Better",
        "or": "Or",
        "cut": "Cut",
        "add": "Add",
        "instead": "Instead of",
        "insert-start": "Insert at the beginning:",
        "insert-salutation": "Insert after the salutation:",
        "insert-sign-off": "Insert before the sign-off:",
        "insert-end": "Insert at the end:",
        "insert-after": "Insert after line {line}:",
        "insert-before": "Insert before line {line}:",
        "insert-here": "Insert at the mark:",
        "fill": "Please fill in what stands in [square brackets].",
        "more": "Why? “replylint explain {check}” explains the check.",
        "statistics": "By check",
        "by-file": "By file",
        "drafts": "{n} draft|{n} drafts",
        "errors": "{n} error|{n} errors",
        "warnings": "{n} warning|{n} warnings",
        "suggestions": "{n} suggestion|{n} suggestions",
        "suppressed": "{n} suppressed|{n} suppressed",
        "known": "{n} known (baseline)|{n} known (baseline)",
        "also-known": "and {n} known|and {n} known",
        "failures": "{n} file not checked|{n} files not checked",
        "unrun": "{n} check not run|{n} checks not run",
        "clean": "All fine",
        "nothing-new": "Nothing new",
        "nothing": "Nothing checked",
    },
}
COLORS: Mapping[Severity, str] = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}
_LINE_END = expression(r"\r\n|\r|\n")
_ROWS = 3
MARK = "━"
_HERE = "▲"
_INDENT = "  "
_NEAR = 4000


def render(report: Report, options: Options) -> str:
    """The whole report; with `quiet` only its findings."""
    return "".join(line.rstrip() + "\n" for line in _Writer(report, options).lines())


def summary(report: Report) -> str:
    """The report's last line: how many drafts were checked, and how many findings of which severity there are."""
    return _Writer(report, Options()).summary()


def severity_name(severity: Severity, lang: str) -> str:
    """A severity as it is shown."""
    return _TEXTS[lang][str(severity)]


def plural(texts: str, n: int) -> str:
    """The form of a text "singular|plural" for that number, the number in it."""
    one, many = texts.split("|")
    return (one if n == 1 else many).format(n=n)


@dataclass(frozen=True, slots=True)
class Row:
    """A line on the screen: its text, the marks below it, and the offset where it begins."""

    text: str
    marks: str
    offset: int


class _Writer:
    def __init__(self, report: Report, options: Options) -> None:
        self.report = report
        self.options = options
        self.texts = _TEXTS.get(report.lang, _TEXTS["de"])
        self.pen = Pen(options.color)
        self.width = max(40, options.width)
        self.dissected: tuple[Draft, Anatomy] | None = None
        self.label = 1 + max(
            len(self.texts[key]) for key in ("error", "warning", "suggestion", "better", "or", "cut", "add")
        )

    def lines(self) -> Iterator[str]:
        for file in self.report.files:
            if file.findings:
                yield from self.file(file)
        if self.options.statistics and (self.report.known or any(self.report.findings)):
            yield from self.statistics()
        if not self.options.quiet:
            yield from self.hints()
            yield self.summary()

    def file(self, file: FileReport) -> Iterator[str]:
        # The gutter is as wide as the file's largest line number.
        gutter = len(str(file.source.position(len(file.source.text)).line))
        for key, findings in groupby(file.findings, key=lambda finding: finding.draft.key):
            yield self.pen(clean(file.path), "bold") + (self.pen(f" › {clean(key)}", "dim") if key else "")
            yield ""
            before: Finding | None = None
            for finding in findings:
                yield from self.finding(finding, gutter, before)
                yield ""
                before = finding

    def finding(self, finding: Finding, gutter: int, before: Finding | None) -> Iterator[str]:
        color = COLORS[finding.severity]
        message = [*words(finding.message), (f"({clean(finding.rule)})", ("dim",))]
        saying = self.labelled(self.texts[str(finding.severity)], (color, "bold"), message)
        if finding.document_level:
            label, row = self.place(finding, self.width - len(_INDENT) - gutter - 3)
            # What is missing at one place is told below one line.
            if row is not None and not (before and before.document_level and before.span == finding.span):
                yield self.gutter(str(_line_of(finding.draft, row.offset)), gutter) + self.pen(row.text, "dim")
                if row.marks:
                    yield self.gutter("", gutter) + self.pen(row.marks, color)
            yield from saying
            yield from self.insertions(finding, label)
        else:
            yield from self.marked(finding, gutter)
            yield from saying
            yield from self.rewrites(finding)

    def marked(self, finding: Finding, gutter: int) -> Iterator[str]:
        before = 0
        for row in excerpt(finding.draft.text, finding.span, self.width - len(_INDENT) - gutter - 3):
            line = _line_of(finding.draft, row.offset)
            yield self.gutter(str(line) if line != before else "", gutter) + row.text
            yield self.gutter("", gutter) + self.pen(row.marks, COLORS[finding.severity])
            before = line

    def gutter(self, number: str, width: int) -> str:
        return _INDENT + self.pen(f"{number:>{width}} │", "dim") + " "

    def labelled(self, label: str, styles: tuple[str, ...], parts: list[Word]) -> Iterator[str]:
        """Wrapped words with a label before the first line."""
        size = max(self.label, width_of(label) + 1)
        head = _INDENT + self.pen(f"{label}:", *styles) + " " * (size - width_of(label))
        for line in wrap(parts, self.width - len(_INDENT) - self.label - 1, self.pen):
            yield head + line
            head = _INDENT + " " * (self.label + 1)

    def rewrites(self, finding: Finding) -> Iterator[str]:
        green = ("green", "bold")
        told = _letters(finding.quote or "")
        for number, rewrite in enumerate(finding.rewrites):
            replaced = clean(finding.draft.text[rewrite.span.start : rewrite.span.end]).strip()
            if not rewrite.text.strip():
                yield from self.labelled(self.texts["cut"], green, list(words(replaced, "green")))
                continue
            if not len(rewrite.span):
                yield from self.copyable(self.texts["or" if number else "add"], rewrite.text)
                continue
            # What is replaced goes without saying, unless it is more or less than the words found.
            if _letters(replaced) != told:
                told = _letters(replaced)
                yield from self.labelled(self.texts["instead"], ("dim",), list(words(_outline(replaced), "dim")))
            shown = rewrite.text
            if not _letters(shown):
                # A full stop by itself says little: show it with the word before it.
                shown = f"{_last_word(finding.draft.text, rewrite.span.start)}{shown}"
            yield from self.copyable(self.texts["or" if number else "better"], shown)

    def insertions(self, finding: Finding, label: str) -> Iterator[str]:
        for number, rewrite in enumerate(finding.rewrites):
            if not number:
                yield _INDENT + self.pen(label, "green", "bold")
            yield from self.copyable(self.texts["or"] if number else "", rewrite.text)

    def copyable(self, label: str, text: str) -> Iterator[str]:
        """A proposed wording, its paragraphs kept."""
        head = self.pen(f"{label}:", "green", "bold") + " " * (self.label - width_of(label)) if label else ""
        head = _INDENT + (head or " " * (self.label + 1))
        for paragraph in _LINE_END.split(text.strip()):
            for line in wrap(words(paragraph, "green"), self.width - len(_INDENT) - self.label - 1, self.pen) or [""]:
                yield head + line
                head = _INDENT + " " * (self.label + 1)

    def place(self, finding: Finding, width: int) -> tuple[str, Row | None]:
        """Where a missing sentence belongs, in words, and the line to show for it."""
        draft, texts, place = finding.draft, self.texts, finding.span.start
        text = draft.text
        # The nearest words on either side, without looking through megabytes of white space.
        start, end = max(0, place - _NEAR), min(len(text), place + _NEAR)
        before = start + len(text[start:place].rstrip())
        after = end - len(text[place:end].lstrip())
        above = excerpt(text, Span(before, before), width)[0]
        below = excerpt(text, Span(after, after), width)[0]
        if not text[start:before]:
            return texts["insert-start"], replace(below, marks="") if text[after:end] else None
        if text[after:end] and not _LINE_END.search(text, before, after):
            return texts["insert-here"], above
        above, below = replace(above, marks=""), replace(below, marks="")
        if not text[after:end]:
            return texts["insert-end"], above
        parts = self.anatomy(draft)
        if parts.salutation is not None and parts.salutation.end == before:
            return texts["insert-salutation"], above
        if parts.sign_off is not None and parts.sign_off.start == after:
            return texts["insert-sign-off"], above
        if _LINE_END.search(text, before, place):
            return texts["insert-before"].format(line=_line_of(draft, after)), below
        return texts["insert-after"].format(line=_line_of(draft, max(0, before - 1))), above

    def anatomy(self, draft: Draft) -> Anatomy:
        """The draft's parts, found once for all that is missing in it."""
        if self.dissected is None or self.dissected[0] is not draft:
            from replylint.german import anatomy, placeholders

            self.dissected = draft, anatomy.dissect(draft.text, placeholders.find(draft.text))
        return self.dissected[1]

    def statistics(self) -> Iterator[str]:
        yield self.pen(self.texts["statistics"], "bold")
        yield ""
        counts = Counter((finding.rule, finding.severity) for finding in self.report.findings)
        known = Counter((each.rule, each.severity) for file in self.report.files for each in file.known)
        counts.update(dict.fromkeys(known, 0))
        number = len(str(max(counts.values())))
        longest = max(width_of(clean(rule)) for rule, _ in counts)
        for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            shown = clean(rule)
            word = self.pen(self.texts[str(severity)], COLORS[severity])
            n = known[rule, severity]
            also = self.pen(f", {plural(self.texts['also-known'], n)}", "dim") if n else ""
            yield f"{_INDENT}{count:>{number}}  {shown}{' ' * (longest - width_of(shown))}  {word}{also}"
        yield ""
        yield self.pen(self.texts["by-file"], "bold")
        yield ""
        files = by_file(self.report)
        number = len(str(max(files.values())))
        for path, count in files.items():
            yield f"{_INDENT}{count:>{number}}  {clean(path)}"
        yield ""

    def hints(self) -> Iterator[str]:
        findings = list(self.report.findings)
        hints = []
        if any(rewrite.safety is Safety.FILL for finding in findings for rewrite in finding.rewrites):
            hints.append(self.texts["fill"])
        if findings:
            hints.append(self.texts["more"].format(check=clean(findings[0].rule)))
        for hint in hints:
            yield from wrap(words(hint, "dim"), self.width, self.pen)

    def summary(self) -> str:
        report, texts = self.report, self.texts
        counts = []
        for severity in (Severity.ERROR, Severity.WARNING, Severity.SUGGESTION):
            if n := report.count(severity):
                counts.append(self.pen(plural(texts[f"{severity}s"], n), COLORS[severity], "bold"))
        if not counts and report.drafts:
            counts.append(self.pen(texts["nothing-new" if report.known else "clean"], "green", "bold"))
        if report.suppressed:
            counts.append(plural(texts["suppressed"], report.suppressed))
        if report.known:
            counts.append(plural(texts["known"], report.known))
        unrun = sum(failure.check for failure in report.failures)
        for key, n in (("failures", len(report.failures) - unrun), ("unrun", unrun)):
            if n:
                counts.append(self.pen(plural(texts[key], n), "red", "bold"))
        drafts = plural(texts["drafts"], report.drafts) if report.drafts else texts["nothing"]
        return f"{drafts}: {', '.join(counts)}" if counts else drafts


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _last_word(text: str, end: int) -> str:
    match = re.search(r"\S+\s?\Z", text[max(0, end - 40) : end])
    return f"… {match[0]}" if match else ""


def _outline(text: str) -> str:
    """The words in quotes, the middle of many left out."""
    parts = text.split()
    return f"„{text if len(parts) <= 10 else ' '.join([*parts[:5], '…', *parts[-4:]])}“"


def _line_of(draft: Draft, offset: int) -> int:
    return draft.source.position(draft.map.to_source(Span(offset, offset)).start).line


def excerpt(text: str, span: Span, width: int) -> list[Row]:
    """The lines of `text` that hold `span`, each fitted into `width` columns, at most three rows in all."""
    # Only a window of the text is looked at: a line may be megabytes long.
    reach = 4 * width
    low, high = max(0, span.start - reach), min(len(text), min(span.end, span.start + 2 * reach) + reach)
    breaks = [match.span() for match in _LINE_END.finditer(text, low, high)]
    start = max((end for _, end in breaks if end <= span.start), default=low)
    end = min((begin for begin, _ in breaks if begin >= span.end), default=high)
    rows: list[Row] = []
    position = start
    for begin, after in [*((b, a) for b, a in breaks if start <= b < end), (end, end)]:
        line = text[position:begin]
        if line.strip():
            cut_left = position == low > 0 and not _LINE_END.match(text, low - 1)
            cut_right = begin == high < len(text) and not _LINE_END.match(text, high)
            rows += _fit(cells(line, position), span, width, cut_left=cut_left, cut_right=cut_right)
        position = after
    if not rows:
        return [Row("", "", span.start)]
    if len(rows) > _ROWS:
        last = rows[_ROWS - 1]
        rows = [*rows[: _ROWS - 1], Row(_shorten(last.text, width - 2) + " …", last.marks[: width - 2], last.offset)]
    return rows


def _shorten(text: str, width: int) -> str:
    column = 0
    result = ""
    for cell in cells(text):
        column += cell.width
        if column > width:
            break
        result += cell.text
    return result.rstrip()


def _marked(cell: Cell, span: Span) -> bool:
    return cell.start < span.end and span.start < cell.end


def _fit(line: list[Cell], span: Span, width: int, *, cut_left: bool, cut_right: bool) -> list[Row]:
    """One line of the text as rows: whole where it fits, else a stretch around the marked words, else wrapped."""
    total = sum(cell.width for cell in line)
    if total <= width and not cut_left and not cut_right:
        return [_row(line, span)]
    inside = [number for number, cell in enumerate(line) if _marked(cell, span)]
    if inside:
        first, last = inside[0], inside[-1]
    else:
        # An empty range: the place is all that matters.
        first = last = next((n for n, cell in enumerate(line) if cell.start >= span.start), len(line) - 1)
    size = sum(cell.width for cell in line[first : last + 1])
    if size > width - 4:
        return _wrapped(line[first:], span, width, cut=first > 0 or cut_left)
    # Spread what is left over both sides; what a side doesn't need goes to the other.
    left = sum(cell.width for cell in line[:first])
    right = sum(cell.width for cell in line[last + 1 :])
    spare = width - 4 - size
    share_left = min(left, max(spare // 2, spare - right))
    share_right = min(right, spare - share_left)
    begin, stop = first, last + 1
    while begin > 0 and line[begin - 1].width <= share_left:
        begin -= 1
        share_left -= line[begin].width
    while stop < len(line) and line[stop].width <= share_right:
        share_right -= line[stop].width
        stop += 1
    left_out, right_out = begin > 0 or cut_left, stop < len(line) or cut_right
    while left_out and begin < first and not line[begin - 1].text.isspace():
        begin += 1
    while right_out and stop > last + 1 and not line[stop].text.isspace():
        stop -= 1
    return [_row(line[begin:stop], span, "… " if left_out else "", " …" if right_out else "")]


def _row(line: list[Cell], span: Span, before: str = "", after: str = "") -> Row:
    while line and line[-1].text.isspace() and not _marked(line[-1], span):
        line = line[:-1]
    if before:
        while len(line) > 1 and line[0].text.isspace() and not _marked(line[0], span):
            line = line[1:]
    text = before + "".join(cell.text for cell in line) + after
    marks = [(MARK if _marked(cell, span) else " ") * cell.width for cell in line]
    if not len(span):
        # An empty range is a place between two characters; the one after it carries the mark.
        marks = [(_HERE if cell.start <= span.start < cell.end else " ") + " " * (cell.width - 1) for cell in line]
    # Nothing is marked before the first word of a line that the words run over.
    for number, cell in enumerate(line):
        if not cell.text.isspace():
            break
        if span.start < cell.start < span.end:
            marks[number] = " " * cell.width
    return Row(text, (" " * len(before) + "".join(marks)).rstrip(), line[0].start if line else span.start)


def _wrapped(line: list[Cell], span: Span, width: int, *, cut: bool) -> list[Row]:
    rows: list[Row] = []
    before = "… " if cut else ""
    rest = line
    while rest and len(rows) <= _ROWS:
        room = width - len(before)
        stop = column = 0
        while stop < len(rest) and column + rest[stop].width <= room:
            column += rest[stop].width
            stop += 1
        if stop < len(rest):
            word = stop
            while word and not rest[word].text.isspace():
                word -= 1
            stop = word or max(stop, 1)
        # What follows the marked words needs no row of its own.
        if rows and not any(_marked(cell, span) for cell in rest):
            last = rows[-1]
            rows[-1] = Row(_shorten(last.text, width - 2) + " …", last.marks[: width - 2], last.offset)
            break
        rows.append(_row(rest[:stop], span, before))
        before = ""
        rest = rest[stop:]
        while rest and rest[0].text.isspace():
            rest = rest[1:]
    return rows
