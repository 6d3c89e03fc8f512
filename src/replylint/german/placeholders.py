"""Placeholders of the usual template systems, found and typed by their names.

In: any text. Out: non-overlapping `Placeholder`s in order, spans in code points of that text. Everything is bounded
(a placeholder is at most a few hundred characters long), so the time is linear whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from replylint.expressions import expression
from replylint.source import Span


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder: its range, what it stands for, and the template system it is written in.

    `kind` is one of name, salutation, date, time, amount, number, link, text, include (a header, footer, signature or
    sender block), tag (a control tag, which prints nothing itself) and unknown. `system` is a short id: jinja, smarty,
    brace, template-toolkit, erb, php, blade, zammad, otrs, osticket, percent, printf, dollar, double-brackets,
    brackets, angle, underscores, at, hashes, mailchimp, colon.
    """

    span: Span
    kind: str
    system: str


# What a name means. Tried on one part of a dotted name at a time, the last part first, in lower case and with spaces
# between its words; the first kind that fits wins, so the order matters: a "footer text" is an include, an "event name"
# a name, an "order date time" a date, an "invoice number" a number.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, expression(pattern))
    for kind, pattern in (
        (
            "include",
            r"footer|\bheader\b|emailheader|fu(?:ss|ß)zeile|kopfzeile|signatur|\bsig\b|absender(?: ?block)?\b"
            r"|sender ?block|\binclude\b|\bpartial\b|\bsnippet\b|textbaustein|\bdisclaimer|impressum|gru(?:ss|ß)formel",
        ),
        (
            "salutation",
            r"anrede|salutation|greeting|begr(?:ue|ü)(?:ss|ß)ung|\boxsal\b|welcome ?(?:msg|message|text)|letter ?name",
        ),
        ("name", r"name(?:n|ns)?$|^name\b"),
        ("link", r"urls?\b|\blinks?\b|link\b|\buri\b|\bhref\b|homepage|web ?site|webseite"),
        (
            "date",
            r"datum|\bdate(?!i|n)|tag(?:es)?\b|monat|\bmonth|\bday\b|\byear|\bjahr|frist\b|deadline|termin"
            r"|\bat$|\b(?:on|until|since)$|woche|\bkw\b|\bt{1,2}\.\s?m{1,2}\.|\bdd\.mm|\bt{2}/m{2}|^t{2}\.monat|expir",
        ),
        ("time", r"uhrzeit|zeit(?:raum|punkt|fenster|spanne)?\b|time|stunde|\bhours?\b|minute|\bhh:mm|duration|dauer"),
        (
            "amount",
            r"betrag|amm?ount|preis|price|summe|\bsum\b|total|kosten|\bcosts?\b|geb(?:ü|ue)hr|\beuro?\b|saldo|guthaben"
            r"|rabatt|discount|nachlass|\brate\b|balance|€|w(?:ä|ae)hrung|currency|prozent|entsch(?:ä|ae)digung",
        ),
        (
            "number",
            r"nummer|number|\w*nr\b|\bnum\b|\bno\b|\bid\b|[a-z]id$|code\b|anzahl|\bcount\b|\biban\b|\bbic\b|zeichen"
            r"|tracking|\bplz\b|\bzip|postleitzahl|\bhash\b|\btoken\b|referen[cz]e?|\bpin\b|telefon|phone|\btel\b"
            r"|mobil|durchwahl|menge\b|quantity|\bdays\b|tagen?\b|x{2,}",
        ),
        (
            "text",
            r"betreff|subject|text|grund|reason|message|nachricht|anliegen|thema|topic|adresse|address|e-?mail|\bmail"
            r"|produkt|product|artikel|article|item|ware\b|status|\bort\b|stadt|city|\btown\b|stra(?:ß|ss)e|street|land$"
            r"|country|body|inhalt|content|beschreibung|description|bezeichnung|problem|l(?:ö|oe)sung|solution|details"
            r"|titel|title|haltestelle|linie\b|tarif|vertrag|abteilung|filiale|standort|location|\bplatz|dokument|lizenz"
            r"|passwort|password|login|kennwort|frage|antwort|answer|question|hinweis|alternative|angebot|vorgang"
            r"|leistung|dienst\b|ma(?:ß|ss)nahme|bank\b|konto|ger(?:ä|ae)t|modell|farbe|gr(?:ö|oe)(?:ß|ss)e|event|detail"
            r"|veranstaltung|sendung|bestellung|lieferung|rechnung|optional|variante|comment|kommentar|note\b",
        ),
        (
            "name",
            r"name|kunde|kundin|customer|client|\buser|nutzer|\bagent|ansprechpartner|firma|unternehmen|company"
            r"|organi[sz]ation|\borg\b|\bs?shop\b|\bteam\b|mitarbeiter|bearbeiter|empf(?:ä|ae)nger|recipient|\bsender"
            r"|owner|author|\bcontact|kontakt|person|kolleg|berater|betreuer|\bsite\b",
        ),
    )
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAG_WORDS = _words(
    """
    if elseif elsif elif else unless end endif endunless for endfor foreach foreachelse each with endwith case when
    endcase switch endswitch set endset assign capture macro endmacro block endblock filter endfilter trans endtrans
    translate autoescape raw endraw verbatim extends use import from depend section sectionelse strip literal php
    while endwhile loop do then next last get call wrapper
    """
)
_INCLUDE_WORDS = _words(
    """
    include template layout render insert process partial inlinecss snippet
    """
)

