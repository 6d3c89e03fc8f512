"""Accuracy on labelled drafts: precision, recall and F1 per check and over all; the signals on labelled inquiries.

Usage: python benchmarks/accuracy.py [CORPUS.yaml …] [--inquiries FILE …] [--check ID …] [--misses]

A span finding counts as found where check and words overlap with the label's; a document-level one where the check is
reported. What is labelled doubtful is neither demanded nor punished. A corpus that labels checks which are off by
default is about these: they alone are run.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from replylint.draft import Draft
from replylint.findings import Finding
from replylint.linter import Linter, Settings
from replylint.rules import RuleSet, load
from replylint.source import Source, SourceMap, Span

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"


@dataclass
class Score:
    """Counts of one check."""

    hits: int = 0
    false_alarms: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was reported that is right; 1 where nothing was."""
        reported = self.hits + len(self.false_alarms)
        return self.hits / reported if reported else 1.0

    @property
    def recall(self) -> float:
        """Share of what is labelled that was found; 1 where nothing is."""
        labelled = self.hits + len(self.misses)
        return self.hits / labelled if labelled else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_corpus(paths: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
    """The labelled drafts of files."""
    for path in paths:
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))


def lint(linter: Linter, entry: Mapping[str, Any]) -> list[Finding]:
    """What the linter reports on a labelled draft: with `select`, only the checks named there."""
    if "select" in entry:
        linter = Linter(linter.ruleset, replace(linter.settings, select=tuple(entry["select"])))
    text = entry["text"]
    draft = Draft(
        Source(entry["id"], text),
        text,
        SourceMap.identity(len(text)),
        template=entry.get("template", False),
        inquiry=entry.get("inquiry"),
        facts={**({"channel": entry["channel"]} if "channel" in entry else {}), **entry.get("facts", {})},
    )
    return linter.check(draft)


def optional_checks(ruleset: RuleSet, path: Path) -> frozenset[str]:
    """The checks off by default that a corpus labels."""
    labels = [
        label for entry in read_corpus([path]) for key in ("findings", "doubtful") for label in entry.get(key, ())
    ]
    return frozenset(label["rule"] for label in labels if not ruleset.rules[label["rule"]].enabled)


def score_optional(ruleset: RuleSet, path: Path) -> dict[str, Score]:
    """The scores of the checks off by default that a corpus labels, run alone, as `--select` does."""
    return score(Linter(ruleset, Settings(select=tuple(optional_checks(ruleset, path)))), read_corpus([path]))


def score(linter: Linter, entries: Iterable[Mapping[str, Any]]) -> dict[str, Score]:
    """The scores per check over labelled drafts."""
    scores: dict[str, Score] = defaultdict(Score)
    for entry in entries:
        _score_entry(entry, lint(linter, entry), scores)
    return scores


def _spans(entry: Mapping[str, Any], label: Mapping[str, str]) -> Span | None:
    if "quote" not in label:
        return None
    start = entry["text"].index(label["quote"])
    return Span(start, start + len(label["quote"]))


def _score_entry(entry: Mapping[str, Any], findings: Sequence[Finding], scores: dict[str, Score]) -> None:
    wanted = [(label["rule"], _spans(entry, label)) for label in entry["findings"]]
    doubtful = [(label["rule"], _spans(entry, label)) for label in entry.get("doubtful", ())]
    found = [(finding.rule, None if finding.document_level else finding.span) for finding in findings]

    def same(one: tuple[str, Span | None], other: tuple[str, Span | None]) -> bool:
        if one[0] != other[0]:
            return False
        return one[1] is None or other[1] is None or one[1].overlaps(other[1])

    for label in wanted:
        if any(same(label, finding) for finding in found):
            scores[label[0]].hits += 1
        else:
            scores[label[0]].misses.append(f"{entry['id']}: {_words(entry, label[1])}")
    for finding in found:
        if not any(same(finding, label) for label in [*wanted, *doubtful]):
            scores[finding[0]].false_alarms.append(f"{entry['id']}: {_words(entry, finding[1])}")


