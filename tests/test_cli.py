"""The command line as a user meets it: exit status, what goes to stdout and stderr, and every kind of bad input."""

from __future__ import annotations

import functools
import json
import os
import pty
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from replylint import __version__, config, engines, examples, linter, readers, rules
from replylint.checks import tokenfits
from replylint.cli import app, main
from replylint.cli.texts import TEXTS, text
from replylint.german import languagetool, languagetool_local, spacy
from replylint.readers import library

REFUSED = "Eine Rückerstattung können wir Ihnen leider nicht anbieten"
REFUSAL = f"Guten Tag Frau Kern,\n\n{REFUSED}.\n\nViele Grüße\nJana Petersen\n"
FINE = "Guten Tag Frau Kern,\n\nvielen Dank für Ihre Nachricht.\n\nViele Grüße\nJana Petersen\n"
ONLY = ("--select", "negative-phrasing")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "REPLYLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "absage.txt").write_text(REFUSAL, encoding="utf-8")
    (tmp_path / "gut.txt").write_text(FINE, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def _built_in_rules_loaded_once() -> Iterator[None]:
    load, kept = rules.load, functools.cache(rules.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "load", lambda packs, **_: kept(("de",)) if list(packs) == ["de"] else load(packs))
        yield


def run(*args: str, input: str | bytes | None = None, env: Mapping[str, str] | None = None) -> Result:
    result = CliRunner().invoke(main, args, prog_name="replylint", input=input, env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def process(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "replylint", *args]
    return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


# Exit status


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("gut.txt",), 0),
        (("absage.txt",), 1),
        (("absage.txt", "gut.txt"), 1),
        (("absage.txt", "--fail-on", "warning"), 1),
        (("absage.txt", "--fail-on", "suggestion"), 1),
        (("absage.txt", "--fail-on", "error"), 0),
        (("absage.txt", "--fail-on", "never"), 0),
        (("absage.txt", "fehlt.txt", "--fail-on", "never"), 2),
        (("gut.txt", "fehlt.txt"), 2),
    ],
)
def test_exit_status(args: tuple[str, ...], status: int) -> None:
    assert run("check", *args, *ONLY).exit_code == status


def test_the_report_goes_to_stdout_and_nothing_else_does() -> None:
    result = run("check", "absage.txt", "fehlt.txt", *ONLY)
    assert REFUSED in result.stdout
    assert "fehlt.txt" not in result.stdout
    assert result.stderr == "replylint: fehlt.txt: gibt es nicht; bitte prüfen Sie den Pfad.\n"


def test_json() -> None:
    document = json.loads(run("check", "absage.txt", "fehlt.txt", "gut.txt", "--format", "json", *ONLY).stdout)
    counts = {"drafts": 2, "error": 0, "warning": 1, "suggestion": 0, "suppressed": 0, "known": 0, "stale": 0}
    assert document["summary"] == counts
    assert [file["path"] for file in document["files"]] == ["absage.txt", "gut.txt"]
    assert document["failures"] == [{"path": "fehlt.txt", "message": "gibt es nicht; bitte prüfen Sie den Pfad"}]
    assert document["files"][0]["findings"][0]["start"] == {"line": 3, "column": 1, "offset": 22}


def test_concise() -> None:
    result = run("check", "absage.txt", "--format", "concise", *ONLY)
    assert result.stdout.startswith("absage.txt:3:1: warning negative-phrasing ")


def test_quiet_says_nothing_where_all_is_well() -> None:
    result = run("check", "gut.txt", "--quiet", *ONLY)
    assert (result.stdout, result.stderr) == ("", "")
    assert run("check", "gut.txt", *ONLY).stdout == "1 Entwurf: Alles in Ordnung\n"


def test_english() -> None:
    result = run("check", "gut.txt", "fehlt.txt", "--lang", "en", *ONLY)
    assert result.stdout == "1 draft: All fine, 1 file not checked\n"
    assert result.stderr == "replylint: fehlt.txt: does not exist; please check the path.\n"
    assert run("--lang", "en", "check", "gut.txt", *ONLY).stdout == "1 draft: All fine\n"


