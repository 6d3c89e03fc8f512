"""Findings → edits → a file's new bytes, or a refusal with its reason.

Fixes are made in rounds until none is left. A round takes, of each draft, the fixes that don't touch each other, first
those of words, then one missing sentence at a time. A fix is made only if

- the draft then has fewer findings, or less bad ones, and no check finds more errors and warnings than before. So each
  round brings a file nearer to none, and there is a last one. It begins as a second run would: that changes nothing;
- the file, its new bytes read again, holds exactly the drafts that the edits make of its drafts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from replylint import readers
from replylint.draft import Draft
from replylint.findings import Finding, Rewrite, Safety, Severity
from replylint.source import Edit, Piece, Source, SourceMap, Span, UnreadableError, apply_edits, decode
from replylint.writers import UnwritableError, Writer

_MOST_WAYS = 24


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was not made. `reason`: "markup", "encoding", "base64", "place" (what UnwritableError says), "proof"
    (read again, the file would not say what it should), "worse" (it would bring a new finding)."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Kit:
    """How a file is read, checked and written.

    `read` gives its drafts, `writers` a writer for each, `check` the findings of a draft that are reported."""

    read: Callable[[Source], Sequence[Draft]]
    writers: Callable[[Source], Sequence[Writer]]
    check: Callable[[Draft], Sequence[Finding]]


@dataclass
class Fixed:
    """A file as fixes left it: its text and drafts, what is found there now, draft by draft, what was fixed and what
    refused, and how many fixes more there are for whoever lets wording change."""

    source: Source
    drafts: Sequence[Draft]
    findings: Sequence[Sequence[Finding]]
    made: list[Finding] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    more: int = 0

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.source.encode(self.source.text)


def fixed(source: Source, kit: Kit, least: Safety) -> Fixed:
    """The file with all fixes made that are at least that safe; FILL is never made. Raises UnreadableError where the
    file can't be read."""
    least = max(least, Safety.REVIEW)
    made: list[Finding] = []
    state = _State(source, list(kit.read(source)), kit)
    while True:
        turn = _Round(state, least)
        after = turn.make()
        if after is None:
            break
        made += turn.done
        state = after
    more = sum(
        any(rewrite.fix is not None and Safety.REVIEW <= rewrite.safety < least for rewrite in finding.rewrites)
        for each in state.found
        for finding in each
    )
    refused = {id(refusal.finding): refusal for refusal in reversed(turn.refused)}
    return Fixed(state.source, state.drafts, state.found, made, list(refused.values())[::-1], more)


