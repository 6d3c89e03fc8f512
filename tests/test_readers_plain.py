"""Plain text and its front matter."""

from __future__ import annotations

import pytest

from replylint import readers
from replylint.draft import Draft
from replylint.readers import plain
from replylint.source import Source, Span, UnreadableError


def _read(text: str, path: str = "entwurf.txt") -> Draft:
    (draft,) = plain.read(Source(path, text))
    return draft


def test_text_is_taken_word_for_word() -> None:
    text = "Hallo Anna,\r\n\r\nes geht.\r\n"
    draft = _read(text)
    assert draft.text == text
    assert draft.map.to_source(Span(13, 16)) == Span(13, 16)
    assert draft.map.editable(Span(0, len(text)))
    assert (draft.key, draft.template, draft.inquiry, draft.subject, dict(draft.facts)) == ("", False, None, None, {})


@pytest.mark.parametrize("path", ["a.txt", "A.TXT", "brief", "a.unbekannt", "-", "ordner.d/a"])
def test_plain_reads_what_no_other_reader_does(path: str) -> None:
    (draft,) = readers.read(Source(path, "Hallo"))
    assert draft.text == "Hallo"


def test_front_matter_gives_facts() -> None:
    text = (
        "---\nKind: complaint\nchannel:  chat \ntemplate: true\nsubject: AW: Frage\ninquiry: Wo ist es?\n---\nHallo,\n"
    )
    draft = _read(text)
    assert draft.text == "Hallo,\n"
    assert dict(draft.facts) == {"kind": "complaint", "channel": "chat"}
    assert draft.template
    assert draft.subject == "AW: Frage"
    assert draft.inquiry == "Wo ist es?"
    start = text.index("Hallo")
    assert draft.map.to_source(Span(0, 5)) == Span(start, start + 5)


@pytest.mark.parametrize(
    ("matter", "facts"),
    [
        ("a: 1", {"a": "1"}),
        ("a: 1\r\nb: 2", {"a": "1", "b": "2"}),
        ("a:", {"a": ""}),
        ("a: 'x: y'", {"a": "x: y"}),
        ('a: "x"', {"a": "x"}),
        ("# Bemerkung\na: 1", {"a": "1"}),
        ("größe: L", {"größe": "L"}),
        ("a: 1\n\nb: 2", {"a": "1", "b": "2"}),
    ],
)
def test_forms_of_front_matter(matter: str, facts: dict[str, str]) -> None:
    draft = _read(f"---\n{matter}\n---\nHallo")
    assert (dict(draft.facts), draft.text) == (facts, "Hallo")


@pytest.mark.parametrize("value", ["true", "True", "yes", "ja", "1"])
def test_template_true(value: str) -> None:
    assert _read(f"---\ntemplate: {value}\n---\nHallo").template


@pytest.mark.parametrize("value", ["false", "no", "nein", "0"])
def test_template_false(value: str) -> None:
    assert not _read(f"---\ntemplate: {value}\n---\nHallo").template


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("---\na: 1\nb\n---\nHallo", "line 3 is no “key: value”"),
        ("---\ntemplate true\n---\nHallo", "line 2 is no “key: value”"),
        ("---\na: 1\na: 2\n---\nHallo", "line 3 gives “a” a second time"),
        ("---\na: 1\nHallo Anna,\n\nes geht.\n", "line 3 is no “key: value”"),
        ("---\na: 1\n", "line 1 opens it, but no line “---” closes it"),
        ("---\ntemplate: vielleicht\n---\nHallo", "“template” is “vielleicht”, neither true nor false"),
    ],
)
def test_malformed_front_matter(text: str, says: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        _read(text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nHallo Anna,\n\nes geht.\n",
        "---\nHallo Anna,\n\nes geht.\n---\n",
        "----\na: 1\n---\nHallo",
        "Hallo\n---\na: 1\n---\n",
        "---",
        "",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert _read(text).text == text


def test_empty_front_matter() -> None:
    assert _read("---\n---\nHallo").text == "Hallo"


def test_only_front_matter() -> None:
    assert _read("---\na: 1\n---").text == ""
