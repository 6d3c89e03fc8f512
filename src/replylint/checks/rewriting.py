"""Rewrites: what a rule proposes, made to fit the draft's address, person, and the place in the sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from replylint.draft import Address
from replylint.expressions import expression
from replylint.findings import Fix, Rewrite, Safety
from replylint.german import address as addressing
from replylint.german import clauses
from replylint.german.calm import calm
from replylint.german.phrases import trimmed
from replylint.german.reading import Reading
from replylint.german.tokens import Case, Kind, normalise
from replylint.rulefile import Node, did_you_mean
from replylint.source import Edit, Span

FORMS = ("sie", "du", "ihr")
EXTENTS = ("match", "clause", "sentence")
FILTERS = (
    "capital", "lower", "calm", "accusative", "of-genitive", "feminine", "neuter", "infinitive", "present", "particle",
)  # fmt: skip
"""The forms in which a wording may take a slot; those after „calm“ are `recasting.RECAST`."""
_CHOICE = expression(
    r"\{(?:wir:(?P<wir>[^|{}]*)\|ich:(?P<ich>[^|{}]*)"
    r"|sie:(?P<sie>[^|{}]*)\|du:(?P<du>[^|{}]*)(?:\|ihr:(?P<ihr>[^|{}]*))?)\}"
)
_SLOT = expression(r"\{(\w+)(?::([a-z-]+))?\}")
_SPACES = expression(r" +(?=[.,;:!?]|$)|^ +| (?= )")
_COMMA = expression(r",\s*(\w)")
_GAP = expression(r"\[[^\]]*\]")
_NEW_SENTENCE = expression(r"\{match\} [A-ZÄÖÜ].*\.$")
_SENTENCE_END = (".", "?", "!")
# Words that begin a rewrite and stay lower-case inside a sentence; a noun or „Sie“ keeps its capital.
_KEEPS_CAPITAL = frozenset("Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres".split())


def as_shown(text: str) -> tuple[str, ...]:
    """A wording as a rule writes it, and as people read it: with wir and Sie, with ich and du."""
    first = _CHOICE.sub(lambda match: match["wir"] if match["wir"] is not None else match["sie"], text)
    second = _CHOICE.sub(lambda match: match["ich"] if match["ich"] is not None else match["du"], text)
    return tuple(dict.fromkeys((text, first, second)))


@dataclass(frozen=True, slots=True)
class Template:
    """A proposed wording: by form of address, with `{slot}`, `{wir:…|ich:…}` and `{sie:…|du:…|ihr:…}` to fill.

    `replaces` is what it stands for: the match, its clauses, or the whole sentence. One with `otherwise` is proposed
    only where none before it could be made."""

    forms: Mapping[str, str] = field(default_factory=dict)
    safety: Safety = Safety.REVIEW
    replaces: str = "match"
    otherwise: bool = False

    def wording(self, address: Address | None, *, ich: bool) -> str | None:
        """The wording for an address (Sie where the draft shows none), in ich or wir; None where it has none."""
        form = (address or Address.SIE).value
        text = self.forms.get(form)
        if text is None:
            text = self.forms.get("any")
        if text is None:
            return None
        familiar = address in (Address.DU, Address.IHR)

        def choose(match: re.Match[str]) -> str:
            if match["wir"] is not None:
                return str(match["ich"] if ich else match["wir"])
            if address is Address.IHR and match["ihr"] is not None:
                return str(match["ihr"])
            return str(match["du"] if familiar else match["sie"])

        return _CHOICE.sub(choose, text)

    @property
    def texts(self) -> tuple[str, ...]:
        """All wordings as the rule writes them."""
        return tuple(self.forms.values())


def parse_rewrites(node: Node) -> tuple[Template, ...]:
    """The ranked rewrites of a rule: each a text, or `sie:`, `du:`, `ihr:` or `text:` and `safety:`, `replaces:`."""
    templates = []
    for item in node.items():
        if isinstance(item.value, dict):
            fields = item.mapping((*FORMS, "text", "safety", "replaces", "otherwise"))
            forms = {form: fields[form].string() for form in FORMS if form in fields}
            if "text" in fields:
                forms["any"] = fields["text"].string()
            if not forms:
                item.error("a rewrite needs text:, or sie: and du:")
                continue
            if "text" not in fields and "sie" in forms and "du" not in forms:
                item.error("this rewrite has no du: form")
            if "text" not in fields and "du" in forms and "sie" not in forms:
                item.error("this rewrite has no sie: form")
            safety = fields["safety"].choice(("safe", "review", "fill")) if "safety" in fields else ""
            replaces = fields["replaces"].choice(EXTENTS) if "replaces" in fields else "match"
            otherwise = fields["otherwise"].boolean() if "otherwise" in fields else False
        else:
            forms, safety, replaces, otherwise = {"any": item.string()}, "", "match", False
        for text in forms.values():
            for slot in _SLOT.finditer(text):
                if slot[2] is not None and slot[2] not in FILTERS:
                    item.error(f"unknown form “{slot[2]}”{did_you_mean(slot[2], FILTERS)}", slot.start(2))
        gap = any(_GAP.search(text) for text in forms.values())
        if gap and safety in ("safe", "review"):
            item.error(f"a rewrite with a gap [ ] can't be {safety}: only the writer can fill it")
        level = Safety.FILL if gap else Safety.parse(safety or "review")
        templates.append(Template(forms, level, replaces, otherwise))
    return tuple(templates)


def render(
    template: Template,
    reading: Reading,
    tokens: tuple[int, int],
    span: Span,
    slots: Mapping[str, str],
    *,
    ich: bool,
) -> Rewrite | None:
    """The rewrite for a match: `tokens` is its token range, `span` the range of the text that the finding quotes.

    Returns None where the template has no wording for the draft's address, or asks for a form that isn't known for
    sure."""
    near = addressing.speaks_as_ich(reading.tokens, *tokens)
    wording = template.wording(reading.address, ich=ich if near is None else near)
    if wording is None:
        return None
    target = _target(template, reading, tokens, span)
    given = {**slots, "match": _whole(reading.text[span.start : span.end], wording)}
    if "{stop}" in wording:
        given["stop"] = "." if _closes(reading, target) else ""
    text = _fill(wording, given, reading, ich=ich if near is None else near)
    if text is None:
        return None
    text, target = _fitted(text, reading, target)
    fix = None
    if template.safety is not Safety.FILL:
        fix = Fix((Edit(target, text),), template.safety)
    return Rewrite(text, template.safety, target, fix)


def _whole(words: str, wording: str) -> str:
    """The words quoted; with a full stop where they have no mark and the wording goes on with a new sentence."""
    goes_on = _NEW_SENTENCE.match(wording)
    return f"{words}." if goes_on and words[-1:].isalnum() else words


_NEAR = 200  # so many characters or tokens are looked at around a match


def _closes(reading: Reading, target: Span) -> bool:
    """Whether the words end a sentence with a verb that has no other mark at its end."""
    text = reading.text
    before = text[max(0, target.start - _NEAR) : target.start].rstrip()
    after = text[target.end : target.end + _NEAR].lstrip(" \t")
    if not before or not (before[-1].isalnum() or before[-1] in '%€)“”"’'):
        return False
    if after and not (after[0] in "\r\n" or after[0].isupper() or not (after[0].isalnum() or after[0] in ".,;:!?…–-)")):
        return False
    low, high = reading.tokens.range(0, target.start)
    stretch = reading.stretch_at(high - 1) if high > low else None
    if stretch is None:
        return False
    tokens = reading.tokens
    return any(
        tokens.cases[index] in (Case.LOWER, Case.INITIAL)
        and tokens.norms[index] not in ("gruss", "gruesse")
        and clauses.is_finite(tokens.norms[index])
        for index in range(max(stretch.start, high - _NEAR), high)
    )


def _fill(wording: str, slots: Mapping[str, str], reading: Reading, *, ich: bool) -> str | None:
    """The wording with its slots filled; None where one can't be had in the form that it asks for."""
    missing = empty = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing, empty
        text = " ".join(slots.get(match[1], match[0]).split())
        how = match[2]
        if how == "capital":
            text = text[:1].upper() + text[1:]
        elif how == "lower":
            text = text[:1].lower() + text[1:]
        elif how == "calm":
            text = calm(text, reading.text, polite=reading.address in (None, Address.SIE))
        elif how is not None:
            from replylint.german.recasting import RECAST  # few rules ask for it

            recast = RECAST[how](text, ich)
            missing = missing or recast is None
            text = recast or ""
        empty = empty or not text
        return text

    filled = _SLOT.sub(value, wording)
    if missing:
        return None
    return _SPACES.sub("", filled) if empty else filled


