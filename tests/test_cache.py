"""The cache: damaged, old and foreign entries are none, and rules from it find what rules from their files find."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from replylint import cache
from replylint.draft import Draft
from replylint.linter import Linter
from replylint.rules import RuleErrors, RuleSet, load
from replylint.source import Source, SourceMap

CORPUS = Path(__file__).parent / "corpus"

RULE = """
id: meins
kind: phrase
category: own
severity: warning
message: {de: "„{match}“ passt nicht.", en: "“{match}” does not fit."}
why: {de: Weil es so ist., en: Because it is so.}
phrases:
  - find: "das ist @doof"
    except: ["ist doof gelaufen"]
examples:
  - bad: Das ist doof.
  - good: Das ist doof gelaufen.
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "cache"
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(place))
    return place


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    for name, text in {"own/meins.yaml": RULE, "words/doof.yaml": "id: doof\nwords: [doof, dumm]\n"}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def quotes(ruleset: RuleSet, text: str) -> list[str | None]:
    draft = Draft(Source("x", text), text, SourceMap.identity(len(text)))
    return [finding.quote for finding in Linter(ruleset).check(draft)]


def test_an_entry_is_found_for_its_key_only() -> None:
    cache.write("a", "k1", {"x": [1, "ü"]})
    assert cache.read("a", "k1") == {"x": [1, "ü"]}
    assert cache.read("a", "k2") is None
    assert cache.read("b", "k1") is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": "k1"', "[" * 100_000, "\x00"])
def test_a_damaged_entry_is_none(own_cache: Path, damage: str) -> None:
    cache.write("a", "k1", 1)
    (own_cache / "a.json").write_text(damage, encoding="utf-8")
    assert cache.read("a", "k1") is None


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(tmp_path / "file" / "sub"))
    cache.write("a", "k", 1)
    assert cache.read("a", "k") is None


def test_rules_from_the_cache_find_the_same(pack: Path, own_cache: Path) -> None:
    text = "Das ist dumm. Das ist doof gelaufen. Das ist doof."
    for _ in range(2):
        assert quotes(load([str(pack)], cached=True), text) == ["Das ist dumm", "Das ist doof"]
    assert len(list(own_cache.iterdir())) == 1


def test_a_changed_file_is_noticed(pack: Path) -> None:
    load([str(pack)], cached=True)
    (pack / "words" / "doof.yaml").write_text("id: doof\nwords: [blöd]\n", encoding="utf-8")
    assert quotes(load([str(pack)], cached=True), "Das ist doof. Das ist blöd.") == ["Das ist blöd"]
    (pack / "own" / "meins.yaml").write_text(RULE.replace("severity", "severiti"), encoding="utf-8")
    with pytest.raises(RuleErrors, match="unknown key “severiti”"):
        load([str(pack)], cached=True)


def test_the_builtin_rules_judge_alike_with_and_without() -> None:
    load(["de"], cached=True)
    fresh, kept = Linter(load(["de"])), Linter(load(["de"], cached=True))
    for entry in yaml.safe_load((CORPUS / "dev_a.yaml").read_text(encoding="utf-8")):
        text = entry["text"]
        draft = Draft(
            Source("x", text),
            text,
            SourceMap.identity(len(text)),
            "",
            entry.get("template", False),
            entry.get("inquiry"),
        )
        assert fresh.check(draft) == kept.check(draft), entry["id"]


def test_no_customer_text_is_kept(own_cache: Path, pack: Path) -> None:
    ruleset = load([str(pack)], cached=True)
    quotes(ruleset, "Das ist doof, Frau Geheimnis.")
    assert not any("Geheimnis" in path.read_text(encoding="utf-8") for path in own_cache.iterdir())
