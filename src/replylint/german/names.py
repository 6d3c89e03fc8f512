"""Names of people: how a text calls somebody, and whether two names are one person's.

Names are compared by their key: lower case, umlauts and ß written out, other accents dropped, so that „KÜHN“, „Kuehn“
and „Kühn“ are one. What first names there are, and whose, is the caller's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import combining, normalize

from replylint.expressions import expression
from replylint.german.fold import fold
from replylint.german.lines import UPPER, words
from replylint.source import Span

FRAU, HERR, FAMILY = "Frau", "Herr", "Familie"
_TITLES = {
    "frau": FRAU, "fr": FRAU, "herr": HERR, "herrn": HERR, "hr": HERR, "hrn": HERR,
    "familie": FAMILY, "fam": FAMILY, "eheleute": FAMILY, "ehepaar": FAMILY,
}  # fmt: skip
_ACADEMIC = words(
    """
    dr prof professor professorin doktor mag magister magistra maga di dipl dipl-ing dipl-kfm dipl-kffr ing med jur phil
    rer nat dent vet habil univ pd priv-doz mba msc bsc llm b.a m.a m.sc b.sc ll.m ph.d phd h.c hc mult freiherr
    freifrau freiin baron baronin graf gräfin fürst fürstin prinz prinzessin edler ritter dr-ing jun sen junior senior
    ingenieur ingenieurin direktor direktorin hofrat hofrätin pfarrer pfarrerin rechtsanwalt rechtsanwältin konsul
    bürgermeister bürgermeisterin kommerzialrat medizinalrat oberstudienrat oberstudienrätin bakk
    """
)
_PARTICLES = words("von vom zu zum zur der den dem de del della di da la le van vander ten ter el al bin und u v d")
_FIRM = expression(
    r"""\b(?: g?gmbh|ag|kg|ohg|gbr|ug|se|e\.?\s?[kvg]\.?(?!\w)|ev|co|inc|ltd|llc|bv|s\.?a\.?r\.?l|verein|verlag|firma|fa
      |\w*team|\w*service\w*|\w*dienst\w*|support|\w*betreuung|\w*abteilung|\w*verwaltung|\w+handel|(?:auto|m(?:ö|oe)bel|kauf|reform|kranken)haus
      |(?:bau|super|fach|getr(?:ä|ae)nke)markt|\w*shop|hotel|praxis|kanzlei|b(?:ü|ue)ro|sekretariat|gruppe|group|stiftung|institut|schule|bank|kasse|kunden\w*
      |redaktion|vertrieb|einkauf|buchhaltung|rechnung\w*|info|noreply|online|gesendet|iphone|android|mail )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = expression(r"^(?:(?:eure?|ihre?|deine?|gez\.?|gezeichnet)\s+)+(?=\S)", re.IGNORECASE)
_CUT = expression(
    r"\s*(?:[|·•;(/\t–—<]|\s-\s|\bgeb(?:\.|orene?r?\b)|\bverh\b\.?|\bjetzt\b).*", re.IGNORECASE | re.DOTALL
)
_JOINT = expression(r"\s+(?:und|u\.|&|\+)\s+|\s*[&+]\s*", re.IGNORECASE)
_WORD = expression(r"[^\W\d_][\w'’´`.\-]*")
_INITIAL = expression(rf"(?:[{UPPER}]\.-?)+[{UPPER}]?|[{UPPER}]")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "oe", "ı": "i", "đ": "d", "æ": "ae", "å": "a", "'": "", "’": "", "´": "", "`": ""}
)


def key(word: str) -> str:
    """The form in which names are compared."""
    folded = fold(word).translate(_LETTERS)
    if folded.isascii():
        return folded
    return "".join(char for char in normalize("NFD", folded) if not combining(char))


def plain(word: str) -> str:
    """A name as somebody writes it whose keyboard has no umlauts and accents: „Ozdemir“."""
    letters = normalize("NFD", word.lower()).translate(_LETTERS).replace("ß", "ss")
    return "".join(char for char in letters if not combining(char))