_PART_END = expression(r"\?*->|::|\s*\?\?\s*|\.(?=[^\W\d])(?<![TtDdMm]\.)")
_JOINT = expression(r"(?<=[a-zäöü0-9])(?=[A-ZÄÖÜ])|[_\-$@#'\"\[\]]+")
_FILTER = expression(r"\s*\|.*|\([^()]*\)", re.DOTALL)
_FIRST_WORD = expression(r"[#/^>!&~*=%\-\s]*([A-Za-z_]*)")


def kind_of_name(name: str) -> str:
    """The kind of a variable's name, "unknown" where it tells none."""
    parts = [part for part in _PART_END.split(_FILTER.sub("", name)) if part]
    for part in [*reversed(parts), name]:
        folded = _JOINT.sub(" ", part).lower().strip()
        for kind, pattern in _KINDS:
            if pattern.search(folded):
                return kind
    return "unknown"


def _mustache(inner: str) -> str:
    """The kind of what stands in `{{ … }}`, in Jinja, Liquid, Handlebars and Magento alike."""
    inner = inner.strip().strip("{}").strip()
    if inner[:1] in ("#", "/", "^", "!", "*") or inner.startswith("else"):
        return "tag"
    if inner[:1] == ">":
        return "include"
    match = _FIRST_WORD.match(inner)
    word = match[1].lower() if match else ""
    rest = inner[match.end() :] if match else ""
    if rest[:1] == " " and "=" in rest:
        if word in _INCLUDE_WORDS or word in ("block", "layout"):
            return "include"
        if word in ("if", "depend"):
            return "tag"
    elif rest[:1] == " " and word in ("depend", "if", "template", "include"):
        return "include" if word in _INCLUDE_WORDS else "tag"
    if rest[:1] == " " and word in ("var", "htmlescape", "store", "config", "trans"):
        inner = rest
    return kind_of_name(inner)


def _tag(inner: str) -> str:
    """The kind of a tag such as `{% … %}`: a tag, or an include."""
    match = _FIRST_WORD.match(inner)
    word = match[1].lower() if match else ""
    return "include" if word in _INCLUDE_WORDS else "tag"


def _printing_tag(inner: str) -> str:
    """The kind of `[% … %]` or `<% … %>`, where the same brackets print and control."""
    inner = inner.strip(" -\t")
    if inner.startswith("#"):
        return "tag"
    printing = inner.startswith("=")
    inner = inner.lstrip("= -\t")
    match = _FIRST_WORD.match(inner)
    word = match[1].lower() if match else ""
    if word in _INCLUDE_WORDS:
        return "include"
    if not printing and word in _TAG_WORDS:
        return "tag"
    return kind_of_name(inner)


def _smarty(inner: str) -> str:
    """The kind of a Smarty function tag."""
    match = _FIRST_WORD.match(inner)
    word = match[1].lower() if match else ""
    if word in _INCLUDE_WORDS:
        return "include"
    return kind_of_name(inner.partition("name=")[2]) if word == "config" else "tag"


def _blade(_: str) -> str:
    return "tag"


# Forms with two-character brackets around anything: opening, closing, system, kind. The closing one is looked for in
# the next `_REACH` characters only.
_DELIMITED: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("{%", "%}", "jinja", _tag),
    ("{#", "#}", "jinja", lambda _: "tag"),
    ("[%", "%]", "template-toolkit", _printing_tag),
    ("<%", "%>", "erb", _printing_tag),
    ("<?=", "?>", "php", _printing_tag),
    ("<?php", "?>", "php", _printing_tag),
)
_REACH = 600

_Form = tuple[re.Pattern[str], str, Callable[[str], str]]


def _form(pattern: str, system: str, kind: Callable[[str], str] = kind_of_name) -> _Form:
    return expression(pattern, re.DOTALL), system, kind


