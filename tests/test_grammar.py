"""The check of grammar: what becomes of LanguageTool's matches, what is hidden from it, and how it is configured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from folders import put, run
from languagetool_server import Answer, answer, fake, match, read

from replylint.draft import Draft
from replylint.examples import run_rule
from replylint.findings import Finding, Safety, Severity
from replylint.german import languagetool
from replylint.german.languagetool import LanguageTool, Options
from replylint.linter import Linter, Settings
from replylint.rules import RuleSet, load
from replylint.source import Source, SourceMap

MAIL = "Guten Tag Frau Hartung,\n\n{}\n\nFreundliche Grüße\nJana Petersen\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(languagetool, "_BACKOFF", 0.01)
    return tmp_path


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load(["de"])


def draft(text: str, *, template: bool = False) -> Draft:
    return Draft(Source("entwurf.txt", text), text, SourceMap.identity(len(text)), template=template)


def on(words: str, **more: Any) -> Callable[[Mapping[str, str]], Answer]:
    """A server that objects to these words, at their first place in what it is given."""

    def respond(form: Mapping[str, str]) -> Answer:
        pieces = json.loads(form["data"])["annotation"]
        whole = "".join(piece.get("text", piece.get("markup", "")) for piece in pieces)
        at = whole.find(words)
        return answer(match(at, len(words), **more)) if at >= 0 else answer()

    return respond


def check(
    ruleset: RuleSet, text: str, words: str, select: Sequence[str] = ("grammar",), lang: str = "de",
    words_of_mine: Sequence[str] = (), picky: bool = False, template: bool = False, **more: Any,
) -> list[Finding]:  # fmt: skip
    """What is found in a text when LanguageTool objects to these words."""
    with fake(on(words, **more)) as server:
        options = Options(server=server.address, words=tuple(words_of_mine), picky=picky)
        with LanguageTool(options) as tool:
            linter = Linter(ruleset, Settings(lang=lang, select=tuple(select)), tool)
            return linter.check(draft(text, template=template))


# What becomes of a match


def test_a_spelling_mistake(ruleset: RuleSet) -> None:
    text = MAIL.format("die Rechung ist geprüft.")
    [found] = check(ruleset, text, "Rechung", replacements=["Regung", "Brechung", "Rechnung", "Rechnungs"])
    assert (found.rule, found.category, found.severity) == ("grammar", "care", Severity.WARNING)
    assert (found.quote, found.span.start) == ("Rechung", text.index("Rechung"))
    assert found.message == "„Rechung“ steht so nicht im Wörterbuch. Vielleicht ein Tippfehler?"
    # What begins like the word and is most like it comes first.
    assert [rewrite.text for rewrite in found.rewrites] == ["Rechnung", "Rechnungs", "Regung"]
    assert {rewrite.safety for rewrite in found.rewrites} == {Safety.REVIEW}
    assert all(rewrite.fix and rewrite.fix.edits[0].span == found.span for rewrite in found.rewrites)


def test_both_languages(ruleset: RuleSet) -> None:
    says: dict[str, Any] = {
        "issue": "uncategorized",
        "message": "In der Wendung ‚nach Hause‘ wird «Hause» großgeschrieben.",
    }
    text = MAIL.format("wir kommen zu Ihnen nach hause.")
    german, english = (
        check(ruleset, text, "hause", lang=lang, rule="ZU_HAUSE", category="CASING", **says)[0].message
        for lang in ("de", "en")
    )
    assert german == "In der Wendung „nach Hause“ wird „Hause“ großgeschrieben."
    assert english == f"LanguageTool on capitals: {german}"
    [found] = check(ruleset, MAIL.format("die Rechung ist da."), "Rechung", lang="en", replacements=["Rechnung"])
    assert found.message == "“Rechung” is not in the dictionary. A typing error, perhaps?"


@pytest.mark.parametrize(
    ("category", "severity"),
    [
        ("TYPOS", Severity.WARNING),
        ("GRAMMAR", Severity.WARNING),
        ("CONFUSED_WORDS", Severity.WARNING),
        ("COMPOUNDING", Severity.SUGGESTION),
        ("CASING", Severity.SUGGESTION),
        ("HILFESTELLUNG_KOMMASETZUNG", Severity.SUGGESTION),
        ("PUNCTUATION", Severity.SUGGESTION),
        ("STYLE", Severity.SUGGESTION),
        ("SOMETHING_NEW", Severity.SUGGESTION),
    ],
)
def test_severities(ruleset: RuleSet, category: str, severity: Severity) -> None:
    text = MAIL.format("es ist alles geprüft und steht bereit.")
    [found] = check(ruleset, text, "steht", category=category, issue="uncategorized", rule="X", message="So nicht.")
    assert found.severity is severity


def test_other_checks_go_first(ruleset: RuleSet) -> None:
    text = MAIL.format("Ihr Rad ist da!! Wir freuen uns.")
    alone = check(ruleset, text, "!!", rule="DOPPELTES_AUSRUFEZEICHEN", category="PUNCTUATION", issue="typographical")
    both = check(ruleset, text, "!!", ("grammar", "shouting"), rule="DOPPELTES_AUSRUFEZEICHEN", category="PUNCTUATION")
    assert [finding.rule for finding in alone] == ["grammar"]
    assert [finding.rule for finding in both] == ["shouting"]


def test_a_match_begins_with_a_word(ruleset: RuleSet) -> None:
    text = MAIL.format("es tut uns leid dass Sie warten.")
    comma: dict[str, Any] = {"rule": "KOMMA", "category": "HILFESTELLUNG_KOMMASETZUNG", "issue": "uncategorized"}
    [found] = check(ruleset, text, " dass", replacements=[", dass"], **comma)
    assert (found.quote, [rewrite.text for rewrite in found.rewrites]) == ("leid dass", ["leid, dass"])


# What LanguageTool reads


def test_what_is_read(ruleset: RuleSet) -> None:
    text = (
        "Hallo {{ customer.name }},\n\n"
        "> Wann kommt mein Geheimpaket?\n\n"
        "am [Datum], an max@example.org. Mehr auf www.example.org/hilfe 🙈 Es kostet {{ preis }} €.\n\n"
        "Viele Grüße\nJana\n-- \nGeheime Signatur\n\n"
        "Am 3. Mai schrieb Max:\n> Mein Geheimnis\n"
    )
    with fake() as server, LanguageTool(Options(server=server.address, language="de-CH")) as tool:
        Linter(ruleset, Settings(select=("grammar",)), tool).check(draft(text))
    [reading] = server.texts()
    assert server.asked[0]["language"] == "de-CH"
    assert "Geheim" not in json.dumps(server.asked) and "max@" not in json.dumps(server.asked)
    assert re.sub(r"\n+", "\n", reading) == (
        "Hallo Kim,\nam 12.05.2026, an example.org. Mehr auf example.org. Es kostet 20,00 €.\nViele Grüße\nJana"
    )


# False alarms: each is one line of the table, next to what it must not swallow.

SPELLING: dict[str, Any] = {"replacements": ["Testmann"]}
CASING: dict[str, Any] = {"rule": "UPPERCASE_SENTENCE_START", "category": "CASING", "issue": "typographical"}
COMMA: dict[str, Any] = {"rule": "KOMMA", "category": "HILFESTELLUNG_KOMMASETZUNG", "issue": "uncategorized"}


@pytest.mark.parametrize(
    ("text", "words", "more"),
    [
        # Names.
        ("Guten Tag Herr Tessmann,\n\nes ist alles da.", "Tessmann", SPELLING),
        ("Sehr geehrte Frau Mag. Testmannn,\n\nes ist alles da.", "Testmannn", SPELLING),
        ("Guten Tag Frau van Aalst,\n\nes ist alles da.", "Aalst", {"rule": "DE_CASE", "category": "CASING"}),
        ("Hallo,\n\nes ist alles da.\n\nViele Grüße\nJana Tessmann\nTestmannn Möbel", "Testmannn", SPELLING),
        (MAIL.format("Frau Tessmann ruft Sie an."), "Tessmann", SPELLING),
        (MAIL.format("meine Kollegin Ursina Tessmann ruft Sie an."), "Tessmann", SPELLING),
        ("Hallo Ilka,\n\nes grüßt Sie Ilka noch einmal.", "Ilka", {"replacements": ["Ilja"]}),
        # What comes back, and what nothing is like.
        (MAIL.format("das Lundhaus ist da."), "Lundhaus", {"replacements": ["Landhaus"]}),
        (MAIL.format("Ihre Ramen kommen gleich."), "Ramen", {"replacements": ["Rahmen"]}),
        (MAIL.format("dass Pepper bellt, ist normal."), "Pepper", {"replacements": ["Pep per"]}),
        (MAIL.format("es sind keine Limonene darin."), "Limonene", {"replacements": ["Limonen"]}),
        (MAIL.format("es dreht noch ne Runde."), "ne", {"replacements": ["neu"]}),
        # A draft that is written small.
        ("hi jonte,\n\ndas abo ist weg. das geld kommt bald. sonst noch was?\n\nlg paula", "das", CASING),
        ("hi jonte,\n\ndas abo ist weg. das geld kommt bald. sonst noch was?\n\nlg paula", "geld", {"replacements": ["Geld"]}),
        (MAIL.format("die Firma nutzt jetzt Televox in allen Filialen."), "Televox", {"replacements": ["Telefon"]}),
        # Codes and abbreviations.
        (MAIL.format("Ihr Code ist XK4B."), "XK4B", SPELLING),
        (MAIL.format("Sie finden die ESY auf dem Zettel."), "ESY", {"replacements": ["ESA"]}),
        (MAIL.format("wir sind Mo–Fr erreichbar."), "Mo", {"replacements": ["Mo."]}),
        ("Hallo,\n\nes ist alles da.\n\nVG\nJana", "VG", {"replacements": ["Vg"]}),
        ("Hallo,\n\nes ist alles da.\n\nMfG\nJana", "MfG", {"rule": "MFG", "category": "STYLE", "issue": "style"}),
        (MAIL.format("sehen Sie unter index.php?seite=forgotpwd nach."), "forgotpwd", {"replacements": ["forderte"]}),
        (MAIL.format("Strasse und Nr: 12 a stehen im Konto."), "Nr", {"replacements": ["Nr."]}),
        (MAIL.format("die Tabelle:\n\n| Posten | Preis |\n| :--- | ---: |\n"), ":---", {"rule": "LEERZEICHEN_HINTER_DOPPELPUNKT", "category": "TYPOGRAPHY"}),
        (MAIL.format("hier geht es weiter: {{else}}Hier ist der Link."), "Hier", {"rule": "DE_SENTENCE_WHITESPACE", "category": "MISC"}),
        (MAIL.format("das Programm heißt hitobito und ist neu."), "hitobito", {"replacements": []}),
        # Lines: a capital where one begins, a small letter where a sentence goes on.
        (MAIL.format("Bestellnummer: 4711\nDer Kauf ist gebucht."), "Der", {"rule": "DE_CASE", "category": "CASING"}),
        (MAIL.format("Adressbuch - Wir liefern auch an andere."), "Wir", {"rule": "DE_CASE", "category": "CASING"}),
        (MAIL.format("das ist ein Privates Konto."), "Privates", {"rule": "DE_CASE", "category": "CASING"}),
        (MAIL.format("alles kommt am XX.XX. an Sie zurück."), "an Sie", CASING),
        ("Hallo,\n\nes ist alles da.\n\nViele Grüße\ndein Radlager-Team", "dein", CASING),
        (
            "Hallo,\n\nes ist alles da.\n\nViele Grüße, A. Reiter",
            "Viele Grüße,",
            {"rule": "MIT_FREUNDLICHEN_GRUESSEN_KOMMA", "category": "CORRESPONDENCE"},
        ),
        (MAIL.format("bitte gehen Sie zu\n\nwww.example.org\n\num das zu ändern."), "um das", CASING),
        # Quotations.
        (MAIL.format("die Meldung „Zugrif verweigert“ verschwindet."), "Zugrif", {"replacements": ["Zugriff"]}),
        # The greeting and what follows it.
        ("Hey ihr beiden,\n\nes ist alles da.", "ihr beiden", {"rule": "X", "category": "GRAMMAR", "issue": "grammar"}),
        ("Hey ihr beiden,\n\nes ist alles da.", "beiden,", COMMA),
        ("Hallo Frau Kern,\n\nes ist alles da.", "es", CASING),
        ("Hallo Frau Kern,\n\nEs ist alles da.", "Es", {**CASING, "rule": "DE_CASE"}),
        ("danke für Ihre Nachricht. Es ist alles da.", "danke", CASING),
        # Two lines that are no sentence.
        (
            "Hallo,\n\nes ist da.\n\nHochachtungsvoll\nNetzvertrieb Lahn",
            "Hochachtungsvoll\nNetzvertrieb",
            {"rule": "DE_AGREEMENT2", "category": "GRAMMAR"},
        ),
        # A draft without umlauts.
        ("Hallo,\n\ndanke fuer die Fotos.\n\nViele Gruesse\nJana", "fuer", {"replacements": ["für"]}),
        ("Hallo,\n\ndie Ruecktrittsversicherung gilt.", "Ruecktrittsversicherung", {"replacements": ["Rücktritt"]}),
        # What mails are typed like; taste.
        (MAIL.format("alles  da."), "  ", {"rule": "WHITESPACE_RULE", "category": "TYPOGRAPHY"}),
        (MAIL.format("das kostet 15% mehr."), "15%", {"rule": "EINHEIT_LEERZEICHEN", "category": "PUNCTUATION"}),
        (MAIL.format("am Freitag, 22. Mai."), "Freitag, 22", {"rule": "DE_DATE_WEEKDAY_CURRENTYEAR", "category": "SEMANTICS"}),
        (MAIL.format("mit diesen Infos geht es."), "Infos", {"rule": "MATHE", "category": "COLLOQUIALISMS", "issue": "style"}),
        (MAIL.format("das kommt nicht in Frage."), "in Frage", {"rule": "X", "category": "EMPFOHLENE_RECHTSCHREIBUNG"}),
    ],
)  # fmt: skip
def test_a_false_alarm(ruleset: RuleSet, text: str, words: str, more: Mapping[str, Any]) -> None:
    assert check(ruleset, text, words, **more) == []


@pytest.mark.parametrize(
    ("text", "words", "more"),
    [
        # Not names.
        ("Sehr geerhte Frau Kern,\n\nes ist alles da.", "geerhte", {"replacements": ["geehrte"]}),
        ("Hlalo Frau Kern,\n\nes ist alles da.", "Hlalo", {"replacements": ["Hallo"]}),
        ("Sehr geehrte Faru Kern,\n\nes ist alles da.", "Faru", {"replacements": ["Frau"]}),
        ("Hallo,\n\nes ist alles da.\n\nVille Grüße\nJana", "Ville", {"replacements": ["Viele"]}),
        (MAIL.format("die Reperatur ist fertig."), "Reperatur", {"replacements": ["Reparatur"]}),
        (
            MAIL.format("die Reperatur und die zweite Reperatur sind fertig."),
            "Reperatur",
            {"replacements": ["Reparatur"]},
        ),
        (MAIL.format("Ihre Rechung ist da."), "Rechung", {"replacements": ["Regung", "Rechnung"]}),
        (MAIL.format("es geht um die Kosten von Reperaturen."), "Reperaturen", {"replacements": ["Reparaturen"]}),
        (MAIL.format("wir sagen Ihnen bescheid."), "bescheid", {"replacements": ["Bescheid"]}),
        (
            "hi jonte,\n\ndas abo ist weg. das geld kommt bald. wir danken fuer alles.\n\nlg",
            "danken",
            {"rule": "X", "category": "GRAMMAR"},
        ),
        (
            "Hallo,\n\nes ist alles da.\n\nViele Grüße,\nA. Reiter",
            "Viele Grüße,",
            {"rule": "MIT_FREUNDLICHEN_GRUESSEN_KOMMA", "category": "CORRESPONDENCE"},
        ),
        # Not the greeting's comma.
        ("Hallo Frau Kern!\n\nes ist alles da.", "es", CASING),
        (MAIL.format("es ist alles da. danke für Ihre Mühe."), "danke", CASING),
        (MAIL.format("es tut uns leid dass Sie warten."), "leid dass", COMMA),
        # A slip in a draft that has its umlauts.
        (MAIL.format("danke fuer die schönen Fotos."), "fuer", {"replacements": ["für"]}),
        ("Hallo,\n\ndanke fuer die Rechung.", "Rechung", {"replacements": ["Rechnung"]}),
    ],
)
def test_no_false_alarm(ruleset: RuleSet, text: str, words: str, more: Mapping[str, Any]) -> None:
    assert [finding.quote for finding in check(ruleset, text, words, **more)] == [words]


def test_own_words(ruleset: RuleSet) -> None:
    for text, words in [
        ("der Rechung gilt.", "Rechung"),
        ("die Vorteile des Rechungs gelten.", "Rechungs"),
        ("der Rechung-Tarif gilt.", "Rechung-Tarif"),
    ]:
        found = [
            check(ruleset, MAIL.format(text), words, words_of_mine=mine, replacements=["Rechnungs", "Rechnung-Tarif"])
            for mine in ([], ["Rechung"])
        ]
        assert [len(each) for each in found] == [1, 0], text


def test_picky_brings_matters_of_taste(ruleset: RuleSet) -> None:
    text = MAIL.format("mit diesen Infos geht es.")
    style: dict[str, Any] = {"rule": "MATHE", "category": "COLLOQUIALISMS", "issue": "style"}
    assert [len(check(ruleset, text, "Infos", picky=picky, **style)) for picky in (False, True)] == [0, 1]


# Running it


CONFIG = '[languagetool]\nserver = "{}"\n[checks]\ngrammar = "on"\n'


def slip(form: Mapping[str, str]) -> Answer:
    return on("Rechung", replacements=["Rechnung"])(form)


def test_it_is_off_by_default() -> None:
    put({"a.txt": MAIL.format("die Rechung ist geprüft, das Rad ist fertig. Sie können es morgen abholen.")})
    with fake(slip) as server:
        put({"replylint.toml": f'[languagetool]\nserver = "{server.address}"\n'})
        run("check", "a.txt")
        assert server.asked == []
        assert "grammar" in run("check", "a.txt", "--select", "grammar", "--format", "concise").stdout
        assert len(server.asked) == 1


def test_many_drafts_share_a_connection(folder: Path) -> None:
    put({f"{number}.txt": MAIL.format(f"die {number}. Rechung ist geprüft.") for number in range(90)})
    with fake(slip) as server:
        put({"replylint.toml": CONFIG.format(server.address)})
        result = run("check", ".", "--select", "grammar", "--format", "json")
    files = json.loads(result.stdout)["files"]
    assert [[finding["quote"] for finding in file["findings"]] for file in files] == [["Rechung"]] * 90
    assert len(server.asked) == 90
    assert 1 <= server.most <= Options().parallel


def test_fixes_ask_again_only_for_what_changed() -> None:
    put({"a.txt": MAIL.format("die Rechung ist geprüft.")})
    with fake(slip) as server:
        put({"replylint.toml": CONFIG.format(server.address)})
        assert run("check", "a.txt", "--select", "grammar", "--fix").exit_code == 1
        assert "Rechung" in Path("a.txt").read_text(encoding="utf-8"), "no correction of a word is safe"
        run("check", "a.txt", "--select", "grammar", "--unsafe-fixes")
        assert Path("a.txt").read_text(encoding="utf-8") == MAIL.format("die Rechnung ist geprüft.")
        assert len({read(form) for form in server.asked}) == 2


def test_without_a_server_it_says_how_to_have_one() -> None:
    put({"a.txt": MAIL.format("es ist alles da.")})
    for lang, words in (("de", "diese Prüfung fragt LanguageTool"), ("en", "this check asks LanguageTool")):
        result = run("check", "a.txt", "--select", "grammar", "--lang", lang)
        assert result.exit_code == 2
        assert words in result.stderr
        assert "[languagetool]" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_other_checks_are_reported_when_it_fails() -> None:
    put({name: MAIL.format("Das machen wir leider nicht.") for name in ("a.txt", "b.txt")})
    with fake(lambda form: (500, {}, b"Error: out of memory")) as server:
        put({"replylint.toml": CONFIG.format(server.address)})
        result = run("check", "a.txt", "b.txt", "--format", "concise")
    assert result.exit_code == 2
    assert sum("negative-phrasing" in line for line in result.stdout.splitlines()) == 2
    assert [line for line in result.stderr.splitlines() if "grammar" in line] == [
        f"replylint: grammar: LanguageTool hat unter {server.address} die Antwort verweigert (500: Error: out of memory)."
    ]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("response", "words"),
    [
        ((302, {"Location": "http://elsewhere.example/v2/check"}, b""), {"de": "verweist auf", "en": "points to"}),
        ((200, {}, b"<html>"), {"de": "etwas anderes als LanguageTool", "en": "is not LanguageTool"}),
        ((403, {}, b"no"), {"de": "verweigert (403: no)", "en": "refused to answer (403: no)"}),
        (answer(warnings={"incompleteResults": True}), {"de": "nicht fertig geworden", "en": "did not finish"}),
    ],
)
def test_what_is_told_of_a_failure(response: Answer, words: Mapping[str, str], lang: str) -> None:
    put({"a.txt": MAIL.format("es ist alles da.")})
    with fake(lambda form: response) as server:
        put({"replylint.toml": CONFIG.format(server.address)})
        result = run("check", "a.txt", "--select", "grammar", "--lang", lang)
    assert result.exit_code == 2
    assert words[lang] in result.stderr
    assert "{" not in result.stderr


# Privacy


@pytest.mark.parametrize("lang", ["de", "en"])
def test_another_machine_needs_permission(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def never(*args: object, **more: object) -> None:
        raise AssertionError("the network is touched")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(socket.socket, "connect", never)
    put({"a.txt": MAIL.format("es ist alles da."), "replylint.toml": CONFIG.format("https://lt.example/v2")})
    result = run("check", "a.txt", "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    first = result.stderr.splitlines()[0]
    assert first.startswith("replylint.toml:2: ")
    assert "allow-remote = true" in first
    assert {"de": "Bisher wurde nichts gesendet", "en": "Nothing has been sent so far"}[lang] in first


def test_permission_is_given_explicitly() -> None:
    put({"a.txt": MAIL.format("es ist alles da."), "replylint.toml": CONFIG.format("https://lt.example")})
    text = Path("replylint.toml").read_text(encoding="utf-8")
    put({"replylint.toml": text.replace("[checks]", "allow-remote = true\n[checks]")})
    assert "lt.example" in run("config").stdout


def test_no_message_holds_a_password() -> None:
    put({"a.txt": "", "replylint.toml": CONFIG.format("http://ich:geheim@localhost:8010")})
    for command in (["check", "a.txt"], ["config"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "Zugangsdaten" in result.stderr
        assert "geheim" not in result.stdout + result.stderr


# The configuration


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('serve = "http://localhost"', "2: den Schlüssel „serve“ gibt es nicht. Meinten Sie „server“?"),
        ('server = "localhost:8010"', "2: „server“ muss die Adresse eines Servers sein, zum Beispiel http://localhost:8010"),
        ("server = 8010", "2: „server“ muss ein Text sein"),
        ("picky = true", '1: hier fehlt server = "http://localhost:8010" oder local = true'),
        ('server = "http://localhost"\nlocal = true', "3: „server“ und „local“ widersprechen sich; bitte nur eines angeben"),
        ("local = true\npicky = 1", "3: „picky“ muss true oder false sein"),
        ("local = true\nwords = 7", "3: „words“ muss eine Liste von Texten sein"),
        ("local = true\ntimeout = 0", "3: „timeout“ muss eine Zahl von 1 bis 600 sein"),
        ('local = true\ntimeout = "1"', "3: „timeout“ muss eine Zahl von 1 bis 600 sein"),
        ("local = true\nparallel = 1.5", "3: „parallel“ muss eine Zahl von 1 bis 32 sein"),
        ("local = true\nparallel = true", "3: „parallel“ muss eine Zahl von 1 bis 32 sein"),
        ('local = true\nlanguage = "de"', "3: „language“ kann nicht „de“ sein."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_configuration(lines: str, message: str) -> None:
    put({"a.txt": MAIL.format("es ist da."), "replylint.toml": f"[languagetool]\n{lines}\n"})
    result = run("check", "a.txt")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0].startswith(f"replylint.toml:{message}")


def test_a_run_shows_what_is_configured() -> None:
    put({"replylint.toml": '[languagetool]\nserver = "http://localhost:8010/v2"\nwords = ["Lundhaus"]\ntimeout = 5\n'})
    lines = [re.split(r"\s{2,}", line) for line in run("config").stdout.splitlines() if "languagetool" in line]
    assert lines == [
        ['languagetool.server = "http://localhost:8010/v2"', "replylint.toml:2"],
        ['languagetool.words = ["Lundhaus"]', "replylint.toml:3"],
        ["languagetool.timeout = 5", "replylint.toml:4"],
    ]


# Without it


def test_examples_wait_for_a_server(ruleset: RuleSet) -> None:
    [failure] = run_rule(ruleset, ruleset.rules["grammar"])
    assert (failure.what, failure.untested) == ("grammar-unconfigured", True)


def test_explain_needs_no_server() -> None:
    page = run("explain", "grammar").stdout
    assert "LanguageTool" in page
    assert "Rechung" in page


def test_a_run_with_grammar_off_imports_nothing_of_it() -> None:
    put(
        {
            "a.txt": MAIL.format("es ist alles da."),
            "replylint.toml": '[languagetool]\nserver = "http://localhost:8010"\n',
        }
    )
    script = (
        "import sys\nfrom replylint.cli import main\ntry:\n    main(['check', 'a.txt'])\nexcept SystemExit:\n"
        "    print([m for m in ('requests', 'urllib3', 'language_tool_python', 'concurrent.futures') if m in sys.modules])\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
