"""`kind: template`: what is wrong with a template's placeholders themselves.

`finds: broken` one that no system will fill (an unclosed bracket, a misspelt filter, an `if` without its end); `finds:
mixed` one of another system than the others of the reply or of its library; `finds: empty` a name that leaves „Hallo ,“
where it is empty. All of it has to be sure: what only looks odd may be a system that this module doesn't know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from replylint.checks.base import Context, Entry, Hit, Workshop
from replylint.draft import Part
from replylint.expressions import expression
from replylint.findings import Fix, Rewrite, Safety, Severity
from replylint.german import placeholders
from replylint.german.placeholders import Placeholder
from replylint.rulefile import Node
from replylint.source import Edit, Source, Span

KEYS = ("finds",)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _rewrite(text: str, span: Span) -> tuple[Rewrite, ...]:
    return (Rewrite(text, Safety.REVIEW, span, Fix((Edit(span, text),), Safety.REVIEW)),)


# Broken


@dataclass(frozen=True, slots=True)
class _Flaw:
    """A broken placeholder: where it stands, what is wrong with it (in `_FLAWS`), and how it should read."""

    span: Span
    what: str
    missing: str
    better: str | None = None


_FLAWS = {
    "de": {
        "closing": "der Platzhalter endet nicht mit „{}“",
        "opening": "der Platzhalter beginnt nicht mit „{}“",
        "typo": "gemeint ist wohl „{}“",
        "end": "zu diesem Block fehlt „{}“",
        "begin": "dazu fehlt „{}“",
    },
    "en": {
        "closing": "the placeholder doesn't end with “{}”",
        "opening": "the placeholder doesn't begin with “{}”",
        "typo": "“{}” is probably meant",
        "end": "this block has no “{}”",
        "begin": "its “{}” is missing",
    },
}

# A draft without any of these has nothing that could be broken.
_SUSPECT = expression(r"\{[ \t]?[{%]|[}%][ \t]?\}|[#$%]\{|[#]\w+\.|OTRS_|(?<!\w)%[A-ZÄÖÜ]{3}|\w%(?!\w)|\[\[|\*\||\{\w")
_RAW = expression(r"\{%-?\s*(?:raw|verbatim)\b")
_CODE = expression(r"`[^`\n]{1,200}`")
_ICU = expression(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal|number|date|time)\b")
_NAME = r"[A-Za-zÄÖÜäöüß_][\w.\-]*+"
_BRACES = expression(
    rf"(?P<open>\{{[ \t]\{{|\{{\{{|(?<![{{#$%@\\])\{{)[ \t]*(?P<inner>{_NAME}(?:[ \t]*\|[^{{}}\n]{{1,80}}+)?)[ \t]*"
    r"(?P<close>\}[ \t]\}|\}\}|\}|)"
)
_REST = expression(r"[^{}\n]{0,60}\}+")
_LATER = expression(r"[^{}\n]{0,80}\}\}")
_CLOSED_ONLY = expression(r"(?<![\w.{\-])([A-Za-zÄÖÜäöüß_][\w.]{2,60})[ \t]?\}\}")
_TAG_OPEN = expression(r"\{%[^{}%\n]{0,80}+(?:%[ \t]?\}?|\})?")
_TAG_APART = expression(r"\{[ \t]%[-+]?[ \t]*[a-z]+[^{}\n]{0,80}?%[ \t]?\}|\{%[-+]?[ \t]*[a-z]+[^{}%\n]{0,80}+%[ \t]\}")
_HASH = expression(
    r"#[ \t]?\{[ \t]*[A-Za-z_][\w.]*+[ \t]?(?P<end>\})?|(?<![\w/&])#(?:ticket|user|config|article)\.[a-z_.]*[a-z]\}?"
)
_DOLLAR = expression(r"(?P<mark>[$%])\{[A-Za-z_][\w.]*+")
_OTRS = expression(r"<(?:OTRS|KIX|ZNUNY|OTOBO)_\w++|(?<![<;/\w])(?:OTRS|KIX|ZNUNY|OTOBO)_\w++(?:\[\d{1,4}\])?>")
_MAILCHIMP = expression(r"\*\|[A-Z_:]{2,30}+(?:\||\*)?")
_PERCENT = expression(r"(?<![\w%.)])(?<!\d )%([A-ZÄÖÜ][A-ZÄÖÜ_]{2,40}+)(?![\w%])")


def broken(context: Context) -> list[Hit]:
    """Placeholders that no system will fill."""
    text = context.draft.text
    if _SUSPECT.search(text) is None or _RAW.search(text) is not None:
        return []
    found = placeholders.find(text)
    flaws = [*_brackets(text, found), *_typos(text, found)]
    flaws = flaws or list(_blocks(context, found))  # a broken tag opens or closes nothing
    quoted = [*context.anatomy.quoted, *(Span(*match.span()) for match in _CODE.finditer(text))]
    hits: list[Hit] = []
    for flaw in sorted(flaws, key=lambda flaw: flaw.span):
        if any(flaw.span.overlaps(span) for span in quoted) or (hits and flaw.span.overlaps(hits[-1].span)):
            continue
        rewrites = _rewrite(flaw.better, flaw.span) if flaw.better is not None else ()
        problem = _FLAWS[context.lang][flaw.what].format(flaw.missing)
        hits.append(Hit(flaw.span, slots={"problem": problem}, rewrites=rewrites))
    return hits


def _brackets(text: str, found: list[Placeholder]) -> Iterator[_Flaw]:
    """Brackets that don't open or close, or not together."""
    # „{name}“ inside „{{name}“ is not what was meant.
    whole = [each.span for each in found if each.system != "brace"]
    braces = [each for each in found if each.system == "brace"]

    def free(span: Span) -> bool:
        index = bisect_left(whole, span.start, key=lambda other: other.end)
        return index == len(whole) or not (
            whole[index].overlaps(span) or whole[min(index + 1, len(whole) - 1)].overlaps(span)
        )

    if _ICU.search(text) is None:
        yield from _braces(text, free, fields=bool(braces))
    for match in _TAG_OPEN.finditer(text):
        span = Span(*match.span())
        if free(span) and _TAG_APART.match(text, span.start) is None:
            yield _Flaw(span, "closing", "%}", _tagged(match[0]))
    for match in _TAG_APART.finditer(text):
        span = Span(*match.span())
        if free(span):
            apart = match[0].startswith("{ ") or match[0].startswith("{\t")
            yield _Flaw(span, *(("opening", "{%") if apart else ("closing", "%}")), _tagged(match[0]))
    for match in _HASH.finditer(text):
        span = Span(*match.span())
        if free(span) and not (
            match[0][1] in " \t" and not re.search(r"\{\s*(?:ticket|user|config|article)\.", match[0])
        ):
            inner = match[0].strip("#{} \t")
            what = ("closing", "}") if match[0].startswith("#{") else ("opening", "#{")
            yield _Flaw(span, *what, f"#{{{inner}}}")
    for match in _DOLLAR.finditer(text):
        span = Span(*match.span())
        if free(span):
            yield _Flaw(span, "closing", "}", match[0] + "}")
    for match in _OTRS.finditer(text):
        span = Span(*match.span())
        if free(span):
            opened = match[0].startswith("<")
            yield _Flaw(span, *(("closing", ">") if opened else ("opening", "<")), f"<{match[0].strip('<>')}>")
    for match in _MAILCHIMP.finditer(text):
        span = Span(*match.span())
        if free(span):
            yield _Flaw(span, "closing", "|*", f"*|{match[0].strip('*|')}|*")
    uses_percent = any(each.system == "percent" for each in found)
    for match in _PERCENT.finditer(text):
        span = Span(*match.span())
        if free(span) and (
            uses_percent or placeholders.kind_of_name(match[1]) in ("name", "salutation", "date", "number")
        ):
            yield _Flaw(span, "closing", "%", f"%{match[1]}%")


