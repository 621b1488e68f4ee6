"""Stories of what was decided, and of why there is nothing, a code each."""

from __future__ import annotations

from story import KEY, Story, day, event, instant, wall
from what_gates_did import (
    ANY_KEY,
    BIRTHDAY,
    CALL,
    CALLS,
    CARD,
    COMPLAINT,
    HAD_CARDS,
    HOLDS,
    MEET,
    MET,
    NIGHT,
    ONE_A_WEEK,
    ONE_CALL,
    RUNG,
    SAID,
    SENT,
    WASH,
    WILLING,
)
from what_made_it_due import EMAIL, PURCHASE, SERVICE, THANKS, WIN_BACK

WITHHELD = "Thank you 2 Dec 2026 withheld: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London; "
WEEKENDS = {"business_days": {"weekend": ["sat", "sun"]}}

STORIES = [
    Story("due", THANKS, PURCHASE, {}, SAID + EMAIL),
    Story(
        "moved",
        THANKS | {"at": "21:00"},
        PURCHASE,
        {"local": wall("2026-12-03T08:00")},
        "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 21:00 in Europe/London; e-mail: consent not withdrawn; "
        "quiet hours are 20:00 to 08:00, so 08:00 on 3 Dec.",
        policy={"quiet_hours": NIGHT},
    ),
    Story(
        "deferred",
        THANKS,
        [*PURCHASE, {**SENT, "at": "2026-11-26T10:00Z"}],
        {"local": wall("2026-12-03T10:00")},
        f"{SAID}e-mail: consent not withdrawn; 2 Dec is full: at most 1 in 7 days, so 10:00 on 3 Dec.",
        policy=ONE_A_WEEK,
    ),
    Story(
        # Full on Friday, and closed on the days after it.
        "deferred",
        THANKS | {"after": "3 days", "move": "next business day"},
        [*PURCHASE, {**SENT, "at": "2026-11-28T10:00Z"}],
        {"local": wall("2026-12-07T10:00")},
        "Thank you 4 Dec 2026: purchase 1 Dec 2026 + 3 days; 10:00 in Europe/London; e-mail: consent not withdrawn; "
        "4 Dec is full: at most 1 in 7 days; 5 Dec is a Saturday, so 7 Dec.",
        policy=ONE_A_WEEK | WEEKENDS,
    ),
    Story(
        "send_now",
        THANKS,
        [*PURCHASE, event("send_now", "2026-12-01T14:30Z", ref=KEY, by="eve", note="she asked for it")],
        {"by": "eve", "note": "she asked for it", "event": "e2", "local": wall("2026-12-01T14:30")},
        f"{SAID}e-mail: consent not withdrawn; at once, as eve said: 14:30 on 1 Dec.",
    ),
    Story(
        "merged",
        THANKS,
        PURCHASE,
        {"occasion": "birthday", "step": "1", "key": ANY_KEY, "local": wall("2026-12-02T09:00")},
        "Thank you 2 Dec 2026 merged: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London; e-mail: consent not "
        "withdrawn; said together with 'birthday' at 09:00.",
        policy={"merge": True},
        ada={"birthday": "1980-12-02"},
        more=[BIRTHDAY],
    ),
    Story(
        # It joins on the day to which a cap has deferred it.
        "merged",
        THANKS,
        [*PURCHASE, {**SENT, "at": "2026-11-26T10:00Z"}],
        {"occasion": "birthday", "step": "1", "key": ANY_KEY, "local": wall("2026-12-03T09:00")},
        "Thank you 2 Dec 2026 merged: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London; e-mail: consent not "
        "withdrawn; 2 Dec is full: at most 1 in 7 days; said together with 'birthday' at 09:00 on 3 Dec.",
        policy={"merge": True, **ONE_A_WEEK},
        ada={"birthday": "1980-12-03"},
        more=[BIRTHDAY | {"priority": 1}],
    ),
    Story(
        "not_active",
        THANKS | {"not_before": "2026-12-15"},
        PURCHASE,
        {"day": day("2026-12-15")},
        f"{WITHHELD}the occasion begins on 15 Dec 2026.",
    ),
    Story(
        "sent",
        THANKS,
        [*PURCHASE, event("contact", "2026-12-02T10:00Z", ref=KEY, channel="email", note="care")],
        {"day": day("2026-12-02"), "channel": "email", "event": "e2"},
        f"{WITHHELD}it went out by e-mail on 2 Dec 2026.",
    ),
    Story(
        "skipped",
        THANKS,
        [*PURCHASE, event("skip", "2026-12-01", ref=KEY, by="eve", note="a friend of ours")],
        {"by": "eve", "note": "a friend of ours", "event": "e2", "day": day("2026-12-01")},
        f"{WITHHELD}skipped by eve on 1 Dec 2026.",
    ),
    Story(
        "condition_failed",
        THANKS | {"when": {"tier": "gold", "count": {"kind": "purchase", "min": 2}}},
        PURCHASE,
        {"condition": "at least 2 of 'purchase'"},
        f"{WITHHELD}condition not met: at least 2 of 'purchase'.",
        ada={"tier": "gold"},
    ),
    Story(
        "ended",
        THANKS | {"until": "return"},
        [*PURCHASE, event("return", "2026-12-02")],
        {"kind": "return", "event": "e2", "day": day("2026-12-02")},
        f"{WITHHELD}ended by the return of 2 Dec 2026.",
    ),
    Story(
        "superseded",
        WIN_BACK,
        [event("purchase", "2026-06-10"), event("purchase", "2026-11-10")],
        {"kind": "purchase", "event": "e2", "day": day("2026-11-10")},
        "Win back 7 Dec 2026 withheld: nothing for 180 days since the purchase of 10 Jun 2026; 09:00 in Europe/London; "
        "superseded by the purchase of 10 Nov 2026.",
    ),
    Story("closed", THANKS, PURCHASE, {}, f"{WITHHELD}the customer's account is closed.", ada={"status": "closed"}),
    Story("deceased", THANKS, PURCHASE, {}, f"{WITHHELD}the customer has died.", ada={"status": "deceased"}),
    Story(
        "do_not_contact",
        THANKS,
        PURCHASE,
        {},
        f"{WITHHELD}the customer is not to be contacted.",
        ada={"status": "do_not_contact"},
    ),
    Story(
        "no_consent",
        THANKS | {"purpose": "offer"},
        PURCHASE,
        {"channel": "email", "purpose": "offer"},
        f"{WITHHELD}e-mail: no consent for offer.",
    ),
    Story(
        "consent_withdrawn",
        THANKS,
        [*PURCHASE, event("withdrawal", "2026-11-01", channel="email")],
        {"channel": "email", "purpose": "care", "day": day("2026-11-01")},
        f"{WITHHELD}e-mail: consent withdrawn 1 Nov 2026.",
    ),
    Story(
        "no_channel",
        THANKS,
        PURCHASE,
        {},
        f"{WITHHELD}e-mail: no e-mail address is known; no channel reaches the customer.",
        ada={"email": None},
    ),
    Story(
        # She agreed, and then thought better of it.
        "not_agreed",
        MEET,
        [WILLING, event("withdrawal", "2026-11-30", note="introduction"), WILLING | {"customer": "bob"}],
        {},
        f"{MET.replace('2026:', '2026 withheld:')}the customer has not agreed to be introduced to others.",
        ada={"tags": ["classic"], "postcode": "N1"},
        others=[{"id": "bob", "tags": ["classic"], "postcode": "N1"}],
    ),
    Story(
        # Bob lives elsewhere, and Cat did not agree.
        "no_match",
        MEET,
        [WILLING, WILLING | {"customer": "bob"}],
        {},
        f"{MET.replace('2026:', '2026 withheld:')}nobody was found to be introduced to.",
        ada={"tags": ["classic"], "postcode": "N1"},
        others=[
            {"id": "bob", "tags": ["classic"], "postcode": "E2"},
            {"id": "cat", "tags": ["classic"], "postcode": "N1"},
        ],
    ),
    Story(
        "on_hold",
        THANKS,
        [*PURCHASE, COMPLAINT],
        {"kind": "complaint", "event": "e2", "day": day("2026-12-02")},
        f"{WITHHELD}e-mail: consent not withdrawn; held by the complaint of 2 Dec 2026.",
        policy={"holds": HOLDS},
    ),
    Story(
        "no_slot",
        THANKS | {"after": "4 days", "move": "next business day", "tolerance": "1 day"},
        PURCHASE,
        {"tolerance": "1 day", "local": wall("2026-12-07T10:00")},
        "Thank you 5 Dec 2026 withheld: purchase 1 Dec 2026 + 4 days; 10:00 in Europe/London; e-mail: consent not "
        "withdrawn; 5 Dec is a Saturday, so 7 Dec; nothing within 1 day of its day.",
        policy=WEEKENDS,
    ),
    Story(
        "expired",
        THANKS | {"at": "21:00", "expires": "2 hours"},
        PURCHASE,
        {"expires": instant("2026-12-02T23:00")},
        "Thank you 2 Dec 2026 withheld: purchase 1 Dec 2026 + 1 day; 21:00 in Europe/London; e-mail: consent not "
        "withdrawn; quiet hours are 20:00 to 08:00, so 08:00 on 3 Dec; worthless after 23:00 on 2 Dec.",
        policy={"quiet_hours": NIGHT},
    ),
    Story(
        "capped",
        THANKS | {"tolerance": "1 day"},
        [*PURCHASE, SENT],
        {"local": wall("2026-12-03T10:00")},
        f"{WITHHELD}e-mail: consent not withdrawn; 2 Dec and 3 Dec are full: at most 1 in 7 days; it cannot wait "
        "longer than 3 Dec.",
        policy=ONE_A_WEEK,
    ),
    Story(
        "over_capacity",
        CALLS | {"expires": "12 hours"},
        [*PURCHASE, RUNG],
        {"local": wall("2026-12-02T09:00")},
        f"Ring 2 Dec 2026 withheld: purchase 1 Dec 2026 + 1 day; 09:00 in Europe/London; {CALL}; 2 Dec is full for "
        "telephone calls: at most 1 a day by the team 'desk'; it cannot wait longer than 2 Dec.",
        policy=ONE_CALL,
    ),
    Story(
        "over_budget",
        THANKS | {"gestures": [CARD, WASH]},
        [*PURCHASE, {**HAD_CARDS[0], "customer": "bob", "at": "2026-12-24", "value": 99}],
        {"month": day("2026-12-01"), "most": 100.0},
        f"{WITHHELD}e-mail: consent not withdrawn; the budget of 100 for December 2026 has no room for it.",
        policy={"budgets": [{"most": 100}]},
        others=[{"id": "bob"}],
    ),
    Story(
        "not_granted",
        THANKS | {"gestures": [CARD | {"when": {"tier": "gold"}}]},
        PURCHASE,
        {"because": "condition"},
        f"{WITHHELD}e-mail: consent not withdrawn; nothing is granted.",
        ada={"tier": "silver"},
    ),
    Story(
        "not_granted",
        THANKS | {"gestures": [CARD, WASH | {"when": {"tier": "gold"}}]},
        [*PURCHASE, *HAD_CARDS],
        {"because": "repeated"},
        f"{WITHHELD}e-mail: consent not withdrawn; nothing is granted but the same again.",
        ada={"tier": "silver"},
    ),
    Story(
        "no_event",
        {"every": "6 months", **SERVICE, "since": ["service", "delivery"]},
        PURCHASE,
        {"kind": "service or delivery"},
        "Nothing of 'service-due' in this window: no service or delivery is on record.",
    ),
    Story("no_birthday", BIRTHDAY, [], {}, "Nothing of 'birthday' in this window: no birthday is known."),
    Story(
        "no_due",
        {"name": "keep-promise", "due": "promise"},
        [event("promise", "2026-12-01")],
        {"kind": "promise"},
        "Nothing of 'keep-promise' in this window: no promise with a due day is on record.",
    ),
    Story(
        "no_cadence",
        WIN_BACK | {"silent": {"cadence": 1.5, "segment": "tier"}},
        [event("purchase", "2026-06-10")],
        {"kind": "purchase", "segment": "tier gold"},
        "Nothing of 'win-back' in this window: nobody of the segment had a second purchase, so there is no usual gap.",
        ada={"tier": "gold"},
    ),
    Story(
        "outside_window",
        THANKS | {"after": "60 days"},
        PURCHASE,
        {"due_day": day("2027-01-30"), "which": "next"},
        "Nothing of 'thank-you' in this window: the next is on 30 Jan 2027.",
    ),
    Story(
        "no_milestone",
        {"yearly": "purchase", "milestones": [1, 5]},
        [event("purchase", "1950-12-01")],
        {"years": 5},
        "Nothing of 'thank-you' in this window: its milestones are past, the last of them 5 years.",
    ),
    Story(
        "not_repeated",
        THANKS,
        [event("purchase", "1950-12-01")],
        {},
        "Nothing of 'thank-you' in this window: it cannot fall due again.",
    ),
]
