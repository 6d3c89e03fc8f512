"""`replylint review FILE`: one finding after the other, and what to do about it; written at the end, or not at all."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from replylint.cli import check as checking
from replylint.cli import dialogue
from replylint.cli.app import Command, UserError, lang_of, say
from replylint.cli.files import InputError, load, shown, translated
from replylint.cli.fixing import REFUSED
from replylint.cli.output import color_wanted, why_unwritable, width
from replylint.cli.replacing import ChangedMeanwhileError, replace_file
from replylint.cli.reviewing import GAP, Item, Review, suppressor
from replylint.cli.texts import text
from replylint.findings import Safety
from replylint.fix import UnprovenError
from replylint.reporters.terminal import Pen, clean, words, wrap
from replylint.source import Edit, Span, UnreadableError
from replylint.writers import UnwritableError

if TYPE_CHECKING:
    from replylint.draft import Draft
    from replylint.findings import Rewrite

_COLORS = {"error": "red", "warning": "yellow", "suggestion": "cyan"}
_MOST_REWRITES = 9
_PROMPT = "> "
_LONGEST = 300  # characters of a sentence before or after


class _Desk:
    """A review at the terminal."""

    def __init__(self, path: str, name: str, review: Review, lang: str, *, color: bool) -> None:
        self.path = path
        self.name = name
        self.review = review
        self.lang = lang
        self.pen = Pen(color)
        self.color = color
        self.width = width()
        self.suppress = suppressor()

    def text(self, key: str, **values: object) -> str:
        return text(self.lang, key, **values)

    def run(self) -> int:
        """Go through the findings; the exit status."""
        if not self.review.remaining():
            self.tell(self.text("review-clean", name=self.name))
            return 0
        while True:
            items = self.review.remaining()
            choice = self.about(items[0], len(items)) if items else self.at_the_end()
            if choice == "u":
                self.review.undo()
            elif choice == "x":
                self.tell(
                    self.text("review-dropped", name=self.name) if self.review.changes else self.text("review-same")
                )
                return 0
            elif choice == "q":
                return self.save()

    # One finding

    def about(self, item: Item, left: int) -> str:
        """Show a finding and do what is asked for; "u", "x" and "q" are left to the caller, the rest is done."""
        rewrites = item.finding.rewrites[:_MOST_REWRITES]
        self.show(item, rewrites, left)
        while True:
            choice = dialogue.key(_PROMPT, self.choices(len(rewrites)))
            if choice in ("u", "x", "q"):
                return choice
            if choice == "w":
                self.paragraph(item.finding.why)
            elif choice in ("", "s"):
                self.review.skip(item)
                return choice
            elif choice == "i":
                if self.suppressed(item):
                    return choice
            elif choice == "e":
                if self.edited(item, rewrites):
                    return choice
            elif self.taken(item, rewrites[int(choice) - 1]):
                return choice

    def choices(self, rewrites: int) -> list[str]:
        keys = [str(number) for number in range(1, rewrites + 1)] + ["e", "s", "", "w", "q", "x"]
        return keys + ["u"] * bool(self.review.decided) + ["i"]

    def taken(self, item: Item, rewrite: Rewrite) -> bool:
        """Make a rewrite, its gaps filled; whether that was done."""
        wording = rewrite.text
        for gap in GAP.findall(rewrite.text) if rewrite.safety is Safety.FILL else ():
            filled = dialogue.line(f"{clean(gap)}: ")
            if not filled:
                self.tell(self.text("review-gap"))
                return False
            wording = wording.replace(f"[{gap}]", filled, 1)
        return self.changed(item, item.edits(rewrite, wording))

    def edited(self, item: Item, rewrites: Sequence[Rewrite]) -> bool:
        """Let the sentence be rewritten by hand, beginning with the first proposal; whether that was done."""
        _, sentence, _ = item.sentences()
        now = proposal = item.draft.text[sentence.start : sentence.end]
        if rewrites and item.finding.document_level:
            proposal = rewrites[0].text
        elif rewrites and sentence.contains(rewrites[0].span):
            span = rewrites[0].span
            proposal = (
                item.draft.text[sentence.start : span.start]
                + rewrites[0].text
                + item.draft.text[span.end : sentence.end]
            )
        answer = dialogue.edited(self.text("review-new"), proposal)
        if answer is None or answer.split() == now.split():
            return False
        return self.changed(item, item.written(sentence, answer))

    def suppressed(self, item: Item) -> bool:
        """Suppress the finding, for a reason; whether that was done."""
        reason = dialogue.line(self.text("review-reason"))
        if not reason:
            return False
        edits = self.suppress(item.finding, reason)
        try:
            if not edits:
                raise UnprovenError
            self.review.suppress(item, edits)
        except UnprovenError:
            self.tell(self.text("review-refused", reason=self.text("refused-proof")))
            return False
        return True

    def changed(self, item: Item, edits: Iterable[Edit]) -> bool:
        """Make edits where the file can take them; whether that was done."""
        try:
            self.review.change(item, edits)
        except UnwritableError as error:
            reason = self.text(REFUSED[error.reason])
        except UnprovenError:
            reason = self.text("refused-proof")
        else:
            return True
        self.tell(self.text("review-refused", reason=reason))
        return False

    # What is shown

    def tell(self, message: str) -> None:
        """A message of the program."""
        self.paragraph(message)

    def paragraph(self, message: str, *styles: str, first: str = "", indent: str = "") -> None:
        """A paragraph, in lines that fit."""
        for number, line in enumerate(wrap(words(message, *styles), self.width - len(indent), self.pen) or [""]):
            click.echo((first if not number else indent) + line, color=self.color)

    def show(self, item: Item, rewrites: Sequence[Rewrite], left: int) -> None:
        """A finding in its place, and what can be done about it."""
        finding = item.finding
        color = _COLORS[str(finding.severity)]
        place = f"{self.name}:{finding.start.line}" + (f" › {item.draft.key}" if item.draft.key else "")
        click.echo()
        count = self.text("review-left", n=left)
        self.paragraph(f"{place} · {count}", "bold")
        click.echo()
        before, sentence, after = item.sentences()
        self.neighbour(item.draft, before, at_end=True)
        if finding.document_level:
            self.paragraph(self.text("review-here"), color, first="  → ", indent="    ")
        else:
            self.marked(item.draft.text, sentence, finding.span, color)
        self.neighbour(item.draft, after, at_end=False)
        click.echo()
        self.paragraph(f"{self.text(str(finding.severity))}: {finding.message} ({finding.rule})")
        click.echo()
        for number, rewrite in enumerate(rewrites, 1):
            wording = rewrite.text.strip() or self.text("review-cut")
            for at, line in enumerate(wording.splitlines()):
                self.paragraph(line, "green", first=f"  {number}  " if not at else "     ", indent="     ")
        if any(rewrite.safety is Safety.FILL for rewrite in rewrites):
            self.paragraph(self.text("review-gaps"), "dim", first="     ", indent="     ")
        if rewrites:
            click.echo()
        self.menu(self.keys(len(rewrites)))

    def menu(self, keys: Iterable[str]) -> None:
        """Show keys, as many in a line as fit."""
        line = ""
        for key in keys:
            longer = f"{line} · {key}" if line else key
            if line and len(longer) > self.width:
                click.echo(self.pen(line, "dim"), color=self.color)
                longer = key
            line = longer
        click.echo(self.pen(line, "dim"), color=self.color)

    def keys(self, rewrites: int) -> Iterator[str]:
        """What may be done about a finding."""
        if rewrites:
            yield ("1" if rewrites == 1 else f"1–{rewrites}") + f" {self.text('review-take')}"
        yield f"e {self.text('review-edit')}"
        yield f"s {self.text('review-skip')}"
        yield f"i {self.text('review-ignore')}"
        yield f"w {self.text('why').lower()}"
        yield from self.ways_out()

    def ways_out(self) -> Iterator[str]:
        if self.review.decided:
            yield f"u {self.text('review-undo')}"
        yield f"q {self.text('review-save' if self.review.changes else 'review-quit')}"
        yield f"x {self.text('review-drop')}"

    def neighbour(self, draft: Draft, span: Span | None, *, at_end: bool) -> None:
        """The sentence before or after, as far as it is near."""
        if span is None:
            return
        shown_text = draft.text[span.start : span.end]
        if len(shown_text) > _LONGEST:
            shown_text = f"… {shown_text[-_LONGEST:]}" if at_end else f"{shown_text[:_LONGEST]} …"
        self.paragraph(shown_text, "dim", first="    ", indent="    ")

    def marked(self, draft: str, sentence: Span, span: Span, color: str) -> None:
        """A sentence with the words found: in colour, or between „>>“ and „<<“."""
        start, end = ("", "") if self.color else (">>", "<<")
        found = clean(draft[span.start : span.end].strip("\r\n"))
        glue = "\xa0" if not found.strip() else ""
        before = clean(draft[sentence.start : span.start])
        after = clean(draft[span.end : sentence.end])
        parts = list(_pieces(((before, ()), (f"{start}{glue}{found}{end}", (color, "underline")), (after, ()))))
        for number, line in enumerate(wrap(parts, self.width - 4, self.pen)):
            click.echo(("  ▸ " if not number else "    ") + line, color=self.color)

    # The end

    def at_the_end(self) -> str:
        """Nothing waits any more: "q", "x" or "u"."""
        click.echo()
        if not self.review.changes:
            self.tell(self.text("review-done"))
        else:
            self.tell(f"{self.text('review-done')} {self.text('review-changes', n=self.review.changes)}")
        self.menu(self.ways_out())
        return dialogue.key(_PROMPT, ["q", "x", *["u"] * bool(self.review.decided)])

    def save(self) -> int:
        """Write the file; the exit status."""
        if not self.review.changes:
            self.tell(self.text("review-same"))
            return 0
        before, after = (source.encode(source.text) for source in (self.review.original, self.review.source))
        try:
            replace_file(self.path, before, after)
        except ChangedMeanwhileError:
            return self.rescued(after, self.text("changed-meanwhile"))
        except OSError as error:
            return self.rescued(after, self.text("not-written", reason=why_unwritable(error, self.lang)))
        self.tell(self.text("review-saved", name=self.name, n=self.review.changes))
        return 0

    def rescued(self, data: bytes, why: str) -> int:
        """Keep a reviewed text that can't be written where it belongs."""
        say(f"{self.name}: {why}.")
        try:
            with tempfile.NamedTemporaryFile(
                "wb", prefix="replylint-", suffix=Path(self.path).suffix, delete=False
            ) as file:
                file.write(data)
        except OSError as error:
            say(self.text("review-lost", reason=why_unwritable(error, self.lang)))
            click.echo(data.decode(self.review.source.encoding, "replace"))
        else:
            say(self.text("review-kept", path=shown(file.name)))
        return 2


