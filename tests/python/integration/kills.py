"""Kills workers of a store at random points, and looks after each kill whether the file is whole: test_kills.py.

    python kills.py FOLDER [--kills 1000] [--seed 1]

This process never opens the store. It forks workers, and after each kill an inspector, which open it themselves. All
that a worker did and all that it was told stands in one log, a line each, written by O_APPEND with one call: the
order of the lines is the order in which it happened. A line `send` is the provider's: it says what it was given.

The clock goes a quarter of an hour forward after each kill, so that what was held can be claimed again.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import courtesy

START = dt.datetime(2026, 12, 1, 9, tzinfo=dt.timezone.utc)
STEP = dt.timedelta(minutes=15)
RULES = """
[shop]
zone = "Europe/London"

[policy]
consent = { care = "not needed" }
delivery = { sms = "at_most_once" }

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 hour"
late = "all"

[[occasion]]
name = "how-is-it"
on = "purchase"
after = "5 hours"
channels = ["sms"]
late = "all"
"""
# A worker that nobody has killed by then ends by itself, and is counted as none.
SECONDS = 20.0


class Log:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, *words: object) -> None:
        """A kill may cut a line where the file's next page begins: what is cut did not happen, and harms no other."""
        os.write(self.file, ("\n" + " ".join(map(str, words)) + " .\n").encode())

    def lines(self) -> list[list[str]]:
        lines = [line.split() for line in self.path.read_text().splitlines()]
        return [line[:-1] for line in lines if line and line[-1] == "."]


def work(
    path: Path, log: Log, name: int, now: dt.datetime, done: Callable[[], object], *, to_the_end: bool = False
) -> None:
    """What a worker does until it is killed: takes purchases in, refreshes, claims, sends and answers."""
    chance = random.Random(name)
    with courtesy.open(path, clock=lambda: now, threads=1) as store:
        for turn in range(1_000_000):
            bought = [f"w{name}-{turn}-{each}" for each in range(0 if to_the_end else chance.randint(0, 3))]
            if bought:
                store.customers.upsert([{"id": n, "email": f"{n}@example.org", "phone": n} for n in bought])
                done()
                store.events.append([{"id": f"p-{n}", "customer": n, "kind": "purchase", "at": now} for n in bought])
                log.write("bought", *bought)
                done()
            store.refresh(horizon="2 days")
            done()
            claim = store.claim(chance.randint(1, 8), lease="60 s")
            done()
            for reminder in claim:
                send(reminder, log, chance.random() if not to_the_end else 1.0, now, done)
                done()
            if to_the_end and not claim:
                return
            now += dt.timedelta(seconds=1)


def send(reminder: Any, log: Log, chance: float, now: dt.datetime, done: Callable[[], object]) -> None:
    """The provider takes it, or its line is busy; then the store hears of it, and then it is acknowledged."""
    if chance < 0.08:
        log.write("busy", reminder.key)
        done()
        if chance < 0.05:
            reminder.failed("the line was busy")
        else:
            reminder.snooze(now + dt.timedelta(hours=3), "called back later")
        return
    log.write("send", reminder.key, reminder.channel, reminder.customer, reminder.occasion)
    done()
    reminder.done()
    log.write("done", reminder.key)


def inspect(path: Path, log: Log, number: int, *, at_the_end: bool) -> list[str]:
    """What is wrong with the file, or with what it says of what was acknowledged."""
    with courtesy.open(path, clock=lambda: START + number * STEP, threads=1) as store:
        wrong = [f"doctor: {row}" for row in store.doctor() if row["verdict"] == "fault"]
        if not at_the_end and number % 25:
            return wrong
        rows = {row["key"]: row for row in store.outbox.to_arrow().to_pylist()}
        events = set(store.events.to_arrow().column("id").to_pylist())
    lines = log.lines()
    states = {key: row["state"] for key, row in rows.items()}
    done = [line[1] for line in lines if line[0] == "done"]
    wrong += [f"{key} was done and is {states.get(key)}" for key in done if states.get(key) != "sent"]
    bought = [name for line in lines if line[0] == "bought" for name in line[1:]]
    wrong += [f"the purchase of {name} is lost" for name in bought if f"p-{name}" not in events]
    sent = {line[1] for line in lines if line[0] == "send"}
    wrong += [
        f"{key} is sent, and no provider knows it"
        for key, state in states.items()
        if state == "sent" and key not in sent
    ]
    if at_the_end:
        # What was bought was thanked for: by a contact that a provider knows of, or there is a row that says why not.
        owed = collections.Counter(row["customer"] for row in rows.values())
        wrong += [f"{name} is owed {owed[name]} contacts, not 2" for name in bought if owed[name] != 2]
        wrong += [
            f"{key} is {state} in the end"
            for key, state in states.items()
            if state not in ("sent", "parked", "unknown")
        ]
    return wrong


