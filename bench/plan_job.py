"""The job that is measured: a million customers, five occasions, thirty days.

Each customer has a zone, a birthday, one purchase and one last service. All numbers are drawn from a seed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

SHOP_ZONE = "Europe/London"
OCCASIONS = ("birthday", "purchase-anniversary", "service-due", "check-in", "thank-you")
HOURS = (9, 10, 9, 9, 10)
HOLIDAYS = (dt.date(2026, 12, 25), dt.date(2026, 12, 28))
ZONES = (
    "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Lisbon", "Europe/Athens",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo",
    "America/Mexico_City", "Asia/Tokyo", "Asia/Kolkata", "Asia/Singapore", "Asia/Dubai", "Australia/Sydney",
    "Australia/Perth", "Africa/Cairo", "Pacific/Auckland",
)  # fmt: skip

RULES = Path(__file__).with_suffix(".toml").read_text()

Whole = npt.NDArray[np.int64]


def number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - dt.date(1970, 1, 1)).days


def date(days: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=days)


@dataclasses.dataclass(frozen=True)
class Window:
    """Midnight to midnight of the shop, and what everybody may know about its days before the clock starts."""

    start: dt.date = dt.date(2026, 12, 1)
    days: int = 30

    @property
    def end(self) -> dt.date:
        return self.start + dt.timedelta(days=self.days)

    @functools.cached_property
    def bounds(self) -> tuple[int, int]:
        """The half-open range of instants, in microseconds."""
        start, end = (dt.datetime.combine(day, dt.time(), ZoneInfo(SHOP_ZONE)) for day in (self.start, self.end))
        return int(start.timestamp()) * 1_000_000, int(end.timestamp()) * 1_000_000

    @property
    def first(self) -> int:
        """The first local day, counted from 1970, that can fall into the window in any zone."""
        return number(self.start) - 2

    @property
    def last(self) -> int:
        return number(self.end) + 1

    @functools.cached_property
    def due(self) -> dict[int, Whole]:
        """The instant in microseconds of an hour in each zone on each of the window's days: [zone, day - first]."""
        zones = [ZoneInfo(name) for name in ZONES]
        return {
            hour: np.array(
                [
                    [int(self._at(day, hour, zone).timestamp()) * 1_000_000 for day in range(self.first, self.last + 1)]
                    for zone in zones
                ]
            )
            for hour in set(HOURS)
        }

    @functools.cached_property
    def of_occasions(self) -> Whole:
        """The same by occasion: [occasion, zone, day - first]."""
        return np.stack([self.due[hour] for hour in HOURS])

    @staticmethod
    def _at(day: int, hour: int, zone: ZoneInfo) -> dt.datetime:
        return dt.datetime.combine(date(day), dt.time(hour), zone)

    @functools.cached_property
    def by_month_day(self) -> Whole:
        """The day of the window that each month-and-day falls on (month << 5 | day), or -1.

        29 February falls on 28 February in other years.
        """
        table = np.full(512, -1)
        for day in range(self.first, self.last + 1):
            civil = date(day)
            table[civil.month << 5 | civil.day] = day
            if (civil.month, civil.day) == (2, 28) and date(day + 1).month == 3:
                table[2 << 5 | 29] = day
        return table

    @functools.cached_property
    def years(self) -> Whole:
        """The year of each of the window's days: [day - first]."""
        return np.array([date(day).year for day in range(self.first, self.last + 1)])

    @functools.cached_property
    def business(self) -> tuple[int, Whole]:
        """A first day, and for each day from it to the window's last the next business day, itself where it is one."""
        first = self.first - 15
        table = []
        for day in range(first, self.last + 1):
            while date(day).weekday() >= 5 or date(day) in HOLIDAYS:
                day += 1
            table.append(day)
        return first, np.array(table)


@dataclasses.dataclass
class Job:
    """Columns by customer: a zone's number, and days since 1970 of the birthday, the purchase and the last service."""

    zone: Whole
    birthday: Whole
    purchase: Whole
    service: Whole

    def __len__(self) -> int:
        return len(self.zone)

    def head(self, count: int) -> Job:
        return Job(self.zone[:count], self.birthday[:count], self.purchase[:count], self.service[:count])

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Customers and events as Arrow tables: ids are the row numbers, a customer's events stand together."""
        ids = np.arange(len(self))
        events = np.arange(2 * len(self))
        days = np.column_stack([self.purchase, self.service]).reshape(-1)
        return self._customers(pa.array(ids)), self._events(pa.array(events), pa.array(ids), events, days)

    def journal(self) -> tuple[pa.Table, pa.Table]:
        """The same as a shop's journal has it: ids are texts, events stand in the order of their days."""
        ids = pa.array([f"c-{i:07d}" for i in range(len(self))])
        days = np.column_stack([self.purchase, self.service]).reshape(-1)
        order = np.argsort(days, kind="stable")
        events = pa.array([f"e-{i:08d}" for i in range(len(order))])
        return self._customers(ids), self._events(events, ids, order, days)

    def _customers(self, ids: pa.Array) -> pa.Table:
        return pa.table(
            {
                "id": ids,
                "zone": pa.DictionaryArray.from_arrays(self.zone.astype(np.int32), list(ZONES)),
                "birthday": pa.array(self.birthday.astype(np.int32), pa.date32()),
            }
        )

    @staticmethod
    def _events(ids: pa.Array, customers: pa.Array, order: Whole, days: Whole) -> pa.Table:
        """Event 2 n is the purchase of customer n, event 2 n + 1 the service; written in that order."""
        return pa.table(
            {
                "id": ids,
                "customer": customers.take(pa.array(order // 2)),
                "kind": pa.DictionaryArray.from_arrays((order % 2).astype(np.int32), ["purchase", "service"]),
                "at": pa.array(days[order].astype(np.int32), pa.date32()),
            }
        )


def make_job(customers: int, window: Window | None = None, seed: int = 7) -> Job:
    """Birthdays over 70 years; a purchase within the two years, and a service within the nine months, before the
    window's end."""
    random = np.random.default_rng(seed)
    end = number((window or Window()).end)
    return Job(
        zone=random.integers(0, len(ZONES), customers),
        birthday=random.integers(number(dt.date(1935, 1, 1)), number(dt.date(2005, 1, 1)), customers),
        purchase=end - random.integers(1, 731, customers),
        service=end - random.integers(1, 271, customers),
    )
