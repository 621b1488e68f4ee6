"""What reasons say in English, case by case, and how they make a sentence."""

# ruff: noqa: DTZ001 - wall times are naive by nature
from __future__ import annotations

import datetime as dt
import locale
from typing import Any

import pytest

from courtesy.english import day_text
from courtesy.reasons import CODES, Decision, Reason
from courtesy.reminder import Reminder
from courtesy.words import Words

UTC = dt.timezone.utc
DAY = dt.date(2026, 12, 14)


def wall(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[arg-type]


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("recurrence", {"rule": "FREQ=MONTHLY;BYDAY=-1FR", "start": DAY}, "every month on the last Friday"),
    ("after_event", {"kind": "purchase", "day": DAY, "span": "1 day"}, "purchase 14 Dec 2026 + 1 day"),
    ("after_event", {"kind": "test_drive", "day": DAY, "span": "0 days"}, "test drive 14 Dec 2026"),
    (
        "breach",
        {"kind": "promise", "promised": DAY, "because": "due passed", "day": DAY, "span": "2 hours"},
        "promise for 14 Dec 2026 not kept in time + 2 hours",
    ),
    (
        "breach",
        {"kind": "renegotiated", "promised": DAY, "because": "broken", "day": dt.date(2026, 12, 8), "span": "0 days"},
        "renegotiated promise for 14 Dec 2026 broken 8 Dec 2026",
    ),
    ("repeated", {"number": 1, "span": "3 days"}, "again every 3 days, 1st time"),
    ("repeated", {"number": 12, "span": "1 business day"}, "again every business day, 12th time"),
    ("repeated", {"number": 23, "span": "1 month 3 days"}, "again every 1 month 3 days, 23rd time"),
    ("anniversary", {"of": "birthday", "day": dt.date(1980, 2, 29), "years": 46}, "the customer's birthday"),
    ("anniversary", {"of": "purchase", "day": DAY, "years": 1}, "1 year after the purchase of 14 Dec 2026"),
    ("anniversary", {"of": "purchase", "day": DAY, "years": 5}, "5 years after the purchase of 14 Dec 2026"),
    ("leap_day", {"policy": "feb28", "day": dt.date(2027, 2, 28)}, "kept on 28 February as 2027 has no 29 February"),
    (
        "interval_time",
        {"kind": "service", "day": dt.date(2026, 6, 14), "span": "6 months", "due_day": DAY},
        "last service 14 Jun 2026 + 6 months is 14 Dec 2026",
    ),
    (
        "interval_use",
        {"meter": "odometer", "unit": "km", "threshold": 45_000.0, "due_day": dt.date(2027, 2, 2), "reached": False},
        "the odometer reaches 45,000 km about 2 Feb 2027",
    ),
    (
        "interval_use",
        {"meter": "km", "unit": "km", "threshold": 45_000.0, "due_day": DAY, "reached": True},
        "use reached 45,000 km by 14 Dec 2026",
    ),
    (
        "interval_use",
        {"meter": "km", "unit": "km", "threshold": 9.0, "due_day": DAY, "reached": False, "source": "fleet"},
        "use reaches 9 km about 14 Dec 2026 at the pace of others of its kind",
    ),
    (
        "interval_use",
        {"meter": "hours", "unit": "hours", "threshold": 12.5, "due_day": DAY, "reached": False},
        "use reaches 12.5 hours about 14 Dec 2026",
    ),
    ("interval_use_unknown", {"meter": "km", "why": "no reading"}, "no km reading, so time alone counts"),
    ("interval_use_unknown", {"meter": "km", "why": "one reading"}, "only one km reading, so time alone counts"),
    (
        "interval_use_unknown",
        {"meter": "km", "why": "not in use"},
        "km readings that do not rise, so time alone counts",
    ),
    (
        "interval_use_unknown",
        {"meter": "km", "why": "no value at the anchor"},
        "no km reading to count from, so time alone counts",
    ),
    ("interval_decided", {"by": "time", "whichever": "first"}, "so time comes first"),
    ("interval_decided", {"by": "use", "whichever": "later"}, "so use comes last"),
    (
        "scheduled",
        {"number": 3, "kind": "inspection", "first_day": dt.date(2023, 12, 14)},
        "number 3 of the schedule since the inspection of 14 Dec 2023",
    ),
    (
        "lapse",
        {"kind": "test_drive", "day": dt.date(2026, 6, 17), "span": "180 days", "due_day": DAY},
        "nothing for 180 days since the test drive of 17 Jun 2026",
    ),
    (
        "lapse_cadence",
        {"kind": "visit", "day": dt.date(2026, 11, 13), "factor": 1.25, "usual": 24.4, "due_day": DAY},
        "nothing for 31 days since the visit of 13 Nov 2026, 1.25 times the usual gap of 24.4",
    ),
    (
        "deadline",
        {"kind": "promise", "day": dt.date(2026, 12, 1), "due_day": DAY},
        "promise of 1 Dec 2026 is due 14 Dec 2026",
    ),
    ("target", {"share": 0.6, "span": "", "day": DAY}, "the internal target, at 60% of the time, is 14 Dec 2026"),
    ("target", {"share": 0.625, "span": "", "day": DAY}, "the internal target, at 62.5% of the time, is 14 Dec 2026"),
    (
        "target",
        {"share": 0.0, "span": "4 days", "day": DAY},
        "the internal target, 4 days before it, is 14 Dec 2026",
    ),
    ("step_offset", {"direction": "before", "span": "21 days", "day": DAY}, "21 days' notice is 14 Dec 2026"),
    ("step_offset", {"direction": "before", "span": "1 month", "day": DAY}, "1 month's notice is 14 Dec 2026"),
    ("step_offset", {"direction": "after", "span": "14 days", "day": DAY}, "14 days later is 14 Dec 2026"),
    ("at_time", {"local": wall(2026, 12, 14, 9, 5), "zone": "Europe/London"}, "09:05 in Europe/London"),
    (
        "best_hour",
        {"hour": dt.time(18), "replies": 1, "whose": "customer"},
        "the customer's best hour is 18:00 (1 reply)",
    ),
    (
        "best_hour",
        {"hour": dt.time(9), "replies": 2, "whose": "policy"},
        "no better hour than 09:00 is known (2 replies)",
    ),
    # Quiet hours lie on the policy's.
    (
        "best_hour",
        {"hour": dt.time(10), "replies": 0, "whose": "customer"},
        "no better hour than 10:00 is known (0 replies)",
    ),
    ("snoozed", {"until": DAY, "by": "eve"}, "put off by eve until 14 Dec 2026"),
    (
        "snoozed",
        {"until": dt.datetime(2026, 12, 14, 9, tzinfo=UTC), "by": ""},
        "put off by staff until 09:00 on 14 Dec 2026",
    ),
    ("use_channel", {"channel": "letter", "by": "eve"}, "letter chosen by eve"),
    ("use_channel", {"channel": "call", "by": ""}, "telephone call chosen by staff"),
    ("condition_met", {"condition": "tier is 'gold'"}, "condition met: tier is 'gold'"),
    ("status_active", {}, ""),
    ("consent_given", {"channel": "email", "day": dt.date(2024, 2, 1)}, "e-mail: consent given 1 Feb 2024"),
    ("consent_not_needed", {"channel": "sms", "purpose": "service"}, "text message: no consent needed for service"),
    ("consent_not_needed", {"channel": "desk", "purpose": "service"}, ""),
    ("consent_not_withdrawn", {"channel": "pigeon"}, "pigeon: consent not withdrawn"),
    ("consent_not_withdrawn", {"channel": "desk"}, ""),
    ("channel", {"channel": "email"}, ""),
    ("channel", {"channel": "desk"}, "at the desk"),
    ("out_of_reach", {"channel": "call", "column": "phone"}, "telephone call: no telephone number is known"),
    (
        "dst_gap",
        {"wall": wall(2027, 3, 28, 1, 30), "local": wall(2027, 3, 28, 2, 30)},
        "the clocks skip 01:30 that day, so 02:30 on 28 Mar 2027",
    ),
    (
        "dst_overlap",
        {"local": wall(2026, 10, 25, 1, 30), "choice": "second"},
        "the clocks show 01:30 twice that day, so the second time",
    ),
    (
        "hold",
        {"kind": "complaint", "day": dt.date(2026, 12, 1), "until": DAY},
        "held by the complaint of 1 Dec 2026 until 14 Dec 2026",
    ),
    ("opening_hours", {"local": wall(2026, 12, 14, 8)}, "the shop is closed then, so 08:00 on 14 Dec 2026"),
    ("spread", {"local": wall(2026, 12, 14, 8, 7)}, "spread over the time after them, so 08:07 on 14 Dec 2026"),
    ("introduced", {"partner": "c-17", "shared": "classic"}, "introduced to c-17"),
    ("not_agreed", {}, "the customer has not agreed to be introduced to others"),
    ("no_match", {}, "nobody was found to be introduced to"),
    ("goodwill", {"kinds": "paid", "points": 1}, "goodwill raises its priority by 1 (payment)"),
    (
        "goodwill",
        {"kinds": "paid, referral, feedback", "points": 3},
        "goodwill raises its priority by 3 (payment, referral and feedback)",
    ),
    ("cap", {"day": DAY, "most": 2, "per": "7 days", "scope": "customer"}, "14 Dec 2026 is full: at most 2 in 7 days"),
    (
        "cap",
        {"day": DAY, "most": 2, "per": "7 days", "scope": "household"},
        "14 Dec 2026 is full: at most 2 to the household in 7 days",
    ),
    (
        "cap",
        {"day": DAY, "most": 2, "per": "1 month", "scope": "address"},
        "14 Dec 2026 is full: at most 2 to the address in 1 month",
    ),
    (
        "capacity",
        {"day": DAY, "most": 20, "channel": "call", "team": "front desk"},
        "14 Dec 2026 is full for telephone calls: at most 20 a day by the team 'front desk'",
    ),
    (
        "capacity",
        {"day": DAY, "most": 1, "channel": "post", "team": ""},
        "14 Dec 2026 is full for post: at most 1 a day",
    ),
    (
        "capacity",
        {"day": DAY, "most": 5, "channel": "desk", "team": ""},
        "14 Dec 2026 is full at the desk: at most 5 a day",
    ),
    ("joined_by", {"occasion": "birthday"}, "it says 'birthday' as well"),
    ("gesture", {"name": "card", "cost": 1.5, "times": 0, "last": ""}, "it brings 'card' for the first time"),
    ("gesture", {"name": "card", "cost": 1.5, "times": 1, "last": DAY}, "it brings 'card' again, last on 14 Dec 2026"),
    (
        "quiet_hours",
        {"from": dt.time(20), "to": dt.time(8), "whose": "policy", "local": wall(2026, 12, 15, 8)},
        "quiet hours are 20:00 to 08:00, so 08:00 on 15 Dec 2026",
    ),
    (
        "quiet_hours",
        {"from": dt.time(9), "to": dt.time(17), "whose": "customer", "local": wall(2026, 12, 15, 17)},
        "the customer's quiet hours are 09:00 to 17:00, so 17:00 on 15 Dec 2026",
    ),
    (
        "business_day",
        {"day": dt.date(2026, 12, 12), "because": "weekend", "whose": "shop", "moved_to": DAY},
        "12 Dec 2026 is a Saturday, so 14 Dec 2026",
    ),
    (
        "business_day",
        {"day": dt.date(2026, 12, 25), "because": "holiday", "whose": "shop", "moved_to": dt.date(2026, 12, 29)},
        "25 Dec 2026 is a listed holiday, so 29 Dec 2026",
    ),
    (
        "business_day",
        {"day": dt.date(2026, 10, 3), "because": "holiday", "whose": "DE-BW", "moved_to": dt.date(2026, 10, 5)},
        "3 Oct 2026 is a holiday in DE-BW, so 5 Oct 2026",
    ),
    ("due", {}, ""),
    ("moved", {"local": wall(2026, 12, 15, 8)}, ""),
    ("deferred", {"local": wall(2026, 12, 15, 8)}, "so 08:00 on 15 Dec 2026"),
    ("send_now", {"by": "eve", "local": wall(2026, 12, 14, 9)}, "at once, as eve said: 09:00 on 14 Dec 2026"),
    ("send_now", {"by": "", "local": wall(2026, 12, 14, 9)}, "at once, as staff said: 09:00 on 14 Dec 2026"),
    (
        "merged",
        {"occasion": "birthday", "local": wall(2026, 12, 14, 9)},
        "said together with 'birthday' at 09:00 on 14 Dec 2026",
    ),
    ("sent", {"channel": "sms", "day": DAY}, "it went out by text message on 14 Dec 2026"),
    ("sent", {"channel": "", "day": DAY}, "it went out on 14 Dec 2026"),
    ("skipped", {"by": "eve", "day": DAY}, "skipped by eve on 14 Dec 2026"),
    ("skipped", {"by": "", "day": DAY}, "skipped by staff on 14 Dec 2026"),
    ("condition_failed", {"condition": "tier is 'gold'"}, "condition not met: tier is 'gold'"),
    ("ended", {"kind": "booking", "day": DAY}, "ended by the booking of 14 Dec 2026"),
    ("superseded", {"kind": "service", "day": DAY}, "superseded by the service of 14 Dec 2026"),
    ("closed", {}, "the customer's account is closed"),
    ("deceased", {}, "the customer has died"),
    ("do_not_contact", {}, "the customer is not to be contacted"),
    ("no_consent", {"channel": "email", "purpose": "offer"}, "e-mail: no consent for offer"),
    ("consent_withdrawn", {"channel": "letter", "day": DAY}, "letter: consent withdrawn 14 Dec 2026"),
    ("no_channel", {}, "no channel reaches the customer"),
    ("ended", {"kind": "kept", "day": DAY}, "ended by the kept promise of 14 Dec 2026"),
    ("on_hold", {"kind": "reopened", "day": DAY}, "held by the reopened complaint of 14 Dec 2026"),
    ("on_hold", {"kind": "complaint", "day": DAY}, "held by the complaint of 14 Dec 2026"),
    ("no_slot", {"tolerance": "7 days"}, "nothing within 7 days of its day"),
    ("expired", {"expires": dt.datetime(2026, 12, 14, 9, tzinfo=UTC)}, "worthless after 09:00 on 14 Dec 2026"),
    ("not_active", {"day": DAY}, "the occasion begins on 14 Dec 2026"),
    (
        "not_active",
        {"day": DAY, "local": wall(2026, 12, 14, 9)},
        "the occasion came into force at 09:00 on 14 Dec 2026",
    ),
    ("capped", {"local": wall(2026, 12, 14, 9)}, "it cannot wait longer than 14 Dec 2026"),
    (
        "over_budget",
        {"month": dt.date(2026, 12, 1), "most": 1250.0},
        "the budget of 1,250 for December 2026 has no room for it",
    ),
    (
        "over_budget",
        {"month": dt.date(2026, 12, 1), "most": 12.5},
        "the budget of 12.50 for December 2026 has no room for it",
    ),
    ("not_granted", {"because": "condition"}, "nothing is granted"),
    ("not_granted", {"because": "repeated"}, "nothing is granted but the same again"),
    ("over_capacity", {"local": wall(2026, 12, 14, 9)}, "it cannot wait longer than 14 Dec 2026"),
    ("no_due", {"kind": "promise"}, "no promise with a due day is on record"),
    (
        "no_cadence",
        {"kind": "purchase", "segment": ""},
        "nobody had a second purchase, so there is no usual gap",
    ),
    (
        "no_cadence",
        {"kind": "purchase or visit", "segment": "tier gold"},
        "nobody of the segment had a second purchase or visit, so there is no usual gap",
    ),
    ("no_event", {"kind": "service or delivery"}, "no service or delivery is on record"),
    ("no_birthday", {}, "no birthday is known"),
    ("outside_window", {"due_day": DAY, "which": "next"}, "the next is on 14 Dec 2026"),
    ("outside_window", {"due_day": DAY, "which": "last"}, "the last was on 14 Dec 2026"),
    ("no_milestone", {"years": 10}, "its milestones are past, the last of them 10 years"),
    ("no_milestone", {"years": 1}, "its milestones are past, the last of them 1 year"),
    ("not_repeated", {}, "it cannot fall due again"),
]


