"""Whether a rule's ``when`` holds for a customer, and an asset, at an instant."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from plain_books import Books
from plain_days import Calendar, span, texts
from plain_value import Values


def values(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def tagged(tags: set[str], wish: Any) -> bool:
    wish = wish if isinstance(wish, dict) else {"any": wish}
    return (
        not tags & set(texts(wish.get("none")))
        and set(texts(wish.get("all"))) <= tags
        and ("any" not in wish or bool(tags & set(texts(wish["any"]))))
    )


def read(cell: Any, wanted: Any) -> Any:
    """A cell of a CSV file is text; what it is compared with says what it means."""
    asked = wanted.values() if isinstance(wanted, dict) else values(wanted)
    if isinstance(cell, str):
        if any(isinstance(value, dt.date) for value in asked):
            return dt.date.fromisoformat(cell)
        if any(isinstance(value, (int, float)) and not isinstance(value, bool) for value in asked):
            return float(cell)
    return cell


def attribute(cell: Any, wanted: Any) -> bool:
    cell = read(cell, wanted)
    if not isinstance(wanted, dict):
        return cell in values(wanted)
    if "missing" in wanted and (cell is None) != wanted["missing"]:
        return False
    if ("min" in wanted or "max" in wanted) and (
        cell is None or cell < wanted.get("min", cell) or cell > wanted.get("max", cell)
    ):
        return False
    return "not" not in wanted or cell not in values(wanted["not"])


def within(found: float, wanted: dict[str, Any]) -> bool:
    dust = 1e-9
    return bool(wanted.get("min", found) - dust <= found <= wanted.get("max", found) + dust)


class Conditions:
    def __init__(self, books: Books, calendar: Calendar, values: Values) -> None:
        self.books, self.calendar, self.values = books, calendar, values

    def hold(self, when: dict[str, Any], customer: dict[str, Any], asset: Any, at: dt.datetime) -> bool:
        """Whether all of a table hold; ``asset`` is the id of what the candidate is about."""
        return all(self.holds(name, wanted, customer, asset, at, False) for name, wanted in when.items())

    def holds(
        self, name: str, wanted: Any, customer: dict[str, Any], asset: Any, at: dt.datetime, of_asset: bool
    ) -> bool:
        def together(table: dict[str, Any], within: bool = of_asset) -> bool:
            return all(self.holds(key, value, customer, asset, at, within) for key, value in table.items())

        if name == "any":
            return any(together(table) for table in wanted)
        if name == "all":
            return all(together(table) for table in wanted)
        if name == "not":
            return not together(wanted)
        if name in ("count", "spend"):
            return self.events(name, wanted, customer, asset, at, of_asset)
        if name == "asset" and not of_asset:
            return together(wanted, True)
        if name == "tags" and not of_asset:
            return tagged(set(customer["tags"]), wanted)
        if name == "lifetime_value" and not of_asset:
            return within(self.values.lifetime(customer, at), wanted)
        row = self.books.assets.get(asset, {}) if of_asset else customer
        return attribute(row.get(name), wanted)

    def events(
        self, name: str, wanted: dict[str, Any], customer: dict[str, Any], asset: Any, at: dt.datetime, of_asset: bool
    ) -> bool:
        """Whether so many events happened, or their values add up to so much."""
        today = self.books.civil_day(customer, at)
        total = []
        for event in self.books.until(customer, at):
            if event["kind"] not in texts(wanted.get("kind", "purchase")):
                continue
            if "topic" in wanted and event["topic"] not in texts(wanted["topic"]):
                continue
            if of_asset and (asset is None or event["asset"] != asset):
                continue
            if "over" in wanted and event["day"] <= self.calendar.shifted(today, span(wanted["over"]), back=True):
                continue
            if name == "count":
                total.append(1.0)
            elif "unit" not in wanted or event["unit"] == wanted["unit"]:
                total.append(event["value"] or 0.0)
        return within(math.fsum(total), wanted)
