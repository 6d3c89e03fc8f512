"""A table in Markdown, for a comment, a wiki or the page of a CI run."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.expressions import expression
from replylint.findings import FileReport, Finding, Report
from replylint.reporters import Options
from replylint.reporters.exchange import readable
from replylint.reporters.text import severity_name, summary

_SPECIAL = expression(r"([\\`*_{}\[\]<>#|~&!()-])")
_TEXTS = {
    "de": ("Stelle", "Schwere", "Prüfung", "Fund", "Besser", "Nicht lesbar", "… und {n} weitere"),
    "en": ("Place", "Severity", "Check", "Finding", "Better", "Not readable", "… and {n} more"),
}


def render(report: Report, options: Options) -> str:
    """The report as Markdown."""
    del options
    return "".join(f"{line}\n" for line in lines(report))


def lines(report: Report, rows: int | None = None) -> Iterator[str]:
    """The report's lines; the table is cut after so many rows."""
    place, severity, check, found, better, unreadable, more = _TEXTS[report.lang]
    yield "## replylint"
    yield ""
    yield _plain(summary(report))
    if report.failures:
        yield ""
        yield from (f"- **{unreadable}**: {_plain(each.path)}: {_plain(each.message)}" for each in report.failures)
    findings = [(file, finding) for file in report.files for finding in file.findings]
    if not findings:
        return
    yield ""
    yield f"| {place} | {severity} | {check} | {found} | {better} |"
    yield "| --- | --- | --- | --- | --- |"
    shown = findings if rows is None else findings[:rows]
    yield from (_row(file, finding, report.lang) for file, finding in shown)
    if len(shown) < len(findings):
        yield ""
        yield more.format(n=len(findings) - len(shown))


def _row(file: FileReport, finding: Finding, lang: str) -> str:
    start = finding.start
    place = f"{file.path}:{start.line}:{start.column}"
    if finding.draft.key:
        place += f" {finding.draft.key}"
    better = finding.rewrites[0].text if finding.rewrites else ""
    cells = (place, severity_name(finding.severity, lang), finding.rule, finding.message, better)
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(readable(text).split()))
