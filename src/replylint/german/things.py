"""Typed things of several words: firm dates and times, amounts, names.

Each function takes a reading, a token index and a limit, and returns one past the thing's last token, or the index
itself where none begins there. What makes a time firm is said in docs/phrases.md: a date, a weekday, a clock time, a
deictic unit in the singular, or a numbered span; „in den nächsten Tagen“ is not firm.
"""

from __future__ import annotations

from collections.abc import Callable

from replylint.expressions import expression
from replylint.german.reading import Reading
from replylint.german.tokens import Case, Kind

_MONTHS = frozenset(
    "januar jaenner februar feber maerz april mai juni juli august september oktober november dezember jan"
    " feb apr jun jul aug sep sept okt nov dez".split()
)
_WEEKDAYS = frozenset(
    day + tail
    for day in "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag".split()
    for tail in ("", "s", "morgen", "frueh", "vormittag", "mittag", "nachmittag", "abend")
)
_DAYS = frozenset(
    "heute morgen uebermorgen heut heuer ostern pfingsten weihnachten silvester neujahr fronleichnam".split()
)
_UNITS = frozenset(
    "tag tage tagen stunde stunden minute minuten woche wochen monat monate monaten jahr jahre jahren werktag"
    " werktage werktagen arbeitstag arbeitstage arbeitstagen bankarbeitstag bankarbeitstage bankarbeitstagen"
    " std min tg".split()
)
_SINGULAR_UNITS = frozenset("tag stunde woche monat jahr werktag quartal arbeitstag wochenende halbjahr".split())
_NEXT = frozenset(
    "diese diesen dieser dieses naechste naechsten naechster naechstes kommende kommenden kommender kommendes"
    " folgende folgenden folgender".split()
)
_AFTER_NEXT = _SINGULAR_UNITS | _WEEKDAYS | _MONTHS
_AFTER_START = _MONTHS | _NEXT | _WEEKDAYS
_NUMBERS = frozenset(
    "ein eine einem einen einer zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf vierzehn zwanzig"
    " dreissig halben anderthalb".split()
)
_DAY_PARTS = frozenset(
    "frueh vormittag mittag nachmittag abend nacht morgen vormittags nachmittags abends mittags".split()
)
_DATE = expression(r"\d{1,2}\.\d{1,2}(?:\.(?:\d{2}|\d{4}))?|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}")
_CLOCK = expression(r"(?:[01]?\d|2[0-4])[:.][0-5]\d")


def date(reading: Reading, at: int, end: int) -> int:
    """A firm date or time that begins at a token."""
    tokens = reading.tokens
    norms, kinds = tokens.norms, tokens.kinds
    norm, kind = norms[at], kinds[at]

    def norm_at(index: int) -> str:
        return norms[index] if index < end else ""

    if kind is Kind.PLACEHOLDER:
        return at + 1 if tokens.values[at] in ("date", "time") else at
    if kind is Kind.NUMBER:
        following = norm_at(at + 1)
        if following == "." and norm_at(at + 2) in _MONTHS:
            year = at + 3
            return year + 1 if year < end and kinds[year] is Kind.NUMBER and len(norms[year]) == 4 else year
        if following in _MONTHS:
            return at + 2
        if following == "uhr":
            return at + 2
        if _CLOCK.fullmatch(norm) and ":" in norm:
            return at + 1
        if (
            _DATE.fullmatch(norm)
            and ("." in norm or len(norm) == 10)
            and following not in ("euro", "eur", "€", "chf", "%")
        ):
            return at + 2 if following == "." and at + 2 < end else at + 1
        return _span_end(reading, at, end)
    if kind is not Kind.WORD:
        return at
    if norm in _WEEKDAYS and not (norm == "sonntag" and norm_at(at - 1) == "frau"):
        return at + 2 if norm_at(at + 1) in _DAY_PARTS else at + 1
    if norm in _DAYS:
        if norm == "morgen" and tokens.cases[at] is Case.CAPITAL and norm_at(at - 1) != "heute":
            return at
        return at + 2 if norm_at(at + 1) in _DAY_PARTS else at + 1
    if norm in _NEXT and norm_at(at + 1) in _AFTER_NEXT:
        return at + 2
    if norm in ("anfang", "mitte", "ende"):
        if norm_at(at + 1) in _AFTER_START:
            return date(reading, at + 1, end) if norm_at(at + 1) in _NEXT else at + 2
        if norm_at(at + 1) in ("des", "der") and norm_at(at + 2) in ("monats", "jahres", "woche", "quartals"):
            return at + 3
    if norm == "kw" and at + 1 < end and kinds[at + 1] is Kind.NUMBER:
        return at + 2
    if norm in _MONTHS and len(norm) > 3:
        return at + 1
    if norm in _NUMBERS:
        return _span_end(reading, at, end)
    return at


