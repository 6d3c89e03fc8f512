"""SARIF 2.1.0, as code scanning takes it: one run, its rules with help, results with the hash that GitHub itself makes.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and GitHub's “SARIF support for code scanning”.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from replylint import __version__
from replylint.findings import Description, FileReport, Finding, Report, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import message, readable, suggestions, uri
from replylint.source import Source, Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "recommendation"}
_HEADINGS = {"de": ("Warum", "Was die Prüfung findet", "Was sie durchlässt"), "en": ("Why", "Flags", "Leaves alone")}


def render(report: Report, options: Options) -> str:
    """The report as a SARIF log."""
    del options
    checks = _checks(report)
    numbers = {check.id: number for number, check in enumerate(checks)}
    run = {
        "tool": {
            "driver": {
                "name": "replylint",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(check, report.lang) for check in checks],
            }
        },
        "automationDetails": {"id": "replylint/"},
        "columnKind": "unicodeCodePoints",
        "language": report.lang,
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": readable(failure.message)},
                        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(failure.path)}}}],
                    }
                    for failure in report.failures
                ],
            }
        ],
        "results": [result for file in report.files for result in _results(file, numbers)],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _checks(report: Report) -> list[Description]:
    """The checks, those of findings at least, by name."""
    known = {check.id: check for check in report.checks}
    for finding in report.findings:
        if finding.rule not in known:
            known[finding.rule] = Description(
                finding.rule, finding.category, finding.severity, finding.why, finding.why, finding.why
            )
    return [known[name] for name in sorted(known)]


def _rule(check: Description, lang: str) -> dict[str, Any]:
    parts = list(zip(_HEADINGS[lang], (check.why, check.flags, check.leaves), strict=True))
    return {
        "id": check.id,
        "name": "".join(word.capitalize() for word in check.id.split("-")),
        "shortDescription": {"text": _first_sentence(check.flags) or check.id},
        "fullDescription": {"text": check.why or check.id},
        "help": {
            "text": "\n\n".join(f"{heading}: {text}" for heading, text in parts if text) or check.id,
            "markdown": "\n\n".join(f"**{heading}**: {text}" for heading, text in parts if text) or check.id,
        },
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {
            "tags": [check.category],
            "precision": "high",
            "problem.severity": _PROBLEMS[check.severity],
        },
    }


def _first_sentence(text: str) -> str:
    sentence, stop, _ = text.partition(". ")
    return sentence + stop.strip()


def _results(file: FileReport, numbers: dict[str, int]) -> list[dict[str, Any]]:
    hashes = line_hashes(file.source.text) if file.findings else ()
    return [
        {
            "ruleId": finding.rule,
            "ruleIndex": numbers[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": message(finding)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": uri(file.path)},
                        "region": _region(file.source, finding.source_span),
                    }
                }
            ],
            "partialFingerprints": {
                "primaryLocationLineHash": hashes[finding.start.line - 1],
                "replylintFinding/v1": fingerprint,
            },
            **_fixes(file, finding),
        }
        for finding, fingerprint in zip(file.findings, file.fingerprints(), strict=True)
    ]


def _region(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fixes(file: FileReport, finding: Finding) -> dict[str, Any]:
    fixes = [
        {
            "description": {"text": readable(rewrite.text) or "—"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": uri(file.path)},
                    "replacements": [
                        {"deletedRegion": _region(file.source, span), "insertedContent": {"text": text}}
                        for span, text in edits
                    ],
                }
            ],
        }
        for rewrite, edits in suggestions(finding)
    ]
    return {"fixes": fixes} if fixes else {}


_WINDOW = 100
_MULTIPLIER = 37
_END_OF_FILE = 0xFFFF
_MASK = (1 << 64) - 1
_LEAVING = pow(_MULTIPLIER, _WINDOW, 1 << 64)


@lru_cache(maxsize=1)
def line_hashes(text: str) -> list[str]:
    """For each line of a file the hash by which GitHub knows a finding again when lines move.

    A rolling hash of the 100 UTF-16 units from the line's start on, blanks and tabs left out, each line end one line
    feed, with a number for equal ones. It is what github/codeql-action makes of a file (its `fingerprints.ts`); another
    value would draw a warning."""
    units = [unit for unit in _units(text) if unit not in (0x20, 0x09)]
    units.append(_END_OF_FILE)
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == 0x0A)]
    padded = units + [0] * _WINDOW
    value = 0
    rolling = []
    for index, unit in enumerate(padded):
        leaving = padded[index - _WINDOW] if index >= _WINDOW else 0
        value = (value * _MULTIPLIER + unit - leaving * _LEAVING) & _MASK
        rolling.append(value)
    seen: dict[int, int] = {}
    result = []
    for start in starts:
        hashed = rolling[start + _WINDOW - 1]
        seen[hashed] = seen.get(hashed, 0) + 1
        result.append(f"{hashed:x}:{seen[hashed]}")
    return result


def _units(text: str) -> memoryview:
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return memoryview(normal.encode("utf-16-le", "surrogatepass")).cast("H")
