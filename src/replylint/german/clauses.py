"""Clauses: where one thought ends and the next begins, which subject a clause inherits, and what kind it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from replylint.german import inflection
from replylint.german.tokens import Case, Kind, Tokens

_BORDERS = frozenset({",", ";", ":", "–", "(", ")", "...", "?", "!"})
_COORDINATORS = frozenset({"und", "oder", "sowie", "bzw", "beziehungsweise"})
_CONNECTORS = _COORDINATORS | {"aber", "doch", "denn", "sondern", "jedoch", "dann", "so"}
_SUBJECTS = frozenset({"ich", "wir", "man", "du", "ihr", "sie", "es", "er", "das", "dies", "jemand", "niemand", "wer"})
_SURE_SUBJECTS = _SUBJECTS - {"das", "dies", "es", "sie", "ihr"}
_PERSONS = frozenset({"ich", "wir", "man", "du", "ihr", "sie"})
_RELATIVES = frozenset(
    "der die das den dem deren dessen denen welcher welche welches welchen welchem wo wie was wofuer wodurch"
    " womit".split()
)
_ARTICLES = frozenset({"der", "die", "das", "den", "dem"})
_SUBORDINATORS = frozenset(
    "dass weil da wenn falls ob obwohl nachdem bevor ehe sobald solange seit seitdem damit sodass sofern"
    " soweit insofern waehrend indem als wie wobei weshalb weswegen wonach zumal auch wer was wo warum wieso".split()
)
_RELATIVE_PREPOSITIONS = frozenset(
    "an auf aus bei durch fuer gegen hinter in mit nach neben ohne seit ueber um unter von vor waehrend wegen zu"
    " zwischen".split()
)
# Agents forget the comma before these; they begin a clause without one too.
_UNMISTAKABLE = frozenset({"dass", "weil", "wenn", "falls", "obwohl", "sofern", "sobald"})
_CONDITIONAL = frozenset({"falls", "wenn", "sofern", "soweit", "sollte", "sollten", "solltest", "solltet"})
_HAVE_BE = frozenset(
    "habe hast hat haben habt hatte hattest hatten hattet bin bist ist sind seid war warst waren wart wurde"
    " wurdest wurden wurdet worden gewesen".split()
)
_PRETERITE = frozenset(
    "war waren hatte hatten wurde wurden konnte konnten musste mussten durfte durften wollte wollten sollte"
    " gab ging kam kamen bekam erhielt erhielten liess liessen stand standen blieb blieben schrieb schrieben"
    " rief riefen fand fanden fehlte fehlten".split()
)
_AUXILIARIES = frozenset(
    form
    for lemma in ("können", "müssen", "dürfen", "sollen", "wollen", "mögen", "haben", "sein", "werden", "lassen")
    for form in inflection.forms(lemma)
    if not form.startswith("ge")
) - {"sein", "lassend", "seiend", "seien", "habend", "worden"}


_PARTS = 8  # a clause is never interrupted more often


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, as half-open token ranges: one, or two where another clause is inserted.

    `subject` is the token of the person it inherits from the clause before, or None. `features` are clause features of
    the phrase language.
    """

    ranges: tuple[tuple[int, int], ...]
    features: frozenset[str] = frozenset()
    subject: int | None = None

    @property
    def start(self) -> int:
        """The first token."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """One past the last token."""
        return self.ranges[-1][1]


def is_finite(norm: str) -> bool:
    """Whether a folded word can be a finite verb."""
    return norm in _AUXILIARIES or inflection.is_finite(norm)


def opener(norms: Sequence[str], start: int, end: int) -> int:
    """How many of a clause's first words make it a subordinate one by their form: 1 for „weil …“, „den …“, 2 for
    „auf dem …“, 0 where none does."""
    if norms[start] in _SUBORDINATORS or norms[start] in _RELATIVES:
        return 1
    return 2 if start + 2 < end and norms[start] in _RELATIVE_PREPOSITIONS and norms[start + 1] in _RELATIVES else 0


def is_subordinator(norm: str) -> bool:
    """Whether a word opens subordinate clauses only, as „weil“ does and „die“ doesn't."""
    return norm in _SUBORDINATORS and norm not in ("da", "als", "wie", "seit", "auch", "waehrend")


def is_person(norm: str) -> bool:
    """Whether a word is a pronoun that can be a subject."""
    return norm in _SUBJECTS


def is_auxiliary(norm: str) -> bool:
    """Whether a word is a form of an auxiliary or modal verb, whose other part closes the clause."""
    return norm in _AUXILIARIES


def soft_borders(tokens: Tokens, start: int, end: int) -> set[int]:
    """The tokens in the range that begin a clause without a mark before them: „und“, „oder“ … with a finite verb and
    more after it, and subordinators whose comma was forgotten."""
    borders = set()
    norms = tokens.norms
    for index in range(start + 1, end - 2):
        if norms[index] in _UNMISTAKABLE and norms[index - 1] not in _BORDERS and norms[index - 1] not in _COORDINATORS:
            borders.add(index)
        elif norms[index] in _COORDINATORS and tokens.kinds[index + 1] is Kind.WORD:
            verb = norms[index + 1]
            more = index + 2 < end and norms[index + 2] not in _BORDERS and norms[index + 2] != "."
            capital = tokens.cases[index + 1] is not Case.LOWER
            if verb in _AUXILIARIES or (more and not capital and is_finite(verb)):
                borders.add(index)
            elif verb in _PERSONS and index + 2 < end and is_finite(norms[index + 2]):
                borders.add(index)
            elif index + 2 < end and not capital and is_finite(norms[index + 2]) and norms[index + 2] in _AUXILIARIES:
                borders.add(index)
    return borders


