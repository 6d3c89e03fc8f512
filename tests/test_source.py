"""Spans, decoding, positions, source maps and edits."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.source import (
    Edit,
    Piece,
    Source,
    SourceMap,
    Span,
    UnreadableError,
    apply_edits,
    decode,
)


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        ("Grüße".encode(), "Grüße", "utf-8", b""),
        (codecs.BOM_UTF8 + "Grüße".encode(), "Grüße", "utf-8", codecs.BOM_UTF8),
        ("Grüße – 5 €".encode("cp1252"), "Grüße – 5 €", "cp1252", b""),
        (codecs.BOM_UTF16_LE + "Grüße".encode("utf-16-le"), "Grüße", "utf-16-le", codecs.BOM_UTF16_LE),
        (b"a\r\nb", "a\r\nb", "utf-8", b""),
        (b"", "", "utf-8", b""),
    ],
)
def test_decoding(data: bytes, text: str, encoding: str, bom: bytes) -> None:
    source = decode(data, "entwurf.txt")
    assert (source.text, source.encoding, source.bom) == (text, encoding, bom)
    assert source.encode(source.text) == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PNG\x00\x01", "binary data"),
        (b"\x81\x8d\x8f", "not text"),
        (codecs.BOM_UTF8 + b"\xff", "byte order mark announces"),
    ],
)
def test_what_is_no_text_is_told(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        decode(data, "bild.txt")


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab\ncd", 0, 1, 1),
        ("ab\ncd", 2, 1, 3),
        ("ab\ncd", 3, 2, 1),
        ("ab\r\ncd", 4, 2, 1),
        ("ab\rcd", 3, 2, 1),
        ("ü🙂\nx", 3, 2, 1),
        ("ab\n", 3, 2, 1),
    ],
)
def test_positions_count_code_points_from_one(text: str, offset: int, line: int, column: int) -> None:
    position = Source("x", text).position(offset)
    assert (position.line, position.column, position.offset) == (line, column, offset)


def test_a_line_comes_without_its_end() -> None:
    source = Source("x", "ab\r\n\ncd")
    assert [source.text[s.start : s.end] for s in (source.line_span(n) for n in (1, 2, 3))] == ["ab", "", "cd"]


@given(st.text(alphabet="aü🙂\r\n\t", max_size=40))
def test_every_offset_has_one_place(text: str) -> None:
    source = Source("x", text)
    places = [source.position(offset) for offset in range(len(text) + 1)]
    assert [(p.line, p.column) for p in places] == sorted({(p.line, p.column) for p in places})


def test_a_map_checks_itself() -> None:
    with pytest.raises(ValueError, match="gap or overlaps"):
        SourceMap((Piece(Span(1, 2), Span(0, 1)),))
    with pytest.raises(ValueError, match="goes back"):
        SourceMap((Piece(Span(0, 1), Span(5, 6)), Piece(Span(1, 2), Span(0, 1))))
    with pytest.raises(ValueError, match="same length"):
        Piece(Span(0, 2), Span(0, 5))


def test_editable_only_where_verbatim_and_adjacent() -> None:
    # the file: "geehrte <b>Frau</b> &amp; Co"; the text: "geehrte Frau & Co"
    pieces = (
        Piece(Span(0, 8), Span(0, 8)),
        Piece(Span(8, 12), Span(11, 15)),
        Piece(Span(12, 13), Span(19, 20)),
        Piece(Span(13, 14), Span(20, 25), verbatim=False),
        Piece(Span(14, 17), Span(25, 28)),
    )
    source_map = SourceMap(pieces)
    assert source_map.editable(Span(0, 7))
    assert source_map.editable(Span(8, 12))
    assert not source_map.editable(Span(0, 12)), "an edit would eat the tag between the pieces"
    assert not source_map.editable(Span(12, 14)), "an entity is not its character"
    assert source_map.to_source(Span(0, 12)) == Span(0, 15)
    assert source_map.to_source(Span(13, 14)) == Span(20, 25)
    assert source_map.to_source(Span(8, 8)) == Span(11, 11)


@st.composite
def maps(draw: st.DrawFn) -> SourceMap:
    pieces = []
    text_at = source_at = 0
    for _ in range(draw(st.integers(1, 8))):
        source_at += draw(st.integers(0, 3))
        length = draw(st.integers(1, 5))
        verbatim = draw(st.booleans())
        width = length if verbatim else draw(st.integers(0, 6))
        pieces.append(Piece(Span(text_at, text_at + length), Span(source_at, source_at + width), verbatim))
        text_at += length
        source_at += width
    return SourceMap(tuple(pieces))


@given(maps(), st.data())
def test_mapping_is_total_and_monotonic(source_map: SourceMap, data: st.DataObject) -> None:
    end = source_map.pieces[-1].text.end
    points = sorted(data.draw(st.tuples(*[st.integers(0, end)] * 4)))
    first = source_map.to_source(Span(points[0], points[1]))
    second = source_map.to_source(Span(points[2], points[3]))
    assert first.start <= second.start or points[0] == points[2]
    assert 0 <= first.start <= first.end


@given(st.text(max_size=30), st.data())
def test_edits_change_only_their_spans(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    edits = [Edit(Span(cuts[0], cuts[1]), "X"), Edit(Span(cuts[2], cuts[3]), "Y")]
    expected = text[: cuts[0]] + "X" + text[cuts[1] : cuts[2]] + "Y" + text[cuts[3] :]
    assert apply_edits(text, edits) == expected


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])
