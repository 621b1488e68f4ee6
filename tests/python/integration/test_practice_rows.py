"""The thirty patients of the example practice that are written by hand, followed by hand through two weeks.

The calendar, for checking: 15 and 22 March 2027 are Mondays, the 26th is Good Friday. Halifax is at UTC-4 until the
13th, and at UTC-3 from Sunday the 14th on. The practice opens from 8:00 to 12:30 and from 13:30 to 17:30, on Fridays
until 13:00.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import math
import statistics
import warnings
from pathlib import Path
from typing import NamedTuple

import pytest

import courtesy

PRACTICE = Path(__file__).resolve().parents[3] / "examples" / "dental"


@pytest.fixture(scope="module")
def plan() -> courtesy.Plan:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tables = [PRACTICE / f"{name}.csv" for name in ("customers", "events", "assets")]
        return courtesy.plan(*tables[:2], PRACTICE / "rules.toml", tables[2], start=dt.date(2027, 3, 15), days=14)


class Case(NamedTuple):
    of: str  # patient, occasion and step
    local: str  # day of March and wall time
    channel: str | None
    reason: str
    also: str  # a reason on the way that is what the case is about


CASES = [
    # ---- the MacNeils: one household ----
    # A check-up on 5 October, and six months; three weeks before 5 April.
    Case("p-001 half-yearly-checkup/notice", "15 10:00", "email", "due", "interval_time"),
    # A check-up on 24 February 2026: twelve months, and four weeks of silence.
    Case("p-002 yearly-checkup/call", "24 14:00", "call", "due", "interval_time"),
    # Eight on the 17th, eleven on the 19th: cards that come after school.
    Case("p-003 birthday/1", "17 16:00", "card", "due", "anniversary"),
    Case("p-004 birthday/1", "19 16:00", "card", "due", "anniversary"),
    # Five years on Saturday the 20th, so on Friday; but both wishes count for the family, and a third within seven days
    # is too many: Saturday and Sunday are closed, and on the 22nd and 23rd the seven days still begin with the 17th.
    Case("p-001 years-with-us/1", "24 10:00", "letter", "deferred", "cap"),
    # ---- promises ----
    # Promised on the 8th for the 18th: six of ten days end on Sunday the 14th.
    Case("p-005 promise/look", "15 10:00", "desk", "moved", "target"),
    # The 18th ends at midnight; four opening hours before are those since 13:30.
    Case("p-005 promise/last", "18 13:30", "call", "due", "deadline"),
    # If it is not kept then, an apology is owed on the 19th, an hour after the practice opens.
    Case("p-005 broken-word/call", "19 09:00", "call", "due", "breach"),
    # Promised for Friday at 16:00, when the practice was closed; an hour of opening later is Monday at nine.
    Case("p-006 broken-word/call", "15 09:00", "call", "due", "breach"),
    # An estimate for the 16th; told this morning at 8:40 that it will be the 19th. The new promise has its own target,
    # two of four days on; the old one says nothing any more.
    Case("p-014 new-day/1", "15 09:40", "email", "due", "after_event"),
    Case("p-014 promise/look", "15 10:00", "desk", "ended", "target"),
    Case("p-014 promise/last", "16 13:30", None, "ended", "deadline"),
    Case("p-014 promise/look", "17 10:00", "desk", "due", "target"),
    # Four hours of opening before the end of Friday the 19th, which closes at one.
    Case("p-014 promise/last", "19 09:00", "call", "due", "deadline"),
    # And if that is not kept either: the 20th is a Saturday.
    Case("p-014 broken-word/call", "22 09:00", "call", "due", "breach"),
    # Two business days after the word was broken: Friday the 12th, Friday the 19th and Saturday the 20th.
    Case("p-006 broken-word/amends", "16 10:00", "letter", "due", "gesture"),
    Case("p-005 broken-word/amends", "23 10:00", "letter", "due", "gesture"),
    Case("p-014 broken-word/amends", "23 10:00", "letter", "not_granted", "breach"),
    # ---- complaints ----
    # This morning at 8:50: two hours by the clock, and 3:40 until noon and 0:20 from 13:30.
    Case("p-026 complaint/answer", "15 10:50", "email", "due", "step_offset"),
    Case("p-026 complaint/call", "15 13:50", "call", "due", "step_offset"),
    # Where it stands, every three days; the first one of p-007 was due on the 14th.
    *(Case("p-026 complaint-news/1", f"{day} 15:00", "email", "due", "after_event") for day in (18, 21, 24, 27)),
    *(Case("p-007 complaint-news/1", f"{day} 15:00", "email", "due", "repeated") for day in (17, 20, 23, 26)),
    Case("p-027 settled/letter", "15 10:00", "letter", "due", "step_offset"),
    # The 15th, 16th and 17th are three business days.
    Case("p-027 settled/amends", "17 10:00", "letter", "due", "gesture"),
    # Ten years on the 16th. The complaint was settled on the 8th, and ten days of peace end with the 17th.
    Case("p-009 years-with-us/1", "18 10:00", "letter", "moved", "hold"),
    # One that is open holds nothing of the appointment, and nothing of the child's.
    Case("p-007 appointment/1", "16 17:00", "sms", "due", "deadline"),
    Case("p-008 birthday/1", "16 16:00", "card", "due", "anniversary"),
    # She disliked the wait in September: on the day before the 18th the front desk is told.
    Case("p-007 no-waiting/1", "17 16:00", "desk", "due", "condition_met"),
    # ---- newcomers, and who sent them ----
    # Joined on Friday.
    Case("p-011 welcome/1", "15 10:00", "card", "due", "after_event"),
    # The newcomers meet on Wednesday the 31st; ten days before she had a welcome within the week, on the next day not.
    Case("p-011 newcomers-evening/1", "22 10:00", "email", "deferred", "introduced"),
    # So would he, but nobody asked him.
    Case("p-018 newcomers-evening/1", "21 10:00", None, "not_agreed", "recurrence"),
    Case("p-010 referral-thanks/1", "15 10:00", "card", "due", "after_event"),
    # In pain since Saturday, and not treated yet.
    Case("p-015 referral-thanks/1", "16 10:00", "card", "on_hold", "after_event"),
    # ---- after a visit ----
    # Treated on Friday at 11:15: 1:45 until one o'clock, and 4:15 of Monday's morning.
    Case("p-012 after-treatment/1", "15 12:15", "call", "due", "after_event"),
    # Seen today; three replies came at a quarter past seven and later, Halifax time, in winter and in summer.
    Case("p-024 feedback/1", "17 19:00", "sms", "due", "best_hour"),
    # Payable until the 12th; one of them paid on the 11th.
    Case("p-013 payment/word", "15 10:00", "email", "due", "deadline"),
    Case("p-014 payment/word", "15 10:00", None, "ended", "deadline"),
    # Payable until the 1st, and three weeks have passed.
    Case("p-028 payment/call", "22 15:00", "call", "due", "deadline"),
    # ---- who did not come ----
    # 8 September, six months, and two weeks.
    Case("p-028 half-yearly-checkup/nudge", "22 10:00", "email", "due", "interval_time"),
    # On Friday at 11:30 the chair stayed empty: 1:30 and 0:30 is Monday at 8:30. But the front desk rings three that
    # day, and one was rung already this morning; a broken retainer and a treatment go before.
    Case("p-025 missed/1", "16 08:30", "call", "deferred", "capacity"),
    Case("p-020 repair/1", "15 08:30", "call", "due", "after_event"),
    # The guarantee ends on 7 May; six weeks before is Good Friday, and the day before is none.
    Case("p-020 guarantee/1", "25 10:00", "email", "moved", "business_day"),
    # Not seen since 20 March 2025; Saturday, so Monday. 1,480 CAD in April 2024 and 120 then: 800 as a rule, and two
    # within a year, so 8,000 in five.
    Case("p-021 win-back/1", "22 10:00", "call", "moved", "lapse"),
    # ---- elsewhere, and with quiet hours of one's own ----
    # A check-up on 6 April, three weeks before: at 10:00 he sleeps, until 15:00 at St. John's, and then within half an
    # hour (the minute is checked below).
    Case("p-016 yearly-checkup/notice", "16 15:28", "email", "moved", "quiet_hours"),
    # ---- offers ----
    # The third Saturday of April is the 17th, and four weeks before is the 20th. Maya's parents were not asked.
    Case("p-022 mouthguards/1", "20 10:00", "email", "due", "consent_given"),
    Case("p-023 mouthguards/1", "20 10:00", None, "no_consent", "recurrence"),
    # The notice of the check-up of 10 April falls on the same day: one message says both.
    Case("p-029 yearly-checkup/notice", "20 10:00", "email", "due", "joined_by"),
    Case("p-029 mouthguards/1", "20 10:00", "email", "merged", "recurrence"),
    # ---- words of staff ----
    Case("p-017 after-treatment/1", "15 14:00", None, "sent", "after_event"),
    Case("p-018 welcome/1", "15 10:00", None, "skipped", "after_event"),
    # 19 August, six months and four weeks: the 19th; away until the 23rd.
    Case("p-019 half-yearly-checkup/call", "23 14:00", "call", "due", "snoozed"),
]


def row_of(plan: courtesy.Plan, of: str, local: str = "") -> courtesy.Reminder:
    customer, _, rule = of.partition(" ")
    occasion, _, step = rule.partition("/")
    rows = [row for row in plan.filter(customer=customer, occasion=occasion) if row.step == step]
    # Of what comes more than once, the one of that day.
    (row,) = (rows[1:] and [row for row in rows if f"{row.local:%d %H:%M}" == local]) or rows
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.of} {case.local}".replace(" ", "-"))
def test_row(plan: courtesy.Plan, case: Case) -> None:
    row = row_of(plan, case.of, case.local)
    assert row.local is not None
    assert (f"{row.local:%d %H:%M}", row.channel, row.reason) == (case.local, case.channel, case.reason)
    decision = plan.explain(row)
    assert case.also in [reason.code for reason in decision.reasons]


@pytest.mark.parametrize(
    ("of", "gesture", "cost"),
    [
        # There is one welcome card.
        ("p-011 welcome/1", "welcome card", 3),
        # A card in 2025 and film tickets in 2026: not these again, and the basket never came yet. She has been with us
        # since 2021.
        ("p-010 referral-thanks/1", "fruit basket", 24),
        # Nothing yet, stickers last year, and stickers and a book in the years before.
        ("p-008 birthday/1", "stickers", 2),
        ("p-003 birthday/1", "colouring book", 4),
        ("p-004 birthday/1", "flying disc", 4),
        # The lab was late for a member, and a call back for somebody who is none. For an estimate nothing is granted.
        ("p-005 broken-word/amends", "next cleaning free", 140),
        ("p-006 broken-word/amends", "coffee voucher", 10),
        ("p-014 broken-word/amends", None, None),
        # The complaint was about an appointment.
        ("p-027 settled/amends", "taxi home", 25),
    ],
)
def test_gesture(plan: courtesy.Plan, of: str, gesture: str | None, cost: float | None) -> None:
    row = row_of(plan, of)
    assert (row.gesture, row.cost) == (gesture, cost)
    own = {"colouring book": "birthday-book", "flying disc": "birthday-disc"}
    assert gesture not in own or row.message == own[gesture]


def test_nothing_else_is_planned_for_them(plan: courtesy.Plan) -> None:
    by_hand = {case.of for case in CASES} | {"p-030 we-miss-you/1"}
    rows = {f"{row.customer} {row.occasion}/{row.step}" for row in plan if row.state != "withheld"}
    assert {row for row in rows if row < "p-031"} <= by_hand


def test_the_minute_of_a_spread_follows_from_the_key(plan: courtesy.Plan) -> None:
    row = row_of(plan, "p-016 yearly-checkup/notice")
    assert row.local is not None
    assert row.local.minute == int(row.key[16:], 16) % 30


def test_who_used_to_come_once_a_year_is_missed_after_two(plan: courtesy.Plan) -> None:
    """One gap of 364 days, and the median of all patients who are asked once a year, which counts twice."""
    row = row_of(plan, "p-030 we-miss-you/1")
    (lapse,) = (reason.data for reason in plan.explain(row).reasons if reason.code == "lapse_cadence")
    usual = (364 + 2 * statistics.median(gaps_of_yearly_patients())) / 3
    assert lapse["segment"] == "recall 12"
    assert row.local is not None
    assert (row.local.date() - dt.date(2025, 2, 24)).days == math.ceil(2 * usual)


def gaps_of_yearly_patients() -> list[int]:
    with (PRACTICE / "customers.csv").open(encoding="utf-8") as file:
        yearly = {row["id"] for row in csv.DictReader(file) if row["recall"] == "12"}
    days: dict[str, set[dt.date]] = {}
    with (PRACTICE / "events.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] in ("checkup", "cleaning", "treatment") and row["customer"] in yearly:
                days.setdefault(row["customer"], set()).add(dt.date.fromisoformat(row["at"][:10]))
    pairs = (pair for of_one in days.values() for pair in itertools.pairwise(sorted(of_one)))
    return [(later - earlier).days for earlier, later in pairs]
