"""`replylint schema`: the JSON Schema of rule files, for editors."""

from __future__ import annotations

import json

import click

from replylint.cli.app import Command, Option, lang_of, lang_option
from replylint.cli.output import check_output, write
from replylint.cli.packs import broken, configured, plugin_option


@click.pass_context
def _run(ctx: click.Context, output: str | None, plugin: tuple[str, ...]) -> None:
    from replylint.checks.plugins import kinds_with
    from replylint.rulefile import RuleErrors
    from replylint.schema import schema

    lang = lang_of(ctx)
    if output is not None:
        check_output(output, lang)
    try:
        kinds = kinds_with(plugin or configured((), lang)[1])
    except RuleErrors as errors:
        raise broken(errors, lang) from errors
    write(json.dumps(schema(kinds), ensure_ascii=False, indent=2) + "\n", lang, output)


command = Command(
    "schema",
    callback=_run,
    de="Das JSON-Schema der Regeldateien ausgeben: Damit ergänzen und prüfen Editoren sie.",
    en="Print the JSON Schema of rule files, with which editors complete and check them.",
    params=[
        Option(
            ["--output"],
            metavar="FILE",
            de="In diese Datei schreiben statt auf die Standardausgabe.",
            en="Write to this file instead of standard output.",
        ),
        plugin_option(),
        lang_option(),
    ],
)
