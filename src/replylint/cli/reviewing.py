"""A review of one file: which finding is at hand, what is done about it, and the way back. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from replylint.checks.inserting import insertion
from replylint.draft import Anatomy, Draft
from replylint.findings import Finding, Rewrite
from replylint.fix import Kit, changed, proven
from replylint.german import anatomy, placeholders
from replylint.source import Edit, Source, Span

GAP = re.compile(r"\[([^\]\n]+)\]")
"""What a rewrite leaves for the writer to fill in."""
Suppress = Callable[[Finding, str], Sequence[Edit]]
"""Gives the edits of the file that suppress a finding, for a reason."""
_Key = tuple[object, ...]


def suppressor() -> Suppress:
    """What writes a suppression into a file."""
    from replylint.suppressions import suppression_edit

    return suppression_edit


@dataclass(frozen=True)
class _Step:
    """The file after a decision: its drafts, what is found in each, which findings are left aside, and how many
    changes it has."""

    source: Source
    drafts: Sequence[Draft]
    found: Sequence[Sequence[Finding]]
    aside: frozenset[_Key] = frozenset()
    changes: int = 0


@dataclass(frozen=True)
class Item:
    """A finding at hand: the number of its draft, and the draft's parts."""

    number: int
    finding: Finding
    draft: Draft
    parts: Anatomy
    key: _Key

    def sentences(self) -> tuple[Span | None, Span, Span | None]:
        """The sentence before, the one (or ones) of the finding, and the one after; for something missing an empty
        range between the two."""
        span = self.finding.span
        spans = [sentence.span for sentence in self.parts.sentences]
        if self.finding.document_level:
            before = next((each for each in reversed(spans) if each.end <= span.start), None)
            return before, span, next((each for each in spans if each.start >= span.start), None)
        touched = [each for each in spans if each.overlaps(span)]
        whole = Span(min([span.start, *(t.start for t in touched)]), max([span.end, *(t.end for t in touched)]))
        before = next((each for each in reversed(spans) if each.end <= whole.start), None)
        return before, whole, next((each for each in spans if each.start >= whole.end), None)

    def edits(self, rewrite: Rewrite, text: str | None = None) -> tuple[Edit, ...]:
        """The edits that make a rewrite, with `text` in the place of its own where that is given."""
        if rewrite.fix is not None and text in (None, rewrite.text):
            return rewrite.fix.edits
        return self.written(rewrite.span, rewrite.text if text is None else text)

    def written(self, span: Span, text: str) -> tuple[Edit, ...]:
        """The edits that write words in the place of a range, or where a sentence is missing."""
        if len(span) or not text.strip():
            return (Edit(span, text),)
        found = insertion(self.draft.text, self.parts, span.start, text)
        return found or (Edit(span, f"{text} "),)


class Review:
    """The decisions about a file's findings, one after the other."""

    def __init__(self, source: Source, kit: Kit) -> None:
        self.kit = kit
        self.original = source
        self._steps = [self._step(source, kit.read(source))]

    def _step(
        self, source: Source, drafts: Sequence[Draft], aside: frozenset[_Key] = frozenset(), changes: int = 0
    ) -> _Step:
        return _Step(source, drafts, [self.kit.check(draft) for draft in drafts], aside, changes)

    @property
    def source(self) -> Source:
        """The file as it would be written."""
        return self._steps[-1].source

    @property
    def changes(self) -> int:
        """How many changes it has."""
        return self._steps[-1].changes

    @property
    def decided(self) -> int:
        """How many decisions were made."""
        return len(self._steps) - 1

    def remaining(self) -> list[Item]:
        """The findings that wait, in the file's order; the first one is at hand."""
        step = self._steps[-1]
        items = []
        for number, findings in enumerate(step.found):
            draft = step.drafts[number]
            parts: Anatomy | None = None
            seen: dict[_Key, int] = {}
            for finding in findings:
                key = _key(number, finding)
                seen[key] = nth = seen.get(key, 0) + 1
                if (*key, nth) in step.aside:
                    continue
                parts = parts or anatomy.dissect(draft.text, placeholders.find(draft.text))
                items.append(Item(number, finding, draft, parts, (*key, nth)))
        return items

    def skip(self, item: Item) -> None:
        """Leave a finding as it is."""
        step = self._steps[-1]
        self._steps.append(replace(step, aside=step.aside | {item.key}))

    def change(self, item: Item, edits: Iterable[Edit]) -> None:
        """Make edits of the finding's draft. Raises UnwritableError or UnprovenError where the file can't take them."""
        step = self._steps[-1]
        after = changed(step.source, step.drafts, self.kit, item.number, edits)
        self._steps.append(self._step(after.source, after.drafts, step.aside, step.changes + 1))

    def suppress(self, item: Item, edits: Iterable[Edit]) -> None:
        """Make edits of the file that leave its drafts as they are. Raises UnprovenError where they don't."""
        step = self._steps[-1]
        after = proven(step.source, step.drafts, self.kit, edits, [draft.text for draft in step.drafts])
        self._steps.append(self._step(after.source, after.drafts, step.aside | {item.key}, step.changes + 1))

    def undo(self) -> bool:
        """Take back the last decision; whether there was one."""
        if len(self._steps) > 1:
            self._steps.pop()
            return True
        return False


def _key(number: int, finding: Finding) -> _Key:
    """What a finding is known by though the text around it changes."""
    before = "" if finding.document_level else finding.draft.text[: finding.span.start][-20:]
    return number, finding.rule, finding.quote, " ".join(before.split())
