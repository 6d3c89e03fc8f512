"""The README tells the truth: its console blocks are run, and CI runs its second command.

`UPDATE_README=1 pytest tests/test_readme.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n\$ replylint (?P<args>.*)\n(?P<output>(?:.*\n)*?)```$", re.M)
_SHELL = re.compile(r"^```sh\n(?P<command>.*)\n```$", re.M)


def run(args: str) -> str:
    """What the command prints, from the repository's root, as it is shown in a pipe."""
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "replylint", *shlex.split(args)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=environment)
    assert result.returncode in (0, 1)
    assert result.stderr == b""
    return result.stdout.decode()


def commands() -> list[str]:
    return [match["args"] for match in _BLOCK.finditer(README.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module", autouse=True)
def updated() -> None:
    if os.environ.get("UPDATE_README"):
        text = README.read_text(encoding="utf-8")
        text = _BLOCK.sub(lambda match: f"```console\n$ replylint {match['args']}\n{run(match['args'])}```", text)
        README.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("args", commands())
def test_outputs(args: str) -> None:
    shown = {match["args"]: match["output"] for match in _BLOCK.finditer(README.read_text(encoding="utf-8"))}
    assert run(args) == shown[args]


def test_three_drafts_are_shown() -> None:
    assert len(commands()) >= 3


def test_ci_runs_the_second_command() -> None:
    first, second = (match["command"] for match in _SHELL.finditer(README.read_text(encoding="utf-8")))
    assert first.endswith("replylint check examples --fail-on never")
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
