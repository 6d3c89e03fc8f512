"""`kind: measure`: a count against a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from replylint.checks.base import Context, Entry, Hit, Workshop, parse_parts
from replylint.checks.rewriting import Template, parse_rewrites
from replylint.findings import Fix, Rewrite, Safety
from replylint.german import clauses, readability
from replylint.german.readability import Readability
from replylint.german.reading import Stretch
from replylint.german.tokens import Kind
from replylint.rulefile import Node
from replylint.source import Edit, Span

KEYS = ("in", "of", "limit", "least", "rewrite")


def sentence_words(stretch: Stretch) -> int:
    """The words of a sentence as a reader counts them: a URL, a figure or a placeholder is one, a quote has as many as
    it has. A table or a block of short lines is no sentence."""
    reading = stretch.reading
    tokens = reading.tokens
    count = 0
    for index in range(stretch.start, stretch.end):
        kind = tokens.kinds[index]
        if kind is Kind.QUOTE:
            count += len(reading.text[tokens.starts[index] : tokens.ends[index]].split())
        elif kind is not Kind.PUNCTUATION and kind is not Kind.SYMBOL and tokens.values.get(index) != "tag":
            count += 1
    if not any(clauses.is_finite(norm) for norm in tokens.norms[stretch.start : stretch.end]):
        return 0
    span = stretch.sentence.span
    lines = reading.text[span.start : span.end].splitlines()
    return 0 if len(lines) > 3 and count < 5 * len(lines) else count


OF_SENTENCES: dict[str, Callable[[Stretch], int]] = {"sentence-words": sentence_words}
OF_TEXTS: dict[str, Callable[[Readability], tuple[float, bool]]] = {
    "wiener-sachtextformel": lambda figures: (figures.vienna, True),
    "flesch-amstad": lambda figures: (figures.flesch, False),
}
"""Measures of a text as a whole: the value, and whether more of it is worse (the limit is then the most that is fine,
else the least)."""
MEASURES = (*OF_SENTENCES, *OF_TEXTS)


def figures_of(stretches: Iterable[Stretch]) -> Readability | None:
    """What makes the sentences easy or hard to read. What has no verb is no sentence; figures, URLs, placeholders and
    quotes are no words."""
    texts = []
    for stretch in stretches:
        tokens, text = stretch.reading.tokens, stretch.reading.text
        if sentence_words(stretch):
            texts.append(
                [
                    text[tokens.starts[index] : tokens.ends[index]]
                    for index in range(stretch.start, stretch.end)
                    if tokens.kinds[index] is Kind.WORD
                ]
            )
    return readability.measured(texts)


_SUBJECTS = frozenset("wir ich sie es er das dies man du ihr".split())
_JOINERS = frozenset({"und", "aber", "doch"})


def halved(stretch: Stretch) -> Rewrite | None:
    """The sentence as two, cut where a main clause begins: at the „;“ or the „, und wir …“ nearest the middle."""
    reading = stretch.reading
    norms, starts = reading.tokens.norms, reading.tokens.starts
    finite = [index for index in range(stretch.start, stretch.end) if clauses.is_finite(norms[index])]
    main = min((clause.end for clause in stretch.clauses if "subordinate" not in clause.features), default=stretch.end)
    joints: list[tuple[int, int]] = []
    for index in range(stretch.start + 3, stretch.end - 3):
        following = index + 1
        if norms[index] == ",":
            if norms[following] not in _JOINERS:
                continue
            if norms[following] == "und":
                following += 1
            subject = following if norms[following] in _SUBJECTS else following + 1
            if norms[subject] not in _SUBJECTS or not clauses.is_finite(norms[subject + 1]):
                continue
        elif norms[index] != ";":
            continue
        if finite and finite[0] < index and finite[-1] >= following and main <= index:
            joints.append((index, following))
    if not joints:
        return None
    middle = (stretch.start + stretch.end) // 2
    index, following = min(joints, key=lambda joint: abs(joint[0] - middle))
    text, whole = reading.text, stretch.sentence.span
    gap = Span(starts[index], starts[following] + 1)
    joint = ". " + text[starts[following]].upper()
    new = text[whole.start : gap.start] + joint + text[gap.end : whole.end]
    return Rewrite(new, Safety.REVIEW, whole, Fix((Edit(gap, joint),), Safety.REVIEW))


@dataclass(slots=True)
class MeasureCheck:
    """Sentences of the parts whose measure is over the limit."""

    parts: tuple[str, ...]
    of: str
    limit: float
    templates: tuple[Template, ...]

    @property
    def entries(self) -> Iterable[Entry]:
        """Measures have no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """The sentences over the limit, in text order."""
        measure = OF_SENTENCES[self.of]
        hits = []
        for part in self.parts:
            for stretch in context.stretches(part):
                # A sentence has no more words than tokens, so that most need no count.
                if stretch.end - stretch.start <= self.limit:
                    continue
                value = measure(stretch)
                if value > self.limit:
                    slots = {"value": str(value), "limit": f"{self.limit:g}"}
                    rewrites = context.plain_rewrites(self.templates, stretch.sentence.span)
                    if (two := halved(stretch)) is not None:
                        rewrites = (two, *rewrites)
                    hits.append(Hit(stretch.sentence.span, slots=slots, rewrites=rewrites))
        return hits


@dataclass(slots=True)
class TextMeasureCheck:
    """A draft whose parts, as one text of at least `least` words, are beyond the limit."""

    parts: tuple[str, ...]
    of: str
    limit: float
    least: float

    @property
    def entries(self) -> Iterable[Entry]:
        """Measures have no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """One hit on the draft as a whole, or none."""
        figures = figures_of(stretch for part in self.parts for stretch in context.stretches(part))
        if figures is None or figures.words < self.least:
            return []
        exact, more_is_worse = OF_TEXTS[self.of](figures)
        value = round(exact, 1)  # what is said to be over the limit has to look so
        if (value <= self.limit) if more_is_worse else (value >= self.limit):
            return []

        def said(number: float) -> str:
            text = f"{number:.1f}"
            return text.replace(".", ",") if context.lang == "de" else text

        slots = {
            "value": said(value),
            "limit": said(self.limit).removesuffix(",0").removesuffix(".0"),
            "vienna": said(figures.vienna),
            "flesch": f"{figures.flesch:.0f}",
            "words": said(figures.words_per_sentence),
            "syllables": said(figures.syllables_per_word),
            "long": f"{100 * figures.many / figures.words:.0f}",
        }
        place = context.place("after-salutation")
        return [Hit(Span(place, place), document_level=True, slots=slots)]


def parse(fields: Mapping[str, Node], workshop: Workshop) -> MeasureCheck | TextMeasureCheck:
    """The check that a rule file's fields describe."""
    del workshop
    of = fields["of"].choice(MEASURES) if "of" in fields else "sentence-words"
    least = fields["least"].number() if "least" in fields else 50
    if of in OF_TEXTS:
        limit = fields["limit"].number() if "limit" in fields else 12
        return TextMeasureCheck(parse_parts(fields.get("in"), ("body",)), of, limit, least)
    return MeasureCheck(
        parse_parts(fields.get("in"), ("body",)),
        of,
        fields["limit"].number() if "limit" in fields else 30,
        parse_rewrites(fields["rewrite"]) if "rewrite" in fields else (),
    )
