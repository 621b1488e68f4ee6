"""What is always true of promises, gestures, goodwill and introductions, whatever the books and the rules hold.

100 examples of each law, and the fiftieth part of COURTESY_CASES where that is more.
"""

from __future__ import annotations

import collections
import datetime as dt
import os
from typing import Any
from zoneinfo import ZoneInfo

from drawn_books import cases
from drawn_policies import policies
from drawn_rules import meetings
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_books import Books
from plain_days import DAY, texts
from plain_differences import differences
from plain_model import Row
from plain_promises import Promises
from planners import Case, Planner, keys_of

EXAMPLES = max(100, int(os.environ.get("COURTESY_CASES", "0")) // 50)
examples = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
unhindered = policies.map(lambda policy: {**policy, "caps": [], "capacity": [], "merge": False})


def shop_of(case: Case) -> ZoneInfo:
    return ZoneInfo(case.rules["shop"]["zone"])


# ---- promises ----


@examples
@given(case=cases(), late=st.integers(0, 9))
def test_what_staff_say_too_late_of_a_promise_changes_nothing(planner: Planner, case: Case, late: int) -> None:
    """Of what has passed its due: neither a reminder nor a key comes of saying that it was broken."""
    on_broken = [keys for keys in case.rules["occasion"] if "broken" in texts(keys.get("on"))]
    if not on_broken:
        return
    # Budgets name occasions that are left out.
    policy = {key: value for key, value in case.rules.get("policy", {}).items() if key != "budgets"}
    case = case.but(rules=case.rules | {"occasion": on_broken, "policy": policy})
    books = Books(case.customers, case.events, None, shop_of(case))
    promises = Promises(books)
    said = []
    for customer in case.customers:
        owed = promises.of(customer)
        if any(event["kind"] == "broken" and event["ref"] is None for event in books.events[customer["id"]]):
            # What names nothing may be about the promise, or, where that is settled already, about none.
            continue
        known = [promises.cases.of(promise) for promise in owed]
        for promise, case_of_it in zip(owed, known, strict=True):
            # What is said of a case with another promise may be about that one.
            if known.count(case_of_it) == 1:
                at = max(promises.over(promise), promise["instant"]) + late * DAY + dt.timedelta(seconds=1)
                event = {"id": f"late {promise['id']}", "customer": customer["id"], "kind": "broken", "at": at}
                said.append(event | {"ref": promise["id"]})
    found, expected = planner.rows(case.with_events(said)), planner.rows(case)
    told = differences(found, expected, case.rules, ("with more said", "as drawn"))
    assert not told, told


# ---- gestures ----


def given_in(case: Case, rows: list[Row]) -> list[Row]:
    """The rows that bring a gesture which is a choice of the shop's."""
    return [row for row in rows if row.gesture and keys_of(case, row)["gestures"] != "compensation"]


@examples
@given(case=cases(policy=unhindered))
def test_no_month_spends_more_than_its_budget(planner: Planner, case: Case) -> None:
    spent: dict[tuple[int, int], list[Row]] = collections.defaultdict(list)
    for row in given_in(case, planner.rows(case)):
        day = row.due.astimezone(shop_of(case))
        spent[day.year, day.month].append(row)
    for budget in case.rules["policy"].get("budgets", []):
        for rows in spent.values():
            counted = [row.cost or 0 for row in rows if row.occasion in budget.get("occasions", [row.occasion])]
            assert sum(counted) <= budget["most"] + 1e-9, budget


@examples
@given(case=cases(policy=unhindered))
def test_nobody_is_given_the_same_twice_running(planner: Planner, case: Case) -> None:
    last: dict[Any, Row] = {}
    for row in planner.rows(case):
        if not row.gesture or row.state == "withheld":
            continue
        listed = keys_of(case, row)["gestures"]
        before = last.get(row.customer)
        if before and listed != "compensation" and len(listed) > 1:
            assert row.gesture != before.gesture, row
        last[row.customer] = row


@examples
@given(case=cases())
def test_what_is_withheld_without_a_gesture_costs_nothing(planner: Planner, case: Case) -> None:
    for row in planner.rows(case):
        assert (row.gesture is None) == (row.cost is None), row
        if row.reason in ("over_budget", "not_granted"):
            assert row.gesture is None, row


# ---- goodwill ----


@examples
@given(case=cases(), kind=st.sampled_from(["complaint", "reopened", "broken"]), at=st.integers(-30, 30))
def test_a_complaint_raises_no_priority(planner: Planner, case: Case, kind: str, at: int) -> None:
    more = [
        {"id": f"more {customer['id']}", "customer": customer["id"], "kind": kind, "at": case.start + at * DAY}
        for customer in case.customers
    ]
    before = {row.key: row for row in planner.rows(case)}
    for row in planner.rows(case.with_events(more)):
        same_time = row.key in before and before[row.key].due == row.due
        assert not same_time or row.priority == before[row.key].priority, row


# ---- introductions ----


@examples
@given(case=cases(occasions=meetings))
def test_everybody_meets_somebody_else_each_time(planner: Planner, case: Case) -> None:
    # What staff say of a reminder may bring two together again.
    case = case.but(events=[event for event in case.events if not event["id"].startswith("x")])
    agreed = {event["customer"] for event in case.events if event.get("note") == "introduction"}
    partners: dict[tuple[str, dt.date], dict[Any, Any]] = collections.defaultdict(dict)
    for row in planner.rows(case):
        if row.partner:
            known = partners[row.occasion, row.anchor].setdefault(row.customer, row.partner)
            assert known == row.partner, row
            assert row.customer in agreed, row
    met: dict[str, set[frozenset[Any]]] = collections.defaultdict(set)
    for (occasion, _), pairs in sorted(partners.items()):
        for customer, partner in pairs.items():
            assert pairs.get(partner, customer) == customer, (customer, partner)
            assert frozenset([customer, partner]) not in met[occasion], (customer, partner)
        met[occasion] |= {frozenset(pair) for pair in pairs.items()}
