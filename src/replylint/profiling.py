"""Which check costs what: a linter that keeps the time of each step, signal and check. Slower than the plain one, which
knows nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from replylint.checks.base import Context, Entries, Evidence, Hit
from replylint.checks.signal import Signal
from replylint.draft import Draft, Part
from replylint.findings import Finding
from replylint.linter import Linter, Settings
from replylint.rules import Rule, RuleSet

if TYPE_CHECKING:
    from replylint.german.languagetool import LanguageTool


class Sort(StrEnum):
    """What a time was spent on: a step that all checks share, a signal, or a check."""

    STEP = "step"
    SIGNAL = "signal"
    CHECK = "check"


READING, SEARCH, AHEAD, REPORTING = "reading", "search", "ahead", "reporting"
"""The steps: taking the draft apart into words, sentences and parts; picking the phrases worth trying, for all checks
at once; working ahead for checks that take many drafts at once; making findings of the hits."""


@dataclass(slots=True)
class Cost:
    """What a step, signal or check came to in all drafts: seconds of its own (without the signals that it asks for),
    phrases tried, hits. A phrase counts once for every sentence that it was tried on."""

    seconds: float = 0.0
    tried: int = 0
    hits: int = 0


class Profile:
    """The costs of a run. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.drafts = 0
        self.costs: dict[tuple[Sort, str], Cost] = {}
        self._clock = clock
        self._open: list[Cost] = []
        self._since = 0.0

    @property
    def seconds(self) -> float:
        """All that was timed."""
        return sum(cost.seconds for cost in self.costs.values())

    def ranked(self) -> list[tuple[Sort, str, Cost]]:
        """The costs, the highest first."""
        ranked = sorted(self.costs.items(), key=lambda pair: (-pair[1].seconds, pair[0]))
        return [(sort, name, cost) for (sort, name), cost in ranked]

    def of(self, sort: Sort, name: str) -> Cost:
        """The cost kept under that name."""
        return self.costs.setdefault((sort, name), Cost())

    @contextmanager
    def timed(self, cost: Cost) -> Iterator[Cost]:
        """Time the body; what is timed within it is not counted twice."""
        self._switch()
        self._open.append(cost)
        try:
            yield cost
        finally:
            self._switch()
            self._open.pop()

    def _switch(self) -> None:
        """Give the time since the last switch to what was open."""
        now = self._clock()
        if self._open:
            self._open[-1].seconds += now - self._since
        self._since = now


class ProfiledLinter(Linter):
    """A linter with the same findings that adds its costs to a profile."""

    def __init__(
        self,
        ruleset: RuleSet,
        settings: Settings | None,
        profile: Profile,
        languagetool: LanguageTool | None = None,
    ) -> None:
        super().__init__(ruleset, settings, languagetool)
        self.profile = profile

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of one draft, in source order."""
        self.profile.drafts += 1
        with self.profile.timed(self.profile.of(Sort.STEP, REPORTING)):
            return super().check(draft)

    def context(self, draft: Draft) -> Context:
        """The draft as checks see it."""
        with self.profile.timed(self.profile.of(Sort.STEP, READING)):
            context = super().context(draft)
        plain = context.signal
        asked: set[str] = set()

        def signal(name: str) -> Evidence | None:
            if name in asked:
                return plain(name)
            asked.add(name)
            cost = self.profile.of(Sort.SIGNAL, name)
            with self.profile.timed(cost):
                found = plain(name)
            cost.hits += found is not None
            self._count(cost, self.ruleset.signals.get(name), context)
            return found

        context.signal = signal
        return context

    def hits(self, context: Context) -> Mapping[str, list[Hit]]:
        """What each of the rules to run hits in a draft; the context keeps it."""
        with self.profile.timed(self.profile.of(Sort.STEP, SEARCH)):
            # Whoever asks first pays for all; here nobody has to.
            for part in (Part.BODY, "inquiry"):
                context.tries(part, self.ruleset.book)
        return super().hits(context)

    def prepare(self, drafts: Sequence[Draft]) -> None:
        """Let the checks that are better off with many drafts at once see these."""
        with self.profile.timed(self.profile.of(Sort.STEP, AHEAD)):
            super().prepare(drafts)

    def _run(self, rule: Rule, context: Context) -> None:
        cost = self.profile.of(Sort.CHECK, rule.id)
        with self.profile.timed(cost):
            super()._run(rule, context)
        if rule.id in context.hits:
            cost.hits += len(context.hits[rule.id])
            self._count(cost, rule, context)

    def _count(self, cost: Cost, what: Rule | Signal | None, context: Context) -> None:
        """Add the phrases that were tried; the counting itself is nobody's cost."""
        with self.profile.timed(Cost()):
            for entries, parts in _searched(what):
                for part in parts:
                    _, sentences = context.tries(part, self.ruleset.book)
                    cost.tried += sum((tries & entries.mask).bit_count() for tries, _ in sentences)


def _searched(what: Rule | Signal | None) -> Iterator[tuple[Entries, tuple[str, ...]]]:
    """The phrases that a check or signal looks for, and in which parts."""
    if isinstance(what, Signal):
        yield what.inquiry, ("inquiry",)
        yield what.draft, what.parts
    elif what is not None and isinstance(what.check.entries, Entries):
        yield what.check.entries, getattr(what.check, "parts", ())
