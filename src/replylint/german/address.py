"""Whom a draft addresses, and in which person it speaks: decided from unambiguous forms only."""

from __future__ import annotations

from collections.abc import Sequence

from replylint.draft import Address, Sentence
from replylint.german.tokens import Case, Kind, Tokens

_SIE = frozenset("sie ihnen ihr ihre ihrem ihren ihrer ihres ihrerseits".split())
_DU = frozenset(
    "du dich dir dein deine deinem deinen deiner deines haste kannste willste biste hast bist kannst".split()
)
_IHR = frozenset("euch euer eure eurem euren eurer eures eurerseits habt seid koennt moegt".split())
_FORMAL_TITLES = frozenset({"frau", "herr", "herrn"})
_ICH = frozenset("ich mich mir mein meine meinem meinen meiner meines".split())
_WIR = frozenset("wir uns unser unsere unserem unseren unserer unseres".split())


def decide(tokens: Tokens, sentences: Sequence[Sentence], salutation: Sentence | None) -> Address | None:
    """The form of address, or None where nothing shows it. On a tie the salutation decides, then the first form."""
    starts = {_first_word(tokens, sentence) for sentence in sentences}
    counts = {Address.SIE: 0, Address.DU: 0, Address.IHR: 0}
    first: Address | None = None
    low, high = _bounds(tokens, sentences)
    for index in range(low, high):
        norm = tokens.norms[index]
        if norm in _SIE:
            # At a sentence's beginning and behind a colon the capital proves nothing.
            if tokens.cases[index] in (Case.LOWER, Case.UPPER) or index in starts or tokens.norms[index - 1] == ":":
                continue
            form = Address.SIE
        elif norm in _DU:
            form = Address.DU
        elif norm in _IHR:
            form = Address.IHR
        else:
            continue
        counts[form] += 1
        first = first or form
    familiar = counts[Address.DU] + counts[Address.IHR]
    if counts[Address.SIE] == familiar:
        return _of_salutation(tokens, salutation) or (first if familiar else _of_opening(tokens, sentences))
    if counts[Address.SIE] > familiar:
        return Address.SIE
    return Address.DU if counts[Address.DU] >= counts[Address.IHR] else Address.IHR


def speaks_as_ich(tokens: Tokens, start: int, end: int) -> bool | None:
    """Whether a token range speaks as ich (True) or wir (False); None where it has neither or both alike."""
    ich = sum(norm in _ICH for norm in tokens.norms[start:end])
    wir = sum(norm in _WIR for norm in tokens.norms[start:end])
    return None if ich == wir else ich > wir


def _bounds(tokens: Tokens, sentences: Sequence[Sentence]) -> tuple[int, int]:
    if not sentences:
        return 0, 0
    return tokens.range(sentences[0].span.start, sentences[-1].span.end)


def _first_word(tokens: Tokens, sentence: Sentence) -> int:
    low, high = tokens.range(sentence.span.start, sentence.span.end)
    return next((index for index in range(low, high) if tokens.kinds[index] is Kind.WORD), low)


def _of_opening(tokens: Tokens, sentences: Sequence[Sentence]) -> Address | None:
    """Sie where the very first words say it („Sie haben …“, „Ihre Bestellung …“): nobody else was named yet."""
    if not sentences:
        return None
    index = _first_word(tokens, sentences[0])
    if index + 1 >= len(tokens.norms):
        return None
    norm, following = tokens.norms[index], tokens.norms[index + 1]
    if norm == "sie" and (following.endswith(("en", "ern", "eln")) or following == "sind"):
        return Address.SIE
    if norm == "ihnen" or (norm in _SIE and norm not in ("sie", "ihr")):
        return Address.SIE
    if norm == "ihr" and tokens.cases[index + 1] is Case.CAPITAL:
        return Address.SIE
    return None


def _of_salutation(tokens: Tokens, salutation: Sentence | None) -> Address | None:
    if salutation is None:
        return None
    low, high = tokens.range(salutation.span.start, salutation.span.end)
    words = set(tokens.norms[low:high])
    if words & _FORMAL_TITLES or words & {"geehrte", "geehrter"}:
        return Address.SIE
    return None
