"""What is wrong in a configuration, told as the user needs it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from replylint.cli.app import UserError
from replylint.cli.files import reason, shown
from replylint.cli.texts import did_you_mean, text
from replylint.config import Problem


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
    known = values.pop("known", None)
    if known is not None:
        name = values["value"] if "value" in values else values["option"]
        values |= {"hint": did_you_mean(lang, name, known), "choices": ", ".join(known)}
    return text(lang, problem.what, **values)
