"""A rewrite that keeps a sentence and adds to it is not judged for what other checks say of the kept words."""

from __future__ import annotations

from pathlib import Path

from replylint.checks.rewriting import _whole
from replylint.examples import run_rule
from replylint.rules import load

_COMMON = """category: tone
severity: warning
sources: [S1]
message: {{de: x, en: x}}
why: {{de: x, en: x}}
flags: {{de: x, en: x}}
leaves: {{de: x, en: x}}
"""


def _failures(folder: Path, rewrite: str) -> list[str]:
    common = _COMMON.format()
    (folder / "other.yaml").write_text(
        f"id: other\nkind: phrase\n{common}phrases: [nicht]\nrewrite: [doch]\n"
        "examples:\n  - {bad: Das geht nicht., at: nicht}\n  - good: Das geht.\n",
        encoding="utf-8",
    )
    (folder / "asks.yaml").write_text(
        f"id: asks\nkind: phrase\n{common}extent: sentence\nphrases: [geht]\nunless: {{next: [Grund]}}\n"
        f'rewrite: ["{rewrite}"]\n'
        "examples:\n  - {bad: Das geht nicht., at: Das geht nicht.}\n  - good: Das klappt.\n",
        encoding="utf-8",
    )
    ruleset = load([str(folder)])
    return [str(failure) for failure in run_rule(ruleset, ruleset.rules["asks"])]


def test_kept_words_are_left_to_other_checks(tmp_path: Path) -> None:
    assert not [m for m in _failures(tmp_path, "{match} Der Grund ist: [x].") if "rewrite-flagged" in m]


def test_new_words_and_own_findings_still_count(tmp_path: Path) -> None:
    assert any("rewrite-flagged" in m and "by='other'" in m for m in _failures(tmp_path, "Der Grund ist nicht [x]."))
    assert any("rewrite-flagged" in m and "by='asks'" in m for m in _failures(tmp_path, "{match} Danke."))


def test_a_kept_sentence_gets_the_full_stop_that_it_lacks() -> None:
    assert _whole("Das geht nicht", "{match} Der Grund ist: [x].") == "Das geht nicht."
    assert _whole("Das geht nicht.", "{match} Der Grund ist: [x].") == "Das geht nicht."
    assert _whole("Das geht", "{match} [x]") == "Das geht"
    assert _whole("Das geht", "So {match} Du") == "Das geht"
