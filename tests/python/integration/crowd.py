"""Many processes at once on one store: test_many_processes.py.

    python crowd.py FOLDER [--seconds 60] [--processes 8]

Each process takes purchases in, refreshes, claims and answers, as fast as it can, and says in the end what it did. This
one never opens the store: it forks them, and looks at the size of the WAL.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import courtesy

RULES = """
[shop]
zone = "Europe/London"

[policy]
consent = { care = "not needed" }

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 minute"

[[occasion]]
name = "check-in"
on = "purchase"
after = "3 days"
"""


def work(path: Path, number: int, seconds: float) -> dict[str, Any]:
    """Eight purchases, a refresh, and claims until nothing is due; again and again."""
    done: list[str] = []
    waits: list[float] = []
    with courtesy.open(path, threads=1) as store:
        end = time.perf_counter() + seconds
        turn = 0
        while time.perf_counter() < end:
            turn += 1
            bought = [f"w{number}-{turn}-{each}" for each in range(8)]
            # What was bought a minute ago is due now; this, in a second.
            at = dt.datetime.now(dt.timezone.utc) - dt.timedelta(seconds=59)
            store.customers.upsert([{"id": name, "email": f"{name}@example.org"} for name in bought])
            store.events.append([{"id": f"p-{n}", "customer": n, "kind": "purchase", "at": at} for n in bought])
            store.refresh(horizon="2 days")
            for _ in range(8):
                begin = time.perf_counter()
                claim = store.claim(4, lease="60 s")
                waits.append(time.perf_counter() - begin)
                for reminder in claim:
                    reminder.done()
                    done.append(reminder.key)
    return {"number": number, "turns": turn, "done": done, "waits": waits}


def report(processes: int, walk: list[dict[str, Any]], wal: int, store: courtesy.Store) -> dict[str, Any]:
    waits = sorted(wait for each in walk for wait in each["waits"])
    done = collections.Counter(key for each in walk for key in each["done"])
    store.refresh(horizon="2 days")
    rows = store.outbox.to_arrow().to_pylist()
    owed = {row["customer"] for row in rows}
    turns = [each["turns"] for each in walk]
    return {
        "processes": processes,
        "turns": turns,
        "claims": len(waits),
        "done": sum(done.values()),
        "twice": [key for key, times in done.items() if times > 1],
        "lost": [name for name in store.events.to_arrow().column("customer").to_pylist() if name not in owed],
        "unlike": [row["key"] for row in rows if (row["state"] == "sent") != (row["key"] in done)],
        "faults": [str(row) for row in store.doctor() if row["verdict"] == "fault"],
        "p50_ms": waits[len(waits) // 2] * 1e3,
        "p99_ms": waits[len(waits) * 99 // 100] * 1e3,
        "longest_ms": waits[-1] * 1e3,
        "wal_mib": wal / 2**20,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=8)
    asked = parser.parse_args()
    path = asked.folder / "shop.db"
    # Nobody has bought anything yet.
    warnings.simplefilter("ignore", courtesy.RuleWarning)
    said: dict[int, int] = {}
    for number in range(asked.processes + 1):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                # The first one makes the store, before the others come.
                if number == 0:
                    with courtesy.open(path, courtesy.Rules.loads(RULES)) as store:
                        store.refresh()
                else:
                    with os.fdopen(writer, "w") as file:
                        json.dump(work(path, number, asked.seconds), file)
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        if number == 0:
            os.close(reader)
            if os.waitpid(child, 0)[1]:
                raise SystemExit("the store could not be made")
        else:
            said[child] = reader
    walk, wal = watched(said, Path(f"{path}-wal"), asked.seconds)
    with courtesy.open(path) as store:
        sys.stdout.write(json.dumps(report(asked.processes, walk, wal, store)))


def watched(said: dict[int, int], wal: Path, seconds: float) -> tuple[list[dict[str, Any]], int]:
    """What the children say, and how large the WAL was at most."""
    largest, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        if wal.exists():
            largest = max(largest, wal.stat().st_size)
        time.sleep(0.02)
    walk = []
    for child, reader in said.items():
        with os.fdopen(reader) as file:
            text = file.read()
        if os.waitpid(child, 0)[1]:
            raise SystemExit("a process ended badly")
        walk.append(json.loads(text))
    return walk, largest


if __name__ == "__main__":
    main()
