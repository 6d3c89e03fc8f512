"""The configuration: which file counts, what it may say, and what is told when it is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from replylint import rules
from replylint.cli import main
from replylint.config import Config, Configs, Globs, load

REFUSAL = "Guten Tag Frau Kern,\n\neine Rückerstattung können wir Ihnen leider nicht anbieten.\n\nViele Grüße\nJana Petersen\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def _built_in_rules_loaded_once() -> Iterator[None]:
    kept = rules.load(["de"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "load", lambda packs, **_: kept)
        yield


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_toml", ".toml").replace("_txt", ".txt"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(*args: str, input: str | None = None) -> Result:
    result = CliRunner().invoke(main, args, prog_name="replylint", input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rules_found(*args: str, input: str | None = None) -> list[str]:
    document: Any = json.loads(run("check", *args, "--format", "json", input=input).stdout)
    return sorted({finding["rule"] for file in document["files"] for finding in file["findings"]})


def test_no_file_no_configuration() -> None:
    assert Configs().of(".") == Config()


def test_the_nearest_file_counts_alone() -> None:
    write(
        replylint_toml='select = ["negative-phrasing"]',
        a__b__brief_txt=REFUSAL,
        a__replylint_toml='select = ["missing-thanks"]',
        brief_txt=REFUSAL,
    )
    assert rules_found("brief.txt") == ["negative-phrasing"]
    assert rules_found("a/b/brief.txt") == ["missing-thanks"]
    assert rules_found("a", "brief.txt") == ["missing-thanks", "negative-phrasing"]
    assert "pronoun-case" not in rules_found("brief.txt", "--isolated")
    assert len(rules_found("brief.txt", "--isolated")) > 1
    assert rules_found("brief.txt", "--config", "a/replylint.toml") == ["missing-thanks"]


def test_pyproject_counts_where_it_has_a_table_for_it() -> None:
    write(
        pyproject_toml='[project]\nname = "x"\n\n[tool.replylint]\nselect = "negative-phrasing"\n',
        a__pyproject_toml='[project]\nname = "replylint-texte"\n',
        a__brief_txt=REFUSAL,
        b__pyproject_toml="[project\n",
        b__brief_txt=REFUSAL,
    )
    assert rules_found("a/brief.txt", "b") == ["negative-phrasing"]
    write(replylint_toml='select = ["missing-thanks"]')
    assert rules_found("a/brief.txt") == ["missing-thanks"], "replylint.toml goes before pyproject.toml"


def test_standard_input_takes_that_of_its_name() -> None:
    write(replylint_toml='select = ["negative-phrasing"]', a__replylint_toml='select = ["missing-thanks"]')
    assert rules_found("-", input=REFUSAL) == ["negative-phrasing"]
    assert rules_found("-", "--stdin-filename", "brief.txt", input=REFUSAL) == ["negative-phrasing"]
    assert rules_found("-", "--stdin-filename", "a/brief.txt", input=REFUSAL) == ["missing-thanks"]
    assert rules_found("-", "--stdin-filename", "weg/brief.txt", input=REFUSAL) == ["negative-phrasing"]


def test_the_command_line_wins() -> None:
    write(replylint_toml='select = ["tone"]\nfail-on = "never"\nlang = "en"', brief_txt=REFUSAL)
    result = run("check", "brief.txt")
    assert (result.exit_code, "Warning:" in result.stdout) == (0, True)
    assert rules_found("brief.txt", "--select", "missing-thanks") == ["missing-thanks"]
    assert "negative-phrasing" not in rules_found("brief.txt", "--ignore", "negative-phrasing")
    result = run("check", "brief.txt", "--fail-on", "warning", "--lang", "de")
    assert (result.exit_code, "Warnung:" in result.stdout) == (1, True)


def test_fail_on_counts_for_the_files_below_it() -> None:
    write(replylint_toml='fail-on = "never"', brief_txt=REFUSAL, a__replylint_toml="", a__brief_txt=REFUSAL)
    assert run("check", "brief.txt", "--select", "negative-phrasing").exit_code == 0
    assert run("check", ".", "--select", "negative-phrasing").exit_code == 1


def test_facts_and_address_give_way_to_what_the_file_says() -> None:
    write(
        replylint_toml='address = "du"\n[facts]\nkind = "complaint"\n',
        brief_txt="Hallo,\n\ndie Bestellung ist da.\n",
        lob_txt="---\nkind: praise\n---\nHallo,\n\ndie Bestellung ist da.\n",
    )
    assert rules_found("brief.txt", "--select", "missing-apology") == ["missing-apology"]
    assert rules_found("lob.txt", "--select", "missing-apology") == []
    assert rules_found("brief.txt", "--select", "missing-apology", "--fact", "kind=praise") == []


def test_templates_and_exclude() -> None:
    write(
        replylint_toml='templates = ["vorlagen/*.txt"]\nexclude = ["alt", "*-entwurf.txt"]',
        vorlagen__a_txt="Guten Tag [Name],\n\ndas Rad ist da.\n",
        b_txt="Guten Tag [Name],\n\ndas Rad ist da.\n",
        vorlagen__alt__c_txt="\0",
    )
    write(**{"d-entwurf_txt": "\0"})
    document = json.loads(run("check", ".", "--format", "json", "--select", "leftover-placeholder").stdout)
    assert [(file["path"], len(file["findings"])) for file in document["files"]] == [
        ("b.txt", 1),
        ("vorlagen/a.txt", 0),
    ]
    assert document["failures"] == []
    assert run("check", "vorlagen/alt/c.txt").exit_code == 2, "what is named is read"
    assert rules_found("vorlagen/a.txt", "--draft", "--select", "leftover-placeholder") == ["leftover-placeholder"]


LIBRARY = """
[[libraries]]
files = "*.egal.json"
body = "$.nix"

