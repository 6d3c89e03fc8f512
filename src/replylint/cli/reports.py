"""Where the reports of a run go: each `--format NAME[:FILE]` is one, on standard output or in a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from replylint.cli.app import UserError
from replylint.cli.files import shown
from replylint.cli.output import check_output, color_wanted, width, write
from replylint.cli.texts import did_you_mean, text
from replylint.findings import Description, Report
from replylint.reporters import LISTS_CHECKS, REPORTERS, Options, render

if TYPE_CHECKING:
    from replylint.rules import RuleSet

_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
_STEP_ROWS = 200
"""A step's page holds 1 MiB; so many rows stay well below."""


@dataclass(frozen=True, slots=True)
class Target:
    """A report: its format, and the file that it goes to (None: standard output)."""

    format: str
    path: str | None = None

    @classmethod
    def parse(cls, written: str) -> Target:
        """What `NAME` or `NAME:FILE` asks for."""
        name, _, path = written.partition(":")
        return cls(name, path or None)


def targets(formats: Iterable[str], output: str | None, lang: str) -> list[Target]:
    """The reports of a run; `output` is the file of those that name none. Raises UserError where one can't be."""
    result: list[Target] = []
    places: dict[str, str] = {}
    for written in formats:
        target = Target.parse(written)
        if target.format not in REPORTERS:
            hint = did_you_mean(lang, target.format, list(REPORTERS))
            raise UserError(
                text(
                    lang, "bad-choice", option="--format", value=target.format, hint=hint, choices=", ".join(REPORTERS)
                )
            )
        if target.path is None and output is not None:
            target = replace(target, path=output)
        place = "" if target.path is None else os.path.realpath(target.path)
        if place in places:
            where = text(lang, "stdout") if target.path is None else shown(target.path)
            raise UserError(text(lang, "two-reports", one=places[place], other=written, place=where))
        places[place] = written
        if target.path is not None:
            check_output(target.path, lang)
        result.append(target)
    return result


def descriptions(rulesets: Iterable[RuleSet], lang: str) -> tuple[Description, ...]:
    """What the checks of some rules are."""
    found = {}
    for ruleset in rulesets:
        for rule in ruleset.rules.values():
            texts = (" ".join(each.get(lang).split()) for each in (rule.why, rule.flags, rule.leaves))
            found[rule.id] = Description(rule.id, rule.category, rule.severity, *texts)
    return tuple(found[name] for name in sorted(found))


def write_reports(
    reports: Sequence[Target],
    report: Report,
    rulesets: Iterable[RuleSet],
    color: str,
    *,
    statistics: bool,
    quiet: bool,
    aside: bool = False,
) -> None:
    """Write all reports, to stderr instead of stdout where they go `aside`. Raises UserError where one can't be
    written."""
    if any(target.format in LISTS_CHECKS for target in reports):
        report = replace(report, checks=descriptions(rulesets, report.lang))
    for target in reports:
        options = Options(width(target.path), color_wanted(color, target.path), statistics, quiet)
        write(render(target.format, report, options), report.lang, target.path, aside=aside)
        if target.format == "github":
            _summarise(report)


def _summarise(report: Report) -> None:
    """Add the findings to the page of a GitHub workflow's step, where the run is one."""
    path = os.environ.get(_STEP_SUMMARY)
    if not path:
        return
    from replylint.reporters import markdown

    try:
        with open(path, "a", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.writelines(f"{line}\n" for line in markdown.lines(report, _STEP_ROWS))
    except OSError as error:
        raise UserError(text(report.lang, "step-summary", path=shown(path), reason=str(error.strerror))) from error
