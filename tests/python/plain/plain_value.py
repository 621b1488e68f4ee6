"""What a customer is worth to the shop, and the goodwill that they have shown."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any

from plain_books import Books
from plain_days import DAY, texts

GOODWILL = ["paid", "referral", "feedback"]
YEAR = 365 * DAY


class Values:
    def __init__(self, books: Books, policy: dict[str, Any]) -> None:
        self.books, self.years = books, policy.get("value_years", 3)
        self.goodwill = texts(policy.get("goodwill", GOODWILL))

    def lifetime(self, customer: dict[str, Any], at: dt.datetime | None = None) -> float:
        """Their own part, and half of that of everybody whom they referred: of all events, or of those up to then."""
        referrals = [event["ref"] for event in self.events(customer, at) if event["kind"] == "referral"]
        others = [self.books.customers.get(other) for other in dict.fromkeys(referrals) if other != customer["id"]]
        return self.own(customer, at) + sum(self.own(other, at) for other in others if other) / 2

    def own(self, customer: dict[str, Any], at: dt.datetime | None) -> float:
        """The typical purchase, as often as they come in a year, for some years."""
        purchases = [event for event in self.events(customer, at) if event["kind"] == "purchase"]
        values = [event["value"] for event in purchases if event["value"] is not None]
        if not values:
            return 0.0
        years = (purchases[-1]["day"] - purchases[0]["day"]).days / 365.25
        return float(statistics.median(values) * (len(purchases) / max(1.0, years)) * self.years)

    def events(self, customer: dict[str, Any], at: dt.datetime | None) -> list[dict[str, Any]]:
        return self.books.until(customer, at) if at else self.books.events[customer["id"]]

    def points(self, customer: dict[str, Any], at: dt.datetime) -> int:
        """How many kinds of goodwill they have shown in the year before."""
        return len(self.shown(customer, at))

    def shown(self, customer: dict[str, Any], at: dt.datetime) -> set[str]:
        today = self.books.civil_day(customer, at)
        return {
            event["kind"]
            for event in self.books.until(customer, at)
            if event["kind"] in self.goodwill and event["day"] > today - YEAR and self.counts(event)
        }

    @staticmethod
    def counts(event: dict[str, Any]) -> bool:
        """What was paid late is no goodwill."""
        if event["kind"] != "paid" or event["due"] is None:
            return True
        if isinstance(event["due"], dt.datetime):
            return bool(event["instant"] <= event["due"])
        return bool(event["day"] <= event["due"])
