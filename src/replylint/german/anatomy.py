"""What stands where in a reply: subject, salutation, body, sign-off, signature, postscript, history.

In: a draft's text and its placeholders. Out: an `Anatomy`, all spans in code points of that text. Everything works on
lines; quoted lines are set aside first, then the salutation is looked for from the top and the sign-off from the end of
what is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from replylint.draft import Anatomy, Sentence
from replylint.german import history
from replylint.german.placeholders import Placeholder
from replylint.german.sentences import EMOJI, EMOTICON, STARTERS, split
from replylint.source import Span

# In the masked text every placeholder is a run of one of these (same length), so that patterns can see what it is.
_FILL = "\ue000"  # prints something: a name, a date
_GREETING = "\ue001"  # prints a salutation
_INCLUDE = "\ue002"  # pulls in a header, a footer, a signature
_ANY = "\ue000-\ue002"

_TOP = 25  # lines above the salutation that are looked at
_BOTTOM = 80  # filled lines from the end within which the sign-off is looked for
_HTML_TAG = re.compile(r"</?(?:p|br|b|strong|i|em|u|div|span|a|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_FACES = rf"(?:{EMOJI}[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*|{EMOTICON}|\s)*"
_TAIL_MARKS = re.compile(rf"[\s,.!:;…*_\-–—]*{_FACES}[\s*_]*$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- salutation ---------------------------------------------------------------------------------------------------

_MARK = r"(?:[*:_/·][rnsea]\b|\([rnsea]\)|/-[rn]\b)"  # Liebe*r, Liebe:r, geehrte(r)
_DEAR = rf"(?:lieb(?:e[rs]?|ste[rs]?|er/e|e/er)?{_MARK}?)"
_HONOURED = rf"(?:(?:hoch)?(?:ge?ehrt|geert|gehrt|verehrt|gesch(?:ä|ae|a)tzt)(?:e[rsn]?|er/e|e/er)?{_MARK}?)"
_ADJECTIVE = re.compile(rf"(?:{_DEAR}|{_HONOURED}|werte[rs]?{_MARK}?)(?=[\s,]|$)", re.IGNORECASE)
_FORMAL = re.compile(
    rf"[\s*_\"„]*(?:(?:sehr|seht|ser|sher|seehr)\s+(?:{_HONOURED})|s\.\s?g\.|sgduh|an alle(?![a-z])|dear|damen und herren)"
    r"(?![a-zäöüß])",
    re.IGNORECASE,
)
_WARM = re.compile(
    rf"[\s*_\"„]*(?:(?:mein(?:e[rs]?)?\s+)?(?:{_DEAR})|{_HONOURED}|werte[rs]?{_MARK}?)(?=[\s,{_ANY}]|$)", re.IGNORECASE
)
_GREET = re.compile(
    r"[\s*_\"„]*(?:(?:einen\s+)?(?:sch(?:ö|oe|o)nen\s+)?guten\s+(?:tag|morgen|abend|mittag|nachmittag)|guten?tag"
    r"|(?:und\s+)?hallo|hallihallo(?:hallo)?|halo|hall(?:ö|oe)chen|hello|hallöle|hi|hey|hej|heya|huhu|ahoi"
    r"|moin(?:,?\s+moin)?|moinsen|servus|seas|ser[sv]as|gr(?:ü|ue|u)(?:ß|ss)\s+(?:gott|dich|sie|euch|di|eich|ihna)"
    r"|grü(?:ß|ss)ie?\b|gria(?:ß|ss)\s+(?:di|eich|ihna|sie|gott)|gr(?:ü|ue)ezi|gr(?:ü|ue)essech|hoi|sal(?:ü|ue)|sali|gude"
    r"|habe\s+die\s+ehre|gl(?:ü|ue)ck\s*auf|mahlzeit|tach|tag(?=\s*[,!]|\s+(?:frau|herr)\b|\s*$)"
    r"|(?:herzlich\s+)?willkommen(?=\s*[,!]|\s*$))(?![\wäöüß-])",
    re.IGNORECASE,
)
_LEAVING = re.compile(  # „Guten Tag wünscht …“, „Schönen Tag noch“: that greets at the end
    r"\s*(?:w(?:ü|ue)nsch|noch\b|und\s+(?:bis|auf)\b)", re.IGNORECASE
)
_AT_NAME = re.compile(r"[\s*_]*@[\w.\-]{2,40}(?:\s[A-ZÄÖÜ][\w\-]+)?")
_TITLE = re.compile(
    r"(?:frau|herrn?|fr\.?|hr\.?|hrn\.?|familie|fam\.|ehepaar|eheleute|fr(?:ä|ae)ulein|dame|dr\.?(?:-ing\.?)?|prof\.?"
    r"|mag\.?a?|di|dipl\.?-?\w*\.?|ing\.|magist(?:er|ra)|professor(?:in)?|doktor|med\.?|jur\.?|phil\.?|rer\.?|nat\.?)$",
    re.IGNORECASE,
)
_ADDRESSEE_TITLE = re.compile(r"(?:frau|herrn?|fr\.|hr\.|familie|fam\.|ehepaar|eheleute)$", re.IGNORECASE)
_PARTICLES = _words("und & + / oder von van vom de der den di da zu zur del la le bin el al ter ten af y et d. m/w/d")
_GROUP = _words(
    """
    zusammen miteinander alle allerseits alles zäme zaeme mitenand mitenander beinand beinander ihr euch beide beiden ihr
    leute nochmal nochmals wieder lieben da runde liebe lieber liebes in die unbekannt unbekannte unbekannter dear
    """
)
_TOKEN = re.compile(r"[^\s,!?;]+")
# Capitalised words that no name begins with; after a greeting they begin the message.
_NO_NAME = (STARTERS - _words("dr alle ihr da in die der den")) | _words(
    """
    dank glückwunsch glueckwunsch grüße grüsse gruß gruss schade klar stimmt sorry mist uff wow puh oh ach ups hui hurra
    toll prima perfekt genau richtig selbstverständlich gerne leider vielleicht kurz kurze kurzer vorab schön freut tut
    """
)
# What a first sentence may begin with though a comma follows: no vocative.
_INTERJECTIONS = _NO_NAME | _words(
    """
    ja nein doch nun gut okay ok alles hallo danke bitte schade sorry entschuldigung verzeihung sicher freilich logisch
    jawohl natürlich leider endlich übrigens hier dort heute morgen gestern erstens zunächst zuerst besten vielen
    herzlichen tausend lieben interessant spannend respekt kompliment krass cool nice jo joa jau ne nö nee tja naja achtung
    wichtig hinweis info update ps keine kein wenn falls sobald weil damit obwohl während wie wir ich sie du das die der
    stell stellen verstanden gesagt getan ordnung problem frage schau moment sehr betreff zusammen liebe lieber wichtige
    """
)
_VOCATIVE_INSIDE = re.compile(
    r"[,:–]\s+(?:(?:liebe[rs]?|werte[rs]?)\s+)?(?P<who>(?:(?:Frau|Herr|Familie|Fr\.|Hr\.)\s+)(?:(?:Dr\.|Prof\.|Mag\.)\s+)*"
    rf"(?:(?:von|van|de|der|zu|Mc)\s+)*[A-ZÄÖÜ{_ANY}][\w'’\-{_ANY}]*)(?=\s*(?:[,.!?]|$))"
)
_THANKED = re.compile(
    r"[\s*_]*(?:(?:viel(?:en)?|herzlichen|besten|lieben|tausend|gl(?:ü|ue)ckwunsch|oh|ja|super|klar|sehr\s+gern|gern|gerne|kein\s+problem|danke"
    r"|dank|dir|ihnen|euch|schön|sorry|entschuldigung|hallo|prima|moin|stimmt|na|so|alles\s+klar|schade|nein|okay|ok)[\s,]+)"
    r"{1,4}?(?:,\s*|(?<=,\s)|(?=(?:Frau|Herr)\s))"
    rf"(?P<who>(?:(?:liebe[rs]?)\s+)?(?:(?:Frau|Herr)\s+)?[A-ZÄÖÜ{_ANY}][\w'’\-{_ANY}]*(?:\s[A-ZÄÖÜ][\w'’\-]+)?)"
    r"(?=\s*(?P<after>[,.!]|\sf(?:ü|ue)r\s(?:ihr|dein|eur|die|das|den)|$))",
    re.IGNORECASE,
)
_RELATIVE = _words("der die das den dem deren dessen welche welcher welches was wer wo wie dass weil")

# --- above the salutation -----------------------------------------------------------------------------------------

_SUBJECT = re.compile(r"[\s*_#]*(?:betreff|betr\.?|subject|thema|re|aw|wg|fwd?|antwort)\s*:\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"[\s*_]*(?:unser(?:e|en)?|ihr(?:e|en)?|mein|dein)?\s*(?:zeichen|aktenzeichen|az\.?|gz\.?|gesch(?:ä|ae)ftszeichen"
    r"|nachricht vom|schreiben vom|e-?mail vom|anfrage vom|datum|ort|tag|an|von|cc|bcc|empf(?:ä|ae)nger|absender|per e-?mail"
    r"|\w*(?:nummer|nr\.?|-id|id)|kunde|vorgang|ticket|bestellung|auftrag|rechnung|vertrag|ansprechpartner(?:in)?|telefon"
    r"|tel\.?|fax|durchwahl|e-?mail|bearbeiter(?:in)?|sachbearbeiter(?:in)?|priorit(?:ä|ae)t|gesendet(?: am)?|from|to|sent"
    r"|date|anlage[n]?)\b[^.!?]{0,30}?:",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:[A-ZÄÖÜ][\wäöüß./ \-]{1,30},\s+(?:den|dem|am)?\s*)?(?:\w+,\s+)?(?:den\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{2,4}\.?$"
)
_PROSE_END = re.compile(r"[.!?:;…]\W*$")

# --- sign-off -----------------------------------------------------------------------------------------------------

_GREETS = r"gr(?:ü|ue|u|üe|uü)(?:ß|ss|s)(?:e[nr]?|li|le)?|grua(?:ß|ss)|gr(?:ü|ue)(?:ß|ss)lis?"
_STRONG = re.compile(
    rf"[\s*_\-–]*(?:(?P<pre>[^.!?:;]{{0,60}}?)\b(?:und|&|\+|sowie|,|mit)\s+)?(?:mit\s+|die\s+)?(?:(?:ganz|recht|sehr)\s+)?"
    rf"(?:[\wäöüß\-]{{2,20}}(?:e|en|em|er|es|n)\b,?\s+(?:und\s+)?){{0,3}}(?:\w{{3,16}}-)?(?:{_GREETS})(?![\wäöüß])"
    r"|[\s*_]*(?:hochachtungsvoll|mit\s+(?:vorz(?:ü|ue)glicher\s+|gr(?:ö|oe)(?:ß|ss)ter\s+)?hochachtung"
    r"|(?:(?:with\s+)?(?:best|kind|warm|many)\s+)?regards|(?:yours\s+)?sincerely|cheers|herzlichst|freundlichst"
    r"|(?:mit\s+)?(?:den\s+)?(?:aller)?(?:besten|beste|herzlichen|guten|lieben)\s+w(?:ü|ue)nsche[n]?)(?![\wäöüß])",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"[\s*_]*(?:[Mm]\.?\s?[Ff]\.?\s?[Gg]\b\.?|(?:V|G|S)?LG|GLG|VG|BG|HG|FG|SG|lg|vlg|glg|vg|bg|hg|Lg|Vg)"
    r"(?![\wäöüß.\-])"
)
_FAREWELL = re.compile(
    r"[\s*_]*(?:bis\s+(?:bald|dann|morgen|sp(?:ä|ae)ter|gleich|demn(?:ä|ae)chst|(?:zum|n(?:ä|ae)chste[nsr]?|die|kommende[nr]?|in)"
    r"\s+\w+|\w+tag\b|mittwoch)|auf\s+(?:ein\s+baldiges\s+)?wieder(?:sehen|h(?:ö|oe)ren|schauen)|uf\s+wiederluege"
    r"|ade|adieu|adé|tsch(?:ü|ue)(?:ss|ß|s)i?|tsch(?:ö|oe)|ciao|tschau|servus|baba|pf(?:ia|ü|üe|ue)t\s+(?:di|euch|eich|ihnen|"
    r"sie)|gl(?:ü|ue)ck\s*auf|ahoi|(?:einen\s+)?sch(?:ö|oe)ne[nrs]?\s+(?:\w+\s+){0,2}?(?:tag|abend|woche|wochenende|"
    r"feierabend|nachmittag|sonntag|feiertage?|urlaub|ferien|restwoche|start|mittag|zeit|gru(?:ß|ss)|\w+tag)"
    r"(?:\s+(?:noch|allerseits|euch|dir|ihnen|dann)){0,3}|bleib(?:en\s+sie|t)?\s+(?:bitte\s+)?gesund|herzlich"
    r"|alles\s+(?:gute|liebe)|frohe\s+\w+|frohes\s+\w+|guten\s+rutsch|gute\s+(?:fahrt|reise|besserung|nacht|zeit)"
    r"|viel\s+(?:spa(?:ß|ss)|erfolg|freude)|man\s+sieht\s+sich|bis\s+(?:samstag|sonntag|montag)|mach(?:'|’)?s\s+gut"
    r"|machen\s+sie(?:'|’)?s\s+gut|take\s+care|see\s+you|und\s+tsch(?:ü|ue)ss)(?![\wäöüß])",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"[\s*_]*(?:(?:es\s+|mit\s+\w+\s+)?(?:herzlichst?\s+|freundlichst?\s+)?gr(?:ü|ue)(?:ß|ss)(?:t|en)\s+(?:sie|dich|euch|ihnen|"
    r"herzlich\w*|freundlich\w*|aus)\b(?:\s+(?:herzlich\w*|freundlich\w*|ganz|lieb|und|sehr|recht|aus\s+\w+))*"
    r"|(?!ich\b|wir\b)[^.!?:;]{3,60}?\b(?:w(?:ü|ue)nsch(?:t|en|e)|sendet|senden|schick(?:t|en)|verbleib(?:e|en|t))\b"
    r"(?:\s+(?:ihnen|dir|euch|allen|ich|wir|herzlich|herzlichst))*)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s+(?:aus|in|ins|nach|zur(?:ü|ue)ck|rund|unbekannterweise|und|auch|ans|an\s+den\s+\w+see|vom\s+\w+see|am)\b"
)
_FROM = re.compile(r"\s*(?:von|vom|w(?:ü|ue)nscht|sendet|schickt|senden|w(?:ü|ue)nschen)\s+", re.IGNORECASE)
_PROSE_WORD = re.compile(
    r"\b(?:an\s+(?:den|die|das|ihre?n?|deine?n?|alle|ihr|dein|eure?n?)|soll|habe|haben|hat|hatte|wird|werden|können|kann"
    r"|bitte|auch\s+von|ausrichten|bestellen|ist|sind|war|wir|ich|sie|uns|dass|wenn)\b",
    re.IGNORECASE,
)
_NAME_PREFIX = re.compile(r"(?:i\.\s?[AV]\.|ppa\.?|gez\.?|im\s+auftrag|in\s+vertretung)[\s:]*", re.IGNORECASE)
_NAME_TAIL = re.compile(rf"[\s!.]*{_FACES}$")
_NAME_STARTERS = _words("ihr ihre dein deine euer eure das die der unser unsere mein dr prof")
_NAME_SMALL = _words(
    "von vom van de der den dem aus bei für fuer im in am und & | / zu zur the of team i. a. v. ppa. gez. an das die ihr"
    " deine dein ihre euer eure e.v. - – — · • la le del di da"
)
_NO_SIGN_NAME = _words(
    """
    dank danke bitte grüße grüsse gruß gruss betreff anlage anlagen anhang seite hinweis wichtig achtung tel telefon fax
    e-mail email mail web www http https ps postskriptum passwort link zur zum weiter hier
    """
)
_POSTSCRIPT = re.compile(r"\(?p\.?\s?p?\.?\s?s\b\.?\s*[:,–\-.]?\s|nachtrag\s*:|post\s?skriptum", re.IGNORECASE)
_CONTACT_START = re.compile(
    r"[\s*_|]*(?:tel(?:efon)?|fon|phone|fax|mobil|handy|e-?mail|mail|web(?:site)?|internet|homepage|t|m|f|e|w)\b\s*[.:|]"
    r"|[\s*_|]*(?:www\.|https?:|tel\b|☎|📞|✉|🌐|\+\d{2}|\(?0\d{2,})|[\s*_]*\S+@\S+\.\w+\s*$|\s*\[?[\w\-]+(?:\.[\w\-]+)+\s*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:tel(?:efon)?\b\.?|fax\b|mobil\b|e-?mail\b|hr[ab]\b|amtsgericht|registergericht|handelsregister"
    r"|gesch(?:ä|ae)ftsf(?:ü|ue)hr|vorstand\b|aufsichtsrat|sitz\s+der|ust\b|ust-id|uid\b|iban\b|bic\b|steuer-?n|impressum"
    r"|datenschutz|gmbh\b|mbh\b|\bag\b|\bkg\b|\bse\b|e\.\s?k\.|e\.\s?v\.|www\.|https?://|(?:d-|a-|ch-)?\d{4,5}\s+[a-zäöü]"
    r"|[\wäöüß.\-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|markt)\s+\d+|postfach|sprechzeiten"
    r"|(?:ö|oe)ffnungszeiten|erreichbar|mo\s?[-–]\s?(?:do|fr|sa)|0\d{2,5}[\s/\-]+\d{3}|\+\d{2}[\s(])|\S+@\S+\.\w",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"[\s*_]*(?:diese(?:r|s)?\s+(?:e-?mail|nachricht|mail|information|schreiben|inhalt)\b|(?:bitte\s+)?antworten\s+sie\s+nicht"
    r"|bitte\s+(?:antworten|pr(?:ü|ue)fen|denken|beachten)\s+sie\b.{0,40}(?:mail|umwelt|ausdruck|antwort)|©|\(c\)\s|copyright"
    r"|alle\s+rechte|von\s+meinem\s+\w+\s+gesendet|gesendet\s+(?:von|mit|aus|über)|sent\s+from|(?:the\s+)?information\s+in\s+this"
    r"|this\s+(?:e-?mail|message)|vertraulich|der\s+inhalt\s+dieser|hinweis\s*:|diese\s+e-?mail|sie\s+erhalten\s+diese"
    r"|denken\s+sie\s+an\s+die\s+umwelt|think\s+before|powered\s+by|impressum|datenschutz)|.{0,60}\bpowered\s+(?:by|with)\b"
    r"|.{0,40}\bautomatisch\s+(?:generiert|erstellt|versandt|erzeugt)",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"(?:--|—|–)\s?$")
_RULED = re.compile(r"([-_=*])\1{2,}$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line the writer wrote: its range, its masked text, whether a gap (blank line, quote) stands before it, and
    whether one stands after it."""

    start: int
    end: int
    masked: str
    gap: bool
    gap_after: bool = False


