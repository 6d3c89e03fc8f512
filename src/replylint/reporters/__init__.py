"""Reporters: a finished report → what is printed. Each is a module with `render(report, options)` and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from replylint.findings import Report


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is to look; machine formats heed `statistics` alone."""

    width: int = 80
    color: bool = False
    statistics: bool = False
    quiet: bool = False


Reporter = Callable[[Report, Options], str]

REPORTERS: Mapping[str, str] = {
    "text": "replylint.reporters.text",
    "concise": "replylint.reporters.concise",
    "json": "replylint.reporters.json",
    "sarif": "replylint.reporters.sarif",
    "github": "replylint.reporters.github",
    "gitlab": "replylint.reporters.gitlab",
    "junit": "replylint.reporters.junit",
    "checkstyle": "replylint.reporters.checkstyle",
    "rdjson": "replylint.reporters.rdjson",
    "markdown": "replylint.reporters.markdown",
    "html": "replylint.reporters.html",
}


LISTS_CHECKS = frozenset({"sarif", "html"})
"""The formats that list what the checks are (`Report.checks`)."""


def by_file(report: Report) -> dict[str, int]:
    """How much was found in each file, most first, for the statistics; without those in which nothing was."""
    counts = [(file.path, len(file.findings)) for file in report.files if file.findings]
    return dict(sorted(counts, key=lambda item: (-item[1], item[0])))


def render(name: str, report: Report, options: Options | None = None) -> str:
    """The report in the format of that name, complete with its last line end ("" where there is nothing to say)."""
    reporter = cast(Reporter, import_module(REPORTERS[name]).render)
    return reporter(report, options or Options())
