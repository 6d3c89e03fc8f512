"""Fixes: every format edited in place, proven, and left alone where that can't be."""

from __future__ import annotations

import base64
import json
import os
import quopri
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.cli import main
from replylint.draft import Draft
from replylint.findings import Finding, Fix, Rewrite, Safety, Severity
from replylint.fix import ChangedMeanwhileError, Fixed, fix_file, replace_file, unified_diff
from replylint.linter import Linter, Settings
from replylint.readers import contents, read
from replylint.readers.library import Library
from replylint.rules import load
from replylint.source import Edit, Source, SourceMap, Span, decode

CHECKS = ("emoticon", "shouting", "missing-thanks", "pronoun-case")
LINTER = Linter(load(["de"], cached=True), Settings(select=CHECKS))
# Sentences with something to fix, and with what formats write in another way.
SENTENCES = (
    "Ihr Gerät ist da!!",
    "Es kostet 5 < 6 & mehr. :-)",
    'Er sagte "ja" und ging 😉',
    "Das heißt: morgen # nicht heute!!!",
    "Grüße aus dem Büro; alles gut :)",
    "Ganz ohne Fehler, nur Text.",
    "Der Pfad ist C:\\temp!!",
    "Es ist 'fertig' – wirklich :-)",
)


def paragraphs(text: str) -> str:
    from html import escape

    return "".join(f"<p>{escape(each, quote=False)}</p>\n" for each in text.split("\n\n"))


def mail(text: str, encoding: str, charset: str) -> bytes:
    body = text.encode(charset)
    head = f"From: a@example.de\r\nSubject: Ihr Rad\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n"
    written = quopri.encodestring(body).replace(b"\n", b"\r\n") if encoding == "quoted-printable" else body
    return f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + written


def block(text: str, style: str) -> str:
    margin = "      "
    lines = "".join(margin + line + "\n" if line else "\n" for line in text.split("\n"))
    return f"replies:\n  - title: eins  # bleibt\n    body: {style}\n{lines}  - {{title: zwei, body: 'bleibt: so'}}\n"


FILES: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "text": lambda text: ("a.txt", text.encode()),
    "text with CRLF": lambda text: ("a.txt", text.replace("\n", "\r\n").encode()),
    "text with a BOM": lambda text: ("a.txt", b"\xef\xbb\xbf" + text.encode()),
    "text in UTF-16": lambda text: ("a.txt", b"\xff\xfe" + text.encode("utf-16-le")),
    "text without a last line end": lambda text: ("a.txt", text.rstrip("\n").encode()),
    "Markdown": lambda text: ("a.md", text.replace("\\", "/").replace("<", "-").replace("#", "Nr.").encode()),
    "HTML": lambda text: ("a.html", f"<html><body>\n{paragraphs(text)}</body></html>\n".encode()),
    "JSON": lambda text: ("a.json", json.dumps([{"title": "a", "body": text}], indent=3, ensure_ascii=False).encode()),
    "JSON in ASCII": lambda text: ("a.json", json.dumps([{"title": "a", "body": text}]).encode()),
    "JSON with HTML": lambda text: ("a.json", json.dumps([{"title": "a", "body": paragraphs(text)}]).encode()),
    "YAML, a block": lambda text: ("a.yaml", block(text, "|").encode()),
    "YAML, in quotes": lambda text: (
        "a.yaml",
        f"- title: a\n  body: {json.dumps(text, ensure_ascii=False)}\n".encode(),
    ),
    "CSV": lambda text: ("a.csv", 'title;body\neins;"{}"\n'.format(text.replace('"', '""')).encode()),
    "gettext": lambda text: (
        "a.po",
        f'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr {json.dumps(text, ensure_ascii=False)}\n'.encode(),
    ),
    "a quoted-printable mail": lambda text: ("a.eml", mail(text, "quoted-printable", "utf-8")),
    "an 8-bit mail": lambda text: ("a.eml", mail(text, "8bit", "utf-8")),
}
LIBRARY = Library(body="$[*].body")


