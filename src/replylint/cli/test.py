"""`replylint test`: run the examples of rule packs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from replylint.cli.app import Command, Option, color_option, lang_of, lang_option, say
from replylint.cli.output import color_wanted, width, write
from replylint.cli.packs import configured, load_packs, pipeline_option, plugin_option, resolved
from replylint.cli.texts import text
from replylint.config import Configs
from replylint.engines import UNCONFIGURED
from replylint.reporters.terminal import Pen, cells, clean, width_of, words, wrap
from replylint.reporters.text import MARK, excerpt
from replylint.source import Span

if TYPE_CHECKING:
    from replylint.examples import Collision, Coverage, ExampleFailure

_INDENT = "    "
Row = tuple[str, Sequence[Span], str]
"""A row of marks: its label, the ranges to mark, a colour."""


class _Page:
    """What the examples came to, for a person to read."""

    def __init__(self, lang: str, pen: Pen) -> None:
        self.lang = lang
        self.pen = pen
        self.width = width()

    def text(self, key: str, **values: object) -> str:
        return text(self.lang, key, **values)

    def failure(self, failure: ExampleFailure) -> Iterator[str]:
        """Where and what, then the example with what was expected and what came of it."""
        values = {key: clean(value) for key, value in failure.values.items()}
        place = f"{clean(failure.path)}:{failure.line}: {clean(failure.rule)}: "
        yield self.pen(place, "bold") + self.text(failure.what, **values)
        if failure.what == "rewritten-otherwise":
            yield from self.compared(failure.values["wanted"], failure.values["result"])
        elif failure.text:
            rows: list[Row] = []
            if failure.expected:
                rows.append((self.text("expected"), failure.expected, "green"))
            if failure.found:
                rows.append((self.text("found-instead"), failure.found, "red"))
            yield from self.marked(failure.text, rows)

    def marked(self, body: str, rows: Sequence[Row]) -> Iterator[str]:
        """The lines of a text that have marks (all of them if none has), the marks of each row below."""
        labels = 2 + max((width_of(label) for label, _, _ in rows), default=0)
        room = self.width - len(_INDENT)
        start = 0
        for line in body.splitlines(keepends=True):
            area = Span(start, start + len(line))
            start = area.end
            here = [(label, [span for span in spans if span.overlaps(area)], color) for label, spans, color in rows]
            here = [row for row in here if row[1]]
            if not line.strip() or (rows and not here):
                continue
            shown = cells(line.rstrip(), area.start)
            size = sum(cell.width for cell in shown)
            if size <= room:
                yield _INDENT + "".join(cell.text for cell in shown)
                for label, spans, color in here:
                    marks = "".join(
                        (MARK if any(span.start <= cell.start < span.end for span in spans) else " ") * cell.width
                        for cell in shown
                    )
                    gap = " " if size + labels <= room else "\n" + _INDENT
                    yield _INDENT + self.pen((marks if gap == " " else marks.rstrip()) + gap + label, color)
            elif not here:
                yield from (_INDENT + row for row in wrap(words(line), room, self.pen))
            for label, spans, color in here if size > room else ():
                for span in spans:
                    yield _INDENT + self.pen(f"{label}:", color)
                    for row in excerpt(body, span, room):
                        yield _INDENT + row.text
                        yield _INDENT + self.pen(row.marks, color)

    def compared(self, wanted: str, result: str) -> Iterator[str]:
        """Two texts, the words marked that differ."""
        from difflib import SequenceMatcher

        left, right = _tokens(wanted), _tokens(result)
        marks: tuple[list[Span], list[Span]] = ([], [])
        matcher = SequenceMatcher(
            None, [wanted[s.start : s.end] for s in left], [result[s.start : s.end] for s in right]
        )
        for what, low, high, low2, high2 in matcher.get_opcodes():
            if what != "equal":
                for side, tokens, begin, end in ((0, left, low, high), (1, right, low2, high2)):
                    if end > begin:
                        marks[side].append(Span(tokens[begin].start, tokens[end - 1].end))
        yield from self.marked(wanted, [(self.text("expected"), marks[0], "green")])
        yield from self.marked(result, [(self.text("came-out"), marks[1], "red")])

    def coverage(self, found: Sequence[Coverage]) -> Iterator[str]:
        """How far the examples reach."""
        if not found:
            return
        yield self.pen(self.text("coverage"), "bold")
        yield ""
        size = max(width_of(clean(each.rule)) for each in found)
        for each in found:
            parts = []
            for key, whole, missing in (
                ("n-phrases", each.phrases, each.unreached),
                ("n-exceptions", each.exceptions, each.unused),
            ):
                if whole:
                    parts.append(self.pen(self.text(key, n=whole, reached=whole - len(missing)), *_color(missing)))
            name = clean(each.rule)
            yield f"  {name}{' ' * (size - width_of(name))}  {', '.join(parts)}"
            for key, missing in (("unreached", each.unreached), ("unused", each.unused)):
                for phrase, path, line in missing:
                    yield f"{_INDENT}{clean(path)}:{line}: {self.text(key, phrase=clean(phrase))}"
        yield ""

    def collisions(self, found: Sequence[Collision]) -> Iterator[str]:
        """Which checks meet on the same words."""
        if not found:
            return
        yield self.pen(self.text("collisions"), "bold")
        yield ""
        for each in found:
            one, other = (clean(rule) for rule in each.rules)
            more = self.text("n-more-examples", n=each.more) if each.more else ""
            place = f"{clean(each.path)}:{each.line}"
            yield from self.wrapped(self.text("collision", one=one, other=other, words=clean(each.words)) + more, "  ")
            yield f"{_INDENT}{place}"
        yield ""
        yield from self.wrapped(self.text("collisions-hint"), "")
        yield ""

    def wrapped(self, paragraph: str, indent: str) -> Iterator[str]:
        return (indent + line for line in wrap(words(paragraph), self.width - len(indent), self.pen))


def _color(missing: Sequence[object]) -> tuple[str, ...]:
    return ("yellow",) if missing else ()


def _tokens(text: str) -> list[Span]:
    import re

    return [Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]


@click.pass_context
def _run(
    ctx: click.Context,
    packs: tuple[str, ...],
    coverage: bool,
    all: bool,
    plugin: tuple[str, ...],
    pipeline: str | None,
    color: str,
) -> None:
    lang = lang_of(ctx)
    config = configured(packs, lang)
    names = config.packs
    ruleset = load_packs(names, lang, plugins=plugin or config.plugins)
    from replylint import examples

    folders = {name: resolved([name], lang)[-1] for name in names}
    tested = None if all else list(folders.values())
    page = _Page(lang, Pen(color_wanted(color)))
    rules = examples.scope(ruleset, tested)
    pipeline = pipeline or config.pipeline
    with contextlib.ExitStack() as stack:
        options = Configs().of(".").languagetool
        tool = None
        if options is not None:
            from replylint.german.languagetool import LanguageTool

            tool = stack.enter_context(LanguageTool(options, lambda what, **values: say(text(lang, what, **values))))
        failures = examples.run(ruleset, tested, pipeline, tool)
    # What needs a server is not tried where none is configured, which is no failure of the examples.
    untried = {failure.rule for failure in failures if failure.what == UNCONFIGURED}
    for rule in untried:
        say(f"{rule}: {text(lang, UNCONFIGURED)}.")
    failures = [failure for failure in failures if failure.rule not in untried]
    rules = [rule for rule in rules if rule.id not in untried]
    lines: list[str] = []
    for failure in failures:
        lines += page.failure(failure)
    if failures:
        lines.append("")
    if coverage:
        lines += page.coverage(examples.coverage(ruleset, tested, pipeline))
    if packs or coverage:
        lines += page.collisions(examples.collisions(ruleset, list(folders.values()), pipeline))
    counts = {
        "rules": text(lang, "n-rules", n=len(rules)),
        "examples": text(lang, "n-examples", n=sum(len(examples.examples_of(rule, tested)) for rule in rules)),
    }
    if failures:
        lines.append(text(lang, "test-failed", **counts, failures=text(lang, "n-failures", n=len(failures))))
    else:
        lines.append(text(lang, "test-passed", **counts))
    write("".join(f"{line.rstrip()}\n" for line in lines), lang)
    ctx.exit(2 if any(failure.untested for failure in failures) else 1 if failures else 0)


command = Command(
    "test",
    callback=_run,
    de="Die Beispiele von Regelpaketen ausführen (ohne PAKET: die der Konfiguration, sonst die eingebauten).",
    en="Run the examples of rule packs (without PACK: those of the configuration, else the built-in ones).",
    params=[
        click.Argument(["packs"], nargs=-1, metavar="[PACK …]", type=click.UNPROCESSED),
        Option(
            ["--coverage"],
            is_flag=True,
            de="Auch zeigen, welche Formulierungen und Ausnahmen kein Beispiel erreicht.",
            en="Also show which phrases and exceptions no example reaches.",
        ),
        Option(
            ["--all"],
            is_flag=True,
            de="Auch die Beispiele der Pakete ausführen, auf denen das Paket aufbaut.",
            en="Also run the examples of the packs that the pack builds on.",
        ),
        plugin_option(),
        pipeline_option(),
        lang_option(),
        color_option(),
    ],
)
