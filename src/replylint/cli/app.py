"""The program around the commands: bilingual help, and errors told in one line instead of a traceback."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import click

from replylint.cli.texts import did_you_mean, text
from replylint.expressions import expression

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class UserError(Exception):
    """Something that the user can put right: the messages go to stderr, one a line, and the exit status is 2.

    `details` come first, as they are: they begin with a place of their own."""

    def __init__(self, *messages: str, details: Sequence[str] = ()) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
        self.details = details


def requested_lang(args: Sequence[str]) -> str:
    """The language that the arguments ask for, known even where they are wrong otherwise."""
    lang = "de"
    for number, arg in enumerate(args):
        if arg == "--":
            break
        option, equals, value = arg.partition("=")
        if option == "--lang":
            value = value if equals else "".join(args[number + 1 : number + 2])
            lang = value if value in ("de", "en") else lang
    return lang


def lang_of(ctx: click.Context) -> str:
    """The language of the run."""
    return str(ctx.obj or "de")


before_saying: Callable[[], None] | None = None
"""What else is on the terminal makes room for a message with it."""


def say(message: str, prefix: str = "replylint: ") -> None:
    """A line on stderr, safe to show."""
    from replylint.reporters.terminal import clean

    if before_saying is not None:
        before_saying()
    click.echo(prefix + clean(message), err=True)


def debugging() -> bool:
    """Whether tracebacks are wanted."""
    return os.environ.get("REPLYLINT_DEBUG", "") not in ("", "0")


class Option(click.Option):
    """An option whose help is there in German and English."""

    def __init__(self, *args: Any, de: str = "", en: str = "", **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.texts = {"de": de, "en": en}
        self.help = de  # what shells show beside a completion

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.texts[lang_of(ctx)]
        record = super().get_help_record(ctx)
        return record and (metavar(ctx, record[0]), record[1])


_METAVARS = {
    "PATH": "PFAD",
    "FILE": "DATEI",
    "CHECK": "PRÜFUNG",
    "PACK": "PAKET",
    "FOLDER": "ORDNER",
    "KEY=VALUE": "NAME=WERT",
}


def metavar(ctx: click.Context, usage: str) -> str:
    """The stand-ins for values in the user's language."""
    if lang_of(ctx) == "de":
        for english, german in _METAVARS.items():
            usage = re.sub(rf"\b{english}\b", german, usage)
    return usage


class Choice(click.ParamType[str]):
    """One of a few words; a wrong one is told with what is possible."""

    name = "choice"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def get_metavar(self, *args: Any, **kwargs: Any) -> str:
        return "|".join(self.choices)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(choice) for choice in self.choices if choice.startswith(incomplete)]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return str(value)
        lang = lang_of(ctx) if ctx else "de"
        raise UserError(
            text(
                lang,
                "bad-choice",
                option=param.opts[-1] if param else "",
                value=value,
                hint=did_you_mean(lang, str(value), list(self.choices)),
                choices=", ".join(self.choices),
            )
        )


class Jobs(click.ParamType[int | str]):
    """A number of processes, or `auto`."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        if value == "auto":
            return "auto"
        if str(value).isascii() and str(value).isdigit() and int(value) > 0:
            return int(value)
        raise UserError(text(lang_of(ctx) if ctx else "de", "bad-jobs", value=value))


def lang_option() -> Option:
    """`--lang`; its value is `lang_of` the context, since messages need it before all options are parsed."""
    return Option(
        ["--lang"],
        type=Choice("de", "en"),
        expose_value=False,
        de="Sprache der Ausgabe (von Haus aus: de).",
        en="Language of the output (default: de).",
    )


def color_option(default: str | None = "auto") -> Option:
    """`--color`; without a default where the configuration may say it."""
    return Option(
        ["--color"],
        type=Choice("auto", "always", "never"),
        default=default,
        de="Farbig schreiben (von Haus aus: auto, nur im Terminal).",
        en="Write in colour (default: auto, in terminals only).",
    )


class Command(click.Command):
    """A command whose help is there in German and English."""

    def __init__(self, *args: Any, de: str = "", en: str = "", **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.texts = {"de": de, "en": en}
        self.help = de  # what shells show beside a completion

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = text(lang_of(ctx), "help")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.options_metavar = text(lang_of(ctx), "options-metavar")
        return [metavar(ctx, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{text(lang_of(ctx), 'usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = self.texts[lang_of(ctx)]
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        with formatter.section(text(lang_of(ctx), "options")):
            formatter.write_dl(records)


class Program(Command, click.Group):
    """The command group; a command's module is imported when it is called."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        return cast(click.Command, import_module(self.modules[cmd_name]).command)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.subcommand_metavar = text(lang_of(ctx), "command-metavar")
        return super().collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = [(name, import_module(module).command) for name, module in self.modules.items()]
        with formatter.section(text(lang_of(ctx), "commands")):
            formatter.write_dl([(name, command.texts[lang_of(ctx)].split("\n\n")[0]) for name, command in commands])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and name not in self.modules:
            lang = lang_of(ctx)
            hint = did_you_mean(lang, name, list(self.modules))
            raise UserError(
                text(lang, "no-such-command", name=name, hint=hint), text(lang, "try-help", command=ctx.command_path)
            )
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the program and exit with its status."""
        words = list(sys.argv[1:] if args is None else args)
        lang = requested_lang(words)
        extra |= {"standalone_mode": False, "obj": lang}
        try:
            status = super().main(words, *rest, **extra)
        except UserError as error:
            status = 2
            for detail in error.details:
                say(detail, prefix="")
            for message in error.messages:
                say(message)
        except click.UsageError as error:
            status = 2
            if not words and error.ctx is not None:
                click.echo(error.ctx.get_help(), err=True)
                sys.exit(status)
            say(_usage_message(error, lang))
            if error.ctx is not None:
                say(text(lang, "try-help", command=error.ctx.command_path))
        except (click.Abort, KeyboardInterrupt):
            status = 130
            say(text(lang, "aborted"))
        except Exception as error:
            if debugging():
                raise
            status = 2
            say(text(lang, "internal", error=f"{type(error).__name__}: {error}"))
        sys.exit(status if isinstance(status, int) else 0)


def _usage_message(error: click.UsageError, lang: str) -> str:
    """click's message in the user's language."""
    if isinstance(error, click.NoSuchOption):
        near = list(error.possibilities or ())
        hint = text(lang, "did-you-mean", name=near[0]) if near else ""
        return text(lang, "no-such-option", name=error.option_name, hint=hint)
    message = error.format_message()
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.human_readable_name
        return text(lang, "missing-argument", name=metavar(error.ctx, name) if error.ctx else name)
    for pattern, key in _CLICK:
        if match := pattern.match(message):
            return text(lang, key, name=match[1])
    return message


_CLICK = (
    (expression(r"Option '(.+?)' requires (?:an|\d+) arguments?"), "option-needs-value"),
    (expression(r"Option '(.+?)' does not take a value"), "option-takes-no-value"),
    (expression(r"Got unexpected extra arguments? \((.+)\)"), "unexpected-argument"),
)
