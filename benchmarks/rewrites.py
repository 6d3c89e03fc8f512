"""For each finding on labelled drafts: the sentence as it is, and as it would read with the first rewrite.

Usage: python benchmarks/rewrites.py [CORPUS.yaml …] [--check ID …]. To be read by a person: would one send it?
"""

from __future__ import annotations

import argparse
from pathlib import Path

from accuracy import CORPUS, lint, read_corpus

from replylint.examples import rewritten
from replylint.linter import Linter
from replylint.rules import load


def main() -> None:
    """Print all findings with a rewrite, before and after, and count those without one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--check", nargs="*", default=[])
    options = parser.parse_args()
    linter = Linter(load(["de"]))
    corpus = options.corpus or sorted(path for path in CORPUS.glob("*.yaml") if not path.name.startswith("inquiries"))
    shown = without = 0
    for entry in read_corpus(corpus):
        for finding in lint(linter, entry):
            if options.check and finding.rule not in options.check:
                continue
            if not finding.rewrites:
                without += 1
                print(f"{entry['id']} {finding.rule}: no rewrite\n   {_line(finding.quote or '')}")
                continue
            shown += 1
            text, rewrite = finding.draft.text, finding.rewrites[0]
            before, after = _around(text, rewrite.span.start, rewrite.span.end)
            edited = rewritten(text, rewrite)
            end = rewrite.span.start + len(edited) - len(text) + (rewrite.span.end - rewrite.span.start)
            print(f"{entry['id']} {finding.rule} ({rewrite.safety})")
            print(f" - {_line(text[before:after])}")
            print(f" + {_line(edited[before : end + after - rewrite.span.end])}")
    print(f"{shown} rewrites, {without} findings without one")


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences (roughly) that a range stands in."""
    before = max(text.rfind(mark, 0, start) for mark in ("\n\n", ". ", "! ", "? "))
    afters = [index for mark in ("\n\n", ". ", "! ", "? ") if (index := text.find(mark, end)) >= 0]
    return (0 if before < 0 else before + 2), min(afters, default=len(text) - 1) + 1


def _line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
