"""What all kinds of check share: the context of a draft, hits, phrase entries with their exceptions, conditions."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from replylint.checks.inserting import insertion
from replylint.checks.rewriting import Template, parse_rewrites, render
from replylint.draft import Address, Anatomy, Draft, Part
from replylint.findings import Fix, Rewrite, Safety, Severity
from replylint.german import address as addressing
from replylint.german.lexicon import bits_of
from replylint.german.phrases import CompiledPhrase, Match, PhraseBook, trimmed
from replylint.german.reading import Reading, Stretch
from replylint.german.syntax import PhraseError, UnknownListError
from replylint.rulefile import Node, did_you_mean
from replylint.source import Span

if TYPE_CHECKING:
    from replylint.german.languagetool import LanguageTool
    from replylint.german.spacy import Pipeline

SCOPES = ("clause", "sentence", "after", "before", "previous", "next", "neighbours", "draft")
PARTS = (*(str(part) for part in Part), "inquiry")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in German and English."""

    de: str
    en: str

    def get(self, lang: str) -> str:
        """The text in that language ("de" or "en")."""
        return self.en if lang == "en" else self.de


def parse_text(node: Node) -> Text:
    """A text given as `de:` and `en:`."""
    fields = node.mapping(("de", "en"), ("de", "en"))
    return Text(*(fields[lang].string().strip() if lang in fields else "" for lang in ("de", "en")))


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a check objects to, before it becomes a finding. `span` is a range of the draft's text; `entry` or
    `pattern` is what found it."""

    span: Span
    entry: Entry | None = None
    document_level: bool = False
    slots: Mapping[str, str] = field(default_factory=dict)
    rewrites: tuple[Rewrite, ...] = ()
    severity: Severity | None = None
    message: Text | None = None
    why: Text | None = None
    own: bool = False
    pattern: object = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a signal holds: the words, and whether they stand in the inquiry, the draft, or are a given fact."""

    words: str
    origin: str


class SignalSource(Protocol):
    """Answers which signals hold for the draft at hand; None where one doesn't."""

    def __call__(self, name: str) -> Evidence | None: ...


# What a condition may ask of the draft's anatomy: whether it has a part at all.
_PART_ATOMS = {"has-salutation": Part.SALUTATION, "has-sign-off": Part.SIGN_OFF}


@dataclass(frozen=True, slots=True)
class Condition:
    """A `when:`: all of its lines must hold, each line one of several signals, facts, or their negation."""

    lines: tuple[tuple[str, ...], ...] = ()

    def holds(self, context: Context) -> bool:
        """Whether it holds for the draft."""
        return all(any(self._atom(atom, context) for atom in line) for line in self.lines)

    def evidence(self, context: Context) -> Evidence | None:
        """What the first signal rests on that it asks for."""
        for line in self.lines:
            for atom in line:
                if not atom.startswith("!") and "=" not in atom and (found := self._signal(atom, context)):
                    return found
        return None

    @staticmethod
    def _signal(atom: str, context: Context) -> Evidence | None:
        name, _, origin = atom.partition(":")
        found = context.signal(name)
        return found if found is None or not origin or found.origin == origin else None

    def _atom(self, atom: str, context: Context) -> bool:
        if atom.startswith("!"):
            return not self._atom(atom[1:], context)
        if "=" in atom:
            key, _, value = atom.partition("=")
            if key == "address" and context.address is not None:
                return context.address.value == value
            return context.facts.get(key) == value
        if atom == "template":
            return context.draft.template
        if atom == "inquiry":
            return context.inquiry is not None
        if atom in _PART_ATOMS:
            return context.part_span(_PART_ATOMS[atom]) is not None
        return self._signal(atom, context) is not None


def parse_condition(node: Node, workshop: Workshop) -> Condition:
    """A condition: text or a list of texts such as `complaint`, `!notification`, `channel=chat`, `a | b`."""
    lines = []
    for line in node.items():
        atoms = tuple(atom.strip() for atom in line.string().split("|"))
        for atom in atoms:
            name = atom.removeprefix("!").partition(":")[0]
            if "=" not in atom and name not in ("template", "inquiry", *_PART_ATOMS):
                workshop.mentions_signal(name, line)
        lines.append(atoms)
    return Condition(tuple(lines))


