"""False alarms that mails set off in LanguageTool, found by reading all that it said of some 280 German replies.

It was made for running text. In a mail stand names that no dictionary has, a greeting after which a small letter
follows, codes and opening hours, the words of others in quotation marks, and now and then no umlauts at all. The table
says which of its matches count for nothing, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from replylint.draft import Anatomy
from replylint.expressions import expression
from replylint.german.fold import fold
from replylint.german.languagetool import Match
from replylint.german.reading import Reading
from replylint.german.spelling import CANONICAL
from replylint.german.tokens import Kind
from replylint.source import Span

NEVER = frozenset(
    # It takes the current year for the date's: wrong in each December, and with each date that is long past.
    "DE_DATE_WEEKDAY_CURRENTYEAR"
    # How mails are typed, whoever reads them: straight quotation marks, dots, arrows, 15%, two blanks.
    " FALSCHES_ANFUEHRUNGSZEICHEN DE_UNPAIRED_QUOTES GROESSER_KLEINER_ANFUEHRUNG AUSLASSUNGSPUNKTE_LEERZEICHEN PFEILE"
    " EINHEIT_LEERZEICHEN WHITESPACE_RULE DOPPELTES_LEERZEICHEN UNPAIRED_BRACKETS"
    # An abbreviated sign-off is no mistake.
    " MFG"
    # Other checks count the words of a sentence.
    " TOO_LONG_SENTENCE TOO_LONG_SENTENCE_DE".split()
)
"""Rules that a fair editor of mails would hear nothing of."""
ONLY_PICKY = frozenset(
    # Categories of taste: „Infos“, „in Frage“ rather than „infrage“, a word that comes back.
    "COLLOQUIALISMS REPETITIONS_STYLE EMPFOHLENE_RECHTSCHREIBUNG CREATIVE_WRITING"
    # Rules that were wrong more often than right: „frisch Gesetztes“, „Schade, dass es so ist.“ as a question.
    " DE_CASE FRAGEZEICHEN_STATT_PUNKT".split()
)
"""Categories and rules that count only where the configuration asks for picky."""
SPELLING = frozenset(("TYPOS", "MULTITOKEN_SPELLING"))
_CASING = "CASING"
_NEAR = 0.9  # as alike as a slip and what was meant are: Rechung/Rechnung 0.93, Halbtax/Halbtag 0.86
_LONG = 7  # letters; to shorter words many others are alike: Ramen, Rahmen
_SHORT = 4

_CAPITALISED = expression(r"[A-ZÄÖÜ][\w'’-]*")
_CODE = expression(r"\w*\d\w*|[A-ZÄÖÜ]{2,}[\w-]*|[\w-]*[a-zäöüß][A-ZÄÖÜ]\w*")
_ABBREVIATION = expression(r"(?:\w+-)?Nr|Mo|Di|Mi|Do|Fr|Sa|So|Hr|MfG|VG|LG|BG|GLG|Std|Tel|Mob|innert")
_BEFORE_CODE = expression(r"[=&?'_@\\$#/:<>]$")
_AFTER_CODE = expression(r"[=_@\\(&>'/]|::")
_ENDED = expression(r"(?:[a-zäöüß)“»\"]\.|[!?…])\W*$")
_BEFORE_NAME = expression(
    r"\b(?:Herrn?|Frau|Familie|Firma|Fa\.|Team|Dr\.|Prof\.|Mag\.|Ing\.|Dipl\.(?:-\w+\.)?|i\. ?[AV]\."
    r"|[Kk]ollegin|[Kk]ollegen?|van) +(?:[A-ZÄÖÜ][\w'’.-]* +){0,2}$"
)
_UMLAUT = expression("[äöüßÄÖÜẞ]")
_SPELT_OUT = expression("(?i)[aou]e|ss")
_FORMULAS = frozenset(
    "Herr Herrn Frau Damen Herren Liebe Lieber Hallo Guten Tag Sehr Viele Beste Freundliche Herzliche Mit Gruß Grüße"
    " Grüßen Grüsse Grüssen Dank".split()
)


class Mail:
    """A draft as the table asks about it. `words` are right, whatever a dictionary says: names, products."""

    def __init__(self, reading: Reading, anatomy: Anatomy, words: Iterable[str] = ()) -> None:
        self.text = reading.text
        self.reading = reading
        self.anatomy = anatomy
        self.words = frozenset(words)

    def of(self, match: Match) -> str:
        """The words of a match."""
        return self.text[match.span.start : match.span.end]

    def inside(self, match: Match, span: Span | None) -> bool:
        """Whether a match stands in a part of the draft."""
        return span is not None and span.overlaps(match.span)

    @cached_property
    def names_line(self) -> Span | None:
        """What follows the formula of the sign-off."""
        sign_off, formula = self.anatomy.sign_off, self.anatomy.sign_off_formula
        return None if sign_off is None else Span(sign_off.start if formula is None else formula.end, sign_off.end)

    @cached_property
    def names(self) -> frozenset[str]:
        """What is written with a capital where names stand: greeting, sign-off, signature, subject."""
        parts = (self.anatomy.salutation, self.names_line, self.anatomy.signature, self.anatomy.subject)
        return frozenset(
            word for part in parts if part is not None for word in _CAPITALISED.findall(self.text, part.start, part.end)
        )

    @cached_property
    def without_umlauts(self) -> bool:
        """Whether all of it is written with ae, oe, ue and ss."""
        written = self.anatomy.text
        return not _UMLAUT.search(self.text, written.start, written.end)

    @cached_property
    def all_small(self) -> bool:
        """Whether its sentences begin with small letters, as some write in chats."""
        firsts = [self.text[sentence.span.start] for sentence in self.anatomy.sentences]
        small = sum(first.islower() for first in firsts)
        return small >= 3 and small * 2 > sum(first.isalpha() for first in firsts)

    @cached_property
    def quotations(self) -> list[Span]:
        """The words of others, or of a screen, in quotation marks."""
        tokens = self.reading.tokens
        places = zip(tokens.starts, tokens.ends, tokens.kinds, strict=True)
        return [Span(start, end) for start, end, kind in places if kind is Kind.QUOTE]


def _is_spelling(match: Match) -> bool:
    return match.category in SPELLING


def _known(match: Match, mail: Mail) -> bool:
    """One of the writer's own words, its genitive, or a compound with it."""
    word = mail.of(match)
    parts = {word, word.removesuffix("s"), word.removesuffix("’s"), *word.split("-")}
    return _is_spelling(match) and not mail.words.isdisjoint(parts)


