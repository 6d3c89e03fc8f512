"""German inflection: from a lemma to all its forms, and from a word to what it can be.

Forms are generated from small tables beside this file (`data/`): principal parts of the strong verbs, a list of
weak ones, the nouns and adjectives that no rule covers. They are read once, on first use. A verb that no table knows
counts as weak, a prefixed verb takes the forms of its base. Everything that comes out is folded (see `fold`).

Homographs are the caller's to tell apart. `forms("meinen")` contains „meine“, which is mostly the pronoun, and
„danke“, „bitte“, „frage“ *can* be finite; the noun's capital, gone in folded words, tells „Frage“ from „frage“. Only
where the other word is far more common do the tables hold a form back: see the sections `no-clip` and `not-…` of
`data/verbs.txt`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from replylint import cache as keeping
from replylint.german.fold import fold

__all__ = [
    "Separable",
    "forms",
    "is_finite",
    "is_infinitive",
    "is_participle",
    "is_particle",
    "noun_kind",
    "participles",
    "separable",
    "spelled_verbs",
]  # fmt: skip

_DATA = Path(__file__).with_name("data")
_INSEPARABLE = ("be", "er", "ver", "zer", "ent", "miss", "ueber", "unter", "wider", "hinter")
# These build verbs too, but not freely: the tables list those verbs for is_…(), a lemma is taken at its word.
_BOUND = (*_INSEPARABLE, "ge", "emp", "voll")
# Behind a particle these are participles („aufgefallen“), not verbs.
_NEVER_PARTED = frozenset(("gefallen", "geraten"))
_VOWELS = frozenset("aeiouy")
_ENDINGS = ("", "e", "en", "er", "es", "em")


@dataclass(frozen=True, slots=True)
class Separable:
    """A separable verb, all of it folded.

    `joined` holds the forms in one word (subordinate clauses, infinitives, participles with endings), `finite` the
    finite and imperative forms of the base, which stand apart from the `particle` in a main clause.
    """

    joined: frozenset[str]
    finite: frozenset[str]
    particle: str


def forms(lemma: str) -> frozenset[str]:
    """Return all inflected forms of `lemma`, folded.

    A capital makes it a noun („Fall“: fall, falls, falles, faelle, faellen; where the gender isn't known both
    genitives and likely plurals are given). In lower case „…en“, „…eln“, „…ern“, „tun“, or a bar after a separable
    particle („durch|führen“, whose *joined* forms are returned) make it a verb, with chat's short forms („hab“,
    „meld“); anything else, and „offen“ or „abgeschlossen“, an adjective with its degrees. Unknown words follow the
    regular pattern. Homographs are included: „meinen“ gives „meine“.
    """
    if lemma[:1].isupper():
        return _noun_forms(lemma)
    word = fold(lemma)
    if "|" in word:
        return _separable(word).joined
    if not _looks_like_verb(word):
        return _adjective_forms(word)
    return _verb_forms(word)


def separable(lemma: str) -> Separable:
    """Return the joined and the parted forms of a separable verb such as „durch|führen“.

    The bar may be missing where the verb is known to be separable („ablehnen“); ValueError if it isn't.
    """
    word = fold(lemma)
    if "|" not in word:
        split = _split(word)
        if split is None:
            raise ValueError(f"not a known separable verb, write it with a bar (durch|führen): {lemma}")
        word = "|".join(split)
    return _separable(word)


@lru_cache(maxsize=8192)
def is_finite(word: str) -> bool:
    """Can the folded `word` be a finite verb: „führt“, „durchführt“, „konnten“, „sei“, „meld“?

    Only for verbs in the tables and what known prefixes make of them. Nouns such as „Frage“ answer yes, since their
    folded form can be a verb.
    """
    if len(word) < 2:
        return False
    recognised = _recognised()
    if word in recognised.finite:
        return True
    if word in _tables().not_finite:
        return False
    parted, bound = recognised.parted, recognised.bound
    if any(rest in bound for rest in _unbound(word)):
        return True
    for nth, rest in enumerate(_unparticled(word)):
        if rest in parted or (nth == 0 and any(inner in bound for inner in _unbound(rest))):
            return True
    return False


@lru_cache(maxsize=8192)
def is_participle(word: str) -> bool:
    """Can the folded `word`, without an adjective's ending, be a past participle: „geliefert“, „abgelehnt“, „verloren“?

    Weak „ge…t“ and „…iert“ are recognised in unknown verbs as well. Many are finite too („bestellt“).
    """
    if len(word) < 5 or word[-1] not in "tn" or word in _tables().not_participle:
        return False
    if _plain_participle(word):
        return True
    whole = _recognised().participles
    return any(
        rest in whole or ((nth == 0 or rest.startswith("ge")) and _plain_participle(rest))
        for nth, rest in enumerate(_unparticled(word))
    )


@lru_cache(maxsize=8192)
def is_infinitive(word: str) -> bool:
    """Can the folded `word` be an infinitive of a known verb, with or without „zu“ inside: „ablehnen“, „abzulehnen“?

    Plurals that are also a verb („Kosten“, „Fragen“) answer yes, others („Daten“) no.
    """
    if len(word) < 3 or word[-1] != "n" or word in _tables().not_infinitive:
        return False
    if _plain_infinitive(word):
        return True
    knows = _tables().knows
    for nth, rest in enumerate(_unparticled(word)):
        for base in (rest, rest[2:]) if rest.startswith("zu") else (rest,):
            if base not in _NEVER_PARTED and (knows(base) or (nth == 0 and _plain_infinitive(base))):
                return True
    return False


def is_particle(word: str) -> bool:
    """Can the folded `word` be parted from a verb: „weiter“, „zurueck“?"""
    return word in _tables().particles


def participles(infinitive: str) -> tuple[str, ...]:
    """The folded past participles of a verb without a separable particle."""
    return _verb(fold(infinitive)).participles


@cache
def spelled_verbs() -> tuple[str, ...]:
    """The infinitives of all listed verbs without a separable particle, spelled with umlauts and ß."""
    sections = _sections("verbs.txt", folded=False)
    lines = [line.replace(":", " ").split()[0] for section in ("full", "strong") for line in sections[section]]
    for section in ("prefixed", "weak", "stressed", "no-ge", "inseparable"):
        lines += " ".join(sections[section]).split()
    return tuple(dict.fromkeys(lines))


def noun_kind(noun: str) -> str | None:
    """The kind of a noun as `data/nouns.txt` has it (m, f, n, w …), by the longest listed noun it ends with; None for
    one that isn't listed."""
    word, nouns = fold(noun), _nouns()
    return next((nouns[word[start:]][0] for start in (0, *range(2, len(word) - 2)) if word[start:] in nouns), None)


