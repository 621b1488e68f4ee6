"""A garage introduces its customers to each other, month by month, and only those who said that they would like it.

On the first Tuesday of each month at six in the evening: 1 September, 6 October, 3 November and 1 December 2026,
5 January 2027.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import courtesy

MEET = {
    "name": "meet",
    "rrule": "FREQ=MONTHLY;BYDAY=1TU",
    "at": "18:00",
    "match": {"tags": True, "assets": "model", "near": "town"},
}
DRIVES = {
    "name": "sunday-drivers",
    "rrule": "FREQ=MONTHLY;BYDAY=1SU",
    "match": {"club": "Sunday drivers", "tags": ["classic"]},
}
CUSTOMERS = [
    {"id": "ada", "town": "Leeds", "tags": ["classic", "walking"]},
    {"id": "bob", "town": "Leeds", "tags": ["classic"]},
    {"id": "cat", "town": "Leeds", "tags": ["walking"]},
    {"id": "dan", "town": "York", "tags": ["classic", "walking"]},
]
ASSETS = [
    {"id": "v-1", "customer": "ada", "model": "MX-5"},
    {"id": "v-2", "customer": "bob", "model": "MX-5"},
    {"id": "v-3", "customer": "cat", "model": "Mini"},
    {"id": "v-4", "customer": "dan", "model": "MX-5"},
]


class Garage:
    """What happened, and what each month brings. What is planned goes out."""

    def __init__(self, *occasions: dict[str, Any]) -> None:
        self.rules = courtesy.Rules(list(occasions), {"holds": []}, {"zone": "Europe/London"})
        self.customers = [dict(customer) for customer in CUSTOMERS]
        self.events: list[dict[str, Any]] = []

    def happened(self, at: str, customer: str, kind: str, note: str | None = None) -> None:
        self.events.append({"customer": customer, "kind": kind, "at": at, "note": note})

    def plan(self, month: str) -> courtesy.Plan:
        start = dt.date.fromisoformat(f"{month}-01")
        until = (start + dt.timedelta(days=31)).replace(day=1)
        return courtesy.plan(self.customers, self.events, self.rules, ASSETS, start=start, until=until)

    def month(self, month: str) -> dict[str, str]:
        """To whom each customer is introduced, or why to nobody."""
        plan = self.plan(month)
        self.events += plan.contacts()
        return {str(row.customer): row.partner or row.reason for row in plan}


def test_two_who_agreed_are_introduced_once_and_one_withdraws() -> None:
    garage = Garage(MEET)
    # Nobody has agreed: nobody hears of anybody.
    garage.happened("2026-08-20", "ada", "purchase")
    assert set(garage.month("2026-08").values()) == {"not_agreed"}
    # Ada agrees, and is alone with it.
    garage.happened("2026-08-25", "ada", "consent", "introduction")
    assert garage.month("2026-09")["ada"] == "no_match"
    # Bob, Cat and Dan agree. Ada and Bob love old cars and drive the same model; Dan lives elsewhere.
    for who in ("bob", "cat", "dan"):
        garage.happened("2026-09-15", who, "consent", "introduction")
    assert garage.month("2026-10") == {"ada": "bob", "bob": "ada", "cat": "no_match", "dan": "no_match"}
    # They know each other now. Ada and Cat both like to walk.
    assert garage.month("2026-11") == {"ada": "cat", "bob": "no_match", "cat": "ada", "dan": "no_match"}
    # Asked again, November is what it was.
    again = garage.plan("2026-11")
    assert [row.reason for row in again if row.customer in ("ada", "cat")] == ["sent", "sent"]
    # Dan moves to Leeds, but Ada has had enough of it: she is left alone, and hears of all else as before.
    garage.customers[3]["town"] = "Leeds"
    garage.happened("2026-11-20", "ada", "withdrawal", "introduction")
    december = {"ada": "not_agreed", "bob": "dan", "cat": "no_match", "dan": "bob"}
    assert garage.month("2026-12") == december
    assert garage.month("2027-01") == {"ada": "not_agreed", "bob": "no_match", "cat": "dan", "dan": "cat"}


def test_a_withdrawal_on_the_day_itself_is_heard() -> None:
    garage = Garage(MEET)
    for who in ("ada", "bob", "cat"):
        garage.happened("2026-09-15", who, "consent", "introduction")
    assert garage.plan("2026-10").filter(customer="ada")[0].partner == "bob"
    garage.happened("2026-10-06T09:00Z", "bob", "withdrawal")
    # Of everything: so nothing at all goes to Bob, and Ada meets Cat instead.
    assert garage.month("2026-10") == {"ada": "cat", "bob": "consent_withdrawn", "cat": "ada", "dan": "not_agreed"}


def test_an_introduction_explains_itself_without_telling_what_both_love() -> None:
    garage = Garage(MEET)
    for who in ("ada", "bob"):
        garage.happened("2026-09-15", who, "consent", "introduction")
    plan = garage.plan("2026-10")
    decision = plan.explain(plan.filter(customer="ada")[0])
    (introduced,) = (reason for reason in decision.reasons if reason.code == "introduced")
    assert introduced.data == {"partner": "bob", "shared": "MX-5, classic, same town"}
    assert decision.sentence.endswith("e-mail: consent not withdrawn; introduced to bob.")
    (nobody,) = plan.why_not("dan", "meet")
    assert nobody.sentence.endswith("the customer has not agreed to be introduced to others.")


def test_a_club_is_told_of_once() -> None:
    garage = Garage(DRIVES)
    for who in ("ada", "cat", "dan"):
        garage.happened("2026-09-15", who, "consent", "introduction")
    club = "Sunday drivers"
    assert garage.month("2026-10") == {"ada": club, "bob": "not_agreed", "cat": "no_match", "dan": club}
    assert [event["topic"] for event in garage.events if event["kind"] == "contact"] == [club, club]
    assert garage.month("2026-11") == {"ada": "no_match", "bob": "not_agreed", "cat": "no_match", "dan": "no_match"}


def test_whole_numbers_are_introduced_as_well() -> None:
    customers = [{"id": 7, "town": "Leeds"}, {"id": 8, "town": "Leeds"}]
    rules = courtesy.Rules([{**MEET, "match": {"near": "town"}}])
    events: list[dict[str, Any]] = [
        {"customer": who, "kind": "consent", "at": "2026-09-15", "note": "introduction"} for who in (7, 8)
    ]
    october = courtesy.plan(customers, events, rules, start="2026-10-01", days=31)
    assert [(row.customer, row.partner) for row in october] in ([(7, "8"), (8, "7")], [(8, "7"), (7, "8")])
    november = courtesy.plan(customers, events + october.contacts(), rules, start="2026-11-01", days=30)
    assert {row.reason for row in november} == {"no_match"}


def test_assets_that_nobody_has_given_are_missed() -> None:
    rules = courtesy.Rules([MEET])
    with pytest.raises(courtesy.DataError, match=r"by 'model' of their assets, and there is no table of assets$"):
        courtesy.plan(CUSTOMERS, [], rules, start="2026-10-01", days=31)
