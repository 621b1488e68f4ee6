"""Claims: what is held, how it is answered, and which answers come too late."""

from __future__ import annotations

import datetime as dt
import pickle
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shop import ADA, START, UTC, Clock, Shop, purchase

import courtesy

LISBON = zoneinfo.ZoneInfo("Europe/Lisbon")
THANKS = courtesy.Occasion(
    "thank-you", on="purchase", after="1 day", at="10:00", channels=["email"], message="thanks", expires="10 days",
    gestures=[{"name": "card", "cost": 1.5}], priority=3, purpose="care",
)  # fmt: skip
DUE = dt.datetime(2026, 12, 2, 10, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path, [THANKS])
    made.store.customers.upsert(
        [{**ADA, "zone": "Europe/Lisbon"}, *({"id": who, "email": "a@example.org"} for who in (18, 19))]
    )
    made.store.events.append([purchase(who, START.date()) for who in (17, 18, 19)])
    made.store.refresh()
    made.clock.now = DUE
    yield made
    made.store.close()


def one(shop: Shop) -> courtesy.ClaimedReminder:
    [reminder] = shop.store.claim()
    return reminder


def row(shop: Shop, key: str) -> dict[str, object]:
    [found] = shop.rows(key=key)
    return found


# --- what is claimed


def test_nothing_is_claimed_before_it_is_due(shop: Shop) -> None:
    shop.clock.now = DUE - dt.timedelta(microseconds=1)
    assert len(shop.store.claim(limit=100)) == 0
    shop.clock.now = DUE
    assert len(shop.store.claim(limit=100)) == 3


def test_at_most_the_limit_is_claimed_and_nothing_twice(shop: Shop) -> None:
    claims = [shop.store.claim(limit=2) for _ in range(3)]
    assert [len(claim) for claim in claims] == [2, 1, 0]
    assert len({reminder.key for claim in claims for reminder in claim}) == 3


def test_a_claim_is_a_sequence(shop: Shop) -> None:
    claim = shop.store.claim(limit=3)
    keys = [reminder.key for reminder in claim]
    assert [claim[row].key for row in (0, 1, 2)] == keys
    assert claim[-1].key == keys[2]
    assert [reminder.key for reminder in claim[1:]] == keys[1:]
    with pytest.raises(IndexError, match=r"^the claim has 3 reminders, and none at 3$"):
        claim[3]
    assert repr(claim) == "<Claim of 3 reminders, 0 answered>"
    claim[1].done()
    assert repr(claim) == "<Claim of 3 reminders, 1 answered>"
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(claim)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(claim[0])


def test_a_reminder_says_what_a_sender_must_know(shop: Shop) -> None:
    [reminder] = [each for each in shop.store.claim(limit=3) if each.customer == 17]
    plan = courtesy.plan(
        [{"id": 17, "zone": "Europe/Lisbon"}],
        [purchase(17, START.date())],
        shop.store.rules,
        start=START.date(),
        days=7,
    )
    for name in (
        "key", "customer", "asset", "occasion", "step", "due", "local", "zone", "channel", "audience", "purpose",
        "priority", "message", "team", "gesture", "cost", "partner", "expires",
    ):  # fmt: skip
        assert getattr(reminder, name) == getattr(plan[0], name), name
    assert reminder.local.tzinfo == LISBON
    assert (reminder.attempts, reminder.merged) == (0, [])
    assert reminder.lease_until == DUE + dt.timedelta(seconds=60)
    assert reminder.recipient["email"] == ADA["email"]
    assert repr(reminder) == "<ClaimedReminder thank-you/1 for 17: 2026-12-02 10:00 Europe/Lisbon by email>"


def test_only_the_channels_that_are_named_are_claimed(tmp_path: Path) -> None:
    letter = courtesy.Occasion("letter", on="purchase", after="1 day", at="10:00", channels=["letter"])
    shop = Shop(tmp_path, [THANKS, letter])
    shop.store.customers.upsert([{"id": 17}])
    shop.store.events.append([purchase(17, START.date())])
    shop.store.refresh()
    shop.clock.now = DUE
    assert [reminder.channel for reminder in shop.store.claim(limit=9, channels="letter")] == ["letter"]
    assert [reminder.channel for reminder in shop.store.claim(limit=9, channels=["sms", "email"])] == ["email"]
    assert len(shop.store.claim(limit=9)) == 0
    shop.store.close()