_THANKS = frozenset({"dank", "danke", "danken", "bedanke", "bedanken", "merci"})


class Context:
    """A draft at hand, with all that checks ask about it."""

    def __init__(
        self,
        draft: Draft,
        anatomy: Anatomy,
        reading: Reading,
        inquiry: Reading | None,
        facts: Mapping[str, str],
        signal: SignalSource,
        lang: str = "de",
        pipeline: Pipeline | None = None,
        languagetool: LanguageTool | None = None,
    ) -> None:
        self.draft = draft
        self.anatomy = anatomy
        self.reading = reading
        self.inquiry = inquiry
        self.facts = facts
        self.signal = signal
        self.lang = lang
        self.pipeline = pipeline
        self.languagetool = languagetool
        self.hits: dict[str, list[Hit]] = {}
        self.prepared: dict[str, Any] = {}
        """What engines have made of the draft, by their names."""
        self._parts: dict[str, list[Stretch]] = {}
        self._tries: dict[str, tuple[int, list[tuple[int, Stretch]]]] = {}
        self._of_reading: dict[int, list[int]] = {}

    @property
    def address(self) -> Address | None:
        """The draft's form of address."""
        return self.reading.address

    def stretches(self, part: str) -> list[Stretch]:
        """The sentences of a part of the draft, or of the inquiry."""
        known = self._parts.get(part)
        if known is None:
            known = self._parts[part] = list(self._stretches(part))
        return known

    def _stretches(self, part: str) -> Iterator[Stretch]:
        if part == "inquiry":
            if self.inquiry is not None:
                yield from self.inquiry.stretches
            return
        if part == Part.TEXT:
            yield from self.reading.stretches
            return
        span = self.part_span(part)
        if span is not None:
            for stretch in self.reading.stretches:
                if span.start <= stretch.sentence.span.start and stretch.sentence.span.end <= span.end:
                    yield stretch
                elif span.overlaps(stretch.sentence.span) and part in (Part.BODY, Part.CLOSING):
                    yield stretch

    def part_span(self, part: str) -> Span | None:
        """Where a part stands, or None."""
        anatomy = self.anatomy
        if part == Part.TEXT:
            return anatomy.text
        spans = {
            Part.SUBJECT: anatomy.subject,
            Part.SALUTATION: anatomy.salutation,
            Part.BODY: anatomy.body,
            Part.CLOSING: anatomy.closing,
            Part.SIGN_OFF: anatomy.sign_off,
            Part.SIGNATURE: anatomy.signature,
            Part.HISTORY: anatomy.history,
        }
        return spans[Part(part)]

    @cached_property
    def ich(self) -> bool:
        """Whether the draft speaks as ich rather than wir."""
        return addressing.speaks_as_ich(self.reading.tokens, 0, len(self.reading.tokens)) or False

    def rewrites(
        self, entry: Entry, match: Match, span: Span, slots: Mapping[str, str] | None = None
    ) -> tuple[Rewrite, ...]:
        """The entry's rewrites for a match in the draft; `slots` are its own, if they aren't the match's."""
        slots = match.slot_texts() if slots is None else slots
        rewrites: list[Rewrite] = []
        for template in entry.templates:
            if template.otherwise and rewrites:
                continue
            rewrite = render(template, self.reading, (match.start, match.end), span, slots, ich=self.ich)
            if rewrite is not None:
                rewrites.append(rewrite)
        return tuple(rewrites)

    def plain_rewrites(self, templates: Iterable[Template], span: Span) -> tuple[Rewrite, ...]:
        """Rewrites for a range that no phrase found."""
        tokens = self.reading.tokens.range(span.start, span.end)
        rendered = (render(template, self.reading, tokens, span, {}, ich=self.ich) for template in templates)
        return tuple(rewrite for rewrite in rendered if rewrite is not None)

    def insertion(self, template: Template, place: int) -> Rewrite | None:
        """A sentence to insert at an offset of the draft's text; without a gap to fill it can be applied."""
        wording = template.wording(self.address, ich=self.ich)
        if wording is None:
            return None
        safety = min(template.safety, Safety.REVIEW)
        text = self._first_letter(wording, place)
        edits = insertion(self.draft.text, self.anatomy, place, text) if safety is not Safety.FILL else ()
        return Rewrite(text, safety, Span(place, place), Fix(edits, safety) if edits else None)

    def _first_letter(self, wording: str, place: int) -> str:
        """The words with the first letter that their place asks for: a small one after „Guten Tag, Frau Roth,“.

        What is written small opens the body (thanks). What is written with a capital becomes its first sentence only
        where the thanks stand further down; else the thanks will come before it."""
        salutation = self.anatomy.salutation
        after_comma = place == self.anatomy.body.start and (
            salutation is None or self.draft.text[: self.anatomy.body.start].rstrip().endswith(",")
        )
        if wording[:1].islower():
            return wording if after_comma else wording[0].upper() + wording[1:]
        if after_comma and salutation is not None and not wording.startswith(("Sie ", "Ihr", "Ihnen ")):
            if any(self._thanks(stretch) for stretch in self.stretches("body")):
                return wording[0].lower() + wording[1:]
        return wording

    def match_of(self, span: Span) -> Match | None:
        """A range of the draft as a match, so that guards can look around it."""
        low, high = self.reading.tokens.range(span.start, span.end)
        stretch = self.reading.stretch_at(low) if high > low else None
        return None if stretch is None else Match(stretch, low, min(high, stretch.end))

    def opening(self) -> int:
        """Where the writer's text begins."""
        return self.anatomy.salutation.start if self.anatomy.salutation else self.anatomy.body.start

    def place(self, name: str) -> int:
        """The offset where a missing part belongs; `name` is one of the places of a required check."""
        anatomy = self.anatomy
        if name == "start":
            return self.opening()
        if name == "after-salutation":
            return anatomy.body.start
        if name == "after-thanks":
            thanks = next((s for s in self.stretches("body")[:3] if self._thanks(s)), None)
            return anatomy.body.start if thanks is None else thanks.sentence.span.end
        if name == "before-closing" and anatomy.closing is not None and anatomy.closing.start > anatomy.body.start:
            return anatomy.closing.start
        if name == "end" and anatomy.sign_off is not None:
            return anatomy.sign_off.end
        return anatomy.body.end

    def _thanks(self, stretch: Stretch) -> bool:
        return any(norm in _THANKS for norm in self.reading.tokens.norms[stretch.start : stretch.end])

    def tries(self, part: str, book: PhraseBook) -> tuple[int, list[tuple[int, Stretch]]]:
        """The searched phrases worth trying in a part, and in each of its sentences that has any, as bit sets."""
        known = self._tries.get(part)
        if known is None:
            whole = 0
            sentences = []
            for stretch in self.stretches(part):
                tries = self._candidates(stretch.reading, book)[stretch.number]
                if tries:
                    whole |= tries
                    sentences.append((tries, stretch))
            known = self._tries[part] = whole, sentences
        return known

    def _candidates(self, reading: Reading, book: PhraseBook) -> list[int]:
        known = self._of_reading.get(id(reading))
        if known is None:
            known = self._of_reading[id(reading)] = book.candidates(reading)
        return known


