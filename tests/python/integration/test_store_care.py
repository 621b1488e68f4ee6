"""Looking after a store's file: who is erased is gone, backups are whole, and what was restored waits."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shop import ADA, SECRETS, START, THANKS, UTC, Shop, purchase

import courtesy

DUE = dt.datetime(2026, 12, 2, 10, tzinfo=UTC)
NOTE = "Wants her old tyres back, says Quimbleford"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    others = [{"id": 18, "name": "Ben Other"}, {"id": 170, "name": "Cyd Third"}]
    made.store.customers.upsert([ADA, *({**other, "email": "other@example.org"} for other in others)])
    made.store.assets.upsert([{"id": "v-1", "customer": 17, "name": "Quimbleford's boat"}])
    made.store.events.append(
        [
            purchase(17, START.date(), note=NOTE, asset="v-1"),
            purchase(18, START.date()),
            {"customer": 18, "kind": "referral", "at": START, "ref": "17"},
        ]
    )
    made.refresh()
    yield made
    made.store.close()


# --- erase


def bytes_of(folder: Path) -> bytes:
    """Of all files there are: the store, its WAL, its lock, backups."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def found(folder: Path) -> list[str]:
    content = bytes_of(folder)
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [secret for secret in SECRETS if any(secret.encode(coding) in content for coding in encodings)]


def test_who_is_erased_is_gone_from_the_file_its_wal_and_a_later_backup(shop: Shop, tmp_path: Path) -> None:
    # Cells that were overwritten and a row that was sent leave their traces too.
    shop.store.customers.upsert([{"id": 17, "phone": "+44 7700 900999"}])
    shop.clock.now = DUE
    for reminder in shop.store.claim(limit=9):
        reminder.failed(f"{reminder.recipient['name']} was not there")
    shop.store.snooze(shop.rows(customer=17)[0]["key"], "1 day", why="Quimbleford is abroad")
    assert {"Quimbleford", "Quarry Hill"} <= set(found(tmp_path))
    shop.store.erase(17)
    shop.store.backup(tmp_path / "backup.db")
    assert found(tmp_path) == []
    shop.store.close()
    assert found(tmp_path) == []


def test_who_is_erased_is_in_no_table(shop: Shop) -> None:
    shop.store.erase(17)
    store = shop.store
    assert (len(store.customers), len(store.assets), len(store.events), len(store.outbox)) == (2, 0, 2, 1)
    assert 17 not in {row["customer"] for row in shop.rows()}
    [referral] = [row for row in store.events.to_arrow().to_pylist() if row["kind"] == "referral"]
    assert referral["ref"] in (None, "")
    for call in (store.history, store.customers.get):
        with pytest.raises(courtesy.MissingError):
            call(17)
    # Once more does no harm: the first time may have been cut short.
    store.erase(17)
    with pytest.raises(courtesy.MissingError):
        store.erase(99)
    # The others go on.
    shop.clock.now = DUE
    assert len(shop.work()) == 1
    assert store.customers.get(170)["name"] == "Cyd Third"


def test_who_is_erased_does_not_come_back_with_an_import(shop: Shop) -> None:
    shop.store.erase(17)
    with pytest.warns(courtesy.DataWarning, match="erased"):
        taken = shop.store.customers.upsert([ADA, {"id": 19}])
    assert (taken.added, taken.erased) == (1, 1)
    # An id is the same as a text.
    with pytest.warns(courtesy.DataWarning, match="erased"):
        assert shop.store.customers.upsert([{"id": "17", "name": "Ada"}]).erased == 1
    with pytest.warns(courtesy.DataWarning, match="erased"):
        taken = shop.store.events.append([purchase(17, START.date()), purchase(19, START.date())])
    assert (taken.added, taken.erased) == (1, 1)
    with pytest.warns(courtesy.DataWarning, match="erased"):
        assert shop.store.assets.upsert([{"id": "v-1", "customer": 17}]).erased == 1
    assert len(shop.store.customers) == 3


@pytest.mark.parametrize(("kind", "column"), [("referral", "ref"), ("contact", "topic")])
def test_who_is_erased_does_not_come_back_as_whom_others_name(
    shop: Shop, tmp_path: Path, kind: str, column: str
) -> None:
    shop.store.customers.upsert([{"id": "Pargeterby"}])
    shop.store.erase("Pargeterby")
    event = {"customer": 18, "kind": kind, "at": START.date(), column: "Pargeterby"}
    shop.store.events.append([event])
    assert shop.store.events.to_arrow().to_pylist()[-1][column] is None
    # The same word elsewhere names nobody.
    shop.store.events.append([event | {"kind": "visit", column: "a visit"}])
    shop.store.close()
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert files
    assert [path.name for path in files if b"Pargeterby" in path.read_bytes()] == []


def test_the_tombstone_tells_nobody_who_it_was(shop: Shop, tmp_path: Path) -> None:
    shop.store.erase(17)
    shop.store.close()
    with sqlite3.connect(shop.path) as database:
        hashes = [row[0] for row in database.execute("SELECT hash FROM tombstones")]
    database.close()
    assert len(hashes) == 1
    # Another store's is another one.
    other = tmp_path / "other"
    other.mkdir()
    second = Shop(other)
    second.store.customers.upsert([{"id": 17}])
    second.store.erase(17)
    second.store.close()
    with sqlite3.connect(second.path) as database:
        assert [row[0] for row in database.execute("SELECT hash FROM tombstones")] != hashes
    database.close()


