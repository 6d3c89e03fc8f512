"""The phrase language: what rule authors write instead of regular expressions, parsed to a tree.

The language is described in docs/phrases.md. Offsets in errors are 0-based code points of the phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from replylint.expressions import expression
from replylint.german.fold import fold
from replylint.german.tokens import JOINTS, Case, Kind, normalise, tokenise


class PhraseError(ValueError):
    """A phrase that can't be read; `offset` is where (0-based code points), `str()` says what is wrong."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class UnknownListError(PhraseError):
    """A phrase names a word list that no pack has; `name` is the list's."""

    def __init__(self, name: str, offset: int) -> None:
        super().__init__(f"unknown word list @{name}", offset)
        self.name = name


@dataclass(frozen=True, slots=True)
class Word:
    """A literal token; `before` and `after` are wildcards at its beginning and end. `case`: it matches only so."""

    norm: str
    case: Case | None = None
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Inflected:
    """Any form of a lemma; „durch|führen“ also in its two parts."""

    lemma: str


@dataclass(frozen=True, slots=True)
class ListRef:
    """A word list by name."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed thing or a clause feature: `<date>`, `<question>` …"""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `limit` words within the clause."""

    limit: int


@dataclass(frozen=True, slots=True)
class Border:
    """The sentence's beginning (`start`) or end."""

    start: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One of several sequences; with `optional` none of them will do too."""

    options: tuple[Sequence, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A sequence whose words message and rewrite can use."""

    name: str
    body: Sequence


Item = Word | Inflected | ListRef | Typed | Gap | Border | Group | Slot


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items in this order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A sequence that must stand, or with `negated` must not stand, in the clause."""

    body: Sequence
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Groups of terms: the terms of one group within one clause, all groups within one sentence."""

    groups: tuple[tuple[Term, ...], ...]

    @property
    def ordered(self) -> bool:
        """Whether it is one plain sequence, so that its match is exactly the words."""
        return len(self.groups) == 1 and len(self.groups[0]) == 1


TYPES = ("date", "amount", "number", "name", "placeholder", "url", "quote", "participle", "infinitive", "finite")
FEATURES = ("question", "conditional", "past", "subordinate", "imperative")

# Written with a capital these are the polite pronoun, and match only with one.
_POLITE = frozenset("Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres Ihrerseits Ihretwegen".split())
_PARTICLES = frozenset(
    "ab an auf aus auseinander bei bekannt bereit dar durch ein entgegen fehl fern fest fort frei gut heim her heran"
    " heraus herein hervor herum hin hinaus hinein hinweg hoch klar kund leid los mit nach nieder statt still teil um"
    " vor voran voraus vorbei vorüber weg weiter wieder zu zufrieden zurecht zurück zusammen über unter".split()
)
_LEXER = expression(
    r"""(?P<space>\s+)|(?P<and>&&|&)|(?P<not>!)|(?P<gap>(?:…|\.\.\.)(?P<limit>\d*))|(?P<open>[(\[])|(?P<close>[)\]}])
    |(?P<bar>\|)|(?P<slot>\{\s*(?P<slotname>\w+)\s*:)|(?P<list>@(?P<listname>[\w-]+))|(?P<type><(?P<typename>[\w-]+)>)
    |(?P<exact>=)|(?P<inflected>~(?P<lemma>[^\W\d_]+(?:\|[^\W\d_]+)?))|(?P<border>[\^$])
    |(?P<literal>(?:\\.|[^\s&!…()\[\]{}|@<>~^$\\=])+)""",
    re.VERBOSE,
)
_ESCAPED = expression(r"\\(.)")
_DEFAULT_GAP = 4
_LONGEST_GAP = 20


