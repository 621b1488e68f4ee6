"""The window of a plan: from a start and a length, or an end, to instants."""

from __future__ import annotations

import datetime as dt
import operator
import re
from typing import SupportsIndex

from courtesy import _core
from courtesy.errors import TimeError
from courtesy.time import EPOCH, MICROSECOND, microseconds

__all__ = ["Days", "Moment", "day_number", "moment_of", "ticks_of", "window"]

Moment = dt.date | dt.datetime | str
"""A date (midnight in the shop's zone), an aware datetime, or the ISO 8601 text of either."""

Days = SupportsIndex | dt.timedelta
"""A number of days, or a timedelta."""

_DAY = dt.timedelta(days=1)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def window(zone: str, start: Moment, days: Days | None, until: Moment | None) -> tuple[int, int]:
    """Start and end in microseconds UTC; the end is not part of the window.

    A number of ``days`` after a date counts civil days in the shop's ``zone``; after a datetime, and as a timedelta,
    days of 24 hours. ``until`` is exclusive too.

    Raises TimeError for a naive datetime, for both or neither of days and until, and for an empty window.
    """
    if (days is None) == (until is None):
        raise TimeError(f"expected either days= or until=, found {'neither' if days is None else 'both'}")
    begin = moment_of(start, "start")
    first = ticks_of(begin, "start", zone)
    if days is None:
        assert until is not None
        last = ticks_of(moment_of(until, "until"), "until", zone)
    else:
        last = _end(begin, first, days, zone)
    if last <= first:
        raise TimeError("the window is empty: it must end after its start")
    return first, last


def day_number(day: dt.date | str, name: str) -> int:
    """Days since 1970-01-01 of a date or its ISO text; of a datetime its date."""
    moment = moment_of(day, name)
    return (dt.date(moment.year, moment.month, moment.day) - EPOCH.date()).days


def _end(begin: dt.date, first: int, days: Days, zone: str) -> int:
    if isinstance(days, dt.timedelta):
        return first + days // MICROSECOND
    try:
        count = operator.index(days)
    except TypeError:
        found = f"the text {days!r}" if isinstance(days, str) else type(days).__name__
        raise TimeError(f"days: expected a whole number or a timedelta, found {found}") from None
    if isinstance(begin, dt.datetime):
        return first + count * (_DAY // MICROSECOND)
    try:
        return ticks_of(begin + _DAY * count, "days", zone)
    except OverflowError:
        raise TimeError(f"days: the window would end after the year 9999, found {count}") from None


def moment_of(moment: Moment, name: str) -> dt.date:
    """The date or datetime that is meant; TimeError names the argument where it is neither."""
    if isinstance(moment, dt.date):
        return moment
    if not isinstance(moment, str):
        raise TimeError(f"{name}: expected a date, a datetime or a text, found {type(moment).__name__}")
    text = moment.strip()
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
        # Python 3.10 does not read the Z of ISO 8601.
        return dt.datetime.fromisoformat(re.sub("[Zz]$", "+00:00", text))
    except ValueError:
        raise TimeError(
            f"{name}: expected a date such as 2026-12-01 or a time such as 2026-12-01T09:00+00:00, found {moment!r}"
        ) from None


def ticks_of(moment: dt.date, name: str, zone: str) -> int:
    """The instant (µs UTC) of an aware datetime, or at which a date begins in a zone; ``name`` is the argument's."""
    if not isinstance(moment, dt.datetime):
        return _core.local_midnight(zone, (moment - EPOCH.date()).days)
    try:
        return microseconds(moment)
    except TimeError as error:
        raise TimeError(f"{name}: {error}") from None
