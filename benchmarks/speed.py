"""Speed and memory against targets and peers, all measured in one run; writes benchmarks/RESULTS.md.

Usage: python benchmarks/speed.py [NAME …] [--quick] [--clock wall|cpu] [--peers FOLDER] [--output FILE]

Names choose rows: start, first, throughput, again, library, rules, lengths, memory, help; all of them without one.
The peers are installed by `python benchmarks/peers.py`; one that isn't there is named in the table. `--quick` takes
1,000 drafts for 10,000, and fewer rounds. `--clock` says by which figure ratios and targets go: the wall clock where
the machine is idle, processor time (user and system, of the whole process tree) where others use it too.

The drafts are made afresh from the corpus with a seed (inputs.py); our phrases become Vale styles (vale.py says how).
RESULTS.md is only written when all rows were measured, or where `--output` names it.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import vale
from measure import FailedError
from peers import PEERS, MissingError, Peers, default_folder
from rows import ROWS, Bench
from table import Clock, Line, render

from replylint import __version__

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"


def main() -> int:
    """Measure, print, and write the results page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="1,000 drafts for 10,000, fewer rounds")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall", help="what ratios and targets go by")
    parser.add_argument("--peers", type=Path, default=default_folder(), metavar="FOLDER")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where the results page goes")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in ROWS]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)} (there are {', '.join(ROWS)})")
    with tempfile.TemporaryDirectory(prefix="replylint-speed-") as folder:
        bench = Bench(Peers(options.peers), Path(folder), tell, quick=options.quick)
        try:
            _ = bench.replylint
        except MissingError as error:
            print(f"replylint: {error}", file=sys.stderr)
            return 2
        lines = list(measured(bench, options.names or list(ROWS)))
    tell("")
    print(render(lines, options.clock))
    for note in bench.notes:
        print(note)
    output = options.output or (None if options.names else RESULTS)
    if output is not None:
        output.write_text(page(lines, bench, options.clock), encoding="utf-8")
    return 0


def measured(bench: Bench, names: Sequence[str]) -> Iterator[Line]:
    """The lines of the rows; one that fails says so in a line of its own."""
    for name in names:
        try:
            yield from ROWS[name](bench)
        except (FailedError, MissingError, subprocess.CalledProcessError) as error:
            yield Line(name, str(error))


def tell(words: str) -> None:
    """What is being done now, on stderr."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words[:100]}", end="", file=sys.stderr, flush=True)


def page(lines: Sequence[Line], bench: Bench, clock: Clock) -> str:
    """The results page."""
    clocks = {"wall": "the wall clock", "cpu": "processor time, since others used the machine as well"}
    parts = [
        "# Speed and memory",
        f"Written by `python benchmarks/speed.py{' --quick' if bench.quick else ''}` on "
        f"{datetime.datetime.now(datetime.UTC).date()}, replylint {__version__}. "
        f"Ratios and targets go by {clocks[clock]}.",
        render(lines, clock),
        *bench.notes,
        "## The machine",
        "\n".join(f"- {each}" for each in machine()),
        "## The versions",
        "\n".join(f"- {each}" for each in versions(bench.peers)),
        METHOD,
        "## Our phrases as Vale styles",
        (vale.__doc__ or "").partition("\n\n")[2].strip(),
    ]
    return "\n\n".join(parts) + "\n"


METHOD = """\
## How it was measured

- Figures are medians, with the lowest and highest value; CPU is user and system time of the whole process tree. A rate
  by CPU is per second of one processor; of a target for two cores, half is asked of it then. A ratio is replylint's
  figure divided by the other one.
- Each figure is of whole processes, from their start to their end, output thrown away. Programs of one row take turns,
  on the same files. Drafts are fresh in every round; nothing has seen one before, except in the row „again“.
- replylint is the wheel of the working tree, installed into an environment that holds nothing but what it needs.
- Warm: the disk (files have been read or written just before), and in the rows „one draft“, „--help“ and „--version“
  everything: each program has run once before. replylint's .pyc files are there as pip makes them, except where the
  line says otherwise. „The rules compiled“: replylint's cache holds the compiled rules, and nothing of the drafts.
  „Nothing cached“: its cache folder is empty.
- Memory is the larger one of two: the resident set of the largest process, and the proportional set size of the whole
  process tree, looked at every 10 ms.
- Text × 100 is measured inside one process, in processor time, after a warm-up: 15,000 words against the mean of 20
  texts of 150 words; the second line of a text is the check, signal or step that grows most.
- LanguageTool's server is running and warm; its figures are of requests one after the other, its CPU the server's.
- proselint, textlint (with rules that read any text), alex and write-good check English; they read the same files."""


def machine() -> Iterator[str]:
    """What it was measured on."""
    yield f"{_processor()}, {os.cpu_count()} cores, {_memory()}"
    yield f"{platform.system()} {platform.release()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB of memory"


def versions(peers: Peers) -> Iterator[str]:
    """The peers and what runs them."""
    for name, peer in PEERS.items():
        if name == "replylint":
            continue
        try:
            peers.path(name)
            yield f"{name} {peer.version}"
        except MissingError as error:
            yield f"{name}: {error}"
    for tool, option in (("node", "--version"), ("go", "version"), ("java", "--version")):
        if path := shutil.which(tool):
            told = subprocess.run([path, option], capture_output=True, text=True, check=False).stdout
            yield f"{tool}: {told.splitlines()[0] if told else 'unknown'}"


if __name__ == "__main__":
    sys.exit(main())
