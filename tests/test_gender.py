"""`kind: gender`: every house style on the same drafts, whole findings compared, and what a pack can change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from replylint.checks.gender import STYLES, GenderCheck
from replylint.draft import Draft
from replylint.linter import Linter, Settings
from replylint.rulefile import RuleErrors
from replylint.rules import RuleSet, load
from replylint.source import Source, SourceMap

CHECK = "gender-neutral"
Found = tuple[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def linters() -> dict[str, Linter]:
    ruleset = load(["de"])
    rule = ruleset.rules[CHECK]
    assert isinstance(rule.check, GenderCheck)
    return {
        style: Linter(
            replace(ruleset, rules={CHECK: replace(rule, check=replace(rule.check, style=style))}),
            Settings(select=(CHECK,)),
        )
        for style in STYLES
    }


def _rules(folder: Path, change: dict[str, object]) -> RuleSet:
    text = yaml.safe_dump({"change": CHECK, **change}, allow_unicode=True, sort_keys=False)
    (folder / "schreibweise.yaml").write_text(text, encoding="utf-8")
    return load(["de", str(folder)])


def _linter(folder: Path, change: dict[str, object]) -> Linter:
    return Linter(_rules(folder, change), Settings(select=(CHECK,)))


def found(linter: Linter, text: str) -> list[Found]:
    """Each finding's words and its rewrites."""
    findings = linter.check(Draft(Source("a.txt", text), text, SourceMap.identity(len(text))))
    return [(finding.quote or "", tuple(rewrite.text for rewrite in finding.rewrites)) for finding in findings]


def mended(linter: Linter, text: str) -> str:
    """The text with the first rewrite of each finding made."""
    findings = linter.check(Draft(Source("a.txt", text), text, SourceMap.identity(len(text))))
    for finding in reversed(findings):
        if finding.rewrites:
            [edit] = finding.rewrites[0].fix.edits if finding.rewrites[0].fix else []
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


PAIRS, COLON, STAR, LINE, CAPITAL, NEUTRAL = (
    "doppelnennung", "doppelpunkt", "sternchen", "unterstrich", "binnen-i", "neutral",
)  # fmt: skip


