"""`kind: grammar`: spelling, grammar, commas and capitals, as LanguageTool sees them.

What it objects to becomes a hit with its message and up to three of its replacements, after the false alarms that mails
set off in it are left out (`german.alarms`). What it must not read is hidden from it: placeholders, addresses of the
web, quoted history and signatures; HTML is no part of a draft's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from replylint.checks.base import Context, Entry, Hit, Text, Workshop
from replylint.engines import UNCONFIGURED, EngineError
from replylint.expressions import expression
from replylint.findings import Fix, Rewrite, Safety, Severity
from replylint.german import alarms, placeholders, variant
from replylint.german.alarms import alike
from replylint.german.languagetool import LanguageTool, Match, Passage
from replylint.german.tokens import Kind
from replylint.rulefile import Node
from replylint.source import Edit, Span

KEYS = ()
ENGINE = "languagetool"
_REPLACEMENTS = 3
_INSTEAD = {
    "name": "Kim",
    "salutation": "Guten Tag",
    "date": "12.05.2026",
    "time": "12:30",
    "amount": "20,00",
    "number": "4711",
    "link": "example.org",
    "tag": "",
}
"""What LanguageTool reads instead of a placeholder, by its kind; of any other kind a word that it knows nothing of, so
that it has no view of its grammar."""
_UNKNOWN_WORD = "Xyz"
_BREAK = "\n\n"
_STOP = "."
_EMOJI = "\u2600-\u27bf\U0001f300-\U0001faff"
# An emoji in the place of a full stop.
_CLOSING_SYMBOLS = expression(rf'(?<=[\w%)“"])(?P<symbols> *[{_EMOJI}][{_EMOJI}\ufe0f\u200d ]*)$')
_LAST_WORD = expression(r"[^\W_]+$")
_CATEGORIES = {
    "TYPOS": (Severity.WARNING, "spelling"),
    "MULTITOKEN_SPELLING": (Severity.WARNING, "spelling"),
    "COMPOUNDING": (Severity.SUGGESTION, "one word or two"),
    "GRAMMAR": (Severity.WARNING, "grammar"),
    "CONFUSED_WORDS": (Severity.WARNING, "words that are easily confused"),
    "CASING": (Severity.SUGGESTION, "capitals"),
    "HILFESTELLUNG_KOMMASETZUNG": (Severity.SUGGESTION, "commas"),
    "PUNCTUATION": (Severity.SUGGESTION, "punctuation"),
    "TYPOGRAPHY": (Severity.SUGGESTION, "typography"),
    "CORRESPONDENCE": (Severity.SUGGESTION, "letter writing"),
    "SEMANTICS": (Severity.SUGGESTION, "meaning"),
    "REDUNDANCY": (Severity.SUGGESTION, "redundancy"),
    "STYLE": (Severity.SUGGESTION, "style"),
    "COLLOQUIALISMS": (Severity.SUGGESTION, "everyday speech"),
}
"""How bad what LanguageTool finds is, and what it is about, by its category: plain mistakes are warnings; capitals and
commas, of which it is less sure, and all matters of taste are suggestions."""
_OTHER = Severity.SUGGESTION, "language"
_MISSPELT = Text(
    "„{match}“ steht so nicht im Wörterbuch. Vielleicht ein Tippfehler?",
    "“{match}” is not in the dictionary. A typing error, perhaps?",
)


class GrammarCheck:
    """Asks LanguageTool about drafts, many at once where it is shown many."""

    __slots__ = ()

    @property
    def entries(self) -> list[Entry]:
        """It has no phrases."""
        return []

    def prepare(self, contexts: Sequence[Context]) -> None:
        """Ask about all of the drafts. Raises EngineError."""
        if contexts:
            tool = _tool(contexts[0])
            passages = [passage(context, tool.options.language) for context in contexts]
            for context, matches in zip(contexts, tool.check(passages), strict=True):
                context.prepared[ENGINE] = matches

    def run(self, context: Context) -> list[Hit]:
        """What LanguageTool objects to in the draft. Raises EngineError."""
        if ENGINE not in context.prepared:
            self.prepare([context])
        options = _tool(context).options
        mail = alarms.Mail(context.reading, context.anatomy, options.words)
        found = context.prepared[ENGINE]
        return [
            _hit(_from_a_word(match, mail.text), mail.text)
            for match in found
            if not alarms.reason(match, mail, picky=options.picky)
        ]


def parse(fields: Mapping[str, Node], workshop: Workshop) -> GrammarCheck:
    """The check that a rule file's fields describe."""
    return GrammarCheck()


