"""`replylint review`: driven through a pipe and through a pseudo-terminal."""

from __future__ import annotations

import codecs
import contextlib
import functools
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from replylint import fix as fix_module
from replylint import rules
from replylint.cli import main, review

DRAFT = """\
Guten Tag Frau Kern,

vielen Dank für Ihre Nachricht!! Das machen wir leider nicht. Wir melden uns
zeitnah.

Viele Grüße
Jana Petersen
"""
ONLY = ("--select", "negative-phrasing,shouting,vague-commitment", "--isolated")
BETTER = "Lassen Sie mich sehen, was wir tun können"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "REPLYLINT_DEBUG", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    Path("a.txt").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def _built_in_rules_loaded_once() -> Iterator[None]:
    load, kept = rules.load, functools.cache(rules.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "load", lambda packs, **_: kept(("de",)) if list(packs) == ["de"] else load(packs))
        yield


def answer(*lines: str, path: str = "a.txt", options: Sequence[str] = ONLY) -> Result:
    """The review of a file, with these lines as answers."""
    args = ("review", path, *options)
    result = CliRunner().invoke(main, args, prog_name="replylint", input="".join(f"{line}\n" for line in lines))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert max(map(len, result.stdout.splitlines()), default=0) <= 80
    return result


def content(path: str = "a.txt") -> str:
    return Path(path).read_bytes().decode("utf-8")


# Through a pipe


def test_a_finding_is_shown_with_its_neighbours_and_what_can_be_done() -> None:
    result = answer("x")
    assert result.stdout == (
        "\na.txt:3 · noch 3 Funde\n\n"
        "    Guten Tag Frau Kern,\n"
        "  ▸ vielen Dank für Ihre Nachricht>>!!<<\n"
        "    Das machen wir leider nicht.\n\n"
        "Warnung: „!!“ klingt laut, als würde jemand die Stimme heben. (shouting)\n\n"
        "  1  !\n\n"
        "1 übernehmen · e bearbeiten · s überspringen · i unterdrücken · w warum\n"
        "q beenden · x beenden, ohne zu sichern\n"
        "> \n"
        "Nichts geändert.\n"
    )
    assert (result.exit_code, content()) == (0, DRAFT)


def test_rewrites_are_taken_gaps_filled_and_all_saved_at_the_end() -> None:
    result = answer("1", "1", "1", "4. Mai", "q")
    assert content() == DRAFT.replace("!!", "!").replace("Das machen wir leider nicht", BETTER).replace(
        "Wir melden uns\nzeitnah", "Wir melden uns bis 4. Mai bei Ihnen"
    )
    assert result.stdout.endswith(
        "Das waren alle Funde. 3 Änderungen sind zu sichern.\n"
        "u zurück · q sichern und beenden · x beenden, ohne zu sichern\n> \na.txt: 3 Änderungen gesichert.\n"
    )
    assert result.exit_code == 0


def test_an_unfilled_gap_leaves_the_text() -> None:
    result = answer("s", "s", "1", "", "q")
    assert "Ohne die Angabe bleibt der Text, wie er ist." in result.stdout
    assert content() == DRAFT


def test_skipped_findings_do_not_come_back() -> None:
    result = answer("s", "", "s", "q")
    assert [line for line in result.stdout.splitlines() if "noch" in line] == [
        "a.txt:3 · noch 3 Funde",
        "a.txt:3 · noch 2 Funde",
        "a.txt:3 · noch 1 Fund",
    ]
    assert content() == DRAFT


def test_a_sentence_is_edited_by_hand() -> None:
    answer("s", "e", "Das geht  *so* „nicht“.", "q")
    assert content() == DRAFT.replace("Das machen wir leider nicht.", "Das geht  *so* „nicht“.")


def test_an_empty_edit_changes_nothing() -> None:
    answer("e", "", "e", "vielen Dank für Ihre Nachricht!!", "q")
    assert content() == DRAFT


def test_why_is_told_when_asked_for() -> None:
    assert "geschrien" in answer("w", "x").stdout.partition("> ")[2]


