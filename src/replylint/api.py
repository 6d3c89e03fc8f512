"""The Python API: replies in, findings out, all of them plain values. docs/api.md shows it at work."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from replylint.cli.app import UserError
from replylint.cli.configuration import config_error as told
from replylint.cli.configuration import configurations, wrong_names
from replylint.cli.files import Input as File
from replylint.cli.files import InputError, load, shown, translated
from replylint.cli.packs import load_configured
from replylint.cli.texts import did_you_mean, text
from replylint.config import Config
from replylint.draft import Address, Draft
from replylint.findings import FileReport
from replylint.findings import Finding as Found
from replylint.linter import BATCH, Linter, Settings, unknown_checks
from replylint.readers import contents
from replylint.source import Position, Source, SourceMap, UnreadableError
from replylint.suppressing import Suppressing

__all__ = ["Checker", "Error", "Finding", "Position", "Reply", "Rewrite", "lint_text", "lint_texts"]

FILENAME = "reply.txt"
Path = str | os.PathLike[str]
_T = TypeVar("_T")


class Error(ValueError):
    """Options, rules or a reply that can't be used; `str()` says what is wrong, in the language of the checker."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with what is known of it. What is left open is as the `Checker` says: `inquiry` is what the customer
    wrote, `facts` are such as `kind` and `channel`, `template` says whether it has yet to be filled in."""

    text: str
    inquiry: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    template: bool | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A proposed wording for the words found. `safety`: "safe" leaves the meaning untouched, "review" changes the
    wording, "fill" needs a fact from the writer, at a marked gap."""

    text: str
    safety: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a good editor would say about a reply.

    `severity` is "error", "warning" or "suggestion". `quote` are the words found, None where something is missing in
    the reply as a whole. `start` and `end` say where in the text that was given: `line` and `column` from 1, `offset`
    from 0, in code points, the end exclusive. `draft` is "" or the key of one reply of many in a structured text.
    `fingerprint` stays the same while the words do, wherever they move.
    """

    rule: str
    category: str
    severity: str
    draft: str
    message: str
    why: str
    quote: str | None
    start: Position
    end: Position
    rewrites: tuple[Rewrite, ...]
    fingerprint: str

    def to_dict(self) -> dict[str, Any]:
        """It as the JSON report of the command line has it (schema `replylint/1`)."""
        return {**asdict(self), "rewrites": [asdict(rewrite) for rewrite in self.rewrites]}


class Checker:
    """Checks replies with one set of rules and options, which mean what those of `replylint check` do.

    `rules` are rule packs: built-in ones by name, others by folder; they win over those of the configuration file
    `config`, which is only read where it is named. `select` and `ignore` name checks or categories. `address` ("sie",
    "du"), `facts`, `inquiry` and `template` hold for all replies that say nothing else themselves. `filename` is the
    name that the texts go by: its ending says what they are (`.txt`, `.md`, `.html`, `.eml` …). `cache`: whether to
    keep the compiled rules. All rules are read at once; what changes in their files later is not noticed.

    It can be used by several threads (one reply at a time is checked; processes are what makes it faster), and be
    pickled: the copy reads the rules anew where it is first used, so their files have to be there.

    Raises Error where options or rules are wrong.
    """

    def __init__(
        self,
        *,
        rules: Iterable[Path] = (),
        config: Path | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        lang: str | None = None,
        address: str | None = None,
        facts: Mapping[str, str] | None = None,
        inquiry: str | None = None,
        template: bool | None = None,
        filename: str = FILENAME,
        cache: bool = True,
    ) -> None:
        self._options: dict[str, Any] = {
            "rules": tuple(map(_pack, _listed("rules", rules))),
            "config": None if config is None else os.path.abspath(config),  # noqa: PTH100 - links stay as they are
            "select": _listed("select", select),
            "ignore": _listed("ignore", ignore),
            "lang": lang,
            "address": address,
            "facts": dict(facts or {}),
            "inquiry": inquiry,
            "template": template,
            "filename": filename,
            "cache": cache,
        }
        self._lock = threading.Lock()
        self._made: _Desk | None = None
        with self._lock:
            self._desk()

    def __getstate__(self) -> dict[str, Any]:
        return self._options

    def __setstate__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._made = None

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self._options.items() if value not in (None, (), {}))
        return f"Checker({given})"

    def lint_text(self, reply: str | Reply) -> list[Finding]:
        """The findings of one reply, in the order of its text. Raises Error where it can't be read."""
        return next(self.lint_texts((reply,)))

    def lint_texts(
        self, replies: Iterable[str | Reply], *, on_error: Callable[[int, Error], None] | None = None
    ) -> Iterator[list[Finding]]:
        """The findings of each of any number of replies, as they come.

        A reply that can't be read (a broken `.eml`; plain text always can) raises Error; with `on_error`, that is
        called with its number, from 0, and the Error, and the reply has no findings."""
        waiting = iter(replies)
        number = 0
        while batch := [_reply(each) for each in islice(waiting, BATCH)]:
            # What words mean to the rules is looked up once for all replies, which one thread at a time can do.
            with self._lock:
                found = self._desk().findings(batch)
            for result in found:
                if isinstance(result, Error):
                    if on_error is None:
                        raise result
                    on_error(number, result)
                yield [] if isinstance(result, Error) else result
                number += 1

    def _desk(self) -> _Desk:
        if self._made is None:
            try:
                self._made = _Desk(**self._options)
            except UserError as error:
                raise Error("\n".join((*error.details, *error.messages))) from None
        return self._made