def _tool(context: Context) -> LanguageTool:
    if context.languagetool is None:
        raise EngineError(UNCONFIGURED)
    return context.languagetool


def passage(context: Context, language: str = "auto") -> Passage:
    """What LanguageTool is to read of a draft."""
    text, anatomy = context.draft.text, context.anatomy
    return Passage(
        text,
        anatomy.text,
        variant.of(text) if language == "auto" else language,
        tuple(_disjoint(sorted(_hidden(context), key=lambda pair: (pair[0].start, -pair[0].end)))),
        tuple(sentence.span.start for sentence in anatomy.sentences),
    )


def _hidden(context: Context) -> Iterator[tuple[Span, str]]:
    anatomy, tokens = context.anatomy, context.reading.tokens
    for span in (*anatomy.quoted, anatomy.history, anatomy.signature):
        if span is not None:
            yield span, _BREAK
    for placeholder in placeholders.find(context.draft.text):
        yield placeholder.span, _INSTEAD.get(placeholder.kind, _UNKNOWN_WORD)
    for start, end, kind in zip(tokens.starts, tokens.ends, tokens.kinds, strict=True):
        if kind is Kind.URL:
            yield Span(start, end), _INSTEAD["link"]
    for sentence in anatomy.sentences:
        if found := _CLOSING_SYMBOLS.search(context.draft.text, sentence.span.start, sentence.span.end):
            yield Span(*found.span("symbols")), _STOP


def _disjoint(hidden: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    done = 0
    for span, instead in hidden:
        if span.start >= done and span.end > span.start:
            yield span, instead
            done = span.end


def _from_a_word(match: Match, text: str) -> Match:
    """A match that begins with a blank (before a missing comma), with the word before it."""
    start = match.span.start
    if not text[start].isspace():
        return match
    word = _LAST_WORD.search(text, max(0, start - 40), start)
    if word is None:
        return match
    return match._replace(
        span=Span(word.start(), match.span.end), replacements=tuple(word[0] + each for each in match.replacements)
    )


def _hit(match: Match, text: str) -> Hit:
    words = text[match.span.start : match.span.end]
    severity, kind = _CATEGORIES.get(match.category, _OTHER)
    rewrites = [
        Rewrite(text, Safety.REVIEW, match.span, Fix((Edit(match.span, text),), Safety.REVIEW))
        for text in _ranked(match, words)[:_REPLACEMENTS]
    ]
    message = _MISSPELT if match.issue == "misspelling" else None
    return Hit(
        match.span,
        slots={"says": _says(match), "kind": kind},
        rewrites=tuple(rewrites),
        severity=severity,
        message=message,
    )


def _ranked(match: Match, words: str) -> list[str]:
    """What could stand there; of a word that is misspelt, first what is most like it. („Rechung“: LanguageTool has
    „Regung“ first.)"""
    if match.issue != "misspelling":
        return list(match.replacements)

    def unlike(replacement: str) -> tuple[bool, float]:
        return replacement[:1].lower() != words[:1].lower(), -round(alike(words, replacement), 1)

    return sorted(match.replacements, key=unlike)


def _says(match: Match) -> str:
    """LanguageTool's words, with the quotation marks of all other messages."""
    return match.message.replace("‚", "„").replace("‘", "“").replace("«", "„").replace("»", "“").strip()