# Forms by their first character, tried in order; group 1 is the name. Quantifiers are bounded and, where they might
# give back, possessive: that keeps every attempt at one place constant.
_FORMS: dict[str, tuple[_Form, ...]] = {
    "{": (
        _form(r"\{\{\{([^{}]{1,300})\}\}\}", "jinja", _mustache),
        _form(r"\{\{((?:[^{}]|\{[^{}]{0,100}\}){1,300}+)\}\}", "jinja", _mustache),
        _form(
            r"\{(/?(?:if|elseif|else|foreach|foreachelse|for|section|sectionelse|include|config|assign|capture|strip"
            r"|literal|block|while|function|insert|ldelim|rdelim)(?![\w\-])(?:[^{}\n]|\{[^{}\n]{0,100}\}){0,300}+)\}",
            "smarty",
            _smarty,
        ),
        _form(r"\{\*[^{}]{0,300}\*\}", "smarty", lambda _: "tag"),
        _form(r"\{(\$[^{}\n]{1,200})\}", "smarty"),
        _form(r"\{([!@]?[A-Za-zÄÖÜäöüß_][\w.\->:]{0,60}+(?: [\w.\-]{1,40}+){0,3}+(?:\|[^{}\n]{0,80})?)\}", "brace"),
    ),
    "[": (_form(r"\[\[([^\[\]\n]{1,100})\]\]", "double-brackets"),),
    "<": (_form(r"</?((?:OTRS|KIX|ZNUNY|OTOBO)_[\w.\-]{1,80}(?:\[\d{1,4}\])?)/?>", "otrs"),),
    "&": (_form(r"&lt;((?:OTRS|KIX|ZNUNY|OTOBO)_[\w.\-]{1,80}(?:\[\d{1,4}\])?)&gt;", "otrs"),),
    "#": (
        _form(r"#\{([^{}\n]{1,200})\}", "zammad"),
        _form(r"#{2,3}([A-ZÄÖÜ][A-Z0-9_.ÄÖÜ]{1,40})#{2,3}", "hashes"),
    ),
    "%": (
        _form(r"%\{([^{}\n]{1,200})\}", "osticket"),
        _form(r"%\(([A-Za-z_]\w{0,60})\)[sdif](?!\w)", "printf"),
        _form(r"%%([A-Za-z_][\w.\-]{1,60})%%", "percent"),
        # Not %C3%BC and its like: a percent-encoded byte is two hexadecimal digits.
        _form(
            r"(?<!%[0-9A-Fa-f]{2})%(?![0-9A-Fa-f]?\d|[0-9A-Fa-f]{2}%)([A-Za-zÄÖÜ][\w.\-äöüß]{1,60})%(?!\d[0-9A-Fa-f])",
            "percent",
        ),
        _form(r"(?<![\d%])%()(?:\d{1,2}\$)?(?:\.\d)?[sdif](?!\w)", "printf", lambda _: "unknown"),
    ),
    "$": (
        _form(r"\$\{([^{}\n]{1,200})\}", "dollar"),
        _form(r"(?<![\w$])\$([A-Za-z_]\w{1,60}(?:(?:\??->|\.)[A-Za-z_]\w{0,60}){0,6})(?:\(\))?", "dollar"),
    ),
    "_": (_form(r"(?<!\w)__([A-ZÄÖÜ][A-Z0-9ÄÖÜ]*+(?:_[A-Z0-9ÄÖÜ]++)*+)__(?!\w)", "underscores"),),
    "@": (
        _form(r"@@([A-Za-zÄÖÜäöüß_][\w.\-]{0,60})@@", "at"),
        _form(
            r"(?<![\w.@])@((?:end)?(?:if|foreach|for|isset|unless|switch|empty|auth)|else|elseif)\b"
            r"(?:[ \t]*\((?:[^()\n]|\([^()\n]{0,100}\)){0,200}+\))?",
            "blade",
            _blade,
        ),
    ),
    "*": (_form(r"\*\|([A-Za-z_:][\w:.\-]{0,60})\|\*", "mailchimp"),),
    ":": (
        _form(
            r"(?<![\w:]):((?:first|last|user|full|customer|client|guest|company|app)?_?name|url|link|date|time|amount)"
            r"\b(?![:/])",
            "colon",
        ),
    ),
}

_TRIGGER = expression(
    r"[{\[$]|<(?=[%?/A-Za-zÄÖÜ])|&(?=lt;)|#(?=[{#])|%(?=[{(%A-Za-zÄÖÜ\d.])|_(?=_)|@(?=[@a-z])"
    r"|\*(?=\|)|:(?=[a-z])"
)

_INLINE_CODE = expression(r"(?<!`)`(?!`)[^`\n]{1,200}`(?!`)")

