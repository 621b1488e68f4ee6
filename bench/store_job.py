"""The store that is measured, and the same work in hand-written statements.

The store holds the customers and events of the plan job (plan_job.py), and what its rules owe them in 30 days.
`Plain` is what somebody writes who knows SQLite well: one connection of Python's own `sqlite3` on a file of the same
schema, statements by row as `executemany`, short immediate transactions, the claim by the order of the primary key
from where the last one ended. It asks for no consent, knows no late row, no lease that is over and no other process.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import courtesy
import plan_job

WINDOW = plan_job.Window()
NOW = dt.datetime.combine(WINDOW.start, dt.time(), dt.timezone.utc)
HOUR = dt.timedelta(hours=1)
LEASE = dt.timedelta(seconds=60)
PLANNED, CLAIMED, SENT = 0, 3, 5

Row = tuple[Any, ...]


class Clock:
    """One that the bench sets."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


def open_store(path: Path, clock: Clock, synchronous: str = "normal", threads: int = 1) -> courtesy.Store:
    rules = courtesy.Rules.loads(plan_job.RULES)
    return courtesy.open(path, rules, clock=clock, synchronous=synchronous, threads=threads)


def fill(store: courtesy.Store, customers: int) -> None:
    people, events = plan_job.make_job(customers).tables()
    store.customers.upsert(people)
    store.events.append(events)


def hours() -> Iterator[dt.datetime]:
    """A minute past each hour of the window: a worker that looks once an hour."""
    now = NOW
    while now < NOW + WINDOW.days * 24 * HOUR:
        now += HOUR
        yield now + dt.timedelta(minutes=1)


def micros(at: dt.datetime) -> int:
    return int(at.timestamp()) * 1_000_000 + at.microsecond


class Kept(NamedTuple):
    """What a refresh has stored, as rows in the order of the tables' keys."""

    outbox: list[Row]
    owed: list[Row]
    columns: str  # of the outbox


def kept(path: Path) -> Kept:
    with sqlite3.connect(path) as file:
        columns = ", ".join(row[1] for row in file.execute("PRAGMA table_info(outbox)"))
        outbox = file.execute("SELECT * FROM outbox ORDER BY channel, wake, key").fetchall()
        owed = file.execute("SELECT customer, key, channel, wake FROM owed ORDER BY customer, key").fetchall()
    return Kept(outbox, owed, columns)


class Plain:
    def __init__(self, path: Path, synchronous: str = "normal") -> None:
        self.file = sqlite3.connect(path, isolation_level=None)
        self.file.execute("PRAGMA journal_mode = WAL")
        self.file.execute(f"PRAGMA synchronous = {synchronous}")
        self.token = 0
        self.fronts = dict(self.file.execute("SELECT channel, min(wake) FROM outbox GROUP BY channel"))
        self.who = self.file.execute("SELECT min(code) FROM words").fetchone()[0]

    def close(self) -> None:
        self.file.close()

    def store(self, kept: Kept) -> None:
        places = ", ".join("?" * len(kept.outbox[0]))
        self.file.execute("BEGIN IMMEDIATE")
        self.file.executemany(f"INSERT INTO outbox ({kept.columns}) VALUES ({places})", kept.outbox)
        self.file.executemany("INSERT INTO owed (customer, key, channel, wake) VALUES (?, ?, ?, ?)", kept.owed)
        self.file.execute("COMMIT")

    def claim(self, limit: int, now: dt.datetime) -> list[Row]:
        self.token += 1
        at, lease = micros(now), micros(now + LEASE)
        self.file.execute("BEGIN IMMEDIATE")
        rows: list[Row] = []
        for channel, front in self.fronts.items():
            found = self.file.execute(
                "SELECT channel, wake, key, customer, customer_id, due, step, asset, event, local, zone, priority,"
                " expires, gesture, cost, partner, attempts FROM outbox"
                " WHERE channel = ? AND wake BETWEEN ? AND ? AND state <= 2 ORDER BY wake, key LIMIT ?",
                (channel, front, at, limit - len(rows)),
            ).fetchall()
            if found:
                self.fronts[channel] = found[-1][1]
            rows += found
        self.file.executemany(
            "UPDATE outbox SET state = ?, token = ?, lease = ?, changed = ? WHERE channel = ? AND wake = ? AND key = ?",
            [(CLAIMED, self.token, lease, at, *row[:3]) for row in rows],
        )
        self._audit(rows, CLAIMED, at)
        self.file.execute("COMMIT")
        return rows

    def done(self, rows: list[Row], now: dt.datetime) -> None:
        at = micros(now)
        self.file.execute("BEGIN IMMEDIATE")
        taken = self.file.executemany(
            "UPDATE outbox SET state = ?, changed = ? WHERE channel = ? AND wake = ? AND key = ? AND token = ?",
            [(SENT, at, *row[:3], self.token) for row in rows],
        ).rowcount
        if taken != len(rows):
            raise SystemExit("a lease was lost")
        self._audit(rows, SENT, at)
        self.file.execute("COMMIT")

    def _audit(self, rows: list[Row], state: int, at: int) -> None:
        self.file.executemany(
            "INSERT INTO audit (at, key, customer, state, who, why) VALUES (?, ?, ?, ?, ?, NULL)",
            [(at, row[2], row[3], state, self.who) for row in rows],
        )


def send_all_by_courtesy(store: courtesy.Store, clock: Clock, limit: int, most: int | None = None) -> int:
    """Claims and answers what falls due hour by hour, at most so many; and how many they were."""
    sent = 0
    for clock.now in hours():
        while claim := store.claim(limit):
            claim.done()
            sent += len(claim)
            if most is not None and sent >= most:
                return sent
    return sent


def send_all_by_hand(plain: Plain, limit: int, most: int | None = None) -> int:
    sent = 0
    for now in hours():
        while rows := plain.claim(limit, now):
            plain.done(rows, now)
            sent += len(rows)
            if most is not None and sent >= most:
                return sent
    return sent