def _tagged(words: str) -> str:
    return f"{{% {words.strip('{}% ' + chr(9))} %}}"


def _braces(text: str, free: Callable[[Span], bool], *, fields: bool) -> Iterator[_Flaw]:
    """Flaws of `{{ … }}`, and of `{…}` where the draft has such `fields`."""
    for match in _BRACES.finditer(text):
        opening, inner, closing = match["open"], match["inner"].strip(), match["close"]
        span = Span(*match.span())
        if (opening, closing) in (("{{", "}}"), ("{", "}")) or not free(span):
            continue
        if opening == "{" and not closing:
            if fields and placeholders.kind_of_name(inner) in ("name", "salutation", "date", "number", "amount"):
                if _REST.match(text, span.end) is None:
                    yield _Flaw(Span(span.start, match.end("inner")), "closing", "}", f"{{{inner}}}")
            continue
        if not closing:
            rest = _REST.match(text, span.end)
            end = rest.end() if rest else match.start("inner") + len(inner)
            if _LATER.match(text, end):
                continue  # a bracket within a string
            inner = text[match.start("inner") : end].strip("} \t")
            yield _Flaw(Span(span.start, end), "closing", "}}", f"{{{{ {inner} }}}}")
            continue
        if _inside(text, span.start):
            continue
        space = " " if re.search(r"\{[ \t]+\w|\w[ \t]+\}", match[0]) else ""
        what = ("opening", "{{") if opening != "{{" else ("closing", "}}")
        yield _Flaw(span, *what, f"{{{{{space}{inner}{space}}}}}")
    for match in _CLOSED_ONLY.finditer(text):
        span = Span(*match.span())
        sure = "." in match[1] or "_" in match[1] or placeholders.kind_of_name(match[1]) != "unknown"
        if sure and not _inside(text, span.start) and free(span):
            yield _Flaw(span, "opening", "{{", f"{{{{ {match[1]} }}}}")


