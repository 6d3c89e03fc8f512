"""How `kind: gender` reads a draft, by the house's style.

It finds masculine nouns that mean everybody („unsere Kunden“, „jeder Nutzer“), and other ways of writing than the
house's („Kund*innen“ where „Kund:innen“ is written, or where no signs are wanted).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from replylint.checks.base import Context, Entry, Hit, Text
from replylint.checks.gender import GENERIC, NEUTRAL, PAIRS, SIGNS, STYLES, UNIFORM
from replylint.draft import Part
from replylint.expressions import expression
from replylint.findings import Fix, Rewrite, Safety
from replylint.german import persons
from replylint.german.persons import Grammar, Named, Person, Phrase, person
from replylint.german.reading import Reading, Stretch
from replylint.german.tokens import Case, Kind
from replylint.source import Cover, Edit, Span

# Ways that are read, but that no house can choose: half of the nouns can't be written so by the rules of spelling.
_OTHER_WAYS: Mapping[str, str] = {"/": "schrägstrich", "(": "klammer", "·": "mediopunkt"}
_USUAL = {
    PAIRS: "Kundinnen und Kunden", NEUTRAL: "Kundschaft, Studierende", GENERIC: "Kunden",
    **{style: f"Kund{sign}{'innen' if sign else 'Innen'}" for style, sign in SIGNS.items()},
    "schrägstrich": "Nutzer/-innen", "klammer": "Nutzer(innen)", "mediopunkt": "Nutzer·innen",
}  # fmt: skip

_LETTERS = r"[^\W\d_]"
_SIGNED = expression(
    rf"""(?<!\w)
    (?P<articles> (?: (?: {_LETTERS}+ (?: (?:[:*·_]|/-?) {_LETTERS}{{1,3}} | \({_LETTERS}{{1,2}}\) ) ) [ ]+ )* )
    (?P<base> [A-ZÄÖÜ]{_LETTERS}* (?: -{_LETTERS}+ )* )
    (?: (?P<sign> [:*_·] | /-? | \(-? ) (?P<small> innen | in ) \)? | (?P<capital> Innen | In ) )
    (?P<rest> (?<=innen) [a-zäöüß]+ (?: -{_LETTERS}+ )* )?
    (?!\w)""",
    re.VERBOSE,
)
_LIKE_A_PERSON = ("er", "ent", "ant", "ist", "or", "eur", "ör", "loge", "log", "at")
_ADDRESSEES = frozenset({"sie", "du", "ihnen", "dir", "ihr"})
_BEING = frozenset("bin bist sind seid war waren warst sein werden wird wirst bleiben bleibt bleibst geworden".split())
_HE = frozenset("er ihn ihm sein seine seinen seinem seiner seines dessen derjenige".split())
_RELATIVES = frozenset({"der", "den", "dem", "dessen", "die", "deren", "denen"})
_HIS_RELATIVES = frozenset({"der", "den", "dem", "dessen"})
_MEN = frozenset({"herr", "herrn", "herren"})
_NEAR = 4  # so many tokens at most between the two nouns of a pair
_PLURAL_OF = {Grammar.ACCUSATIVE: "alle", Grammar.DATIVE: "allen"}


@dataclass(frozen=True, slots=True)
class _Signed:
    """A noun with a sign: its way of writing, its span with and without the articles, and whose form it is. `rest` is
    what follows in a compound („service“ in „Kund:innenservice“)."""

    way: str
    span: Span
    noun: Span
    articles: str
    base: str
    many: bool
    named: Named | None
    rest: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """„Kundinnen und Kunden“; `plain` where nothing else stands between the two, and both are plurals."""

    span: Span
    named: Named
    plain: bool


class Finder:
    """Finds what goes against a style. „einheitlich“ is the way that the draft takes most often, the first one on a
    tie, and pairs where it takes none."""

    def __init__(
        self,
        parts: tuple[str, ...],
        style: str,
        nouns: Iterable[Person],
        defaults: Entry,
        other_way: tuple[Text, Text] | None,
    ) -> None:
        self.parts = parts
        self.style = style
        self.lexicon = persons.Lexicon(nouns)
        self.defaults = defaults
        self.other_way = other_way

    def find(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order."""
        reading = context.reading
        signed = list({each.span: each for each in self._signed(context)}.values())
        cover = Cover(each.span for each in signed)
        pairs: list[_Pair] = []
        for part in self.parts:
            for stretch in context.stretches(part):
                pairs += self._pairs(stretch)
        style = self.style if self.style != UNIFORM else _most_frequent(signed, pairs)
        hits = [self._other(reading, each.span, self._unsigned(context, each, style), style)
                for each in signed if each.way != style]  # fmt: skip
        if style in SIGNS:
            hits += [
                self._other(reading, pair.span, [_with_sign(pair.named, style, many=True)], style)
                for pair in pairs
                if pair.plain
            ]
        for pair in pairs:
            cover.add(pair.span)
        if style != GENERIC:
            for part in self.parts:
                for stretch in context.stretches(part):
                    hits += self._generic(context, stretch, style, cover)
        # A sentence that reaches over the border of two parts is read in both.
        taken = Cover()
        hits.sort(key=lambda hit: hit.span)
        return [hit for hit in hits if taken.take(hit.span) and not self._excepted(context, hit.span)]

    def _excepted(self, context: Context, span: Span) -> bool:
        match = context.match_of(span)
        return match is not None and any(True for _ in self.defaults.saving(match))

    def _other(self, reading: Reading, span: Span, texts: Iterable[str], style: str) -> Hit:
        message, why = self.other_way if self.other_way is not None else (None, None)
        return Hit(
            span, slots={"usual": _USUAL[style]}, rewrites=_rewrites(reading, span, texts), message=message, why=why
        )

    # -- Nouns with a sign

    def _signed(self, context: Context) -> Iterator[_Signed]:
        text, tokens = context.draft.text, context.reading.tokens
        for part in self.parts:
            area = context.part_span(part)
            for match in _SIGNED.finditer(text, area.start, area.end) if area is not None else ():
                noun = Span(match.start("base"), match.end())
                index = bisect_right(tokens.starts, noun.start) - 1
                typed = tokens.kinds[index] in (Kind.URL, Kind.QUOTE, Kind.PLACEHOLDER)
                if index < 0 or (typed and tokens.ends[index] > noun.start):
                    continue
                base, many = match["base"], (match["small"] or match["capital"]).lower() == "innen"
                named = self.lexicon.stem(base)
                known = named is not None or base.lower().endswith(_LIKE_A_PERSON)
                if not known and not (many and len(base) > 2):
                    continue
                if match["capital"] and not base[-1].islower():
                    continue
                sign = (match["sign"] or "")[:1]
                way = next((style for style, each in SIGNS.items() if each == sign), None) or _OTHER_WAYS[sign]
                yield _Signed(
                    way,
                    Span(match.start(), match.end()),
                    noun,
                    match["articles"],
                    base,
                    many,
                    named,
                    match["rest"] or "",
                )

    def _unsigned(self, context: Context, each: _Signed, style: str) -> list[str]:
        """A noun with a sign, in the style; the other way that also serves behind it."""
        named = each.named or _guessed(each.base)
        if style not in STYLES:
            return []
        if style in SIGNS:
            return _resigned(each, named, style)
        reading = context.reading
        if named is None:
            return []
        if each.rest:
            # „Kundenservice“: a compound names nobody.
            return [named.like(named.person.plural) + each.rest]
        index = reading.tokens.range(each.noun.start, each.noun.end)[0]
        stretch = reading.stretch_at(index)
        if stretch is None:
            return []
        if not each.many:
            alone = not each.articles and reading.tokens.norms[max(0, index - 1)] not in ("als", "wie")
            return [] if alone else list(_one_of_both(each, named, style))
        grammar = persons.bare_case(stretch, index, index)
        if grammar is None and named.person.plural != named.person.plural_dative:
            return []
        if style == GENERIC:
            return [named.like(named.person.masculine(grammar or Grammar.PLURAL))]
        phrase = Phrase(named, index, persons.determined(stretch, index)[0], grammar or Grammar.PLURAL)
        both = _both(phrase)
        neutral = _neutral(stretch, phrase) if grammar is not None else []
        return [*neutral, both] if style == NEUTRAL else [both]

    # -- Pairs

    def _pairs(self, stretch: Stretch) -> Iterator[_Pair]:
        reading = stretch.reading
        found: list[tuple[int, Named, bool]] = []
        for index in range(stretch.start, stretch.end):
            if reading.tokens.kinds[index] is not Kind.WORD or not _capital(reading, index):
                continue
            word = _word(reading, index)
            if (named := self.lexicon.feminine(word)) is not None:
                found.append((index, named, True))
            elif (named := self.lexicon.masculine(word)) is not None:
                found.append((index, named, False))
        done = -1
        for (first, one, female), (second, other, also) in pairwise(found):
            if first <= done or one.person is not other.person or female == also or second - first > _NEAR + 1:
                continue
            between = reading.tokens.norms[first + 1 : second]
            if not {"und", "oder", "bzw", "sowie", "/", ","} & set(between):
                continue
            done = second
            woman = _word(reading, first if female else second)
            many = woman.lower().endswith("innen")
            yield _Pair(reading.span(first, second + 1), one, len(between) == 1 and "und" in between and many)

    # -- Masculine nouns that mean everybody

    def _generic(self, context: Context, stretch: Stretch, style: str, cover: Cover) -> Iterator[Hit]:
        reading = stretch.reading
        tokens = reading.tokens
        women = {
            named.person
            for index in range(stretch.start, stretch.end)
            if tokens.kinds[index] is Kind.WORD and (named := self.lexicon.feminine(_word(reading, index))) is not None
        }
        last = -3
        for index in range(stretch.start, stretch.end):
            if tokens.kinds[index] is not Kind.WORD or not _capital(reading, index):
                continue
            named = self.lexicon.masculine(_word(reading, index))
            if named is None or named.person in women:
                continue
            phrase = persons.analyse(stretch, index, named, joined=index - last == 2)
            if phrase is None or _a_man(stretch, index) or _one_of_many(stretch, phrase) or _goes_on(reading, index):
                continue
            span = reading.span(phrase.first if not phrase.grammar.many else index, index + 1)
            if cover.overlaps(span):
                continue
            if phrase.grammar.many:
                last = index
                rewrites = _rewrites(reading, span, _for_many(stretch, phrase, style))
                if (collective := _collective(stretch, phrase)) is not None:
                    rewrites = (collective, *rewrites) if style == NEUTRAL else (*rewrites, collective)
                yield Hit(span, rewrites=rewrites)
            elif phrase.determiner is None:
                said = _for_addressee(context, stretch, phrase, style)
                if said is not None:
                    span = reading.span(said[0], index + 1)
                    yield Hit(span, rewrites=_rewrites(reading, span, [said[1]]))
            elif _indefinite(stretch, phrase) or (named.person.one and not _an_office(stretch, phrase)):
                texts = [] if _spoken_of(stretch, index) else _for_one(reading, phrase, style)
                yield Hit(span, rewrites=_rewrites(reading, span, texts))


