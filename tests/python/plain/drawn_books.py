"""Small customer bases, drawn: a few customers of several zones, who share homes, and what happened to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawn_conditions import GESTURES, TOPICS
from drawn_parts import CHANNELS, PURPOSES, TEAMS, of_size
from drawn_policies import policies
from drawn_rules import occasions, windows, zones
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
SPECIAL = ["promise", "promise", "promise", "kept", "broken", "renegotiated", "reading", "reading", "consent"]
SPECIAL += ["withdrawal", "contact", "contact", "feedback", "paid", "referral"]
PROMISES, COMPLAINTS = ["promise", "renegotiated"], ["complaint", "reopened"]
# What each goes back to, by its ref.
ANSWERS = dict.fromkeys(["kept", "broken", "renegotiated"], PROMISES)
ANSWERS |= dict.fromkeys(["resolution", "reopened", "booking"], COMPLAINTS)
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
        "tags": cell(None, ["club"], ["club", "trade"], ["club", "trade"]),
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
read = st.tuples(st.integers(0, 7), st.integers(-130, 40), st.integers(0, 30), st.integers(0, 30))
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


def odometer(owner: int, days: int) -> int:
    """About a hundred kilometres a day, so that marks are passed within the window."""
    return 20_000 + (60 + 20 * owner) * days


def event_of(
    number: int, drawn: tuple[int, str, int, int | None, int, int], customers: int, start: dt.date
) -> dict[str, Any]:
    owner, kind, days, minutes, one, other = drawn
    owner %= customers
    event = {"id": f"e{number:02}", "customer": f"c{owner}", "kind": kind, "at": at(start, days, minutes)}
    event["asset"] = picked(one, None, f"v{owner}-0", f"v{owner}-1", f"v{owner}-0")
    event["ref"] = picked(other, None, None, f"e{one:02}", "case 1") if kind != "purchase" else None
    if kind in ("complaint", "resolution"):
        event["ref"] = picked(other, "case 1", None, f"e{one:02}")
    if kind in ("purchase", "service"):
        event |= {"value": picked(one + other, 10.1, 30, 20.2, None), "unit": picked(other, "EUR", None, "GBP")}
    if kind == "service" and other % 4 == 0:
        event |= {"value": odometer(owner, days) + 50 * (one % 2), "unit": "km", "asset": f"v{owner}-0"}
    if kind == "reading":
        event |= {"value": odometer(owner, days) + 50 * (one % 3), "unit": "km", "asset": f"v{owner}-0"}
    if kind in ("promise", "renegotiated", "complaint", "feedback", "purchase"):
        event["topic"] = picked(one // 3, None, *TOPICS)
    if kind == "feedback":
        event["value"] = picked(one, 1, -1, None)
    if kind == "referral":
        event["ref"] = picked(one, *[f"c{number}" for number in range(customers)], "somebody")
    if kind in ("promise", "renegotiated", "delivery", "paid"):
        event["due"] = picked(one, None, at(start, days + other - 2, None), at(start, days + other - 2, 60 * one + 15))
    if kind in ("consent", "withdrawal"):
        note = picked(other, None, *PURPOSES, "introduction", "introduction")
        event |= {"channel": picked(one, None, *CHANNELS, "phone"), "note": note}
    if kind == "reply":
        # Few hours, so that one becomes a habit.
        event["at"] = at(start, days, picked(other, 19 * 60 + 30, None, 19 * 60 + 50, None, 13 * 60, None))
    if kind == "contact":
        event |= {"channel": picked(one, *CHANNELS, None), "note": picked(other, None, *PURPOSES)}
        event["topic"] = picked(one, *GESTURES, None, f"c{other % customers}", "Sunday drivers")
        event["value"] = picked(other, 1.5, None, 3, 0.25)
        event |= {"by": picked(one + other, None, *TEAMS), "ref": None}
    return event


def reading_of(number: int, drawn: tuple[int, int, int, int], customers: int, start: dt.date) -> dict[str, Any]:
    """A reading of a meter that runs some kilometres a day; or a new meter, with or without somebody saying so."""
    owner, days, one, other = drawn
    owner %= customers
    event = {"id": f"r{number:02}", "customer": f"c{owner}", "kind": "reading", "asset": f"v{owner}-0", "unit": "km"}
    event |= {"at": at(start, days, None), "value": odometer(owner, days) + 4 * one}
    if owner % 3 == 1 and days > -40:
        event["value"] -= odometer(owner, -40)
    if other > 27:
        event["value"] *= picked(one, 10, 0.5, 3)
    if other == 0:
        event |= {
            "kind": "meter_replaced",
            "value": picked(one, None, 100, 20_000),
            "unit": picked(one, "km", None, "h"),
        }
    return event


def agreement(customer: int, start: dt.date) -> dict[str, Any]:
    """A customer likes to be introduced to others."""
    event = {"id": f"a{customer}", "customer": f"c{customer}", "kind": "consent", "at": start - 90 * DAY}
    return event | {"channel": None, "note": "introduction"}


def answering(events: list[dict[str, Any]], drawn: list[tuple[Any, ...]]) -> None:
    """Has most of what answers something name it, and some of it come at the very moment that was promised."""
    for event, (_, _, _, _, one, other) in zip(events, drawn, strict=True):
        kinds = ANSWERS.get(event["kind"], [])
        named = [each for each in events if each["kind"] in kinds and each["customer"] == event["customer"]]
        if named and other % 4:
            earlier = picked(one, *named)
            event["ref"] = earlier["id"]
            if event["kind"] in ("kept", "broken") and other % 3 == 0 and earlier["due"] is not None:
                event["at"] = earlier["due"]


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
    if kind == "contact":
        event |= {"topic": row.partner or row.gesture, "value": row.cost}
    return event


def fitting(budgets: list[dict[str, Any]], occasions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Budgets of occasions that there are."""
    known = {keys["name"] for keys in occasions}
    return [
        {**budget, "occasions": [name for name in budget["occasions"] if name in known] or sorted(known)}
        if "occasions" in budget
        else budget
        for budget in budgets
    ]


