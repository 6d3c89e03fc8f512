"""`kind: tokens`: spaCy's token patterns, where words alone don't tell: parts of speech, lemmas, shapes.

spaCy is imported when the words that a pattern names stand in a sentence (for one that names none, in every draft), and
only those sentences are analysed, those of many drafts at once. Each token of a pattern is asked of spaCy's Matcher,
its regular expressions of RE2; how they follow each other is `german.sequences`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from replylint.checks.base import MARK, Context, Entry, Hit, Workshop, marked
from replylint.german.phrases import Match
from replylint.german.reading import Stretch
from replylint.rulefile import Node
from replylint.source import Cover, Span

if TYPE_CHECKING:
    from replylint.checks.tokenfits import Fits
    from replylint.checks.tokenpatterns import Token
    from replylint.german.sequences import Element
    from replylint.german.spacy import Analysis, Pipeline

KEYS = ("in", "patterns", "except", "unless", "questions", "extent", "rewrite")
PATTERN_KEYS = ("find", "rewrite", "message", "why", "severity", "except", "unless", "when", "questions", "extent")
WHERE = ("subject", "salutation", "body", "closing", "sign-off", "text")


@dataclass
class TokenPattern:
    """A pattern, and the entry with all that stands beside it. `forms` are those of its lemmas."""

    entry: Entry
    tokens: tuple[Token, ...]
    forms: Mapping[str, Sequence[str]]

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """The sets of which each must have a word in the sentence."""
        from replylint.checks.tokenpatterns import words

        return words(self.tokens, lambda lemma: self.forms[lemma])

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether a text that has those words can hold it."""
        return not any(map(words.isdisjoint, self.words))


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern found: its entry, the match in our own tokens, the exact range, and the ranges of its slots."""

    entry: Entry
    match: Match
    span: Span
    slots: Mapping[str, Span]


@dataclass
class TokensCheck:
    """Patterns looked for in `parts`; `attributes` are those of tokens that they ask for."""

    parts: tuple[str, ...]
    patterns: list[TokenPattern]
    attributes: frozenset[str] = field(default=frozenset())
    _fits: tuple[object, Fits] | None = field(default=None, repr=False)

    @property
    def entries(self) -> Iterable[Entry]:
        """An entry for each pattern; its phrase is only the pattern's text."""
        return [pattern.entry for pattern in self.patterns]

    def untrained(self) -> list[str]:
        """The attributes that no pipeline without training gives."""
        from replylint.checks.tokenpatterns import trained

        return trained(self.attributes)

    def eager(self) -> bool:
        """Whether one of its patterns names no words, so that spaCy is needed for every draft."""
        return not all(pattern.words for pattern in self.patterns)

    def prepare(self, contexts: Sequence[Context]) -> None:
        """Analyse the sentences of these drafts that a pattern may stand in. Raises EngineError."""
        todo = [
            (known, stretch)
            for context in contexts
            for stretch in self._candidates(context)
            if stretch.number not in (known := self._analyses(context))
        ]
        if not todo:
            return
        analyses = self._pipeline(contexts[0]).analyse([stretch for _, stretch in todo])
        for (known, stretch), analysis in zip(todo, analyses, strict=True):
            known[stretch.number] = analysis

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order; of two patterns that meet, the first listed wins. Raises EngineError."""
        hits: list[Hit] = []
        taken = Cover()
        for found in self.matches(context):
            entry = found.entry
            if any(True for _ in entry.saving(found.match)):
                continue
            span = found.slots.get(MARK) or _extended(found, entry.extent)
            if taken.take(span):
                text = context.draft.text
                slots = {name: text[slot.start : slot.end] for name, slot in found.slots.items()}
                rewrites = context.rewrites(entry, found.match, span, slots)
                hits.append(Hit(span, entry, slots=slots, rewrites=rewrites))
        hits.sort(key=lambda hit: hit.span)
        return hits

    def matches(self, context: Context) -> Iterator[Found]:
        """All that its patterns match in a draft, whatever exceptions say, pattern by pattern. Raises EngineError."""
        candidates = self._candidates(context)
        if not candidates:
            return
        self.prepare([context])
        analyses = self._analyses(context)
        fits = self._fits_of(context)
        sentences = [(stretch, each) for stretch in candidates if (each := analyses[stretch.number]) is not None]
        elements = [fits.elements(analysis.doc) for _, analysis in sentences]
        for number, pattern in enumerate(self.patterns):
            entry = pattern.entry
            if entry.condition is not None and not entry.condition.holds(context):
                continue
            for (stretch, analysis), fitting in zip(sentences, elements, strict=True):
                if entry.questions or not stretch.question:
                    yield from _found(pattern, stretch, analysis, fitting[number])

    def _candidates(self, context: Context) -> list[Stretch]:
        """The sentences in which one of the patterns may stand."""
        reading = context.reading
        draft = _words(context, 0, len(reading.text))
        patterns = [pattern for pattern in self.patterns if pattern.may_stand(draft)]
        if not patterns:
            return []
        found: dict[int, Stretch] = {}
        for part in self.parts:
            for stretch in context.stretches(part):
                span = stretch.sentence.span
                words = _words(context, span.start, span.end)
                if any(pattern.may_stand(words) for pattern in patterns):
                    found[stretch.number] = stretch
        return [found[number] for number in sorted(found)]

    def _fits_of(self, context: Context) -> Fits:
        pipeline = self._pipeline(context)
        if self._fits is None or self._fits[0] is not pipeline.vocab:
            from replylint.checks.tokenfits import Fits

            forms = {lemma: found for pattern in self.patterns for lemma, found in pattern.forms.items()}
            tokens = [pattern.tokens for pattern in self.patterns]
            self._fits = pipeline.vocab, Fits(tokens, self.attributes, forms, pipeline)
        return self._fits[1]

    def _pipeline(self, context: Context) -> Pipeline:
        """The one that it asks: the blank one where that answers all."""
        from replylint.german.spacy import pipeline

        return pipeline(None) if self._plain or context.pipeline is None else context.pipeline

    @cached_property
    def _plain(self) -> bool:
        return "LEMMA" not in self.attributes and not self.untrained()

    def _analyses(self, context: Context) -> dict[int, Analysis | None]:
        """What that has made of the sentences of a draft, by their numbers."""
        name = f"spacy:{self._pipeline(context).name}"
        known: dict[int, Analysis | None] = context.prepared.setdefault(name, {})
        return known


def _words(context: Context, start: int, end: int) -> frozenset[str]:
    """The words in a range of the draft, as patterns name them."""
    known: dict[tuple[int, int], frozenset[str]] = context.prepared.setdefault("words", {})
    if (start, end) not in known:
        from replylint.german.spacy import words_in

        known[start, end] = words_in(context.reading, start, end)
    return known[start, end]


def _extended(found: Found, extent: str) -> Span:
    """The range that a finding quotes: the words that fit, their clauses, or the sentence."""
    return found.span if extent == "match" else marked(found.match, extent)


def _found(pattern: TokenPattern, stretch: Stretch, analysis: Analysis, elements: Sequence[Element]) -> Iterator[Found]:
    from replylint.german.sequences import sequences

    for borders in sequences(elements, len(analysis.doc)):
        span = analysis.span(borders[0], borders[-1])
        match = _match(stretch, span)
        if match is None:
            continue
        slots: dict[str, tuple[int, int]] = {}
        for number, token in enumerate(pattern.tokens):
            start, end = borders[number], borders[number + 1]
            if token.slot and start < end:
                slots[token.slot] = slots.get(token.slot, (start, end))[0], end
        yield Found(pattern.entry, match, span, {name: analysis.span(*tokens) for name, tokens in slots.items()})


def _match(stretch: Stretch, span: Span) -> Match | None:
    """A range of a sentence in our own tokens, which may be longer than spaCy's, so that guards can look around it."""
    tokens = stretch.reading.tokens
    low, high = tokens.range(span.start, span.end)
    if low > stretch.start and tokens.ends[low - 1] > span.start:
        low -= 1
    high = min(high, stretch.end)
    return Match(stretch, low, high) if low < high else None


def parse(fields: Mapping[str, Node], workshop: Workshop) -> TokensCheck:
    """The check that a rule file's fields describe."""
    from replylint.checks.tokenpatterns import lemmas, needed, parse_tokens

    defaults = workshop.defaults(fields)
    patterns = []
    for number, item in enumerate(fields["patterns"].items() if "patterns" in fields else ()):
        keys = item.mapping(PATTERN_KEYS, ("find",)) if isinstance(item.value, dict) else {"find": item}
        find = keys.get("find")
        if find is None or not (tokens := parse_tokens(find, workshop)):
            continue
        entry = workshop.entry_beside(find, -2 - number, keys, defaults)
        patterns.append(TokenPattern(entry, tokens, {lemma: workshop.forms_of(lemma) for lemma in lemmas(tokens)}))
    parts = tuple(item.choice(WHERE) for item in fields["in"].items()) if "in" in fields else ("subject", "body")
    return TokensCheck(parts, patterns, needed(token for pattern in patterns for token in pattern.tokens))