@dataclass(slots=True)
class _SignOff:
    """A sign-off as found: line numbers, or offsets where it stands inside a line."""

    first: int
    start: int
    end: int
    after: int
    formula: Span | None = None
    name: Span | None = None
    lines: list[Span] = field(default_factory=list)


def dissect(text: str, placeholders: Sequence[Placeholder] = ()) -> Anatomy:
    """The parts of a reply. `placeholders` are those of `text`, in order; sentences never end within one."""
    layout = history.layout(text)
    masked = _mask(text, placeholders)
    lines = _own_lines(layout, masked)
    quoted = layout.quoted
    inquiry = history.inquiry(text, quoted) if quoted else None
    past = _history(quoted, lines)
    if not lines:
        at = quoted[0].start if quoted else 0
        return Anatomy(Span(at, at), (), history=past, quoted=quoted, inquiry=inquiry)

    end, signature_first = _signature_delimiter(lines)
    salutation, subject_lines, first = _salutation(lines[:end], layout.own_header)
    sign_off = _sign_off(lines, first, end, salutation)
    if sign_off is None and signature_first is not None:
        # Some write their greeting below the delimiter.
        sign_off = _sign_off(lines[: signature_first + 4], signature_first, min(len(lines), signature_first + 4), None)
        if sign_off is not None and sign_off.first > signature_first + 1:
            sign_off = None
    body_lines, tail = _divide(lines, first, end, sign_off)
    postscript, signature = _after(lines, tail, end, signature_first, sign_off)

    body = _body_span(text, lines, body_lines, salutation, sign_off, first)
    protected = [placeholder.span for placeholder in placeholders]
    sentences: list[Sentence] = []
    paragraph = -1

    def add(spans: Sequence[Span], *, new: bool = True) -> None:
        nonlocal paragraph
        if spans and (new or paragraph < 0):
            paragraph += 1
        sentences.extend(Sentence(span, paragraph) for span in spans)

    for number in subject_lines:
        line = lines[number]
        add([Span(line.start, line.end)], new=number == subject_lines[0] or line.gap)
    if salutation is not None and salutation.whole:
        add(salutation.lines)
    paragraphs = _paragraphs(lines, body_lines, body)
    for span in paragraphs:
        add(split(text, span, protected))
    if sign_off is not None:
        add(sign_off.lines)
    if postscript is not None:
        for span in _paragraphs(lines, _numbers_in(lines, postscript), postscript):
            add(split(text, span, protected))
    return Anatomy(
        body=body,
        sentences=tuple(sentences),
        subject=_cover(lines, subject_lines),
        salutation=salutation.span if salutation is not None else None,
        closing=paragraphs[-1] if paragraphs else None,
        sign_off=Span(sign_off.start, sign_off.end) if sign_off is not None else None,
        sign_off_formula=sign_off.formula if sign_off is not None else None,
        sign_off_name=sign_off.name if sign_off is not None else None,
        postscript=postscript,
        signature=signature,
        history=past,
        quoted=quoted,
        inquiry=inquiry,
    )


