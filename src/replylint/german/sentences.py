"""Where sentences end, in text that people type into mail programs.

In: a text, a range of it (a paragraph or so), and ranges no sentence may end within. Out: the ranges of the sentences.
Two steps: lines are joined to blocks where a line was merely wrapped, and blocks are cut at sentence ends. Our own
rules know abbreviations, ordinals, emoji and brackets; `sentencex` has the casting vote on the full stops that none of
them can judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from replylint.expressions import expression
from replylint.source import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STARTERS = _words(
    """
    der die das den dem des ein eine einen einem einer eines wir ich sie er es man ihr ihre ihren ihrem ihrer ihnen
    du dein deine deinen deinem deiner dir dich euer eure euren eurem euch unser unsere unseren unserem unserer uns
    mein meine meinen meinem meiner mir mich bitte danke vielen gern gerne leider auch aber und oder doch denn dann
    da dort hier heute morgen gestern nun jetzt wenn falls sobald sofern sollte sollten weil damit dass ob wie was
    wer wo wann warum wieso welche welcher welches dies diese dieser dieses diesen diesem dafür dabei dazu daran
    darauf darüber darum davon deshalb deswegen daher außerdem ausserdem zudem sonst ansonsten nach nachdem bei beim
    mit für fuer im in am an auf aus zu zum zur um unter über ueber von vom vor bis seit ohne durch gegen wegen
    trotz so noch nur alle alles allerdings jedoch kein keine keinen nicht nichts haben hast habt hat hätten ist
    sind war waren kann können könnten koennen könnt möchten wollen würden wuerden werden wurde wurden soll sollen
    müssen darf dürfen melden meld melde rufen ruf schreiben schreib schicken schick senden lassen lass geben gib
    schauen schau nehmen nimm warten ja nein ok okay klar gut schön super prima also übrigens zunächst zuerst
    anschließend danach solange während obwohl da's gibt geht passt reicht viel viele einfach natürlich
    selbstverständlich entschuldigung entschuldigen sorry herzlichen besten derzeit aktuell inzwischen sofort
    weiterhin weitere sowie
    """
)
"""Words, in lower case, that with a capital seldom stand inside a sentence: what begins with one is a new sentence."""

# Function words that end no line on purpose: after one of them, a line break is a mere wrap.
_OPEN_WORDS = _words(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen und oder sowie aber als wie mit von
    vom für fuer im in am an auf aus zu zum zur um unter über ueber bei beim nach vor bis seit ohne durch gegen
    wegen per pro ihr ihre ihren ihrem ihrer ihres dein deine deinen deinem deiner unser unsere unseren unserem
    unserer mein meine meinen meinem meiner dass ob wenn weil sehr wir ich sie ist sind hat haben wird werden diese
    dieser dieses diesen diesem jede jeder jedes jeden neue neuen alle allen viele vielen herzlichen besten frau
    herr herrn dr
    """
)
# Short words that are no abbreviation, though they look like one before a full stop.
_SHORT_WORDS = _words(
    """
    ab an auf aus da dir du ein er es hat her hin ich ihm ihr im in ist ja los mal mit nach nun ok so um uns vor war
    wir zu zum weg nur gut neu alt frei hier dort nicht auch noch doch dann dich mich euch sie sich sein bin bis tun
    tut nein fit rot grün blau raus rein vorbei weiter ihnen hab habe geht gibt kam kann lag rum mag muss soll will
    """
)
# Abbreviations that never end a sentence: something must follow them.
_ABBREVIATIONS = _words(
    """
    ca nr nrn dr prof mag dipl ing hr hrn fr frl st abs art abt anl aufl bd bzgl bzw bspw beisp dgl d.h ggf ggfs evt
    evtl event exkl inkl einschl zzgl zuzgl abzgl insb insbes max min mind mtl jährl vgl vs verg sog sogen tel telef
    mob fon fax str pl kto blz pos ziff zif kap lit rd ges gem gez geb gest geg zz zzt ztr z.zt z.b z.t u.a o.g o.ä
    s.o s.u i.d.r i.a i.v m.e m.w a.d b.d e.v h.c resp betr bez dez einh erg excl ff hd hrsg ind jg jh lfd lt mio
    mrd mitarb mwst möbl obj orig pers priv ppa qm red reg ref rep sen jun sr jr sa so mo di mi do tgl urspr usf uvm
    usw etc v.a vorm nachm zb dh ua zt od u jan feb mär apr jul aug sep sept okt nov erw kd kdn best bestellnr
    art.-nr bearb rechn rg re auftr lief gmbh.co ggü ggbf gegr allg entspr eingeg telefonnr co u.u z.hd z.hdn
    """
)
# Those that also may: a sentence ends there if the next word begins one.
_MAY_END = _words(
    """
    usw usf etc uvm u.a u.ä u.v.m o.ä ff tel str pl mio mrd std min sek st jh jan feb apr jun jul aug sep sept okt
    nov dez mo di mi do fr sa so co e.v ag kg mwst qm s.o s.u zzt z.zt km cm mm kwh pers max inkl exkl fax uhr abs
    """
)
_MONTHS_AND_DAYS = expression(
    r"(?:januar|jänner|jaenner|februar|feber|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|jan|feb|mär|apr|jun|jul|aug|sep|sept|okt|nov|dez|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend"
    r"|sonntag|quartal|halbjahr|woche|kw)\b",
    re.IGNORECASE,
)

