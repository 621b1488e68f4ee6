"""What the garage promised and guaranteed, what customers said, and what staff decided of single reminders."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from books import TODAY, Books, Dice, days_later, months_later, workday
from vehicles import STAFF, Vehicle

import courtesy

# What was said, and which kind of promise or complaint it is: the topic.
PROMISED = [
    ("the spare part is here", "spare part"),
    ("the courtesy car is ready", "courtesy car"),
    ("the estimate is sent", "estimate"),
    ("the dent is out", "repair"),
]
COMPLAINTS = [
    ("rattle behind the dashboard", "repair"),
    ("waited forty minutes at the desk", "waiting"),
    ("the seat was left dirty", "cleanliness"),
    ("the price was not the one agreed", "price"),
    ("the warning light is on again", "repair"),
    ("nobody rang back", "call back"),
]

# Promises around TODAY, by customer: made, due, and how each ended.
PROMISES: dict[int, tuple[str, str, list[tuple[str, str]]]] = {
    20: ("2026-11-17", "2026-12-01", []),
    25: ("2026-11-20T10:00:00Z", "2026-11-25T16:00:00Z", []),
    29: ("2026-11-16", "2026-11-27", [("kept", "2026-11-20T15:10:00Z")]),
    35: ("2026-11-12", "2026-11-24", []),
    58: ("2026-11-09", "2026-11-30", []),
    60: ("2026-11-09", "2026-11-18", [("broken", "2026-11-19T09:20:00Z")]),
    79: ("2026-11-19", "2026-11-23", []),
}
# Complaints that chance would not bring in this order.
COMPLAINED: dict[int, list[tuple[str, str]]] = {
    51: [("complaint", "2026-11-12T11:40:00Z"), ("resolution", "2026-11-18T14:05:00Z")],
    69: [("complaint", "2026-11-22T18:40:00Z")],
    81: [
        ("complaint", "2026-10-28T09:15:00Z"),
        ("resolution", "2026-11-04T10:30:00Z"),
        ("reopened", "2026-11-20T16:50:00Z"),
    ],
    120: [("complaint", "2026-11-17T13:20:00Z"), ("resolution", "2026-11-23T08:30:00Z")],
}
# At which hours some customers write back, and how often of a hundred times.
HABITS = {7: 10, 12: 20, 13: 10, 17: 15, 18: 30, 19: 15}

AWAY = "away until then"
# What staff wrote this morning on reminders of the coming two weeks: of whom, on which occasion and step, and when.
WORDS: list[tuple[int, str, str, str, dict[str, str]]] = [
    (216, "check-in", "1", "08:20", {"kind": "contact", "channel": "call", "by": "front desk", "note": "care"}),
    (245, "thank-you", "1", "08:25", {"kind": "skip", "by": "Asha", "note": "thanked in person"}),
    (66, "service-due", "call", "08:31", {"kind": "snooze", "due": "2026-12-04", "by": "Tom", "note": AWAY}),
    (233, "thank-you", "1", "08:33", {"kind": "snooze", "due": "2026-12-04T12:00:00Z", "by": "Tom", "note": AWAY}),
    (236, "inspection", "notice", "09:40", {"kind": "send_now", "by": "Asha", "note": "asked at the counter"}),
    (63, "service-due", "notice", "09:45", {"kind": "use_channel", "channel": "whatsapp", "by": "Wiktor"}),
]


def complain(vehicle: Vehicle, number: int, dice: Dice) -> None:
    """Every now and then something is wrong. What was said more than a week ago is settled."""
    steps = COMPLAINED.get(number, [])
    if not steps and number % 33 == 3:
        days_ago = number // 66 if number % 66 == 3 else dice.between(14, 24)
        day = days_later(TODAY, -days_ago)
        steps = [("complaint", dice.moment(day, 7, 9 if day == TODAY else 19))]
        if days_ago > 7:
            steps.append(("resolution", dice.moment(workday(days_later(day, dice.between(4, 6))))))
    complaint: dict[str, Any] | None = None
    for kind, at in steps:
        if complaint is None:
            note, topic = dice.pick(COMPLAINTS)
            said = {"note": note, "topic": topic, "channel": dice.pick(["phone", "email", "desk"])}
            complaint = vehicle.add(kind, at, **said, by=dice.pick(STAFF))
        else:
            vehicle.add(kind, at, ref=complaint, by=dice.pick(STAFF))


def promise(vehicle: Vehicle, number: int, dice: Dice) -> None:
    """What was promised, most of it kept."""
    note, topic = dice.pick(PROMISED)
    what = {"note": note, "topic": topic, "by": dice.pick(STAFF)}
    if number in PROMISES:
        at, due, ends = PROMISES[number]
    elif number % 7 == 1 and vehicle.delivered < days_later(TODAY, -400):
        made = workday(days_later(TODAY, -dice.between(40, 380)))
        day = workday(days_later(made, dice.between(4, 15)))
        at, due = str(made), str(day)
        if dice.chance(0.8):
            ends = [("kept", str(workday(days_later(day, -dice.between(0, 2)))))]
        else:
            ends = [("broken", str(days_later(day, 1))), ("kept", str(days_later(day, dice.between(2, 6))))]
    else:
        return
    promised = vehicle.add("promise", at, due=due, **what)
    for kind, end in ends:
        vehicle.add(kind, end, ref=promised, topic=topic, by=what["by"])


def guarantee(vehicle: Vehicle) -> None:
    """Two years on every vehicle, written down since autumn 2024."""
    if dt.date(2024, 10, 1) <= vehicle.delivered < TODAY:
        vehicle.add("guarantee", vehicle.delivered, due=months_later(vehicle.delivered, 24))


def reply(books: Books, customer: dict[str, Any], number: int, since: dt.date, dice: Dice) -> None:
    """What customers answered to courtesies of the last year, each at an hour of their own."""
    if number % 5 != 1 or customer["status"] != "active":
        return
    hour = dice.weighted(HABITS)
    for _ in range(dice.between(2, 5)):
        day = dice.day(max(since, days_later(TODAY, -330)), days_later(TODAY, -10))
        books.add_event(customer, "reply", dice.moment(day, hour, hour), channel="email")


def words_of_staff(books: Books, folder: Path) -> None:
    """Plans the two weeks from TODAY on to know the reminders' keys, and adds what staff said of some of them."""
    tables = [folder / f"{name}.csv" for name in ("customers", "events", "assets")]
    rules = Path(__file__).with_name("rules.toml")
    plan = courtesy.plan(*tables[:2], rules, tables[2], start=TODAY, days=14)
    for number, occasion, step, time, cells in WORDS:
        of = f"c-{number:03}", occasion, step
        (row,) = (row for row in plan if (row.customer, row.occasion, row.step) == of)
        books.note(customer=row.customer, asset=row.asset or "", at=f"{TODAY}T{time}:00Z", ref=row.key, **cells)