class _Desk:
    """What a checker works with."""

    def __init__(self, *, config: str | None, filename: str, lang: str | None, cache: bool, **options: Any) -> None:
        if lang not in (None, "de", "en"):
            raise Error(f"lang: {lang!r} is neither 'de' nor 'en'")
        if options["address"] not in (None, "auto", "sie", "du"):
            raise Error(f"address: {options['address']!r} is none of 'sie', 'du', 'auto'")
        speaks = lang or "de"
        configs = configurations(config, config is None, speaks)
        whole = configs.of(".")
        self.lang = speaks = lang or whole.lang or "de"
        # Patterns of paths are seen from the folder of the configuration.
        self.path = os.path.join(os.path.dirname(config), filename) if config else filename  # noqa: PTH118, PTH120
        if options["rules"]:
            whole = replace(whole, rules=options["rules"])
        self.config = whole.for_path(self.path)
        ruleset = load_configured(whole, speaks, cached=cache)
        for name in ("select", "ignore"):
            known = [*ruleset.rules, *sorted(ruleset.categories)]
            for each in unknown_checks(ruleset, options[name]):
                hint = did_you_mean(speaks, each, known)
                raise UserError(text(speaks, "unknown-check", option=name, name=each, hint=hint))
        if problems := wrong_names(self.config, ruleset, speaks):
            raise told(problems, speaks)
        self.filename = filename
        self.inquiry: str | None = options["inquiry"] or _inquiry(self.config, speaks)
        self.facts: Mapping[str, str] = options["facts"]
        self.template: bool | None = options["template"]
        self.own_address = options["address"] is None
        address = None if options["address"] in (None, "auto") else Address(options["address"])
        settings = Settings(speaks, address, select=options["select"], ignore=options["ignore"])
        self.linter = Linter(ruleset, settings.over(self.config))

    def findings(self, replies: Sequence[Reply]) -> list[list[Finding] | Error]:
        """The findings of each reply, or why it has none."""
        suppressing = Suppressing().file(self.linter, self.path, self.config)
        read = [self.read(each) for each in replies]
        if self.linter.batches:
            self.linter.prepare([draft for each in read if not isinstance(each, Error) for draft in each[1]][:BATCH])
        result: list[list[Finding] | Error] = []
        for each in read:
            if isinstance(each, Error):
                result.append(each)
                continue
            source, drafts = each
            left, _ = suppressing.left(source, drafts)
            marks = FileReport(self.filename, source, len(drafts), left).fingerprints()
            result.append([_plain(*finding) for finding in zip(left, marks, strict=True)])
        for rule, failed in self.linter.failed.items():
            raise Error(f"{rule}: {text(self.lang, failed.what, **failed.values)}")
        return result

    def read(self, reply: Reply) -> tuple[Source, list[Draft]] | Error:
        """A reply's text and its drafts: one, but for structured texts."""
        # Half of a pair of surrogates is no character, and can't be written down anywhere.
        source = Source(self.filename, reply.text.encode("utf-8", "replace").decode())
        try:
            drafts = contents(source, self.config.library(self.path)).drafts
        except UnreadableError as error:
            if not self.filename.lower().endswith((".txt", ".text")):
                return Error(translated(error, self.lang))
            # What looks like the front matter of a file and is none was only written with a line at its head.
            drafts = [Draft(source, source.text, SourceMap.identity(len(source.text)))]
        return source, [self.known(draft, reply) for draft in drafts if draft.text.strip()]

    def known(self, draft: Draft, reply: Reply) -> Draft:
        """A draft with all that is known of it."""
        draft = self.config.draft(draft, self.path, address=self.own_address)
        template = next((each for each in (reply.template, self.template) if each is not None), draft.template)
        facts = {**draft.facts, **self.facts, **reply.facts}
        inquiry = reply.inquiry or self.inquiry or draft.inquiry
        return replace(draft, facts=facts, inquiry=inquiry, template=template)


