"""GitHub's workflow commands: one annotation a finding, the worst first, since only ten of a kind are shown a step.

https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions
"""

from __future__ import annotations

from replylint.findings import FileReport, Finding, Report, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import message, readable
from replylint.reporters.text import summary

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}


def render(report: Report, options: Options) -> str:
    """The report as workflow commands, and a line that counts the findings."""
    commands = [_failure(failure.path, failure.message) for failure in report.failures]
    found = [(file, finding) for file in report.files for finding in file.findings]
    found.sort(key=_badness)
    commands += [_command(file, finding) for file, finding in found]
    if not options.quiet:
        commands.append(readable(" ".join(summary(report).split())))
    return "".join(f"{command}\n" for command in commands)


def _badness(found: tuple[FileReport, Finding]) -> int:
    return -found[1].severity


def _failure(path: str, what: str) -> str:
    return f"::error {_properties([('file', path), ('title', 'replylint')])}::{_data(what)}"


def _command(file: FileReport, finding: Finding) -> str:
    start, end = finding.start, finding.end
    places = [("file", file.path), ("line", str(start.line))]
    if start.line == end.line and start.column < end.column:
        # Columns are allowed for ranges within one line only.
        places += [("col", str(start.column)), ("endLine", str(end.line)), ("endColumn", str(end.column))]
    elif end.line > start.line:
        places.append(("endLine", str(end.line)))
    places.append(("title", f"replylint ({finding.rule})"))
    return f"::{_LEVELS[finding.severity]} {_properties(places)}::{_data(_text(finding))}"


def _text(finding: Finding) -> str:
    text = message(finding)
    if finding.rewrites and finding.rewrites[0].text:
        text += f"\n→ {finding.rewrites[0].text}"
    return text


def _properties(pairs: list[tuple[str, str]]) -> str:
    return ",".join(f"{name}={_property(value)}" for name, value in pairs)


def _data(text: str) -> str:
    return readable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
