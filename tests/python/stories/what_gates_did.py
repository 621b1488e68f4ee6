"""Stories of gates that let a reminder pass, move it or choose its channel, a code each."""

from __future__ import annotations

import datetime as dt

from story import KEY, Story, day, event, instant, wall
from what_made_it_due import EMAIL, PURCHASE, THANKS

ANY_KEY = "0" * 32
SAID = "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London; "
NIGHT = {"from": "20:00", "to": "08:00"}
COMPLAINT = event("complaint", "2026-12-02T08:00Z")
HOLDS = [{"after": ["complaint"], "until": ["resolution"], "purposes": ["care"], "cool_down": "2 days"}]
ONE_A_WEEK = {"caps": [{"purposes": ["care"], "most": 1, "per": "7 days"}]}
SENT = event("contact", "2026-11-27T10:00Z", channel="email", note="care")
BIRTHDAY = {"name": "birthday", "yearly": "birthday", "at": "09:00"}
CALLS = {"name": "ring", "on": "purchase", "after": "1 day", "audience": "staff", "channels": ["call"], "team": "desk"}
ONE_CALL = {"capacity": [{"channels": ["call"], "team": "desk", "most": 1}]}
RUNG = event("contact", "2026-12-02T11:00Z", channel="call", by="desk")
CALL = "telephone call: consent not withdrawn"
CARD = {"name": "card", "cost": 1.5}
WASH = {"name": "wash", "cost": 10}
HAD_CARDS = [event("contact", f"2026-{month}-04", topic="card") for month in ("03", "06", "09")]

MEET = {"name": "meet", "rrule": "FREQ=MONTHLY;BYDAY=1TU", "match": {"tags": True, "near": "postcode"}}
WILLING = event("consent", "2026-03-01", note="introduction")
MET = "Meet 1 Dec 2026: every month on the first Tuesday; 09:00 in Europe/London; e-mail: consent not withdrawn; "

