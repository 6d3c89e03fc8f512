"""Completion in bash, zsh and fish: what the shell is told, and what it may complete."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from replylint.cli import main
from replylint.reporters import REPORTERS
from replylint.rules import load


def shell(instruction: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "replylint"],
        env={**os.environ, "_REPLYLINT_COMPLETE": instruction, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.stderr == ""
    return run.stdout


def completed(line: str) -> list[str]:
    """What bash may complete the last word of a command line to."""
    words = line.split(" ")
    told = shell("bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    return [item.removeprefix("plain,") for item in told.splitlines() if item]


@pytest.mark.parametrize(
    ("name", "begin"), [("bash", "_replylint_completion() {"), ("zsh", "#compdef replylint"), ("fish", "function ")]
)
def test_the_script(name: str, begin: str) -> None:
    script = shell(f"{name}_source")
    assert script.startswith(begin)
    assert f"_REPLYLINT_COMPLETE={name}_complete" in script


def test_commands_and_options() -> None:
    assert completed("replylint ") == list(main.modules)
    assert completed("replylint ch") == ["check"]
    assert completed("replylint check --diff") == ["--diff", "--diff-base"]


def test_values() -> None:
    assert completed("replylint check --color ") == ["auto", "always", "never"]
    assert completed("replylint check --fail-on e") == ["error"]
    assert completed("replylint check --format ") == list(REPORTERS)


def test_names_of_checks() -> None:
    ruleset = load(["de"])
    assert completed("replylint explain ") == list(ruleset.rules)
    assert completed("replylint check --select ") == [*ruleset.rules, *sorted(ruleset.categories)]
    assert completed("replylint check --ignore blame,emot") == ["blame,emoticon"]
    assert completed("replylint check --ignore emoticon,emot") == []


def test_files_are_left_to_the_shell() -> None:
    assert completed("replylint check vor") == ["file,vor"]
    assert completed("replylint check --output be") == ["file,be"]


def test_descriptions_in_zsh() -> None:
    told = shell("zsh_complete", COMP_WORDS="replylint check --diff-b", COMP_CWORD="2")
    assert told.splitlines() == [
        "plain",
        "--diff-base",
        "Nur Funde in Zeilen, die sich seit diesem Stand in git geändert haben, z. B. origin/main.",
    ]