def written(name: str) -> str:
    """A name with its usual capitals, though somebody wrote „KÜHN“ or „kühn“."""
    if not (name.isupper() or name.islower()):
        return name
    return " ".join(word if word in _PARTICLES else word.title() for word in name.lower().split())


def keys(text: str) -> set[str]:
    """The keys of all words of a text, double names in their parts and as a whole, too."""
    found: set[str] = set()
    for match in _WORD.finditer(text):
        found.update(_keys_of(match[0]))
    return found


def _keys_of(word: str) -> list[str]:
    whole = key(word.strip(".-"))
    parts = [part for part in re.split(r"[-.]", whole) if part]
    return [whole, *parts, "".join(parts)] if len(parts) > 1 else [whole]


@dataclass(frozen=True, slots=True)
class Name:
    """How somebody is called. `title` is „Frau“, „Herr“, „Familie“ or "". `given` and `family` are words as written,
    `family` without particles; `surname` has them („von der Heide“). `sure`: it is plainly a person's, and which of
    its words are which is known."""

    text: str
    title: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    surname: str
    initials: str = ""
    sure: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All its words."""
        return self.given + self.family


class FirstNames:
    """First names: those of women, of men, and of either; and groups of names that one person may go by. All are
    texts of names with blanks between them. A name of two lists is of either."""

    def __init__(
        self, women: Iterable[str], men: Iterable[str], either: Iterable[str], short_forms: Iterable[str]
    ) -> None:
        self._texts = tuple(women), tuple(men), tuple(either)
        self._groups = tuple(short_forms)

    @cached_property
    def _titles(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for texts, title in zip(self._texts, (FRAU, HERR, ""), strict=True):
            for name in (key(name) for text in texts for name in text.split()):
                found[name] = title if found.get(name, title) == title else ""
        return found

    @cached_property
    def _short(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for number, group in enumerate(self._groups):
            for name in group.split():
                found.setdefault(key(name), set()).add(number)
        return found

    def __contains__(self, word: str) -> bool:
        return any(part in self._titles or part in self._short for part in _keys_of(word))

    def title(self, word: str) -> str:
        """„Frau“ or „Herr“ where a first name is plainly a woman's or a man's, else ""."""
        for part in _keys_of(word):
            if part in self._titles:
                return self._titles[part]
        return ""

    def related(self, one: str, other: str) -> bool:
        """Whether one person may go by both first names: „Hannes“ and „Johannes“, „Steffi“ and „Stefanie“."""
        first, second = _keys_of(one), _keys_of(other)
        if not set(first).isdisjoint(second):
            return True
        if not self._short.get(first[0], set()).isdisjoint(self._short.get(second[0], ())):
            # „Katarina“ is no short form of „Katharina“, but „Leni“ one of „Lena“.
            return not near(one, other) or one.endswith(("i", "y")) or other.endswith(("i", "y"))
        if {self.title(one), self.title(other)} == {FRAU, HERR}:
            return False
        short, long = sorted((first[0], second[0]), key=len)
        if len(short) < 2 or len(long) - len(short) < 2:
            return False
        return (
            short[:3] == long[:3]
            or (short[:2] == long[:2] and short.endswith(("i", "y", "ie")))
            or (len(short) > 2 and short in long)
        )


_LONGEST = 60


def near(one: str, other: str) -> bool:
    """Whether one name is the other one misspelt: a letter or two apart, or two spellings of one sound."""
    first, second = key(one), key(other)
    if first == second or min(len(first), len(second)) < 4:
        return False
    if abs(len(first) - len(second)) > 3 or len(first) > _LONGEST:
        return False
    away = _distance(first, second)
    if away < 2:
        return True
    return first[0] == second[0] and (
        _sound(first) == _sound(second) or (away == 2 and min(len(first), len(second)) > 7)
    )


def _distance(one: str, other: str) -> int:
    """The number of letters to change, add, drop or swap (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, mark in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (char != mark))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == mark:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