def _mask(text: str, placeholders: Sequence[Placeholder]) -> str:
    """The text with placeholders and markup made visible to patterns, each replaced in its own length."""
    if placeholders:
        parts: list[str] = []
        done = 0
        for placeholder in placeholders:
            span = placeholder.span
            mark = {"tag": " ", "include": _INCLUDE, "salutation": _GREETING}.get(placeholder.kind, _FILL)
            parts += (text[done : span.start], mark * len(span))
            done = span.end
        parts.append(text[done:])
        text = "".join(parts)
    if "<" in text:
        text = _HTML_TAG.sub(lambda match: " " * len(match[0]), text)
    if "\u0308" in text:  # decomposed umlauts: „u¨“ is as long as „ue“
        text = re.sub("([aouAOU])\u0308", r"\1e", text)
    return text


def _own_lines(layout: history.Layout, masked: str) -> list[_Line]:
    result: list[_Line] = []
    gap = True
    for line in layout.lines:
        if line.blank or line.quoted:
            if not gap and result:
                last = result[-1]
                result[-1] = _Line(last.start, last.end, last.masked, last.gap, True)
            gap = True
            continue
        result.append(_Line(line.start, line.end, masked[line.start : line.end], gap))
        gap = False
    if result:
        last = result[-1]
        result[-1] = _Line(last.start, last.end, last.masked, last.gap, True)
    return result


