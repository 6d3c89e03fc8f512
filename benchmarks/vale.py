"""Our phrases as Vale styles: `existence` rules with the phrases as regular expressions.

How a phrase is written for Vale (whose expressions are case-blind, know look-around, and Unicode's words):

| ours | Vale's |
|---|---|
| `das geht nicht` | the words, white space between them; `ae`, `oe`, `ue`, `ss` also as `ä`, `ö`, `ü`, `ß` |
| `Ihnen`, `=nicht` | the same with its case: `(?-i:Ihnen)` |
| `verzöger*`, `*lieferung` | `\\w*` at that side |
| `~können`, `~durch|führen` | all forms as alternatives; the particle later in the clause |
| `(a|b)`, `[a]`, `{x: a}` | `(?:a|b)`, `(?:a)?`, `a` |
| `@list` | its entries as alternatives |
| `…4` | up to four words, over no mark |
| `^`, `$` | after and before a sentence's end, or the text's |
| `<number>`, `<date>`, `<participle>` … | an expression of about that shape |
| `a & b & !c` | from a clause's beginning: look ahead for `a`, for `b`, for no `c`; then the clause |
| `a && b` | the same from a sentence's beginning |
| `<question>` | look ahead for „?“ |

Not written, and counted: phrases that ask for another feature of a clause (`<conditional>`, `<past>` …), for which
Vale has no means, and exceptions (`except`, `unless`, `when`). A clause ends here at a mark only, since Vale knows no
conjunctions. So Vale does less than we do with these phrases; for speed that is in its favour. `ordered` styles hold
only the phrases that are a plain sequence of words, which need no look-ahead and are the fastest that Vale can do.

A check's plain sequences are the tokens of one rule. Each phrase in any order is a rule of its own: two of them as
alternatives of one expression, and Vale ends with „maximum backtracking stack size exceeded“.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from replylint.german import inflection, syntax
from replylint.german.syntax import (
    Border,
    Gap,
    Group,
    Inflected,
    Item,
    ListRef,
    Phrase,
    PhraseError,
    Slot,
    Typed,
    Word,
)
from replylint.german.tokens import Case
from replylint.rules import RuleSet

_SPELLINGS = (("ae", "(?:ae|ä)"), ("oe", "(?:oe|ö)"), ("ue", "(?:ue|ü)"), ("ss", "(?:ss|ß)"))
_IN_CLAUSE = r"[^.!?,;:–()\n]"
_IN_SENTENCE = r"[^.!?\n]"
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DAYS = "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|heute|morgen|übermorgen"
_SHAPES: Mapping[str, str] = {
    "number": r"\d+(?:[.,:]\d+)*",
    "amount": r"(?:(?:€|EUR|CHF)\s?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*\s?(?:€|Euro|EUR|CHF|Franken))",
    "date": rf"(?:\d\d?\.\s?(?:\d\d?\.(?:\d+)?|(?:{_MONTHS})\b)|\d\d?(?:[:.]\d\d)? Uhr|(?:{_DAYS})\b)",
    "name": r"(?-i:[A-ZÄÖÜ])\w+",
    "placeholder": r"(?:\{\{[^}\n]*\}\}|\[[^\]\n]*\]|%\w+%|\$\{[^}\n]*\})",
    "url": r"https?://\S+",
    "quote": r"„[^“\n]*“",
    "participle": r"\w*(?:ge\w+|iert|\w{3}e?t|\w{3}en)",
    "infinitive": r"\w{2,}e?n",
    "finite": r"\w{2,}(?:e|st|t|en)",
}


class UnwritableError(Exception):
    """A phrase that Vale has no means for; the message is the part at fault."""


@dataclass(frozen=True)
class Styles:
    """The styles of a rule set: the rules by name, each with its expressions; how many phrases there were, how many
    were written, and how many were not for which reason."""

    rules: Mapping[str, Sequence[str]]
    phrases: int
    left_out: Mapping[str, int]

    @property
    def written(self) -> int:
        """How many phrases Vale looks for."""
        return sum(map(len, self.rules.values()))


def styles(ruleset: RuleSet, *, ordered: bool = False) -> Styles:
    """The styles of all checks that have phrases; with `ordered` only those that are a plain sequence."""
    rules: dict[str, list[str]] = {}
    left_out: dict[str, int] = {}
    count = 0
    writer = Writer(ruleset.book.lists)
    for rule in ruleset.rules.values():
        for phrase in dict.fromkeys(entry.phrase.text for entry in rule.check.entries):
            count += 1
            try:
                parsed = syntax.parse(phrase)
                if ordered and not parsed.ordered:
                    raise UnwritableError("any order")
                expression = writer.phrase(parsed)
                rules.setdefault(rule.id if parsed.ordered else f"{rule.id}-{count}", []).append(expression)
            except UnwritableError as error:
                left_out[str(error)] = left_out.get(str(error), 0) + 1
    return Styles(rules, count, left_out)


def write(folder: Path, written: Styles) -> Path:
    """A new folder with the styles and the configuration that uses them; the configuration's path."""
    style = folder / "styles" / "Replies"
    style.mkdir(parents=True)
    for name, tokens in written.rules.items():
        (style / f"{name}.yml").write_text(rule_file(tokens), encoding="utf-8")
    config = folder / ".vale.ini"
    config.write_text(
        "StylesPath = styles\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = Replies\n", encoding="utf-8"
    )
    return config