def test_what_is_merged_comes_along(tmp_path: Path) -> None:
    second = courtesy.Occasion("how-was-it", on="purchase", after="1 day", at="11:00", channels=["email"])
    shop = Shop(tmp_path, [THANKS, second], policy={"merge": True})
    shop.store.customers.upsert([{"id": 17}])
    shop.store.events.append([purchase(17, START.date())])
    shop.store.refresh()
    shop.clock.now = DUE
    [reminder] = shop.store.claim(limit=9)
    assert [each["occasion"] for each in reminder.merged] == ["how-was-it"]
    reminder.done()
    assert shop.states() == {"sent": 2}
    shop.clock.go(hours=5)
    shop.refresh()
    assert shop.work() == []
    shop.store.close()


# --- answers


def test_done(shop: Shop) -> None:
    reminder = one(shop)
    assert row(shop, reminder.key)["state"] == "claimed"
    reminder.done()
    assert row(shop, reminder.key)["state"] == "sent"
    assert [state for state, _ in shop.why(reminder.key)] == ["claimed", "sent"]


def test_all_of_a_claim_are_done_at_once(shop: Shop) -> None:
    claim = shop.store.claim(limit=3)
    claim[1].skip("on the phone already")
    claim.done()
    claim.done()
    assert shop.states() == {"sent": 2, "skipped": 1}


def test_failed_waits_longer_each_time_and_in_the_end_for_good(shop: Shop) -> None:
    claim = shop.store.claim(limit=3)
    reminder = claim[0]
    claim[1].done()
    claim[2].done()
    waits = []
    for attempt in range(8):
        assert reminder.attempts == attempt
        reminder.failed("no answer")
        began = shop.clock.now
        again = shop.store.claim()
        while not again and shop.clock.now < began + dt.timedelta(hours=3):
            shop.clock.go(seconds=6)
            again = shop.store.claim()
        if again:
            assert again[0].key == reminder.key
            waits.append((shop.clock.now - began) / dt.timedelta(minutes=1))
            reminder = again[0]
    assert len(waits) == 7
    # Each is twice the one before, give or take a tenth.
    for number, wait in enumerate(waits):
        assert 0.9 * 2**number <= wait <= 1.1 * 2**number + 0.1, (number, wait)
    assert [state for state, why in shop.why(reminder.key) if why == "no answer"] == ["failed"] * 7 + ["given_up"]
    assert row(shop, reminder.key)["state"] == "given_up"


def test_failed_for_good_is_not_tried_again(shop: Shop) -> None:
    reminder = one(shop)
    reminder.failed("no such address", retry=False)
    shop.clock.go(days=5)
    assert reminder.key not in {each.key for each in shop.store.claim(limit=9)}


@pytest.mark.parametrize(
    ("until", "at"),
    [
        ("2 hours", DUE + dt.timedelta(hours=2)),
        (dt.timedelta(days=1), DUE + dt.timedelta(days=1)),
        (dt.datetime(2026, 12, 4, 15, tzinfo=UTC), dt.datetime(2026, 12, 4, 15, tzinfo=UTC)),
        ("2026-12-04T15:00Z", dt.datetime(2026, 12, 4, 15, tzinfo=UTC)),
        (dt.date(2026, 12, 4), dt.datetime(2026, 12, 4, tzinfo=UTC)),
    ],
    ids=str,
)
def test_snoozed(shop: Shop, until: dt.date | dt.timedelta | str, at: dt.datetime) -> None:
    claim = shop.store.claim(limit=3)
    reminder = claim[0]
    reminder.snooze(until, "is abroad")
    claim[1:][0].done()
    claim[2].done()
    assert row(shop, reminder.key)["state"] == "snoozed"
    shop.refresh()
    shop.clock.now = at - dt.timedelta(microseconds=1)
    assert shop.work() == []
    shop.clock.now = at
    assert [key for key, _ in shop.work()] == [reminder.key]


def test_a_snooze_until_a_time_that_has_passed_is_none(shop: Shop) -> None:
    reminder = one(shop)
    with pytest.raises(courtesy.TimeError, match=r"^until: expected a time to come, found one that has passed$"):
        reminder.snooze(DUE)
    with pytest.raises(courtesy.TimeError, match=r"^until: expected an aware datetime"):
        reminder.snooze(dt.datetime(2027, 1, 1))  # noqa: DTZ001 - what is refused
    reminder.done()


def test_skipped(shop: Shop) -> None:
    reminder = one(shop)
    reminder.skip("has moved away")
    assert row(shop, reminder.key)["state"] == "skipped"
    assert shop.why(reminder.key)[-1] == ("skipped", "has moved away")
    shop.clock.go(days=1)
    shop.refresh(everybody=True)
    assert reminder.key not in {each.key for each in shop.store.claim(limit=9)}


