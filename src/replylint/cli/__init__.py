"""The command line."""

from __future__ import annotations

import click

from replylint.cli.app import Option, Program, lang_option


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from replylint import __version__

        click.echo(f"replylint {__version__}")
        ctx.exit()


main = Program(
    "replylint",
    modules={
        "check": "replylint.cli.check",
        "review": "replylint.cli.review",
        "baseline": "replylint.cli.baseline",
        "rules": "replylint.cli.rules",
        "explain": "replylint.cli.explain",
        "test": "replylint.cli.test",
        "new": "replylint.cli.new",
        "schema": "replylint.cli.schema",
        "config": "replylint.cli.config",
        "init": "replylint.cli.init",
    },
    de="Liest Antworten an Kunden, bevor sie hinausgehen, und sagt, was anders stehen sollte und wie.",
    en="Reads replies to customers before they are sent, and says what should read differently and how.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            de="Die Version zeigen.",
            en="Show the version.",
        ),
        lang_option(),
    ],
)
