"""`check --diff-base REV`: only what a change touched, in real git repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from folders import document, put, run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def git(*arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], check=True, capture_output=True)


def commit(files: dict[str, str]) -> None:
    if not Path(".git").exists():
        git("init", "-b", "main")
    put(files)
    git("add", "-A")
    git("commit", "-m", "x")


def reply(*lines: str) -> str:
    body = "\n".join(lines)
    return f"Guten Tag Frau Kern,\n\nvielen Dank für Ihre Nachricht.\n{body}\n\nViele Grüße\nJana Petersen\n"


def found(*arguments: str, check: str = "shouting") -> list[tuple[str, int]]:
    report = document(".", "--select", check, *arguments)
    return [(file["path"], finding["start"]["line"]) for file in report["files"] for finding in file["findings"]]


OLD = "Das ist ein WICHTIGER UND DRINGENDER HINWEIS für Sie."
NEW = "Bitte schicken Sie uns HEUTE NOCH DIE RECHNUNG zu."


def test_only_touched_lines_count() -> None:
    commit({"a.txt": reply(OLD), "b.txt": reply(OLD)})
    assert found() == [("a.txt", 4), ("b.txt", 4)]
    assert found("--diff-base", "HEAD") == []
    put({"a.txt": reply(OLD, NEW)})
    assert found("--diff-base", "HEAD") == [("a.txt", 5)], "not committed"
    git("add", "-A")
    assert found("--diff-base", "HEAD") == [("a.txt", 5)], "staged"
    git("commit", "-m", "y")
    assert found("--diff-base", "HEAD") == []
    assert found("--diff-base", "HEAD~1") == [("a.txt", 5)], "committed"


def test_untracked_and_ignored_files_are_new() -> None:
    commit({"a.txt": reply(OLD), ".gitignore": "c.txt\n"})
    put({"b.txt": reply(OLD), "c.txt": reply(OLD)})
    assert found("--diff-base", "HEAD") == [("b.txt", 4)]
    assert found("c.txt", "--diff-base", "HEAD") == [("b.txt", 4), ("c.txt", 4)], "named, so wanted"


def test_the_exit_status_is_of_what_is_left() -> None:
    commit({"a.txt": reply(OLD)})
    assert run("check", "a.txt", "--select", "shouting").exit_code == 1
    assert run("check", "a.txt", "--select", "shouting", "--diff-base", "HEAD").exit_code == 0


def test_what_others_did_meanwhile_is_not_of_the_change() -> None:
    commit({"a.txt": reply(OLD), "b.txt": reply("Ihr Rad ist fertig.")})
    git("checkout", "-b", "mine")
    commit({"b.txt": reply(NEW)})
    git("checkout", "main")
    commit({"a.txt": reply("Ihr Rad ist fertig.")})
    git("checkout", "mine")
    assert found("--diff-base", "main") == [("b.txt", 4)]


def test_a_base_without_a_common_past() -> None:
    commit({"a.txt": reply(OLD)})
    git("checkout", "--orphan", "other")
    commit({"a.txt": reply(OLD, NEW)})
    assert found("--diff-base", "main") == [("a.txt", 5)]


def test_a_finding_about_the_reply_counts_when_any_of_its_lines_is_touched() -> None:
    body = "vielen Dank für Ihre Nachricht.\nIhr Rad ist fertig.\n\nViele Grüße\nJana Petersen\n"
    library = (
        "- title: A\n  body: |\n    Hallo Anna,\n\n    {}\n    {}\n\n    Viele Grüße\n    Jana\n- title: B\n  body: |\n"
    )
    library += "    dein Rad ist fertig und steht bereit.\n\n    Viele Grüße\n    Jana\n"
    thanks, news = "vielen Dank für deine Nachricht.", "dein Rad ist fertig."
    commit({"a.txt": body, "b.txt": "Guten Tag,\n\n" + body, "c.yaml": library.format(thanks, news)})
    only = ["--diff-base", "HEAD"]
    assert found(*only, check="missing-salutation") == []
    put({"a.txt": body.replace("fertig", "repariert")})
    assert [path for path, _ in found(*only, check="missing-salutation")] == ["a.txt"]
    put({"b.txt": body})
    paths = [path for path, _ in found(*only, check="missing-salutation")]
    assert paths == ["a.txt", "b.txt"], "the salutation was taken out; no line is new"
    put({"c.yaml": library.format(thanks, "dein Rad ist repariert.")})
    assert [path for path, _ in found(check="missing-salutation")] == ["a.txt", "b.txt", "c.yaml"]
    assert [path for path, _ in found(*only, check="missing-salutation")] == ["a.txt", "b.txt"], "another reply"


NAMES = ["mit Leerzeichen.txt", "größe.txt", 'an"führung.txt', "*.txt", ":(top)x.txt", "-x.txt", "zeilen\numbruch.txt",
         "[a].txt", "a/b c/ä.txt"]  # fmt: skip


def test_odd_names() -> None:
    commit({name: reply(OLD) for name in NAMES})
    put({name: reply(OLD, NEW) for name in NAMES})
    report = document(".", "--select", "shouting", "--diff-base", "HEAD")
    assert {file["path"]: [each["start"]["line"] for each in file["findings"]] for file in report["files"]} == {
        name: [5] for name in NAMES
    }


def test_a_renamed_file_is_not_new() -> None:
    commit({"a.txt": reply(OLD, *(f"Ihr Rad Nummer {number} ist fertig." for number in range(9)))})
    git("mv", "a.txt", "b.txt")
    assert found("--diff-base", "HEAD") == []
    put({"b.txt": Path("b.txt").read_text("utf-8").replace("Ihr Rad Nummer 3 ist fertig.", NEW)})
    assert found("--diff-base", "HEAD") == [("b.txt", 8)]


def test_settings_of_git_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    commit({"a/a.txt": reply(OLD), ".gitattributes": "*.txt binary\n"})
    for name, value in {
        "diff.noprefix": "true", "diff.relative": "true", "color.ui": "always", "diff.external": "false",
        "diff.context": "9", "diff.interHunkContext": "9", "diff.renames": "false", "status.relativePaths": "true",
    }.items():  # fmt: skip
        git("config", name, value)
    put({"a/a.txt": reply(OLD, "Ihr Rad ist fertig.", NEW)})
    monkeypatch.setenv("GIT_DIR", "nowhere")
    monkeypatch.chdir("a")
    assert found("--diff-base", "HEAD") == [("a.txt", 6)]


def test_crlf_and_utf_16() -> None:
    git("init", "-b", "main")
    for name, encoding in (("a.txt", "utf-8"), ("b.txt", "utf-16")):
        Path(name).write_bytes(reply(OLD).replace("\n", "\r\n").encode(encoding))
    commit({})
    for name, encoding in (("a.txt", "utf-8"), ("b.txt", "utf-16")):
        Path(name).write_bytes(reply(OLD, NEW).replace("\n", "\r\n").encode(encoding))
    assert found("--diff-base", "HEAD") == [("a.txt", 5), ("b.txt", 5)]


def test_the_key_of_the_configuration() -> None:
    commit({"a.txt": reply(OLD), "replylint.toml": 'diff-base = "HEAD"\n'})
    put({"a.txt": reply(OLD, NEW)})
    assert found() == [("a.txt", 5)]


def test_standard_input_is_new() -> None:
    commit({"a.txt": reply(OLD)})
    report = document("-", "--stdin-filename", "a.txt", "--select", "shouting", "--diff-base", "HEAD", input=reply(OLD))
    assert [finding["start"]["line"] for finding in report["files"][0]["findings"]] == [4]


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("de", "--diff-base geht nur in einem git-Repository; „a.txt“ liegt in keinem."),
        ("en", "--diff-base needs a git repository; “a.txt” is in none."),
    ],
)
def test_outside_a_repository(lang: str, message: str) -> None:
    put({"a.txt": reply(OLD), "b.txt": reply(OLD)})
    result = run("check", ".", "--diff-base", "HEAD", "--lang", lang)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"replylint: {message}\n")


@pytest.mark.parametrize("revision", ["nirgends", "-h", "--help", "", "HEAD^{tree}", "HEAD..HEAD", "a b", "\udcff"])
def test_an_unknown_revision(revision: str, folder: Path) -> None:
    commit({"a.txt": reply(OLD), "b.txt": reply(OLD)})
    result = run("check", ".", f"--diff-base={revision}")
    shown = revision.replace("\udcff", "\\udcff")
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    if revision != "\udcff":
        assert result.stderr == (
            f"replylint: --diff-base: den Stand „{shown}“ kennt das git-Repository „{folder.resolve()}“ nicht; bitte "
            "prüfen Sie den Namen, oder holen Sie ihn mit „git fetch“.\n"
        )


def test_a_repository_without_a_commit() -> None:
    git("init", "-b", "main")
    put({"a.txt": reply(OLD)})
    result = run("check", ".", "--diff-base", "HEAD")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    put({"a.txt": reply(OLD)})
    monkeypatch.setenv("PATH", "")
    result = run("check", "a.txt", "--diff-base", "HEAD")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "replylint: --diff-base braucht das Programm git; bitte installieren Sie es.\n"


@pytest.mark.parametrize("option", ["--fix", "--diff", "--unsafe-fixes"])
def test_fixes_are_for_whole_files(option: str) -> None:
    commit({"a.txt": reply(OLD)})
    result = run("check", "a.txt", "--diff-base", "HEAD", option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"replylint: --diff-base und {option} widersprechen sich; bitte nur eines angeben.\n"


def test_a_missing_file_is_told_as_ever() -> None:
    commit({"a.txt": reply(OLD)})
    result = run("check", "nie.txt", "--diff-base", "HEAD")
    assert (result.exit_code, result.stderr) == (2, "replylint: nie.txt: gibt es nicht; bitte prüfen Sie den Pfad.\n")


def test_the_baseline_is_compared_with_all_that_was_found() -> None:
    commit({"a.txt": reply(OLD), "b.txt": reply(OLD)})
    assert run("baseline", "--output", "bekannt.json", "--select", "shouting").exit_code == 0
    put({"a.txt": reply(OLD, NEW)})
    only = ["--select", "shouting", "--baseline", "bekannt.json", "--diff-base", "HEAD"]
    result = run("check", ".", *only, "--format", "concise")
    assert (result.exit_code, result.stderr) == (1, ""), "what is known of other lines isn't stale"
    assert [line.split(" ")[0] for line in result.stdout.splitlines()] == ["a.txt:5:24:"]
