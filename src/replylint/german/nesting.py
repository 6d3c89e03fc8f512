"""Clauses within clauses: how deep a sentence is nested, and by how many words its main clause is interrupted.

A clause counts as nested where it stands *within* another, which goes on after it („den Antrag, den Sie, weil …,
geschickt haben“). Clauses one after the other are not nested, however many („ich hoffe, dass …, weil …, obwohl …“):
a reader has to keep nothing in mind for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from replylint.german import clauses, inflection
from replylint.german.tokens import Case, Kind, Tokens


@dataclass(frozen=True, slots=True)
class Nesting:
    """`depth`: how many clauses are open at once, the main clause included where it goes on later. `inserted`: the most
    words that stand between two parts of the main clause."""

    depth: int = 0
    inserted: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two marks. `opens`: it begins a subordinate clause; `closes`: it ends with a finite verb."""

    start: int
    end: int
    opens: bool
    closes: bool
    words: int


# These open a clause before a noun with an article, else mostly a phrase („als Entschädigung“, „wie besprochen“).
_AMBIGUOUS = frozenset({"da", "als", "seit", "waehrend"})
_DETERMINERS = frozenset("der die das ein eine ihr ihre unser unsere dein deine dieser diese dieses kein keine".split())
_FINISHED = frozenset({";", ":", "?", "!"})


def nesting(tokens: Tokens, start: int, end: int) -> Nesting:
    """How deep the sentence in a token range is nested."""
    depth = inserted = 0
    norms = tokens.norms
    begin = start
    for index in range(start, end):
        # What a colon or semicolon parts has no common brackets.
        if norms[index] in _FINISHED or index == end - 1:
            found = _within(tokens, begin, index + (index == end - 1))
            depth, inserted = max(depth, found.depth), max(inserted, found.inserted)
            begin = index + 1
    return Nesting(depth, inserted)


def _within(tokens: Tokens, start: int, end: int) -> Nesting:
    pieces = _pieces(tokens, start, end)
    open_since: list[int] = []
    matched: list[tuple[int, int]] = []
    outer: list[int] = []  # pieces of no subordinate clause
    for number, piece in enumerate(pieces):
        if piece.opens:
            open_since.append(number)
        elif not open_since:
            outer.append(number)
        if piece.closes and open_since:
            matched.append((open_since.pop(), number))
    # A clause whose verb never came was none: what it held stood outside.
    held = {number for first, last in matched for number in range(first, last + 1)}
    outer = sorted({*outer, *(number for number in range(len(pieces)) if number not in held)})
    gaps = [(one, other) for one, other in pairwise(outer) if other > one + 1]
    gaps = [gap for gap in gaps if _goes_on(tokens.norms, pieces[gap[0]], pieces[gap[1]])]
    inserted = max((sum(piece.words for piece in pieces[one + 1 : other]) for one, other in gaps), default=0)
    depth = 0
    for number in range(len(pieces)):
        covering = sum(first <= number <= last for first, last in matched)
        if covering:
            depth = max(depth, covering + any(one < number < other for one, other in gaps))
    return Nesting(depth, inserted)


def _pieces(tokens: Tokens, start: int, end: int) -> list[_Piece]:
    norms = tokens.norms
    found: list[_Piece] = []
    begin = start
    for index in range(start, end + 1):
        if index < end and not clauses.is_border(norms[index]):
            continue
        if index > begin:
            found.append(_piece(tokens, begin, index))
        begin = index + 1
    return [piece for piece in found if piece.words]


def _piece(tokens: Tokens, start: int, end: int) -> _Piece:
    norms, kinds = tokens.norms, tokens.kinds
    words = [index for index in range(start, end) if kinds[index] not in (Kind.PUNCTUATION, Kind.SYMBOL)]
    if not words:
        return _Piece(start, end, False, False, 0)
    first = words[0]
    if norms[first] in ("und", "oder", "aber", "sowie") and len(words) > 1:
        first = words[1]
    last = norms[words[-1]]
    closes = tokens.cases[words[-1]] is Case.LOWER and (
        clauses.is_finite(last)
        # After „weil“ the last word is the verb, also one that no table knows.
        or (clauses.is_subordinator(norms[first]) and len(words) > 2 and last.endswith(("t", "te", "ten")))
    )
    length = clauses.opener(norms, first, end)
    opens = length > 0 and len(words) > length
    if opens and first + length < end and clauses.is_finite(norms[first + length]) and not closes:
        opens = False  # „das ist gut“, „wer kommt“
    if opens and not closes and not clauses.is_subordinator(norms[first]):
        # „den Ausweis, die Karte, die Helme“ are no clauses, „den Sie am 4. März“ and „da der Termin“ are.
        following = norms[first + length : first + length + 2]
        opens = any(clauses.is_person(norm) for norm in following[: 2 if length == 1 else 1]) or (
            norms[first] in _AMBIGUOUS and following[0] in _DETERMINERS
        )
    return _Piece(start, end, opens, closes, len(words))


def _goes_on(norms: Sequence[str], before: _Piece, after: _Piece) -> bool:
    """Whether the main clause broken off in one piece goes on in another: its verb is still to come, or the second part
    of its verb."""
    first, last = norms[before.start : before.end], norms[after.start : after.end]
    if first[0] in ("und", "oder", "aber"):
        first = first[1:]
    if last[0] in ("und", "oder", "aber", "denn", "sondern", "doch", "so", "dann"):
        return False
    if any(clauses.is_auxiliary(norm) for norm in first):
        closing = next((norm for norm in reversed(last) if norm.isalpha()), "")
        if any(clauses.is_auxiliary(norm) for norm in last) or any(clauses.is_person(norm) for norm in last[:2]):
            return False
        return inflection.is_participle(closing) or inflection.is_infinitive(closing)
    return clauses.is_finite(last[0]) and not any(clauses.is_finite(norm) for norm in first)
