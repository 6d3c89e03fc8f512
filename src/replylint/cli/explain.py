"""`replylint explain`: what a check flags and why, with examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from replylint.cli.app import Command, Option, UserError, color_option, lang_of, lang_option, say
from replylint.cli.completion import check_ids
from replylint.cli.files import shown
from replylint.cli.output import color_wanted, width, write
from replylint.cli.packs import configured, load_packs, needs_of, pipeline_option, plugin_option
from replylint.cli.texts import did_you_mean, text
from replylint.reporters.terminal import Pen, clean, width_of, words, wrap
from replylint.reporters.text import COLORS, excerpt

if TYPE_CHECKING:
    from replylint.findings import Finding
    from replylint.linter import Linter
    from replylint.rules import Example, Rule

SHOWN = 6
"""How many examples of each sort are shown without `--all`."""
LINES = 12
"""How many lines of one example are shown without `--all`."""

# What the sources of the built-in checks are about; another pack's sources are shown as they stand.
SOURCES: Mapping[str, tuple[str, str]] = {
    "S0": (
        "Umgang mit verärgerten Kunden: ruhig und konstruktiv bleiben, die Sicht des Kunden einnehmen",
        "dealing with unhappy customers: keep cool, be constructive, take the customer's view",
    ),
    "S1": (
        "Respekt, Wahrheit, Verantwortung, Mitgefühl und Dank",
        "respect, truth, responsibility, empathy and thanks",
    ),
    "S2": (
        "Schwierige Kunden: positiv formulieren, nicht belehren, nicht weiterschieben, nichts Unhaltbares versprechen",
        "challenging customers: positive wording, no lectures, no passing on, no castles in the air",
    ),
    "S3": (
        "Den Menschen sehen, nicht den Fall; Zorn nicht mit Zorn beantworten",
        "see the human being, not a case; don't return anger",
    ),
    "S4": (
        "Konflikte lösen: zuhören, Fehler zugeben, Auswege anbieten, nachfassen",
        "conflict management: listen, admit mistakes, offer options, follow up",
    ),
    "Practice": (
        "Was jede gute Redaktion von deutscher Geschäftspost erwartet",
        "what every editor of German business mail expects",
    ),
}


class _Page:
    """The explanation of one check."""

    def __init__(self, rule: Rule, linter: Linter, lang: str, pen: Pen, *, all: bool, phrases: bool) -> None:
        self.rule = rule
        self.lang = lang
        self.pen = pen
        self.all = all
        self.phrases = phrases
        self.linter = linter
        self.width = width()

    def text(self, key: str, **values: object) -> str:
        return text(self.lang, key, **values)

    def lines(self) -> Iterator[str]:
        rule = self.rule
        severity = self.pen(self.text(str(rule.severity)), COLORS[rule.severity])
        yield f"{self.pen(clean(rule.id), 'bold')}  {severity}{self.pen(f' · {clean(rule.category)}', 'dim')}"
        yield ""
        if not rule.enabled:
            yield from wrap(words(self.text("off-by-default", check=rule.id)), self.width, self.pen)
            yield ""
        yield from self.facts()
        bad = [example for example in rule.examples if example.bad is not None]
        good = [example for example in rule.examples if example.good is not None]
        yield from self.section("found", bad)
        yield from self.section("left-alone", good)
        ignore = f"replylint check --ignore {clean(rule.id)}"
        yield f"{self.pen(self.text('switch-off'), 'bold')}: {ignore}"

    def facts(self) -> Iterator[str]:
        rule = self.rule
        german = self.lang != "en"
        sources = [f"{name}: {SOURCES[name][0 if german else 1]}" if name in SOURCES else name for name in rule.sources]
        facts = [
            (self.text("flags"), [rule.flags.get(self.lang)]),
            (self.text("leaves"), [rule.leaves.get(self.lang)]),
            (self.text("why"), [rule.why.get(self.lang)]),
            (self.text("needs"), [needs_of(rule, self.lang)]),
            (self.text("sources", n=len(sources)), sources),
            (self.text("changed-in"), [shown(change.path) for change in rule.changes]),
        ]
        facts = [(label, paragraphs) for label, paragraphs in facts if any(paragraphs)]
        indent = 2 + max(len(label) for label, _ in facts)
        for label, paragraphs in facts:
            head = self.pen(label, "bold") + " " * (indent - len(label))
            for paragraph in paragraphs:
                for line in wrap(words(paragraph), self.width - indent, self.pen):
                    yield head + line
                    head = " " * indent
        yield ""

    def section(self, key: str, examples: list[Example]) -> Iterator[str]:
        if not examples:
            return
        shown = examples if self.all else examples[:SHOWN]
        yield self.pen(self.text(key), "bold")
        yield ""
        for example in shown:
            yield from self.example(example)
            yield ""
        if rest := len(examples) - len(shown):
            yield self.pen("  " + self.text("more-examples", n=rest), "dim")
            yield ""

    def example(self, example: Example) -> Iterator[str]:
        """An example as it stands; a bad one with its words marked and what could stand there instead."""
        room = self.width - 2
        body = example.bad if example.bad is not None else example.good or ""
        if example.inquiry:
            quoted = words(self.text("inquiry", words=" ".join(example.inquiry.split())), "dim")
            yield from (f"  {line}" for line in self.cut(wrap(quoted, room, self.pen)))
        findings = self.findings(example) if example.bad is not None else []
        marked = [finding for finding in findings if not finding.document_level]
        if not marked:
            lines = [line for part in body.strip().splitlines() for line in wrap(words(part), room, self.pen) or [""]]
            yield from (f"  {line}" for line in self.cut(lines))
        for finding in findings:
            if not finding.document_level:
                for row in excerpt(body, finding.span, room):
                    yield f"  {row.text}"
                    yield f"  {self.pen(row.marks, COLORS[self.rule.severity])}"
                yield from self.phrase(finding, example)
            for number, rewrite in enumerate(finding.rewrites):
                key = "or" if number else "insert" if finding.document_level else "better"
                head = self.text(key if rewrite.text.strip() else "cut")
                proposal = rewrite.text if rewrite.text.strip() else finding.quote or ""
                for part in proposal.strip().splitlines():
                    for line in wrap(words(part, "green"), room - width_of(head) - 2, self.pen):
                        yield f"  {self.pen(head, 'green', 'bold')}{line}"
                        head = " " * width_of(head)

    def phrase(self, finding: Finding, example: Example) -> Iterator[str]:
        """The phrase that found it, as the rule file writes it, to be copied into a change."""
        if not self.phrases:
            return
        from replylint.examples import draft_of

        context = self.linter.context(draft_of(example.bad or "", example))
        for hit in self.linter.hits(context).get(self.rule.id, ()):
            if hit.span == finding.span and hit.entry is not None:
                head = self.pen(self.text("phrase"), "dim")
                yield f"  {head}{clean(hit.entry.phrase.text)}"
                return

    def findings(self, example: Example) -> list[Finding]:
        from replylint.examples import findings

        return findings(self.linter, self.rule, example)

    def cut(self, lines: list[str]) -> list[str]:
        return lines if self.all or len(lines) <= LINES else [*lines[: LINES - 1], "…"]


@click.pass_context
def _run(
    ctx: click.Context,
    check: str,
    packs: tuple[str, ...],
    phrases: bool,
    plugin: tuple[str, ...],
    pipeline: str | None,
    color: str,
    all: bool,
) -> None:
    lang = lang_of(ctx)
    config = configured(packs, lang)
    ruleset = load_packs(config.packs, lang, plugins=plugin or config.plugins)
    rules = ruleset.rules
    rule = rules.get(check)
    if rule is None:
        raise UserError(text(lang, "no-such-check", name=check, hint=did_you_mean(lang, check, list(rules))))
    from replylint.linter import Linter, Settings

    linter = Linter(ruleset, Settings(lang=lang, select=(rule.id,), pipeline=pipeline or config.pipeline))
    page = _Page(rule, linter, lang, Pen(color_wanted(color)), all=all, phrases=phrases)
    write("".join(f"{line.rstrip()}\n" for line in page.lines()), lang)
    for id, error in linter.failed.items():
        say(f"{id}: {text(lang, error.what, **error.values)}.")


command = Command(
    "explain",
    callback=_run,
    de="Eine Prüfung erklären: was sie meldet, warum, mit Beispielen.",
    en="Explain a check: what it flags, why, with examples.",
    params=[
        click.Argument(["check"], metavar="CHECK", shell_complete=check_ids),
        Option(
            ["--rules", "packs"],
            multiple=True,
            metavar="PACK",
            de="Mit diesem Regelpaket (sonst: dem der Konfiguration).",
            en="With this rule pack (else that of the configuration).",
        ),
        Option(
            ["--phrases"],
            is_flag=True,
            de="Zu jedem Beispiel die Formulierung zeigen, die es findet.",
            en="Show with each example the phrase that finds it.",
        ),
        plugin_option(),
        pipeline_option(),
        Option(["--all"], is_flag=True, de="Alle Beispiele zeigen.", en="Show all examples."),
        lang_option(),
        color_option(),
    ],
)