def test_output(folder: Path) -> None:
    result = run("check", "absage.txt", "--output", "bericht.json", "--format", "json", *ONLY)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "")
    assert json.loads((folder / "bericht.json").read_text(encoding="utf-8"))["summary"]["warning"] == 1


# What is read


def test_folders_are_read_in_order_without_hidden_and_other_files(folder: Path) -> None:
    names = ["b/z.txt", "b/a.md", "b/ä.TEXT", "b/c/d.txt", "b/e.de.liquid", "b/f.txt.j2", "b/g.htm"]
    for name in (*names, "b/.git/x.txt", "b/.x.txt", "b/x.py", "b/bild.png", "b/x.js.erb", "b/x.conf.j2", "b/Vorlage"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(REFUSAL, encoding="utf-8")
    os.mkfifo(folder / "b" / "pipe.txt")
    document = json.loads(run("check", "b", "--format", "json", *ONLY).stdout)
    assert [file["path"] for file in document["files"]] == sorted(names)


def test_files_named_are_always_read_and_each_once(folder: Path) -> None:
    (folder / ".x.brief").write_text(FINE, encoding="utf-8")
    result = run("check", "./.x.brief", "gut.txt", "./gut.txt", ".", "--format", "json", *ONLY)
    paths = [file["path"] for file in json.loads(result.stdout)["files"]]
    assert paths == [".x.brief", "gut.txt", "absage.txt"]


def test_stdin() -> None:
    assert run("check", *ONLY, input=REFUSAL).stdout.startswith("<stdin>\n")
    result = run("check", "-", "--stdin-filename", "mail.txt", "--format", "concise", *ONLY, input=REFUSAL)
    assert result.stdout.startswith("mail.txt:3:1: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(folder: Path, encoding: str) -> None:
    (folder / "brief.txt").write_bytes(("Grüße – " + REFUSAL).replace("\n", "\r\n").encode(encoding))
    result = run("check", "brief.txt", "--format", "concise", *ONLY)
    assert result.stdout.startswith("brief.txt:3:1: ")


def test_an_empty_folder_warns(folder: Path) -> None:
    (folder / "leer").mkdir()
    result = run("check", "leer")
    assert result.exit_code == 0
    assert result.stdout == "Nichts geprüft\n"
    assert result.stderr == (
        "replylint: leer: in diesem Ordner steht keine Datei, die Antworten enthalten kann "
        "(.txt, .text, .md, .markdown, .html, .htm, .xhtml, .eml, .json, .yaml, .yml, .csv, .tsv, .po)\n"
    )
    assert run("check", "leer", "gut.txt", "--quiet", *ONLY).stderr == ""


# Bad input: one clear message each, the rest is checked


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ist leer; es gibt nichts zu prüfen."),
        (b" \r\n\t\n", "ist leer; es gibt nichts zu prüfen."),
        (b"---\nkind: complaint\n---\n", "ist leer; es gibt nichts zu prüfen."),
        (b"---\na: b\nc\n---\n", "hat fehlerhafte Kopfdaten: Zeile 3 ist kein „Name: Wert“."),
        (b"---\na: b\na: c\n---\n", "hat fehlerhafte Kopfdaten: Zeile 3 nennt „a“ zum zweiten Mal."),
        (b"---\na: b\n", "hat fehlerhafte Kopfdaten: Zeile 1 öffnet sie, aber keine Zeile „---“ schließt sie."),
        (b"---\ntemplate: x\n---\n", "hat fehlerhafte Kopfdaten: „template“ ist „x“, weder true noch false."),
        (b"GIF89a\x00\x01", "ist kein Text, sondern enthält Binärdaten; bitte als Textdatei (UTF-8) speichern."),
        (b"\xff\xfeabc", "beginnt mit der Kennung von utf-16-le, ist aber anders kodiert; bitte als UTF-8 speichern."),
        (b"\x81\x8d", "ist kein lesbarer Text (weder UTF-8 noch Windows-1252); bitte als UTF-8 speichern."),
    ],
)
def test_bad_files(folder: Path, content: bytes, message: str) -> None:
    (folder / "schlecht.txt").write_bytes(content)
    result = run("check", "schlecht.txt", "absage.txt", *ONLY)
    assert result.exit_code == 2
    assert result.stderr == f"replylint: schlecht.txt: {message}\n"
    assert REFUSED in result.stdout
    assert result.stdout.endswith("1 Entwurf: 1 Warnung, 1 Datei nicht geprüft\n")


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("replylint.cli.files.open", forbidden, raising=False)
    result = run("check", "gut.txt")
    assert result.exit_code == 2
    assert result.stderr == "replylint: gut.txt: darf nicht gelesen werden; bitte prüfen Sie die Zugriffsrechte.\n"