@st.composite
def cases(
    draw: st.DrawFn, policy: st.SearchStrategy[Any] = policies, occasions: st.SearchStrategy[Any] = occasions
) -> Case:
    rules = {"shop": {"zone": draw(zones)}, "policy": draw(policy), "occasion": draw(occasions)}
    if "budgets" in rules["policy"]:
        rules["policy"]["budgets"] = fitting(rules["policy"]["budgets"], rules["occasion"])
    start, days = draw(windows)
    people = draw(of_size([2, 3, 4, 5, 8], customer))
    customers = [{"id": f"c{number}", **cells} for number, cells in enumerate(people)]
    for cells in customers:
        cells["quiet_from"], cells["quiet_to"] = cells.pop("quiet")
    drawn = draw(of_size(SIZES, happened))
    events = [event_of(number, event, len(customers), start) for number, event in enumerate(drawn)]
    answering(events, drawn)
    if any("match" in keys for keys in rules["occasion"]):
        agree = draw(st.integers(0, 255) | st.just(255))
        events += [agreement(number, start) for number in range(len(customers)) if agree >> number & 1]
    readings = enumerate(draw(of_size([0, 8, 20, 30], read)))
    events += [reading_of(number, reading, len(customers), start) for number, reading in readings]
    contacts = [event for event in events if event["kind"] == "contact"]
    events += [other_part(event, PURPOSES[number % 4]) for number, event in enumerate(contacts) if number % 3 == 0]
    kinds = ["car", "van", "car", None]
    assets = [
        {"id": f"v{owner}-{number}", "customer": f"c{owner}", "kind": kinds[(owner + 2 * number) % 4]}
        for owner in range(len(customers))
        for number in range(2)
    ]
    case = Case(customers, assets, events, rules, start, start + days * DAY)
    orders = draw(of_size([0, 1, 2, 4], ordered))
    rows = by_model(case) if orders else []
    for number, order in enumerate(orders if rows else []):
        events.append(order_of(number, order, rows[order[1] % len(rows)], start))
    return case
