"""Several reports in one run, each in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from replylint.cli import main
from replylint.reporters import REPORTERS

DRAFT = "Guten Tag Frau Kern,\n\nIhr Rad ist da!!\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "a.txt").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", "a.txt", "--select", "shouting", *args])
    return result.exit_code, result.stdout, result.stderr


def test_several_at_once(folder: Path) -> None:
    status, out, err = run("--format", "concise", "--format", "sarif:out.sarif", "--format", "junit:junit.xml")
    assert (status, err) == (1, "")
    assert out == "a.txt:3:15: warning shouting „!!“ klingt laut, als würde jemand die Stimme heben.\n"
    log = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))
    [run_] = log["runs"]
    assert [result["ruleId"] for result in run_["results"]] == ["shouting"]
    rules = {rule["id"]: rule for rule in run_["tool"]["driver"]["rules"]}
    assert len(rules) > 30
    assert (
        rules["shouting"]["fullDescription"]["text"].startswith("Großbuchstaben") or rules["shouting"]["help"]["text"]
    )
    assert (folder / "junit.xml").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize("name", REPORTERS)
def test_every_format_goes_to_a_file_and_to_standard_output_alike(folder: Path, name: str) -> None:
    status, out, _ = run("--format", name)
    assert status == 1
    assert run("--format", name, "--output", "out")[:2] == (1, "")
    assert (folder / "out").read_bytes().decode() == out
    assert run("--format", f"{name}:out2")[:2] == (1, "")
    assert (folder / "out2").read_bytes() == (folder / "out").read_bytes()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ("--format", "jsn"),
            "--format: „jsn“ ist nicht möglich. Meinten Sie „json“? Möglich sind: " + ", ".join(REPORTERS) + ".",
        ),
        (
            ("--format", "json", "--format", "text"),
            "--format json und --format text gehen beide an denselben Ort (die Standardausgabe); bitte je eine eigene Datei"
            " nennen, z. B. „sarif:bericht.sarif“.",
        ),
        (
            ("--format", "json:x", "--format", "junit:./x"),
            "--format json:x und --format junit:./x gehen beide an denselben Ort (x); bitte je eine eigene Datei nennen,"
            " z. B. „sarif:bericht.sarif“.",
        ),
        (
            ("--format", "json:."),
            ".: lässt sich nicht schreiben (das ist ein Ordner); bitte eine andere Datei angeben.",
        ),
        (
            ("--format", "json:fehlt/x"),
            "fehlt/x: lässt sich nicht schreiben (den Ordner gibt es nicht); bitte eine andere Datei angeben.",
        ),
    ],
)
def test_what_cannot_be(args: tuple[str, ...], message: str) -> None:
    assert run(*args) == (2, "", f"replylint: {message}\n")


def test_the_configuration_names_reports_beside_it(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text(DRAFT, encoding="utf-8")
    (folder / "sub" / "replylint.toml").write_text('format = ["concise", "sarif:out.sarif"]\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "sub/b.txt", "--select", "shouting"])
    assert result.stdout.startswith("sub/b.txt:3:15")
    assert (folder / "sub" / "out.sarif").exists()
    result = CliRunner().invoke(main, ["check", "sub/b.txt", "--select", "shouting", "--format", "json"])
    assert json.loads(result.stdout)["summary"]["warning"] == 1


def test_githubs_page_of_the_step_gets_a_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = folder / "summary.md"
    page.write_text("vorher\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    assert run("--format", "github")[1].startswith("::warning file=a.txt,line=3,col=15,")
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["vorher", "## replylint"]
    assert lines[-1].startswith("| a.txt:3:15 | Warnung | shouting |")
    assert run("--format", "json")[0] == 1
    assert page.read_text(encoding="utf-8").splitlines() == lines
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder))
    status, _, err = run("--format", "github")
    assert status == 2
    assert err.startswith(f"replylint: Die Zusammenfassung für GitHub, „{folder}“, lässt sich nicht schreiben (")