def rule_file(tokens: Sequence[str]) -> str:
    """The YAML file of an `existence` rule."""
    nonword = "true" if any(each.startswith("(?:^") and each.endswith("]+") for each in tokens) else "false"
    lines = ["extends: existence", "message: \"'%s'\"", "level: warning", "ignorecase: true", f"nonword: {nonword}"]
    listed = (f"  - {json.dumps(each, ensure_ascii=False)}" for each in tokens)
    return "".join(f"{line}\n" for line in [*lines, "tokens:", *listed])


class Writer:
    """Writes phrases as expressions; `lists` are the word lists by name."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = lists
        self._of_lists: dict[str, str] = {}

    def phrase(self, phrase: Phrase) -> str:
        """The expression of a phrase. Raises UnwritableError."""
        if phrase.ordered:
            return self._sequence(phrase.groups[0][0].body.items)  # Vale itself sees to whole words
        if len(phrase.groups) == 1:
            within, begins = _IN_CLAUSE, r"(?:^|(?<=[.!?,;:–()\n]))"
        else:
            within, begins = _IN_SENTENCE, r"(?:^|(?<=[.!?\n]))"
        terms = [term for group in phrase.groups for term in group]
        ahead = []
        for term in terms:
            look = "(?!" if term.negated else "(?="
            if self._feature(term.body) == "question":
                ahead.append(rf"{look}{_IN_SENTENCE}*\?)")
            elif self._feature(term.body):
                raise UnwritableError(f"<{self._feature(term.body)}>")
            else:
                ahead.append(f"{look}{within}*?{self._bounded(term.body)})")
        return f"{begins}{''.join(ahead)}{within}+"

    @staticmethod
    def _feature(sequence: syntax.Sequence) -> str:
        items = sequence.items
        if len(items) == 1 and isinstance(items[0], Typed) and items[0].name in syntax.FEATURES:
            return items[0].name
        return ""

    def _bounded(self, sequence: syntax.Sequence) -> str:
        return rf"(?<!\w){self._sequence(sequence.items)}(?!\w)"

    def _sequence(self, items: Sequence[Item]) -> str:
        """The items with what stands between them: nothing before a mark and around what brings its own."""
        result = ""
        pending = False  # whether white space is due before the next word
        for item in items:
            if isinstance(item, Border):
                result += r"(?:^|(?<=[.!?\n]\s?))" if item.start else r"(?=\s*(?:[.!?\n]|$))"
            elif isinstance(item, Gap):
                result += rf"(?:\s+[\w'’-]+){{0,{item.limit}}}" if pending else rf"(?:[\w'’-]+\s+){{0,{item.limit}}}"
            elif isinstance(item, Group) and item.optional:
                inner = self._choice(item)
                space = self._space(item, pending)
                result += f"(?:{space}{inner})?" if pending else rf"(?:{inner}\s+)?"
            else:
                result += self._space(item, pending) + self._item(item)
                pending = True
        return result

    @staticmethod
    def _space(item: Item, pending: bool) -> str:
        if not pending:
            return ""
        first = item
        while isinstance(first, Group | Slot):
            body = first.options[0] if isinstance(first, Group) else first.body
            first = body.items[0]
        mark = isinstance(first, Word) and not re.match(r"\w", first.norm) and not first.before
        return r"\s*" if mark else r"\s+"

    def _item(self, item: Item) -> str:
        match item:
            case Word():
                return self._word(item)
            case Inflected():
                return self._inflected(item.lemma)
            case Group():
                return self._choice(item)
            case Slot():
                return self._sequence(item.body.items)
            case ListRef():
                return self._list(item.name)
            case Typed() if item.name in _SHAPES:
                return _SHAPES[item.name]
            case Typed():
                raise UnwritableError(f"<{item.name}>")
        raise UnwritableError(type(item).__name__)

    @staticmethod
    def _word(word: Word) -> str:
        core = _spelled(word.norm)
        if word.case is Case.CAPITAL:
            core = f"(?-i:{_spelled(word.norm[:1].upper())}{_spelled(word.norm[1:])})"
        elif word.case is Case.UPPER:
            core = f"(?-i:{re.escape(word.norm.upper())})"
        elif word.case is Case.LOWER:
            core = f"(?-i:{core})"
        before, after = r"\w*" if word.before else "", r"\w*" if word.after else ""
        return f"{before}{core}{after}"

    @staticmethod
    def _inflected(lemma: str) -> str:
        if "|" not in lemma:
            return _one_of(inflection.forms(lemma))
        verb = inflection.separable(lemma)
        parted = rf"{_one_of(verb.finite)}\b{_IN_CLAUSE}*?\b{_spelled(verb.particle.lower())}"
        return f"(?:{_one_of(verb.joined)}|{parted})"

    def _choice(self, group: Group) -> str:
        return _alternatives(self._sequence(option.items) for option in group.options)

    def _list(self, name: str) -> str:
        if name not in self._of_lists:
            try:
                bodies = [syntax.parse(entry).groups[0][0].body for entry in self._lists[name]]
            except PhraseError as error:
                raise UnwritableError(f"@{name}") from error
            self._of_lists[name] = _alternatives(self._sequence(body.items) for body in bodies)
        return self._of_lists[name]


def _spelled(norm: str) -> str:
    """A folded word as an expression that also takes its umlauts and ß."""
    written = re.escape(norm)
    for folded, expression in _SPELLINGS:
        written = written.replace(folded, expression)
    return written


def _one_of(norms: Iterable[str]) -> str:
    return _alternatives(_spelled(norm) for norm in sorted(norms))


def _alternatives(expressions: Iterable[str]) -> str:
    # The longest first, so that „Rechnungen“ isn't taken for „Rechnung“ where the words go on.
    ordered = sorted(dict.fromkeys(expressions), key=len, reverse=True)
    return ordered[0] if len(ordered) == 1 else f"(?:{'|'.join(ordered)})"


def counts(written: Styles) -> Iterator[str]:
    """What was written and what not, for people."""
    yield f"{written.written} of {written.phrases} phrases in {len(written.rules)} rules"
    for reason, count in sorted(written.left_out.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count} not: {reason}"
