"""A shop's life, drawn at random, in a store and in a dict: nothing is lost, doubled or sent against somebody's will.

2,000 lives, and as many more as COURTESY_CASES has to the 5,000 of the other tests: 20,000 take some ten minutes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from plain_store import DAY, HOUR, MINUTE, PlainStore, Row

import courtesy

LIVES = int(os.environ.get("COURTESY_CASES", "5000")) * 2 // 5
# A file in memory, where the system has such a folder: what is asked here is not how fast a disk is.
FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
START = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.timezone.utc)

SHOP = {"zone": "Europe/London"}
POLICY = {
    "consent": {"offer": "unless withdrawn"},
    "caps": [{"purposes": ["care", "offer"], "most": 2, "per": "7 days"}],
    "delivery": {"sms": "at_most_once"},
}
THANKS = {"name": "thank-you", "on": "purchase", "after": "1 days", "at": "10:00", "until": ["return"],
          "expires": "10 days"}  # fmt: skip
CHECK_IN = {"name": "check-in", "on": "purchase", "after": "3 days", "channels": ["sms"], "until": ["return"],
            "late": "all"}  # fmt: skip
BIRTHDAY = {"name": "birthday", "yearly": "birthday", "expires": "1 day", "late": "skip"}
WIN_BACK = {"name": "win-back", "silent": "40 days", "since": "purchase", "purpose": "offer"}
RULES = {
    "at first": ([THANKS, CHECK_IN, BIRTHDAY, WIN_BACK], POLICY),
    "thanked later": ([THANKS | {"after": "2 days"}, CHECK_IN, BIRTHDAY, WIN_BACK], POLICY),
    "without caps": ([THANKS, CHECK_IN, BIRTHDAY, WIN_BACK], POLICY | {"caps": []}),
    "no birthdays": ([THANKS, CHECK_IN | {"late": "skip"}, WIN_BACK], POLICY),
}
PEOPLE = ["ada", "bo", "cy"]
BIRTHDAYS = {"ada": dt.date(1990, 3, 10), "bo": dt.date(1985, 5, 5), "cy": dt.date(1970, 6, 1)}
ZONES = {"ada": None, "bo": "America/New_York", "cy": "Asia/Tokyo"}

people = st.sampled_from(PEOPLE)
purposes = st.sampled_from(["care", "offer"])
ago = st.sampled_from([0 * DAY, 2 * HOUR, 30 * HOUR, 5 * DAY, 50 * DAY])
forward = st.sampled_from([MINUTE, 40 * MINUTE, 5 * HOUR, DAY, DAY, 3 * DAY, 12 * DAY, 35 * DAY, 400 * DAY])
answers = st.sampled_from(["done", "done", "done", "failed", "snooze", "skip", "release", "given up"])
backward = st.sampled_from([MINUTE, 3 * HOUR, 2 * DAY])


@pytest.mark.filterwarnings("ignore::courtesy.DataWarning", "ignore::courtesy.RuleWarning")
class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        warnings.simplefilter("ignore", courtesy.DataWarning)
        warnings.simplefilter("ignore", courtesy.RuleWarning)
        self.folder = Path(tempfile.mkdtemp(prefix="courtesy-life-", dir=FOLDER))
        self.now = START
        self.model = PlainStore(*RULES["at first"], SHOP)
        self.held: list[courtesy.ClaimedReminder] = []
        self.out: set[str] = set()  # the keys of what was given out, and nobody said that it did not go out
        self.erased: set[str] = set()
        self.audited = self.events = 0
        self.rules = "at first"
        self.store = self.open(self.rules)
        self.refresh()  # the rules are in force
        for person in PEOPLE[:2]:
            self.upsert(person)
            self.append(person, "purchase", 0 * DAY)

    def open(self, rules: str | None) -> courtesy.Store:
        given = courtesy.Rules(*RULES[rules], SHOP) if rules else None
        return courtesy.open(self.folder / "shop.db", given, clock=lambda: self.now, threads=1)

    def use(self, rules: str) -> None:
        self.rules = rules
        self.model.occasions, self.model.policy = RULES[rules]

    def teardown(self) -> None:
        try:
            wrong = [row for row in self.store.doctor() if row["verdict"] == "fault"]
            assert not wrong, wrong
        finally:
            self.store.close()
            # Handles that crashed may take their files away at any moment.
            shutil.rmtree(self.folder, ignore_errors=True)

    # ---- what happens

    @rule(person=people)
    def upsert(self, person: str, status: str = "active") -> None:
        row = {"id": person, "zone": ZONES[person], "birthday": BIRTHDAYS[person], "status": status}
        row |= {"email": f"{person}@example.org", "phone": f"+44 {person}"}
        taken = self.store.customers.upsert([row])
        if person in self.erased:
            assert (taken.added, taken.changed, taken.erased) == (0, 0, 1)
            return
        before = self.model.customers.get(person)
        assert (taken.added, taken.changed) == (before is None, before is not None and before != row)
        self.model.customers[person] = row

    @rule(person=people, status=st.sampled_from(["active", "closed", "do_not_contact"]))
    def change_status(self, person: str, status: str) -> None:
        self.upsert(person, status)

    @rule(person=people, kind=st.sampled_from(["purchase", "purchase", "purchase", "return"]), ago=ago)
    def append(self, person: str, kind: str, ago: dt.timedelta, **cells: Any) -> None:
        self.events += 1
        event = {"id": f"e{self.events}", "customer": person, "kind": kind, "at": self.now - ago, **cells}
        self.take(event, added=1)

    @rule(person=people, purpose=purposes, kind=st.sampled_from(["withdrawal", "withdrawal", "consent"]))
    def say_whether(self, person: str, purpose: str, kind: str) -> None:
        self.append(person, kind, 0 * DAY, note=purpose)

    @precondition(lambda self: any("ref" not in event for event in self.model.events.values()))
    @rule(data=st.data())
    def append_again(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from([e for e in self.model.events.values() if "ref" not in e]))
        self.take(event, added=0)

    def take(self, event: dict[str, Any], added: int) -> None:
        person = event["customer"]
        if person in self.erased:
            assert self.store.events.append([event]).erased == 1
        elif person not in self.model.customers:
            with pytest.raises(courtesy.DataError):
                self.store.events.append([event])
        else:
            taken = self.store.events.append([event])
            assert (taken.added, taken.unchanged) == (added, 1 - added)
            self.model.events[event["id"]] = event
        self.check(self.model.untouched(self.seen()))

    # ---- what the shop does

    @rule()
    def refresh(self) -> None:
        self.store.refresh()
        self.in_force = self.rules
        seen = self.seen()
        self.check(self.model.refreshed(self.now, seen))
        self.keep(seen)

    @rule(by=forward)
    def tick(self, by: dt.timedelta) -> None:
        self.now += by

    @rule(by=backward)
    def step_back(self, by: dt.timedelta) -> None:
        self.now -= by

    @rule(by=forward, said=st.lists(answers, min_size=1, max_size=3))
    def another_day(self, by: dt.timedelta, said: list[str]) -> None:
        """What a worker does all day long."""
        self.now += by
        self.refresh()
        self.claim(100)
        for number, reminder in enumerate(self.held[-3:]):
            self.say(reminder, said[number % len(said)])

    @rule(by=st.sampled_from([MINUTE, DAY, 2 * DAY]), times=st.integers(1, 4))
    def a_sender_that_crashes(self, by: dt.timedelta, times: int) -> None:
        self.now += by
        for _ in range(times):
            self.claim(100)
            self.crash()
            self.now += MINUTE

    @rule(by=st.sampled_from([MINUTE, DAY, 2 * DAY]), how=answers)
    def a_sender_that_is_too_slow(self, by: dt.timedelta, how: str) -> None:
        self.now += by
        self.claim(100)
        slow = list(self.held)
        self.now += MINUTE
        self.claim(100)
        for reminder in slow[-2:]:
            self.say(reminder, how)

    @rule(limit=st.sampled_from([100, 100, 1]))
    def claim(self, limit: int) -> None:
        claim = self.store.claim(limit, lease="60 s")
        seen = self.seen()
        taken = {reminder.key for reminder in claim}
        assert len(taken) == len(claim) <= limit
        self.check(self.model.claimed(self.now, taken, seen, all_of_them=limit == 100))
        for key, row in self.model.rows.items():
            lost = row.state == "claimed" and row.lease <= self.now
            row.crashes += lost and (key in taken or seen[key].state != "claimed")
        self.keep(seen, taken)
        for reminder in claim:
            row = self.model.rows[reminder.key]
            row.token, row.lease = reminder.token, reminder.lease_until
            assert reminder.lease_until == self.now + MINUTE
            assert row.channel == "email" or row.key not in self.out, f"sent twice: {row}"
            self.out.add(row.key)
        self.held += claim

    @precondition(lambda self: self.held)
    @rule(data=st.data(), how=answers)
    def answer(self, data: st.DataObject, how: str) -> None:
        self.say(data.draw(st.sampled_from(self.held)), how)

    def say(self, reminder: courtesy.ClaimedReminder, how: str) -> None:
        row = self.model.rows.get(reminder.key)
        until = self.now + 2 * DAY
        say: Callable[[], object] = {
            "done": reminder.done,
            "failed": lambda: reminder.failed("no answer"),
            "given up": lambda: reminder.failed("no such number", retry=False),
            "snooze": lambda: reminder.snooze(until),
            "skip": lambda: reminder.skip("asked us not to"),
            "release": reminder.release,
        }[how]
        holds = row is not None and row.token == reminder.token and row.state in ("claimed", "unknown")
        if not holds:
            with pytest.raises(courtesy.LeaseError):
                say()
            self.check(self.model.untouched(self.seen()))
            return
        say()
        assert row is not None
        if how != "done":
            self.out.remove(row.key)
        seen = self.seen()
        for_good = how == "given up" or row.attempts == 7
        failed = "given_up" if for_good else "failed"
        states = {"done": "sent", "failed": failed, "given up": failed, "snooze": "snoozed", "skip": "skipped"}
        self.check(self.model.answered(row.key, states.get(how, "planned"), until if how == "snooze" else None, seen))
        if how in ("failed", "given up"):
            row.attempts += 1
            if not for_good:
                wait = min(6 * HOUR, MINUTE * 2 ** (row.attempts - 1))
                assert 0.9 * wait <= seen[row.key].wake - self.now <= 1.1 * wait
        self.said(how, row, until)
        self.keep(seen)

    @precondition(lambda self: self.model.rows)
    @rule(data=st.data(), how=st.sampled_from(["snooze", "skip"]), by=forward)
    def staff_say(self, data: st.DataObject, how: str, by: dt.timedelta) -> None:
        row = self.model.rows[data.draw(st.sampled_from(sorted(self.model.rows)))]
        until = self.now + by
        over = row.state in ("sent", "claimed")
        with pytest.raises(courtesy.StoreError) if over else contextlib.nullcontext():
            if how == "snooze":
                self.store.snooze(row.key, until)
            else:
                self.store.skip(row.key)
        seen = self.seen()
        if over:
            self.check(self.model.untouched(seen))
            return
        self.check(self.model.answered(row.key, {"snooze": "snoozed", "skip": "skipped"}[how], None, seen))
        self.out.discard(row.key)
        self.said(how, row, until)
        self.keep(seen)

    def said(self, how: str, row: Row, until: dt.datetime) -> None:
        """What staff said is an event, and so known to the planner."""
        if how in ("snooze", "skip"):
            self.events += 1
            # After all that they have said of it before, whatever the clock did meanwhile.
            before = [event["at"] for event in self.model.events.values() if event.get("ref") == row.key]
            at = max([self.now, *(at + dt.timedelta(microseconds=1) for at in before)])
            event = {"id": f"said {self.events}", "customer": row.customer, "kind": how, "at": at}
            self.model.events[event["id"]] = event | {"ref": row.key} | ({"due": until} if how == "snooze" else {})

    # ---- what goes wrong

    @rule()
    def crash(self) -> None:
        """The process is gone with all that it held."""
        del self.store
        self.held = []
        self.store = self.open(None)
        self.use(self.in_force)
        self.check(self.model.untouched(self.seen()))

    @rule(rules=st.sampled_from(sorted(RULES)))
    def change_rules(self, rules: str) -> None:
        self.held = []
        self.store.close()
        self.store = self.open(rules)
        self.use(rules)
        self.check(self.model.untouched(self.seen()))

    @rule(person=people)
    def erase(self, person: str) -> None:
        if person not in self.model.customers | dict.fromkeys(self.erased):
            with pytest.raises(courtesy.MissingError):
                self.store.erase(person)
            return
        self.store.erase(person)
        if person in self.erased:
            self.check(self.model.untouched(self.seen()))
            return
        self.erased.add(person)
        del self.model.customers[person]
        left = {name: event for name, event in self.model.events.items() if event["customer"] != person}
        self.model.events = left
        self.model.rows = {key: row for key, row in self.model.rows.items() if row.customer != person}
        self.check(self.model.untouched(self.seen()))
        for table in (self.store.customers, self.store.events, self.store.outbox, self.store.audit):
            # A name may stand in the digits of a key by chance.
            assert not re.search(rf"\b{person}\b", str(table.to_arrow().to_pylist()))
        self.audited = len(self.store.audit)

    # ---- looking

    def seen(self) -> dict[str, Row]:
        rows = self.store.outbox.to_arrow().to_pylist()
        names = ("key", "customer", "occasion", "channel", "state", "due", "wake", "since", "expires", "event")
        found = {row["key"]: Row(*(row[name] for name in names)) for row in rows}
        assert len(found) == len(rows), "two rows with one key"
        return found

    def keep(self, seen: dict[str, Row], taken: Iterable[str] = ()) -> None:
        known = set(self.model.rows)
        # That a row is new, and since when, it says itself.
        moved = {key for key in self.model.keep(self.now, seen, taken) if key in known or seen[key].state != "planned"}
        if not moved:
            return
        audit = self.store.audit.to_arrow().to_pylist()
        last = {row["key"]: row for row in audit[self.audited :]}
        for key in moved:
            assert key in last, f"no audit row says that {self.model.rows[key]} came into its state"
            assert last[key]["state"] == self.model.rows[key].state, (last[key], self.model.rows[key])
            assert last[key]["at"] == self.now
            assert last[key]["who"]
        self.audited = len(audit)

    def check(self, wrong: Iterable[str]) -> None:
        told = list(wrong)
        assert not told, "\n".join(told)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=LIVES, stateful_step_count=10, deadline=None, derandomize=True)
