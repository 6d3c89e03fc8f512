"""Drafts × rules → findings, in source order, the more specific check winning on the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from replylint.checks import Analysing, Batching
from replylint.checks.base import Context, Evidence, Hit
from replylint.config import Config, without_off
from replylint.draft import Address, Draft, Sentence
from replylint.engines import EngineError
from replylint.expressions import expression
from replylint.findings import Finding, Severity
from replylint.german import address as addressing
from replylint.german import anatomy, placeholders
from replylint.german.reading import Reading
from replylint.german.sentences import split
from replylint.german.tokens import tokenise
from replylint.rules import Rule, RuleSet, load
from replylint.source import Cover, Span

if TYPE_CHECKING:
    from replylint.german.languagetool import LanguageTool
    from replylint.german.spacy import Pipeline

_SLOT = expression(r"\{(\w+)\}")
BATCH = 64
"""So many drafts are prepared at once for the checks that ask for that."""
PAYS = 200_000
"""Characters from which on further processes pay. To start one and read the rules takes as long as to check about
60,000; two of them save half of what remains."""


@dataclass(frozen=True)
class Settings:
    """What a run asks for. `address`, `inquiry` and `template` are None where the draft itself decides; `facts` win
    over the draft's own; `select` and `ignore` name checks or categories, `levels` switch them "off" or "on" or give
    them a severity, a check's before its category's. A category all of whose checks are off by default runs as a whole
    where it is named. `pipeline` is the spaCy pipeline for the checks that ask for one, by its name or folder."""

    lang: str = "de"
    address: Address | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    inquiry: str | None = None
    template: bool | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    pipeline: str | None = None

    def over(self, config: Config) -> Settings:
        """These, and what a configuration says of the checks where these leave that open."""
        return replace(
            self,
            select=self.select or config.select or (),
            ignore=self.ignore or tuple(name for name in config.ignore or () if name not in self.select),
            levels=without_off(config.checks, self.select),
            pipeline=self.pipeline or config.pipeline,
        )


def unknown_checks(ruleset: RuleSet, names: Iterable[str]) -> list[str]:
    """The names that are neither a check nor a category."""
    known = {*ruleset.rules, *ruleset.categories}
    return [name for name in names if name not in known]


def worded(message: str, slots: Mapping[str, str]) -> str:
    """A rule's message with its slots filled; a slot that has no words stays as it is."""
    return _SLOT.sub(lambda match: slots.get(match[1], match[0]), message)


