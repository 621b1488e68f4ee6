"""Tables of a plan for people's eyes: what is merged stands under the reminder whose contact says it."""

from __future__ import annotations

import re

import pytest

import courtesy
from courtesy.overview import together, totals


@pytest.fixture
def plan() -> courtesy.Plan:
    """Two customers who bought the same day: three reminders, of which the one of the highest priority says all."""
    names = [("mats", 1), ("thank-you", 2), ("tips", 0)]
    rules = courtesy.Rules(
        [{"name": name, "on": "purchase", "after": "1 day", "priority": priority} for name, priority in names],
        policy={"merge": True},
    )
    customers = [{"id": 1, "status": "active"}, {"id": 2, "status": None}, {"id": 3, "status": "closed"}]
    events = [{"customer": number, "kind": "purchase", "at": "2026-12-01"} for number in (1, 2, 3)]
    return courtesy.plan(customers, events, rules, start="2026-12-01", days=7)


def test_what_is_merged_follows_its_contact(plan: courtesy.Plan) -> None:
    rows = [(row.customer, row.occasion, placed) for _, row, placed in together(plan) if row.state != "withheld"]
    for number in (1, 2):
        at = rows.index((number, "thank-you", False))
        assert sorted(rows[at + 1 : at + 3]) == [(number, "mats", True), (number, "tips", True)]
    assert sorted(position for position, _, _ in together(plan)) == list(range(9))
    assert all(plan[position] == row for position, row, _ in together(plan))


def test_without_its_contact_it_stands_where_it_is(plan: courtesy.Plan) -> None:
    assert [placed for _, _, placed in together(plan.merged)] == [False] * 4
    assert [row for _, row, _ in together(plan.merged)] == list(plan.merged)


def test_totals(plan: courtesy.Plan) -> None:
    assert totals(plan) == "2 planned, 3 withheld, 4 merged"
    assert totals(plan.withheld) == "0 planned, 3 withheld"


def test_in_a_notebook(plan: courtesy.Plan) -> None:
    html = plan.filter(customer=1)._repr_html_()
    assert "<caption>1 planned, 0 withheld, 2 merged, " in html
    rows = re.findall(r'<tr class="([^"]+)">(.*?)</tr>', html)
    assert [style for style, _ in rows] == ["planned", "merged with", "merged with"]
    assert all(cells.startswith("<td></td><td></td><td></td><td></td><td>+ ") for _, cells in rows[1:])


def test_the_team_stands_with_the_audience() -> None:
    rules = courtesy.Rules([{"name": "a", "on": "purchase", "audience": "staff", "team": "front desk"}])
    plan = courtesy.plan(
        [{"id": 1}], [{"customer": 1, "kind": "purchase", "at": "2026-12-01"}], rules, start="2026-12-01", days=7
    )
    assert "<td>desk</td><td>staff (front desk)</td>" in plan._repr_html_()
