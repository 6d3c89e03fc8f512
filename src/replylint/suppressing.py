"""The suppressions of a run: what the comments of files and the configuration leave of the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from replylint.config import Config
    from replylint.draft import Draft
    from replylint.findings import Finding
    from replylint.linter import Linter
    from replylint.source import Source
    from replylint.suppressions import Stated, StatedUse, Tidied


class Suppressing:
    """What is suppressed in a run, and what the configuration's suppressions come to. `given` is the day that decides
    what has expired, if it isn't today."""

    def __init__(self, given: date | None = None) -> None:
        self.given = given
        self._use: StatedUse | None = None

    @property
    def today(self) -> date:
        """The day of the run."""
        from datetime import date  # a plain run doesn't ask, and it takes time to import

        return self.given or date.today()

    def file(self, linter: Linter, path: str, config: Config) -> FileSuppressing:
        """What is suppressed in one file."""
        if config.suppressions and self._use is None:
            from replylint.suppressions import StatedUse

            self._use = StatedUse(self.today)
        return FileSuppressing(linter, path, config, self, self._use)

    def expired(self) -> Sequence[Stated]:
        """The configuration's suppressions whose last day is over."""
        return self._use.expired() if self._use is not None else ()

    def unused(self) -> Sequence[Stated]:
        """The configuration's suppressions that suppress nothing."""
        return self._use.unused() if self._use is not None else ()


class FileSuppressing:
    """What is suppressed in a file."""

    def __init__(self, linter: Linter, path: str, config: Config, run: Suppressing, use: StatedUse | None) -> None:
        self.linter = linter
        self.path = path
        self.config = config
        self.run = run
        self.use = use

    def left(
        self, source: Source, drafts: Sequence[Draft], found: Iterable[Sequence[Finding]] | None = None
    ) -> tuple[tuple[Finding, ...], int]:
        """What remains of the findings of the file's drafts, and how many don't. `found` are those of each draft,
        where something else than the linter at hand looks for them."""
        found = self.linter.check_all(drafts) if found is None else found
        findings = tuple(finding for each in found for finding in each)
        hidden = 0
        if drafts and drafts[0].comments:
            from replylint.suppressions import apply

            outcome = apply(findings, drafts[0].comments, source, self.linter, self.run.today)
            findings, hidden = outcome.findings, len(outcome.suppressed)
        if self.use is not None:
            outcome = self.use.apply(findings, drafts, self.path, self.config.suppressions)
            findings, hidden = outcome.findings, hidden + len(outcome.suppressed)
        return findings, hidden

    def visible(self, draft: Draft) -> Sequence[Finding]:
        """What remains of the findings of a draft."""
        from replylint.suppressions import StatedUse, visible

        left = visible(self.linter.check(draft), draft.comments, self.run.today)
        if not self.config.suppressions:
            return left
        return StatedUse(self.run.today).apply(left, (draft,), self.path, self.config.suppressions).findings

    def tidied(self, source: Source, read: Callable[[Source], Sequence[Draft]]) -> Tidied:
        """The file without the comments that are too much."""
        from replylint.suppressions import KIND, apply, tidied

        def judge(source: Source, drafts: Sequence[Draft]) -> Sequence[Finding]:
            findings = [finding for draft in drafts for finding in self.linter.check(draft)]
            left = apply(findings, drafts[0].comments, source, self.linter, self.run.today).findings
            return [finding for finding in left if self.linter.ruleset.rules[finding.rule].kind == KIND]

        return tidied(source, read, judge)