# Tables


class _Tables(NamedTuple):
    full: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]  # infinitive: participles, finite forms
    strong: dict[str, list[str]]  # infinitive: 3rd singular, preterite, participle, Konjunktiv II
    weak: frozenset[str]
    prefixed: frozenset[str]
    stressed: frozenset[str]
    without_ge: frozenset[str]
    inseparable: frozenset[str]
    splits: dict[str, tuple[str, str]]
    particles: frozenset[str]
    no_clip: frozenset[str]
    not_finite: frozenset[str]
    not_participle: frozenset[str]
    not_infinitive: frozenset[str]

    def knows(self, infinitive: str) -> bool:
        return (
            infinitive in self.weak
            or infinitive in self.strong
            or infinitive in self.full
            or infinitive in self.prefixed
            or infinitive in self.inseparable
        )


def _sections(name: str, *, folded: bool = True) -> dict[str, list[str]]:
    """The lines of a data file by section; empty lines and comments dropped."""
    text = (_DATA / name).read_text(encoding="utf-8")
    text = fold(text) if folded else text
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            lines = sections.setdefault(line[1:-1], [])
        else:
            lines.append(line)
    return sections


@cache
def _tables() -> _Tables:
    sections = _sections("verbs.txt")

    def words(section: str) -> frozenset[str]:
        return frozenset(" ".join(sections[section]).split())

    full = {}
    for line in sections["full"]:
        infinitive, participles, finite = line.split(":")
        full[infinitive] = (tuple(participles.split()), tuple(finite.split()))
    strong = {}
    for line in sections["strong"]:
        infinitive, *parts = line.split()
        strong[infinitive] = parts
    splits = {}
    for bar in words("separable"):
        particle, base = bar.split("|")
        splits[particle + base] = (particle, base)
    return _Tables(
        full=full,
        strong=strong,
        weak=words("weak") | words("stressed") | words("no-ge"),
        prefixed=words("prefixed"),
        stressed=words("stressed"),
        without_ge=words("no-ge"),
        inseparable=words("inseparable"),
        splits=splits,
        particles=words("particles") | {particle for particle, _ in splits.values()},
        no_clip=words("no-clip"),
        not_finite=words("not-finite"),
        not_participle=words("not-participle"),
        not_infinitive=words("not-infinitive"),
    )


