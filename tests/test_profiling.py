"""`check --profile`: the same findings, and which check costs what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from folders import REFUSAL, SIE, put, run

from replylint.checks.base import Context, Hit
from replylint.cli.profiled import lines
from replylint.draft import Draft
from replylint.engines import EngineError
from replylint.linter import Linter, Settings
from replylint.profiling import AHEAD, READING, REPORTING, SEARCH, Cost, Profile, ProfiledLinter, Sort
from replylint.rules import RuleSet, load
from replylint.source import Source, SourceMap

COMPLAINT = (
    "Guten Tag Frau Kern,\n\nes tut mir leid, dass das Paket beschädigt ankam. Das machen wir nicht.\n\nViele Grüße\n"
)


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load(["de"])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def draft(text: str) -> Draft:
    return Draft(Source("entwurf.txt", text), text, SourceMap.identity(len(text)))


def ticking(*times: float) -> Profile:
    ticks: Iterator[float] = iter(times)
    return Profile(lambda: next(ticks))


def test_what_is_timed_within_is_not_counted_twice() -> None:
    profile = ticking(0, 1, 4, 6, 7, 8)
    outer, inner = profile.of(Sort.STEP, SEARCH), profile.of(Sort.CHECK, "blame")
    with profile.timed(outer):
        with profile.timed(inner):
            pass
        with profile.timed(inner):
            pass
    assert (outer.seconds, inner.seconds) == (1 + 2 + 1, 3 + 1)
    assert profile.seconds == 8


def test_an_error_ends_what_was_timed() -> None:
    profile = ticking(0, 2, 10, 11)
    with pytest.raises(ValueError, match="broken"), profile.timed(profile.of(Sort.CHECK, "blame")):
        raise ValueError("broken")
    with profile.timed(profile.of(Sort.CHECK, "hedging")):
        pass
    assert profile.ranked() == [(Sort.CHECK, "blame", Cost(2)), (Sort.CHECK, "hedging", Cost(1))]


def test_the_findings_are_the_same(ruleset: RuleSet) -> None:
    plain, profiled = Linter(ruleset), ProfiledLinter(ruleset, None, Profile())
    for text in (REFUSAL, SIE, COMPLAINT):
        one = draft(text)
        assert profiled.check(one) == plain.check(one)


def test_steps_signals_and_checks_have_their_costs(ruleset: RuleSet) -> None:
    profile = Profile()
    linter = ProfiledLinter(ruleset, None, profile)
    for text in (REFUSAL, COMPLAINT):
        linter.check(draft(text))
    assert profile.drafts == 2
    steps = {name for sort, name, _ in profile.ranked() if sort is Sort.STEP}
    assert steps == {READING, SEARCH, REPORTING}  # no check of these works ahead
    enabled = {rule.id for rule in ruleset.rules.values() if rule.enabled}
    assert {name for sort, name, _ in profile.ranked() if sort is Sort.CHECK} == enabled
    refusal = profile.of(Sort.CHECK, "negative-phrasing")
    assert (refusal.hits, refusal.tried > 1) == (2, True)
    complaint = profile.of(Sort.SIGNAL, "complaint")
    assert (complaint.hits, complaint.tried > 0) == (1, True)
    assert all(cost.seconds > 0 for _, _, cost in profile.ranked())


def test_a_check_that_does_not_run_costs_nothing(ruleset: RuleSet) -> None:
    profile = Profile()
    ProfiledLinter(ruleset, Settings(select=("shouting",)), profile).check(draft(REFUSAL))
    assert [name for sort, name, _ in profile.ranked() if sort is Sort.CHECK] == ["shouting"]


class Batch:
    """A check that works ahead, for which it takes a second."""

    entries = ()

    def __init__(self, clock: list[float]) -> None:
        self.clock = clock

    def prepare(self, contexts: Sequence[Context]) -> None:
        self.clock[0] += 1

    def run(self, context: Context) -> list[Hit]:
        raise EngineError("gone")


def test_working_ahead_is_a_step_and_an_engine_that_fails_is_noted_as_ever(ruleset: RuleSet) -> None:
    clock = [0.0]
    rule = replace(ruleset.rules["emoticon"], check=Batch(clock))
    profile = Profile(lambda: clock[0])
    linter = ProfiledLinter(replace(ruleset, rules={"emoticon": rule}), None, profile)
    assert list(linter.check_all([draft(REFUSAL), draft(SIE)])) == [[], []]
    assert profile.of(Sort.STEP, AHEAD).seconds == profile.seconds == 1
    assert list(linter.failed) == ["emoticon"]
    assert list(lines(profile, "en"))[3].endswith("working ahead where a check reads many drafts at once")


def profile_of(drafts: int) -> Profile:
    profile = Profile()
    profile.drafts = drafts
    profile.costs = {
        (Sort.STEP, READING): Cost(0.5),
        (Sort.CHECK, "blame"): Cost(0.25, tried=12, hits=3),
        (Sort.SIGNAL, "complaint"): Cost(0.2495, tried=7),
        (Sort.CHECK, "shouting"): Cost(0.0005),
    }
    return profile


def test_the_table() -> None:
    assert list(lines(profile_of(500), "de")) == [
        "2,00 ms je Entwurf (500 Entwürfe, zusammen 1,00 s)",
        "      Anteil  je Entwurf    versucht     Treffer  wofür",
        "      50,0 %     1,00 ms                          Wörter, Sätze und Teile finden",
        "      25,0 %    500,0 µs          12           3  blame",
        "      24,9 %    499,0 µs           7              Signal complaint",
        "       0,1 %      1,0 µs                          shouting",
    ]
    assert list(lines(profile_of(1), "en"))[:3] == [
        "1.00 s a draft (1 draft, 1.00 s in all)",
        "What a run prepares only once is included; over many drafts it spreads out.",
        "       share     a draft       tried        hits  what for",
    ]


def test_nothing_to_time() -> None:
    assert list(lines(Profile(), "de")) == ["0 Entwürfe: nichts zu messen"]


def test_the_option_leaves_the_report_alone() -> None:
    put({"a.txt": REFUSAL, "b.txt": SIE})
    plain = run("check", ".", "--isolated", "--format", "concise")
    profiled = run("check", ".", "--isolated", "--format", "concise", "--profile")
    assert (profiled.exit_code, profiled.stdout) == (plain.exit_code, plain.stdout)
    assert plain.stderr == ""
    first, *rows = profiled.stderr.splitlines()
    assert re.fullmatch(r"[\d,]+ (µs|ms|s) je Entwurf \(2 Entwürfe, zusammen [\d,]+ (µs|ms|s)\)", first)
    assert any(row.endswith("  negative-phrasing") for row in rows)


def test_with_a_diff_too() -> None:
    put({"a.txt": REFUSAL.replace("anbieten.", "anbieten!!")})
    result = run("check", "a.txt", "--isolated", "--diff", "--profile", "--lang", "en")
    assert result.stdout.startswith("--- a/a.txt")
    assert " a draft (" in result.stderr
