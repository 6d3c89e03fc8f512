"""Drafts checked by several processes, their findings in the order of the drafts.

Each process is started anew ("spawn", the same on every system), reads the rules itself, and is given one chunk at a
time. One that ends on its own takes nothing with it: its chunk is tried again draft by draft, so that only the draft
that it ended over has no findings.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from replylint.draft import Draft
from replylint.engines import CrashError, DraftError, EngineError
from replylint.findings import Finding, Fix, Rewrite, Safety, Severity
from replylint.linter import Linter, Recipe
from replylint.source import Edit, Piece, Source, SourceMap, Span

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

CHUNK = 64_000
"""Characters that a process is given at once: some tenths of a second, so that none waits long for the last one."""
MOST = 8
"""So many processes are used unless more are asked for: to read files and collect findings is the work of one, which
cannot feed many more."""
_GIVE_UP = 4
"""After so many processes that ended over a draft, with no draft checked in between, no more are started."""


def available() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Chunk:
    """Drafts to be checked by one linter, by its number, and what comes of each."""

    def __init__(self, linter: int) -> None:
        self.linter = linter
        self.drafts: list[Draft] = []
        self.size = 0
        self.results: list[Sequence[Finding] | Exception | None] = []
        self.left = 0

    def add(self, draft: Draft) -> int:
        """Take in a draft; its number in the chunk."""
        self.drafts.append(draft)
        self.results.append(None)
        self.left += 1
        self.size += len(draft.text)
        return len(self.drafts) - 1


class _Task(NamedTuple):
    chunk: Chunk
    numbers: Sequence[int]


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: _Task | None = None
    source: Source | None = None


class Pool:
    """Up to `jobs` processes, started when there is work for them, to be used in a `with`. `linters` are those that the
    recipes make; they do the work themselves where no process can be started."""

    def __init__(self, recipes: Sequence[Recipe], linters: Sequence[Linter], jobs: int) -> None:
        self.recipes = recipes
        self.linters = linters
        self.jobs = jobs
        self.unfinished = 0
        """Characters of what was submitted and is not checked yet."""
        self._tasks: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        self._alone = False
        self._crashes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def submit(self, chunk: Chunk) -> None:
        """Have a chunk checked, after those before it."""
        self.unfinished += chunk.size
        self._tasks.append(_Task(chunk, range(len(chunk.drafts))))
        self.pump(wait=False)

    def result(self, chunk: Chunk, number: int) -> Sequence[Finding]:
        """The findings of a draft of a submitted chunk. Raises DraftError, CrashError."""
        while (found := chunk.results[number]) is None:
            self.pump(wait=True)
        if isinstance(found, Exception):
            raise found
        return found

    def pump(self, *, wait: bool) -> None:
        """Take what the processes have done and give them more; with `wait`, at least one of them has done something
        then."""
        self._give()
        if self._alone and self._tasks:
            if wait:
                task = self._tasks.popleft()
                self._done(task, _checked(self.linters[task.chunk.linter], _drafts(task)))
            return
        from multiprocessing import connection

        busy = {id(worker.pipe): worker for worker in self._workers if worker.task is not None or not worker.ready}
        if not busy:
            return
        for pipe in connection.wait([worker.pipe for worker in busy.values()], None if wait else 0):
            self._hear(busy[id(pipe)])
        self._give()

    def _give(self) -> None:
        for worker in self._workers:
            if self._tasks and worker.ready and worker.task is None:
                self._send(worker, self._tasks.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        while len(self._tasks) > starting and len(self._workers) < self.jobs and not self._alone:
            try:
                self._workers.append(_started(self.recipes))
            except OSError:  # no more processes, or none at all, in this environment
                self._alone = not self._workers
                self.jobs = len(self._workers)
            starting += 1

    def _send(self, worker: _Worker, task: _Task) -> None:
        runs = []
        for draft in _drafts(task):
            new = draft.source is not worker.source
            worker.source = draft.source
            runs.append((_packed_source(draft.source) if new else None, _packed_draft(draft)))
        worker.task = task
        with suppress(OSError):  # it has ended, which is heard next
            worker.pipe.send((task.chunk.linter, runs))

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if not worker.ready:
            worker.ready = True
            return
        task, worker.task = worker.task, None
        assert task is not None
        results, failed = message
        linter = self.linters[task.chunk.linter]
        for rule, what, values in failed:
            linter.failed.setdefault(rule, EngineError(what, **values))
        self._crashes = 0
        self._done(task, results)

    def _done(self, task: _Task, results: Sequence[Any]) -> None:
        chunk = task.chunk
        for number, packed in zip(task.numbers, results, strict=True):
            draft = chunk.drafts[number]
            failed = isinstance(packed, str)
            chunk.results[number] = DraftError(*packed.split("\0", 1)) if failed else _findings(packed, draft)
            chunk.left -= 1
            self.unfinished -= len(draft.text)

    def _lost(self, worker: _Worker) -> None:
        """Go on without a process that has ended."""
        worker.pipe.close()
        worker.process.join()
        self._workers.remove(worker)
        task = worker.task
        if task is None:  # it never got as far as the rules: the next one wouldn't either
            self.jobs = len(self._workers)
            self._alone = not self._workers
            return
        self._crashes += 1
        if len(task.numbers) > 1:
            # It is one of these; only that one is lost.
            self._tasks.extendleft(_Task(task.chunk, (number,)) for number in reversed(task.numbers))
            return
        self._drop(task, worker.process.exitcode)
        if self._crashes >= 2 * _GIVE_UP:  # once in its chunk, once alone
            while self._tasks:
                self._drop(self._tasks.popleft(), None)

    def _drop(self, task: _Task, status: int | None) -> None:
        for number in task.numbers:
            task.chunk.results[number] = CrashError(status)
            task.chunk.left -= 1
            self.unfinished -= len(task.chunk.drafts[number].text)


def _drafts(task: _Task) -> Iterator[Draft]:
    return (task.chunk.drafts[number] for number in task.numbers)


# Starting


def _started(recipes: Sequence[Recipe]) -> _Worker:
    from multiprocessing import get_context

    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=work, args=(theirs, tuple(recipes)), daemon=True)
    try:
        with _deaf():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return _Worker(process, ours)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C reaches all processes of a terminal. Those that are started now leave it to this one, from the first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# In the process


def work(pipe: Connection, recipes: Sequence[Recipe]) -> None:
    """Check what comes through the pipe until it is closed; the main function of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        linters = [recipe.linter() for recipe in recipes]
    except Exception:  # whoever gave the work has its own, and does without this process
        return
    try:
        pipe.send(None)
        source = Source("", "")
        while True:
            number, runs = pipe.recv()
            drafts = []
            for packed_source, packed_draft in runs:
                source = source if packed_source is None else Source(*packed_source)
                drafts.append(_draft(packed_draft, source))
            linter = linters[number]
            results = _checked(linter, drafts)
            pipe.send((results, [(rule, each.what, dict(each.values)) for rule, each in linter.failed.items()]))
    except (EOFError, OSError):  # whoever gave the work is gone
        return


