"""Questions to the person at the terminal: single keys where it has them, else lines."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Sequence

import click


def by_keys() -> bool:
    """Whether single keys can be read: at a terminal that is more than a teletype."""
    return (
        sys.stdin is not None
        and sys.stdin.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM", "") not in ("", "dumb")
    )


def key(prompt: str, choices: Sequence[str]) -> str:
    """One of the `choices`; Enter is "". What is none of them is asked again.

    Raises EOFError where nothing more comes, KeyboardInterrupt for Ctrl-C."""
    while True:
        if by_keys():
            click.echo(prompt, nl=False)
            pressed = _pressed()
            answer = "" if pressed in ("\r", "\n") else pressed.lower()
            click.echo(answer if answer.isprintable() else "")
        else:
            answer = line(prompt).lower()
        if answer in choices:
            return answer


def _pressed() -> str:
    """A key. Unlike click's own, what was typed ahead is heard. Raises EOFError for Ctrl-D."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return click.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        data = os.read(terminal, 1)
        while data[:1] == b"\x1b" and select.select([terminal], [], [], 0)[0]:
            data += os.read(terminal, 1)  # an arrow and the like is one key, and none of ours
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    if data in (b"", b"\x04"):
        raise EOFError
    return data.decode("utf-8", "replace")


def line(prompt: str, text: str = "") -> str:
    """A line, with `text` to begin with where the terminal can do that; without surrounding white space.

    Raises EOFError where nothing more comes, KeyboardInterrupt for Ctrl-C."""
    if text and by_keys():
        try:
            import readline
        except ImportError:  # Windows
            return input(prompt).strip() or text
        readline.set_startup_hook(lambda: readline.insert_text(text))
        try:
            return input(prompt).strip()
        finally:
            readline.set_startup_hook()
    click.echo(prompt, nl=False)
    read = sys.stdin.readline() if sys.stdin is not None else ""
    if not read:
        click.echo()
        raise EOFError
    if not sys.stdin.isatty():
        click.echo()  # nobody sees what came through a pipe
    return read.strip()


def edited(prompt: str, text: str) -> str | None:
    """`text` as the person edits it: in their editor where one is set, else in the line. None where they leave it: an
    editor closed without saving, an empty line."""
    if by_keys() and (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        changed = click.edit(text, extension=".txt")
        return changed.strip("\r\n") or None if changed is not None else None
    return line(prompt, " ".join(text.split())) or None
