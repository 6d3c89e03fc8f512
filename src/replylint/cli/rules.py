"""`replylint rules`: the checks there are."""

from __future__ import annotations

from itertools import groupby

import click

from replylint.cli.app import Command, color_option, lang_of, lang_option
from replylint.cli.output import color_wanted, width, write
from replylint.cli.packs import configured, load_packs, needs_of, plugin_option
from replylint.cli.texts import text
from replylint.findings import Severity
from replylint.reporters.terminal import Pen, clean, width_of, words, wrap
from replylint.reporters.text import COLORS


@click.pass_context
def _run(ctx: click.Context, packs: tuple[str, ...], plugin: tuple[str, ...], color: str) -> None:
    lang = lang_of(ctx)
    config = configured(packs, lang)
    rules = load_packs(config.packs, lang, plugins=plugin or config.plugins).rules
    pen = Pen(color_wanted(color))
    name_width = max((width_of(clean(id)) for id in rules), default=0)
    severity_width = max(len(text(lang, str(severity))) for severity in Severity)
    indent = 2 + name_width + 2 + severity_width + 2
    lines = []
    for category, members in groupby(rules.values(), key=lambda rule: rule.category):
        lines += [pen(clean(category), "bold"), ""]
        for rule in members:
            id = clean(rule.id)
            severity = text(lang, str(rule.severity))
            head = f"  {id}{' ' * (name_width - width_of(id))}  "
            head += pen(severity, COLORS[rule.severity]) + " " * (severity_width - len(severity)) + "  "
            notes = [text(lang, "off")] if not rule.enabled else []
            if needs := needs_of(rule, lang):
                notes.append(f"{text(lang, 'needs').lower()} {needs}")
            noted = words(f"({'; '.join(notes)})", "dim") if notes else []
            summary = wrap([*words(_gist(rule.flags.get(lang))), *noted], max(30, width() - indent), pen)
            for line in summary or [""]:
                lines.append(head + line)
                head = " " * indent
        lines.append("")
    lines += wrap(words(text(lang, "rules-count", n=len(rules))), width(), pen)
    write("".join(f"{line.rstrip()}\n" for line in lines), lang)


def _gist(paragraph: str) -> str:
    """The beginning of a paragraph, up to its examples and details."""
    paragraph = " ".join(paragraph.split())
    marks = (". ", ": ", "; ", " - ", " – ", " („", " (“", ", etwa ", ", such as ", ", like ")
    end = min((at for mark in marks if (at := paragraph.find(mark)) > 0), default=None)
    return paragraph if end is None else f"{paragraph[:end]}."


command = Command(
    "rules",
    callback=_run,
    de="Alle Prüfungen auflisten (ohne PAKET: die der Konfiguration, sonst die eingebauten).",
    en="List all checks (without PACK: those of the configuration, else the built-in ones).",
    params=[
        click.Argument(["packs"], nargs=-1, metavar="[PACK …]", type=click.UNPROCESSED),
        plugin_option(),
        lang_option(),
        color_option(),
    ],
)
