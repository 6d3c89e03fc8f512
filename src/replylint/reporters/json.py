"""The report for programs, schema `replylint/1`: keys may be added, never changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from replylint import __version__
from replylint.expressions import expression
from replylint.findings import FileReport, Finding, Report, Severity
from replylint.reporters import Options, by_file
from replylint.source import Position

# Harmless in JSON, but not in a terminal that shows it; lone surrogates have no UTF-8 at all.
_ESCAPED = expression("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(report: Report, options: Options) -> str:
    """The report as one JSON object."""
    document: dict[str, Any] = {
        "schema": "replylint/1",
        "version": __version__,
        "summary": {
            "drafts": report.drafts,
            "error": report.count(Severity.ERROR),
            "warning": report.count(Severity.WARNING),
            "suggestion": report.count(Severity.SUGGESTION),
            "suppressed": report.suppressed,
            "known": report.known,
            "stale": report.stale,
        },
        "files": [_file(file) for file in report.files],
        "failures": [{"path": failure.path, "message": failure.message} for failure in report.failures],
    }
    if options.statistics:
        document["statistics"] = _counted(report.findings)
        document["statistics_by_file"] = by_file(report)
        if report.known:
            document["known"] = _counted(finding for file in report.files for finding in file.known)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _counted(findings: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(finding.rule for finding in findings)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _file(file: FileReport) -> dict[str, Any]:
    findings = zip(file.findings, file.fingerprints(), strict=True)
    return {"path": file.path, "findings": [_finding(*finding) for finding in findings]}


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": str(finding.severity),
        "draft": finding.draft.key,
        "message": finding.message,
        "why": finding.why,
        "quote": finding.quote,
        "start": _position(finding.start),
        "end": _position(finding.end),
        "rewrites": [{"text": rewrite.text, "safety": str(rewrite.safety)} for rewrite in finding.rewrites],
        "fingerprint": fingerprint,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}
