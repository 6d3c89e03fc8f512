"""Suppressions: findings that somebody has looked at and wants left alone, as comments in the file or by reply key in
the configuration; and what is wrong with these themselves.

A comment reads `replylint: ignore blame, hedging (reason) bis 2027-01-31`. `ignore` speaks of its own line or, alone in
a line, of what is below; so does `ignore-next-line`; `off` holds up to `on`, `ignore-file` everywhere in the file. A
name is a check, a category or `all`. The last day counts; today is always given, never asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from pathlib import PurePath
from typing import Protocol

from replylint.checks.suppression import SuppressionCheck
from replylint.draft import Comment, Draft
from replylint.expressions import expression
from replylint.findings import Finding, Fix, Rewrite, Safety
from replylint.linter import Linter, worded
from replylint.rules import Rule
from replylint.source import Edit, Source, SourceMap, Span, UnreadableError, apply_edits

ALL = "all"
ACTIONS = ("ignore", "ignore-next-line", "ignore-file", "off", "on")
KIND = "suppression"
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Directive:
    """What a comment says. `names` are checks, categories or `all`, and `place` where they stand in its words;
    `problem` is what is wrong with it (a key of `_PROBLEMS` and what it is about): it has no effect then."""

    comment: Comment
    action: str = ""
    names: tuple[str, ...] = ()
    place: Span = _NOWHERE
    reason: str = ""
    until: date | None = None
    problem: tuple[str, str] | None = None

    def holds(self, today: date) -> bool:
        """Whether it has an effect today."""
        return self.problem is None and (self.until is None or today <= self.until)


_HEAD = expression(r"replylint[ \t]*(:?)[ \t-]*([A-Za-zÄÖÜäöü-]*)")
_PART = expression(r"\s*(?:\((?P<reason>[^()]*(?:\([^()]*\)[^()]*)*)\)|(?P<word>[^\s,()]+)|(?P<comma>,))")
_DATE = expression(r"\d{4}-\d{2}-\d{2}")


def parse(comment: Comment) -> Directive:
    """The directive that a comment holds."""
    words = comment.words
    head = _HEAD.match(words)
    if head is None or not head[1]:
        return Directive(comment, problem=("colon", ""))
    action = head[2]
    if action not in ACTIONS:
        return Directive(comment, problem=("action", action))
    names: list[str] = []
    place = Span(head.end(), head.end())
    reason = ""
    until: date | None = None
    dated = False
    at = head.end()
    while at < len(words.rstrip()):
        part = _PART.match(words, at)
        if part is None:
            return Directive(comment, action, problem=("rest", words[at:].strip()))
        at = part.end()
        word = part["word"]
        if part["reason"] is not None:
            reason = part["reason"].strip()
        elif dated:
            if not word or not _DATE.fullmatch(word):
                return Directive(comment, action, problem=("date", word or ""))
            try:
                until = date.fromisoformat(word)
            except ValueError:
                return Directive(comment, action, problem=("date", word))
            dated = False
        elif word in ("bis", "until"):
            dated = True
        elif word:
            if reason or until is not None:
                return Directive(comment, action, problem=("rest", word))
            place = Span(place.start if names else part.start("word"), at)
            names.append(word)
    if dated:
        return Directive(comment, action, problem=("date", ""))
    if not names and action != "on":
        return Directive(comment, action, problem=("names", ""))
    return Directive(comment, action, tuple(dict.fromkeys(names)), place, reason, until)


@dataclass(frozen=True, slots=True)
class _Region:
    """A part of a file (None: all of it) in which a directive suppresses what a name names."""

    directive: Directive
    name: str
    span: Span | None


class _Regions:
    """Regions by name and place, so that asking takes no longer for all those elsewhere."""

    def __init__(self, regions: Iterable[_Region]) -> None:
        self._everywhere: dict[str, list[_Region]] = {}
        named: dict[str, list[tuple[Span, _Region]]] = {}
        for region in regions:
            if region.span is None:
                self._everywhere.setdefault(region.name, []).append(region)
            else:
                named.setdefault(region.name, []).append((region.span, region))
        self._placed: dict[str, tuple[list[tuple[Span, _Region]], list[int]]] = {}
        for name, each in named.items():
            each.sort(key=lambda placed: placed[0])
            # How far those up to each one reach.
            self._placed[name] = each, list(accumulate((span.end for span, _ in each), max))

    def covering(self, finding: Finding) -> Iterator[_Region]:
        """The regions that suppress a finding; one without words may stand at a region's border."""
        span = _place(finding)
        for name in dict.fromkeys((finding.rule, finding.category, ALL)):
            yield from self._everywhere.get(name, ())
            placed, reach = self._placed.get(name, ((), ()))
            number = bisect_right(placed, span.end, key=lambda each: each[0].start) - 1
            while number >= 0 and reach[number] >= span.start:
                region, found = placed[number]
                if region.overlaps(span) if len(span) else region.start <= span.start <= region.end:
                    yield found
                number -= 1


