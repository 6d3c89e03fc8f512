"""The salutation of a reply, in all the builds it has, and what stands above it.

In: the lines the writer wrote. Out: the salutation, the lines above it (subject, file number, date, address, heading)
and where the body begins. Five builds: adjective, title and name („Sehr geehrte Frau Berger,“); „lieb-“ and name; a
greeting with or without name; the bare name; and one inside the first sentence („Moin Jonas, klar geht das.“).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from replylint.expressions import expression
from replylint.german.lines import ANY, FILL, GREETING, INCLUDE, TAIL_MARKS, UPPER, Line, ends_as_prose, is_mark, words
from replylint.german.sentences import STARTERS
from replylint.source import Span

_TOP = 25  # so many lines are looked at

_MARK = r"(?:[*:_/·][rnsea]\b|\([rnsea]\)|/-[rn]\b)"  # Liebe*r, Liebe:r, geehrte(r)
_DEAR = rf"(?:lieb(?:e[rs]?|ste[rs]?|er/e|e/er)?{_MARK}?)"
_HONOURED = rf"(?:(?:hoch)?(?:ge?ehrt|geert|gehrt|verehrt|gesch(?:ä|ae|a)tzt)(?:e[rsn]?|er/e|e/er)?{_MARK}?)"
_ADJECTIVE = expression(rf"(?:{_DEAR}|{_HONOURED}|werte[rs]?{_MARK}?)(?=[\s,]|$)", re.IGNORECASE)
_FORMAL = expression(
    rf"""[\s*_"„]*(?:(?:meine\s+)?(?:sehr|seht|ser|sher|seehr)\s+{_HONOURED}|s\.?\s?g\.|sgduh|an\s+alle(?![a-z])|dear
      |damen\s+und\s+herren)(?![a-zäöüß])""",
    re.IGNORECASE | re.VERBOSE,
)
_WARM = expression(
    rf"[\s*_\"„]*(?:(?:mein(?:e[rs]?)?\s+)?(?:{_DEAR})|{_HONOURED}|werte[rs]?{_MARK}?)(?=[\s,{ANY}]|$)", re.IGNORECASE
)
_GREET = expression(
    r"""[\s*_"„]*(?:
      (?:einen\s+)?(?:(?:wunder)?sch(?:ö|oe|o)nen\s+)?guten\s+(?:tag|morgen|abend|mittag|nachmittag) | guten?tag
      | (?:und\s+)?hallo|hallihallo(?:hallo)?|halo|hall(?:ö|oe)chen|hallöle|hello|hi|hey|hej|heya|huhu|ahoi
      | moin(?:,?\s+moin)?|moinsen|servus|seas|ser[sv]as | ihr\s+lieben(?=\s*[,!])
      | gr(?:ü|ue|u)(?:ß|ss)e?\s+(?:gott|dich|sie|euch|di|eich|ihna) | gria(?:ß|ss)\s+(?:di|eich|ihna|sie|gott)
      | gr(?:ü|ue)ezi|gr(?:ü|ue)essech|hoi|sal(?:ü|ue)|sali|gude | habe\s+die\s+ehre | gl(?:ü|ue)ck\s*auf | mahlzeit
      | tach | tag(?=\s*[,!]|\s+(?:frau|herr)\b|\s*$) | (?:herzlich\s+)?willkommen(?=\s*[,!]|\s*$)
    )(?![\wäöüß-])""",
    re.IGNORECASE | re.VERBOSE,
)
_SMALL_NAME = expression(r"[ \t]([a-zäöüß\-]{2,20})(?=\s*(?:[,!]|$))")  # „hi anna,“
_LEAVING = expression(  # „Guten Tag wünscht …“, „Schönen Tag noch“: that greets at the end
    r"\s*(?:w(?:ü|ue)nsch|noch\b|und\s+(?:bis|auf)\b)", re.IGNORECASE
)
_AT_NAME = expression(r"[\s*_]*@[\w.\-]{2,40}(?:\s[A-ZÄÖÜ][\w\-]+)?")
_TITLE = expression(
    r"(?:frau|herrn?|fr\.?|hr\.?|hrn\.?|familie|fam\.|ehepaar|eheleute|fr(?:ä|ae)ulein|dame|dr\.?(?:-ing\.?)?|prof\.?"
    r"|mag\.?a?|di|dipl\.?-?\w*\.?|ing\.|magist(?:er|ra)|professor(?:in)?|doktor|med\.?|jur\.?|phil\.?|rer\.?|nat\.?)$",
    re.IGNORECASE,
)
_ADDRESSEE_TITLE = expression(r"(?:frau|herrn?|fr\.|hr\.|familie|fam\.|ehepaar|eheleute)$", re.IGNORECASE)
_PARTICLES = words("und & + / oder von van vom de der den di da zu zur del la le bin el al ter ten af y et d. m/w/d")
_GROUP = words(
    """
    zusammen miteinander alle allerseits alles zäme zaeme mitenand mitenander beinand beinander ihr euch beide
    beiden leute nochmal nochmals wieder lieben da runde liebe lieber liebes in die unbekannt unbekannte unbekannter
    dear
    """
)
_BETWEEN = expression(r"[\s*_\"„“]*(,?)\s*")
_TOKEN = expression(r"[^\s,!?;]+")
# Capitalised words that no name begins with; after a greeting they begin the message.
NO_NAME = (STARTERS - words("dr alle ihr da in die der den")) | words(
    """
    dank glückwunsch glueckwunsch grüße grüsse gruß gruss schade klar stimmt sorry mist uff wow puh oh ach ups hui
    hurra toll prima perfekt genau richtig selbstverständlich gerne leider vielleicht kurz kurze kurzer vorab schön
    freut tut
    """
)
# What a first sentence may begin with though a comma follows: no vocative.
_INTERJECTIONS = NO_NAME | words(
    """
    ja nein doch nun gut okay ok alles hallo danke bitte schade sorry entschuldigung verzeihung sicher freilich
    logisch jawohl natürlich leider endlich übrigens hier dort heute morgen gestern erstens zunächst zuerst besten
    vielen herzlichen tausend lieben interessant spannend respekt kompliment krass cool nice jo joa jau ne nö nee
    tja naja achtung wichtig hinweis info update ps keine kein wenn falls sobald weil damit obwohl während wie wir
    ich sie du das die der stell stellen verstanden gesagt getan ordnung problem frage schau moment sehr betreff
    zusammen liebe lieber wichtige
    """
)
_VOCATIVE_INSIDE = expression(
    rf"""[,:–]\s+(?:(?:liebe[rs]?|werte[rs]?)\s+)?
    (?P<who>(?:Frau|Herr|Familie|Fr\.|Hr\.)\s+(?:(?:Dr\.|Prof\.|Mag\.)\s+)*(?:(?:von|van|de|der|zu|Mc)\s+)*
      [{UPPER}{ANY}][\w'’\-{ANY}]*)(?=\s*(?:[,.!?]|$))""",
    re.VERBOSE,
)
_THANKED = expression(
    rf"""[\s*_]*(?:(?:vielen|viel|herzlichen|besten|lieben|tausend|gl(?:ü|ue)ckwunsch|oh|ja|super|klar|sehr\s+gern|gerne?
      |kein\s+problem|danke|dank|dir|ihnen|euch|schön|sorry|entschuldigung|prima|stimmt|na|so|alles\s+klar|schade|nein
      |okay|ok)[\s,]+){{1,4}}?
    (?P<who>(?:(?:liebe[rs]?)\s+)?(?P<title>(?:Frau|Herr)\s+)?(?-i:[{UPPER}{ANY}][\w'’\-{ANY}]*)
      (?:\s(?-i:[{UPPER}])[\w'’\-]+)?)
    (?=\s*(?P<after>[,.!]|\sf(?:ü|ue)r\s(?:ihr|dein|eur|die|das|den)|$))""",
    re.IGNORECASE | re.VERBOSE,
)
_CAPITALS = expression(rf"[{UPPER}][\w'’\-]+(?:\s[{UPPER}][\w'’\-]+){{0,2}}")
_NAME_LINE = expression(rf"[{UPPER}{ANY}]\S*(?:\s[{UPPER}{ANY}]\S*){{0,2}}\s*[,!]$")
_VERY = expression(r"sehr\s+(?:geehrt|verehrt)", re.IGNORECASE)
_ADDRESSEE = expression(
    rf"(?:(?:[{UPPER}{ANY}][^\s,!?.]*+|von|van|de|der|zu|und)\s++)*(?:[{UPPER}{ANY}][^\s,!?.]*+)?(?=[,!.]|$)"
)
_NAMES_ONLY = expression(rf"(?:[{UPPER}{ANY}][\w'’\-.{ANY}]*+\s*+)+(?=[,!]|$)")
_RELATIVE = words("der die das den dem deren dessen welche welcher welches was wer wo wie dass weil")

_SUBJECT = expression(r"[\s*_#]*(?:betreff|betr\.?|subject|thema|re|aw|wg|fwd?|antwort)\s*:\s*", re.IGNORECASE)
_LABEL = expression(
    r"""[\s*_]*+(?:unser(?:e|en)?|ihr(?:e|en)?|mein|dein)?\s*+
    (?: zeichen|aktenzeichen|az\.?|gz\.?|gesch(?:ä|ae)ftszeichen|(?:nachricht|schreiben|e-?mail|anfrage)\s+vom|datum|ort
      | tag|an|von|cc|bcc|empf(?:ä|ae)nger|absender|per\s+e-?mail|\w{0,40}(?:nummer|nr\.?|-id|id)|kunde|vorgang|ticket
      | bestellung|auftrag|rechnung|vertrag|ansprechpartner(?:in)?|telefon|tel\.?|fax|durchwahl|e-?mail
      | (?:sach)?bearbeiter(?:in)?|priorit(?:ä|ae)t|gesendet(?:\s+am)?|from|to|sent|date|anlagen? )\b[^.!?]{0,30}?:""",
    re.IGNORECASE | re.VERBOSE,
)
_DATE_LINE = expression(
    rf"""(?:[{UPPER}][\w./ \-]{{1,30}},\s++(?:den|dem|am)?\s*+)?(?:\w+,\s+)?(?:den\s+)?
    \d{{1,2}}\.\s?(?:\d{{1,2}}\.|\w+)\s?\d{{2,4}}\.?$""",
    re.VERBOSE,
)
GREETS = r"(?:gr(?:ü|ue|u|üe|uü)(?:ß|ss|s)(?:e[nr]?|li|le)?|grua(?:ß|ss)|gr(?:ü|ue)(?:ß|ss)lis?)"
"""A pattern: the noun „Grüße“ in its forms; „Liebe Grüße“ is no salutation."""


@dataclass(slots=True)
class Salutation:
    """A salutation as found; `lines` are its lines' ranges.

    `whole`: it fills its lines, or its part of a line up to `span.end`, and is no part of the first sentence.
    """

    span: Span
    whole: bool
    lines: list[Span] = field(default_factory=list)


def find_salutation(lines: Sequence[Line], own_header: int) -> tuple[Salutation | None, list[int], int]:
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
        bare = _bare_name(lines[number], first=number in (0, top))
        if bare is not None:
            return _finish(lines, number, bare[1], bare[0])
    for number in range(min(top + 1, limit)):
        masked = lines[number].masked
        if masked.lstrip().startswith(INCLUDE):
            lead = re.match(rf"\s*{INCLUDE}+(?:\s*{INCLUDE}+)*", masked)
            end = lead.end() if lead is not None else len(masked)
            return _finish(lines, number, end) if not masked[end:].strip() else _inline(lines, number, end)
    subject = [number for number in range(top) if number < own_header or _labelled(lines[number].masked)]
    if subject and subject == list(range(len(subject))):
        return None, subject, len(subject)
    return None, [], 0


def _inline(lines: Sequence[Line], number: int, end: int, begin: int = 0) -> tuple[Salutation, list[int], int]:
    """A salutation inside the first sentence: only its own words, and the body begins with that sentence."""
    line = lines[number]
    lead = len(line.masked) - len(line.masked.lstrip(f' \t*_"„{INCLUDE}'))
    start = max(lead, begin) if max(lead, begin) < end else 0
    span = Span(line.start + start, line.start + end)
    return Salutation(span, False, [span]), _subject_above(lines, number), number


def _subject_above(lines: Sequence[Line], number: int) -> list[int]:
    above = list(range(number))
    while above and not lines[above[0]].masked.strip(f" {INCLUDE}"):
        above.pop(0)
    while above and not lines[above[-1]].masked.strip(f" {INCLUDE}"):
        above.pop()
    return above


def _finish(lines: Sequence[Line], number: int, end: int, begin: int = 0) -> tuple[Salutation, list[int], int]:
    """The salutation whose words end at `end` in line `number`: does it fill the line, or does text go on?"""
    line = lines[number]
    rest = line.masked[end:]
    subject = _subject_above(lines, number)
    if not TAIL_MARKS.match(rest) or line.masked[:begin].strip():
        mark = re.match(r"\s*[!.][\s!]*", rest)
        if mark is not None and not line.masked[:begin].strip():
            stop = end + len(mark[0].rstrip())
            span = Span(line.start + line.lead, line.start + stop)
            return Salutation(span, True, [span]), subject, number
        return _inline(lines, number, end, begin)
    last = number
    spans = [line.visible]
    while last + 1 < len(lines) and last - number < 3:
        following = lines[last + 1]
        again = _greeting(following.masked)
        comma = following.masked.strip() in (",", "!")
        # „Sehr geehrte Frau⏎Berger,“
        comma = comma or (
            last == number
            and not following.gap
            and not line.masked.rstrip().endswith((",", "!"))
            and len(line.masked) <= 30
            and _NAME_LINE.match(following.masked) is not None
        )
        if not comma and (again is None or not TAIL_MARKS.match(following.masked[again:])):
            break
        last += 1
        spans.append(following.visible)
    return Salutation(Span(spans[0].start, spans[-1].end), True, spans), subject, last + 1


def _greeting(masked: str) -> int | None:
    """Where the salutation that a line begins with ends (offset in the line, after the name), or None."""
    skip = re.match(rf"[\s{INCLUDE}*_]*", masked)
    begin = skip.end() if skip is not None else 0
    if begin >= len(masked):
        return None
    if masked[begin] == GREETING:
        return _names(masked, begin)[0]
    match = _FORMAL.match(masked, begin)
    if match is not None:
        end = _names(masked, match.end())[0]
        stripped = masked.rstrip()
        # „Sehr geehrte Damen un Herren,“: formal enough to take a short line as it is.
        return len(stripped) - 1 if len(stripped) <= 70 and stripped.endswith((",", "!")) else end
    match = _WARM.match(masked, begin)
    if match is not None:
        if re.match(rf"\s+(?:{GREETS})(?![\wäöüß])", masked[match.end() :], re.IGNORECASE):
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
        end, named = _names(masked, match.end())
        small = None if named else _SMALL_NAME.match(masked, match.end())
        if small is not None and small[1] not in NO_NAME:
            return small.end()
        # „Guten Tag und herzlich willkommen,“: a short line that a comma closes.
        stripped = masked.rstrip()
        if stripped.endswith(",") and "," not in stripped[end:-1] and len(stripped[end:].split()) <= 4:
            return len(stripped) - 1
        return end
    if masked[begin] == FILL:
        # „{{ customer.firstname }},“: placeholders alone, then a comma or the line's end.
        run = re.match(rf"[{FILL}{GREETING}\s]+", masked[begin:])
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
        gap = _BETWEEN.match(masked, end)
        begin = gap.end() if gap is not None else end
        comma = gap is not None and bool(gap[1])
        token = _TOKEN.match(masked, begin)
        if token is None:
            return end, named
        word = token[0].rstrip('.:…–—-*_"“)') or token[0]
        lower = word.lower()
        if comma and (again := _GREET.match(masked, begin)) is not None:  # „Hallo Herr Kern, hallo Frau Kern,“
            end = again.end()
            continue
        if comma and not _continues(masked, begin, named):
            return end, named
        if lower in ("du", "ihr") and re.match(r"\s*(?:[,!]|$)", masked[token.end() :]):
            return token.end(), True
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
            if after is None or not (
                after[0][0].isupper()
                or is_mark(after[0][0])
                or _ADJECTIVE.match(after[0])
                or after[0].lower() in _PARTICLES
            ):
                return end, named
        elif is_mark(word[0]) or (word[0].isupper() and lower not in NO_NAME) or (word[0] in "@([" and len(word) > 2):
            named = True
        else:
            return end, named
        end = begin + len(token[0].rstrip(".:…–—")) if not _TITLE.match(token[0]) else token.end()
        if token[0].endswith((".", ":", "…", "–", "—")) and not re.fullmatch(r"[\w.-]{1,5}\.", token[0]):
            return end, named


def _continues(masked: str, begin: int, named: bool) -> bool:
    """Whether what follows a comma still belongs to the salutation: „Guten Tag, Herr Lang“, „Liebe Lisa, lieber …“."""
    if _ADJECTIVE.match(masked, begin) or _VERY.match(masked, begin):
        return True
    token = _TOKEN.match(masked, begin)
    if token is None:
        return False
    if _ADDRESSEE_TITLE.match(token[0]) or is_mark(masked[begin]):
        # „Guten Tag, Frau Kern,“ but not „Guten Tag, Frau Kern hat uns informiert“.
        return _ADDRESSEE.match(masked, begin) is not None
    if named or not token[0][0].isupper() or token[0].lower() in NO_NAME:
        return token[0].lower() in ("zusammen", "alle", "ihr") and not named
    return _NAMES_ONLY.match(masked, begin) is not None


def _bare_name(line: Line, *, first: bool) -> tuple[int, int] | None:
    """Where a salutation without greeting stands: „Frau Berger,“ „Anna, das ging ja schnell!“ „Danke, Anna, für …“.

    `first` says whether it is the first line of running text, where the name may also open a sentence.
    """
    masked = line.masked
    begin = line.lead
    token = _TOKEN.match(masked, begin)
    if token is None:
        return None
    word = token[0].strip("*_")
    lower = word.lower().rstrip(".:")
    if _ADDRESSEE_TITLE.match(word):
        end, named = _names(masked, begin)
        rest = masked[end:].strip()
        if named and end > token.end() and (rest[:1] in (",", "!") or (not rest and line.gap_after)):
            return begin, end
        return None
    if word[:1].isupper() and word.replace("-", "").isalpha() and lower not in _INTERJECTIONS and len(word) > 1:
        run = _CAPITALS.match(masked, begin)
        if run is not None and not any(part.lower() in _INTERJECTIONS for part in run[0].split()):
            rest = masked[run.end() :]
            if re.fullmatch(r"\s*[,!]\s*", rest):
                return begin, run.end()
            after = re.match(r",\s+([a-zäöüß]+)\b", rest)
            if after is not None and first and len(run[0].split()) == 1:
                sentence = re.match(r"[^.!?]*([.!?]|$)", rest)
                closes = sentence[1] if sentence is not None else ""
                if after[1] not in _RELATIVE or closes == "!":
                    return begin, run.end()
    sentence_end = re.search(r"[.!?](?:\s|$)", masked)
    head = masked[: min(200, sentence_end.end() if sentence_end is not None else len(masked))]
    thanked = _THANKED.match(head)
    if thanked is not None and (
        thanked["title"]
        or masked[: thanked.start("who")].rstrip()[-1:] == ","
        or (thanked["after"] or "")[:1] in ("!", ",")
    ):
        who = thanked["who"].split()
        named = who[-1][0].isupper() or is_mark(who[-1][0])
        if named and not any(part.lower() in _INTERJECTIONS for part in (who[0], who[-1])):
            return thanked.span("who")
    inside = _VOCATIVE_INSIDE.search(head)
    return inside.span("who") if inside is not None else None


def _labelled(masked: str) -> bool:
    return bool(_SUBJECT.match(masked) or _LABEL.match(masked) or _DATE_LINE.match(masked.strip()))


def _preamble(line: Line) -> bool:
    """Whether a line may stand above the salutation: subject, file number, date, address, heading, header macro."""
    stripped = line.masked.strip()
    bare = stripped.strip(f"{INCLUDE} \t*_#-=")
    if not bare or _labelled(stripped) or stripped.startswith("#"):
        return True
    if len(stripped) > 90:
        return False
    if line.gap_after and len(stripped) <= 60 and not stripped.endswith((".", "?", ":")):
        return True
    return not ends_as_prose(stripped) and not stripped.endswith(",") and not bare[0].islower()