@pytest.mark.parametrize(("code", "data", "text"), CASES, ids=[code for code, _, _ in CASES])
def test_a_reason_in_words(code: str, data: dict[str, Any], text: str) -> None:
    assert Reason(code, data).text == text


def test_every_code_has_a_case() -> None:
    assert {code for code, _, _ in CASES} == set(CODES)


def decision(*reasons: tuple[str, dict[str, Any]], **cells: Any) -> Decision:
    row = {
        "key": "0" * 32, "customer": "c-17", "asset": None, "occasion": "service-due", "step": "1", "state": "planned",
        "due": dt.datetime(2026, 11, 23, 9, tzinfo=UTC), "local": None, "zone": "Asia/Tokyo", "channel": "email",
        "audience": "customer", "purpose": "care", "priority": 0, "anchor": None, "expires": None, "reason": "due",
        "event": None, "message": None, "contact": None, "team": None,
        "gesture": None, "cost": None, "partner": None,
    }  # fmt: skip
    return Decision(Reminder(**{**row, **cells}), tuple(Reason(code, data) for code, data in reasons))


AFTER = ("after_event", {"kind": "purchase", "day": DAY, "span": "1 day", "due_day": dt.date(2026, 12, 15)})


def test_the_headline_is_the_day_that_decided() -> None:
    service = {"kind": "service", "day": dt.date(2026, 6, 14), "span": "6 months", "due_day": DAY}
    use = {"meter": "odometer", "unit": "km", "threshold": 45e3, "due_day": dt.date(2026, 12, 1), "reached": False}
    said = decision(
        ("interval_time", service),
        ("interval_use", use),
        ("interval_decided", {"by": "use", "whichever": "first", "due_day": dt.date(2026, 12, 1)}),
        ("due", {}),
    ).sentence
    assert said == (
        "Service due 1 Dec 2026: last service 14 Jun 2026 + 6 months is 14 Dec 2026; "
        "the odometer reaches 45,000 km about 1 Dec 2026, so use comes first."
    )


