"""Words recast for another place in a sentence, as rewrites need them: the subject of a passive as the object of an
active clause, its participle as a finite verb, an article for a noun of another gender.

Unlike `inflection`, which reads, this module writes: words come and go as they are spelled, umlauts and all. What it
cannot do for sure it does not do: every function returns None then, and the rewrite falls away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from replylint.expressions import expression
from replylint.german import inflection
from replylint.german.fold import fold

__all__ = [
    "RECAST", "accusative", "feminine", "gender", "infinitive", "neuter", "of_genitive", "particle", "present",
]  # fmt: skip

_WORD = expression(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Articles and pronouns whose accusative is their nominative: feminine, neuter and plural ones, and what has no case.
_UNCHANGED = frozenset(
    "die das diese dieses eine keine jede jedes welche alle beide beides mehrere einige viele ihre unsere meine deine"
    " eure seine dies alles sämtliche zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
)
_MASCULINE = {"der": "den", "dieser": "diesen", "jeder": "jeden", "jener": "jenen", "derselbe": "denselben"}
# Before a masculine or a neuter noun these look alike.
_BARE = frozenset("ein kein ihr unser mein dein euer sein".split())
_POLITE = frozenset("ihr ihre ihrem ihren ihrer ihres".split())
_PERSONS = {"wir": "uns", "ich": "mich", "du": "dich", "ihr": "euch", "er": "ihn", "sie": "sie", "es": "es"}
_DETERMINERS = frozenset(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines dieser diese"
    " dieses diesen diesem jeder jede jedes jeden jedem".split()
) | {
    stem + ending
    for stem in ("ihr", "unser", "mein", "dein", "sein", "euer", "eur")
    for ending in ("", "e", "en", "em", "er", "es")
}


def gender(noun: str) -> str | None:
    """A noun's gender, "m", "f" or "n", by the longest listed noun that it ends with or by its ending; None where
    neither tells, or where its accusative has a form of its own („Kunde, Kunden“)."""
    kind = inflection.noun_kind(noun)
    if kind is not None:
        return kind if kind in "mfn" else None
    word = fold(noun)
    if word.endswith(("ung", "heit", "keit", "schaft", "taet", "ion", "ik", "ie", "ur", "anz", "enz")):
        return "f"
    if word.endswith(("chen", "lein", "ment", "um", "nis", "zeug")):
        return "n"
    if word.endswith(("ling", "ismus", "or", "eur", "iker", "schein", "trag")):
        return "m"
    return None


def accusative(phrase: str) -> str | None:
    """A noun phrase in the nominative as the object of a verb: „Ihr Antrag“ gives „Ihren Antrag“, „Der neue Tarif von
    2025“ gives „den neuen Tarif von 2025“, „Die Karte“ gives „die Karte“; None where its gender can't be told."""
    words = phrase.split(" ")
    first = words[0]
    low = first.lower()
    if low in _PERSONS and len(words) == 1:
        return "Sie" if first == "Sie" else _PERSONS[low]
    if low in _UNCHANGED or first.isdigit():
        return " ".join((_small(first), *words[1:]))
    masculine = low in _MASCULINE
    if not masculine and low not in _BARE:
        # „Beide Karten“ is dealt with; a bare plural („Rechnungen“) or a name stands as it is.
        return None
    noun = next((index for index, word in enumerate(words[1:], 1) if word[:1].isupper()), None)
    if noun is None:
        return None
    kind = gender(_bare_word(words[noun]))
    adjectives = words[1:noun]
    if not masculine:
        if any(word.endswith("es") for word in adjectives):
            return " ".join((_small(first), *words[1:])) if kind in ("n", None) else None
        if any(word.endswith("er") for word in adjectives):
            kind = "m" if kind in ("m", None) else None
        if kind == "n":
            return " ".join((_small(first), *words[1:]))
        masculine = kind == "m"
    elif kind != "m" and not _surely_masculine(_bare_word(words[noun])):
        return None
    if not masculine:
        return None
    article = _MASCULINE.get(low) or ("euren" if low == "euer" else low + "en")
    if first[:1].isupper() and low in _POLITE:
        article = article[0].upper() + article[1:]
    declined = [_weak(word, after_der=low in _MASCULINE) for word in adjectives]
    return " ".join((article, *declined, *words[noun:]))


# These end as an adjective does, and are none.
_ADVERBS = frozenset("bisher wieder immer leider weiter sehr aber unter über hier später früher heute gerade".split())