def _inside(text: str, at: int) -> bool:
    """Whether a bracket is still open on the line."""
    line = text[max(0, at - 300) : at].rpartition("\n")[2]
    return line.count("{") > line.count("}")


_FILTERS = _words(
    """
    abs append batch capitalize ceil column compact concat country_name currency currency_name date datetime default
    default_if_none divided_by downcase escape escape_once filesizeformat filter first float floatformat floor format
    format_currency format_date format_datetime format_number groupby humanize indent int join json_encode keys last
    length linebreaks linebreaksbr list localtime lower lstrip map markdown merge minus modulo money newline_to_br nl2br
    number number_format pluralize plus prepend raw remove remove_first replace replace_first reverse round rstrip safe
    shuffle size slice sort spaceless split string strip strip_html strip_newlines striptags time times timesince title
    tojson trans translate trim truncate truncatewords uniq unique upcase upper url_decode url_encode urlencode urlize
    where wordcount wordwrap
    """
)
_TAGS = _words(
    """
    if elsif elseif elif else unless for case when with set assign capture block filter trans translate autoescape raw
    verbatim macro include extends import from break continue endif endunless endfor endcase endwith endset endcapture
    endblock endfilter endtrans endautoescape endraw endverbatim endmacro comment endcomment cycle increment decrement
    tablerow render layout paginate blocktrans endblocktrans blocktranslate endblocktranslate load url static spaceless
    """
)
_OTRS_OBJECTS = _words(
    "CUSTOMER AGENT TICKET OWNER RESPONSIBLE CURRENT CONFIG CUSTOMER_DATA LAST FIRST ARTICLE EVENT CUSTOMER_REALNAME"
)
_ZAMMAD_OBJECTS = _words("ticket user config article recipient current_user notification customer owner")
_FILTER_NAME = expression(r"\|[ \t]*([A-Za-z_]\w*)")
_STRINGS = expression(r"\"[^\"]*\"|'[^']*'")


def _typos(text: str, found: list[Placeholder]) -> Iterator[_Flaw]:
    """Filters, tags and objects that are one slip away from one that is known."""
    for each in found:
        words = text[each.span.start : each.span.end]
        if each.system == "jinja":
            bare = _STRINGS.sub(lambda match: " " * len(match[0]), words)
            names = [(match.span(1), _FILTERS) for match in _FILTER_NAME.finditer(bare)]
            if words.startswith("{%") and (tag := re.match(r"\{%[-+~]?\s*([A-Za-z_]+)", words)):
                names.append((tag.span(1), _TAGS))
        elif each.system == "otrs" and (match := re.match(r"<OTRS_([A-Za-z]+(?:_REALNAME)?)", words)):
            names = [(match.span(1), _OTRS_OBJECTS)]
        elif each.system == "zammad" and (match := re.match(r"#\{([A-Za-z_]+)\.", words)):
            names = [(match.span(1), _ZAMMAD_OBJECTS)]
        else:
            continue
        for (start, end), known in names:
            meant = _meant(words[start:end], known)
            if meant is not None:
                yield _Flaw(each.span, "typo", meant, words[:start] + meant + words[end:])
                break