def _span_end(reading: Reading, at: int, end: int) -> int:
    """A numbered span: „zwei Tagen“, „2–3 Werktage“, „zwei bis drei Tagen“, „48 Stunden“."""
    norms, kinds = reading.tokens.norms, reading.tokens.kinds
    index = at + 1
    if index + 1 < end and norms[index] in ("–", "bis", "-", "oder", "/"):
        index += 1
        if kinds[index] is Kind.NUMBER or norms[index] in _NUMBERS:
            index += 1
    if index < end and norms[index] in ("halben", "weiteren", "guten", "knappen", "ganzen"):
        index += 1
    if index < end and norms[index] in _UNITS:
        if norms[at] in ("ein", "eine", "einem", "einen", "einer") and norms[at - 1] not in ("in", "binnen", "innert"):
            if norms[at - 1] != "innerhalb":
                return at
        return index + 1
    return at


_CURRENCIES = frozenset("euro eur € cent chf fr franken rappen % prozent $ usd sfr".split())


def amount(reading: Reading, at: int, end: int) -> int:
    """A sum of money or a percentage that begins at a token: „24,90 €“, „CHF 180.–“, „20 %“."""
    tokens = reading.tokens
    norms, kinds = tokens.norms, tokens.kinds
    if kinds[at] is Kind.PLACEHOLDER:
        return at + 1 if tokens.values[at] == "amount" else at
    if kinds[at] is Kind.NUMBER:
        return at + 2 if at + 1 < end and norms[at + 1] in _CURRENCIES else at
    if norms[at] in _CURRENCIES and at + 1 < end:
        following = at + 2 if norms[at + 1] == "." else at + 1
        if following < end and kinds[following] is Kind.NUMBER:
            return following + 1
    return at


_TITLES = frozenset("frau herr herrn fr hr familie kollegin kollege kollegen ehepaar eheleute".split())
_TITLES_AT_MOST = 12  # tokens, full stops among them
_DEGREES = frozenset("dr prof mag dipl ing di magister doktor professor van von de der zu".split())


def name(reading: Reading, at: int, end: int) -> int:
    """A person's name that begins at a token: „Frau Dr. Kern“, or a placeholder for a name."""
    tokens = reading.tokens
    norms = tokens.norms
    if tokens.kinds[at] is Kind.PLACEHOLDER:
        return at + 1 if tokens.values[at] in ("name", "salutation") else at
    if norms[at] not in _TITLES:
        return at
    index = at + 1
    stop = min(end, at + _TITLES_AT_MOST)
    while index < stop and (norms[index] in _DEGREES or norms[index] == "." or norms[index] in _TITLES):
        index += 1
    if index < end and (tokens.cases[index] is not Case.LOWER or tokens.kinds[index] is Kind.PLACEHOLDER):
        return index + 1
    return at


THINGS: dict[str, Callable[[Reading, int, int], int]] = {"date": date, "amount": amount, "name": name}
# The words, beside figures and placeholders, with which each thing may begin.
OPENERS: dict[str, frozenset[str]] = {
    "date": _WEEKDAYS | _DAYS | _NEXT | _NUMBERS | _MONTHS | {"anfang", "mitte", "ende", "kw"},
    "amount": _CURRENCIES,
    "name": _TITLES,
}