def _pieces(parts: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of parts in different styles. A word that is of two parts stays in one piece, in the style of the part
    with more to see."""
    held = ""
    style: tuple[str, ...] = ()
    for part, styles in parts:
        for piece in re.findall(r" +|[^ ]+", part):
            if piece[0] == " ":
                if held:
                    yield held, style
                held, style = "", ()
            else:
                held += piece
                style = styles or style
    if held:
        yield held, style


def _reviewed(ctx: click.Context, path: str, options: Mapping[str, Any]) -> int:
    lang = lang_of(ctx)
    if path == "-":
        raise UserError(text(lang, "review-stdin"))
    if Path(path).is_dir():
        raise UserError(text(lang, "review-folder", path=shown(path)))
    if sys.stdin is None:
        raise UserError(text(lang, "review-blind"))
    run = checking.run_for(ctx, paths=(path,), **options)
    configs = run.begin()
    facts = run.facts()
    inquiry = None if run.inquiry is None else run.inquiry_text(run.inquiry)
    inputs = run.inputs(configs, run.paths)
    if not inputs:
        raise UserError(text(lang, "review-excluded", path=shown(path)))
    item, config = inputs[0]
    if isinstance(item, InputError):
        raise UserError(f"{shown(path)}: {item}.")
    linter = run.linters([config], facts, inquiry)[id(config)]
    with run:
        try:
            source = load(item, run.lang)
            review = Review(source, run.kit(item, config, linter))
        except InputError as error:
            raise UserError(f"{item.name}: {error}.") from error
        except UnreadableError as error:
            raise UserError(f"{item.name}: {translated(error, run.lang)}.") from error
        for rule, trouble in linter.failed.items():
            run.fail(rule, run.text(trouble.what, **trouble.values))
        status = _Desk(path, item.name, review, run.lang, color=color_wanted(run.color)).run()
        return 2 if run.failures else status


_SHARED = (
    "select", "ignore", "template", "inquiry", "fact", "address", "lang", "config", "isolated", "cache", "color",
)  # fmt: skip


@click.pass_context
def _run(ctx: click.Context, /, path: str, **options: Any) -> None:
    try:
        ctx.exit(_reviewed(ctx, path, options))
    except EOFError as error:
        raise click.Abort from error


command = Command(
    "review",
    callback=_run,
    de="Die Funde einer Datei einzeln durchgehen: übernehmen, bearbeiten, überspringen. Geschrieben wird erst am Ende.",
    en="Go through a file's findings one by one: take, edit, skip. Nothing is written until the end.",
    params=[
        click.Argument(["path"], metavar="FILE", type=click.UNPROCESSED),
        *(param for param in checking.command.params if param.name in _SHARED),
    ],
)
