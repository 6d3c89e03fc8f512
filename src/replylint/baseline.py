"""The baseline: the findings that a tree had when it was written, so that only new ones are reported.

A finding is known by its check, its words and the sentence around them, white space and case aside; one on a whole
draft by the check and the draft's sentences, of which any will do. Neither lines nor numbers count: text that is moved
or wrapped anew stays known, and another finding is new even where their number is the same. What has left its place (a
reply, a file) may be claimed by one other place, so that renamed files stay known and copies don't. Sentences are kept
as short hashes only.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from replylint import atomic
from replylint.draft import Draft
from replylint.expressions import expression
from replylint.findings import FileReport, Finding
from replylint.german import anatomy, placeholders
from replylint.source import Span

FILE = "replylint-baseline.json"
_NAME = "replylint-baseline"
_VERSION = 1
_SHOWN = 60  # characters of the words found that an entry shows
_LONGEST = 200_000  # a draft longer than this is none; its sentences aren't looked for
_SHORTEST = 3  # words of a sentence that tells a draft from others


class BaselineError(Exception):
    """A file that is no baseline: `what` says why (missing, json, other, version, entry), `values` say more."""

    def __init__(self, what: str, **values: object) -> None:
        super().__init__(f"{what} {values}")
        self.what = what
        self.values = values


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finding as it is kept: its file from the baseline's folder on, its draft in the file ("" where it is the only
    one), its check, the beginning of its words ("" for one on a whole draft), and its context: the hash of words and
    sentence, or the hashes of the draft's sentences."""

    file: str
    draft: str
    check: str
    words: str
    context: str

    @property
    def hashes(self) -> frozenset[str]:
        """The hashes of its context."""
        return frozenset(self.context.split())


@dataclass(frozen=True)
class Baseline:
    """The entries of a baseline and the file that it is, or is to be."""

    path: str
    entries: tuple[Entry, ...] = ()

    def file_of(self, path: str) -> str:
        """A path as entries name it: from the baseline's folder on."""
        folder = os.path.dirname(os.path.abspath(self.path))  # noqa: PTH100, PTH120
        try:
            path = os.path.relpath(path, folder)
        except ValueError:  # another drive
            path = os.path.abspath(path)  # noqa: PTH100
        return path.replace(os.sep, "/")

    def exists(self, file: str) -> bool:
        """Whether an entry's file is still there."""
        return Path(self.path).absolute().parent.joinpath(file).exists()

    def rendered(self) -> bytes:
        """The file's bytes: JSON, an entry a line, sorted."""
        lines = ",\n".join(
            f"    {json.dumps(_fields(entry), ensure_ascii=False)}" for entry in sorted(set(self.entries))
        )
        listed = f"[\n{lines}\n  ]" if lines else "[]"
        return f'{{\n  "format": "{_NAME}/{_VERSION}",\n  "findings": {listed}\n}}\n'.encode()

    def write(self) -> bool:
        """Write the file in one step, if it would change; says whether. Raises OSError."""
        path, data = Path(self.path), self.rendered()
        if path.exists() and path.read_bytes() == data:
            return False
        atomic.write(path, data)
        return True


def _fields(entry: Entry) -> dict[str, str]:
    fields = {name: getattr(entry, name) for name in ("file", "draft", "check", "words", "context")}
    return {name: value for name, value in fields.items() if value or name not in ("draft", "words")}