def _word(reading: Reading, index: int) -> str:
    return reading.text[reading.tokens.starts[index] : reading.tokens.ends[index]]


def _capital(reading: Reading, index: int) -> bool:
    return reading.tokens.cases[index] in (Case.CAPITAL, Case.INITIAL)


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether the word is part of one, or a label: „Kunden- und Lieferantendaten“, „Kunden (m/w/d)“, „Nutzer: abc“."""
    after = reading.text[reading.tokens.ends[index] : reading.tokens.ends[index] + 8]
    return after.startswith(("-", "/", ":")) or after.lstrip().lower().startswith(("(m/w", "(w/m", "(d/m"))


def _a_man(stretch: Stretch, index: int) -> bool:
    """Whether a particular man is named right there: „unser Techniker, Herr Kern“, „die Techniker Kern und
    Wolf“."""
    norms = stretch.reading.tokens.norms
    if not _MEN.isdisjoint(norms[max(stretch.start, index - 3) : min(stretch.end, index + 6)]):
        return True
    cases = stretch.reading.tokens.cases
    return (
        index + 3 < stretch.end
        and norms[index + 2] == "und"
        and cases[index + 1] is cases[index + 3] is Case.CAPITAL
        and stretch.reading.tokens.kinds[index + 1] is Kind.WORD
    )


def _one_of_many(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether it is one of them, who may be a man: „einer unserer Fahrer“."""
    before = phrase.first - 1
    norms = stretch.reading.tokens.norms
    return (
        phrase.grammar is Grammar.PLURAL_GENITIVE
        and before >= stretch.start
        and norms[before].startswith(("ein", "kein", "jed"))
    )


