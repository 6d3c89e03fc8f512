"""Nouns for persons: their masculine and feminine forms, the words for all, and what is said of whom in a sentence.

The declension is that of the Duden grammar: „Kunde“ and „Student“ are weak (every form but the first ends in -n),
„Nutzer“ and „Arzt“ are strong. Words are compared in small letters; ß and ss, ä and ae are told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from replylint.german import clauses
from replylint.german.reading import Stretch
from replylint.german.tokens import Case, Kind


class Grammar(Enum):
    """The case of a masculine noun, and whether one is meant or many."""

    NOMINATIVE = "nominative"
    ACCUSATIVE = "accusative"
    DATIVE = "dative"
    GENITIVE = "genitive"
    PLURAL = "plural nominative or accusative"
    PLURAL_DATIVE = "plural dative"
    PLURAL_GENITIVE = "plural genitive"

    @property
    def many(self) -> bool:
        """Whether it is a plural."""
        return self.value.startswith("plural")


_WEAK_ENDINGS = ("ent", "ant", "ist", "at", "et", "oge", "ad", "it", "ot")


@dataclass(frozen=True, slots=True)
class Person:
    """A noun. `feminine` and `plural` are its forms; `neutral` is a plural or a collective for all („Mitarbeitende“,
    „Kundschaft“), `one` a feminine noun for a single one („Ansprechperson“). `heads`: it also ends compounds. `ours`:
    whoever says „unseren Kollegen“ may mean a man that they know."""

    singular: str
    plural: str
    feminine: str
    neutral: str = ""
    one: str = ""
    heads: bool = False
    ours: bool = False

    @property
    def weak(self) -> bool:
        """Whether it is declined like „Kunde“."""
        return self.plural in (self.singular + "n", self.singular + "en") and not self.singular.endswith("or")

    @property
    def oblique(self) -> str:
        """Its accusative and dative."""
        return self.plural if self.weak else self.singular

    @property
    def genitives(self) -> tuple[str, ...]:
        """Its genitives; the first is the usual one."""
        return (self.plural,) if self.weak else (self.singular + "s", self.singular + "es")

    @property
    def plural_dative(self) -> str:
        """Its plural dative."""
        return self.plural if self.plural.endswith(("n", "s")) else self.plural + "n"

    @property
    def stem(self) -> str:
        """What stands before „-in“."""
        return self.feminine.removesuffix("in")

    def masculine(self, grammar: Grammar) -> str:
        """Its form."""
        if grammar is Grammar.PLURAL_DATIVE:
            return self.plural_dative
        if grammar.many:
            return self.plural
        if grammar is Grammar.NOMINATIVE:
            return self.singular
        return self.genitives[0] if grammar is Grammar.GENITIVE else self.oblique

    def feminine_of(self, grammar: Grammar) -> str:
        """The feminine form."""
        return self.feminine + "nen" if grammar.many else self.feminine


def person(singular: str, plural: str = "", feminine: str = "", **more: str | bool) -> Person:
    """A noun; plural and feminine are worked out where they are regular."""
    if not plural:
        if singular.endswith(("er", "ler")):
            plural = singular
        elif singular.endswith("e"):
            plural = singular + "n"
        elif singular.endswith(("or", *_WEAK_ENDINGS)):
            plural = singular + "en"
        else:
            plural = singular + "e"
    if not feminine:
        feminine = singular.removesuffix("e") + "in"
    return Person(singular, plural, feminine, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Named:
    """A noun in a text: the person, and what stands before it in a compound („Stamm“ in „Stammkunden“)."""

    person: Person
    prefix: str = ""

    def like(self, form: str) -> str:
        """A form of the noun, with the compound's first part."""
        if not self.prefix:
            return form
        return self.prefix + (form if self.prefix.endswith("-") else form[0].lower() + form[1:])


_SHORTEST_PREFIX = 3  # „Ur-kunden“, „Se-kunden“ are no customers


