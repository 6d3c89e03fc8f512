"""Which lines a change touched, by git: for `check --diff-base`."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from replylint.cli.app import UserError
from replylint.cli.files import STDIN, Input, shown
from replylint.cli.texts import text
from replylint.expressions import expression
from replylint.source import Span

if TYPE_CHECKING:
    from replylint.findings import FileReport, Finding

# Hooks run with these set for the repository that they belong to; a file's own folder decides here.
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_EXTERNAL_DIFF")
_HUNK = expression(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


class Hunk(NamedTuple):
    """Lines that are new or different, `first` to `last`, counted from 1; where lines were only taken out, `last` is
    `first - 1` and `first` the line that follows."""

    first: int
    last: int

    def touches(self, first: int, last: int) -> bool:
        """Whether one of those lines is new or different."""
        return self.first <= last and first <= self.last

    def touches_reply(self, first: int, last: int) -> bool:
        """Whether a reply on those lines is: also where lines were taken out of it, at its beginning and end too."""
        if self.last < self.first:
            return first <= self.first <= last + 1
        return self.touches(first, last)


class Repository:
    """A git repository, and what was changed in it since a revision."""

    def __init__(self, root: str, base: str, lang: str) -> None:
        self.root = root
        self.lang = lang
        self.base = base
        self._changed: dict[bytes, tuple[bytes, ...]] | None = None
        self._tracked: frozenset[bytes] = frozenset()

    def hunks(self, path: str) -> Sequence[Hunk] | None:
        """What was changed in a file; None for all of it, as git doesn't know the file."""
        inside = os.path.relpath(os.path.realpath(path), self.root)
        name = os.fsencode(inside.replace(os.sep, "/"))
        if self._changed is None:
            self._tracked = frozenset(_git(self.root, self.lang, "ls-files", "-z").split(b"\0"))
            self._changed = _names(_git(self.root, self.lang, "diff", *_DIFF, "--name-status", "-z", self.base))
        if name not in self._tracked:
            return None
        if name not in self._changed:
            return ()
        # Both names of a renamed file, so that git finds them to be one.
        names = [b":(top,literal)" + each for each in self._changed[name]]
        diff = _git(self.root, self.lang, "diff", *_DIFF, "--unified=0", "--text", "--patch", self.base, "--", *names)
        return _hunks(diff)


_DIFF = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--find-renames", "--inter-hunk-context=0")


def _names(status: bytes) -> dict[bytes, tuple[bytes, ...]]:
    """The changed files of `git diff --name-status -z`, each with all names that it had."""
    parts = iter(status.split(b"\0"))
    result: dict[bytes, tuple[bytes, ...]] = {}
    for kind in parts:
        if kind:
            names = (next(parts), next(parts)) if kind[:1] in b"RC" else (next(parts),)
            result[names[-1]] = names
    return result


def _hunks(diff: bytes) -> tuple[Hunk, ...]:
    result = []
    # Only line feeds end lines here; a lone carriage return in a line would make a forged header.
    for line in diff.split(b"\n"):
        if line.startswith(b"@@") and (match := _HUNK.match(line.decode("latin-1"))):
            first, count = int(match[1]), int(match[2] or 1)
            result.append(Hunk(first, first + count - 1) if count else Hunk(first + 1, first))
    return tuple(result)


class Changed:
    """The findings of a run that are on lines which a change touched, against where it left `revision`."""

    def __init__(self, revision: str, lang: str) -> None:
        self.revision = revision
        self.lang = lang
        self._paths: dict[str, Input] = {}
        self._repositories: dict[str, Repository] = {}
        self._folders: dict[str, Repository] = {}

    def prepare(self, inputs: Iterable[Input]) -> None:
        """Refuse, before the work begins, what no change can be told of. Raises UserError."""
        for item in inputs:
            if item.path != STDIN and os.path.exists(item.path):  # noqa: PTH110
                self._repository(item)
                self._paths[item.name] = item

    def reports(self, files: Iterable[FileReport]) -> list[FileReport]:
        """The reports of files with the findings on touched lines only; those that concern a whole reply stay where any
        of its lines is touched. All of standard input stays, which is in no repository. Raises UserError."""
        return [self._report(file) for file in files]

    def _report(self, file: FileReport) -> FileReport:
        item = self._paths.get(file.path)
        if item is None or not file.findings:
            return file
        hunks = self._repository(item).hunks(item.path)
        if hunks is None:
            return file
        # git's lines end at line feeds only.
        ends = [place for place, mark in enumerate(file.source.text) if mark == "\n"] if hunks else []
        findings = tuple(finding for finding in file.findings if _touched(finding, hunks, ends))
        return replace(file, findings=findings)

    def _repository(self, item: Input) -> Repository:
        folder = os.path.dirname(os.path.realpath(item.path))  # noqa: PTH120
        if folder not in self._folders:
            root = self._root(folder, item)
            if root not in self._repositories:
                self._repositories[root] = Repository(root, self._base(root), self.lang)
            self._folders[folder] = self._repositories[root]
        return self._folders[folder]

    def _root(self, folder: str, item: Input) -> str:
        status, output, error = _run(folder, self.lang, "rev-parse", "--show-toplevel")
        root = output.removesuffix(b"\n").removesuffix(b"\r")
        if status or not root:
            if b"not a git repository" in error or b"must be run in a work tree" in error or not error:
                raise UserError(text(self.lang, "diff-base-outside", path=item.name))
            raise UserError(text(self.lang, "git-failed", reason=_first_line(error)))
        return os.path.realpath(os.fsdecode(root))

    def _base(self, root: str) -> str:
        """Where the change left the revision, so that what others did there since is none of it; the revision itself
        where the two have nothing in common (or a shallow clone doesn't know it)."""
        revision = self.revision
        # git would take a leading hyphen for an option.
        if revision and not revision.startswith("-") and "\0" not in revision:
            status, output, _ = _run(root, self.lang, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if not status:
                commit = output.decode().strip()
                status, output, _ = _run(root, self.lang, "merge-base", commit, "HEAD")
                return commit if status else output.decode().split()[0]
        raise UserError(text(self.lang, "diff-base-unknown", revision=revision, path=shown(root)))


def _touched(finding: Finding, hunks: Sequence[Hunk], ends: Sequence[int]) -> bool:
    if finding.document_level:
        draft = finding.draft
        first, last = _lines(draft.map.to_source(Span(0, len(draft.text))), ends)
        return any(hunk.touches_reply(first, last) for hunk in hunks)
    first, last = _lines(finding.source_span, ends)
    return any(hunk.touches(first, last) for hunk in hunks)


def _lines(span: Span, ends: Sequence[int]) -> tuple[int, int]:
    """The first and last line of a range, counted from 1."""
    first = bisect_left(ends, span.start) + 1
    return first, bisect_left(ends, max(span.start, span.end - 1)) + 1


def _git(folder: str, lang: str, *arguments: str | bytes) -> bytes:
    status, output, error = _run(folder, lang, *arguments)
    if status:
        raise UserError(text(lang, "git-failed", reason=_first_line(error)))
    return output


def _run(folder: str, lang: str, *arguments: str | bytes) -> tuple[int, bytes, bytes]:
    """git's exit status, output and error output. Raises UserError where there is no git."""
    import subprocess

    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        run = subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise UserError(text(lang, "no-git")) from error
    return run.returncode, run.stdout, run.stderr


def _first_line(error: bytes) -> str:
    lines = error.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else "?"