# Without arrows, check marks and the like, which are bullets.
_EMOJI = "\U0001f000-\U0001faff\u2600-\u26ff\u2702-\u2712\u2728-\u2767\u2795-\u2797\u2b50\u2b55\u23e9-\u23fa\u3030"
EMOJI = f"[{_EMOJI}]"
EMOTICON = r"(?:[:;=][-o']?(?:[)(]++|[DPp]|\*(?![a-zäöüß]{2,12}\*))|[xX]D|\^{2,}+|<3|\*[a-zäöüß]{2,12}\*)"
# Faces without white space between them, all or none: so no pattern has a choice where one of them ends.
_FACES = rf"(?>(?:{EMOJI}[{_EMOJI}\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+|(?<!\w){EMOTICON}(?!\w))+)"
# Whether there may be one at all: begins with one character class, which makes the search fast.
_HAS_FACE = expression(r"[^\0-\u218f]|[:;=^<*xX](?:[-o']?[)(DPp*]|D\b|\^|3|[a-zäöüß]{2,12}\*)")
_CLOSERS = "[\"“”»«’')\\]*_]"
# Both begin at the first mark of a run or face of a group only, so that a long run is read once.
_STOP = rf"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>{_CLOSERS}*)"
_END = expression(rf"{_STOP}(?P<gap>\s++|(?=[A-ZÄÖÜ]))(?=\S)")
_END_OR_FACE = expression(
    rf"(?:{_STOP}(?:[ \t]*+{_FACES})?(?:[ \t]++{_FACES})*|(?P<face>{_FACES}(?:[ \t]++{_FACES})*[ \t]*+))"
    rf"(?P<gap>\s++|(?<=\s)|(?=[A-ZÄÖÜ]))(?=\S)|{_FACES}"
)
_NEXT_WORD = expression(r"[\"„“”»«‚‘'(\[*_]*(?:(\w[\w'’-]*)(\s+(?:[Ss]ie|wir|ich|du|[Dd]ich|ihr)\b)?)?")
_PAIRS = expression(r"[(\[)\]„“”»«\"]")
_VOWEL = expression(r"[aeiouyäöü]", re.IGNORECASE)
_TOKEN_BEFORE = expression(r"(?<![\w.&/-])[\w.&/-]*+\Z")
_NUMBER_MARK = expression(r"\s*\(?(?:\d{1,2}|[a-zA-Z])\Z")

