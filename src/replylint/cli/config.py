"""`replylint config`: what is configured for a file or folder, and where each value comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from replylint.cli.app import Choice, Command, Option, UserError, color_option, lang_of, lang_option, say
from replylint.cli.configuration import config_error, configurations, place, wrong_format, wrong_names
from replylint.cli.files import shown
from replylint.cli.output import color_wanted, write
from replylint.cli.packs import load_configured
from replylint.cli.texts import text
from replylint.config import KEYS, Config, Place
from replylint.reporters.terminal import Pen, clean, width_of
from replylint.toml import key_of, written

if TYPE_CHECKING:
    from replylint.engines import EngineError
    from replylint.rules import RuleSet

SCHEMA = "replylint-config/1"
_WIDEST = 60  # columns of a value, beyond which its place stands where it ends


@dataclass(frozen=True)
class Value:
    """A value, the key that it stands under, and its place; None: built in."""

    key: str
    value: Any
    place: Place | None


def values(config: Config) -> Iterator[Value]:
    """Each value of a configuration: those of tables one by one, and each of `[[tables]]`."""
    for key in KEYS:
        raw = config.raw.get(key.name)
        if raw and isinstance(raw, dict):
            for name, value in raw.items():
                yield Value(key_of(key.name, name), value, config.place(key.name, name))
        elif raw and isinstance(raw, list) and isinstance(raw[0], dict):
            for number, value in enumerate(raw):
                yield Value(f"{key.name}[{number}]", value, config.place(key.name, number))
        elif key.name in config.raw:
            yield Value(key.name, raw, config.place(key.name))
        else:
            yield Value(key.name, key.default, None)


@click.pass_context
def _run(ctx: click.Context, path: str, config: str | None, isolated: bool, format: str, color: str) -> None:
    lang = lang_of(ctx)
    if not os.path.exists(path):  # noqa: PTH110
        raise UserError(f"{shown(path)}: {text(lang, 'missing')}.")
    configs = configurations(config, isolated, lang)
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."  # noqa: PTH112, PTH120
    found = configs.of(folder).for_path(path)
    problems = list(configs.problems)
    if not problems:
        ruleset = load_configured(found, lang, cached=found.cache is not False)
        problems = wrong_format(found) + wrong_names(found, ruleset, lang)
    if problems:
        raise config_error(problems, lang)
    for id, error in _left_out(found, ruleset).items():
        say(f"{id}: {text(lang, error.what, **error.values)}.")
    if format == "json":
        write(_json(path, found), lang)
    else:
        write(_text(path, found, lang, Pen(color_wanted(color))), lang)


def _left_out(config: Config, ruleset: RuleSet) -> Mapping[str, EngineError]:
    """The checks that a run with this configuration could not do, and why."""
    from replylint.linter import Linter, Settings

    settings = Settings(
        select=config.select or (), ignore=config.ignore or (), levels=config.checks, pipeline=config.pipeline
    )
    return Linter(ruleset, settings).failed


def _json(path: str, config: Config) -> str:
    import json

    document = {
        "schema": SCHEMA,
        "path": shown(path),
        "file": place(config.path) if config.path else None,
        "values": [
            {
                "key": each.key,
                "value": each.value,
                "path": place(each.place.path) if each.place else None,
                "line": each.place.line if each.place else None,
            }
            for each in values(config)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=lambda day: day.isoformat()) + "\n"


def _text(path: str, config: Config, lang: str, pen: Pen) -> str:
    file = place(config.path) if config.path else text(lang, "no-config")
    lines = [text(lang, "config-of", path=clean(shown(path)), file=clean(file)), ""]
    rows = []
    for each in values(config):
        value = "–" if each.value is None else clean(written(each.value))
        origin = f"{place(each.place.path)}:{each.place.line}" if each.place else text(lang, "built-in")
        rows.append((f"{clean(each.key)} = {value}", clean(origin), each.place is None))
    width = max(wide for left, _, _ in rows if (wide := width_of(left)) <= _WIDEST)
    for left, origin, built_in in rows:
        line = f"{left}{' ' * (width - width_of(left))}  "
        lines.append(pen(line + origin, "dim") if built_in else line + pen(origin, "bold"))
    return "".join(f"{line}\n" for line in lines)


command = Command(
    "config",
    callback=_run,
    de="Zeigen, was für eine Datei oder einen Ordner eingestellt ist und woher jeder Wert kommt.",
    en="Show what is configured for a file or folder, and where each value comes from.",
    params=[
        click.Argument(["path"], default=".", metavar="[PATH]", type=click.UNPROCESSED),
        Option(
            ["--config"],
            metavar="FILE",
            de="Diese Konfiguration nehmen statt der nächsten replylint.toml.",
            en="Use this configuration instead of the nearest replylint.toml.",
        ),
        Option(
            ["--isolated"],
            is_flag=True,
            de="Keine Konfiguration lesen: zeigen, was von Haus aus gilt.",
            en="Read no configuration: show what is built in.",
        ),
        Option(
            ["--format"],
            type=Choice("text", "json"),
            default="text",
            de="Form der Ausgabe: text (zum Lesen), json.",
            en="Form of the output: text (for people), json.",
        ),
        lang_option(),
        color_option(),
    ],
)