def load(path: str) -> Baseline:
    """The baseline in a file. Raises BaselineError where it is none, OSError where it can't be read."""
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise BaselineError("missing") from error
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BaselineError("other") from error
    except json.JSONDecodeError as error:
        raise BaselineError("json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise BaselineError("other") from error
    form = document.get("format") if isinstance(document, dict) else None
    name, _, version = form.partition("/") if isinstance(form, str) else ("", "", "")
    if name != _NAME:
        raise BaselineError("other")
    if version != str(_VERSION):
        raise BaselineError("version", version=version, known=_VERSION)
    return Baseline(path, tuple(_entries(document.get("findings"))))


def _entries(items: Any) -> Iterator[Entry]:
    if not isinstance(items, list):
        raise BaselineError("other")
    for number, item in enumerate(items, 1):
        fields = {"draft": "", "words": "", **item} if isinstance(item, dict) else {}
        try:
            entry = Entry(*(fields[name] for name in ("file", "draft", "check", "words", "context")))
        except KeyError as error:
            raise BaselineError("entry", number=number) from error
        if not all(isinstance(value, str) for value in fields.values()):
            raise BaselineError("entry", number=number)
        yield entry


# What a finding is known by


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
    return " ".join(text.lower().split())


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


_NUMBER = expression(r"\[\d+\]|\d+")


def _draft_of(draft: Draft) -> str:
    """What a draft of several in a file goes by: its title, else its key, without what changes with its place."""
    return (_normal(draft.subject or "") or _NUMBER.sub("", draft.key))[:_SHOWN] if draft.key else ""


class _Contexts:
    """The sentences of the draft at hand, found once for all of its findings."""

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.sentences: list[Span] = []
        self.body = Span(0, 0)

    def entry(self, finding: Finding, file: str) -> Entry:
        """The entry of a finding."""
        draft = finding.draft
        if draft is not self.draft:
            self.read(draft)
        if finding.document_level:
            words, context = "", " ".join(self.marks(draft.text))
        else:
            words = _normal(finding.quote or "")
            around = [draft.text[each.start : each.end] for each in self.sentences if each.overlaps(finding.span)]
            context = _hash(words, _normal(" ".join(around)))[:12]
            words = words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
        return Entry(file, _draft_of(draft), finding.rule, words, context)

    def read(self, draft: Draft) -> None:
        self.draft = draft
        self.sentences = []
        self.body = Span(0, len(draft.text))
        if len(draft.text) <= _LONGEST:
            parts = anatomy.dissect(draft.text, placeholders.find(draft.text))
            self.sentences = [sentence.span for sentence in parts.sentences]
            self.body = parts.body

    def marks(self, text: str) -> list[str]:
        """The hashes of the first, the longest and the last sentence of the body."""
        inside = [_normal(text[each.start : each.end]) for each in self.sentences if self.body.contains(each)]
        telling = [sentence for sentence in inside if len(sentence.split()) >= _SHORTEST] or inside or [_normal(text)]
        chosen = (telling[0], max(telling, key=len), telling[-1])
        return list(dict.fromkeys(_hash(sentence)[:8] for sentence in chosen))


def entries_of(baseline: Baseline, files: Iterable[FileReport]) -> list[list[Entry]]:
    """The entries of each file's findings."""
    contexts = _Contexts()
    return [[contexts.entry(finding, baseline.file_of(file.path)) for finding in file.findings] for file in files]


# Comparing


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against its baseline: the files with their new and their known findings, the entries of all that was found,
    those of them that were known, those that stand for nothing any more, and those that this run can't judge."""

    files: tuple[FileReport, ...]
    found: tuple[Entry, ...]
    known: tuple[Entry, ...]
    stale: tuple[Entry, ...]
    open: tuple[Entry, ...]


Judged = Callable[[str, str], bool]
"""Whether a run can judge a check (the second) on a file, by its path as reports name it: it ran, or exists no more."""


def compare(
    baseline: Baseline, files: Sequence[FileReport], judged: Judged, exists: Callable[[str], bool] | None = None
) -> Comparison:
    """What a baseline knows of the findings of some files, all of which could be checked."""
    exists = exists or baseline.exists
    found = entries_of(baseline, files)
    checked = {baseline.file_of(file.path): file.path for file in files}
    gone = {file: not exists(file) for file in {entry.file for entry in baseline.entries} - checked.keys()}
    match = _Match(baseline.entries, lambda entry: entry.file in checked or gone.get(entry.file, False))
    for entries in found:
        match.in_place(entries)
    for entries in found:
        match.moved(entries)
    reports = []
    for file, entries in zip(files, found, strict=True):
        pairs = list(zip(file.findings, entries, strict=True))
        new = tuple(finding for finding, entry in pairs if entry not in match.known)
        reports.append(replace(file, findings=new, known=tuple(each for each, entry in pairs if entry in match.known)))
    stale: list[Entry] = []
    left: list[Entry] = []
    for entry in baseline.entries:
        if entry in match.claimed:
            continue
        here = checked.get(entry.file)
        over = gone[entry.file] if here is None else judged(here, entry.check)
        (stale if over else left).append(entry)
    every = tuple(entry for entries in found for entry in entries)
    known = tuple(entry for entry in every if entry in match.known)
    return Comparison(tuple(reports), every, known, tuple(stale), tuple(left))


class _Match:
    """Entries of a baseline and those found, brought together."""

    def __init__(self, entries: Iterable[Entry], movable: Callable[[Entry], bool]) -> None:
        self.claimed: set[Entry] = set()
        self.known: set[Entry] = set()
        self.movable = movable
        self.entries = frozenset(entries)
        self.by_place: dict[tuple[str, str, str], list[Entry]] = {}
        self.by_check: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in sorted(self.entries):
            if not entry.words:
                self.by_place.setdefault((entry.file, entry.draft, entry.check), []).append(entry)
            for mark in entry.hashes:
                self.by_check.setdefault((entry.check, entry.words, mark), []).append(entry)

    def claim(self, found: Entry, entry: Entry) -> None:
        self.known.add(found)
        self.claimed.add(entry)

    def in_place(self, found: Iterable[Entry]) -> None:
        """Claim the entries of the same draft of the same file."""
        for each in found:
            if each in self.entries:
                self.claim(each, each)
            elif not each.words:
                # Of a draft any sentence will do: it may be in the middle of being rewritten.
                for entry in self.by_place.get((each.file, each.draft, each.check), ()):
                    if entry.hashes & each.hashes:
                        self.claim(each, entry)
                        break

    def moved(self, found: Iterable[Entry]) -> None:
        """Claim what has left its place: entries of the same file first, then of files that are gone, then of others.
        An entry is claimed by one draft only."""
        for _, drafts in groupby(found, key=lambda entry: (entry.file, entry.draft)):
            for each in drafts:
                if each in self.known:
                    continue
                candidates = {
                    entry
                    for mark in each.hashes
                    for entry in self.by_check.get((each.check, each.words, mark), ())
                    if entry not in self.claimed and self.movable(entry)
                }
                # Two drafts that share a sentence are two all the same.
                fitting = [
                    entry for entry in candidates if entry.hashes == each.hashes or len(entry.hashes & each.hashes) > 1
                ]
                if fitting:
                    self.claim(each, min(fitting, key=lambda entry: (entry.file != each.file, entry)))
