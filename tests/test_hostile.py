"""Broken and hostile files through the command line: each is told by name and reason, all others are still checked, and
none costs much time or memory."""

from __future__ import annotations

import ast
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from replylint import readers, rules
from replylint.cli import main
from replylint.cli.files import Input, load, translated
from replylint.cli.texts import text
from replylint.source import Source, UnreadableError

REFUSED = "eine Rückerstattung können wir Ihnen leider nicht anbieten"
REFUSAL = f"Guten Tag Frau Kern,\n\n{REFUSED}.\n\nViele Grüße\nJana Petersen\n"
MAIL = "From: a@shop.example\nSubject: Ihre Frage\n"
MIXED = f"{MAIL}Content-Type: multipart/mixed; boundary=B\n\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("f").mkdir()
    Path("f/zuletzt.txt").write_text(REFUSAL, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def _built_in_rules_loaded_once() -> Iterator[None]:
    kept = rules.load(["de"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "load", lambda packs, **_: kept)
        yield


def run(*args: str, input: bytes | None = None) -> Result:
    args = (*args, "--select", "negative-phrasing", "--format", "concise")
    result = CliRunner().invoke(main, ("check", *args), prog_name="replylint", input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def bomb(inner: str) -> str:
    lines = [f"a: &a {inner}"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    return "\n".join(lines)


BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "mail cut off before its first part": (
        "a.eml",
        MIXED,
        "ist eine beschädigte E-Mail: Die Trennlinie „B“ zwischen ihren Teilen fehlt",
    ),
    "mail in mail in mail": (
        "a.eml",
        MAIL + "".join(f"Content-Type: multipart/mixed; boundary=B{n}\n\n--B{n}\n" for n in range(200)) + "\nHallo",
        "ist zu tief verschachtelt",
    ),
    "no mail": ("a.eml", REFUSAL, "ist keine E-Mail: Am Anfang fehlt eine Kopfzeile wie „Subject: …“"),
    "mail without text": ("a.eml", f"{MAIL}Content-Type: text/plain\n\n \n", "ist eine E-Mail ohne Text"),
    "mail of a picture": (
        "a.eml",
        f"{MAIL}Content-Type: image/png\n\nx",
        "ist eine E-Mail ohne lesbaren Text (sie enthält image/png)",
    ),
    "mail in an unknown charset": (
        "a.eml",
        f"{MAIL}Content-Type: text/plain; charset=klingonisch\n\n{REFUSAL}",
        "nennt die unbekannte Kodierung „klingonisch“; bitte als UTF-8 speichern",
    ),
    "mail in an unknown transfer encoding": (
        "a.eml",
        f"{MAIL}Content-Transfer-Encoding: rot13\n\n{REFUSAL}",
        "hat einen Teil in der unbekannten Kodierung „rot13“",
    ),
    "page in an unknown charset": (
        "a.html",
        f'<meta charset="klingonisch"><p>{REFUSAL}'.encode("latin-1"),
        "nennt die unbekannte Kodierung „klingonisch“; bitte als UTF-8 speichern",
    ),
    "NUL bytes in JSON": (
        "a.json",
        '{"text": "das \x00 geht"}',
        "ist kein Text, sondern enthält Binärdaten; bitte als Textdatei (UTF-8) speichern",
    ),
    "NUL bytes in a mail": (
        "a.eml",
        f"{MAIL}\n\x00",
        "ist kein Text, sondern enthält Binärdaten; bitte als Textdatei (UTF-8) speichern",
    ),
    "JSON cut off": ("a.json", '{"text": ["a",', "ist kein gültiges JSON: Die Datei bricht in Zeile 1, Spalte 15 ab"),
    "JSON, a million deep": (
        "a.json",
        "[" * 1_000_000,
        "ist kein gültiges JSON: Die Datei bricht in Zeile 1, Spalte 1000001 ab",
    ),
    "JSON without a comma": ("a.json", '["a"\n "b"]', "ist kein gültiges JSON: In Zeile 2, Spalte 2 fehlt ein Komma"),
    "JSON without a colon": ("a.json", '{"a" 1}', "ist kein gültiges JSON: In Zeile 1, Spalte 6 fehlt ein Doppelpunkt"),
    "JSON without a key": ("a.json", "{1: 2}", "ist kein gültiges JSON: In Zeile 1, Spalte 2 fehlt ein Schlüssel"),
    "JSON without a value": ("a.json", '{"a": ,}', "ist kein gültiges JSON: In Zeile 1, Spalte 7 fehlt ein Wert"),
    "JSON with too many brackets": (
        "a.json",
        '{"a": 1]',
        "ist kein gültiges JSON: „]“ in Zeile 1, Spalte 8 schließt nichts",
    ),
    "JSON twice": ("a.json", "1 2", "ist kein gültiges JSON: Ab Zeile 1, Spalte 3 folgt noch etwas"),
    "JSON with single quotes": ("a.json", "{'a': 1}", "ist kein gültiges JSON: In Zeile 1, Spalte 2 steht etwas Unerwartetes"),
    "JSON with a reply of megabytes": (
        "a.json",
        json.dumps([{"text": "Ihr Paket ist da. " * 100_000}]),
        "enthält in Zeile 1 eine Antwort mit mehr als 1000000 Zeichen; das ist kein Text für eine Antwort",
    ),
    "YAML of aliases": ("a.yaml", bomb("[x, x, x, x, x, x, x, x, x]"), "enthält zu viele Werte für eine YAML-Datei"),
    "YAML of aliased replies": ("a.yml", bomb("{text: das geht leider nicht}"), "enthält zu viele Werte für eine YAML-Datei"),
    "YAML, deep": ("a.yaml", "[" * 100_000, "ist kein gültiges YAML: Zeile 1, Spalte"),
    "YAML with a tab": ("a.yaml", "a:\n\t- b", "ist kein gültiges YAML: Zeile 2, Spalte 1"),
    "CSV with a stray quote": (
        "a.csv",
        'Titel;Text\nA;"Das ist "gut" so."\n',
        "ist kein gültiges CSV: In Zeile 2, Spalte 12 beendet ein Anführungszeichen das Feld, danach folgt noch Text; "
        "im Text gehört es doppelt geschrieben",
    ),
    "CSV with an open quote": (
        "a.csv",
        'Titel;Text\nA;"Das ist gut so.\n',
        "ist kein gültiges CSV: Das Anführungszeichen in Zeile 2, Spalte 3 wird nicht geschlossen",
    ),
    "gettext with a stray line": (
        "a.po",
        'msgid "x"\nmsgstr\nDas geht nicht.\n',
        "ist kein gettext-Katalog: Zeile 2 ist weder Text noch Kommentar",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_and_stops_nothing(name: str, content: str | bytes, reason: str) -> None:
    Path("f", name).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("f")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"replylint: f/{name}: {reason}")
    assert result.stderr.count("\n") == 1
    assert [line.partition(" ")[0] for line in result.stdout.splitlines()] == ["f/zuletzt.txt:3:1:"]
    english = run("f", "--lang", "en").stderr
    assert english.startswith(f"replylint: f/{name}: ")
    assert english != result.stderr


def reasons() -> Iterator[str]:
    """What the readers say of a file that they can't read, „1“ in the place of all that varies."""
    package = Path(readers.__file__).parent
    for path in [*package.glob("*.py"), package.parent / "source.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("UnreadableError", "NoRepliesError"):
                message = node.args[0]
                parts = message.values if isinstance(message, ast.JoinedStr) else [message]
                words = "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in parts)
                if words not in (
                    "1",
                    "is not JSON: 1 at line 1, column 1",
                ):  # made elsewhere; each of JSON's stands above
                    yield words


@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_of_a_reader_is_translated(reason: str) -> None:
    assert translated(UnreadableError(reason), "de") != reason


FINE: dict[str, tuple[str, str | bytes, str]] = {
    "page, 1,000 deep": ("a.html", "<div>" * 1000 + f"<p>{REFUSED}</p>" + "</div>" * 1000, "1:5004"),
    "mail of 200 parts": (
        "a.eml",
        MIXED + "".join(f"--B\nContent-Type: text/plain\n\nTeil {n} ist da.\n" for n in range(199)) + f"--B\n\n{REFUSED}\n--B--",
        "803:1",
    ),
    "mail cut off in its text": ("a.eml", f"{MIXED}--B\nContent-Type: text/plain\n\n{REFUSED}", "8:1"),
    "mail cut off in base64": (
        "a.eml",
        f"{MIXED}--B\nContent-Transfer-Encoding: base64\n\nRGFzIG1hY2hlbiB3aXIgbGVpZGVyIG5pY2h0LiBHdXRlbiBU",
        "8:1",
    ),
    "mail labelled ASCII that is none": ("a.eml", f"{MAIL}Content-Type: text/plain; charset=us-ascii\n\n{REFUSED}", "5:1"),
    "mail labelled UTF-8 that is none": (
        "a.eml",
        f"{MAIL}Content-Type: text/plain; charset=utf-8\n\n{REFUSED}".encode("cp1252"),
        "5:1",
    ),
    "page labelled UTF-8 that is none": ("a.html", f'<meta charset="utf-8"><p>{REFUSED}'.encode("cp1252"), "1:26"),
    "JSON, 100,000 deep": ("a.json", '{"a":' * 100_000 + json.dumps({"text": REFUSED}) + "}" * 100_000, "1:500011"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "place"), FINE.values(), ids=FINE)
def test_what_can_be_read_is_read(name: str, content: str | bytes, place: str) -> None:
    Path("f", name).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run(f"f/{name}")
    assert (result.exit_code, result.stderr) == (1, "")
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == [f"f/{name}:{place}"]


def test_fifty_megabytes_of_json(folder: Path) -> None:
    entry = json.dumps({"id": 4711, "name": "Daten " * 40, "tags": ["a", "b"]})
    filler = ",".join([entry] * (50_000_000 // len(entry)))
    Path("gross.json").write_text(f"[{filler},{json.dumps({'text': REFUSED})}]", encoding="utf-8")
    assert Path("gross.json").stat().st_size > 49_000_000
    command = [
        sys.executable,
        "-m",
        "replylint",
        "check",
        "gross.json",
        "--format",
        "json",
        "--select",
        "negative-phrasing",
    ]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))

    result = subprocess.run(command, capture_output=True, check=False, preexec_fn=limited, timeout=120)
    assert (result.returncode, result.stderr) == (1, b"")
    assert json.loads(result.stdout)["summary"]["drafts"] == 1


def test_what_has_no_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("/dev/zero", "f/zuletzt.txt")
    assert result.stderr == "replylint: /dev/zero: ist zu groß (mehr als 100 MB); bitte aufteilen.\n"
    assert "f/zuletzt.txt:3:1" in result.stdout


def test_a_file_that_vanishes_under_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("f/a.txt").write_text(REFUSAL, encoding="utf-8")
    Path("f/b.txt").write_text(REFUSAL, encoding="utf-8")

    def load_and_remove(item: Input, lang: str) -> Source:
        Path("f/b.txt").unlink(missing_ok=True)
        return load(item, lang)

    monkeypatch.setattr("replylint.cli.check.load", load_and_remove)
    result = run("f")
    assert (result.exit_code, result.stderr) == (2, f"replylint: f/b.txt: {text('de', 'missing')}.\n")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == ["f/a.txt", "f/zuletzt.txt"]


def test_a_file_that_changes_under_the_run_is_reported_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_and_change(item: Input, lang: str) -> Source:
        source = load(item, lang)
        Path(item.path).write_text("x", encoding="utf-8")
        return source

    monkeypatch.setattr("replylint.cli.check.load", load_and_change)
    result = run("f")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("f/zuletzt.txt:3:1: ")


def test_no_library_in_a_folder_is_left_alone_but_told_by_name() -> None:
    Path("f/package.json").write_text('{"name": "x", "version": "1.0"}', encoding="utf-8")
    result = run("f", "--verbose")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        1,
        "replylint: f/package.json: keine Antworten erkannt, nicht geprüft",
    )
    result = run("f/package.json")
    assert result.exit_code == 2
    assert "enthält keine Antworten, die replylint erkennt; in der Konfiguration sagt [[libraries]]" in result.stderr


def test_verbose_says_how_each_file_was_read() -> None:
    replies = [{"text": "Das machen wir gern."}, {"text": "We are sorry that you have to wait for your parcel."}]
    Path("f/a.json").write_text(json.dumps(replies), encoding="utf-8")
    Path("f/b.html").write_text("<p>Grüße</p>", encoding="cp1252")
    assert run("f", "--verbose").stderr.splitlines() == [
        "replylint: f/a.json: JSON-Bibliothek, utf-8, 1 Entwurf, 1 in einer anderen Sprache übersprungen",
        "replylint: f/b.html: HTML, cp1252, 1 Entwurf",
        "replylint: f/zuletzt.txt: Text, utf-8, 1 Entwurf",
    ]
    assert run("f", "--verbose", "--lang", "en").stderr.splitlines()[0] == (
        "replylint: f/a.json: JSON library, utf-8, 1 draft, 1 in another language skipped"
    )


def test_a_library_in_another_language_is_no_failure() -> None:
    Path("f/a.json").write_text(json.dumps([{"text": "We are sorry that you have to wait for it."}]), encoding="utf-8")
    assert run("f").stderr == ""
    result = run("f/a.json")
    assert (result.exit_code, result.stderr) == (
        0,
        "replylint: f/a.json: enthält keine deutsche Antwort (1 in einer anderen Sprache).\n",
    )


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("x/a.html", f"<p>Guten Tag,</p><p>{REFUSED}.</p>", "1:21"),
        ("a.eml", f"{MAIL}\n{REFUSED}.", "4:1"),
        ("a.json", json.dumps({"text": REFUSED}, ensure_ascii=False), "1:11"),
        ("a.html.twig", f"<p>{REFUSED}.</p>", "1:4"),
        ("a.unbekannt", f"Hallo,\n\n{REFUSED}.", "3:1"),
    ],
)
def test_standard_input_is_read_as_its_name_says(name: str, content: str, place: str) -> None:
    result = run("-", "--stdin-filename", name, input=content.encode())
    assert result.stdout.startswith(f"{name}:{place}: ")


def test_a_pipe_that_is_named_is_read() -> None:
    os.mkfifo("rohr")
    writer = subprocess.Popen([sys.executable, "-c", f"open('rohr', 'w', encoding='utf-8').write({REFUSAL!r})"])
    assert run("rohr").stdout.startswith("rohr:3:1: ")
    writer.wait()
