"""A pack's own examples as tests: what is bad is found exactly where it should be, what is good stays silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from replylint.checks.base import Context, Hit
from replylint.checks.pattern import Pattern, PatternCheck
from replylint.checks.placeholder import PlaceholderCheck
from replylint.checks.tokens import TokensCheck
from replylint.draft import Draft
from replylint.findings import Finding, Rewrite, Safety
from replylint.german.lexicon import bits_of
from replylint.german.phrases import CompiledPhrase
from replylint.linter import Linter, Settings
from replylint.readers import read
from replylint.rules import Example, Pack, Rule, RuleSet
from replylint.source import Source, SourceMap, Span, apply_edits
from replylint.suppressions import KIND, apply

if TYPE_CHECKING:
    from replylint.german.languagetool import LanguageTool

# Checks that look at single words or sentences, and so can judge a rewrite that stands alone.
_JUDGES = ("phrase", "pattern", "tokens", "consistency", "placeholder", "measure")


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that did not come out as the rule file says; the line counts from 1.

    `what` names the failure, `values` say more. Where words are at issue, `text` is the example's and `expected` and
    `found` are ranges of it. `untested`: nothing could be tried, since what the check needs can't be had."""

    rule: str
    path: str
    line: int
    what: str
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    expected: tuple[Span, ...] = ()
    found: tuple[Span, ...] = ()
    untested: bool = False

    def __str__(self) -> str:
        parts = [f"{key}={value!r}" for key, value in self.values.items()]
        for key, spans in (("expected", self.expected), ("found", self.found)):
            if spans:
                parts.append(f"{key}={[self.text[span.start : span.end] for span in spans]}")
        if self.text:
            parts.append(repr(self.text))
        return f"{self.path}:{self.line}: {self.rule}: {self.what}{': ' if parts else ''}{', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of a check's phrases its bad examples reach, and which exceptions any example needs. What none does stands
    in `unreached` and `unused`: its text, file and line."""

    rule: str
    phrases: int
    unreached: tuple[tuple[str, str, int], ...]
    exceptions: int
    unused: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two checks that find something in the same words of an example, neither of which yields to the other."""

    rules: tuple[str, str]
    path: str
    line: int
    words: str
    more: int


def run(
    ruleset: RuleSet,
    packs: Sequence[Pack] | None = None,
    pipeline: str | None = None,
    languagetool: LanguageTool | None = None,
) -> list[ExampleFailure]:
    """All failures of the rules' examples, rule by rule; only of the examples that those packs give, if any are
    named. `pipeline`: the spaCy pipeline to use; `languagetool` is whom checks of grammar ask."""
    return [
        failure for rule in scope(ruleset, packs) for failure in run_rule(ruleset, rule, packs, pipeline, languagetool)
    ]


def run_rule(
    ruleset: RuleSet,
    rule: Rule,
    packs: Sequence[Pack] | None = None,
    pipeline: str | None = None,
    languagetool: LanguageTool | None = None,
) -> list[ExampleFailure]:
    """The failures of one rule's examples."""
    return _Tester(ruleset, rule, packs, pipeline, languagetool).run()


def scope(ruleset: RuleSet, packs: Sequence[Pack] | None) -> list[Rule]:
    """The rules that the packs define or change."""
    if packs is None:
        return list(ruleset.rules.values())
    return [
        rule
        for rule in ruleset.rules.values()
        if _held(packs, rule.path) or any(_held(packs, change.path) for change in rule.changes)
    ]


def examples_of(rule: Rule, packs: Sequence[Pack] | None) -> list[Example]:
    """The rule's examples that the packs give."""
    return [example for example in rule.examples if _held(packs, example.path)]


def coverage(ruleset: RuleSet, packs: Sequence[Pack] | None = None, pipeline: str | None = None) -> list[Coverage]:
    """How far the packs' examples reach, check by check; checks without phrases of those packs are left out."""
    found = (_Tester(ruleset, rule, packs, pipeline).coverage() for rule in scope(ruleset, packs))
    return [each for each in found if each.phrases or each.exceptions]


