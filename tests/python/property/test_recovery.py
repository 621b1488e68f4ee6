"""Between a complaint and its cool-down nobody is thanked or made an offer, whatever the order of rows and events."""

from __future__ import annotations

import datetime as dt
import random
import warnings
from typing import Any, NamedTuple

import hypothesis
from hypothesis import strategies as st

import courtesy

START = dt.datetime(2026, 12, 1, tzinfo=dt.timezone.utc)
DAYS = 60
COOL_DOWN = dt.timedelta(days=7)
TROUBLE = ["complaint", "reopened", "broken"]
PROMISES = ["promise", "renegotiated"]
RANKS = {"resolution": 1, "broken": 1, "renegotiated": 2, "reopened": 2, "kept": 3}
KINDS = [*TROUBLE, *PROMISES, "kept", "resolution", "resolution", "purchase"]

SERVED: list[dict[str, Any]] = [
    {"name": "sorry", "on": TROUBLE, "after": "4 hours", "purpose": "recovery", "until": "resolution"},
    {"name": "inform", "on": TROUBLE, "repeat": "3 days", "purpose": "recovery", "until": "resolution"},
    {"name": "fixed", "on": "resolution", "after": "1 day", "purpose": "recovery", "until": TROUBLE},
    {"name": "thanks", "on": "purchase", "after": "1 day", "at": "10:00", "tolerance": "40 days"},
    {"name": "gift", "on": "purchase", "repeat": "2 days", "at": "07:00", "times": 8, "tolerance": "20 days"},
    {"name": "offer", "rrule": "FREQ=DAILY", "at": "15:30", "purpose": "offer", "tolerance": "9 days"},
]
HOLD = {"after": TROUBLE, "until": ["resolution"], "purposes": ["care", "offer"], "cool_down": "7 days"}
ROOM: list[dict[str, Any]] = [
    {},
    {"quiet_hours": {"from": "20:00", "to": "08:00"}, "spread": "2 hours"},
    {"business_days": {"weekend": ["sat", "sun"]}, "caps": [{"purposes": ["care"], "most": 1, "per": "3 days"}]},
    {"merge": True, "capacity": [{"channels": ["email"], "most": 1}]},
]


class Event(NamedTuple):
    """What happened, on a day or at an instant of it."""

    number: int
    kind: str
    day: int
    hour: int | None
    ref: str | None
    due: int | None

    @property
    def name(self) -> str:
        return f"e{self.number}"

    @property
    def at(self) -> dt.datetime:
        return START + dt.timedelta(days=self.day, hours=self.hour or 0)

    @property
    def order(self) -> tuple[dt.datetime, int, str]:
        return self.at, RANKS.get(self.kind, 0), self.name

    @property
    def over(self) -> dt.datetime | None:
        """When the time of what it promises is over."""
        if self.kind not in PROMISES or self.due is None:
            return None
        return START + dt.timedelta(days=self.day + self.due + 1)

    def row(self) -> dict[str, Any]:
        due = None if self.due is None else (START + dt.timedelta(days=self.day + self.due)).date().isoformat()
        at = self.at.date().isoformat() if self.hour is None else self.at.isoformat()
        return {"id": self.name, "customer": "ada", "kind": self.kind, "at": at, "ref": self.ref, "due": due}


class Trouble(NamedTuple):
    """What opens a hold, and when."""

    event: Event
    at: dt.datetime
    broken: Event | None
    breach: bool


