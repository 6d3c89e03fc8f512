"""`replylint check --fix`, `--unsafe-fixes` and `--diff`: files changed in place, or what would change in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from replylint.cli.diff import unified_diff
from replylint.cli.files import STDIN, Input
from replylint.cli.output import on_terminal, why_unwritable, write_bytes, write_stdout
from replylint.cli.replacing import ChangedMeanwhileError, replace_file
from replylint.cli.texts import text
from replylint.findings import Safety
from replylint.fix import Fixed, Kit, Refusal, fixed
from replylint.source import Source

if TYPE_CHECKING:
    from replylint.draft import Draft
    from replylint.suppressions import Tidied

REFUSED = {
    "markup": "refused-markup",
    "encoding": "refused-encoding",
    "base64": "refused-base64",
    "place": "refused-place",
    "proof": "refused-proof",
    "worse": "refused-worse",
}
"""The text for each reason of a refusal."""


class Fixing:
    """The fixes of a run: how far they go, whether files are written, and what has come of it."""

    def __init__(self, unsafe: bool, diff: bool, lang: str, warn: Callable[[str], None]) -> None:
        self.least = Safety.REVIEW if unsafe else Safety.SAFE
        self.diff = diff
        self.lang = lang
        self.warn = warn
        self.output: list[bytes] = []
        """What goes to standard output: diffs, or the text that came from standard input."""
        self.takes_stdout = False
        """Whether standard output belongs to the text, so that a report goes to stderr."""
        self.shown: list[bytes] = []
        """The diffs for people's eyes, whatever the files are encoded in."""
        self.made = self.more = self.files = 0
        self.unwritten = False

    @property
    def changed(self) -> bool:
        """Whether anything changes."""
        return self.files > 0

    def file(
        self,
        item: Input,
        source: Source,
        kit: Kit,
        tidy: Callable[[Source, Callable[[Source], Sequence[Draft]]], Tidied],
    ) -> Source:
        """Fix a file, or note what would change; `tidy` then takes out comments that are too much. Gives its text as it
        then is.

        Raises UnreadableError where it can't be read. A file that can't be written stays as it was."""
        result = fixed(source, kit, self.least)
        tidied = tidy(result.source, kit.read)
        before, after = source.encode(source.text), source.encode(tidied.source.text)
        if item.path == STDIN and not self.diff:
            self.takes_stdout = True
            self.output.append(after)
        elif self.diff:
            self.output.append(unified_diff(item.name, before, after))
            if before != after and on_terminal():
                self.shown.append(unified_diff(item.name, source.text.encode(), tidied.source.text.encode()))
        elif before != after and not self._written(item, before, after):
            return source
        for refusal in result.refused:
            self.warn(self._told(item, refusal))
        self._count(result, tidied.made.total(), changed=before != after)
        return tidied.source

    def keep(self, data: bytes) -> None:
        """What came from standard input and couldn't be read goes back as it came."""
        if not self.diff and not self.takes_stdout:
            self.takes_stdout = True
            self.output.append(data)

    def _count(self, result: Fixed, tidied: int, *, changed: bool) -> None:
        self.made += len(result.made) + tidied
        self.more += result.more
        self.files += changed

    def _written(self, item: Input, before: bytes, after: bytes) -> bool:
        try:
            replace_file(item.path, before, after)
        except ChangedMeanwhileError:
            message = text(self.lang, "changed-meanwhile")
        except OSError as error:
            message = text(self.lang, "not-written", reason=why_unwritable(error, self.lang))
        else:
            return True
        from replylint.cli.app import say

        say(f"{item.name}: {message}.")
        self.unwritten = True
        return False

    def _told(self, item: Input, refusal: Refusal) -> str:
        start = refusal.finding.start
        reason = text(self.lang, REFUSED[refusal.reason])
        told = text(self.lang, "not-fixed", rule=refusal.finding.rule, reason=reason)
        return f"{item.name}:{start.line}:{start.column}: {told}."

    def finish(self, output: str | None, *, color: bool) -> bool:
        """Write what goes to standard output and say what was fixed; whether that is all there is to show."""
        if self.diff and output is None and on_terminal():
            write_stdout(_for_people(b"".join(self.shown).decode("utf-8", "replace"), color=color))
        elif self.diff or self.takes_stdout:
            write_bytes(b"".join(self.output), self.lang, output if self.diff else None)
        self.warn(self.summary())
        return self.diff

    def summary(self) -> str:
        """What was fixed or would be, and what more there is."""
        if self.made:
            files = text(self.lang, "n-files", n=self.files)
            told = text(self.lang, "would-fix" if self.diff else "fixed", n=self.made, files=files)
        else:
            told = text(self.lang, "nothing-fixed")
        return told + (text(self.lang, "unsafe-more", n=self.more) if self.more else "")


def _for_people(diff: str, *, color: bool) -> str:
    """A diff for the screen: harmless there, and in colour where that is wanted."""
    from replylint.reporters.terminal import Pen, clean

    pen = Pen(color)
    colors = {"+": "green", "-": "red", "@": "cyan"}
    lines = []
    for line in diff.splitlines():
        shown = clean(line)
        lines.append(pen(shown, colors[line[0]]) if line[:1] in colors else shown)
    return "".join(f"{line}\n" for line in lines)
