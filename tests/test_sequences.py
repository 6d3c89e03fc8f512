"""Sequences of tokens: as spaCy's Matcher finds them, but in a time that no pattern can make explode."""

from __future__ import annotations

from typing import Any

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from replylint.checks.tokenpatterns import OPS, _count
from replylint.german.sequences import LONGEST, Element, sequences

NLP = spacy.blank("de")


def elements(pattern: list[dict[str, Any]], words: list[str]) -> list[Element]:
    found = []
    for token in pattern:
        op = token.get("OP", "")
        fits = ["LOWER" not in token or token["LOWER"] == word for word in words]
        least, most = OPS.get(op) or _count(op) or (1, 1)
        found.append(Element([not fit for fit in fits] if op == "!" else fits, least, most))
    return found


def ranges(pattern: list[dict[str, Any]], words: list[str]) -> list[tuple[int, int]]:
    return [(borders[0], borders[-1]) for borders in sequences(elements(pattern, words), len(words))]


TOKEN = st.builds(
    lambda word, op: ({"LOWER": word} if word else {}) | ({"OP": op} if op else {}),
    st.sampled_from(["a", "b", ""]),
    st.sampled_from(["", "!", "?", "*", "+", "{2}", "{,2}", "{1,3}", "{2,}"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKEN, min_size=1, max_size=4), st.lists(st.sampled_from("abc"), min_size=1, max_size=8))
def test_the_same_as_spacy_finds(pattern: list[dict[str, Any]], words: list[str]) -> None:
    matcher = Matcher(NLP.vocab)
    # A token that says nothing has no operator for spaCy, unless it asks for something that always holds.
    asked = [token if token.keys() - {"OP"} else {**token, "LENGTH": {">=": 0}} for token in pattern]
    matcher.add("x", [asked], greedy="FIRST")
    found = sorted((start, end) for _, start, end in matcher(NLP.make_doc(" ".join(words))))
    assert ranges(pattern, words) == found


def test_the_parts_of_the_elements() -> None:
    words = "der neue rote wagen ist da".split()
    pattern = [{"LOWER": "der"}, {"OP": "*"}, {"LOWER": "wagen"}, {"OP": "?"}]
    assert list(sequences(elements(pattern, words), len(words))) == [(0, 1, 3, 4, 5)]


def test_an_earlier_element_has_as_many_as_can_be() -> None:
    words = ["a"] * 5
    pattern = [{"LOWER": "a", "OP": "+"}, {"LOWER": "a", "OP": "+"}]
    assert list(sequences(elements(pattern, words), 5)) == [(0, 4, 5)]


def test_no_pattern_makes_the_time_explode() -> None:
    words = ["wort"] * 3000 + ["ende"]
    pattern = [{"LOWER": "wort"}, *({"LOWER": "wort", "OP": "*"}, {"OP": "*"}) * 8, {"LOWER": "ende"}]
    # Trying one way after the other, this would not end.
    assert ranges(pattern, words) == [(3001 - LONGEST, 3001)]
