"""The Python API: the findings of the command line as plain values, for threads and workers too."""

from __future__ import annotations

import doctest
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import DU, REFUSAL, document, put

import replylint
from replylint import Checker, Error, Finding, Reply, lint_text, lint_texts
from replylint.api import Position, Rewrite
from replylint.german.lexicon import Lexicon

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"


def texts() -> list[str]:
    return [entry["text"] for entry in yaml.safe_load((CORPUS / "dev_a.yaml").read_text(encoding="utf-8"))]


def rules_of(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_whole_finding() -> None:
    text = "Guten Tag Frau Kern,\n\ndas machen wir nicht.\n\nViele Grüße\nJana Petersen\n"
    found = lint_text(text, select=["negative-phrasing"], lang="en")
    assert found == [
        Finding(
            rule="negative-phrasing",
            category="tone",
            severity="warning",
            draft="",
            message="“das machen wir nicht” only says what is not possible.",
            why="Readers often stop at a no. Saying what is possible keeps the answer honest and sounds like help.",
            quote="das machen wir nicht",
            start=Position(3, 1, 22),
            end=Position(3, 21, 42),
            rewrites=(
                Rewrite("lassen Sie mich sehen, was wir tun können.", "review"),
                Rewrite("das können wir Ihnen stattdessen anbieten: [Angebot].", "fill"),
            ),
            fingerprint=found[0].fingerprint,
        )
    ]


@pytest.mark.parametrize("name", ["reply.txt", "reply.md", "reply.html"])
def test_it_says_what_the_command_line_says(name: str) -> None:
    for text in texts()[:12]:
        said = document("-", "--isolated", "--stdin-filename", name, input=text)
        assert [each.to_dict() for each in lint_text(text, filename=name)] == said["files"][0]["findings"]


def test_options_are_those_of_the_command_line() -> None:
    put({"anfrage.txt": "Mein Gerät ist defekt, ich bin sehr verärgert."})
    pairs: list[tuple[list[str], dict[str, Any]]] = [
        (["--address", "sie"], {"address": "sie"}),
        (["--fact", "kind=complaint"], {"facts": {"kind": "complaint"}}),
        (["--inquiry", "anfrage.txt"], {"inquiry": "Mein Gerät ist defekt, ich bin sehr verärgert."}),
        (["--template"], {"template": True}),
        (
            ["--select", "required", "--ignore", "missing-thanks"],
            {"select": ["required"], "ignore": ["missing-thanks"]},
        ),
        (["--lang", "en"], {"lang": "en"}),
    ]
    text = DU.replace("Hallo Anna", "Hallo {{ name }}").replace("vielen Dank für deine Nachricht. ", "")
    nothing = [each.to_dict() for each in lint_text(text)]
    for args, options in pairs:
        said = document("-", "--isolated", "--stdin-filename", "reply.txt", *args, input=text)["files"][0]["findings"]
        assert [each.to_dict() for each in lint_text(text, **options)] == said, args
        assert said != nothing, f"{args} make a difference"


def test_what_is_known_of_one_reply_wins() -> None:
    checker = Checker(facts={"kind": "question"}, template=True)
    text = DU.replace("Anna", "{{ name }}")
    plain, known = checker.lint_texts([text, Reply(text, facts={"kind": "complaint"}, template=False)])
    alone = lint_text(text, facts={"kind": "complaint"}, template=False)
    assert known == alone != plain
    inquiry = "Mein Gerät ist defekt, ich bin sehr verärgert."
    assert checker.lint_text(Reply(DU, inquiry=inquiry)) == lint_text(DU, inquiry=inquiry, facts={"kind": "question"})


def test_a_configuration_counts_only_where_it_is_named() -> None:
    put(
        {"replylint.toml": 'ignore = ["negative-phrasing"]\n[[overrides]]\nfiles = ["kurz/*"]\nselect = ["required"]\n'}
    )
    assert "negative-phrasing" in rules_of(lint_text(REFUSAL))
    assert "negative-phrasing" not in rules_of(lint_text(REFUSAL, config="replylint.toml"))
    found = lint_text(REFUSAL, config=Path("replylint.toml"), filename="kurz/a.txt")
    assert {each.category for each in found} == {"required"}
    assert found[0].fingerprint == lint_text(REFUSAL, select=["required"], filename="kurz/a.txt")[0].fingerprint


def test_a_configured_inquiry_and_suppressions() -> None:
    put(
        {"anfrage.txt": "Mein Gerät ist defekt, ich bin sehr verärgert.", "replylint.toml": 'inquiry = "anfrage.txt"\n'}
    )
    assert lint_text(REFUSAL, config="replylint.toml") == lint_text(
        REFUSAL, inquiry="Mein Gerät ist defekt, ich bin sehr verärgert."
    )
    put({"replylint.toml": '[[suppressions]]\nfiles = ["*.txt"]\nchecks = ["negative-phrasing"]\n'})
    assert "negative-phrasing" not in rules_of(Checker(config="replylint.toml").lint_text(REFUSAL))
    commented = REFUSAL.replace("eine Rück", "# replylint: ignore negative-phrasing\neine Rück")
    assert "negative-phrasing" not in rules_of(lint_text(commented))


def test_a_pack_of_ones_own() -> None:
    put(
        {
            "regeln/hausverbot.yaml": "id: hausverbot\nkind: phrase\ncategory: own\nseverity: error\nmessage: {de: Nein., en: No.}\n"
            "why: {de: Weil., en: Because.}\nin: body\nphrases: [das Rad]\nexamples:\n  - bad: Das ist das Rad.\n    at: das Rad\n  - good: Ein Rad.\n"
        }
    )
    text = "Hallo Anna,\n\ndas ist das Rad.\n\nViele Grüße\nJana Petersen\n"
    assert rules_of(lint_text(text, rules=["./regeln"])) == ["hausverbot"]
    assert rules_of(Checker(rules=[Path("regeln")]).lint_text(text)) == ["hausverbot"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"select": ["tonee"]}, "select: there is no check or category “tonee”"),
        ({"rules": ["gibtsnicht"]}, "There is no rule pack “gibtsnicht”"),
        ({"config": "fehlt.toml"}, "fehlt.toml:1:"),
        ({"address": "Sie"}, "address: 'Sie' is none of"),
        ({"select": "tone"}, "select: a list of names is needed"),
    ],
)
def test_what_is_wrong_is_said(options: dict[str, str], message: str) -> None:
    with pytest.raises(Error) as told:
        Checker(lang="en", **options)  # type: ignore[arg-type]
    assert message in str(told.value)
    with pytest.raises(Error, match="lang: 'fr' is neither"):
        Checker(lang="fr")