class Linter:
    """Checks drafts with one set of rules and settings; `languagetool` is whom checks of grammar ask."""

    def __init__(
        self, ruleset: RuleSet, settings: Settings | None = None, languagetool: LanguageTool | None = None
    ) -> None:
        self.ruleset = ruleset
        self.languagetool = languagetool
        self.settings = settings or Settings()
        self.reported = [rule for rule in ruleset.rules.values() if self._wanted(rule)]
        self._run_order = self._ordered(self.reported)
        self._batching = {rule.id: check for rule in self._run_order if isinstance(check := rule.check, Batching)}
        self._prepared: dict[int, tuple[Draft, Context, int]] = {}
        self.failed: dict[str, EngineError] = {}
        """Checks that are not run any more, since what they need can't be had, and why."""
        self._pipeline = self._required_pipeline()

    def _wanted(self, rule: Rule) -> bool:
        settings = self.settings
        level, of_category = settings.levels.get(rule.id), settings.levels.get(rule.category)
        if rule.id in settings.ignore:
            return False
        if rule.id in settings.select:
            return True
        if level == "off" or rule.category in settings.ignore:
            return False
        if settings.select and rule.category not in settings.select:
            return False
        if level is not None or of_category == "on":
            return True
        if rule.category in self.ruleset.opt_in:
            # Whoever names such a category, be it to select it or to give it a severity, wants its checks.
            return of_category != "off" and (of_category is not None or rule.category in settings.select)
        return rule.enabled and of_category != "off"

    def _required_pipeline(self) -> Pipeline | None:
        """The pipeline that checks may ask, told what for; None where there is none to ask."""
        name = self.settings.pipeline
        analysing = [(rule.id, check) for rule in self._run_order if isinstance(check := rule.check, Analysing)]
        if not analysing and name is None:
            return None
        from replylint.german.spacy import pipeline

        found = pipeline(name)
        for rule, check in analysing:
            if name is None and (attributes := check.untrained()):
                self.failed[rule] = EngineError("untrained", check=rule, attributes=", ".join(attributes))
            else:
                found.require(check.attributes)
        return found

    def _level(self, rule: Rule) -> Severity | None:
        """The severity that the settings give a check, or its category."""
        for name in (rule.id, rule.category):
            level = self.settings.levels.get(name)
            if level not in (None, "on", "off"):
                return Severity.parse(str(level))
        return None

    def _ordered(self, reported: list[Rule]) -> list[Rule]:
        """The rules to run, each after those whose hits it or a signal reads."""
        rules = self.ruleset.rules
        for_signals = {name for signal in self.ruleset.signals.values() for name in signal.sources}
        order: dict[str, Rule] = {}

        def add(rule: Rule, path: tuple[str, ...] = ()) -> None:
            if rule.id in order or rule.id in path:
                return
            needed = set(rule.depends_on)
            if rule.condition.lines or rule.severities:
                needed |= for_signals
            for name in sorted(needed):
                if name in rules:
                    add(rules[name], (*path, rule.id))
            order[rule.id] = rule

        for rule in reported:
            add(rule)
        return list(order.values())

    def severity_of(self, rule: Rule) -> Severity:
        """How bad its findings are, where neither the draft nor the words decide."""
        return self._level(rule) or rule.severity

    def hits(self, context: Context) -> Mapping[str, list[Hit]]:
        """What each of the rules to run hits in a draft; the context keeps it."""
        for rule in self._run_order:
            self._run(rule, context)
        return context.hits

    def _run(self, rule: Rule, context: Context) -> None:
        if rule.id not in self.failed and rule.condition.holds(context):
            try:
                context.hits[rule.id] = rule.check.run(context)
            except EngineError as error:
                self.failed[rule.id] = error

    @property
    def batches(self) -> bool:
        """Whether a check to run is better off with many drafts at once."""
        return bool(self._batching)

    def prepare(self, drafts: Sequence[Draft]) -> None:
        """Let the checks that are better off with many drafts at once see these, in place of those prepared before;
        `check` will ask for each of them next."""
        times = self.ruleset.book.lexicon.tidied
        self._prepared = {id(draft): (draft, self.context(draft), times) for draft in drafts}
        contexts = [context for _, context, _ in self._prepared.values()]
        for name, check in self._batching.items():
            if name in self.failed:
                continue
            with suppress(EngineError):  # it comes again when the check is run, which is when it is told
                check.prepare(contexts)

    def check_all(self, drafts: Sequence[Draft]) -> Iterator[list[Finding]]:
        """The findings of each of the drafts, in their order."""
        for start in range(0, len(drafts), BATCH):
            batch = drafts[start : start + BATCH]
            if self._batching and any(id(draft) not in self._prepared for draft in batch):
                self.prepare(batch)
            yield from map(self.check, batch)

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of one draft, in source order."""
        self.ruleset.book.lexicon.tidy()
        context = self._context_of(draft)
        self.hits(context)
        findings = []
        for rule in self.reported:
            hits = context.hits.get(rule.id)
            if not hits:
                continue
            stronger = Cover(
                hit.span for name in rule.yields_to if self._reports(name) for hit in context.hits.get(name, ())
            )
            for hit in hits:
                if hit.document_level or not stronger.overlaps(hit.span):
                    findings.append(self._finding(rule, hit, context))
        findings.sort(key=lambda finding: (finding.span, finding.rule))
        return findings

    def _context_of(self, draft: Draft) -> Context:
        """The draft's context, with what was prepared of it."""
        prepared = self._prepared.pop(id(draft), None)
        if prepared is None:
            return self.context(draft)
        _, context, times = prepared
        if times != self.ruleset.book.lexicon.tidied:  # its words are known by other numbers now
            engines, context = context.prepared, self.context(draft)
            context.prepared = engines
        return context

    def _reports(self, name: str) -> bool:
        return any(rule.id == name for rule in self.reported)

    def context(self, draft: Draft) -> Context:
        """The draft as checks see it."""
        settings = self.settings
        facts = {**draft.facts, **settings.facts}
        if settings.template is not None and settings.template != draft.template:
            draft = replace(draft, template=settings.template)
        found = placeholders.find(draft.text)
        parts = anatomy.dissect(draft.text, found)
        tokens = tokenise(draft.text, found)
        address = settings.address
        if address is not None:
            facts["address"] = address.value
        if address is None and facts.get("address") in set(Address):
            address = Address(facts["address"])
        if address is None:
            salutation = None
            if parts.salutation is not None:
                salutation = Sentence(parts.salutation, 0)
            address = addressing.decide(tokens, parts.sentences, salutation)
        reading = Reading(draft.text, tokens, parts.sentences, self.ruleset.book.lexicon, address)
        wrote = settings.inquiry or draft.inquiry or parts.inquiry
        inquiry = self._inquiry(wrote) if wrote and wrote.strip() else None
        signals: dict[str, Evidence | None] = {}

        def signal(name: str) -> Evidence | None:
            if name not in signals:
                signals[name] = None  # a signal that asks for itself does not hold
                known = self.ruleset.signals.get(name)
                signals[name] = known.evidence(context) if known is not None else None
            return signals[name]

        context = Context(
            draft, parts, reading, inquiry, facts, signal, settings.lang, self._pipeline, self.languagetool
        )
        return context

    def _inquiry(self, text: str) -> Reading:
        # A customer's message is read as it comes: its greeting and sign-off may carry what matters.
        found = placeholders.find(text)
        protected = [placeholder.span for placeholder in found]
        sentences = []
        for number, block in enumerate(re.finditer(r"\S(?:.*\S)?(?:\r?\n[^\S\n]*\S.*)*", text)):
            span = Span(*block.span())
            sentences += [Sentence(sentence, number) for sentence in split(text, span, protected)]
        return Reading(text, tokenise(text, found), sentences, self.ruleset.book.lexicon, Address.SIE)

    def _finding(self, rule: Rule, hit: Hit, context: Context) -> Finding:
        entry = hit.entry
        severity = self._level(rule) or hit.severity or (entry.severity if entry else None)
        if severity is None:
            severity = next((level for condition, level in rule.severities if condition.holds(context)), rule.severity)
        lang = context.lang
        message = hit.message or (entry.message if entry and entry.message else rule.message)
        why = hit.why or (entry.why if entry and entry.why else rule.why)
        words = context.draft.text[hit.span.start : hit.span.end]
        slots = {"match": " ".join(words.split()), "evidence": "", **hit.slots}
        if "{evidence}" in message.get(lang) and not slots["evidence"]:
            found = rule.condition.evidence(context)
            slots["evidence"] = found.words if found else ""
        return Finding(
            rule=rule.id,
            category=rule.category,
            severity=severity,
            message=worded(message.get(lang), slots),
            why=why.get(lang),
            draft=context.draft,
            span=hit.span,
            document_level=hit.document_level,
            rewrites=hit.rewrites,
        )


@dataclass(frozen=True)
class Recipe:
    """What a linter is made of."""

    packs: tuple[str, ...]
    plugins: tuple[str, ...]
    settings: Settings
    cached: bool

    def linter(self) -> Linter:
        """The linter."""
        return Linter(load(self.packs, cached=self.cached, plugins=self.plugins), self.settings)
