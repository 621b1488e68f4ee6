"""Opening, using and closing a store: what it takes, what it refuses, and what it never says."""

from __future__ import annotations

import copy
import datetime as dt
import os
import pickle
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shop import ADA, SECRETS, START, THANKS, Clock, Shop, purchase

import courtesy

RULES = courtesy.Rules([THANKS])


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    made.store.customers.upsert([ADA])
    made.store.events.append([purchase(17, START.date())])
    made.store.refresh()
    yield made
    made.store.close()


# --- opening


def test_a_new_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    with courtesy.open(tmp_path / "shop.db", RULES) as store:
        assert len(store.customers) == 0
        for file in tmp_path.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_what_was_stored_is_there_again(shop: Shop) -> None:
    shop.store.close()
    with courtesy.open(shop.path, RULES, clock=shop.clock, create=False) as store:
        assert (len(store.customers), len(store.events), len(store.outbox)) == (1, 1, 1)


def test_the_rules_in_force_are_in_the_file(shop: Shop) -> None:
    with courtesy.open(shop.path, clock=shop.clock) as store:
        assert store.rules.occasions == ["thank-you"]
        assert store.refresh().looked_at == 0


def test_rules_may_be_the_path_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text('[[occasion]]\nname = "birthday"\nyearly = "birthday"\n', encoding="utf-8")
    with courtesy.open(tmp_path / "shop.db", tmp_path / "rules.toml") as store:
        assert store.rules.occasions == ["birthday"]
        store.refresh()
    with courtesy.open(tmp_path / "shop.db") as store:
        assert store.rules.occasions == ["birthday"]


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    database.close()


def no_database(path: Path) -> None:
    path.write_text("This is a letter. " * 500, encoding="utf-8")


def newer(path: Path) -> None:
    courtesy.open(path, RULES).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 1000")
    database.close()


