"""Every key of the configuration: its type, its place in the documentation, its option; and what is told when it is
wrong. The tables here have to name every key, so that a new one can't be forgotten."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
from folders import REFUSAL, put, run

from replylint.cli.check import command as check
from replylint.config import KEYS, Config, Globs, load
from replylint.globs import Ignore
from replylint.toml import written

DOCS = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


TEXT = ("„{}“ muss ein Text sein", "“{}” has to be a text")
TEXTS = ("„{}“ muss eine Liste von Texten sein", "“{}” has to be a list of texts")
BOOLEAN = ("„{}“ muss true oder false sein", "“{}” has to be true or false")
JOBS = ('„{}“ muss "auto" sein oder eine Zahl ab 1', '“{}” has to be "auto", or a number from 1 on')
TABLE = ("„{}“ muss eine Tabelle sein: Name = Wert", "“{}” has to be a table: name = value")
TABLES = ("„{}“ schreibt man als [[{}]]", "“{}” is written as [[{}]]")
LEVELS = (
    '„{}“ muss eine Tabelle sein: Prüfung = "off", "on", "error", "warning" oder "suggestion"',
    '“{}” has to be a table: check = "off", "on", "error", "warning" or "suggestion"',
)


def choice(*choices: str) -> tuple[str, str]:
    listed = ", ".join(choices)
    return f"„{{}}“ kann nicht „1.5“ sein. Möglich sind: {listed}", f"“{{}}” can't be “1.5”. Possible are: {listed}"


WRONG_TYPE = {
    "extend": TEXTS,
    "rules": TEXTS,
    "plugins": TEXTS,
    "pipeline": TEXT,
    "select": TEXTS,
    "ignore": TEXTS,
    "checks": LEVELS,
    "fail-on": choice("error", "warning", "suggestion", "never"),
    "address": choice("sie", "du", "auto"),
    "facts": TABLE,
    "inquiry": TEXT,
    "template": BOOLEAN,
    "templates": TEXTS,
    "exclude": TEXTS,
    "respect-gitignore": BOOLEAN,
    "force-exclude": BOOLEAN,
    "libraries": TABLES,
    "languagetool": TABLE,
    "overrides": TABLES,
    "suppressions": TABLES,
    "baseline": TEXT,
    "lang": choice("de", "en"),
    "format": TEXTS,
    "output": TEXT,
    "diff-base": TEXT,
    "jobs": JOBS,
    "statistics": BOOLEAN,
    "color": choice("auto", "always", "never"),
    "quiet": BOOLEAN,
    "verbose": BOOLEAN,
    "cache": BOOLEAN,
    "fix": BOOLEAN,
    "unsafe-fixes": BOOLEAN,
}


def test_every_key_is_here() -> None:
    assert list(WRONG_TYPE) == [key.name for key in KEYS]


@pytest.mark.parametrize("name", WRONG_TYPE)
def test_a_value_of_the_wrong_type(name: str) -> None:
    """1.5 is wrong for every key."""
    put({"replylint.toml": f"#\n{name} = 1.5\n", "a.txt": REFUSAL})
    for number, lang in enumerate(("de", "en")):
        result = run("check", "a.txt", "--lang", lang)
        summary = (
            "Die Konfiguration hat 1 Fehler; bitte erst beheben.",
            "The configuration has 1 error; please mend it first.",
        )
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines() == [
            f"replylint.toml:2: {WRONG_TYPE[name][number].replace('{}', name)}",
            f"replylint: {summary[number]}",
        ]


@pytest.mark.parametrize("name", [key.name for key in KEYS if key.per_path])
def test_a_wrong_type_in_an_override(name: str) -> None:
    put(
        {
            "replylint.toml": f'[[overrides]]\nfiles = "a"\n\n[[overrides]]\nfiles = "b"\n{name} = 1.5\n',
            "a.txt": REFUSAL,
        }
    )
    lines = run("check", "a.txt").stderr.splitlines()
    assert lines[:-1] == [f"replylint.toml:6: {WRONG_TYPE[name][0].replace('{}', name)}"]


@pytest.mark.parametrize("name", [key.name for key in KEYS if not key.per_path])
def test_a_key_that_an_override_can_not_have(name: str) -> None:
    put({"replylint.toml": f'[[overrides]]\nfiles = "b"\n{name} = 1.5\n', "a.txt": REFUSAL})
    known = ", ".join(["files", *(key.name for key in KEYS if key.per_path)])
    assert run("check", "a.txt").stderr.splitlines()[0] == (
        f"replylint.toml:3: den Schlüssel „{name}“ gibt es in „overrides“ nicht, nur auf der obersten Ebene. Möglich sind: {known}"
    )


@pytest.mark.parametrize("name", [key.name for key in KEYS])
def test_a_mistyped_key_is_recognised(name: str) -> None:
    mistyped = name.replace("-", "_") if "-" in name else f"{name[:2]}{name[3:]}" if len(name) > 4 else f"{name}x"
    put({"replylint.toml": f"{mistyped} = 1.5\n", "a.txt": REFUSAL})
    assert run("check", "a.txt").stderr.splitlines()[0] == (
        f"replylint.toml:1: den Schlüssel „{mistyped}“ gibt es nicht. Meinten Sie „{name}“?"
    )


NO_KEY = {"paths", "config", "isolated", "stdin_filename"}
"""What says which configuration counts can't stand in it."""