def is_border(norm: str) -> bool:
    """Whether a token of that norm ends a clause."""
    return norm in _BORDERS


def split(tokens: Tokens, start: int, end: int, soft: set[int], *, question: bool) -> list[Clause]:
    """The clauses of a sentence (a token range), in order; `soft` are its soft borders."""
    norms = tokens.norms
    ranges: list[tuple[int, int]] = []
    begin = start
    for index in range(start, end):
        if norms[index] in _BORDERS:
            if index > begin:
                ranges.append((begin, index))
            begin = index + 1
        elif index in soft and index > begin:
            ranges.append((begin, index))
            begin = index
    if end > begin:
        ranges.append((begin, end))

    clauses: list[Clause] = []
    for begin, stop in ranges:
        features = _features(tokens, begin, stop, question=question and stop >= end - 1, opens=not clauses)
        if len(clauses) >= 2 and _brackets(norms, clauses[-2].ranges[-1], clauses[-1].ranges[0], (begin, stop)):
            outer = clauses[-2]
            if len(outer.ranges) < _PARTS:
                clauses[-2] = replace(outer, ranges=(*outer.ranges, (begin, stop)), features=outer.features | features)
                continue
        subject = _inherited(tokens, clauses[-1] if clauses else None, begin, stop, after_soft=begin in soft)
        clauses.append(Clause(((begin, stop),), features, subject))
    return clauses


def _first_word(norms: Sequence[str], start: int, end: int) -> int:
    index = start
    while index < end - 1 and norms[index] in _CONNECTORS:
        index += 1
    return index


def _features(tokens: Tokens, start: int, end: int, *, question: bool, opens: bool) -> frozenset[str]:
    norms = tokens.norms
    index = _first_word(norms, start, end)
    first = norms[index]
    features = set()
    if question:
        features.add("question")
    verb_second = index + 1 < end and (norms[index + 1] in _AUXILIARIES or is_finite(norms[index + 1]))
    # „Die Heizung fällt aus“: an article, unless a clause goes before and the verb stands last.
    last = next((norm for norm in reversed(norms[index:end]) if norm.isalpha()), first)
    article = first in _ARTICLES and (opens or not is_finite(last))
    if (first in _SUBORDINATORS or first in _RELATIVES) and not verb_second and not article:
        features.add("subordinate")
    if first in _CONDITIONAL or norms[start] in _CONDITIONAL:
        features.add("conditional")
    elif first in ("im", "fuer") and "fall" in norms[index : index + 3]:
        features.add("conditional")
    words = norms[start:end]
    if any(word in _PRETERITE for word in words) or (
        any(word in _HAVE_BE for word in words) and any(inflection.is_participle(word) for word in words)
    ):
        features.add("past")
    if first == "bitte" and index + 1 < end:
        index += 1
        first = norms[index]
    if not question and index + 1 < end:
        follower = norms[index + 1]
        if follower == "sie" and first.endswith("n") and is_finite(first) and first not in _AUXILIARIES - {"lassen"}:
            features.add("imperative")
    return frozenset(features)


def _inherited(tokens: Tokens, previous: Clause | None, start: int, end: int, *, after_soft: bool) -> int | None:
    if previous is None:
        return None
    norms = tokens.norms
    index = _first_word(norms, start, end)
    starts_with_verb = norms[index] in _AUXILIARIES or (after_soft and is_finite(norms[index]))
    # After „und“ a „das“ or „Sie“ is an object; after a mere comma it may be the clause's own subject.
    own = _SURE_SUBJECTS if after_soft else _SUBJECTS
    if not starts_with_verb or any(norm in own for norm in norms[start:end]):
        return None
    for token in range(previous.start, previous.end):
        if norms[token] in _PERSONS:
            return token
    return previous.subject


def _brackets(norms: Sequence[str], first: tuple[int, int], inserted: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether `inserted` is a clause within one clause: „den Betrag, den Sie nennen, können wir …“."""
    opener = norms[inserted[0]]
    if opener not in _RELATIVES and opener not in _SUBORDINATORS:
        if inserted[0] + 1 >= inserted[1] or norms[inserted[0] + 1] not in _RELATIVES:
            return False
    before = norms[first[0] : first[1]]
    after = norms[last[0] : last[1]]
    if any(word in _AUXILIARIES for word in before):
        return not any(word in _AUXILIARIES or word in _SUBJECTS for word in after) and norms[last[0]] not in (
            _SUBORDINATORS | _COORDINATORS
        )
    return norms[last[0]] in _AUXILIARIES and not any(is_finite(word) for word in before if word.islower())
