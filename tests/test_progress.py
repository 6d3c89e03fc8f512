"""The state of a long run: on a terminal only, after a while only, never in the middle of a message."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest
from folders import REFUSAL, put, run

from replylint.cli import app
from replylint.cli.progress import Progress

CLEAR = "\r\x1b[K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    # Not a fixture: pytest sets its own stderr anew when the test itself begins.
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def progress(*times: float, quiet: bool = False, lang: str = "de") -> Progress:
    """A run of as many inputs as times, the first of them its beginning."""
    ticks = iter([times[0], *(each for time in times[1:] for each in (time, time))])

    def clock() -> float:
        return next(ticks)

    return Progress(len(times) - 1, lang, quiet=quiet, clock=clock)


def steps(state: Progress) -> Iterator[int]:
    with state:
        for number in range(state.total):
            yield number
            state.step()


def test_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    list(steps(progress(0, 2.5, 3.0)))
    assert terminal.getvalue() == (f"{CLEAR}1 von 2 Dateien gelesen{CLEAR}2 von 2 Dateien gelesen{CLEAR}"), (
        "and gone at the end"
    )


def test_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    list(steps(progress(0, 2.5, lang="en")))
    assert terminal.getvalue() == f"{CLEAR}1 of 1 files read{CLEAR}"


def test_a_message_has_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    for number in steps(progress(0, 2.5, 3.0)):
        if number == 1:
            app.say("a.txt: fehlt.")
    assert terminal.getvalue() == (
        f"{CLEAR}1 von 2 Dateien gelesen{CLEAR}replylint: a.txt: fehlt.\n{CLEAR}2 von 2 Dateien gelesen{CLEAR}"
    )
    assert app.before_saying is None


def test_it_is_gone_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    with pytest.raises(KeyboardInterrupt), progress(0, 2.5) as state:
        state.step()
        raise KeyboardInterrupt
    assert terminal.getvalue() == f"{CLEAR}1 von 1 Dateien gelesen{CLEAR}"
    assert app.before_saying is None


def test_a_short_run_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    with Progress(1, "de", quiet=False, clock=lambda: 0.0) as state:
        state.step()
    assert terminal.getvalue() == ""


def test_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    list(steps(progress(0, 2.5, quiet=True)))
    assert terminal.getvalue() == ""


def test_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    list(steps(progress(0, 2.5, 9.0)))
    assert stream.getvalue() == ""


def test_the_command_shows_it(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from replylint.cli import main
    from replylint.cli import progress as module

    monkeypatch.chdir(str(tmp_path))
    put({"a.txt": REFUSAL, "b.txt": REFUSAL})
    assert run("check", "a.txt", "b.txt", "c.txt").stderr == (
        "replylint: c.txt: gibt es nicht; bitte prüfen Sie den Pfad.\n"
    )
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    terminal = at_terminal(monkeypatch)
    with pytest.raises(SystemExit):
        main(["check", "a.txt", "b.txt", "c.txt", "--output", "x.txt"], prog_name="replylint")
    assert terminal.getvalue().startswith(f"{CLEAR}1 von 3 Dateien gelesen")
    assert f"{CLEAR}replylint: c.txt: gibt es nicht; bitte prüfen Sie den Pfad.\n" in terminal.getvalue()