_BRACKETS = expression(r"(?<!!)\[([^\[\]\n]{2,60})\](?![(\[]|:\s?(?:https?:|<|/))")
_ANGLE = expression(r"<([A-ZÄÖÜa-zäöüß][\wÄÖÜäöüß./ \-]{1,40})>")
_HTML_WORDS = _words(
    """
    a abbr address article aside audio b base blockquote body br button canvas caption center cite code col data dd
    del details dfn dialog div dl dt em embed fieldset figure font footer form h1 h2 h3 h4 h5 h6 head header hr html
    i iframe img input ins kbd label legend li link main map mark menu meta meter nav object ol option output p
    param picture pre progress q rp rt ruby s samp script section select small source span strong style sub summary
    sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
    """
)
_ASKS = expression(
    r"\b(?:einf(?:ü|ue)gen|einsetzen|eintragen|erg(?:ä|ae)nzen|ausf(?:ü|ue)llen|anpassen|angeben|nennen|einf\."
    r"|w(?:ä|ae)hlen|ausw(?:ä|ae)hlen|insert|your|platzhalter)\b|^(?:ihre?|deine?|unsere?)[mnrs]? [A-ZÄÖÜ]",
    re.IGNORECASE,
)
_MASK = expression(r"[TDM]{2}\.[MTD]{2}\.(?:[JY]{2,4})?$|X{2,}(?:[.,:/ ]X{2,})*$|(?:HH|hh|SS):(?:MM|mm)$|_{2,}$|X$")
# Editorial remarks, mail tags, keys and buttons in brackets are the writer's own words.
_NO_FIELD = expression(
    r"extern|\bsic\b|spam|ge(?:ä|ae)ndert|bekannt|entfernt|gel(?:ö|oe)scht|\banm\b|\bred\b|redaktion|\bcid\b|image"
    r"|\bbild|\bfoto|anhang|\bstrg|\balt\b|\benter\b|\bshift|\besc\b|siehe|\bvgl|\bs\. |^f\d+$|newsletter|\bis[tr]\b",
    re.IGNORECASE,
)
_FIELD_WORDS = expression(r"[\w./\-äöüßÄÖÜ' *:()#&|+]+$")


def _field(inner: str, *, angle: bool) -> str | None:
    """The kind of a bracketed word group, or None where it is no field of a form but ordinary text."""
    inner = inner.strip()
    if _MASK.fullmatch(inner):
        return kind_of_name(inner)
    if (
        any(char.isdigit() for char in inner)
        or "#" in inner
        or not _FIELD_WORDS.match(inner)
        or _NO_FIELD.search(inner)
        or not any(char.isalpha() for char in inner)
    ):
        return None
    words = inner.split()
    if len(words) > 7:
        return None
    if angle and inner.lower() in _HTML_WORDS:
        return None
    kind = kind_of_name(inner)
    if _ASKS.search(inner):
        return kind
    if kind == "unknown" or ":" in inner:
        return None
    # Lower-case words in brackets are mostly asides; one word, or a name with an underscore, is a field.
    if not inner[0].isupper() and len(words) > 1:
        return None
    return kind


def find(text: str) -> list[Placeholder]:
    """All placeholders of `text`, in order, none overlapping another; unclosed ones are none."""
    trigger = _TRIGGER.search(text)
    if trigger is None:
        return []
    code = [match.span() for match in _INLINE_CODE.finditer(text)] if "`" in text else []
    next_code = 0
    result: list[Placeholder] = []
    done = 0
    while trigger is not None:
        start = trigger.start()
        while next_code < len(code) and code[next_code][1] <= start:
            next_code += 1
        if next_code < len(code) and code[next_code][0] <= start:
            done = code[next_code][1]
        else:
            found = _at(text, start)
            if found is not None:
                result.append(found)
                done = found.span.end
            else:
                done = start + 1
        trigger = _TRIGGER.search(text, done)
    return result


def _at(text: str, start: int) -> Placeholder | None:
    """The placeholder that begins exactly at `start`, or None."""
    char = text[start]
    for opening, closing, system, kind_of in _DELIMITED:
        if opening[0] == char and text.startswith(opening, start):
            end = text.find(closing, start + len(opening), start + _REACH)
            inner = text[start + len(opening) : end] if end >= 0 else opening
            if opening[:2] not in inner:  # else it is unclosed, and another one begins
                kind = kind_of("=" + inner if opening == "<?=" else inner)
                return Placeholder(Span(start, end + len(closing)), kind, system)
    for pattern, system, kind_of in _FORMS.get(char, ()):
        match = pattern.match(text, start)
        if match is not None:
            kind = kind_of(match[1] if pattern.groups else "")
            if system == "underscores" and kind == "unknown":
                return None  # __WICHTIG__ is bold type
            return Placeholder(Span(start, match.end()), kind, system)
    if char in "[<":
        match = (_BRACKETS if char == "[" else _ANGLE).match(text, start)
        if match is not None:
            field = _field(match[1], angle=char == "<")
            if field is not None:
                return Placeholder(Span(start, match.end()), field, "brackets" if char == "[" else "angle")
    return None
