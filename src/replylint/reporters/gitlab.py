"""GitLab's Code Quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from replylint.findings import Failure, Report, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import message, readable

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}


def render(report: Report, options: Options) -> str:
    """The report as a list of issues; an empty list where nothing was found."""
    del options
    issues = [_failure(failure) for failure in report.failures]
    for file in report.files:
        for finding, fingerprint in zip(file.findings, file.fingerprints(), strict=True):
            issues.append(
                {
                    "description": f"{finding.rule}: {message(finding)}",
                    "check_name": finding.rule,
                    "fingerprint": fingerprint,
                    "severity": _LEVELS[finding.severity],
                    "location": {
                        "path": readable(file.path.removeprefix("./")),
                        "lines": {"begin": finding.start.line, "end": finding.end.line},
                    },
                }
            )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "description": readable(failure.message),
        "check_name": "unreadable-file",
        "fingerprint": hashlib.sha256(f"{failure.path}\0unreadable-file".encode("utf-8", "replace")).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": readable(failure.path.removeprefix("./")), "lines": {"begin": 1}},
    }
