"""The linter as a whole: facts, templates, inquiries, selection, and which check wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from replylint.checks.base import Context, Entry, Hit
from replylint.draft import Address, Draft
from replylint.engines import EngineError
from replylint.findings import Finding
from replylint.german.lexicon import Lexicon
from replylint.linter import BATCH, Linter, Settings, unknown_checks
from replylint.rules import load
from replylint.source import Source, SourceMap, Span

RULESET = load(["de"])


def draft_of(text: str, **draft: Any) -> Draft:
    return Draft(Source("x.txt", text), text, SourceMap.identity(len(text)), **draft)


def check(text: str, settings: Settings | None = None, **draft: Any) -> list[Finding]:
    return Linter(RULESET, settings).check(draft_of(text, **draft))


def rules(text: str, settings: Settings | None = None, **draft: Any) -> set[str]:
    return {finding.rule for finding in check(text, settings, **draft)}


COMPLAINT = "Der Mixer ist nach zwei Wochen kaputt, und niemand antwortet mir."
REPLY = "Guten Tag Frau Kern,\n\nwir schicken Ihnen morgen einen neuen Mixer.\n\nViele Grüße\nTom Berg\n"


def test_the_inquiry_makes_a_complaint_reply_and_an_error() -> None:
    found = {finding.rule: finding for finding in check(REPLY, inquiry=COMPLAINT)}
    assert str(found["missing-apology"].severity) == "error"
    assert found["missing-apology"].quote is None
    assert "kaputt" in found["missing-apology"].message


@pytest.mark.parametrize("kind", ["question", "praise"])
def test_a_fact_decides_what_the_text_leaves_open(kind: str) -> None:
    assert "missing-apology" not in rules(REPLY, Settings(facts={"kind": kind}))
    assert "missing-apology" in rules(REPLY, Settings(facts={"kind": "complaint"}))


def test_a_chat_needs_neither_greeting_nor_offer() -> None:
    bare = "Danke für die Nachricht. Das Paket kommt morgen."
    asked = {"missing-salutation", "missing-sign-off", "missing-closing-offer"}
    assert asked <= rules(bare)
    assert not asked & rules(bare, facts={"channel": "chat"})


def test_a_template_may_be_a_building_block() -> None:
    for block in ("Wir schicken Ihnen das Gerät am {{ datum }}.", "Sehr geehrte Frau {{ name }},\n"):
        assert not rules(block, template=True)
    assert "leftover-placeholder" in rules("Wir schicken Ihnen das Gerät am {{ datum }}.")


def test_the_more_specific_check_wins_on_the_same_words() -> None:
    found = rules("Guten Tag Frau Kern,\n\ndanke für Ihre Mail. Da kann ich nichts machen.\n\nViele Grüße\nTom Berg")
    assert "indifference" in found
    assert "negative-phrasing" not in found


def test_selection_by_check_and_category() -> None:
    text = "Das machen wir leider nicht!! :-)"
    assert rules(text, Settings(select=("tone",))) == {"negative-phrasing", "shouting", "emoticon"}
    assert rules(text, Settings(select=("tone",), ignore=("shouting",))) == {"negative-phrasing", "emoticon"}
    assert rules(text, Settings(select=("emoticon",))) == {"emoticon"}
    assert unknown_checks(RULESET, ["tone", "emoticon", "emotikon"]) == ["emotikon"]


PLAIN = "Ihr Antrag wurde am Montag geprüft. Wir ziehen einen Umtausch in Erwägung. Danke für Ihr Feedback."


def test_a_category_of_checks_that_are_off_runs_where_it_is_named() -> None:
    found = {"passive-voice", "nominal-style", "anglicisms", "missing-paraphrase"}
    assert not found & rules(PLAIN), "a default run stays as it is"
    assert rules(PLAIN, Settings(select=("plain",))) == found
    assert found <= rules(PLAIN, Settings(levels={"plain": "on"}))
    assert rules(PLAIN, Settings(select=("plain",), ignore=("anglicisms",))) == found - {"anglicisms"}
    assert rules(PLAIN, Settings(select=("plain",), levels={"passive-voice": "off"})) == found - {"passive-voice"}
    assert rules(PLAIN, Settings(select=("plain",), levels={"plain": "off"})) == set()
    assert rules(PLAIN, Settings(select=("plain",), ignore=("plain",))) == set()
    assert rules(PLAIN, Settings(select=("tone", "anglicisms"))) == {"anglicisms"}


def test_a_severity_switches_on_a_category_of_checks_that_are_off() -> None:
    found = [finding for finding in check(PLAIN, Settings(levels={"plain": "warning"})) if finding.category == "plain"]
    assert {finding.rule for finding in found} == {
        "passive-voice",
        "nominal-style",
        "anglicisms",
        "missing-paraphrase",
    }
    assert {str(finding.severity) for finding in found} == {"warning"}


def test_what_a_pack_switched_off_in_another_category_stays_off(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("extends: [de]\n", encoding="utf-8")
    (tmp_path / "emoticon.yaml").write_text("change: emoticon\nenabled: no\n", encoding="utf-8")
    linter = Linter(load([str(tmp_path)]), Settings(select=("tone",)))
    assert "emoticon" not in {rule.id for rule in linter.reported}
    assert "shouting" in {rule.id for rule in linter.reported}


def test_hedging_wins_over_filler_words() -> None:
    text = "Das Konto ist quasi schon eröffnet."
    assert rules(text, Settings(select=("plain",))) == {"filler-words"}
    found = rules(text, Settings(levels={"plain": "on"}))
    assert "hedging" in found
    assert "filler-words" not in found


def test_rewrites_keep_the_address_and_the_person() -> None:
    for address, words in ((Address.SIE, "Lassen Sie"), (Address.DU, "Lass ")):
        [finding] = check("Das machen wir leider nicht.", Settings(address=address, select=("negative-phrasing",)))
        assert finding.quote == "Das machen wir leider nicht"
        assert any(rewrite.text.startswith(words) for rewrite in finding.rewrites)


def test_the_history_is_never_linted_and_gives_the_inquiry() -> None:
    text = (
        f"{REPLY}\nAm 12.05.2025 um 10:15 schrieb Anna Kern <anna@kern.example>:\n> {COMPLAINT}\n> Frechheit!!! :-(\n"
    )
    found = rules(text)
    assert "missing-apology" in found
    assert not {"shouting", "emoticon", "hostile-tone"} & found


def test_findings_are_in_source_order_and_the_same_every_time() -> None:
    text = "Hallo :-)\n\nDas machen wir nicht!! Das geht leider nicht. Pech gehabt.\n"
    first = check(text)
    assert [finding.span for finding in first] == sorted(finding.span for finding in first)
    assert check(text) == first


@dataclass(frozen=True)
class Counting:
    """A check that is better off with many drafts, and notes how many it saw at once."""

    seen: list[int]
    broken: bool = False

    @property
    def entries(self) -> list[Entry]:
        return []

    def prepare(self, contexts: Sequence[Context]) -> None:
        self.seen.append(len(contexts))
        if self.broken:
            raise EngineError("out-of-order")
        for context in contexts:
            context.prepared["counting"] = len(context.draft.text)

    def run(self, context: Context) -> list[Hit]:
        if self.broken:
            raise EngineError("out-of-order")
        return [Hit(Span(0, context.prepared["counting"]))]


def linter_with(check: Counting) -> Linter:
    rule = replace(RULESET.rules["emoticon"], check=check)
    return Linter(replace(RULESET, rules={"emoticon": rule}), Settings(select=("emoticon",)))


def test_checks_that_prepare_see_many_drafts_at_once_and_each_its_own() -> None:
    check = Counting([])
    linter = linter_with(check)
    drafts = [draft_of(f"Guten Tag {'a' * number}") for number in range(BATCH + 3)]
    found = list(linter.check_all(drafts))
    assert check.seen == [BATCH, 3]
    assert [(each.draft, each.span.end) for findings in found for each in findings] == [
        (each, len(each.text)) for each in drafts
    ]


def test_a_check_whose_engine_fails_is_left_out_and_noted() -> None:
    linter = linter_with(Counting([], broken=True))
    assert list(linter.check_all([draft_of("Guten Tag"), draft_of("Hallo")])) == [[], []]
    assert {rule: error.what for rule, error in linter.failed.items()} == {"emoticon": "out-of-order"}


def test_what_is_prepared_outlives_the_words_that_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lexicon, "_MOST", 20)
    drafts = [
        draft_of(REPLY.replace("Mixer", word), inquiry=COMPLAINT) for word in ("Mixer", "Herd", "Toaster", "Grill")
    ]
    linter = Linter(load(["de"]))
    alone = list(map(linter.check, drafts))
    linter.prepare(drafts)
    assert list(map(linter.check, drafts)) == alone
