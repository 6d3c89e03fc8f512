"""JUnit XML, as GitLab, Jenkins and others read it: a suite a file, a failed case a finding.

Suggestions don't fail a case: a run that ends well should not look broken.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from replylint.findings import FileReport, Finding, Report, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import message, readable, xml


def render(report: Report, options: Options) -> str:
    """The report as `<testsuites>`."""
    del options
    root = Element("testsuites", name="replylint")
    for file in report.files:
        _suite(root, file)
    for failure in report.failures:
        suite = SubElement(root, "testsuite", name=readable(failure.path), tests="1", failures="0", errors="1")
        case = _case(suite, failure.path, "replylint")
        SubElement(case, "error", type="unreadable-file", message=readable(failure.message))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    return xml(root)


def _suite(root: Element, file: FileReport) -> None:
    failed = [finding for finding in file.findings if finding.severity > Severity.SUGGESTION]
    suite = SubElement(
        root,
        "testsuite",
        name=readable(file.path),
        tests=str(len(file.findings) or 1),
        failures=str(len(failed)),
        errors="0",
    )
    if not file.findings:
        _case(suite, file.path, "replylint")
    for finding in file.findings:
        start = finding.start
        case = _case(suite, file.path, f"{finding.rule} {start.line}:{start.column}")
        if finding.severity > Severity.SUGGESTION:
            failure = SubElement(case, "failure", type=finding.rule, message=message(finding))
            failure.text = _details(file, finding)
        else:
            SubElement(case, "system-out").text = _details(file, finding)


def _case(suite: Element, path: str, name: str) -> Element:
    classname = readable(path).rpartition(".")[0] or readable(path)
    return SubElement(
        suite, "testcase", name=name, classname=classname.replace("/", "."), file=readable(path), time="0"
    )


def _details(file: FileReport, finding: Finding) -> str:
    start = finding.start
    lines = [f"{file.path}:{start.line}:{start.column}: {finding.severity}: {message(finding)}"]
    if finding.quote:
        lines.append(f"  {' '.join(finding.quote.split())}")
    lines += [f"→ {' '.join(rewrite.text.split())}" for rewrite in finding.rewrites if rewrite.text]
    return readable("\n".join(lines))