# Verbs


class _Verb(NamedTuple):
    """A verb without a separable particle. Everything is folded."""

    infinitive: str
    finite: frozenset[str]
    imperative: frozenset[str]  # those that are not finite otherwise („gib“)
    clips: frozenset[str]  # short 1st persons and imperatives („schick“)
    participles: tuple[str, ...]
    bare: tuple[str, ...]  # participles as they stand behind an inseparable prefix


@cache
def _verb(infinitive: str) -> _Verb:
    """Conjugate: from the tables, else by way of an inseparable prefix, else as a weak verb."""
    tables = _tables()
    if infinitive in tables.full:
        return _full_verb(infinitive)
    if infinitive in tables.strong:
        return _strong_verb(infinitive)
    if infinitive not in tables.weak:
        for prefix, base in _bases(infinitive):
            return _bound_verb(prefix, _verb(base))
    return _weak_verb(infinitive)


def _full_verb(infinitive: str) -> _Verb:
    participles, finite = _tables().full[infinitive]
    return _Verb(infinitive, frozenset(finite), frozenset(), frozenset(), participles, _without_ge(participles))


def _weak_verb(infinitive: str) -> _Verb:
    stem = _stem(infinitive)
    present = _present(infinitive, stem)
    third = _third(stem)
    participle = third if _takes_no_ge(infinitive) else "ge" + third
    finite = {*present, _second(stem, third), third, *_weak_preterite(third + "e")}
    return _Verb(infinitive, frozenset(finite), frozenset(), _clips(stem), (participle,), (third,))


def _strong_verb(infinitive: str) -> _Verb:
    present_third, preterites, participles, conjunctives = _tables().strong[infinitive]
    stem = _stem(infinitive)
    regular = _third(stem)
    finite = {*_present(infinitive, stem), regular}
    imperative: set[str] = set()
    for third in present_third.split(","):
        if third == "-":
            finite.add(_second(stem, regular))
            continue
        dental = stem[-1] in "td"
        changed = third if dental and not third.endswith("dt") else third[:-1]
        if third == regular:
            finite.add(_second(stem, regular))
        else:
            finite |= {third, changed + ("t" if changed[-1] in "szx" else "" if changed.endswith("st") else "st")}
        if "i" in changed and "i" not in stem:
            imperative |= {changed, "siehe"} if changed == "sieh" else {changed}
    for preterite in preterites.split(","):
        finite.update(_weak_preterite(preterite) if preterite.endswith("e") else _strong_preterite(preterite))
    if conjunctives != "-":
        for conjunctive in conjunctives.split(","):
            finite.update(_weak_preterite(conjunctive))
            if conjunctive[-2] in "bghlmnr":
                finite.add(conjunctive[:-1] + "st")
    done = tuple(participles.split(","))
    return _Verb(infinitive, frozenset(finite), frozenset(imperative), _clips(stem), done, _without_ge(done))