def _inquiry(config: Config, lang: str) -> str | None:
    """What the customer wrote, where the configuration names the file."""
    if config.inquiry is None:
        return None
    try:
        return load(File(config.inquiry, shown(config.inquiry)), lang).text
    except InputError as error:
        raise UserError(f"inquiry: {error.name}: {error}.") from error


def _reply(given: str | Reply) -> Reply:
    if not isinstance(given, str | Reply):
        raise TypeError(f"a reply is a str or a Reply, not {type(given).__name__}")
    return Reply(given) if isinstance(given, str) else given


def _listed(option: str, names: Iterable[_T]) -> tuple[_T, ...]:
    if isinstance(names, str):
        raise Error(f"{option}: a list of names is needed, not one text")
    return tuple(names)


def _pack(pack: Path) -> str:
    """A pack by its name, or by its whole path, as a configuration has it."""
    name = os.fspath(pack)
    plain = "/" not in name and os.sep not in name
    return name if plain and not os.path.isdir(name) else os.path.abspath(name)  # noqa: PTH100, PTH112


def _plain(finding: Found, fingerprint: str) -> Finding:
    return Finding(
        rule=finding.rule,
        category=finding.category,
        severity=str(finding.severity),
        draft=finding.draft.key,
        message=finding.message,
        why=finding.why,
        quote=finding.quote,
        start=finding.start,
        end=finding.end,
        rewrites=tuple(Rewrite(each.text, str(each.safety)) for each in finding.rewrites),
        fingerprint=fingerprint,
    )


@lru_cache(maxsize=8)
def _checker(options: tuple[tuple[str, Any], ...]) -> Checker:
    given = dict(options)
    return Checker(**{**given, "facts": dict(given.get("facts") or ())})


def _shared(options: dict[str, Any]) -> Checker:
    """A checker with those options, the same one for the same options."""
    for name in ("rules", "select", "ignore"):
        if name in options:
            options[name] = _listed(name, options[name])
    # The same name is another file where the working directory is another.
    options["rules"] = tuple(map(_pack, options.get("rules", ())))
    if options.get("config") is not None:
        options["config"] = os.path.abspath(options["config"])  # noqa: PTH100
    if options.get("facts"):
        options["facts"] = tuple(sorted(options["facts"].items()))
    return _checker(tuple(sorted(options.items())))


def lint_text(
    reply: str | Reply,
    *,
    inquiry: str | None = None,
    facts: Mapping[str, str] | None = None,
    template: bool | None = None,
    **options: Any,
) -> list[Finding]:
    """The findings of one reply, in the order of its text; `options` are those of `Checker`. Raises Error.

    The rules are read once for the same options, so calling it again and again is no waste."""
    given = _reply(reply)
    known = replace(
        given,
        inquiry=given.inquiry or inquiry,
        facts={**(facts or {}), **given.facts},
        template=template if given.template is None else given.template,
    )
    return _shared(options).lint_text(known)


def lint_texts(
    replies: Iterable[str | Reply], *, on_error: Callable[[int, Error], None] | None = None, **options: Any
) -> Iterator[list[Finding]]:
    """The findings of each of any number of replies, as they come; `options` are those of `Checker`. Raises Error."""
    return _shared(options).lint_texts(replies, on_error=on_error)
