"""Measures the plan job: courtesy beside pandas, NumPy and dateutil, in one run, one thread each.

    ./dev python bench/plan_bench.py [--customers 1000000] [--rounds 5]

First all answers are compared, as sets of (customer, occasion, due). Then the ways take turns; the figures are
medians of their rounds, in seconds of processor time, which other programs on the machine disturb least, and which
are seconds on the clock where nothing else runs. Memory: see plan_memory.py.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import plan_memory  # noqa: E402
from plan_job import OCCASIONS, Job, Window, make_job  # noqa: E402
from plan_others import Answer, differences, sorted_answer  # noqa: E402
from plan_ways import Way, ways  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-memory", action="store_true", help="leave out the memory, which takes a process for each")
    asked = parser.parse_args()

    window = Window()
    job = make_job(asked.customers, window)
    contenders = ways(window)
    print(f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, ", end="")
    print(f"NumPy {np.__version__}, pandas {pd.__version__}; one thread each")
    given = [way.make(job.head(way.sample or len(job))) for way in contenders]
    reminders = compare(job, contenders, given)
    print(f"{len(job):,} customers, {len(OCCASIONS)} occasions, {window.days} days: {reminders:,} reminders, ", end="")
    print("and all ways agree on them", flush=True)
    seconds = measure(contenders, given, asked.rounds)
    del given
    unmeasured = asked.no_memory or not plan_memory.CAN_MEASURE
    memory = {} if unmeasured else {way.name: measured_memory(way, len(job)) for way in contenders}
    show(job, contenders, seconds, memory)


def compare(job: Job, contenders: list[Way], given: list[Any]) -> int:
    """The number of reminders, once every way has given the same ones."""
    expected: Answer | None = None
    for way, thing in zip(contenders, given, strict=True):
        found = sorted_answer(way.answer(way.run(thing)))
        if expected is None:
            expected = found
        part = expected
        if way.sample:
            part = Answer(*(column[expected.customer < way.sample] for column in expected))
        if not all(np.array_equal(a, b) for a, b in zip(part, found, strict=True)):
            raise SystemExit(f"{way.name} disagrees with {contenders[0].name}: {'; '.join(differences(part, found))}")
    return 0 if expected is None else len(expected.due)


def measure(contenders: list[Way], given: list[Any], rounds: int) -> list[float]:
    times: list[list[float]] = [[] for _ in contenders]
    gc.disable()
    for _ in range(rounds):
        for taken, way, thing in zip(times, contenders, given, strict=True):
            begin = time.process_time()
            made = way.run(thing)
            taken.append(time.process_time() - begin)
            del made
    gc.enable()
    return [statistics.median(taken) for taken in times]


def measured_memory(way: Way, customers: int) -> float:
    script = [sys.executable, str(HERE / "plan_memory.py"), way.name, str(way.sample or customers)]
    spent = subprocess.run(script, stdout=subprocess.PIPE, text=True, check=True)
    return float(spent.stdout)


def show(job: Job, contenders: list[Way], seconds: list[float], memory: dict[str, float]) -> None:
    rates = [(way.sample or len(job)) / taken for way, taken in zip(contenders, seconds, strict=True)]
    over_base, from_tables = rates[:2]
    print()
    print(f"{'':30}{'million':>10}{'':>10}{'courtesy is so many times faster':>36}{'bytes a':>10}")
    print(f"{'':30}{'customers':>10}{'milli-':>10}{'over a':>12}{'from':>12}{'':>12}{'customer':>10}")
    print(f"{'':30}{'a second':>10}{'seconds':>10}{'built base':>12}{'tables':>12}{'aim':>12}{'beyond':>10}")
    for way, rate, taken in zip(contenders, rates, seconds, strict=True):
        line = f"{way.name:30}{rate / 1e6:10.3f}{taken * 1e3:10.1f}"
        if way.name.startswith("courtesy"):
            line += f"{'':36}"
        else:
            aim = "" if way.aim is None else f"{way.aim:,}"
            line += f"{over_base / rate:12,.1f}{from_tables / rate:12,.1f}{aim:>12}"
        if way.name in memory:
            line += f"{memory[way.name]:10,.0f}"
        print(line)
    print()
    print("courtesy writes every column of the plan, with keys and reasons, in order; the others customer, occasion")
    print("and due, in order. Aim for memory: under 100 bytes from tables.")


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
