"""Which phrases are worth trying on a sentence: those of which every word that must stand there does.

Each phrase is known by a few of its rarest words. One pass over a sentence's tokens joins, for each token, a bit set of
the phrases whose first, second … word it is; a phrase is a candidate where it is in all of these. Phrases whose words
must stand in one clause are looked up clause by clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from replylint.german.lexicon import Lexicon, Register, WordClass
from replylint.german.reading import Reading

_RANKS = 4
"""By so many of its words a phrase is known; more would cost more than they save."""


class PhraseIndex:
    """Phrases by number (from 0, in the order of adding). `kept` is what `plain` gave in an earlier run."""

    def __init__(self, lexicon: Lexicon, kept: Any = None) -> None:
        self._lexicon = lexicon
        self._known: dict[int, int] = lexicon.memo()
        self._phrases: list[tuple[tuple[WordClass, ...], bool]] = []
        self._register: Register[str] = Register()
        self._width = self._free = self._in_clause = 0
        self._ready = False
        if kept is not None:
            self._width, self._free, self._in_clause = kept["width"], int(kept["free"], 16), int(kept["in-clause"], 16)
            self._register = Register.from_plain(kept["words"])
            self._ready = True

    def add(self, needs: Iterable[WordClass], *, in_clause: bool) -> None:
        """Take in a phrase that needs a word of each of these classes, with `in_clause` all in one clause."""
        rarest = sorted(dict.fromkeys(needs), key=_cost)[:_RANKS]
        self._phrases.append((tuple(rarest), in_clause))
        self._ready = False

    def plain(self) -> dict[str, Any]:
        """It as JSON can hold it."""
        if not self._ready:
            self._prepare()
        return {
            "width": self._width,
            "free": f"{self._free:x}",
            "in-clause": f"{self._in_clause:x}",
            "words": self._register.plain(),
        }

    def _prepare(self) -> None:
        # The place of a phrase for its n-th word is its number + n × the number of phrases.
        width = self._width = len(self._phrases)
        places: dict[WordClass, list[int]] = {}
        self._free = self._in_clause = 0
        for number, (needs, in_clause) in enumerate(self._phrases):
            for rank in range(_RANKS):
                if rank < len(needs):
                    places.setdefault(needs[rank], []).append(number + rank * width)
                else:
                    self._free |= 1 << (number + rank * width)
            if in_clause:
                self._in_clause |= 1 << number
        self._register = Register()
        for word_class, numbers in places.items():
            self._register.add(word_class, "".join(f"{number} " for number in numbers))
        self._known.clear()
        self._ready = True

    def candidates(self, reading: Reading) -> list[int]:
        """For each sentence of a reading the phrases worth trying, as a bit set of their numbers."""
        if not self._ready:
            self._prepare()
        known = self._known
        ids = reading.ids
        for number in set(ids):
            if number not in known:
                known[number] = self._places(number)
        result = []
        in_clause = self._in_clause
        for stretch in reading.stretches:
            masks = [known[number] for number in ids[stretch.start : stretch.end]]
            whole = self._free
            for mask in masks:
                whole |= mask
            found = self._complete(whole)
            if found & in_clause and len(stretch.clauses) > 1:
                within = 0
                for clause in stretch.clauses:
                    part = self._free
                    for start, end in clause.ranges:
                        for mask in masks[start - stretch.start : end - stretch.start]:
                            part |= mask
                    if clause.subject is not None:
                        part |= known[ids[clause.subject]]
                    within |= self._complete(part)
                found &= within | ~in_clause
            result.append(found)
        return result

    def _complete(self, joined: int) -> int:
        width = self._width
        found = joined & ((1 << width) - 1)
        for _ in range(1, _RANKS):
            joined >>= width
            found &= joined
        return found

    def _places(self, number: int) -> int:
        mask = 0
        for places in self._register.values(*self._lexicon.key(number)):
            for place in places.split():
                mask |= 1 << int(place)
        return mask


def _cost(word_class: WordClass) -> int:
    return word_class.cost
