"""Audit an archive of sent replies on one machine with Polars: how often each check finds something, by month.

    python examples/audit_polars.py replies.parquet findings.csv

In: Parquet with the columns `reply` (text), `inquiry` (text or null) and `sent` (a date or datetime); others are not
read. Out: CSV, or Parquet by the file's ending, with `month`, `check`, `category`, `severity`, `findings`, `replies`
(in which it is found) and `audited` (all replies of the month that could be read). Counts only: no word of a reply gets
there. The archive may be larger than memory: a few thousand replies for each processor are held at once.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import polars as pl

import replylint

BATCH = 2_000
Row = tuple[str | None, str | None, str | None]
Counts = tuple[Counter[tuple[str, str, str, str]], Counter[tuple[str, str, str, str]], Counter[str]]


def count(checker: replylint.Checker, rows: list[Row]) -> Counts:
    """How often each check finds something by month, in how many replies, and how many replies could be read."""
    unreadable: set[int] = set()
    found = checker.lint_texts(
        (replylint.Reply(reply or "", inquiry=inquiry) for reply, inquiry, _ in rows),
        on_error=lambda number, _: unreadable.add(number),
    )
    findings: Counter[tuple[str, str, str, str]] = Counter()
    replies: Counter[tuple[str, str, str, str]] = Counter()
    audited: Counter[str] = Counter()
    for number, ((_, _, sent), each) in enumerate(zip(rows, found, strict=True)):
        month = sent or "unknown"
        keys = [(month, finding.rule, finding.category, finding.severity) for finding in each]
        findings.update(keys)
        replies.update(set(keys))
        audited[month] += number not in unreadable
    return findings, replies, audited


_checker: replylint.Checker


def start(checker: replylint.Checker) -> None:
    """Begin a worker: the checker's rules are read once in each."""
    global _checker
    _checker = checker


def work(rows: list[Row]) -> Counts:
    """What a worker does with a batch."""
    return count(_checker, rows)


def batches(path: str) -> Iterator[list[Row]]:
    """The archive, a few thousand rows at a time."""
    month = pl.col("sent").dt.strftime("%Y-%m")
    for frame in pl.scan_parquet(path).select("reply", "inquiry", month).collect_batches(chunk_size=BATCH):
        yield from (part.rows() for part in frame.iter_slices(BATCH))


def audit(path: str, config: str | None, jobs: int) -> pl.DataFrame:
    """The counts of an archive."""
    findings: Counter[tuple[str, str, str, str]] = Counter()
    replies: Counter[tuple[str, str, str, str]] = Counter()
    audited: Counter[str] = Counter()

    def add(done: Future[Counts]) -> None:
        for total, part in zip((findings, replies, audited), done.result(), strict=True):
            total.update(part)  # type: ignore[attr-defined]

    checker = replylint.Checker(config=config)
    # Started anew: Polars has threads, which a copy of this process would lack.
    with ProcessPoolExecutor(jobs, get_context("spawn"), start, (checker,)) as pool:
        waiting: list[Future[Counts]] = []
        for rows in batches(path):
            waiting.append(pool.submit(work, rows))
            if len(waiting) > 2 * jobs:
                add(waiting.pop(0))
        for done in waiting:
            add(done)
    rows = [(*key, number, replies[key], audited[key[0]]) for key, number in findings.items()]
    names = ["month", "check", "category", "severity"]
    schema = {**dict.fromkeys(names, pl.String), **dict.fromkeys(["findings", "replies", "audited"], pl.Int64)}
    order = ["month", "findings", "check", "severity"]
    return pl.DataFrame(rows, schema, orient="row").sort(order, descending=[False, True, False, False])


def main() -> None:
    """Read, count, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("replies", help="Parquet: a file, or a pattern such as archive/*.parquet")
    options.add_argument("findings", help="where the counts go: .csv or .parquet")
    options.add_argument("--config", help="a replylint.toml")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one for each CPU)")
    given = options.parse_args()
    counts = audit(given.replies, given.config, given.jobs)
    if Path(given.findings).suffix == ".parquet":
        counts.write_parquet(given.findings)
    else:
        counts.write_csv(given.findings)


if __name__ == "__main__":
    main()
