"""Several processes: the same report, and no process that fails takes more with it than its draft."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from folders import REFUSAL, put, run

from replylint import linter as linting
from replylint import parallel
from replylint.draft import Draft
from replylint.engines import CrashError, DraftError
from replylint.linter import Linter, Recipe, Settings
from replylint.parallel import Chunk, Pool
from replylint.source import Source, SourceMap

CORPUS = Path(__file__).parent / "corpus" / "dev_a.yaml"
# A kind of check that ends its process, or raises, over certain words.
PLUGIN = """
import os, sys
from replylint.checks.base import Hit

KEYS = ("words",)

class Fatal:
    entries = ()

    def run(self, context):
        text = context.draft.text
        if "STIRB" in text:
            os._exit(7)
        if "WIRF" in text:
            raise ValueError("ging nicht")
        return []

def parse(fields, workshop):
    return Fatal()
"""
RULE = """id: fatal
kind: fatal
category: own
severity: error
message: {de: Nein., en: No.}
why: {de: Weil., en: Because.}
words: x
examples:
  - bad: Das ist das Rad.
    at: das Rad
  - good: Ein Rad.
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(linting, "PAYS", 0)
    monkeypatch.setattr(parallel, "CHUNK", 2000)


@pytest.fixture
def fatal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    put(
        {
            "site/fatal_plugin.py": PLUGIN,
            "site/fatal-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: fatal\nVersion: 1\n",
            "site/fatal-1.dist-info/entry_points.txt": "[replylint.kinds]\nfatal = fatal_plugin\n",
            "regeln/fatal.yaml": RULE,
            "replylint.toml": 'rules = ["de", "./regeln"]\nplugins = ["fatal"]\n',
        }
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield
    sys.modules.pop("fatal_plugin", None)


def drafts() -> list[str]:
    return [each["text"] for each in yaml.safe_load(CORPUS.read_text(encoding="utf-8"))]


def tree() -> None:
    """Files of all sorts, with all that can be said of them."""
    texts = drafts()
    library = {"macros": [{"title": f"Antwort {number}", "text": text} for number, text in enumerate(texts)]}
    put(
        {
            **{f"a/{number:02}.txt": text for number, text in enumerate(texts[:15])},
            "a/leer.txt": " \n",
            "a/kaputt.json": '{"macros": [',
            "a/kommentar.txt": REFUSAL.replace("eine Rück", "# replylint: ignore negative-phrasing, blame\neine Rück"),
            "a/seite.html": "<p>Guten Tag Frau Kern,</p><p>das machen wir <b>leider</b> nicht.</p><p>Viele Grüße<br>Jana Petersen</p>",
            "b.json": json.dumps(library, ensure_ascii=False, indent=1),
            "c.json": json.dumps({"macros": [{"text": "Hallo {{ticket.name}}, {{ticket.name}}, das machen wir nicht."},
                                             {"text": "Hallo #{ticket.name}, das geht nicht."}]}),
            "chat/replylint.toml": 'address = "du"\nfacts = {channel = "chat"}\nfail-on = "never"\n'
            '[[suppressions]]\nfiles = ["*.txt"]\nchecks = ["negative-phrasing"]\n'
            '[[suppressions]]\nfiles = ["*.txt"]\nchecks = ["shouting", "blame"]\nuntil = 2020-01-01\n',
            "chat/x.txt": REFUSAL,
        }
    )  # fmt: skip
    Path("a/binaer.txt").write_bytes(b"\x00\x01\x02")


@pytest.mark.parametrize("options", [["--statistics"], ["--verbose", "--format", "concise"], ["--fix"], ["--diff"]])
def test_the_same_as_with_one(options: list[str]) -> None:
    answers = []
    for jobs in ("1", "2"):
        tree()
        result = run("check", ".", "gibtsnicht.txt", "--jobs", jobs, *options)
        answers.append((result.stdout, result.stderr, result.exit_code, Path("a/00.txt").read_bytes()))
    assert answers[0] == answers[1]
    assert "gibtsnicht.txt" in answers[0][1]


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_the_same_report(name: str) -> None:
    tree()
    one, two = (run("check", ".", "--jobs", jobs, "--format", name).stdout for jobs in ("1", "2"))
    assert one == two
    assert "b.json" in one


def test_the_same_baseline() -> None:
    tree()
    run("baseline", "a", "b.json")
    put({"a/00.txt": REFUSAL})
    one, two = (
        run("check", "a", "b.json", "--baseline", "replylint-baseline.json", "--jobs", jobs) for jobs in ("1", "2")
    )
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)


def test_a_library_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    tree()
    sent: list[int] = []
    submit = Pool.submit

    def counted(self: Pool, chunk: Chunk) -> None:
        sent.append(len(chunk.drafts))
        submit(self, chunk)

    monkeypatch.setattr(Pool, "submit", counted)
    one, two = (run("check", "b.json", "--jobs", jobs).stdout for jobs in ("1", "2"))
    assert one == two
    assert len(sent) > 2 and sum(sent) == len(drafts())


def test_few_are_left_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linting, "PAYS", 10_000)
    monkeypatch.setattr(Pool, "submit", None)
    put({f"{number}.txt": REFUSAL for number in range(5)})
    assert run("check", ".", "--jobs", "4").exit_code == 1
    assert run("check", "-", "--jobs", "4", input=REFUSAL * 200).exit_code == 1


