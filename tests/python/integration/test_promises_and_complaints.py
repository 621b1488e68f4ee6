"""Promises and complaints of a workshop, event by event, with the plan after each of them.

The shop is open from eight to five on weekdays. December 2026 begins on a Tuesday.
"""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import courtesy

SHOP = {"zone": "Europe/London"}
POLICY = {
    "business_days": {"weekend": ["sat", "sun"]},
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "holds": [{"after": ["complaint", "reopened", "broken"], "until": ["resolution"], "cool_down": "7 days"}],
}
DESK = {"audience": "staff", "at": "08:30"}
TROUBLE = ["complaint", "reopened", "broken"]

PROMISES: list[dict[str, Any]] = [
    {
        "name": "keep-promise",
        "due": "promise",
        "target": 0.6,
        "purpose": "service",
        "steps": [{"name": "target", **DESK}, {"name": "due", "against": "due", "before": "1 day", **DESK}],
    },
    {"name": "apologise", "on": "broken", "after": "2 opening hours", "purpose": "recovery", "audience": "staff"},
]
RECOVERY: list[dict[str, Any]] = [
    {
        "name": "acknowledge",
        "on": TROUBLE,
        "purpose": "recovery",
        "until": ["acknowledged", "resolution"],
        "steps": [
            {"name": "call", "after": "4 opening hours", "audience": "staff"},
            {"name": "manager", "after": "8 opening hours", "audience": "staff", "team": "manager"},
        ],
    },
    {
        "name": "inform",
        "on": TROUBLE,
        "after": "3 days",
        "repeat": "3 days",
        "at": "10:00",
        "purpose": "recovery",
        "until": "resolution",
        "move": "next business day",
    },
    {"name": "explain", "on": "resolution", "after": "1 day", "at": "11:00", "purpose": "recovery"},
    {"name": "check-in", "on": "resolution", "after": "7 days", "at": "12:00", "purpose": "recovery", "until": TROUBLE},
    {"name": "thanks", "on": "purchase", "after": "1 day", "at": "10:00", "tolerance": "30 days"},
    {"name": "offer", "on": "purchase", "after": "3 days", "at": "10:00", "purpose": "offer", "tolerance": "30 days"},
]
AGREED = {"kind": "consent", "at": "2025-01-01"}


def event(kind: str, at: str, **cells: Any) -> dict[str, Any]:
    return {"kind": kind, "at": at, **cells}


def planned(occasions: list[dict[str, Any]], events: list[dict[str, Any]]) -> list[str]:
    """ "7 10:00 inform/1" of what goes out from 1 to 20 December; "10 08:30 keep-promise/due: ended" of the rest."""
    rows = [{"id": f"e{n}", **one, "customer": "ada"} for n, one in enumerate(events, 1)]
    rows.append({"id": "agreed", **AGREED, "customer": "ada"})
    with warnings.catch_warnings():
        # Kinds that no event is of yet.
        warnings.simplefilter("ignore", courtesy.RuleWarning)
        rules = courtesy.Rules(occasions, POLICY, SHOP)
        plan = courtesy.plan([{"id": "ada"}], rows, rules, start="2026-12-01", days=20)
    said = []
    for row in plan:
        assert row.local is not None
        name = f"{row.local.day} {row.local:%H:%M} {row.occasion}/{row.step}"
        said.append(name if row.state == "planned" else f"{name}: {row.reason}")
        decision = plan.explain(row)
        assert decision.reminder == row
        assert decision in plan.why_not("ada", row.occasion)
    return sorted(said, key=lambda text: (int(text.split()[0]), text))


Story = list[tuple[dict[str, Any], list[str]]]

PROMISED = event("promise", "2026-12-01", due="2026-12-11", topic="ready")
# Six tenths of ten days are six; Saturday the 12th counts no open hour, so that Monday's first two do.
OPEN = ["7 08:30 keep-promise/target", "10 08:30 keep-promise/due", "14 10:00 apologise/1"]
PROMISE_STORIES: dict[str, Story] = {
    "kept early": [
        (PROMISED, OPEN),
        (
            event("kept", "2026-12-05", ref="e1"),
            ["7 08:30 keep-promise/target: ended", "10 08:30 keep-promise/due: ended"],
        ),
    ],
    "kept at the last hour": [
        (PROMISED, OPEN),
        # All that was due before it stays; of the breach nothing is left.
        (event("kept", "2026-12-11T23:30Z", ref="e1"), OPEN[:2]),
    ],
    "kept late": [(PROMISED, OPEN), (event("kept", "2026-12-12", ref="e1"), OPEN)],
    "renegotiated": [
        (PROMISED, OPEN),
        (
            # Nine days from the 9th: five of them are six tenths. The 19th is a Saturday, so Monday is out of sight.
            event("renegotiated", "2026-12-09", due="2026-12-18", ref="e1"),
            [OPEN[0], "10 08:30 keep-promise/due: ended", "14 08:30 keep-promise/target", "17 08:30 keep-promise/due"],
        ),
        (
            event("kept", "2026-12-17", ref="e1"),
            [
                *(OPEN[0], "10 08:30 keep-promise/due: ended"),
                *("14 08:30 keep-promise/target", "17 08:30 keep-promise/due: ended"),
            ],
        ),
    ],
    "renegotiated when it was too late": [
        (PROMISED, OPEN),
        # Three days from the 14th: one is six tenths. Friday's first two open hours follow the second breach.
        (
            event("renegotiated", "2026-12-14", due="2026-12-17", ref="e1"),
            [*OPEN, "15 08:30 keep-promise/target", "16 08:30 keep-promise/due", "18 10:00 apologise/1"],
        ),
    ],
    "broken, as staff say": [
        (PROMISED, OPEN),
        (
            # One open hour of Tuesday, one of Wednesday.
            event("broken", "2026-12-08T16:00Z", ref="e1"),
            [OPEN[0], "9 09:00 apologise/1", "10 08:30 keep-promise/due: ended"],
        ),
    ],
    "broken, as staff say when everybody knows": [
        (PROMISED, OPEN),
        (event("broken", "2026-12-14T16:00Z"), OPEN),
    ],
}