def test_a_year_is_said_once() -> None:
    said = decision(AFTER, ("step_offset", {"direction": "after", "span": "20 days", "day": dt.date(2027, 1, 4)}))
    assert said.sentence.endswith("20 days later is 4 Jan 2027.")
    said = decision(AFTER, ("step_offset", {"direction": "after", "span": "2 days", "day": dt.date(2026, 12, 17)}))
    assert said.sentence.endswith("2 days later is 17 Dec.")


def test_a_day_is_named_only_where_it_is_another() -> None:
    quiet = {"from": dt.time(20), "to": dt.time(8), "whose": "policy"}
    same = decision(AFTER, ("at_time", {"local": wall(2026, 12, 15, 7), "zone": "UTC"}),
                    ("quiet_hours", {**quiet, "local": wall(2026, 12, 15, 8)}))  # fmt: skip
    assert same.sentence.endswith("07:00 in UTC; quiet hours are 20:00 to 08:00, so 08:00.")
    other = decision(AFTER, ("at_time", {"local": wall(2026, 12, 16, 1), "zone": "UTC"}),
                     ("quiet_hours", {**quiet, "local": wall(2026, 12, 17, 8)}))  # fmt: skip
    assert other.sentence.endswith("01:00 on 16 Dec in UTC; quiet hours are 20:00 to 08:00, so 08:00 on 17 Dec.")