[[libraries]]
files = ["texte/*.json"]
body = "$.bausteine[*].inhalt.de"
title = "$.name"
facts = { kind = "$.art" }
html = false

[[libraries]]
files = "antworten.csv"
body = "Unser Text"
"""


def test_libraries() -> None:
    entry = {"name": "Absage", "inhalt": {"de": "Das machen wir leider nicht.", "en": "We don't do that."}}
    Path("texte").mkdir()
    Path("texte/a.json").write_text(json.dumps({"bausteine": [entry]}), encoding="utf-8")
    Path("antworten.csv").write_text("Text;Unser Text\nEgal ist das;Das machen wir leider nicht.\n", encoding="utf-8")
    write(replylint_toml=LIBRARY)
    result = run("check", ".", "--format", "concise", "--select", "negative-phrasing")
    assert [(line.split(" ", 1)[0], line[line.index("[") :]) for line in result.stdout.splitlines()] == [
        ("antworten.csv:2:14:", "[Zeile 2, Spalte „Unser Text“]"),
        ("texte/a.json:1:53:", "[$.bausteine[0].inhalt.de]"),
    ]


@pytest.mark.parametrize(
    ("library", "message"),
    [
        ('body = "$.x["', "soll laut Konfiguration mit „$.x[“ gelesen werden, aber das ist kein JSONPath ("),
        ('body = "$.weg"', "enthält keine Antwort unter „$.weg“, wo sie laut Konfiguration stehen."),
    ],
)
def test_a_library_that_is_not_as_described(library: str, message: str) -> None:
    write(replylint_toml=f'[[libraries]]\nfiles = "*.json"\n{library}\n')
    Path("a.json").write_text('{"text": "Das machen wir leider nicht."}', encoding="utf-8")
    result = run("check", ".")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"replylint: a.json: {message}")


def test_a_library_in_a_format_that_has_no_entries() -> None:
    write(replylint_toml='[[libraries]]\nfiles = "*.txt"\nbody = "$.x"\n', a_txt=REFUSAL)
    assert "a.txt: steht in der Konfiguration als Bibliothek, ist aber weder YAML" in run("check", ".").stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nslect = ["tone"]', "2: den Schlüssel „slect“ gibt es nicht. Meinten Sie „select“?"),
        ("[facs]\nx = 'y'", "1: den Schlüssel „facs“ gibt es nicht. Meinten Sie „facts“?"),
        ("select = [1]", "1: „select“ muss eine Liste von Texten sein"),
        (
            "#\nselect = ['tone']\n\naddress = 'ihnen'",
            "4: „address“ kann nicht „ihnen“ sein. Möglich sind: sie, du, auto",
        ),
        (
            "fail-on = 'warnung'",
            "1: „fail-on“ kann nicht „warnung“ sein. Meinten Sie „warning“? Möglich sind: error, warning,",
        ),
        ("libraries = 'x'", "1: „libraries“ schreibt man als [[libraries]]"),
        ("[[libraries]]\nfiles = 'a'\n\n[[libraries]]\nbody = 'b'", "4: hier fehlt „files“"),
        ("[[libraries]]\nfiles = 'a'\n[[libraries]]\nfiles = 'b'\nhtml = 'ja'", "5: „html“ muss true oder false sein"),
        ("[[libraries]]\nfiles = 'a'\n[libraries.facts]\nkind = 3", "4: „kind“ muss ein Text sein"),
        ("[[libraries]]\nfiles = 'a'\nbdy = 'b'", "3: den Schlüssel „bdy“ gibt es nicht. Meinten Sie „body“?"),
        ("facts = 'x'", "1: „facts“ muss eine Tabelle sein: Name = Wert"),
        ("lang = 'de'\nselect = [\n", "2: das ist kein gültiges TOML ("),
        ("lang = 'de'\nx = = 2\n", "2: das ist kein gültiges TOML ("),
        ("ignore = ['ton']", "1: „ignore“: Eine Prüfung oder Kategorie „ton“ gibt es nicht. Meinten Sie „tone“?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str) -> None:
    write(replylint_toml=text, brief_txt=REFUSAL)
    for args in (("check", "brief.txt"), ("check", "brief.txt", "--config", "replylint.toml")):
        result = run(*args)
        assert (result.exit_code, result.stdout) == (2, "")
        first, last = result.stderr.splitlines()
        assert first[first.index("replylint.toml:") :].startswith(f"replylint.toml:{message}")
        assert last == "replylint: Die Konfiguration hat 1 Fehler; bitte erst beheben."


def test_all_that_is_wrong_is_told_at_once_in_both_languages() -> None:
    write(pyproject_toml="[tool.ruff]\nselect = 'x'\n\n[tool.replylint]\nlang = 'fr'\nslect = []\n", brief_txt=REFUSAL)
    lines = run("check", "brief.txt", "--lang", "en").stderr.splitlines()
    places = [line[line.index("pyproject.toml") :] for line in lines[:-1]]
    assert places[0].startswith("pyproject.toml:5: “lang” can't be “fr”.")
    assert places[1] == "pyproject.toml:6: there is no key “slect”. Did you mean “select”?"
    assert lines[-1] == "replylint: The configuration has 2 errors; please mend them first."


def test_a_file_that_is_not_there_or_not_utf_8() -> None:
    write(brief_txt=REFUSAL)
    assert run("check", "brief.txt", "--config", "weg.toml").stderr.startswith("weg.toml:1: gibt es nicht;")
    Path("replylint.toml").write_bytes(b"lang = 'de'\n# gr\xfc\xdfe\n")
    assert ":2: die Datei ist nicht in UTF-8 geschrieben" in run("check", "brief.txt").stderr


@pytest.mark.parametrize(
    ("pattern", "fits", "others"),
    [
        ("*.json", ["a.json", "x/y/a.json"], ["a.jsonl", "../a.json"]),
        ("texte/*.json", ["texte/a.json"], ["texte/x/a.json", "x/texte/a.json"]),
        ("texte/**/*.json", ["texte/a.json", "texte/x/y/a.json"], ["a.json"]),
        ("texte", ["texte/a.json", "x/texte/a/b.txt"], ["texte2/a.json"]),
        ("./texte/", ["texte/a.json"], ["xtexte/a.json"]),
        ("/texte/x?.txt", ["texte/x1.txt"], ["texte/x12.txt", "texte/x/.txt"]),
        ("[ab]*.txt", ["a1.txt", "x/b.txt"], ["c.txt"]),
        ("[!ab].txt", ["c.txt"], ["a.txt"]),
        ("a+(b).txt", ["a+(b).txt"], ["aab.txt"]),
    ],
)
def test_globs(folder: Path, pattern: str, fits: list[str], others: list[str]) -> None:
    globs = Globs(str(folder), (pattern,))
    assert [path for path in fits if not globs.match(path)] == []
    assert [path for path in others if globs.match(path)] == []


def test_a_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write(replylint_toml='lang = "de"')
    for name in ("a", "a/b", "a/b/c"):
        Path(name).mkdir()
    configs = Configs()
    found = configs.of("a/b/c")
    monkeypatch.setattr(os.path, "isfile", lambda _: pytest.fail("looked again"))
    assert configs.of("a/b") is configs.of("a") is configs.of(".") is found
    assert load("replylint.toml").lang == "de"


def test_tomllib_is_imported_for_a_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "tomllib", raising=False)
    write(brief_txt=REFUSAL, pyproject_toml="[project]\nname = 'x'\n")
    run("check", "brief.txt")
    assert "tomllib" not in sys.modules


def test_the_readmes_example_is_right() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    write(replylint_toml=readme.partition("```toml\n")[2].partition("```")[0])
    config = load("replylint.toml")
    assert (config.select, config.facts) == (("tone", "promises"), {"channel": "mail"})
    library = config.library("export/a.json")
    assert library is not None
    assert (library.body, library.facts) == ("$.bausteine[*].inhalt.de", {"kind": "$.art"})
