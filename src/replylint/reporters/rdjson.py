"""reviewdog's diagnostic format, `rdjson`: columns count UTF-8 bytes from 1.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from typing import Any

from replylint.findings import Report, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import message, readable, suggestions
from replylint.source import Source, Span

_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.SUGGESTION: "INFO"}


def render(report: Report, options: Options) -> str:
    """The report as one `DiagnosticResult`."""
    del options
    diagnostics: list[dict[str, Any]] = [
        {
            "message": readable(failure.message),
            "severity": "ERROR",
            "location": {"path": readable(failure.path)},
            "code": {"value": "unreadable-file"},
        }
        for failure in report.failures
    ]
    for file in report.files:
        for finding in file.findings:
            diagnostic: dict[str, Any] = {
                "message": message(finding),
                "severity": _LEVELS[finding.severity],
                "code": {"value": finding.rule},
                "location": {"path": readable(file.path), "range": _range(file.source, finding.source_span)},
            }
            # One suggestion is one range of the file; a fix with several edits can't be told here.
            proposed = [
                {"range": _range(file.source, edits[0][0]), "text": edits[0][1]}
                for _, edits in suggestions(finding)
                if len(edits) == 1
            ]
            if proposed:
                diagnostic["suggestions"] = proposed
            diagnostics.append(diagnostic)
    document = {"source": {"name": "replylint"}, "diagnostics": diagnostics}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _range(source: Source, span: Span) -> dict[str, Any]:
    return {"start": _place(source, span.start), "end": _place(source, span.end)}


def _place(source: Source, offset: int) -> dict[str, int]:
    position = source.position(offset)
    before = source.text[offset - position.column + 1 : offset]
    return {"line": position.line, "column": len(before.encode("utf-8", "replace")) + 1}