def _weak(word: str, *, after_der: bool) -> str:
    """A word before a masculine noun as it stands after „den“: an adjective ends in „en“, an adverb stays."""
    if not word.islower() or word in _ADVERBS:
        return word
    if after_der:
        return word + "n" if word.endswith("e") else word
    return word.removesuffix("r") + "n" if word.endswith("er") else word


# „Der Kunde“ has an accusative of its own, „der Kundin“ is a dative.
_NOT_MASCULINE = ("e", "ist", "ant", "ent", "at", "oge", "in", "ung", "heit", "keit", "schaft", "ion", "herr")


def _surely_masculine(noun: str) -> bool:
    """Whether a noun after the nominative „der“, of which no table knows, has the accusative of its nominative."""
    return inflection.noun_kind(noun) is None and not noun.endswith(_NOT_MASCULINE)


def _small(word: str) -> str:
    return word if word.lower() in _POLITE and word[:1].isupper() else word[:1].lower() + word[1:]


def _bare_word(word: str) -> str:
    found = _WORD.match(word)
    return found[0].rpartition("-")[2] if found else word


def feminine(words: str) -> str | None:
    """An article and adjectives of a masculine or neuter noun as a feminine one takes them: „Ihr ehrliches“ gives
    „Ihre ehrliche“, „dem“ gives „der“, „ehrliches“ alone gives „ehrliche“; "" for "". None where the case can't be
    told."""
    return _regendered(words, feminine=True)


def neuter(words: str) -> str | None:
    """The same for a neuter noun in the place of a masculine one: „den neuen“ gives „das neue“."""
    return _regendered(words, feminine=False)


_ARTICLES = {
    # word: (feminine, neuter, what an adjective after it ends in for either)
    "das": ("die", "das", "e", "e"), "dem": ("der", "dem", "en", "en"), "des": ("der", "des", "en", "en"),
    "der": ("die", "das", "e", "e"), "den": ("die", "das", "e", "e"),
    "im": ("in der", "im", "en", "en"), "vom": ("von der", "vom", "en", "en"), "zum": ("zur", "zum", "en", "en"),
    "beim": ("bei der", "beim", "en", "en"), "am": ("an der", "am", "en", "en"), "ins": ("in die", "ins", "e", "e"),
    "fürs": ("für die", "fürs", "e", "e"), "ans": ("an die", "ans", "e", "e"), "aufs": ("auf die", "aufs", "e", "e"),
}  # fmt: skip
_ENDINGS = {"": ("e", "", "e", "es"), "em": ("er", "em", "en", "en"), "es": ("er", "es", "en", "en"),
            "en": ("e", "", "e", "es")}  # fmt: skip
_THIS = {"er": ("e", "es", "e", "e"), "es": ("e", "es", "e", "e"), "en": ("e", "es", "e", "e"),
         "em": ("er", "em", "en", "en")}  # fmt: skip


def _regendered(words: str, *, feminine: bool) -> str | None:
    if not words:
        return ""
    first, *adjectives = words.split(" ")
    low = first.lower()
    if not adjectives and len(first) > 4 and low.endswith(("es", "em")) and low not in _DETERMINERS:
        # An adjective alone shows the case itself: „ehrliches Feedback“.
        return first[:-2] + ("er" if first.endswith("em") else "e") if feminine else first
    which = 0 if feminine else 1
    found: tuple[str, str, str, str] | None = None
    stem = ""
    if low in _ARTICLES:
        found = _ARTICLES[low]
    else:
        for stem in ("dies", "jed", "ein", "kein", "ihr", "unser", "mein", "dein", "sein", "euer", "eur"):
            if low.startswith(stem):
                table = _THIS if stem in ("dies", "jed") else _ENDINGS
                found = table.get(low[len(stem) :])
                break
    if found is None:
        return None
    if stem == "euer" or stem == "eur":
        stem = "eur" if found[which] else "euer"
    if any(not word.endswith(("e", "en", "er", "es")) for word in adjectives if word != "und"):
        return None
    article = stem + found[which] if low not in _ARTICLES else found[which]
    if first[:1].isupper():
        article = article[0].upper() + article[1:]
    ending = found[2 + which]
    declined = (word if word == "und" else re.sub(r"e[nrs]?$", "", word) + ending for word in adjectives)
    return " ".join((article, *declined))


