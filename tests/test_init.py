"""`replylint init`: what it finds, what it writes, and that nothing is overwritten. What it writes is always read and
used again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from folders import DU, REFUSAL, SIE, document, paths, put, run

from replylint.cli import init
from replylint.cli.survey import Survey
from replylint.config import load

TEMPLATE = (
    "Guten Tag {{ kunde.name }},\n\nIhr Rad ist fertig. Wir freuen uns auf Sie.\n\nViele Grüße\n{{ agent.name }}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(*args: str) -> str:
    """What `init` writes; it has to be read without a complaint and to be enough for a check."""
    result = run("init", *args)
    assert (result.exit_code, result.stderr) == (0, "")
    folder = next((arg for arg in args if not arg.startswith("-") and arg not in ("de", "en")), ".")
    text = Path(folder, "replylint.toml").read_text(encoding="utf-8")
    assert run("config", folder).exit_code == 0
    assert run("check", folder, "--fail-on", "never").exit_code == 0
    return text


def test_an_empty_folder() -> None:
    assert run("init", "--dry-run").stdout == written()
    assert (
        Path("replylint.toml").read_text(encoding="utf-8")
        == """\
# Konfiguration von replylint. Sie gilt für diesen Ordner und alles darunter, die Kommandozeile
# geht vor. „replylint config“ zeigt, was gilt; „replylint rules“ nennt alle Prüfungen.

# Ab welcher Schwere der Exit-Status 1 ist: "error", "warning", "suggestion" oder "never".
fail-on = "warning"

# Die Hausform, "sie" oder "du": Eine Antwort, die anders anredet, wird gemeldet. Fehlt sie,
# entscheidet jeder Text selbst. Gefunden wurde noch keine Anrede.
# address = "sie"

# Vorlagen, als Muster von diesem Ordner aus: Platzhalter sind hier gewollt. Dateien wie *.j2 und
# *.twig und die Bausteine in Bibliotheken gelten ohnehin als Vorlagen.
# templates = ["vorlagen/"]

# Was keine Antwort ist, in der Schreibweise von .gitignore. Was dort steht, bleibt ohnehin außen
# vor.
# exclude = ["/archiv/"]

# Prüfungen und Kategorien: "off", "on" oder eine Schwere.
# [checks]
# emoticon = "off"
# blame = "error"