def test_undo_takes_decisions_back_one_by_one() -> None:
    answer("1", "s", "u", "1", "u", "u", "s", "1", "q")
    assert content() == DRAFT.replace("Das machen wir leider nicht", BETTER)


def test_undo_at_the_end() -> None:
    answer("1", "1", "s", "u", "u", "q")
    assert content() == DRAFT.replace("!!", "!")


def test_quitting_without_saving_leaves_the_file() -> None:
    result = answer("1", "1", "x")
    assert result.stdout.endswith("a.txt: Die Datei bleibt, wie sie war.\n")
    assert (result.exit_code, content()) == (0, DRAFT)


def test_saving_early_saves_what_was_done() -> None:
    answer("1", "q")
    assert content() == DRAFT.replace("!!", "!")


def test_input_that_ends_leaves_the_file() -> None:
    result = answer("1", "1")
    assert (result.exit_code, result.stderr, content()) == (130, "replylint: abgebrochen\n", DRAFT)


def test_what_is_no_key_is_asked_again() -> None:
    result = answer("9", "u", "hilfe", "x")
    assert result.stdout.count("> ") == 4


def test_missing_sentences_are_put_in_their_place() -> None:
    Path("a.html").write_text(
        "<p>Guten Tag Frau Kern,</p>\n<p>ja, das Rad ist da.</p>\n<p>Viele Grüße<br>Jana Petersen</p>\n",
        encoding="utf-8",
    )
    result = answer("1", "q", path="a.html", options=("--select", "missing-thanks", "--isolated"))
    assert "  → Hier fehlt etwas.\n" in result.stdout
    assert content("a.html") == (
        "<p>Guten Tag Frau Kern,</p>\n<p>vielen Dank für Ihre Nachricht.</p>\n<p>Ja, das Rad ist da.</p>\n"
        "<p>Viele Grüße<br>Jana Petersen</p>\n"
    )


def test_a_missing_sign_off_gets_its_name() -> None:
    Path("b.txt").write_text("Guten Tag Frau Kern,\n\nja, das Rad ist da.\n", encoding="utf-8")
    answer("1", "Jana Petersen", "q", path="b.txt", options=("--select", "missing-sign-off", "--isolated"))
    assert content("b.txt") == "Guten Tag Frau Kern,\n\nja, das Rad ist da.\n\nViele Grüße\nJana Petersen\n"


def test_what_the_file_cannot_take_is_told_and_asked_again() -> None:
    Path("a.html").write_text("<p>Guten Tag,</p><p>Das machen <b>wir</b> leider nicht.</p>\n", encoding="utf-8")
    result = answer("1", "s", "q", path="a.html")
    assert "Das geht hier nicht: Zwischen den Wörtern steht eine Auszeichnung" in result.stdout
    assert content("a.html") == "<p>Guten Tag,</p><p>Das machen <b>wir</b> leider nicht.</p>\n"


def test_a_library_is_gone_through_reply_by_reply() -> None:
    Path("a.json").write_text('[{"text": "Das geht so!!"}, {"text": "Und das geht auch!!"}]', encoding="utf-8")
    result = answer("s", "1", "q", path="a.json")
    assert "a.json:1 › $[0].text · noch 2 Funde" in result.stdout
    assert content("a.json") == '[{"text": "Das geht so!!"}, {"text": "Und das geht auch!"}]'


def test_a_file_without_findings() -> None:
    Path("a.txt").write_text("Guten Tag,\n\nja.\n", encoding="utf-8")
    result = answer()
    assert (result.exit_code, result.stdout) == (0, "a.txt: Alles in Ordnung.\n")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("-", "„review“ fragt auf der Standardeingabe; bitte eine Datei angeben."),
        (".", ". ist ein Ordner; „review“ geht eine Datei durch."),
        ("fehlt.txt", "fehlt.txt: gibt es nicht; bitte prüfen Sie den Pfad."),
        ("a.bin", "a.bin: ist kein Text, sondern enthält Binärdaten; bitte als Textdatei (UTF-8) speichern."),
        ("b.json", "b.json: ist kein gültiges JSON: Die Datei bricht in Zeile 1, Spalte 2 ab."),
    ],
)
def test_what_cannot_be_reviewed_is_told(path: str, message: str) -> None:
    Path("a.bin").write_bytes(b"\0\1")
    Path("b.json").write_text("[", encoding="utf-8")
    result = answer(path=path)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"replylint: {message}\n")