def options() -> dict[str, str]:
    """The options of `check` by the key that they have, as they are written."""
    found = {}
    for option in check.params:
        if isinstance(option, click.Option) and option.name and option.name not in NO_KEY:
            key = {"fact": "facts"}.get(option.name, option.name.replace("_", "-"))
            found[key] = "/".join([option.opts[0], *option.secondary_opts[:1]])
    return found


def test_every_option_has_its_key() -> None:
    # --diff and --profile ask questions; nobody wants them asked each time.
    assert options().keys() - {key.name for key in KEYS} == {"diff", "profile"}


def test_every_key_is_documented_as_it_is() -> None:
    told = dict(re.findall(r"^### `([\w-]+)`\n\n\*(.+)\*$", DOCS, re.MULTILINE))
    meant = {}
    for key in KEYS:
        facts = [f"Default: `{written(key.default)}`." if key.default is not None else "Default: none."]
        facts += [f"Option: `{options()[key.name]}`."] if key.name in options() else []
        facts += ["Also in `[[overrides]]`."] if key.per_path else []
        facts += ["Of the first path."] if key.run else []
        meant[key.name] = " ".join(facts)
    assert told == meant
    assert list(told) == list(meant), "in another order"


def test_the_examples_of_the_documentation_are_right(folder: Path) -> None:
    put({"hausstil.toml": 'ignore = ["tone"]\n', "ort/a.txt": ""})
    blocks = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    assert len(blocks) > 8
    for number, block in enumerate(blocks):
        put({f"ort/{number}.toml": block})
        raw = load(f"ort/{number}.toml").raw
        assert {key: raw[key] for key in tomllib.loads(block)} == tomllib.loads(block)
        result = run("config", "ort", "--config", f"ort/{number}.toml")
        assert (result.exit_code, result.stderr) == (0, ""), "the checks that it names are there"


def test_the_defaults_are_what_no_configuration_means() -> None:
    for key in KEYS:
        assert getattr(Config(), key.field) in (None, (), {}, Globs(), Ignore()), key.name
        if key.default is not None:
            put({"replylint.toml": f"{key.name} = {written(key.default)}\n"})
            load("replylint.toml")


ENTRY = [
    ("libraries", "body", TEXT),
    ("libraries", "title", TEXT),
    ("libraries", "language", TEXT),
    ("libraries", "inquiry", TEXT),
    ("libraries", "html", BOOLEAN),
    ("libraries", "template", BOOLEAN),
    ("libraries", "facts", TABLE),
    ("suppressions", "keys", TEXTS),
    ("suppressions", "checks", TEXTS),
    ("suppressions", "reason", TEXT),
    ("suppressions", "until", ("„{}“ muss ein Tag sein, z. B. 2027-01-31", "“{}” has to be a day, e.g. 2027-01-31")),
]


@pytest.mark.parametrize(("table", "key", "message"), ENTRY)
def test_a_wrong_type_in_an_entry(table: str, key: str, message: tuple[str, str]) -> None:
    put({"replylint.toml": f'[[{table}]]\nfiles = "b"\n{key} = 1.5\n', "a.txt": REFUSAL})
    for lang, meant in zip(("de", "en"), message, strict=True):
        line = run("check", "a.txt", "--lang", lang).stderr.splitlines()[0]
        assert line == f"replylint.toml:3: {meant.format(key)}"


@pytest.mark.parametrize("table", ["libraries", "overrides", "suppressions"])
def test_an_entry_names_its_files(table: str) -> None:
    put({"replylint.toml": f"[[{table}]]\n", "a.txt": REFUSAL})
    assert run("check", "a.txt").stderr.splitlines()[0] == "replylint.toml:1: hier fehlt „files“"


def test_suppressions(folder: Path) -> None:
    put(
        {
            "replylint.toml": '[[suppressions]]\nfiles = "a/*.json"\nkeys = "$.x"\nchecks = ["blame"]\nreason = "so"\n'
            'until = 2027-01-31\n[[suppressions]]\nfiles = ["b.txt"]\nuntil = "2026-12-24"\n'
        }
    )
    first, second = load("replylint.toml").suppressions
    assert (first.keys, first.checks, first.reason, str(first.until)) == (("$.x",), ("blame",), "so", "2027-01-31")
    assert (first.line, first.path) == (1, "replylint.toml")
    assert (first.files.match("a/b.json"), first.files.match("b.json")) == (True, False)
    assert (second.keys, second.checks, second.reason, str(second.until), second.line) == ((), (), "", "2026-12-24", 7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("until = 2027-01-31T10:00:00", "3: „until“ muss ein Tag sein, z. B. 2027-01-31"),
        ('until = "31.1.2027"', "3: „until“ muss ein Tag sein, z. B. 2027-01-31"),
        ("untill = 2027-01-31", "3: den Schlüssel „untill“ gibt es nicht. Meinten Sie „until“?"),
    ],
)
def test_days(text: str, message: str) -> None:
    put({"replylint.toml": f'[[suppressions]]\nfiles = "a"\n{text}\n', "a.txt": REFUSAL})
    assert run("check", "a.txt").stderr.splitlines()[0] == f"replylint.toml:{message}"
