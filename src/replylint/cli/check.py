"""`replylint check`: read drafts, say what should read differently."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from replylint.cli.app import (
    Choice,
    Command,
    Option,
    UserError,
    color_option,
    debugging,
    lang_of,
    lang_option,
    say,
)
from replylint.cli.files import STDIN, STDIN_NAME, Input, InputError, find, load, shown, translated
from replylint.cli.output import check_output, color_wanted, width, write
from replylint.cli.packs import BUILT_IN, load_packs
from replylint.cli.texts import did_you_mean, text
from replylint.findings import Failure, FileReport, Report, Severity
from replylint.reporters import REPORTERS, Options, render
from replylint.source import UnreadableError

if TYPE_CHECKING:
    from replylint.linter import Linter
    from replylint.rules import RuleSet


@dataclass
class Check:
    """A run of the command: its options, and what it has found so far."""

    paths: tuple[str, ...]
    format: str
    output: str | None
    fail_on: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    template: bool | None
    inquiry: str | None
    fact: tuple[str, ...]
    address: str
    lang: str
    stdin_filename: str | None
    isolated: bool
    no_cache: bool
    statistics: bool
    color: str
    quiet: bool
    files: list[FileReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def run(self) -> int:
        """Check all, report, and answer with the exit status."""
        paths = self.paths or self.piped()
        if self.inquiry == STDIN and STDIN in paths:
            raise UserError(self.text("stdin-twice"))
        if self.output is not None:
            check_output(self.output, self.lang)
        facts = self.facts()
        inquiry = self.inquiry_text()
        ruleset = load_packs([BUILT_IN], self.lang, cached=not self.no_cache)
        linter = self.linter(ruleset, facts, inquiry)
        for item in find(paths, self.lang, self.warn, self.stdin_filename):
            if isinstance(item, InputError):
                self.fail(item.name, str(item))
            else:
                self.check(item, linter)
        report = Report(tuple(self.files), tuple(self.failures), self.lang)
        options = Options(width(self.output), color_wanted(self.color, self.output), self.statistics, self.quiet)
        write(render(self.format, report, options), self.lang, self.output)
        return self.status(report)

    def text(self, key: str, **values: object) -> str:
        return text(self.lang, key, **values)

    def warn(self, message: str) -> None:
        if not self.quiet:
            say(message)

    def fail(self, name: str, message: str) -> None:
        """Tell a failure at once, and keep it for the report."""
        say(f"{name}: {message}.")
        self.failures.append(Failure(name, message))

    def status(self, report: Report) -> int:
        if self.failures:
            return 2
        if self.fail_on == "never":
            return 0
        threshold = Severity.parse(self.fail_on)
        return int(any(finding.severity >= threshold for finding in report.findings))

    def piped(self) -> tuple[str, ...]:
        """Standard input where something is piped in and no path is given."""
        if sys.stdin is None or sys.stdin.isatty():
            raise UserError(self.text("no-path"), self.text("try-help", command="replylint check"))
        return (STDIN,)

    def facts(self) -> Mapping[str, str]:
        result = {}
        for each in self.fact:
            name, equals, value = each.partition("=")
            if not (name.strip() and equals and value.strip()):
                raise UserError(self.text("bad-fact", value=each))
            result[name.strip()] = value.strip()
        return result

    def inquiry_text(self) -> str | None:
        if self.inquiry is None:
            return None
        name = STDIN_NAME if self.inquiry == STDIN else shown(self.inquiry)
        try:
            return load(Input(self.inquiry, name), self.lang).text
        except InputError as error:
            raise UserError(f"--inquiry {name}: {error}.") from error

    def linter(self, ruleset: RuleSet, facts: Mapping[str, str], inquiry: str | None) -> Linter:
        from replylint.draft import Address
        from replylint.linter import Linter, Settings

        settings = Settings(
            lang=self.lang,
            address=None if self.address == "auto" else Address(self.address),
            facts=facts,
            inquiry=inquiry,
            template=self.template,
            select=self.names("--select", self.select, ruleset),
            ignore=self.names("--ignore", self.ignore, ruleset),
        )
        return Linter(ruleset, settings)

    def names(self, option: str, values: Sequence[str], ruleset: RuleSet) -> tuple[str, ...]:
        """The checks and categories named by an option that repeats or lists them with commas."""
        from replylint.linter import unknown_checks

        names = tuple(name for value in values for part in value.split(",") if (name := part.strip()))
        known = [*ruleset.rules, *sorted({rule.category for rule in ruleset.rules.values()})]
        messages = [
            self.text("unknown-check", option=option, name=name, hint=did_you_mean(self.lang, name, known))
            for name in unknown_checks(ruleset, names)
        ]
        if messages:
            raise UserError(*messages)
        return names

    def check(self, item: Input, linter: Linter) -> None:
        """Check one input; what goes wrong there stops nothing else."""
        from replylint.readers import read

        if item.path == STDIN and sys.stdin is not None and sys.stdin.isatty():
            self.warn(self.text("paste", keys=self.text("end-of-input")))
        try:
            source = load(item, self.lang)
            drafts = read(source)
            if drafts and not any(draft.text.strip() for draft in drafts):
                raise InputError(item.name, self.text("empty"))
            findings = tuple(finding for draft in drafts for finding in linter.check(draft))
        except InputError as error:
            self.fail(item.name, str(error))
        except UnreadableError as error:
            self.fail(item.name, translated(error, self.lang))
        except Exception as error:
            if debugging():
                import traceback

                traceback.print_exc()
            self.fail(item.name, self.text("internal", error=f"{type(error).__name__}: {error}"))
        else:
            if drafts:
                self.files.append(FileReport(item.name, source, len(drafts), findings))
            else:
                self.fail(item.name, self.text("no-drafts"))


@click.pass_context
def _run(ctx: click.Context, /, **options: Any) -> None:
    ctx.exit(Check(lang=lang_of(ctx), **options).run())


command = Command(
    "check",
    callback=_run,
    de="Entwürfe prüfen: Dateien, Ordner oder „-“ für die Standardeingabe.",
    en="Check drafts: files, folders, or “-” for standard input.",
    params=[
        click.Argument(["paths"], nargs=-1, metavar="[PATH …]", type=click.UNPROCESSED),
        Option(
            ["--format"],
            type=Choice(*REPORTERS),
            default="text",
            de="Form des Berichts: text (zum Lesen), concise (eine Zeile je Fund), json.",
            en="Form of the report: text (for people), concise (one line a finding), json.",
        ),
        Option(
            ["--output"],
            metavar="FILE",
            de="Den Bericht in diese Datei schreiben statt auf die Standardausgabe.",
            en="Write the report to this file instead of standard output.",
        ),
        Option(
            ["--fail-on"],
            type=Choice("error", "warning", "suggestion", "never"),
            default="warning",
            de="Ab welcher Schwere der Exit-Status 1 ist (von Haus aus: warning).",
            en="From which severity on the exit status is 1 (default: warning).",
        ),
        Option(
            ["--select"],
            multiple=True,
            metavar="CHECK,…",
            de="Nur diese Prüfungen oder Kategorien.",
            en="Only these checks or categories.",
        ),
        Option(
            ["--ignore"],
            multiple=True,
            metavar="CHECK,…",
            de="Ohne diese Prüfungen oder Kategorien.",
            en="Without these checks or categories.",
        ),
        Option(
            ["--template/--draft"],
            default=None,
            de="Die Eingabe als Vorlage (Platzhalter sind gewollt) oder als fertigen Entwurf lesen.",
            en="Read the input as a template (placeholders are meant) or as a finished draft.",
        ),
        Option(
            ["--inquiry"],
            metavar="FILE",
            de="Die Anfrage des Kunden, auf die geantwortet wird.",
            en="The customer's inquiry that is being answered.",
        ),
        Option(
            ["--fact"],
            multiple=True,
            metavar="KEY=VALUE",
            de="Was über den Vorgang bekannt ist, z. B. kind=complaint, channel=chat.",
            en="What is known of the matter, e.g. kind=complaint, channel=chat.",
        ),
        Option(
            ["--address"],
            type=Choice("sie", "du", "auto"),
            default="auto",
            de="Die Anrede (von Haus aus: auto, aus dem Text).",
            en="The form of address (default: auto, from the text).",
        ),
        lang_option(),
        Option(
            ["--stdin-filename"],
            metavar="NAME",
            de="Der Dateiname, der für die Standardeingabe gilt.",
            en="The file name that standard input goes by.",
        ),
        Option(
            ["--isolated"],
            is_flag=True,
            de="Keine Konfiguration lesen.",
            en="Read no configuration.",
        ),
        Option(
            ["--no-cache"],
            is_flag=True,
            de="Die übersetzten Regeln weder lesen noch aufheben.",
            en="Neither read nor keep the compiled rules.",
        ),
        Option(
            ["--statistics"],
            is_flag=True,
            de="Zusätzlich zählen, wie oft welche Prüfung etwas findet.",
            en="Also count how often which check finds something.",
        ),
        color_option(),
        Option(
            ["--quiet"],
            is_flag=True,
            de="Nur die Funde, ohne Zusammenfassung und Hinweise.",
            en="The findings only, without summary and hints.",
        ),
    ],
)
