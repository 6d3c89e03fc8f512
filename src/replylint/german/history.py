"""What of a mail the writer didn't write: quoted history, recognised as mail clients write it.

In: a text. Out: its lines with a flag which are quoted, the quoted stretches, and the newest customer message in them.
Two kinds of history: quoted lines („> …“), after which the writer may go on, and everything below a header block, a
separator or an unquoted attribution line, which ends the writer's part for good.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from replylint.expressions import expression
from replylint.source import Span

LINE = expression(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")

_QUOTED = expression(r"[ \t]{0,3}(?:>|&gt;)")
_UNQUOTE = expression(r"[ \t]{0,3}(?:>|&gt;)[ \t]?")
_SEPARATOR = expression(
    r"""[ \t]*[-_*=\#<]{2,}[ \t]*(?:beginn?[ \t]+)?(?:der[ \t]+|die[ \t]+)?
    (?: urspr(?:ü|ue|u)ngliche[ \t]+(?:nachricht|e-?mail|mail|anfrage) | original[- \t]*(?:nachricht|mail|message)
      | weitergeleitete[ \t]+(?:nachricht|e-?mail|mail) | forwarded[ \t]+message | zitierte[ \t]+nachricht
      | reply[ \t]+above[ \t]+this[ \t]+line
      | bitte[ \t]+(?:antworten[ \t]+sie|geben[ \t]+sie[ \t]+ihre[ \t]+antwort)[ \t]+(?:ü|ue)ber[ \t]+dieser
        [ \t]+(?:zeile|linie)[^-\#\n]{0,40}
      | please[ \t]+type[ \t]+your[ \t]+reply[ \t]+above[^-\#\n]{0,40} )
    (?:[ \t]+(?:von|from)\b[^-_\n]{0,80})?[ \t]*[-_*=\#>]{2,}:?[ \t]*$
    | [ \t]*(?:anfang[ \t]+der[ \t]+weitergeleiteten[ \t]+(?:nachricht|e-?mail)
             | begin[ \t]+forwarded[ \t]+message):?[ \t]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_RULE = expression(r"[ \t]*(?:_{5,}|-{5,}|={5,}|\*{5,})[ \t]*$")
_HEADER = expression(
    r"[ \t]*(?:>[ \t]?)*[*_]{0,2}(?P<key>von|gesendet(?:[ \t]+am)?|datum|an|betreff|cc|kopie|priorit(?:ä|ae)t"
    r"|wichtigkeit|anlagen?|antwort an|from|sent|date|to|subject|importance|attachments?"
    r"|reply-to|bcc|kategorien|message-id)"
    r"[ \t]*:[*_]{0,2}(?:[ \t]+|$)(?P<value>.*)",
    re.IGNORECASE,
)
_FROM_KEYS = frozenset({"von", "from"})
_SENT_KEYS = frozenset({"gesendet", "gesendet am", "sent"})
_DATE_KEYS = _SENT_KEYS | {"datum", "date"}
_TO_KEYS = frozenset({"an", "to", "betreff", "subject"})
_MAIL = expression(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]+|<[^<>\s@]{1,64}@[^<>\s]{1,255}>|\[mailto:")

_FULL_DATE = (
    r"(?:\d{1,2}\.[ ]?\d{1,2}\.[ ]?(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|\d{1,2}\.?[ ](?:[A-Za-zä]{3,9})\.?,?[ ]\d{4}|[A-Z][a-z]{2,8}\.?[ ]\d{1,2},[ ]\d{4})"
)
_TIME = r"\d{1,2}[:.]\d{2}"
_DATE_TIME = expression(rf"{_FULL_DATE}.{{0,12}}?\b{_TIME}|{_TIME}.{{0,12}}?{_FULL_DATE}")
_WROTE = expression(r"\b(?:schrieb|geschrieben|wrote|writes|schreibt)\b")
# „Am … schrieb Name:“, „Am … hat Name Folgendes geschrieben:“, „On …, Name wrote:“
_ATTRIBUTIONS = (
    expression(r"Am[ ](?P<when>.{4,90}?)[ ,]+schrieb(?:[ ]am[ ].{4,60}?)?[ ]?(?P<who>.{0,200}?)[ ]?:$"),
    expression(
        r"Am[ ](?=.*geschrieben[ ]?:$)(?P<when>.{4,90}?)[ ,]+hat[ ](?P<who>.{1,200}?)[ ]"
        r"(?:Folgendes[ ]|folgendes[ ])?geschrieben[ ]?:$"
    ),
    expression(
        r"On[ ](?=.*wrote[ ]?:$)(?P<when>.{4,90}?(?:\d{4}|\d{1,2}:\d{2}|[AP]M)[^,]{0,12}),?[ ](?P<who>.{1,200}?)"
        r"[ ]wrote[ ]?:$"
    ),
    # „Name <a@b.de> schrieb am Mo., 12. Mai 2025, 10:15:“, „Name schrieb:“, „12.05.2025 10:15 - Name schrieb:“
    expression(
        r"(?P<who>[^:]{2,120}?(?::\d{2}[^:]{1,100}?)?)[ ](?:schrieb|wrote)"
        r"(?:[ ](?:am|on)[ ](?P<when>.{4,90}?))?[ ]?:(?:[ ]?-{2,})?$"
    ),
    expression(r"(?:Zitat[ ]von|Quoting)[ ](?P<who>.{2,120}):$"),
)
# Words that no mail client writes into an attribution line: with one of them, it is the writer's own sentence.
_OWN_WORDS = expression(
    r"\b(?:unsere?[nmrs]?|meine?[nmrs]?|deine?[nmrs]?|ihre?[nmrs]?|eure?[nmrs]?|wir|ich|mir|mich|uns|sie|ihnen|du|dir|dich"
    r"|euch|ihr|ihn|ihm|er|es|der|die|das|dem|den|ein|eine[nmrs]?|kolleg(?:e|in|en)|bereits|schon|noch|zuletzt|damals"
    r"|dazu|folgendes|wie[ ]folgt|kund(?:e|in)|hersteller|team|dass|auch|frau|herr)\b",
    re.IGNORECASE,
)
_FOLLOW = 12  # how many lines of a header block are looked at
_REPLY_PREFIX = expression(r"[ \t]*(?:>[ \t]?)+")


class Line(NamedTuple):
    """A line of a text: its range without line end and surrounding white space, empty where it is blank."""

    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's lines and its quoted stretches; `own_header` is the number of lines of a mail header that the draft
    itself begins with."""

    lines: tuple[Line, ...]
    quoted: tuple[Span, ...]
    own_header: int


_BLANK = "\ufeff\u200b"


def layout(text: str) -> Layout:
    """Which lines of a text are quoted."""
    ranges: list[tuple[int, int]] = []
    for match in LINE.finditer(text):
        raw = match[0]
        stripped = raw.strip().strip(_BLANK).strip()
        if not stripped:
            ranges.append((match.start(), match.start()))
            continue
        start = match.start() + raw.index(stripped[0])
        ranges.append((start, start + len(stripped)))
    flags, own_header = _flags(text, ranges)
    lines = tuple(Line(start, end, flag) for (start, end), flag in zip(ranges, flags, strict=True))
    quoted: list[Span] = []
    begin = last = -1
    for line in lines:
        if line.start == line.end:
            continue
        if line.quoted:
            begin = line.start if begin < 0 else begin
            last = line.end
        elif begin >= 0:
            quoted.append(Span(begin, last))
            begin = -1
    if begin >= 0:
        quoted.append(Span(begin, last))
    return Layout(lines, tuple(quoted), own_header)


def _flags(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[list[bool], int]:
    """For each line whether it is quoted, and how many lines the draft's own mail header has."""
    count = len(ranges)
    flags = [False] * count
    own_header = 0
    seen = False  # whether the writer's own text has begun
    number = 0
    while number < count:
        start, end = ranges[number]
        if start == end:
            number += 1
            continue
        first = text[start]
        if first in ">&" and _QUOTED.match(text, start, end):
            flags[number] = True
            number += 1
            continue
        if first in "-_*=#<AaBb" and _SEPARATOR.match(text[start:end]):
            return _rest(flags, number), own_header
        if first in "-_=*" and _RULE.match(text[start:end]):
            below = _next_filled(ranges, number + 1)
            if below < count and _is_header(text, ranges, below):
                return _rest(flags, number), own_header
        elif first in "VvFfGgSsDdBbAaTt*_" and _is_header(text, ranges, number):
            if not seen:
                # A mail saved with its header: the draft's own.
                own_header = number = _header_end(text, ranges, number)
                seen = True
                continue
            return _rest(flags, number), own_header
        # The mail address is often wrapped off: „… schrieb Tom Muster <⏎tom@example.org>:“.
        if text[end - 1] in ":-" and _WROTE.search(text, ranges[max(0, number - 2)][0], end):
            attribution = _attribution(text, ranges, number)
            if attribution is not None:
                if attribution.to_end:
                    return _rest(flags, attribution.top), own_header
                for above in range(attribution.top, number + 1):
                    flags[above] = ranges[above][0] < ranges[above][1]
                number += 1
                continue
        seen = True
        number += 1
    _mend_wraps(text, ranges, flags)
    return flags, own_header


def _rest(flags: list[bool], number: int) -> list[bool]:
    return flags[:number] + [True] * (len(flags) - number)


def _mend_wraps(text: str, ranges: Sequence[tuple[int, int]], flags: list[bool]) -> None:
    """A mail program that wraps long quoted lines leaves remains without mark: „> … eine lange⏎Zeile⏎> weiter“."""
    for number in range(1, len(ranges) - 1):
        start, end = ranges[number]
        if (
            start < end
            and not flags[number]
            and flags[number - 1]
            and flags[number + 1]
            and ranges[number - 1][0] < ranges[number - 1][1]
            and ranges[number + 1][0] < ranges[number + 1][1]
            and text[start].islower()
        ):
            flags[number] = True


def _next_filled(ranges: Sequence[tuple[int, int]], number: int) -> int:
    while number < len(ranges) and ranges[number][0] == ranges[number][1]:
        number += 1
    return number


def _header_keys(text: str, ranges: Sequence[tuple[int, int]], number: int) -> tuple[dict[str, str], int]:
    """The header lines from `number` on, key → value, and the number of the line after them."""
    keys: dict[str, str] = {}
    last = number
    for at in range(number, min(number + _FOLLOW, len(ranges))):
        start, end = ranges[at]
        if start == end:
            break
        match = _HEADER.match(text[start:end])
        if match is not None:
            keys.setdefault(" ".join(match["key"].lower().split()), match["value"])
            last = at + 1
        elif not keys or (at == last and len(text[start:end]) > 60 and not text[start - 1 : start].isspace()):
            break  # neither a header line nor the continuation of one
    return keys, last


def _is_header(text: str, ranges: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether a mail's header block begins at that line: who, when and to whom or about what."""
    start, end = ranges[number]
    match = _HEADER.match(text[start:end])
    if match is None:
        return False
    keys, _ = _header_keys(text, ranges, number)
    names = keys.keys()
    if not names & _FROM_KEYS or not names & _TO_KEYS or len(names) < 3:
        return False
    # „Von: Hamburg / An: Berlin / Datum: 3. Mai“ is a journey.
    return bool(
        names & _SENT_KEYS or {"betreff", "subject"} & names or any(_MAIL.search(value) for value in keys.values())
    )


def _header_end(text: str, ranges: Sequence[tuple[int, int]], number: int) -> int:
    return _header_keys(text, ranges, number)[1]


class _Attribution(NamedTuple):
    """Its first line, whether all below it is history, and who wrote that."""

    top: int
    to_end: bool
    who: str


def _attribution(text: str, ranges: Sequence[tuple[int, int]], number: int) -> _Attribution | None:
    """The attribution that ends at line `number`, or None."""
    below = _next_filled(ranges, number + 1)
    followed = below < len(ranges) and _QUOTED.match(text, *ranges[below]) is not None
    for top in range(number, max(-1, number - 3), -1):
        if ranges[top][0] == ranges[top][1]:
            break
        joined = " ".join(text[slice(*ranges[at])] for at in range(top, number + 1))
        joined = " ".join(joined.replace("< ", "<").split()).strip("* -")
        if len(joined) > 400 or not joined.endswith(":"):
            break
        if top < number and not joined.startswith(("Am ", "On ")):
            continue
        for pattern in _ATTRIBUTIONS:
            match = pattern.match(joined)
            if match is None:
                continue
            groups = match.groupdict()
            who = _MAIL.sub("", groups["who"] or "")
            if _OWN_WORDS.search(who):
                continue
            when = groups.get("when") or ""
            sure = bool(_MAIL.search(joined) or _DATE_TIME.search(joined))
            if followed and (sure or not when or any(char.isdigit() for char in when)):
                return _Attribution(top, False, who)
            if sure and below < len(ranges) and not followed and (when or _DATE_TIME.search(who)):
                return _Attribution(top, True, who)
    return None


def inquiry(text: str, quoted: Sequence[Span]) -> str | None:
    """The newest customer message in the quoted stretches of a text: unquoted, without headers and its own history."""
    parts: list[str] = []
    for span in quoted:
        stretch = text[span.start : span.end]
        part = _message(stretch)
        if part:
            parts.append(part)
        if not _QUOTED.match(stretch) and not _has_quotes(stretch):
            break  # below a header block, older messages follow
    message = "\n\n".join(parts).strip()
    return message or None


def sender(text: str) -> str | None:
    """Who wrote the message that a text begins with, as the header block or the attribution line above it says it;
    without mail addresses."""
    _, who = _head(text.split("\n"))
    name = _MAIL.sub("", who).strip(" \t\r\"'<>[]")
    return name or None


def _has_quotes(stretch: str) -> bool:
    return any(_QUOTED.match(line) for line in stretch.splitlines()[:6])


def _message(stretch: str) -> str:
    """The newest message of one quoted stretch."""
    lines = [match[0].rstrip("\r\n") for match in LINE.finditer(stretch)]
    for _ in range(4):
        lines = _without_head(lines)
        filled = [line for line in lines if line.strip()]
        if not filled:
            return ""
        if _QUOTED.match(filled[0]):
            # Level by level: what is quoted more deeply is older.
            lines = [_UNQUOTE.sub("", line, count=1) for line in lines if _QUOTED.match(line) or line.strip()]
        body = "\n".join(lines)
        inner = layout(body)
        own: list[str] = []
        for line, raw in zip(inner.lines, LINE.finditer(body), strict=True):
            if not line.quoted:
                own.append(raw[0].rstrip("\r\n"))
        message = "\n".join(_without_head(own)).strip()
        if message:
            return re.sub(r"\n{3,}", "\n\n", message)
    return ""


def _without_head(lines: list[str]) -> list[str]:
    """The lines without a leading separator, attribution or header block."""
    return lines[_head(lines)[0] :]


def _head(lines: list[str]) -> tuple[int, str]:
    """The number of the first line below a leading separator, attribution or header block, and who wrote what stands
    there ("" where none says it)."""
    text = "\n".join(lines)
    ranges: list[tuple[int, int]] = []
    position = 0
    for line in lines:
        stripped = line.strip()
        start = position + (line.index(stripped[0]) if stripped else 0)
        ranges.append((start, start + len(stripped)))
        position += len(line) + 1
    number = _next_filled(ranges, 0)
    who = ""
    while number < len(lines):
        line = lines[number].strip()
        if _SEPARATOR.match(line) or _RULE.match(line):
            number = _next_filled(ranges, number + 1)
        elif _is_header(text, ranges, number):
            keys, end = _header_keys(text, ranges, number)
            who = next(keys[key] for key in keys if key in _FROM_KEYS)
            number = _next_filled(ranges, end)
        else:
            last, found = _skip_attribution(text, ranges, number)
            if found is None:
                break
            who = found.who
            number = _next_filled(ranges, last + 1)
    return number, who


def _skip_attribution(text: str, ranges: Sequence[tuple[int, int]], number: int) -> tuple[int, _Attribution | None]:
    """The last line of an attribution that begins at line `number`, and the attribution, if there is one."""
    for last in range(number, min(number + 3, len(ranges))):
        start, end = ranges[last]
        if start == end:
            break
        if text[end - 1] in ":-":
            found = _attribution(text, ranges, last)
            return last, found if found is not None and found.top == number else None
    return number, None
