"""Starts one command and measures it: reads the order from stdin as JSON, writes what it took to stdout as JSON.

A process of its own, and a small one: what the kernel says of the largest memory of a process begins with that of the
process which started it, and a benchmark that holds 10,000 drafts is large. What is below its own size (some 12 MiB)
can't be told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any


def launch(order: dict[str, Any]) -> dict[str, Any]:
    """Run the order's command; wall-clock and processor seconds, MiB, exit status, the last line of its stderr."""
    with Path(os.devnull).open("r+b") as nowhere:
        begin = time.perf_counter()
        process = subprocess.Popen(
            order["words"],
            cwd=order["folder"],
            env=order["environment"],
            stdin=nowhere,
            stdout=nowhere,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        late = threading.Event()
        timer = threading.Timer(float(order["limit"]), _end, (process.pid, late))
        timer.daemon = True
        timer.start()
        peak: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
        if order["watch"]:
            watcher.start()
        assert process.stderr is not None
        error = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        timer.cancel()
    lines = error.decode("utf-8", "replace").strip().splitlines()
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return {
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "rss": used.ru_maxrss / unit,
        "tree": peak[0],
        "status": os.waitstatus_to_exitcode(status),
        "late": late.is_set(),
        "error": lines[-1][:200] if lines else "",
    }


def _end(pid: int, late: threading.Event) -> None:
    late.set()
    os.killpg(pid, 9)


def _watch(pid: int, peak: list[float]) -> None:
    while True:
        total = sum(map(_share, _tree(pid)))
        if total == 0:
            return
        peak[0] = max(peak[0], total)
        time.sleep(0.01)


def _tree(pid: int) -> list[int]:
    found = [pid]
    try:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                found += _tree(int(child))
    except OSError:
        pass
    return found


def _share(pid: int) -> float:
    """The proportional set size of a process in MiB; 0 where it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


if __name__ == "__main__":
    json.dump(launch(json.load(sys.stdin)), sys.stdout)