def _checked(linter: Linter, drafts: Iterator[Draft] | Sequence[Draft]) -> list[Any]:
    """The findings of each draft, or what was raised, as what can be sent."""
    waiting = list(drafts)
    if linter.batches:
        linter.prepare(waiting)
    results: list[Any] = []
    for draft in waiting:
        try:
            results.append([_packed(finding) for finding in linter.check(draft)])
        except Exception as error:
            import traceback

            results.append(f"{type(error).__name__}: {error}".replace("\0", "") + "\0" + traceback.format_exc())
    return results


# What is sent: tuples of texts and numbers, since objects take many times as long


def _packed_source(source: Source) -> tuple[Any, ...]:
    return source.path, source.text, source.encoding, source.bom


def _packed_draft(draft: Draft) -> tuple[Any, ...]:
    pieces = [
        (each.text.start, each.text.end, each.source.start, each.source.end, each.verbatim)
        for each in draft.map.pieces
    ]  # fmt: skip
    return draft.text, pieces, draft.key, draft.template, draft.inquiry, draft.subject, dict(draft.facts)


def _draft(packed: tuple[Any, ...], source: Source) -> Draft:
    text, pieces, key, template, inquiry, subject, facts = packed
    made = SourceMap(tuple(Piece(Span(a, b), Span(c, d), verbatim) for a, b, c, d, verbatim in pieces))
    return Draft(source, text, made, key, template, inquiry, subject, facts)


def _packed(finding: Finding) -> tuple[Any, ...]:
    rewrites = [
        (each.text, int(each.safety), each.span.start, each.span.end, _packed_fix(each.fix))
        for each in finding.rewrites
    ]  # fmt: skip
    span = finding.span
    return (
        finding.rule,
        finding.category,
        int(finding.severity),
        finding.message,
        finding.why,
        span.start,
        span.end,
        finding.document_level,
        rewrites,
    )


def _packed_fix(fix: Fix | None) -> tuple[Any, ...] | None:
    if fix is None:
        return None
    return int(fix.safety), [(edit.span.start, edit.span.end, edit.text) for edit in fix.edits]


def _findings(packed: Sequence[tuple[Any, ...]], draft: Draft) -> list[Finding]:
    return [
        Finding(
            rule,
            category,
            Severity(severity),
            message,
            why,
            draft,
            Span(start, end),
            document_level,
            tuple(Rewrite(text, Safety(safety), Span(a, b), _fix(fix)) for text, safety, a, b, fix in rewrites),
        )
        for rule, category, severity, message, why, start, end, document_level, rewrites in packed
    ]


def _fix(packed: tuple[Any, ...] | None) -> Fix | None:
    if packed is None:
        return None
    safety, edits = packed
    return Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits), Safety(safety))