def _history(quoted: Sequence[Span], lines: Sequence[_Line]) -> Span | None:
    if not quoted:
        return None
    trailing = not lines or quoted[-1].start > lines[-1].end
    return quoted[-1] if trailing else quoted[0]


def _cover(lines: Sequence[_Line], numbers: Sequence[int]) -> Span | None:
    return Span(lines[numbers[0]].start, lines[numbers[-1]].end) if numbers else None


def _numbers_in(lines: Sequence[_Line], span: Span) -> list[int]:
    return [number for number, line in enumerate(lines) if span.start <= line.start and line.end <= span.end]


def _paragraphs(lines: Sequence[_Line], numbers: Sequence[int], within: Span) -> list[Span]:
    """Runs of the writer's lines without a gap between them, cut to a range."""
    result: list[Span] = []
    begin = -1
    last = -1
    for number in numbers:
        line = lines[number]
        if begin >= 0 and line.gap:
            result.append(Span(begin, last))
            begin = -1
        start, end = max(line.start, within.start), min(line.end, within.end)
        if start >= end:
            continue
        if begin < 0:
            begin = start
        last = end
    if begin >= 0:
        result.append(Span(begin, last))
    return result


# --- salutation ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Salutation:
    """A salutation as found. `whole`: it fills its lines, or its part of a line up to `span.end`, and is no part of
    the first sentence."""

    span: Span
    whole: bool
    lines: list[Span] = field(default_factory=list)


def _salutation(lines: Sequence[_Line], own_header: int) -> tuple[_Salutation | None, list[int], int]:
    """The salutation, the numbers of the subject lines above it, and the number of the first body line.

    Where the salutation shares its line with the first sentence, that line is the first body line.
    """
    limit = min(len(lines), _TOP)
    top = 0
    for number in range(limit):
        line = lines[number]
        end = _greeting(line.masked)
        if end is not None:
            return _finish(lines, number, end)
        if not _preamble(line):
            break
        top = number + 1
    # No clear greeting: a bare name, one inside the first sentence, or a header that brings it along.
    for number in range(min(top + 1, limit)):
        end = _bare_name(lines, number)
        if end is not None:
            return _finish(lines, number, end)
    for number in range(min(top + 1, limit)):
        masked = lines[number].masked
        if masked.lstrip().startswith(_INCLUDE):
            lead = re.match(rf"\s*{_INCLUDE}+(?:\s*{_INCLUDE}+)*", masked)
            end = lead.end() if lead is not None else len(masked)
            return _finish(lines, number, end) if not masked[end:].strip() else _inline(lines, number, end)
    subject = [number for number in range(top) if number < own_header or _labelled(lines[number].masked)]
    if subject and subject == list(range(len(subject))):
        return None, subject, len(subject)
    return None, [], 0


def _inline(lines: Sequence[_Line], number: int, end: int) -> tuple[_Salutation, list[int], int]:
    """A salutation inside the first sentence: only its own words, and the body begins with that sentence."""
    line = lines[number]
    lead = len(line.masked) - len(line.masked.lstrip(f' \t*_"„{_INCLUDE}'))
    start = lead if lead < end else 0
    span = Span(line.start + start, line.start + end)
    return _Salutation(span, False, [span]), _subject_above(lines, number), number


