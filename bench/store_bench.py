"""Measures the durable store beside hand-written statements of SQLite, in one run.

    ./dev python bench/store_bench.py [--customers 1000000] [--rounds 3] [--folder DIR]

First both have stored, claimed and answered the same, row by row. Then they take turns; figures are medians on the
clock, for a disk is part of what is measured: --folder says on which.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import courtesy  # noqa: E402
from plan_bench import processor  # noqa: E402
from store_job import (  # noqa: E402
    NOW,
    WINDOW,
    Clock,
    Kept,
    Plain,
    fill,
    kept,
    open_store,
    send_all_by_courtesy,
    send_all_by_hand,
)

HORIZON = f"{WINDOW.days} days"
MODES = ("normal", "full")
CHANGED = (1_000, 10_000, 100_000)
# So many are enough where each transaction costs much; None: all.
MOST = {(1, "normal"): 20_000, (1, "full"): 500, (100, "normal"): None, (100, "full"): 50_000}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the files are made; default: the system's temporary folder")
    asked = parser.parse_args()
    print(f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory(prefix="courtesy-bench-", dir=asked.folder) as folder:
        Bench(Path(folder), asked.customers, asked.rounds).run()


class Bench:
    """`given`: a store of the customers and events alone; `planned`: with all that the first refresh stored."""

    def __init__(self, folder: Path, customers: int, rounds: int) -> None:
        self.folder = folder
        self.customers = customers
        self.rounds = rounds
        self.given, self.planned = folder / "given.db", folder / "planned.db"

    def run(self) -> None:
        begin = time.perf_counter()
        self.prepare()
        taken = time.perf_counter() - begin
        print(f"{self.customers:,} customers and {2 * self.customers:,} events taken in and planned: {taken:.1f} s")
        rows = kept(self.planned)
        print(f"{len(rows.outbox):,} reminders in {WINDOW.days} days; ", end="")
        self.compare(rows)
        print("both have stored, claimed and answered the same", flush=True)
        self.show_storing(rows)
        self.show_sending()
        self.show_changes()

    def prepare(self) -> None:
        with open_store(self.given, Clock()) as store:
            fill(store, self.customers)
        with open_store(self.copy(self.given, self.planned), Clock()) as store:
            store.refresh(horizon=HORIZON)

    def copy(self, path: Path, to: Path | None = None) -> Path:
        to = to or self.folder / "work.db"
        for part in ("", "-wal", "-shm", "-lock"):
            Path(f"{to}{part}").unlink(missing_ok=True)
        for part in ("", "-wal"):
            if Path(f"{path}{part}").exists():
                shutil.copyfile(f"{path}{part}", f"{to}{part}")
        return to

    # ---- both do the same work

    def compare(self, rows: Kept) -> None:
        plain = Plain(self.copy(self.given))
        plain.store(rows)
        plain.close()
        if kept(self.folder / "work.db") != rows:
            raise SystemExit("what was stored by hand is not what the refresh stored")
        plain = Plain(self.copy(self.planned))
        send_all_by_hand(plain, 100)
        by_hand = outcome(plain.file)
        plain.close()
        clock = Clock()
        with open_store(self.copy(self.planned), clock) as store:
            send_all_by_courtesy(store, clock, 100)
        file = sqlite3.connect(self.folder / "work.db")
        ours = outcome(file)
        file.close()
        unlike = [key for key in by_hand.keys() | ours.keys() if by_hand.get(key) != ours.get(key)]
        if unlike:
            key = unlike[0]
            raise SystemExit(f"{len(unlike):,} rows differ: {key.hex()} is {ours.get(key)}, by hand {by_hand.get(key)}")

    # ---- what is measured

    def turns(self, *ways: Callable[[], float]) -> list[float]:
        taken: list[list[float]] = [[] for _ in ways]
        for _ in range(self.rounds):
            for times, way in zip(taken, ways, strict=True):
                times.append(way())
        return [statistics.median(times) for times in taken]

    def show_storing(self, rows: Kept) -> None:
        print(f"\n{'':44}{'courtesy':>12}{'by hand':>12}{'of by hand':>12}{'aim':>10}")
        for mode in MODES:
            phases: dict[str, float] = {}
            refresh, by_hand = self.turns(
                lambda mode=mode, phases=phases: self.first_refresh(mode, phases),
                lambda mode=mode: self.store(rows, mode),
            )
            storing = phases.get("storing", refresh)
            count = len(rows.outbox)
            line(f"stored a second, {mode.upper()}", count / storing, count / by_hand, "60 %")
            print(f"{'  the refresh that stores them':44}{refresh:10.2f} s{'':24}{'0.5 s':>10}")
            print("    " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in phases.items()))

    def first_refresh(self, mode: str, phases: dict[str, float]) -> float:
        with open_store(self.copy(self.given), Clock(), mode) as store:
            return refreshed(store, phases)

    def store(self, rows: Kept, mode: str) -> float:
        plain = Plain(self.copy(self.given), mode)
        begin = time.perf_counter()
        plain.store(rows)
        taken = time.perf_counter() - begin
        plain.close()
        return taken

    def show_sending(self) -> None:
        for limit, name in ((1, "claimed and answered a second, singly"), (100, "  in batches of 100")):
            for mode in MODES:
                most = MOST[limit, mode]
                ours, by_hand = self.turns(
                    lambda limit=limit, mode=mode, most=most: self.send(limit, mode, most),
                    lambda limit=limit, mode=mode, most=most: self.send_by_hand(limit, mode, most),
                )
                aim = "200,000" if (limit, mode) == (100, "normal") else "60 %"
                line(f"{name}, {mode.upper()}", 1 / ours, 1 / by_hand, aim)

    def send(self, limit: int, mode: str, most: int | None) -> float:
        """Seconds for each reminder."""
        clock = Clock()
        with open_store(self.copy(self.planned), clock, mode) as store:
            begin = time.perf_counter()
            sent = send_all_by_courtesy(store, clock, limit, most)
            return (time.perf_counter() - begin) / sent

    def send_by_hand(self, limit: int, mode: str, most: int | None) -> float:
        plain = Plain(self.copy(self.planned), mode)
        begin = time.perf_counter()
        sent = send_all_by_hand(plain, limit, most)
        taken = time.perf_counter() - begin
        plain.close()
        return taken / sent

    def show_changes(self) -> None:
        print(f"\nrefresh of {self.customers:,} customers, in seconds:")
        for changed in (0, *(count for count in CHANGED if count <= self.customers)):
            phases: dict[str, float] = {}
            [taken] = self.turns(lambda changed=changed, phases=phases: self.refresh_changed(changed, phases))
            parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in phases.items())
            aim = "   aim: 1" if changed == 1_000 else ""
            print(f"{changed:>12,} of them changed{taken:10.3f}   ({parts}){aim}")

    def refresh_changed(self, changed: int, phases: dict[str, float]) -> float:
        """An hour later so many have bought something."""
        clock = Clock(NOW + dt.timedelta(hours=1))
        with open_store(self.copy(self.planned), clock) as store:
            step = max(1, self.customers // max(1, changed))
            buyers = list(range(0, self.customers, step))[:changed]
            if buyers:
                ids = [2 * self.customers + number for number in range(changed)]
                at = pa.array([clock.now] * changed, pa.timestamp("us", "UTC"))
                store.events.append(pa.table({"id": ids, "customer": buyers, "kind": ["purchase"] * changed, "at": at}))
            return refreshed(store, phases)


def refreshed(store: courtesy.Store, phases: dict[str, float]) -> float:
    """Seconds of a refresh, and those of its parts."""
    marks: list[tuple[str, float]] = []
    begin = time.perf_counter()
    store.refresh(horizon=HORIZON, progress=lambda name, *_: marks.append((name, time.perf_counter())))
    end = time.perf_counter()
    phases.clear()
    for (name, at), (_, until) in zip(marks, [*marks[1:], ("", end)], strict=True):
        phases[name] = phases.get(name, 0) + until - at
    return end - begin


def outcome(file: sqlite3.Connection) -> dict[bytes, list[int]]:
    """By key the states that the audit has seen, and the one that it is in."""
    states: dict[bytes, list[int]] = {}
    for key, state in file.execute("SELECT key, state FROM audit ORDER BY seq"):
        states.setdefault(key, []).append(state)
    for key, state in file.execute("SELECT key, state FROM outbox"):
        states.setdefault(key, []).append(state)
    return states


def line(name: str, ours: float, by_hand: float, aim: str) -> None:
    print(f"{name:44}{ours:12,.0f}{by_hand:12,.0f}{ours / by_hand:11.0%} {aim:>10}", flush=True)


if __name__ == "__main__":
    main()
