"""What a store comes to step by step is what it would come to by looking at everybody, and what a plan says."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import courtesy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "stores"))
from shop import START, Shop

OCCASIONS = [
    courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00", channels=["email", "letter"]),
    courtesy.Occasion("birthday", yearly="birthday", at="09:00", purpose="care", expires="1 day"),
    courtesy.Occasion(
        "service",
        every="3 months",
        since="service",
        until="booking",
        purpose="service",
        steps=[courtesy.Step(before="21 days", at="10:00"), courtesy.Step(after="14 days", at="11:00")],
    ),
    courtesy.Occasion("quiet", silent="50 days", since=["purchase", "service"], purpose="care", at="12:00"),
    courtesy.Occasion("offer", rrule="FREQ=WEEKLY;BYDAY=TU", start=START.date(), purpose="offer", at="15:00"),
    courtesy.Occasion("promise", due="promise", before="2 days", purpose="service", at="09:30"),
]
POLICIES: list[dict[str, Any]] = [
    {},
    {"caps": [{"purposes": ["care"], "most": 1, "per": "7 days", "scope": "household"}], "merge": True},
    {"capacity": [{"channels": ["email"], "most": 2}]},
    {"quiet_hours": {"from": "20:00", "to": "09:15"}, "consent": {"offer": "needed"}},
]

PEOPLE = st.integers(1, 5)
HOURS = st.integers(1, 24 * 40)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "birthday": st.dates(dt.date(1960, 12, 1), dt.date(1961, 3, 31)),
        "zone": st.sampled_from(["Europe/London", "Asia/Tokyo", "America/New_York", None]),
        "household": st.sampled_from(["h-1", "h-2", None]),
        "email": st.sampled_from(["a@example.org", None]),
        "status": st.sampled_from(["active", "active", "closed"]),
    },
)
KINDS = st.sampled_from(
    ["purchase", "service", "booking", "complaint", "resolution", "consent", "withdrawal", "promise"]
)
STEP = st.one_of(
    st.tuples(st.just("customer"), PEOPLE, CELLS),
    st.tuples(st.just("event"), PEOPLE, KINDS, st.integers(0, 60)),
    st.tuples(st.just("go"), HOURS),
    st.tuples(st.just("work"), st.just(0)),
)


def do(shop: Shop, step: tuple[Any, ...]) -> None:
    match step:
        case "customer", who, cells:
            shop.store.customers.upsert([{"id": who, **cells}])
        case "event", who, kind, days:
            at = shop.clock.now - dt.timedelta(minutes=days)
            due = at + dt.timedelta(days=days) if kind == "promise" else None
            shop.store.events.append([{"customer": who, "kind": kind, "at": at, "due": due}])
        case "go", hours:
            shop.clock.go(hours=hours)
            shop.refresh()
        case "work", _:
            shop.work()


LIVE = ("planned", "snoozed", "failed", "claimed", "merged")
SHOWN = ("key", "customer", "occasion", "step", "state", "due", "channel", "zone")


def live(shop: Shop) -> set[tuple[Any, ...]]:
    return {tuple(row[name] for name in SHOWN) for row in shop.rows() if row["state"] in LIVE}


@settings(max_examples=60)
@given(st.sampled_from(POLICIES), st.lists(STEP, min_size=4, max_size=24), st.integers(1, 3))
def test_step_by_step_is_what_looking_at_everybody_gives(
    policy: dict[str, Any], steps: list[tuple[Any, ...]], people: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shop = Shop(Path(folder), OCCASIONS, policy=policy)
        shop.store.customers.upsert([{"id": who} for who in range(1, 6)])
        shop.refresh()
        for step in steps:
            do(shop, step)
        shop.refresh()
        stepwise = live(shop)
        shop.refresh(everybody=True)
        assert live(shop) == stepwise
        # A plan of the same tables says the same of what lies ahead.
        now = shop.clock.now
        plan = shop.store.plan(now, 60)
        ahead = {row.key: row.due for row in plan if row.state != "withheld" and row.due is not None}
        owed = {row["key"]: row["due"] for row in shop.rows() if row["state"] in LIVE and row["due"] >= now}
        soon = now + dt.timedelta(days=60)
        assert {key: due for key, due in owed.items() if due < soon} == {
            key: due for key, due in ahead.items() if due < soon
        }
        shop.store.close()