@pytest.mark.parametrize(
    ("style", "text", "better"),
    [
        # many, in each case
        (PAIRS, "Wir danken allen Kunden.", "Wir danken allen Kundinnen und Kunden."),
        (COLON, "Wir danken allen Kunden.", "Wir danken allen Kund:innen."),
        (STAR, "Wir danken allen Kunden.", "Wir danken allen Kund*innen."),
        (LINE, "Wir danken allen Kunden.", "Wir danken allen Kund_innen."),
        (CAPITAL, "Wir danken allen Kunden.", "Wir danken allen KundInnen."),
        (NEUTRAL, "Wir danken unseren Kunden.", "Wir danken unserer Kundschaft."),
        (NEUTRAL, "Für unsere Kunden bleibt alles gleich.", "Für unsere Kundschaft bleibt alles gleich."),
        (NEUTRAL, "Unsere Kunden zahlen nichts.", "Unsere Kundinnen und Kunden zahlen nichts."),
        (NEUTRAL, "Unsere Mitarbeiter helfen.", "Unsere Mitarbeitenden helfen."),
        (NEUTRAL, "Viele Mitarbeiter helfen.", "Viele Mitarbeitende helfen."),
        (NEUTRAL, "Mit 12 Teilnehmern fangen wir an.", "Mit 12 Teilnehmenden fangen wir an."),
        (NEUTRAL, "Den Wunsch vieler Studenten kennen wir.", "Den Wunsch vieler Studierender kennen wir."),
        (NEUTRAL, "Wir fragen unsere Lehrer.", "Wir fragen unsere Lehrkräfte."),
        (PAIRS, "Fragen Sie die Ärzte.", "Fragen Sie die Ärztinnen und Ärzte."),
        (COLON, "Fragen Sie die Ärzte.", "Fragen Sie die Ärzt:innen."),
        (COLON, "Unsere Stammkunden wissen das.", "Unsere Stammkund:innen wissen das."),
        (PAIRS, "Unsere Premium-Kunden wissen das.", "Unsere Premium-Kundinnen und Premium-Kunden wissen das."),
        # one
        (COLON, "Jeder Nutzer kann das ändern.", "Jede:r Nutzer:in kann das ändern."),
        (COLON, "Wir schicken jedem neuen Kunden eine Karte.", "Wir schicken allen neuen Kund:innen eine Karte."),
        (STAR, "Morgen kommt ein neuer Techniker.", "Morgen kommt ein*e neue*r Techniker*in."),
        (COLON, "Wir schicken einen Techniker.", "Wir schicken eine:n Techniker:in."),
        (COLON, "Kein Kunde zahlt das.", "Kein:e Kund:in zahlt das."),
        (PAIRS, "Kein Kunde zahlt das.", "Keine Kundin und kein Kunde zahlt das."),
        (PAIRS, "Fragen Sie Ihren Ansprechpartner.", "Fragen Sie Ihre Ansprechperson."),
        (COLON, "Wer ist mein persönlicher Ansprechpartner?", "Wer ist meine persönliche Ansprechperson?"),
        (COLON, "Guten Tag Kim Lot,\n\nals Kunde sparen Sie.", "Guten Tag Kim Lot,\n\nals Kund:in sparen Sie."),
        (PAIRS, "Als treuer Kunde sparen Sie.", "Als treue Kundin oder treuer Kunde sparen Sie."),
        (STAR, "Als treuer Kunde sparen Sie.", "Als treue*r Kund*in sparen Sie."),
        (CAPITAL, "Als treuer Kunde sparen Sie.", "Als treueR KundIn sparen Sie."),
        # other ways than the house's
        (COLON, "Die Kund*innenzahl steigt.", "Die Kund:innenzahl steigt."),
        ("generisch", "Die Teilnehmer:innenzahl steigt.", "Die Teilnehmerzahl steigt."),
        (COLON, "Alle Kund*innen sparen.", "Alle Kund:innen sparen."),
        (COLON, "Alle KundInnen sparen.", "Alle Kund:innen sparen."),
        (COLON, "Alle Kundinnen und Kunden sparen.", "Alle Kund:innen sparen."),
        (COLON, "Jede*r Nutzer*in spart.", "Jede:r Nutzer:in spart."),
        (COLON, "Sehr geehrte(r) Nutzer/-in, das geht.", "Sehr geehrte:r Nutzer:in, das geht."),
        (PAIRS, "Alle Kund_innen sparen.", "Alle Kundinnen und Kunden sparen."),
        (PAIRS, "Wir helfen allen Nutzer:innen.", "Wir helfen allen Nutzerinnen und Nutzern."),
        (PAIRS, "Jede:r Nutzer:in spart.", "Jede Nutzerin und jeder Nutzer spart."),
        (NEUTRAL, "Alle Mitarbeiter*innen helfen.", "Alle Mitarbeitenden helfen."),
        ("generisch", "Wir helfen allen Nutzer:innen.", "Wir helfen allen Nutzern."),
        ("generisch", "Jede*r Kund*in spart.", "Jeder Kunde spart."),
        ("generisch", "Alle Mitarbeiter(innen) helfen.", "Alle Mitarbeiter helfen."),
    ],
)
def test_each_style_has_its_way(linters: dict[str, Linter], style: str, text: str, better: str) -> None:
    assert mended(linters[style], text) == better
    assert found(linters[style], better) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "text",
    [
        "Unser Techniker, Herr Kern, meldet sich.",
        "Herr Kern und sein Kollege melden sich.",
        "Ich habe meinen Kollegen gebeten, Sie anzurufen.",
        "Einer unserer Fahrer war gestern bei Ihnen.",
        "Ein Mitarbeiter hat das Paket angenommen.",
        "Der Kunde ist König.",
        "Die Versicherer und die Hersteller sind informiert.",
        "Der Kundenservice und die Nutzerkonten ziehen um.",
        "Drucker, Rechner und Kartenleser stehen im Büro.",
        "In 30 Sekunden sind die Urkunden da.",
        "Im Feld „Nutzer“ steht nichts, Nutzer: abc.",
        "Sehr geehrter Herr Nutzer, vielen Dank.",
        "Frau Schüler und Familie Lehrer sind da.",
        "Schauen Sie auf https://example.org/kund*innen nach.",
        "Der Termin:in zwei Wochen passt, auch auf LinkedIn.",
        "Die Kunden- und Lieferantendaten bleiben.",
        "Benutzer und Passwort finden Sie im Brief.",
        "Fahrer und Beifahrer sind versichert.",
        "Unsere Techniker Kern und Wolf kommen.",
        "Keiner unserer Mitarbeiter hat das gesehen.",
        "Ich bin kein Experte.",
        "Eine Kollegin oder ein Kollege ruft an.",
        "Für Sie ist die Bahn Ihr Ansprechpartner.",
        "Die Studierenden, die Mitarbeitenden und die Kundschaft wissen das.",
        "Grüezi Herr Meier, wir schliessen am Montag. Die Strasse ist gesperrt.",
    ],
)
def test_what_no_style_touches(linters: dict[str, Linter], style: str, text: str) -> None:
    assert found(linters[style], text) == []


