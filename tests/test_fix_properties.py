"""Fixes in random replies of every format: nothing else changes, what is read again is what was meant, and a second run
changes nothing."""

from __future__ import annotations

import re

import pytest
from fixing import FORMATS, MARK, fix, opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replylint.readers import read
from replylint.source import UnreadableError

# Words that mean something in one format or another.
WORDS = st.sampled_from(
    "Guten Tag für Grüße ja das Paket „gut“ & &amp; < > <b> \"so\" it's 'n C:\\neu \\n 50 % naïve € 😀 👩‍💻 # #nein - * **fett** _x_ `c` "
    "Preis: {{name}} {%if%} #{ticket.id} <OTRS_X> [x] [x](y) = =3D =C3 ; , | 1. é decomposed: e\u0301 \u00a0 \u00adx … – – -- ? ! @ ^ ~ \\ /".split(
        " "
    )
)
LINES = st.lists(WORDS, min_size=3, max_size=9).map(" ".join)
REWRITES = st.lists(WORDS, max_size=4).map(" ".join)


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, dict[int, str]]:
    """A reply with marks, and the rewrite of each."""
    rewrites: dict[int, str] = {}
    paragraphs = []
    for _ in range(draw(st.integers(1, 3))):
        lines = []
        for _ in range(draw(st.integers(1, 3))):
            words = ["Wort", *draw(LINES).split(" ")]
            if draw(st.booleans()):
                number = len(rewrites)
                rewrites[number] = draw(REWRITES)
                words.insert(
                    draw(st.integers(0, len(words))), f"QZ{number}QZ{draw(st.sampled_from(('', '.', '!', '«')))}"
                )
            lines.append(" ".join(words))
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs), rewrites


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(replies())
def test_a_fixed_file_says_what_it_should_and_all_else_stays(form: str, reply: tuple[str, dict[int, str]]) -> None:
    text, rewrites = reply
    name, data = FORMATS[form](text)
    try:
        before = read(opened(name, data))
    except UnreadableError:
        return  # such words make no such file
    result = fix(name, data, rewrites)
    done = {int(finding.rule.removeprefix("mark-")) for finding in result.made}

    def wanted(match: re.Match[str]) -> str:
        return rewrites[int(match[1])] if int(match[1]) in done else match[0]

    after = read(opened(name, result.data))
    assert [draft.text for draft in after] == [MARK.sub(wanted, draft.text) for draft in before]
    assert [(draft.key, draft.facts, draft.subject) for draft in after] == [
        (draft.key, draft.facts, draft.subject) for draft in before
    ]
    assert _others(name, opened(name, data).text, done).fullmatch(opened(name, result.data).text)
    assert result.data.startswith(opened(name, data).bom)
    left = {int(refusal.finding.rule.removeprefix("mark-")) for refusal in result.refused}
    assert left == {int(match[1]) for draft in before for match in MARK.finditer(draft.text)} - done


def _others(name: str, text: str, done: set[int]) -> re.Pattern[str]:
    """What the rest of a file has to be: all that stood there, with anything in the place of the marks that are gone."""
    # In quoted-printable a line may be folded anew beside the words.
    soft = r"(?:=\r\n)?" if name.endswith(".eml") else ""
    pattern = []
    at = 0
    for match in re.finditer(r"Q(?:=\r\n)?Z(?:=\r\n)?(\d+)(?:=\r\n)?Q(?:=\r\n)?Z", text):
        if int(match[1]) in done:
            pattern += [re.escape(text[at : match.start()]), soft, "(?s:.*?)", soft]
            at = match.end()
    return re.compile("".join(pattern) + re.escape(text[at:]))
