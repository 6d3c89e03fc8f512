"""What checks with spaCy's token patterns cost beside the default checks: the start of one process with one draft, and
drafts a second within a process. All in the same run, the cases taking turns; the best of the rounds counts.

Usage: python benchmarks/engines.py [--rounds N] [--pipeline NAME]

Without --pipeline the trained one is the tiny pipeline of the tests, which is trained first: real ones are larger, and
their figures are of another order. Times are processor time of one process; drafts come from the corpus.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from replylint.draft import Draft
from replylint.linter import Linter, Settings
from replylint.rules import load
from replylint.source import Source, SourceMap

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
DRAFT = "Guten Tag Frau Kern,\n\nwir senden Ihnen die Rechnung morgen zu.\n\nViele Grüße\nJana Petersen\n"
_RULE = """id: gemessen
kind: tokens
category: messung
severity: suggestion
message: {{de: x, en: x}}
why: {{de: x, en: x}}
patterns:
  - {pattern}
examples: []
"""


@dataclass(frozen=True)
class Case:
    """A pattern to measure, if any, and whether with the trained pipeline."""

    name: str
    pattern: str = ""
    trained: bool = False


CASES = (
    Case("default checks"),
    Case("+ tokens check, its words in no draft", "[{LOWER: xylophon}, {IS_ALPHA: true}]"),
    Case("+ tokens check, its words in some drafts", "[{LEMMA: {IN: [senden, schicken]}}, {IS_ALPHA: true}]"),
    Case("+ the same with a trained pipeline (POS)", "[{LEMMA: {IN: [senden, schicken]}}, {POS: PRON}]", True),
    Case("+ no words named, trained pipeline (POS)", "[{POS: NOUN}, {POS: NOUN}, {POS: NOUN}]", True),
)


def drafts() -> Iterator[Draft]:
    """The drafts of the corpus."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(CORPUS.glob("*.yaml")):
        if not path.name.startswith("inquiries"):
            for entry in yaml.load(path.read_text(encoding="utf-8"), loader):
                text = entry["text"]
                yield Draft(Source(entry["id"], text), text, SourceMap.identity(len(text)))


def start(folder: Path) -> float:
    """Seconds of processor time that a process takes for one draft."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "replylint", "check", "entwurf.txt", "--quiet", "--output", os.devnull]
    run = subprocess.run(words, cwd=folder, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit(f"exit status {run.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def throughput(linter: Linter, corpus: list[Draft]) -> float:
    """Seconds of processor time that the corpus takes."""
    before = time.process_time()
    for _ in linter.check_all(corpus):
        pass
    if linter.failed:
        raise SystemExit(f"{linter.failed}")
    return time.process_time() - before


def prepare(folder: Path, case: Case, pipeline: str) -> Linter:
    """A folder with a draft and the configuration of a case; and a linter for the same, warmed up."""
    packs = ["de"]
    lines: Mapping[str, str] = {"rules": '["de"]'}
    if case.pattern:
        (folder / "haus").mkdir(parents=True)
        (folder / "haus" / "gemessen.yaml").write_text(_RULE.format(pattern=case.pattern), encoding="utf-8")
        packs.append(str(folder / "haus"))
        lines = {"rules": '["de", "haus/"]'}
    if case.trained:
        lines = {**lines, "pipeline": f'"{pipeline}"'}
    folder.mkdir(exist_ok=True)
    (folder / "entwurf.txt").write_text(DRAFT, encoding="utf-8")
    text = "".join(f"{key} = {value}\n" for key, value in lines.items())
    (folder / "replylint.toml").write_text(text, encoding="utf-8")
    return Linter(load(packs), Settings(pipeline=pipeline if case.trained else None))


def tiny(folder: Path) -> str:
    """The tests' pipeline, trained."""
    sys.path.insert(0, str(ROOT / "tests"))
    from tiny_pipeline import train

    return str(train(folder))


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pipeline", help="a trained German pipeline, by its name or folder")
    options = parser.parse_args()
    corpus = list(drafts())
    with tempfile.TemporaryDirectory() as place:
        os.environ["REPLYLINT_CACHE_DIR"] = str(Path(place, "cache"))
        pipeline = options.pipeline or tiny(Path(place, "pipeline"))
        folders = [Path(place, str(number)) for number in range(len(CASES))]
        linters = [prepare(folder, case, pipeline) for folder, case in zip(folders, CASES, strict=True)]
        starts: list[list[float]] = [[] for _ in CASES]
        runs: list[list[float]] = [[] for _ in CASES]
        for number, folder in enumerate(folders):  # fill the caches
            start(folder)
            throughput(linters[number], corpus)
        for _ in range(options.rounds):
            for number, folder in enumerate(folders):
                starts[number].append(start(folder))
                runs[number].append(throughput(linters[number], corpus))
    print(f"{len(corpus)} drafts, best of {options.rounds} rounds, processor time\n")
    print(f"{'':44}{'start':>10}{'ratio':>8}{'drafts/s':>11}{'ratio':>8}")
    for case, each_start, each_run in zip(CASES, starts, runs, strict=True):
        began, ran = min(each_start), min(each_run)
        rate = len(corpus) / ran
        ratios = began / min(starts[0]), rate / (len(corpus) / min(runs[0]))
        print(f"{case.name:44}{began * 1000:7.0f} ms{ratios[0]:8.2f}{rate:11.0f}{ratios[1]:8.2f}")


if __name__ == "__main__":
    main()