def doubled(lines: list[list[str]]) -> list[str]:
    """What reached somebody twice: through a provider that knows keys, and through one that does not."""
    wrong, over, sent = [], set[str](), collections.Counter[str]()
    said: dict[tuple[str, str], str] = {}
    for line in lines:
        if line[0] == "send":
            _, key, channel, customer, occasion = line
            if key in over:
                wrong.append(f"{key} was sent again after it was done")
            if said.setdefault((customer, occasion), key) != key:
                wrong.append(f"{customer} got {occasion} by two keys")
            sent[key] += 1
            if channel == "sms" and sent[key] > 1:
                wrong.append(f"{key} was sent {sent[key]} times by a channel that may say it once")
        elif line[0] == "done":
            over.add(line[1])
    return wrong


def forked(job: Callable[[int], object]) -> tuple[int, int]:
    """A child that does the job; what it writes into the pipe that it is given can be read here."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            signal.alarm(int(SECONDS))
            status = 1 if job(writer) else 0
        finally:
            os._exit(status)
    os.close(writer)
    return child, reader


def make(path: Path) -> None:
    with courtesy.open(path, courtesy.Rules.loads(RULES), clock=lambda: START) as store:
        store.refresh()  # from here on the rules are in force


def kill_some(path: Path, log: Log, number: int, chance: random.Random) -> int:
    """Starts one worker, or two at once, and kills each: half of them after a time, half after so many steps."""

    def job(writer: int, name: int) -> None:
        work(path, log, name, START + number * STEP, lambda: os.write(writer, b"."))

    workers = [
        forked(lambda writer, each=each: job(writer, number * 10 + each)) for each in range(chance.choice([1, 1, 2]))
    ]
    killed = 0
    for child, reader in workers:
        if chance.random() < 0.5:
            # Some have not even opened the store by then.
            time.sleep(chance.random() * 0.05)
        else:
            for _ in range(chance.randint(1, 40)):
                if not os.read(reader, 1):
                    break
        os.kill(child, signal.SIGKILL)
        os.close(reader)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return killed if killed == len(workers) else -1


def looked_at(path: Path, log: Log, number: int, *, at_the_end: bool = False) -> list[str]:
    def job(writer: int) -> list[str]:
        try:
            wrong = inspect(path, log, number, at_the_end=at_the_end)
        except Exception as error:
            wrong = [repr(error)]
        os.write(writer, "\n".join(wrong[:20]).encode())
        return wrong

    child, reader = forked(job)
    with os.fdopen(reader) as said:
        wrong = said.read()
    _, status = os.waitpid(child, 0)
    return [f"after kill {number}: {line}" for line in wrong.splitlines()] or (
        [f"after kill {number} nobody could look: status {status}"] if status else []
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    path, log = asked.folder / "shop.db", Log(asked.folder / "log")
    chance = random.Random(asked.seed)
    # Nobody has bought anything yet.
    warnings.simplefilter("ignore", courtesy.RuleWarning)
    begin = time.perf_counter()

    child, reader = forked(lambda _: make(path))
    os.close(reader)
    wrong = [] if os.waitpid(child, 0)[1] == 0 else ["the store could not be made"]
    kills = number = 0
    while kills < asked.kills and not wrong:
        number += 1
        killed = kill_some(path, log, number, chance)
        kills += killed
        if killed < 0:
            wrong.append(f"worker {number} ended before it was killed")
        wrong += looked_at(path, log, number)
    # The last one is let live, a week later: whatever is owed goes out.
    for _ in range(0 if wrong else 3):
        number += 200
        child, reader = forked(lambda _, at=START + number * STEP: work(path, log, 0, at, bool, to_the_end=True))
        os.close(reader)
        if os.waitpid(child, 0)[1]:
            wrong.append("the last worker ended badly")
    wrong += wrong or looked_at(path, log, number, at_the_end=True)
    lines = log.lines()
    wrong += doubled(lines)
    told = collections.Counter(line[0] for line in lines)
    report = {"kills": kills, "seconds": time.perf_counter() - begin, "wrong": wrong[:20], **told}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
