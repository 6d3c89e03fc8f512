"""The drafts of a run distributed over processes: read ahead, submitted in chunks, and handed on in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NamedTuple

from replylint import linter as linting
from replylint import parallel
from replylint.cli.files import STDIN, Input, InputError
from replylint.parallel import Chunk, Pool

if TYPE_CHECKING:
    from replylint.cli.check import Ahead, Check
    from replylint.config import Config
    from replylint.draft import Draft
    from replylint.findings import Finding
    from replylint.linter import Linter, Recipe

_AHEAD = 4
"""So many chunks for each process are read ahead."""


class _Waiting(NamedTuple):
    """An input whose turn has not come, what was read of it, and the drafts of it by their chunks."""

    item: Input | InputError
    config: Config
    ahead: Ahead
    places: list[tuple[Chunk, int]]

    @property
    def finished(self) -> bool:
        return all(chunk.results[number] is not None for chunk, number in self.places)


class Distribution:
    """Has the drafts of a run checked by up to `jobs` processes. All else the run does itself, file by file, as it does
    alone. `recipes` are those of its linters, by the ids of the configurations."""

    def __init__(self, run: Check, linters: Mapping[int, Linter], recipes: Mapping[int, Recipe], jobs: int) -> None:
        self.run = run
        self.jobs = jobs
        self.numbers = {config: number for number, config in enumerate(recipes)}
        self.recipes = list(recipes.values())
        self.linters = [linters[config] for config in recipes]
        self._pool: Pool | None = None
        self._chunks: deque[Chunk] = deque()
        self._size = 0

    def inputs(
        self, inputs: Iterable[tuple[Input | InputError, Config, int | None]]
    ) -> Iterator[tuple[Input | InputError, Config, Ahead]]:
        """The inputs in order, each with what is read of it; its findings, too, once there is enough for processes."""
        waiting: deque[_Waiting] = deque()
        with ExitStack() as stack:
            for item, config, known in inputs:
                if known is not None and not waiting:
                    yield item, config, known
                    continue
                waiting.append(self._read(item, config, known))
                if self._pool is None and self._size >= linting.PAYS:
                    self._pool = stack.enter_context(Pool(self.recipes, self.linters, self.jobs))
                if self._pool is not None:
                    self._submit(self._pool)
                    while waiting and (self._full(self._pool) or waiting[0].finished):
                        yield self._ready(waiting.popleft())
            while waiting:
                yield self._ready(waiting.popleft())

    def _full(self, pool: Pool) -> bool:
        return pool.unfinished > _AHEAD * self.jobs * parallel.CHUNK

    def _submit(self, pool: Pool, *, all: bool = False) -> None:
        """Submit the chunks that are full; the last one, too, with `all`."""
        while len(self._chunks) > (0 if all else 1):
            pool.submit(self._chunks.popleft())
        pool.pump(wait=False)

    def _read(self, item: Input | InputError, config: Config, known: int | None) -> _Waiting:
        if known is not None or not isinstance(item, Input) or item.path == STDIN:
            return _Waiting(item, config, known, [])
        with suppress(Exception):  # told when its turn comes
            read = self.run.read(item, config)
            places = [self._add(draft, self.numbers[id(config)]) for draft in read.unknown]
            return _Waiting(item, config, read, places)
        return _Waiting(item, config, None, [])

    def _add(self, draft: Draft, linter: int) -> tuple[Chunk, int]:
        last = self._chunks[-1] if self._chunks else None
        if last is None or last.linter != linter or last.size >= parallel.CHUNK:
            last = Chunk(linter)
            self._chunks.append(last)
        self._size += len(draft.text)
        return last, last.add(draft)

    def _ready(self, waiting: _Waiting) -> tuple[Input | InputError, Config, Ahead]:
        ahead = waiting.ahead
        if self._pool is not None and ahead is not None and not isinstance(ahead, int):
            ahead = ahead._replace(found=self._found(waiting.places, self._pool))
        return waiting.item, waiting.config, ahead

    def _found(self, places: Iterable[tuple[Chunk, int]], pool: Pool) -> Iterator[Sequence[Finding]]:
        for chunk, number in places:
            if chunk in self._chunks:
                self._submit(pool, all=True)
            yield pool.result(chunk, number)
