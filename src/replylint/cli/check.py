"""`replylint check`: read drafts, say what should read differently."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import click
from click.core import ParameterSource

from replylint.cli.app import (
    Choice,
    Command,
    Jobs,
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
from replylint.cli.files import STDIN, STDIN_NAME, Input, InputError, find, load, read_bytes, shown, translated
from replylint.cli.output import color_wanted, write_stdout
from replylint.cli.packs import load_configured, packs_of
from replylint.cli.progress import Progress
from replylint.cli.reports import targets, write_reports
from replylint.cli.texts import did_you_mean, text
from replylint.config import KEYS, Config, Configs, Problem
from replylint.draft import Draft
from replylint.engines import CrashError, DraftError
from replylint.findings import Failure, FileReport, Finding, Report, Severity
from replylint.readers import Contents
from replylint.reporters import REPORTERS
from replylint.source import Source, UnreadableError
from replylint.suppressing import Suppressing

if TYPE_CHECKING:
    from replylint.cli.changed import Changed
    from replylint.cli.fixing import Fixing
    from replylint.fix import Kit
    from replylint.german.languagetool import LanguageTool
    from replylint.german.languagetool import Options as LanguageToolOptions
    from replylint.linter import Linter, Recipe, Settings
    from replylint.profiling import Profile
    from replylint.results import Known, Results
    from replylint.rules import RuleSet


class ReadFile(NamedTuple):
    """What is read of a file. `known`: which of its drafts an earlier run found nothing in; `found` are the findings of
    the others, where another process looks for them."""

    source: Source
    content: Contents
    drafts: list[Draft]
    known: Known | None = None
    found: Iterable[Sequence[Finding]] | None = None

    @property
    def unknown(self) -> list[Draft]:
        """The drafts that have to be checked."""
        if self.known is None:
            return self.drafts
        return [draft for draft, clean in zip(self.drafts, self.known.clean, strict=True) if not clean]

    def findings(self, linter: Linter) -> Iterable[Sequence[Finding]]:
        """The findings of each draft."""
        found = linter.check_all(self.unknown) if self.found is None else self.found
        return found if self.known is None else self.known.findings(found)


Ahead = ReadFile | int | None
"""What is known of an input before its turn: what is read of it, or how many drafts it has, all of them clean."""


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
    jobs: int | str | None
    statistics: bool
    profile: bool
    color: str
    verbose: bool
    quiet: bool
    files: list[FileReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    linter_of: dict[str, Linter] = field(default_factory=dict)
    recipes: dict[int, Recipe] = field(default_factory=dict)
    results: dict[int, Results | None] = field(default_factory=dict)
    inquiries: dict[str, str] = field(default_factory=dict)
    languagetools: dict[LanguageToolOptions, LanguageTool] = field(default_factory=dict)
    fixing: Fixing | None = None
    suppressing: Suppressing = field(default_factory=Suppressing)
    changed: Changed | None = None
    costs: Profile | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        """Part from the engines that checks have started."""
        for tool in self.languagetools.values():
            tool.close()

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
        with self, Progress(len(inputs), self.lang, quiet=self.quiet) as progress:
            for item, config, ahead in self.in_turn(inputs, linters):
                if isinstance(item, InputError):
                    self.fail(item.name, str(item))
                elif isinstance(ahead, int):
                    self.add(FileReport(item.name, Source(item.name, ""), ahead), config, linters[id(config)])
                else:
                    self.check(item, config, linters[id(config)], ahead)
                progress.step()
        for results in filter(None, self.results.values()):
            results.save()
        failed = [(rule, error) for linter in linters.values() for rule, error in linter.failed.items()]
        for rule, message in dict.fromkeys((rule, self.text(error.what, **error.values)) for rule, error in failed):
            self.fail(rule, message, check=True)
        for each in self.suppressing.expired():
            self.warn(f"{place(each.path)}:{each.line}: {self.text('suppression-expired', date=each.until)}")
        for each in self.suppressing.unused():
            self.warn(f"{place(each.path)}:{each.line}: {self.text('suppression-unused')}")
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

    def fail(self, name: str, message: str, *, check: bool = False) -> None:
        """Tell a failure of a file, or of a check, at once, and keep it for the report."""
        say(f"{name}: {message}.")
        self.failures.append(Failure(name, message, check))

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
        from replylint.linter import Recipe, Settings

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
            own = Settings(
                lang=self.lang,
                address=None if self.address in (None, "auto") else Address(self.address),
                facts=facts,
                inquiry=inquiry,
                template=self.template,
                select=select,
                ignore=ignore,
            )
            settings = own.over(config)
            linters[id(config)] = self.linter(ruleset, settings, self.languagetool(config))
            self.recipes[id(config)] = Recipe(packs_of(config), config.plugins or (), settings, self.cache)
        if problems:
            raise config_error(problems, self.lang)
        return linters

    def languagetool(self, config: Config) -> LanguageTool | None:
        """The LanguageTool that a configuration asks for, the same one for the same wishes."""
        options = config.languagetool
        if options is None:
            return None
        if options not in self.languagetools:
            from replylint.german.languagetool import LanguageTool

            self.languagetools[options] = LanguageTool(options, lambda what, **values: say(self.text(what, **values)))
        return self.languagetools[options]

    def linter(self, ruleset: RuleSet, settings: Settings, languagetool: LanguageTool | None) -> Linter:
        """A linter, with `--profile` one that keeps its costs."""
        if self.profile:
            from replylint.profiling import Profile, ProfiledLinter

            self.costs = self.costs or Profile()
            return ProfiledLinter(ruleset, settings, self.costs, languagetool)
        from replylint.linter import Linter

        return Linter(ruleset, settings, languagetool)

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

    def in_turn(
        self, inputs: Sequence[tuple[Input | InputError, Config]], linters: Mapping[int, Linter]
    ) -> Iterator[tuple[Input | InputError, Config, Ahead]]:
        """The inputs, and what is known of them before their turn."""
        from replylint.linter import PAYS

        if self.fixing is not None:
            # Files are written by one process, which looks at each again and again as it changes.
            yield from ((item, config, None) for item, config in inputs)
            return
        size = _size((item for item, _ in inputs), PAYS)
        looked_up = self.looked_up(inputs, linters, size)
        if self.jobs == 1 or size < PAYS or self.profile:  # costs are kept where they arise
            yield from self.with_ahead(looked_up, linters)
            return
        from replylint import parallel
        from replylint.cli.distributing import Distribution

        jobs = self.jobs
        engines = any(linter.batches for linter in linters.values())
        if not isinstance(jobs, int):
            # An engine has processes or threads of its own.
            jobs = 1 if engines else min(parallel.available(), parallel.MOST)
        if jobs == 1 or (engines and self.languagetools):  # that server is asked from one place
            yield from self.with_ahead(looked_up, linters)
        else:
            yield from Distribution(self, linters, self.recipes, jobs).inputs(looked_up)

    def looked_up(
        self, inputs: Iterable[tuple[Input | InputError, Config]], linters: Mapping[int, Linter], size: int
    ) -> Iterator[tuple[Input | InputError, Config, int | None]]:
        """The inputs, and how many drafts those have in which an earlier run found nothing; they number about `size`
        bytes."""
        if not self.cache or self.verbose or self.profile or size < LOOK_UP:
            yield from ((item, config, None) for item, config in inputs)
            return
        from replylint.results import Results

        for item, config in inputs:
            known = None
            if isinstance(item, Input) and item.path != STDIN:
                if id(config) not in self.results:
                    inquiry = self.inquiries.get(config.inquiry or "")
                    made = Results.of(linters[id(config)], config, inquiry, address=self.address is None)
                    self.results[id(config)] = made
                results = self.results[id(config)]
                if results is not None:
                    with suppress(OSError):  # told when its turn comes
                        data = read_bytes(item)
                        known = results.drafts(results.key(item.path, data))
                        if known is None:
                            item = Input(item.path, item.name, item.found, data)
            yield item, config, known

    def read(self, item: Input, config: Config, source: Source | None = None) -> ReadFile:
        """Read a file, or what it holds from its text. Raises InputError, UnreadableError."""
        from replylint.readers import contents

        source = source or load(item, self.lang)
        content = contents(source, config.library(item.place))
        drafts = self.configured_all(content, item.place, config)
        results = self.results.get(id(config))
        # A file with one draft is known by its bytes.
        known = results.of_drafts(item.path, drafts) if results is not None and len(drafts) > 1 else None
        return ReadFile(source, content, drafts, known)

    def with_ahead(
        self, inputs: Iterable[tuple[Input | InputError, Config, int | None]], linters: Mapping[int, Linter]
    ) -> Iterator[tuple[Input | InputError, Config, Ahead]]:
        """The inputs, and what is already read of them: nothing, but where checks are better off with many drafts at
        once, which are shown so many then."""
        if not any(linter.batches for linter in linters.values()):
            yield from inputs
            return
        from replylint.linter import BATCH

        waiting = iter(inputs)
        while batch := list(islice(waiting, BATCH)):
            files: dict[int, ReadFile] = {}
            drafts = 0
            for number, (item, config, known) in enumerate(batch):
                if known is None and isinstance(item, Input) and item.path != STDIN and drafts < BATCH:
                    with suppress(Exception):  # told when its turn comes
                        files[number] = self.read(item, config)
                        drafts += len(files[number].drafts)
            for linter in {id(linter): linter for linter in linters.values()}.values():
                own = (each.unknown for number, each in files.items() if linters[id(batch[number][1])] is linter)
                linter.prepare(list(islice(chain.from_iterable(own), BATCH)))
            for number, (item, config, known) in enumerate(batch):
                yield item, config, files.get(number, known)

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
                read = read or self.read(item, config, source)
            except UnreadableError as error:
                asked = config.library(path) is not None or not (item.found or self.force_exclude)
                if not asked and _holds_no_replies(error):
                    if self.verbose:
                        say(f"{item.name}: {self.text('left-out')}")
                    return
                raise
            content, drafts = read.content, read.drafts
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
            else:
                findings, hidden = suppressed.left(source, drafts, read.findings(linter))
        except InputError as error:
            data = data or error.data
            self.fail(item.name, str(error))
        except UnreadableError as error:
            self.fail(item.name, translated(error, self.lang))
        except CrashError as error:
            key = "crashed" if error.status is not None else "crashed-before"
            self.fail(item.name, self.text(key, status=error.status))
        except Exception as error:
            if debugging():
                import traceback

                sys.stderr.write(error.trace if isinstance(error, DraftError) else traceback.format_exc())
            told = error.error if isinstance(error, DraftError) else f"{type(error).__name__}: {error}"
            self.fail(item.name, self.text("internal", error=told))
        else:
            if not findings:
                self.note(item, config, drafts, hidden)
                source = Source(item.name, "")  # nobody asks for the text, which would be kept to the end
            self.add(FileReport(item.name, source, len(drafts), findings, hidden), config, linter)
        if self.fixing is not None and item.path == STDIN:
            self.fixing.keep(data)

    def add(self, file: FileReport, config: Config, linter: Linter) -> None:
        """Take in what is found in a file."""
        self.files.append(file)
        self.limits.append(self.fail_on or config.fail_on or "warning")
        self.linter_of[file.path] = linter

    def note(self, item: Input, config: Config, drafts: Sequence[Draft], hidden: int) -> None:
        """Keep for later runs that nothing was found in a file. What its comments come to depends on the day."""
        results = self.results.get(id(config))
        if results is not None and item.data is not None and drafts and not hidden and not drafts[0].comments:
            results.keep(results.key(item.path, item.data), len(drafts))

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
        inquiry = self.inquiries.get(config.inquiry or "")
        return config.draft(draft, path, inquiry, address=self.address is None)

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


LOOK_UP = 50_000
"""Bytes from which on it pays to look up what an earlier run found: to hash rules and program takes as long as to check
some 10,000."""


def _size(inputs: Iterable[Input | InputError], enough: int) -> int:
    """How many bytes there are to read, `enough` or more where there are that many."""
    size = 0
    for item in inputs:
        if isinstance(item, Input) and item.path != STDIN:
            with suppress(OSError):
                size += os.path.getsize(item.path)  # noqa: PTH202
        if size >= enough:
            break
    return size


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
            de="Die übersetzten Regeln aufheben und sich merken, welche Texte ohne Fund waren (so von Haus aus), "
            "oder alles neu lesen.",
            en="Keep the compiled rules and which texts had no findings (the default), or read all anew.",
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
            ["--jobs"],
            type=Jobs(),
            metavar="N|auto",
            de="So viele Prozesse höchstens nehmen, wo die Menge sie lohnt (von Haus aus: auto, je Prozessor einen).",
            en="Use at most so many processes, where there is enough to do (default: auto, one for each processor).",
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