class Books:
    """What each complaint and each promise came to, one question after the other."""

    def __init__(self, events: list[Event]) -> None:
        self.events = sorted(events, key=lambda event: event.order)

    def case(self, ref: str, kinds: list[str], before: Event | None = None) -> str:
        for event in self.events:
            if event.kind in kinds and event.name == ref and (before is None or event.order < before.order):
                return self.case_of(event, kinds)
        return ref

    def case_of(self, event: Event, kinds: list[str]) -> str:
        return event.name if event.ref is None else self.case(event.ref, kinds, event)

    def answers(self, event: Event, promise: Event) -> bool:
        own = self.case_of(promise, PROMISES)
        if event.ref is None:
            return event.order > promise.order
        if self.case(event.ref, PROMISES) != own:
            return False
        first = next(e for e in self.events if e.kind in PROMISES and self.case_of(e, PROMISES) == own)
        named = event.ref == promise.name or first == promise
        return event.order > promise.order or (event.hour is None and event.day == promise.day and named)

    def settled(self, promise: Event) -> Event | None:
        said = ("kept", "broken", "renegotiated")
        return next((e for e in self.events if e.kind in said and e != promise and self.answers(e, promise)), None)

    def troubles(self) -> list[Trouble]:
        found = []
        promises = [event for event in self.events if event.over is not None]
        for event in self.events:
            alone = (
                all(self.settled(promise) != event for promise in promises)
                if event.ref is None
                else self.case(event.ref, PROMISES) not in [self.case_of(p, PROMISES) for p in promises]
            )
            if event.kind in ("complaint", "reopened") or (event.kind == "broken" and alone):
                found.append(Trouble(event, event.at, None, breach=False))
        for promise in promises:
            word = self.settled(promise)
            assert promise.over is not None
            if word is None or word.at >= promise.over:
                found.append(Trouble(promise, promise.over, None, breach=True))
            elif word.kind == "broken":
                found.append(Trouble(promise, word.at, word, breach=True))
        return found

    def over_from(self, trouble: Trouble) -> dt.date | None:
        """The first day after it and its cool-down."""
        kinds = [*TROUBLE, *PROMISES]
        day = (trouble.at - START).days
        for event in self.events:
            if event.kind != "resolution":
                continue
            by_date = event.hour is None and event.day == day
            if trouble.breach:
                later = event.at > trouble.at or by_date
            else:
                later = event.order > trouble.event.order or (by_date and trouble.event.hour is not None)
            same = event.ref is None or self.case(event.ref, kinds) == self.case_of(trouble.event, kinds)
            if trouble.broken is not None and event.ref == trouble.broken.name:
                same = True
            if later and same:
                return (event.at + COOL_DOWN).date()
        return None


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    count = draw(st.integers(2, 9))
    names = st.none() | st.sampled_from([*(f"e{n}" for n in range(1, count + 1)), "case 1"])
    days, hours = st.integers(0, 25), st.none() | st.sampled_from([0, 9, 16])
    return [
        Event(n, draw(st.sampled_from(KINDS)), draw(days), draw(hours), draw(names), draw(st.integers(0, 9)))
        for n in range(1, count + 1)
    ] + [Event(count + 1, "purchase", draw(days), draw(hours), None, None)]


def planned(events: list[Event], room: dict[str, Any]) -> courtesy.Plan:
    with warnings.catch_warnings():
        # Kinds that no event is of, and promises anew that name no day.
        warnings.simplefilter("ignore", courtesy.RuleWarning)
        rules = courtesy.Rules(SERVED, {"holds": [HOLD], "consent": {"offer": "not needed"}, **room}, {"zone": "UTC"})
        rows = [event.row() for event in events]
        return courtesy.plan([{"id": "ada"}], rows, rules, start=START.date(), days=DAYS)


@hypothesis.given(histories(), st.sampled_from(ROOM), st.integers(0, 2**16))
def test_nothing_pleasant_slips_out_between_a_complaint_and_its_cool_down(
    events: list[Event], room: dict[str, Any], seed: int
) -> None:
    rows = list(events)
    random.Random(seed).shuffle(rows)
    plan = planned(rows, room)
    assert list(plan) == list(planned(events, room))
    books = Books(events)
    troubles = [(trouble, books.over_from(trouble)) for trouble in books.troubles()]
    for row in plan:
        if row.state == "withheld" or row.purpose not in ("care", "offer"):
            continue
        assert row.due is not None
        for trouble, over in troubles:
            assert row.due < trouble.at or (over is not None and row.due.date() >= over), (row, trouble, over)


@hypothesis.given(histories(), st.sampled_from(ROOM))
def test_what_waits_for_no_complaint_is_held_by_none(events: list[Event], room: dict[str, Any]) -> None:
    """The other way round: where a hold stops a reminder, something is open that no resolution has settled."""
    books = Books(events)
    troubles = [(trouble, books.over_from(trouble)) for trouble in books.troubles()]
    plan = planned(events, room)
    for row in plan:
        if row.reason != "on_hold":
            continue
        assert row.due is not None
        held = [t for t, over in troubles if row.due >= t.at and (over is None or row.due.date() < over)]
        assert held, row
        assert plan.explain(row).reasons[-1].data["event"] in [trouble.event.name for trouble in held]