def drafts_of(source: Source) -> list[Draft]:
    structured = source.path.endswith(".json") or source.text.startswith("- title")
    return contents(source, LIBRARY if structured else None).drafts


def fixed(name: str, data: bytes, least: Safety = Safety.REVIEW) -> tuple[Fixed, bytes]:
    source = decode(data, name)
    result = fix_file(source, drafts_of, LINTER.check, least)
    return result, result.source.encode(result.source.text)


replies = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda parts: (
        "\n\n".join(["Guten Tag Frau Kern,", *(" ".join(each) for each in parts), "Viele Grüße\nJana Petersen"]) + "\n"
    )
)


@pytest.mark.parametrize("format_", FILES)
@given(reply=replies)
@settings(max_examples=12, deadline=None)
def test_a_file_is_fixed_in_place_and_once(format_: str, reply: str) -> None:
    name, data = FILES[format_](reply)
    before = drafts_of(decode(data, name))
    result, after = fixed(name, data)
    # What the file holds then is what the same fixes make of the replies alone.
    again = drafts_of(decode(after, name))
    assert [draft.key for draft in again] == [draft.key for draft in before]
    for old, new in zip(before, again, strict=True):

        def alone(source: Source, old: Draft = old) -> list[Draft]:
            return [replace(old, source=source, text=source.text, map=SourceMap.identity(len(source.text)))]

        plain = fix_file(Source("a.txt", old.text), alone, LINTER.check, Safety.REVIEW)
        if not result.refused:
            assert new.text.split() == plain.source.text.split()
    # Fixing twice changes nothing.
    second, unchanged = fixed(name, after)
    assert (second.number, unchanged) == (0, after)
    # Where nothing was fixed, no byte has changed.
    if not result.number:
        assert after == data
    if data.startswith(b"\xef\xbb\xbf") or data.startswith(b"\xff\xfe"):
        assert after[:2] == data[:2]
    if format_ == "text with CRLF":
        assert after.count(b"\r\n") == after.count(b"\n")