@lru_cache(maxsize=20_000)
def parse(text: str) -> Phrase:
    """The phrase that `text` writes. Raises PhraseError where it is none."""
    return _Parser(text).phrase()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[re.Match[str]] = []
        self._at = 0
        offset = 0
        while offset < len(text):
            match = _LEXER.match(text, offset)
            if match is None:
                raise PhraseError(f"„{text[offset]}“ has no meaning here", offset)
            if not match["space"]:
                match = self._unglued(match)
                self._tokens.append(match)
            offset = match.end()

    def _unglued(self, match: re.Match[str]) -> re.Match[str]:
        """„~dürfen|kann“ in an alternative is „dürfen“, a bar and „kann“, not a separable verb."""
        lemma = match["lemma"]
        if lemma and "|" in lemma and lemma.partition("|")[0] not in _PARTICLES:
            shorter = _LEXER.match(self._text, match.start(), match.start() + 1 + lemma.index("|"))
            assert shorter is not None
            return shorter
        return match

    def _peek(self, group: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][group] is not None

    def _peek_text(self, text: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][0] == text

    def _offset(self) -> int:
        return self._tokens[self._at].start() if self._at < len(self._tokens) else len(self._text)

    def phrase(self) -> Phrase:
        groups = [self._terms()]
        while self._peek_text("&&"):
            self._at += 1
            groups.append(self._terms())
        if self._at < len(self._tokens):
            raise PhraseError(f"„{self._tokens[self._at][0]}“ stands alone", self._offset())
        if all(term.negated for terms in groups for term in terms):
            raise PhraseError("a phrase needs something that must stand there, not only what must not", 0)
        return Phrase(tuple(groups))

    def _terms(self) -> tuple[Term, ...]:
        terms = [self._term()]
        while self._peek_text("&"):
            self._at += 1
            terms.append(self._term())
        return tuple(terms)

    def _term(self) -> Term:
        negated = self._peek("not")
        if negated:
            self._at += 1
        start = self._offset()
        body = self._sequence()
        if not body.items:
            raise PhraseError("words are missing here", start)
        return Term(body, negated)

    def _sequence(self) -> Sequence:
        items: list[Item] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token["and"] or token["bar"] or token["close"]:
                break
            self._at += 1
            if token["not"]:
                raise PhraseError(
                    "„!“ stands before a whole term: „… & !aber“ (write the mark itself as „\\!“)", token.start()
                )
            if token["gap"]:
                limit = int(token["limit"] or _DEFAULT_GAP)
                if not 1 <= limit <= _LONGEST_GAP:
                    raise PhraseError(f"a gap spans 1 to {_LONGEST_GAP} words", token.start())
                items.append(Gap(limit))
            elif token["open"]:
                items.append(self._group(token))
            elif token["slot"]:
                body = self._sequence()
                self._close("}", token)
                if not body.items:
                    raise PhraseError(f"the slot „{token['slotname']}“ is empty", token.start())
                items.append(Slot(token["slotname"], body))
            elif token["list"]:
                items.append(ListRef(token["listname"], token.start()))
            elif token["type"]:
                items.append(Typed(token["typename"], token.start()))
            elif token["inflected"]:
                items.append(Inflected(token["lemma"]))
            elif token["border"]:
                items.append(Border(token[0] == "^"))
            elif token["exact"]:
                if not self._peek("literal"):
                    raise PhraseError("a word must follow „=“", token.start())
                items.extend(_literal(self._tokens[self._at], exact=True))
                self._at += 1
            else:
                items.extend(_literal(token))
        return Sequence(tuple(items))

    def _group(self, opening: re.Match[str]) -> Group:
        optional = opening[0] == "["
        options = [self._sequence()]
        while self._peek("bar"):
            self._at += 1
            options.append(self._sequence())
        self._close("]" if optional else ")", opening)
        if not all(option.items for option in options):
            raise PhraseError("an alternative is empty; what may be missing stands in [ ]", opening.start())
        return Group(tuple(options), optional)

    def _close(self, bracket: str, opening: re.Match[str]) -> None:
        if not self._peek_text(bracket):
            raise PhraseError(f"„{opening[0]}“ is not closed by „{bracket}“", opening.start())
        self._at += 1


def _literal(token: re.Match[str], *, exact: bool = False) -> list[Item]:
    literal = token["literal"]
    if literal.isalpha():  # nearly all of them
        norm, written = normalise(literal)
        return [Word(norm, written if exact else Case.CAPITAL if literal in _POLITE else None)]
    text = _ESCAPED.sub(r"\1", literal)
    before, after = (
        token["literal"].startswith("*"),
        len(text) > 1 and text.endswith("*") and token["literal"][-2] != "\\",
    )
    core = text[before : len(text) - after if after else None]
    if ("*" in core and core != "*") or not core:
        raise PhraseError("„*“ stands at the beginning or the end of a word", token.start())
    tokens = tokenise(core)
    items: list[Item] = []
    last = len(tokens) - 1
    for index, norm in enumerate(tokens.norms):
        word = core[tokens.starts[index] : tokens.ends[index]]
        starred_before, starred_after = before and index == 0, after and index == last
        if tokens.kinds[index] is Kind.WORD and (starred_before or starred_after):
            # A stem is no word: mending its spelling would change it.
            norm = normalise_stem(word)
        case = Case.CAPITAL if word in _POLITE else None
        if exact and tokens.kinds[index] is Kind.WORD:
            case = tokens.cases[index]
        items.append(Word(norm, case, starred_before, starred_after))
    return items


def normalise_stem(word: str) -> str:
    """A word's part, folded as `normalise` folds words, but with its spelling left alone."""
    return JOINTS.sub("", fold(word))