def _bound_verb(prefix: str, base: _Verb) -> _Verb:
    participles = tuple(prefix + participle for participle in base.bare)
    return _Verb(
        prefix + base.infinitive,
        frozenset([prefix + form for form in base.finite]),
        frozenset([prefix + form for form in base.imperative]),
        frozenset([prefix + form for form in base.clips]),
        participles,
        participles,
    )


def _stem(infinitive: str) -> str:
    if infinitive.endswith("en") and not infinitive.endswith("knien"):
        return infinitive[:-2]
    return infinitive[:-1]


def _inserts_e(stem: str) -> bool:
    """Is an e put before -st and -t: „arbeitest“, „öffnet“, but „lernst“, „wohnt“?"""
    if stem[-1:] in ("t", "d"):
        return True
    if stem[-1:] not in ("m", "n") or len(stem) < 2 or stem[-2] in _VOWELS or stem[-2] in "lrmn":
        return False
    return stem[-2] != "h" or stem[-3:-2] == "c"


def _third(stem: str) -> str:
    return stem + ("et" if _inserts_e(stem) else "t")


def _second(stem: str, third: str) -> str:
    """2nd person singular: „bittest“, „lieferst“, but „setzt“."""
    return third if stem[-1:] in ("s", "z", "x") else third[:-1] + "st"


def _present(infinitive: str, stem: str) -> tuple[str, ...]:
    """1st person singular and the plural, the regular 3rd person aside."""
    if infinitive.endswith(("eln", "ern")):
        return (stem + "e", stem[:-2] + stem[-1] + "e", infinitive)
    return (stem if stem[-1:] == "e" else stem + "e", infinitive)


def _clips(stem: str) -> frozenset[str]:
    if len(stem) < 2 or (stem[-1] in "mn" and _inserts_e(stem)):
        return frozenset()
    return frozenset((stem,))


def _weak_preterite(preterite: str) -> tuple[str, ...]:
    return (preterite, preterite + "st", preterite + "n", preterite + "t")


def _strong_preterite(preterite: str) -> tuple[str, ...]:
    plural = preterite + ("n" if preterite.endswith("ie") else "en")
    if preterite[-1] in "td":
        return (preterite, preterite + "st", preterite + "est", plural, preterite + "et")
    return (preterite, preterite + ("est" if preterite[-1] in "sz" else "st"), plural, preterite + "t")


def _without_ge(participles: Iterable[str]) -> tuple[str, ...]:
    return tuple([participle.removeprefix("ge") for participle in participles])


def _takes_no_ge(infinitive: str) -> bool:
    tables = _tables()
    if infinitive in tables.stressed:
        return False
    if infinitive in tables.without_ge or (infinitive.endswith("ieren") and _has_vowel(infinitive[:-5])):
        return True
    return any(infinitive.startswith(prefix) and _has_vowel(_core(infinitive[len(prefix) :])) for prefix in _BOUND)


def _has_vowel(letters: str) -> bool:
    return not _VOWELS.isdisjoint(letters)


def _core(infinitive: str) -> str:
    for ending in ("eln", "ern", "en", "n"):
        if infinitive.endswith(ending):
            return infinitive[: -len(ending)]
    return infinitive


def _bases(infinitive: str) -> Iterator[tuple[str, str]]:
    """Inseparable prefix and known base: („ver“, „kaufen“), („miss“, „verstehen“)."""
    tables = _tables()
    splits = [(prefix, infinitive[len(prefix) :]) for prefix in _BOUND if infinitive.startswith(prefix)]
    if infinitive in tables.inseparable:
        splits += [(particle, infinitive[len(particle) :]) for particle in ("um", "durch", "wieder")]
        splits = [split for split in splits if infinitive.startswith(split[0])]
    for prefix, base in splits:
        if tables.knows(base) or next(_bases(base), None) is not None:
            yield prefix, base


