"""Loud words as German spells them: no capitals for stress, no drawn-out letters, one mark for many."""

from __future__ import annotations

import re

from replylint.expressions import expression
from replylint.german import inflection
from replylint.german.fold import fold
from replylint.german.sentences import STARTERS

_WORDS = frozenset(
    "ab absolut ach alle allem allen aller alles als an auf aus ausdruecklich ausnahmslos ausschliesslich bald"
    " beide bei bis bloss da daher damit dann dass deshalb deutlich doch dort dringend durch ebenfalls echt"
    " einfach eilig einzig endgueltig falsch endlich erneut erst ganz gar gegen gemacht genau gleich gratis gross"
    " grosse grossen hier immer in ins jede jedem jeden jeder jedes jederzeit jetzt keine keinem keinen keiner"
    " keinerlei keines kostenlos kostenlose kostenlosen lange laut lieb mega mehr mit nach nachher nein neu neue"
    " neuen neuer neues nicht nichts nie niemals niemand noch nun nur ob oder ohne persoenlich richtig ruhig"
    " schnell schnellstens schon schriftlich sehr seit selber selbst sicher so sofort sogar sonst stets super"
    " total trotz trotzdem ueber ueberall ueberhaupt um umgehend umsonst unbedingt und unter unverzueglich"
    " verbindlich viel viele vielen voll vom von vor vorab vorher weder wegen weiterhin weitere weiteren wenig"
    " wichtig wie wieder wirklich zu zuerst zum zur zurueck zusammen zweimal bin bist darf duerfen hab habe haben"
    " hat ist kann kein konnte koennen muss muessen sein seid sind soll sollen war waren wird wirst werden wurde"
    " dich dir du er es euch ich mich mir man sich uns unser unsere unseren wer wir dein deine deinem deinen"
    " deiner diese diesem diesen dieser dieses das dem den der des die ein eine einem einen einer eines liebe"
    " lieber geehrte geehrter geehrten letzte letzten letzter naechste naechsten".split()
)
_POLITE = frozenset("sie ihnen ihr ihre ihrem ihren ihrer ihres".split())
_ABBREVIATIONS = frozenset(
    "IBAN BIC SEPA TAN PIN PUK AGB DSGVO BGB AG KG GMBH EDV IT ID PDF USB WLAN LAN DSL QR SMS MMS URL HTML LED TV"
    " EU UID PLZ FAQ VIP DIN ISO TÜV TUEV CE SSL API CSV XML ZIP JPG PNG EC DHL DPD GLS UPS ADAC KFZ LKW PKW BLZ"
    " HRB OHG EUR CHF USD ASAP".split()
)
_ADJECTIVE = expression(r"(?:lich|isch|ig|los|bar|sam|haft|end)(?:e[mnrs]?)?$")
_ADVERB = expression(r"(?:stens|falls|weise|mals|wegs|waerts)$")
_DETERMINERS = frozenset(
    "der die das den dem des ein eine einen einem einer ihr ihre ihren ihrem ihrer unser unsere unseren unserem"
    " unserer dein deine deinen deinem deiner kein keine keinen keinem keiner zum zur vom beim im am ins".split()
)
_SHARP = {
    "gross": "groß",
    "grosse": "große",
    "grossen": "großen",
    "ausser": "außer",
    "ausserdem": "außerdem",
    "bloss": "bloß",
    "heisst": "heißt",
    "schliessen": "schließen",
    "ausschliesslich": "ausschließlich",
}
_LOUD = expression(r"[^\W\d_]{2,}|[!?‼⁉](?:[ \t]?[!?‼⁉1])*")
_SPACED = expression(r"(?<!\w)(?:[^\W\d_][ -]){2,}[^\W\d_](?!\w)")
_AROUND = 20_000
_DRAWN = expression(r"([^\W\d_])\1{2,}", re.IGNORECASE)


def calm(text: str, around: str = "", *, polite: bool = True) -> str:
    """`text` without shouting. `around`: the text it stands in (Swiss ones have no ß); `polite`: „SIE“ is “you”."""
    before = ""
    sharp = "ß" in around[:_AROUND]

    def quiet(match: re.Match[str]) -> str:
        nonlocal before
        word = match[0]
        if not word[0].isalpha():
            return "?" if "?" in word or "⁉" in word else "!"
        if _DRAWN.search(word):
            word = _DRAWN.sub(r"\1", word)
        if not word.isupper() or word in _ABBREVIATIONS:
            before = fold(word)
            return word
        result = _lowered(word, before, polite=polite, sharp=sharp)
        before = fold(word)
        return result

    text = _SPACED.sub(lambda match: re.sub("[ -]", "", match[0]), text)
    return _LOUD.sub(quiet, text)


def _lowered(word: str, before: str, *, polite: bool, sharp: bool) -> str:
    small = word.lower()
    norm = fold(small)
    if norm in _POLITE:
        return small.capitalize() if polite else small
    if sharp and norm in _SHARP:
        return _SHARP[norm]
    if norm in _WORDS or small in STARTERS or _ADJECTIVE.search(norm) or _ADVERB.search(norm):
        return small
    verbal = inflection.is_finite(norm) or inflection.is_participle(norm) or inflection.is_infinitive(norm)
    return small if verbal and before not in _DETERMINERS else small.capitalize()