def _most_frequent(signed: Iterable[_Signed], pairs: Iterable[_Pair]) -> str:
    places = [(each.span.start, each.way) for each in signed]
    places += [(pair.span.start, PAIRS) for pair in pairs]
    ways = [way for _, way in sorted(places)]
    return max(dict.fromkeys(ways), key=ways.count) if ways else PAIRS


def _rewrites(reading: Reading, span: Span, texts: Iterable[str]) -> tuple[Rewrite, ...]:
    capital = reading.text[span.start].isupper()
    made = []
    for text in dict.fromkeys(texts):
        text = text[0].upper() + text[1:] if capital else text
        made.append(Rewrite(text, Safety.REVIEW, span, Fix((Edit(span, text),), Safety.REVIEW)))
    return tuple(made)


def _with_sign(named: Named, style: str, *, many: bool) -> str:
    sign, stem = SIGNS[style], named.person.stem
    ending = "innen" if many else "in"
    return named.like(stem + (sign + ending if sign else ending.capitalize()))


def _both(phrase: Phrase) -> str:
    """„Kundinnen und Kunden“."""
    named, grammar = phrase.named, phrase.grammar
    women = named.like(named.person.feminine_of(grammar))
    return f"{women} und {named.like(named.person.masculine(grammar))}"


def _resigned(each: _Signed, named: Named | None, style: str) -> list[str]:
    """The same with the sign of the style."""
    sign = SIGNS[style]
    if each.articles and not sign:
        return []
    articles = re.sub(rf"\(({_LETTERS}+)\)", lambda match: sign + match[1], each.articles)
    articles = re.sub(rf"(?<={_LETTERS})(?:[:*·_]|/-?)(?={_LETTERS})", sign, articles)
    if named is not None:
        return [articles + _with_sign(named, style, many=each.many) + each.rest]
    ending = "innen" if each.many else "in"
    return [articles + each.base + (sign + ending if sign else ending.capitalize()) + each.rest]


