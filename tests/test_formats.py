"""Every format with its oddities, through the command line: what is found, at which line and column, and that the words
stand there. The files and the expected findings are in golden/formats.

`UPDATE_GOLDEN=1 pytest tests/test_formats.py` writes the findings anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from replylint.cli import main

FOLDER = Path(__file__).parent / "golden" / "formats"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".found")
CHECKS = "negative-phrasing,shouting,broken-placeholder,mixed-placeholders,empty-placeholder"
# The encodings of the files that aren't UTF-8, as their own headers say them.
ENCODINGS = {"alt.htm": "iso-8859-15", "latin1.eml": "iso-8859-1"}


def found(path: Path) -> list[dict[str, Any]]:
    args = ["check", path.name, "--format", "json", "--select", CHECKS, "--isolated"]
    result = CliRunner().invoke(main, args)
    assert result.stderr == ""
    [file] = json.loads(result.stdout)["files"]
    return list(file["findings"])


def content(path: Path) -> str:
    """The text of a file without its BOM, decoded here and not by replylint."""
    return path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8")).removeprefix("\ufeff")


def shown(finding: dict[str, Any], text: str) -> str:
    start, end = finding["start"], finding["end"]
    key = f" [{finding['draft']}]" if finding["draft"] else ""
    place = f"{start['line']}:{start['column']}-{end['line']}:{end['column']}"
    return f"{place} {finding['rule']}{key}\n  {finding['quote']!r}\n  {text[start['offset'] : end['offset']]!r}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_golden(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    text = content(path)
    report = "".join(shown(finding, text) for finding in found(path))
    golden = path.with_name(f"{path.name}.found")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(report, encoding="utf-8")
    assert report == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_lines_and_columns_are_those_of_the_offsets(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    text = content(path)
    findings = found(path)
    assert findings
    for place in (finding[end] for finding in findings for end in ("start", "end")):
        lines = re.split(r"\r\n|\r|\n", text[: place["offset"]])
        assert (place["line"], place["column"]) == (len(lines), len(lines[-1]) + 1)


def letters(words: str) -> str:
    """The letters of some words of a file, whatever is written between them."""
    words = re.sub(r"<[^<>]*>|&(?:nbsp|shy);|=\r?\n|\\[nt]|[*_\[\]\"\\]|\(https?:[^)]*\)", "", words)
    return re.sub(r"[\s\xad]+", "", words)


def test_what_stands_in_a_file_as_it_is_found_there_word_for_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    exact = 0
    for path in FILES:
        text = content(path)
        for finding in found(path):
            piece = text[finding["start"]["offset"] : finding["end"]["offset"]]
            exact += piece == finding["quote"]
            if not re.search(r"&[#\w]+;|=[0-9A-F]{2}|\\[uUx]|^[A-Za-z0-9+/=\s]{60,}$", piece):
                assert letters(piece) == letters(finding["quote"]), (path.name, piece)
    assert exact > 40
