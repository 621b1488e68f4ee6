"""What changes between the refresh and the claim, and clocks and zones that move: nothing doubles, nothing is lost."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shop import START, UTC, Shop, purchase

import courtesy

CARE = courtesy.Occasion(
    "thank-you", on="purchase", after="1 day", at="10:00", channels=["email", "letter"], purpose="care"
)
DUE = dt.datetime(2026, 12, 2, 10, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path, [CARE])
    made.store.customers.upsert([{"id": 17, "email": "a@example.org", "address": "1 High Street"}, {"id": 18}])
    made.store.events.append([purchase(17, START.date())])
    made.refresh()
    made.clock.now = DUE
    yield made
    made.store.close()


def test_a_consent_that_was_withdrawn_a_second_ago_counts(shop: Shop) -> None:
    at = DUE - dt.timedelta(seconds=1)
    shop.store.events.append([{"customer": 17, "kind": "withdrawal", "at": at}])
    assert len(shop.store.claim()) == 0
    [row] = shop.rows()
    assert (row["state"], row["why"]) == ("withdrawn", "consent_withdrawn")


def test_where_one_channel_is_withdrawn_the_next_one_is_taken(shop: Shop) -> None:
    at = DUE - dt.timedelta(seconds=1)
    shop.store.events.append([{"customer": 17, "kind": "withdrawal", "at": at, "channel": "email"}])
    assert len(shop.store.claim(channels="email")) == 0
    [reminder] = shop.store.claim()
    assert reminder.channel == "letter"
    reminder.done()
    assert [row["channel"] for row in shop.rows(state="sent")] == ["letter"]


def test_a_complaint_holds_back_what_was_about_to_go_until_it_is_settled(shop: Shop) -> None:
    shop.store.events.append([{"customer": 17, "kind": "complaint", "at": DUE - dt.timedelta(minutes=1)}])
    assert len(shop.store.claim()) == 0
    [row] = shop.rows()
    assert (row["state"], row["why"]) == ("withdrawn", "on_hold")
    shop.clock.go(hours=1)
    shop.refresh()
    assert shop.work() == []
    shop.store.events.append([{"customer": 17, "kind": "resolution", "at": shop.clock.now}])
    shop.refresh()
    shop.live(24 * 9)
    assert [key for key, _ in shop.sent] == [row["key"]]


@pytest.mark.parametrize(
    ("cells", "why"),
    [({"status": "deceased"}, "deceased"), ({"status": "do_not_contact"}, "do_not_contact"), ({"email": None}, "")],
    ids=["deceased", "do not contact", "no e-mail"],
)
def test_a_customer_s_new_cells_count(shop: Shop, cells: dict[str, Any], why: str) -> None:
    shop.store.customers.upsert([{"id": 17, **cells}])
    claim = shop.store.claim()
    if why:
        [row] = shop.rows()
        assert (row["state"], row["why"]) == ("withdrawn", why)
    else:
        assert [reminder.channel for reminder in claim] == ["letter"]


def test_a_column_that_is_new_counts_for_those_who_have_no_cell_in_it(shop: Shop) -> None:
    """18 has no telephone number, and before there was such a column nobody asked."""
    calls = courtesy.Occasion("call", on="purchase", after="1 day", at="11:00", channels=["call"])
    shop.reopen([calls])
    shop.store.events.append([purchase(18, DUE.date())])
    shop.refresh()
    assert [row["state"] for row in shop.rows(occasion="call", customer=18)] == ["planned"]
    shop.store.customers.upsert([{"id": 17, "phone": "+44 7700 900000"}])
    shop.refresh()
    assert [row["why"] for row in shop.rows(occasion="call", customer=18)] == ["no_channel"]


def test_a_household_hears_no_more_than_its_cap(tmp_path: Path) -> None:
    cap = {"purposes": ["care"], "most": 1, "per": "7 days", "scope": "household"}
    shop = Shop(tmp_path, [CARE], policy={"caps": [cap]})
    shop.store.customers.upsert([{"id": who, "household": "h-1"} for who in (17, 18)])
    shop.store.events.append([purchase(17, START.date())])
    shop.refresh()
    shop.clock.now = DUE
    assert len(shop.work()) == 1
    # The other one of the household buys as well.
    shop.store.events.append([purchase(18, DUE.date())])
    shop.refresh()
    shop.live(24 * 12)
    first, second = (at for _, at in shop.sent)
    assert second - first >= dt.timedelta(days=6, hours=23)
    shop.store.close()


# --- zones

BIRTHDAY = courtesy.Occasion("birthday", yearly="birthday", at="09:00", channels=["email"])


def test_a_customer_who_moves_to_another_zone_is_greeted_there_and_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path, [BIRTHDAY])
    shop.store.customers.upsert([{"id": 17, "birthday": dt.date(1980, 12, 5), "zone": "America/New_York"}])
    shop.refresh()
    [before] = shop.rows()
    assert before["due"] == dt.datetime(2026, 12, 5, 14, tzinfo=UTC)
    shop.store.customers.upsert([{"id": 17, "zone": "Asia/Tokyo"}])
    shop.refresh()
    [after] = shop.rows()
    assert (after["key"], after["due"]) == (before["key"], dt.datetime(2026, 12, 5, 0, tzinfo=UTC))
    shop.live(24 * 5)
    # Back again, in whose zone the hour has not come yet.
    shop.store.customers.upsert([{"id": 17, "zone": "America/New_York"}])
    shop.live(24 * 3)
    assert [key for key, _ in shop.sent] == [before["key"]]
    shop.store.close()


def test_one_who_moved_without_a_refresh_is_asked_again_at_the_claim(tmp_path: Path) -> None:
    shop = Shop(tmp_path, [BIRTHDAY])
    shop.store.customers.upsert([{"id": 17, "birthday": dt.date(1980, 12, 5), "zone": "Asia/Tokyo"}])
    shop.refresh()
    shop.clock.now = dt.datetime(2026, 12, 5, 0, 5, tzinfo=UTC)
    shop.store.customers.upsert([{"id": 17, "zone": "America/New_York"}])
    # There it is the evening before.
    assert shop.work() == []
    shop.refresh()
    shop.live(24)
    assert len(shop.sent) == 1
    assert shop.sent[0][1] >= dt.datetime(2026, 12, 5, 14, tzinfo=UTC)
    shop.store.close()


# --- the clock


def test_a_clock_that_steps_back_and_forward_doubles_nothing_and_loses_nothing(tmp_path: Path) -> None:
    daily = courtesy.Occasion(
        "daily", rrule="FREQ=DAILY", start=START.date(), at="09:00", channels=["email"], late="all"
    )
    shop = Shop(tmp_path, [daily])
    shop.store.customers.upsert([{"id": 17}, {"id": 18}])
    shop.refresh()
    for hours in (30, -50, 26, 80, -24, -300, 24, 400, 1, -1, 24):
        shop.clock.go(hours=hours)
        shop.refresh()
        shop.work()
    latest = START + dt.timedelta(hours=30 - 50 + 26 + 80 - 24 - 300 + 24 + 400)
    shop.clock.now = max(shop.clock.now, latest)
    shop.refresh()
    shop.work()
    keys = collections.Counter(key for key, _ in shop.sent)
    assert set(keys.values()) == {1}
    due = [row for row in shop.rows() if START <= row["due"] <= latest]
    assert {row["state"] for row in due} == {"sent"}
    days = (latest - dt.datetime(2026, 12, 1, 9, tzinfo=UTC)).days + 1
    assert len(due) == 2 * days
    shop.store.close()


def test_a_lease_is_over_after_the_clock_went_back_too(shop: Shop) -> None:
    [held] = shop.store.claim()
    shop.clock.go(days=-30)
    shop.refresh()
    assert shop.work() == []
    shop.clock.now = DUE + dt.timedelta(minutes=2)
    assert [key for key, _ in shop.work()] == [held.key]
