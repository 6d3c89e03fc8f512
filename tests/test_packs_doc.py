"""docs/packs.md, run as it stands there."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from replylint.checks.plugins import GROUP as KINDS_GROUP
from replylint.cli import main
from replylint.packs import GROUP as PACKS_GROUP

PAGE = (Path(__file__).parents[1] / "docs" / "packs.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# (hausstil/\S+)\n(.*?)```", PAGE, re.DOTALL))
CONSOLE = re.findall(r"```console\n\$ replylint (.*?)\n(.*?)```", PAGE, re.DOTALL)
TOML = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="replylint")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n{text}", encoding="utf-8")
    return tmp_path


def test_its_files_are_a_pack_whose_examples_hold(folder: Path) -> None:
    result = run("test", "hausstil/", "--coverage")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "Kein Beispiel" not in result.stdout
    assert "Zwei Prüfungen" not in result.stdout


def test_a_failing_example_looks_as_it_says(folder: Path) -> None:
    command, output = CONSOLE[1]
    path = folder / "hausstil" / "floskeln.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("at: Wir verbleiben", "at: Wir verbleiben und"), "utf-8")
    assert run(*command.split()).stdout == output


def test_a_check_begins_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command, output = CONSOLE[0]
    assert run(*command.split()).stdout == output


def test_its_plugin_works(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    points = [table["project"]["entry-points"] for table in map(tomllib.loads, TOML) if "project" in table]
    assert [list(each) for each in points] == [[PACKS_GROUP], [KINDS_GROUP]]
    [(name, module)] = points[1][KINDS_GROUP].items()
    site = folder / "site"
    info = site / "x-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: x\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{KINDS_GROUP}]\n{name} = {module}\n", encoding="utf-8")
    (site / f"{module}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    rule = (
        f"id: kurz\nkind: {name}\ncategory: haus\nseverity: warning\nmessage: {{de: '{{length}} Zeichen', en: x}}\n"
        "why: {de: w, en: w}\nmost: 19\nexamples:\n  - {bad: Dieser Text ist zu lang., at: lang.}\n  - good: Kurz.\n"
    )
    (folder / "kurz").mkdir()
    (folder / "kurz" / "kurz.yaml").write_text(rule, encoding="utf-8")
    assert run("test", "kurz").exit_code == 2
    result = run("test", "kurz", "--plugin", name)
    assert (result.exit_code, result.stdout) == (0, "1 Prüfung und 2 Beispiele: Alles in Ordnung\n")
    sys.modules.pop(module, None)