def _meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one is one slip away from: two letters swapped, one missing, doubled or, in a long
    word, wrong. A plural is no slip."""
    if word in known or word.lower() in known or len(word) < 4:
        return None
    for other in sorted(known):
        if len(other) < 4 or word == f"{other}s" or other == f"{word}s":
            continue
        if len(word) == len(other):
            differ = [at for at, (left, right) in enumerate(zip(word, other, strict=True)) if left != right]
            swapped = len(differ) == 2 and differ[1] == differ[0] + 1 and word[differ[0]] == other[differ[1]]
            if (swapped and word[differ[1]] == other[differ[0]]) or (len(differ) == 1 and len(word) >= 7):
                return other
        elif len(word) + 1 == len(other):
            if any(other[:at] + other[at + 1 :] == word for at in range(1, len(other))):
                return other
        elif len(word) == len(other) + 1:
            if any(word[at] == word[at - 1] and word[:at] + word[at + 1 :] == other for at in range(1, len(word))):
                return other
    return None


_BLOCKS = ("if", "unless", "for")


def _blocks(context: Context, found: list[Placeholder]) -> Iterator[_Flaw]:
    """`{% if %}` without `{% endif %}` and the other way round; not where the file itself has as many of both."""
    text = context.draft.text
    tags = []
    for each in found:
        if each.system == "jinja" and (match := re.match(r"\{%[-+~]?\s*(\w+)", text[each.span.start : each.span.end])):
            tags.append((match[1], each.span))
    for block in _BLOCKS:
        opened: list[Span] = []
        strays: list[Span] = []
        for word, span in tags:
            if word == block:
                opened.append(span)
            elif word == f"end{block}":
                if opened:
                    opened.pop()
                else:
                    strays.append(span)
        if not (opened or strays) or _balanced(context, block):
            continue
        for span in opened:
            yield _Flaw(span, "end", f"{{% end{block} %}}")
        for span in strays:
            yield _Flaw(span, "begin", f"{{% {block} … %}}")


def _balanced(context: Context, block: str) -> bool:
    draft = context.draft
    place = draft.map.to_source(Span(0, len(draft.text)))
    raw = draft.source.text[place.start : place.end] if draft.key else draft.source.text
    begins = len(re.findall(rf"\{{%[-+~]?\s*{block}\b", raw))
    return begins == len(re.findall(rf"\{{%[-+~]?\s*end{block}\b", raw))


# Mixed

_SYSTEMS = _words(
    "jinja zammad otrs osticket smarty erb template-toolkit mailchimp percent dollar double-brackets brace hashes"
)
_TOGETHER = frozenset(
    frozenset(pair.split("+"))
    for pair in (
        "erb+osticket",  # Rails: %{…} inside of translations
        "erb+zammad",  # Zammad's own mails: Ruby in both
        "erb+dollar",
        "smarty+brace",
        "smarty+dollar",
        "smarty+osticket",  # „{$percent} %{else}“
        "otrs+template-toolkit",
        "zammad+dollar",
    )
)
_FIELD = expression(r"[\w.\- ]+")


def _systems(text: str, found: Iterable[Placeholder]) -> dict[str, list[Placeholder]]:
    """The placeholders of a text by their system, without those that may as well be something else."""
    result: dict[str, list[Placeholder]] = {}
    for each in found:
        if each.system not in _SYSTEMS:
            continue
        if each.system in ("brace", "double-brackets", "dollar", "percent") and not text.startswith(
            "${", each.span.start
        ):
            words = text[each.span.start : each.span.end].strip("{}[]$%")
            if each.kind == "unknown" or _FIELD.fullmatch(words) is None:
                continue
        result.setdefault(each.system, []).append(each)
    return result


@lru_cache(maxsize=2)
def _in_file(source: Source) -> tuple[Counter[str], dict[str, str]]:
    """How many placeholders of each system a file has, and the first of each."""
    systems = _systems(source.text, placeholders.find(source.text))
    counts = Counter({system: len(found) for system, found in systems.items()})
    firsts = {system: source.text[found[0].span.start : found[0].span.end] for system, found in systems.items()}
    return counts, firsts


def mixed(context: Context) -> list[Hit]:
    """The first placeholder of each system that isn't the one that the reply, or its library, uses."""
    draft = context.draft
    here = _systems(draft.text, placeholders.find(draft.text))
    if not here:
        return []
    counts = Counter({system: len(found) for system, found in here.items()})
    firsts = {system: draft.text[found[0].span.start : found[0].span.end] for system, found in here.items()}
    alone = len(counts) == 1
    if draft.key and not draft.source.path.lower().endswith(".po"):
        counts, firsts = _in_file(draft.source)
    if len(counts) < 2:
        return []
    usual = max(counts, key=lambda system: counts[system])
    hits = []
    for system, found in here.items():
        if system == usual or frozenset((system, usual)) in _TOGETHER or _translates(system, usual, draft.text):
            continue
        doubtful = alone and counts[usual] < 3 * counts[system]
        hits.append(
            Hit(found[0].span, slots={"usual": firsts[usual]}, severity=Severity.SUGGESTION if doubtful else None)
        )
    return sorted(hits, key=lambda hit: hit.span)


