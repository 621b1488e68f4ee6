"""A plan is a sequence like any other, and each of its rows can be explained, whatever it was made from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies

import courtesy

RULES = courtesy.Rules(
    [
        {"name": "thank-you", "on": "purchase", "after": "1 day", "at": "10:00", "until": "return"},
        {"name": "hours", "on": "purchase", "after": "30 hours", "expires": "2 hours"},
        {"name": "birthday", "yearly": "birthday", "leap": "mar1", "move": "next business day"},
        {
            "name": "service",
            "every": {"months": 1, "km": 500},
            "since": "service",
            "purpose": "service",
            "steps": [{"before": "3 days"}, {"after": "1 business day", "audience": "staff"}],
        },
    ],
    policy={"quiet_hours": {"from": "20:00", "to": "08:00"}, "business_days": {"weekend": ["sat", "sun"]}},
    shop={"zone": "Europe/London"},
)
START = dt.date(2026, 3, 20)
DAYS = 20

CUSTOMER = strategies.fixed_dictionaries(
    {
        "zone": strategies.sampled_from([None, "Europe/London", "America/New_York", "Asia/Tokyo", "+05:30"]),
        "birthday": strategies.none() | strategies.dates(dt.date(1930, 1, 1), dt.date(2010, 12, 31)),
        "status": strategies.sampled_from([None, "active", "closed"]),
        "email": strategies.sampled_from([None, "someone@example.org"]),
        "phone": strategies.sampled_from([None, "1"]),
    }
)
EVENT = strategies.fixed_dictionaries(
    {
        "customer": strategies.integers(0, 4),
        "kind": strategies.sampled_from(["purchase", "service", "reading", "return", "consent", "withdrawal"]),
        "at": strategies.datetimes(
            dt.datetime(2026, 1, 1),  # noqa: DTZ001 - the zone is drawn beside it
            dt.datetime(2026, 4, 10),  # noqa: DTZ001
            timezones=strategies.just(dt.timezone.utc),
        ),
        "value": strategies.none() | strategies.integers(0, 5000),
        "unit": strategies.sampled_from([None, "km"]),
    }
)


@strategies.composite
def plans(draw: strategies.DrawFn) -> courtesy.Plan:
    customers: list[dict[str, Any]] = draw(strategies.lists(CUSTOMER, min_size=5, max_size=5))
    events = draw(strategies.lists(EVENT, max_size=25))
    # One of each kind, so that no rule is warned of.
    events += [{"customer": 0, "kind": kind, "at": dt.date(2020, 1, 1)} for kind in ("purchase", "return", "service")]
    customers = [{"id": number, **cells} for number, cells in enumerate(customers)]
    return courtesy.plan(customers, events, RULES, start=START, days=DAYS)


@pytest.mark.filterwarnings("ignore:events. .* repeat another")
class TestAnyPlan:
    @hypothesis.given(plans(), strategies.slices(30))
    def test_a_slice_is_what_a_list_s_slice_is(self, plan: courtesy.Plan, part: slice) -> None:
        assert list(plan[part]) == list(plan)[part]

    @hypothesis.given(plans())
    def test_planned_and_withheld_are_all_of_it(self, plan: courtesy.Plan) -> None:
        rows = list(plan)
        assert sorted([*plan.planned, *plan.withheld], key=lambda row: (row.due, row.key)) == rows
        for customer in range(5):
            assert list(plan.filter(customer=customer)) == [row for row in rows if row.customer == customer]

    @hypothesis.given(plans())
    def test_every_row_is_in_the_window_and_explained_by_its_reason(self, plan: courtesy.Plan) -> None:
        start, end = plan.window
        for row in plan:
            assert row.due is not None
            assert start <= row.due < end
            decision = plan.explain(row)
            assert decision.reminder == row
            assert decision.reasons[-1].code == row.reason
            assert decision in plan.why_not(row.customer, row.occasion)

    @hypothesis.given(plans())
    def test_keys_are_unique(self, plan: courtesy.Plan) -> None:
        assert len({row.key for row in plan}) == len(plan)
