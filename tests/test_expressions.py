"""Expressions that are compiled when first used."""

from __future__ import annotations

import re

import pytest

from replylint.expressions import expression


def test_it_is_a_compiled_expression_in_all_that_is_asked_of_it() -> None:
    put_off, compiled = expression("(a)(?P<b>B)?", re.IGNORECASE), re.compile("(a)(?P<b>B)?", re.IGNORECASE)
    text = "xaB a"
    assert [match.span() for match in map(put_off.search, ("b", text)) if match] == [(1, 3)]
    assert [match.group() for match in put_off.finditer(text)] == ["aB", "a"]
    assert put_off.sub("-", text) == "x- -"
    assert put_off.split(text) == compiled.split(text)
    assert put_off.groupindex == compiled.groupindex
    assert put_off.pattern == compiled.pattern
    assert put_off.fullmatch("AB")
    assert expression(b"a").findall(b"ba") == [b"a"]


def test_a_broken_one_says_so_when_it_is_used() -> None:
    broken = expression("(")
    with pytest.raises(re.error):
        broken.match("")
