"""The rows of the table of targets: what is run for each, beside what, and what is to be reached."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import inputs
import manyrules
import vale
from measure import Command, FailedError, Sample, interleaved, run, user_environment
from peers import MissingError, Peers
from table import Figure, Line, Target, memory, milliseconds, rate

DRAFT = "one draft of 150 words"
_LINTERS = ("proselint", "textlint", "alex", "write-good")
_VALE = {"vale": "Vale, our phrases in order", "vale-all": "Vale, our phrases"}
_HERE = Path(__file__).parent


class Bench:
    """All that the rows share: the peers, a folder to work in, how much to do. `tell` shows what is being done."""

    def __init__(self, peers: Peers, folder: Path, tell: Callable[[str], None], *, quick: bool) -> None:
        self.peers = peers
        self.folder = folder
        self.tell = tell
        self.quick = quick
        self.notes: list[str] = []
        """What the results page says besides the table."""
        self.settings = folder / "empty"
        """A folder without configuration."""
        self.settings.mkdir()
        self._seed = 0
        self._folders = 0

    def some(self, full: int, quick: int) -> int:
        """A count, a smaller one for a quick run."""
        return quick if self.quick else full

    @property
    def many(self) -> int:
        """How many drafts are many."""
        return self.some(10_000, 1_000)

    def fresh(self, count: int) -> list[str]:
        """Drafts that nothing has seen before."""
        self._seed += 1
        return inputs.drafts(count, self._seed)

    def place(self, name: str = "place") -> Path:
        """A path that isn't there yet."""
        self._folders += 1
        return self.folder / f"{name}-{self._folders}"

    def files(self, count: int) -> Path:
        """A folder of fresh drafts."""
        return inputs.write_files(self.place("drafts"), self.fresh(count))

    # replylint

    @cached_property
    def replylint(self) -> tuple[str, ...]:
        """How its command begins, the working tree installed. Raises MissingError."""
        self.tell("installing the working tree")
        return self.peers.place_replylint()

    def check(self, *paths: str | Path, cache: Path, options: Sequence[str] = ()) -> Command:
        """`replylint check` on paths, with a cache folder of its own."""
        words = (*self.replylint, "check", *options, *map(str, paths))
        return Command(words, self.settings, {"REPLYLINT_CACHE_DIR": str(cache)})

    @cached_property
    def _warm(self) -> Path:
        folder = self.place("cache")
        run(self.check(self.files(20), cache=folder))
        return folder

    def warm(self) -> Path:
        """A new cache folder that holds the compiled rules, and nothing of any draft to come."""
        return Path(shutil.copytree(self._warm, self.place("cache")))

    # the peers

    @cached_property
    def _styles(self) -> Mapping[str, Path]:
        from replylint.rules import load

        self.tell("writing our phrases as Vale styles")
        ruleset = load(["de"])
        written = {"vale": vale.styles(ruleset, ordered=True), "vale-all": vale.styles(ruleset)}
        for name, styles in written.items():
            self.notes += [f"{_VALE[name]}: {each}." for each in vale.counts(styles)]
        return {name: vale.write(self.place(name), styles) for name, styles in written.items()}

    def peer(self, name: str, paths: Iterable[str | Path], folder: Path | None = None) -> Command:
        """A peer on files. Raises MissingError."""
        words = self.peers.words("vale" if name in _VALE else name)
        if name in _VALE:
            words += ("--config", str(self._styles[name]), "--no-global", "--output", "line")
        # write-good's exit status is the number of its findings.
        good = tuple(range(256)) if name == "write-good" else (0, 1)
        return Command((*words, *map(str, paths)), folder or self.settings, good=good)

    def beside(
        self,
        makers: Mapping[str, Callable[[int], Sample]],
        rounds: int,
    ) -> dict[str, list[Sample] | str]:
        """Samples of each, in turns; a peer that is missing or fails is told by the reason."""

        def guarded(make: Callable[[int], Sample]) -> Callable[[int], Sample]:
            def sample(number: int) -> Sample:
                try:
                    return make(number)
                except MissingError as error:
                    raise FailedError(str(error)) from error

            return sample

        return interleaved({name: guarded(make) for name, make in makers.items()}, rounds, self.tell)


