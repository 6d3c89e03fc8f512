"""Audit an archive of sent replies with Spark: how often each check finds something, by month.

    spark-submit examples/audit_spark.py replies.parquet findings.parquet

In: Parquet with the columns `reply` (text), `inquiry` (text or null) and `sent` (a date or timestamp); others are
not read. Out: Parquet with `month`, `check`, `category`, `severity`, `findings`, `replies` (in which it is found) and
`audited` (all replies of the month that could be read). Counts only: no word of a reply leaves the workers.

Needs PySpark 4 (Java 17 or 21) with pandas and PyArrow, and replylint on every worker: see docs/scale.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import replylint

FOUND = "month string, rule string, category string, severity string, findings long, replies long"
TOTAL = ""  # the rule of the rows that count the replies of a month


def audit(batches: Iterable[pa.RecordBatch], config: str | None) -> Iterator[pa.RecordBatch]:
    """Replies in, counts out: one small table for each batch."""
    for batch in batches:
        rows = batch.to_pylist()
        unreadable: set[int] = set()
        # The rules are read once in each worker process, whatever number of tasks it runs.
        found = replylint.lint_texts(
            (replylint.Reply(row["reply"] or "", inquiry=row["inquiry"]) for row in rows),
            config=config,
            on_error=lambda number, _, unreadable=unreadable: unreadable.add(number),
        )
        counts: dict[tuple[str, str, str, str], list[int]] = {}
        for number, (row, findings) in enumerate(zip(rows, found, strict=True)):
            month = row["month"] or "unknown"
            seen = set()
            for finding in findings:
                key = month, finding.rule, finding.category, finding.severity
                count = counts.setdefault(key, [0, 0])
                count[0] += 1
                count[1] += key not in seen
                seen.add(key)
            if number not in unreadable:
                counts.setdefault((month, TOTAL, "", ""), [0, 0])[1] += 1
        columns = list(zip(*((*key, *count) for key, count in counts.items()), strict=True))
        names = ["month", "rule", "category", "severity", "findings", "replies"]
        if columns:
            yield pa.RecordBatch.from_arrays(
                [pa.array(values, pa.string() if place < 4 else pa.int64()) for place, values in enumerate(columns)],
                names,
            )


def main() -> None:
    """Read, count, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("replies", help="Parquet: a file, a folder, or a place that Spark reads (s3a://…)")
    options.add_argument("findings", help="where the counts go, as Parquet")
    options.add_argument("--config", help="a replylint.toml that every worker has")
    options.add_argument("--master", help='such as "local[2]"; spark-submit knows its own')
    given = options.parse_args()
    builder = SparkSession.builder.appName("replylint audit")
    if given.master:
        builder = builder.master(given.master)
    # 2,000 replies at once are some seconds of work and some megabytes; 8 MB of Parquet are a task of some minutes.
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
    spark = builder.config("spark.sql.files.maxPartitionBytes", "8m").getOrCreate()
    config = given.config
    replies = spark.read.parquet(given.replies).select(
        "reply", "inquiry", F.date_format("sent", "yyyy-MM").alias("month")
    )
    counted = (
        replies.mapInArrow(lambda batches: audit(batches, config), FOUND)
        .groupBy("month", "rule", "category", "severity")
        .agg(F.sum("findings").alias("findings"), F.sum("replies").alias("replies"))
        .cache()
    )
    audited = counted.where(F.col("rule") == TOTAL).select("month", F.col("replies").alias("audited"))
    (
        counted.where(F.col("rule") != TOTAL)
        .join(audited, "month")
        .withColumnRenamed("rule", "check")
        .orderBy("month", F.desc("findings"), "check", "severity")
        .coalesce(1)
        .write.mode("overwrite")
        .parquet(given.findings)
    )
    spark.stop()


if __name__ == "__main__":
    main()