def test_what_cannot_be_read() -> None:
    assert lint_text("") == lint_text(" \n") == []
    assert lint_text("---\nkein Kopf\nJa, gern.", select=["missing-salutation"]) != []
    assert rules_of(lint_text("Ja \ud800 gern.", select=["missing-salutation"])) == ["missing-salutation"]
    checker = Checker(filename="a.eml", lang="en")
    with pytest.raises(Error, match="mail"):
        checker.lint_text("keine Mail")
    told: list[tuple[int, str]] = []
    mail = "Subject: Ja\n\n" + REFUSAL
    first, second, third = checker.lint_texts(
        [mail, "keine Mail", mail], on_error=lambda number, error: told.append((number, str(error)))
    )
    assert first == third != [] == second
    assert [number for number, _ in told] == [1]
    with pytest.raises(TypeError, match="a reply is a str or a Reply, not NoneType"):
        lint_text(None)  # type: ignore[arg-type]


def test_many_as_one_by_one() -> None:
    checker = Checker()
    many = texts() * 3  # more than one batch
    assert list(checker.lint_texts(many)) == [checker.lint_text(each) for each in many]
    endless = iter(lambda: REFUSAL, None)
    assert next(lint_texts(endless)) == lint_text(REFUSAL), "nobody waits for the last one"


def test_threads_get_what_each_would_get_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # The words are forgotten all the time, which is what threads could trip over.
    monkeypatch.setattr(Lexicon, "_MOST", 50)
    checker, drafts = Checker(), texts() * 2
    alone = [checker.lint_text(each) for each in drafts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(checker.lint_text, drafts)) == alone
            assert list(pool.map(lint_text, drafts[:20])) == alone[:20]
    finally:
        sys.setswitchinterval(interval)


def test_workers_get_a_copy() -> None:
    checker = Checker(select=["tone"], facts={"kind": "complaint"})
    sent = pickle.dumps(checker)
    assert len(sent) < 1000, "the options, not the rules"
    drafts = texts()[:6]
    alone = [checker.lint_text(each) for each in drafts]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(checker.lint_text, drafts)) == alone
    assert pickle.loads(pickle.dumps(alone)) == alone
    assert repr(pickle.loads(sent)) == repr(checker)


def test_the_import_is_cheap() -> None:
    script = "import sys, replylint\nprint([m for m in sys.modules if m.startswith('replylint') or m in ('click', 'typing_extensions', 'yaml')])"
    ran = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{script}"],
                         capture_output=True, text=True, check=True)  # fmt: skip
    assert ran.stdout == "['replylint']\n"
    assert set(replylint.__all__) <= set(dir(replylint))
    with pytest.raises(AttributeError, match="no attribute 'lint'"):
        replylint.lint  # noqa: B018


def test_the_page_shows_what_is_so() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 5) == (0, True)
