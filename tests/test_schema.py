"""The JSON Schema of rule files: it accepts what ships, refuses what is broken, and knows every key the loader knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from replylint import changes, scaffold
from replylint.checks import KINDS, KindOfCheck, pattern, phrase, signal, tokenpatterns, tokens
from replylint.checks.base import Workshop
from replylint.cli import main
from replylint.rulefile import EXAMPLE_KEYS, RULE_KEYS
from replylint.schema import KEYS, schema

ROOT = Path(__file__).parents[1]
SHIPPED = sorted(
    [*ROOT.glob("rules/**/*.yaml"), *ROOT.glob("examples/hausstil/**/*.yaml"), *ROOT.glob("examples/wortarten/*.yaml")]
)
VALIDATOR = jsonschema.Draft202012Validator(schema())


def problems(document: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(document)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_shipped_rule_file_is_valid(path: Path) -> None:
    assert problems(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("kind", scaffold.KINDS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_scaffold_is_valid(kind: str, lang: str) -> None:
    assert problems(yaml.safe_load(scaffold.rule_file(kind, "mein-name", "haus", "haus/", lang))) == []
    assert problems(yaml.safe_load(scaffold.pack_file(lang))) == []


def test_it_knows_the_keys_that_the_loader_knows() -> None:
    definitions = schema()["$defs"]
    for name, kind in KINDS.items():
        assert set(definitions[f"kind-{name}"]["properties"]) == {*RULE_KEYS, *kind.keys}
        assert set(kind.keys) <= set(KEYS), f"a key of {name} has no description"
    assert set(definitions["signal"]["properties"]) == set(signal.KEYS) <= set(KEYS)
    assert set(definitions["example"]["properties"]) == set(EXAMPLE_KEYS) <= set(KEYS)
    assert set(definitions["entry"]["anyOf"][1]["properties"]) == set(Workshop.ENTRY_KEYS) <= set(KEYS)
    assert set(definitions["pattern"]["anyOf"][1]["properties"]) == set(pattern.PATTERN_KEYS)
    assert set(definitions["tokens"]["anyOf"][1]["properties"]) == set(tokens.PATTERN_KEYS)
    assert set(definitions["token-list"]["items"]["properties"]) == set(tokenpatterns.KEYS)
    of_kinds = {key for kind in KINDS.values() for key in kind.keys}
    changeable = {*RULE_KEYS, *of_kinds, *signal.KEYS} - {"id", "kind"}
    change = definitions["change"]["properties"]
    assert set(change) == {*changes.CHANGE_KEYS, *changeable} - {*changes.ONLY_IN_PARTS}
    assert set(change["add"]["anyOf"][0]["properties"]) == changeable & set(changes.LISTS)
    assert set(change["remove"]["anyOf"][0]["properties"]) == changeable & {*changes.LISTS, "examples"}


def test_every_key_tells_what_it_is() -> None:
    for key, (title, description, _) in KEYS.items():
        assert title, key
        assert description, key


CHECK: Mapping[str, Any] = {
    "id": "a",
    "kind": "phrase",
    "category": "own",
    "severity": "warning",
    "message": {"de": "x", "en": "x"},
    "why": {"de": "x", "en": "x"},
    "phrases": ["das ist doof"],
    "examples": [{"bad": "Das ist doof."}, {"good": "Das ist dort."}],
}


def test_a_plain_check_is_valid() -> None:
    assert problems(CHECK) == []


@pytest.mark.parametrize(
    "document",
    [
        {key: value for key, value in CHECK.items() if key != "why"},
        {key: value for key, value in CHECK.items() if key != "kind"},
        {**CHECK, "kind": "frase"},
        {**CHECK, "severity": "warnung"},
        {**CHECK, "categorie": "own"},
        {**CHECK, "message": {"de": "x"}},
        {**CHECK, "in": "bauch"},
        {**CHECK, "enabled": "vielleicht"},
        {**CHECK, "unless": {"satz": ["a"]}},
        {**CHECK, "phrases": [{"rewrite": "x"}]},
        {**CHECK, "phrases": [{"find": "x", "rewrit": "x"}]},
        {**CHECK, "phrases": [True]},
        {**CHECK, "rewrite": [{"sie": "x", "safety": "sure"}]},
        {**CHECK, "examples": [{"bad": "x", "good": "x"}]},
        {**CHECK, "examples": [{"at": "x"}]},
        {**CHECK, "limit": 30},
        {**CHECK, "kind": "measure", "limit": "viel"},
        {**CHECK, "kind": "required", "place": "irgendwo"},
        {"id": "a", "words": ["a"], "more": 1},
        {"id": "a", "words": [1]},
        {"id": "a", "kind": "signal", "draft": [{"find": "a", "weight": "viel"}]},
        {"change": "blame", "severity": "laut"},
        {"change": "blame", "except": ["a"]},
        {"change": "blame", "id": "blame"},
        {"change": "blame", "add": {"phrase": ["a"]}},
        {"change": "blame", "add": {"severity": "error"}},
        {"change": "blame", "phrases": ["ohne find"]},
        {"change": "blame", "remove": {"phrases": [{"find": "a"}]}},
        {"extends": ["de"], "rules": ["x"]},
        ["a", "list"],
        {},
    ],
    ids=str,
)
def test_what_is_broken_is_refused(document: Any) -> None:
    assert problems(document) != []


def test_a_plugin_describes_its_keys() -> None:
    known = {**KINDS, "lauter": KindOfCheck(("most", "more"), phrase.parse, {"most": {"type": "number"}})}
    validator = jsonschema.Draft202012Validator(schema(known))
    fine = {key: value for key, value in CHECK.items() if key != "phrases"} | {"kind": "lauter", "most": 3, "more": []}
    assert validator.is_valid(fine)
    assert not validator.is_valid({**fine, "most": "viel"})


def test_the_command_prints_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["schema"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, json.loads(json.dumps(schema())))
    written = CliRunner().invoke(main, ["schema", "--output", "rules.schema.json"])
    assert (written.exit_code, written.stdout) == (0, "")
    assert (tmp_path / "rules.schema.json").read_text(encoding="utf-8") == result.stdout
    refused = CliRunner().invoke(main, ["schema", "--output", "nirgends/x.json"])
    assert refused.exit_code == 2
    assert refused.stderr.startswith("replylint: nirgends/x.json:")