def collisions(ruleset: RuleSet, packs: Sequence[Pack] | None = None, pipeline: str | None = None) -> list[Collision]:
    """The pairs of checks, one of them of the packs at least, that meet in the packs' examples."""
    rules = scope(ruleset, packs)
    ours = {rule.id for rule in rules}
    linter = Linter(ruleset, Settings(pipeline=pipeline))
    seen: dict[tuple[str, str], list[tuple[str, int, str]]] = {}
    for rule in rules:
        for example in examples_of(rule, packs):
            text = example.bad or example.good or ""
            found = [finding for finding in linter.check(draft_of(text, example)) if not finding.document_level]
            for pair, words in _meeting(found):
                if ours & set(pair):
                    seen.setdefault(pair, []).append((example.path, example.line, words))
    return [Collision(pair, *places[0], len(places) - 1) for pair, places in sorted(seen.items())]


def _meeting(findings: Sequence[Finding]) -> Iterator[tuple[tuple[str, str], str]]:
    for number, first in enumerate(findings):
        for second in findings[number + 1 :]:
            if second.span.start >= first.span.end:
                break
            if first.rule != second.rule and first.span.overlaps(second.span):
                one, other = sorted((first.rule, second.rule))
                shorter = min(first, second, key=lambda finding: len(finding.span))
                yield (one, other), shorter.quote or ""


def draft_of(text: str, example: Example) -> Draft:
    """The draft that an example stands for."""
    return Draft(
        Source(example.path, text),
        text,
        SourceMap.identity(len(text)),
        template=example.template,
        inquiry=example.inquiry,
        facts=example.facts,
    )


def findings(linter: Linter, rule: Rule, example: Example) -> list[Finding]:
    """What a linter for a rule alone finds in its example. A rule about suppressions judges the whole file, by what the
    other rules find."""
    text = example.bad if example.bad is not None else example.good or ""
    if rule.kind != KIND:
        return linter.check(draft_of(text, example))
    linter = Linter(linter.ruleset, replace(linter.settings, select=()))
    source = Source("example.txt", text)
    drafts = read(source)
    found = [finding for draft in drafts for finding in linter.check(draft)]
    outcome = apply(found, drafts[0].comments, source, linter, date.today())
    return [finding for finding in outcome.findings if finding.rule == rule.id]


def _held(packs: Sequence[Pack] | None, path: str) -> bool:
    return packs is None or any(pack.holds(path) for pack in packs)