def link(path: Path) -> None:
    other = path.with_name("other.db")
    courtesy.open(other, RULES).close()
    path.symlink_to(other)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (foreign, "another program"),
        (no_database, "database"),
        (newer, "newer"),
        (link, "link"),
        (Path.mkdir, "folder|directory"),
    ],
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / "shop.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(courtesy.StoreError, match=said):
        courtesy.open(path, RULES)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_store_that_is_not_there_is_not_made_where_that_is_not_wanted(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with pytest.raises(courtesy.StoreError, match=r"shop\.db"):
        courtesy.open(path, RULES, create=False)
    with pytest.raises(courtesy.StoreError, match=r"there is no such file"):
        courtesy.open(path, create=False)
    with pytest.raises(courtesy.StoreError, match=r"has no rules yet; give them"):
        courtesy.open(path)
    assert not path.exists()


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(courtesy.StoreError):
        courtesy.open(tmp_path / "nowhere" / "shop.db", RULES)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"synchronous": "off"}, ValueError, r'^synchronous: expected "normal" or "full", found \'off\'$'),
        ({"clock": START}, TypeError, "^clock: expected a function that gives the time, found datetime$"),
        ({"threads": 0}, ValueError, "^threads: expected 1 or more, found 0$"),
        ({"rules": 7}, TypeError, "^rules: expected Rules or the path of a rule file, found int$"),
    ],
)
def test_what_cannot_be_an_option_is_named(
    tmp_path: Path, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        courtesy.open(tmp_path / "shop.db", **{"rules": RULES, **options})
    assert list(tmp_path.iterdir()) == []


def test_each_commit_may_be_brought_to_the_disk(tmp_path: Path) -> None:
    with courtesy.open(tmp_path / "shop.db", RULES, synchronous="full") as store:
        assert store.customers.upsert([ADA]).added == 1


# --- time


def test_a_naive_time_is_refused(shop: Shop) -> None:
    naive = dt.datetime(2026, 12, 1)  # noqa: DTZ001 - what is refused
    for call in (shop.store.refresh, shop.store.preview, shop.store.due, lambda now: shop.store.claim(now=now)):
        with pytest.raises(courtesy.TimeError, match=r"^now: expected an aware datetime"):
            call(naive)
    shop.clock.now = naive
    with pytest.raises(courtesy.TimeError, match=r"^clock: expected an aware datetime"):
        shop.store.refresh()


def test_now_may_be_said_in_other_ways(shop: Shop) -> None:
    assert len(shop.store.due(now=dt.datetime(2026, 12, 2, 11, tzinfo=dt.timezone(dt.timedelta(hours=1))))) == 1
    assert len(shop.store.due(now="2026-12-02T09:59:59Z")) == 0
    assert len(shop.store.due(now="2026-12-02T10:00:00Z")) == 1
    assert len(shop.store.due(now=dt.date(2026, 12, 3))) == 1


@pytest.mark.parametrize("horizon", ["60 days", dt.timedelta(days=60), "1440 hours", "P60D"])
def test_lengths_of_time_are_spans_or_timedeltas(shop: Shop, horizon: str | dt.timedelta) -> None:
    assert shop.store.refresh(horizon=horizon).added == 0


@pytest.mark.parametrize("lease", ["60 s", "60 seconds", "1 min", "1 minute", dt.timedelta(minutes=1), "PT60S"])
def test_a_lease_is_so_long(shop: Shop, lease: str | dt.timedelta) -> None:
    shop.clock.go(days=2)
    [reminder] = shop.store.claim(lease=lease)
    assert reminder.lease_until == shop.clock.now + dt.timedelta(seconds=60)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"lease": "0 seconds"}, courtesy.TimeError, "^lease: expected a length of time above zero, found 0 seconds$"),
        ({"lease": "a while"}, courtesy.TimeError, '^lease: expected a length of time such as "60 seconds", found'),
        ({"lease": "1 month"}, courtesy.TimeError, "^lease: expected days, hours, minutes or seconds, which have"),
        ({"lease": 60}, courtesy.TimeError, '^lease: expected a length of time such as "60 seconds" or a timedelta'),
        ({"limit": 0}, ValueError, "^limit: expected 1 or more, found 0$"),
        ({"channels": []}, ValueError, "^channels: expected at least one, or None for all, found an empty list$"),
    ],
)
def test_what_a_claim_cannot_be_is_named(
    shop: Shop, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        shop.store.claim(**options)


# --- closing

CALLS: dict[str, Callable[[courtesy.Store], object]] = {
    "upsert": lambda store: store.customers.upsert([ADA]),
    "append": lambda store: store.events.append([purchase(17, START.date())]),
    "len": lambda store: len(store.customers),
    "table": lambda store: store.outbox.to_arrow(),
    "get": lambda store: store.customers.get(17),
    "refresh": lambda store: store.refresh(),
    "preview": lambda store: store.preview(),
    "claim": lambda store: store.claim(),
    "due": lambda store: store.due(),
    "snooze": lambda store: store.snooze("0" * 32, "1 day"),
    "skip": lambda store: store.skip("0" * 32),
    "plan": lambda store: store.plan(),
    "explain": lambda store: store.explain("0" * 32),
    "why_not": lambda store: store.why_not(17, "thank-you"),
    "history": lambda store: store.history(17),
    "erase": lambda store: store.erase(17),
    "backup": lambda store: store.backup("backup.db"),
    "reconcile": lambda store: store.reconcile(),
    "held": lambda store: store.held,
    "doctor": lambda store: store.doctor(),
    "stats": lambda store: store.stats(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
def test_a_closed_store_says_so(shop: Shop, call: Callable[[courtesy.Store], object]) -> None:
    shop.store.close()
    shop.store.close()
    with pytest.raises(courtesy.StoreError, match=r"^the store is closed; open it again: courtesy\.open\("):
        call(shop.store)


def test_a_claim_cannot_be_answered_when_the_store_is_closed(shop: Shop) -> None:
    shop.clock.go(days=2)
    [reminder] = shop.store.claim()
    shop.store.close()
    with pytest.raises(courtesy.StoreError, match="closed"):
        reminder.done()


def test_neither_the_store_nor_its_tables_can_be_pickled_or_copied(shop: Shop) -> None:
    for value in (shop.store, shop.store.customers):
        for make in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="cannot be pickled"):
                make(value)
    with pytest.raises(TypeError, match=r"^a store is opened with courtesy\.open"):
        courtesy.Store()


def test_after_a_fork_the_child_is_told_to_open_it_anew(shop: Shop) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = b""
        try:
            for call in CALLS.values():
                try:
                    call(shop.store)
                    said += b"no error;"
                except courtesy.StoreError as error:
                    if "fork" not in str(error):
                        said += f"{error};".encode()
            os.write(writer, said or b"refused")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        assert answer.read() == b"refused"
    os.waitpid(child, 0)
    # The parent's handle goes on.
    shop.clock.go(days=2)
    assert len(shop.work()) == 1


# --- several threads


def test_several_threads_claim_by_one_handle_and_none_twice(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    people = range(400)
    shop.store.customers.upsert({"id": list(people)})
    shop.store.events.append([purchase(who, START.date()) for who in people])
    shop.store.refresh()
    shop.clock.go(days=2)
    claimed: list[str] = []

    def work() -> None:
        while claim := shop.store.claim(limit=7):
            claimed.extend(reminder.key for reminder in claim)
            claim.done()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shop.store.close()
    assert len(claimed) == len(set(claimed)) == 400


def test_others_claim_and_import_while_a_refresh_reads_and_plans(shop: Shop) -> None:
    """By the same handle, in another thread, at the very moment at which it plans."""
    shop.clock.go(days=2)
    told: list[str] = []
    claimed: list[str] = []

    def work() -> None:
        claim = shop.store.claim()
        claimed.extend(reminder.key for reminder in claim)
        claim.done()
        shop.store.customers.upsert([{"id": 18, "email": "b@example.org"}])

    def tell(what: str) -> None:
        told.append(what)
        if what == "planning":
            thread = threading.Thread(target=work)
            thread.start()
            thread.join(timeout=60)
            assert not thread.is_alive()

    shop.store.events.append([purchase(17, shop.clock.now.date())])
    shop.store.refresh(progress=tell)
    assert told == ["reading", "planning", "storing"]
    assert len(claimed) == 1
    assert {row["key"]: row["state"] for row in shop.rows()}[claimed[0]] == "sent"
    # Who came meanwhile is looked at the next time.
    assert shop.store.refresh().looked_at == 2


def test_what_progress_raises_ends_the_refresh_and_nothing_is_changed(shop: Shop) -> None:
    shop.store.events.append([purchase(17, START.date(), id="another")])

    def tell(what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shop.store.refresh(progress=tell)
    assert len(shop.store.outbox) == 1
    shop.store.refresh()
    assert len(shop.store.outbox) == 2


# --- what it never says


def test_what_it_says_holds_nothing_of_a_customer_but_the_id(shop: Shop) -> None:
    shop.clock.go(days=2)
    store = shop.store
    claim = store.claim()
    [reminder] = claim
    assert reminder.recipient["name"] == ADA["name"]
    values = [
        store, store.customers, store.assets, store.events, store.outbox, store.audit, claim, reminder,
        store.plan(), store.explain(reminder.key), store.why_not(17, "thank-you"), store.history(17), store.due(),
        store.preview(), store.stats(), store.doctor(),
    ]  # fmt: skip
    said = [text for value in values for text in (repr(value), str(value))]
    assert [text for text in said if any(secret in text for secret in SECRETS)] == []


def raised(call: Callable[[], object]) -> str:
    with pytest.raises(courtesy.Error) as caught:
        call()
    return f"{caught.value!r} {caught.value} {caught.value.problems}"


def test_errors_hold_nothing_of_a_customer_but_the_id(shop: Shop) -> None:
    store = shop.store
    shop.clock.go(days=2)
    [reminder] = store.claim()
    reminder.done()
    said = [
        raised(lambda: store.customers.upsert([ADA, ADA])),
        raised(lambda: store.customers.upsert([{**ADA, "zone": "Europe/Nowhere"}])),
        raised(lambda: store.assets.upsert([{"id": 1, "customer": 99, "name": "Quimbleford's boat"}])),
        raised(lambda: store.events.append([purchase(99, START.date(), note="Quimbleford")])),
        raised(lambda: store.events.append([purchase(17, START.date(), id="e", note="Quimbleford")] * 2)),
        raised(reminder.done),
        raised(lambda: store.skip(reminder.key)),
        raised(lambda: store.skip("quimbleford@example.org")),
    ]
    assert [text for text in said if any(secret in text for secret in SECRETS)] == []


def test_a_clock_may_be_any_function(tmp_path: Path) -> None:
    with courtesy.open(tmp_path / "shop.db", RULES, clock=Clock()) as store:
        assert f"{START:%Y-%m-%d %H:%M}Z" in store.due().title