def _subject_above(lines: Sequence[_Line], number: int) -> list[int]:
    above = list(range(number))
    while above and not lines[above[0]].masked.strip(f" {_INCLUDE}"):
        above.pop(0)
    while above and not lines[above[-1]].masked.strip(f" {_INCLUDE}"):
        above.pop()
    return above


def _finish(lines: Sequence[_Line], number: int, end: int) -> tuple[_Salutation, list[int], int]:
    """The salutation whose words end at `end` in line `number`: does it fill the line, or does text go on?"""
    line = lines[number]
    rest = line.masked[end:]
    subject = _subject_above(lines, number)
    if not _TAIL_MARKS.match(rest):
        mark = re.match(r"\s*[!.][\s!]*", rest)
        if mark is not None and mark.end() < len(rest):
            stop = end + len(mark[0].rstrip())
            span = Span(line.start + _lead(line), line.start + stop)
            return _Salutation(span, True, [span]), subject, number
        return _inline(lines, number, end)
    last = number
    spans = [Span(line.start + _lead(line), line.start + len(line.masked.rstrip()))]
    while last + 1 < len(lines) and last - number < 3:
        following = lines[last + 1]
        again = _greeting(following.masked)
        comma = not following.masked.strip(" ,!")
        if not comma and (again is None or not _TAIL_MARKS.match(following.masked[again:])):
            break
        last += 1
        spans.append(Span(following.start, following.end))
    return _Salutation(Span(spans[0].start, spans[-1].end), True, spans), subject, last + 1


def _lead(line: _Line) -> int:
    return len(line.masked) - len(line.masked.lstrip())


def _greeting(masked: str) -> int | None:
    """Where the salutation that a line begins with ends (offset in the line, after the name), or None."""
    skip = re.match(rf"[\s{_INCLUDE}*_]*", masked)
    begin = skip.end() if skip is not None else 0
    if begin >= len(masked):
        return None
    if masked[begin] == _GREETING:
        return _names(masked, begin)[0]
    match = _FORMAL.match(masked, begin)
    if match is not None:
        return _names(masked, match.end())[0]
    match = _WARM.match(masked, begin)
    if match is not None:
        if re.match(rf"\s+(?:{_GREETS})(?![\wäöüß])", masked[match.end() :], re.IGNORECASE):
            return None
        end, named = _names(masked, match.end())
        rest = masked[end:].lstrip()
        if named and (not rest or not rest[0].islower()):
            return end
        return None
    match = _GREET.match(masked, begin)
    if match is not None:
        if _LEAVING.match(masked, match.end()):
            return None
        return _names(masked, match.end())[0]
    if masked[begin] == _FILL:
        # „{{ customer.firstname }},“: placeholders alone, then a comma or the line's end.
        run = re.match(rf"[{_FILL}{_GREETING}\s]+", masked[begin:])
        end = begin + (len(run[0].rstrip()) if run is not None else 0)
        rest = masked[end:].strip()
        if rest in (",", "!") or (rest[:1] in ",!" and len(rest) > 1 and rest[1:].strip()[:1].islower()):
            return end
    match = _AT_NAME.match(masked)
    return match.end() if match is not None else None


def _names(masked: str, position: int) -> tuple[int, bool]:
    """Where the name after a greeting ends, and whether there is one."""
    end = position
    named = False
    while True:
        gap = re.compile(r"[\s*_\"„“]*(,?)\s*").match(masked, end)
        begin = gap.end() if gap is not None else end
        comma = gap is not None and bool(gap[1])
        token = _TOKEN.match(masked, begin)
        if token is None:
            return end, named
        word = token[0].rstrip('.:…–—-*_"“)') or token[0]
        lower = word.lower()
        if comma and not _continues(masked, begin, named):
            return end, named
        is_adjective = _ADJECTIVE.match(masked, begin) is not None
        if lower == "sehr" or is_adjective or _TITLE.match(token[0]) or lower in _GROUP:
            if lower in ("in", "die", "da", "ihr", "euch", "alles") and not re.match(
                r"(?:in die runde|da(?=[\s,!]|$)|ihr (?:lieben|beiden|zwei)|euch (?:beiden|allen|zusammen)|die runde)",
                masked[begin : begin + 20],
                re.IGNORECASE,
            ):
                return end, named
            if lower in ("ihr", "in", "die", "da") and word[0].isupper() and not named and not comma:
                return end, named
            named = named or lower not in ("sehr", "in", "die", "da")
        elif lower in _PARTICLES or (named and lower in ("in", "für", "bei", "des", "im", "aus")):
            after = _TOKEN.match(masked, token.end() + 1) if token.end() < len(masked) else None
            if after is None or not (after[0][0].isupper() or _is_mark(after[0][0]) or _ADJECTIVE.match(after[0])):
                return end, named
        elif _is_mark(word[0]) or (word[0].isupper() and lower not in _NO_NAME) or (word[0] in "@([" and len(word) > 2):
            named = True
        else:
            return end, named
        end = begin + len(token[0].rstrip(".:…–—")) if not _TITLE.match(token[0]) else token.end()
        if token[0].endswith((".", ":", "…", "–", "—")) and not re.fullmatch(r"[\w.-]{1,5}\.", token[0]):
            return end, named


def _is_mark(char: str) -> bool:
    return _FILL <= char <= _INCLUDE


def _continues(masked: str, begin: int, named: bool) -> bool:
    """Whether the words after a comma still belong to the salutation: „Guten Tag, Herr Lang,“ „Liebe Lisa, lieber Tom“."""
    rest = masked[begin:]
    if _ADJECTIVE.match(rest) or re.match(r"sehr\s+(?:geehrt|verehrt)", rest, re.IGNORECASE):
        return True
    token = _TOKEN.match(rest)
    if token is None:
        return False
    if _ADDRESSEE_TITLE.match(token[0]) or _is_mark(rest[0]):
        # „Guten Tag, Frau Kern,“ but not „Guten Tag, Frau Kern hat uns informiert“.
        run = re.match(rf"(?:[A-ZÄÖÜ{_ANY}][^\s,!?]*\s*|(?:von|van|de|der|zu|und)\s+)+(?=[,!.]|$|\s*$)", rest)
        return run is not None
    if named or not token[0][0].isupper() or token[0].lower() in _NO_NAME:
        return token[0].lower() in ("zusammen", "alle", "ihr") and not named
    run = re.match(rf"(?:[A-ZÄÖÜ{_ANY}][\w'’\-.{_ANY}]*\s*)+(?=[,!]|$)", rest)
    return run is not None


