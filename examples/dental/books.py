"""The tables that the practice keeps, and the days on which it is closed."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import shop_books
from shop_books import Dice, days_later, months_later

__all__ = ["TODAY", "Books", "Dice", "afternoon", "days_later", "months_later", "workday"]

TODAY = dt.date(2027, 3, 15)
# Month and day of the holidays that are the same each year; from Christmas Eve on it is closed for a week.
HOLIDAYS = [(1, 1), (7, 1), (11, 11), *((12, day) for day in range(24, 32))]

CUSTOMER_COLUMNS = [
    "id", "name", "given_name", "family_name", "salutation", "zone", "locale", "birthday", "status", "household",
    "email", "phone", "address", "channels", "quiet_from", "quiet_to", "tags", "tier", "recall", "joined",
]  # fmt: skip
ASSET_COLUMNS = ["id", "customer", "kind", "name", "since"]


def workday(day: dt.date) -> dt.date:
    """The day, or the last open one before it."""
    return shop_books.open_day(day, lambda day: (day.month, day.day) in HOLIDAYS)


def afternoon(day: dt.date) -> str:
    """Half past two at Halifax, summer or winter within the hour, as an instant."""
    return f"{day}T18:30:00Z"


class Books(shop_books.Books):
    """What the practice has written down."""

    def __init__(self) -> None:
        super().__init__(CUSTOMER_COLUMNS, ASSET_COLUMNS)