@dataclass(slots=True)
class Guard:
    """An `unless:`: phrases that save a match when they stand in a scope around it."""

    scopes: dict[str, list[CompiledPhrase]]

    def saves(self, match: Match) -> bool:
        """Whether one of them stands where it was asked for."""
        return any(self._stands(scope, phrase, match) for scope, phrases in self.scopes.items() for phrase in phrases)

    def saving(self, match: Match) -> Iterator[CompiledPhrase]:
        """Those that stand where they were asked for."""
        for scope, phrases in self.scopes.items():
            yield from (phrase for phrase in phrases if self._stands(scope, phrase, match))

    @staticmethod
    def _stands(scope: str, phrase: CompiledPhrase, match: Match) -> bool:
        stretch = match.stretch
        stretches = stretch.reading.stretches
        if scope == "draft":
            return phrase.stands_in(stretch.reading)
        if scope in ("previous", "next"):
            number = stretch.number + (1 if scope == "next" else -1)
            return 0 <= number < len(stretches) and bool(phrase.found(stretches[number]))
        if scope == "neighbours":
            around = stretches[max(0, stretch.number - 1) : stretch.number + 2]
            return any(phrase.found(other) for other in around)
        found = phrase.found(stretch)
        if not found:
            return False
        # They are in order and apart: the first and the last one tell of all.
        if scope == "after":
            return found[-1].end > match.end and found[-1].start >= match.start
        if scope == "before":
            return found[0].start < match.start
        return scope == "sentence" or not phrase.clauses(stretch).isdisjoint(match.clause_numbers)


