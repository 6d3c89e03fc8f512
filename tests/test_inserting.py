"""Where a missing sentence goes: with the blank lines, the space and the capitals that its place asks for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.checks.inserting import insertion
from replylint.german import anatomy, placeholders
from replylint.source import apply_edits


def inserted(text: str, mark: str, words: str) -> str | None:
    """A text with words inserted where a mark stands (it is none of the text); None where there is no place."""
    place = text.index(mark)
    bare = text.replace(mark, "", 1)
    edits = insertion(bare, anatomy.dissect(bare, placeholders.find(bare)), place, words)
    return apply_edits(bare, edits) if edits else None


GREETING = "Guten Tag Frau Kern,\n\n"
END = "\n\nViele Grüße\nJana Petersen\n"
WRAPPED = "vielen Dank für Ihre Nachricht.{} Eine Rückerstattung können wir Ihnen leider\nnicht anbieten. Senden Sie uns die Maschine bitte zu, dann reparieren wir sie.{}"


@pytest.mark.parametrize(
    ("text", "words", "result"),
    [
        ("|wir prüfen das.", "vielen Dank.", "vielen Dank.\n\nWir prüfen das."),
        ("|Wir prüfen das.", "Es tut uns leid.", "es tut uns leid.\n\nWir prüfen das."),
        ("|Wir prüfen das.", "Ihre Mühe tut uns leid.", "Ihre Mühe tut uns leid.\n\nWir prüfen das."),
        ("|iPhones sind da.", "vielen Dank.", "vielen Dank.\n\niPhones sind da."),
        ("Danke.| Wir prüfen das.", "Es tut uns leid.", "Danke. Es tut uns leid. Wir prüfen das."),
        ("Danke.|\n\nWir prüfen das.", "Es tut uns leid.", "Danke. Es tut uns leid.\n\nWir prüfen das."),
        ("Danke 🙂|\n\nWir prüfen das.", "Es tut uns leid.", "Danke 🙂\n\nEs tut uns leid.\n\nWir prüfen das."),
        ("Danke.\n\n|Alles klar?", "Wir melden uns.", "Danke.\n\nWir melden uns.\n\nAlles klar?"),
        ("Danke.\n\n- eins\n- zwei|", "Alles klar?", "Danke.\n\n- eins\n- zwei\n\nAlles klar?"),
        ("Danke und| wir prüfen das.", "Es tut uns leid.", None),
        (
            WRAPPED.format("|", ""),
            "Es tut uns leid, dass das passiert ist. Bitte entschuldigen Sie. Das ist wirklich ärgerlich.",
            WRAPPED.format(
                "\nEs tut uns leid, dass das passiert ist. Bitte entschuldigen Sie. Das ist\nwirklich ärgerlich.\n", ""
            ).replace("\n Eine", "\nEine"),
        ),
    ],
)  # fmt: skip
def test_a_sentence_in_the_body(text: str, words: str, result: str | None) -> None:
    assert inserted(GREETING + text + END, "|", words) == (None if result is None else GREETING + result + END)


@pytest.mark.parametrize(
    ("text", "words", "result"),
    [
        ("|Hallo Jonas, das geht klar.\n", "danke dir.", None),
        ("Das geht klar.|\n", "Viele Grüße\nJana", "Das geht klar.\n\nViele Grüße\nJana\n"),
        ("Das geht klar.|", "Viele Grüße\nJana", "Das geht klar.\n\nViele Grüße\nJana"),
        ("|Das geht klar.", "Guten Tag,", "Guten Tag,\n\nDas geht klar."),
        ("Hallo Jonas,\r\n\r\n|das geht.\r\n", "danke dir.", "Hallo Jonas,\r\n\r\ndanke dir.\r\n\r\nDas geht.\r\n"),
        ("Hallo Jonas,\n|das geht.\nGruß\nJana\n", "danke dir.", "Hallo Jonas,\ndanke dir.\nDas geht.\nGruß\nJana\n"),
        ("Hallo Jonas,\n\n|\n", "danke dir.", "Hallo Jonas,\n\ndanke dir.\n"),
        ("|", "Guten Tag,", "Guten Tag,"),
    ],
)
def test_a_text_of_another_kind(text: str, words: str, result: str | None) -> None:
    assert inserted(text, "|", words) == result


WORDS = st.sampled_from(
    ["Wir", "prüfen", "das", "gern", "„ja“", "- eins", "ab", "12.", "iPhone", "ä", "{{ name }}", "🙂"]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=3)
STOPS = st.sampled_from(["", ".", "!", "?", ",", " 🙂"])


@given(st.lists(st.tuples(LINES, STOPS), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.data())
def test_nothing_is_lost_and_the_sentence_stands_whole(
    paragraphs: list[tuple[list[str], str]], line_end: str, data: st.DataObject
) -> None:
    text = "\n\n".join("\n".join(lines) + stop for lines, stop in paragraphs).replace("\n", line_end)
    borders = [match.end() for match in re.finditer(r"\S(?=\s|$)|\s(?=\S)|^", text)]
    place = data.draw(st.sampled_from(borders))
    edits = insertion(text, anatomy.dissect(text, placeholders.find(text)), place, "Xaver kommt.")
    if not edits:
        return
    result = apply_edits(text, edits)
    before, found, after = result.partition("Xaver kommt.")
    assert found
    assert f"{before} {after}".lower().split() == f"{text[:place]} {text[place:]}".lower().split()
    assert not before or before[-1].isspace()
    assert not after or after[0].isspace()
    if line_end in text:
        assert result.count("\n") == result.count(line_end)
