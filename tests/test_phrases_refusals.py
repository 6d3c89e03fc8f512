"""Rewrites that begin a thought stand small where the draft goes on after a salutation with a comma."""

from __future__ import annotations

from replylint.checks.rewriting import may_be_small


def test_first_words_of_rewritesmay_be_small() -> None:
    for wording in (
        "Möglich ist stattdessen: [Weg].",
        "Statt einer Auszahlung …",
        "Enthalten sind: [Leistungen].",
        "Lass mich sehen …",
    ):
        assert may_be_small(wording)
    assert not may_be_small("Ihre Nachricht liegt jetzt bei [Name].")
