"""Dice, dates, and the three tables that a shop keeps: what the scripts that write the examples' books share."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

EVENT_COLUMNS = [
    "id", "customer", "asset", "kind", "at", "value", "unit", "due", "ref", "channel", "by", "note", "topic",
]  # fmt: skip

T = TypeVar("T")


class Dice:
    """Chances that are the same with every Python."""

    def __init__(self, *seed: int) -> None:
        number = 0
        for part in seed:
            number = number * 1_000_003 + part
        self._next = random.Random(number).random

    def chance(self, share: float) -> bool:
        return self._next() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._next() * (high - low + 1))

    def middling(self, low: int, high: int) -> int:
        """As between, with the middle the likeliest."""
        return low + int((self._next() + self._next() + self._next()) / 3 * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, choices: Mapping[T, int]) -> T:
        ticket = self.between(1, sum(choices.values()))
        for choice, share in choices.items():
            ticket -= share
            if ticket <= 0:
                return choice
        raise AssertionError("the shares hold every ticket")

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.between(0, (last - first).days))

    def moment(self, day: dt.date, first_hour: int = 8, last_hour: int = 16) -> str:
        """A minute of the day, as an instant in UTC."""
        return f"{day}T{self.between(first_hour, last_hour):02}:{self.between(0, 59):02}:00Z"


def days_later(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def months_later(day: dt.date, months: int) -> dt.date:
    month = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(month // 12, month % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def open_day(day: dt.date, closed: Callable[[dt.date], bool]) -> dt.date:
    """The day, or the last open one before it."""
    while day.weekday() > 4 or closed(day):
        day = days_later(day, -1)
    return day


class Books:
    """What a shop has written down."""

    def __init__(self, customer_columns: Sequence[str], asset_columns: Sequence[str]) -> None:
        self._columns = {"customers": customer_columns, "assets": asset_columns, "events": EVENT_COLUMNS}
        self.customers: list[dict[str, Any]] = []
        self.assets: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def add_event(self, customer: Mapping[str, Any], kind: str, at: dt.date | str, **cells: Any) -> dict[str, Any]:
        event = {"customer": customer["id"], "kind": kind, "at": str(at), **cells}
        self.events.append(event)
        return event

    def number_events(self) -> None:
        """In the order of their time, each with an id where it has none; an answer refers to the id of its question."""
        self.events.sort(key=lambda event: (event["at"], event["customer"], event["kind"], str(event.get("asset"))))
        for number, event in enumerate((event for event in self.events if "id" not in event), start=1):
            event["id"] = f"e-{number:05}"
        for event in self.events:
            if isinstance(event.get("ref"), dict):
                event["ref"] = event["ref"]["id"]

    def note(self, **cells: Any) -> None:
        """One more event, after all that have a number."""
        self.events.append({"id": f"n-{len(self.events) + 1:05}", **cells})

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in self._columns.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(getattr(self, name))
