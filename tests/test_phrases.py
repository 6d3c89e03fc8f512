"""The phrase language: what each construct matches, and what it doesn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.draft import Address, Sentence
from replylint.german.phrases import PhraseBook
from replylint.german.reading import Reading
from replylint.german.syntax import PhraseError, UnknownListError, parse
from replylint.german.tokens import tokenise
from replylint.source import Span

LISTS = {
    "neg": ("nicht", "kein*", "auf keinen Fall"),
    "leistung": ("~erstatten", "~an|bieten", "~durch|führen"),
    "gefühl": ("enttäuscht", "verärgert"),
    "kreis": ("@kreis",),
}


def find(phrase: str, text: str, address: Address | None = Address.SIE) -> list[str]:
    """What the phrase finds in a text that is one sentence."""
    book = PhraseBook(LISTS)
    compiled = book.compile(phrase)
    number = book.search_for(compiled)
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon, address)
    stretch = reading.stretches[0]
    found = []
    for match in compiled.find(stretch):
        span = reading.span(match.start, match.end)
        found.append(text[span.start : span.end])
    if found:
        assert book.candidates(reading)[0] >> number & 1, "the prefilter would have missed it"
    return found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        # words and their spellings
        ("das machen wir nicht", "Das machen wir nicht.", ["Das machen wir nicht"]),
        ("das machen wir nicht", "Das machen\nwir  nicht.", ["Das machen\nwir  nicht"]),
        ("das machen wir nicht", "Das machen wir leider nicht.", []),
        ("für Rückfragen", "Fuer Rueckfragen sind wir da.", ["Fuer Rueckfragen"]),
        ("für Rückfragen", "Fu\u0308r Ru\u0308ck\u00adfragen sind wir da.", ["Fu\u0308r Ru\u0308ck\u00adfragen"]),
        ("mit freundlichen Grüßen", "Mit freundlichen Grüssen", ["Mit freundlichen Grüssen"]),
        ("Entschuldigung", "Endschuldigung, das war unser Fehler.", ["Endschuldigung"]),
        ("geht nicht", "Das geht nich.", ["geht nich"]),
        ("E-Mail", "Ihre Email ist da.", ["Email"]),
        ("tuts uns leid", "Da tut’s uns leid.", ["tut’s uns leid"]),
        ("ass", "Das Pass-Foto fasst alles.", []),
        ("über", "Überall darüber.", []),
        # alternatives and optional parts
        ("(wir|ich) (kann|können das)", "Das ist so: wir können das, ich kann.", ["wir können das", "ich kann"]),
        ("geht [leider] nicht", "Das geht nicht, das geht leider nicht.", ["geht nicht", "geht leider nicht"]),
        # wildcards
        ("verzöger*", "Die Verzögerung ist da.", ["Verzögerung"]),
        ("*lieferung", "Die Ersatz-Lieferung ist da.", ["Ersatz-Lieferung"]),
        ("*liefer*", "Die Teillieferungen sind da.", ["Teillieferungen"]),
        # inflection
        ("~erstatten", "Erstattet wird, was erstattbar ist.", ["Erstattet"]),
        ("~durch|führen & nicht", "Das führen wir leider nicht durch.", ["Das führen wir leider nicht durch"]),
        ("~durch|führen", "Das wird nicht durchgeführt.", ["durchgeführt"]),
        ("~durch|führen", "Wir führen Sie gern.", []),
        ("(~dürfen|kann) das", "Wir dürfen das, sie kann das.", ["dürfen das", "kann das"]),
        # gaps
        ("wir … nicht", "Wir tun das nicht.", ["Wir tun das nicht"]),
        ("wir … nicht", "Wir tun das hier in dem Haus nicht.", []),
        ("wir …8 nicht", "Wir tun das hier in dem Haus nicht.", ["Wir tun das hier in dem Haus nicht"]),
        ("wir …8 nicht", "Wir tun das, nur hier nicht.", []),
        # any order within the clause
        ("können & wir & nicht", "Leider können wir das nicht.", ["Leider können wir das nicht"]),
        ("können & wir & nicht", "Wir können das, nur heute nicht.", []),
        ("können & wir & nicht & !nur", "Das können wir nicht nur heute.", []),
        ("können & nicht", "Wir können helfen und werden nicht ruhen.", []),
        ("wir & können & nicht", "Wir haben geprüft und können das nicht ändern.", ["können das nicht ändern"]),
        (
            "wir & können & nicht & ~erstatten",
            "Wir können den Betrag, den Sie im Mai gezahlt haben, nicht erstatten.",
            ["Wir können den Betrag, den Sie im Mai gezahlt haben, nicht erstatten"],
        ),
        # within the sentence
        ("falls && leid", "Falls Sie warten mussten, tut uns das leid.", ["Falls Sie warten mussten, tut uns das leid"]),
        ("leid && !aber", "Es tut uns leid, aber so ist es.", []),
        # lists
        ("@neg & @leistung", "Das erstatten wir auf keinen Fall.", ["Das erstatten wir auf keinen Fall"]),
        ("wir … @leistung", "Wir bieten das an.", ["Wir bieten das an"]),
        # marks between clauses
        ("leid [,] dass …4 @gefühl", "Es tut uns leid, dass Sie enttäuscht sind.", ["leid, dass Sie enttäuscht"]),
        ("leid [,] dass …4 @gefühl", "Es tut uns leid das Sie enttäuscht sind.", []),
        ("leid [,] (dass|das) …4 @gefühl", "Es tut uns leid das Sie enttäuscht sind.", ["leid das Sie enttäuscht"]),
        # capitals
        ("Sie haben", "Dann haben sie das, was Sie haben.", ["Sie haben"]),
        ("danke für =ihre", "Danke für Ihre Zeit, danke für ihre Zeit.", ["danke für ihre"]),
        ("=NIE", "Das ist NIE so, nie.", ["NIE"]),
        # borders
        ("^ leider nein", "Leider nein.", ["Leider nein"]),
        ("^ leider nein", "Also leider nein.", []),
        ("geht nicht $", "Das geht nicht.", ["geht nicht"]),
        ("geht nicht $", "Das geht nicht so.", []),
        # features
        ("nicht & <question>", "Passt das nicht?", ["Passt das nicht"]),
        ("nicht & !<question>", "Passt das nicht?", []),
        ("nicht & <conditional>", "Wenn das nicht passt, melden Sie sich.", ["Wenn das nicht passt"]),
        # typed things
        ("bis <date>", "Wir melden uns bis Montag früh.", ["bis Montag früh"]),
        ("am <date>", "Am 3. Mai 2026 ist es da.", ["Am 3. Mai 2026"]),
        ("in <date>", "Das ist in zwei bis drei Tagen da.", ["in zwei bis drei Tagen"]),
        ("in <date>", "Das ist in den nächsten Tagen da.", []),
        ("über <amount>", "Die Rechnung über 24,90 € ist da.", ["über 24,90 €"]),
        ("<name> meldet", "Frau Dr. Kern meldet sich.", ["Frau Dr. Kern meldet"]),
        ("haben … <participle>", "Wir haben das geprüft.", ["haben das geprüft"]),
    ],
)  # fmt: skip
def test_a_phrase_finds_exactly_its_words(phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


def test_a_polite_pronoun_at_the_start_counts_only_in_a_sie_draft() -> None:
    assert find("Sie haben", "Sie haben recht.", Address.SIE) == ["Sie haben"]
    assert find("Sie haben", "Sie haben recht.", Address.DU) == []


def test_quoted_words_urls_and_numbers_are_no_words() -> None:
    assert find("geht nicht", "Die Meldung „Das geht nicht“ ist bekannt.") == []
    assert find("hilfe", "Siehe https://example.org/hilfe dazu.") == []


def test_slots_hold_the_words_as_they_stand() -> None:
    book = PhraseBook(LISTS)
    compiled = book.compile("vor {wann: <date>} {tun: liefern} wir nicht")
    text = "Vor 12. Mai liefern wir nicht."
    reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon)
    [match] = compiled.find(reading.stretches[0])
    assert match.slot_texts() == {"wann": "12. Mai", "tun": "liefern"}


@pytest.mark.parametrize(
    ("phrase", "message", "offset"),
    [
        ("(wir|ich", "not closed", 0),
        ("wir & ", "missing", 6),
        ("a )", "stands alone", 2),
        ("a|b", "stands alone", 1),
        ("!nicht", "only what must not", 0),
        ("in*mitten", "beginning or the end", 0),
        ("a … …99", "1 to 20", 4),
        ("<datum> bald", "unknown type", 0),
        ("…", "at least one word", 0),
        ("a <question> b", "feature of the clause", 2),
        ("nicht (wir|)", "empty", 6),
        ("@kreis", "contains itself", 0),
        ("bald !nicht", "before a whole term", 5),
    ],
)
def test_a_broken_phrase_says_what_and_where(phrase: str, message: str, offset: int) -> None:
    with pytest.raises(PhraseError, match=message) as caught:
        PhraseBook(LISTS).compile(phrase)
    assert caught.value.offset == offset


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(UnknownListError) as caught:
        PhraseBook(LISTS).compile("wir @absage")
    assert (caught.value.name, caught.value.offset) == ("absage", 4)


_WORDS = st.sampled_from("wir können nicht Sie , . und ä̈ß 12. Mai „geht“ 🙂 https://a.de ... (".split())


@given(st.lists(_WORDS, min_size=1, max_size=30).map(" ".join))
def test_matches_lie_within_the_sentence_and_in_order(text: str) -> None:
    for phrase in ("wir … nicht", "wir & nicht", "wir && Sie", "(wir|können) [nicht]", "am <date>"):
        book = PhraseBook(LISTS)
        compiled = book.compile(phrase)
        reading = Reading(text, tokenise(text), [Sentence(Span(0, len(text)), 0)], book.lexicon, Address.SIE)
        last = 0
        for stretch in reading.stretches:
            for match in compiled.find(stretch):
                assert stretch.start <= match.start < match.end <= stretch.end
                assert match.start >= last
                last = match.end


def test_no_phrase_explodes_on_hostile_text() -> None:
    """Positions are sets: nested optionals and gaps cost tokens × items × gap, not two to their power."""
    phrase = "wir " + "[nicht …20] " * 15 + "ende"
    assert find(phrase, "wir " + "nicht " * 2000) == []


def test_parsing_names_the_parts() -> None:
    phrase = parse("~durch|führen & {was: … Ware} && !aber")
    assert not phrase.ordered
    assert len(phrase.groups) == 2
