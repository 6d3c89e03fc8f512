"""`replylint new`: scaffold a rule file of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from replylint import scaffold
from replylint.cli.app import Choice, Command, Option, UserError, lang_of, lang_option
from replylint.cli.files import shown
from replylint.cli.output import why_unwritable, write
from replylint.cli.packs import BUILT_IN, load_packs, resolved
from replylint.cli.texts import did_you_mean, text
from replylint.packs import FILE

PACK = "hausstil"
_ID = re.compile(r"[a-z0-9äöüß]+(-[a-z0-9äöüß]+)*")


@click.pass_context
def _run(ctx: click.Context, check: str, kind: str, pack: str) -> None:
    lang = lang_of(ctx)
    if not _ID.fullmatch(check):
        meant = "-".join(re.findall(r"[a-z0-9äöüß]+", check.lower()))
        hint = text(lang, "did-you-mean", name=meant) if meant else ""
        raise UserError(text(lang, "new-bad-id", name=check, hint=hint))
    folder = Path(pack)
    built_in = load_packs([BUILT_IN], lang, cached=True)
    if kind == "words":
        known = [file.stem for file in resolved([BUILT_IN], lang)[0].files() if file.parent.name == "words"]
    else:
        known = list(built_in.signals) if kind == "signal" else list(built_in.rules)
    if kind == "change" and check not in known:
        raise UserError(text(lang, "no-such-check", name=check, hint=did_you_mean(lang, check, known)))
    if kind != "change" and check in known:
        raise UserError(text(lang, "new-known", name=check))
    path = folder / scaffold.place(kind, check)
    twin = next((each for each in sorted(folder.rglob(f"{check}.y*ml")) if each.is_file()), None)
    if twin is not None:
        raise UserError(text(lang, "new-exists", path=shown(str(twin))))
    category = re.sub(r"[^\w-]+", "-", folder.resolve().name.lower()).strip("-") or PACK
    written = []
    if not any(folder.rglob("*.y*ml")):
        written.append(_create(folder / FILE, scaffold.pack_file(lang), lang))
    named = shown(pack) + "/"
    written.append(_create(path, scaffold.rule_file(kind, check, category, named, lang), lang))
    lines = [text(lang, "new-written", path=each) for each in written]
    lines.append(text(lang, "new-next" if kind not in ("signal", "words") else "new-fill", pack=named))
    write("".join(f"{line}\n" for line in lines), lang)


def _create(path: Path, content: str, lang: str) -> str:
    """Write a file that is not there yet; returns its path as shown."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except OSError as error:
        if path.exists():
            raise UserError(text(lang, "new-exists", path=shown(str(path)))) from error
        raise UserError(
            text(lang, "new-unwritable", path=shown(str(path)), reason=why_unwritable(error, lang))
        ) from error
    return shown(str(path))


command = Command(
    "new",
    callback=_run,
    de="Eine eigene Prüfung anlegen: eine Regeldatei mit Erklärungen, deren Beispiele noch fehlen.",
    en="Start a check of your own: a rule file with comments, its examples still missing.",
    params=[
        click.Argument(["check"], metavar="CHECK"),
        Option(
            ["--kind"],
            type=Choice(*scaffold.KINDS),
            default="phrase",
            de="Was es wird: eine Prüfung dieser Art (von Haus aus: phrase); change ändert eine vorhandene, signal ist "
            "ein Signal, words eine Wortliste.",
            en="What it becomes: a check of that kind (default: phrase); change changes one there is, signal is a "
            "signal, words a word list.",
        ),
        Option(
            ["--pack"],
            metavar="FOLDER",
            default=PACK,
            de=f"Der Ordner des Pakets (von Haus aus: {PACK}); fehlt er, wird er angelegt.",
            en=f"The pack's folder (default: {PACK}); it is made where there is none.",
        ),
        lang_option(),
    ],
)
