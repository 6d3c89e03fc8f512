"""The examples for archives, run as their users would, on a small archive made here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint import Reply, lint_texts

pl = pytest.importorskip("polars")
ROOT = Path(__file__).parents[1]
ENTRIES = yaml.safe_load((ROOT / "tests" / "corpus" / "dev_a.yaml").read_text(encoding="utf-8"))
MONTHS = ("2026-01", "2026-02")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("archive") / "replies.parquet"
    pl.DataFrame(
        {
            "reply": [*(entry["text"] for entry in ENTRIES), None],
            "inquiry": [*(entry.get("inquiry") for entry in ENTRIES), None],
            "sent": [date(2026, 1 + number % 2, 5) for number in range(len(ENTRIES) + 1)],
            "agent": ["nobody's business"] * (len(ENTRIES) + 1),
        }
    ).write_parquet(path)
    return path


def expected() -> list[tuple[Any, ...]]:
    """What there is to count, found one by one."""
    findings: Counter[tuple[str, ...]] = Counter()
    replies: Counter[tuple[str, ...]] = Counter()
    audited: Counter[str] = Counter()
    found = lint_texts(Reply(entry["text"], inquiry=entry.get("inquiry")) for entry in ENTRIES)
    for number, each in enumerate(found):
        keys = [(MONTHS[number % 2], finding.rule, finding.category, finding.severity) for finding in each]
        findings.update(keys)
        replies.update(set(keys))
        audited[MONTHS[number % 2]] += 1
    audited[MONTHS[len(ENTRIES) % 2]] += 1  # the one that is empty
    return sorted((*key, number, replies[key], audited[key[0]]) for key, number in findings.items())


def audit(script: str, *args: object) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))}
    ran = subprocess.run([sys.executable, str(ROOT / "examples" / script), *map(str, args)], capture_output=True,
                         text=True, check=False, env={**env, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"})  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]


COLUMNS = ["month", "check", "category", "severity", "findings", "replies", "audited"]


@pytest.mark.parametrize("name", ["counts.csv", "counts.parquet"])
def test_polars(archive: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    audit("audit_polars.py", archive, out, "--jobs", 2)
    counts = pl.read_csv(out) if name.endswith(".csv") else pl.read_parquet(out)
    assert counts.columns == COLUMNS
    assert sorted(counts.rows()) == expected()


def test_spark(archive: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java")
    out = tmp_path / "counts"
    audit("audit_spark.py", archive, out, "--master", "local[2]")
    counts = pl.read_parquet(out / "*.parquet")
    assert sorted(counts.select(COLUMNS).rows()) == expected()
    assert sorted(counts.columns) == sorted(COLUMNS)