def _guessed(base: str) -> Named | None:
    """The noun of a stem that is in no list, where its plural is sure."""
    return Named(person(base)) if base.lower().endswith(("er", "ent", "ant", "ist")) else None


_ARTICLES_OF_ONE: Mapping[str, tuple[Grammar, str, str, str]] = {
    # with a sign: the case, feminine, masculine, and how the two are joined
    "jede r": (Grammar.NOMINATIVE, "jede", "jeder", "und"),
    "jede n": (Grammar.ACCUSATIVE, "jede", "jeden", "und"),
    "ein e": (Grammar.NOMINATIVE, "eine", "ein", "oder"),
    "eine n": (Grammar.ACCUSATIVE, "eine", "einen", "oder"),
    "kein e": (Grammar.NOMINATIVE, "keine", "kein", "und"),
    "keine n": (Grammar.ACCUSATIVE, "keine", "keinen", "und"),
    "der die": (Grammar.NOMINATIVE, "die", "der", "oder"),
    "die der": (Grammar.NOMINATIVE, "die", "der", "oder"),
    "": (Grammar.NOMINATIVE, "", "", "oder"),
}


def _one_of_both(each: _Signed, named: Named, style: str) -> Iterator[str]:
    """„jede:r Kund:in“ without a sign."""
    key = " ".join(re.split(r"[:*·_]|/-?", each.articles.strip().lower()))
    if key not in _ARTICLES_OF_ONE:
        return
    grammar, her, his, joint = _ARTICLES_OF_ONE[key]
    man = f"{his} {named.like(named.person.masculine(grammar))}".strip()
    if style == GENERIC:
        yield man
        return
    woman = f"{her} {named.like(named.person.feminine)}".strip()
    yield f"{woman} {joint} {man}"