@dataclass(slots=True)
class Entry:
    """A phrase of a check with all that may stand beside it."""

    phrase: CompiledPhrase
    number: int
    line: int
    path: str = ""
    excepts: list[CompiledPhrase] = field(default_factory=list)
    guard: Guard | None = None
    condition: Condition | None = None
    questions: bool = True
    templates: tuple[Template, ...] = ()
    severity: Severity | None = None
    message: Text | None = None
    why: Text | None = None
    weight: float = 1.0
    extent: str = "match"

    def partners(self) -> Iterator[CompiledPhrase]:
        """The phrases that are looked for around its matches."""
        yield from self.excepts
        if self.guard is not None:
            for phrases in self.guard.scopes.values():
                yield from phrases

    def saving(self, match: Match) -> Iterator[CompiledPhrase]:
        """The exceptions that drop a match."""
        yield from (phrase for phrase in self.excepts if phrase.overlaps(match))
        if self.guard is not None:
            yield from self.guard.saving(match)

    def find(self, stretch: Stretch, context: Context | None = None) -> Iterator[Match]:
        """Its matches in a sentence that no exception drops."""
        if not self.questions and stretch.question:
            return
        found = False
        for match in self.phrase.find(stretch):
            if not found:
                if self.condition is not None and context is not None and not self.condition.holds(context):
                    return
                found = True
            if any(phrase.overlaps(match) for phrase in self.excepts):
                continue
            if self.guard is not None and self.guard.saves(match):
                continue
            yield match


class Entries:
    """The phrases of a check, by the number that the search names them by: one after the other from `first` on. Each is
    made by `make` when it is first asked for."""

    def __init__(self, first: int = 0, makers: Iterable[Callable[[], Entry]] = ()) -> None:
        self.first = first
        self._makers = list(makers)
        self._made: dict[int, Entry] = {}
        self.mask = (1 << len(self._makers)) - 1 << first
        """All their numbers as a bit set."""

    def __len__(self) -> int:
        return len(self._makers)

    def __iter__(self) -> Iterator[Entry]:
        return map(self.entry, range(self.first, self.first + len(self._makers)))

    def __contains__(self, entry: Entry) -> bool:
        return self.first <= entry.number < self.first + len(self._makers)

    def entry(self, number: int) -> Entry:
        """The entry of that number."""
        entry = self._made.get(number)
        if entry is None:
            entry = self._made[number] = self._makers[number - self.first]()
        return entry

    def __add__(self, following: Entries) -> Entries:
        if not self._makers:
            return following
        return Entries(self.first, self._makers + following._makers)


MARK = "mark"


