"""Stories of what makes a reminder due, a code each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from story import KEY, Story, day, event, instant, wall

PURCHASE = [event("purchase", "2026-12-01")]
THANKS = {"on": "purchase", "after": "1 day", "at": "10:00"}
EMAIL = "e-mail: consent not withdrawn."

SERVICE = {"name": "service-due", "since": "service", "purpose": "service"}
NO_CONSENT = "e-mail: no consent needed for service."
METER = {"every": {"months": 12, "km": 15_000}, "meter": "odometer", **SERVICE}


def serviced(*readings: tuple[str, float]) -> list[dict[str, Any]]:
    """A service at 30,000 km, and readings after it."""
    service = event("service", "2025-12-20", asset="v", value=30_000, unit="km")
    return [service, *(event("reading", at, asset="v", value=value, unit="km") for at, value in readings)]


IN_USE = [("2026-03-20", 33_600.0), ("2026-06-28", 37_600.0)]
REPLIES = [event("reply", f"2026-11-{number}T18:30Z") for number in (10, 17, 24)]
PROMISE = [event("promise", "2026-12-01", due="2026-12-11")]
SORRY = {"name": "apology", "on": "broken", "after": "1 day", "purpose": "recovery"}
NINE_NO_CONSENT = "09:00 in Europe/London; e-mail: no consent needed for recovery."
KEPT = {"name": "keep-promise", "due": "promise", "audience": "staff"}
WIN_BACK = {"name": "win-back", "silent": "180 days", "since": "purchase"}

STORIES = [
    Story(
        "after_event",
        THANKS,
        PURCHASE,
        {"kind": "purchase", "event": "e1", "day": day("2026-12-01"), "span": "1 day", "due_day": day("2026-12-02")},
        f"Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London; {EMAIL}",
    ),
    Story(
        "breach",
        SORRY,
        PROMISE,
        {
            "kind": "promise",
            "event": "e1",
            "promised": day("2026-12-11"),
            "because": "due passed",
            "day": day("2026-12-12"),
            "span": "1 day",
            "due_day": day("2026-12-13"),
        },
        f"Apology 13 Dec 2026: promise for 11 Dec 2026 not kept in time + 1 day; {NINE_NO_CONSENT}",
    ),
    Story(
        "breach",
        {**SORRY, "after": "2 hours"},
        [*PROMISE, event("broken", "2026-12-08T11:00Z")],
        {
            "kind": "promise",
            "event": "e1",
            "promised": day("2026-12-11"),
            "because": "broken",
            "day": day("2026-12-08"),
            "span": "2 hours",
            "due_day": day("2026-12-08"),
        },
        "Apology 8 Dec 2026: promise for 11 Dec 2026 broken 8 Dec 2026 + 2 hours; 13:00 in Europe/London; "
        "e-mail: no consent needed for recovery.",
    ),
    Story(
        "repeated",
        {"name": "keep-informed", "on": "complaint", "after": "1 day", "repeat": "3 days", "purpose": "recovery"},
        [event("complaint", "2026-12-01")],
        {"number": 2, "span": "3 days", "due_day": day("2026-12-08")},
        f"Keep informed 8 Dec 2026: complaint 1 Dec 2026 + 1 day; again every 3 days, 2nd time; {NINE_NO_CONSENT}",
        start="2026-12-08",
        days=3,
    ),
    Story(
        "repeated",
        {"name": "keep-informed", "on": "complaint", "repeat": "1 business day", "purpose": "recovery"},
        [event("complaint", "2026-12-01")],
        {"number": 11, "span": "1 business day", "due_day": day("2026-12-12")},
        f"Keep informed 12 Dec 2026: complaint 1 Dec 2026; again every business day, 11th time; {NINE_NO_CONSENT}",
        start="2026-12-12",
        days=1,
    ),
    Story(
        "recurrence",
        {"name": "open-evening", "rrule": "FREQ=MONTHLY;BYDAY=1TU", "at": "17:00"},
        [],
        {"rule": "FREQ=MONTHLY;BYDAY=1TU", "start": day("1970-01-01"), "due_day": day("2026-12-01")},
        f"Open evening 1 Dec 2026: every month on the first Tuesday; 17:00 in Europe/London; {EMAIL}",
    ),
    Story(
        "anniversary",
        {"name": "anniversary", "yearly": "purchase"},
        [event("purchase", "2021-12-05")],
        {"of": "purchase", "day": day("2021-12-05"), "years": 5, "due_day": day("2026-12-05")},
        "Anniversary 5 Dec 2026: 5 years after the purchase of 5 Dec 2021; 09:00 in Europe/London; " + EMAIL,
    ),
    Story(
        "leap_day",
        {"name": "birthday", "yearly": "birthday"},
        [],
        {"policy": "feb28", "day": day("2027-02-28")},
        "Birthday 28 Feb 2027: the customer's birthday, kept on 28 February as 2027 has no 29 February; "
        "09:00 in Europe/London; " + EMAIL,
        ada={"birthday": "1980-02-29"},
        start="2027-02-01",
    ),
    Story(
        "interval_time",
        {"every": "12 months", **SERVICE},
        [event("service", "2025-12-20")],
        {
            "kind": "service",
            "event": "e1",
            "day": day("2025-12-20"),
            "span": "1 year",
            "due_day": day("2026-12-20"),
        },
        f"Service due 20 Dec 2026: last service 20 Dec 2025 + 1 year; 09:00 in Europe/London; {NO_CONSENT}",
    ),
    Story(
        "interval_use",
        {"every": {"km": 10_000}, "meter": "odometer", **SERVICE},
        serviced(("2026-03-20", 33_600), ("2026-06-28", 37_600)),
        {
            "meter": "odometer",
            "unit": "km",
            "use": 10_000.0,
            "threshold": 40_000.0,
            "anchor_value": 30_000.0,
            "reading_value": 37_600.0,
            "reading_day": day("2026-06-28"),
            "rate_per_day": 40.0,
            "readings": 3,
            "due_day": day("2026-08-27"),
            "reached": False,
            # 2,400 at 40 a day take 60 days. One past error of 1, with 2/3 and 3/2, leaves from 40 to 90.
            "source": "own",
            "earliest": day("2026-08-07"),
            "latest": day("2026-09-26"),
        },
        "Service due 27 Aug 2026: the odometer reaches 40,000 km about 27 Aug 2026; 09:00 in Europe/London; "
        + NO_CONSENT,
        start="2026-08-01",
    ),
    Story(
        "interval_use_unknown",
        METER,
        serviced(),
        {"meter": "odometer", "why": "one reading"},
        "Service due 20 Dec 2026: last service 20 Dec 2025 + 1 year; only one odometer reading, so time alone "
        "counts; 09:00 in Europe/London; " + NO_CONSENT,
    ),
    Story(
        "interval_decided",
        METER,
        serviced(*IN_USE),
        {"by": "time", "whichever": "first", "due_day": day("2026-12-20")},
        "Service due 20 Dec 2026: last service 20 Dec 2025 + 1 year; the odometer reaches 45,000 km about "
        "30 Dec 2026, so time comes first; 09:00 in Europe/London; " + NO_CONSENT,
    ),
    Story(
        "scheduled",
        {"every": "12 months", "restart": "scheduled", **SERVICE},
        [event("service", "2024-12-20")],
        {
            "number": 2,
            "kind": "service",
            "event": "e1",
            "first_day": day("2024-12-20"),
            "due_day": day("2026-12-20"),
        },
        "Service due 20 Dec 2026: number 2 of the schedule since the service of 20 Dec 2024; "
        "09:00 in Europe/London; " + NO_CONSENT,
    ),
    Story(
        "lapse",
        WIN_BACK,
        [event("purchase", "2026-06-10")],
        {
            "kind": "purchase",
            "event": "e1",
            "day": day("2026-06-10"),
            "span": "180 days",
            "due_day": day("2026-12-07"),
        },
        f"Win back 7 Dec 2026: nothing for 180 days since the purchase of 10 Jun 2026; 09:00 in Europe/London; {EMAIL}",
    ),
    Story(
        # Her gaps are 10 and 30 days, those of all customers too: (2 * 20 + 2 * 20) / (2 + 2).
        "lapse_cadence",
        WIN_BACK | {"silent": {"cadence": 1.5, "segment": "tier"}},
        [event("purchase", at) for at in ("2026-10-01", "2026-10-11", "2026-11-10")],
        {
            "kind": "purchase",
            "event": "e3",
            "day": day("2026-11-10"),
            "factor": 1.5,
            "usual": 20.0,
            "gaps": 2,
            "segment": "tier gold",
            "due_day": day("2026-12-10"),
        },
        "Win back 10 Dec 2026: nothing for 30 days since the purchase of 10 Nov 2026, 1.5 times the usual gap of 20; "
        "09:00 in Europe/London; " + EMAIL,
        ada={"tier": "gold"},
    ),
    Story(
        "deadline",
        KEPT | {"before": "2 days"},
        PROMISE,
        {"kind": "promise", "event": "e1", "day": day("2026-12-01"), "due_day": day("2026-12-11")},
        "Keep promise 11 Dec 2026: promise of 1 Dec 2026 is due 11 Dec 2026; 2 days' notice is 9 Dec; "
        "09:00 in Europe/London; at the desk.",
    ),
    Story(
        "target",
        KEPT | {"target": 0.6},
        PROMISE,
        {"share": 0.6, "span": "", "day": day("2026-12-07")},
        "Keep promise 11 Dec 2026: promise of 1 Dec 2026 is due 11 Dec 2026; the internal target, at 60% of the "
        "time, is 7 Dec; 09:00 in Europe/London; at the desk.",
    ),
    Story(
        "target",
        KEPT | {"target": {"before": "4 days"}},
        PROMISE,
        {"share": 0.0, "span": "4 days", "day": day("2026-12-07")},
        "Keep promise 11 Dec 2026: promise of 1 Dec 2026 is due 11 Dec 2026; the internal target, 4 days before it, "
        "is 7 Dec; 09:00 in Europe/London; at the desk.",
    ),
    Story(
        "step_offset",
        {"on": "purchase", "steps": [{"name": "ask", "after": "2 weeks"}]},
        PURCHASE,
        {"step": "ask", "direction": "after", "span": "14 days", "day": day("2026-12-15")},
        f"Thank you 1 Dec 2026: purchase 1 Dec 2026; 14 days later is 15 Dec; 09:00 in Europe/London; {EMAIL}",
    ),
    Story(
        # Hours count from the end of the promised day.
        "step_offset",
        KEPT | {"after": "5 hours"},
        PROMISE,
        {"step": "1", "direction": "after", "span": "5 hours", "day": day("2026-12-12")},
        "Keep promise 11 Dec 2026: promise of 1 Dec 2026 is due 11 Dec 2026; 5 hours later is 12 Dec; 05:00 in "
        "Europe/London; at the desk.",
    ),
    Story(
        "best_hour",
        THANKS | {"at": "best"},
        PURCHASE + REPLIES,
        {"hour": dt.time(18), "replies": 3, "whose": "customer"},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; the customer's best hour is 18:00 (3 replies); "
        "18:00 in Europe/London; " + EMAIL,
    ),
    Story(
        "best_hour",
        {"name": "birthday", "yearly": "birthday", "at": "best"},
        [],
        {"hour": dt.time(9), "replies": 0, "whose": "policy"},
        "Birthday 5 Dec 2026: the customer's birthday; no better hour than 09:00 is known (0 replies); "
        "09:00 in Europe/London; " + EMAIL,
        ada={"birthday": "1980-12-05"},
    ),
    Story(
        "snoozed",
        THANKS,
        [*PURCHASE, event("snooze", "2026-12-01", ref=KEY, due="2026-12-08", by="eve", note="on a journey")],
        {"until": day("2026-12-08"), "by": "eve", "note": "on a journey", "event": "e2"},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; put off by eve until 8 Dec; 10:00 in Europe/London; "
        + EMAIL,
    ),
    Story(
        "snoozed",
        THANKS,
        [*PURCHASE, event("snooze", "2026-12-01", ref=KEY, due="2026-12-08T15:45Z")],
        {"until": instant("2026-12-08T15:45"), "by": "", "note": "", "event": "e2"},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; put off by staff until 15:45 on 8 Dec; "
        "15:45 in Europe/London; " + EMAIL,
    ),
    Story(
        "at_time",
        THANKS,
        PURCHASE,
        {"local": wall("2026-12-02T10:00"), "zone": "Asia/Tokyo"},
        f"Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 10:00 in Asia/Tokyo; {EMAIL}",
        ada={"zone": "Asia/Tokyo"},
    ),
]
