"""Which of spaCy's tokens fit those of patterns: spaCy's Matcher is asked about each alone, RE2 about expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from replylint.checks.pattern import compile_expression
from replylint.checks.tokenpatterns import Token
from replylint.engines import EngineError
from replylint.german.sequences import Element
from replylint.german.spacy import Pipeline, lemma_spellings

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SPELT = {"ORTH": "text", "TEXT": "text", "MORPH": "morph"}


class Fits:
    """What the tokens of some patterns ask, as one pipeline answers it. Raises EngineError where it can't."""

    def __init__(
        self,
        patterns: Sequence[Sequence[Token]],
        attributes: frozenset[str],
        forms: Mapping[str, Sequence[str]],
        pipeline: Pipeline,
    ) -> None:
        from spacy.matcher import Matcher

        lacking = pipeline.lacks(attributes) + (["LEMMA"] if pipeline.by_table and "LEMMA*" in attributes else [])
        if lacking:
            raise EngineError("pipeline-lacks", name=pipeline.name, attributes=", ".join(lacking))
        self._patterns = patterns
        self._matcher = Matcher(pipeline.vocab, validate=False)
        self._expressions: dict[str, Any] = {}
        self._keys: dict[str, str] = {}
        for token in (token for tokens in patterns for token in tokens):
            asked = repr(token.attributes)
            if token.attributes and asked not in self._keys:
                self._keys[asked] = str(len(self._keys))
                given = dict(token.attributes)
                if pipeline.by_table and "LEMMA" in given:
                    given["LEMMA"] = _spellings(given["LEMMA"], forms)
                self._matcher.add(self._keys[asked], [[given]])
            for _, texts, _ in token.expressions:
                self._expressions.update((text, compile_expression(text)) for text in texts)
        self._strings = pipeline.vocab.strings

    def elements(self, doc: Doc) -> list[list[Element]]:
        """The tokens of each pattern, as they fit those of a sentence."""
        size = len(doc)
        found: dict[str, list[bool]] = {key: [False] * size for key in self._keys.values()}
        if found:
            for key, start, _ in self._matcher(doc, allow_missing=True):
                found[self._strings[key]][start] = True
        return [[self._element(token, doc, found) for token in tokens] for tokens in self._patterns]

    def _element(self, token: Token, doc: Doc, found: Mapping[str, Sequence[bool]]) -> Element:
        fits = list(found[self._keys[repr(token.attributes)]]) if token.attributes else [True] * len(doc)
        for name, texts, wanted in token.expressions:
            spelt = _SPELT.get(name, f"{name.lower()}_")
            for at, each in enumerate(doc):
                if fits[at]:
                    value = str(getattr(each, spelt))
                    fits[at] = any(self._expressions[text].search(value) for text in texts) is wanted
        if token.opens is not None:
            fits = [fit and (at == 0) is token.opens for at, fit in enumerate(fits)]
        if token.negated:
            fits = [not fit for fit in fits]
        return Element(fits, token.least, token.most)


def _spellings(asked: Any, forms: Mapping[str, Sequence[str]]) -> Mapping[str, list[str]]:
    """What a pattern asks of the lemma, as the blank pipeline knows it: how its forms are written."""
    if isinstance(asked, str):
        asked = {"IN": [asked]}
    return {
        key: [spelling for lemma in lemmas for spelling in lemma_spellings(lemma, forms[lemma])]
        for key, lemmas in asked.items()
    }