def _target(template: Template, reading: Reading, tokens: tuple[int, int], span: Span) -> Span:
    stretch = reading.stretch_at(tokens[0])
    if stretch is None or template.replaces == "match":
        return span
    if template.replaces == "sentence":
        return stretch.sentence.span
    numbers = stretch.clause_numbers(*tokens)
    low = min(stretch.clauses[number].start for number in numbers)
    high = max(stretch.clauses[number].end for number in numbers)
    return reading.span(*trimmed(reading, low, high))


def _fitted(text: str, reading: Reading, target: Span) -> tuple[str, Span]:
    """The wording in its place: one mark at the end, a capital only where the words had one, no double space."""
    source = reading.text
    if text[:1] in (".", ",", ";", ":", "?", "!"):
        # A mark clings to the word before it.
        start = target.start
        while start > 0 and source[start - 1] in " \t":
            start -= 1
        target = Span(start, target.end)
    if text.endswith(_SENTENCE_END):
        after = source[target.end : target.end + 1]
        if after in _SENTENCE_END and after:
            target = Span(target.start, target.end + 1)
        elif after in (",", ";") and text.endswith("."):
            text = text[:-1]
    elif not text:
        start, end = target.start, target.end
        before = source[start - 1 : start]
        opens = _COMMA.match(source, end)
        if opens is not None and (_begins_capital(reading, target) or not before or before in "\r\n"):
            # „Hihi, das passiert“: the comma goes too, and the next word opens the sentence.
            first = opens[1].upper() if source[start].isupper() else opens[1]
            return first, Span(start, opens.end())
        after = source[end : end + 1]
        if before.isspace() and before not in "\r\n" and (not after or after.isspace() or after in ".,;:!?)"):
            start -= 1
        elif after.isspace() and after not in "\r\n" and (not before or before in "\r\n"):
            end += 1
        return text, Span(start, end)
    if text and _begins_small(reading, target) and may_be_small(text):
        text = text[:1].lower() + text[1:]
    elif text and _begins_capital(reading, target):
        text = text[:1].upper() + text[1:]
    return text, target


