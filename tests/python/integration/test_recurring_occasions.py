"""Occasions whose dates recur by RFC 5545: who hears what on which day, and why."""

# ruff: noqa: DTZ001 - dateutil's dates are naive
from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from dateutil.rrule import rrulestr

import courtesy

CUSTOMERS = [{"id": 1, "tier": "gold"}, {"id": 2, "tier": "silver", "zone": "Pacific/Apia"},
             {"id": 3, "tier": "gold", "status": "closed"}]  # fmt: skip


def made(events: list[dict[str, Any]] | None = None, start: str = "2026-01-01", days: int = 365, **keys: Any) -> Any:
    occasion = {"name": "open evening", "at": "18:00", "channels": ["visit"], **keys}
    rules = courtesy.Rules([occasion], shop={"zone": "Europe/London"})
    return courtesy.plan(CUSTOMERS, events or [], rules, start=start, days=days)


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYDAY=1TU", "FREQ=YEARLY;BYMONTH=3,12;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=MO,FR",
             "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]
)  # fmt: skip
def test_everybody_hears_on_its_dates(rule: str) -> None:
    plan = made(rrule=rule)
    dates = rrulestr(rule, dtstart=dt.datetime(1970, 1, 1)).between(
        dt.datetime(2025, 12, 31, 12),
        dt.datetime(2026, 12, 31, 12),
    )
    for customer in (1, 2):
        planned = [each for each in plan if each.customer == customer and each.state == "planned"]
        assert [each.local.date() for each in planned] == [each.anchor for each in planned]
        if customer == 1:
            assert [each.anchor for each in planned] == [date.date() for date in dates]
        assert {f"{each.local:%H:%M}" for each in planned} == {"18:00"}
        assert len({each.key for each in planned}) == len(planned)
    assert {each.reason for each in plan if each.customer == 3} == {"closed"}


def test_the_key_is_the_date_s_whatever_the_window() -> None:
    rule = "FREQ=MONTHLY;BYDAY=1TU"
    whole = {each.anchor: each.key for each in made(rrule=rule) if each.customer == 1}
    part = {each.anchor: each.key for each in made(rrule=rule, start="2026-06-01", days=30) if each.customer == 1}
    assert part == {dt.date(2026, 6, 2): whole[dt.date(2026, 6, 2)]}


def test_dates_are_added_and_taken_away() -> None:
    plan = made(rrule="FREQ=MONTHLY;BYDAY=1TU", rdate=["2026-01-20"], exdate=["2026-02-01/2026-12-31"])
    assert [each.anchor for each in plan if each.customer == 1] == [dt.date(2026, 1, 6), dt.date(2026, 1, 20)]


def test_steps_conditions_and_ends() -> None:
    events = [
        {"customer": 1, "kind": "booking", "at": "2026-02-20"},
        {"customer": 2, "kind": "booking", "at": "2026-01-10"},
    ]
    plan = made(
        events,
        rrule="FREQ=MONTHLY;BYDAY=1TU",
        days=80,
        until="booking",
        when={"tier": ["gold", "silver"]},
        steps=[{"before": "10 days"}, {"before": "1 business day"}],
    )
    planned = [(each.customer, each.local.date().isoformat()) for each in plan if each.state == "planned"]
    # A booking ends what is left of the month's round, and of no other.
    assert sorted(planned) == [
        (1, "2026-01-05"), (1, "2026-01-24"), (1, "2026-02-02"),
        (2, "2026-01-05"), (2, "2026-02-21"), (2, "2026-03-02"),
    ]  # fmt: skip
    assert {each.reason for each in plan if each.state == "withheld" and each.customer != 3} == {"ended"}


def test_reasons_are_told() -> None:
    plan = made(rrule="FREQ=MONTHLY;BYDAY=1TU", days=10)
    first = next(each for each in plan if each.customer == 1)
    assert str(plan.explain(first)).startswith("Open evening 6 Jan 2026: every month on the first Tuesday; ")
    reason = plan.explain(first).reasons[0]
    assert (reason.code, reason.data["rule"], reason.data["due_day"]) == (
        "recurrence",
        "FREQ=MONTHLY;BYDAY=1TU",
        dt.date(2026, 1, 6),
    )
    later = made(rrule="FREQ=MONTHLY;BYDAY=1TU", start="2026-01-10", days=5)
    (said,) = later.why_not(customer=1, occasion="open evening")
    assert "the next is on 3 Feb 2026" in str(said)
    over = made(rrule="FREQ=DAILY;UNTIL=20251231", days=5)
    (said,) = over.why_not(customer=1, occasion="open evening")
    assert "the last was on 31 Dec 2025" in str(said)