class _Written(NamedTuple):
    """A verb as it is spelled: its separable particle or "", and the infinitive without it."""

    particle: str
    base: str


_PREFIXES = {"ueber": "über"} | {prefix: prefix for prefix in "be er ver zer ent miss unter hinter wider".split()}


@cache
def _verbs() -> Mapping[str, str]:
    """Spelled infinitives of the verbs without a particle, by their folded past participles."""
    found: dict[str, str] = {}
    for spelled in inflection.spelled_verbs():
        for participle in inflection.participles(spelled):
            known = found.setdefault(participle, spelled)
            if known.startswith("ge") and participle.startswith("ge") and not spelled.startswith("ge"):
                found[participle] = spelled  # „geleitet“ is leiten rather than geleiten
    return found


def _verb_of(participle: str) -> _Written | None:
    word = fold(participle)
    verbs = _verbs()
    if word in verbs:
        return _Written("", verbs[word])
    for prefix, spelled in _PREFIXES.items():
        # „überwiesen“: weisen, without the ge of „gewiesen“.
        if word.startswith(prefix) and (base := verbs.get("ge" + word[len(prefix) :])) is not None:
            return _Written("", spelled + base)
    for folded in _particles(word):
        rest = word[len(folded) :]
        base = verbs.get(rest)
        if base is not None:
            return _Written(participle[: len(participle) - _length(participle, rest)].lower(), base)
    return _Written("", f"{participle[:-1].lower()}en") if word.endswith("iert") else None


def _particles(word: str) -> Iterator[str]:
    """The separable particles that a folded participle may begin with, the longest first."""
    for end in range(min(len(word) - 4, 15), 1, -1):
        if inflection.is_particle(word[:end]):
            yield word[:end]


def _length(participle: str, folded_rest: str) -> int:
    """How many letters at the end of a spelled participle fold to `folded_rest`."""
    return next(n for n in range(1, len(participle) + 1) if fold(participle[-n:]) == folded_rest)


def infinitive(participle: str) -> str | None:
    """„überwiesen“ gives „überweisen“, „weitergeleitet“ gives „weiterleiten“; None for a verb that isn't known."""
    verb = _verb_of(participle)
    return None if verb is None else verb.particle + verb.base


def present(participle: str, *, ich: bool = False) -> str | None:
    """The finite verb of the 1st person, without its particle: „weitergeleitet“ gives „leiten“, with `ich` „leite“."""
    verb = _verb_of(participle)
    if verb is None:
        return None
    base = verb.base
    if not ich:
        return base
    if base.endswith("eln"):
        return base[:-3] + "le"
    if base.endswith("ern"):
        return base[:-1] + "e"
    return base.removesuffix("en") + "e" if base.endswith("en") else None


def particle(participle: str) -> str | None:
    """The particle that closes the clause of the finite verb: „weitergeleitet“ gives „weiter“, „geprüft“ gives ""."""
    verb = _verb_of(participle)
    return None if verb is None else verb.particle


_FROM_GENITIVE = {"der": "die"} | {
    stem + "er": stem + "e" for stem in ("dies", "Ihr", "ihr", "unser", "dein", "eur", "mein", "ein", "sämtlich", "all")
}


def of_genitive(phrase: str) -> str | None:
    """A feminine or plural noun phrase in the genitive as an object: „Ihrer Beschwerde“ gives „Ihre Beschwerde“; None
    where it is masculine or neuter, or has adjectives, whose ending its number decides."""
    first, *rest = phrase.split(" ")
    article = _FROM_GENITIVE.get(first)
    if article is None or not rest or not rest[0][:1].isupper() or not rest[0].endswith(_AS_IT_IS):
        return None
    return " ".join((article, *rest))


# Feminine nouns don't change in the genitive, nor do these plurals.
_AS_IT_IS = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "ion", "ionen", "e", "en", "age", "ät")


RECAST: Mapping[str, Callable[[str, bool], str | None]] = {
    "accusative": lambda words, ich: accusative(words),
    "of-genitive": lambda words, ich: of_genitive(words),
    "feminine": lambda words, ich: feminine(words),
    "neuter": lambda words, ich: neuter(words),
    "infinitive": lambda words, ich: infinitive(words),
    "present": lambda words, ich: present(words, ich=ich),
    "particle": lambda words, ich: particle(words),
}
"""What a rewrite may ask of a slot, `{was:accusative}`: from its words, and whether the draft speaks as ich."""
