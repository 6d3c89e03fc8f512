"""Every rule's own examples, and the shape that all rules share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from replylint.examples import run_rule
from replylint.rules import RuleErrors, RuleSet, load, pack_folder

RULESET = load(["de"])
SOURCES = {"S0", "S1", "S2", "S3", "S4", "Practice"}


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return RULESET


# Those of grammar need a LanguageTool: test_grammar_real.py has it.
@pytest.mark.parametrize("name", [rule.id for rule in RULESET.rules.values() if rule.kind != "grammar"])
def test_examples(ruleset: RuleSet, name: str) -> None:
    failures = run_rule(ruleset, ruleset.rules[name])
    assert not failures, "\n".join(map(str, failures))


@pytest.mark.parametrize("name", RULESET.rules)
def test_shape(ruleset: RuleSet, name: str) -> None:
    rule = ruleset.rules[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
    assert Path(rule.path).parent.name == rule.category
    assert rule.sources
    assert set(rule.sources) <= SOURCES
    for text in (rule.message, rule.why, rule.flags, rule.leaves):
        for words in (text.de, text.en):
            assert words
            assert "!" not in words.replace("„!", "").replace("!!", ""), f"an exclamation mark: {words}"
    assert sum(example.good is not None for example in rule.examples) >= 3


def test_the_catalogue_is_complete(ruleset: RuleSet) -> None:
    assert {rule.id for rule in ruleset.rules.values() if rule.enabled} == {
        *("address-mix", "blame", "canned-phrase", "customer-as-case", "defensive", "emoticon", "empty-promise"),
        *("escalate", "half-apology", "hand-off", "hedging", "hostile-tone", "impersonal-salutation", "indifference"),
        *("leftover-placeholder", "lecturing", "long-sentence", "missing-apology", "missing-closing-offer"),
        *("missing-empathy", "missing-next-step", "missing-salutation", "missing-sign-off", "missing-thanks"),
        *("negative-phrasing", "officialese", "pronoun-case", "shouting", "unexplained-bad-news", "vague-commitment"),
        # Beyond the catalogue: the customer's name, and what is wrong with a template's placeholders themselves.
        "wrong-name",
        *("broken-placeholder", "empty-placeholder", "mixed-placeholders"),
        # What is wrong with the comments that suppress findings.
        *("expired-suppression", "malformed-suppression", "unknown-suppression", "unused-suppression"),
    }


GOOD = """
id: {name}
kind: phrase
category: own
severity: warning
sources: [Practice]
message: {{de: "„{{match}}“ passt nicht.", en: "“{{match}}” does not fit."}}
why: {{de: Weil es so ist., en: Because it is so.}}
phrases:
  - find: "das ist doof"
    rewrite: "das ist schade"
examples:
  - bad: Das ist doof.
    rewritten: Das ist schade.
  - good: Das ist dort.
"""


def write(folder: Path, text: str, name: str = "meins") -> Path:
    path = folder / "own" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(name=name) if text is GOOD else text, encoding="utf-8")
    return path


def errors(folder: Path) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        load([str(folder)])
    return [f"{error.line}:{error.column}: {error.message}" for error in caught.value.errors]


def test_a_pack_of_ones_own_loads_and_proves_itself(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    pack = load([str(tmp_path)])
    assert list(pack.rules) == ["meins"]
    assert run_rule(pack, pack.rules["meins"]) == []


def test_all_errors_are_said_at_once_with_their_place(tmp_path: Path) -> None:
    text = GOOD.format(name="meins")
    text = text.replace("severity: warning", "severity: warnung").replace("category:", "categorie:")
    text = text.replace('"das ist doof"', '"das ist @dof (so"')
    write(tmp_path, text)
    assert errors(tmp_path) == [
        "2:1: the key “category” is missing",
        "4:1: unknown key “categorie”; did you mean “category”?",
        "5:11: unknown value “warnung”; did you mean “warning”?; known are error, warning, suggestion",
        "10:25: „(“ is not closed by „)“",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"das ist doof"', '"das ist @doof"', "10:20: unknown word list @doof"),
        ('"das ist doof"', "*doof", '10:11: a value that begins with „*“ has to stand in quotes: "*doof"'),
        ('"das ist doof"', "@doof", '10:11: a value that begins with „@“ has to stand in quotes: "@doof"'),
        ('rewrite: "das ist schade"', "rewrite: {sie: Das passt Ihnen.}", "11:14: this rewrite has no du: form"),
        ("kind: phrase", "kind: frase", "3:7: unknown value “frase”; did you mean “phrase”?; known are phrase,"),
        ("id: meins", "id: deins", "2:5: the id “deins” and the file's name “meins” differ"),
        ("severity: warning", "severity: 3", "5:11: expected text here, found the number 3; put it in quotes"),
        ("category: own", "category: own\nwhen: complain", "5:7: unknown signal “complain”"),
        ("category: own", "category: own\nyields-to: [blam]", "5:13: unknown check “blam”"),
        ("  - good: Das ist dort.", "  - nothing: x", "15:5: unknown key “nothing”"),
        ("sources: [Practice]", "sources: &a [*a]", "6:10: an alias (*name) is used here"),
        ("kind: phrase", "kind: phrase\nkind: phrase", "4:1: the key “kind” stands here twice"),
    ],
)
def test_an_error_says_what_and_where(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = GOOD.format(name="meins")
    assert old in text
    write(tmp_path, text.replace(old, new))
    assert any(error.startswith(message) for error in errors(tmp_path)), errors(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Das ist doof.", "Das ist dort.", "not-found"),
        ("  - good: Das ist dort.", "  - good: Ach, das ist doof.", "not-silent"),
        ("Das ist schade.", "Das ist klug.", "rewritten-otherwise"),
        ('- find: "das ist doof"', '- find: ["das ist doof", "das ist blöd"]', "dead-phrase"),
        ('rewrite: "das ist schade"', 'rewrite: "das ist doof"', "rewrite-flagged"),
        ("  - bad: Das ist doof.", "  - bad: Das ist doof.\n    at: ist doof", "found-elsewhere"),
        ("  - good: Das ist dort.", "", "no-examples"),
    ],
)
def test_a_rule_that_does_not_do_what_it_says_fails(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = GOOD.format(name="meins")
    assert old in text
    write(tmp_path, text.replace(old, new))
    pack = load([str(tmp_path)])
    assert any(failure.what.startswith(message) for failure in run_rule(pack, pack.rules["meins"]))


def test_a_missing_pack_and_an_empty_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(RuleErrors, match="was not found"):
        load([str(tmp_path / "nirgends")])
    assert errors(tmp_path) == ["1:1: the pack holds no rule file (*.yaml)"]


def test_the_builtin_pack_is_found() -> None:
    assert (pack_folder("de") / "words").is_dir()
