"""The configuration: `replylint.toml`, or `[tool.replylint]` in `pyproject.toml`, the nearest to each checked file.

One file decides; nothing is merged but what it names itself under `extend`. Paths are relative to the folder of the
file that they stand in. All that is wrong in a file is raised at once, with its line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from replylint import toml
from replylint.draft import Address, Draft
from replylint.findings import Severity
from replylint.globs import Globs, Ignore, broken
from replylint.toml import KeyPath

if TYPE_CHECKING:
    from datetime import date

    from replylint.german.languagetool import Options as LanguageToolOptions
    from replylint.readers.library import Library

__all__ = ["FILE", "KEYS", "SHARED_FILE", "Config", "ConfigError", "Configs", "Globs", "Key", "Override", "Place",
           "Problem", "Suppression", "load"]  # fmt: skip

FILE = "replylint.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = ("tool", "replylint")
LEVELS = ("off", "on", *map(str, reversed(Severity)))
"""What `[checks]` may say of a check or category."""


# A run makes all of these before it reads a draft: a NamedTuple costs a fifth of a dataclass.
class Place(NamedTuple):
    """Where something stands: a file and a line, counted from 1."""

    path: str
    line: int


class Problem(NamedTuple):
    """Something wrong in a configuration file: `what` names it, `values` say more."""

    path: str
    line: int
    what: str
    values: Mapping[str, Any] = MappingProxyType({})

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} {dict(self.values)}"


class ConfigError(Exception):
    """All that is wrong in a configuration file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Suppression:
    """Findings that are known and left alone: those of some `checks` (checks or categories; all if empty) in the
    replies with some `keys` (all if empty) of the `files`, up to and including the day `until`. `path` and `line` are
    where it stands."""

    files: Globs
    keys: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    reason: str = ""
    until: date | None = None
    line: int = 1
    path: str = ""


class Override(NamedTuple):
    """What counts for some files only: the values that it sets, by the name of the field, and as they are written."""

    files: Globs
    fields: Mapping[str, Any]
    raw: Mapping[str, Any]


_NO_FILES, _NOTHING_IGNORED = Globs(), Ignore()


@dataclass(frozen=True)
class Config:
    """What a configuration says; None and empty where it says nothing, as all is where there is no file.

    `raw` holds each key's value as it is written, `places` where it stands, for the keys of tables too."""

    path: str = ""
    extend: tuple[str, ...] = ()
    rules: tuple[str, ...] | None = None
    plugins: tuple[str, ...] | None = None
    pipeline: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    fail_on: str | None = None
    lang: str | None = None
    address: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    inquiry: str | None = None
    template: bool | None = None
    templates: Globs = _NO_FILES
    exclude: Ignore = _NOTHING_IGNORED
    respect_gitignore: bool | None = None
    force_exclude: bool | None = None
    libraries: tuple[tuple[Globs, Library], ...] = ()
    languagetool: LanguageToolOptions | None = None
    overrides: tuple[Override, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    baseline: str | None = None
    format: tuple[str, ...] | None = None
    output: str | None = None
    diff_base: str | None = None
    jobs: int | str | None = None
    statistics: bool | None = None
    color: str | None = None
    quiet: bool | None = None
    verbose: bool | None = None
    cache: bool | None = None
    fix: bool | None = None
    unsafe_fixes: bool | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)
    places: Mapping[KeyPath, Place] = field(default_factory=dict, repr=False)

    def library(self, path: str) -> Library | None:
        """How the first of `[[libraries]]` that names a file describes it."""
        return next((library for files, library in self.libraries if files.match(path)), None)

    def draft(self, draft: Draft, path: str, inquiry: str | None = None, *, address: bool = True) -> Draft:
        """A draft of a file with what is said of that file, where the draft says nothing of it itself: facts, with
        `address` the form of address too, whether it is a template, and the text of the configured `inquiry`."""
        facts = dict(self.facts)
        if address and self.address not in (None, "auto"):
            facts["address"] = str(self.address)
        template = draft.template or self.templates.match(path) if self.template is None else self.template
        inquiry = draft.inquiry or inquiry
        if not facts and template == draft.template and inquiry == draft.inquiry:
            return draft
        return replace(draft, facts={**facts, **draft.facts}, template=template, inquiry=inquiry)

    def for_path(self, path: str) -> Config:
        """The configuration of one file: with the `[[overrides]]` that name it, later ones over earlier ones. The same
        object for files that the same ones name."""
        numbers = tuple(number for number, each in enumerate(self.overrides) if each.files.match(path))
        if numbers not in self._overridden:
            config = self
            for number in numbers:
                config = _override(config, self.overrides[number], number)
            self._overridden[numbers] = config
        return self._overridden[numbers]

    @cached_property
    def _overridden(self) -> dict[tuple[int, ...], Config]:
        return {(): self}

    def place(self, *key: str | int) -> Place | None:
        """Where a value stands, or the nearest that it stands in; None where it stands nowhere."""
        return next((self.places[key[:end]] for end in range(len(key), 0, -1) if key[:end] in self.places), None)

    def problem(self, where: str | KeyPath, what: str, **values: Any) -> Problem:
        """A problem with what stands under a key."""
        where = (where,) if isinstance(where, str) else where
        place = self.place(*where) or Place(self.path, 1)
        return Problem(place.path, place.line, what, {"option": _name(where), **values})


