"""„Knuddelgrüße“: a greeting may be the last part of any compound."""

import pytest

from replylint.draft import Draft
from replylint.linter import Linter, Settings
from replylint.rules import load
from replylint.source import Source, SourceMap


@pytest.mark.parametrize("formula", ["Knuddelgrüße", "Ganz liebe Herbstgrüße", "Oster-Grüße", "Liebe Grüße"])
def test_compound_greets_sign_off(formula: str) -> None:
    text = f"Hallo Jule,\n\ndanke für dein Foto. Das Futter kommt am Montag.\n\n{formula}\ndeine Napfbande\n"
    draft = Draft(Source("draft", text), text, SourceMap.identity(len(text)))
    assert not Linter(load(["de"]), Settings(select=("missing-sign-off",))).check(draft)
