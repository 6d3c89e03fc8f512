"""The page of the commands: what each says of itself, in English and German, as the program prints it."""

from __future__ import annotations

import click

from replylint.cli import main

WIDTH = 100
"""Columns of the help texts, whatever the terminal is."""

HEAD = """# The command line

Written by `python docs/build.py` from the commands themselves; please don't edit it by hand. Each command says the
same with `--help` (in English: `--lang en --help`). German below the English.

The exit status is 0 where all is well, 1 where something was found (see `--fail-on`), 2 where something could not
be read or the call was wrong. Reports go to standard output, all else to standard error. A reader that has had
enough (`| head`) ends the run quietly.

## Only what was changed

`replylint check --diff-base origin/main` reports what stands on lines that have changed in git since your work left
`origin/main`: committed, staged or not, and all of files that git doesn't know yet. What is missing in a reply
counts when any line of that reply has changed. So an old library needn't be clean before its changes are. In a
pipeline the revision has to be there: fetch it, or check out with the full history. Without a common ancestor (a
shallow clone) the comparison is with the revision itself. In the configuration it is
[`diff-base`](configuration.md#diff-base).

## Completion in the shell

Commands, options, their values, and the names of checks and categories complete with the tab key. bash (4.4 or
later), in `~/.bashrc`:

```bash
eval "$(_REPLYLINT_COMPLETE=bash_source replylint)"
```

zsh, in `~/.zshrc`, after `compinit`:

```zsh
eval "$(_REPLYLINT_COMPLETE=zsh_source replylint)"
```

fish, in `~/.config/fish/completions/replylint.fish`:

```fish
_REPLYLINT_COMPLETE=fish_source replylint | source
```
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, _section("replylint", main, [])]
    for name in main.modules:
        command = main.get_command(_context(main, "replylint", "en"), name)
        if command is not None:
            parts.append(_section(f"replylint {name}", command, [name]))
    return "\n".join(parts)


def _section(title: str, command: click.Command, path: list[str]) -> str:
    texts = [f"```text\n{_help(command, path, lang)}\n```\n" for lang in ("en", "de")]
    return f"## `{title}`\n\n" + "\n".join(texts)


def _help(command: click.Command, path: list[str], lang: str) -> str:
    context = _context(main, "replylint", lang)
    if path:
        context = _context(command, path[-1], lang, context)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def _context(command: click.Command, name: str, lang: str, parent: click.Context | None = None) -> click.Context:
    names = main.context_settings["help_option_names"]
    return click.Context(
        command, parent, name, obj=lang, terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=names
    )