def test_in_english() -> None:
    result = answer("x", options=(*ONLY, "--lang", "en"))
    assert "1 take · e edit · s skip · i suppress · w why · q quit · x quit without saving\n" in result.stdout


def test_a_text_that_cannot_be_saved_is_kept(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    save = review._Desk.save

    def changed(desk: review._Desk) -> int:
        Path("a.txt").write_text("Von jemand anderem.", encoding="utf-8")
        return save(desk)

    monkeypatch.setattr(review._Desk, "save", changed)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    result = answer("1", "q")
    assert (result.exit_code, content()) == (2, "Von jemand anderem.")
    (kept,) = folder.glob("replylint-*.txt")
    assert kept.read_text(encoding="utf-8") == DRAFT.replace("!!", "!")
    assert result.stderr == (
        "replylint: a.txt: wurde inzwischen geändert und bleibt, wie sie ist; bitte noch einmal starten.\n"
        f"replylint: Ihr bearbeiteter Text liegt in {kept}.\n"
    )


def test_a_finding_is_suppressed_with_a_reason() -> None:
    Path("a.html").write_text("<p>Das geht so!!</p>\n", encoding="utf-8")
    result = answer("i", "", "i", "so gewollt", "q", path="a.html")
    assert "i unterdrücken" in result.stdout
    assert content("a.html") == "<p>Das geht so!!</p> <!-- replylint: ignore shouting (so gewollt) -->\n"


def test_where_no_comment_can_stand_that_is_told() -> None:
    Path("a.json").write_text('[{"text": "Hallo Tom, das Rad ist da!!"}]\n', encoding="utf-8")
    before = content("a.json")
    result = answer("i", "so gewollt", "x", path="a.json")
    assert "Nichts geändert" in result.stdout
    assert content("a.json") == before


def test_escapes_in_a_draft_do_nothing() -> None:
    Path("a.txt").write_text("Guten Tag \x9b31m,\n\nDas machen wir leider nicht \u202e jetzt.\n", encoding="utf-8")
    result = answer("x")
    assert not {"\x9b", "\u202e"} & set(result.stdout)


# At a terminal


class Terminal:
    """`replylint review` at a pseudo-terminal."""

    def __init__(self, *args: str, **environment: str) -> None:
        self.primary, secondary = pty.openpty()
        source = str(Path(fix_module.__file__).parents[1])
        env = {**os.environ, "PYTHONPATH": source, "TERM": "xterm", "COLUMNS": "80", **environment}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "replylint", "review", *args, *ONLY],
            stdin=secondary, stdout=secondary, stderr=secondary, env=env, start_new_session=True,
            preexec_fn=lambda: _take_terminal(secondary),
        )  # fmt: skip
        os.close(secondary)
        self.seen = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def until(self, words: str, interrupt: Callable[[], None] = lambda: None) -> str:
        """What is shown up to the next such words. An interrupt is given once more where nothing follows: one that
        comes just before Python waits for input is heard only with the next."""
        done = time.monotonic() + 30
        interrupt()
        while words not in self.seen:
            ready, _, _ = select.select([self.primary], [], [], 1)
            if not ready:
                assert time.monotonic() < done, f"no {words!r} in {self.seen!r}"
                interrupt()
                continue
            try:
                data = os.read(self.primary, 65536)
            except OSError:
                data = b""
            assert data, f"no {words!r} in {self.seen!r}"
            self.seen += self.decoder.decode(data)
        shown, _, self.seen = self.seen.partition(words)
        return shown + words

    def press(self, keys: str) -> None:
        with contextlib.suppress(OSError):  # it may have ended just now
            os.write(self.primary, keys.encode())

    def end(self) -> int:
        """The exit status."""
        while True:
            try:
                if not os.read(self.primary, 65536):
                    break
            except OSError:
                break
        status = self.child.wait(60)
        os.close(self.primary)
        return status


