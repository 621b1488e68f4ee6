"""The garage lives with a store: its books are imported, and each day it refreshes, sends and answers."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from shop import UTC, Clock

import courtesy

GARAGE = Path(__file__).resolve().parents[3] / "examples" / "garage"
MORNING = dt.datetime(2026, 11, 23, 0, tzinfo=UTC)


class Garage:
    def __init__(self, folder: Path) -> None:
        self.clock = Clock(MORNING)
        self.store = courtesy.open(folder / "garage.db", GARAGE / "rules.toml", clock=self.clock)
        self.sent: dict[str, dt.datetime] = {}

    def refresh(self) -> courtesy.refreshed.Refreshed:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", courtesy.DataWarning)
            return self.store.refresh()

    def hour(self) -> None:
        """An hour passes, with a refresh and a sender that takes ten at a time."""
        self.clock.go(hours=1)
        self.refresh()
        while claim := self.store.claim(limit=10, lease="5 minutes"):
            for reminder in claim:
                for key in (reminder.key, *(merged["key"] for merged in reminder.merged)):
                    assert key not in self.sent
                    self.sent[key] = self.clock.now
            claim.done()


@pytest.fixture
def garage(tmp_path: Path) -> Iterator[Garage]:
    made = Garage(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.DataWarning)
        made.store.customers.upsert(GARAGE / "customers.csv")
        made.store.assets.upsert(GARAGE / "assets.csv")
        made.store.events.append(GARAGE / "events.csv")
    yield made
    made.store.close()


def plan_of(store: courtesy.Store, start: dt.datetime, days: int) -> dict[str, dt.datetime]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plan = store.plan(start, days)
    return {row.key: row.due for row in plan if row.state in ("planned", "merged") and row.due is not None}


def test_its_books_are_taken_once(garage: Garage) -> None:
    store = garage.store
    assert (len(store.customers), len(store.assets)) == (300, 385)
    before = len(store.events)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.DataWarning)
        assert store.customers.upsert(GARAGE / "customers.csv").unchanged == 300
        assert store.events.append(GARAGE / "events.csv").added == 0
    assert len(store.events) == before


def test_a_preview_says_what_the_refresh_then_does(garage: Garage) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.DataWarning)
        preview = list(garage.store.preview())
    assert len(garage.store.outbox) == 0
    done = garage.refresh()
    assert done.looked_at == 300
    assert done.added == len([row for row in preview if row["change"] == "new"]) > 100
    outbox = {row["key"]: row for row in garage.store.outbox.to_arrow().to_pylist()}
    assert {row["key"] for row in preview if row["change"] == "new"} == set(outbox)
    for row in preview:
        for name in ("customer", "occasion", "step", "due", "channel"):
            assert outbox[row["key"]][name] == row[name], name
    # And after it there is nothing more to do.
    assert len(garage.store.preview()) == 0
    again = garage.refresh()
    assert (again.looked_at, again.added, again.moved, again.withdrawn, again.expired) == (0, 0, 0, 0, 0)


def test_the_outbox_holds_what_a_plan_of_the_same_tables_says(garage: Garage) -> None:
    garage.refresh()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plan = courtesy.plan(
            *(GARAGE / f"{name}.csv" for name in ("customers", "events")),
            GARAGE / "rules.toml",
            GARAGE / "assets.csv",
            start=MORNING,
            days=90,
        )
    # What the rules scheduled before they came into force, and moved past it, is theirs no more.
    planned = {
        row.key: (row.due, row.channel)
        for row in plan
        if row.state != "withheld" and row.due is not None and row.due < MORNING + dt.timedelta(days=60)
    }
    rows = {row["key"]: (row["due"], row["channel"]) for row in garage.store.outbox.to_arrow().to_pylist()}
    assert set(rows) <= set(planned)
    assert {key: planned[key] for key in rows} == rows
    early = [plan.explain(at) for at, row in enumerate(plan) if row.key in set(planned) - set(rows)]
    assert len(early) < len(rows) / 10


def test_a_week_of_days_sends_each_of_the_plan_once_and_on_time(garage: Garage) -> None:
    garage.refresh()
    owed = {
        row["key"]: row["due"]
        for row in garage.store.outbox.to_arrow().to_pylist()
        # What is worth nothing an hour later may miss its hour.
        if row["due"] < MORNING + dt.timedelta(days=7)
        and (row["expires"] is None or row["expires"] - row["due"] > dt.timedelta(hours=1))
    }
    for _ in range(24 * 7):
        garage.hour()
    assert set(owed) <= set(garage.sent)
    late = {key for key, due in owed.items() if not dt.timedelta(0) <= garage.sent[key] - due <= dt.timedelta(hours=1)}
    assert late == set()


def test_a_booking_ends_the_reminders_and_a_reply_teaches_the_hour(garage: Garage) -> None:
    garage.refresh()
    rows = garage.store.outbox.to_arrow().to_pylist()
    row = next(row for row in rows if row["occasion"] == "service-due" and row["state"] == "planned")
    garage.clock.go(hours=9)
    garage.store.events.append(
        [{"customer": row["customer"], "kind": "booking", "at": garage.clock.now, "asset": row["asset"]}]
    )
    garage.refresh()
    [after] = [each for each in garage.store.outbox.to_arrow().to_pylist() if each["key"] == row["key"]]
    assert (after["state"], after["why"]) == ("withdrawn", "ended")
    decision = garage.store.why_not(row["customer"], "service-due", days=60)
    assert "ended" in {each.reminder.reason for each in decision}


def test_each_row_of_the_outbox_can_be_explained(garage: Garage) -> None:
    garage.refresh()
    for row in garage.store.outbox.to_arrow().to_pylist()[::25]:
        decision = garage.store.explain(row["key"])
        assert decision.reminder.key == row["key"]
        assert decision.reminder.due == row["due"]
    with pytest.raises(courtesy.MissingError):
        garage.store.explain("0" * 32)


def test_what_went_out_is_known_to_the_next_plan(garage: Garage) -> None:
    garage.refresh()
    for _ in range(24):
        garage.hour()
    assert len(garage.sent) > 5
    ahead = plan_of(garage.store, MORNING, 2)
    assert not set(ahead) & set(garage.sent)