def _for_many(stretch: Stretch, phrase: Phrase, style: str) -> list[str]:
    """What may stand for a plural noun: the house's way first, then a word for all."""
    neutral = _neutral(stretch, phrase)
    if style in SIGNS:
        return [_with_sign(phrase.named, style, many=True), *neutral]
    return [*neutral, _both(phrase)] if style == NEUTRAL else [_both(phrase), *neutral]


_STRONG = frozenset(
    "viele vieler einige einiger mehrere mehrerer wenige andere weitere etliche zahlreiche verschiedene einzelne"
    " paar".split()
)


def _neutral(stretch: Stretch, phrase: Phrase) -> list[str]:
    """The word for all in the noun's place, where only the noun has to change. „Kundschaft“ is one thing: its article
    and verb would change with it."""
    word, grammar = phrase.named.person.neutral, phrase.grammar
    if not word or word.endswith(_COLLECTIVE):
        return []
    if not word.endswith("nde"):
        dative = grammar is Grammar.PLURAL_DATIVE and not word.endswith("n")
        return [phrase.named.like(word + ("n" if dative else ""))]
    reading, determiner = stretch.reading, phrase.determiner
    strong = (
        determiner is None
        or reading.tokens.norms[determiner] in _STRONG | persons.NUMERALS
        or reading.tokens.kinds[determiner] is Kind.NUMBER
    )
    if grammar is Grammar.PLURAL_DATIVE or not strong:
        word += "n"
    elif grammar is Grammar.PLURAL_GENITIVE:
        word += "r"
    return [phrase.named.like(word)]


_COLLECTIVE = "schaft"


def _collective(stretch: Stretch, phrase: Phrase) -> Rewrite | None:
    """„Kundschaft“ in the noun's place, with its article, where no verb, adjective or pronoun has to change as well: in
    the dative, in the genitive, and behind a preposition."""
    reading, determiner, word = stretch.reading, phrase.determiner, phrase.named.person.neutral
    norms = reading.tokens.norms
    if not word.endswith(_COLLECTIVE) or phrase.named.prefix or determiner is None or phrase.adjectives:
        return None
    after = phrase.noun + 1
    if after + 1 < stretch.end and norms[after] == "," and norms[after + 1] in _RELATIVES:
        return None
    article = _word(reading, determiner)
    if not article.lower().startswith(("unser", "ihr", "dein", "eur", "mein", "sein", "die", "den", "der")):
        return None
    if phrase.grammar is Grammar.PLURAL_DATIVE:
        article = article[:-1] + "r"
    elif phrase.grammar is Grammar.PLURAL and (
        determiner == stretch.start or norms[determiner - 1] not in persons.WITH_ACCUSATIVE
    ):
        return None
    [rewrite] = _rewrites(reading, reading.span(determiner, after), [f"{article} {word}"])
    return rewrite