@cache
def _split(infinitive: str) -> tuple[str, str] | None:
    """Particle and base of a verb that is known to be separable, else None."""
    tables = _tables()
    if infinitive in tables.splits:
        return tables.splits[infinitive]
    if tables.knows(infinitive) or next(_bases(infinitive), None) is not None:
        return None
    for end in range(len(infinitive) - 3, 1, -1):
        if infinitive[:end] in tables.particles:
            base = infinitive[end:]
            if base not in _NEVER_PARTED and (tables.knows(base) or next(_bases(base), None) is not None):
                return infinitive[:end], base
    return None


@lru_cache(maxsize=4096)
def _separable(bar: str) -> Separable:
    particle, _, base = bar.replace(" ", "").rpartition("|")
    particle = particle.replace("|", "")
    if not particle or not base:
        raise ValueError(f"a particle and a verb must stand beside the bar: {bar}")
    verb = _verb(base)
    joined = {particle + form for form in verb.finite}
    joined.update((particle + base, particle + "zu" + base))
    joined.update(_declined([particle + participle for participle in verb.participles], particle + base))
    finite = verb.finite | verb.imperative | verb.clips
    return Separable(frozenset(joined), frozenset(finite), particle)


@lru_cache(maxsize=4096)
def _verb_forms(infinitive: str) -> frozenset[str]:
    tables = _tables()
    split = _split(infinitive)
    if split is not None:
        joined = _separable("|".join(split)).joined
        if infinitive not in tables.weak:
            return joined
    else:
        joined = _guessed_forms(infinitive)
    verb = _verb(infinitive)
    return (
        verb.finite
        | verb.imperative
        | (verb.clips - tables.no_clip)
        | {infinitive}
        | _declined(verb.participles, infinitive)
        | joined
    )


def _guessed_forms(infinitive: str) -> frozenset[str]:
    """For a verb that no table knows: what it would be if its beginning were a particle. Both readings are given."""
    tables = _tables()
    if tables.knows(infinitive) or next(_bases(infinitive), None) is not None:
        return frozenset()
    for end in range(len(infinitive) - 4, 1, -1):
        base = infinitive[end:]
        if infinitive[:end] in tables.particles and base[0] not in _VOWELS and _has_vowel(_core(base)):
            return _separable(f"{infinitive[:end]}|{base}").joined
    return frozenset()


def _declined(participles: Iterable[str], infinitive: str) -> set[str]:
    """Past and present participle with an adjective's endings."""
    present = infinitive + "d" if not infinitive.endswith(("sein", "tun")) else infinitive[:-1] + "end"
    return {participle + ending for participle in (*participles, present) for ending in _ENDINGS}


# What a word can be


@cache
def _known_verbs() -> tuple[_Verb, ...]:
    tables = _tables()
    known = (*tables.full, *tables.strong, *tables.prefixed, *tables.inseparable, *tables.weak)
    return tuple(map(_verb, dict.fromkeys(known)))


class _Recognised(NamedTuple):
    """Forms of known verbs."""

    finite: frozenset[str]
    parted: frozenset[str]  # finite forms that may stand behind a particle
    bound: frozenset[str]  # finite forms that may stand behind an inseparable prefix
    participles: frozenset[str]
    bare: frozenset[str]  # participles as they stand behind an inseparable prefix


@cache
def _recognised() -> _Recognised:
    """The forms, from an earlier run where the tables and this module are the same: working them out takes a while."""
    digest = hashlib.sha256()
    for path in (Path(__file__), _DATA / "verbs.txt"):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    key = digest.hexdigest()
    kept = keeping.read("verbs", key)
    if kept is None:
        worked_out = _work_out()
        keeping.write("verbs", key, [" ".join(sorted(forms)) for forms in worked_out])
        return worked_out
    return _Recognised(*(frozenset(forms.split()) for forms in kept))


