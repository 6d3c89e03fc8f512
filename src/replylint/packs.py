"""Rule packs and where they are: built in, a folder, or an installed package; and which packs they build on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from replylint import cache
from replylint.rulefile import Node, RuleError, RuleErrors, parse

FILE = "pack.yaml"
GROUP = "replylint.packs"
PACK_KEYS = ("extends",)
_SUFFIXES = (".yaml", ".yml")


class UnknownPackError(RuleErrors):
    """There is no pack of that name; `known` are the packs of installed packages."""

    def __init__(self, error: RuleError, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__([error])


class Change(NamedTuple):
    """A file that changed a check, and the keys that it added to."""

    path: str
    line: int
    added: frozenset[str]


class Shelf:
    """The definitions of one sort (checks, signals or word lists) by id, in order, with what changed them."""

    def __init__(self, sort: str, nodes: dict[str, Node] | None = None) -> None:
        self.sort = sort
        self.nodes: dict[str, Node] = {} if nodes is None else nodes
        self.changes: dict[str, list[Change]] = {}


class Pack(NamedTuple):
    """A pack: the name it was asked for by, and its folder."""

    name: str
    folder: Path

    def files(self) -> list[Path]:
        """Its rule files in order; what lies in hidden folders, and its `pack.yaml`, are none."""
        found = []
        for parent, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(parent, name) for name in names if name.endswith(_SUFFIXES) and not name.startswith(".")]
        return sorted(path for path in found if path != self.folder / FILE)

    def holds(self, path: str) -> bool:
        """Whether a file is one of its own."""
        return Path(path).is_relative_to(self.folder)


def pack_folder(name: str, base: Path | None = None) -> Path:
    """The folder of a pack: the built-in one of that name, the path itself (seen from `base`), or that of an installed
    package. Raises UnknownPackError where there is none."""
    package = Path(__file__).parent
    plain = "/" not in name and "\\" not in name
    for folder in (package / "_rules" / name, package.parents[1] / "rules" / name):
        if plain and name.strip(".") and folder.is_dir():
            return folder
    # Without „..“, so that a file's path tells which pack it is of.
    folder = Path(name) if base is None else Path(os.path.normpath(base / name))
    if folder.is_dir():
        return folder
    if plain and not folder.exists():
        return _installed(name)
    raise _unknown(name, "is no folder" if folder.exists() else "was not found", ())


def _installed(name: str) -> Path:
    """The folder of an installed package's pack. Nothing of a top-level package is run to find it."""
    from importlib.util import find_spec

    from replylint.checks.plugins import entry_points

    offered = entry_points(GROUP)
    if name not in offered:
        raise _unknown(name, "was not found", sorted(offered))
    point = offered[name]
    try:
        spec = find_spec(point.module)
    except Exception as error:  # the parent of a nested package is imported, and may fail in any way
        raise _unknown(name, f"is offered by {point.value}, which can't be found ({error})", ()) from error
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(place, *point.attr.split(".")) if point.attr else Path(place)
        if folder.is_dir():
            return folder
    raise _unknown(name, f"is offered by {point.value}, but there is no such folder in that package", ())


def _unknown(name: str, what: str, known: Sequence[str]) -> UnknownPackError:
    message = f"the rule pack {what}; name a folder with rule files, “de”, or an installed package's pack"
    if known:
        message += f" ({', '.join(known)})"
    return UnknownPackError(RuleError(name, 1, 1, message), name, known)


def resolve(names: Sequence[str], *, cached: bool = False) -> list[Pack]:
    """The packs named and all that they extend, each after those it builds on and each once.

    Raises RuleErrors where one is missing, extends itself, or has a broken `pack.yaml`."""
    found: dict[Path, Pack] = {}
    errors: list[RuleError] = []

    def add(name: str, base: Path | None, above: tuple[Pack, ...], place: RuleError | None) -> None:
        try:
            folder = pack_folder(name, base)
        except UnknownPackError as error:
            if place is None:
                raise
            errors.append(RuleError(place.path, place.line, place.column, f"“{name}”: {error.errors[0].message}"))
            return
        key = folder.resolve()
        pack = Pack(name, folder)
        if any(other.folder.resolve() == key for other in above):
            circle = " → ".join(other.name for other in (*above, pack))
            if place is not None:
                errors.append(
                    RuleError(
                        place.path, place.line, place.column, f"the packs extend each other in a circle: {circle}"
                    )
                )
            return
        if key in found:
            return
        for other, line, column in _extends(folder / FILE, errors, cached=cached):
            add(other, folder, (*above, pack), RuleError(str(folder / FILE), line, column, ""))
        found[key] = pack

    for name in names:
        add(name, None, (), None)
    if errors:
        raise RuleErrors(errors)
    return list(found.values())


def _extends(path: Path, errors: list[RuleError], *, cached: bool) -> list[tuple[str, int, int]]:
    """The packs that a `pack.yaml` extends, each with its line and column. Loading YAML is slow: with `cached` it is
    kept what an earlier run read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        errors.append(RuleError(str(path), 1, 1, f"can't be read: {error.strerror}"))
        return []
    entry = f"extends-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}"
    key = hashlib.sha256(data).hexdigest()
    if cached and (kept := cache.read(entry, key)) is not None:
        return [(name, line, column) for name, line, column in kept]
    before = len(errors)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        errors.append(RuleError(str(path), 1, 1, "is not UTF-8; save it so"))
        return []
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return []
    node = parse(text, str(path), errors)
    fields = node.mapping(PACK_KEYS) if node is not None else {}
    extends = [(item.string(), item.line, item.column) for item in fields["extends"].items()] if fields else []
    extends = [item for item in extends if item[0]]
    if cached and len(errors) == before:
        cache.write(entry, key, extends)
    return extends