def _token_at(reading: Reading, offset: int) -> int | None:
    low, high = reading.tokens.range(offset, offset + 1)
    return low if high > low else None


def _begins_small(reading: Reading, target: Span) -> bool:
    """Whether the replaced words begin with a small letter, so that the new ones stand inside a sentence or
    after a salutation with a comma."""
    return reading.text[target.start : target.start + 1].islower()


def _begins_capital(reading: Reading, target: Span) -> bool:
    index = _token_at(reading, target.start)
    if index is None or reading.tokens.kinds[index] is not Kind.WORD:
        return False
    case = reading.tokens.cases[index]
    if case is Case.UPPER:
        stretch = reading.stretch_at(index)
        return stretch is None or index <= stretch.words[0]
    return case is Case.INITIAL


def may_be_small(text: str) -> bool:
    """Whether words may begin with a small letter within a sentence."""
    word = re.match(r"[^\W\d_]+", text)
    if word is None or word[0] in _KEEPS_CAPITAL:
        return False
    return normalise(word[0])[0] in _SMALL


_SMALL = frozenset(
    "aber alle alles als am an anbei auf aus bei bis bitte da dabei dafuer daher damit dann danke daran das"
    " dass dazu dein deine dem den denn der deshalb dich die dies diese diesen dieser dieses dir du ein eine"
    " einen einer entschuldige entschuldigen es euch eure falls fuer ganz gehen geben gern gerne gut haben"
    " hast hat herzlichen heute hier hilft ich im in ist ja jetzt kann klar kommen kommt konnte lass lassen"
    " leider machen man mein meine mir mit morgen nach nicht noch nun nur ob oder rufen ruf schade schauen"
    " schick schicken schoen schreib schreiben seit senden setzen sind so sobald stimmt um und uns unser"
    " unsere unter verstehen viele vielen vom von vor warten was weil welche wenn wer wie wir wird wo wollen"
    " womit wozu zu zum zur zurzeit zusammen besten melden meld moechten moechtest pruefen sagen sag tut ueber"
    " moeglich enthalten statt lass".split()
)
