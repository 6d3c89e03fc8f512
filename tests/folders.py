"""A folder of one's own for a test, and the command run in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from replylint.cli import main

REFUSAL = "Guten Tag Frau Kern,\n\neine Rückerstattung können wir Ihnen leider nicht anbieten.\n\nViele Grüße\nJana Petersen\n"
DU = "Hallo Anna,\n\nvielen Dank für deine Nachricht. Dein Rad ist fertig, du kannst es morgen abholen.\n\nViele Grüße\nJana Petersen\n"
SIE = "Guten Tag Frau Kern,\n\nvielen Dank für Ihre Nachricht. Ich habe Ihnen das Rad bereitgestellt.\n\nViele Grüße\nJana Petersen\n"


def put(files: dict[str, str]) -> None:
    """Write files, with the folders that they are in."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(*args: str, input: str | None = None) -> Result:
    """Run the program; what it doesn't catch itself fails the test."""
    result = CliRunner().invoke(main, args, prog_name="replylint", input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def document(*args: str, input: str | None = None) -> Any:
    """The JSON report of `check`."""
    import json

    return json.loads(run("check", *args, "--format", "json", input=input).stdout)


def paths(*args: str) -> list[str]:
    """The files that `check` reads."""
    return [file["path"] for file in document(*args)["files"]]