class _Tester:
    def __init__(
        self,
        ruleset: RuleSet,
        rule: Rule,
        packs: Sequence[Pack] | None,
        pipeline: str | None,
        languagetool: LanguageTool | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.rule = rule
        self.packs = packs
        self.linter = Linter(ruleset, Settings(select=(rule.id,), pipeline=pipeline), languagetool)
        judges = tuple(other.id for other in ruleset.rules.values() if other.kind in _JUDGES and other.enabled)
        self.judge = Linter(ruleset, Settings(select=judges, pipeline=pipeline))
        self.reached: set[int] = set()
        self.reached_patterns: set[int] = set()

    def run(self) -> list[ExampleFailure]:
        """The failures; where what the rule needs can't be had, only that."""
        failures = list(self._failures())
        error = self.linter.failed.get(self.rule.id)
        if error is None:
            return failures
        values = {name: str(value) for name, value in error.values.items()}
        return [ExampleFailure(self.rule.id, self.rule.path, 1, error.what, values, untested=True)]

    def _failures(self) -> Iterator[ExampleFailure]:
        examples = examples_of(self.rule, self.packs)
        unwritten = [example for example in examples if not (example.bad or example.good or "").strip()]
        for example in unwritten:
            yield self._failure(example, "bad-unwritten" if example.bad is not None else "good-unwritten")
        bad = [example for example in examples if example.bad and example not in unwritten]
        good = [example for example in examples if example.good and example not in unwritten]
        for example in bad:
            yield from self._bad(example)
        for example in good:
            yield from self._good(example)
        if unwritten:
            return
        if _held(self.packs, self.rule.path) and not (bad and good):
            yield self._failed(self.rule.path, 1, "no-examples")
        for entry in self.rule.check.entries:
            if self.rule.kind != "required" and entry.number not in self.reached and _held(self.packs, entry.path):
                yield self._failed(entry.path, entry.line, "dead-phrase", phrase=entry.phrase.text)
        for pattern in self._patterns():
            if id(pattern) not in self.reached_patterns:
                yield self._failed(pattern.path, pattern.line, "dead-phrase", phrase=pattern.text)
        for change in self.rule.changes:
            proven = any(example.path == change.path for example in good)
            if _held(self.packs, change.path) and {"except", "unless"} & change.added and not proven:
                yield self._failed(change.path, change.line, "exception-unproven")

    def _patterns(self) -> list[Pattern]:
        """The check's regular expressions that the packs give."""
        check: object = self.rule.check
        if isinstance(check, PlaceholderCheck):
            check = check.patterns
        patterns = check.patterns if isinstance(check, PatternCheck) else []
        return [pattern for pattern in patterns if _held(self.packs, pattern.path)]

    def _reach(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            if hit.entry is not None:
                self.reached.add(hit.entry.number)
            if hit.pattern is not None:
                self.reached_patterns.add(id(hit.pattern))

    def coverage(self) -> Coverage:
        check, places = self.rule.check, self.ruleset.places
        ours = [entry for entry in check.entries if _held(self.packs, entry.path)]
        partners = {partner.text for entry in check.entries for partner in entry.partners()}
        exceptions = {text: places[text] for text in sorted(partners) if _held(self.packs, places[text][0])}
        used: set[str] = set()
        for example in examples_of(self.rule, self.packs):
            context, hits = self._hits(example)
            if self.rule.kind == "required":
                self.reached.update(number for number, _ in self._matches(context))
            elif example.bad:
                self._reach(hits)
            used.update(phrase.text for _, saving in self._matches(context) for phrase in saving)
        patterns = self._patterns()
        unreached = [(entry.phrase.text, entry.path, entry.line) for entry in ours if entry.number not in self.reached]
        unreached += [(each.text, each.path, each.line) for each in patterns if id(each) not in self.reached_patterns]
        return Coverage(
            self.rule.id,
            len(ours) + len(patterns),
            tuple(unreached),
            len(exceptions),
            tuple((text, *place) for text, place in exceptions.items() if text not in used),
        )

    def _matches(self, context: Context) -> Iterator[tuple[int, list[CompiledPhrase]]]:
        """All that the check's phrases match, whatever exceptions say: a phrase's number, and the exceptions."""
        if isinstance(self.rule.check, TokensCheck):
            if self.rule.id not in self.linter.failed:
                for found in self.rule.check.matches(context):
                    yield found.entry.number, list(found.entry.saving(found.match))
            return
        entries = {entry.number: entry for entry in self.rule.check.entries}
        for part in getattr(self.rule.check, "parts", ()):
            for tries, stretch in context.tries(part, self.ruleset.book)[1]:
                for bit in bits_of(tries):
                    entry = entries.get(bit.bit_length() - 1)
                    for match in entry.phrase.find(stretch) if entry is not None else ():
                        yield bit.bit_length() - 1, list(entry.saving(match)) if entry is not None else []

    def _failed(self, path: str, line: int, what: str, **values: str) -> ExampleFailure:
        return ExampleFailure(self.rule.id, path, line, what, values)

    def _failure(
        self,
        example: Example,
        what: str,
        expected: Iterable[Span] = (),
        found: Iterable[Span] = (),
        **values: str,
    ) -> ExampleFailure:
        text = example.bad if example.bad is not None else example.good or ""
        return ExampleFailure(
            self.rule.id, example.path, example.line, what, values, text, tuple(expected), tuple(found)
        )

    def _hits(self, example: Example) -> tuple[Context, list[Hit]]:
        context = self.linter.context(draft_of(example.bad or example.good or "", example))
        if self.rule.kind == KIND:
            found = findings(self.linter, self.rule, example)
            return context, [Hit(finding.span, rewrites=finding.rewrites) for finding in found]
        return context, list(self.linter.hits(context).get(self.rule.id, ()))

    def _bad(self, example: Example) -> Iterator[ExampleFailure]:
        text = example.bad or ""
        context, hits = self._hits(example)
        self._reach(hits)
        expected = list(example.at) or [text.strip().rstrip(".!?")]
        places = _places(text, expected)
        if not hits:
            yield self._failure(example, "not-found", places)
            return
        found = [hit.span for hit in hits if not hit.document_level]
        if any(hit.document_level for hit in hits):
            if example.at:
                yield self._failure(example, "at-of-whole-draft")
        elif absent := next((words for words in expected if words not in text), None):
            yield self._failure(example, "at-not-there", found=found, words=absent)
        elif [text[span.start : span.end] for span in found] != expected:
            yield self._failure(example, "found-elsewhere", places, found)
        yield from self._rewrites(example, context, hits)

    def _rewrites(self, example: Example, context: Context, hits: list[Hit]) -> Iterator[ExampleFailure]:
        text = example.bad or ""
        if example.rewritten is not None:
            first = hits[0].rewrites[0] if hits[0].rewrites else None
            if first is None:
                yield self._failure(example, "no-rewrite")
            else:
                result = rewritten(text, first)
                if result != example.rewritten:
                    yield self._failure(example, "rewritten-otherwise", result=result, wanted=example.rewritten)
        for hit in hits:
            for rewrite in hit.rewrites:
                yield from self._flagged(example, context, rewrite)

    def _flagged(self, example: Example, context: Context, rewrite: Rewrite) -> Iterator[ExampleFailure]:
        if rewrite.safety is Safety.SAFE or not rewrite.text.strip():
            return
        kept = (example.bad or "")[rewrite.span.start : rewrite.span.end]
        facts = {"address": context.address.value} if context.address else {}
        plain = Example(example.path, example.line, template=True, facts=facts)
        for finding in self.judge.check(draft_of(rewrite.text, plain)):
            quote = finding.quote or ""
            if finding.rule != self.rule.id and quote and quote in kept and kept in rewrite.text:
                # What a rewrite keeps and only adds to is for the other checks to judge.
                continue
            yield self._failure(example, "rewrite-flagged", rewrite=rewrite.text, by=finding.rule, words=quote)

    def _good(self, example: Example) -> Iterator[ExampleFailure]:
        _, hits = self._hits(example)
        for hit in hits:
            span = () if hit.document_level else (hit.span,)
            if hit.entry is not None and hit.entry.phrase.text:
                yield self._failure(example, "not-silent-phrase", found=span, phrase=hit.entry.phrase.text)
            else:
                yield self._failure(example, "not-silent", found=span)


def _places(text: str, parts: Iterable[str]) -> list[Span]:
    """Where the parts stand in the text, one after the other; a part that doesn't is left out."""
    spans: list[Span] = []
    for part in parts:
        at = text.find(part, spans[-1].end if spans else 0)
        at = text.find(part) if at < 0 else at
        if at >= 0 and part:
            spans.append(Span(at, at + len(part)))
    return spans


def rewritten(text: str, rewrite: Rewrite) -> str:
    """`text` with a rewrite made, gaps and all."""
    if rewrite.fix is not None:
        return apply_edits(text, rewrite.fix.edits)
    return text[: rewrite.span.start] + rewrite.text + text[rewrite.span.end :]
