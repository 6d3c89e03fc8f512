"""`replylint init`: look at a folder, and write the configuration that fits it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from replylint.cli.app import Command, Option, UserError, lang_of, lang_option, say
from replylint.cli.configuration import config_error, place
from replylint.cli.files import shown
from replylint.cli.output import why_unwritable, write
from replylint.cli.survey import PRE_COMMIT, Survey, escaped, look
from replylint.cli.texts import text
from replylint.config import FILE, SHARED_FILE, ConfigError, Configs, in_folder
from replylint.draft import Address
from replylint.reporters.terminal import clean
from replylint.toml import written

_MOST_NAMES = 5


@click.pass_context
def _run(ctx: click.Context, path: str, dry_run: bool) -> None:
    lang = lang_of(ctx)
    if not os.path.isdir(path):  # noqa: PTH112
        raise UserError(f"{shown(path)}: {text(lang, 'init-no-folder' if os.path.exists(path) else 'missing')}.")  # noqa: PTH110
    target = os.path.join(path, FILE)  # noqa: PTH118
    if not dry_run:
        _refuse(path, target, lang)
    survey = look(path, lang)
    content = configuration(survey, lang)
    if dry_run:
        write(content, lang)
        for line in _summary(survey, path, lang):
            say(line, prefix="")
        return
    _create(target, content, lang)
    lines = [text(lang, "init-written", path=shown(target)), "", *_summary(survey, path, lang)]
    write("".join(f"{clean(line)}\n" for line in lines), lang)


def _refuse(folder: str, target: str, lang: str) -> None:
    """Raise UserError where the folder has a configuration already."""
    if os.path.lexists(target):
        raise UserError(text(lang, "init-exists", path=shown(target)))
    try:
        config = in_folder(folder)
    except ConfigError as error:
        raise config_error(error.problems, lang) from error
    if config is not None:
        shared = os.path.join(folder, SHARED_FILE)  # noqa: PTH118
        raise UserError(text(lang, "init-shared", path=shown(shared)))


def _create(target: str, content: str, lang: str) -> None:
    """Write a new file. One that came to be meanwhile stays, a half-written one doesn't."""
    try:
        with Path(target).open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                os.unlink(target)  # noqa: PTH108
                raise
    except FileExistsError as error:
        raise UserError(text(lang, "init-exists", path=shown(target))) from error
    except OSError as error:
        problem = text(lang, "init-unwritable", path=shown(target), reason=why_unwritable(error, lang))
        raise UserError(problem) from error


def configuration(survey: Survey, lang: str) -> str:
    """The commented configuration for a folder."""
    return "".join(f"{line}\n" for line in _lines(survey, lang))


def _lines(survey: Survey, lang: str) -> Iterator[str]:
    yield from _comment(text(lang, "toml-head"))
    if lang != "de":
        yield ""
        yield from _comment(text(lang, "toml-lang"))
        yield f"lang = {written(lang)}"
    yield ""
    yield from _comment(text(lang, "toml-fail-on"))
    yield 'fail-on = "warning"'
    yield ""
    sie, du = survey.addresses[Address.SIE], survey.familiar
    counts = text(lang, "toml-address-counts", sie=sie, du=du) if sie + du else text(lang, "toml-address-none")
    yield from _comment(f"{text(lang, 'toml-address')} {counts}")
    form = survey.house_form
    yield f"address = {written(str(form))}" if form else f'# address = "{"du" if du > sie else "sie"}"'
    yield ""
    yield from _comment(text(lang, "toml-templates"))
    yield f"templates = {written(survey.templates)}" if survey.templates else '# templates = ["vorlagen/"]'
    yield ""
    yield from _comment(text(lang, "toml-exclude"))
    if survey.no_replies:
        yield f"exclude = {written(survey.no_replies)}"
    if survey.archives:
        more = [*survey.no_replies, *(f"/{folder}/" for folder in survey.archives)]
        yield from _comment(text(lang, "toml-archive"))
        yield f"# exclude = {written(more)}"
    elif not survey.no_replies:
        yield '# exclude = ["/archiv/"]'
    yield ""
    yield from _comment(text(lang, "toml-checks"))
    yield from ("# [checks]", '# emoticon = "off"', '# blame = "error"')
    yield ""
    names = [written(name) for name, _ in survey.libraries]
    known = text(lang, "toml-libraries-known", names=_listed(names, lang)) if names else ""
    yield from _comment(f"{text(lang, 'toml-libraries')} {known}")
    found = [(f"/{escaped(name)}", body) for name, body in survey.without[:_MOST_NAMES]]
    for files, body in found or [("export/*.json", None)]:
        yield from ("# [[libraries]]", f"# files = {written(files)}")
        yield f"# body = {written(body or '$.antworten[*].text')}"