_NEAR = 4000


def _place(finding: Finding) -> Span:
    """Where in the file a finding is; what is missing in a draft is missing on either side of the place for it."""
    if not finding.document_level:
        return finding.source_span
    text, at = finding.draft.text, finding.span.start
    before = text[max(0, at - _NEAR) : at].rstrip()
    after = text[at : at + _NEAR]
    start = max(0, at - _NEAR) + len(before) - 1 if before else at
    end = at + len(after) - len(after.lstrip()) + 1 if after.strip() else at
    return finding.draft.map.to_source(Span(start, min(end, len(text))))


def _regions(directives: Iterable[Directive], end: int) -> tuple[_Regions, list[Directive]]:
    """Where which directive suppresses what, and each `on` that ends nothing; `end` is the file's."""
    regions: list[_Region] = []
    loose: list[Directive] = []
    opened: list[tuple[Directive, str]] = []
    for directive in directives:
        comment = directive.comment
        if directive.action == "off":
            opened += ((directive, name) for name in directive.names)
        elif directive.action == "on":
            closed = [each for each in opened if not directive.names or each[1] in directive.names]
            opened = [each for each in opened if each not in closed]
            regions += (_Region(*each, Span(each[0].comment.span.start, comment.span.start)) for each in closed)
            if not closed:
                loose.append(directive)
        else:
            span = None if directive.action == "ignore-file" else comment.line
            if directive.action == "ignore-next-line" or (directive.action == "ignore" and comment.alone):
                span = comment.below
            regions += (_Region(directive, name, span) for name in directive.names)
    regions += (_Region(*each, Span(each[0].comment.span.start, end)) for each in opened)
    return _Regions(regions), loose


@dataclass(frozen=True, slots=True)
class Outcome:
    """What remains of a file's findings, in source order, with those about its suppressions; and what doesn't."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()


def visible(findings: Sequence[Finding], comments: Sequence[Comment], today: date) -> list[Finding]:
    """The findings of a file, or of one of its drafts, that its comments don't suppress."""
    if not comments or not findings:
        return list(findings)
    held = [directive for directive in map(parse, comments) if directive.holds(today)]
    regions, _ = _regions(held, len(findings[0].draft.source.text))
    return [finding for finding in findings if not any(regions.covering(finding))]


def apply(
    findings: Sequence[Finding], comments: Sequence[Comment], source: Source, linter: Linter, today: date
) -> Outcome:
    """What the comments of a file make of its findings."""
    if not comments:
        return Outcome(tuple(findings))
    directives = [parse(comment) for comment in comments]
    regions, loose = _regions((each for each in directives if each.holds(today)), len(source.text))
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[tuple[int, str]] = set()
    for finding in findings:
        covering = list(regions.covering(finding))
        used.update((id(region.directive), region.name) for region in covering)
        (suppressed if covering else kept).append(finding)
    judge = _Judge(source, linter, used, {id(each) for each in loose}, today)
    kept += (finding for directive in directives for finding in judge.findings(directive))
    kept.sort(key=lambda finding: finding.source_span.start)
    return Outcome(tuple(kept), tuple(suppressed))