def _shown(samples: list[Sample] | str, figure: Callable[[list[Sample]], Figure]) -> Figure | str:
    return samples if isinstance(samples, str) else figure(samples)


def start(bench: Bench) -> Iterator[Line]:
    """One draft, the whole process, everything warm; each round has a draft of its own, the same for all."""
    rounds = bench.some(15, 5)
    files = sorted(bench.files(rounds + 1).iterdir())
    cache = bench.warm()
    names = (*_LINTERS, *_VALE)
    makers: dict[str, Callable[[int], Sample]] = {
        "replylint": lambda number: run(bench.check(files[number], cache=cache)),
        **{name: lambda number, name=name: run(bench.peer(name, [files[number]])) for name in names},  # type: ignore[misc]
    }
    bench.beside({name: lambda _, make=make: make(rounds) for name, make in makers.items()}, 1)  # type: ignore[misc]
    found = bench.beside(makers, rounds)
    ours = _shown(found["replylint"], milliseconds)
    yield Line(DRAFT, ours, target=Target(100))
    for name in names:
        limit = Target(2, ratio=True) if name in _VALE else Target(1, ratio=True)
        yield Line(DRAFT, ours, _VALE.get(name, name), _shown(found[name], milliseconds), limit)
    texts = [path.read_text(encoding="utf-8") for path in files]
    yield Line(
        DRAFT, ours, "LanguageTool, its server running", _languagetool(bench, [[each] for each in texts], milliseconds)
    )


def _languagetool(
    bench: Bench, batches: Sequence[Sequence[str]], figure: Callable[[list[Sample]], Figure]
) -> Figure | str:
    bench.tell("LanguageTool")
    try:
        with bench.peers.languagetool() as server:
            server.check(batches[0])
            return figure([server.check(batch) for batch in batches])
    except (MissingError, FailedError) as error:
        return str(error)


def first(bench: Bench) -> Iterator[Line]:
    """The first run after the install: no compiled rules, with the .pyc files that pip makes, and without them."""
    rounds = bench.some(5, 2)
    files = sorted(bench.files(2 * rounds).iterdir())

    def without_pyc(number: int) -> Sample:
        for folder in bench.peers.packages().rglob("__pycache__"):
            shutil.rmtree(folder)
        return run(bench.check(files[rounds + number], cache=bench.place("cache")))

    def with_pyc(number: int) -> Sample:
        python = bench.peers.path("replylint")
        words = [str(python), "-m", "compileall", "-q", str(bench.peers.packages())]
        subprocess.run(words, env=user_environment(), check=False)
        return run(bench.check(files[number], cache=bench.place("cache")))

    found = bench.beside({"without": without_pyc, "with": with_pyc}, rounds)
    if isinstance(found["with"], list):
        with_pyc(0)  # leaves the environment as it was
    yield Line("first run after install, as pip leaves it", _shown(found["with"], milliseconds), target=Target(1000))
    yield Line(
        "first run after install, no .pyc of any package",
        _shown(found["without"], milliseconds),
        target=Target(1000),
    )