def test_an_expiry_is_told_in_the_reminders_zone() -> None:
    said = decision(AFTER, ("expired", {"expires": dt.datetime(2026, 12, 15, 20, tzinfo=UTC)}), state="withheld")
    assert said.sentence == (
        "Service due 15 Dec 2026 withheld: purchase 14 Dec 2026 + 1 day; worthless after 05:00 on 16 Dec."
    )


CAP = {"most": 2, "per": "7 days", "scope": "customer"}
AT_TEN = ("at_time", {"local": wall(2026, 12, 15, 10), "zone": "UTC"})


def full(*days: int) -> list[tuple[str, dict[str, Any]]]:
    return [("cap", {"day": dt.date(2026, 12, day), **CAP}) for day in days]


@pytest.mark.parametrize(
    ("reasons", "text"),
    [
        (full(15), "15 Dec is full: at most 2 in 7 days, so 10:00 on 21 Dec."),
        (full(15, 16, 17), "15 Dec, 16 Dec and 17 Dec are full: at most 2 in 7 days, so 10:00 on 21 Dec."),
        (full(15, 16, 17, 18, 19), "15 Dec to 19 Dec are full: at most 2 in 7 days, so 10:00 on 21 Dec."),
        (
            [*full(15), ("cap", {"day": dt.date(2026, 12, 16), **CAP, "scope": "household"})],
            "15 Dec is full: at most 2 in 7 days; 16 Dec is full: at most 2 to the household in 7 days, "
            "so 10:00 on 21 Dec.",
        ),
    ],
)
def test_days_that_are_full_are_told_together(reasons: list[tuple[str, dict[str, Any]]], text: str) -> None:
    said = decision(AFTER, AT_TEN, *reasons, ("deferred", {"local": wall(2026, 12, 21, 10)}))
    assert said.sentence.endswith(f"10:00 in UTC; {text}")