@pytest.mark.parametrize("format_", sorted(set(FILES) - {"text in UTF-16"}))
@given(reply=replies)
@settings(max_examples=3, deadline=None)
def test_git_applies_the_diff(format_: str, reply: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    name, data = FILES[format_](reply)
    _, after = fixed(name, data)
    folder = tmp_path_factory.mktemp("diff")
    name = f"Vorlagen ü/{name}"
    (folder / "Vorlagen ü").mkdir()
    (folder / name).write_bytes(data)
    diff = unified_diff(name, data, after)
    if diff:
        subprocess.run(["git", "apply", "-"], input=diff, cwd=folder, check=True)
    assert (folder / name).read_bytes() == after


def test_what_stands_around_a_reply_stays_as_it_is() -> None:
    data = (
        b"# Kopf\n"
        b"replies:\n"
        b"  - {title: \"a\", body: 'Ihr Rad ist ''da''!!'}   # eins\n"
        b'  - {title: b, body: "Ihr Rad ist \\u0022da\\u0022!!"}\n'
        b"  - title: c\n"
        b"    body: Ihr Rad ist da!!\n"
        b"    other: [1,   2]\n"
        b"  - body: >-\n"
        b"      Ihr Rad\n"
        b"      ist da!!\n"
    )
    result, after = fixed("a.yaml", data)
    assert after == data.replace(b"!!", b"!")
    assert result.made == {"shouting": 4}


def test_each_reply_of_a_library_is_fixed_in_its_own_way_of_writing() -> None:
    data = (
        b"replies:\n"
        b"  - body: 'Hallo Tom, Ihr Rad ist da!!'\n"
        b'  - body: "Hallo Tom, Ihr Rad ist da!!"\n'
        b"  - body: Hallo Tom, Ihr Rad ist da!!\n"
    )
    source = decode(data, "a.yaml")

    def check(draft: Draft) -> list[Finding]:
        at = draft.text.find("da!!")
        if at < 0:
            return []
        span = Span(at, at + 4)
        fix = Fix((Edit(span, "da: 'so' und \"so\""),), Safety.REVIEW)
        return [
            Finding("x", "x", Severity.WARNING, "", "", draft, span, rewrites=(Rewrite("", Safety.REVIEW, span, fix),))
        ]

    result = fix_file(source, read, check, Safety.REVIEW)
    assert result.source.text == (
        "replies:\n"
        "  - body: 'Hallo Tom, Ihr Rad ist da: ''so'' und \"so\"'\n"
        '  - body: "Hallo Tom, Ihr Rad ist da: \'so\' und \\"so\\""\n'
        "  - body: Hallo Tom, Ihr Rad ist da!!\n"
    )
    assert [refusal.reason for refusal in result.refused] == ["format"]


def test_base64_is_left_alone() -> None:
    body = base64.encodebytes("Guten Tag,\n\nIhr Rad ist da!!\n\nViele Grüße\nJana\n".encode())
    head = (
        b"Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    )
    result, after = fixed("a.eml", head + body)
    assert after == head + body
    assert {refusal.reason for refusal in result.refused} == {"format"}


def test_a_tag_is_never_eaten() -> None:
    data = b"<p>Ihr Rad ist da!<b>!</b></p>\n"
    result, after = fixed("a.html", data)
    assert after == data
    assert [refusal.reason for refusal in result.refused] == ["format"]


def test_what_the_encoding_lacks_is_not_written() -> None:
    data = "Grüße!!".encode("cp1252")

    def check(draft: Draft) -> list[Finding]:
        span = Span(5, 7)
        fix = Fix((Edit(span, "→"),), Safety.REVIEW)
        found = Finding(
            "x", "x", Severity.WARNING, "", "", draft, span, rewrites=(Rewrite("→", Safety.REVIEW, span, fix),)
        )
        return [found] if "!!" in draft.text else []

    result = fix_file(decode(data, "a.txt"), read, check, Safety.REVIEW)
    assert result.source.text == "Grüße!!"
    assert [refusal.reason for refusal in result.refused] == ["encoding"]


def test_a_fix_that_brings_a_new_finding_is_refused() -> None:
    def check(draft: Draft) -> list[Finding]:
        if "gut" in draft.text:
            return [Finding("y", "y", Severity.WARNING, "", "", draft, Span(0, 3))]
        span = Span(0, len(draft.text))
        fix = Fix((Edit(span, "gut"),), Safety.SAFE)
        return [
            Finding("x", "x", Severity.WARNING, "", "", draft, span, rewrites=(Rewrite("gut", Safety.SAFE, span, fix),))
        ]

    result = fix_file(decode(b"schlecht", "a.txt"), read, check, Safety.SAFE)
    assert (result.source.text, [refusal.reason for refusal in result.refused]) == ("schlecht", ["worse"])


def test_two_fixes_of_the_same_words_take_turns() -> None:
    def check(draft: Draft) -> list[Finding]:
        found = []
        for rule, words, new in (("a", "x y", "y"), ("b", "y z", "z")):
            at = draft.text.find(words)
            if at >= 0:
                span = Span(at, at + 3)
                fix = Fix((Edit(span, new),), Safety.SAFE)
                rewrites = (Rewrite(new, Safety.SAFE, span, fix),)
                found.append(Finding(rule, "x", Severity.WARNING, "", "", draft, span, rewrites=rewrites))
        return found

    result = fix_file(decode(b"x y z", "a.txt"), read, check, Safety.SAFE)
    assert (result.source.text, result.made) == ("z", {"a": 1, "b": 1})


def test_safe_fixes_leave_wording_alone_and_say_what_more_there_is() -> None:
    data = "Guten Tag Frau Kern,\n\nIhr Rad ist da!!\n\nViele Grüße\nJana Petersen\n".encode()
    result, after = fixed("a.txt", data, Safety.SAFE)
    assert after.decode() == "Guten Tag Frau Kern,\n\nIhr Rad ist da!\n\nViele Grüße\nJana Petersen\n"
    assert (result.made, result.possible) == ({"shouting": 1}, 0)
    data = "Guten Tag Frau Kern,\n\nja, das Rad ist da!!\n\nViele Grüße\nJana Petersen\n".encode()
    result, after = fixed("a.txt", data, Safety.SAFE)
    assert result.possible == 1
    result, after = fixed("a.txt", data, Safety.REVIEW)
    assert after.decode() == (
        "Guten Tag Frau Kern,\n\nvielen Dank für Ihre Nachricht. Ja, das Rad ist da!\n\nViele Grüße\nJana Petersen\n"
    )


# Writing


def test_a_file_is_written_in_one_step_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"alt")
    path.chmod(0o640)
    link = tmp_path / "b.txt"
    link.symlink_to(path)
    replace_file(link, b"alt", b"neu")
    assert path.read_bytes() == b"neu"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"anders")
    with pytest.raises(ChangedMeanwhileError):
        replace_file(path, b"alt", b"neu")
    assert path.read_bytes() == b"anders"


