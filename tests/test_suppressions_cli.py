"""Suppressions at the command line: in reports, in fixes, and from the configuration."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from replylint.cli import main

REFUSED = "Das machen wir nicht."
FINE = "Ihr Paket ist heute angekommen."
CHECKS = ("--select", "negative-phrasing,emoticon,suppressions")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "REPLYLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*args: str, input: str | None = None) -> Result:
    result = CliRunner().invoke(main, args, prog_name="replylint", input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def test_the_exit_status_and_the_summary() -> None:
    write("a.txt", f"# replylint: ignore negative-phrasing\n{REFUSED}\n")
    result = run("check", "a.txt", *CHECKS)
    assert (result.exit_code, result.stdout) == (0, "1 Entwurf: Alles in Ordnung, 1 unterdrückt\n")
    assert json.loads(run("check", "a.txt", *CHECKS, "--format", "json").stdout)["summary"]["suppressed"] == 1
    write("a.txt", f"# replylint: ignore negative-phrasing bis 2020-01-31\n{REFUSED}\n")
    result = run("check", "a.txt", *CHECKS, "--format", "concise")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.txt:1:1: warning expired-suppression Diese Ausnahme ist abgelaufen: Sie galt bis 2020-01-31.",
        "a.txt:2:1: warning negative-phrasing „Das machen wir nicht“ sagt nur, was nicht geht.",
    ]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.txt",
            f"# replylint: ignore emoticon, blame, negative-phrasing (x)\r\nBis bald :-)\r\n# replylint: on\r\nJa :-)\r\n{FINE}",
            f"# replylint: ignore emoticon, blame (x)\r\nBis bald :-)\r\nJa\r\n{FINE}",
        ),
        (
            "a.md",
            f"{FINE} <!-- replylint: ignore emoticon -->\n\n<!-- replylint: off nix -->\n\n{FINE}\n",
            f"{FINE}\n\n\n{FINE}\n",
        ),
        (
            "a.yaml",
            f"# replylint: ignore nix\n- text: | # replylint: ignore emoticon\n    {FINE}\n    {{# replylint: on #}}\n    {FINE}\n",
            f"- text: |\n    {FINE}\n    {FINE}\n",
        ),
        ("a.json", f'[{{"text": "{FINE}\\n{{# replylint: on #}}\\n{FINE}"}}]', f'[{{"text": "{FINE}\\n{FINE}"}}]'),
        (
            "a.csv",
            f'title,text\nA,"{FINE}\n{{# replylint: on #}}\n{FINE}"\nB,"{FINE}"\n',
            f'title,text\nA,"{FINE}\n{FINE}"\nB,"{FINE}"\n',
        ),
        (
            "a.eml",
            f"Subject: A\nContent-Transfer-Encoding: quoted-printable\n\n{FINE}\n# replylint: ignore nix (=C3=BC)\n{FINE}=20\n",
            f"Subject: A\nContent-Transfer-Encoding: quoted-printable\n\n{FINE}\n{FINE}=20\n",
        ),
        (
            "a.po",
            f'# replylint: ignore emoticon\nmsgid "a"\nmsgstr "{FINE}"\n',
            f'msgid "a"\nmsgstr "{FINE}"\n',
        ),
    ],
    ids=lambda text: text if len(text) < 8 else "",
)
def test_fix_takes_out_what_is_not_needed(name: str, before: str, after: str) -> None:
    path = write(name, before)
    diff = run("check", name, "--diff", *CHECKS)
    assert diff.exit_code == 1
    assert diff.stdout.startswith(f"--- a/{name}\n+++ b/{name}\n")
    assert path.read_bytes() == before.encode()
    result = run("check", name, "--fix", *CHECKS)
    assert path.read_bytes() == after.encode(), result.stderr
    again = run("check", name, "--fix", *CHECKS)
    assert path.read_bytes() == after.encode()
    assert "suppression" not in again.stdout


def test_fix_leaves_alone_what_is_suppressed_and_what_is_malformed() -> None:
    text = "# replylint: ignore emoticon (so gewollt)\nBis bald :-)\n# replylint: ignroe emoticon\nBis morgen!\n"
    path = write("a.txt", text)
    result = run("check", "a.txt", "--fix", "--unsafe-fixes", *CHECKS)
    assert path.read_text(encoding="utf-8") == text
    assert "malformed-suppression" in result.stdout


def test_fix_of_standard_input() -> None:
    result = run("check", "-", "--fix", *CHECKS, input=f"# replylint: on\n{FINE}\n")
    assert result.stdout == f"{FINE}\n"


# In the configuration

LIBRARY = [
    {"title": "Absage", "text": REFUSED},
    {"title": "Zusage", "text": f"{FINE} :-)"},
    {"title": "Nein", "text": REFUSED},
]


def library(*tables: str) -> Result:
    write("makros.json", json.dumps({"macros": LIBRARY}, ensure_ascii=False))
    write("replylint.toml", "".join(f"[[suppressions]]\n{table}\n" for table in tables))
    return run("check", "makros.json", "--format", "json", *CHECKS)


def left(result: Result) -> list[str]:
    document = json.loads(result.stdout)
    return [finding["draft"] for file in document["files"] for finding in file["findings"]]


def test_by_reply_key() -> None:
    result = library('files = "*.json"\nkeys = ["$.macros[0].text", "Zu*"]\nreason = "Wortlaut der Rechtsabteilung"')
    assert (result.exit_code, left(result), result.stderr) == (1, ["$.macros[2].text"], "")
    assert json.loads(result.stdout)["summary"]["suppressed"] == 2


def test_those_that_have_expired_or_are_not_needed_are_told() -> None:
    result = library(
        'files = "*.json"\nkeys = "Absage"\nchecks = "tone"\nuntil = 2020-01-31',
        'files = "*.json"\nkeys = "Zusage"\nchecks = "negative-phrasing"',
        'files = "*.yaml"',
        'files = "makros.json"\nchecks = "emoticon"\nuntil = 2999-12-31',
    )
    assert left(result) == ["$.macros[0].text", "$.macros[2].text"]
    assert result.stderr.splitlines() == [
        "replylint: replylint.toml:1: Diese Ausnahme galt bis 2020-01-31; was sie ausnahm, wird wieder gemeldet.",
        "replylint: replylint.toml:6: Diese Ausnahme wird nicht gebraucht: In den geprüften Antworten gibt es keinen Fund dazu.",
    ]


def test_a_check_that_does_not_exist_is_an_error_of_the_configuration() -> None:
    result = library('files = "*.json"\nchecks = ["emotikon"]')
    assert result.exit_code == 2
    assert (
        "replylint.toml:3: „checks“: Eine Prüfung oder Kategorie „emotikon“ gibt es nicht. Meinten Sie „emoticon“?"
        in result.stderr
    )


def test_fix_leaves_alone_what_the_configuration_suppresses() -> None:
    library('files = "*.json"\nkeys = "Zusage"')
    before = Path("makros.json").read_bytes()
    run("check", "makros.json", "--fix", *CHECKS)
    assert Path("makros.json").read_bytes() == before


def test_the_baseline_of_the_configuration() -> None:
    Path("a").mkdir()
    write("a/replylint.toml", 'baseline = "bekannt.json"\nfix = true\n')
    before = f"{REFUSED} :-)\n"
    path = write("a/x.txt", before)
    result = run("baseline", "a", *CHECKS)
    assert result.stdout == "a/bekannt.json: 2 Funde in 1 Datei festgehalten.\n"
    # It only reads what it records, whatever the configuration says of fixes.
    assert path.read_text() == before
    assert run("check", "a", "--no-fix", *CHECKS).stdout == "1 Entwurf: Nichts Neues, 2 bekannt (Baseline)\n"
    os.chdir("a")
    assert run("check", ".", "--no-fix", *CHECKS).stdout == "1 Entwurf: Nichts Neues, 2 bekannt (Baseline)\n"


def test_explain_shows_them() -> None:
    result = run("explain", "unused-suppression")
    assert result.exit_code == 0
    assert "# replylint: ignore blame" in result.stdout
    assert "Streichen: # replylint: ignore blame" in result.stdout
