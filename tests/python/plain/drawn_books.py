"""Small customer bases, drawn: a few customers of several zones, who share homes, and what happened to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawn_rules import CHANNELS, PURPOSES, TEAMS, occasions, of_size, policies, windows, zones
from hypothesis import strategies as st
from plain_days import DAY, UTC
from plain_model import Row
from planners import Case, by_model

ZONES = [
    None,
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Havana",
    "Pacific/Kiritimati",
    "America/Los_Angeles",
]
BIRTHDAYS = [None, "1980-02-29", "1971-11-25", "1990-12-31", "1964-03-29", "2001-01-01", "1999-10-25"]
QUIET = [
    (None, None),
    (None, None),
    ("22:00", "09:30"),
    ("12:00", "14:00"),
    ("00:00", "06:00"),
    ("17:00", "23:30"),
    ("08:20", "10:45"),
]
HAPPENED = [
    "purchase",
    "purchase",
    "purchase",
    "service",
    "service",
    "delivery",
    "complaint",
    "complaint",
    "resolution",
    "resolution",
    "booking",
    "reply",
    "reply",
    "reply",
    "reopened",
]
SPECIAL = ["promise", "promise", "kept", "broken", "reading", "reading", "consent", "withdrawal", "contact"]
# Most books must hold enough to be owed something: what is drawn leans toward the first.
SIZES = [12, 24, 36, 40, 40, 40, 40, 0]
ORDERS = ["contact", "skip", "snooze", "snooze", "send_now", "send_now", "use_channel", "use_channel"]


def cell(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


customer = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(ZONES),
        "birthday": st.sampled_from(BIRTHDAYS),
        "status": cell(*[None] * 20, "active", "closed", "deceased", "do_not_contact"),
        "household": cell(None, "h1", "h2"),
        "address": cell("1 Hill", "2 Hill", "2 Hill", None),
        "email": cell(*["a@example.org"] * 6, None),
        "phone": cell("1", "1", "1", None),
        "channels": cell(None, None, ["sms"], ["letter", "email"], ["call", "email"]),
        "quiet": st.sampled_from(QUIET),
        "tags": cell(None, ["club"], ["club", "trade"]),
        "tier": cell(None, "gold", "silver"),
        "visits": cell(None, 1, 2, 5),
    }
)
# The last are a year before the window, or two, for anniversaries.
day = st.one_of(
    st.integers(-5, 30),
    st.integers(-8, 8),
    st.integers(-40, 60),
    st.integers(-70, -20),
    st.integers(-366, -340) | st.integers(-730, -710),
)
hour = st.none() | st.sampled_from([0, 90, 8 * 60, 9 * 60 + 5, 13 * 60, 19 * 60 + 30, 23 * 60 + 30])
happened = st.tuples(
    st.integers(0, 7),  # whose
    st.sampled_from(HAPPENED) | st.sampled_from(SPECIAL),
    day,
    hour,
    st.integers(0, 30),  # a number that the other cells come from, to draw few
    st.integers(0, 30),
)
ordered = st.tuples(
    st.sampled_from(ORDERS), st.integers(0, 40), st.integers(-20, 20), hour, st.integers(-2, 9), hour, cell(*CHANNELS)
)


def at(start: dt.date, days: int, minutes: int | None) -> dt.date | dt.datetime:
    """A date, or an instant of that day in UTC."""
    date = start + days * DAY
    if minutes is None:
        return date
    return dt.datetime.combine(date, dt.time(), UTC) + dt.timedelta(minutes=minutes)


def picked(number: int, *values: Any) -> Any:
    return values[number % len(values)]


def event_of(
    number: int, drawn: tuple[int, str, int, int | None, int, int], customers: int, start: dt.date
) -> dict[str, Any]:
    owner, kind, days, minutes, one, other = drawn
    owner %= customers
    event = {"id": f"e{number:02}", "customer": f"c{owner}", "kind": kind, "at": at(start, days, minutes)}
    event["asset"] = picked(one, None, f"v{owner}-0", f"v{owner}-1")
    event["ref"] = picked(other, None, None, f"e{one:02}", "case 1") if kind != "purchase" else None
    if kind in ("complaint", "resolution"):
        event["ref"] = picked(other, "case 1", None, f"e{one:02}")
    if kind in ("purchase", "service"):
        event |= {"value": picked(one + other, 10.1, 30, 20.2, None), "unit": picked(other, "EUR", None, "GBP")}
    if kind == "reading":
        # About a hundred kilometres a day, so that marks are passed within the window.
        event |= {"value": 20_000 + 100 * days + 50 * one, "unit": "km", "asset": f"v{owner}-0"}
    if kind in ("promise", "delivery"):
        event["due"] = picked(one, None, at(start, days + other - 2, None), at(start, days + other - 2, 60 * one + 15))
    if kind in ("consent", "withdrawal"):
        event |= {"channel": picked(one, None, *CHANNELS, "phone"), "note": picked(other, None, *PURPOSES)}
    if kind == "reply":
        # Few hours, so that one becomes a habit.
        event["at"] = at(start, days, picked(other, 19 * 60 + 30, None, 19 * 60 + 50, None, 13 * 60, None))
    if kind == "contact":
        event |= {"channel": picked(one, *CHANNELS, None), "note": picked(other, None, *PURPOSES)}
        event |= {"by": picked(one + other, None, *TEAMS), "ref": None}
    return event


def other_part(event: dict[str, Any], purpose: str) -> dict[str, Any]:
    """The event of another reminder that the same contact said."""
    return {**event, "id": f"{event['id']} too", "note": purpose}


def order_of(number: int, drawn: tuple[Any, ...], row: Row, start: dt.date) -> dict[str, Any]:
    """An event that stands for the reminder of a row."""
    kind, _, days, minutes, until, until_minutes, channel = drawn
    event = {
        "id": f"x{number:02}",
        "customer": row.customer,
        "kind": kind,
        "at": at(start, days, minutes),
        "ref": row.key,
    }
    if kind == "snooze":
        event["due"] = at(row.due.date(), until, until_minutes)
    if kind in ("contact", "use_channel"):
        event["channel"] = channel
    return event


@st.composite
def cases(
    draw: st.DrawFn, policy: st.SearchStrategy[Any] = policies, occasions: st.SearchStrategy[Any] = occasions
) -> Case:
    rules = {"shop": {"zone": draw(zones)}, "policy": draw(policy), "occasion": draw(occasions)}
    start, days = draw(windows)
    people = draw(of_size([2, 3, 4, 5, 8], customer))
    customers = [{"id": f"c{number}", **cells} for number, cells in enumerate(people)]
    for cells in customers:
        cells["quiet_from"], cells["quiet_to"] = cells.pop("quiet")
    drawn = draw(of_size(SIZES, happened))
    events = [event_of(number, event, len(customers), start) for number, event in enumerate(drawn)]
    contacts = [event for event in events if event["kind"] == "contact"]
    events += [other_part(event, PURPOSES[number % 4]) for number, event in enumerate(contacts) if number % 3 == 0]
    kinds = [None, "car", "van"]
    assets = [
        {"id": f"v{owner}-{number}", "customer": f"c{owner}", "kind": kinds[(owner + number) % 3]}
        for owner in range(len(customers))
        for number in range(2)
    ]
    case = Case(customers, assets, events, rules, start, start + days * DAY)
    orders = draw(of_size([0, 1, 2, 4], ordered))
    rows = by_model(case) if orders else []
    for number, order in enumerate(orders if rows else []):
        events.append(order_of(number, order, rows[order[1] % len(rows)], start))
    return case