def _translates(system: str, usual: str, text: str) -> bool:
    """Twig's and Django's translations have placeholders of their own: `{% trans %}Hallo %name%{% endtrans %}`."""
    return {system, usual} == {"jinja", "percent"} and re.search(
        r"\{%-?\s*\w*trans|\|\s*t(?:rans)?\b", text
    ) is not None


# Empty

_GREETING = r"(?:hallo|hi|hey|moin|servus|grüezi|guten (?:tag|morgen|abend)|grüß gott|liebe[rs]?|sehr geehrte[rs]?)"
_BARE = expression(rf"{_GREETING},?[ \t]*(?P<gap>\0)[ \t]*[,!]?", re.IGNORECASE)
_SALUTATIONS = expression(rf"{_GREETING},?[ \t]+((?:\{{\{{[^{{}}\n]{{1,100}}\}}\}}[ \t]*)+)", re.IGNORECASE)
_FALLBACK = expression(r"\|\s*(?:default|fallback|if_?empty|d\b)|\?\?|\?:|\bor\b|\|\||\?.+:|\bif\b", re.IGNORECASE)
_GUARD = expression(r"\{%-?\s*(if|unless|case)\b|\{\{\s*#(if|unless|with)\b|\{\{\s*#(?!if|unless|with|each)\w")
_GUARD_END = expression(r"\{%-?\s*end(?:if|unless|case)\b|\{\{\s*/")


@lru_cache(maxsize=2)
def _salutations(source: Source) -> Mapping[str, int]:
    """Where each name in a salutation stands first in a file."""
    firsts: dict[str, int] = {}
    for match in _SALUTATIONS.finditer(source.text):
        firsts.setdefault(match[1].strip(), match.start(1))
    return firsts


# Where nothing is known to become nothing: Zendesk's and Freshdesk's objects, template files, Liquid's own tags.
_BLANK_OBJECTS = expression(r"\{\{-?\s*(?:ticket|current_user|requester)\.")
_BLANK_FILES = (".liquid", ".twig", ".j2", ".jinja", ".jinja2", ".njk", ".hbs", ".handlebars", ".mustache")
_LIQUID = expression(r"\{%-?\s*(?:assign|unless|elsif|capture|endunless)\b|\{\{[^{}]*\|\s*\w+\s*:[^{}]*\}\}")


def empty(context: Context) -> list[Hit]:
    """A salutation of nothing but a name without a substitute, in a system that is known to print nothing for nothing.
    Said once in a file for each such name."""
    draft = context.draft
    salutation = context.part_span(Part.SALUTATION)
    if salutation is None or "{{" not in draft.text[salutation.start : salutation.end]:
        return []
    names = [each for each in placeholders.find(draft.text) if salutation.contains(each.span) and each.kind != "tag"]
    if not names or any(each.system != "jinja" or each.kind not in ("name", "unknown") for each in names):
        return []
    span = Span(names[0].span.start, names[-1].span.end)
    words = draft.text[span.start : span.end]
    before, after = draft.text[salutation.start : span.start], draft.text[span.end : salutation.end]
    if _BARE.fullmatch(f"{before}\0{after}".strip()) is None or re.sub(r"\{\{[^{}]*\}\}", "", words).strip():
        return []
    if not (
        _BLANK_OBJECTS.match(words)
        or draft.source.path.lower().endswith(_BLANK_FILES)
        or _LIQUID.search(draft.text) is not None
    ):
        return []
    head = draft.text[: span.start]
    if _FALLBACK.search(words) or len(_GUARD.findall(head)) > len(_GUARD_END.findall(head)):
        return []
    first = _salutations(draft.source).get(words.strip()) if draft.key else None
    if first is not None and first < draft.map.to_source(span).start:
        return []
    left = " ".join(f"{before.rstrip()} {after.lstrip()}".split())
    return [Hit(span, slots={"left": left})]


FINDERS: Mapping[str, Callable[[Context], list[Hit]]] = {"broken": broken, "mixed": mixed, "empty": empty}


@dataclass(slots=True)
class TemplateCheck:
    """One of the checks above."""

    finds: str

    @property
    def entries(self) -> Iterable[Entry]:
        """Templates have no phrases."""
        return []

    def run(self, context: Context) -> list[Hit]:
        """The hits of a draft, in text order."""
        return FINDERS[self.finds](context)


def parse(fields: Mapping[str, Node], workshop: Workshop) -> TemplateCheck:
    """The check that a rule file's fields describe."""
    del workshop
    return TemplateCheck(fields["finds"].choice(FINDERS) if "finds" in fields else "broken")
