"""A pack's own examples as tests: what is bad is found exactly where it should be, what is good stays silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replylint.checks.base import Context, Hit
from replylint.draft import Draft
from replylint.findings import Rewrite, Safety
from replylint.linter import Linter, Settings
from replylint.rules import Example, Rule, RuleSet
from replylint.source import Source, SourceMap, apply_edits

# Checks that look at single words or sentences, and so can judge a rewrite that stands alone.
_JUDGES = ("phrase", "pattern", "consistency", "placeholder", "measure")


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that did not come out as the rule file says; the line counts from 1."""

    rule: str
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def run(ruleset: RuleSet) -> list[ExampleFailure]:
    """All failures of the rules' examples, rule by rule."""
    return [failure for rule in ruleset.rules.values() for failure in run_rule(ruleset, rule)]


def run_rule(ruleset: RuleSet, rule: Rule) -> list[ExampleFailure]:
    """The failures of one rule's examples."""
    return list(_Tester(ruleset, rule).failures())


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


class _Tester:
    def __init__(self, ruleset: RuleSet, rule: Rule) -> None:
        self.ruleset = ruleset
        self.rule = rule
        self.linter = Linter(ruleset, Settings(select=(rule.id,)))
        judges = tuple(other.id for other in ruleset.rules.values() if other.kind in _JUDGES and other.enabled)
        self.judge = Linter(ruleset, Settings(select=judges))
        self.reached: set[int] = set()

    def failures(self) -> Iterator[ExampleFailure]:
        bad = [example for example in self.rule.examples if example.bad is not None]
        good = [example for example in self.rule.examples if example.good is not None]
        for example in bad:
            yield from self._bad(example)
        for example in good:
            yield from self._good(example)
        if not bad or not good:
            yield self._failure(1, "a rule needs bad and good examples")
        for entry in self.rule.check.entries:
            if self.rule.kind != "required" and entry.number not in self.reached:
                yield self._failure(entry.line, f"no bad example reaches the phrase „{entry.phrase.text}“")

    def _failure(self, line: int, message: str) -> ExampleFailure:
        return ExampleFailure(self.rule.id, self.rule.path, line, message)

    def _hits(self, draft: Draft) -> tuple[Context, list[Hit]]:
        context = self.linter.context(draft)
        for rule in self.linter._run_order:
            if rule.condition.holds(context):
                context.hits[rule.id] = rule.check.run(context)
        return context, context.hits.get(self.rule.id, [])

    def _bad(self, example: Example) -> Iterator[ExampleFailure]:
        text = example.bad or ""
        context, hits = self._hits(draft_of(text, example))
        self.reached.update(hit.entry.number for hit in hits if hit.entry is not None)
        if not hits:
            yield self._failure(example.line, f"not found: {text!r}")
            return
        found = [text[hit.span.start : hit.span.end] for hit in hits if not hit.document_level]
        if any(hit.document_level for hit in hits):
            if example.at:
                yield self._failure(example.line, "a finding on the whole draft has no words: leave out at:")
        else:
            expected = list(example.at) or [text.strip().rstrip(".!?")]
            if found != expected:
                yield self._failure(example.line, f"found at {found}, expected {expected}")
        yield from self._rewrites(example, context, hits)

    def _rewrites(self, example: Example, context: Context, hits: list[Hit]) -> Iterator[ExampleFailure]:
        text = example.bad or ""
        if example.rewritten is not None:
            first = hits[0].rewrites[0] if hits[0].rewrites else None
            if first is None:
                yield self._failure(example.line, "offers no rewrite")
            else:
                result = rewritten(text, first)
                if result != example.rewritten:
                    yield self._failure(example.line, f"rewritten: {result!r}, expected {example.rewritten!r}")
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
            yield self._failure(
                example.line, f"the rewrite {rewrite.text!r} is itself flagged by {finding.rule}: {quote!r}"
            )

    def _good(self, example: Example) -> Iterator[ExampleFailure]:
        text = example.good or ""
        _, hits = self._hits(draft_of(text, example))
        for hit in hits:
            words = text[hit.span.start : hit.span.end]
            where = f" by „{hit.entry.phrase.text}“" if hit.entry is not None else ""
            yield self._failure(example.line, f"should stay silent, but found {words!r} in {text!r}{where}")


def rewritten(text: str, rewrite: Rewrite) -> str:
    """`text` with a rewrite made, gaps and all."""
    if rewrite.fix is not None:
        return apply_edits(text, rewrite.fix.edits)
    return text[: rewrite.span.start] + rewrite.text + text[rewrite.span.end :]