def test_a_broken_link_is_not_skipped(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "weg.txt").symlink_to("nirgends")
    assert run("check", "b").stderr == "replylint: b/weg.txt: gibt es nicht; bitte prüfen Sie den Pfad.\n"


def test_an_unexpected_error_names_the_file_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = readers.contents
    monkeypatch.setattr(readers, "contents", lambda source, _: 1 / 0 if source.path == "gut.txt" else read(source))
    result = run("check", "gut.txt", "absage.txt", *ONLY)
    assert result.exit_code == 2
    assert result.stderr.startswith("replylint: gut.txt: unerwarteter Fehler (ZeroDivisionError: division by zero);")
    assert REFUSED in result.stdout
    debugged = CliRunner().invoke(main, ["check", "gut.txt"], env={"REPLYLINT_DEBUG": "1"})
    assert "Traceback" in debugged.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--select", "negativ-phrasing"), "Meinten Sie „negative-phrasing“?"),
        (("--ignore", "negative-phrasing, nix"), "--ignore: Eine Prüfung oder Kategorie „nix“ gibt es nicht."),
        (("--fact", "beschwerde"), "--fact „beschwerde“: erwartet wird NAME=WERT"),
        (("--fact", "=x"), "--fact „=x“: erwartet wird NAME=WERT"),
        (("--fact",), "Die Option --fact braucht einen Wert."),
        (("--quiet=ja",), "Die Option --quiet hat keinen Wert."),
        (("--format", "jsn"), "--format: „jsn“ ist nicht möglich. Meinten Sie „json“? Möglich sind: text, concise"),
        (("--frmat", "json"), "Eine Option --frmat gibt es nicht. Meinten Sie „--format“?"),
        (("--address", "er"), "--address: „er“ ist nicht möglich."),
        (("--lang", "fr"), "--lang: „fr“ ist nicht möglich."),
        (("--inquiry", "fehlt.txt"), "--inquiry fehlt.txt: gibt es nicht; bitte prüfen Sie den Pfad."),
        (("--inquiry", "-", "-"), "Die Standardeingabe kann nicht Entwurf und Anfrage zugleich sein"),
        (("--output", "fehlt/bericht.txt"), "fehlt/bericht.txt: lässt sich nicht schreiben (den Ordner gibt"),
        (("--output", "."), ".: lässt sich nicht schreiben (das ist ein Ordner)"),
    ],
)
def test_wrong_use(args: tuple[str, ...], message: str) -> None:
    result = run("check", "gut.txt", *args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert all(line.startswith("replylint: ") for line in result.stderr.splitlines())


def test_an_output_that_fails_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    result = run("check", "gut.txt", "--output", "bericht.txt", *ONLY)
    assert result.exit_code == 2
    assert "bericht.txt: lässt sich nicht schreiben (das Laufwerk ist voll)" in result.stderr


def test_every_unknown_check_is_told() -> None:
    result = run("check", "gut.txt", "--select", "aaa,bbb", "--ignore", "ccc", "--lang", "en")
    assert result.stderr.count("there is no check or category") == 2


def test_select_and_ignore_take_lists_and_categories() -> None:
    assert run("check", "absage.txt", "--select", "tone", "--ignore", "missing-thanks,negative-phrasing").exit_code == 0
    assert run("check", "absage.txt", "--select", "care", "--select", "tone").exit_code == 1


def test_nothing_to_check_is_told_on_a_terminal() -> None:
    leader, follower = pty.openpty()
    result = process("check", stdin=follower)
    os.close(leader)
    os.close(follower)
    assert result.returncode == 2
    assert "Was soll geprüft werden?" in result.stderr.decode()


def test_without_a_command_help_is_shown() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stderr.startswith("Aufruf: replylint [OPTION …] BEFEHL …")


def test_an_unknown_command() -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert result.stderr.startswith("replylint: Einen Befehl „chek“ gibt es nicht. Meinten Sie „check“?\n")


@pytest.mark.parametrize("command", ["check", "baseline"])
def test_an_empty_path_is_told(command: str) -> None:
    result = run(command, "absage.txt", "")
    assert result.exit_code == 2
    assert result.stderr == (
        "replylint: Einer der Pfade ist leer; bitte eine Datei oder einen Ordner nennen („.“ ist der jetzige Ordner).\n"
    )


def test_twenty_megabytes(folder: Path) -> None:
    (folder / "gross.txt").write_text("Ihr Paket ist heute angekommen.\n\n" * 600_000 + REFUSAL, encoding="utf-8")
    assert (folder / "gross.txt").stat().st_size > 19_000_000
    result = run("check", "gross.txt", *ONLY)
    assert result.exit_code == 1
    assert f"1200003 │ {REFUSED}." in result.stdout


def test_a_reader_that_has_had_enough_is_no_error(folder: Path) -> None:
    (folder / "viel.txt").write_text(f"{REFUSED}.\n\n" * 1000, encoding="utf-8")
    command = f"{sys.executable} -m replylint check viel.txt --select negative-phrasing | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (result.stdout, result.stderr) == (b"viel.txt\n", b"")


def test_pipes_get_utf_8_whatever_the_locale() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    assert "━" in process("check", "absage.txt", *ONLY, env=environment).stdout.decode()


# Colour


@pytest.mark.parametrize(
    ("choice", "env", "colored"),
    [
        ("auto", {}, False),
        ("always", {}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, False),
    ],
)
def test_color(choice: str, env: Mapping[str, str], colored: bool) -> None:
    assert ("\x1b[" in run("check", "absage.txt", "--color", choice, *ONLY, env=env).stdout) is colored


@pytest.mark.parametrize(
    ("env", "colored"), [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1"}, False)]
)
def test_a_terminal_gets_color(env: Mapping[str, str], colored: bool) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "replylint", "check", "absage.txt", *ONLY]
    result = subprocess.run(
        command,
        stdin=follower,
        stdout=follower,
        check=False,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "60", **env},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            shown += os.read(leader, 65536)
        except OSError:
            break
        if b"Warnung\x1b" in shown or b"1 Warnung\r\n" in shown:
            break
    os.close(leader)
    assert result.returncode == 1
    assert (b"\x1b[" in shown) is colored


# The other commands


def test_rules_lists_all() -> None:
    result = run("rules")
    assert result.exit_code == 0
    assert "\ntone\n" in f"\n{result.stdout}"
    assert "  negative-phrasing " in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.parametrize("lang", ["de", "en"])
def test_explain_tells_all(lang: str) -> None:
    result = run("explain", "negative-phrasing", "--lang", lang)
    assert result.exit_code == 0
    for key in ("flags", "leaves", "why", "found", "left-alone"):
        assert f"\n{text(lang, key)}" in result.stdout
    assert "S2: " in result.stdout
    assert "━━━" in result.stdout
    assert text(lang, "better") in result.stdout
    assert len(run("explain", "negative-phrasing", "--all").stdout) >= len(result.stdout)


def test_explain_of_what_is_not_there() -> None:
    result = run("explain", "negativ")
    assert result.exit_code == 2
    assert "Eine Prüfung „negativ“ gibt es nicht. Meinten Sie „negative-phrasing“?" in result.stderr
    assert run("explain").stderr.startswith("replylint: Es fehlt: PRÜFUNG.\n")


def test_a_pack_that_is_not_there() -> None:
    result = run("test", "regeln")
    assert result.exit_code == 2
    assert result.stderr.startswith("replylint: Ein Regelpaket „regeln“ gibt es nicht;")


def test_version_and_help() -> None:
    assert run("--version").stdout == f"replylint {__version__}\n"
    for lang, usage, other in (("de", "Aufruf: ", "Show"), ("en", "Usage: ", "zeigen")):
        for command in ((), ("check",), ("rules",), ("explain",), ("test",), ("config",), ("init",)):
            shown = run(*command, "--lang", lang, "--help").stdout
            assert shown.startswith(usage)
            assert other not in shown


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("check", "--help")])
def test_help_imports_little(args: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom replylint.cli import main\n"
        f"try: main({list(args)!r})\nexcept SystemExit: pass\n"
        "print(*sorted(m for m in sys.modules if m in ('yaml', 'rich', 'spacy', 'sentencex', 'replylint.rules')))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert result.stdout.splitlines()[-1] == ""


def test_a_default_run_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom replylint.cli import main\n"
        "try: main(['check', 'absage.txt'])\nexcept SystemExit: pass\n"
        "print(*sorted(m for m in sys.modules if m in ('rich', 'spacy', 'language_tool_python')))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert result.stdout.splitlines()[-1] == ""


def test_texts_say_the_same_in_both_languages() -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    for key, (german, english) in TEXTS.items():
        assert fields(german) == fields(english), key
        assert german.count("|") == english.count("|"), key


def test_no_text_is_unused() -> None:
    files = [path for path in Path(app.__file__).parent.glob("*.py") if path.name != "texts.py"]
    files += [Path(config.__file__), Path(readers.__file__), Path(library.__file__), Path(examples.__file__)]
    files += [Path(linter.__file__), Path(spacy.__file__), Path(tokenfits.__file__)]
    files += [Path(str(each.__file__)) for each in (engines, languagetool, languagetool_local)]
    sources = "".join(path.read_text(encoding="utf-8").replace("'", '"') for path in files)
    names = {
        "error",
        "warning",
        "suggestion",
        "did-you-mean",
        "ENOENT",
        "EISDIR",
        "EACCES",
        "EROFS",
        "ENOSPC",
        "EFBIG",
        "EDQUOT",
    }
    assert [key for key in TEXTS if f'"{key}"' not in sources and key not in names] == []


RULE = """\
id: anrede-chef
kind: phrase
category: hausstil
severity: warning
message: {de: "„{match}“ schreiben wir nicht.", en: "We don't write “{match}”."}
why: {de: Hausstil., en: House style.}
in: text
phrases:
  - find: "hallo chef"
examples:
  - bad: Hallo Chef, Ihr Paket ist da.
    at: Hallo Chef
  - good: Hallo Frau Kern, Ihr Paket ist da.
"""


def test_the_examples_of_a_pack(folder: Path) -> None:
    (folder / "regeln" / "hausstil").mkdir(parents=True)
    rule = folder / "regeln" / "hausstil" / "anrede-chef.yaml"
    rule.write_text(RULE, encoding="utf-8")
    result = run("test", "regeln")
    assert (result.exit_code, result.stdout) == (0, "1 Prüfung und 2 Beispiele: Alles in Ordnung\n")
    assert "anrede-chef" in run("rules", "regeln").stdout
    rule.write_text(RULE.replace("Hallo Frau Kern", "Hallo Chef"), encoding="utf-8")
    result = run("test", "regeln", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.startswith("regeln/hausstil/anrede-chef.yaml:13: anrede-chef: ")
    assert result.stdout.endswith("\n1 check and 2 examples: 1 failure\n")


def test_a_broken_rule_file_tells_all_its_errors(folder: Path) -> None:
    (folder / "regeln").mkdir()
    broken = RULE.replace("severity: warning", "severity: warnung").replace("why:", "wy:")
    (folder / "regeln" / "anrede-chef.yaml").write_text(broken, encoding="utf-8")
    (folder / "regeln" / "zwei.yaml").write_text("id: [", encoding="utf-8")
    result = run("test", "regeln")
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("regeln/anrede-chef.yaml:1:1: ")
    assert any(line.startswith("regeln/anrede-chef.yaml:4:11: ") and "„warning“" in line for line in lines)
    assert any(line.startswith("regeln/anrede-chef.yaml:6:1: ") and "„why“" in line for line in lines)
    assert any(line.startswith("regeln/zwei.yaml:") for line in lines)
    assert lines[-1] == f"replylint: Die Regeln haben {len(lines) - 1} Fehler; bitte erst beheben."