def _bare_name(lines: Sequence[_Line], number: int) -> int | None:
    """Where a salutation without greeting ends: „Frau Berger,“ „Anna, das ging ja schnell!“ „Danke, Frau Berger, …“."""
    line = lines[number]
    masked = line.masked
    begin = _lead(line)
    first = _TOKEN.match(masked, begin)
    if first is None:
        return None
    word = first[0].strip("*_")
    lower = word.lower().rstrip(".:")
    if _ADDRESSEE_TITLE.match(word):
        end, named = _names(masked, begin)
        rest = masked[end:].strip()
        if named and end > first.end() and (rest[:1] in (",", "!") or (not rest and line.gap_after)):
            return end
        return None
    if word[0].isupper() and word.replace("-", "").isalpha() and lower not in _INTERJECTIONS and len(word) > 1:
        run = re.compile(r"(?:[A-ZÄÖÜ][\w'’\-]+)(?:\s[A-ZÄÖÜ][\w'’\-]+){0,2}").match(masked, begin)
        if run is not None and not any(part.lower() in _INTERJECTIONS for part in run[0].split()):
            rest = masked[run.end() :]
            if re.fullmatch(r"\s*[,!]\s*", rest):
                return run.end()
            after = re.match(r",\s+([a-zäöüß]+)\b", rest)
            if after is not None and number == 0 and len(run[0].split()) == 1:
                sentence = re.match(r"[^.!?]*([.!?]|$)", rest)
                closes = sentence[1] if sentence is not None else ""
                if after[1] not in _RELATIVE or closes == "!":
                    return run.end()
    sentence_end = re.search(r"[.!?](?:\s|$)", masked)
    head = masked[: min(200, sentence_end.end() if sentence_end is not None else len(masked))]
    thanked = _THANKED.match(head)
    if thanked is not None:
        who = thanked["who"]
        last = who.split()[-1]
        if last[:1].isupper() and last.lower() not in _INTERJECTIONS and not who.split()[0].lower() in _INTERJECTIONS:
            return thanked.end("who")
    inside = _VOCATIVE_INSIDE.search(head)
    return inside.end("who") if inside is not None else None


def _labelled(masked: str) -> bool:
    return bool(_SUBJECT.match(masked) or _LABEL.match(masked) or _DATE_LINE.match(masked.strip()))


def _preamble(line: _Line) -> bool:
    """Whether a line may stand above the salutation: subject, file number, date, address, heading, header macro."""
    stripped = line.masked.strip()
    bare = stripped.strip(f"{_INCLUDE} \t*_#-=")
    if not bare or _labelled(stripped) or stripped.startswith("#"):
        return True
    if len(stripped) > 90:
        return False
    if line.gap_after and len(stripped) <= 60 and not stripped.endswith((".", "?", ":")):
        return True
    return not _PROSE_END.search(stripped) and not stripped.endswith(",") and not bare[0].islower()


# --- sign-off -----------------------------------------------------------------------------------------------------


def _signature_delimiter(lines: Sequence[_Line]) -> tuple[int, int | None]:
    """The number of lines above the signature's delimiter, and the first line below it, if there is one."""
    for number in range(len(lines) - 1, max(-1, len(lines) - _BOTTOM), -1):
        stripped = lines[number].masked.strip()
        if number > 0 and _DELIMITER.match(stripped) and number + 1 < len(lines):
            return number, number + 1
        if (
            number > 0
            and _RULED.match(stripped)
            and number + 1 < len(lines)
            and any(_FOOTER.match(line.masked) for line in lines[number + 1 : number + 4])
        ):
            return number, number + 1
    return len(lines), None


def _formula(masked: str, *, inline: bool = False) -> tuple[int, int | None] | None:
    """Where the closing formula that a line begins with ends, and where a name in the same line begins; or None."""
    if len(masked) > 120:
        return None
    for pattern in (_STRONG, _ABBREVIATED, _WISHES, _FAREWELL):
        match = pattern.match(masked)
        if match is None:
            continue
        if pattern is _STRONG and match["pre"] and not inline and _PROSE_WORD.search(match["pre"]):
            continue
        found = _formula_tail(masked, match.end(), pattern)
        if found is not None:
            return found
    return None


def _formula_tail(masked: str, end: int, pattern: re.Pattern[str]) -> tuple[int, int | None] | None:
    """What follows the words of a formula: nothing, a place, a name; None where it is prose."""
    rest = masked[end:]
    if _TAIL_MARKS.match(rest):
        return end + len(rest.rstrip()), None
    if re.match(r"\s*(?:…|\.\.\.|\?)", rest):
        return None
    name = re.match(r"\s*(?:[,–—\-:|!.…/]\s*)?", rest)
    offset = name.end() if name is not None else 0
    tail = rest[offset:]
    source = _FROM.match(rest)
    if source is not None and pattern is not _ABBREVIATED and _name_like(rest[source.end() :]):
        return end, end + source.end()
    place = _PLACE.match(rest)
    if place is not None and pattern is not _ABBREVIATED:
        # „Grüße aus Kiel“, „Grüße und bis bald“, and a name after a comma: „Grüße aus Köln, Tim“.
        comma = rest.find(",")
        if comma > 0 and _name_like(rest[comma + 1 :]):
            return end + comma + 1, end + comma + 1 + len(rest[comma + 1 :]) - len(rest[comma + 1 :].lstrip())
        if len(rest) <= 60 and not _PROSE_WORD.search(rest) and not re.search(r"[.?;:]\s+\S", rest):
            return end + len(rest.rstrip()), None
        return None
    if _name_like(tail) and not _PROSE_WORD.match(tail):
        if pattern is _FAREWELL and offset == 0:
            return None
        return end + len(rest[:offset].rstrip()), end + offset
    if pattern in (_FAREWELL, _WISHES):
        if pattern is _FAREWELL and len(rest) <= 40 and not _PROSE_WORD.search(rest) and not re.search(r"[.?:;]", rest):
            return end + len(rest.rstrip()), None
        return None
    if pattern is _ABBREVIATED and re.fullmatch(r"[a-zäöüß\-]{2,15}\s*", tail):
        return end + offset, end + offset  # „lg tim“
    return None


