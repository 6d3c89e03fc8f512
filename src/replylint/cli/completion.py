"""What a shell may complete: names of checks, forms of reports, files. Slow modules are imported by the shell's call
only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from replylint.reporters import REPORTERS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Paths; the shell finds them itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The forms of the report."""
    return _items("", REPORTERS, incomplete)


def check_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The checks that are built in."""
    return _items("", _known()[0], incomplete)


def checks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The built-in checks and their categories, after those that are already named in the same list."""
    before, comma, last = incomplete.rpartition(",")
    names = [name for part in _known() for name in part]
    return _items(before + comma, [name for name in names if name not in before.split(",")], last)


def _known() -> tuple[list[str], list[str]]:
    from replylint.rules import load

    ruleset = load(["de"])
    return list(ruleset.rules), sorted(ruleset.categories)


def _items(before: str, names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(before + name) for name in names if name.startswith(incomplete)]