def edited(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """A draft with edits made, before its file is written: its text is right, its places are only the whole's."""
    text = apply_edits(draft.text, edits)
    whole = draft.map.to_source(Span(0, len(draft.text)))
    return replace(draft, text=text, map=SourceMap((Piece(Span(0, len(text)), whole, verbatim=False),) if text else ()))


def with_line_ends(draft: Draft, writer: Writer, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits with the line ends of the draft's text."""
    end = writer.line_end
    for mark in ("\r\n", "\n", "\r"):
        if mark in draft.text:
            end = mark
            break
    return tuple(replace(edit, text=edit.text.replace("\r\n", "\n").replace("\n", end)) for edit in edits)


def ways_of(source: Source, writer: Writer, edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], ...]:
    """The ways to make edits of a draft in its file. Raises UnwritableError where there is none."""
    ways: list[tuple[Edit, ...]] = [()]
    lacking = False
    for edit in edits:
        longer = []
        for way in islice(writer.write(edit), _MOST_WAYS):
            try:
                source.encode("".join(each.text for each in way))
            except UnicodeEncodeError:
                lacking = True
                continue
            longer += [before + way for before in ways]
        ways = longer[:_MOST_WAYS]
    if not ways:
        raise UnwritableError("encoding" if lacking else "place")
    return tuple(ways)


def changed(source: Source, drafts: Sequence[Draft], kit: Kit, number: int, edits: Iterable[Edit]) -> Proven:
    """A file with edits made of one of its drafts, however good they are. Raises UnwritableError or UnprovenError where
    the file can't be changed so."""
    writer = kit.writers(source)[number]
    made = with_line_ends(drafts[number], writer, edits)
    twins = _twins(drafts)
    first = twins.get(number, number)
    texts = [apply_edits(draft.text, made if twins.get(at, at) == first else ()) for at, draft in enumerate(drafts)]
    for way in ways_of(source, writer, made):
        try:
            return proven(source, drafts, kit, way, texts)
        except UnprovenError:
            continue
    raise UnprovenError({number})


def _twins(drafts: Sequence[Draft]) -> Mapping[int, int]:
    """Drafts that stand in the same place as one before them (an alias in YAML): what is done to that one is done to
    them."""
    seen: dict[tuple[object, ...], int] = {}
    return {
        number: first
        for number, draft in enumerate(drafts)
        if draft.text and (first := seen.setdefault((draft.map.pieces, draft.text), number)) != number
    }


def proven(state: Source, drafts: Sequence[Draft], kit: Kit, edits: Iterable[Edit], texts: Sequence[str]) -> Proven:
    """The file with edits of it made, if its new bytes, read again, hold drafts with those texts.

    Raises UnprovenError where they don't; its `drafts` are the numbers of those that read otherwise."""
    try:
        text = apply_edits(state.text, sorted(set(edits)))
        data = state.encode(text)
        again = decode(data, state.path, readers.declared_encoding(data, state.path))
        found = list(kit.read(again))
    except (ValueError, UnreadableError) as error:
        raise UnprovenError from error
    if again.text != text or again.bom != state.bom or len(found) != len(drafts):
        raise UnprovenError
    wrong = {
        number
        for number, (old, new, text) in enumerate(zip(drafts, found, texts, strict=True))
        if new.text != text or _about(old) != _about(new)
    }
    if wrong:
        raise UnprovenError(wrong)
    # A file that has become ASCII meanwhile keeps its encoding for what may come.
    again = replace(again, encoding=state.encoding)
    return Proven(again, [replace(draft, source=again) for draft in found])


def _about(draft: Draft) -> tuple[object, ...]:
    return draft.template, draft.inquiry, draft.subject, dict(draft.facts)


@dataclass(frozen=True, slots=True)
class Proven:
    """A file's new text and the drafts that were read in it."""

    source: Source
    drafts: list[Draft]


class UnprovenError(Exception):
    """New bytes of a file that don't say what they should."""

    def __init__(self, drafts: Iterable[int] = ()) -> None:
        super().__init__("the file, read again, says something else")
        self.drafts = frozenset(drafts)


class _State:
    """A file between two rounds: its drafts, and what is found in each."""

    def __init__(self, source: Source, drafts: Sequence[Draft], kit: Kit) -> None:
        self.source = source
        self.drafts = drafts
        self.kit = kit
        # All of them: a library's drafts are compared with each other, so one may be judged by another's change.
        self.found = [kit.check(draft) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A fix in hand: the number of its draft, its edits of the draft's text and the ways to make them in the file."""

    number: int
    finding: Finding
    rewrite: Rewrite
    edits: tuple[Edit, ...]
    ways: tuple[tuple[Edit, ...], ...] = ()


class _Round:
    """One round: which fixes are made, and what becomes of them."""

    def __init__(self, state: _State, least: Safety) -> None:
        self.state = state
        self.least = least
        self.writers = state.kit.writers(state.source)
        self.done: list[Finding] = []
        self.refused: list[Refusal] = []
        self.banned: set[tuple[int, int, int]] = set()  # draft, finding, rewrite, by number or identity
        self.twins = _twins(state.drafts)

    def make(self) -> _State | None:
        """The file with the fixes of this round; None where there is none to make."""
        while True:
            units = [unit for number in range(len(self.state.drafts)) for unit in self._chosen(number)]
            if not units:
                return None
            accepted: list[tuple[_Unit, tuple[Edit, ...]]] = []
            result = self._placed(units, accepted)
            if result is not None:
                self.done = [unit.finding for unit, _ in accepted]
                return _State(result.source, result.drafts, self.state.kit)

    # Which fixes

    def _chosen(self, number: int) -> list[_Unit]:
        """The fixes of a draft: those of words that go together, or else one missing sentence."""
        if number in self.twins:
            return []
        findings = sorted(self.state.found[number], key=lambda finding: (-finding.severity, finding.span))
        units = self._going_together(number, [finding for finding in findings if not finding.document_level])
        if units:
            return units
        # Thanks open the body, so what is written small comes first.
        missing = [finding for finding in findings if finding.document_level]
        missing.sort(key=lambda finding: (finding.span, not any(r.text[:1].islower() for r in finding.rewrites)))
        for finding in missing:
            unit = self._best(number, finding, [])
            if unit is not None:
                return [unit]
        return []

    def _going_together(self, number: int, findings: Sequence[Finding]) -> list[_Unit]:
        firsts: list[_Unit] = []
        for finding in findings:
            unit = next(self._possible(number, finding, firsts), None)
            if unit is not None:
                firsts.append(unit)
        if not firsts or self._all_have_a_part(number, firsts):
            return firsts
        units: list[_Unit] = []
        for finding in findings:
            unit = self._best(number, finding, units)
            if unit is not None:
                units.append(unit)
        return units

    def _best(self, number: int, finding: Finding, others: Sequence[_Unit]) -> _Unit | None:
        """The first of a finding's fixes that makes the draft better than the others alone do; those that don't are
        refused."""
        before = self._simulated(number, others)
        for unit in self._possible(number, finding, others):
            if _is_better(self._simulated(number, [*others, unit]), before):
                return unit
            self._refuse(unit, "worse")
        return None

    def _all_have_a_part(self, number: int, units: Sequence[_Unit]) -> bool:
        """Whether fixes together make a draft better, and as many findings of each check go as fixes were for it."""
        before, after = self.state.found[number], self._simulated(number, units)
        gone = Counter(finding.rule for finding in before)
        gone.subtract(finding.rule for finding in after)
        fixes = Counter(unit.finding.rule for unit in units)
        return _is_better(after, before) and all(gone[rule] >= n for rule, n in fixes.items())

    def _simulated(self, number: int, units: Sequence[_Unit]) -> Sequence[Finding]:
        """What would be found in a draft with fixes made."""
        if not units:
            return self.state.found[number]
        edits = [edit for unit in units for edit in unit.edits]
        return self.state.kit.check(edited(self.state.drafts[number], edits))

    def _possible(self, number: int, finding: Finding, others: Sequence[_Unit]) -> Iterator[_Unit]:
        """A finding's fixes, as ranked, that are safe enough and touch no other."""
        draft, writer = self.state.drafts[number], self.writers[number]
        for rewrite in finding.rewrites:
            if rewrite.fix is None or rewrite.safety < self.least or (number, id(finding), id(rewrite)) in self.banned:
                continue
            edits = with_line_ends(draft, writer, rewrite.fix.edits)
            if not any(_touch(edit, other) for edit in edits for unit in others for other in unit.edits):
                yield _Unit(number, finding, rewrite, edits)

    def _refuse(self, unit: _Unit, reason: str) -> None:
        self.banned.add((unit.number, id(unit.finding), id(unit.rewrite)))
        self.refused.append(Refusal(unit.finding, reason))

    # Into the file

    def _placed(self, units: Sequence[_Unit], accepted: list[tuple[_Unit, tuple[Edit, ...]]]) -> Proven | None:
        """The file with as many of the fixes made as can be proven beside those accepted before; adds them there."""
        ready = []
        for unit in units:
            try:
                ready.append(replace(unit, ways=ways_of(self.state.source, self.writers[unit.number], unit.edits)))
            except UnwritableError as error:
                self._refuse(unit, error.reason)
        return self._divided(ready, accepted)

    def _divided(self, units: Sequence[_Unit], accepted: list[tuple[_Unit, tuple[Edit, ...]]]) -> Proven | None:
        """Tries all at once, and by halves where that fails: few fail, and each proof reads the whole file."""
        if not units:
            return None
        ways = len(units[0].ways) if len(units) == 1 else 1
        wrong: frozenset[int] = frozenset()
        for number in range(ways):
            attempt = [*accepted, *((unit, unit.ways[number]) for unit in units)]
            try:
                result = self._proven(attempt)
            except UnprovenError as error:
                wrong = error.drafts
                continue
            accepted[:] = attempt
            return result
        if len(units) == 1:
            self._refuse(units[0], "proof")
            return None
        bad = [unit for unit in units if unit.number in wrong]
        middle = len(units) // 2
        parts = (
            [[unit for unit in units if unit.number not in wrong], bad]
            if 0 < len(bad) < len(units)
            else [units[:middle], units[middle:]]
        )
        results = [self._divided(part, accepted) for part in parts]
        return next((result for result in reversed(results) if result is not None), None)

    def _proven(self, attempt: Sequence[tuple[_Unit, tuple[Edit, ...]]]) -> Proven:
        state = self.state
        edits: dict[int, list[Edit]] = {}
        for unit, _ in attempt:
            edits.setdefault(unit.number, []).extend(unit.edits)
        texts = [
            apply_edits(draft.text, edits.get(self.twins.get(number, number), ()))
            for number, draft in enumerate(state.drafts)
        ]
        return proven(state.source, state.drafts, state.kit, (edit for _, way in attempt for edit in way), texts)


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _is_better(after: Sequence[Finding], before: Sequence[Finding]) -> bool:
    """Whether findings are fewer or less bad than before, and no check has more errors and warnings."""
    return _badness(after) < _badness(before) and not _grave(after) - _grave(before)


def _badness(findings: Sequence[Finding]) -> tuple[int, ...]:
    """How bad a draft is: errors count before warnings, warnings before suggestions."""
    counts = Counter(finding.severity for finding in findings)
    return tuple(counts[severity] for severity in sorted(Severity, reverse=True))


def _grave(findings: Sequence[Finding]) -> Counter[str]:
    """How many errors and warnings each check has."""
    return Counter(finding.rule for finding in findings if finding.severity >= Severity.WARNING)
