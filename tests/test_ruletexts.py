"""Every message of the loader has its German words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from replylint.cli.ruletexts import GERMAN, translated

PACKAGE = Path(__file__).parents[1] / "src" / "replylint"
MODULES = [
    *(PACKAGE / f"{name}.py" for name in ("rulefile", "changes", "packs", "rules")),
    *(PACKAGE / "checks").glob("*.py"),
    *(PACKAGE / "german" / f"{name}.py" for name in ("syntax", "compiler", "phrases")),
]
# Which argument of these calls is a message; and in which functions messages are put together or returned.
CALLS = {"error": 0, "PhraseError": 0, "_PluginError": 0, "RuleError": 3}
WRITERS = {"_unknown", "_explain", "_define", "_kind", "did_you_mean", "_listed"}


def templates(node: ast.expr) -> list[str]:
    """The texts that an expression may give, with {} for what is filled in; none where it is but a name."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)]  # type: ignore[misc]
    if isinstance(node, ast.IfExp):
        return [*templates(node.body), *templates(node.orelse)]
    return []


def messages(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CALLS and len(node.args) > CALLS[name]:
                yield from templates(node.args[CALLS[name]])
        elif isinstance(node, ast.FunctionDef) and node.name in WRITERS:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from templates(inner.value)
                elif isinstance(inner, ast.Assign | ast.AugAssign) and getattr(inner, "targets", [None])[0]:
                    if getattr(inner.targets[0], "id", "") == "message":  # type: ignore[union-attr]
                        yield from templates(inner.value)


ALL = sorted({message for path in MODULES for message in messages(path) if message.replace("{}", "").strip(" :")})


def test_there_are_messages() -> None:
    assert len(ALL) > 55


@pytest.mark.parametrize("message", ALL)
def test_every_message_is_known_in_german(message: str) -> None:
    filled = message.replace("”{}", "”; did you mean “X”?").replace("{}", "X")
    assert translated(filled, "de") != filled
    assert translated(filled, "en") == filled


def test_the_german_words_fill_in_the_same() -> None:
    for english, german in GERMAN.items():
        blanks = english.count("{}")
        numbered = {int(number) for number in re.findall(r"\{(\d)\}", german)}
        assert german.count("{}") == blanks or numbered <= set(range(blanks)), english
        assert not re.search("[“”]", german.replace("“", "", german.count("„"))), german


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "unknown key “categorie”; did you mean “category”?",
            "einen Schlüssel „categorie“ gibt es hier nicht; meinten Sie „category“?",
        ),
        ("unknown key “text”", "einen Schlüssel „text“ gibt es hier nicht"),
        (
            "expected text here, found the number 3; put it in quotes",
            "hier muss ein Text stehen, gefunden: die Zahl 3; bitte in Anführungszeichen setzen",
        ),
        (
            "unknown value “laut”; did you mean “lauter”?; known are error, warning, suggestion",
            "den Wert „laut“ gibt es hier nicht; meinten Sie „lauter“?; möglich sind error, warning, suggestion",
        ),
        (
            "“unfug” is a word list: put this file into a folder words/",
            "„unfug“ ist etwas anderes (Wortliste): Diese Datei gehört in den Ordner words/",
        ),
        (
            "the check “blame” stands in an earlier pack already; to change it, write “change: blame” instead of “id: "
            "blame” and only what becomes different; for a check of your own take another id",
            "„blame“ (Prüfung) steht schon in einem früheren Paket; wenn Sie das ändern wollen, schreiben Sie „change: "
            "blame“ statt „id: blame“ und nur, was anders wird; für etwas Eigenes wählen Sie bitte einen anderen Namen",
        ),
        (
            "the check has no such phrase “a”; did you mean “b”?; a new one belongs below “add:”",
            "die Prüfung hat keine Formulierung „a“; meinten Sie „b“?; eine neue gehört unter „add:“",
        ),
        (
            "“../x”: the rule pack was not found; name a folder with rule files, “de”, or an installed package's pack",
            "„../x“: das Regelpaket ist nicht zu finden; nennen Sie einen Ordner mit Regeldateien, „de“ oder das Paket "
            "einer Installation",
        ),
        ("unknown word list @doof; did you mean “dof”?", "eine Wortliste @doof gibt es nicht; meinten Sie „dof“?"),
        ("@doof: „a & b“ uses „&“ or „!“, which a word list can't hold", "@doof: „a & b“ enthält „&“ oder „!“, was in einer Wortliste nicht geht"),
        ("something new", "something new"),
    ],
)  # fmt: skip
def test_messages_in_german(english: str, german: str) -> None:
    assert translated(english, "de") == german
