"""The canonical token stream: one pass over a text, on which all matching runs.

Every token has a *norm* (folded and in canonical spelling, so that variants of a word are equal), its span in the text
(0-based code points), a kind, and how it was capitalised.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from replylint.german.fold import fold
from replylint.german.placeholders import Placeholder
from replylint.german.spelling import CANONICAL


class Kind(IntEnum):
    """What a token is."""

    WORD = 0
    NUMBER = 1
    PUNCTUATION = 2
    URL = 3
    QUOTE = 4
    PLACEHOLDER = 5
    SYMBOL = 6


class Case(IntEnum):
    """How a word is written. `INITIAL` is a capital that the sentence's beginning may have caused, `UPPER` is all
    capitals (two letters or more)."""

    LOWER = 0
    CAPITAL = 1
    INITIAL = 2
    UPPER = 3


_LETTERS = "[^\\W\\d_](?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060]|['’´`ʼ](?=[^\\W\\d_]))*"
_TOKEN = re.compile(
    rf"""
    (?P<url> (?:https?://|www\.)[^\s<>"„“”»«]*[^\s<>"„“”»«.,;:!?)\]'] | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
           | [\w-]+(?:\.[\w-]+)*\.(?:de|at|ch|com|org|net|eu|info|example)\b(?:/[^\s<>"„“”»«]*[^\s<>"„“”»«.,;:!?)\]'])? )
  | (?P<quote> „[^„“”\n]{{1,160}}[“”] | »[^»«\n]{{1,160}}« | «[^»«\n]{{1,160}}» | “[^“”\n]{{1,160}}” | "[^"\n]{{1,160}}"(?!\w)
             | ‚[^‚‘’\n]{{1,80}}[‘’] | `[^`\n]{{1,160}}` )
  | (?P<number> \d+(?:[.,:’']\d+)*(?:-\d+)* )
  | (?P<word> {_LETTERS}(?:-(?:{_LETTERS}|\d+))* )
  | (?P<gap> \.\.\.+ | … )
  | (?P<other> [^\s\u00ad\ufe0f] )
    """,
    re.VERBOSE,
)
_PUNCTUATION = frozenset(".,;:!?()[]{}–—-…/\\\"'„“”‚‘’»«*_|+#%&§=~<>")
_DASHES = {"–": "–", "—": "–", "…": "...", "’": "'", "‘": "'"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, as parallel sequences of equal length, in text order.

    `values` holds a placeholder's type (name, date …) and is "" for the rest.
    """

    norms: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    kinds: Sequence[Kind]
    cases: list[Case]
    values: Sequence[str]

    def __len__(self) -> int:
        return len(self.norms)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open token range that begins inside the text range [start, end)."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


_MEMO_LIMIT = 100_000
_memo: dict[str, tuple[str, Case]] = {}


def normalise(word: str) -> tuple[str, Case]:
    """A word's norm and case: folded, hyphens and apostrophes dropped, frequent misspellings mended."""
    known = _memo.get(word)
    if known is None:
        norm = re.sub("[-'’´`ʼ\u00ad]", "", fold(word))
        case = Case.LOWER
        if word[:1].isupper():
            case = Case.UPPER if len(word) > 1 and word.isupper() else Case.CAPITAL
        known = CANONICAL.get(norm, norm), case
        if len(_memo) >= _MEMO_LIMIT:
            _memo.clear()
        _memo[word] = known
    return known


def tokenise(text: str, placeholders: Sequence[Placeholder] = ()) -> Tokens:
    """The tokens of `text`; each of the sorted, disjoint `placeholders` is one token of its own."""
    norms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[Kind] = []
    cases: list[Case] = []
    values: list[str] = []

    def scan(start: int, end: int) -> None:
        for match in _TOKEN.finditer(text, start, end):
            group = match.lastgroup
            if group == "word":
                norm, case = normalise(match[0])
                kind = Kind.WORD
            else:
                norm, case = match[0], Case.LOWER
                if group == "other":
                    kind = Kind.PUNCTUATION if norm in _PUNCTUATION else Kind.SYMBOL
                    norm = _DASHES.get(norm, norm)
                elif group == "number":
                    kind = Kind.NUMBER
                elif group == "quote":
                    kind, norm = Kind.QUOTE, "„“"
                elif group == "url":
                    kind, norm = Kind.URL, "<url>"
                else:
                    kind, norm = Kind.PUNCTUATION, "..."
            norms.append(norm)
            starts.append(match.start())
            ends.append(match.end())
            kinds.append(kind)
            cases.append(case)
            values.append("")

    done = 0
    for placeholder in placeholders:
        scan(done, placeholder.span.start)
        norms.append("<placeholder>")
        starts.append(placeholder.span.start)
        ends.append(placeholder.span.end)
        kinds.append(Kind.PLACEHOLDER)
        cases.append(Case.LOWER)
        values.append(placeholder.kind)
        done = placeholder.span.end
    scan(done, len(text))
    return Tokens(norms, starts, ends, kinds, cases, values)
