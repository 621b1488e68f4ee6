"""Downtime: what `late` and `expires` decide when nobody was there for a second, an hour, a day, a month or a year."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from shop import START, UTC, Shop, purchase

import courtesy

# Each day at 9 from 1 December on, one reminder for the one customer.
FIRST = dt.datetime(2026, 12, 1, 9, tzinfo=UTC)
AWAY = {
    "a second": dt.timedelta(seconds=1),
    "an hour": dt.timedelta(hours=1),
    "a day": dt.timedelta(days=1, hours=3),
    "a month": dt.timedelta(days=30, hours=3),
    "a year": dt.timedelta(days=365, hours=3),
}
# How many go out of those that came due meanwhile: 1, 1, 2, 31 and 366. Late is what is more than an hour past its due.
WENT_OUT = {
    # late, expires: by how long nobody was there
    ("once", None): (1, 1, 1, 1, 1),
    ("all", None): (1, 1, 2, 31, 366),
    ("skip", None): (1, 1, 0, 0, 0),
    # After two hours each is worth nothing: that is asked first.
    ("once", "2 hours"): (1, 1, 0, 0, 0),
    ("all", "2 hours"): (1, 1, 0, 0, 0),
    ("skip", "2 hours"): (1, 1, 0, 0, 0),
    # After two days: of all, today's and yesterday's.
    ("once", "2 days"): (1, 1, 1, 1, 1),
    ("all", "2 days"): (1, 1, 2, 2, 2),
    ("skip", "2 days"): (1, 1, 0, 0, 0),
}


@pytest.mark.parametrize(
    ("late", "expires", "away"), [(*rule, away) for rule, away in itertools.product(WENT_OUT, AWAY)]
)
def test_what_goes_out_after_nobody_was_there(tmp_path: Path, late: str, expires: str | None, away: str) -> None:
    daily = courtesy.Occasion(
        "daily", rrule="FREQ=DAILY", start=START.date(), at="09:00", channels=["email"], late=late, expires=expires
    )
    shop = Shop(tmp_path, [daily])
    shop.store.customers.upsert([{"id": 17}])
    shop.refresh()
    shop.clock.now = FIRST + AWAY[away]
    shop.refresh()
    went = shop.work()
    assert len(went) == WENT_OUT[late, expires][list(AWAY).index(away)]
    # Whatever came due went out or has expired, each once, and the audit knows of each.
    due = [row for row in shop.rows() if row["due"] <= shop.clock.now]
    assert len(due) == AWAY[away].days + 1
    assert {row["state"] for row in due} <= {"sent", "expired"}
    for row in due:
        if row["state"] == "expired":
            [state, why] = shop.why(row["key"])[-1]
            assert state == "expired"
            assert why in ("late", "expired")
    # And nothing comes after.
    shop.refresh(everybody=True)
    assert shop.work() == []
    shop.store.close()


def test_late_is_decided_at_the_claim_as_well(tmp_path: Path) -> None:
    """The refresh was in time and the sender was not."""
    daily = courtesy.Occasion("daily", rrule="FREQ=DAILY", start=START.date(), at="09:00", channels=["email"])
    shop = Shop(tmp_path, [daily])
    shop.store.customers.upsert([{"id": 17}])
    shop.refresh()
    shop.clock.now = FIRST + dt.timedelta(days=5, minutes=10)
    assert len(shop.work()) == 1
    [latest] = shop.rows(state="sent")
    assert latest["due"] == FIRST + dt.timedelta(days=5)
    assert len(shop.rows(state="expired")) == 5
    shop.store.close()


def test_each_customer_s_latest_goes_out(tmp_path: Path) -> None:
    daily = courtesy.Occasion("daily", rrule="FREQ=DAILY", start=START.date(), at="09:00", channels=["email"])
    shop = Shop(tmp_path, [daily])
    shop.store.customers.upsert([{"id": 17}, {"id": 18, "zone": "Asia/Tokyo"}])
    shop.refresh()
    shop.clock.go(days=7)
    shop.refresh()
    shop.work()
    assert sorted(row["customer"] for row in shop.rows(state="sent")) == [17, 18]
    shop.store.close()


# --- activation


def test_ten_years_of_history_make_nothing_old_due(tmp_path: Path) -> None:
    thanks = courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00", late="all")
    years = courtesy.Occasion("anniversary", yearly="purchase", of="each", at="10:00", late="all")
    shop = Shop(tmp_path, [thanks, years])
    shop.store.customers.upsert([{"id": 17}])
    days = [START.date() - dt.timedelta(days=number) for number in range(0, 3653, 7)]
    shop.store.events.append([purchase(17, day) for day in days])
    shop.refresh()
    assert {row["due"] >= START for row in shop.rows()} == {True}
    # Of today's purchase tomorrow, and the anniversaries of the coming weeks.
    assert [row["occasion"] for row in shop.rows()].count("thank-you") == 1
    assert shop.work() == []
    shop.store.close()


def test_a_rule_that_is_new_makes_nothing_old_due_and_leaves_the_others_alone(tmp_path: Path) -> None:
    thanks = courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00", channels=["email"])
    again = courtesy.Occasion("again", on="purchase", after="10 days", at="10:00", channels=["email"], late="all")
    shop = Shop(tmp_path, [thanks])
    shop.store.customers.upsert([{"id": 17}, {"id": 18}])
    shop.store.events.append([purchase(17, START.date())])
    shop.refresh()
    shop.clock.go(days=14)
    shop.store.events.append([purchase(18, shop.clock.now.date())])
    shop.reopen([thanks, again])
    shop.refresh()
    # That of 17 would have been ten days after the first.
    assert [(row["occasion"], row["customer"]) for row in shop.rows() if row["due"] > shop.clock.now] == [
        ("thank-you", 18),
        ("again", 18),
    ]
    assert [row["occasion"] for row in shop.rows(customer=17)] == ["thank-you"]
    shop.store.close()


def test_a_rule_that_is_gone_takes_back_what_has_not_gone_out(tmp_path: Path) -> None:
    thanks = courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00", channels=["email"])
    again = courtesy.Occasion("again", on="purchase", after="10 days", at="10:00", channels=["email"])
    shop = Shop(tmp_path, [thanks, again])
    shop.store.customers.upsert([{"id": 17}])
    shop.store.events.append([purchase(17, START.date())])
    shop.refresh()
    shop.reopen([thanks])
    shop.refresh()
    assert {row["occasion"]: row["state"] for row in shop.rows()} == {"thank-you": "planned", "again": "withdrawn"}
    shop.store.close()
