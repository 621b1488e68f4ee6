"""Rules that count business days and opening hours: the plan says what OpeningHours and Workdays say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import courtesy

SHOP = {"zone": "Europe/London"}
POLICY = {
    "business_days": {"country": "GB", "subdivision": "ENG", "holidays": ["2026-12-24"]},
    "opening_hours": {"mon-fri": "08:00-12:00, 13:00-17:00", "sat": "09:00-13:00"},
    "channels": ["visit"],
}
DAYS = courtesy.Workdays("GB", "ENG", holidays="2026-12-24")
HOURS = courtesy.OpeningHours(POLICY["opening_hours"], "Europe/London", DAYS)  # type: ignore[arg-type]


def planned(moment: Any, start: str = "2026-01-01", days: int = 730, **keys: Any) -> list[dt.datetime]:
    rules = courtesy.Rules([{"name": "call back", "on": "complaint", "purpose": "recovery", **keys}], POLICY, SHOP)
    events = [{"customer": 1, "kind": "complaint", "at": moment}]
    made = courtesy.plan([{"id": 1}], events, rules, start=start, days=days)
    return [reminder.due for reminder in made]


MOMENTS = ["2026-11-27T16:30Z", "2026-11-28T12:30Z", "2026-07-04T10:00Z", "2026-12-23T16:00Z", "2026-12-25T10:00Z"]


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize(("text", "hours"), [("30 opening minutes", 0.5), ("4 opening hours", 4),
                                             ("100 opening hours", 100)])  # fmt: skip
def test_opening_hours_are_counted(at: str, text: str, hours: float) -> None:
    due = HOURS.add(at, dt.timedelta(hours=hours))
    assert planned(at, after=text) == [due]
    # It is found in the window that it falls into, and in no other.
    edge = due.astimezone(dt.timezone.utc).isoformat()
    minute = dt.timedelta(minutes=1)
    assert planned(at, after=text, start=edge, days=1) == [due]
    assert planned(at, after=text, start=(due - minute * 1440).astimezone(dt.timezone.utc).isoformat(), days=1) == []


@pytest.mark.parametrize("at", MOMENTS)
def test_steps_count_opening_hours_too(at: str) -> None:
    steps = [{"after": "2 opening hours"}, {"before": "1 opening hour"}, {"after": "1 day 2 hours"}]
    due = HOURS.add(at, dt.timedelta(hours=4))
    local = due.replace(tzinfo=None) + dt.timedelta(days=1)
    expected = [
        HOURS.add(due, dt.timedelta(hours=2)),
        HOURS.add(due, -dt.timedelta(hours=1)),
        courtesy.to_utc(local, "Europe/London") + dt.timedelta(hours=2),
    ]
    assert sorted(planned(at, after="4 opening hours", steps=steps)) == sorted(expected)


def test_what_expires_by_opening_hours_is_withheld_after_them() -> None:
    # Quiet hours until Monday morning; two opening hours later it is too late on Saturday already.
    rules = courtesy.Rules(
        [
            {
                "name": "call back",
                "on": "complaint",
                "after": "1 hour",
                "expires": "2 opening hours",
                "purpose": "recovery",
            }
        ],
        POLICY | {"quiet_hours": {"from": "10:00", "to": "09:59"}},
        SHOP,
    )
    for at, state in [("2026-11-28T09:30Z", "withheld"), ("2026-11-28T16:30Z", "planned")]:
        events = [{"customer": 1, "kind": "complaint", "at": at}]
        made = courtesy.plan([{"id": 1}], events, rules, start="2026-11-27", days=9)
        assert [reminder.state for reminder in made] == [state]


@pytest.mark.parametrize("day", ["2026-12-22", "2026-12-23", "2026-12-24", "2026-10-30"])
@pytest.mark.parametrize("count", [1, 3])
def test_business_days_are_those_of_the_country(day: str, count: int) -> None:
    found = planned(day, after=f"{count} business days", at="10:00")
    assert [due.date() for due in found] == [DAYS.add(day, count)]


@pytest.mark.parametrize(("move", "how"), [("next business day", "next"), ("previous business day", "previous"),
                                           ("nearest business day", "nearest"),
                                           ("modified following", "modified following"),
                                           ("modified preceding", "modified preceding")])  # fmt: skip
@pytest.mark.parametrize("day", ["2026-10-31", "2026-11-01", "2026-12-25", "2026-11-25"])
def test_moves_to_business_days(day: str, move: str, how: str) -> None:
    assert [due.date() for due in planned(day, at="10:00", move=move)] == [DAYS.roll(day, how)]


def test_a_day_that_is_moved_back_is_found_in_the_window_it_comes_to() -> None:
    # Saturday 31 October 2026 goes back to Friday, as Monday is in November.
    found = planned("2026-10-31", at="10:00", move="modified following", start="2026-10-30", days=1)
    assert [f"{due:%Y-%m-%d}" for due in found] == ["2026-10-30"]


def test_the_source_of_the_holidays_is_kept() -> None:
    rules = courtesy.Rules([{"name": "thanks", "on": "purchase"}], POLICY, SHOP)
    assert rules.holidays_from == DAYS.source
    assert courtesy.Rules([{"name": "thanks", "on": "purchase"}]).holidays_from == ""


def test_an_unknown_country_is_told_with_its_place() -> None:
    text = """[policy]
business_days = { country = "XX" }

[[occasion]]
name = "thanks"
on = "purchase"
"""
    with pytest.raises(courtesy.RuleError, match=r"line 2, .*'country': there are no holidays for XX"):
        courtesy.Rules.loads(text)


PLACES = [
    # customer's country and subdivision, whose business days are kept
    ("GB", None, courtesy.Workdays("GB", "ENG", holidays="2026-12-24")),
    ("DE", "BW", courtesy.Workdays("DE", "BW")),
    ("de ", " bw", courtesy.Workdays("DE", "BW")),
    ("DE", "HH", courtesy.Workdays("DE")),
    ("DE", None, courtesy.Workdays("DE")),
    ("SA", None, courtesy.Workdays("SA")),
    ("FR", None, DAYS),
    (None, "BW", DAYS),
]


@pytest.mark.filterwarnings("ignore::courtesy.DataWarning")
@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_customers_keep_the_business_days_of_their_places(audience: str) -> None:
    policy = POLICY | {"business_days": POLICY["business_days"] | {"customers": ["DE", "DE-BW", "SA"]}}  # type: ignore[operator]
    occasion = {"name": "note", "on": "visit", "at": "12:00", "move": "next business day", "audience": audience}
    rules = courtesy.Rules([occasion], policy, SHOP)
    customers = [{"id": n, "country": place[0], "subdivision": place[1]} for n, place in enumerate(PLACES)]
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(365)]
    events = [{"customer": row["id"], "kind": "visit", "at": day} for row in customers for day in days]
    made = courtesy.plan(customers, events, rules, start="2026-01-01", days=400)
    found = {(each.customer, each.anchor): each.local.date() for each in made}
    for number, (_, _, own) in enumerate(PLACES):
        kept = own if audience == "customer" else DAYS
        assert [found[number, day] for day in days] == [kept.next(day) for day in days]
    some = next(each for each in made if (each.customer, each.anchor) == (1, dt.date(2026, 1, 6)))
    # Epiphany is a holiday in Baden-Württemberg.
    assert ("is a holiday in DE-BW, so 7 Jan" in str(made.explain(some))) == (audience == "customer")
