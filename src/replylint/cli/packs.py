"""Loading rule packs for a command, all of their errors told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from replylint.cli.app import Option, UserError
from replylint.cli.configuration import config_error, place
from replylint.cli.files import shown
from replylint.cli.texts import did_you_mean, text
from replylint.config import Config, Configs

if TYPE_CHECKING:
    from replylint.packs import Pack
    from replylint.rules import Rule, RuleErrors, RuleSet, UnknownPackError

BUILT_IN = "de"


def load_packs(packs: Sequence[str], lang: str, *, cached: bool = False, plugins: Sequence[str] = ()) -> RuleSet:
    """The rules of those packs, with `cached` from an earlier run where nothing has changed since. Raises UserError
    with every error of every rule file."""
    from replylint import rules

    try:
        return rules.load(packs, cached=cached, plugins=plugins)
    except rules.UnknownPackError as error:
        raise _unknown(error, lang) from error
    except rules.RuleErrors as errors:
        raise broken(errors, lang) from errors


def resolved(packs: Sequence[str], lang: str) -> list[Pack]:
    """Those packs and all that they extend. Raises UserError."""
    from replylint import rules

    try:
        return rules.resolve(packs)
    except rules.UnknownPackError as error:
        raise _unknown(error, lang) from error
    except rules.RuleErrors as errors:
        raise broken(errors, lang) from errors


class Configured(NamedTuple):
    """What a command without files goes by: packs, plugins, and the spaCy pipeline."""

    packs: tuple[str, ...]
    plugins: tuple[str, ...]
    pipeline: str | None


def configured(packs: Sequence[str], lang: str) -> Configured:
    """The packs given, or those of the working directory's configuration, or the built-in one; and the plugins and the
    pipeline that the configuration names. Raises UserError where the configuration is broken."""
    configs = Configs()
    config = configs.of(".")
    if configs.problems:
        raise config_error(configs.problems, lang)
    return Configured(tuple(packs) or packs_of(config), config.plugins or (), config.pipeline)


def load_configured(config: Config, lang: str, *, cached: bool) -> RuleSet:
    """The rules of a configuration's packs. Raises UserError."""
    return load_packs(packs_of(config), lang, cached=cached, plugins=config.plugins or ())


def packs_of(config: Config) -> tuple[str, ...]:
    """The packs that a configuration names, folders as they are shown, and never to be taken for a pack's name."""
    packs = []
    for pack in config.rules or (BUILT_IN,):
        if os.path.isabs(pack):  # noqa: PTH117 - names are no paths
            pack = place(pack)
            pack = pack if "/" in pack else f"./{pack}"
        packs.append(pack)
    return tuple(packs)


def plugin_option() -> Option:
    """`--plugin`."""
    return Option(
        ["--plugin"],
        multiple=True,
        metavar="NAME",
        de="Eine installierte Erweiterung laden, die weitere Arten von Prüfungen mitbringt.",
        en="Load an installed plugin that brings further kinds of checks.",
    )


def needs_of(rule: Rule, lang: str) -> str:
    """What a check needs beyond the rules; "" where that is nothing."""
    from replylint.checks import Analysing

    if not isinstance(rule.check, Analysing):
        return ""
    if attributes := rule.check.untrained():
        return text(lang, "needs-trained", attributes=", ".join(attributes))
    return text(lang, "needs-spacy" if rule.check.eager() else "needs-spacy-sometimes")


def pipeline_option() -> Option:
    """`--pipeline`."""
    return Option(
        ["--pipeline"],
        metavar="NAME",
        callback=_pipeline,
        de="Diese spaCy-Pipeline nehmen, mit Namen oder Ordner (sonst: die der Konfiguration).",
        en="Use this spaCy pipeline, by its name or folder (else that of the configuration).",
    )


def _pipeline(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A folder by its path, as the configuration has it."""
    del ctx, param
    is_path = value is not None and ("/" in value or os.sep in value or os.path.isdir(value))  # noqa: PTH112
    return os.path.abspath(value) if value and is_path else value  # noqa: PTH100


def _unknown(error: UnknownPackError, lang: str) -> UserError:
    hint = did_you_mean(lang, error.name, [BUILT_IN, *error.known])
    return UserError(text(lang, "no-pack", path=shown(error.name), hint=hint))


def broken(errors: RuleErrors, lang: str) -> UserError:
    """All that is wrong in rule files, one a line with its place."""
    from replylint.cli.ruletexts import translated

    details = [
        f"{shown(error.path)}:{error.line}:{error.column}: {translated(error.message, lang)}" for error in errors.errors
    ]
    return UserError(text(lang, "rule-errors", n=len(details)), details=details)
