"""What is wrong in a configuration, told as the user needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from replylint.cli.app import UserError
from replylint.cli.files import reason, shown
from replylint.cli.texts import did_you_mean, text
from replylint.config import Config, ConfigError, Configs, Problem
from replylint.toml import KeyPath

if TYPE_CHECKING:
    from replylint.rules import RuleSet


def place(path: str) -> str:
    """A configuration's path as it is shown: from the working directory where it is below that."""
    try:
        inside = os.path.relpath(path)
    except ValueError:  # another drive
        return shown(path)
    return shown(path if inside.startswith("..") else inside)


def config_error(problems: Sequence[Problem], lang: str) -> UserError:
    """The problems, one a line with its place."""
    details = [f"{place(problem.path)}:{problem.line}: {_message(problem, lang)}" for problem in problems]
    return UserError(text(lang, "config-errors", n=len(details)), details=list(dict.fromkeys(details)))


def _message(problem: Problem, lang: str) -> str:
    values = dict(problem.values)
    if "error" in values:
        values["reason"] = reason(values["error"], lang)
    if "chain" in values:
        values["chain"] = " → ".join(place(path) for path in values["chain"])
        values["last"] = values["chain"].rpartition(" → ")[2]
    known = values.pop("known", None)
    if known is not None:
        name = values["value"] if "value" in values else values["option"]
        values |= {"hint": did_you_mean(lang, name, known), "choices": ", ".join(known)}
    return text(lang, problem.what, **values)


def configurations(path: str | None, isolated: bool, lang: str) -> Configs:
    """The configurations that `--config` and `--isolated` ask for. Raises UserError where they can't be had."""
    if path is not None and isolated:
        raise UserError(text(lang, "contradiction", one="--isolated", other="--config"))
    try:
        return Configs(path, isolated=isolated)
    except ConfigError as error:
        raise config_error(error.problems, lang) from error


def wrong_format(config: Config) -> list[Problem]:
    """What is wrong with the format of the report that a configuration asks for."""
    from replylint.reporters import REPORTERS

    names = [each.partition(":")[0] for each in config.format or ()]
    return [
        config.problem("format", "config-choice", value=name, known=list(REPORTERS))
        for name in names
        if name not in REPORTERS
    ]


def wrong_names(config: Config, ruleset: RuleSet, lang: str) -> list[Problem]:
    """The names in a configuration that are neither a check nor a category of its rules."""
    from replylint.linter import unknown_checks

    known = [*ruleset.rules, *sorted(ruleset.categories)]
    problems = []
    for where, names in _names(config):
        for name in unknown_checks(ruleset, names):
            place = (*where, name) if where[-1] == "checks" else where
            problem = config.problem(place, "config-check", name=name, hint=did_you_mean(lang, name, known))
            values = {**problem.values, "option": where[-1]}
            problems.append(Problem(problem.path, problem.line, problem.what, values))
    return problems


def _names(config: Config) -> Iterator[tuple[KeyPath, Sequence[str]]]:
    """All lists of checks and categories in a configuration, and where they stand."""
    layers: list[tuple[KeyPath, Mapping[str, Any]]] = [((), vars(config))]
    layers += [(("overrides", number), each.fields) for number, each in enumerate(config.overrides)]
    for where, fields in layers:
        for key in ("select", "ignore", "checks"):
            yield (*where, key), tuple(fields.get(key) or ())
    for number, suppression in enumerate(config.suppressions):
        yield ("suppressions", number, "checks"), suppression.checks