class Lexicon:
    """Persons by each of their forms, and by the ends of compounds."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._masculine: dict[str, Person] = {}
        self._feminine: dict[str, Person] = {}
        self._stems: dict[str, Person] = {}
        for each in persons:
            for form in (each.singular, each.plural, each.plural_dative, each.oblique, *each.genitives):
                self._masculine.setdefault(form.lower(), each)
            for form in (each.feminine, each.feminine + "nen"):
                self._feminine.setdefault(form.lower(), each)
            for form in (each.stem, each.singular, each.plural):
                self._stems.setdefault(form.lower(), each)

    def masculine(self, word: str) -> Named | None:
        """The person whose masculine form a word is or ends with."""
        return _look_up(word, self._masculine)

    def feminine(self, word: str) -> Named | None:
        """The person whose feminine form a word is or ends with."""
        return _look_up(word, self._feminine)

    def stem(self, word: str) -> Named | None:
        """The person of what stands before a sign: „Kund“ of „Kund:innen“, „Kunden“ of „Kunden/-innen“."""
        return _look_up(word, self._stems)


def _look_up(word: str, forms: Mapping[str, Person]) -> Named | None:
    small = word.lower()
    known = forms.get(small)
    if known is not None:
        return Named(known)
    for cut in range(_SHORTEST_PREFIX, len(small) - 2):
        known = forms.get(small[cut:])
        if known is not None and known.heads:
            return Named(known, word[:cut])
    return None


_EACH = {
    "jeder": Grammar.NOMINATIVE, "jeden": Grammar.ACCUSATIVE, "jedem": Grammar.DATIVE, "jedes": Grammar.GENITIVE,
    "ein": Grammar.NOMINATIVE, "einen": Grammar.ACCUSATIVE, "einem": Grammar.DATIVE,
    "kein": Grammar.NOMINATIVE, "keinen": Grammar.ACCUSATIVE, "keinem": Grammar.DATIVE,
}  # fmt: skip
_MINE = ("mein", "dein", "ihr", "unser", "euer", "sein")
_ONE = {
    **_EACH,
    **dict.fromkeys((*_MINE, "der"), Grammar.NOMINATIVE),
    **dict.fromkeys(("meinen", "deinen", "ihren", "unseren", "unsern", "euren", "seinen", "den"), Grammar.ACCUSATIVE),
    **dict.fromkeys(("meinem", "deinem", "ihrem", "unserem", "eurem", "seinem", "dem"), Grammar.DATIVE),
    **dict.fromkeys(("meines", "deines", "ihres", "unseres", "eures", "seines", "des", "eines"), Grammar.GENITIVE),
    **dict.fromkeys(("zum", "vom", "beim", "im", "am"), Grammar.DATIVE),
    "dieser": Grammar.NOMINATIVE, "diesen": Grammar.ACCUSATIVE, "diesem": Grammar.DATIVE,
    "dieses": Grammar.GENITIVE, "welcher": Grammar.NOMINATIVE, "mancher": Grammar.NOMINATIVE,
}  # fmt: skip
NUMERALS = frozenset("zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf zwanzig dreissig hundert".split())
_MANY = NUMERALS | frozenset(
    "die diese jene alle viele einige mehrere manche wenige beide keine unsere meine deine eure ihre seine welche"
    " solche andere weitere saemtliche etliche zahlreiche verschiedene einzelne paar viel".split()
)
_MANY_DATIVE = frozenset(
    "allen vielen einigen mehreren wenigen beiden saemtlichen etlichen zahlreichen verschiedenen einzelnen weiteren"
    " anderen".split()
)
_MANY_GENITIVE = frozenset(
    "aller vieler einiger mehrerer beider saemtlicher zahlreicher unserer meiner deiner eurer ihrer seiner".split()
)
_EITHER = frozenset("den meinen deinen unseren unsern euren ihren seinen diesen keinen".split())
_WITH_DATIVE = frozenset("mit von bei zu nach aus seit gegenueber ausser samt".split())
_BARE = frozenset("fuer ohne gegen durch um unter ueber an auf als zwischen wie".split())
WITH_ACCUSATIVE = frozenset("fuer ohne gegen durch um ueber an auf".split())
_TITLES = frozenset("herr herrn frau familie fam dr prof mag ing".split())
_NOT_AN_ADJECTIVE = frozenset("und oder bitte heute gerne alle ohne bereits wie sowie durch ihre unsere seine".split())
_ADJECTIVE_ENDINGS = ("e", "en", "er", "em", "es")
_COUNTED = frozenset("anzahl zahl mehrheit grossteil teil haelfte prozent viele daten namen wuensche rechte".split())
_JOINED = frozenset({"und", "oder", "sowie", "bzw", ",", "/"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with what belongs to it: the tokens of its determiner (None where it has none) and of the noun, and the
    grammar. `adjectives` stand between the two."""

    named: Named
    noun: int
    determiner: int | None
    grammar: Grammar
    adjectives: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        """Its first token."""
        return self.noun if self.determiner is None else self.determiner