def marked(match: Match, extent: str) -> Span:
    """The range that a finding on the match quotes: the slot `{mark: …}` where there is one, else the extent."""
    reading = match.stretch.reading
    for name, start, end in match.slots:
        if name == MARK and end > start:
            return reading.span(start, end)
    start, end = match.start, match.end
    if extent == "sentence":
        start, end = match.stretch.start, match.stretch.end
    elif extent == "clause":
        numbers = match.clause_numbers
        clauses = match.stretch.clauses
        start = min([start, *(clauses[number].start for number in numbers)])
        end = max([end, *(clauses[number].end for number in numbers)])
        start, end = trimmed(reading, start, end)
    return reading.span(start, end)


class Workshop:
    """What checks are built with: one phrase book for all, and what still has to be checked when all is loaded."""

    def __init__(self, book: PhraseBook, forms: dict[str, list[str]] | None = None) -> None:
        self.book = book
        self.forms = {} if forms is None else forms
        """The forms of the lemmas asked for, to be kept for later runs."""
        self.signal_mentions: list[tuple[str, Node]] = []
        self.check_mentions: list[tuple[str, Node]] = []
        self.places: dict[str, tuple[str, int]] = {}

    @property
    def trusted(self) -> bool:
        """Whether all was checked in an earlier run, so that nothing has to be tried now."""
        return self.book.trusted

    def mentions_signal(self, name: str, node: Node) -> None:
        """Remember that a file refers to a signal."""
        self.signal_mentions.append((name, node))

    def mentions_check(self, name: str, node: Node) -> None:
        """Remember that a file refers to another check."""
        self.check_mentions.append((name, node))

    def phrase(self, node: Node) -> CompiledPhrase | None:
        """The phrase that a node writes; None (and an error noted) where it can't be read."""
        text = node.string()
        if not text:
            return None
        self.places.setdefault(text, (node.path, node.line))
        try:
            return self.book.compile(text)
        except UnknownListError as error:
            node.error(f"{error}{did_you_mean(error.name, self.book.lists)}", error.offset)
        except PhraseError as error:
            node.error(str(error), error.offset)
        return None

    def phrase_part(self, node: Node) -> None:
        """Note an error where a word list's entry can't be read; it may be what no phrase could be alone (a gap)."""
        text = node.string()
        if not isinstance(node.value, str):
            return
        try:
            self.book.check_part(text)
        except UnknownListError as error:
            node.error(f"{error}{did_you_mean(error.name, self.book.lists)}", error.offset)
        except PhraseError as error:
            node.error(str(error), error.offset)

    def phrases(self, node: Node) -> list[CompiledPhrase]:
        """The phrases of a list."""
        return [phrase for item in node.items() if (phrase := self.phrase(item)) is not None]

    def guard(self, node: Node) -> Guard:
        """An `unless:` mapping."""
        return Guard({scope: self.phrases(value) for scope, value in node.mapping(SCOPES).items()})

    def forms_of(self, lemma: str) -> list[str]:
        """The norms of all forms of a lemma, in order."""
        known = self.forms.get(lemma)
        if known is None:
            from replylint.german.spacy import lemma_forms

            known = self.forms[lemma] = list(lemma_forms(lemma))
        return known

    def entry_beside(self, find: Node, number: int, fields: Mapping[str, Node], defaults: Entry) -> Entry:
        """The entry of what is no phrase: it has all that may stand beside one, and `find` as its text."""
        return self._entry(CompiledPhrase(find.flat(), self.book, ready=True), find, number, fields, defaults)

    ENTRY_KEYS = (
        "find", "rewrite", "message", "why", "severity", "except", "unless", "when", "questions", "weight", "extent",
    )  # fmt: skip

    def entries(self, node: Node, defaults: Entry | None = None) -> Entries:
        """A list of phrases: each a text, or `find:` (one or several texts) with what belongs to it."""
        first = len(self.book)
        makers: list[Callable[[], Entry]] = []
        for item in node.items():
            if self.trusted:
                plain = item.plain()
                find = plain["find"] if isinstance(plain, dict) else plain
                for place in range(len(find) if isinstance(find, list) else 1):
                    makers.append(functools.partial(self._kept_entry, item, place, self.book.reserve(), defaults))
                continue
            fields = self._entry_fields(item)
            for find in fields["find"].items() if "find" in fields else ():
                phrase = self.phrase(find)
                if phrase is not None:
                    number = self.book.search_for(phrase)
                    entry = self._entry(phrase, find, number, fields, defaults)
                    makers.append(functools.partial(_itself, entry))
        return Entries(first, makers)

    def _entry_fields(self, item: Node) -> Mapping[str, Node]:
        return item.mapping(self.ENTRY_KEYS, ("find",)) if isinstance(item.value, dict) else {"find": item}

    def _kept_entry(self, item: Node, place: int, number: int, defaults: Entry | None) -> Entry:
        fields = self._entry_fields(item)
        find = list(fields["find"].items())[place]
        return self._entry(self.book.compile(find.string()), find, number, fields, defaults)

    def _entry(
        self, phrase: CompiledPhrase, find: Node, number: int, fields: Mapping[str, Node], defaults: Entry | None
    ) -> Entry:
        entry = Entry(phrase, number, find.line, find.path)
        if defaults is not None:
            entry.excepts = list(defaults.excepts)
            entry.guard = defaults.guard
            entry.questions = defaults.questions
            entry.extent = defaults.extent
            entry.templates = defaults.templates
        if "except" in fields:
            entry.excepts = entry.excepts + self.phrases(fields["except"])
        if "unless" in fields:
            guard = self.guard(fields["unless"])
            if entry.guard is not None:
                for scope, phrases in entry.guard.scopes.items():
                    guard.scopes.setdefault(scope, []).extend(phrases)
            entry.guard = guard
        if "when" in fields:
            entry.condition = parse_condition(fields["when"], self)
        if "questions" in fields:
            entry.questions = fields["questions"].boolean()
        if "rewrite" in fields:
            entry.templates = parse_rewrites(fields["rewrite"])
        if "severity" in fields:
            entry.severity = parse_severity(fields["severity"])
        if "message" in fields:
            entry.message = parse_text(fields["message"])
        if "why" in fields:
            entry.why = parse_text(fields["why"])
        if "weight" in fields:
            entry.weight = fields["weight"].number()
        if "extent" in fields:
            entry.extent = fields["extent"].choice(("match", "clause", "sentence"))
        return entry

    def defaults(self, fields: Mapping[str, Node]) -> Entry:
        """The check-wide `except`, `unless`, `questions`, `extent` and `rewrite`, as an entry to copy from."""
        entry = Entry(_NEVER, -1, 0)
        if "except" in fields:
            entry.excepts = self.phrases(fields["except"])
        if "unless" in fields:
            entry.guard = self.guard(fields["unless"])
        if "questions" in fields:
            entry.questions = fields["questions"].boolean()
        if "extent" in fields:
            entry.extent = fields["extent"].choice(("match", "clause", "sentence"))
        if "rewrite" in fields:
            entry.templates = parse_rewrites(fields["rewrite"])
        return entry


def _itself(entry: Entry) -> Entry:
    return entry


_NEVER = CompiledPhrase("", PhraseBook(), ready=True)


def parse_severity(node: Node) -> Severity:
    """A severity by name."""
    return Severity.parse(node.choice([str(severity) for severity in reversed(Severity)]))


def parse_parts(node: Node | None, default: Sequence[str]) -> tuple[str, ...]:
    """The parts that a check looks at (`in:`)."""
    return tuple(default) if node is None else tuple(item.choice(PARTS) for item in node.items())


def find_all(
    entries: Entries, context: Context, parts: Iterable[str], book: PhraseBook
) -> Iterator[tuple[Entry, Match]]:
    """All matches of the entries in those parts, sentence by sentence, in the order of the entries."""
    mask = entries.mask
    for part in parts:
        whole, sentences = context.tries(part, book)
        if not whole & mask:
            continue
        for tries, stretch in sentences:
            for bit in bits_of(tries & mask):
                entry = entries.entry(bit.bit_length() - 1)
                for match in entry.find(stretch, context):
                    yield entry, match