def _without_umlauts(match: Match, mail: Mail) -> bool:
    """„fuer“, where the whole draft is written without umlauts."""
    return _is_spelling(match) and mail.without_umlauts and bool(_SPELT_OUT.search(mail.of(match)))


def _name(match: Match, mail: Mail) -> bool:
    """A name: in the greeting, below the sign-off, or after „Frau“; and wherever it stands in the draft besides."""
    word = mail.of(match)
    if not (_is_spelling(match) or match.category == _CASING) or not _CAPITALISED.fullmatch(word):
        return False
    if mail.inside(match, mail.anatomy.salutation):
        opens = match.span.start == (mail.anatomy.salutation or match.span).start
        return not opens and _FORMULAS.isdisjoint(match.replacements[:3])
    if mail.inside(match, mail.names_line) or (_is_spelling(match) and word.removesuffix("s") in mail.names):
        return True
    before = mail.text[max(0, match.span.start - 40) : match.span.start]
    return bool(_is_spelling(match) and _BEFORE_NAME.search(before))


def _unknown(match: Match, mail: Mail) -> bool:
    """What LanguageTool itself has no idea about, a snippet („ne“), and a word with a capital that is no plain slip: a
    name, a product, a dish. A slip is one that replylint knows, or a long word that is very much like another."""
    word = mail.of(match)
    if not _is_spelling(match) or match.issue != "misspelling" or not _FORMULAS.isdisjoint(match.replacements[:3]):
        return False
    if not match.replacements or len(word) < _SHORT:
        return True
    if not _CAPITALISED.fullmatch(word) or fold(word) in CANONICAL:
        return False
    return len(word) < _LONG or not any(_slip(word, other) for other in match.replacements)


