"""What a run says: severities, rewrites and fixes, findings, failures, and the report that holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from replylint.draft import Draft
from replylint.source import Edit, Position, Source, Span


class Severity(IntEnum):
    """How bad a finding is; a larger value is worse."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, name: str) -> Severity:
        """The severity of that lower-case name. Raises KeyError for another word."""
        return cls[name.upper()]


class Safety(IntEnum):
    """How far a rewrite may be trusted; a larger value is safer."""

    FILL = 1
    """Needs a fact from the writer, marked as a gap: it is only shown."""
    REVIEW = 2
    """Changes the wording, but states nothing that the draft doesn't."""
    SAFE = 3
    """Leaves the meaning untouched."""

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, name: str) -> Safety:
        """The safety of that lower-case name. Raises KeyError for another word."""
        return cls[name.upper()]


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of the draft's text that belong together: all of them or none."""

    edits: tuple[Edit, ...]
    safety: Safety


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A proposed wording. `text` is what to write (may be empty: cut the words); `span` is what it stands for,
    a range of the draft's text, empty for an insertion. `fix` is None where it can't be applied as it is."""

    text: str
    safety: Safety
    span: Span
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a good editor would say about a draft.

    `span` is a range of the draft's text in code points; a document-level finding has an empty range, where the
    missing sentence belongs. Its place in the file is derived through the draft's source map.
    """

    rule: str
    category: str
    severity: Severity
    message: str
    why: str
    draft: Draft
    span: Span
    document_level: bool = False
    rewrites: tuple[Rewrite, ...] = ()

    @property
    def quote(self) -> str | None:
        """The words found, or None for a document-level finding."""
        return None if self.document_level else self.draft.text[self.span.start : self.span.end]

    @property
    def source_span(self) -> Span:
        """The finding's range in the file."""
        return self.draft.map.to_source(self.span)

    @property
    def start(self) -> Position:
        """Where it begins in the file."""
        return self.draft.source.position(self.source_span.start)

    @property
    def end(self) -> Position:
        """Where it ends in the file (exclusive)."""
        return self.draft.source.position(self.source_span.end)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be checked, and why; or a check that could not be run, with its name for the path."""

    path: str
    message: str
    check: bool = False


@dataclass(frozen=True)
class FileReport:
    """One file's findings, in source order; how many its suppressions cover, and those that a baseline knows.
    Where none was found, the source may be empty, so that a run holds no texts that nobody asks for."""

    path: str
    source: Source
    drafts: int
    findings: tuple[Finding, ...] = ()
    suppressed: int = 0
    known: tuple[Finding, ...] = ()

    def fingerprints(self) -> list[str]:
        """One stable id a finding, in the order of `findings`: of check, draft and words, not of the line.

        Equal findings of one file are told apart by their number."""
        seen: dict[str, int] = {}
        result = []
        for finding in self.findings:
            words = " ".join((finding.quote or "").lower().split())
            key = "\0".join((self.path, finding.draft.key, finding.rule, words))
            number = seen[key] = seen.get(key, 0) + 1
            result.append(hashlib.sha256(f"{key}\0{number}".encode()).hexdigest()[:32])
        return result


@dataclass(frozen=True, slots=True)
class Description:
    """What a check is, for reports that list the checks beside the findings; all texts in the report's language."""

    id: str
    category: str
    severity: Severity
    why: str
    flags: str
    leaves: str


@dataclass(frozen=True)
class Report:
    """All of a run: the files that were checked, those that could not be, and what the checks are. `stale` is how many
    entries of the baseline stand for nothing any more."""

    files: tuple[FileReport, ...] = ()
    failures: tuple[Failure, ...] = ()
    lang: str = "de"
    notes: tuple[str, ...] = field(default=())
    checks: tuple[Description, ...] = ()
    stale: int = 0

    @property
    def findings(self) -> Iterable[Finding]:
        """All findings, file by file."""
        return (finding for file in self.files for finding in file.findings)

    @property
    def drafts(self) -> int:
        """How many drafts were checked."""
        return sum(file.drafts for file in self.files)

    @property
    def suppressed(self) -> int:
        """How many findings were suppressed."""
        return sum(file.suppressed for file in self.files)

    @property
    def known(self) -> int:
        """How many findings the baseline knows."""
        return sum(len(file.known) for file in self.files)

    def count(self, severity: Severity) -> int:
        """How many findings have exactly that severity."""
        return sum(finding.severity is severity for finding in self.findings)