_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "colon": (
        "Sie wird „replylint: ignore …“ geschrieben, mit Doppelpunkt",
        "it is written “replylint: ignore …”, with a colon",
    ),
    "action": (
        "Eine Anweisung „{name}“ gibt es nicht; möglich sind {known}",
        "there is no directive “{name}”; possible are {known}",
    ),
    "names": (
        "Es fehlt, welche Prüfung gemeint ist, zum Beispiel „replylint: {action} blame“",
        "it doesn't say which check is meant, for example “replylint: {action} blame”",
    ),
    "date": (
        "Nach „bis“ gehört ein Datum in der Form JJJJ-MM-TT, zum Beispiel 2027-01-31",
        "after “until” there has to be a date as YYYY-MM-DD, for example 2027-01-31",
    ),
    "rest": (
        "„{name}“ ist an dieser Stelle nicht verständlich; ein Grund gehört in Klammern ans Ende",
        "“{name}” can't be understood there; a reason goes in brackets, at the end",
    ),
    "name": ("„{name}“", "“{name}”"),
    "unknown": ("{names}{hint}", "{names}{hint}"),
    "did-you-mean": (" (gemeint ist wohl „{name}“)", " (“{name}” is probably meant)"),
    "nothing": ("Hier gibt es keinen Fund von {names}", "there is no finding of {names} here"),
    "anything": ("Hier gibt es keinen Fund", "there is no finding here"),
    "loose": ("Davor steht kein „off“, das sie beenden könnte", "there is no “off” before it that it could end"),
    "expired": ("Sie galt bis {date}", "it held until {date}"),
}


class _Judge:
    """Says what is wrong with the directives of a file."""

    def __init__(self, source: Source, linter: Linter, used: set[tuple[int, str]], loose: set[int], today: date):
        self.source = source
        self.linter = linter
        self.used = used
        self.loose = loose
        self.today = today
        self.rules = {rule.check.finds: rule for rule in linter.reported if isinstance(rule.check, SuppressionCheck)}
        self.known = {*linter.ruleset.rules, *linter.ruleset.categories, ALL}
        self.ran = {rule.id for rule in linter.reported}
        # A draft over the file as it stands: its text is the file's.
        self.draft = Draft(source, source.text, SourceMap.identity(len(source.text)))

    def text(self, key: str, **values: str) -> str:
        german, english = _PROBLEMS[key]
        return (english if self.linter.settings.lang == "en" else german).format(**values)

    def listed(self, names: Iterable[str]) -> str:
        return ", ".join(self.text("name", name=name) for name in names)

    def findings(self, directive: Directive) -> Iterator[Finding]:
        """The findings about one directive."""
        if directive.problem is not None:
            key, name = directive.problem
            known = ", ".join(ACTIONS)
            yield from self.finding(
                "malformed", directive, self.text(key, name=name, known=known, action=directive.action), None
            )
            return
        unknown = [name for name in directive.names if name not in self.known]
        if unknown:
            problem = self.text("unknown", names=self.listed(unknown), hint=self.hint(unknown[0]))
            yield from self.finding("unknown", directive, problem, unknown)
        if not directive.holds(self.today):
            until = str(directive.until)
            yield from self.finding("expired", directive, self.text("expired", date=until), directive.names)
        elif id(directive) in self.loose:
            yield from self.finding("unused", directive, self.text("loose"), directive.names)
        elif directive.action != "on":
            unused = [name for name in directive.names if name not in unknown and self.unused(directive, name)]
            if unused:
                key = "anything" if ALL in unused else "nothing"
                yield from self.finding("unused", directive, self.text(key, names=self.listed(unused)), unused)

    def unused(self, directive: Directive, name: str) -> bool:
        """Whether a name suppresses nothing though all that it names was looked for."""
        if (id(directive), name) in self.used:
            return False
        rules = self.linter.ruleset.rules.values()
        meant = [rule for rule in rules if name in (rule.id, rule.category, ALL)]
        if name in self.linter.ruleset.rules:
            return name in self.ran
        opt_in = name in self.linter.ruleset.opt_in
        return all(rule.id in self.ran for rule in meant if rule.enabled or opt_in)

    def hint(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), sorted(self.known), 1, 0.6)
        return self.text("did-you-mean", name=near[0]) if near else ""

    def finding(self, finds: str, directive: Directive, problem: str, gone: Sequence[str] | None) -> Iterator[Finding]:
        """A finding on a comment; its fix takes out the names that are `gone`, the comment where none is left."""
        rule: Rule | None = self.rules.get(finds)
        if rule is None:
            return
        comment = directive.comment
        lang = self.linter.settings.lang
        in_place = comment.removal is not None
        span = comment.span if in_place else Span(comment.span.start, comment.span.start)
        slots = {"problem": problem, "match": comment.words}
        rewrites = () if gone is None else tuple(self.without(directive, gone))
        yield Finding(
            rule=rule.id,
            category=rule.category,
            severity=self.linter.severity_of(rule),
            message=worded(rule.message.get(lang), slots),
            why=rule.why.get(lang),
            draft=self.draft,
            span=span,
            document_level=not in_place,
            rewrites=rewrites,
        )

    def without(self, directive: Directive, gone: Sequence[str]) -> Iterator[Rewrite]:
        comment = directive.comment
        left = [name for name in directive.names if name not in gone]
        removal, text = comment.removal, ""
        if left:
            # Only the names go, where the file has the comment's words as they are.
            at = self.source.text.find(comment.words, comment.span.start, comment.span.end)
            start, end = at + directive.place.start, at + directive.place.end
            removal, text = Span(start, end) if at >= 0 else None, ", ".join(left)
        if removal is not None:
            fix = Fix((Edit(removal, text),), Safety.SAFE)
            yield Rewrite(text, Safety.SAFE, removal, fix)


