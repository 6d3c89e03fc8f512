"""The sign-off of a reply: closing formula and name, whichever of them stands there.

In: the lines the writer wrote, and where the salutation ended. Out: the sign-off, searched from the end upwards: on
lines of its own, at the end of the last line („… melde dich. LG Tim“), a footer macro, or a bare name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from replylint.expressions import expression
from replylint.german.lines import FACE, INCLUDE, TAIL_MARKS, UPPER, Line, ends_as_prose, is_mark, words
from replylint.german.salutation import GREETS, NO_NAME, Salutation
from replylint.german.sentences import EMOJI, EMOTICON
from replylint.source import Span

_BOTTOM = 80  # so many filled lines from the end are looked at

_STRONG = expression(
    rf"""[\s*_\-–]*(?:(?P<pre>[^.!?:;]{{0,60}}?)(?:\b(?:und|sowie|mit)|[&+,])\s+)?
      (?:mit\s+|die\s+)?(?:(?:ganz|recht|sehr)\s+)?
      (?:[\wäöüß\-]{{2,20}}(?:e|en|em|er|es|n)\b,?\s+(?:und\s+)?){{0,3}}(?:[\wäöüß]{{3,20}}-?)?{GREETS}(?![\wäöüß])
    | [\s*_]*(?:hochachtungsvoll|mit\s+(?:vorz(?:ü|ue)glicher\s+|gr(?:ö|oe)(?:ß|ss)ter\s+)?hochachtung
      | (?:(?:with\s+)?(?:best|kind|warm|many)\s+)?regards|(?:yours\s+)?sincerely|cheers|herzlich(?:st)?|freundlichst
      | (?:mit\s+)?(?:den\s+)?(?:aller)?(?:besten?|herzlichen|guten|lieben)\s+w(?:ü|ue)nschen?)(?![\wäöüß])""",
    re.IGNORECASE | re.VERBOSE,
)
# What may stand before „und viele Grüße“ in one formula; anything else is the end of the body.
_BEFORE_GREETS = expression(
    r"""[\s*_\-–]*(?:(?:viel|herzlich|best|lieb|tausend|schön|nochmals?|vorab)\w*\s+)*
    (?: danke?|guten?|alles|bis|schöne|eine?n?|herzlich|freundlich|viele?|lieb|best|servus|tsch|froh|mit|auf|hochachtung
      | ciao|gesegnet|ganz|prost|zum\s+wohl|petri\s+heil|waidmannsheil|sport\s+frei|allzeit|gott|namaste|shalom )""",
    re.IGNORECASE | re.VERBOSE,
)
_ABBREVIATED = expression(
    r"[\s*_]*(?:[Mm]\.?\s?[Ff]\.?\s?[Gg]\b\.?|(?:V|G|S)?LG|GLG|VG|BG|HG|FG|SG|lg|vlg|glg|vg|bg|hg|Lg|Vlg|Glg|Vg)(?![\wäöüß.\-])"
)
_FAREWELL = expression(
    r"""[\s*_]*(?:
      bis\s+(?: bald|dann|morgen|sp(?:ä|ae)ter|gleich|demn(?:ä|ae)chst|dahin|neulich|zum\s+n(?:ä|ae)chsten\s+mal
               | (?:zum|n(?:ä|ae)chste[nsr]?|die|kommende[nr]?|in)\s+\w+ | \w+tag\b | mittwoch )
      | auf\s+(?:ein\s+baldiges\s+)?wieder(?:sehen|h(?:ö|oe)ren|schauen) | uf\s+wiederluege
      | ade|adieu|adé|tsch(?:ü|ue)(?:ss|ß|s)i?|tsch(?:ö|oe)|ciao|tschau|servus|baba|ahoi
      | pf(?:ia|ü|üe|ue)t\s+(?:di|euch|eich|ihnen|sie) | gl(?:ü|ue)ck\s*auf
      | (?:einen\s+)?sch(?:ö|oe)ne[nrs]?\s+(?:\w+\s+){0,2}?
        (?:tag|abend|woche|wochenende|feierabend|nachmittag|feiertage?|urlaub|ferien|restwoche|start|mittag|zeit|\w+tag)
        (?:\s+(?:noch|allerseits|euch|dir|ihnen|dann)){0,3}
      | bleib(?:en\s+sie|t)?\s+(?:bitte\s+)?gesund | alles\s+(?:gute|liebe) | frohe?s?\s+\w+ | guten\s+rutsch
      | gute\s+(?:fahrt|reise|besserung|nacht|zeit) | viel\s+(?:spa(?:ß|ss)|erfolg|freude) | man\s+sieht\s+sich
      | mach(?:en\s+sie)?(?:'|’)?s\s+gut | take\s+care | see\s+you )(?![\wäöüß])""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOM = r"(?:\s+(?:ihnen|dir|euch|allen|ich|wir|herzlichst?))*"
_WISHES = expression(
    rf"""[\s*_]*(?:
      (?:es\s+|(?:mit|in|aus)\s+(?:\w+\s+){{1,4}})?(?:herzlichst?\s+|freundlichst?\s+)?gr(?:ü|ue)(?:ß|ss)(?:t|en)
        (?: \s+(?:sie|dich|euch|ihnen|herzlich\w*|freundlich\w*|aus)\b
            (?:\s+(?:herzlich\w*|freundlich\w*|ganz|lieb|und|sehr|recht|aus\s+\w+))* | (?=\s*$) )
      | (?:wir|ich)\s+(?:senden?|schicken?|verbleiben?)\b[^.!?:;]{{0,40}}?\b{GREETS}
      | (?:ein(?:en|e)?|sch(?:ö|oe)n\w*|gute[ns]?|alles|viel\w*|frohe?s?|angenehm\w*|erholsam\w*|sonnig\w*|entspannt\w*
          |gesegnet\w*|besinnlich\w*)\s[^.!?:;]{{2,50}}?\bw(?:ü|ue)nsch(?:t|en|e)\b{_WHOM}
      | [^.!?:;]{{0,40}}?\b{GREETS}(?![\wäöüß])[^.!?:;]{{0,20}}?
        \b(?:sendet|senden|schick(?:t|en)|verbleib(?:e|en|t))\b{_WHOM}
      | (?:[^.!?:;]{{0,60}}\s)?verbleiben?\s+(?:ich|wir)(?=\s*,?\s*$) )(?![\wäöüß])""",
    re.IGNORECASE | re.VERBOSE,
)
_PLACE = expression(
    r"\s+(?:aus|in|ins|nach|zur(?:ü|ue)ck|rund|unbekannterweise|und|auch|ans|an\s+den\s+\w+see|vom\s+\w+see|am)\b"
)
_MAY_GREET = expression(  # a cheap test before the two costly patterns
    r"gr(?:ü|u)|hochacht|regards|sincer|cheers|herzlich|freundlichst|nsch|send|schick|verbleib", re.IGNORECASE
)
_SHORT = (_ABBREVIATED, _FAREWELL)
_JOINT = expression(r"\s*(?:,?\s*(?:und|&|\+)\s+|[/|,]\s*)(?=\S)")
_NAME_GAP = expression(rf"\s*(?:[,–—\-:|!.…/]\s*)?(?:{FACE}\s*)*")
_AFTER_PLACE = expression(
    r",\s*|\s+(?:sendet|schickt|w(?:ü|ue)nscht|gr(?:ü|ue)(?:ß|ss)t)\s+(?:(?:ihnen|dir|euch)\s+)?", re.IGNORECASE
)
_FROM = expression(r"\s*(?:von|vom|w(?:ü|ue)nscht|sendet|schickt|senden|w(?:ü|ue)nschen)\s+", re.IGNORECASE)
_FROM_END = expression(r"\b(?:von|vom)\s+$", re.IGNORECASE)
_PROSE_WORD = expression(
    r"\b(?:an\s+(?:den|die|das|ihre?n?|deine?n?|alle|ihr|dein|eure?n?)|soll|habe|haben|hat|hatte|wird|werden|können|kann"
    r"|bitte|auch\s+von|ausrichten|bestellen|ist|sind|war|wir|ich|sie|uns|dass|wenn)\b",
    re.IGNORECASE,
)
_NAME_PREFIX = expression(r"(?:i\.\s?[AV]\.|ppa\.?|gez\.?|im\s+auftrag|in\s+vertretung)[\s:]*", re.IGNORECASE)
_NAME_TAIL = expression(rf"(?<![\s!.])[\s!.]*+(?:{FACE}\s*+)*$")
_LONGEST_NAME = 140  # with all that may stand behind it
_NAME_STARTERS = words("ihr ihre dein deine euer eure das die der unser unsere mein dr prof")
_NAME_SMALL = words(
    """
    von vom van de der den dem aus bei für fuer im in am und & | / zu zur the of team i. a. v. ppa. gez. an das die
    ihr deine dein ihre euer eure e.v. - – — · • la le del di da
    """
)
_NO_SIGN_NAME = words(
    """
    dank danke bitte grüße grüsse gruß gruss betreff anlage anlagen anhang seite hinweis wichtig achtung tel telefon
    fax e-mail email mail web www http https ps postskriptum passwort link zur zum weiter hier
    """
)
POSTSCRIPT = expression(r"\(?p\.?\s?p?\.?\s?s\b\.?\s*[:,–\-.]?\s|nachtrag\s*:|post\s?skriptum", re.IGNORECASE)
_CONTACT_START = expression(
    r"""[\s*_|]*(?: (?:tel(?:efon)?|fon|phone|fax|mobil|handy|e-?mail|mail|web(?:site)?|internet|homepage)\b\s*[.:|]
      | [tmfew]\s?[.:|]\s*(?:\+|\(?0\d|\S+@|www|http) | www\.|https?:|tel\b|☎|📞|✉|🌐|\+\d{2}|\(?0\d{2,}
      | [^\s@]{1,64}@[^\s@]{1,200}\.\w{1,60}\s*+$ | \[?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,9}\s*+$ )""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT = expression(
    r"""\b(?: tel(?:efon)?\b\.?|fax\b|mobil\b|e-?mail\b|hr[ab]\b|amtsgericht|registergericht|handelsregister|postfach
      | gesch(?:ä|ae)ftsf(?:ü|ue)hr|vorstand\b|aufsichtsrat|sitz\s+der|ust\b|ust-id|uid\b|iban\b|bic\b|steuer-?n
      | impressum|datenschutz|g?mbh\b|ag\b|kg\b|se\b|e\.\s?[kv]\.|www\.|https?://|(?:d-|a-|ch-)?\d{4,5}\s+[a-zäöü]
      | sprechzeiten|[\w.\-]{0,60}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|markt)\s+\d+
      | (?:ö|oe)ffnungszeiten|erreichbar|mo\s?[-–]\s?(?:do|fr|sa)|0\d{2,5}[\s/\-]+\d{3} )
    | \+\d{2}[\s(] | \S@\S+\.\w""",
    re.IGNORECASE | re.VERBOSE,
)
FOOTER = expression(
    r"""[\s*_]*(?: diese[rs]?\s+(?:e-?mail|nachricht|mail|information|schreiben|inhalt)\b | sie\s+erhalten\s+diese
      | (?:bitte\s+)?antworten\s+sie\s+nicht
      | bitte\s+(?:antworten|pr(?:ü|ue)fen|denken|beachten)\s+sie\b.{0,40}(?:mail|umwelt|ausdruck|antwort)
      | ©|\(c\)\s|copyright|alle\s+rechte|von\s+meinem\s+\w+\s+gesendet|gesendet\s+(?:von|mit|aus|über)|sent\s+from
      | (?:the\s+)?information\s+in\s+this|this\s+(?:e-?mail|message)|vertraulich|der\s+inhalt\s+dieser|hinweis\s*:
      | denken\s+sie\s+an\s+die\s+umwelt|think\s+before|powered\s+by|impressum|datenschutz )
    | .{0,60}\bpowered\s+(?:by|with)\b | .{0,40}\bautomatisch\s+(?:generiert|erstellt|versandt|erzeugt)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a footer below the sign-off begins with: notices, small print, machines' remarks."""
_ITEM = expression(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")
_DELIMITER = expression(r"(?:--|—|–)\s?$")
_RULED = expression(r"([-_=*])\1{2,}$")


@dataclass(slots=True)
class SignOff:
    """A sign-off as found: `first` is the number of its first line, `after` that of the line below it; `start` and
    `end` are its range, which may begin inside a line; `lines` are its lines' ranges."""

    first: int
    start: int
    end: int
    after: int
    formula: Span | None = None
    name: Span | None = None
    lines: list[Span] = field(default_factory=list)


def signature_delimiter(lines: Sequence[Line]) -> tuple[int, int | None]:
    """The number of lines above the signature's delimiter, and the first line below it, if there is one."""
    for number in range(len(lines) - 1, max(-1, len(lines) - _BOTTOM), -1):
        stripped = lines[number].masked.strip()
        if number > 0 and _DELIMITER.match(stripped) and number + 1 < len(lines):
            return number, number + 1
        if (
            number > 0
            and _RULED.match(stripped)
            and number + 1 < len(lines)
            and any(FOOTER.match(line.masked) for line in lines[number + 1 : number + 4])
        ):
            return number, number + 1
    return len(lines), None


def _formula(masked: str, depth: int = 0) -> tuple[int, int | None] | None:
    """Where the closing formula that a line begins with ends, and where a name in the same line begins; or None."""
    if len(masked) > 120:
        return None
    hint = _MAY_GREET.search(masked) is not None
    for pattern in (_STRONG, _ABBREVIATED, _WISHES, _FAREWELL):
        match = pattern.match(masked) if hint or pattern in _SHORT else None
        if match is None or (pattern is _STRONG and match["pre"] and not _BEFORE_GREETS.match(match["pre"])):
            continue
        found = _formula_tail(masked, match.end(), pattern, depth)
        if found is not None:
            return found
    return None


def _formula_tail(masked: str, end: int, pattern: re.Pattern[str], depth: int) -> tuple[int, int | None] | None:
    """What follows the words of a formula: nothing, a place, a name; None where it is prose."""
    rest = masked[end:]
    if TAIL_MARKS.match(rest):
        return end + len(rest.rstrip()), None
    if re.match(r"\s*(?:…|\.\.\.|\?)", rest):
        return None
    joint = _JOINT.match(rest)
    if joint is not None and depth < 3:
        # „Viele Grüße und bleiben Sie gesund!“, „Mit freundlichen Grüßen / Best regards“
        more = _formula(rest[joint.end() :], depth + 1)
        if more is not None:
            offset = end + joint.end()
            return offset + more[0], None if more[1] is None else offset + more[1]
    name = _NAME_GAP.match(rest)
    offset = name.end() if name is not None else 0
    tail = rest[offset:]
    source = _FROM.match(rest)
    if source is not None and pattern is not _ABBREVIATED and _name_like(rest[source.end() :]):
        return end, end + source.end()
    place = _PLACE.match(rest)
    if place is not None and pattern is not _ABBREVIATED:
        # „Grüße aus Kiel“, and a name after it: „Grüße aus Köln, Tim“, „Grüße aus dem Norden sendet Jana“.
        parted = _AFTER_PLACE.search(rest)
        if parted is not None and _name_like(rest[parted.end() :]):
            return end + parted.start(), end + parted.end()
        if len(rest) <= 60 and not _PROSE_WORD.search(rest) and not re.search(r"[.?;:]\s+\S", rest):
            return end + len(rest.rstrip()), None
        return None
    if _name_like(tail) and not _PROSE_WORD.match(tail):
        if pattern is _FAREWELL and offset == 0:
            return None
        return end, end + offset
    if pattern is _FAREWELL and len(rest) <= 40 and not _PROSE_WORD.search(rest) and not re.search(r"[.?:;]", rest):
        return end + len(rest.rstrip()), None
    if pattern is _ABBREVIATED and re.fullmatch(r"[a-zäöüß\-]{2,15}\s*", tail):
        return end, end + offset  # „lg tim“
    return None


def _name_like(text: str, *, strict: bool = False) -> bool:
    """Whether a text may be the name of a person, team or role."""
    stripped = text.strip(" \t*,|~/")
    if len(stripped) > _LONGEST_NAME:
        return False
    if _NAME_PREFIX.match(stripped):
        return len(stripped) < 50
    stripped = _NAME_TAIL.sub("", stripped.strip("_"))
    if not stripped or len(stripped) > 70:
        return False
    words = stripped.split()
    if len(words) > 8 or (strict and len(words) > 6):
        return False
    first = words[0].strip(".,:").lower()
    if first in _NO_SIGN_NAME or (first in NO_NAME and first not in _NAME_STARTERS):
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
        if bare[0].isupper() or is_mark(bare[0]) or re.search(r"-[A-ZÄÖÜ]", bare):
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


def find_sign_off(lines: Sequence[Line], first: int, end: int, salutation: Salutation | None) -> SignOff | None:
    """The sign-off among the lines `first` … `end`, searched from below."""
    lowest = max(first, end - _BOTTOM)
    floor = salutation.span.end if salutation is not None else -1
    weak: SignOff | None = None
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
            return _widen(lines, sign_off, lowest, floor)
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


def _next_is_name(lines: Sequence[Line], number: int, end: int) -> bool:
    return number + 1 < end and _name_like(lines[number + 1].masked)


def _widen(lines: Sequence[Line], sign_off: SignOff, lowest: int, floor: int) -> SignOff:
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


def _with_name(lines: Sequence[Line], number: int, end: int, found: tuple[int, int | None]) -> SignOff:
    """A sign-off whose formula fills line `number`, with the name in the same line or in the lines below."""
    line = lines[number]
    formula_end, name_at = found
    start = line.start + line.lead
    own = Span(start, line.end)
    if (
        name_at is not None
        and number + 1 < end
        and not lines[number + 1].gap
        and _FROM_END.search(line.masked[:name_at])
        and _is_name_line(lines[number + 1], first=True)
    ):
        name_at = None  # „Grüße von der Küste⏎Jana“
    if name_at is not None:
        name = Span(line.start + name_at, line.end)
        formula = Span(start, max(start, line.start + len(line.masked[:formula_end].rstrip(" ,–-"))))
        return SignOff(number, start, line.end, number + 1, formula, name, [own])
    sign_off = SignOff(number, start, line.end, number + 1, own, None, [own])
    at = number + 1
    # A second formula right below: „Viele Grüße⏎und einen schönen Tag“.
    while at < end and not lines[at].gap:
        more = None if _ABBREVIATED.match(lines[at].masked) else _formula(lines[at].masked)
        if more is None and not re.match(r"(?:und|sowie|aus|vom?)\b", lines[at].masked):
            break
        if more is None and not (len(lines[at].masked) < 50 and not ends_as_prose(lines[at].masked)):
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
        span = candidate.span
        sign_off.lines.append(span)
        sign_off.name = Span(sign_off.name.start, span.end) if sign_off.name is not None else span
        sign_off.end, sign_off.after = span.end, at + 1
        at += 1
    return sign_off


def _is_name_line(line: Line, *, first: bool) -> bool:
    """Whether a line below a formula is a name, role, team or firm: its place says so, unless it is plainly else."""
    masked = line.masked
    stripped = masked.strip()
    if len(stripped) > 80 or POSTSCRIPT.match(stripped) or FOOTER.match(stripped) or _RULED.match(stripped):
        return False
    if stripped.strip(INCLUDE + " ") == "":
        return first
    if _CONTACT_START.match(stripped) or (not first and _CONTACT.search(stripped)):
        return False
    if re.match(r"(?:[-*•]|\d{1,2}[.)])\s", stripped):
        return False
    if _name_like(stripped):
        return True
    words = stripped.split()
    if len(words) > 9:
        return False
    if not first or (ends_as_prose(stripped) and len(words) > 3):
        return False
    # „Tim Kern | Service | Tel. 030 555“: the name leads.
    lead = re.split(r"\s*[|·•,]\s*", stripped, maxsplit=1)[0]
    if lead != stripped and _name_like(lead):
        return True
    return len(words) <= 3 and (words[0].lower() not in NO_NAME or words[0].lower() in _NAME_STARTERS)


def _macro(lines: Sequence[Line], lowest: int, end: int) -> SignOff | None:
    """A footer or signature macro near the end, which brings formula and name along."""
    for number in range(end - 1, max(lowest, end - 4) - 1, -1):
        line = lines[number]
        bare = line.masked.strip()
        if bare.endswith(INCLUDE) and not bare.strip(INCLUDE + " "):
            if any(len(lower.masked) > 100 for lower in lines[number + 1 : end]):
                break
            span = line.span
            return SignOff(number, span.start, span.end, number + 1, span, span, [span])
        if bare.endswith(INCLUDE):
            at = line.masked.index(INCLUDE, len(line.masked.rstrip(INCLUDE + " ")))
            span = Span(line.start + at, line.end)
            return SignOff(number, span.start, span.end, number + 1, span, span, [span])
    return None


def _inside_line(lines: Sequence[Line], lowest: int, end: int, floor: int) -> SignOff | None:
    """A sign-off at the end of the last line: „… melde dich einfach. LG Tim“."""
    number = end - 1
    while number > lowest and FOOTER.match(lines[number].masked):
        number -= 1
    if number < lowest:
        return None
    line = lines[number]
    tail_from = max(0, len(line.masked) - 110, floor - line.start)
    for match in re.finditer(rf"(?:(?<=[.!?…)])|(?<=\s)|(?<={EMOJI})|^)(?=[\wäöüÄÖÜ])", line.masked[tail_from:]):
        at = tail_from + match.start()
        part = line.masked[at:]
        before = line.masked[max(0, at - 40) : at].rstrip()
        if not before:
            continue
        sure = bool(re.search(rf"(?:[.!?…)\"“,–-]|{EMOJI}|{EMOTICON})$", before[-12:]))
        strong = _STRONG.match(part)
        if (
            not sure
            and not (strong is not None and not strong["pre"])
            and not re.match(r"(?:V?LG|VG|MfG|lg|vg)\b", part)
        ):
            continue
        if before.endswith((",", "–", "-")) and strong is None and not _ABBREVIATED.match(part):
            continue
        found = _formula(part)
        if found is None:
            continue
        start = line.start + at
        formula_end, name_at = found
        span = Span(start, line.end)
        if name_at is None:
            return SignOff(number, start, line.end, number + 1, span, None, [span])
        formula = Span(start, start + len(part[:formula_end].rstrip(" ,–-")))
        return SignOff(number, start, line.end, number + 1, formula, Span(start + name_at, line.end), [span])
    return None


def _dashed_name(line: Line) -> bool:
    return bool(re.fullmatch(rf"[–—~-]\s?[{UPPER}][\w'’-]+(?:\s[{UPPER}][\w'’.-]*)?", line.masked))


def _name_only(lines: Sequence[Line], first: int, end: int, salutation: Salutation | None) -> SignOff | None:
    """A name on the last short line or two, without any formula."""
    last = end - 1
    while last > first and (FOOTER.match(lines[last].masked) or _CONTACT_START.match(lines[last].masked)):
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
        if not _name_like(group[0].masked, strict=True) and not _dashed_name(group[0]):
            return None
    if begin == 0 or (begin == first and salutation is None):
        return None
    head = lines[begin]
    above = lines[begin - 1].masked.rstrip()
    if begin > first and not head.gap and not re.search(rf"(?:[.!?…)]|{EMOJI}|{EMOTICON})$", above[-12:]):
        return None
    if begin > first and (above.endswith(":") or (_ITEM.match(above) and not head.gap)):
        return None
    if any((_ITEM.match(line.masked) and not _dashed_name(line)) or ":" in line.masked for line in group):
        return None
    if _ITEM.match(head.masked) and begin > first and _ITEM.match(above):
        return None
    spans = [line.span for line in group]
    name = Span(spans[0].start, spans[-1].end)
    return SignOff(begin, name.start, name.end, last + 1, None, name, spans)


def is_prose(lines: Sequence[Line], number: int, stop: int) -> bool:
    """Whether the lines `number` … `stop` below a sign-off are running text, rather than a signature block."""
    first = lines[number].masked.strip()
    if FOOTER.match(first) or _CONTACT_START.match(first) or (len(first) < 80 and _CONTACT.search(first)):
        return False
    last = lines[stop - 1].masked.strip()
    return ends_as_prose(last) and len(first.split()) >= 3