def _name(where: KeyPath) -> str:
    return next((part for part in reversed(where) if isinstance(part, str)), "")


def _override(config: Config, override: Override, number: int) -> Config:
    """A configuration with an override: its tables add to those above, all else stands in their place."""
    fields = dict(override.fields)
    raw = dict(config.raw)
    for name, value in override.raw.items():
        raw[name] = {**raw.get(name, {}), **value} if name in _TABLES else value
    for name in _TABLES & fields.keys():
        fields[name] = {**getattr(config, name), **fields[name]}
    # Later ones win: a check that is named here is free from what was said of it above.
    switched: Mapping[str, str] = override.fields.get("checks", {})
    selected = override.fields.get("select", ())
    fields["checks"] = without_off(fields.get("checks", config.checks), selected)
    if "select" not in fields and config.select is not None:
        kept = [name for name in config.select if switched.get(name) != "off"]
        fields["select"] = (*kept, *(name for name, level in switched.items() if level == "on" and name not in kept))
    if "ignore" not in fields and config.ignore is not None:
        freed = {*selected, *(name for name, level in switched.items() if level != "off")}
        fields["ignore"] = tuple(name for name in config.ignore if name not in freed)
    places = dict(config.places)
    for name, value in override.raw.items():
        # Of a table that adds to the one above, each name has its own place.
        for where in [(name, each) for each in value] if name in _TABLES else [(name,)]:
            place = config.place("overrides", number, *where)
            if place is not None:
                places[where] = place
    return replace(config, **fields, raw=raw, places=places)


def without_off(checks: Mapping[str, str], names: Iterable[str]) -> Mapping[str, str]:
    """Levels of checks without those that switch off what is asked for by its name."""
    asked = set(names)
    return {name: level for name, level in checks.items() if not (level == "off" and name in asked)}


_TABLES = frozenset(("checks", "facts"))


