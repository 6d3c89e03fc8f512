"""`kind: name`: whom the reply speaks to, against what is known of the customer.

What is known comes from several sources, each one function: the fact `customer`, the inquiry's signature, a name stated
in it, the header above it. A reply that calls somebody as anything of this does, or whose name stands anywhere in the
inquiry, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from replylint.checks.base import Context, Entry, Hit, Text, Workshop, parse_text
from replylint.draft import Anatomy
from replylint.expressions import expression
from replylint.findings import Fix, Rewrite, Safety
from replylint.german import history, names, placeholders
from replylint.german.anatomy import dissect
from replylint.german.lines import UPPER, words
from replylint.german.names import FAMILY, FRAU, HERR, Addressee, FirstNames, Name
from replylint.german.phrases import CompiledPhrase
from replylint.german.tokens import Kind
from replylint.rulefile import Node
from replylint.source import Edit, Span

KEYS = ("women", "men", "either", "short-forms", "proxies", "wrong-title", "wrong-person")

_MAIL = expression(r"[\w.+\-]{1,64}@[\w.\-]{1,255}")
_STATED = expression(
    rf"""(?i:\b(?:mein\s+name\s+ist|ich\s+hei(?:ß|ss)e|hier\s+(?:ist|spricht|schreibt)|(?P<bin>ich\s+bin)))\s+
    (?P<who>(?:(?:Frau|Herr|Dr\.|Prof\.|Mag\.|von|van|der|de|zu)\s+)*[{UPPER}][\w'’\-]*
      (?:[ ](?:(?:von|van|der|de|zu)\s+)*[{UPPER}][\w'’\-]+){{0,2}})""",
    re.VERBOSE,
)
_ENDING = expression(
    rf"""(?:[.!?…)\n]|\b[Dd]anke?\b,?)\s*(?P<who>(?:(?:Dr|Prof|Mag|Ing|[{UPPER}])\.\s?)*[{UPPER}][\w'’\-]+
      (?:[ ](?:(?:von|van|der|de|zu)\s+)*[{UPPER}][\w'’\-]+){{0,2}})[\s.!]*\Z""",
    re.VERBOSE,
)
_TITLED = expression(
    rf"\b(Frau|Fr\.|Herrn?|Hr\.)\s+(?:(?:Dr\.|Prof\.|Mag\.)\s+)*(?:(?:von|van|der|de|zu)\s+)*([{UPPER}][\w'’\-]*)"
)
_DEPUTY = expression(
    r"\b(?:i\.\s?[av]\.|ppa\b|p\.\s?p\.|im\s+auftrag|in\s+vertretung|i\.\s?[av]\b|assisten\w+|sekret\w+|b(?:ü|ue)ro\b"
    r"|vorzimmer|betreuer\w*|bevollm\w+)",
    re.IGNORECASE,
)
# Whoever signs so is one of us: the newest message in the history is an earlier mail of the house.
_HOUSE = expression(
    r"\bkunden(?:service|dienst|betreuung|beratung)\b|\bsupport\b|\bservice-?(?:team|center)\b|\bcustomer\b",
    re.IGNORECASE,
)
_FORWARDED = expression(
    r"weitergeleitete|forwarded\s+message|(?m:^\W*(?:betreff|subject)\s*:\s*(?:wg|fwd?)\s*:)", re.IGNORECASE
)
_FORWARDING = expression(r"\s*(?:wg|fwd?)\s*:", re.IGNORECASE)
_ASIDE = words("sie ihnen dank danke dir dich bitte ja nein gern gerne")  # what may stand before a vocative at the end
_SELF = words("ich mich mir wir uns")
_CLOSES = (".", "!", "?", "")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the customer wrote, and who is behind it as far as the texts say: the inquiry's text and anatomy, the
    header's sender."""

    text: str
    anatomy: Anatomy
    sender: str

    @property
    def signed(self) -> str:
        """The name lines of its sign-off."""
        span = self.anatomy.sign_off_name
        return self.text[span.start : span.end] if span is not None else ""

    @property
    def below(self) -> str:
        """Signature and all that stands below the sign-off's formula."""
        span = self.anatomy.signature
        return self.signed + ("\n" + self.text[span.start : span.end] if span is not None else "")


Source = Callable[[Context, Inquiry, FirstNames], Iterator[Name]]


def _given(context: Context, inquiry: Inquiry, first: FirstNames) -> Iterator[Name]:
    for part in context.facts.get("customer", "").split(";"):
        yield from names.people(part, first)


def _signed(context: Context, inquiry: Inquiry, first: FirstNames) -> Iterator[Name]:
    for line in inquiry.signed.splitlines():
        if found := names.people(line, first):
            yield from found
            return


def _ending(context: Context, inquiry: Inquiry, first: FirstNames) -> Iterator[Name]:
    match = _ENDING.search(inquiry.text, max(0, len(inquiry.text) - 120))
    if match is not None:  # „… möglichst bald. H. Brinkmann“, „Danke, Teresa Wieczorek“
        yield from (name for name in names.people(match["who"], first) if name.sure and name.family)


def _stated(context: Context, inquiry: Inquiry, first: FirstNames) -> Iterator[Name]:
    for match in _STATED.finditer(inquiry.text):
        yield from (name for name in names.people(match["who"], first) if name.sure or not match["bin"])


def _sent(context: Context, inquiry: Inquiry, first: FirstNames) -> Iterator[Name]:
    yield from names.people(inquiry.sender, first)


SOURCES: tuple[Source, ...] = (_given, _signed, _ending, _stated, _sent)
"""Where the customer's name may be known from."""


class _Known:
    """What is known of the customer of one draft."""

    def __init__(self, context: Context, check: NameCheck) -> None:
        self.context = context
        self.first = check.first
        self.proxies = check.proxies
        text = context.draft.text
        self.quoted = "\n".join(text[span.start : span.end] for span in context.anatomy.quoted)
        wrote = context.inquiry.text if context.inquiry is not None else ""
        sender = history.sender(wrote) or (history.sender(self.quoted) if self.quoted else None)
        self.inquiry = Inquiry(wrote, dissect(wrote, placeholders.find(wrote)), sender or "")
        anatomy = context.anatomy
        own = [text[span.start : span.end] for span in (anatomy.sign_off, anatomy.signature) if span is not None]
        self.ours = names.keys(" ".join(own))
        found = [name for source in SOURCES for name in source(context, self.inquiry, self.first)]
        self.names = [name for name in found if not all(names.key(word) in self.ours for word in name.words)]

    @cached_property
    def _texts(self) -> str:
        context, text = self.context, self.inquiry.text
        greeted = self.inquiry.anatomy.salutation
        if greeted is not None and names.keys(text[greeted.start : greeted.end]) & self.ours:
            text = text[: greeted.start] + text[greeted.end :]  # it greets whoever answers now
        return "\n".join((text, self.quoted, context.draft.subject or "", *context.facts.values()))

    @cached_property
    def pool(self) -> set[str]:
        """The keys of all words of the inquiry, its header and the given facts, mail addresses left out."""
        return names.keys(_MAIL.sub(" ", self._texts))

    @cached_property
    def mails(self) -> str:
        """All mail addresses there."""
        return " ".join(_MAIL.findall(self._texts)).lower()

    @cached_property
    def titled(self) -> set[tuple[str, str]]:
        """Who is called Frau or Herr there: title and the key of the name."""
        return {
            (HERR if match[1][0] == "H" else FRAU, part)
            for match in _TITLED.finditer(self._texts)
            for part in names.keys(match[2])
        }

    @cached_property
    def alone(self) -> bool:
        """Whether whoever wrote speaks for himself, as far as the inquiry shows."""
        if _DEPUTY.search(self.inquiry.below) or _HOUSE.search(f"{self.inquiry.below}\n{self.inquiry.sender}"):
            return False
        reading = self.context.inquiry
        return reading is None or not any(phrase.stands_in(reading) for phrase in self.proxies)

    def has(self, word: str) -> bool:
        """Whether a name stands there as it is, or in a form that the same person may go by."""
        whole = names.key(word)
        if whole in self.pool or whole.replace("-", "") in self.pool:
            return True
        return any(self.first.related(word, given) for name in self.names for given in name.given)

    def resembles(self, word: str) -> bool:
        """Whether a name, or a part of it, stands there in this or a similar spelling."""
        if self.has(word) or not self.pool.isdisjoint(names.keys(word)):
            return True
        return any(names.near(word, each) for name in self.names for each in name.words)

    def mailed(self, word: str) -> bool:
        """Whether a name is part of a mail address there; that has no umlauts and so shows no spelling."""
        forms = {form for form in (names.key(word), names.plain(word)) if len(form) > 3}
        return any(form in self.mails for form in forms)

    def meant(self, word: str, candidates: Iterable[str]) -> str | None:
        """The name that a word misspells, or None."""
        umlauts = any(char in "äöüß" for char in self.inquiry.text.lower())
        for candidate in candidates:
            if not names.near(word, candidate):
                continue
            same_letters = names.plain(word) == names.plain(candidate)
            if same_letters and not umlauts and not any(char in "äöü" for char in candidate.lower()):
                continue  # „Ozdemir“, on a keyboard without umlauts
            if self.mailed(word) and not same_letters:
                continue
            return candidate
        return None


@dataclass(frozen=True, slots=True)
class _Vocative:
    """Somebody whom the reply speaks to, and how surely he is no third person: `greeted` in the salutation, `closing`
    at the end of a sentence that speaks to the customer."""

    who: Addressee
    greeted: bool
    closing: bool


@dataclass(slots=True)
class NameCheck:
    """The customer's name misspelt, the wrong title, somebody else's name. `proxies` are phrases of an inquiry that
    somebody writes for another; `wrong_title` and `wrong_person` are message and reason where the rule's own, which
    are for misspelt names, don't fit."""

    first: FirstNames
    proxies: list[CompiledPhrase]
    wrong_title: tuple[Text, Text] | None
    wrong_person: tuple[Text, Text] | None
    entries: list[Entry] = field(default_factory=list)

    def run(self, context: Context) -> list[Hit]:
        """The wrong names and titles, in text order."""
        if context.inquiry is None and "customer" not in context.facts:
            return []
        spoken = list(_vocatives(context))
        if not spoken or _FORWARDING.match(context.draft.subject or ""):
            return []
        known = _Known(context, self)
        if not known.names or _FORWARDED.search(known.quoted[:1000]):
            return []
        hits = [hit for each in spoken for hit in self._hits(known, each, spoken)]
        return sorted(hits, key=lambda hit: hit.span)

    def _hits(self, known: _Known, spoken: _Vocative, all_spoken: Sequence[_Vocative]) -> Iterator[Hit]:
        who = spoken.who
        misspelt = list(self._misspelt(known, who))
        yield from misspelt
        greeted = [each for each in all_spoken if each.greeted]
        again = any(each.who.called == who.called for each in greeted)
        if not (spoken.greeted or spoken.closing or again) or not known.alone:
            return
        if (spoken.greeted or again) and len(greeted) > 1:
            return  # a couple, or somebody else on copy
        if not misspelt and not any(known.resembles(word) for word, _ in who.words):
            yield from self._stranger(known, spoken)
        else:
            yield from self._mistitled(known, who)

    def _misspelt(self, known: _Known, who: Addressee) -> Iterator[Hit]:
        if all(known.has(word) for word, _ in who.words):
            return
        for number, (word, span) in enumerate(who.words):
            if known.has(word):
                continue
            last = number == len(who.words) - 1
            fitting = [each for name in known.names for each in (name.family if who.title and last else name.words)]
            fitting += [part for each in fitting if "-" in each for part in each.split("-")]
            right = known.meant(word, fitting)
            if right is None or (not who.title and names.key(word) == names.key(right) + "s"):  # „Liebe Lindners“
                continue
            name = next(name for name in known.names if any(right in each for each in name.words))
            right = names.written(right)
            yield Hit(
                span, slots={"name": right, "customer": name.text}, rewrites=(_rewrite(right, Edit(span, right)),)
            )

    def _mistitled(self, known: _Known, who: Addressee) -> Iterator[Hit]:
        if who.title not in (FRAU, HERR) or who.titled is None or self.wrong_title is None:
            return
        called = {part for word, _ in who.words for part in names.keys(word)}
        same = [
            name
            for name in known.names
            if not called.isdisjoint(names.surnames([name]))
            or any(names.near(word, each) for word, _ in who.words for each in name.family)
        ]
        titles = {title for name in same if (title := self._title(name))}
        said = any((who.title, part) in known.titled for name in same for part in names.surnames([name]))
        if len(titles) != 1 or said or (title := titles.pop()) == who.title:
            return
        name = next(name for name in same if self._title(name))
        edits = (*_dear(who, title), Edit(who.titled, title))
        message, why = self.wrong_title
        yield Hit(
            who.titled,
            slots={"name": title, "customer": name.text},
            rewrites=(_rewrite_of(known.context.draft.text, edits),),
            message=message,
            why=why,
        )

    def _stranger(self, known: _Known, spoken: _Vocative) -> Iterator[Hit]:
        who = spoken.who
        if self.wrong_person is None or any(known.mailed(word) for word, _ in who.words):
            return
        customer = self._opposite(known, who)
        if customer is None:
            return
        title = self._title(customer)
        message, why = self.wrong_person
        changes = who.title in (FRAU, HERR) and who.title != title
        yield Hit(
            who.span if changes or not who.title else who.named,
            slots={"name": customer.surname or customer.given[0], "customer": customer.text},
            rewrites=self._instead(known.context, spoken, customer, title),
            message=message,
            why=why,
        )

    def _opposite(self, known: _Known, who: Addressee) -> Name | None:
        """The customer whom the reply should have spoken to; None where it may be the same person after all."""
        if not all(name.sure for name in known.names):
            return None
        if who.title or len(who.words) > 1:
            whole = [name for name in known.names if name.family]
            return whole[0] if len(whole) == len(known.names) and (who.title or who.words[0][0] in self.first) else None
        word = who.words[0][0]
        whole = [name for name in known.names if name.given]
        if word not in self.first or len(whole) != len(known.names):
            return None
        return None if not all(any(given in self.first for given in name.given) for name in whole) else whole[0]

    def _title(self, name: Name) -> str:
        """„Frau“ or „Herr“ where it is sure, „Familie“, else ""."""
        if name.title or not name.given:
            return name.title
        title = self.first.title(name.given[0])
        turned = self.first.title(name.family[-1]) if name.family else ""
        # „Helga Moritz“ is a woman; of „Moritz Helga“ either may be the first name.
        return "" if (title, turned) == (HERR, FRAU) else title

    def _instead(self, context: Context, spoken: _Vocative, customer: Name, title: str) -> tuple[Rewrite, ...]:
        who, text = spoken.who, context.draft.text
        given, surname = names.written(" ".join(customer.given)), names.written(customer.surname)
        if not who.title:
            right = given if len(who.words) == 1 or not surname else f"{given} {surname}"
            return (_rewrite(right, Edit(who.named, right)),)
        if who.title == FAMILY or who.title == title:
            return (_rewrite(surname, Edit(who.named, surname)),)
        if title in (FRAU, HERR):
            return (_rewrite_of(text, (*_dear(who, title), Edit(who.span, f"{title} {surname}"))),)
        salutation = context.anatomy.salutation
        if not spoken.greeted or salutation is None or not customer.given:
            return ()
        span = Span(salutation.start, who.span.end)
        greeting = f"Guten Tag {given} {surname}"
        return (_rewrite(greeting, Edit(span, greeting)),)


def _dear(who: Addressee, title: str) -> tuple[Edit, ...]:
    """The edit that makes the adjective before a title agree with another one."""
    if who.dear is None or title == FAMILY or title == who.title:
        return ()
    if title == HERR:
        return (Edit(Span(who.dear.end, who.dear.end), "r"),)
    return (Edit(Span(who.dear.end - 1, who.dear.end), ""),)


def _rewrite(text: str, edit: Edit) -> Rewrite:
    return Rewrite(text, Safety.REVIEW, edit.span, Fix((edit,), Safety.REVIEW))


def _rewrite_of(text: str, edits: tuple[Edit, ...]) -> Rewrite:
    """A rewrite of all from the word that the first edit changes to the last edit."""
    start = text.rfind(" ", 0, edits[0].span.start) + 1 if len(edits) > 1 else edits[0].span.start
    at, pieces = start, []
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return Rewrite("".join(pieces), Safety.REVIEW, Span(start, at), Fix(edits, Safety.REVIEW))


def _vocatives(context: Context) -> Iterator[_Vocative]:
    """Whom the reply speaks to, in text order; nobody named with a placeholder or within a quote."""
    text, anatomy = context.draft.text, context.anatomy
    kinds = context.reading.tokens.kinds

    def written(who: Addressee) -> bool:
        low, high = context.reading.tokens.range(who.span.start, who.span.end)
        return not any(kind is Kind.PLACEHOLDER or kind is Kind.QUOTE for kind in kinds[low:high])

    greeted = anatomy.salutation
    if greeted is not None:
        for who in names.addressees(text, greeted.start, greeted.end):
            if written(who):
                yield _Vocative(who, True, False)
    body = anatomy.body
    if "Frau" not in text and "Herr" not in text:
        return
    for match in names.VOCATIVE.finditer(text, body.start, body.end):
        span = Span(*match.span("who"))
        before = (match["word"] or "").lower()
        if any(span.overlaps(other) for other in (greeted, *anatomy.quoted) if other is not None):
            continue
        if before in _SELF or (match["word"] and match["word"][0].isupper() and before not in _ASIDE):
            continue  # „unsere Kollegin, Frau Berger“
        closing = before in _ASIDE and match["after"].strip() in _CLOSES
        for who in names.addressees(text, span.start, span.end):
            if written(who):
                yield _Vocative(who, False, closing)


def parse(fields: Mapping[str, Node], workshop: Workshop) -> NameCheck:
    """The check that a rule file's fields describe."""
    women, men, either = (fields[key].strings() if key in fields else () for key in ("women", "men", "either"))
    short = fields["short-forms"].strings() if "short-forms" in fields else ()
    proxies = workshop.phrases(fields["proxies"]) if "proxies" in fields else []
    return NameCheck(
        FirstNames(women, men, either, short),
        proxies,
        _texts(fields.get("wrong-title")),
        _texts(fields.get("wrong-person")),
    )


def _texts(node: Node | None) -> tuple[Text, Text] | None:
    if node is None:
        return None
    found = node.mapping(("message", "why"), ("message", "why"))
    return (parse_text(found["message"]), parse_text(found["why"])) if len(found) == 2 else None