def _slip(word: str, other: str) -> bool:
    longer, shorter = sorted((word, other), key=len, reverse=True)
    # „Limonene“ and „Limonen“: an ending that the dictionary lacks. „Pep per“: nothing that anybody meant.
    return " " not in other and not longer.startswith(shorter) and alike(word, other) >= _NEAR


def _small(match: Match, mail: Mail) -> bool:
    """A small letter, where the whole draft is written small."""
    word = mail.of(match)
    of_capitals = match.category == _CASING or (_is_spelling(match) and fold(word) not in CANONICAL)
    return of_capitals and word[:1].islower() and mail.all_small


def alike(word: str, other: str) -> float:
    """How much two words are like each other, from 0 to 1; letters that changed places count for nothing."""
    from difflib import SequenceMatcher

    if sorted(word.lower()) == sorted(other.lower()):
        return 1.0
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _code(match: Match, mail: Mail) -> bool:
    """A number, a code, a piece of an address, a table or a template, an abbreviation."""
    word = mail.of(match)
    if match.rule == "LEERZEICHEN_HINTER_DOPPELPUNKT":
        return not any(char.isalpha() for char in word)
    if match.rule == "DE_SENTENCE_WHITESPACE":
        return mail.text[: match.span.start].endswith("}")
    return _is_spelling(match) and bool(
        _CODE.fullmatch(word)
        or _ABBREVIATION.fullmatch(word)
        or _BEFORE_CODE.search(mail.text[max(0, match.span.start - 1) : match.span.start])
        or _AFTER_CODE.match(mail.text, match.span.end)
    )


def _quoted(match: Match, mail: Mail) -> bool:
    """Inside of quotation marks."""
    return any(span.contains(match.span) for span in mail.quotations)


def _greeting(match: Match, mail: Mail) -> bool:
    """„Hey ihr beiden,“: of the greeting only its spelling can be wrong."""
    return not _is_spelling(match) and mail.inside(match, mail.anatomy.salutation)


def _opening(match: Match, mail: Mail) -> bool:
    """The small letter after the greeting's comma, or where the greeting is yet to come."""
    salutation = mail.anatomy.salutation
    greeting = "" if salutation is None else mail.text[salutation.start : salutation.end].rstrip()
    body = mail.text[mail.anatomy.body.start : match.span.start]
    return match.category == _CASING and not body.strip() and not greeting.endswith(("!", "."))


def _line(match: Match, mail: Mail) -> bool:
    """A small letter that goes on after a link, a list or an abbreviation, or stands below the sign-off („dein Team“);
    the comma of a sign-off that stands in one line with the name."""
    if match.rule == "UPPERCASE_SENTENCE_START":
        return mail.inside(match, mail.names_line) or not _ENDED.search(mail.text[: match.span.start][-40:])
    if match.rule == "MIT_FREUNDLICHEN_GRUESSEN_KOMMA":
        return mail.text[match.span.end :].partition("\n")[0].strip() != ""
    return False


def _across(match: Match, mail: Mail) -> bool:
    """What belongs to two sentences, or to two lines of the sign-off."""
    return any(match.span.start < sentence.span.start < match.span.end for sentence in mail.anatomy.sentences)


TABLE: Mapping[str, Callable[[Match, Mail], bool]] = {
    "own word": _known,
    "draft without umlauts": _without_umlauts,
    "name": _name,
    "unknown word": _unknown,
    "written small": _small,
    "code": _code,
    "quotation": _quoted,
    "greeting": _greeting,
    "after the greeting": _opening,
    "line": _line,
    "across sentences": _across,
}
"""Why a match may be a false alarm, and how that is seen."""


def reason(match: Match, mail: Mail, *, picky: bool = False) -> str | None:
    """Why a match is a false alarm; None where it is none."""
    if match.rule in NEVER:
        return "never"
    if not picky and (match.category in ONLY_PICKY or match.rule in ONLY_PICKY):
        return "only picky"
    return next((name for name, holds in TABLE.items() if holds(match, mail)), None)