class Configs:
    """The configurations of a run: one that is given for all files, none, or the nearest of each file."""

    def __init__(self, path: str | None = None, *, isolated: bool = False) -> None:
        self._fixed = load(path) if path is not None else Config() if isolated else None
        self._known: dict[str, Config] = {}
        self.problems: list[Problem] = []

    def of(self, folder: str) -> Config:
        """The configuration for the files of a folder. A broken one is kept in `problems` and says nothing."""
        return self._fixed or self._nearest(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are

    def _nearest(self, folder: str) -> Config:
        passed = []
        found: Config | None = None
        while found is None:
            found = self._known.get(folder)
            if found is None:
                passed.append(folder)
                try:
                    found = in_folder(folder)
                except ConfigError as error:
                    self.problems += error.problems
                    found = Config()
                parent = os.path.dirname(folder)  # noqa: PTH120 - a whole run's files come by here
                if parent == folder:
                    found = found or Config()
                folder = parent
        self._known.update(dict.fromkeys(passed, found))
        return found


def in_folder(folder: str) -> Config | None:
    """The configuration that stands in a folder itself. Raises ConfigError."""
    for name in (FILE, SHARED_FILE):
        path = os.path.join(folder, name)  # noqa: PTH118
        if os.path.isfile(path):  # noqa: PTH113 - Path.is_file() raises where permission is lacking
            config = _read(path, ())
            if config is not None:
                return config
    return None


def load(path: str) -> Config:
    """The configuration in a file. Raises ConfigError."""
    return _read(path, ()) or Config(path)


def _read(path: str, chain: tuple[str, ...]) -> Config | None:
    """The configuration in a file, with those that it extends; None where the file is shared and has none. `chain` are
    the files that extend this one."""
    shared = os.path.basename(path) == SHARED_FILE  # noqa: PTH119
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ConfigError([Problem(path, 1, "config-file", {"error": error})]) from error
    if shared and b"replylint" not in data:
        return None
    try:
        document, text = toml.parse(data)
    except toml.TomlError as error:
        what = "config-toml" if error.reason else "config-encoding"
        raise ConfigError([Problem(path, error.line, what, {"reason": error.reason})]) from error
    table = _TABLE if shared else ()
    own: Any = document
    for name in table:
        own = own.get(name) if isinstance(own, dict) else None
    return None if own is None else _Form(path, toml.lines(text, table), chain).config(own)


class Key(NamedTuple):
    """A key of the configuration. `read` takes its value to pieces, `default` is what counts without it (as TOML would
    write it; None: nothing). `run`: it counts for a whole run, from the configuration of the first path that is
    checked. `per_path`: `[[overrides]]` may set it."""

    name: str
    read: Callable[[_Form, Any, KeyPath], Any]
    default: Any = None
    run: bool = False
    per_path: bool = False

    @property
    def field(self) -> str:
        """The name of its field in `Config`, and of its option in `check`."""
        return self.name.replace("-", "_")


class _Form:
    """Takes a parsed file to pieces and notes what is wrong with them."""

    def __init__(self, path: str, lines: Mapping[KeyPath, int], chain: tuple[str, ...] = ()) -> None:
        self.path = path
        self.root = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
        self.lines = lines
        self.chain = (*chain, path)
        self.problems: list[Problem] = []

    def config(self, document: Any) -> Config:
        """The configuration. Raises ConfigError."""
        options = self.options(document, (), {key.name: key.read for key in KEYS})
        self.contradictions(options, ())
        bases = [base for number, _ in enumerate(options.get("extend", ())) if (base := self.base(options, number))]
        if self.problems:
            raise ConfigError(sorted(self.problems, key=lambda problem: problem.line))
        fields: dict[str, Any] = {}
        raw: dict[str, Any] = {}
        places: dict[KeyPath, Place] = {}
        own = {_field(name): value for name, value in options.items()}
        lines = {where: Place(self.path, line) for where, line in self.lines.items()}
        layers = [({_field(name): getattr(base, _field(name)) for name in base.raw}, base.raw, base.places)
                  for base in bases]  # fmt: skip
        for more_fields, more_raw, more_places in [*layers, (own, document, lines)]:
            fields |= more_fields
            raw |= more_raw
            # A key that is set anew takes its place as a whole.
            places = {where: place for where, place in places.items() if where[0] not in more_raw} | dict(more_places)
        return Config(self.path, **fields, raw=raw, places=places)

    def base(self, options: Mapping[str, Any], number: int) -> Config | None:
        """A file that this one extends; None where it can't be had."""
        path = options["extend"][number]
        reached = [os.path.realpath(each) for each in self.chain]
        if os.path.realpath(path) in reached:
            chain = [*self.chain[reached.index(os.path.realpath(path)) :], path]
            self.problem(("extend",), "config-extend-circle", chain=chain)
            return None
        if not os.path.exists(path):  # noqa: PTH110
            self.problem(("extend",), "config-extend-missing", chain=[*self.chain, path])
            return None
        try:
            base = _read(path, self.chain)
        except ConfigError as error:
            self.problems += error.problems
            return None
        if base is None:
            self.problem(("extend",), "config-extend-nothing", chain=[*self.chain, path])
        return base

    def contradictions(self, options: Mapping[str, Any], where: KeyPath) -> None:
        """Note the checks of which a table says one thing and its contrary."""
        levels: Mapping[str, str] = options.get("checks", {})
        select, ignore = options.get("select", ()), options.get("ignore", ())
        for name in ignore:
            if name in select:
                self.problem((*where, "ignore"), "config-contradiction", name=name, other="select")
        for name, level in levels.items():
            if level == "off" and name in select:
                self.problem(
                    (*where, "checks", name), "config-contradiction", option="checks", name=name, other="select"
                )
            if level not in ("off", "") and name in ignore:
                self.problem(
                    (*where, "checks", name), "config-contradiction", option="checks", name=name, other="ignore"
                )

    def problem(self, where: KeyPath, what: str, **values: Any) -> None:
        self.problems.append(Problem(self.path, self.line(where), what, {"option": _name(where), **values}))

    def line(self, where: KeyPath) -> int:
        """The line of a value, or of the nearest that it stands in."""
        ends = range(len(where), 0, -1)
        return next((self.lines[where[:end]] for end in ends if where[:end] in self.lines), 1)

    def options(self, table: Any, where: KeyPath, known: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
        """The values of a table's keys, each by its own reader; unknown keys are problems."""
        if not isinstance(table, dict):
            self.problem(where, "config-table")
            return {}
        for key in table:
            if key not in known:
                elsewhere = any(key == each.name for each in KEYS) and where
                what = "config-not-here" if elsewhere else "config-unknown-key"
                self.problem((*where, key), what, known=list(known), table=_name(where))
        return {key: read(self, table[key], (*where, key)) for key, read in known.items() if key in table}

    def tables(self, value: Any, where: KeyPath, known: Mapping[str, Callable[..., Any]]) -> list[dict[str, Any]]:
        """The values of `[[tables]]`, each of which names its `files`."""
        if not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            self.problem(where, "config-tables")
            return []
        result = []
        for number, item in enumerate(value):
            options = self.options(item, (*where, number), known)
            if "files" not in item:
                self.problem((*where, number), "config-missing-key", missing="files")
            result.append({"files": Globs(), **options})
        return result

    def text(self, value: Any, where: KeyPath) -> str:
        if isinstance(value, str) and value.strip():
            return value
        self.problem(where, "config-text")
        return ""

    def boolean(self, value: Any, where: KeyPath) -> bool:
        if not isinstance(value, bool):
            self.problem(where, "config-boolean")
        return bool(value)

    def jobs(self, value: Any, where: KeyPath) -> int | str:
        if value == "auto" or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return cast("int | str", value)
        self.problem(where, "config-jobs")
        return "auto"

    def day(self, value: Any, where: KeyPath) -> date | None:
        from datetime import date, datetime

        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.problem(where, "config-day")
        return None

    def texts(self, value: Any, where: KeyPath) -> tuple[str, ...]:
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        self.problem(where, "config-texts")
        return ()

    def file(self, value: Any, where: KeyPath) -> str:
        return self.below(self.text(value, where))

    def reports(self, value: Any, where: KeyPath) -> tuple[str, ...]:
        result = []
        for each in self.texts(value, where):
            name, colon, path = each.partition(":")
            result.append(f"{name}:{self.below(path)}" if colon and path else name)
        return tuple(result)

    def files(self, value: Any, where: KeyPath) -> tuple[str, ...]:
        return tuple(self.below(text) for text in self.texts(value, where))

    def below(self, path: str) -> str:
        """A path that is relative to the file's folder."""
        return os.path.normpath(os.path.join(self.root, path)) if path else ""  # noqa: PTH118

    def packs(self, value: Any, where: KeyPath) -> tuple[str, ...]:
        """Rule packs: folders by their path, others by their name."""
        result = []
        for text in self.texts(value, where):
            folder = self.below(text)
            named = "/" not in text and os.sep not in text
            if not named and not os.path.isdir(folder):  # noqa: PTH112
                self.problem(where, "config-pack", name=text)
            result.append(text if named and not os.path.isdir(folder) else folder)  # noqa: PTH112
        if isinstance(value, list) and not value:
            self.problem(where, "config-no-pack")
        return tuple(result)

    def pipeline(self, value: Any, where: KeyPath) -> str:
        """A spaCy pipeline: one in a folder by its path, an installed one by its name."""
        text = self.text(value, where)
        folder = self.below(text)
        if os.path.isdir(folder):  # noqa: PTH112
            return folder
        if "/" in text or os.sep in text:
            self.problem(where, "config-pipeline", name=text)
        return text

    def globs(self, value: Any, where: KeyPath) -> Globs:
        patterns = self.texts(value, where)
        for pattern in patterns:
            if "\\" in pattern:
                self.problem(where, "config-backslash", name=pattern)
        return Globs(self.root, patterns)

    def ignored(self, value: Any, where: KeyPath) -> Ignore:
        patterns = self.texts(value, where)
        for pattern in patterns:
            if _windows_path(pattern):
                self.problem(where, "config-backslash", name=pattern)
            elif broken(pattern):
                self.problem(where, "config-pattern", name=pattern)
        return Ignore(self.root, patterns)

    def levels(self, value: Any, where: KeyPath) -> Mapping[str, str]:
        if isinstance(value, dict):
            return {name: _LEVEL(self, item, (*where, name)) for name, item in value.items()}
        self.problem(where, "config-levels")
        return {}

    def named_texts(self, value: Any, where: KeyPath) -> Mapping[str, str]:
        if isinstance(value, dict):
            return {name: self.text(item, (*where, name)) for name, item in value.items()}
        self.problem(where, "config-table")
        return {}

    def libraries(self, value: Any, where: KeyPath) -> tuple[tuple[Globs, Library], ...]:
        from replylint.readers.library import Library

        return tuple((options.pop("files"), Library(**options)) for options in self.tables(value, where, _LIBRARY))

    def languagetool(self, value: Any, where: KeyPath) -> LanguageToolOptions:
        from replylint.german.languagetool import Endpoint, Options, endpoint

        options = self.options(value, where, _LANGUAGETOOL)
        if isinstance(value, dict) and options.get("server") and options.get("local"):
            self.problem((*where, "local"), "config-server-or-local")
        elif (
            isinstance(value, dict)
            and _LANGUAGETOOL.keys() >= value.keys()
            and not options.keys() & {"server", "local"}
        ):
            self.problem(where, "config-no-server")
        if options.get("server"):
            try:
                options["server"], loopback = endpoint(options["server"])
            except Endpoint as error:
                self.problem((*where, "server"), error.what)
            else:
                if not loopback and not options.get("allow-remote"):
                    self.problem((*where, "server"), "config-remote")
        return Options(**{_field(name): item for name, item in options.items()})

    def overrides(self, value: Any, where: KeyPath) -> tuple[Override, ...]:
        known = {"files": _Form.globs, **{key.name: key.read for key in KEYS if key.per_path}}
        result = []
        for number, options in enumerate(self.tables(value, where, known)):
            self.contradictions(options, (*where, number))
            files = options.pop("files")
            raw = {name: value[number][name] for name in options}
            result.append(Override(files, {_field(name): item for name, item in options.items()}, raw))
        return tuple(result)

    def suppressions(self, value: Any, where: KeyPath) -> tuple[Suppression, ...]:
        return tuple(
            Suppression(**options, line=self.line((*where, number)), path=self.path)
            for number, options in enumerate(self.tables(value, where, _SUPPRESSION))
        )


def _windows_path(pattern: str) -> bool:
    """Whether a pattern has a backslash that is no escape: a Windows path, most likely."""
    return any(before == "\\" and after.isalnum() for before, after in pairwise(pattern))


def _field(name: str) -> str:
    return name.replace("-", "_")


def _choice(*choices: str) -> Callable[[_Form, Any, KeyPath], str]:
    def read(form: _Form, value: Any, where: KeyPath) -> str:
        if value not in choices:
            form.problem(where, "config-choice", value=str(value), known=list(choices))
            return ""
        return str(value)

    return read


def _number(least: float, most: float, kind: type[int] | type[float]) -> Callable[[_Form, Any, KeyPath], Any]:
    def read(form: _Form, value: Any, where: KeyPath) -> Any:
        right = isinstance(value, int if kind is int else (int, float)) and not isinstance(value, bool)
        if not (right and least <= value <= most):
            form.problem(where, "config-number", least=f"{least:g}", most=f"{most:g}")
            return kind(least)
        return kind(value)

    return read


_LEVEL = _choice(*LEVELS)

KEYS: Sequence[Key] = (
    Key("extend", _Form.files, []),
    Key("rules", _Form.packs, ["de"]),
    Key("plugins", _Form.texts, []),
    Key("pipeline", _Form.pipeline),
    Key("select", _Form.texts, [], per_path=True),
    Key("ignore", _Form.texts, [], per_path=True),
    Key("checks", _Form.levels, {}, per_path=True),
    Key("fail-on", _choice(*map(str, reversed(Severity)), "never"), "warning", per_path=True),
    Key("address", _choice(Address.SIE, Address.DU, "auto"), "auto", per_path=True),
    Key("facts", _Form.named_texts, {}, per_path=True),
    Key("inquiry", _Form.file, per_path=True),
    Key("template", _Form.boolean, per_path=True),
    Key("templates", _Form.globs, []),
    Key("exclude", _Form.ignored, []),
    Key("respect-gitignore", _Form.boolean, True),
    Key("force-exclude", _Form.boolean, False),
    Key("libraries", _Form.libraries, []),
    Key("languagetool", _Form.languagetool),
    Key("overrides", _Form.overrides, []),
    Key("suppressions", _Form.suppressions, []),
    Key("baseline", _Form.file, run=True),
    Key("lang", _choice("de", "en"), "de", run=True),
    Key("format", _Form.reports, ["text"], run=True),
    Key("output", _Form.file, run=True),
    Key("diff-base", _Form.text, run=True),
    Key("jobs", _Form.jobs, "auto", run=True),
    Key("statistics", _Form.boolean, False, run=True),
    Key("color", _choice("auto", "always", "never"), "auto", run=True),
    Key("quiet", _Form.boolean, False, run=True),
    Key("verbose", _Form.boolean, False, run=True),
    Key("cache", _Form.boolean, True, run=True),
    Key("fix", _Form.boolean, False, run=True),
    Key("unsafe-fixes", _Form.boolean, False, run=True),
)
"""All keys of the configuration, in the order in which they are told. A new option of `check` is one line here and one
field of `Config`, and a section in docs/configuration.md."""
_LIBRARY: Mapping[str, Callable[..., Any]] = {
    "files": _Form.globs,
    "body": _Form.text,
    "title": _Form.text,
    "language": _Form.text,
    "inquiry": _Form.text,
    "html": _Form.boolean,
    "template": _Form.boolean,
    "facts": _Form.named_texts,
}
_LANGUAGETOOL: Mapping[str, Callable[..., Any]] = {
    "server": _Form.text,
    "local": _Form.boolean,
    "allow-remote": _Form.boolean,
    "language": _choice("auto", "de-DE", "de-AT", "de-CH"),
    "disabled-rules": _Form.texts,
    "disabled-categories": _Form.texts,
    "words": _Form.texts,
    "picky": _Form.boolean,
    "timeout": _number(1, 600, float),
    "parallel": _number(1, 32, int),
}
_SUPPRESSION: Mapping[str, Callable[..., Any]] = {
    "files": _Form.globs,
    "keys": _Form.texts,
    "checks": _Form.texts,
    "reason": _Form.text,
    "until": _Form.day,
}
