"""The canonical token stream: one pass over a text, on which all matching runs.

Every token has a *norm* (folded and in canonical spelling, so that variants of a word are equal), its span in the text
(0-based code points), a kind, and how it was capitalised.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from replylint.expressions import expression
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


# Most words are plain letters before a space or mark; they are tried first, the rest step by step.
_LETTERS = "[^\\W\\d_](?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060]|['’´`ʼ](?=[^\\W\\d_]))*"
_TOKEN = expression(
    rf"""
    (?P<plain> [^\W\d_]+(?=[\ \n,!?]|\.(?=\s|$)|$) )
  | (?P<url> (?:https?://|www\.)[^\s<>"„“”»«]*[^\s<>"„“”»«.,;:!?)\]']
           | (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,9}}
           | (?<![\w.+-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,9}}\.(?:de|at|ch|com|org|net|eu|info|example)\b
             (?:/[^\s<>"„“”»«]*[^\s<>"„“”»«.,;:!?)\]'])? )
  | (?P<quote> „[^„“”\n]{{1,160}}[“”] | »[^»«\n]{{1,160}}« | «[^»«\n]{{1,160}}» | “[^“”\n]{{1,160}}”
             | "[^"\n]{{1,160}}"(?!\w) | ‚[^‚‘’\n]{{1,80}}[‘’] | `[^`\n]{{1,160}}` )
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

    `values` holds the type (name, date …) of each token that is a placeholder.
    """

    norms: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    kinds: Sequence[Kind]
    cases: list[Case]
    values: Mapping[int, str]

    def __len__(self) -> int:
        return len(self.norms)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open token range that begins inside the text range [start, end)."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


_MEMO_LIMIT = 100_000
_memo: dict[str, tuple[str, Kind, Case]] = {}
JOINTS = expression("[-'’´`ʼ\u00ad]")


def normalise(word: str) -> tuple[str, Case]:
    """A word's norm and case: folded, hyphens and apostrophes dropped, frequent misspellings mended."""
    norm = JOINTS.sub("", fold(word))
    case = Case.LOWER
    if word[:1].isupper():
        case = Case.UPPER if len(word) > 1 and word.isupper() else Case.CAPITAL
    return CANONICAL.get(norm, norm), case


def tokenise(text: str, placeholders: Sequence[Placeholder] = ()) -> Tokens:
    """The tokens of `text`; each of the sorted, disjoint `placeholders` is one token of its own."""
    spans: list[tuple[int, int]] = []
    entries: list[tuple[str, Kind, Case]] = []
    values: dict[int, str] = {}
    recall = _memo.get

    def scan(start: int, end: int) -> None:
        for match in _TOKEN.finditer(text, start, end):
            spans.append(match.span())
            entries.append(recall(match[0]) or _remembered(match))

    done = 0
    for placeholder in placeholders:
        scan(done, placeholder.span.start)
        values[len(spans)] = placeholder.kind
        spans.append((placeholder.span.start, placeholder.span.end))
        entries.append(("<placeholder>", Kind.PLACEHOLDER, Case.LOWER))
        done = placeholder.span.end
    scan(done, len(text))
    if not spans:
        return Tokens((), (), (), (), [], values)
    starts, ends = zip(*spans, strict=True)
    norms, kinds, cases = zip(*entries, strict=True)
    return Tokens(norms, starts, ends, kinds, list(cases), values)


def _remembered(match: re.Match[str]) -> tuple[str, Kind, Case]:
    """The norm, kind and case of a token, kept for the next time that its characters occur."""
    raw, group = match[0], match.lastgroup
    if group in ("plain", "word"):
        norm, case = normalise(raw)
        entry = norm, Kind.WORD, case
    elif group == "other":
        kind = Kind.PUNCTUATION if raw in _PUNCTUATION else Kind.SYMBOL
        entry = _DASHES.get(raw, raw), kind, Case.LOWER
    elif group == "number":
        entry = raw, Kind.NUMBER, Case.LOWER
    elif group == "quote":
        entry = "„“", Kind.QUOTE, Case.LOWER
    elif group == "url":
        entry = "<url>", Kind.URL, Case.LOWER
    else:
        entry = "...", Kind.PUNCTUATION, Case.LOWER
    if group in ("plain", "word", "other"):  # numbers, URLs and quotes seldom come back
        if len(_memo) >= _MEMO_LIMIT:
            _memo.clear()
        _memo[raw] = entry
    return entry