_SOUNDS = tuple(
    (expression(find), sound)
    for find, sound in (
        (r"[ae][iy]", "ei"), (r"y", "i"), (r"ph|v", "f"), (r"th|dt|d$|tt", "t"), (r"c?k|c(?=[aou]|$)", "k"),
        (r"tz|ts|sz", "z"), (r"(?<=[aeiou])h|(?<=[^s])h(?=[^aeiou]|$)", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def _sound(name: str) -> str:
    """What German spellings of one sound share: „Meyer“ and „Maier“, „Schmidt“ and „Schmitt“."""
    for find, sound in _SOUNDS:
        name = find.sub(sound, name)
    return name


def people(text: str, first: FirstNames) -> list[Name]:
    """Whom a line names, such as a signature or a header's sender; empty where it names no person."""
    line = _CUT.sub("", _LEAD.sub("", text.strip().strip("\"'*_ ")))
    head, comma, tail = (part.strip() for part in line.partition(","))
    if comma and (turned := _WORD.match(tail)) and turned[0] in first and len(head.split()) < 4 and head not in first:
        line, comma = f"{turned[0]} {head}", ""  # „Kühn, Petra“
    else:
        line = head
    if not line or any(char.isdigit() or char == "@" for char in line) or _FIRM.search(line):
        return []
    found = [name for part in _JOINT.split(line) if (name := _name(part, first))]
    if len(found) > 1:
        last = found[-1]  # „Petra und Jonas Kühn“
        found = [
            Name(f"{each.text} {last.surname}", each.title, each.given, last.family, last.surname, sure=each.sure)
            if each.given and not each.family
            else each
            for each in found
        ]
    return found


def _name(text: str, first: FirstNames) -> Name | None:
    title, initials = "", ""
    found: list[str] = []
    tail: list[str] = []  # from the particle on
    particle = -1
    for word in text.split():
        bare = word.strip('.,:!*_"“„')
        lower = bare.lower()
        if not found and lower in _TITLES:
            title = title or _TITLES[lower]
        elif lower in _ACADEMIC or re.split(r"[.-]", lower)[0] in ("dipl", "dr", "prof", "mag"):
            continue
        elif _INITIAL.fullmatch(word):
            initials += bare[0].lower()
        elif bare in _PARTICLES:
            particle = len(found) if particle < 0 else particle
            tail.append(bare)
        elif _WORD.fullmatch(bare) and (bare[0].isupper() or bare in first or (found and found[0] in first)):
            found.append(bare)
            if particle >= 0:
                tail.append(bare)
        else:
            return None
    if not found or len(found) > 4:
        return None
    known = found[0] in first
    if particle == 0 and known and len(found) > 1:
        particle = -1  # „Grüße von Petra Kühn“
    if particle > 0:
        given, family = found[:particle], found[particle:]
    elif len(found) == 1:
        alone = known and not title and not initials
        given, family = (found, []) if alone else ([], found)
    elif not known and found[-1] in first and not title and particle < 0:
        given, family = found[-1:], found[:-1]  # „Huber Josef“, but „Metzgerei Ernst“, too: never sure
    else:
        given, family = found[:-1], found[-1:]
    surname = " ".join(tail if particle >= 0 and family else family)
    sure = known if given else bool(family and (title or initials))
    shown = " ".join(text.split()).strip(" ,:!*_")
    return Name(shown, title, tuple(given), tuple(family), surname, initials, sure)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody whom a reply speaks to. `title` is as in a `Name` and `titled` where it stands; `dear` is where the
    adjective before it stands („Liebe“). `words` are the words of the name and where they stand. `named` is the
    range of the name, academic titles and particles included."""

    title: str
    titled: Span | None
    dear: Span | None
    words: tuple[tuple[str, Span], ...]
    named: Span

    @property
    def called(self) -> tuple[str, ...]:
        """Title and words, without where they stand."""
        return self.title, *(word for word, _ in self.words)

    @property
    def span(self) -> Span:
        """The range of title and name."""
        return Span(self.titled.start if self.titled else self.named.start, self.named.end)


DEAR = expression(r"(?:(?:hoch)?ge?ehrt|hochverehrt|verehrt|geschätzt|lieb|liebst|wert)e(r?)", re.IGNORECASE)
"""The adjective of a salutation; its group holds the „r“ of the masculine form."""
_GREETING = words(
    """
    hallo hi hey hej hello guten gute guter schönen einen tag morgen abend mittag nachmittag moin moinsen servus
    grüß gruß grüss gruess gott grüezi grüessech hoi salü sali gude tach mahlzeit willkommen herzlich sehr sg wir
    ihr sie dir dich ihnen euch zusammen alle alles danke dank vielen besten lieben herzlichen glückwunsch nochmals
    nochmal wieder dear damen herren dame kunde kundin kunden kundinnen gast gäste nutzer nutzerin mitglied team
    freunde freund leser mieter mieterin partner nachbarn kollegen kollege kollegin eltern an die in runde beide
    beiden zäme mitenand und oder
    """
)
_PIECE = expression(r"[^\s,;:!?()&+/„“”\"]+|[,;:!?()&+/]")


def addressees(text: str, start: int, end: int) -> list[Addressee]:
    """Whom a salutation speaks to; `start` and `end` are its range. Who is named with a placeholder is left out."""
    found: list[Addressee] = []
    title, titled, dear, couple = "", None, None, False
    named: list[Span] = []
    name: list[tuple[str, Span]] = []

    def close() -> None:
        nonlocal title, titled, dear, couple
        if name:
            whom = FAMILY if couple else title
            found.append(Addressee(whom, titled, dear, tuple(name), Span(named[0].start, named[-1].end)))
        title, titled, dear, couple = "", None, None, False
        named.clear()
        name.clear()

    for match in _PIECE.finditer(text, start, end):
        bare = match[0].rstrip(".-–…*_")
        lower = bare.lower()
        span = Span(match.start(), match.start() + len(bare))
        if lower in _TITLES:
            if name:
                close()
            couple = couple or (titled is not None and not named)  # „Herr und Frau Kühn“, „Frau/Herr Kühn“
            title, titled = _TITLES[lower], Span(span.start, match.end())
        elif DEAR.fullmatch(bare):
            if name:
                close()
            dear = span
        elif not bare or lower in _GREETING or (not name and not bare[0].isalpha()):
            if name:
                close()
        elif lower in _ACADEMIC or lower in _PARTICLES or re.split(r"[.-]", lower)[0] in ("dipl", "dr", "prof", "mag"):
            named.append(span)
        elif _INITIAL.fullmatch(match[0]):
            named.append(span)
        elif _WORD.fullmatch(bare) and bare[0].isupper():
            named.append(span)
            name.append((bare, span))
        else:
            close()
    close()
    return found


VOCATIVE = expression(
    rf"""(?P<before>(?:^|[.!?…]\s+|(?<![\w-])(?P<word>[\w-]++),\s+))
    (?P<who>(?:Frau|Herr)\s+(?:(?:Dr\.|Prof\.|Mag\.)\s+)*(?:(?:von|van|vom|der|den|de|zu)\s+)*
      [{UPPER}][\w'’\-]+)(?P<after>\s*(?:[,!?]|\.(?!\w)|$))""",
    re.VERBOSE | re.MULTILINE,
)
"""Somebody spoken to within a text: „…, Frau Kühn, …“, „Frau Kühn, …“."""


def surnames(names: Sequence[Name]) -> set[str]:
    """The keys of all words of the family names, double names in their parts, too."""
    return {part for name in names for word in name.family for part in _keys_of(word)}