def _take_terminal(secondary: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background inherits it as ignored
    import fcntl
    import termios

    fcntl.ioctl(secondary, termios.TIOCSCTTY, 0)


def test_single_keys_and_colours_at_a_terminal() -> None:
    terminal = Terminal("a.txt")
    shown = terminal.until("\n> ")
    assert "\x1b[33;4mNachricht!!\x1b[0m" in shown
    assert ">>" not in shown
    terminal.press("1")
    terminal.until("noch 2 Funde")
    terminal.until("\n> ")
    terminal.press("s")
    terminal.until("noch 1 Fund")
    terminal.until("\n> ")
    terminal.press("1")
    terminal.until("Datum: ")
    terminal.press("4. Mai\r")
    terminal.until("Das waren alle Funde.")
    terminal.until("\n> ")
    terminal.press("q")
    terminal.until("gesichert")
    assert terminal.end() == 0
    assert content() == DRAFT.replace("!!", "!").replace(
        "Wir melden uns\nzeitnah", "Wir melden uns bis 4. Mai bei Ihnen"
    )


def test_a_line_is_edited_where_it_stands() -> None:
    terminal = Terminal("a.txt", NO_COLOR="1")
    assert ">>!!<<" in terminal.until("\n> ")
    terminal.press("s")
    terminal.until("noch 2 Funde")
    terminal.until("\n> ")
    terminal.press("e")
    terminal.until("tun können.")
    terminal.press("\x05 Und zwar bald.\r")
    terminal.until("noch 1 Fund")
    terminal.until("\n> ")
    terminal.press("q")
    assert terminal.end() == 0
    assert content() == DRAFT.replace("Das machen wir leider nicht.", f"{BETTER}. Und zwar bald.")


def test_an_editor_is_used_where_one_is_set(folder: Path) -> None:
    editor = folder / "editor.sh"
    editor.write_text('#!/bin/sh\nsleep 1.1\necho "Das geht anders." > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    terminal = Terminal("a.txt", EDITOR=str(editor))
    terminal.until("\n> ")
    terminal.press("s")
    terminal.until("noch 2 Funde")
    terminal.until("\n> ")
    terminal.press("e")
    terminal.until("noch 1 Fund")
    terminal.until("\n> ")
    terminal.press("q")
    assert terminal.end() == 0
    assert content() == DRAFT.replace("Das machen wir leider nicht.", "Das geht anders.")


@pytest.mark.parametrize("keys", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_an_interrupt_leaves_the_file(keys: str) -> None:
    terminal = Terminal("a.txt")
    terminal.until("\n> ")
    terminal.press("1")
    terminal.until("noch 2 Funde")
    terminal.until("\n> ")
    terminal.until("abgebrochen", lambda: terminal.press(keys))
    assert terminal.end() == 130
    assert content() == DRAFT


def test_an_interrupt_while_a_gap_is_filled_leaves_the_file() -> None:
    terminal = Terminal("a.txt")
    for _ in range(2):
        terminal.until("\n> ")
        terminal.press("1")
    terminal.until("\n> ")
    terminal.press("1")
    terminal.until("Datum: ")
    terminal.press("4. M")
    terminal.until("abgebrochen", lambda: terminal.press("\x03"))
    assert terminal.end() == 130
    assert content() == DRAFT


def test_a_signal_leaves_the_file() -> None:
    terminal = Terminal("a.txt")
    terminal.until("\n> ")
    terminal.press("1")
    terminal.until("\n> ")
    terminal.until("abgebrochen", lambda: terminal.child.send_signal(signal.SIGINT))
    assert terminal.end() == 130
    assert content() == DRAFT


def test_a_teletype_is_asked_line_by_line() -> None:
    terminal = Terminal("a.txt", TERM="dumb")
    shown = terminal.until("\n> ")
    assert "\x1b" not in shown
    terminal.press("1\n")
    terminal.until("noch 2 Funde")
    terminal.until("\n> ")
    terminal.press("q\n")
    terminal.until("gesichert")
    assert terminal.end() == 0
    assert content() == DRAFT.replace("!!", "!")