STORIES = [
    Story(
        "condition_met",
        THANKS | {"when": {"tier": "gold"}},
        PURCHASE,
        {"condition": "tier is 'gold'"},
        f"{SAID}condition met: tier is 'gold'; {EMAIL}",
        ada={"tier": "gold"},
    ),
    Story("status_active", THANKS, PURCHASE, {}, SAID + EMAIL, ada={"status": "active"}),
    Story(
        "out_of_reach",
        THANKS | {"channels": ["email", "letter"]},
        PURCHASE,
        {"channel": "email", "column": "email"},
        f"{SAID}e-mail: no e-mail address is known; letter: consent not withdrawn.",
        ada={"email": None},
    ),
    Story(
        "consent_given",
        THANKS | {"purpose": "offer"},
        [*PURCHASE, event("consent", "2026-02-01T12:00Z", channel="email")],
        {"channel": "email", "purpose": "offer", "day": day("2026-02-01"), "at": instant("2026-02-01T12:00")},
        f"{SAID}e-mail: consent given 1 Feb 2026.",
    ),
    Story(
        "consent_not_needed",
        THANKS | {"purpose": "service"},
        PURCHASE,
        {"channel": "email", "purpose": "service"},
        f"{SAID}e-mail: no consent needed for service.",
    ),
    Story("consent_not_withdrawn", THANKS, PURCHASE, {"channel": "email", "purpose": "care"}, SAID + EMAIL),
    Story(
        "use_channel",
        THANKS,
        [*PURCHASE, event("use_channel", "2026-12-01", ref=KEY, channel="letter", by="eve", note="likes paper")],
        {"channel": "letter", "by": "eve", "note": "likes paper", "event": "e2"},
        f"{SAID}letter: consent not withdrawn; letter chosen by eve.",
    ),
    Story("channel", THANKS, PURCHASE, {"channel": "email", "preference": "policy"}, SAID + EMAIL),
    Story(
        "channel",
        THANKS | {"audience": "staff"},
        PURCHASE,
        {"channel": "desk", "preference": "desk"},
        f"{SAID}at the desk.",
    ),
    Story(
        # Both agreed, live in one place and love old cars; what they love is not told to everybody who reads this.
        "introduced",
        MEET,
        [WILLING, WILLING | {"customer": "bob"}],
        {"partner": "bob", "shared": "classic, same postcode"},
        f"{MET}introduced to bob.",
        ada={"tags": ["classic", "gardens"], "postcode": "N1"},
        others=[{"id": "bob", "tags": ["classic"], "postcode": "N1"}],
    ),
    Story(
        # Between the scheduled time and the end of quiet hours the channel became another.
        "channel",
        {"on": "purchase", "after": "10 hours", "channels": ["email", "letter"]},
        [event("purchase", "2026-12-01T12:00Z"), event("withdrawal", "2026-12-02T07:00Z", channel="email")],
        {"channel": "letter", "preference": "occasion"},
        "Thank you 1 Dec 2026: purchase 1 Dec 2026 + 10 hours; 22:00 in Europe/London; e-mail: consent not "
        "withdrawn; quiet hours are 20:00 to 08:00, so 08:00 on 2 Dec; e-mail: consent withdrawn 2 Dec 2026; "
        "letter: consent not withdrawn.",
        policy={"quiet_hours": NIGHT},
    ),
    Story(
        "hold",
        THANKS,
        [*PURCHASE, COMPLAINT, event("resolution", "2026-12-03T12:00Z")],
        {"kind": "complaint", "event": "e2", "day": day("2026-12-02"), "until": day("2026-12-05")},
        f"{SAID}e-mail: consent not withdrawn; held by the complaint of 2 Dec 2026 until 5 Dec.",
        policy={"holds": HOLDS},
    ),
    Story(
        "business_day",
        THANKS | {"after": "4 days", "move": "next business day"},
        PURCHASE,
        {"day": day("2026-12-05"), "because": "weekend", "whose": "shop", "moved_to": day("2026-12-07")},
        "Thank you 5 Dec 2026: purchase 1 Dec 2026 + 4 days; 10:00 in Europe/London; e-mail: consent not withdrawn; "
        "5 Dec is a Saturday, so 7 Dec.",
        policy={"business_days": {"weekend": ["sat", "sun"]}},
    ),
    Story(
        "dst_gap",
        THANKS | {"at": "01:30"},
        [event("purchase", "2027-03-27")],
        {"wall": wall("2027-03-28T01:30"), "local": wall("2027-03-28T02:30")},
        "Thank you 28 Mar 2027: purchase 27 Mar 2027 + 1 day; 01:30 in Europe/London; e-mail: consent not withdrawn; "
        "the clocks skip 01:30 that day, so 02:30.",
        start="2027-03-20",
    ),
    Story(
        "dst_overlap",
        THANKS | {"at": "01:30"},
        [event("purchase", "2026-10-24")],
        {"local": wall("2026-10-25T01:30"), "choice": "second"},
        "Thank you 25 Oct 2026: purchase 24 Oct 2026 + 1 day; 01:30 in Europe/London; e-mail: consent not withdrawn; "
        "the clocks show 01:30 twice that day, so the second time.",
        policy={"overlap": "second"},
        start="2026-10-20",
    ),
    Story(
        "opening_hours",
        THANKS | {"audience": "staff", "at": "07:00"},
        PURCHASE,
        {"local": wall("2026-12-02T08:30")},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 07:00 in Europe/London; at the desk; the shop is closed "
        "then, so 08:30.",
        policy={"opening_hours": {"mon-fri": "08:30-17:00"}},
    ),
    Story(
        "quiet_hours",
        THANKS | {"at": "21:00"},
        PURCHASE,
        {"from": dt.time(20), "to": dt.time(8), "whose": "policy", "local": wall("2026-12-03T08:00")},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 21:00 in Europe/London; e-mail: consent not withdrawn; "
        "quiet hours are 20:00 to 08:00, so 08:00 on 3 Dec.",
        policy={"quiet_hours": NIGHT},
    ),
    Story(
        # As many minutes after as the last digits of the key leave over.
        "spread",
        THANKS | {"at": "21:00"},
        PURCHASE,
        {"minutes": 1, "local": wall("2026-12-03T08:01")},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 21:00 in Europe/London; e-mail: consent not withdrawn; "
        "quiet hours are 20:00 to 08:00, so 08:00 on 3 Dec; spread over the time after them, so 08:01.",
        policy={"quiet_hours": NIGHT, "spread": "2 hours"},
    ),
    Story(
        "gesture",
        THANKS | {"gestures": [CARD, WASH]},
        [*PURCHASE, *HAD_CARDS],
        {"name": "wash", "cost": 10.0, "times": 0, "last": ""},
        f"{SAID}e-mail: consent not withdrawn; it brings 'wash' for the first time.",
    ),
    Story(
        "gesture",
        THANKS | {"gestures": [CARD]},
        [*PURCHASE, *HAD_CARDS],
        {"name": "card", "cost": 1.5, "times": 3, "last": day("2026-09-04")},
        f"{SAID}e-mail: consent not withdrawn; it brings 'card' again, last on 4 Sep 2026.",
    ),
    Story(
        "cap",
        THANKS,
        [*PURCHASE, SENT],
        {
            "day": day("2026-12-02"),
            "most": 1,
            "per": "7 days",
            "purposes": "care",
            "scope": "customer",
        },
        f"{SAID}e-mail: consent not withdrawn; 2 Dec and 3 Dec are full: at most 1 in 7 days, so 10:00 on 4 Dec.",
        policy=ONE_A_WEEK,
    ),
    Story(
        "cap",
        THANKS,
        [*PURCHASE, {**SENT, "customer": "bob", "at": "2026-11-26T10:00Z"}],
        {"day": day("2026-12-02"), "most": 1, "per": "7 days", "purposes": "care, offer", "scope": "household"},
        f"{SAID}e-mail: consent not withdrawn; 2 Dec is full: at most 1 to the household in 7 days, so 10:00 on 3 Dec.",
        policy={"caps": [{"purposes": ["care", "offer"], "most": 1, "per": "7 days", "scope": "household"}]},
        ada={"household": "h"},
        others=[{"id": "bob", "household": "h"}],
    ),
    Story(
        "capacity",
        CALLS,
        [*PURCHASE, RUNG],
        {"day": day("2026-12-02"), "most": 1, "channel": "call", "team": "desk"},
        f"Ring 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 09:00 in Europe/London; {CALL}; 2 Dec is full for telephone "
        "calls: at most 1 a day by the team 'desk', so 09:00 on 3 Dec.",
        policy=ONE_CALL,
    ),
    Story(
        # The bill was paid a day before it was due; the one before that was not, and whoever complains gains nothing.
        "goodwill",
        CALLS,
        [
            *PURCHASE,
            event("paid", "2026-10-20", due="2026-10-10"),
            event("paid", "2026-11-20", due="2026-11-21"),
            event("referral", "2026-11-25", ref="bob"),
            event("complaint", "2026-11-26"),
        ],
        {"kinds": "paid, referral", "points": 2},
        f"Ring 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 09:00 in Europe/London; {CALL}; goodwill raises its priority "
        "by 2 (payment and referral).",
        policy=ONE_CALL,
    ),
    Story(
        "joined_by",
        THANKS | {"priority": 2},
        PURCHASE,
        {"occasion": "birthday", "step": "1", "key": ANY_KEY},
        f"{SAID}e-mail: consent not withdrawn; it says 'birthday' and 'ask' as well.",
        policy={"merge": True},
        ada={"birthday": "1980-12-02"},
        more=[BIRTHDAY | {"priority": 1}, {"name": "ask", "on": "purchase", "after": "1 day"}],
    ),
]