def _name_like(text: str, *, strict: bool = False) -> bool:
    """Whether a text may be the name of a person, team or role."""
    stripped = text.strip(" \t*,|")
    if _NAME_PREFIX.match(stripped):
        return len(stripped) < 50
    stripped = _NAME_TAIL.sub("", stripped.strip("_"))
    if not stripped or len(stripped) > 70:
        return False
    words = stripped.split()
    if len(words) > 8 or (strict and len(words) > 6):
        return False
    first = words[0].strip(".,:").lower()
    if first in _NO_SIGN_NAME or (first in _NO_NAME and first not in _NAME_STARTERS):
        return False
    capital = False
    for number, word in enumerate(words):
        bare = word.strip(".,:;!()[]\"„“'’*_|/")
        if not bare:
            continue
        if re.search(r"[?:;]$", word):
            return False
        if bare.lower() in _NO_SIGN_NAME:
            return False
        if bare[0].isupper() or _is_mark(bare[0]) or re.search(r"-[A-ZÄÖÜ]", bare):
            capital = True
        elif (
            bare.lower() not in _NAME_SMALL
            and not (number and bare[0].isdigit())
            and bare.lower() not in _NAME_STARTERS
        ):
            return False
        if strict and word.endswith((".", "!")) and not re.fullmatch(r"[A-ZÄÖÜa-z][\wäöü]{0,4}\.", word):
            return False
    return capital


def _sign_off(lines: Sequence[_Line], first: int, end: int, salutation: _Salutation | None) -> _SignOff | None:
    """The sign-off among the lines `first` … `end`, searched from below."""
    lowest = max(first, end - _BOTTOM)
    floor = salutation.span.end if salutation is not None else -1
    weak: _SignOff | None = None
    for number in range(end - 1, lowest - 1, -1):
        line = lines[number]
        if salutation is not None and not salutation.whole and line.start <= salutation.span.start < line.end:
            break
        found = _formula(line.masked)
        if found is None:
            continue
        if number == first == 0 and salutation is None and end > 2 and not _next_is_name(lines, number, end):
            continue  # the first line greets, and a text follows
        sign_off = _with_name(lines, number, end, found)
        if _ABBREVIATED.match(line.masked) and found[1] is not None:
            # „SG Nord“ below „Viele Grüße“ is a firm.
            above = next(
                (n for n in range(number - 1, max(lowest, number - 4) - 1, -1) if _formula(lines[n].masked)), None
            )
            if above is not None and not _ABBREVIATED.match(lines[above].masked):
                return _with_name(lines, above, end, _formula(lines[above].masked) or found)
        if _STRONG.match(line.masked) or _ABBREVIATED.match(line.masked):
            return sign_off
        if sign_off.name is not None or sign_off.after >= end:
            weak = weak or sign_off
            # „Bis bald⏎Viele Grüße⏎Tim“ and „Viele Grüße⏎Schönen Tag noch⏎Tim“ are one sign-off.
            if number - 1 >= lowest and (upper := _formula(lines[number - 1].masked)) is not None and upper[1] is None:
                continue
            break
    if weak is not None:
        return _widen(lines, weak, lowest, floor)
    return (
        _macro(lines, lowest, end)
        or _inside_line(lines, lowest, end, floor)
        or _name_only(lines, first, end, salutation)
    )


def _next_is_name(lines: Sequence[_Line], number: int, end: int) -> bool:
    return number + 1 < end and _name_like(lines[number + 1].masked)


def _widen(lines: Sequence[_Line], sign_off: _SignOff, lowest: int, floor: int) -> _SignOff:
    """Takes the formula line right above into a sign-off that begins with another one."""
    above = sign_off.first - 1
    if above >= lowest and lines[above].start > floor and not lines[sign_off.first].gap:
        found = _formula(lines[above].masked)
        if found is not None and found[1] is None:
            span = Span(lines[above].start, lines[above].end)
            formula = sign_off.formula
            sign_off.lines.insert(0, span)
            sign_off.first, sign_off.start = above, span.start
            sign_off.formula = Span(span.start, formula.end) if formula is not None else span
    return sign_off


def _with_name(lines: Sequence[_Line], number: int, end: int, found: tuple[int, int | None]) -> _SignOff:
    """A sign-off whose formula fills line `number`, with the name in the same line or in the lines below."""
    line = lines[number]
    formula_end, name_at = found
    start = line.start + _lead(line)
    own = Span(start, line.end)
    if name_at is not None:
        name = Span(line.start + name_at, line.end)
        formula = Span(start, max(start, line.start + len(line.masked[:formula_end].rstrip(" ,–-"))))
        return _SignOff(number, start, line.end, number + 1, formula, name, [own])
    sign_off = _SignOff(number, start, line.end, number + 1, own, None, [own])
    at = number + 1
    # A second formula right below: „Viele Grüße⏎und einen schönen Tag“.
    while at < end and not lines[at].gap:
        more = _formula(lines[at].masked)
        if more is None and not re.match(r"(?:und|sowie|aus|vom?)\b", lines[at].masked):
            break
        if more is None and not (len(lines[at].masked) < 50 and not _PROSE_END.search(lines[at].masked)):
            break
        span = Span(lines[at].start, lines[at].end)
        sign_off.lines.append(span)
        sign_off.end, sign_off.after = span.end, at + 1
        sign_off.formula = Span(start, span.end)
        if more is not None and more[1] is not None:
            sign_off.name = Span(lines[at].start + more[1], span.end)
            sign_off.formula = Span(start, lines[at].start + len(lines[at].masked[: more[0]].rstrip(" ,–-")))
            return sign_off
        at += 1
    while at < end and at - number <= 8:
        candidate = lines[at]
        if not _is_name_line(candidate, first=sign_off.name is None):
            break
        if (
            sign_off.name is not None
            and candidate.gap
            and not _NAME_PREFIX.fullmatch(lines[at - 1].masked.strip() + " ")
        ):
            break
        span = Span(candidate.start, candidate.end)
        sign_off.lines.append(span)
        sign_off.name = Span(sign_off.name.start, span.end) if sign_off.name is not None else span
        sign_off.end, sign_off.after = span.end, at + 1
        at += 1
    return sign_off


def _is_name_line(line: _Line, *, first: bool) -> bool:
    """Whether a line below a formula is a name, a role, a team, a firm; its place says so, unless it is plainly else."""
    masked = line.masked
    stripped = masked.strip()
    if len(stripped) > 80 or _POSTSCRIPT.match(stripped) or _FOOTER.match(stripped) or _RULED.match(stripped):
        return False
    if stripped.strip(_INCLUDE + " ") == "":
        return first
    if _CONTACT_START.match(stripped) or (not first and _CONTACT.search(stripped)):
        return False
    words = stripped.split()
    if len(words) > 9 or (_PROSE_END.search(stripped) and len(words) > 3):
        return False
    if re.match(r"(?:[-*•]|\d{1,2}[.)])\s", stripped):
        return False
    return _name_like(stripped) or (
        first and len(words) <= 3 and (words[0].lower() not in _NO_NAME or words[0].lower() in _NAME_STARTERS)
    )


