"""`make bench`: wall time and peak memory of the things a user waits for, each a cold process.

Prints one line a figure: what, median and spread of the wall time over the runs, peak memory.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "seeds" / "000_2ab1ddd695d3d8fc.txt"
RUNS = 3


def measure(command: list[str]) -> tuple[float, float]:
    """Run once; return wall seconds and peak resident memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def report(name: str, command: list[str]) -> float:
    """Measure `RUNS` times and print the line; return the median wall time."""
    results = [measure(command) for _ in range(RUNS)]
    times = [seconds for seconds, _ in results]
    median = statistics.median(times)
    print(f"{name:<34}{median:7.2f} s  ({min(times):.2f}-{max(times):.2f})  {max(mb for _, mb in results):7.0f} MB")
    return median


def main() -> None:
    python, comsum = sys.executable, [sys.executable, "-m", "comsum"]
    report("comsum --help", [*comsum, "--help"])
    base = report("python -c 'import torch, transformers'", [python, "-c", "import torch, transformers"])
    brief = report("comsum seeds/…txt", [*comsum, str(SAMPLE)])
    print(f"the brief takes {brief / base:.2f} times the imports")
    with tempfile.TemporaryDirectory() as folder:
        releases = Path(folder) / "releases"
        releases.mkdir()
        for number in range(10):
            (releases / f"{number}.txt").write_text(
                SAMPLE.read_text(encoding="utf-8") + f"\n\nFin {number}.", encoding="utf-8"
            )
        report("a folder of ten such releases", [*comsum, str(releases), "-o", str(Path(folder) / "out"), "--force"])


if __name__ == "__main__":
    main()
