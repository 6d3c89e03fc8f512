"""`replylint baseline`: keep the present findings of a tree, so that `check --baseline` reports only new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from replylint.baseline import FILE, Baseline, BaselineError, Comparison, compare, load
from replylint.cli import check
from replylint.cli.app import Command, Option, UserError
from replylint.cli.check import Check
from replylint.cli.configuration import place
from replylint.cli.files import reason
from replylint.cli.output import why_unwritable, write
from replylint.cli.texts import text

_PROBLEMS: Mapping[str, str] = {
    "missing": "baseline-missing",
    "json": "baseline-json",
    "other": "baseline-other",
    "version": "baseline-version",
    "entry": "baseline-entry",
}


def read(path: str, lang: str, option: str = "", *, new: bool = False) -> Baseline:
    """The baseline in a file, an empty one where it may be `new` and isn't there. Raises UserError where it is none;
    `option` is what named it."""
    try:
        return load(path)
    except BaselineError as error:
        if new and error.what == "missing":
            return Baseline(path)
        problem = text(lang, _PROBLEMS[error.what], **error.values)
    except OSError as error:
        problem = reason(error, lang)
    raise UserError(f"{option}{place(path)}: {problem}.")


def compared(known: Baseline, run: Check) -> Comparison:
    """A finished run against a baseline."""

    def judged(path: str, check: str) -> bool:
        linter = run.linter_of[path]
        return check not in linter.ruleset.rules or any(rule.id == check for rule in linter.reported)

    return compare(known, run.files, judged)


@click.pass_context
def _run(ctx: click.Context, /, output: str | None, prune: bool, paths: tuple[str, ...], **options: Any) -> None:
    run = check.run_for(ctx, paths=paths or (".",), **options)
    configs = run.begin()
    output = output or run.baseline or FILE
    known = read(output, run.lang, new=not prune)
    run.collect(configs)
    comparison = compared(known, run)
    entries = comparison.known if prune else comparison.found
    new = Baseline(output, tuple(sorted({*entries, *comparison.open})))
    try:
        new.write()
    except OSError as error:
        problem = text(run.lang, "baseline-unwritable", reason=why_unwritable(error, run.lang))
        raise UserError(f"{place(output)}: {problem}.") from error
    if not run.quiet:
        write("".join(f"{line}\n" for line in _told(run, comparison, new, prune=prune)), run.lang)
    ctx.exit(2 if run.failures else 0)


def _told(run: Check, comparison: Comparison, new: Baseline, *, prune: bool) -> list[str]:
    """What was done."""
    path = place(new.path)
    if prune:
        return [run.text("baseline-pruned", path=path, n=len(comparison.stale), left=len(new.entries))]
    found = [file for file in run.files if file.findings]
    findings = run.text("n-findings", n=sum(len(file.findings) for file in found))
    lines = [run.text("baseline-written", path=path, findings=findings, files=run.text("n-files", n=len(found)))]
    if comparison.open:
        lines.append(run.text("baseline-kept", n=len(comparison.open)))
    return lines


_SHARED = (
    "paths",
    "select",
    "ignore",
    "template",
    "inquiry",
    "fact",
    "address",
    "lang",
    "config",
    "isolated",
    "force_exclude",
    "cache",
    "no_cache",
    "verbose",
    "quiet",
)
"""The options of `check` that decide what is found."""

command = Command(
    "baseline",
    callback=_run,
    de="Die jetzigen Funde festhalten, damit „check --baseline“ nur neue meldet.",
    en="Record the present findings, so that “check --baseline” only reports new ones.",
    params=[
        Option(
            ["--output"],
            metavar="FILE",
            de=f"Die Datei der Baseline (von Haus aus: {FILE}).",
            en=f"The baseline's file (default: {FILE}).",
        ),
        Option(
            ["--prune"],
            is_flag=True,
            de="Nur entfernen, was nicht mehr zutrifft, und nichts Neues aufnehmen.",
            en="Only remove what stands for nothing any more, and add nothing.",
        ),
        *(param for param in check.command.params if param.name in _SHARED),
    ],
)