def determined(stretch: Stretch, noun: int) -> tuple[int | None, tuple[int, ...]]:
    """The determiner of a noun, and the adjectives between them; no adjectives where no determiner stands."""
    tokens = stretch.reading.tokens
    adjectives: list[int] = []
    for index in range(noun - 1, max(stretch.start, noun - 4) - 1, -1):
        norm = tokens.norms[index]
        known = norm in _ONE or norm in _MANY or norm in _MANY_DATIVE or norm in _MANY_GENITIVE or norm in _EITHER
        if known or tokens.kinds[index] is Kind.NUMBER:
            # „die beiden Techniker“, „die 25 Teilnehmer“, „ein anderer Kunde“: the first one decides.
            if index > stretch.start and tokens.norms[index - 1] in ("die", "den", "der", "unsere", "unseren", "einen"):
                return index - 1, (index, *adjectives)
            return index, tuple(adjectives)
        adjective = (
            tokens.kinds[index] is Kind.WORD
            and tokens.cases[index] is Case.LOWER
            and norm.endswith(_ADJECTIVE_ENDINGS)
            and norm not in _NOT_AN_ADJECTIVE
        )
        if not adjective:
            break
        adjectives.insert(0, index)
    return None, ()


def analyse(stretch: Stretch, noun: int, named: Named, *, joined: bool = False) -> Phrase | None:
    """The phrase of a masculine noun at a token; None where it can't be told whether one or many are meant, or in
    which case. `joined`: a plural for persons stands right before it („Ärzte und Apotheker“)."""
    reading = stretch.reading
    tokens, norms = reading.tokens, reading.tokens.norms
    each = named.person
    form = reading.text[tokens.starts[noun] + len(named.prefix) : tokens.ends[noun]].lower()
    before = norms[noun - 1] if noun > stretch.start else ""
    if before in _TITLES:
        return None
    determiner, adjectives = determined(stretch, noun)
    many = form == each.plural.lower()
    dative = form == each.plural_dative.lower()
    only_dative = dative and not many
    if determiner is not None:
        word = norms[determiner]
        head = determiner
        lead = norms[head - 1] if head > stretch.start else ""
        if tokens.kinds[determiner] is Kind.NUMBER or word in _MANY:
            grammar = Grammar.PLURAL if many and not only_dative else Grammar.PLURAL_DATIVE if dative else None
            return None if grammar is None else Phrase(named, noun, determiner, grammar, adjectives)
        if word in _MANY_DATIVE and dative:
            return Phrase(named, noun, determiner, Grammar.PLURAL_DATIVE, adjectives)
        if word in _MANY_GENITIVE and many:
            return Phrase(named, noun, determiner, Grammar.PLURAL_GENITIVE, adjectives)
        if word in ("der", "dieser") and many and _is_genitive(stretch, determiner, each):
            return Phrase(named, noun, determiner, Grammar.PLURAL_GENITIVE, adjectives)
        if word in _EITHER and dative:
            strong = not each.weak and each.plural != each.singular
            certain = only_dative or strong or lead in _WITH_DATIVE
            likely = word in ("unseren", "unsern", "euren") and not each.ours and lead not in _BARE
            if certain or likely:
                return Phrase(named, noun, determiner, Grammar.PLURAL_DATIVE, adjectives)
        grammar = _ONE.get(word)
        if grammar is None:
            return None
        right = {
            Grammar.NOMINATIVE: (each.singular,), Grammar.ACCUSATIVE: (each.oblique,), Grammar.DATIVE: (each.oblique,),
            Grammar.GENITIVE: each.genitives,
        }[grammar]  # fmt: skip
        return Phrase(named, noun, determiner, grammar, adjectives) if form in map(str.lower, right) else None
    if only_dative:
        return Phrase(named, noun, None, Grammar.PLURAL_DATIVE)
    if many and each.plural != each.singular:
        return Phrase(named, noun, None, Grammar.PLURAL_DATIVE if before in _WITH_DATIVE else Grammar.PLURAL)
    if many and (before in _BARE - {"als", "wie"} or _several(stretch, noun, joined=joined)):
        return Phrase(named, noun, None, Grammar.PLURAL)
    if form == each.singular.lower():
        return Phrase(named, noun, None, Grammar.NOMINATIVE)
    return None


