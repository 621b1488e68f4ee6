"""Measures the plan job: courtesy beside pandas, NumPy and dateutil, in one run, one thread each.

    ./dev python bench/plan_bench.py [--customers 1000000] [--rounds 5]

Figures are medians of alternating rounds; ratios are of figures of the same run. All answers are compared as sets
before anything is timed. The others write (customer, occasion, due); courtesy writes every column of the plan, with
keys and reasons, in order.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from courtesy import Rules, _core
from courtesy import plan as make_plan

sys.path.insert(0, str(Path(__file__).parent))
import plan_job

SAMPLE = 2_000
AIMS = {"pandas": 20, "NumPy, window tables": 5, "dateutil + zoneinfo": 800}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--customers", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--memory", choices=["plan"], help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.memory:
        measure_memory(asked.customers)
        return

    job = plan_job.make_job(asked.customers)
    rules = Rules.loads(plan_job.RULES)
    base = build(job)
    check_agreement(job.head(SAMPLE), rules)
    frame = plan_job.pandas_frame(job)
    sample = job.head(SAMPLE)
    reminders = len(plan_over(base, rules))
    jobs: dict[str, tuple[int, Callable[[], object]]] = {
        "courtesy, plan over a built base": (len(job), lambda: plan_over(base, rules)),
        "courtesy, Arrow tables to finished plan": (len(job), lambda: plan_over(build(job), rules)),
        "pandas": (len(job), lambda: plan_job.with_pandas(frame)),
        "NumPy, window tables": (len(job), lambda: plan_job.with_numpy(job)),
        "dateutil + zoneinfo": (len(sample), lambda: plan_job.with_dateutil(sample)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(asked.rounds):
        for name, (_, run) in jobs.items():
            begin = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - begin)
    rates = {name: jobs[name][0] / statistics.median(times) for name, times in seconds.items()}

    print(f"{len(job):,} customers × {len(plan_job.OCCASIONS)} occasions × {plan_job.DAYS} days: {reminders:,} reminders")
    print(f"{'':42}{'customers/s':>14}{'seconds':>10}{'plan is':>12}{'with build':>12}{'aim':>7}")
    ours, whole = list(rates)[:2]
    for name, rate in rates.items():
        line = f"{name:42}{rate:14,.0f}{jobs[name][0] / rate:10.4f}"
        if name in AIMS:
            line += f"{rates[ours] / rate:11,.1f}×{rates[whole] / rate:11,.1f}×{AIMS[name]:6}×"
        print(line)
    spent = subprocess.run(
        [sys.executable, __file__, "--memory", "plan", "--customers", str(asked.customers)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    memory = json.loads(spent.stdout)
    print(
        f"peak memory beyond the input: {memory['whole']:.0f} bytes a customer from Arrow tables to the plan "
        f"(aim: under 100), of which the base is {memory['base']:.0f}"
    )


def build(job: plan_job.Job) -> _core.CustomerBase:
    customers, events = TABLES.setdefault(id(job), job.tables())
    return _core.build_base(
        _core.Table.from_stream("customers", customers),
        _core.Table.from_stream("events", events),
        None, "Europe/London", None, False,
    )  # fmt: skip


TABLES: dict[int, tuple[object, object]] = {}


def plan_over(base: _core.CustomerBase, rules: Rules) -> _core.Plan:
    first = _core.local_midnight("Europe/London", (plan_job.START - plan_job.dt.date(1970, 1, 1)).days)
    return _core.plan(base, rules._core, first, first + plan_job.DAYS * 86_400_000_000, True, 1)


def check_agreement(job: plan_job.Job, rules: Rules) -> None:
    """All four give the same reminders."""
    customers, events = job.tables()
    made = make_plan(customers, events, rules, start=plan_job.START, days=plan_job.DAYS).planned.to_arrow()
    names = {name: number for number, name in enumerate(plan_job.OCCASIONS)}
    ours = {
        (customer, names[occasion], due)
        for customer, occasion, due in zip(
            made["customer"].to_pylist(),
            made["occasion"].to_pylist(),
            made["due"].cast("int64").to_pylist(),
            strict=True,
        )
    }
    for other in (
        plan_job.with_dateutil(job),
        plan_job.with_pandas(plan_job.pandas_frame(job)),
        plan_job.with_numpy(job),
    ):
        theirs = set(zip(*(np.asarray(column).tolist() for column in other), strict=True))
        if ours != theirs:
            raise SystemExit(f"the answers differ: {sorted(ours ^ theirs)[:5]}")


def measure_memory(customers: int) -> None:
    """In a process of its own: how far the high-water mark of resident memory rises above the input's."""
    job = plan_job.make_job(customers)
    tables = job.tables()
    TABLES[id(job)] = tables
    rules = Rules.loads(plan_job.RULES)
    warm = plan_job.make_job(1_000)
    plan_over(build(warm), rules)
    job.birthday = job.purchase = job.service = job.zone = np.empty(0, dtype=np.int64)
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5")
    before = current()
    base = build(job)
    after_base = current()
    plan_over(base, rules)
    peak = high_water()
    json.dump({"whole": (peak - before) / customers, "base": (after_base - before) / customers}, sys.stdout)


def _status(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def current() -> int:
    return _status("VmRSS:")


def high_water() -> int:
    return _status("VmHWM:")


if __name__ == "__main__":
    main()