def _macro(lines: Sequence[_Line], lowest: int, end: int) -> _SignOff | None:
    """A footer or signature macro near the end, which brings formula and name along."""
    for number in range(end - 1, max(lowest, end - 4) - 1, -1):
        line = lines[number]
        bare = line.masked.strip()
        if bare.endswith(_INCLUDE) and not bare.strip(_INCLUDE + " "):
            if any(len(lower.masked) > 100 for lower in lines[number + 1 : end]):
                break
            span = Span(line.start, line.end)
            return _SignOff(number, span.start, span.end, number + 1, span, span, [span])
        if bare.endswith(_INCLUDE):
            at = line.masked.index(_INCLUDE, len(line.masked.rstrip(_INCLUDE + " ")))
            span = Span(line.start + at, line.end)
            return _SignOff(number, span.start, span.end, number + 1, span, span, [span])
    return None


def _inside_line(lines: Sequence[_Line], lowest: int, end: int, floor: int) -> _SignOff | None:
    """A sign-off at the end of the last line: „… melde dich einfach. LG Tim“."""
    number = end - 1
    while number > lowest and _FOOTER.match(lines[number].masked):
        number -= 1
    if number < lowest:
        return None
    line = lines[number]
    tail_from = max(0, len(line.masked) - 110, floor - line.start)
    for match in re.finditer(rf"(?:(?<=[.!?…)])|(?<=\s)|(?<={EMOJI})|^)(?=[\wäöüÄÖÜ])", line.masked[tail_from:]):
        at = tail_from + match.start()
        part = line.masked[at:]
        before = line.masked[:at].rstrip()
        if not before:
            continue
        sure = bool(re.search(rf"(?:[.!?…)\"“,–-]|{EMOJI}|{EMOTICON})$", before))
        strong = _STRONG.match(part)
        if (
            not sure
            and not (strong is not None and not strong["pre"])
            and not re.match(r"(?:V?LG|VG|MfG|lg|vg)\b", part)
        ):
            continue
        if before.endswith((",", "–", "-")) and strong is None and not _ABBREVIATED.match(part):
            continue
        found = _formula(part, inline=True)
        if found is None:
            continue
        start = line.start + at
        formula_end, name_at = found
        span = Span(start, line.end)
        if name_at is None:
            return _SignOff(number, start, line.end, number + 1, span, None, [span])
        formula = Span(start, start + len(part[:formula_end].rstrip(" ,–-")))
        return _SignOff(number, start, line.end, number + 1, formula, Span(start + name_at, line.end), [span])
    return None


def _name_only(lines: Sequence[_Line], first: int, end: int, salutation: _Salutation | None) -> _SignOff | None:
    """A name on the last short line or two, without any formula."""
    last = end - 1
    while last > first and (_FOOTER.match(lines[last].masked) or _CONTACT_START.match(lines[last].masked)):
        last -= 1
    if last <= first - (salutation is not None and salutation.whole):
        return None
    begin = last
    while (
        begin > first and not lines[begin].gap and last - begin < 2 and _name_like(lines[begin - 1].masked, strict=True)
    ):
        begin -= 1
    group = lines[begin : last + 1]
    if not all(_name_like(line.masked, strict=True) for line in group):
        begin = last
        group = lines[last : last + 1]
        if not _name_like(group[0].masked, strict=True):
            return None
    if begin == 0 or (begin == first and salutation is None):
        return None
    head = lines[begin]
    above = lines[begin - 1].masked.rstrip()
    if begin > first and not head.gap and not re.search(rf"(?:[.!?…)]|{EMOJI}|{EMOTICON})$", above):
        return None
    if begin > first and (above.endswith(":") or re.match(r"\s*(?:[-*•–]|\d{1,2}[.)])\s", above)):
        return None
    if any(re.match(r"\s*(?:[-*•–]|\d{1,2}[.)])\s", line.masked) or ":" in line.masked for line in group):
        return None
    spans = [Span(line.start, line.end) for line in group]
    name = Span(spans[0].start, spans[-1].end)
    return _SignOff(begin, name.start, name.end, last + 1, None, name, spans)


def _divide(lines: Sequence[_Line], first: int, end: int, sign_off: _SignOff | None) -> tuple[list[int], int]:
    """The numbers of the body's lines, and of the first line after the sign-off."""
    if sign_off is None:
        stop = end
        while stop > first and _FOOTER.match(lines[stop - 1].masked) and lines[stop - 1].gap:
            stop -= 1
        return list(range(first, stop)), stop
    last = sign_off.first
    inside = last < len(lines) and sign_off.start > lines[last].start + _lead(lines[last])
    return list(range(first, min(last + inside, end))), sign_off.after


def _after(
    lines: Sequence[_Line], tail: int, end: int, signature_first: int | None, sign_off: _SignOff | None
) -> tuple[Span | None, Span | None]:
    """What stands below the sign-off: the postscript, and the signature block."""
    postscript: Span | None = None
    signature: Span | None = None
    number = tail
    while number < len(lines):
        if number == end and signature_first is not None:
            number = max(signature_first, tail)
            if number < len(lines):
                start = signature.start if signature is not None else lines[number].start
                signature = Span(start, lines[-1].end)
            break
        stop = number + 1
        while stop < min(len(lines), end) and not lines[stop].gap:
            stop += 1
        group = Span(lines[number].start, lines[stop - 1].end)
        text = lines[number].masked
        if _POSTSCRIPT.match(text.strip()) or (
            sign_off is not None and signature is None and _is_prose(lines, number, stop)
        ):
            postscript = Span(postscript.start, group.end) if postscript is not None else group
        else:
            signature = Span(signature.start, group.end) if signature is not None else group
        number = stop
    return postscript, signature


def _is_prose(lines: Sequence[_Line], number: int, stop: int) -> bool:
    first = lines[number].masked.strip()
    if _FOOTER.match(first) or _CONTACT_START.match(first) or _CONTACT.search(first) and len(first) < 80:
        return False
    last = lines[stop - 1].masked.strip()
    return bool(_PROSE_END.search(last)) and len(first.split()) >= 3


def _body_span(
    text: str,
    lines: Sequence[_Line],
    numbers: Sequence[int],
    salutation: _Salutation | None,
    sign_off: _SignOff | None,
    first: int,
) -> Span:
    """The body's range; empty, at the place where it belongs, where there is none."""
    if numbers:
        start = lines[numbers[0]].start
        if salutation is not None and salutation.whole and start < salutation.span.end <= lines[numbers[0]].end:
            start = salutation.span.end
        end = lines[numbers[-1]].end
        if sign_off is not None and start <= sign_off.start < end:
            end = sign_off.start
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            return Span(start, end)
    if salutation is not None:
        return Span(salutation.span.end, salutation.span.end)
    if sign_off is not None:
        return Span(sign_off.start, sign_off.start)
    at = lines[min(first, len(lines) - 1)].end
    return Span(at, at)