def test_a_reminder_of_an_erased_customer_can_be_answered_no_more(shop: Shop) -> None:
    shop.clock.now = DUE
    claim = shop.store.claim(limit=9)
    shop.store.erase(17)
    with pytest.raises(courtesy.LeaseError):
        claim.done()
    assert shop.states() == {"sent": 1}


# --- backup and restore


def test_a_backup_is_a_whole_store_of_its_owner_s_alone(shop: Shop, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    shop.store.backup(backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(("backup", ".backup"))) == [
        "backup.db"
    ]
    with sqlite3.connect(f"file:{backup}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    with pytest.raises(courtesy.StoreError):
        shop.store.backup(tmp_path / "nowhere" / "backup.db")


@pytest.fixture
def restored(shop: Shop, tmp_path: Path) -> Iterator[Shop]:
    """A backup of the morning, and the store that was lost in the afternoon, when both reminders had gone out."""
    shop.store.backup(tmp_path / "backup.db")
    shop.clock.now = DUE
    assert len(shop.work()) == 2
    shop.store.close()
    for file in tmp_path.glob("shop.db*"):
        file.unlink()
    courtesy.restore(tmp_path / "backup.db", shop.path)
    shop.reopen([THANKS])
    return shop


def test_what_was_restored_sends_nothing_until_it_is_reconciled(restored: Shop) -> None:
    store = restored.store
    assert store.held
    assert ("restored", "note") in {(row["check"], row["verdict"]) for row in store.doctor()}
    restored.refresh()
    with pytest.raises(courtesy.StoreError, match="reconcile"):
        store.claim()
    assert store.reconcile() == 2
    assert not store.held
    assert restored.states() == {"unknown": 2}
    assert restored.work() == []
    with pytest.raises(courtesy.StoreError, match="was not restored"):
        store.reconcile()


def test_what_the_provider_knows_is_sent_and_the_rest_goes_out_where_that_is_wanted(restored: Shop) -> None:
    [first, second] = [row["key"] for row in restored.rows()]
    with pytest.raises(courtesy.MissingError, match="import what has happened since"):
        restored.store.reconcile(sent=["0" * 32])
    with pytest.raises(ValueError, match=r'^rest: expected "unknown" or "send", found \'all\'$'):
        restored.store.reconcile(rest="all")  # type: ignore[arg-type]
    assert restored.store.held
    assert restored.store.reconcile(sent=[first], rest="send") == 2
    assert [key for key, _ in restored.work()] == [second]
    assert restored.states() == {"sent": 2}


def test_what_comes_due_later_goes_out_as_ever(restored: Shop) -> None:
    restored.store.events.append([purchase(170, DUE.date())])
    restored.refresh()
    restored.store.reconcile()
    restored.clock.go(days=1)
    assert len(restored.work()) == 1


def test_nothing_is_restored_over_a_file_that_is_there(shop: Shop, tmp_path: Path) -> None:
    shop.store.backup(tmp_path / "backup.db")
    with pytest.raises(courtesy.StoreError, match="move it away"):
        courtesy.restore(tmp_path / "backup.db", shop.path)
    assert not shop.store.held


@pytest.mark.parametrize("damage", ["cut", "torn", "foreign", "absent"])
def test_what_is_no_whole_backup_is_not_restored(shop: Shop, tmp_path: Path, damage: str) -> None:
    backup = tmp_path / "backup.db"
    shop.store.backup(backup)
    content = backup.read_bytes()
    if damage == "cut":
        backup.write_bytes(content[: len(content) // 2])
    elif damage == "torn":
        half = len(content) // 8192 * 4096
        backup.write_bytes(content[:half] + b"\x00" * 4096 + content[half + 4096 :])
    elif damage == "foreign":
        backup.write_bytes(b"songs, all of them\n" * 1000)
    else:
        backup.unlink()
    with pytest.raises(courtesy.StoreError):
        courtesy.restore(backup, tmp_path / "again.db")
    assert [path.name for path in tmp_path.iterdir() if "again" in path.name] == []


# --- the file


def test_a_folder_that_cannot_be_written_is_named() -> None:
    root, nobody = os.geteuid() == 0, 65534
    # Not in pytest's folders, into which nobody else may look.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        if root:
            os.seteuid(nobody)
        try:
            with pytest.raises(courtesy.StoreError, match="cannot be made"):
                courtesy.open(folder / "shop.db", courtesy.Rules([THANKS]))
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o700)


def test_a_healthy_store_is_told_to_be_so(shop: Shop) -> None:
    rows = list(shop.store.doctor())
    assert {row["verdict"] for row in rows} == {"ok"}
    assert {"file", "zones", "refresh"} <= {row["check"] for row in rows}


def test_damage_is_a_fault(shop: Shop) -> None:
    shop.store.close()
    with sqlite3.connect(shop.path) as database:
        database.execute("DELETE FROM owed")
    database.close()
    shop.reopen([THANKS])
    assert ("file", "fault") in {(row["check"], row["verdict"]) for row in shop.store.doctor()}


def test_doctor_tells_what_new_rules_would_change(shop: Shop) -> None:
    shop.reopen([courtesy.Occasion("thank-you", on="purchase", after="2 days", at="10:00", channels=["email"])])
    [row] = [row for row in shop.store.doctor() if row["check"] == "refresh"]
    assert row["verdict"] == "note"
    # It only looked.
    assert {row["due"] for row in shop.rows()} == {DUE}


def test_stats_count(shop: Shop) -> None:
    stats = shop.store.stats()
    numbers = dict(zip(stats.column("what"), stats.column("number"), strict=True))
    assert numbers == {"customers": 3, "assets": 1, "events": 3, "outbox": 2, "audit": 0, "planned": 2}
