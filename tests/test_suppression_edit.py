"""The comment that `replylint review` writes: it silences the finding that it is for, and the replies stay as they are."""

from __future__ import annotations

from datetime import date

import pytest

from replylint.linter import Linter, Settings
from replylint.readers import read
from replylint.rules import load
from replylint.source import apply_edits, decode
from replylint.suppressions import suppression_edit, visible

LINTER = Linter(load(["de"], cached=True), Settings(select=("shouting", "suppressions")))
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.txt", "Hallo Tom,\n\nIhr Rad ist da!!\n", "# replylint: ignore shouting (so gewollt)"),
        ("a.md", "Hallo Tom,\n\nIhr Rad ist da!!\n", "Ihr Rad ist da!! <!-- replylint: ignore shouting (so gewollt) -->"),
        ("a.html", "<p>Hallo Tom,</p>\n<p>Ihr Rad ist da!!</p>\n", "<p>Ihr Rad ist da!!</p> <!-- replylint: ignore shouting (so gewollt) -->"),
        ("a.txt.j2", "Hallo Tom,\n\nIhr Rad ist da!!\n", "{# replylint: ignore shouting (so gewollt) #}"),
        ("a.html.liquid", "<p>Hallo Tom,</p>\n<p>Ihr Rad ist da!!</p>\n", "{% comment %}replylint: ignore shouting (so gewollt){% endcomment %}"),
        (
            "a.yaml",
            "- title: eins\n  text: |\n    Hallo Tom,\n\n    Ihr Rad ist da!!\n- title: zwei\n  text: Ihr Auto ist auch da, Tom.\n",
            "  # replylint: ignore shouting (so gewollt)",
        ),
        (
            "a.po",
            'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "Hallo Tom, Ihr Rad ist da!!"\n',
            "# replylint: ignore shouting (so gewollt)",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_silences_the_finding(name: str, text: str, line: str, end: str) -> None:
    source = decode(text.replace("\n", end).encode(), name)
    drafts = read(source)
    [finding] = [finding for draft in drafts for finding in LINTER.check(draft)]
    edits = suppression_edit(finding, "so\n(gewollt)")
    after = decode(apply_edits(source.text, edits).encode(), name)
    assert line in after.text.split(end)
    again = read(after)
    assert [draft.text for draft in again] == [draft.text for draft in drafts]
    assert [each for draft in again for each in visible(LINTER.check(draft), draft.comments, TODAY)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '[{"text": "Hallo Tom, Ihr Rad ist da!!"}]'), ("a.csv", "text\nIhr Rad ist da für Sie!!\n")],
)
def test_where_a_file_has_no_comments_there_is_none(name: str, text: str) -> None:
    [finding] = [finding for draft in read(decode(text.encode(), name)) for finding in LINTER.check(draft)]
    assert suppression_edit(finding, "x") == ()