# Wo Antworten in Dateien stehen, in denen replylint sie nicht von selbst findet: body ist ein
# JSONPath oder die Spalte einer CSV-Datei.
# [[libraries]]
# files = "export/*.json"
# body = "$.antworten[*].text"
"""
    )


def test_what_is_commented_out_can_be_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for lang in ("de", "en"):
        lines = written("--lang", lang).splitlines()
        keys = [
            line[2:] for line in lines if line.startswith(("# [", '# "')) or (line.startswith("# ") and " = " in line)
        ]
        Path("replylint.toml").write_text(
            "\n".join([line for line in lines if not line.startswith("#")] + keys), encoding="utf-8"
        )
        assert run("config").exit_code == 0
        config = load("replylint.toml")
        assert (config.address, config.checks) == ("sie", {"emoticon": "off", "blame": "error"})
        Path("replylint.toml").unlink()


REPOSITORY = {
    **{f"vorlagen/mail/{name}.txt": TEMPLATE for name in "abc"},
    "vorlagen/chat/d.md": TEMPLATE,
    **{f"antworten/{number}.txt": SIE for number in range(6)},
    "antworten/rest.txt": TEMPLATE,
    "antworten/alt/1.txt": REFUSAL,
    "README.md": "# Vorlagen\n\nHier liegen sie.\n",
    "export/CHANGELOG.md": "# Neu\n",
    "vorlagen/CHANGELOG.md": "# Neu\n",
    "export/makros.json": json.dumps(
        {
            "macros": [
                {"title": "Absage", "actions": [{"field": "comment_value", "value": "Das machen wir leider nicht."}]}
            ]
        }
    ),
    "export/texte.csv": "Frage;Unsere Antwort\nWo ist mein Paket und wann kommt es zu mir?;Das ist auf dem Weg zu Ihnen und kommt bis Freitag.\n",
    "export/baum.yaml": "bausteine:\n  - name: Absage\n    inhalt:\n      de: Das machen wir leider nicht für Sie und wir bitten um Verständnis.\n      en: We don't do that.\n",
    "export/paket.json": '{"name": "x", "version": "1.0"}',
    "export/kaputt.txt": "\0",
    "unsichtbar/a.txt": DU,
    ".gitignore": "unsichtbar/\n",
    ".pre-commit-config.yaml": "repos: []\n",
    ".github/workflows/test.yml": "",
    ".gitlab-ci.yml": "",
}


def test_a_repository() -> None:
    put(REPOSITORY)
    result = run("init")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
replylint.toml ist geschrieben.

Gefunden
  13 Antworten in 13 Dateien
  Vorlagen: vorlagen/
  Bibliotheken: export/makros.json (1 Antwort)
  Deutscher Text, aber keine erkannte Antwort: export/baum.yaml, export/texte.csv
  Nicht lesbar: export/kaputt.txt
  Anrede: 12-mal Sie, 0-mal du; Hausform ist „Sie“
  Keine Antworten, also ausgenommen: /README.md, CHANGELOG.md
  pre-commit (.pre-commit-config.yaml), noch ohne replylint
  CI: GitHub Actions, GitLab CI

Als Nächstes
  replylint check .     prüft, was da ist; danach die Konfiguration anpassen
  replylint config .    zeigt, was gilt und woher es kommt
  [[libraries]]          in der Konfiguration sagt, wo in einer Datei die Antworten stehen

In .pre-commit-config.yaml, unter „repos“:
    - repo: local
      hooks:
        - id: replylint
          name: replylint
          entry: replylint check --force-exclude
          language: system
          files: \\.(csv|ejs|eml|erb|handlebars|hbs|htm|html|j2|jinja|jinja2|json|liquid|markdown|md|mustache|njk|po|text|tpl|tsv|twig|txt|xhtml|yaml|yml)$
          require_serial: true

Als Schritt für GitHub Actions, GitLab CI:
    pip install replylint
    replylint check .
"""
    )
    config = load("replylint.toml")
    assert config.raw == {
        "fail-on": "warning",
        "address": "sie",
        "templates": ["vorlagen/"],
        "exclude": ["/README.md", "CHANGELOG.md"],
    }
    assert '# exclude = ["/README.md", "CHANGELOG.md", "/antworten/alt/"]' in Path("replylint.toml").read_text(
        encoding="utf-8"
    )
    Path("export/kaputt.txt").unlink()
    checked = paths(".")
    assert "README.md" not in checked
    assert "vorlagen/CHANGELOG.md" not in checked
    placeholders = document(".", "--select", "leftover-placeholder")["files"]
    assert {file["path"] for file in placeholders if file["findings"]} == {"antworten/rest.txt"}, (
        "left over among replies"
    )


def test_the_libraries_that_it_proposes_hold_replies() -> None:
    put({name: text for name, text in REPOSITORY.items() if name.startswith("export/") and "kaputt" not in name})
    text = written()
    start = text.index("# [[libraries]]")
    Path("replylint.toml").write_text(text[:start] + text[start:].replace("# ", ""), encoding="utf-8")
    libraries = [(files.patterns, library.body) for files, library in load("replylint.toml").libraries]
    assert libraries == [
        (("/export/baum.yaml",), "$.bausteine[*].inhalt.de"),
        (("/export/texte.csv",), "Unsere Antwort"),
    ]
    assert paths(".") == ["export/baum.yaml", "export/makros.json", "export/texte.csv"]


def test_a_house_that_says_du_and_one_that_is_undecided() -> None:
    put({f"{number}.txt": DU for number in range(10)} | {"x.txt": SIE})
    assert 'address = "du"\n' in written()
    Path("replylint.toml").unlink()
    put({f"s{number}.txt": SIE for number in range(3)})
    assert 'Gefunden: 4-mal Sie, 10-mal du.\n# address = "du"\n' in written()


