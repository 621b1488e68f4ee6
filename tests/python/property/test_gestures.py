"""What is always true of gestures, whatever the customers, the events and the rules.

100 examples of each law, and the fiftieth part of COURTESY_CASES where that is more.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from drawn_books import cases
from drawn_policies import busy_policies, policies
from drawn_rules import busy_occasions, occasions
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_days import DAY
from planners import Case, keys_of, plan_of

import courtesy

EXAMPLES = max(100, int(os.environ.get("COURTESY_CASES", "0")) // 50)
examples = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)

COSTS = {"card": 1.5, "wash": 10, "flowers": 25.1, "wine": 12}
GOLD = {"tier": "gold"}
COMPENSATION = [
    {"name": "voucher", "cost": 20, "when": GOLD},
    {"name": "wash", "cost": 10, "when": {"not": {"tier": "silver"}}},
]
VARIANTS = st.sampled_from([{"name": name, "cost": cost} for name, cost in COSTS.items()]) | st.just(
    {"name": "wine", "cost": 12, "when": GOLD}
)
LISTS = st.lists(VARIANTS, min_size=1, max_size=4, unique_by=lambda found: found["name"])
GIFTS = st.fixed_dictionaries(
    {"gestures": LISTS | LISTS | LISTS | st.just("compensation")},
    optional={"novelty": st.sampled_from(["10 days", "1 month"])},
)
# No cap, no merging and no capacity: what is planned goes out when the gates before them say.
QUIET_POLICIES = policies.map(lambda policy: policy | {"caps": [], "merge": False, "capacity": []})


@st.composite
def giving(draw: st.DrawFn, policy: st.SearchStrategy[Any] = policies | busy_policies, had: bool = True) -> Case:
    """Books whose occasions bring something, where some contacts have brought something before (``had``)."""
    case = draw(cases(policy=policy, occasions=busy_occasions | occasions))
    # What introduces brings nothing.
    rules = [
        keys | (draw(GIFTS) if draw(st.integers(1, 4)) > 1 and "match" not in keys else {})
        for keys in case.rules["occasion"]
    ]
    names = [keys["name"] for keys in rules]
    budget = st.fixed_dictionaries(
        {"most": st.sampled_from([0, 3, 12, 30, 62.7])},
        optional={"occasions": st.lists(st.sampled_from(names), min_size=1, unique=True)} if names else {},
    )
    policy_keys = case.rules["policy"] | {"compensation": COMPENSATION, "budgets": draw(st.lists(budget, max_size=2))}
    topics = st.sampled_from([*COSTS, "voucher", "late", None])
    events = [
        event | {"topic": draw(topics), "value": draw(st.sampled_from([1.5, 10.0, None]))}
        if had and event["kind"] == "contact"
        else event
        for event in case.events
    ]
    return case.but(rules=case.rules | {"policy": policy_keys, "occasion": rules}, events=events)


def contacts_of(case: Case) -> list[dict[str, Any]]:
    return [{"id": f"sent {event['ref']}", **event} for event in plan_of(case).contacts()]


def told(case: Case) -> list[tuple[Any, ...]]:
    return [
        (row.due, row.key, row.customer, row.occasion, row.state, row.reason, row.gesture, row.cost)
        for row in plan_of(case)
        if row.reason != "sent"
    ]


@examples
@given(case=giving(), half=st.integers(1, 45))
def test_two_halves_of_a_window_bring_what_the_whole_brings(case: Case, half: int) -> None:
    case = case.with_events(contacts_of(case.but(start=case.start - 60 * DAY, end=case.start)))
    middle = case.start + min(half, (case.end - case.start).days) * DAY
    first = case.but(end=middle)
    second = case.with_events(contacts_of(first)).but(start=middle)
    assert [row for part in (first, second) if part.start < part.end for row in told(part)] == told(case)


@examples
@given(case=giving(policy=QUIET_POLICIES, had=False))
def test_no_month_spends_more_than_its_budget(case: Case) -> None:
    zone = ZoneInfo(case.rules["shop"]["zone"])
    spent: dict[tuple[int, int, int], float] = defaultdict(float)
    budgets = case.rules["policy"]["budgets"]
    for row in plan_of(case):
        if row.gesture is None or gestures_of(case, row) == "compensation":
            continue
        assert row.due is not None
        assert row.cost is not None
        due = row.due.astimezone(zone)
        for number, budget in enumerate(budgets):
            if row.occasion in budget.get("occasions", [row.occasion]):
                spent[due.year, due.month, number] += row.cost
    assert all(money <= budgets[number]["most"] + 1e-6 for (_, _, number), money in spent.items())


@examples
@given(case=giving(policy=QUIET_POLICIES, had=False))
def test_nobody_is_given_the_same_twice_in_a_row(case: Case) -> None:
    given: dict[Any, list[courtesy.Reminder]] = defaultdict(list)
    for row in plan_of(case):
        if row.gesture is not None:
            given[row.customer].append(row)
    for rows in given.values():
        for before, row in itertools.pairwise(rows):
            gestures = gestures_of(case, row)
            if gestures != "compensation" and len(gestures) > 1:
                assert row.gesture != before.gesture, (before, row)


def gestures_of(case: Case, row: courtesy.Reminder) -> Any:
    return keys_of(case, row)["gestures"]


@examples
@given(case=giving())
def test_explanations_tell_what_the_rows_bring(case: Case) -> None:
    plan = plan_of(case)
    for row in plan:
        decision = plan.explain(row)
        assert decision.reminder == row
        brings = [reason.data["name"] for reason in decision.reasons if reason.code == "gesture"]
        assert brings == ([] if row.gesture is None else [row.gesture])
        assert decision.reasons[-1].code == row.reason


@examples
@given(case=giving(), days=st.integers(1, 20))
def test_a_shorter_window_brings_the_same(case: Case, days: int) -> None:
    """What is due before the end of a window does not depend on what is planned after it."""
    end = min(case.start + days * DAY, case.end)
    if case.start == case.end:
        return
    instant = dt.datetime.combine(end, dt.time(), ZoneInfo(case.rules["shop"]["zone"])).astimezone(dt.timezone.utc)
    assert told(case.but(end=end)) == [row for row in told(case) if row[0] < instant]
