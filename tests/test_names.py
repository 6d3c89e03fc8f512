"""wrong-name: what is known of the customer and where from, what is said of it, and where it stands."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from replylint.cli import main
from replylint.draft import Draft
from replylint.findings import Finding, Safety, Severity
from replylint.german import history, names
from replylint.linter import Linter, Settings
from replylint.readers import read
from replylint.rules import load
from replylint.source import Source, SourceMap, apply_edits

RULE = Path(__file__).parents[1] / "rules" / "de" / "person" / "wrong-name.yaml"
LISTS = yaml.safe_load(RULE.read_text(encoding="utf-8"))
FIRST = names.FirstNames(LISTS["women"], LISTS["men"], LISTS["either"], LISTS["short-forms"])
LINTER = Linter(load(["de"]), Settings(select=("wrong-name",)))


def check(text: str, inquiry: str | None = None, **facts: str) -> list[Finding]:
    return LINTER.check(Draft(Source("a.txt", text), text, SourceMap.identity(len(text)), inquiry=inquiry, facts=facts))


def said(text: str, inquiry: str | None = None, **facts: str) -> list[tuple[str | None, str, list[str]]]:
    """What is found, said and proposed, and the text with each fix made."""
    found = check(text, inquiry, **facts)
    for finding in found:
        assert (finding.rule, finding.severity, finding.document_level) == ("wrong-name", Severity.ERROR, False)
        assert all(rewrite.safety is Safety.REVIEW for rewrite in finding.rewrites)
    return [
        (
            finding.quote,
            finding.message,
            [apply_edits(text, rewrite.fix.edits) for rewrite in finding.rewrites if rewrite.fix is not None],
        )
        for finding in found
    ]


def test_a_misspelt_name() -> None:
    assert said("Sehr geehrte Frau Kuhn,\n\nIhr Paket ist da.", "Wo ist es?\n\nViele Grüße\nPetra Kühn") == [
        (
            "Kuhn",
            "Hier steht „Kuhn“, der Name ist aber „Petra Kühn“.",
            ["Sehr geehrte Frau Kühn,\n\nIhr Paket ist da."],
        )
    ]


def test_a_wrong_title_and_a_misspelt_name() -> None:
    assert said("Sehr geehrte Frau Woolf,\n\nIhr Paket ist da.", "Wo ist es?\n\nIhr Peter Wolf") == [
        (
            "Frau",
            "„Frau“ passt nicht zu „Peter Wolf“.",
            ["Sehr geehrter Herr Woolf,\n\nIhr Paket ist da."],
        ),
        (
            "Woolf",
            "Hier steht „Woolf“, der Name ist aber „Peter Wolf“.",
            ["Sehr geehrte Frau Wolf,\n\nIhr Paket ist da."],
        ),
    ]


@pytest.mark.parametrize(
    ("text", "inquiry", "quote", "name", "after"),
    [
        ("Werte Frau Berger,", "MfG\nTHOMAS LINDNER", "Frau Berger", "THOMAS LINDNER", "Werter Herr Lindner,"),
        ("Lieber Herr Dr. Hansen,", "Gruß, Eva von der Au", "Herr Dr. Hansen", "Eva von der Au", "Liebe Frau von der Au,"),
        ("Liebe Familie Lang,", "Gruß, Familie Wiesner", "Lang", "Familie Wiesner", "Liebe Familie Wiesner,"),
        ("Guten Tag Julia Berger,", "Gruß, Jonas Lindner", "Julia Berger", "Jonas Lindner", "Guten Tag Jonas Lindner,"),
        ("Sehr geehrte Frau Berger,", "Gruß, Kim Nowak", "Frau Berger", "Kim Nowak", "Guten Tag Kim Nowak,"),
        ("Hallo Julia,", "lg jonas", "Julia", "jonas", "Hallo Jonas,"),
    ],
)  # fmt: skip
def test_somebody_elses_name(text: str, inquiry: str, quote: str, name: str, after: str) -> None:
    body = "\n\ndie Ware ist da."
    message = f"Diese Antwort geht an „{name}“, hier steht aber „{quote}“."
    assert said(text + body, f"Ist die Ware da?\n{inquiry}") == [(quote, message, [after + body])]


def test_what_the_salutation_has_wrong_is_wrong_again_in_the_body() -> None:
    inquiry = "Wann?\n\nViele Grüße\nThomas Lindner"
    text = "Sehr geehrte Frau {0},\n\nam Montag. Bis dahin, Frau {0}, alles Gute. Es hilft Ihnen Frau {0}."
    for name, quote in (("Berger", "Frau Berger"), ("Lindner", "Frau")):
        found = check(text.format(name), inquiry)
        assert [(finding.quote, finding.span.start) for finding in found] == [(quote, 13), (quote, 43 + len(name))]
    assert check(text.format("Berger").replace("Sehr geehrte Frau Berger", "Guten Tag"), inquiry) == []


@pytest.mark.parametrize("name", ["Petra Kühn", "Kühn, Petra", "Frau Kühn", "Dr. Petra Kühn", "Ralf Ott; Petra Kühn"])
def test_the_customer_as_a_given_fact(name: str) -> None:
    assert [finding.quote for finding in check("Guten Tag Frau Kuhn,\n\nes ist da.", customer=name)] == ["Kuhn"]
    assert check("Guten Tag Frau Kühn,\n\nes ist da.", customer=name) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("header", "customer"),
    [
        ("To: Petra Kühn <p@example.org>", "Petra Kühn"),
        ('To: "Kühn, Petra" <p@example.org>', "Kühn, Petra"),
        ("To: =?utf-8?Q?K=C3=BChn=2C_Petra?=\n <p@example.org>", "Kühn, Petra"),
        ("To: p@example.org", None),
        ("To: <p@example.org>", None),
        ("To: Petra Kühn <p@example.org>, Ralf Ott <r@example.org>", None),
        ("To: Petra Kühn <p@example.org>\nCc: Ralf Ott <r@example.org>", None),
        ("Subject: Ihr Paket", None),
    ],
)
def test_a_mails_recipient_is_the_customer(header: str, customer: str | None, line_end: str) -> None:
    text = f"From: Sabine Kern <k@example.com>\n{header}\n\nGuten Tag Frau Kuhn,\n\nes ist da.\n".replace(
        "\n", line_end
    )
    (draft,) = read(Source("a.eml", text))
    assert draft.facts.get("customer") == customer
    found = LINTER.check(draft)
    assert [finding.quote for finding in found] == (["Kuhn"] if customer else [])
    for finding in found:
        assert text[finding.source_span.start : finding.source_span.end] == "Kuhn"


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Am 12.05.2025 um 10:15 schrieb Petra Kühn <p@example.org>:\n> Wo?", "Petra Kühn"),
        ("Am 12.05.2025 um 10:15 schrieb Petra Kühn <\np@example.org>:\n> Wo?", "Petra Kühn"),
        ("> Am 12.05.2025 um 10:15 schrieb Petra Kühn:\n> > Wo?", None),
        ("-----Ursprüngliche Nachricht-----\nVon: Kühn, Petra [mailto:p@example.org]\nGesendet: Montag, 12. Mai 2025 10:15\n"
         "An: Service\nBetreff: Paket\n\nWo?", "Kühn, Petra"),
        ("From: p@example.org\nSent: Monday, May 12, 2025 10:15\nTo: Service\n\nWo?", None),
        ("Wo ist mein Paket?\nPetra Kühn", None),
        ("", None),
    ],
)  # fmt: skip
def test_who_wrote_by_the_header(text: str, sender: str | None) -> None:
    assert history.sender(text) == sender


@pytest.mark.parametrize(
    ("one", "other", "same", "apart"),
    [
        ("Kühn", "KUEHN", True, False),
        ("Weiß", "Weiss", True, False),
        ("Lefèvre", "Lefevre", True, False),
        ("Wójcik", "Wojcik", True, False),
        ("Łukasz", "Lukasz", True, False),
        ("O'Brien", "O’Brien", True, False),
        ("Kühn", "Kuhn", False, True),
        ("Maier", "Meyer", False, True),
        ("Schmidt", "Schmitt", False, True),
        ("Hoffmann", "Hofman", False, True),
        ("Baumgartner", "Baumgratner", False, True),
        ("Kühn", "Kern", False, False),
        ("Müller", "Möller", False, True),
        ("Lang", "Berg", False, False),
        ("Ott", "Otto", False, False),
    ],
)
def test_names_that_are_the_same_or_misspelt(one: str, other: str, same: bool, apart: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert (names.key(first) == names.key(second)) is same
        assert names.near(first, second) is apart


@pytest.mark.parametrize(
    ("text", "given", "family", "surname", "sure"),
    [
        ("Petra Kühn", ("Petra",), ("Kühn",), "Kühn", True),
        ("Ihre Petra Kühn", ("Petra",), ("Kühn",), "Kühn", True),
        ("Kühn, Petra", ("Petra",), ("Kühn",), "Kühn", True),
        ("P. Kühn", (), ("Kühn",), "Kühn", True),
        ("Frau Kühn", (), ("Kühn",), "Kühn", True),
        ("Dipl.-Ing. Ursula von der Heide", ("Ursula",), ("Heide",), "von der Heide", True),
        ("Petra Kühn geb. Wolf", ("Petra",), ("Kühn",), "Kühn", True),
        ("Petra Kühn, Musterweg 3", ("Petra",), ("Kühn",), "Kühn", True),
        ("Jonas", ("Jonas",), (), "", True),
        ("Kühn", (), ("Kühn",), "Kühn", False),
        ("Huber Josef", ("Josef",), ("Huber",), "Huber", False),
        ("Abena Osei", ("Abena",), ("Osei",), "Osei", False),
    ],
)
def test_whom_a_line_names(
    text: str, given: tuple[str, ...], family: tuple[str, ...], surname: str, sure: bool
) -> None:
    (name,) = names.people(text, FIRST)
    assert (name.given, name.family, name.surname, name.sure) == (given, family, surname, sure)


@pytest.mark.parametrize(
    "text", ["", "Blumen Sommer GmbH", "Ihr Kundenservice", "Rechnung 4711", "p@example.org", "und bis bald", "J. H."]
)
def test_a_line_that_names_nobody(text: str) -> None:
    assert names.people(text, FIRST) == []


def test_a_couple_shares_its_family_name() -> None:
    found = names.people("Petra und Jonas Kühn", FIRST)
    assert [(name.given, name.family) for name in found] == [(("Petra",), ("Kühn",)), (("Jonas",), ("Kühn",))]


def test_no_first_name_is_of_two_lists() -> None:
    lists = {
        key: [names.key(name) for text in LISTS[key] for name in text.split()] for key in ("women", "men", "either")
    }
    for one, other in combinations(lists, 2):
        assert set(lists[one]) & set(lists[other]) == set()
    for entries in lists.values():
        assert len(entries) == len(set(entries)) > 50


FAMILY = st.text("abdeghiklmnoprstuäöü", min_size=5, max_size=12).map(str.title)


@given(FAMILY, st.integers(0, 9), st.sampled_from(["", "Betreff: AW: Paket\n\n", "\n\n", "## Antwort\n\n"]))
def test_a_swap_is_found_where_it_stands_and_mended(family: str, at: int, above: str) -> None:
    at = 1 + at % (len(family) - 2)
    wrong = family[:at] + family[at + 1] + family[at] + family[at + 2 :]
    inquiry = f"Wo ist mein Päckchen?\n\nViele Grüße\nPetra {family}"
    right = f"{above}Sehr geehrte Frau {family},\n\nes ist da.\n\nViele Grüße\nSabine Kern"
    assert check(right, inquiry) == []
    text = right.replace(family, wrong, 1)
    found = check(text, inquiry)
    if names.key(wrong) == names.key(family):
        assert found == []
        return
    (finding,) = found
    assert (finding.span.start, finding.quote) == (text.index("Frau ") + 5, wrong)
    fix = finding.rewrites[0].fix
    assert fix is not None
    assert apply_edits(text, fix.edits) == right


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_read(text: str, inquiry: str, customer: str) -> None:
    for finding in check(f"Guten Tag Frau {text}", f"{inquiry}\nViele Grüße\n{text[:20]}", customer=customer):
        assert 0 <= finding.span.start < finding.span.end <= len(finding.draft.text)


def test_names_in_a_library_and_by_option(tmp_path: Path) -> None:
    library = tmp_path / "antworten.csv"
    library.write_text(
        "inquiry,answer,customer\n"
        '"Wo ist es?\nGruß, Petra Kühn","Guten Tag Frau Kuhn,\n\nes ist da.",\n'
        '"Wo ist es?","Guten Tag Herr Kuhn,\n\nes ist da.",Petra Kühn\n'
        '"Wo ist es?","Guten Tag Frau Kühn,\n\nes ist da.",Petra Kühn\n',
        encoding="utf-8",
    )
    draft, inquiry = tmp_path / "entwurf.txt", tmp_path / "anfrage.txt"
    draft.write_text("Guten Tag Frau Kuhn,\n\nes ist da.\n", encoding="utf-8")
    inquiry.write_text("Wo ist es?\n\nViele Grüße\nPetra Kühn\n", encoding="utf-8")

    def run(*arguments: str) -> list[str]:
        options = ("check", "--isolated", "--no-cache", "--format", "concise", "--select", "wrong-name", *arguments)
        result = CliRunner().invoke(main, options)
        assert result.exit_code in (0, 1), result.output
        return [line.split(": ", 1)[1] for line in result.stdout.splitlines() if "wrong-name" in line]

    assert len(run(str(library))) == 3
    assert len(run(str(draft), "--inquiry", str(inquiry))) == 1
    assert len(run(str(draft), "--fact", "customer=Petra Kühn")) == 1
    assert run(str(draft)) == []


def test_a_pack_adds_first_names(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("extends: [de]\n", encoding="utf-8")
    (tmp_path / "wrong-name.yaml").write_text(
        "change: wrong-name\nadd: {women: [Abena]}\nexamples:\n"
        '  - {bad: "Guten Tag Herr Osei,\\n\\nes ist da.", inquiry: "Wo?\\n\\nViele Grüße\\nAbena Osei", at: Herr}\n',
        encoding="utf-8",
    )
    text = "Guten Tag Herr Osei,\n\nes ist da."
    draft = Draft(Source("a.txt", text), text, SourceMap.identity(len(text)), inquiry="Wo?\n\nViele Grüße\nAbena Osei")
    assert LINTER.check(draft) == []
    linter = Linter(load([str(tmp_path)]), Settings(select=("wrong-name",)))
    assert [finding.quote for finding in linter.check(draft)] == ["Herr"]


@pytest.mark.parametrize(
    ("text", "inquiry", "wrong"),
    [
        ("Guten Tag Frau " + "a" * 50_000, "Viele Grüße\nPetra " + "A" + "b" * 49_999, []),
        ("Guten Tag Frau Kuhn,\n\n" + "a" * 50_000 + " Frau", "Viele Grüße\nPetra Kühn", ["Kuhn"]),
        (
            "Guten Tag Frau Kuhn,\n\n" + "ja, " * 20_000,
            "Mein Name ist " * 10_000 + "\nViele Grüße\nPetra Kühn",
            ["Kuhn"],
        ),
        ("Guten Tag Frau Kuhn,\n\nja.", "Viele Grüße\nPetra „von Kühn", ["Kuhn"]),
        ("Guten Tag Frau Kuhn,\n\nja.", "a@" * 20_000 + "\nViele Grüße\nPetra Kühn", ["Kuhn"]),
    ],
)
def test_hostile_texts_are_judged_like_others(text: str, inquiry: str, wrong: list[str]) -> None:
    draft = Draft(Source("a.txt", text), text, SourceMap.identity(len(text)), inquiry=inquiry)
    context = LINTER.context(draft)
    hits = LINTER.ruleset.rules["wrong-name"].check.run(context)
    assert [text[hit.span.start : hit.span.end] for hit in hits] == wrong
