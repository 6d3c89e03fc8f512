"""Where sentences end. In the cases, „|“ stands where one does, with the white space around it taken out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from replylint.german.placeholders import find
from replylint.german.sentences import split
from replylint.source import Span

# The text, with „|“ for each sentence end inside it.
CASES = [
    "Das ist gut. |Es geht! |Geht es? |Ja.",
    "Das muss so sein. |40 % gibt es zurück.",
    "Am 12.\nMai kommt es.",
    "Am 3. Mai, am 12. bis 14. Mai und am 2. und 3. Juni.",
    "Die 1. Rate ist fällig. |Der 2. Weg ist kürzer.",
    "Am 12. 5. 2025 um 8.30 Uhr.",
    "Wir sprachen am 3. |Wir melden uns.",
    "Das war am 03.05. |Wir melden uns.",
    "Das war 2025. |Danach kam nichts.",
    "Siehe § 3 Abs. 2 BGB und Art. 5 Nr. 1.",
    "Das steht in § 3 Abs. 2. |Wir prüfen das.",
    "Das kostet ca. 3,50 €, d. h. wenig, z. B. heute.",
    "Das gilt u. a. für Sie, i. d. R. auch für o. g. Waren.",
    "Wir, bzw. Hr. Meier und Fr. Dr. Kern, kommen.",
    "Zzgl. Versand, inkl. MwSt., ggf. mit Rabatt, evtl. später.",
    "Äpfel, Birnen usw. |Das war alles.",
    "Äpfel, Birnen usw. sind da.",
    "Rufen Sie an, Tel. 030 555, oder kommen Sie in die Str. 5.",
    "Wir sind in der Hauptstr. |Kommen Sie vorbei.",
    "Es kostet 5 Mio. |Das ist viel.",
    "Frau J. Petersen und T. S. Kern kommen.",
    "Nehmen Sie Vitamin B. |Das hilft.",
    "Das ist Sache der GmbH. |Wir helfen.",
    "Mehr unter www.example.org. |Wir helfen.",
    "Öffnen Sie brief.pdf auf example.org/a.b?c=d. |Danach geht es.",
    "Na ja … das geht. |Und dann … |Wir sehen es.",
    "Hm... vielleicht. |Ja.",
    "Wir haben (leider!) Ihr Paket verloren.",
    "Wir haben (ganz ehrlich, was soll das?) nichts gefunden.",
    "(Wirklich!) |Ja.",
    "„Toll!“ sagte er. |Gut.",
    "Sie schrieben: „Wo bleibt mein Paket?“ |Wir haben es gefunden.",
    "Die Meldung „Fehler! Bitte warten!“ ist bekannt.",
    "Super 😊 |Das ist gut.",
    "Super! 😊 |Das ist gut.",
    "Das ist 😊 super.",
    "Bis dann ;) |Wir sehen uns.",
    "Tausend Dank!!! *freu* |Dass es klappt, ist schön.",
    "⚠️ Zahlung fehlgeschlagen",
    "✓ Alles gut. |✓ Alles da.",
    "hi tom, geht klar. |ich schick dir das morgen. |lg",
    "Danke.|Wir melden uns.",
    "Es gilt: Das ist so.",
    "Er kommt; sie geht.",
    # lines
    "Wir haben Ihre\nBestellung geprüft und festgestellt, dass die\nRechnung falsch ist. |Das tut uns leid.",
    "vielen Dank für Ihre Nachricht, die wir heute erhalten haben und in der Sie\nRechnungen erwähnen.",
    "So geht es:|\n1. Karte einsetzen|\n2. Gerät starten.|\n- Punkt|\n* noch einer|\n• letzter",
    "a) erstens|\nb) zweitens|\n– drittens",
    "Wir nehmen die\n2. Rate zurück.",
    "1. Cache prüfen, er kann ziemlich langsam werden|\n2. Hintergrundabgleich einschalten",
    "Empfängerin der Überweisung: Stadtwerke Lahn|\nIBAN: DE12 3456|\nVerwendungszweck: 4711",
    "Jana Petersen|\nLundhaus Möbel|\nLindenweg 5|\n24103 Kiel",
    "Erster Absatz ohne Punkt|\n\nzweiter Absatz",
    "| a | b ||\n| c | d |".replace("||", "|\x00"),
    "Menge\tPreis|\n1\t5 €",
    "# Überschrift|\nText geht los.",
    "Ihre Daten sind hier:|\nKundennummer 4711",
    "Bitte schicken Sie uns:\ndie Rechnung.",
    "Kurze Zeile.\r\n|Nächste Zeile.",
    "Das geht nur mit\r\nuns.",
    # placeholders
    "Guten Tag {{ a. B }} und {{ c }}. |Danke.",
    "Ihr Termin: {{ termin }}. |Bis dann.",
]


def _cut(text: str) -> list[str]:
    protected = [each.span for each in find(text)]
    return [text[span.start : span.end] for span in split(text, Span(0, len(text)), protected)]


@pytest.mark.parametrize("marked", [case for case in CASES if "\x00" not in case])
def test_ends(marked: str) -> None:
    text = marked.replace("|", "")
    assert _cut(text) == [part.strip() for part in marked.split("|")]


def test_table_lines() -> None:
    assert _cut("| a | b |\n| c | d |\nText.") == ["| a | b |", "| c | d |", "Text."]


@pytest.mark.parametrize("marked", [case for case in CASES if "\x00" not in case])
def test_spans_are_trimmed_ordered_and_lose_nothing(marked: str) -> None:
    text = f"  {marked.replace('|', '')}\n\n"
    spans = split(text, Span(0, len(text)))
    assert all(left.end <= right.start for left, right in pairwise(spans))
    words = [text[span.start : span.end] for span in spans]
    assert all(word == word.strip() != "" for word in words)
    assert "".join("".join(words).split()) == "".join(text.split())


def test_only_the_range_is_cut() -> None:
    text = "Eins. Zwei. Drei. Vier."
    assert [text[span.start : span.end] for span in split(text, Span(6, 17))] == ["Zwei.", "Drei."]


def test_no_sentence_ends_inside_a_protected_range() -> None:
    text = "Das ist {{ x. Ja }} gut. Und das auch."
    spans = split(text, Span(0, len(text)), [Span(8, 19)])
    assert [text[span.start : span.end] for span in spans] == ["Das ist {{ x. Ja }} gut.", "Und das auch."]


def test_a_protected_range_over_two_lines() -> None:
    text = "Kurz {{ x\nY }} lang."
    assert [text[s.start : s.end] for s in split(text, Span(0, len(text)), [Span(5, 14)])] == [text]


def test_empty() -> None:
    assert split("", Span(0, 0)) == []
    assert split(" \n ", Span(0, 3)) == []


@pytest.mark.parametrize(
    "piece", ["12. ", "Abt. Ein ", "a.b.", '„("', "(Ja! ", "Wort ", "- x\n", "! ", "😊 ", "1. A\n", "„a. "]
)
def test_long_hostile_text_comes_to_an_end(piece: str) -> None:
    """Anything worse than linear would take minutes here."""
    text = piece * (200_000 // len(piece))
    assert all(span.end <= len(text) for span in split(text, Span(0, len(text))))