def _comment(paragraph: str) -> Iterator[str]:
    import textwrap

    for line in textwrap.wrap(paragraph.strip(), 96, break_long_words=False, break_on_hyphens=False):
        yield f"# {line}"


def _summary(survey: Survey, path: str, lang: str) -> Iterator[str]:
    """What was found, and what to do next."""
    yield text(lang, "init-found")
    for line in _found(survey, path, lang):
        yield f"  {line}"
    yield ""
    yield text(lang, "init-next")
    target = shlex.quote(shown(path))
    steps = [text(lang, "init-step-check", path=target), text(lang, "init-step-config", path=target)]
    if survey.without:
        steps.append(text(lang, "init-step-libraries"))
    for line in steps:
        yield f"  {line}"
    if survey.pre_commit and not survey.hooked:
        yield ""
        yield text(lang, "init-step-hook", file=PRE_COMMIT)
        yield from (f"    {line}" for line in hook().splitlines())
    if survey.ci:
        yield ""
        yield text(lang, "init-step-ci", ci=", ".join(survey.ci))
        yield from ("    pip install replylint", f"    replylint check {target}")


def _found(survey: Survey, path: str, lang: str) -> Iterator[str]:
    replies = text(lang, "init-replies", n=survey.drafts)
    yield f"{replies} {text(lang, 'init-files', n=survey.files)}" if survey.drafts else text(lang, "init-nothing")
    if survey.partial:
        yield text(lang, "init-partial")
    if survey.templates:
        yield text(lang, "init-templates", names=_listed(survey.templates, lang))
    if survey.libraries:
        names = [f"{name} ({text(lang, 'init-replies', n=count)})" for name, count in survey.libraries]
        yield text(lang, "init-libraries", names=_listed(names, lang))
    if survey.without:
        yield text(lang, "init-without", names=_listed([name for name, _ in survey.without], lang))
    if survey.unreadable:
        yield text(lang, "init-unreadable", names=_listed(survey.unreadable, lang))
    if survey.addresses:
        form = {Address.SIE: "Sie", Address.DU: "du"}.get(survey.house_form) if survey.house_form else None
        verdict = text(lang, "init-house", form=form) if form else text(lang, "init-mixed")
        yield text(lang, "init-address", sie=survey.addresses[Address.SIE], du=survey.familiar, verdict=verdict)
    if survey.no_replies:
        yield text(lang, "init-no-replies", names=_listed(survey.no_replies, lang))
    if survey.pre_commit:
        yield text(lang, "init-hooked" if survey.hooked else "init-pre-commit", file=PRE_COMMIT)
    if survey.ci:
        yield f"CI: {', '.join(survey.ci)}"
    above = Configs().of(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120
    if above.path:
        yield text(lang, "init-above", path=place(above.path))


def _listed(names: list[str], lang: str) -> str:
    """Names with commas; of many the first ones."""
    more = len(names) - _MOST_NAMES
    listed = ", ".join(names[:_MOST_NAMES])
    return f"{listed} {text(lang, 'init-more', n=more)}" if more > 0 else listed


def hook() -> str:
    """The hook for pre-commit, as its configuration has it."""
    from replylint.readers import READERS, TEMPLATES

    suffixes = "|".join(sorted(suffix[1:] for suffix in {*READERS, *TEMPLATES} if suffix))
    return (
        "- repo: local\n"
        "  hooks:\n"
        "    - id: replylint\n"
        "      name: replylint\n"
        "      entry: replylint check --force-exclude\n"
        "      language: system\n"
        f"      files: \\.({suffixes})$\n"
        "      require_serial: true\n"
    )


command = Command(
    "init",
    callback=_run,
    de=f"Einen Ordner ansehen und eine passende {FILE} schreiben. Was da ist, wird nie überschrieben.",
    en=f"Look at a folder and write a {FILE} that fits. Nothing is ever overwritten.",
    params=[
        click.Argument(["path"], default=".", metavar="[PATH]", type=click.UNPROCESSED),
        Option(
            ["--dry-run"],
            is_flag=True,
            de="Nichts schreiben: die Datei auf die Standardausgabe, das Gefundene auf die Fehlerausgabe.",
            en="Write nothing: the file goes to standard output, what was found to standard error.",
        ),
        lang_option(),
    ],
)