def test_auto_is_one_for_each_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    init = Pool.__init__

    def noted(self: Pool, recipes: list[Recipe], linters: list[Linter], jobs: int) -> None:
        asked.append(jobs)
        init(self, recipes, linters, jobs)

    monkeypatch.setattr(Pool, "__init__", noted)
    put({f"{number}.txt": REFUSAL for number in range(3)})
    for processors in (3, 1, 64):
        monkeypatch.setattr(parallel, "available", lambda processors=processors: processors)
        run("check", ".")
    assert asked == [3, parallel.MOST], "with one processor there is one process"
    put({"replylint.toml": "jobs = 5\n"})
    run("check", ".")
    assert asked[2:] == [5]


def test_a_wrong_number() -> None:
    put({"a.txt": REFUSAL})
    for wrong in ("0", "-1", "zwei", "1.5"):
        result = run("check", "a.txt", "--jobs", wrong)
        assert (result.exit_code, result.stderr) == (
            2,
            f"replylint: --jobs „{wrong}“: erwartet wird eine Zahl ab 1, oder „auto“.\n",
        )


@pytest.mark.usefixtures("fatal")
def test_a_process_that_dies_takes_one_file_with_it() -> None:
    texts = drafts()
    put({f"a/{number:02}.txt": text for number, text in enumerate(texts[:12])})
    put({"a/05.txt": "Guten Tag,\n\nSTIRB.\n", "a/07.txt": "Guten Tag,\n\nWIRF.\n"})
    result = run("check", "a", "--config", "replylint.toml", "--jobs", "2", "--format", "json")
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    internal = "unerwarteter Fehler (ValueError: ging nicht); das liegt an replylint, nicht an Ihrem Text."
    assert [each["path"] for each in document["failures"]] == ["a/05.txt", "a/07.txt"]
    assert "Exit-Status 7" in document["failures"][0]["message"]
    assert document["failures"][1]["message"].startswith(internal)
    assert [file["path"] for file in document["files"]] == [f"a/{n:02}.txt" for n in range(12) if n not in (5, 7)]
    Path("a/05.txt").unlink()
    one, two = (run("check", "a", "--config", "replylint.toml", "--jobs", jobs) for jobs in ("1", "2"))
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)


@pytest.mark.usefixtures("fatal")
def test_too_many_that_die_end_the_run() -> None:
    put({f"a/{number:02}.txt": "Guten Tag,\n\nSTIRB.\n" for number in range(40)})
    result = run("check", "a", "--config", "replylint.toml", "--jobs", "2", "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.count("not checked") == 40
    assert "too many processes have died" in result.stderr


def chunk_of(*texts: str) -> Chunk:
    chunk = Chunk(0)
    for text in texts:
        chunk.add(Draft(Source("x.txt", text), text, SourceMap.identity(len(text))))
    return chunk


def pool(jobs: int = 1) -> Pool:
    recipe = Recipe(("de",), (), Settings(), cached=True)
    return Pool([recipe], [recipe.linter()], jobs)


def test_a_process_that_is_killed() -> None:
    with pool() as shared:
        chunk = chunk_of(REFUSAL)
        shared.submit(chunk)
        assert shared.result(chunk, 0) == shared.linters[0].check(chunk.drafts[0])
        [worker] = shared._workers
        worker.process.kill()
        after = chunk_of(REFUSAL, REFUSAL)
        shared.submit(after)
        assert len(shared.result(after, 1)) == len(shared.result(after, 0)) > 0
        assert shared.unfinished == 0
        left = [each.process for each in shared._workers]
    assert not any(process.is_alive() for process in left)


def test_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(parallel, "_started", refused)
    with pool(3) as shared:
        chunk = chunk_of(REFUSAL, REFUSAL)
        shared.submit(chunk)
        assert shared.result(chunk, 1) == shared.linters[0].check(chunk.drafts[1])


def test_where_processes_die_before_they_begin() -> None:
    with pool(3) as shared:
        shared.recipes = [Recipe(("gibtsnicht",), (), Settings(), cached=True)]
        chunk = chunk_of(REFUSAL)
        shared.submit(chunk)
        assert shared.result(chunk, 0) == shared.linters[0].check(chunk.drafts[0])


def test_what_failed_is_told() -> None:
    assert str(CrashError(-9)) == "exit status -9"
    assert DraftError("ValueError: x", "trace").trace == "trace"


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_ends_at_once_and_quietly() -> None:
    texts = drafts()
    put({f"a/{number:04}.txt": texts[number % len(texts)] + f"\n{number}\n" for number in range(3000)})
    process = subprocess.Popen(
        [sys.executable, "-m", "replylint", "check", "a", "--jobs", "2", "--verbose"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        first = process.stderr.readline()  # the processes have begun to answer
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "a/0000.txt" in first
    lines = err.splitlines()
    assert (out, lines[-1], process.returncode) == ("", "replylint: abgebrochen", 130)
    assert [line for line in lines[:-1] if "a/" not in line] == [""], "the line that ^C stands in ends"
    assert len(lines) < 3000
