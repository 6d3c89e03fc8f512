"""`replylint config`: each value with the place that it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from folders import REFUSAL, put, run

from replylint.config import KEYS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


FILES = {
    "basis.toml": 'fail-on = "error"\nlang = "de"\n\n[facts]\nchannel = "mail"\n"zu viel" = "ja"\n',
    "replylint.toml": """extend = "basis.toml"
select = ["tone", "care"]
lang = "de"

[checks]
emoticon = "off"
blame = "error"

[[libraries]]
files = "*.json"
body = "$.x"

[[overrides]]
files = "chat/"
address = "du"
checks = { emoticon = "on" }

[[suppressions]]
files = "b.json"
until = 2027-01-31
""",
    "chat/a.txt": REFUSAL,
    "b.txt": REFUSAL,
}


def test_a_folder() -> None:
    put(FILES)
    result = run("config")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """Konfiguration für .: replylint.toml

extend = "basis.toml"                                       replylint.toml:1
rules = ["de"]                                              von Haus aus
plugins = []                                                von Haus aus
pipeline = –                                                von Haus aus
select = ["tone", "care"]                                   replylint.toml:2
ignore = []                                                 von Haus aus
checks.emoticon = "off"                                     replylint.toml:6
checks.blame = "error"                                      replylint.toml:7
fail-on = "error"                                           basis.toml:1
address = "auto"                                            von Haus aus
facts.channel = "mail"                                      basis.toml:5
facts."zu viel" = "ja"                                      basis.toml:6
inquiry = –                                                 von Haus aus
template = –                                                von Haus aus
templates = []                                              von Haus aus
exclude = []                                                von Haus aus
respect-gitignore = true                                    von Haus aus
force-exclude = false                                       von Haus aus
libraries[0] = { files = "*.json", body = "$.x" }           replylint.toml:9
languagetool = –                                            von Haus aus
overrides[0] = { files = "chat/", address = "du", checks = { emoticon = "on" } }  replylint.toml:13
suppressions[0] = { files = "b.json", until = 2027-01-31 }  replylint.toml:18
baseline = –                                                von Haus aus
lang = "de"                                                 replylint.toml:3
format = ["text"]                                           von Haus aus
output = –                                                  von Haus aus
diff-base = –                                               von Haus aus
jobs = "auto"                                               von Haus aus
statistics = false                                          von Haus aus
color = "auto"                                              von Haus aus
quiet = false                                               von Haus aus
verbose = false                                             von Haus aus
cache = true                                                von Haus aus
fix = false                                                 von Haus aus
unsafe-fixes = false                                        von Haus aus
"""
    )


def rows(*args: str) -> dict[str, tuple[object, str | None, int | None]]:
    document = json.loads(run("config", *args, "--format", "json").stdout)
    assert document["schema"] == "replylint-config/1"
    return {each["key"]: (each["value"], each["path"], each["line"]) for each in document["values"]}


def test_a_file_with_its_overrides() -> None:
    put(FILES)
    here, chat = rows("b.txt"), rows("chat/a.txt")
    assert {key: chat[key] for key in chat if chat[key] != here.get(key)} == {
        "address": ("du", "replylint.toml", 15),
        "checks.emoticon": ("on", "replylint.toml", 16),
    }
    assert here["suppressions[0]"] == ({"files": "b.json", "until": "2027-01-31"}, "replylint.toml", 18)
    assert rows("chat") == chat, "a folder that an override names"


def test_without_a_configuration_all_is_built_in() -> None:
    put({"a.txt": REFUSAL})
    assert rows("a.txt") == rows("--isolated") == {key.name: (key.default, None, None) for key in KEYS}
    result = run("config", "--lang", "en", "--color", "always")
    assert result.stdout.splitlines()[0] == "Configuration of .: none"
    assert result.stdout.splitlines()[2] == "\x1b[2mextend = []               built in\x1b[0m"


def test_pyproject_and_a_given_file() -> None:
    put({"pyproject.toml": '[tool.ruff]\n\n[tool.replylint]\nfail-on = "never"\n', "x/y.toml": 'fail-on = "error"\n'})
    assert rows()["fail-on"] == ("never", "pyproject.toml", 4)
    assert rows("x")["fail-on"] == ("never", "pyproject.toml", 4)
    assert rows("--config", "x/y.toml")["fail-on"] == ("error", "x/y.toml", 1)


@pytest.mark.parametrize(
    ("config", "args", "message"),
    [
        ("slect = []", (), "replylint.toml:1: den Schlüssel „slect“ gibt es nicht. Meinten Sie „select“?"),
        ("select = ['ton']", (), "replylint.toml:1: „select“: Eine Prüfung oder Kategorie „ton“ gibt es nicht. Meinten Sie „tone“? „replylint rules“ zeigt alle"),
        ("format = 'jsn'", (), "replylint.toml:1: „format“ kann nicht „jsn“ sein. Meinten Sie „json“? Möglich sind: text, concise, json"),
        ("", ("weg.txt",), "replylint: weg.txt: gibt es nicht; bitte prüfen Sie den Pfad."),
        ("", ("--isolated", "--config", "x"), "replylint: --isolated und --config widersprechen sich; bitte nur eines angeben."),
        ("", ("--config", "x.toml"), "x.toml:1: gibt es nicht; bitte prüfen Sie den Pfad"),
    ],
)  # fmt: skip
def test_what_is_wrong(config: str, args: tuple[str, ...], message: str) -> None:
    put({"replylint.toml": config})
    result = run("config", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    line = result.stderr.splitlines()[0]
    assert line == message or ("jsn" in message and line.startswith(f"{message}, ")), line


def test_nothing_escapes_to_the_terminal() -> None:
    put({"replylint.toml": '[facts]\n"a\\u202Eb" = "x\\u001b[31m\\u202E\\n"\n'})
    stdout = run("config").stdout
    assert "\x1b" not in stdout
    assert "\u202e" not in stdout
