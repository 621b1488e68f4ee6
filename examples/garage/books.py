"""The tables that the garage keeps, and the days on which it is closed."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import shop_books
from shop_books import Dice, days_later, months_later

__all__ = ["TODAY", "Books", "Dice", "days_later", "months_later", "workday"]

TODAY = dt.date(2026, 11, 23)
STOCK_TAKING = dt.date(2026, 11, 26)
HOLIDAYS = [(12, 25), (12, 26), (1, 1)]  # month and day

CUSTOMER_COLUMNS = [
    "id", "name", "given_name", "family_name", "salutation", "zone", "locale", "country", "birthday", "status",
    "household", "email", "phone", "address", "town", "channels", "quiet_from", "quiet_to", "tags", "tier",
    "member_since",
]  # fmt: skip
ASSET_COLUMNS = ["id", "customer", "kind", "name", "since", "registration", "fuel"]


def workday(day: dt.date) -> dt.date:
    """The day, or the last open one before it."""
    return shop_books.open_day(day, lambda day: (day.month, day.day) in HOLIDAYS or day == STOCK_TAKING)


class Books(shop_books.Books):
    """What the garage has written down."""

    def __init__(self) -> None:
        super().__init__(CUSTOMER_COLUMNS, ASSET_COLUMNS)