def throughput(bench: Bench) -> Iterator[Line]:
    """Many drafts as plain files. The slower peers get fewer of the same files, as many as the line says."""
    rounds = bench.some(3, 2)
    many = bench.many
    folders = [bench.files(many) for _ in range(rounds)]
    warmed = [bench.files(many) for _ in range(rounds)]
    shares = {"proselint": 200, "textlint": 1_000, "alex": 500, "write-good": 1_000, "vale": 500, "vale-all": 20}
    shares = {name: min(many, bench.some(share, max(10, share // 5))) for name, share in shares.items()}

    def peer(name: str) -> Callable[[int], Sample]:
        def sample(number: int) -> Sample:
            names = [f"{each:05}.txt" for each in range(shares[name])]
            return run(bench.peer(name, names, folders[number]))

        return sample

    concise = ("--format", "concise")
    found = bench.beside(
        {
            "nothing cached": lambda number: run(
                bench.check(folders[number], cache=bench.place("cache"), options=concise)
            ),
            "rules compiled": lambda number: run(bench.check(warmed[number], cache=bench.warm(), options=concise)),
            **{name: peer(name) for name in shares},
        },
        rounds,
    )
    figures = {name: _shown(samples, lambda every: rate(every, many)) for name, samples in found.items()}
    what = f"{many:,} drafts, nothing cached"
    target = Target(3000, least=True, cores=2)
    yield Line(what, figures["nothing cached"], target=target)
    yield Line(f"{many:,} fresh drafts, the rules compiled", figures["rules compiled"], target=target)
    for name, share in shares.items():
        theirs = _shown(found[name], lambda every, share=share: rate(every, share))  # type: ignore[misc]
        limit = Target(5, ratio=True, least=True) if name in _VALE else None
        yield Line(what, figures["nothing cached"], f"{_VALE.get(name, name)} ({share} of them)", theirs, limit)
    share = bench.some(100, 20)
    texts = [(folders[0] / f"{each:05}.txt").read_text(encoding="utf-8") for each in range(share)]
    theirs = _languagetool(bench, [texts], lambda every: rate(every, share))
    yield Line(what, figures["nothing cached"], f"LanguageTool ({share} of them)", theirs)


def again(bench: Bench) -> Iterator[Line]:
    """The same files again, unchanged."""
    many = bench.many
    folder, cache = bench.files(many), bench.warm()
    command = bench.check(folder, cache=cache, options=("--format", "concise"))
    run(command)
    found = bench.beside({"again": lambda _: run(command)}, bench.some(3, 2))
    figure = _shown(found["again"], lambda every: rate(every, many))
    yield Line(f"{many:,} drafts again, unchanged", figure, target=Target(20_000, least=True, cores=2))


def library(bench: Bench) -> Iterator[Line]:
    """Library files against plain files of the same replies, each with a cache that knows none of them."""
    many, rounds = bench.many, bench.some(3, 2)
    texts = [bench.fresh(many) for _ in range(rounds)]
    plain = [inputs.write_files(bench.place("drafts"), each) for each in texts]
    suffixes = ("json", "yaml", "csv")
    files = {
        suffix: [inputs.write_library(bench.place("library") / f"replies.{suffix}", each) for each in texts]
        for suffix in suffixes
    }
    concise = ("--format", "concise")

    def sample(paths: Sequence[Path]) -> Callable[[int], Sample]:
        return lambda number: run(bench.check(paths[number], cache=bench.warm(), options=concise))

    found = bench.beside({"plain": sample(plain), **{name: sample(paths) for name, paths in files.items()}}, rounds)
    base = _shown(found["plain"], milliseconds)
    for suffix in suffixes:
        what = f"a library of {many:,} replies, {suffix.upper()}"
        yield Line(what, _shown(found[suffix], milliseconds), "plain files", base, Target(1.5, ratio=True))


def rules(bench: Bench) -> Iterator[Line]:
    """Ten times the phrases: the time for one draft and for many, the rules compiled."""
    config = bench.place("config")
    config.mkdir()
    pack = manyrules.write(bench.place("pack"), 10)
    (config / "replylint.toml").write_text(f"rules = [{json.dumps(str(pack))}]\n", encoding="utf-8")
    options = ("--config", str(config / "replylint.toml"), "--format", "concise")
    concise = ("--format", "concise")
    caches = {"ten": bench.place("cache"), "one": bench.warm()}
    bench.tell("compiling ten times the rules")
    compiled = run(bench.check(bench.files(1), cache=caches["ten"], options=options))
    bench.notes.append(f"Ten times the rules compile once, in {compiled.cpu:.1f} s of processor time.")
    count = bench.some(2_000, 500)
    for size, rounds in ((1, bench.some(9, 3)), (count, bench.some(3, 2))):
        folders = [bench.files(size) for _ in range(rounds)]
        found = bench.beside(
            {
                "ten": lambda n, f=folders: run(bench.check(f[n], cache=caches["ten"], options=options)),  # type: ignore[misc]
                "one": lambda n, f=folders: run(bench.check(f[n], cache=caches["one"], options=concise)),  # type: ignore[misc]
            },
            rounds,
        )
        yield Line(
            f"rules × 10, {size:,} {'draft' if size == 1 else 'drafts'}",
            _shown(found["ten"], milliseconds),
            "the built-in rules",
            _shown(found["one"], milliseconds),
            Target(1.3, ratio=True),
        )


_FLOOR = 0.002
"""Seconds; what takes less on the long text can't be told from the noise."""


def lengths(bench: Bench) -> Iterator[Line]:
    """A hundred times the text, for every check: the one that grows most, over all texts."""
    _ = bench.replylint
    environment = {**user_environment(), "REPLYLINT_CACHE_DIR": str(bench.warm()), "PYTHONPATH": str(_HERE)}
    bench.tell("a hundred times the text")
    words = [str(bench.peers.path("replylint")), str(_HERE / "lengths.py"), "9"]
    told = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise FailedError((told.stderr.strip().splitlines() or ["no answer"])[-1])
    for line in told.stdout.splitlines():
        result = json.loads(line)
        what = f"text × 100: {result['text']}"
        if result.get("late"):
            yield Line(what, "more than a minute", target=Target(110, ratio=True))
            continue
        costs: Mapping[str, tuple[float, float]] = result["costs"]
        yield _grown(what, "all checks", *map(sum, zip(*costs.values(), strict=True)))
        telling = {name: pair for name, pair in costs.items() if pair[1] >= _FLOOR and pair[0] > 0}
        if telling:
            name = max(telling, key=lambda name: telling[name][1] / telling[name][0])
            yield _grown(what, name.partition(":")[2], *telling[name])


def _grown(what: str, name: str, short: float, long: float) -> Line:
    figures = [Figure("ms", (1e3 * each,)) for each in (long, short)]
    return Line(what, figures[0], f"{name}, 150 words", figures[1], Target(110, ratio=True))


def memories(bench: Bench) -> Iterator[Line]:
    """The largest memory: one draft, more and more plain files, library files."""
    texts = bench.fresh(bench.many)
    single = bench.files(1)
    few = bench.files(bench.many // 10)
    many = inputs.write_files(bench.place("drafts"), texts)
    paths = {
        "one draft": single,
        f"{bench.many // 10:,} drafts": few,
        f"{bench.many:,} drafts": many,
        **{
            f"a library of {bench.many:,} replies, {suffix.upper()}": inputs.write_library(
                bench.place("library") / f"replies.{suffix}", texts
            )
            for suffix in ("json", "yaml")
        },
    }
    for what, path in paths.items():
        bench.tell(f"memory of {what}")
        command = bench.check(path, cache=bench.warm(), options=("--format", "concise"))
        found = bench.beside({what: lambda _, c=command: run(c, watch=True)}, bench.some(3, 1))  # type: ignore[misc]
        limit = 64 if what == "one draft" else 200
        yield Line(f"memory, {what}", _shown(found[what], memory), target=Target(limit))


def helps(bench: Bench) -> Iterator[Line]:
    """What a shell's user asks first; beside it what the peers take for their version."""
    rounds = bench.some(15, 5)
    asked = {
        "proselint": "version", "textlint": "--version", "alex": "--version", "write-good": "--version",
        "vale": "--version",
    }  # fmt: skip

    def ours(option: str) -> Callable[[int], Sample]:
        return lambda _: run(Command((*bench.replylint, option), bench.settings))

    def theirs(name: str, option: str) -> Callable[[int], Sample]:
        words = {"proselint": 1}.get(name)
        return lambda _: run(Command((*bench.peers.words(name)[: words or 2], option), bench.settings))

    makers = {option: ours(option) for option in ("--help", "--version")}
    makers |= {name: theirs(name, option) for name, option in asked.items()}
    bench.beside(makers, 1)
    found = bench.beside(makers, rounds)
    yield Line("--help", _shown(found["--help"], milliseconds), target=Target(80))
    version = _shown(found["--version"], milliseconds)
    yield Line("--version", version, target=Target(80))
    for name in asked:
        yield Line("--version", version, name, _shown(found[name], milliseconds))


ROWS: Mapping[str, Callable[[Bench], Iterator[Line]]] = {
    "start": start,
    "first": first,
    "throughput": throughput,
    "again": again,
    "library": library,
    "rules": rules,
    "lengths": lengths,
    "memory": memories,
    "help": helps,
}
