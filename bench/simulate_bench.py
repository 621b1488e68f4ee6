"""Measures a simulated year: 10,000 customers, 365 days, every day planned by the production planner.

    ./dev python bench/simulate_bench.py [--customers 10000] [--days 365] [--threads 2]

The aim is a minute on two cores.
"""

from __future__ import annotations

import argparse
import time

import courtesy
from simulate_job import RULES, START, make_shop


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    customers, events, assets = make_shop(asked.customers)
    rules = courtesy.Rules.loads(RULES)
    print(f"{asked.customers:,} customers with {events.num_rows:,} events, {asked.days} days, {len(rules)} occasions")
    clock, work = time.perf_counter(), time.process_time()
    year = courtesy.simulate(customers, events, rules, assets, start=START, days=asked.days, threads=asked.threads)
    clock, work = time.perf_counter() - clock, time.process_time() - work
    contacts = sum(row["contacts"] for row in year.load)
    print(f"{len(year.outcomes):,} events simulated, {contacts:,} contacts made")
    print(f"{clock:.1f} s on the clock, {work:.1f} s of the processor, {work / asked.days * 1e3:.1f} ms a day")
    print(year)


if __name__ == "__main__":
    main()
