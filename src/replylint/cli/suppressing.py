"""The suppressions of a run: what the comments of files and the configuration leave of the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from replylint.cli.configuration import place
from replylint.cli.texts import text

if TYPE_CHECKING:
    from datetime import date

    from replylint.config import Config
    from replylint.draft import Draft
    from replylint.findings import Finding
    from replylint.linter import Linter
    from replylint.source import Source
    from replylint.suppressions import StatedUse, Tidied


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

    def notes(self, lang: str) -> Iterator[str]:
        """What is to be said of the configuration's suppressions."""
        if self._use is None:
            return
        for each in self._use.expired():
            yield f"{place(each.path)}:{each.line}: {text(lang, 'suppression-expired', date=each.until)}"
        for each in self._use.unused():
            yield f"{place(each.path)}:{each.line}: {text(lang, 'suppression-unused')}"


class FileSuppressing:
    """What is suppressed in a file."""

    def __init__(self, linter: Linter, path: str, config: Config, run: Suppressing, use: StatedUse | None) -> None:
        self.linter = linter
        self.path = path
        self.config = config
        self.run = run
        self.use = use

    def left(self, source: Source, drafts: Sequence[Draft]) -> tuple[tuple[Finding, ...], int]:
        """What remains of the findings of the file's drafts, and how many don't."""
        findings = tuple(finding for found in self.linter.check_all(drafts) for finding in found)
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
