"""`replylint check --fix`, `--unsafe-fixes`, `--diff`: files written anew, or what would change in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from replylint.cli.files import STDIN, Input, InputError
from replylint.cli.output import why_unwritable
from replylint.cli.texts import text
from replylint.findings import Safety
from replylint.fix import ChangedMeanwhileError, Check, Fixed, Read, Refusal, fix_file, replace_file, unified_diff
from replylint.source import Source
from replylint.suppressions import Tidied

_REFUSED = {"format": "refused-format", "encoding": "refused-encoding", "worse": "refused-worse"}


class Fixing:
    """The fixes of a run: how far they may go, whether they are written or only shown, and what they came to."""

    def __init__(self, *, unsafe: bool, diff: bool, lang: str, warn: Callable[[str], None]) -> None:
        self.least = Safety.REVIEW if unsafe else Safety.SAFE
        self.unsafe = unsafe
        self.diff = diff
        self.lang = lang
        self.warn = warn
        self.made: Counter[str] = Counter()
        self.files = 0
        self.possible = 0
        self.output = b""
        """What goes to standard output in place of a report: the diff, or the text that came from standard input."""

    def file(
        self, item: Input, source: Source, read: Read, check: Check, tidy: Callable[[Source, Read], Tidied]
    ) -> Source:
        """Fix a file, then `tidy` its suppressions; its new text, or its old one where only the diff is asked for.

        Raises InputError where it can't be written; it is then as it was."""
        fixed = fix_file(source, read, check, self.least)
        tidied = tidy(fixed.source, read)
        fixed.source = tidied.source
        fixed.made.update(tidied.made)
        before, after = source.encode(source.text), fixed.source.encode(fixed.source.text)
        for refusal in fixed.refused:
            self.warn(self._refused(item, refusal))
        if self.diff:
            self.output += unified_diff(item.name, before, after)
        elif item.path == STDIN:
            self.output = after
        elif before != after:
            self._write(item, before, after)
        self._count(fixed, changed=before != after)
        return source if self.diff else fixed.source

    def _count(self, fixed: Fixed, *, changed: bool) -> None:
        self.made.update(fixed.made)
        self.files += changed
        self.possible += 0 if self.unsafe else fixed.possible

    def _write(self, item: Input, before: bytes, after: bytes) -> None:
        try:
            replace_file(Path(item.path), before, after)
        except ChangedMeanwhileError as error:
            raise InputError(item.name, text(self.lang, "changed-meanwhile")) from error
        except OSError as error:
            raise InputError(
                item.name, text(self.lang, "not-written", reason=why_unwritable(error, self.lang))
            ) from error

    def _refused(self, item: Input, refusal: Refusal) -> str:
        start = refusal.finding.start
        why = text(self.lang, _REFUSED[refusal.reason])
        return f"{item.name}:{start.line}:{start.column}: {refusal.finding.rule}: {why}"

    def summary(self) -> str:
        """What was done, or would be, and what more there is."""
        key = "would-fix" if self.diff else "fixed"
        done = text(self.lang, key, n=self.made.total(), files=self.files)
        if self.possible:
            done += " " + text(self.lang, "fix-more", n=self.possible)
        return done