# Removing


@dataclass(frozen=True, slots=True)
class Tidied:
    """A file without the comments that are too much, and how often which check's fix was made."""

    source: Source
    made: Counter[str]


_ROUNDS = 20


def tidied(
    source: Source,
    read: Callable[[Source], Sequence[Draft]],
    judge: Callable[[Source, Sequence[Draft]], Sequence[Finding]],
) -> Tidied:
    """A file with the fixes made of the findings about its suppressions, which `judge` gives, in rounds until nothing
    changes. A fix that would change a draft is not made. Raises UnreadableError."""
    made: Counter[str] = Counter()
    drafts = read(source)
    for _ in range(_ROUNDS if drafts and drafts[0].comments else 0):
        fixes = _fixes(judge(source, drafts))
        edits = [edit for _, fix in fixes for edit in fix.edits]
        done = replace(source, text=apply_edits(source.text, edits))
        if not _same(done, read, drafts):
            # One by one, from the file's end on, so that the places before it stay.
            done, tried, fixes = source, fixes, []
            for each in reversed(tried):
                one = replace(done, text=apply_edits(done.text, each[1].edits))
                if _same(one, read, drafts):
                    done = one
                    fixes.append(each)
        if not fixes:
            break
        made.update(finding.rule for finding, _ in fixes)
        source = done
        drafts = read(source)
    return Tidied(source, made)


def _fixes(findings: Iterable[Finding]) -> list[tuple[Finding, Fix]]:
    """The fixes of findings on a file, in its order, without those that overlap the one before."""
    fixes: list[tuple[Finding, Fix]] = []
    for finding in findings:
        fix = finding.rewrites[0].fix if finding.rewrites else None
        if fix is not None and (not fixes or fixes[-1][1].edits[-1].span.end <= fix.edits[0].span.start):
            fixes.append((finding, fix))
    return fixes


def _same(source: Source, read: Callable[[Source], Sequence[Draft]], drafts: Sequence[Draft]) -> bool:
    """Whether a changed file has the drafts that it had."""
    try:
        return [draft.text for draft in read(source)] == [draft.text for draft in drafts]
    except UnreadableError:
        return False


# By reply key, in the configuration


class _Files(Protocol):
    def match(self, path: str) -> bool: ...


class Stated(Protocol):
    """A suppression that the configuration states: for some `files`, of them the replies with some `keys` (a key as
    reports show it, or a title; `*` stands for anything; none: all), some `checks` (or categories; none: all)."""

    @property
    def files(self) -> _Files: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def checks(self) -> tuple[str, ...]: ...
    @property
    def until(self) -> date | None: ...
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...


def names_key(pattern: str, key: str) -> bool:
    """Whether a pattern, in which `*` stands for anything, names a reply's key or title."""
    first, *rest = pattern.split("*")
    if not rest:
        return key == pattern
    if not key.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = key.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(key) - at >= len(rest[-1]) and key.endswith(rest[-1])


def names_draft(suppression: Stated, draft: Draft) -> bool:
    """Whether a suppression of the draft's file speaks of that draft."""
    names = [draft.key, *([draft.subject] if draft.key and draft.subject else [])]
    return not suppression.keys or any(names_key(pattern, name) for pattern in suppression.keys for name in names)


