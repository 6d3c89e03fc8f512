"""The token stream: what counts as one token, and what its norm and case are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.german.tokens import Case, Kind, tokenise


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("Grüße aus Köln.", ["gruesse", "aus", "koeln", "."]),
        ("E-Mail an a.b@c-d.de", ["email", "an", "<url>"]),
        ("www.x.de/ab, hilfe.example/x?y=1.", ["<url>", ",", "<url>", "."]),
        ("24,90 € bis 12.6. um 16:30", ["24,90", "€", "bis", "12.6", ".", "um", "16:30"]),
        ("geht's, geht’s, gehts", ["gehts", ",", "gehts", ",", "gehts"]),
        ("„Das geht nicht“ steht da", ["„“", "steht", "da"]),
        ('"auf" und »zu«', ["„“", "und", "„“"]),
        ("fu\u0308r moglich nich", ["fuer", "moeglich", "nicht"]),
        ("gut … so...", ["gut", "...", "so", "..."]),
        ("a_b", ["a", "_", "b"]),
        ("", []),
    ],
)
def test_norms(text: str, norms: list[str]) -> None:
    assert list(tokenise(text).norms) == norms


def test_cases_and_kinds() -> None:
    tokens = tokenise("Sie sind NIE 3 😊")
    assert tokens.cases[:3] == [Case.CAPITAL, Case.LOWER, Case.UPPER]
    assert tokens.kinds[3:] == (Kind.NUMBER, Kind.SYMBOL)


@given(st.text(max_size=60))
def test_tokens_are_in_order_and_hold_all_letters(text: str) -> None:
    tokens = tokenise(text)
    end = 0
    for start, stop in zip(tokens.starts, tokens.ends, strict=True):
        assert end <= start < stop <= len(text)
        assert not any(character.isalpha() for character in text[end:start])
        end = stop