def test_english() -> None:
    put({"sub/vorlagen/a.txt": TEMPLATE})
    text = written("sub", "--lang", "en")
    assert text.startswith(
        "# Configuration of replylint. It counts for this folder and all below it; the command line goes\n"
    )
    assert '\nlang = "en"\n' in text
    assert '\ntemplates = ["vorlagen/"]\n' in text
    assert run("check", "sub").stdout == "1 draft: All fine\n"


def test_a_configuration_above_is_told() -> None:
    put({"replylint.toml": "", "sub/a.txt": SIE})
    assert (
        "  replylint.toml galt bisher auch hier; nun gilt nur noch die neue Datei (mit „extend“ auch beide)\n"
        in run("init", "sub").stdout
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"replylint.toml": "kaputt = ="}, "replylint.toml gibt es schon. „replylint init“ überschreibt nichts; „replylint config“ zeigt, was gilt."),
        ({"pyproject.toml": "[tool.replylint]\n"}, "In pyproject.toml steht schon eine Konfiguration unter [tool.replylint]. „replylint init“ überschreibt nichts; „replylint config“ zeigt, was gilt."),
    ],
)  # fmt: skip
def test_nothing_is_overwritten(files: dict[str, str], message: str) -> None:
    put(files)
    result = run("init")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"replylint: {message}\n")
    assert {path.name: path.read_text(encoding="utf-8") for path in Path().iterdir()} == files
    result = run("init", "--dry-run")
    assert (result.exit_code, result.stdout[:16]) == (0, "# Konfiguration ")
    assert {path.name: path.read_text(encoding="utf-8") for path in Path().iterdir()} == files


def test_a_pyproject_of_others_is_no_hindrance() -> None:
    put({"pyproject.toml": "[tool.ruff]\n"})
    assert 'fail-on = "warning"' in written()


def test_a_file_that_comes_to_be_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*_: str) -> Survey:
        put({"replylint.toml": "neu"})
        return Survey()

    monkeypatch.setattr(init, "look", looked)
    assert run("init").exit_code == 2
    assert Path("replylint.toml").read_text(encoding="utf-8") == "neu"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(13, "Permission denied"), "die Berechtigung fehlt"),
        (OSError(28, "No space left on device"), "das Laufwerk ist voll"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_a_folder_that_can_not_be_written(monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    result = run("init")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"replylint: replylint.toml lässt sich nicht schreiben ({reason}). Mit --dry-run steht der Inhalt auf der Standardausgabe.\n"
    )


def test_a_full_disk_leaves_no_half_file(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    opened = Path.open

    def limited(path: Path, *args: object, **extra: object) -> object:
        file = opened(path, *args, **extra)  # type: ignore[call-overload]
        if path.name == "replylint.toml":
            assert isinstance(file, io.TextIOWrapper)
            file.write = full  # type: ignore[method-assign]
        return file

    monkeypatch.setattr(Path, "open", limited)
    result = run("init")
    assert (result.exit_code, result.stdout, list(Path().iterdir())) == (2, "", [])
    assert "das Laufwerk ist voll" in result.stderr


def test_no_folder() -> None:
    put({"a.txt": SIE})
    assert run("init", "a.txt").stderr == (
        "replylint: a.txt: ist kein Ordner; bitte den Ordner nennen, für den die Konfiguration gelten soll.\n"
    )
    assert run("init", "weg").stderr == "replylint: weg: gibt es nicht; bitte prüfen Sie den Pfad.\n"


def test_names_that_patterns_would_misread() -> None:
    put({"vorlagen [neu]/a*.txt": TEMPLATE, "vorlagen [neu]/b\n.txt": TEMPLATE, "x/readme.md": "Text"})
    assert 'templates = ["vorlagen [[]neu]/"]' in written()
    found = document(".", "--select", "leftover-placeholder")["files"]
    assert [len(file["findings"]) for file in found] == [0, 0]
