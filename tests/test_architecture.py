"""The house: imports run one way, and a plain run imports nothing slow."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "replylint"
# Low to high; a room may import itself and what stands before it.
ORDER = [
    ("expressions",),
    ("source", "globs", "toml", "atomic", "engines"),
    ("cache",),
    ("draft",),
    ("findings",),
    ("rulefile",),
    ("scaffold",),
    ("german",),
    ("readers",),
    ("config",),
    ("checks",),
    ("packs",),
    ("changes",),
    ("schema",),
    ("rules",),
    ("linter",),
    ("parallel", "results"),
    ("profiling",),
    ("writers",),
    ("suppressions",),
    ("suppressing",),
    ("baseline",),
    ("fix",),
    ("examples",),
    ("reporters",),
    ("cli",),
    ("api",),
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
HEAVY = ("spacy", "language_tool_python", "requests", "rich")


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if (path.name != "__main__.py" and path.parent != PACKAGE) or
                  (path.parent == PACKAGE and path.name not in ("__init__.py", "__main__.py")))  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    level = LEVEL[room_of(path)]
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "replylint" and len(parts) > 1 and parts[1] in LEVEL:
            assert LEVEL[parts[1]] <= level, f"{path} imports upward: {name}"


def test_readers_know_of_german_only_the_placeholders() -> None:
    for path in (PACKAGE / "readers").rglob("*.py"):
        for name in imported(path):
            if name.startswith("replylint.german"):
                assert name.startswith("replylint.german.placeholders"), f"{path}: {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_heavy_at_the_top_of_a_module(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert not any(name.split(".")[0] in HEAVY for name in names), f"{path} imports {names} at its top"


def test_a_default_run_imports_neither_spacy_nor_languagetool_nor_rich(tmp_path: Path) -> None:
    draft = tmp_path / "entwurf.txt"
    draft.write_text("Das machen wir leider nicht.\n", encoding="utf-8")
    script = (
        "import sys\nfrom replylint.cli import main\n"
        f"try:\n    main(['check', {str(draft)!r}, '--isolated'])\n"
        "except SystemExit as end:\n    print(end.code, *(m for m in ('spacy', 'language_tool_python', 'requests', 'rich') if m in sys.modules))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1:] == ["1"], run.stdout + run.stderr
