"""The whole path with a real LanguageTool, which Maven fetches: mails with mistakes, positions, fixes, false alarms.

Where there is no Java or no Maven, a contributor's run skips all of this and says so; CI fails."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from folders import put, run
from languagetool_server import classpath, running

from replylint.draft import Draft
from replylint.engines import EngineError
from replylint.examples import run_rule
from replylint.german.languagetool import LanguageTool, Options, Passage
from replylint.german.languagetool_local import LocalServer
from replylint.linter import Linter, Settings
from replylint.rules import RuleSet, load
from replylint.source import Source, SourceMap, Span

PATIENCE = 300  # seconds; the first German text takes its time on a busy machine


@pytest.fixture(scope="module")
def jars(tmp_path_factory: pytest.TempPathFactory) -> str:
    return classpath(tmp_path_factory.mktemp("maven"))


@pytest.fixture(scope="module")
def server(jars: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(jars, tmp_path_factory.mktemp("languagetool")) as address:
        yield address


@pytest.fixture(scope="module")
def tool(server: str) -> Iterator[LanguageTool]:
    with LanguageTool(Options(server=server, timeout=PATIENCE, parallel=2)) as tool:
        yield tool


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load(["de"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str) -> Path:
    monkeypatch.chdir(tmp_path)
    put({"replylint.toml": f'[languagetool]\nserver = "{server}/v2"\ntimeout = {PATIENCE}\nparallel = 2\n'})
    return tmp_path


def quotes(ruleset: RuleSet, tool: LanguageTool, text: str) -> list[str | None]:
    draft = Draft(Source("entwurf.txt", text), text, SourceMap.identity(len(text)))
    return [found.quote for found in Linter(ruleset, Settings(select=("grammar",)), tool).check(draft)]


def document(*args: str) -> Any:
    result = run("check", *args, "--select", "grammar", "--format", "json")
    assert result.stderr == ""
    return json.loads(result.stdout)


def test_the_examples_of_the_check(ruleset: RuleSet, tool: LanguageTool) -> None:
    assert run_rule(ruleset, ruleset.rules["grammar"], languagetool=tool) == []


HTML = (
    "<!DOCTYPE html>\n<html><body>\n<p>Guten Tag Frau <b>Kowalczyk</b>,</p>\n"
    "<p>👍 die <i>Rechung</i> vom M&auml;rz ist gepr&uuml;ft, {{ agent.name }} hat sie bezahlt. Es tut uns leid dass Sie warten "
    "mussten.<br>Unser Techniker kommt zu Ihnen nach hause.</p>\n"
    "<p>Freundliche Gr&uuml;&szlig;e<br>Ursina Zbinden<br>Murstrom</p>\n"
    "<blockquote>Wo bleibt meine Rechnug?</blockquote>\n</body></html>\n"
)


def test_a_mail_in_html(folder: Path) -> None:
    put({"mail.html": HTML})
    [file] = document("mail.html")["files"]
    found = [(each["quote"], HTML[each["start"]["offset"] : each["end"]["offset"]]) for each in file["findings"]]
    assert found == [("Rechung", "Rechung"), ("leid dass", "leid dass"), ("hause", "hause")]
    assert [each["rewrites"][0]["text"] for each in file["findings"]] == ["Rechnung", "leid, dass", "Hause"]
    assert [each["severity"] for each in file["findings"]] == ["warning", "suggestion", "suggestion"]
    assert [each["start"]["line"] for each in file["findings"]] == [4, 4, 4]
    assert run("check", "mail.html", "--select", "grammar", "--fix").exit_code == 1
    assert Path("mail.html").read_text(encoding="utf-8") == HTML, "nothing of this is safe"
    fixed = run("check", "mail.html", "--select", "grammar", "--unsafe-fixes")
    assert (fixed.exit_code, fixed.stderr.count("grammar:")) == (0, 0)
    assert Path("mail.html").read_text(encoding="utf-8") == (
        HTML.replace("Rechung", "Rechnung").replace("leid dass", "leid, dass").replace("hause", "Hause")
    )


def test_a_mail_with_history(folder: Path) -> None:
    mail = (
        "From: service@example.org\nTo: kern@example.com\nSubject: Ihre Rechung\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        "Guten Tag Frau Kern,\n\nIhre Reperatur ist fertig 🙂 Sie können das Rad abholen.\n\n"
        "Freundliche Grüße\nJana Lundhaus\n-- \nLundhaus Möbbel\n\n"
        "Am 3. Mai 2026 um 10:00 schrieb Eva Kern:\n> Wann ist die Reperatur ferttig?\n"
    )
    put({"mail.eml": mail})
    [file] = document("mail.eml")["files"]
    [found] = file["findings"]
    assert (found["quote"], found["rewrites"][0]["text"]) == ("Reperatur", "Reparatur")
    assert found["start"]["line"] == mail[: mail.index("Reperatur")].count("\n") + 1


def test_positions_past_emoji(tool: LanguageTool) -> None:
    text = "👍👩‍💻 Die Rechung 🙈 {{x}} ist da, und die Rechung bleibt da. 🎉"
    hidden = ((Span(text.index("{{x}}"), text.index("}}") + 2), "Xyz"),)
    [found] = tool.check([Passage(text, Span(0, len(text)), "de-DE", hidden)])
    places = [each.span for each in found if each.rule == "GERMAN_SPELLER_RULE"]
    first, second = text.index("Rechung"), text.rindex("Rechung")
    assert places == [Span(first, first + 7), Span(second, second + 7)]


def test_a_long_draft_in_pieces(ruleset: RuleSet, tool: LanguageTool) -> None:
    paragraph = "Wir haben alles geprüft und melden uns am Montag bei Ihnen. Bitte warten Sie so lange ab. "
    text = "Guten Tag Frau Kern,\n\nwir fangen an.\n\n" + (paragraph * 3 + "\n\n") * 40 + "Die Reperatur ist fertig.\n"
    assert len(text) > 10_000
    assert quotes(ruleset, tool, text) == ["Reperatur"]


@pytest.mark.parametrize(
    "text",
    [
        "Hey ihr beiden,\n\ndanke für eure Nachricht. Das Paket ist da.\n\nLG\nFiete",
        "Guten Tag Frau Kern,\n\nbitte bringen Sie mit:\n- den Ausweis\n- die Karte der Krankenkasse\n\nFreundliche Grüße\nJana",
        "Hallo {{ customer.name }},\n\nIhre Bestellung {{ number }} vom {{ date }} kostet {{ price }} €.\n\nViele Grüße",
        "Grüezi Frau Zbinden\n\nVielen Dank für Ihre Anfrage. Die «Züri-Karte» kostet CHF 20.\n\nFreundliche Grüsse\nReto Imboden",
        "Hallo Du,\n\nwir haben Dir Dein Rad bereitgestellt. Du kannst es morgen abholen.\n\nViele Grüße\nJana",
        "Sehr geehrte Frau Mag. Hofstätter,\n\nIhr Termin ist am 8. Jänner. Wir freuen uns auf Sie.\n\nFreundliche Grüße\nMurstrom",
        "Liebe Familie Oschmann,\n\nschreiben Sie an max@muster-lundhaus.example oder rufen Sie an, Mo–Fr 8–18 Uhr.\n\nVG\nPiet",
    ],
)
def test_mails_without_mistakes(ruleset: RuleSet, tool: LanguageTool, text: str) -> None:
    assert quotes(ruleset, tool, text) == []


def test_variants_are_told_apart(tool: LanguageTool) -> None:
    text = "Vielen Dank für die Grüsse aus der Bahnhofstrasse."
    german, swiss = tool.check([Passage(text, Span(0, len(text)), language) for language in ("de-DE", "de-CH")])
    assert [text[each.span.start : each.span.end] for each in german][:1] == ["Grüsse"]
    assert swiss == ()


@pytest.fixture
def installed(jars: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package finds an installed LanguageTool in a folder: here one whose jar only names those from Maven."""
    version = next(name for name in jars.split(os.pathsep) if "languagetool-server" in name).rsplit("-", 1)[1]
    installed = tmp_path / "lt" / f"LanguageTool-{version.removesuffix('.jar')}"
    installed.mkdir(parents=True)
    line = "Class-Path: " + " ".join(Path(jar).as_uri() for jar in jars.split(os.pathsep))
    # A line of a manifest has 72 bytes at most; what goes on in the next begins with a blank.
    wrapped = line[:70] + "".join(f"\r\n {line[at : at + 70]}" for at in range(70, len(line), 70))
    with zipfile.ZipFile(installed / "languagetool-server.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\r\n{wrapped}\r\n\r\n")
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "lt"))
    monkeypatch.chdir(tmp_path)
    put(
        {
            "replylint.toml": f"[languagetool]\nlocal = true\ntimeout = {PATIENCE}\n",
            "a.txt": "Guten Tag Frau Kern,\n\ndie Reperatur ist fertig.\n\nFreundliche Grüße\nJana Petersen\n",
        }
    )