@pytest.mark.parametrize(
    ("style", "text", "findings"),
    [
        ("generisch", "Unsere Kunden und jeder Nutzer, auch Kundinnen und Kunden.", []),
        (NEUTRAL, "Liebe Kundinnen und Kunden,", []),
        # no form is settled, or more than the noun would have to change
        (COLON, "Wir helfen einem Kunden.", [("einem Kunden", ())]),
        (COLON, "Jeder Kunde hat seine Nummer.", [("Jeder Kunde", ())]),
        (PAIRS, "Wir schicken einen Techniker, der alles prüft.", [("einen Techniker", ())]),
        (PAIRS, "Das bringt Nutzer:innen viel.", [("Nutzer:innen", ())]),
        (CAPITAL, "Jede:r Nutzer:in spart.", [("Jede:r Nutzer:in", ())]),
        # a word for all comes second
        (COLON, "Unsere Mitarbeiter helfen.", [("Mitarbeiter", ("Mitarbeiter:innen", "Mitarbeitenden"))]),
        (PAIRS, "Wir danken unseren Kunden.", [("Kunden", ("Kundinnen und Kunden", "unserer Kundschaft"))]),
        (NEUTRAL, "Für unsere Kunden, die warten.", [("Kunden", ("Kundinnen und Kunden",))]),
    ],
)
def test_rewrites_only_where_they_are_certain(
    linters: dict[str, Linter], style: str, text: str, findings: list[Found]
) -> None:
    assert found(linters[style], text) == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Alle Kund:innen, alle Nutzer:innen, alle Leser*innen.", [("Leser*innen", ("Leser:innen",))]),
        ("Alle Kund:innen sparen, alle Leser auch.", [("Leser", ("Leser:innen",))]),
        ("Liebe Kundinnen und Kunden, fragt alle Leser.", [("Leser", ("Leserinnen und Leser",))]),
        ("Alle Kunden/-innen sparen.", []),
        ("Alle Kund:innen und alle Nutzer*innen.", [("Nutzer*innen", ("Nutzer:innen",))]),
        ("Alle Kunden sparen.", [("Kunden", ("Kundinnen und Kunden",))]),
    ],
)
def test_without_a_style_the_draft_decides(linters: dict[str, Linter], text: str, findings: list[Found]) -> None:
    assert found(linters["einheitlich"], text) == findings


def test_another_way_is_told_with_the_house_s_own(linters: dict[str, Linter]) -> None:
    text = "Alle Kund*innen sparen."
    [finding] = linters[COLON].check(Draft(Source("a.txt", text), text, SourceMap.identity(len(text))))
    assert finding.message == "„Kund*innen“ passt nicht zur Schreibweise, die hier gilt („Kund:innen“)."
    assert finding.why.startswith("Welche Schreibweise gilt, entscheidet das Haus.")


@pytest.mark.parametrize(
    ("salutation", "findings"),
    [
        ("Guten Tag, Frau Novak,", [("Kunde", ("Kundin",))]),
        ("Guten Tag, Herr Novak,", []),
        ("Guten Tag,", [("Kunde", ("Kundin oder Kunde",))]),
    ],
)
def test_the_salutation_tells_who_is_meant(linters: dict[str, Linter], salutation: str, findings: list[Found]) -> None:
    text = f"{salutation}\n\nSie sind seit Jahren Kunde bei uns.\n\nViele Grüße\nMax Huber"
    assert found(linters["einheitlich"], text) == findings


def test_a_pack_adds_nouns_and_takes_some_away(tmp_path: Path) -> None:
    linter = _linter(
        tmp_path,
        {
            "style": PAIRS,
            "add": {"nouns": ["Imker", {"noun": "Weinbauer", "plural": "Weinbauern", "feminine": "Weinbäuerin"}]},
            "remove": {"nouns": ["*Mieter"]},
        },
    )
    assert found(linter, "Alle Imker, alle Mieter und alle Weinbauern.") == [
        ("Imker", ("Imkerinnen und Imker",)),
        ("Weinbauern", ("Weinbäuerinnen und Weinbauern",)),
    ]


def test_a_pack_adds_exceptions(tmp_path: Path) -> None:
    linter = _linter(tmp_path, {"add": {"except": ["Tag der Patienten"]}})
    assert found(linter, "Am Tag der Patienten feiern alle Patienten.") == [
        ("Patienten", ("Patientinnen und Patienten",))
    ]


def test_an_unknown_style_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleErrors, match="unknown value “doppelpunkte”; did you mean “doppelpunkt”"):
        _rules(tmp_path, {"style": "doppelpunkte"})


def test_the_check_is_off_by_default() -> None:
    text = "Alle Kunden sparen, alle Leser*innen auch."
    findings = Linter(load(["de"])).check(Draft(Source("a.txt", text), text, SourceMap.identity(len(text))))
    assert CHECK not in {finding.rule for finding in findings}
