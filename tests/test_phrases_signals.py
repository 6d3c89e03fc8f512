"""Signals and required checks: weights, denials, findings to ignore, building blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint.draft import Draft
from replylint.linter import Linter, Settings
from replylint.rules import load
from replylint.source import Source, SourceMap

RULE = """
id: {name}
kind: {kind}
category: test
severity: warning
message: {{de: "Anlass „{{evidence}}“", en: "because of “{{evidence}}”"}}
why: {{de: so, en: so}}
examples: [{{bad: x}}, {{good: y}}]
"""


def pack(folder: Path, files: dict[str, str]) -> Linter:
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Linter(load([str(folder)]))


def draft(
    text: str, *, template: bool = False, inquiry: str | None = None, facts: dict[str, str] | None = None
) -> Draft:
    return Draft(
        Source("x", text), text, SourceMap.identity(len(text)), template=template, inquiry=inquiry, facts=facts or {}
    )


def rule(name: str, kind: str, rest: str) -> str:
    return RULE.format(name=name, kind=kind) + rest


@pytest.fixture
def linter(tmp_path: Path) -> Linter:
    return pack(
        tmp_path,
        {
            "signals/klage": (
                "id: klage\nkind: signal\nfacts: {kind: [complaint]}\ndenied-by: {kind: [praise]}\n"
                "inquiry:\n  - kaputt\n  - {find: leider, weight: 0.5}\n  - {find: wieder, weight: 0.5}\n"
                "  - {find: gern, weight: -0.5}\n"
            ),
            "test/reue": rule("reue", "required", "when: [klage]\npresent: [leid]\nignoring: [halb]\n"),
            "test/halb": rule("halb", "phrase", 'phrases: ["leid , falls …4"]\n'),
            "test/gruss": rule(
                "gruss", "required", 'when: ["!template | has-salutation"]\npresent-part: sign-off\nplace: end\n'
            ),
        },
    )


@pytest.mark.parametrize(
    ("inquiry", "facts", "missing"),
    [
        ("Die Lampe ist kaputt, gern auch später.", {}, True),  # one of weight 1 decides, whatever speaks against it
        ("Leider kam sie nicht.", {}, False),
        ("Leider kam sie wieder nicht.", {}, True),
        ("Leider kam sie wieder nicht, wir warten gern.", {}, False),
        ("Danke.", {"kind": "complaint"}, True),
        ("Die Lampe ist kaputt.", {"kind": "praise"}, False),
        ("Die Lampe ist kaputt.", {"kind": "refund"}, True),  # a fact that neither says nor denies it
    ],
)
def test_weights_and_facts(linter: Linter, inquiry: str, facts: dict[str, str], missing: bool) -> None:
    found = [finding.rule for finding in linter.check(draft("Wir tauschen sie.", inquiry=inquiry, facts=facts))]
    assert ("reue" in found) is missing


def test_the_evidence_is_the_clause(linter: Linter) -> None:
    findings = linter.check(draft("Wir tauschen sie.", inquiry="Hallo, und die Lampe ist kaputt, sie war neu."))
    assert [f.message for f in findings if f.rule == "reue"] == ["Anlass „die Lampe ist kaputt“"]


def test_what_another_check_flags_does_not_count_as_present(linter: Linter) -> None:
    half = linter.check(draft("Das tut uns leid, falls es stört.", inquiry="Sie ist kaputt."))
    whole = linter.check(draft("Das tut uns leid.", inquiry="Sie ist kaputt."))
    assert "reue" in [f.rule for f in half]
    assert "reue" not in [f.rule for f in whole]


@pytest.mark.parametrize(
    ("text", "template", "missing"),
    [
        ("Wir tauschen sie.", True, False),
        ("Wir tauschen sie.", False, True),
        ("Guten Tag,\n\nwir tauschen sie.", True, True),
        ("Guten Tag,\n\nwir tauschen sie.\n\nViele Grüße\nAnna Lind", True, False),
        ("Guten Tag,\n\nwir tauschen sie.\n\nViele Grüße", False, True),
    ],
)
def test_a_building_block_needs_no_sign_off(linter: Linter, text: str, template: bool, missing: bool) -> None:
    assert ("gruss" in [f.rule for f in linter.check(draft(text, template=template))]) is missing


def test_signs_that_only_together_say_it_are_quoted() -> None:
    """A finding that rests on a signal of the inquiry quotes the signal's strongest sign, not the word that was sought."""
    built_in = Linter(load(["de"]), Settings(select=("escalate",)))
    said = (
        "Ich kann nicht mehr und will auch nicht. Sie brauchen mir bald nichts mehr zu schicken, dann ist endlich Ruhe."
    )
    (finding,) = built_in.check(draft("Guten Tag", inquiry=said))
    assert "„Sie brauchen mir bald nichts mehr zu schicken“" in finding.message
    assert "0800 111 0 111" in finding.message
    assert built_in.check(draft("Guten Tag", inquiry="Sie brauchen mir bald nichts mehr zu schicken.")) == []
