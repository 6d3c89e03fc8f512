"""Loading rule packs for a command, all of their errors told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from replylint.cli.app import UserError
from replylint.cli.files import shown
from replylint.cli.texts import text

if TYPE_CHECKING:
    from replylint.rules import RuleSet

BUILT_IN = "de"


def load_packs(packs: Sequence[str], lang: str, *, cached: bool = False) -> RuleSet:
    """The rules of those packs, with `cached` from an earlier run where nothing has changed since. Raises UserError
    with every error of every rule file."""
    for pack in packs:
        if pack != BUILT_IN and not os.path.isdir(pack):  # noqa: PTH112
            raise UserError(text(lang, "no-pack", path=shown(pack)))
    from replylint import rules

    try:
        return rules.load(packs, cached=cached)
    except rules.RuleErrors as errors:
        details = [str(error) for error in errors.errors]
        raise UserError(text(lang, "rule-errors", n=len(details)), details=details) from errors