def _is_genitive(stretch: Stretch, article: int, each: Person) -> bool:
    """Whether „der“ is a plural genitive: „der Kunden“ always, „der Nutzer“ behind a noun with its own article."""
    if each.plural != each.singular:
        return True
    tokens = stretch.reading.tokens
    if article - 1 < stretch.start or tokens.cases[article - 1] not in (Case.CAPITAL, Case.INITIAL):
        return False
    if tokens.norms[article - 1] in _COUNTED:
        return True
    return article - 2 >= stretch.start and tokens.norms[article - 2] in ("die", "das", "der", "alle", "eine", "ein")


def _several(stretch: Stretch, noun: int, *, joined: bool) -> bool:
    """Whether „Nutzer“ without any article are many: a second one in a row, behind „neue“, or with a plural verb."""
    tokens, norms = stretch.reading.tokens, stretch.reading.tokens.norms
    before = noun - 1
    if joined and before >= stretch.start and norms[before] in _JOINED:
        return True
    if before >= stretch.start and tokens.cases[before] is Case.LOWER and norms[before].endswith("e"):
        plain = norms[before] not in _NOT_AN_ADJECTIVE and not clauses.is_finite(norms[before])
        return plain and norms[before] not in _ONE
    number = stretch.clause_numbers(noun, noun + 1)
    if not number:
        return False
    clause = stretch.clauses[number[0]]
    first = next((at for at in range(clause.start, noun + 1) if stretch.reading.wordlike[at]), noun)
    if norms[first] in ("und", "oder", "denn", "aber"):
        first += 1
    if first != noun:
        return False
    if norms[noun + 1 : noun + 2] and norms[noun + 1] in _JOINED:
        return False  # „Fahrer und Beifahrer sind versichert“ may be one of each
    verb = next((at for at in range(noun + 1, clause.end) if clauses.is_finite(norms[at])), None)
    if verb is None or (verb + 1 < stretch.end and norms[verb + 1] in ("sie", "wir")):
        return False
    return norms[verb].endswith("en") or norms[verb] == "sind"


def bare_case(stretch: Stretch, first: int, noun: int) -> Grammar | None:
    """The case of a plural whose form doesn't show it („Nutzer:innen“), by what stands before it; None where unsure."""
    norms = stretch.reading.tokens.norms
    determiner, _ = determined(stretch, first if first < noun else noun)
    words = [norms[at] for at in (determiner,) if at is not None]
    before = norms[first - 1] if first > stretch.start else ""
    if words:
        word = words[0]
        if word in _MANY_DATIVE or word in _EITHER:
            return Grammar.PLURAL_DATIVE
        if word in _MANY_GENITIVE or word == "der":
            return Grammar.PLURAL_GENITIVE
        if word in NUMERALS or stretch.reading.tokens.kinds[determiner or 0] is Kind.NUMBER:
            lead = norms[(determiner or 0) - 1] if (determiner or 0) > stretch.start else ""
            return Grammar.PLURAL_DATIVE if lead in _WITH_DATIVE else Grammar.PLURAL
        return Grammar.PLURAL if word in _MANY else None
    if before in _WITH_DATIVE:
        return Grammar.PLURAL_DATIVE
    if before in ("fuer", "ohne", "gegen", "durch", "um", "liebe") or first <= stretch.words[0]:
        return Grammar.PLURAL
    return None


FEMININE = {
    Grammar.NOMINATIVE: "e", Grammar.ACCUSATIVE: "e", Grammar.DATIVE: "er", Grammar.GENITIVE: "er",
}  # fmt: skip
_ARTICLES = {
    "der": "die", "den": "die", "dem": "der", "des": "der", "zum": "zur", "vom": "von der", "beim": "bei der",
}  # fmt: skip


def feminine_determiner(word: str, grammar: Grammar) -> str | None:
    """The determiner of a feminine noun in place of that of a masculine one: „jeden“ → „jede“, „Ihrem“ → „Ihrer“."""
    small = word.lower()
    article = _ARTICLES.get(small)
    if article is None:
        base = next(
            (each for each in (*_MINE, "jed", "kein", "ein", "dies", "welch") if small.startswith(each)), None
        ) or ("euer" if small.startswith("eur") else None)
        if base is None:
            return None
        article = ("eur" if base == "euer" else base) + FEMININE[grammar]
    return article[0].upper() + article[1:] if word[:1].isupper() else article


def feminine_adjective(word: str, grammar: Grammar) -> str:
    """An adjective before a feminine noun with a determiner: „neuer“ → „neue“, „neuen“ (dative) stays."""
    stem = next((word.removesuffix(ending) for ending in ("en", "er", "em", "es", "e") if word.endswith(ending)), word)
    return stem + ("en" if grammar in (Grammar.DATIVE, Grammar.GENITIVE) else "e")
