"""JSON, YAML, CSV and gettext with positions: what a value is, and where each of its characters stands."""

from __future__ import annotations

import csv as standard_csv
import io
import json as standard_json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.readers import csv, json, po, yaml
from replylint.readers.located import Located
from replylint.source import Source, UnreadableError

TEXTS = st.text(alphabet="aä߀🙂\u0308\u00ad \n\t\"'\\:#-|>{}[],;&*!%@`0", max_size=30)
VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abü", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def located(value: Any) -> Iterator[Located]:
    if isinstance(value, dict):
        for item in value.values():
            yield from located(item)
    elif isinstance(value, list):
        for item in value:
            yield from located(item)
    elif isinstance(value, Located):
        yield value


def assert_mapped(value: Located, text: str) -> None:
    """The map is total, and every verbatim stretch is the file's own."""
    source_map = value.map(text)
    assert (source_map.pieces[-1].text.end if source_map.pieces else 0) == len(value)
    for piece in source_map.pieces:
        assert value.start <= piece.source.start <= piece.source.end <= value.end
        if piece.verbatim:
            assert text[piece.source.start : piece.source.end] == value[piece.text.start : piece.text.end]


@settings(max_examples=1000)
@given(VALUES, st.booleans())
def test_json_reads_as_the_standard_library_does(value: Any, ascii_only: bool) -> None:
    text = standard_json.dumps(value, ensure_ascii=ascii_only, indent=1)
    read = json.parse(Source("x.json", text))
    assert read == value
    for string in located(read):
        assert_mapped(string, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a" 1}', "a colon is missing at line 1, column 6"),
        ("[1,\n]", "closes nothing at line 2, column 1"),
        ('{"a":1,}', "a key is missing at line 1, column 8"),
        ("[1 2]", "a comma is missing at line 1, column 4"),
        ('{"a":', "ends too early"),
        ('"x', "something unexpected stands at line 1, column 1"),
        ("", "ends too early"),
        ("[1]]", "more text follows at line 1, column 4"),
        ("{]", "a key is missing at line 1, column 2"),
    ],
)
def test_broken_json_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        json.parse(Source("x.json", text))


def test_deep_json_needs_no_stack() -> None:
    assert json.parse(Source("x.json", "[" * 100_000 + "]" * 100_000)) is not None


@settings(max_examples=1000)
@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans())
def test_yaml_reads_as_pyyaml_does(value: Any, style: str | None, unicode: bool) -> None:
    text = pyyaml.safe_dump(value, default_style=style, allow_unicode=unicode, width=20)
    try:
        expected = pyyaml.load(text, Loader=pyyaml.CSafeLoader)
    except pyyaml.YAMLError:
        return
    [read] = yaml.parse(Source("x.yaml", text))
    if style is None:
        assert read == expected
    for string in located(read):
        assert_mapped(string, text)


@pytest.mark.parametrize(
    ("text", "value", "verbatim"),
    [
        ("plain text\n  over lines\n\n  and more\n", "plain text over lines\nand more", 28),
        ("'it''s ü🙂'\n", "it's ü🙂", 6),
        ('"x\\u00fcy \\\n  cont"\n', "xüy cont", 7),
        ("|\n  Zeile 1\n    tief\n\n  Zeile 3\n", "Zeile 1\n  tief\n\nZeile 3\n", 24),
        ("|-\n  eins\n  zwei\n\n", "eins\nzwei", 9),
        ("|+\n  eins\n\n", "eins\n\n", 6),
        (">-\n  gefaltet\n  zwei\n\n  drei\n", "gefaltet zwei\ndrei", 16),
        (">\n  a\n    tief\n  b\n", "a\n  tief\nb\n", 8),
        ("|\r\n  eins\r\n  zwei\r\n", "eins\nzwei\n", 8),
    ],
)
def test_yaml_scalars_map_by_character(text: str, value: str, verbatim: int) -> None:
    document = "a: " + text
    [read] = yaml.parse(Source("x.yaml", document))
    assert read == {"a": value}
    assert_mapped(read["a"], document)
    assert sum(len(piece.text) for piece in read["a"].map(document).pieces if piece.verbatim) >= verbatim


def test_yaml_aliases_are_shared_and_never_copied() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    [read] = yaml.parse(Source("klein.yaml", "\n".join(lines[:3])))
    assert read["a2"][0] is read["a2"][9] is read["a1"]
    with pytest.raises(UnreadableError, match="too many values"):
        yaml.parse(Source("bombe.yaml", "\n".join(lines)))


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\ta: 1", "a: 'x", "[" * 5000])
def test_broken_yaml_is_told(text: str) -> None:
    with pytest.raises(UnreadableError, match="is not YAML"):
        yaml.parse(Source("x.yaml", text))


@settings(max_examples=1000)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from([";", ",", "\t"]))
def test_csv_reads_as_the_standard_library_does(rows: list[list[str]], mark: str) -> None:
    header = ["id", "text", "titel", "rest"]
    buffer = io.StringIO()
    standard_csv.writer(buffer, delimiter=mark, lineterminator="\r\n").writerows([header, *rows])
    text = buffer.getvalue()
    read = csv.parse(Source("x.csv", text))
    assert [list(map(str, row)) for row in read] == [header, *rows]
    for row in read:
        for cell in row:
            assert_mapped(cell, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a;b\n1;"offen\n', "never closed|is never closed"),
        ('a;b\n1;"zu"x\n', "a stray quote ends a cell at line 2, column 6"),
    ],
)
def test_broken_csv_is_told(text: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        csv.parse(Source("x.csv", text))


CATALOGUE = r"""msgid ""
msgstr ""
"Language: de\n"

#, fuzzy
msgid "a"
msgstr "b"

#: mail.txt:3
msgid "x"
msgid_plural "xs"
msgstr[0] "ein\n"
"zwei \"drei\""
msgstr[1] "viele ü"
#~ msgid "old"
#~ msgstr "alt"
"""


def test_gettext() -> None:
    header, messages = po.parse(Source("de.po", CATALOGUE))
    assert header["language"] == "de"
    assert [(m.msgid, m.number, str(m.msgstr), m.fuzzy) for m in messages] == [
        ("a", 0, "b", True),
        ("x", 0, 'ein\nzwei "drei"', False),
        ("x", 1, "viele ü", False),
    ]
    for message in messages:
        assert_mapped(message.msgstr, CATALOGUE)


def test_broken_gettext_is_told() -> None:
    with pytest.raises(UnreadableError, match="line 2 is neither"):
        po.parse(Source("de.po", 'msgid "a"\nmsgstr b\n'))
