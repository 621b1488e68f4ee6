"""A garage that can make one call a day: who is called first, after each thing that happened.

Four customers had their service on Monday, 30 November 2026, and each is asked the next day at ten whether everything
is all right. What happened earlier in the year decides who is called when.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import courtesy

CUSTOMERS = [{"id": who} for who in ("ada", "bob", "cat", "dan")]
ASK = {
    "name": "all-right",
    "on": "service",
    "after": "1 day",
    "at": "10:00",
    "audience": "staff",
    "channels": ["call"],
    "purpose": "service",
}
POLICY = {"capacity": [{"channels": ["call"], "most": 1}]}
SERVICED = [{"customer": who, "kind": "service", "at": "2026-11-30"} for who in ("ada", "bob", "cat", "dan")]


def planned(events: list[dict[str, Any]], **policy: Any) -> courtesy.Plan:
    rules = courtesy.Rules([ASK], {**POLICY, **policy}, {"zone": "Europe/London"})
    return courtesy.plan(CUSTOMERS, SERVICED + events, rules, start="2026-11-30", days=14)


def turns(plan: courtesy.Plan) -> list[tuple[str, int]]:
    """Who is called, a day each, and with which priority."""
    assert [row.local.day for row in plan if row.local] == [1, 2, 3, 4]
    return [(str(row.customer), row.priority) for row in plan]


def test_who_pays_on_time_and_refers_goes_before_who_complains() -> None:
    events: list[dict[str, Any]] = []

    def happened(at: str, customer: str, kind: str, **cells: Any) -> list[tuple[str, int]]:
        events.append({"customer": customer, "kind": kind, "at": at, **cells})
        return turns(planned(events))

    # Bob buys tyres for 400 and Cat for 120: 1,200 and 360 in three years.
    happened("2026-02-02", "bob", "purchase", value=400)
    happened("2026-02-03", "cat", "purchase", value=120)
    ada_and_dan = happened("2026-02-04", "dan", "purchase", value=1)[2:]
    assert turns(planned(events)) == [("bob", 0), ("cat", 0), ("dan", 0), ("ada", 0)]
    assert ada_and_dan == [("dan", 0), ("ada", 0)]
    # Cat complains, and again: she is answered, and gets no further forward.
    happened("2026-03-01", "cat", "complaint")
    assert happened("2026-03-09", "cat", "reopened") == [("bob", 0), ("cat", 0), ("dan", 0), ("ada", 0)]
    # Ada pays her bill two days before it is due, Bob his a day late.
    assert happened("2026-04-08", "ada", "paid", due="2026-04-10")[0] == ("ada", 1)
    assert happened("2026-04-11", "bob", "paid", due="2026-04-10") == [("ada", 1), ("bob", 0), ("cat", 0), ("dan", 0)]
    # Dan tells what he did not like: that is worth as much.
    assert happened("2026-05-01", "dan", "feedback", topic="waiting", value=-1)[:2] == [("dan", 1), ("ada", 1)]
    # Ada brings Bob: a point for it, and half of what he is worth.
    assert happened("2026-06-01", "ada", "referral", ref="bob") == [("ada", 2), ("dan", 1), ("bob", 0), ("cat", 0)]
    # The staff see why.
    decision = planned(events).explain(0)
    assert decision.sentence == (
        "All right 1 Dec 2026: service 30 Nov 2026 + 1 day; 10:00 in Europe/London; telephone call: no consent needed "
        "for service; goodwill raises its priority by 2 (payment and referral)."
    )
    # A shop that does not want it says so, and value alone decides: Bob's 1,200, half of it for Ada, Cat's 360.
    assert turns(planned(events, goodwill=[])) == [("bob", 0), ("ada", 0), ("cat", 0), ("dan", 0)]


def test_goodwill_lasts_a_year() -> None:
    paid = [{"customer": "ada", "kind": "paid", "at": "2025-12-02"}]
    assert turns(planned(paid))[0] == ("ada", 1)
    paid = [{"customer": "ada", "kind": "paid", "at": "2025-12-01"}]
    assert {priority for _, priority in turns(planned(paid))} == {0}


def test_the_worth_of_a_customer_is_a_condition() -> None:
    events: list[dict[str, Any]] = [
        {"customer": "bob", "kind": "purchase", "at": "2026-02-02", "value": 400},
        {"customer": "cat", "kind": "purchase", "at": "2026-02-03", "value": 120},
        {"customer": "ada", "kind": "referral", "at": "2026-06-01", "ref": "bob"},
    ]
    rules = courtesy.Rules([{**ASK, "when": {"lifetime_value": {"min": 500}}}], {"holds": []})
    plan = courtesy.plan(CUSTOMERS, SERVICED + events, rules, start="2026-11-30", days=14)
    assert {row.customer for row in plan.planned} == {"ada", "bob"}
    assert plan.explain(plan.withheld[0]).sentence.endswith("condition not met: lifetime value is at least 500.")


@pytest.mark.parametrize("kind", ["complaint", "reopened", "broken"])
def test_complaints_never_raise_a_priority(kind: str) -> None:
    with pytest.raises(courtesy.RuleError, match="complaints never raise a priority"):
        courtesy.Rules([ASK], {"goodwill": ["paid", kind]})


def test_the_priority_is_that_of_the_due_in_every_form() -> None:
    paid = [{"customer": "ada", "kind": "paid", "at": dt.date(2026, 11, 1)}]
    plan = planned(paid)
    assert plan.to_arrow()["priority"].to_pylist() == [row.priority for row in plan] == [1, 0, 0, 0]
