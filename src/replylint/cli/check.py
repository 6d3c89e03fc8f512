"""`replylint check`: read drafts, say what should read differently."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

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
from replylint.cli.completion import checks, files, formats
from replylint.cli.configuration import config_error, configurations, place, wrong_format, wrong_names
from replylint.cli.excluded import Excluded
from replylint.cli.files import STDIN, STDIN_NAME, Input, InputError, find, load, shown, translated
from replylint.cli.output import color_wanted, write_stdout
from replylint.cli.packs import load_configured
from replylint.cli.progress import Progress
from replylint.cli.reports import targets, write_reports
from replylint.cli.suppressing import Suppressing
from replylint.cli.texts import did_you_mean, text
from replylint.config import KEYS, Config, Configs, Problem, without_off
from replylint.draft import Draft
from replylint.findings import Failure, FileReport, Report, Severity
from replylint.readers import Contents
from replylint.reporters import REPORTERS
from replylint.source import Source, UnreadableError

if TYPE_CHECKING:
    from replylint.cli.changed import Changed
    from replylint.cli.fixing import Fixing
    from replylint.fix import Kit
    from replylint.linter import Linter, Settings
    from replylint.profiling import Profile
    from replylint.rules import RuleSet


class ReadFile(NamedTuple):
    """What is read of a file."""

    source: Source
    content: Contents
    drafts: list[Draft]


@dataclass
class Check:
    """A run of the command: its options, and what it has found so far. An option that the command line leaves open is
    None until `settle`."""

    paths: tuple[str, ...]
    format: tuple[str, ...]
    output: str | None
    fail_on: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    template: bool | None
    inquiry: str | None
    fact: tuple[str, ...]
    address: str | None
    lang: str
    lang_given: bool
    stdin_filename: str | None
    config: str | None
    isolated: bool
    baseline: str | None
    force_exclude: bool | None
    cache: bool
    fix: bool | None
    unsafe_fixes: bool | None
    diff: bool
    diff_base: str | None
    statistics: bool
    profile: bool
    color: str
    verbose: bool
    quiet: bool
    files: list[FileReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    linter_of: dict[str, Linter] = field(default_factory=dict)
    inquiries: dict[str, str] = field(default_factory=dict)
    fixing: Fixing | None = None
    suppressing: Suppressing = field(default_factory=Suppressing)
    changed: Changed | None = None
    costs: Profile | None = None

    def run(self) -> int:
        """Check all, report, and answer with the exit status."""
        configs = self.begin()
        known = None
        if self.baseline is not None:
            from replylint.cli import baseline

            known = baseline.read(self.baseline, self.lang, "--baseline ")
        if self.fix or self.unsafe_fixes or self.diff:
            from replylint.cli.fixing import Fixing

            self.fixing = Fixing(unsafe=bool(self.unsafe_fixes), diff=self.diff, lang=self.lang, warn=self.warn)
        if self.diff_base is not None:
            if self.fixing is not None:
                option = "--fix" if self.fix else "--diff" if self.diff else "--unsafe-fixes"
                raise UserError(self.text("contradiction", one="--diff-base", other=option))
            from replylint.cli.changed import Changed

            self.changed = Changed(self.diff_base, self.lang)
        reports = targets(self.format, self.output, self.lang)
        linters = self.collect(configs)
        stale = 0
        if known is not None:
            comparison = baseline.compared(known, self)
            self.files, stale = list(comparison.files), len(comparison.stale)
            if stale:
                self.warn(self.text("baseline-stale", n=stale, path=place(known.path)))
        if self.changed is not None:
            self.files = self.changed.reports(self.files)
        report = Report(tuple(self.files), tuple(self.failures), self.lang, stale=stale)
        if self.fixing is not None and self.fixing.finish(self.output, color=color_wanted(self.color, self.output)):
            self.show_costs()
            return 2 if self.failures or self.fixing.unwritten else int(self.fixing.changed)
        rulesets = {id(linter.ruleset): linter.ruleset for linter in linters}.values()
        write_reports(
            reports,
            report,
            rulesets,
            self.color,
            statistics=self.statistics,
            quiet=self.quiet,
            aside=self.fixing is not None and self.fixing.takes_stdout,  # that is the fixed text's
        )
        self.show_costs()
        return 2 if self.failures or (self.fixing and self.fixing.unwritten) else int(self.failed())

    def show_costs(self) -> None:
        """What each check cost, on standard error, where that was asked for."""
        if self.costs is not None:
            from replylint.cli.profiled import lines

            write_stdout("".join(f"{line}\n" for line in lines(self.costs, self.lang)), sys.stderr)

    def begin(self) -> Configs:
        """The configurations of the run, its options settled. Raises UserError where they contradict each other."""
        self.paths = self.paths or self.piped()
        if "" in self.paths:  # an unset variable in a script, most likely
            raise UserError(self.text("empty-path"))
        if self.inquiry == STDIN and STDIN in self.paths:
            raise UserError(self.text("stdin-twice"))
        if self.fix and self.diff:
            raise UserError(self.text("contradiction", one="--fix", other="--diff"))
        configs = configurations(self.config, self.isolated, self.lang)
        self.settle(configs, self.paths)
        return configs

    def collect(self, configs: Configs) -> list[Linter]:
        """Check all that is asked for; the linters that did."""
        facts = self.facts()
        inquiry = None if self.inquiry is None else self.inquiry_text(self.inquiry)
        inputs = self.inputs(configs, self.paths)
        if self.changed is not None:
            self.changed.prepare(item for item, _ in inputs if isinstance(item, Input))
        linters = self.linters([config for _, config in inputs], facts, inquiry)
        with Progress(len(inputs), self.lang, quiet=self.quiet) as progress:
            for item, config, ahead in self.with_ahead(inputs, linters):
                if isinstance(item, InputError):
                    self.fail(item.name, str(item))
                else:
                    self.check(item, config, linters[id(config)], ahead)
                progress.step()
        for linter in linters.values():
            for rule, error in linter.failed.items():
                self.fail(rule, self.text(error.what, **error.values))
        for message in self.suppressing.notes(self.lang):
            self.warn(message)
        return list(linters.values())

    def failed(self) -> bool:
        """Whether there is a finding as bad as the options ask for."""
        return any(
            limit != "never" and finding.severity >= Severity.parse(limit)
            for file, limit in zip(self.files, self.limits, strict=True)
            for finding in file.findings
        )

    def settle(self, configs: Configs, paths: Sequence[str]) -> None:
        """Take what holds for the whole run, and the command line leaves open, from the configuration of the first
        path, else from the defaults. Raises UserError."""
        first = Input(paths[0], self.stdin_filename or STDIN_NAME if paths[0] == STDIN else paths[0])
        config = configs.of(first.path if os.path.isdir(first.path) else first.folder)  # noqa: PTH112
        if not self.lang_given:
            self.lang = config.lang or self.lang
        if not self.format and (problems := wrong_format(config)):
            raise config_error(problems, self.lang)
        for key in KEYS:
            if key.run and key.field in vars(self) and getattr(self, key.field) in (None, ()):
                value = getattr(config, key.field)
                setattr(self, key.field, key.default if value is None else value)

    def inputs(self, configs: Configs, paths: Sequence[str]) -> list[tuple[Input | InputError, Config]]:
        """What to read, each with its configuration. Raises UserError where one is broken."""
        excluded = Excluded(configs, force=self.force_exclude)
        inputs = []
        nothing = Config()
        for item in find(paths, self.lang, self.warn, self.stdin_filename, excluded):
            config = nothing if isinstance(item, InputError) else configs.of(item.folder).for_path(item.place)
            inputs.append((item, config))
        if configs.problems:
            raise config_error(configs.problems, self.lang)
        if self.verbose:
            for path in dict.fromkeys(config.path for _, config in inputs if config.path):
                say(f"{place(path)}: {self.text('read-config')}")
            for path in excluded.left_out:
                say(f"{shown(path)}: {self.text('excluded')}")
        return inputs

    def text(self, key: str, **values: object) -> str:
        return text(self.lang, key, **values)

    def warn(self, message: str) -> None:
        if not self.quiet:
            say(message)

    def fail(self, name: str, message: str) -> None:
        """Tell a failure at once, and keep it for the report."""
        say(f"{name}: {message}.")
        self.failures.append(Failure(name, message))

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

    def inquiry_text(self, path: str) -> str:
        name = STDIN_NAME if path == STDIN else shown(path)
        try:
            return load(Input(path, name), self.lang).text
        except InputError as error:
            raise UserError(f"--inquiry {name}: {error}.") from error

    def linters(self, configs: Sequence[Config], facts: Mapping[str, str], inquiry: str | None) -> Mapping[int, Linter]:
        """A linter for each configuration, by its id. The command line wins over what they say."""
        from replylint.draft import Address
        from replylint.linter import Settings

        rulesets: dict[object, RuleSet] = {}
        problems = []
        linters: dict[int, Linter] = {}
        for config in configs or [Config()]:
            if id(config) in linters:
                continue
            packs = config.rules, config.plugins
            if packs not in rulesets:
                rulesets[packs] = load_configured(config, self.lang, cached=self.cache)
            ruleset = rulesets[packs]
            select, ignore = self.names("--select", self.select, ruleset), self.names("--ignore", self.ignore, ruleset)
            for name in select:
                if name in ignore:
                    raise UserError(self.text("contradiction", one=f"--select {name}", other=f"--ignore {name}"))
            problems += wrong_names(config, ruleset, self.lang) + self.read_inquiry(config)
            settings = Settings(
                lang=self.lang,
                address=None if self.address in (None, "auto") else Address(self.address),
                facts=facts,
                inquiry=inquiry,
                template=self.template,
                select=select or config.select or (),
                ignore=ignore or tuple(name for name in config.ignore or () if name not in select),
                levels=without_off(config.checks, select),
            )
            linters[id(config)] = self.linter(ruleset, settings)
        if problems:
            raise config_error(problems, self.lang)
        return linters

    def linter(self, ruleset: RuleSet, settings: Settings) -> Linter:
        """A linter, with `--profile` one that keeps its costs."""
        if self.profile:
            from replylint.profiling import Profile, ProfiledLinter

            self.costs = self.costs or Profile()
            return ProfiledLinter(ruleset, settings, self.costs)
        from replylint.linter import Linter

        return Linter(ruleset, settings)

    def names(self, option: str, values: Sequence[str], ruleset: RuleSet) -> tuple[str, ...]:
        """The checks and categories named by an option that repeats or lists them with commas."""
        names = tuple(name for value in values for part in value.split(",") if (name := part.strip()))
        messages = [
            self.text("unknown-check", option=option, name=name, hint=hint)
            for name, hint in self.unknown(names, ruleset)
        ]
        if messages:
            raise UserError(*messages)
        return names

    def unknown(self, names: Sequence[str], ruleset: RuleSet) -> list[tuple[str, str]]:
        """The names that are neither a check nor a category, each with a hint."""
        from replylint.linter import unknown_checks

        known = [*ruleset.rules, *sorted(ruleset.categories)]
        return [(name, did_you_mean(self.lang, name, known)) for name in unknown_checks(ruleset, names)]

    def with_ahead(
        self, inputs: Sequence[tuple[Input | InputError, Config]], linters: Mapping[int, Linter]
    ) -> Iterator[tuple[Input | InputError, Config, ReadFile | None]]:
        """The inputs, and what is already read of them: nothing, but where checks are better off with many drafts at
        once, which are shown so many then."""
        if not any(linter.batches for linter in linters.values()):
            yield from ((item, config, None) for item, config in inputs)
            return
        from replylint.linter import BATCH

        for start in range(0, len(inputs), BATCH):
            batch = inputs[start : start + BATCH]
            read: dict[int, ReadFile] = {}
            drafts = 0
            for number, (item, config) in enumerate(batch):
                if isinstance(item, Input) and item.path != STDIN and drafts < BATCH:
                    with suppress(Exception):  # told when its turn comes
                        source = load(item, self.lang)
                        read[number] = ReadFile(source, *self.parsed(source, item, config))
                        drafts += len(read[number].drafts)
            for linter in {id(linter): linter for linter in linters.values()}.values():
                own = (each.drafts for number, each in read.items() if linters[id(batch[number][1])] is linter)
                linter.prepare(list(islice(chain.from_iterable(own), BATCH)))
            yield from ((item, config, read.get(number)) for number, (item, config) in enumerate(batch))

    def parsed(self, source: Source, item: Input, config: Config) -> tuple[Contents, list[Draft]]:
        """What a file holds, and its drafts. Raises UnreadableError."""
        from replylint.readers import contents

        content = contents(source, config.library(item.place))
        return content, self.configured_all(content, item.place, config)

    def check(self, item: Input, config: Config, linter: Linter, read: ReadFile | None = None) -> None:
        """Check one input, which may be read already; what goes wrong there stops nothing else."""
        path = item.place
        if item.path == STDIN and sys.stdin is not None and sys.stdin.isatty():
            self.warn(self.text("paste", keys=self.text("end-of-input")))
        data = b""
        try:
            source = read.source if read else load(item, self.lang)
            data = source.encode(source.text) if self.fixing is not None else b""
            try:
                content, drafts = (read.content, read.drafts) if read else self.parsed(source, item, config)
            except UnreadableError as error:
                asked = config.library(path) is not None or not (item.found or self.force_exclude)
                if not asked and _holds_no_replies(error):
                    if self.verbose:
                        say(f"{item.name}: {self.text('left-out')}")
                    return
                raise
            if drafts and not any(draft.text.strip() for draft in drafts):
                raise InputError(item.name, self.text("empty"))
            if self.verbose:
                self.tell(item, source.encoding, content)
            elif not drafts and not item.found:
                self.warn(f"{item.name}: {self.text('no-german', n=content.skipped)}.")
            suppressed = self.suppressing.file(linter, path, config)
            if self.fixing is not None:
                kit = self.kit(item, config, linter)
                source = self.fixing.file(item, source, kit, suppressed.tidied)
                drafts = list(kit.read(source))
            findings, hidden = suppressed.left(source, drafts)
        except InputError as error:
            data = data or error.data
            self.fail(item.name, str(error))
        except UnreadableError as error:
            self.fail(item.name, translated(error, self.lang))
        except Exception as error:
            if debugging():
                import traceback

                traceback.print_exc()
            self.fail(item.name, self.text("internal", error=f"{type(error).__name__}: {error}"))
        else:
            self.files.append(FileReport(item.name, source, len(drafts), findings, hidden))
            self.limits.append(self.fail_on or config.fail_on or "warning")
            self.linter_of[item.name] = linter
        if self.fixing is not None and item.path == STDIN:
            self.fixing.keep(data)

    def kit(self, item: Input, config: Config, linter: Linter) -> Kit:
        """How a file is read, checked and written when it is changed."""
        from functools import partial

        from replylint.fix import Kit
        from replylint.readers import contents
        from replylint.writers import writers

        library = config.library(item.place)

        def read(source: Source) -> list[Draft]:
            return self.configured_all(contents(source, library), item.place, config)

        visible = self.suppressing.file(linter, item.place, config).visible
        return Kit(read, partial(writers, library=library), visible)

    def configured_all(self, content: Contents, path: str, config: Config) -> list[Draft]:
        """The drafts of a file with what the configuration says of it."""
        return [self.configured(draft, path, config) for draft in content.drafts]

    def configured(self, draft: Draft, path: str, config: Config) -> Draft:
        """A draft with what the configuration says of its file, where it says nothing of that itself."""
        facts = dict(config.facts)
        if self.address is None and config.address not in (None, "auto"):
            facts["address"] = str(config.address)
        template = draft.template or config.templates.match(path) if config.template is None else config.template
        inquiry = draft.inquiry or self.inquiries.get(config.inquiry or "")
        if not facts and template == draft.template and inquiry == draft.inquiry:
            return draft
        return replace(draft, facts={**facts, **draft.facts}, template=template, inquiry=inquiry)

    def read_inquiry(self, config: Config) -> list[Problem]:
        """Read what the customer wrote, where the configuration names the file; what is wrong with that file."""
        path = config.inquiry
        if path is not None and path not in self.inquiries:
            try:
                self.inquiries[path] = load(Input(path, place(path)), self.lang).text
            except InputError as error:
                return [config.problem("inquiry", "config-inquiry", name=error.name, reason=str(error))]
        return []

    def tell(self, item: Input, encoding: str, content: Contents) -> None:
        """Say how a file was read."""
        skipped = self.text("n-skipped", n=content.skipped) if content.skipped else ""
        drafts = self.text("n-drafts", n=len(content.drafts))
        read = self.text("read-as", format=self.text(content.format), encoding=encoding, drafts=drafts, skipped=skipped)
        say(f"{item.name}: {read}")


def _holds_no_replies(error: UnreadableError) -> bool:
    from replylint.readers.library import NoRepliesError

    return isinstance(error, NoRepliesError)


def lang_given(ctx: click.Context) -> bool:
    """Whether the command line says the language."""
    above = [ctx] if ctx.parent is None else [ctx, ctx.parent]
    return any(each.get_parameter_source("lang") is ParameterSource.COMMANDLINE for each in above)


def run_for(ctx: click.Context, **options: Any) -> Check:
    """A run for another command, which has some of the options of `check`; the others are as where none is given."""
    defaults = command.make_context("check", [], obj=lang_of(ctx)).params
    given = {"lang": lang_of(ctx), "lang_given": lang_given(ctx)}
    return Check(**{**defaults, **options, **given})


@click.pass_context
def _run(ctx: click.Context, /, **options: Any) -> None:
    ctx.exit(Check(lang=lang_of(ctx), lang_given=lang_given(ctx), **options).run())


command = Command(
    "check",
    callback=_run,
    de="Entwürfe prüfen: Dateien, Ordner oder „-“ für die Standardeingabe.",
    en="Check drafts: files, folders, or “-” for standard input.",
    params=[
        click.Argument(["paths"], nargs=-1, metavar="[PATH …]", type=click.UNPROCESSED, shell_complete=files),
        Option(
            ["--format"],
            multiple=True,
            shell_complete=formats,
            metavar="FORMAT[:FILE]",
            de="Form des Berichts, auch mehrere, dann je mit einer Datei (sarif:bericht.sarif): "
            + ", ".join(REPORTERS)
            + ".",
            en="Form of the report, or several, each with a file then (sarif:out.sarif): " + ", ".join(REPORTERS) + ".",
        ),
        Option(
            ["--output"],
            metavar="FILE",
            shell_complete=files,
            de="Den Bericht in diese Datei schreiben statt auf die Standardausgabe.",
            en="Write the report to this file instead of standard output.",
        ),
        Option(
            ["--fail-on"],
            type=Choice("error", "warning", "suggestion", "never"),
            de="Ab welcher Schwere der Exit-Status 1 ist (von Haus aus: warning).",
            en="From which severity on the exit status is 1 (default: warning).",
        ),
        Option(
            ["--select"],
            multiple=True,
            shell_complete=checks,
            metavar="CHECK,…",
            de="Nur diese Prüfungen oder Kategorien.",
            en="Only these checks or categories.",
        ),
        Option(
            ["--ignore"],
            multiple=True,
            shell_complete=checks,
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
            shell_complete=files,
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
            de="Die Anrede, die gelten soll; eine andere wird gemeldet (von Haus aus: auto, aus dem Text).",
            en="The form of address to use; another is reported (default: auto, from the text).",
        ),
        lang_option(),
        Option(
            ["--stdin-filename"],
            metavar="NAME",
            de="Der Dateiname, der für die Standardeingabe gilt.",
            en="The file name that standard input goes by.",
        ),
        Option(
            ["--config"],
            metavar="FILE",
            shell_complete=files,
            de="Diese Konfiguration für alle Dateien nehmen statt der jeweils nächsten replylint.toml.",
            en="Use this configuration for all files instead of the nearest replylint.toml of each.",
        ),
        Option(
            ["--isolated"],
            is_flag=True,
            de="Keine Konfiguration lesen.",
            en="Read no configuration.",
        ),
        Option(
            ["--baseline"],
            metavar="FILE",
            de="Nur melden, was nicht in dieser Baseline steht („replylint baseline“ schreibt sie).",
            en="Only report what is not in this baseline (“replylint baseline” writes it).",
        ),
        Option(
            ["--force-exclude/--no-force-exclude"],
            default=None,
            de="„exclude“ der Konfiguration auch auf Dateien anwenden, die genannt sind (für Hooks).",
            en="Apply the configuration's “exclude” to files that are named, too (for hooks).",
        ),
        Option(
            ["--cache/--no-cache"],
            default=None,
            de="Die übersetzten Regeln aufheben (so von Haus aus) oder jedes Mal neu lesen.",
            en="Keep the compiled rules (the default), or read them anew each time.",
        ),
        Option(
            ["--fix/--no-fix"],
            default=None,
            de="Beheben, was den Sinn nicht berührt (ein Smiley, „!!“), und die Dateien ändern; „-“: der neue Text "
            "geht auf die Standardausgabe.",
            en="Fix what leaves the meaning untouched (a smiley, “!!”), and change the files; “-”: the new text goes "
            "to standard output.",
        ),
        Option(
            ["--unsafe-fixes/--no-unsafe-fixes"],
            default=None,
            de="Wie --fix, dazu Umformulierungen und fehlende Sätze, die nichts Neues behaupten; bitte gegenlesen.",
            en="Like --fix, and also rewrites and missing sentences that state nothing new; please read them over.",
        ),
        Option(
            ["--diff"],
            is_flag=True,
            de="Nichts ändern, sondern die Änderungen als Diff für „git apply“ zeigen; Exit-Status 1, wenn es "
            "welche gibt.",
            en="Change nothing, but show the changes as a diff for “git apply”; exit status 1 if there are any.",
        ),
        Option(
            ["--diff-base"],
            metavar="REV",
            de="Nur Funde in Zeilen, die sich seit diesem Stand in git geändert haben, z. B. origin/main.",
            en="Only findings on lines that have changed since that revision in git, e.g. origin/main.",
        ),
        Option(
            ["--statistics/--no-statistics"],
            default=None,
            de="Zusätzlich zählen, wie oft welche Prüfung etwas findet, und in welchen Dateien.",
            en="Also count how often which check finds something, and in which files.",
        ),
        Option(
            ["--profile"],
            is_flag=True,
            de="Danach auf der Fehlerausgabe zeigen, wie viel Zeit jede Prüfung gekostet hat.",
            en="Afterwards show on standard error how much time each check took.",
        ),
        color_option(default=None),
        Option(
            ["--verbose/--no-verbose"],
            default=None,
            de="Auf der Fehlerausgabe sagen, wie jede Datei gelesen wurde.",
            en="Say on standard error how each file was read.",
        ),
        Option(
            ["--quiet/--no-quiet"],
            default=None,
            de="Nur die Funde, ohne Zusammenfassung und Hinweise.",
            en="The findings only, without summary and hints.",
        ),
    ],
)
