"""docs/tutorial.md, run word for word in a fresh folder with a fresh virtual environment.

Blocks of `console` hold commands (`$ …`) and what they print; a block behind „Write `PATH`:“ is that file. All commands
share one shell. `UPDATE_TUTORIAL=1 pytest tests/test_tutorial.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^(?:Write `(?P<path>[^`]+)`.*:\n\n)?```(?P<kind>\w+)\n(?P<content>(?:.*\n)*?)```$", re.MULTILINE)
_END = "--- the end of"


class Shell:
    """A bash that stays open, so that folders and variables last from command to command."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
        )

    def run(self, command: str) -> str:
        """What a command prints, on either stream."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\necho; echo '{_END}' \"$PWD\"\n".encode())
        self.process.stdin.flush()
        lines: list[str] = []
        while not (line := self.process.stdout.readline().decode()).startswith(_END):
            assert line, "the shell ended"
            lines.append(line)
        self.folder = Path(line.removeprefix(_END).strip())
        return "".join(lines).removesuffix("\n")

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with what it prints."""
    command = ""
    output: list[str] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            if command:
                yield command, "".join(output)
            command, output = line[2:].rstrip("\n"), []
        else:
            output.append(line)
    yield command, "".join(output)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    wheels = tmp_path / "wheels"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(wheels), str(ROOT)], check=True, capture_output=True
    )
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "replylint").symlink_to(ROOT)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "REPLYLINT", "GIT", "GITHUB"))
    }
    shell = Shell(
        folder,
        {
            **kept,
            "PIP_FIND_LINKS": str(wheels),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
            "REPLYLINT_CACHE_DIR": str(tmp_path / "cache"),
            "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
            "NO_COLOR": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.de",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.de",
            "TERM": "dumb",
        },
    )
    yield shell
    shell.close()


def test_the_tutorial_word_for_word(shell: Shell) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    shell.run("true")
    rest = text
    result = ""
    while match := _BLOCK.search(rest):
        result += rest[: match.start("content")]
        content = match["content"]
        if match["path"]:
            path = shell.folder / match["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        elif match["kind"] == "console":
            content = "".join(f"$ {command}\n{shell.run(command)}" for command, _ in commands(content))
        result += content
        rest = rest[match.end("content") :]
    result += rest
    if os.environ.get("UPDATE_TUTORIAL"):
        TUTORIAL.write_text(result, encoding="utf-8", newline="\n")
    assert result == TUTORIAL.read_text(encoding="utf-8")
