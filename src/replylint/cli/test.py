"""`replylint test`: run the examples of rule packs."""

from __future__ import annotations

import click

from replylint.cli.app import Command, lang_of, lang_option
from replylint.cli.output import write
from replylint.cli.packs import BUILT_IN, load_packs
from replylint.cli.texts import text
from replylint.reporters.terminal import clean


@click.pass_context
def _run(ctx: click.Context, packs: tuple[str, ...]) -> None:
    lang = lang_of(ctx)
    packs = packs or (BUILT_IN,)
    ruleset = load_packs(packs, lang)
    from replylint.examples import run

    failures = run(ruleset)
    lines = [f"{failure.path}:{failure.line}: {failure.rule}: {failure.message}" for failure in failures]
    counts = {
        "rules": text(lang, "n-rules", n=len(ruleset.rules)),
        "examples": text(lang, "n-examples", n=sum(len(rule.examples) for rule in ruleset.rules.values())),
    }
    if failures:
        lines.append(text(lang, "test-failed", **counts, failures=text(lang, "n-failures", n=len(failures))))
    else:
        lines.append(text(lang, "test-passed", **counts))
    write("".join(f"{clean(line)}\n" for line in lines), lang)
    ctx.exit(1 if failures else 0)


command = Command(
    "test",
    callback=_run,
    de="Die Beispiele von Regelpaketen ausführen (von Haus aus: die eingebauten).",
    en="Run the examples of rule packs (default: the built-in ones).",
    params=[
        click.Argument(["packs"], nargs=-1, metavar="[PACK …]", type=click.UNPROCESSED),
        lang_option(),
    ],
)
