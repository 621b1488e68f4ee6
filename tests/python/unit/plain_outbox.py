"""A store for tests of the worker: reminders in a list, claimed and answered as a store's are."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from courtesy.errors import LeaseError
from courtesy.refreshed import Refreshed

NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.timezone.utc)


@dataclasses.dataclass
class PlainReminder:
    """A row: ``said`` are the answers that it got."""

    key: str
    channel: str = "sms"
    customer: str = "c-1"
    asset: str | None = None
    occasion: str = "thank-you"
    step: str = "1"
    audience: str = "customer"
    purpose: str = "care"
    priority: int = 0
    message: str | None = None
    team: str | None = None
    gesture: str | None = None
    cost: float | None = None
    partner: str | None = None
    zone: str = "UTC"
    attempts: int = 0
    due: dt.datetime = NOW
    local: dt.datetime = NOW
    expires: dt.datetime | None = None
    merged: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    recipient: dict[str, Any] = dataclasses.field(default_factory=lambda: {"id": "c-1", "phone": "+44 20 7946 0211"})
    state: str = "planned"
    said: list[tuple[Any, ...]] = dataclasses.field(default_factory=list)
    crashes: int = 0
    lost: bool = False

    def _answer(self, state: str, *said: Any) -> None:
        if self.state != "claimed" or self.lost:
            raise LeaseError(f"the reminder {self.key} is held no longer")
        self.said.append((state, *said))
        self.state = state

    def done(self) -> None:
        self._answer("sent")

    def failed(self, why: str = "", retry: bool = True) -> None:
        self._answer("failed", why, retry)

    def snooze(self, until: object, why: str = "") -> None:
        self._answer("snoozed", until)

    def skip(self, why: str = "") -> None:
        self._answer("skipped")

    def release(self) -> None:
        self._answer("released")
        self.state = "planned"

    def crashed(self, why: str = "") -> None:
        self._answer("crashed", why)
        self.crashes += 1
        self.state = "parked" if self.crashes == 3 else "planned"


class PlainClaim(Sequence[PlainReminder]):
    def __init__(self, rows: list[PlainReminder]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __iter__(self) -> Iterator[PlainReminder]:
        return iter(self.rows)

    def release(self) -> None:
        for row in self.rows:
            if row.state == "claimed":
                row.release()


class PlainStore:
    """``limits`` are the numbers that were asked for, and ``refreshes`` how often it was refreshed."""

    def __init__(self, *rows: PlainReminder) -> None:
        self.rows = list(rows)
        self.lock = threading.Lock()
        self.limits: list[int] = []
        self.refreshes = 0
        self.warnings: tuple[str, ...] = ()
        self.broken: Exception | None = None

    def _refreshed(self, horizon: object) -> Refreshed:
        self.refreshes += 1
        return Refreshed(looked_at=len(self.rows), warnings=self.warnings)

    def claim(self, limit: int, lease: dt.timedelta, channels: Sequence[str]) -> PlainClaim:
        with self.lock:
            if self.broken:
                raise self.broken
            self.limits.append(limit)
            rows = [row for row in self.rows if row.state == "planned" and row.channel in channels][:limit]
            for row in rows:
                row.state = "claimed"
            return PlainClaim(rows)