@pytest.mark.usefixtures("installed")
def test_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[LocalServer] = []
    launch = LocalServer._launched

    def noted(command: list[str], port: int) -> LocalServer:
        launched.append(launch(command, port))
        return launched[-1]

    monkeypatch.setattr(LocalServer, "_launched", noted)
    result = run("check", "a.txt", "--select", "grammar", "--format", "concise")
    assert result.exit_code == 1, result.stderr
    assert result.stdout.startswith("a.txt:3:5: warning grammar")
    assert result.stderr == "replylint: LanguageTool wird gestartet …\n"
    [own] = launched
    assert own.process.returncode is not None, "it is stopped at the end"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_of_ones_own_ends_with_its_run(number: int) -> None:
    script = (
        "import time\nfrom replylint.german.languagetool import LanguageTool, Options\n"
        "with LanguageTool(Options(local=True)) as tool:\n"
        "    tool._ready()\n    print(tool._local.process.pid, flush=True)\n    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        server = int(process.stdout.readline())
        os.kill(server, 0)
        process.send_signal(number)
        process.wait(20)
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_a_server_of_ones_own_that_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java here")
    installed = tmp_path / "lt" / "LanguageTool-6.8"
    installed.mkdir(parents=True)
    with zipfile.ZipFile(installed / "languagetool-server.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n")
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "lt"))
    monkeypatch.chdir(tmp_path)
    put({"replylint.toml": "[languagetool]\nlocal = true\n", "a.txt": "Guten Tag,\n\nalles ist da.\n"})
    result = run("check", "a.txt", "--select", "grammar")
    assert result.exit_code == 2
    assert "replylint: grammar: LanguageTool ließ sich nicht starten (" in result.stderr
    assert "HTTPServer" in result.stderr


def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lt" / "LanguageTool-6.8").mkdir(parents=True)
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "lt"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    put({"replylint.toml": "[languagetool]\nlocal = true\n", "a.txt": "Guten Tag,\n\nalles ist da.\n"})
    for lang, words in (
        ("de", "LanguageTool braucht Java 17 oder neuer"),
        ("en", "LanguageTool needs Java 17 or newer"),
    ):
        result = run("check", "a.txt", "--select", "grammar", "--lang", lang)
        assert result.exit_code == 2
        assert words in result.stderr


def test_a_download_is_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the package goes to the network for it; here it gets no further than that."""
    from language_tool_python import download_lt

    said = []

    def get(*args: object, **more: object) -> None:
        import requests

        said.append("download")
        raise requests.ConnectionError("no network")

    monkeypatch.setenv("LTP_PATH", str(tmp_path / "lt"))
    monkeypatch.setattr(download_lt, "confirm_java_compatibility", lambda version: None)
    monkeypatch.setattr(download_lt.LocalLanguageTool, "_get_remote_zip", get)
    with pytest.raises(EngineError, match="no network") as caught:
        LocalServer.started(lambda what, **values: said.append(what))
    assert caught.value.what == "grammar-download-failed"
    assert said == ["grammar-download", "download"]