def _work_out() -> _Recognised:
    tables = _tables()
    finite: set[str] = set()
    parted: set[str] = set()
    bound: set[str] = set()
    participles: set[str] = set()
    bare: set[str] = set()
    for verb in _known_verbs():
        finite |= verb.finite
        finite |= verb.imperative
        finite |= verb.clips - tables.no_clip
        participles.update(verb.participles)
        free = verb.infinitive == "tun" or verb.infinitive not in tables.full
        if free:
            bare.update(verb.bare)
        if verb.infinitive not in _NEVER_PARTED:
            # No short ones: „Antrag“ and „Vertrag“ are nouns.
            parted |= verb.finite
            if free:
                bound |= verb.finite
    forms = (finite - tables.not_finite, parted, bound, participles, bare)
    return _Recognised(*map(frozenset, forms))


def _unbound(word: str) -> Iterator[str]:
    """What is left of `word` behind each inseparable prefix it begins with."""
    for prefix in _INSEPARABLE:
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            yield word[len(prefix) :]


def _unparticled(word: str) -> Iterator[str]:
    """What is left of `word` behind each separable particle it begins with, the longest particle first."""
    particles = _tables().particles
    for end in range(min(len(word) - 3, 15), 1, -1):
        if word[:end] in particles or word[:end] in ("ueber", "unter", "wider", "hinter"):
            yield word[end:]


def _plain_infinitive(word: str) -> bool:
    tables = _tables()
    return tables.knows(word) or any(tables.knows(rest) and rest not in tables.full for rest in _unbound(word))


def _plain_participle(word: str) -> bool:
    whole, bare = _recognised().participles, _recognised().bare
    if word in whole:
        return True
    if word in _tables().not_participle:
        return False
    for rest in _unbound(word):
        if rest in bare or any(inner in bare for inner in _unbound(rest)):
            return True
    return _has_participle_shape(word)


def _has_participle_shape(word: str) -> bool:
    """Is it the weak participle of a verb that needn't be known: „gepingt“, „pasteurisiert“?"""
    if word[-1:] != "t" or word.endswith(_NO_PARTICIPLE) or word in _recognised().parted:
        return False
    if word.endswith("iert"):
        return _has_vowel(word[:-4])
    return len(word) > 5 and word.startswith("ge") and not word.startswith("gegen") and _has_vowel(word[2:-1])


# How nouns, adjectives and 2nd persons end that begin like a participle: „Gesundheit“, „gewissenhaft“, „gehörst“.
_NO_PARTICIPLE = (
    *("heit", "keit", "schaft", "haft", "taet", "feiert", "friert", "gerecht", "bereit", "wert", "markt", "punkt"),
    *(letter + "st" for letter in "abcdefghijklmnopqrtuvwxyz"),
)


# Nouns and adjectives


@cache
def _nouns() -> dict[str, list[str]]:
    """Lemma: kind and plurals, „-“ for none."""
    nouns = {}
    for line in _sections("nouns.txt")["nouns"]:
        lemma, kind, plurals = line.split()
        nouns[lemma] = [kind, *plurals.split(",")]
    return nouns


_PLURAL_EN = ("ung", "heit", "keit", "schaft", "taet", "ion", "ik", "ur", "enz", "anz", "ei", "ie")


@lru_cache(maxsize=4096)
def _noun_forms(lemma: str) -> frozenset[str]:
    word = fold(lemma)
    nouns = _nouns()
    for start in (0, *range(2, len(word) - 2)):
        entry = nouns.get(word[start:])
        if entry is not None:
            head = word[:start]
            return frozenset([head + form for form in _listed_noun(word[start:], entry[0], entry[1:])])
    return frozenset(_regular_noun(word))


def _listed_noun(word: str, kind: str, plurals: list[str]) -> set[str]:
    found = {word}
    if kind == "a":
        return {word, word + "n", word + "r", word + "m", word + "s"}
    if kind in "mn":
        found |= _genitives(word)
    elif kind == "h":
        found.add(word + "n")
    elif kind == "o":
        stem = word.removesuffix("e")
        found |= {stem + "en", stem + "ens"}
    for plural in plurals:
        if plural != "-":
            found |= {plural, _dative(plural)}
    return found


def _genitives(word: str) -> set[str]:
    if word.endswith("nis"):
        return {word + "ses"}
    if word[-1] in "szx":
        return {word + "es"}
    if word.endswith(("e", "el", "er", "en", "chen", "lein", "o", "a", "i", "y", "ing")):
        return {word + "s"}
    return {word + "s", word + "es"}


