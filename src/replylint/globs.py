"""Patterns of paths: globs that name files, and the patterns of `.gitignore` that leave files out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from replylint.expressions import expression

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

GITIGNORE = ".gitignore"


def inside(path: str, root: str) -> str | None:
    """A path as it reads from a folder on, with `/`; None where it isn't in that folder."""
    try:
        result = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive
        return None
    return None if result == ".." or result.startswith("../") else result


@dataclass(frozen=True)
class Globs:
    """Patterns of paths below a folder. One without a slash fits a name at any depth; a folder that fits stands for all
    that is in it."""

    root: str = ""
    patterns: tuple[str, ...] = ()

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return expression("|".join(f"(?:{_regex(pattern)})(?:/.*)?" for pattern in self.patterns), re.DOTALL)

    def match(self, path: str) -> bool:
        """Whether a path fits; those outside of the folder never do."""
        if not self.patterns:
            return False
        name = inside(path, self.root)
        return name is not None and self._regex.fullmatch(name) is not None


def _regex(pattern: str) -> str:
    pattern = pattern.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    return anywhere + "".join(
        _GLOB_PARTS.get(part) or (_set(part) if part[0] == "[" and len(part) > 1 else re.escape(part))
        for part in _GLOB_PART.findall(pattern.removeprefix("/"))
    )


_GLOB_PART = expression(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|[^*?\[]+|.", re.DOTALL)
_GLOB_PARTS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _set(part: str) -> str:
    negated = part[1] == "!"
    inner = re.sub(r"([\\^&~|\[])", r"\\\1", part[2 if negated else 1 : -1])
    return f"[{'^/' if negated else ''}{inner}]"


@dataclass(frozen=True)
class Ignore:
    """Patterns of paths below a folder that are left out, as a `.gitignore` in that folder has them: the last one that
    fits decides, `!` takes back, and nothing comes back out of a folder that is left out."""

    root: str = ""
    patterns: tuple[str, ...] = ()

    def decide(self, path: str, *, folder: bool = False) -> bool | None:
        """Whether to leave a file or folder out, None where no pattern fits. The folders that it is in are taken for
        searched: a search doesn't enter those that are left out."""
        if not self.patterns:
            return None
        name = inside(path, self.root)
        if name is None or name == ".":
            return None
        return (self._folders if folder else self._files).check_file(name).include

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is left out by itself or by a folder that it is in."""
        name = inside(path, self.root) if self.patterns else None
        if name is None:
            return False
        above = [self.root]
        for part in name.split("/")[:-1]:
            above.append(os.path.join(above[-1], part))  # noqa: PTH118
        return any(self.decide(each, folder=True) for each in above[1:]) or bool(self.decide(path, folder=folder))

    @cached_property
    def _files(self) -> GitIgnoreSpec:
        return _spec(self.patterns)

    @cached_property
    def _folders(self) -> GitIgnoreSpec:
        # A folder is what `name/` fits as well; asked as „name“, the last pattern that fits it decides as in git.
        return _spec(tuple(_TRAILING_SLASH.sub("", pattern) for pattern in self.patterns))


_TRAILING_SLASH = expression(r"(?<=[^/\s])/\s*$")


def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def broken(pattern: str) -> bool:
    """Whether a pattern of `.gitignore` can't be read."""
    try:
        _spec((pattern,))
    except ValueError:
        return True
    return False


class GitIgnored:
    """What the `.gitignore` files leave out of a search that begins in a folder: those in it and below, and those above
    it in the same repository. One that leaves the folder itself out doesn't count: it was asked for."""

    def __init__(self, top: str) -> None:
        self.top = os.path.abspath(top)  # noqa: PTH100 - links stay as they are
        self._known: dict[str, tuple[Ignore, ...]] = {}

    def match(self, path: str, *, folder: bool) -> bool:
        """Whether a file or folder in a searched folder is left out; the nearest `.gitignore` that knows it decides."""
        path = os.path.abspath(path)  # noqa: PTH100
        for ignore in self._of(os.path.dirname(path)):  # noqa: PTH120
            decided = ignore.decide(path, folder=folder)
            if decided is not None:
                return decided
        return False

    def _of(self, folder: str) -> tuple[Ignore, ...]:
        """Those that count in a folder, the nearest first."""
        known = self._known.get(folder)
        if known is None:
            if folder == self.top:
                above = (each for each in self._above() if not each.excludes(self.top, folder=True))
                known = (*_in(folder), *above)
            elif os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118 - a repository of its own
                known = tuple(_in(folder))
            else:
                known = (*_in(folder), *self._of(os.path.dirname(folder)))  # noqa: PTH120
            self._known[folder] = known
        return known

    def _above(self) -> list[Ignore]:
        """Those between the folder and the root of its repository; none where it is in no repository."""
        found: list[Ignore] = []
        folder = self.top
        while not os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118
            parent = os.path.dirname(folder)  # noqa: PTH120
            if parent == folder:
                return []
            folder = parent
            found += _in(folder)
        return found


def _in(folder: str) -> Iterator[Ignore]:
    """The `.gitignore` of a folder, if it has one that can be read. Lines that mean nothing are passed over, as in
    git."""
    path = os.path.join(folder, GITIGNORE)  # noqa: PTH118
    if not os.path.isfile(path):  # noqa: PTH113
        return
    try:
        lines = re.split(r"\r?\n", Path(path).read_text(encoding="utf-8-sig", errors="surrogateescape"))
    except OSError:
        return
    patterns = tuple(line for line in lines if line.strip() and not line.startswith("#") and not broken(line))
    if patterns:
        yield Ignore(folder, patterns)