# Of Friday half an open hour is left at half past four.
ON_FRIDAY = event("complaint", "2026-12-04T16:30Z")
COMPLAINT = event("complaint", "2026-12-03T15:00Z", topic="late")
BOUGHT = event("purchase", "2026-12-02")
THANKS = "3 10:00 thanks/1"
HELD = "5 10:00 offer/1: on_hold"
# The 6th is a Sunday, the 12th a Saturday.
INFORMED = ["7 10:00 inform/1", "9 10:00 inform/1", "14 10:00 inform/1", "15 10:00 inform/1", "18 10:00 inform/1"]
CALLS = ["4 10:00 acknowledge/call", "4 14:00 acknowledge/manager"]
ACKNOWLEDGED = ["4 10:00 acknowledge/call: ended", "4 14:00 acknowledge/manager: ended"]
SETTLED = [
    *(THANKS, *ACKNOWLEDGED, "7 10:00 inform/1", "9 10:00 inform/1: ended"),
    *("9 11:00 explain/1", "15 10:00 offer/1", "15 12:00 check-in/1"),
]
RECOVERY_STORIES: dict[str, Story] = {
    "answered": [
        (BOUGHT, [THANKS, "5 10:00 offer/1"]),
        (COMPLAINT, [THANKS, *CALLS, HELD, *INFORMED]),
        (event("acknowledged", "2026-12-04T09:00Z", ref="e2"), [THANKS, *ACKNOWLEDGED, HELD, *INFORMED]),
        (event("resolution", "2026-12-08T12:00Z", ref="e2"), SETTLED),
    ],
    "ignored over a weekend": [
        (BOUGHT, [THANKS, "5 10:00 offer/1"]),
        (
            ON_FRIDAY,
            # Every three days from the 4th: 7, 10, 13 (a Sunday), 16 and 19 (a Saturday).
            [
                *(THANKS, HELD, "7 10:00 inform/1", "7 11:30 acknowledge/call", "7 15:30 acknowledge/manager"),
                *("10 10:00 inform/1", "14 10:00 inform/1", "16 10:00 inform/1"),
            ],
        ),
    ],
    "reopened": [
        (BOUGHT, [THANKS, "5 10:00 offer/1"]),
        (COMPLAINT, [THANKS, *CALLS, HELD, *INFORMED]),
        (event("acknowledged", "2026-12-04T09:00Z", ref="e2"), [THANKS, *ACKNOWLEDGED, HELD, *INFORMED]),
        (event("resolution", "2026-12-08T12:00Z", ref="e2"), SETTLED),
        (
            event("reopened", "2026-12-14T10:00Z", ref="e2"),
            [
                *(THANKS, *ACKNOWLEDGED, HELD, "7 10:00 inform/1", "9 10:00 inform/1: ended", "9 11:00 explain/1"),
                *("14 14:00 acknowledge/call", "15 09:00 acknowledge/manager", "15 12:00 check-in/1: ended"),
                "17 10:00 inform/1",
            ],
        ),
        (
            # The offer waits until the 24th.
            event("resolution", "2026-12-17T15:00Z", ref="e5"),
            [
                *(THANKS, *ACKNOWLEDGED, "7 10:00 inform/1", "9 10:00 inform/1: ended", "9 11:00 explain/1"),
                *("14 14:00 acknowledge/call", "15 09:00 acknowledge/manager", "15 12:00 check-in/1: ended"),
                *("17 10:00 inform/1", "18 11:00 explain/1", "20 10:00 inform/1: ended"),
            ],
        ),
    ],
    "a breach starts it by itself": [
        (event("purchase", "2026-12-07"), ["8 10:00 thanks/1", "10 10:00 offer/1"]),
        (
            # Its time is over when Saturday the 5th begins.
            event("promise", "2026-12-01", due="2026-12-04"),
            [
                *("7 12:00 acknowledge/call", "7 16:00 acknowledge/manager", "8 10:00 inform/1"),
                *("8 10:00 thanks/1: on_hold", "10 10:00 offer/1: on_hold"),
                *("11 10:00 inform/1", "14 10:00 inform/1", "17 10:00 inform/1"),
            ],
        ),
        (
            event("resolution", "2026-12-09T12:00Z", ref="e2"),
            [
                *("7 12:00 acknowledge/call", "7 16:00 acknowledge/manager", "8 10:00 inform/1"),
                *("10 11:00 explain/1", "11 10:00 inform/1: ended"),
                *("16 10:00 offer/1", "16 10:00 thanks/1", "16 12:00 check-in/1"),
            ],
        ),
        (
            # What was kept in time was never broken.
            event("kept", "2026-12-04", ref="e2"),
            ["8 10:00 thanks/1", "10 10:00 offer/1", "10 11:00 explain/1", "16 12:00 check-in/1"],
        ),
    ],
}


@pytest.mark.parametrize("name", PROMISE_STORIES)
def test_a_promise(name: str) -> None:
    events: list[dict[str, Any]] = []
    for happened, expected in PROMISE_STORIES[name]:
        events.append(happened)
        assert planned(PROMISES, events) == expected, happened


@pytest.mark.parametrize("name", RECOVERY_STORIES)
def test_a_complaint(name: str) -> None:
    events: list[dict[str, Any]] = []
    for happened, expected in RECOVERY_STORIES[name]:
        events.append(happened)
        assert planned(RECOVERY, events) == expected, happened
