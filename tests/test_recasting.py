"""Words recast for rewrites: objects, verbs, articles; and nothing where German leaves a doubt."""

from __future__ import annotations

import pytest

from replylint.checks.rewriting import FILTERS
from replylint.german import recasting


@pytest.mark.parametrize(
    ("subject", "object_"),
    [
        ("Ihr Antrag", "Ihren Antrag"),
        ("Ihr Paket", "Ihr Paket"),
        ("Ihr neuer Zähler", "Ihren neuen Zähler"),
        ("Ihr neues Gerät", "Ihr neues Gerät"),
        ("Ihr bisher offener Betrag", "Ihren bisher offenen Betrag"),
        ("Ihr Antrag auf eine neue Karte", "Ihren Antrag auf eine neue Karte"),
        ("Der neue Tarif von 2025", "den neuen Tarif von 2025"),
        ("Der bereits belastete Betrag", "den bereits belasteten Betrag"),
        ("Der Gripstrichter", "den Gripstrichter"),
        ("Die Karte", "die Karte"),
        ("Das Paket", "das Paket"),
        ("Dein Laptop", "deinen Laptop"),
        ("Euer Anschluss", "euren Anschluss"),
        ("Ein Termin", "einen Termin"),
        ("40 Karten", "40 Karten"),
        ("Sie", "Sie"),
        ("Der Kunde", None),
        ("Der Kundin", None),
        ("Ihr Gripstrichter", None),
        ("Frau Berger", None),
        ("Ihr", "euch"),
        ("Ihr neues", None),
    ],
)
def test_the_subject_as_object(subject: str, object_: str | None) -> None:
    assert recasting.accusative(subject) == object_


@pytest.mark.parametrize(
    ("participle", "infinitive", "ich", "particle"),
    [
        ("geprüft", "prüfen", "prüfe", ""),
        ("überwiesen", "überweisen", "überweise", ""),
        ("weitergeleitet", "weiterleiten", "leite", "weiter"),
        ("zurückgezahlt", "zurückzahlen", "zahle", "zurück"),
        ("gutgeschrieben", "gutschreiben", "schreibe", "gut"),
        ("geliefert", "liefern", "liefere", ""),
        ("übermittelt", "übermitteln", "übermittle", ""),
        ("storniert", "stornieren", "storniere", ""),
        ("Versandt", "versenden", "versende", ""),
        ("eingerichtet", "einrichten", "richte", "ein"),
    ],
)
def test_the_participle_as_verb(participle: str, infinitive: str, ich: str, particle: str) -> None:
    assert recasting.infinitive(participle) == infinitive
    assert recasting.present(participle, ich=True) == ich
    assert recasting.particle(participle) == particle
    assert recasting.present(participle) == infinitive.removeprefix(particle)


def test_a_word_that_is_no_participle_has_no_verb() -> None:
    assert [recasting.infinitive(word) for word in ("Tisch", "schön", "gabelig")] == [None, None, None]
    assert recasting.present("Tisch") is None
    assert recasting.particle("Tisch") is None


@pytest.mark.parametrize(
    ("words", "feminine", "neuter"),
    [
        ("Ihr ehrliches", "Ihre ehrliche", "Ihr ehrliches"),
        ("Ihren neuen", "Ihre neue", "Ihr neues"),
        ("Ihrem", "Ihrer", "Ihrem"),
        ("den neuen", "die neue", "das neue"),
        ("im", "in der", "im"),
        ("Zum", "Zur", "Zum"),
        ("euer", "eure", "euer"),
        ("eurem", "eurer", "eurem"),
        ("dieses", "diese", "dieses"),
        ("", "", ""),
        ("ehrliches", "ehrliche", "ehrliches"),
        ("ehrlichem", "ehrlicher", "ehrlichem"),
        ("Ihr offenes und ehrliches", "Ihre offene und ehrliche", "Ihr offenes und ehrliches"),
        ("vielen", None, None),
        ("es", None, None),
        ("Ihr pink", None, None),
    ],
)
def test_articles_of_another_gender(words: str, feminine: str | None, neuter: str | None) -> None:
    assert (recasting.feminine(words), recasting.neuter(words)) == (feminine, neuter)


@pytest.mark.parametrize(
    ("genitive", "object_"),
    [
        ("Ihrer Beschwerde", "Ihre Beschwerde"),
        ("der Kosten", "die Kosten"),
        ("der Leitung", "die Leitung"),
        ("des Drucks", None),
        ("der alten Leitung", None),
        ("der", None),
    ],
)
def test_the_genitive_as_object(genitive: str, object_: str | None) -> None:
    assert recasting.of_genitive(genitive) == object_


def test_every_form_that_a_rewrite_may_ask_for_exists() -> None:
    assert set(FILTERS) - {"capital", "lower", "calm"} == set(recasting.RECAST)
