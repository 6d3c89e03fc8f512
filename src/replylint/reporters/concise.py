"""One line a finding: `path:line:column: severity check message`, and a reply's key in its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from replylint.findings import Report
from replylint.reporters import Options
from replylint.reporters.terminal import clean


def render(report: Report, options: Options) -> str:
    """The report; nothing at all where nothing was found."""
    return "".join(f"{clean(line)}\n" for line in _lines(report, options))


def _lines(report: Report, options: Options) -> Iterator[str]:
    for file in report.files:
        for finding in file.findings:
            start = finding.start
            place = f"{file.path}:{start.line}:{start.column}"
            key = f" [{finding.draft.key}]" if finding.draft.key else ""
            yield f"{place}: {finding.severity} {finding.rule} {finding.message}{key}"
    if options.statistics:
        counts = Counter(finding.rule for finding in report.findings)
        yield from (f"{n} {rule}" for rule, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