def test_what_moves_it_to_another_full_day_is_not_told() -> None:
    closed = ("opening_hours", {"local": wall(2026, 12, 16, 10)})
    said = decision(AFTER, AT_TEN, *full(15), closed, *full(16), ("deferred", {"local": wall(2026, 12, 21, 10)}))
    assert said.sentence.endswith("15 Dec and 16 Dec are full: at most 2 in 7 days, so 10:00 on 21 Dec.")


def test_each_occasion_that_a_contact_says_is_named_once() -> None:
    also = [("joined_by", {"occasion": name, "step": "1", "key": name}) for name in ("a", "b", "a")]
    assert decision(AFTER, *also).sentence.endswith("; it says 'a' and 'b' as well.")


def test_a_day_that_is_told_is_not_told_again() -> None:
    weekend = {"because": "weekend", "whose": "shop"}
    said = decision(
        AFTER,
        AT_TEN,
        *full(18),
        ("business_day", {"day": dt.date(2026, 12, 19), "moved_to": dt.date(2026, 12, 21), **weekend}),
        ("deferred", {"local": wall(2026, 12, 21, 10)}),
    )
    assert said.sentence.endswith("18 Dec is full: at most 2 in 7 days; 19 Dec is a Saturday, so 21 Dec.")


def test_nothing_at_all_has_a_sentence_too() -> None:
    said = decision(("no_birthday", {}), occasion="birthday", due=None, zone=None, state="withheld")
    assert said.sentence == "Nothing of 'birthday' in this window: no birthday is known."
    assert str(said) == said.sentence


def test_the_process_s_locale_does_not_speak() -> None:
    before = locale.setlocale(locale.LC_TIME)
    available = [name for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8") if can_set(name)]
    try:
        assert available, "every system has C.UTF-8"
        assert day_text(dt.date(2026, 12, 14)) == "Mon 14 Dec 2026"
        assert Words().say("leap_day", {"day": dt.date(2027, 3, 1)}).startswith("kept on 1 March")
    finally:
        locale.setlocale(locale.LC_TIME, before)


def can_set(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_TIME, name)
    except locale.Error:
        return False
    return True


def test_reprs_hold_no_data_of_the_customer() -> None:
    about = decision(("anniversary", {"of": "birthday", "day": dt.date(1980, 2, 29), "years": 46, "due_day": DAY}))
    for shown in (repr(about), repr(about.reasons[0]), about.sentence):
        assert "1980" not in shown
        assert "46" not in shown
    assert repr(about.reasons[0]) == "<Reason anniversary>"
    assert repr(about) == (
        "<Decision on <Reminder service-due/1 for 'c-17': no day by email, planned (due)>: anniversary>"
    )
