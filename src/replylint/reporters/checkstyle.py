"""Checkstyle's XML, which many tools take. https://checkstyle.org/config.html (XMLLogger)"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from replylint.findings import Report, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import message, readable, xml

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "info"}


def render(report: Report, options: Options) -> str:
    """The report as `<checkstyle>`; files without findings are left out."""
    del options
    root = Element("checkstyle", version="4.3")
    for failure in report.failures:
        element = SubElement(root, "file", name=readable(failure.path))
        SubElement(
            element,
            "error",
            line="1",
            column="1",
            severity="error",
            message=readable(failure.message),
            source="replylint.unreadable-file",
        )
    for file in report.files:
        if not file.findings:
            continue
        element = SubElement(root, "file", name=readable(file.path))
        for finding in file.findings:
            start = finding.start
            SubElement(
                element,
                "error",
                line=str(start.line),
                column=str(start.column),
                severity=_LEVELS[finding.severity],
                message=message(finding),
                source=f"replylint.{finding.rule}",
            )
    return xml(root)
