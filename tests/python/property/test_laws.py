"""What is always true of plans, whatever the customers, the events and the rules.

100 examples of each law, and the fiftieth part of COURTESY_CASES where that is more.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from drawn_books import cases
from drawn_policies import policies
from drawn_rules import by_time_and_use
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_books import moment
from plain_days import DAY, clock, longest, months_on, span
from plain_differences import differences
from plain_hours import end_of_quiet
from plain_model import Row
from planners import Case, Planner, keys_of, plan_of

EXAMPLES = max(100, int(os.environ.get("COURTESY_CASES", "0")) // 50)
ALSO_MEANT = {"call": "phone", "letter": "post", "card": "post"}


examples = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)


def said(rows: list[Row]) -> list[Row]:
    """Those that reach somebody."""
    return [row for row in rows if row.state != "withheld"]


def same(found: list[Row], expected: list[Row], case: Case, names: tuple[str, str]) -> None:
    told = differences(found, expected, case.rules, names)
    assert not told, told


def customer_of(case: Case, row: Row) -> dict[str, Any]:
    return next(customer for customer in case.customers if customer["id"] == row.customer)


def zone_of(case: Case, customer: dict[str, Any]) -> ZoneInfo:
    return ZoneInfo(customer["zone"] or case.rules["shop"]["zone"])


def without(policy: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in policy.items() if name not in names}


# ---- the same for the same ----


@examples
@given(case=cases())
def test_any_number_of_threads_gives_the_same_plan(case: Case) -> None:
    one, two, seven = (list(plan_of(case, threads)) for threads in (1, 2, 7))
    assert one == two == seven


@examples
@given(case=cases(), shuffle=st.randoms(use_true_random=False))
def test_any_order_of_the_rows_gives_the_same_plan(planner: Planner, case: Case, shuffle: random.Random) -> None:
    tables = {name: getattr(case, name) for name in ("customers", "events", "assets")}
    shuffled = case.but(**{name: shuffle.sample(table, len(table)) for name, table in tables.items()})
    same(planner.rows(shuffled), planner.rows(case), case, ("shuffled", "as drawn"))


@examples
@given(case=cases(), half=st.integers(1, 45))
def test_two_halves_of_a_window_give_what_the_whole_gives(planner: Planner, case: Case, half: int) -> None:
    # What was due in the days before has gone out, as in a shop that plans every day: nothing of it is deferred twice.
    before = case.but(start=case.start - 100 * DAY, end=case.start)
    if in_vain(planner, before):
        return
    case = case.with_events(planner.contacts(before))
    middle = case.start + min(half, (case.end - case.start).days) * DAY
    first = case.but(end=middle)
    halves = [first, case.with_events(planner.contacts(first)).but(start=middle)]
    found = [row for part in halves if part.start < part.end for row in planner.rows(part) if row.reason != "sent"]
    expected = [row for row in planner.rows(case) if row.reason != "sent"]
    if not in_vain(planner, case):
        same(found, expected, case, ("halves", "whole"))


def in_vain(planner: Planner, case: Case) -> bool:
    """Whether a gesture or an introduction was withheld in the end: a part of the window does not know of it."""
    meeting = {keys["name"] for keys in case.rules["occasion"] if "match" in keys}
    if any("business" in str(keys.get("steps")) for keys in case.rules["occasion"] if keys["name"] in meeting):
        # There other occurrences are looked at from another day on.
        return True
    rows = [row for row in planner.rows(case) if row.state == "withheld"]
    made = [row for row in rows if row.occasion in meeting and row.reason not in ("no_match", "not_agreed", "sent")]
    return bool(made) or any(row.gesture for row in rows)


# ---- what does not matter ----


@examples
@given(case=cases(policy=policies.map(lambda policy: without(policy, "capacity", "budgets"))))
def test_a_customer_more_changes_nothing_for_the_others(planner: Planner, case: Case) -> None:
    alone = [keys for keys in case.rules["occasion"] if "match" not in keys]
    occasions = [keys for keys in alone if not isinstance(keys.get("silent"), dict)]
    if not occasions:
        return
    case = case.but(rules=case.rules | {"occasion": occasions})
    # Somebody to whom the same happened as to the first one, and who lives elsewhere.
    new = {**case.customers[0], "id": "new", "household": "of the new", "address": "9 Elsewhere"}
    events = [
        {**event, "id": f"new {event['id']}", "customer": "new", "asset": None}
        for event in case.events
        if event["customer"] == case.customers[0]["id"]
    ]
    found = planner.rows(case.with_events(events).but(customers=[new, *case.customers]))
    same([row for row in found if row.customer != "new"], planner.rows(case), case, ("with one more", "without"))


@examples
@given(case=cases(occasions=by_time_and_use), wrong=st.integers(-3, 3), late=st.integers(0, 20))
def test_no_reading_changes_a_key(planner: Planner, case: Case, wrong: int, late: int) -> None:
    """Where time decides at the latest, whatever the meter says: over a wide window the reminders are the same."""
    wide = case.but(start=dt.date(2020, 1, 1), end=dt.date(2032, 1, 1))
    events = [
        {**event, "value": max(0, event["value"] + 700 * wrong * (number % 3)), "at": event["at"] + late * DAY}
        if event["kind"] == "reading"
        else event
        for number, event in enumerate(case.events)
    ]
    found, expected = planner.rows(wide.but(events=events)), planner.rows(wide)
    assert {row.key for row in found} == {row.key for row in expected}


# ---- what never happens ----


@examples
@given(case=cases())
def test_nobody_is_contacted_in_quiet_hours(planner: Planner, case: Case) -> None:
    policy = case.rules["policy"]
    for row in said(planner.rows(case)):
        if row.reason == "send_now" or keys_of(case, row).get("audience") == "staff":
            continue
        customer = customer_of(case, row)
        quiet = [(customer["quiet_from"], customer["quiet_to"])] if customer["quiet_from"] else []
        quiet += [(policy["quiet_hours"]["from"], policy["quiet_hours"]["to"])] if "quiet_hours" in policy else []
        wall = row.due.astimezone(zone_of(case, customer)).replace(tzinfo=None)
        assert not any(end_of_quiet((clock(begin), clock(end)), wall) for begin, end in quiet), row


@examples
@given(case=cases())
def test_nobody_is_contacted_who_withdrew_the_consent(planner: Planner, case: Case) -> None:
    for row in said(planner.rows(case)):
        zone, purpose = zone_of(case, customer_of(case, row)), keys_of(case, row)["purpose"]
        spoken = [
            (instant_of(event["at"], zone), event["id"], event["kind"])
            for event in case.events
            if event["customer"] == row.customer
            and event["kind"] in ("consent", "withdrawal")
            and event["channel"] in (None, row.channel, ALSO_MEANT.get(row.channel))
            and (event["note"] == purpose or (event["kind"] == "consent" and event["note"] is None))
        ]
        heard = [kind for at, _, kind in sorted(spoken) if at <= row.due]
        assert not heard or heard[-1] == "consent", row


def instant_of(at: dt.date, zone: ZoneInfo) -> dt.datetime:
    at = moment(at)
    return at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time(), zone).astimezone(dt.timezone.utc)


class Contact(NamedTuple):
    day: dt.date
    homes: dict[str, Any]
    purposes: set[str] | None  # None: of every purpose
    row: Row | None  # nothing for one that is known from the events


@examples
@given(case=cases(policy=policies.map(lambda policy: {**policy, "merge": False})))
def test_no_run_of_days_has_more_contacts_than_a_cap_allows(planner: Planner, case: Case) -> None:
    contacts = []
    for event in case.events:
        if event["kind"] == "contact" and event["channel"] != "desk":
            customer = customer_of(case, Row(**dict.fromkeys(Row._fields) | {"customer": event["customer"]}))
            at = event["at"]
            day = at.astimezone(zone_of(case, customer)).date() if isinstance(at, dt.datetime) else at
            contacts.append(Contact(day, customer, {event["note"]} if event.get("note") else None, None))
    for row in said(planner.rows(case)):
        if row.channel != "desk":
            customer = customer_of(case, row)
            day = row.due.astimezone(zone_of(case, customer)).date()
            contacts.append(Contact(day, customer, {keys_of(case, row)["purpose"]}, row))
    for cap in case.rules["policy"].get("caps", []):
        counted = [each for each in contacts if each.purposes is None or each.purposes & set(cap["purposes"])]
        for contact in counted:
            if contact.row is None or contact.row.reason == "send_now":
                continue
            scope = cap.get("scope", "customer")
            who = scope if scope != "customer" and contact.homes[scope] else "id"
            # What staff send at once later on is not refused, even where that is one too many.
            days = [
                other.day
                for other in counted
                if other.homes[who] == contact.homes[who] and (other.row is None or other.day <= contact.day)
            ]
            assert longest_run(days, cap["per"], contact.day) <= cap["most"], contact.row


def longest_run(days: list[dt.date], per: str, day: dt.date) -> int:
    """The most of these days on one run of so many days with ``day`` in it."""
    by = span(per)
    most = 0
    for back in range(longest(by) + 1):
        begin = day - back * DAY
        end = months_on(begin, by.months) + by.days * DAY
        most = max(most, sum(begin <= other < end for other in days) if day < end else 0)
    return most


@examples
@given(case=cases())
def test_no_key_stands_for_two_rows(planner: Planner, case: Case) -> None:
    rows = planner.rows(case)
    assert len({row.key for row in rows}) == len(rows)
