"""A shop's books as the model reads them: customers, assets and events, from CSV files or lists of dicts."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plain_days import UTC, midnight, wall_of

EVENT = dict.fromkeys(("asset", "due", "ref", "channel", "by", "note", "topic", "unit", "value"))
CUSTOMER = dict.fromkeys(
    (
        *("zone", "birthday", "status", "household", "address", "email", "phone"),
        *("channels", "tags", "quiet_from", "quiet_to"),
    )
)


def rows(table: Path | Iterable[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The rows of a table, with nothing for an empty cell."""
    if isinstance(table, Path):
        with table.open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
    return [{name: None if cell == "" else cell for name, cell in row.items()} for row in table or []]


def words(cell: Any) -> list[str]:
    """The texts of a cell that lists some."""
    found = cell.split(",") if isinstance(cell, str) else cell or []
    return [word.strip() for word in found if word.strip()]


def moment(value: Any) -> dt.date | dt.datetime | None:
    """A date, or an instant in UTC."""
    if isinstance(value, str):
        read = dt.date.fromisoformat if len(value) == len("2026-11-23") else dt.datetime.fromisoformat
        value = read(value.replace("Z", "+00:00"))
    return value.astimezone(UTC) if isinstance(value, dt.datetime) else value


def rank_of(kind: str) -> int:
    """At one instant what ends or takes back comes after what it ends, and then what opens it again."""
    ranks = {"resolution": 1, "broken": 1, "withdrawal": 1, "skip": 1, "renegotiated": 2, "reopened": 2, "kept": 3}
    return ranks.get(kind, 0)


class Books:
    """Customers by their ids, assets by theirs, and each customer's events in the order in which they happened."""

    def __init__(
        self,
        customers: Path | Iterable[dict[str, Any]],
        events: Path | Iterable[dict[str, Any]] | None,
        assets: Path | Iterable[dict[str, Any]] | None,
        shop: ZoneInfo,
    ) -> None:
        self.shop = shop
        self.customers = {customer["id"]: CUSTOMER | customer for customer in rows(customers)}
        self.assets = {asset["id"]: asset for asset in rows(assets)}
        for customer in self.customers.values():
            customer["tags"], customer["channels"] = words(customer["tags"]), words(customer["channels"])
        self.events: dict[Any, list[dict[str, Any]]] = {name: [] for name in self.customers}
        for event in rows(events):
            read = self.read(EVENT | event)
            self.events[read["customer"]].append(read)
        for found in self.events.values():
            found.sort(key=lambda event: event["order"])

    def zone(self, customer: dict[str, Any]) -> ZoneInfo:
        return ZoneInfo(customer["zone"]) if customer["zone"] else self.shop

    def civil_day(self, customer: dict[str, Any], at: dt.date | dt.datetime) -> dt.date:
        """The date in the customer's zone."""
        return wall_of(at, self.zone(customer)).date() if isinstance(at, dt.datetime) else at

    def read(self, event: dict[str, Any]) -> dict[str, Any]:
        """An event with its civil ``day``, its ``instant``, and whether an instant is what it ``carries``."""
        customer = self.customers[event["customer"]]
        at = moment(event["at"])
        event["carries"] = isinstance(at, dt.datetime)
        event["day"] = self.civil_day(customer, at)
        event["instant"] = at if event["carries"] else midnight(at, self.zone(customer))
        event["due"] = moment(event["due"])
        event["value"] = None if event["value"] is None else float(event["value"])
        event["order"] = (event["instant"], rank_of(event["kind"]), event["id"])
        return event

    def until(self, customer: dict[str, Any], at: dt.datetime) -> list[dict[str, Any]]:
        """What had happened to a customer up to an instant."""
        return [event for event in self.events[customer["id"]] if event["instant"] <= at]