def test_released_can_be_claimed_at_once(shop: Shop) -> None:
    claim = shop.store.claim(limit=3)
    first = claim[0].key
    claim[0].release()
    [again] = shop.store.claim(limit=3)
    assert again.key == first
    claim.release()
    assert len(shop.store.claim(limit=3)) == 2


def test_crashed_three_times_is_parked(shop: Shop) -> None:
    keys = set()
    for _ in range(3):
        [reminder] = [each for each in shop.store.claim(limit=3) if each.customer == 17]
        keys.add(reminder.key)
        reminder.crashed("the sender died")
    [key] = keys
    assert row(shop, key)["state"] == "parked"
    shop.clock.go(days=1)
    assert key not in {each.key for each in shop.store.claim(limit=9)}


# --- too late

ANSWERS: dict[str, Callable[[courtesy.ClaimedReminder], None]] = {
    "done": lambda reminder: reminder.done(),
    "failed": lambda reminder: reminder.failed("why"),
    "snooze": lambda reminder: reminder.snooze("1 day"),
    "skip": lambda reminder: reminder.skip(),
    "release": lambda reminder: reminder.release(),
    "crashed": lambda reminder: reminder.crashed(),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=list(ANSWERS))
def test_a_second_answer_is_refused(shop: Shop, answer: Callable[[courtesy.ClaimedReminder], None]) -> None:
    reminder = one(shop)
    reminder.done()
    with pytest.raises(courtesy.LeaseError, match=reminder.key):
        answer(reminder)
    assert row(shop, reminder.key)["state"] == "sent"


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=list(ANSWERS))
def test_the_answer_of_a_lost_lease_is_refused(shop: Shop, answer: Callable[[courtesy.ClaimedReminder], None]) -> None:
    lost = shop.store.claim(limit=3)
    shop.clock.go(seconds=61)
    claim = shop.store.claim(limit=3)
    assert {reminder.key for reminder in claim} == {reminder.key for reminder in lost}
    assert claim[0].token > lost[0].token
    with pytest.raises(courtesy.LeaseError, match=lost[0].key) as refused:
        answer(lost[0])
    assert str(refused.value).count(lost[0].key) == 1
    assert row(shop, lost[0].key)["state"] == "claimed"
    claim.done()
    assert shop.states() == {"sent": 3}


def test_what_was_lost_is_named_and_the_others_are_taken(shop: Shop) -> None:
    lost = shop.store.claim(limit=1, lease="60 s")
    both = shop.store.claim(limit=2, lease="10 minutes")
    shop.clock.go(seconds=90)
    [stolen] = shop.store.claim(limit=1)
    both[0].done()
    with pytest.raises(courtesy.LeaseError, match=stolen.key):
        lost.done()
    both.done()
    assert shop.states() == {"sent": 2, "claimed": 1}


def test_an_answer_is_taken_after_the_lease_too_where_no_claim_came_in_between(shop: Shop) -> None:
    reminder = one(shop)
    shop.clock.go(seconds=90)
    reminder.done()
    assert row(shop, reminder.key)["state"] == "sent"


# --- staff


def test_staff_put_off_and_refuse_by_the_key(shop: Shop) -> None:
    [first, second, third] = [each["key"] for each in shop.store.due()]
    shop.store.snooze(first, "1 day", by="Bo", why="is abroad")
    shop.store.skip(second, by="Bo", why="has moved away")
    assert [key for key, _ in shop.work()] == [third]
    with pytest.raises(courtesy.StoreError):
        shop.store.skip(third)
    with pytest.raises(courtesy.MissingError):
        shop.store.skip("0" * 32)
    with pytest.raises(courtesy.MissingError, match="32 hexadecimal digits"):
        shop.store.snooze("no key", "1 day")
    audit = shop.store.audit.to_arrow().to_pylist()
    assert {(each["state"], each["why"]) for each in audit if each["who"] == "Bo"} == {
        ("snoozed", "is abroad"),
        ("skipped", "has moved away"),
    }
    shop.clock.go(days=1)
    assert [key for key, _ in shop.work()] == [first]


def test_the_audit_says_who(tmp_path: Path) -> None:
    clock = Clock()
    with courtesy.open(tmp_path / "shop.db", courtesy.Rules([THANKS]), clock=clock, who="worker-1") as store:
        store.customers.upsert([{"id": 1}, {"id": 2}])
        store.events.append([purchase(who, START.date()) for who in (1, 2)])
        store.refresh()
        store.skip(store.outbox.to_arrow()["key"][0].as_py())
        clock.go(days=2)
        store.claim(limit=9).done()
        assert set(store.audit.to_arrow()["who"].to_pylist()) == {"worker-1"}
