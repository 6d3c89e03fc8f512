"""What the checks on promises, persons, care and signs ask of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint.draft import Draft
from replylint.examples import rewritten
from replylint.german.calm import calm
from replylint.german.phrases import PhraseBook
from replylint.linter import Linter
from replylint.rules import load
from replylint.source import Source, SourceMap

HEAD = """
id: {name}
kind: {kind}
category: own
severity: warning
message: {{de: "„{{match}}“.", en: "“{{match}}”."}}
why: {{de: Darum., en: Because.}}
examples: [{{bad: x}}, {{good: y}}]
"""


def draft(text: str, *, template: bool = False) -> Draft:
    return Draft(Source("t", text), text, SourceMap.identity(len(text)), template=template)


def found(tmp_path: Path, kind: str, fields: str, text: str, *, template: bool = False) -> list[tuple[str, str]]:
    """The words that a rule finds, and the text with its first rewrite made."""
    (tmp_path / "own").mkdir(exist_ok=True)
    (tmp_path / "own" / "mine.yaml").write_text(HEAD.format(name="mine", kind=kind) + fields, encoding="utf-8")
    findings = Linter(load([str(tmp_path)])).check(draft(text, template=template))
    return [
        (finding.quote or "", rewritten(text, finding.rewrites[0]) if finding.rewrites else "") for finding in findings
    ]


def test_a_condition_on_the_address(tmp_path: Path) -> None:
    fields = 'phrases: ["bald"]\nwhen: ["!address=du"]\n'
    assert found(tmp_path, "phrase", fields, "Guten Tag Frau Ott,\n\nich schreibe Ihnen bald.")
    assert not found(tmp_path, "phrase", fields, "Hallo Tom,\n\nich schreibe dir bald.")


@pytest.mark.parametrize(
    ("scope", "text", "silent"),
    [
        ("next", "Wir melden uns bald. Am Montag ist es so weit.", True),
        ("next", "Am Montag ist es so weit. Wir melden uns bald.", False),
        ("previous", "Am Montag ist es so weit. Wir melden uns bald.", True),
        ("previous", "Wir melden uns bald. Am Montag ist es so weit.", False),
    ],
)
def test_the_sentence_before_and_after(tmp_path: Path, scope: str, text: str, silent: bool) -> None:
    fields = f'phrases: ["bald"]\nunless: {{{scope}: ["<date>"]}}\n'
    assert (found(tmp_path, "phrase", fields, text) == []) is silent


def test_a_thing_may_stand_alone_in_a_phrase() -> None:
    for thing in ("<date>", "<amount>", "<name>"):
        book = PhraseBook()
        assert book.needed(book.compile(thing))


def test_an_escaped_star_is_a_star(tmp_path: Path) -> None:
    fields = "phrases: ['Kund \\* in']\n"
    assert found(tmp_path, "phrase", fields, "Das erklärt eine Kund*in.") == [("Kund*in", "")]


@pytest.mark.parametrize(
    ("loud", "quiet"),
    [
        ("NICHT", "nicht"),
        ("NUR NOCH AM MONTAG", "nur noch am Montag"),
        ("BITTE SENDEN SIE UNS DEN BELEG", "bitte senden Sie uns den Beleg"),
        ("IHRE IBAN IST FALSCH", "Ihre IBAN ist falsch"),
        ("TELEFONISCHE", "telefonische"),
        ("sooooo", "so"),
        ("n i c h t", "nicht"),
        ("?!", "?"),
        ("!!!1", "!"),
    ],
)
def test_calm(loud: str, quiet: str) -> None:
    assert calm(loud) == quiet


def test_calm_knows_the_customer_and_the_sharp_s() -> None:
    assert calm("SIE", polite=False) == "sie"
    assert calm("GROSS", "mit Grüßen") == "groß"
    assert calm("GROSS", "mit Grüssen") == "gross"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Bitte NICHT knicken.", "Bitte nicht knicken."),
        ("NICHT knicken.", "Nicht knicken."),
    ],
)
def test_calmed_words_keep_their_place(tmp_path: Path, text: str, result: str) -> None:
    fields = "patterns: [{find: '(?:^|\\W)(?P<mark>NICHT)', rewrite: '{match:calm}'}]\n"
    assert found(tmp_path, "pattern", fields, text) == [("NICHT", result)]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Wir freuen uns auf Sie :-)", "Wir freuen uns auf Sie."),
        ("Wir freuen uns auf Sie :-) Bis morgen.", "Wir freuen uns auf Sie. Bis morgen."),
        ("Wir freuen uns! :-)", "Wir freuen uns!"),
        ("Viele Grüße :-)", "Viele Grüße"),
        ("Wir :-) freuen uns.", "Wir freuen uns."),
        ("(das klappt :-))", "(das klappt)"),
    ],
)
def test_a_full_stop_in_place_of_a_face(tmp_path: Path, text: str, result: str) -> None:
    fields = "patterns: [{find: ':-\\)', rewrite: '{stop}'}]\n"
    assert found(tmp_path, "pattern", fields, text) == [(":-)", result)]


def test_a_cut_word_takes_its_comma_along(tmp_path: Path) -> None:
    fields = "patterns: [{find: 'Hihi', rewrite: ''}]\n"
    assert found(tmp_path, "pattern", fields, "Hihi, das passiert.") == [("Hihi", "Das passiert.")]


LONG = (
    "Wir haben Ihre Reklamation an die Werkstatt in Kassel gegeben, in der die Kupplung ausgebaut und vermessen wird{joint}"
    "wir rufen Sie am Mittwoch zwischen neun und zehn Uhr an, um alles mit Ihnen zu besprechen."
)


@pytest.mark.parametrize("joint", [", und ", "; "])
def test_a_long_sentence_is_offered_as_two(tmp_path: Path, joint: str) -> None:
    text = LONG.format(joint=joint)
    ((quote, result),) = found(tmp_path, "measure", "limit: 25\n", text)
    assert quote == text
    assert result == LONG.format(joint=". W").replace("Wwir", "Wir")


def test_an_address_is_no_long_sentence(tmp_path: Path) -> None:
    text = "Schicken Sie es an:\n" + "\n".join(f"Werkstatt Nord Tor {number}" for number in range(9))
    assert not found(tmp_path, "measure", "limit: 25\n", text)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Hallo {{ name }}, Ihre Nummer [Nummer einsetzen] kostet XX €.", ["[Nummer einsetzen]", "XX"]),
        ("Hallo [Name], Ihre Nummer [Nummer einsetzen] kostet XX €.", []),
        ("Hallo {{ name }}, Ihre Nummer [Nummer] ist da.", []),
    ],
)
def test_a_template_has_its_own_placeholders(tmp_path: Path, text: str, quotes: list[str]) -> None:
    fields = "patterns: [{find: XX, own: yes}]\n"
    assert [quote for quote, _ in found(tmp_path, "placeholder", fields, text, template=True)] == quotes
