"""What a required check counts as present beside its phrases: the inquiry taken up, and weak phrases added up."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint.draft import Draft
from replylint.linter import Linter
from replylint.rules import load
from replylint.source import Source, SourceMap

RULE = """\
id: greift-auf
kind: required
category: haus
severity: suggestion
message: {de: Fehlt., en: Missing.}
why: {de: Darum., en: Because.}
present:
  - mit anderen Worten
  - {find: "können Sie", weight: 0.5}
  - {find: "(bieten|biete)", weight: 0.5}
echoes: ["(Ihr*|leid)"]
too-general: [Nachricht, Montag]
place: end-of-body
examples:
  - {bad: Das tut uns leid.}
  - {good: Mit anderen Worten.}
"""


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    folder = tmp_path_factory.mktemp("haus")
    (folder / "greift-auf.yaml").write_text(RULE, encoding="utf-8")
    return Linter(load([str(folder)]))


def missing(linter: Linter, text: str, inquiry: str | None = None) -> bool:
    draft = Draft(Source("a.txt", text), text, SourceMap.identity(len(text)), inquiry=inquiry)
    return [finding.rule for finding in linter.check(draft)] == ["greift-auf"]


@pytest.mark.parametrize(
    ("text", "inquiry", "absent"),
    [
        # a noun of the inquiry in a statement about the customer's matter
        ("Ihre Heizung ist kalt.", "Die Heizung geht nicht.", False),
        ("Ihre Waschmaschine ist laut.", "Meine Maschine ist laut.", False),
        ("Das mit den Schuhen tut uns leid.", "Der Schuh hat ein Loch, alle Schuhe haben eins.", False),
        ("Die Heizung wird geprüft.", "Die Heizung geht nicht.", True),
        ("Ihr Ventil kommt morgen.", "Die Heizung geht nicht.", True),
        # two of its nouns are enough
        ("Der Export bleibt seit dem Update stehen.", "Der Export hängt seit dem Update.", False),
        # participles and figures
        ("Zweimal abgebucht, das tut uns leid.", "Es wurde doppelt abgebucht.", False),
        ("Die 812 Euro tun uns leid, das tut uns leid.", "Warum soll ich 812 Euro zahlen?", False),
        # what says nothing of a matter
        ("Ihre Nachricht vom Montag ist da.", "Meine Nachricht vom Montag?", True),
        # without an inquiry there is nothing to take up
        ("Ihre Heizung ist kalt.", None, True),
    ],
)
def test_words_of_the_inquiry_are_taken_up(linter: Linter, text: str, inquiry: str | None, absent: bool) -> None:
    assert missing(linter, text, inquiry) is absent


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Mit anderen Worten: ja.", False),
        ("Morgen können Sie kommen.", True),
        ("Morgen können Sie kommen. Am Freitag können Sie anrufen.", False),
        ("Morgen können Sie kommen. Wir bieten Kaffee.", False),
    ],
)
def test_weak_phrases_add_up(linter: Linter, text: str, absent: bool) -> None:
    assert missing(linter, text) is absent


def test_a_pack_adds_to_both_lists(tmp_path: Path) -> None:
    house, team = tmp_path / "haus", tmp_path / "team"
    for folder, name, text in (
        (house, "greift-auf.yaml", RULE),
        (team, "mehr.yaml", 'change: greift-auf\nadd: {echoes: ["(wird|werden)"], too-general: [Heizung]}\n'),
    ):
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    linter = Linter(load([str(house), str(team)]))
    assert not missing(linter, "Die Leitung wird geprüft.", "Die Leitung tropft.")
    assert missing(linter, "Ihre Heizung wird geprüft.", "Die Heizung geht nicht.")
