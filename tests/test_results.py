"""What an earlier run found nothing in: never stale, never a word of a text, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from folders import REFUSAL, document, put, run

from replylint import cache, results
from replylint.cli import check as checking
from replylint.linter import Linter

CLEAN = "Guten Tag Frau Geheimnis,\n\nvielen Dank für Ihre Nachricht. Ihr Rad Nummer {} steht bereit.\n\nWenn Sie noch Fragen haben, antworten Sie einfach auf diese Nachricht.\n\nFreundliche Grüße\nMara Sommer\n"
WORD = """id: rad
kind: phrase
category: own
severity: error
message: {de: Nein., en: No.}
why: {de: Weil., en: Because.}
in: body
phrases: ["@raeder"]
examples:
  - bad: Das ist das Fahrzeug.
    at: Fahrzeug
  - good: Ein Rad.
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(checking, "LOOK_UP", 0)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys or first words of the drafts that were checked."""
    seen: list[str] = []
    look = Linter.check

    def noted(self: Linter, draft: Any) -> Any:
        seen.append(draft.key or draft.source.path)
        return look(self, draft)

    monkeypatch.setattr(Linter, "check", noted)
    return seen


def kept() -> list[Path]:
    folder = cache.folder()
    return sorted(folder.glob("results-*.json")) if folder and folder.exists() else []


def files() -> None:
    put({"a.txt": CLEAN.format(1), "b.txt": CLEAN.format(2), "c.txt": REFUSAL})


def checked(seen: list[str], *args: str) -> list[str]:
    """Which drafts a run looks at; its report is what a run without a cache says."""
    seen.clear()
    with_cache = run("check", ".", "--format", "json", "--statistics", *args)
    looked = sorted(seen)
    without = run("check", ".", "--format", "json", "--statistics", "--no-cache", *args)
    assert (with_cache.stdout, with_cache.stderr, with_cache.exit_code) == (
        without.stdout,
        without.stderr,
        without.exit_code,
    )
    return looked


def test_only_what_has_findings_is_looked_at_again(looked_at: list[str]) -> None:
    files()
    assert checked(looked_at) == ["a.txt", "b.txt", "c.txt"]
    assert checked(looked_at) == ["c.txt"]
    assert checked(looked_at, "--jobs", "2") == ["c.txt"]


def test_in_another_place_and_another_checkout(
    looked_at: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files()
    put({"replylint.toml": 'facts = {channel = "chat"}\ntemplates = ["x/*"]\n'})
    checked(looked_at)
    shutil.copytree(".", tmp_path / "there" / "repo")
    shutil.move(str(tmp_path / "cache"), tmp_path / "restored")
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(tmp_path / "restored"))
    monkeypatch.chdir(tmp_path / "there" / "repo")
    for path in Path().glob("*.txt"):
        path.touch()
    assert checked(looked_at) == ["c.txt"]


CHANGES: dict[str, Callable[[], Any]] = {
    "a rule": lambda: put({"regeln/eigen/rad.yaml": WORD.replace('"@raeder"', '"@raeder", "Rad"')}),
    "a word list": lambda: put({"regeln/words/raeder.yaml": "id: raeder\nwords: [Fahrzeug, Rad]\n"}),
    "a new rule": lambda: put({"regeln/eigen/neu.yaml": WORD.replace("id: rad", "id: neu").replace("@raeder", "Rad")}),
    "facts": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\nfacts = {kind = "complaint"}\n'}),
    "the address": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\naddress = "du"\n'}),
    "checks": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\nchecks = {blame = "error"}\n'}),
    "ignore": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\nignore = ["blame"]\n'}),
    "select": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\nselect = ["tone"]\n'}),
    "template": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\ntemplate = true\n'}),
    "templates": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\ntemplates = ["?.txt"]\n'}),
    "an override": lambda: put(
        {"replylint.toml": 'rules = ["de", "./regeln"]\n[[overrides]]\nfiles = ["?.txt"]\nfacts = {a = "b"}\n'}
    ),
    "the configured inquiry": lambda: put({"replylint.toml": 'rules = ["de", "./regeln"]\ninquiry = "anfrage"\n'}),
    "another pack": lambda: put({"replylint.toml": 'rules = ["de"]\n'}),
    "the content": lambda: put({"a.txt": CLEAN.format(3), "b.txt": CLEAN.format(4)}),
    "the kind of file": lambda: [Path(f"{name}.txt").rename(f"{name}.md") for name in "ab"],
}


@pytest.mark.parametrize("what", CHANGES)
def test_never_stale(what: str, looked_at: list[str]) -> None:
    files()
    put(
        {
            "anfrage": "Mein Rad ist defekt, ich bin sehr verärgert.",
            "replylint.toml": 'rules = ["de", "./regeln"]\n',
            "regeln/eigen/rad.yaml": WORD,
            "regeln/words/raeder.yaml": "id: raeder\nwords: [Fahrzeug]\n",
        }
    )
    checked(looked_at)
    assert checked(looked_at) == ["c.txt"]
    CHANGES[what]()
    assert {Path(each).stem for each in checked(looked_at)} == {"a", "b", "c"}


OPTIONS = [
    ["--fact", "kind=complaint"],
    ["--address", "du"],
    ["--template"],
    ["--select", "tone"],
    ["--ignore", "blame"],
    ["--lang", "en"],
    ["--inquiry", "../anfrage"],
]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: options[0])
def test_never_stale_with_options(options: list[str], looked_at: list[str]) -> None:
    files()
    put({"../anfrage": "Mein Rad ist defekt, ich bin sehr verärgert."})
    checked(looked_at)
    assert {"a.txt", "b.txt"} <= set(checked(looked_at, *options))
    if "--inquiry" in options:
        put({"../anfrage": "Mein Rad ist da, danke."})
        assert {"a.txt", "b.txt"} <= set(checked(looked_at, *options))


def test_never_stale_with_another_version(looked_at: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    files()
    checked(looked_at)
    monkeypatch.setattr(results, "_program", lambda: "another")
    assert checked(looked_at) == ["a.txt", "b.txt", "c.txt"]


def test_the_program_is_what_it_is_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = results._program.__wrapped__()
    assert results._program.__wrapped__() == before
    monkeypatch.setattr(results, "__version__", "9.9")
    assert results._program.__wrapped__() != before
    monkeypatch.undo()
    shutil.copytree(Path(results.__file__).parent, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(results, "__file__", str(tmp_path / "copy" / "results.py"))
    assert results._program.__wrapped__() == before, "wherever it is"
    with (tmp_path / "copy" / "german" / "tokens.py").open("a") as file:
        file.write("# changed\n")
    assert results._program.__wrapped__() != before
    monkeypatch.undo()
    (tmp_path / "site" / "sentencex-99.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert results._program.__wrapped__() != before


def test_suppressions_are_told_of_each_time(looked_at: list[str]) -> None:
    files()
    put(
        {
            "a.txt": "# replylint: ignore blame bis 2020-01-01\n" + CLEAN.format(1),
            "replylint.toml": '[[suppressions]]\nfiles = ["b.txt"]\nchecks = ["blame"]\n',
        }
    )
    for _ in range(2):
        assert checked(looked_at) == ["a.txt", "b.txt", "c.txt"]
    assert "hat hier nichts" in run("check", ".").stderr or "replylint.toml:1" in run("check", ".").stderr


def library(*texts: str) -> str:
    return json.dumps({"macros": [{"title": "Antwort", "text": text} for text in texts]})


def test_a_library_is_known_reply_by_reply(looked_at: list[str]) -> None:
    placeholder = CLEAN.replace("Rad", "Rad {{ticket.number}}")
    put({"lib.json": library(CLEAN.format(1), REFUSAL, CLEAN.format(2), placeholder)})
    assert len(checked(looked_at)) == 4
    assert checked(looked_at) == ["$.macros[1].text"]
    put({"lib.json": library(CLEAN.format(1), CLEAN.format(3), REFUSAL, CLEAN.format(2), placeholder)})
    again = checked(looked_at)
    assert again == ["$.macros[1].text", "$.macros[2].text", "$.macros[4].text"], "placeholders are judged together"
    put({"lib.json": library(CLEAN.format(1), CLEAN.format(3))})
    checked(looked_at)
    assert checked(looked_at) == []


def test_not_a_word_is_kept() -> None:
    files()
    put({"lib.json": library(CLEAN.format(1), REFUSAL), "replylint.toml": 'facts = {kunde = "Krause"}\n'})
    document(".")
    assert kept()
    for path in kept():
        written = path.read_text()
        assert set(json.loads(written)) == {"key", "value"}
        _, lines = json.loads(written)["value"]
        assert all(len(line) > 33 and int(line[:32], 16) >= 0 and line[33:].isdigit() for line in lines.split("\n"))
        assert not any(word in written for word in ("Geheimnis", "Kern", "Krause", "txt", "negative"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b" 1", b" 7", 1),
        lambda data: b'{"key": 1}',
        lambda data: b"\xff\x00",
        lambda data: json.dumps({**json.loads(data), "value": 5}).encode(),
        lambda data: json.dumps({**json.loads(data), "value": [["x"], 5]}).encode(),
    ],
)
def test_what_is_damaged_heals(damage: Callable[[bytes], bytes], looked_at: list[str]) -> None:
    files()
    checked(looked_at)
    [path] = kept()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert checked(looked_at) == ["a.txt", "b.txt", "c.txt"]
    assert path.read_bytes() == whole
    assert checked(looked_at) == ["c.txt"]


def test_two_runs_at_once_keep_what_both_found(looked_at: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put({"eins/a.txt": CLEAN.format(1), "zwei/b.txt": CLEAN.format(2)})
    save = results.Results.save

    def other_first(self: results.Results) -> None:
        monkeypatch.setattr(results.Results, "save", save)
        run("check", "zwei")
        save(self)

    monkeypatch.setattr(results.Results, "save", other_first)
    run("check", "eins")
    assert checked(looked_at) == []


def test_it_stays_small(looked_at: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST", 3)
    monkeypatch.setattr(results, "SETS", 2)
    for number in range(5):
        put({f"{number}.txt": CLEAN.format(number)})
    checked(looked_at)
    assert checked(looked_at, "2.txt") != []
    for lang in ("de", "en"):
        run("check", "0.txt", "--lang", lang)
    run("check", "0.txt", "--select", "tone")
    assert len(kept()) == 2
    for path in kept():
        assert len(json.loads(path.read_text())["value"][1].split("\n")) <= 3


def test_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch, looked_at: list[str]) -> None:
    files()
    put({"../datei": ""})
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(Path("../datei/x").absolute()))
    for _ in range(2):
        assert len(checked(looked_at)) == 3


def test_not_for_little_not_with_fixes_not_when_told_how(looked_at: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    files()
    run("check", ".", "--no-cache")
    run("check", ".", "--diff")
    run("check", ".", "--verbose")
    assert kept() == []
    put({"replylint.toml": "cache = false\n"})
    run("check", ".")
    assert kept() == []
    Path("replylint.toml").unlink()
    monkeypatch.setattr(checking, "LOOK_UP", 50_000)
    run("check", ".")
    assert kept() == []
