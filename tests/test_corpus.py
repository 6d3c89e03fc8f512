"""Accuracy floors on the labelled drafts and inquiries; they only rise. `benchmarks/accuracy.py` prints the whole table."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.linter import Linter
from replylint.rules import load

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
FLOORS: Mapping[str, Any] = yaml.safe_load((CORPUS / "floors.yml").read_text(encoding="utf-8"))


def _accuracy() -> Any:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


accuracy = _accuracy()
RULESET = load(["de"])


@pytest.mark.parametrize("name", FLOORS["drafts"])
def test_accuracy_on_labelled_drafts(name: str) -> None:
    scores = accuracy.score(Linter(RULESET), accuracy.read_corpus([CORPUS / f"{name}.yaml"]))
    whole = accuracy.total(scores)
    floor = FLOORS["drafts"][name]
    detail = f"false: {whole.false_alarms}\nmissed: {whole.misses}"
    assert whole.precision >= floor["precision"], detail
    assert whole.recall >= floor["recall"], detail


def test_no_error_on_a_draft_without_findings() -> None:
    linter = Linter(RULESET)
    for path in sorted(CORPUS.glob("*.yaml")):
        if path.name.startswith("inquiries"):
            continue
        for entry in accuracy.read_corpus([path]):
            if not entry["findings"] and not entry.get("doubtful"):
                errors = [f for f in accuracy.lint(linter, entry) if str(f.severity) == "error"]
                assert not errors, (entry["id"], [(f.rule, f.quote) for f in errors])


@pytest.mark.parametrize("name", FLOORS["optional"])
def test_accuracy_of_checks_that_are_off_by_default(name: str) -> None:
    scores = accuracy.score_optional(RULESET, CORPUS / f"{name}.yaml")
    assert set(scores) == set(FLOORS["optional"][name])
    for check, floor in FLOORS["optional"][name].items():
        detail = f"{check}: false {scores[check].false_alarms}\nmissed {scores[check].misses}"
        assert scores[check].precision >= floor["precision"], detail
        assert scores[check].recall >= floor["recall"], detail


@pytest.mark.parametrize("name", FLOORS["inquiries"])
def test_signals_on_labelled_inquiries(name: str) -> None:
    scores = accuracy.score_signals(RULESET, accuracy.read_corpus([CORPUS / f"{name}.yaml"]))
    for signal, floor in FLOORS["inquiries"][name].items():
        detail = f"{signal}: false {scores[signal].false_alarms}\nmissed {scores[signal].misses}"
        assert scores[signal].precision >= floor["precision"], detail
        assert scores[signal].recall >= floor["recall"], detail


def test_the_corpus_is_sound() -> None:
    for path in sorted(CORPUS.glob("*.yaml")):
        if path.name.startswith("inquiries"):
            continue
        for entry in accuracy.read_corpus([path]):
            for label in [*entry["findings"], *entry.get("doubtful", ())]:
                assert label["rule"] in RULESET.rules, (entry["id"], label)
                if "quote" in label:
                    assert entry["text"].count(label["quote"]) == 1, (entry["id"], label)
