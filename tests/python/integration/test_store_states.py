"""Each state of the outbox is reached, and the history says how, by whom and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from shop import START, THANKS, UTC, Shop, purchase

import courtesy

DUE = dt.datetime(2026, 12, 2, 10, tzinfo=UTC)


def claimed(shop: Shop) -> courtesy.ClaimedReminder:
    shop.clock.now = max(shop.clock.now, DUE)
    [reminder] = shop.store.claim(lease="60 s")
    return reminder


def plan(shop: Shop) -> None:
    """Nothing more than the refresh."""


def claim(shop: Shop) -> None:
    claimed(shop)


def send(shop: Shop) -> None:
    claimed(shop).done()


def fail(shop: Shop) -> None:
    claimed(shop).failed("the line was busy")


def give_up(shop: Shop) -> None:
    claimed(shop).failed("no such address", retry=False)


def snooze(shop: Shop) -> None:
    claimed(shop).snooze("1 day", "is abroad")


def skip(shop: Shop) -> None:
    claimed(shop).skip("told by phone")


def lose(shop: Shop) -> None:
    claimed(shop)
    shop.clock.go(minutes=2)
    claimed(shop)


def park(shop: Shop) -> None:
    """Three senders in a row are never heard of again."""
    for _ in range(3):
        claimed(shop)
        shop.clock.go(minutes=2)
    assert len(shop.store.claim()) == 0


def crash_where_it_must_not_go_twice(shop: Shop) -> None:
    claimed(shop)
    shop.clock.go(minutes=2)
    assert len(shop.store.claim()) == 0


def withdraw(shop: Shop) -> None:
    """The customer wants no more mail."""
    shop.store.events.append([{"customer": 17, "kind": "withdrawal", "at": shop.clock.now}])
    shop.refresh()


def expire(shop: Shop) -> None:
    """Nobody was there for two weeks, and after ten days it is worth nothing."""
    shop.clock.go(days=14)
    assert len(shop.store.claim()) == 0


WAYS: list[tuple[Callable[[Shop], None], str, list[str]]] = [
    (plan, "planned", []),
    (claim, "claimed", ["claimed"]),
    (send, "sent", ["claimed", "sent"]),
    (fail, "failed", ["claimed", "failed"]),
    (give_up, "given_up", ["claimed", "given_up"]),
    (snooze, "snoozed", ["claimed", "snoozed"]),
    (skip, "skipped", ["claimed", "skipped"]),
    (withdraw, "withdrawn", ["withdrawn"]),
    (expire, "expired", ["expired"]),
]


@pytest.mark.parametrize(("way", "state", "states"), WAYS, ids=lambda each: getattr(each, "__name__", ""))
def test_the_state_is_reached_and_told(
    tmp_path: Path, way: Callable[[Shop], None], state: str, states: list[str]
) -> None:
    shop = in_a_day(tmp_path)
    way(shop)
    [row] = shop.rows()
    assert row["state"] == state
    assert [each for each, _ in shop.why(row["key"])] == states
    history = list(shop.store.history(17))
    # What was never more than planned has no row of the audit yet.
    assert [each["state"] for each in history if each["what"] == "reminder"] == (states or ["planned"])
    assert {each["key"] for each in history if each["what"] == "reminder"} == {row["key"]}
    assert {each["occasion"] for each in history if each["what"] == "reminder"} == {"thank-you"}
    assert "purchase" in {each["what"] for each in history}
    assert [each["at"] for each in history] == sorted(each["at"] for each in history)
    shop.store.close()


def in_a_day(folder: Path, delivery: str = "at_least_once") -> Shop:
    """A shop that owes one thank-you, to customer 17, on the next morning."""
    thanks = courtesy.Occasion(
        "thank-you", on="purchase", after="1 day", at="10:00", channels=["email"], expires="10 days", purpose="care"
    )
    policy = {"delivery": {"email": delivery}}
    shop = Shop(folder, [thanks], policy=policy)
    shop.store.customers.upsert([{"id": 17}])
    shop.store.events.append([purchase(17, START.date())])
    shop.refresh()
    return shop


def test_the_lease_of_a_sender_that_is_gone_is_given_to_another(tmp_path: Path) -> None:
    shop = in_a_day(tmp_path)
    lose(shop)
    [row] = shop.rows()
    assert row["state"] == "claimed"
    states = [state for state, _ in shop.why(row["key"])]
    assert states.count("claimed") == 2
    shop.store.close()


def test_what_crashes_its_sender_three_times_is_parked(tmp_path: Path) -> None:
    shop = in_a_day(tmp_path)
    park(shop)
    assert shop.states() == {"parked": 1}
    shop.clock.go(days=1)
    shop.refresh(everybody=True)
    assert shop.work() == []
    # And nobody forgets it.
    assert ("parked", "note") in {(row["check"], row["verdict"]) for row in shop.store.doctor()}
    shop.store.close()


def test_where_it_must_not_be_said_twice_nobody_knows_after_a_crash(tmp_path: Path) -> None:
    shop = in_a_day(tmp_path, "at_most_once")
    crash_where_it_must_not_go_twice(shop)
    assert shop.states() == {"unknown": 1}
    shop.refresh(everybody=True)
    assert shop.work() == []
    assert ("unknown", "note") in {(row["check"], row["verdict"]) for row in shop.store.doctor()}
    shop.store.close()


def test_the_sender_that_was_only_slow_may_still_say_so(tmp_path: Path) -> None:
    shop = in_a_day(tmp_path, "at_most_once")
    slow = claimed(shop)
    shop.clock.go(minutes=2)
    assert len(shop.store.claim()) == 0
    assert shop.states() == {"unknown": 1}
    slow.done()
    assert shop.states() == {"sent": 1}
    shop.store.close()


def test_what_was_withdrawn_may_be_owed_again(tmp_path: Path) -> None:
    shop = in_a_day(tmp_path)
    withdraw(shop)
    [row] = shop.rows()
    assert (row["state"], row["why"]) == ("withdrawn", "consent_withdrawn")
    shop.clock.go(minutes=1)
    shop.store.events.append([{"customer": 17, "kind": "consent", "at": shop.clock.now}])
    shop.refresh()
    assert shop.states() == {"planned": 1}
    shop.clock.now = DUE
    assert [key for key, _ in shop.work()] == [row["key"]]
    shop.store.close()


def test_whoever_is_nobody_s_thanks_has_no_history_but_events(tmp_path: Path) -> None:
    shop = Shop(tmp_path, [THANKS])
    shop.store.customers.upsert([{"id": 17}, {"id": 18}])
    shop.store.events.append([{"customer": 17, "kind": "visit", "at": START}, purchase(18, START.date())])
    shop.refresh()
    assert [(row["what"], row["state"]) for row in shop.store.history(17)] == [("visit", None)]
    shop.store.close()