def _words(entry: Mapping[str, Any], span: Span | None) -> str:
    return " ".join(entry["text"][span.start : span.end].split()) if span else "(draft)"


def total(scores: Mapping[str, Score]) -> Score:
    """All checks together (micro)."""
    result = Score()
    for one in scores.values():
        result.hits += one.hits
        result.false_alarms += one.false_alarms
        result.misses += one.misses
    return result


def score_signals(ruleset: RuleSet, entries: Iterable[Mapping[str, Any]]) -> dict[str, Score]:
    """The scores of the signal `complaint` and of the check `escalate` on labelled inquiries."""
    scores = {"complaint": Score(), "escalate": Score()}
    linter = Linter(ruleset, Settings(select=("escalate",)))
    for entry in entries:
        draft = Draft(Source(entry["id"], ""), "", SourceMap(()), inquiry=entry["text"])
        unsure = bool(entry.get("doubtful"))
        context = linter.context(draft)
        outcome = {
            "complaint": (context.signal("complaint") is not None, entry["complaint"]),
            "escalate": (bool(linter.check(draft)), entry["escalate"] != "none"),
        }
        for name, (said, right) in outcome.items():
            words = " ".join(entry["text"].split())[:160]
            if said and right:
                scores[name].hits += 1
            elif unsure:
                continue
            elif said:
                evidence = context.signal("complaint") if name == "complaint" else None
                scores[name].false_alarms.append(f"{entry['id']}: [{evidence.words if evidence else ''}] {words}")
            elif right:
                scores[name].misses.append(f"{entry['id']}: {words}")
    return scores


def print_scores(scores: Mapping[str, Score], *, misses: bool) -> None:
    """A table, and on demand every miss and false alarm."""
    print(f"{'check':<24}{'hits':>5}{'false':>7}{'missed':>7}{'P':>7}{'R':>7}{'F1':>7}")
    for name, one in sorted(scores.items()):
        print(_row(name, one))
    print(_row("all", total(scores)))
    if misses:
        for name, one in sorted(scores.items()):
            for words in one.false_alarms:
                print(f"  + {name}: {words}")
            for words in one.misses:
                print(f"  - {name}: {words}")


def _row(name: str, one: Score) -> str:
    counts = f"{one.hits:>5}{len(one.false_alarms):>7}{len(one.misses):>7}"
    return f"{name:<24}{counts}{one.precision:>7.2f}{one.recall:>7.2f}{one.f1:>7.2f}"


def main() -> None:
    """Score the corpus and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--inquiries", nargs="*", type=Path)
    parser.add_argument("--check", nargs="*", default=[], help="only these checks")
    parser.add_argument("--misses", action="store_true", help="list misses and false alarms")
    options = parser.parse_args()
    ruleset = load(["de"])
    corpus = options.corpus or sorted(path for path in CORPUS.glob("*.yaml") if not path.name.startswith("inquiries"))
    optional = [path for path in corpus if optional_checks(ruleset, path)]
    tables = [score_optional(ruleset, path) for path in optional]
    if len(optional) < len(corpus):
        tables.insert(0, score(Linter(ruleset), read_corpus(path for path in corpus if path not in optional)))
    for number, scores in enumerate(tables):
        if options.check:
            scores = {name: one for name, one in scores.items() if name in options.check}
        if number:
            print()
        print_scores(scores, misses=options.misses)
    if not options.corpus:
        for path in sorted(CORPUS.glob("checks/*.yaml")):  # labelled for one check alone
            print()
            print_scores(
                score(Linter(ruleset, Settings(select=(path.stem,))), read_corpus([path])), misses=options.misses
            )
    inquiries = options.inquiries
    if inquiries is None and not options.corpus:
        inquiries = sorted(CORPUS.glob("inquiries*.yaml"))
    if inquiries:
        print()
        print_scores(score_signals(ruleset, read_corpus(inquiries)), misses=options.misses)


if __name__ == "__main__":
    main()
