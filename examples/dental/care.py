"""What was said between the practice and its patients: consents, call-backs, complaints, likes and dislikes."""

from __future__ import annotations

from pathlib import Path

from books import TODAY, Books, Dice, days_later, workday
from visits import HOURS, STAFF, Patient

import courtesy

COMPLAINTS = ["waiting", "telephone", "bill", "appointment", "parking"]
THANKS = {"card": 3, "film tickets": 28, "fruit basket": 24}  # what a referral brought, and what it cost
CALLED = {"kind": "contact", "channel": "call", "by": "front desk", "note": "service"}
AT_SEA = {"kind": "snooze", "due": "2027-03-23", "by": "Imran", "note": "at sea until then"}
# What staff wrote this morning on reminders of the coming two weeks: of whom, on which occasion and step, and when.
WORDS: list[tuple[str, str, str, str, dict[str, str]]] = [
    ("p-017", "after-treatment", "1", "12:05", CALLED),
    ("p-018", "welcome", "1", "12:10", {"kind": "skip", "by": "Maeve", "note": "a sister of ours"}),
    (
        "p-019",
        "half-yearly-checkup",
        "call",
        "12:12",
        {"kind": "snooze", "due": "2027-03-23", "by": "Imran", "note": "at sea"},
    ),
]


def agree(patient: Patient, dice: Dice) -> None:
    """What patients said, when they joined and later, about being written to."""
    joined = patient.joined
    if dice.chance(0.45):
        patient.add("consent", joined, note="offer")
    if "new-in-town" in patient.customer["tags"] and dice.chance(0.7):
        patient.add("consent", joined, note="introduction")
    if dice.chance(0.06) and days_later(joined, 30) < TODAY:
        what = dice.pick([("", ""), ("", "offer"), ("", "care"), ("sms", "")])
        patient.add("withdrawal", dice.day(days_later(joined, 30), TODAY), channel=what[0], note=what[1])


def call_back(patient: Patient, dice: Dice) -> None:
    """ "We call you back by tomorrow noon": mostly done the same day."""
    if not dice.chance(0.4) or (TODAY - patient.joined).days < 60:
        return
    made = workday(dice.day(max(patient.joined, days_later(TODAY, -500)), days_later(TODAY, -8)))
    by = workday(days_later(made, dice.between(1, 3)))
    staff = dice.pick(STAFF)
    promise = patient.add("promise", f"{made}T14:{dice.between(10, 59)}:00Z", due=f"{max(by, made)}T20:00:00Z",
                          topic="call back", by=staff)  # fmt: skip
    end = dice.weighted({"same day": 60, "in time": 28, "late": 12})
    at = {"same day": f"{made}T19:{dice.between(10, 59)}:00Z", "in time": f"{max(by, made)}T15:30:00Z"}
    patient.add(
        "kept", at.get(end, f"{days_later(max(by, made), 1)}T16:15:00Z"), ref=promise, topic="call back", by=staff
    )


def complain(patient: Patient, dice: Dice) -> None:
    """Every now and then something is wrong; what is more than two weeks old is settled, and one in five came again."""
    if not dice.chance(0.09) or (TODAY - patient.joined).days < 120:
        return
    day = workday(dice.day(max(days_later(patient.joined, 30), days_later(TODAY, -400)), days_later(TODAY, -16)))
    topic, staff = dice.pick(COMPLAINTS), dice.pick(STAFF)
    said = patient.add("complaint", dice.moment(day, *HOURS), topic=topic, by=staff, channel="desk")
    settled = workday(days_later(day, dice.between(3, 10)))
    patient.add("resolution", dice.moment(settled, *HOURS), ref=said, topic=topic, by=staff)
    again = workday(days_later(settled, dice.between(8, 20)))
    if dice.chance(0.35) and again < days_later(TODAY, -20):
        patient.add("reopened", dice.moment(again, *HOURS), ref=said, topic=topic, by=staff)
        patient.add("resolution", dice.moment(workday(days_later(again, 5)), *HOURS), ref=said, topic=topic, by=staff)


def feed_back(patient: Patient, dice: Dice) -> None:
    """What patients liked (1) and disliked (-1) of the visits of the last two years."""
    for _ in range(dice.weighted({0: 60, 1: 25, 2: 15})):
        day = dice.day(max(patient.joined, days_later(TODAY, -700)), days_later(TODAY, -3))
        topic = dice.weighted({"reception": 40, "waiting": 35, "explained well": 15, "parking": 10})
        like = dice.chance({"waiting": 0.35, "parking": 0.2}.get(topic, 0.9))
        patient.add("feedback", dice.moment(day, 20, 23), value=1 if like else -1, topic=topic, channel="email")


def refer(patient: Patient, others: list[Patient], dice: Dice) -> None:
    """Who sent whom, and how the practice said thank you so far, never twice alike."""
    gestures = list(THANKS)
    turn = dice.between(0, 2)
    for other in others:
        if other.joined <= patient.joined or other.customer["household"] == patient.customer["household"]:
            continue
        patient.add("referral", other.joined, ref=other.customer["id"])
        thanked = days_later(other.joined, 1)
        if thanked < TODAY:
            gesture = gestures[turn % 3]
            patient.add(
                "contact", f"{thanked}T13:00:00Z", channel="card", note="care", topic=gesture, value=THANKS[gesture]
            )
            turn += 1


def reply(patient: Patient, dice: Dice) -> None:
    """At which hour some write back."""
    if not dice.chance(0.2):
        return
    hour = dice.weighted({12: 15, 16: 25, 22: 40, 23: 20})
    for _ in range(dice.between(2, 5)):
        day = dice.day(max(patient.joined, days_later(TODAY, -330)), days_later(TODAY, -1))
        patient.add("reply", dice.moment(day, hour, hour), channel="email")


def words_of_staff(books: Books, folder: Path) -> None:
    """Plans the two weeks from TODAY on to know the reminders' keys, and adds what staff said of some of them."""
    tables = [folder / f"{name}.csv" for name in ("customers", "events", "assets")]
    rules = Path(__file__).with_name("rules.toml")
    plan = courtesy.plan(*tables[:2], rules, tables[2], start=TODAY, days=14)
    for of, occasion, step, time, cells in WORDS:
        (row,) = (row for row in plan if (row.customer, row.occasion, row.step) == (of, occasion, step))
        books.note(customer=row.customer, asset=row.asset or "", at=f"{TODAY}T{time}:00Z", ref=row.key, **cells)
