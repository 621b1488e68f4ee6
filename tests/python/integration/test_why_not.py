"""What why_not tells of reminders that the window has not: they were moved out of it, or are too far away."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import courtesy

CUSTOMERS = [{"id": "ada"}]
THANKS = {"name": "thank-you", "on": "purchase", "after": "1 day", "at": "21:00", "purpose": "service"}
SAID = "Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; "
EMAIL = "e-mail: no consent needed for service"
CAPS = {"caps": [{"purposes": ["service"], "most": 1, "per": "2 days"}]}


def planned(
    events: list[dict[str, Any]], policy: dict[str, Any] | None = None, start: str = "2026-12-01", **occasion: Any
) -> courtesy.Plan:
    rules = courtesy.Rules([{**THANKS, **occasion}], policy)
    with warnings.catch_warnings():
        # A rule may name kinds that no event has.
        warnings.simplefilter("ignore", courtesy.RuleWarning)
        return courtesy.plan(CUSTOMERS, events, rules, start=start, days=2)


def event(kind: str, at: str, **cells: Any) -> dict[str, Any]:
    return {"id": f"{kind} {at}", "customer": "ada", "kind": kind, "at": at, **cells}


PURCHASE = event("purchase", "2026-12-01")
KEY = planned([PURCHASE])[0].key
QUIET = {"quiet_hours": {"from": "20:00", "to": "08:00"}}


@pytest.mark.parametrize(
    ("events", "policy", "sentence"),
    [
        (
            [],
            QUIET,
            f"{SAID}21:00 in UTC; {EMAIL}; quiet hours are 20:00 to 08:00, so 08:00 on 3 Dec.",
        ),
        (
            [event("snooze", "2026-12-01", ref=KEY, due="2027-01-20", by="eve")],
            None,
            f"{SAID}put off by eve until 20 Jan 2027; 21:00 in UTC; {EMAIL}.",
        ),
        (
            [event("contact", "2026-12-01T10:00Z", channel="sms")],
            CAPS,
            f"{SAID}21:00 in UTC; {EMAIL}; 2 Dec is full: at most 1 in 2 days, so 21:00 on 3 Dec.",
        ),
        (
            [event("send_now", "2026-11-20T10:00Z", ref=KEY)],
            None,
            f"{SAID}21:00 in UTC; {EMAIL}; at once, as staff said: 10:00 on 20 Nov.",
        ),
    ],
    ids=["moved", "put off", "deferred", "sent before"],
)
def test_what_left_the_window_is_told(
    events: list[dict[str, Any]], policy: dict[str, Any] | None, sentence: str
) -> None:
    plan = planned([PURCHASE, *events], policy)
    assert len(plan) == 0
    (decision,) = plan.why_not("ada", "thank-you")
    assert decision.sentence == sentence
    assert decision.reminder.key == KEY


def test_what_was_refused_in_the_window_and_scheduled_before_it_is_told() -> None:
    """Scheduled on Tuesday, moved to Wednesday by quiet hours, and Wednesday and Thursday are full."""
    events = [PURCHASE, event("contact", "2026-12-03T10:00Z", channel="sms")]
    plan = planned(events, QUIET | CAPS, start="2026-12-03")
    assert len(plan) == 0
    (decision,) = plan.why_not("ada", "thank-you")
    assert decision.sentence == (
        f"{SAID}21:00 in UTC; {EMAIL}; quiet hours are 20:00 to 08:00, so 08:00 on 3 Dec; 3 Dec is full: at most 1 in "
        "2 days; quiet hours are 20:00 to 08:00, so 08:00 on 5 Dec."
    )


def test_what_staff_scheduled_from_too_far_away_is_not_of_this_window() -> None:
    """Neither the plan nor why_not hears a send_now of a reminder that was due more than 400 days before."""
    old = event("purchase", "2025-10-25")
    key = planned([old], start="2025-10-25")[0].key
    order = event("send_now", "2026-12-01T10:00Z", ref=key)
    assert len(planned([old, order], start="2026-11-30")) == 1
    plan = planned([old, order])
    assert len(plan) == 0
    (decision,) = plan.why_not("ada", "thank-you")
    assert [reason.code for reason in decision.reasons] == ["outside_window"]


def test_a_snooze_to_a_day_before_it_is_due_says_nothing() -> None:
    plan = planned([PURCHASE, event("snooze", "2026-12-01", ref=KEY, due="2026-12-02", by="eve")])
    assert plan.explain(0).sentence == f"{SAID}21:00 in UTC; {EMAIL}."
