"""What the check of grammar costs: the start of a run, and drafts a second, beside the default run.

Usage: python benchmarks/grammar_speed.py [--server http://localhost:8010] [--drafts N] [--runs N]. The server must be
running; docs/grammar.md says how, and with which configuration. Both ways are measured in turn in the same run, so that
their ratio holds on a busy machine too. The server shares the machine's processors with replylint here.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from accuracy import CORPUS, read_corpus

from replylint.draft import Draft
from replylint.german.languagetool import LanguageTool, Options
from replylint.linter import Linter, Settings
from replylint.rules import load
from replylint.source import Source, SourceMap


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--server", default="http://localhost:8010")
    parser.add_argument("--drafts", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    texts = [str(entry["text"]) for entry in read_corpus(sorted(CORPUS.glob("dev_*.yaml")))]
    _warm_up(options.server, texts[:8])
    default, grammar = _starts(options.server, texts[0], options.runs)
    print(f"one draft, whole process, median of {options.runs}:")
    print(
        f"  default {default * 1000:6.0f} ms    grammar on {grammar * 1000:6.0f} ms    {grammar / default:5.1f} times"
    )
    print(f"drafts a second, {options.drafts} different drafts:")
    for parallel in (1, 2, 4):
        without, with_it = _rates(options.server, texts, options.drafts, parallel)
        print(
            f"  default {without:6.0f}       grammar on {with_it:6.1f}       {without / with_it:5.0f} times slower"
            f"    ({parallel} at once)"
        )


def _warm_up(server: str, texts: list[str]) -> None:
    """Let the server load its rules, for as many requests as come at once."""
    for parallel in (1, 4):
        with LanguageTool(Options(server=server, timeout=600, parallel=parallel)) as tool:
            linter = Linter(load(["de"]), Settings(select=("grammar",)), tool)
            list(linter.check_all(list(_drafts(texts, len(texts), f"Aufwärmen {parallel}"))))


def _starts(server: str, text: str, runs: int) -> tuple[float, float]:
    """The median time of a whole process, in seconds: as by default, and with grammar on."""
    times: dict[str, list[float]] = {"default": [], "grammar": []}
    with tempfile.TemporaryDirectory() as folder:
        for name, checks in (("default", ""), ("grammar", '[checks]\ngrammar = "on"\n')):
            config = f'[languagetool]\nserver = "{server}"\ntimeout = 600\n{checks}'
            Path(folder, f"{name}.toml").write_text(config, encoding="utf-8")
        for number in range(runs + 1):
            Path(folder, "entwurf.txt").write_text(f"{text}\nNummer {number}\n", encoding="utf-8")
            for name, taken in times.items():
                command = [sys.executable, "-m", "replylint", "check", "entwurf.txt", "--config", f"{name}.toml"]
                start = time.perf_counter()
                run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
                if "replylint: grammar:" in run.stderr or run.returncode > 1:
                    raise SystemExit(run.stderr)
                if number:  # the first one compiles the rules
                    taken.append(time.perf_counter() - start)
    return statistics.median(times["default"]), statistics.median(times["grammar"])


def _rates(server: str, texts: list[str], drafts: int, parallel: int) -> tuple[float, float]:
    """Drafts a second: as by default, and with grammar on."""
    ruleset = load(["de"])
    list(Linter(ruleset).check_all(list(_drafts(texts, len(texts), "Aufwärmen"))))  # compiles the rules
    rates = []
    for levels in ({}, {"grammar": "on"}):
        with LanguageTool(Options(server=server, timeout=600, parallel=parallel)) as tool:
            linter = Linter(ruleset, Settings(levels=levels), tool)
            batch = list(_drafts(texts, drafts, f"Vorgang {parallel}"))
            start = time.perf_counter()
            list(linter.check_all(batch))
            rates.append(drafts / (time.perf_counter() - start))
            if linter.failed:
                raise SystemExit(str(linter.failed["grammar"]))
    return rates[0], rates[1]


def _drafts(texts: list[str], number: int, mark: str) -> Iterator[Draft]:
    """So many drafts, each another text to the server."""
    for each in range(number):
        text = f"{texts[each % len(texts)].rstrip()}\n\nP. S. {mark}-{each}.\n"
        yield Draft(Source(f"{each}.txt", text), text, SourceMap.identity(len(text)))


if __name__ == "__main__":
    main()