@dataclass
class StatedUse:
    """What the suppressions of the configuration did in a run."""

    today: date
    _seen: dict[int, Stated] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def apply(
        self, findings: Sequence[Finding], drafts: Sequence[Draft], path: str, suppressions: Sequence[Stated]
    ) -> Outcome:
        """What the suppressions leave of the findings of the file at `path`."""
        here = [each for each in suppressions if each.files.match(path)]
        if not here:
            return Outcome(tuple(findings))
        for each in here:
            if any(names_draft(each, draft) for draft in drafts):
                self._seen[id(each)] = each
        holding = [each for each in here if each.until is None or self.today <= each.until]
        kept: list[Finding] = []
        suppressed: list[Finding] = []
        for finding in findings:
            covering = [
                each
                for each in holding
                if names_draft(each, finding.draft)
                and (not each.checks or not {finding.rule, finding.category, ALL}.isdisjoint(each.checks))
            ]
            self._used.update(map(id, covering))
            (suppressed if covering else kept).append(finding)
        return Outcome(tuple(kept), tuple(suppressed))

    def expired(self) -> list[Stated]:
        """Those whose last day is over, by their place, of those that speak of a draft that was checked."""
        return self._placed(each for each in self._seen.values() if each.until and self.today > each.until)

    def unused(self) -> list[Stated]:
        """Those that hold and speak of a draft that was checked, but suppressed nothing."""
        expired = {id(each) for each in self.expired()}
        return self._placed(
            each for number, each in self._seen.items() if number not in self._used and number not in expired
        )

    @staticmethod
    def _placed(suppressions: Iterable[Stated]) -> list[Stated]:
        return sorted(suppressions, key=lambda each: (each.path, each.line))


# A comment of one's own: `replylint review` writes it.
_TEMPLATE_COMMENTS = {
    (".j2", ".jinja", ".jinja2", ".twig", ".njk"): "{{# {} #}}",
    (".liquid",): "{{% comment %}}{}{{% endcomment %}}",
    (".hbs", ".handlebars", ".mustache"): "{{{{!-- {} --}}}}",
    (".erb", ".ejs"): "<%# {} %>",
    (".tpl",): "{{* {} *}}",
}
_KEY = expression(r"([ \t]*)(?:- +)*[^\s#'\"-][^:#]*:(?:[ \t]|$)")
_MESSAGE = expression(r"msg(?:id|ctxt)[ \t]")
_NOT_IN_A_REASON = expression(r"[()\r\n]|--|[#%*}{<>]")


def suppression_edit(finding: Finding, reason: str) -> tuple[Edit, ...]:
    """The edit of a file that suppresses a finding, for a reason; none where the file has no place for a comment."""
    from replylint.readers import reader_of

    source = finding.draft.source
    name, _ = reader_of(source)
    suffix = PurePath(source.path.lower()).suffix
    line = source.position(finding.source_span.start).line
    why = " ".join(_NOT_IN_A_REASON.sub(" ", reason).split())
    words = f"replylint: ignore {finding.rule}" + (f" ({why})" if why else "")
    template = next((form for suffixes, form in _TEMPLATE_COMMENTS.items() if suffix in suffixes), None)
    if name == "library":
        begins = {".yaml": _KEY, ".yml": _KEY, ".po": _MESSAGE}.get(suffix)
        return () if begins is None else _above(source, line, f"# {words}", begins)
    if template is not None:
        return _above(source, line, template.format(words))
    if name in ("markdown", "html"):
        end = source.line_span(line).end
        return (Edit(Span(end, end), f" <!-- {words} -->"),)
    return _above(source, line, f"# {words}")


def _above(source: Source, line: int, comment: str, begins: re.Pattern[str] | None = None) -> tuple[Edit, ...]:
    """A comment in a line of its own above a line, or above the nearest before it that begins so, as deep as that."""
    margin = ""
    if begins is not None:
        for number in range(line, 0, -1):
            span = source.line_span(number)
            match = begins.match(source.text, span.start, span.end)
            if match is not None:
                line, margin = number, match[1] if match.re.groups else ""
                break
        else:
            return ()
    start = source.line_span(line).start
    end = "\r\n" if "\r\n" in source.text else "\n"
    return (Edit(Span(start, start), f"{margin}{comment}{end}"),)