def _dative(plural: str) -> str:
    return plural + "n" if plural[-1] == "e" or plural.endswith(("el", "er")) else plural


def _regular_noun(word: str) -> set[str]:
    if word.endswith("nis"):
        return {word, word + "se", word + "ses", word + "sen"}
    if word.endswith(_PLURAL_EN) and len(word) > 4:
        return {word, word + "en" if not word.endswith("ie") else word + "n"}
    if word.endswith("in") and len(word) > 4:
        return {word, word + "nen"}
    if word.endswith(("ist", "ant")) and len(word) > 5:
        return {word, word + "en"}
    if word.endswith(("innen", "ungen", "heiten", "keiten")):
        return {word}
    if word.endswith("e"):
        return {word, word + "n"}
    if word.endswith(("el", "er")):
        return {word, word + "s", word + "n"}
    if word.endswith(("en", "chen", "lein", "ismus", "tum")):
        return {word, word + "s"} if word[-1] != "s" else {word}
    if word.endswith("um") and len(word) > 4:
        return {word, word + "s", word[:-2] + "en"}
    if word[-1:] in ("a", "o", "i", "u", "y"):
        return {word, word + "s"}
    return {word, word + "e", word + "en"} | _genitives(word)


@cache
def _adjectives() -> tuple[frozenset[str], dict[str, list[str]], frozenset[str]]:
    """Those that end like a verb, irregular degrees by the positive, words without degrees."""
    sections = _sections("adjectives.txt")
    irregular = {}
    for line in sections["irregular"]:
        positive, *degrees = line.split()
        irregular[positive] = degrees
    like_verbs = frozenset(" ".join(sections["like-verbs"]).split())
    return like_verbs, irregular, frozenset(" ".join(sections["no-degrees"]).split())


def _looks_like_verb(word: str) -> bool:
    if not word.endswith(("en", "eln", "ern", "tun", "sein")):
        return False
    tables = _tables()
    if tables.knows(word) or _split(word) is not None or next(_bases(word), None) is not None:
        return True
    if word in _adjectives()[0] or word in _adjectives()[1]:
        return False
    return not is_participle(word) or is_infinitive(word)


@lru_cache(maxsize=4096)
def _adjective_forms(word: str) -> frozenset[str]:
    _, irregular, no_degrees = _adjectives()
    entry = irregular.get(word)
    if entry is not None:
        stem = entry[2] if len(entry) > 2 else word
        comparatives, superlatives = entry[0].split(","), entry[1].split(",")
    else:
        stem = word.removesuffix("e")
        short = _shortened(stem)
        comparatives = [] if word in no_degrees else [stem + "er"]
        superlatives = [] if word in no_degrees else _superlatives(stem)
        if comparatives and short and (stem.endswith("el") or stem[-3] in _VOWELS):
            comparatives.append(short + "er")
    found = {word, *comparatives, *_endings(stem)}
    if _shortened(stem):
        found.update(_endings(_shortened(stem)))
    for degree in (*comparatives, *superlatives):
        if degree not in ("mehr", "weniger", "eher"):
            found.update(_endings(degree))
    return frozenset(found)


def _endings(stem: str) -> list[str]:
    return [stem + ending for ending in _ENDINGS[1:]]


def _shortened(stem: str) -> str:
    """„dunkl“, „teur“ from „dunkel“, „teuer“; empty if nothing can be dropped."""
    if stem.endswith(("el", "er")) and len(stem) > 3 and stem[-3] != "i":
        return stem[:-2] + stem[-1]
    return ""


def _superlatives(stem: str) -> list[str]:
    if stem[-1:] in ("s", "z", "x"):
        return [stem + "est"]
    if stem.endswith("end") or not stem.endswith(("t", "d", "sch", "a", "e", "i", "o", "u")):
        return [stem + "st"]
    return [stem + "est", stem + "st"]