def test_a_full_disk_leaves_the_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"alt")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        replace_file(path, b"alt", b"neu")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.txt": b"alt"}


# The command

LOUD = "Guten Tag Frau Kern,\n\nvielen Dank. Ihr Rad ist da!! Brauchen Sie noch etwas?\n\nViele Grüße\nJana Petersen\n"


def run(*args: str, input: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", "--isolated", *args], input=input)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(LOUD, encoding="utf-8")
    return tmp_path / "a.txt"


def test_fix_writes_and_reports_what_remains(loud: Path) -> None:
    status, out, err = run("a.txt", "--fix", "--format", "concise")
    assert (status, out) == (0, "")
    assert err == "replylint: 1 Stelle verbessert (Dateien: 1).\n"
    assert loud.read_text(encoding="utf-8") == LOUD.replace("!!", "!")
    assert run("a.txt", "--fix", "--format", "concise")[2] == "replylint: 0 Stellen verbessert (Dateien: 0).\n"


def test_diff_shows_and_writes_nothing(loud: Path) -> None:
    status, out, err = run("a.txt", "--diff")
    assert status == 1
    assert out.splitlines()[:3] == ["--- a/a.txt", "+++ b/a.txt", "@@ -1,6 +1,6 @@"]
    assert err == "replylint: 1 Stelle würde verbessert (Dateien: 1).\n"
    assert loud.read_text(encoding="utf-8") == LOUD
    loud.write_text(LOUD.replace("!!", "."), encoding="utf-8")
    assert run("a.txt", "--diff", "--quiet") == (0, "", "")


def test_standard_input_comes_back_fixed(loud: Path) -> None:
    status, out, err = run("-", "--fix", "--quiet", input=LOUD.encode())
    assert (status, out) == (0, LOUD.replace("!!", "!"))
    assert err == ""
    status, out, _ = run("-", "--diff", "--stdin-filename", "b.txt", input=LOUD.encode())
    assert status == 1
    assert out.startswith("--- a/b.txt\n+++ b/b.txt\n")


def test_fix_and_diff_contradict_each_other(loud: Path) -> None:
    assert run("a.txt", "--fix", "--diff") == (
        2,
        "",
        "replylint: --fix und --diff widersprechen sich; bitte nur eines angeben.\n",
    )


def test_what_cannot_be_written_is_told_and_nothing_is_lost(loud: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: Path, before: bytes, after: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("replylint.cli.fixing.replace_file", forbidden)
    status, _, err = run("a.txt", "--fix")
    assert status == 2
    assert err.splitlines()[0] == (
        "replylint: a.txt: lässt sich nicht schreiben (die Berechtigung fehlt) und bleibt, wie es war."
    )
    assert loud.read_text(encoding="utf-8") == LOUD


def test_a_refusal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text("<p>Ihr Rad ist da!<b>!</b></p>\n", encoding="utf-8")
    _, _, err = run("a.html", "--fix", "--select", "shouting")
    assert err.splitlines()[0] == (
        "replylint: a.html:1:18: shouting: nicht automatisch verbessert: An dieser Stelle ließe sich die Datei nicht"
        " sicher ändern."
    )