def _indefinite(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether anyone is meant: „jeder Nutzer“, „kein Mieter“, and „ein Monteur“ of whom nothing is told yet."""
    assert phrase.determiner is not None
    word = stretch.reading.tokens.norms[phrase.determiner]
    numbers = stretch.clause_numbers(phrase.noun, phrase.noun + 1)
    words = {stretch.reading.tokens.norms[at] for each in numbers for at in range(*stretch.clauses[each].ranges[0])}
    if "ich" in words and words & _BEING:
        return False  # „Ich bin kein Experte“: the writer knows
    if word.startswith(("jed", "kein")):
        return True
    if word not in ("ein", "einen", "einem"):
        return False
    return not any("past" in stretch.clauses[each].features for each in numbers)


def _an_office(stretch: Stretch, phrase: Phrase) -> bool:
    """Whether „Ihr Ansprechpartner“ says what a firm is: „dafür ist die Bahn Ihr Ansprechpartner“."""
    norms = stretch.reading.tokens.norms
    for number in stretch.clause_numbers(phrase.noun, phrase.noun + 1):
        clause = stretch.clauses[number]
        before = set(norms[clause.start : phrase.first])
        if (
            before & (_BEING | {"ist"})
            and "wer" not in before
            and not {"frau", "herr"} & set(norms[clause.start : clause.end])
        ):
            return True
    return False


def _spoken_of(stretch: Stretch, noun: int) -> bool:
    """Whether words follow that would have to change with the noun: „seine Daten“, „…, der …“, „Er …“."""
    reading = stretch.reading
    norms = reading.tokens.norms
    if not _HE.isdisjoint(norms[noun + 1 : stretch.end]):
        return True
    if any(norms[at] == "," and norms[at + 1] in _HIS_RELATIVES for at in range(noun + 1, stretch.end - 1)):
        return True
    return stretch.end < len(norms) and norms[stretch.end] in _HE


def _for_one(reading: Reading, phrase: Phrase, style: str) -> list[str]:
    """What may stand for „jeder Nutzer“, „ein Kunde“, „Ihr Ansprechpartner“; nothing where no form is settled."""
    assert phrase.determiner is not None
    named, grammar = phrase.named, phrase.grammar
    his = _word(reading, phrase.determiner)
    her = persons.feminine_determiner(his, grammar)
    if her is None:
        return []
    adjectives = [_word(reading, index) for index in phrase.adjectives]
    hers = [persons.feminine_adjective(word, grammar) for word in adjectives]
    if named.person.one:
        return [" ".join([her, *hers, named.like(named.person.one)])]
    joint = "oder" if his.lower().startswith("ein") else "und"
    man = " ".join([his[0].lower() + his[1:], *adjectives, named.like(named.person.masculine(grammar))])
    pair = " ".join([her, *hers, named.like(named.person.feminine), joint, man])
    if style not in SIGNS:
        return [pair]
    noun = _with_sign(named, style, many=False)
    small, sign = his.lower(), SIGNS[style]
    if small.startswith("jed") and grammar in _PLURAL_OF:
        plural = [persons.feminine_adjective(word, Grammar.DATIVE) for word in adjectives]
        return [" ".join([_PLURAL_OF[grammar], *plural, _with_sign(named, style, many=True)])]
    if not sign or grammar not in (Grammar.NOMINATIVE, Grammar.ACCUSATIVE):
        return []
    ending = "r" if grammar is Grammar.NOMINATIVE else "n"
    if small == "jeder":
        return [" ".join([f"jede{sign}r", *hers, noun])]
    plain = her.lower()
    article = f"{small}{sign}e" if grammar is Grammar.NOMINATIVE else f"{plain}{sign}n"
    return [" ".join([article, *(f"{word}{sign}{ending}" for word in hers), noun])]


def _for_addressee(context: Context, stretch: Stretch, phrase: Phrase, style: str) -> tuple[int, str] | None:
    """The first token and what may stand for „Sie sind seit Jahren Kunde“, „Als treuer Kunde haben Sie …“; None where
    it is about somebody else, or about a man."""
    reading = stretch.reading
    norms = reading.tokens.norms
    numbers = stretch.clause_numbers(phrase.noun, phrase.noun + 1)
    words = {norms[at] for number in numbers for low, high in stretch.clauses[number].ranges for at in range(low, high)}
    first = phrase.noun
    adjective = first - 2 >= stretch.start and norms[first - 2] == "als" and norms[first - 1].endswith("er")
    if adjective:
        first -= 1
    as_one = first > stretch.start and norms[first - 1] == "als"
    if not (words & _ADDRESSEES) or not (as_one or words & _BEING):
        return None
    area = context.part_span(Part.SALUTATION)
    greeting = context.draft.text[area.start : area.end] if area is not None else ""
    if "Herr" in greeting and "Frau" not in greeting:
        return None
    named = phrase.named
    his = _word(reading, first) + " " if adjective else ""
    her = persons.feminine_adjective(his.strip(), Grammar.NOMINATIVE) if adjective else ""
    woman = f"{her} {named.like(named.person.feminine)}".strip()
    if "Frau" in greeting and "Herr" not in greeting:
        return first, woman
    if style not in SIGNS:
        return first, f"{woman} oder {his}{named.like(named.person.singular)}"
    sign = SIGNS[style]
    article = f"{her}{sign}{'r' if sign else 'R'} " if adjective else ""
    return first, article + _with_sign(named, style, many=False)
