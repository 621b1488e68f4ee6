"""A shop with a store whose clock stands where the test sets it."""

from __future__ import annotations

import collections
import datetime as dt
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import courtesy

UTC = dt.timezone.utc
# A Tuesday; the clocks change on none of the weeks around it.
START = dt.datetime(2026, 12, 1, 8, tzinfo=UTC)
THANKS = courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00", channels=["email"])
# What nobody but the customer and the shop should read.
ADA = {
    "id": 17,
    "name": "Ada Quimbleford",
    "email": "quimbleford@example.org",
    "phone": "+44 7700 900817",
    "address": "93 Quarry Hill, Zürich",
    "birthday": dt.date(1980, 12, 5),
}
SECRETS = ("Quimbleford", "quimbleford@", "7700 900817", "Quarry Hill", "1980")


class Clock:
    """A clock that stands still until it is told to go."""

    def __init__(self, now: dt.datetime = START) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


def purchase(customer: int | str, at: dt.date | dt.datetime, **cells: Any) -> dict[str, Any]:
    return {"customer": customer, "kind": "purchase", "at": at, **cells}


class Shop:
    """A store, its clock, and what went out."""

    def __init__(
        self,
        folder: Path,
        occasions: Sequence[courtesy.Occasion] = (THANKS,),
        *,
        policy: dict[str, Any] | None = None,
        now: dt.datetime = START,
        threads: int = 1,
    ) -> None:
        self.path = folder / "shop.db"
        self.clock = Clock(now)
        self.threads = threads
        self.policy = policy
        self.store = self.opened(occasions)
        self.sent: list[tuple[str, dt.datetime]] = []

    def opened(self, occasions: Sequence[courtesy.Occasion]) -> courtesy.Store:
        rules = courtesy.Rules(occasions, policy=self.policy, shop={"zone": "UTC"})
        return courtesy.open(self.path, rules, clock=self.clock, threads=self.threads)

    def reopen(self, occasions: Sequence[courtesy.Occasion]) -> None:
        """The shop begins anew with other rules."""
        self.store.close()
        self.store = self.opened(occasions)

    def rows(self, **cells: Any) -> list[dict[str, Any]]:
        """The outbox's rows that have these cells, by due."""
        rows = self.store.outbox.to_arrow().to_pylist()
        found = [row for row in rows if all(row[name] == cell for name, cell in cells.items())]
        return sorted(found, key=lambda row: (row["due"], row["key"]))

    def states(self) -> dict[str, int]:
        return dict(collections.Counter(row["state"] for row in self.rows()))

    def why(self, key: str) -> list[tuple[str, str | None]]:
        """The states of a reminder, and why it came into each, in the order of time."""
        return [(row["state"], row["why"]) for row in self.store.audit.to_arrow().to_pylist() if row["key"] == key]

    def work(self, **options: Any) -> list[tuple[str, dt.datetime]]:
        """Claims and sends until nothing is due; what went out is kept."""
        went: list[tuple[str, dt.datetime]] = []
        while claim := self.store.claim(limit=100, **options):
            went += [(reminder.key, self.clock.now) for reminder in claim]
            went += [(merged["key"], self.clock.now) for reminder in claim for merged in reminder.merged]
            claim.done()
        self.sent += went
        return went

    def live(self, hours: int, step: int = 1) -> None:
        """Lets time pass, hour by hour, refreshing and sending."""
        for _ in range(0, hours, step):
            self.clock.go(hours=step)
            self.refresh()
            self.work()

    def refresh(self, **options: Any) -> courtesy.refreshed.Refreshed:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", courtesy.DataWarning)
            return self.store.refresh(**options)


def shop_in(folder: Path, *occasions: courtesy.Occasion, **options: Any) -> Iterator[Shop]:
    """A fixture's shop, closed after the test."""
    shop = Shop(folder, occasions or (THANKS,), **options)
    yield shop
    shop.store.close()