_LINE = expression(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LIST_ITEM = expression(
    r"[ \t]*(?:(?P<bullet>[-*•·▪◦‣►▸➤✓✔☑→+])|(?P<dash>[–—])|(?P<number>\(?\d{1,2}[.)]|\(?[a-zA-Z]\)))[ \t]+\S"
)
_TABLE = expression(r"[ \t]*\||.*\S(?:\t| {3,})\S")
_LABEL = expression(r"[*_]*[A-ZÄÖÜ][\w ./()\-]{1,30}:[*_]*\s\S")  # „IBAN: DE12 …“
_HEADING = expression(r"[ \t]*#{1,6}[ \t]")
_RULE = expression(r"[ \t]*([-_=*~])\1{2,}[ \t]*$")
_ENDS_OPEN = expression(r"(?:[,;–—/&(„-]|\bund|\boder)[ \t]*$")
_ENDS_STOP = expression(rf"[.!?…:]{_CLOSERS}*[ \t]*$")
_POLITE = expression(r"(?:Ihr|Dein|Eue?r)(?:e[mnrs]?)?$")
_LAST_WORD = expression(r"(?<![^\W\d_])([^\W\d_]++)[.]?[ \t]*$")
_MIN_WRAP = 40  # nobody wraps mail narrower: a shorter line that ends before a capital ends on purpose
_QUOTE_REACH = 400  # a quotation or bracket longer than this (code points) is taken for a stray mark
_REACH = 48  # how far back from a full stop is looked
_CHUNK = 2000  # sentencex is quadratic in unclosed quotation marks: longer blocks are shown to it in pieces


def split(text: str, span: Span, protected: Sequence[Span] = ()) -> list[Span]:
    """The sentences of `text` within `span`, in order, trimmed of white space and covering all else.

    `protected` are sorted ranges (placeholders) within which no sentence ends. A blank line, a list item, a table or
    address line and a heading end a sentence; a wrapped line doesn't.
    """
    if protected:
        first = bisect_left(protected, span.start, key=_start_of)
        protected = protected[max(0, first - 1) : bisect_left(protected, span.end, first, key=_start_of)]
    starts = [part.start for part in protected]
    pattern = _END_OR_FACE if _HAS_FACE.search(text, span.start, span.end) else _END
    result: list[Span] = []
    for start, end in _blocks(text, span, protected, starts):
        result.extend(_sentences(text, start, end, pattern, protected, starts))
    return result


def _start_of(span: Span) -> int:
    return span.start


def _blocks(
    text: str, span: Span, protected: Sequence[Span], protected_starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The stretches of lines that belong together, as trimmed ranges."""
    if "\n" not in (part := text[span.start : span.end]) and "\r" not in part:
        start, end = _trim(text, span.start, span.end)
        if start < end:
            yield start, end
        return
    lines: list[tuple[int, int]] = []
    blank_before: list[bool] = []
    blank = True
    width = 0
    for match in _LINE.finditer(text, span.start, span.end):
        start, end = _trim(text, match.start(), match.end())
        if start < end:
            lines.append((start, end))
            blank_before.append(blank)
            width = max(width, end - start)
            blank = False
        else:
            blank = True
    begin = 0
    for number in range(1, len(lines) + 1):
        if number < len(lines) and not blank_before[number]:
            above, below = lines[number - 1][1], lines[number][0]
            if protected and _is_protected(above - 1, below + 1, protected, protected_starts):
                continue
            if not _breaks(text, lines, number, width):
                continue
        if begin < number:
            yield lines[begin][0], lines[number - 1][1]
            begin = number


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends."""
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return start, end


def _breaks(text: str, lines: Sequence[tuple[int, int]], number: int, width: int) -> bool:
    """Whether the line break before line `number` was meant, rather than made by a wrap."""
    above = text[slice(*lines[number - 1])]
    line = text[slice(*lines[number])]
    first = line[0]
    if (
        first in "#|-_=*~\t"
        or above[0] in "#|-_=*~"
        or "\t" in line
        or "\t" in above
        or "   " in line
        or "   " in above
    ):
        for part in (line, above):
            if _TABLE.match(part) or _HEADING.match(part) or _RULE.match(part):
                return True
    item = None if first.isalpha() and line[1:2] != ")" else _LIST_ITEM.match(line)
    wrapped = _wrapped(above, line, width)
    if item is not None:
        if item["bullet"] or _LIST_ITEM.match(above):
            return True
        # „… die⏎2. Rate“ and „Das ist⏎– so oder so – nicht“ are wraps, not items.
        if item["dash"]:
            return not (wrapped and len(above) >= _MIN_WRAP)
        last = _LAST_WORD.search(above)
        return not (last is not None and last[1].lower() in _OPEN_WORDS) and (
            not wrapped or bool(_ENDS_STOP.search(above))
        )
    if above.endswith(":"):
        return not first.islower()
    if _LABEL.match(line) and _LABEL.match(above):
        return True
    if first.islower():
        return False
    if _ENDS_STOP.search(above):
        return False  # the stop decides, as if there were no line break
    return not wrapped


def _wrapped(above: str, line: str, width: int) -> bool:
    """Whether `line`, which begins with a capital or a digit, goes on where `above` was full."""
    if _ENDS_OPEN.search(above):
        return True
    last = _LAST_WORD.search(above)
    if last is not None and last[1].lower() in _OPEN_WORDS and (last[1][0].islower() or _POLITE.match(last[1])):
        return True
    if line[0].islower():
        return True
    return len(above) >= _MIN_WRAP and len(above) + 1 + len(line.split(None, 1)[0]) > width


def _sentences(
    text: str,
    start: int,
    end: int,
    pattern: re.Pattern[str],
    protected: Sequence[Span],
    protected_starts: Sequence[int],
) -> Iterator[Span]:
    """The sentences of one block; `pattern` finds where they may end."""
    block = text[start:end]
    pairs: _Pairs | None = None
    votes: set[int] | None = None
    begin = 0
    for match in pattern.finditer(block):
        stop = match["stop"]
        cut = match.start("gap")
        if cut < 0:
            continue  # a face within the sentence
        if protected and _is_protected(start + match.start(), start + cut, protected, protected_starts):
            continue
        after = _NEXT_WORD.match(block, match.end())
        word = (after[1] or "") if after is not None else ""
        verb_first = after is not None and after[2] is not None  # „Kommen Sie vorbei.“
        if pairs is None:
            pairs = _Pairs(block)
        if stop is None:
            ends = (
                bool(word)
                and word[0].isupper()
                and begin < match.start()  # not an icon before a heading
                and pairs.around(match.start()) is None
            )
        else:
            verdict = _ends(
                block, begin, match.start("stop"), stop, match["close"], match["gap"], word, verb_first, pairs
            )
            if verdict is None:
                if votes is None:
                    votes = _votes(block)
                verdict = not votes.isdisjoint(range(match.end("stop"), match.end() + 1))
            ends = verdict
        if ends:
            cut_start, cut_end = _trim(block, begin, cut)
            if cut_start < cut_end:
                yield Span(start + cut_start, start + cut_end)
            begin = match.end()
    if begin == 0:
        yield Span(start, end)
        return
    last_start, last_end = _trim(block, begin, len(block))
    if last_start < last_end:
        yield Span(start + last_start, start + last_end)


def _is_protected(start: int, end: int, protected: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, start) - 1
    return index >= 0 and protected[index].end >= end and protected[index].end > start


class _Pairs:
    """The bracketed and quoted stretches of a block: opening and closing offset and the opening mark, by opening."""

    def __init__(self, block: str) -> None:
        self._pairs: list[tuple[int, int, str]] = []
        brackets: list[tuple[int, str]] = []
        quote: tuple[int, str] | None = None
        for match in _PAIRS.finditer(block):
            mark, at = match[0], match.start()
            if mark in "([":
                brackets.append((at, mark))
            elif mark in ")]":
                while brackets:
                    opened, opening = brackets.pop()
                    if (opening == "(") == (mark == ")"):
                        if at - opened <= _QUOTE_REACH:
                            self._pairs.append((opened, at, opening))
                        break
            elif quote is not None and at - quote[0] <= _QUOTE_REACH and mark != "„":
                self._pairs.append((quote[0], at, quote[1]))
                quote = None
            elif mark in '„»«“"':
                quote = (at, mark)
        self._pairs.sort()
        self._starts = [pair[0] for pair in self._pairs]

    def around(self, at: int) -> tuple[int, int, str] | None:
        """The innermost pair around an offset, or None."""
        index = bisect_right(self._starts, at) - 1
        while index >= 0 and self._pairs[index][0] >= at - _QUOTE_REACH:
            if self._pairs[index][0] < at < self._pairs[index][1]:
                return self._pairs[index]
            index -= 1
        return None


def _ends(
    block: str,
    begin: int,
    at: int,
    stop: str,
    close: str,
    gap: str,
    word: str,
    verb_first: bool,
    pairs: _Pairs,
) -> bool | None:
    """Whether a sentence ends with the marks `stop` at `at`; None where our rules can't tell.

    `begin` is where the sentence began, `close` the quotes and brackets right after the marks, `gap` the white space
    after those, `word` the next word, without its quotes, and `verb_first` whether a pronoun follows that.
    """
    lower = word.lower()
    starter = (verb_first or lower in STARTERS) and word[:1].isupper()
    if not gap:
        # „Danke.Wir melden uns“: a forgotten blank, unless it is a host or file name.
        return starter and "." in stop and block[at - 1 : at].islower() and "/" not in block[max(begin, at - 30) : at]
    pair = pairs.around(at)
    if pair is not None:
        opened, closed, mark = pair
        at_end = closed < at + len(stop) + len(close)
        whole = opened - begin < _REACH and not block[begin:opened].strip()
        if mark in "([":
            if not at_end:
                return False if not whole else _plain(block, begin, at, stop, word, lower, starter)
            if whole:
                return not word[:1].islower()
            if "!" in stop or "?" in stop:
                return False
        elif not at_end:
            if "!" in stop or "?" in stop:
                return False
        elif not starter:
            before = block[max(begin, opened - _REACH) : opened].rstrip()
            return (whole or before.endswith(":")) and word[:1].isupper() if word else None
        else:
            return True
    return _plain(block, begin, at, stop, word, lower, starter)


def _plain(block: str, begin: int, at: int, stop: str, word: str, lower: str, starter: bool) -> bool | None:
    """The same for marks outside of quotes and brackets."""
    small = word[:1].islower()
    if "!" in stop or "?" in stop:
        return not (small and lower in ("und", "oder", "aber", "bzw", "sondern"))
    if stop != ".":  # an ellipsis, or a slip such as „..“
        return starter or (stop == ".." and not small)
    before = block[max(begin, at - _REACH) : at]
    if begin == 0 and at < 6 and _NUMBER_MARK.match(before):
        return False  # the number of a list item
    last = _TOKEN_BEFORE.search(before)
    token = last[0] if last is not None else ""
    if not token:
        return not small  # after a closing quote, a bracket, a sign
    if before[: -len(token)][-1:] in ("=", "?", "#", "%", "@"):
        return not small  # the end of an address
    if token[-1].isdigit():
        return _after_number(token, before, word, small, starter)
    name = token.lower().strip("-/&.")
    if "." not in name:
        name = re.split(r"[-/&]", name)[-1]
    if len(name) == 1 or ("." in name and all(len(part) <= 3 for part in name.split("."))):
        return _after_letters(name, before, word, starter)
    if name in _ABBREVIATIONS or (name.endswith(("str", "nr")) and len(name) > 3) or name in _MAY_END:
        if name == "fr" and token != "Fr":
            return starter
        return starter and (name in _MAY_END or name.endswith("str")) and not (word == "" or name == "fr")
    if name in _SHORT_WORDS:
        return True
    if small:
        return len(name) >= 4 and _VOWEL.search(name) is not None
    if len(name) >= 5 or (token.islower() and _VOWEL.search(name) is not None) or (token.isupper() and len(token) > 1):
        return True
    return True if starter else None


def _after_number(token: str, before: str, word: str, small: bool, starter: bool) -> bool:
    """A full stop after a digit: the end of a sentence, or an ordinal, a date, a paragraph."""
    if small or not word:
        return not small and not word
    digits = re.search(r"\d+\Z", token)
    number = digits[0] if digits is not None else ""
    if word[0].isdigit():
        # „am 12. 5.“ is a date; „um 40. 12 Stück“ is not, but nobody writes so.
        return len(number) > 2
    if _MONTHS_AND_DAYS.match(word):
        return len(number) > 2
    if len(number) > 2 or "," in token or re.search(r"\d[,:]\d+\Z", before[-12:]):
        return True
    if number.startswith("0") and len(number) == 2 and "." not in token:
        return True
    return starter


def _after_letters(name: str, before: str, word: str, starter: bool) -> bool:
    """A full stop after a single letter or a dotted abbreviation."""
    if name in _MAY_END:
        return starter
    if len(name) == 1:
        # „z. B.“, „u. a.“, „i. d. R.“, „J. Petersen“; only „u. a.“ and „o. Ä.“ may end a sentence.
        chain = re.search(r"((?:\b\w\.\s?)+)\w\Z", before[-16:])
        if chain is not None:
            spelled = re.sub(r"\s", "", chain[0]).lower()
            return starter and spelled in _MAY_END | {"i.d.r", "o.ä", "u.ä", "u.v.m"} and word not in ("Ihr", "Ihre")
        return starter and name not in ("s", "u") and not before[-1:].islower()
    return False


def _votes(block: str) -> set[int]:
    """Where sentencex would end a sentence of a block: offsets of what follows."""
    import sentencex  # type: ignore[import-untyped]  # imported here: most drafts never need it

    flat = re.sub(r"\s", " ", block)
    result: set[int] = set()
    for start in range(0, len(flat), _CHUNK):
        offset = start
        for sentence in sentencex.segment("de", flat[start : start + _CHUNK]):
            offset += len(sentence)
            result.add(offset)
    return result
