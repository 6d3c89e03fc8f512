"""Kinds of check from installed packages: loaded only where a run names them, never by themselves.

A package offers one under the entry point group `replylint.kinds`; the entry point's name is the kind's, its object a
`KindOfCheck`, or a module with `KEYS` and `parse` as the built-in kinds are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replylint.checks import KINDS, KindOfCheck
from replylint.rulefile import RULE_KEYS, RuleError, RuleErrors, did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "replylint.kinds"


def entry_points(group: str) -> dict[str, EntryPoint]:
    """What installed packages offer in a group, by name. (The import takes longer than a small check.)"""
    from importlib import metadata

    return {point.name: point for point in metadata.entry_points(group=group)}


def kinds_with(plugins: Sequence[str]) -> Mapping[str, KindOfCheck]:
    """The built-in kinds and those of the plugins named. Raises RuleErrors with all that can't be loaded."""
    if not plugins:
        return KINDS
    offered = entry_points(GROUP)
    kinds = dict(KINDS)
    errors = []
    for name in dict.fromkeys(plugins):
        try:
            kinds[name] = _load(name, offered)
        except _PluginError as error:
            errors.append(RuleError(name, 1, 1, str(error)))
    if errors:
        raise RuleErrors(errors)
    return kinds


def fingerprint(plugins: Iterable[str], kinds: Mapping[str, KindOfCheck]) -> str:
    """What changes when a plugin does: its name and its module's file, size and time of change."""
    parts = []
    for name in plugins:
        module = sys.modules.get(getattr(kinds[name].parse, "__module__", ""))
        file = getattr(module, "__file__", None)
        status = Path(file).stat() if file else None
        parts.append(f"{name}\0{file}\0{status and (status.st_size, status.st_mtime_ns)}")
    return "\0".join(parts)


class _PluginError(Exception):
    pass


def _load(name: str, offered: Mapping[str, EntryPoint]) -> KindOfCheck:
    if name not in offered:
        raise _PluginError(
            f"no installed package offers the plugin “{name}” (entry point group {GROUP})"
            f"{did_you_mean(name, offered) or _listed(offered)}"
        )
    if name in KINDS:
        raise _PluginError(f"the plugin “{name}” has the name of a built-in kind of check; it has to take another one")
    try:
        found: Any = offered[name].load()
    except Exception as error:  # a plugin's code may fail in any way
        raise _PluginError(f"the plugin “{name}” can't be loaded ({type(error).__name__}: {error})") from error
    if not isinstance(found, KindOfCheck) and callable(getattr(found, "parse", None)) and hasattr(found, "KEYS"):
        found = KindOfCheck(tuple(found.KEYS), found.parse)
    if not isinstance(found, KindOfCheck):
        raise _PluginError(
            f"the plugin “{name}” is no kind of check: it offers neither a KindOfCheck nor KEYS and parse"
        )
    taken = sorted({*RULE_KEYS, "change", "add", "remove"} & set(found.keys))
    if taken:
        raise _PluginError(f"the plugin “{name}” uses the key “{taken[0]}”, which every check has")
    return found


def _listed(offered: Iterable[str]) -> str:
    names = ", ".join(sorted(offered))
    return f"; installed are {names}" if names else ""
