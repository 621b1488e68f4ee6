"""The window of a plan: from a start and a length to instants."""

from __future__ import annotations

import datetime as dt

from courtesy import _core
from courtesy.errors import TimeError
from courtesy.time import microseconds

__all__ = ["Moment", "window"]

Moment = dt.date | dt.datetime | str
"""A date (midnight in the shop's zone), an aware datetime, or the ISO 8601 text of either."""


def window(
    zone: str, start: Moment, days: int | dt.timedelta | None, until: Moment | None
) -> tuple[int, int]:
    """Start and end in microseconds UTC. ``days`` counts civil days in the shop's zone where the start is a date.

    Raises TimeError for a naive datetime, for both or neither of days and until, and for an empty window.
    """
    if (days is None) == (until is None):
        raise TimeError("expected either days= or until=, found " + ("neither" if days is None else "both"))
    begin = _moment(start, "start")
    first = _ticks(begin, zone)
    if until is not None:
        last = _ticks(_moment(until, "until"), zone)
    elif isinstance(days, dt.timedelta):
        last = first + days // dt.timedelta(microseconds=1)
    elif isinstance(days, int) and not isinstance(days, bool):
        last = _after(begin, days, first, zone)
    else:
        raise TimeError(f"days: expected a whole number or a timedelta, found {type(days).__name__}")
    if last <= first:
        raise TimeError("the window is empty: its end must come after its start")
    return first, last


def _after(begin: dt.date, days: int, first: int, zone: str) -> int:
    if isinstance(begin, dt.datetime):
        return first + days * 86_400_000_000
    try:
        return _ticks(begin + dt.timedelta(days=days), zone)
    except OverflowError:
        raise TimeError("the window must lie within the years 1600 to 9999") from None


def _moment(moment: Moment, name: str) -> dt.date:
    if isinstance(moment, str):
        text = moment.strip()
        try:
            return dt.date.fromisoformat(text) if len(text) == len("2026-12-01") else _datetime(text)
        except ValueError:
            raise TimeError(
                f"{name}: expected a date such as 2026-12-01 or a time such as 2026-12-01T09:00+00:00, "
                f"found {moment!r}"
            ) from None
    if isinstance(moment, dt.date):
        return moment
    raise TimeError(f"{name}: expected a date, a datetime or a text, found {type(moment).__name__}")


def _datetime(text: str) -> dt.datetime:
    # Python 3.10 does not read the Z of ISO 8601.
    return dt.datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text)


def _ticks(moment: dt.date, zone: str) -> int:
    if isinstance(moment, dt.datetime):
        return microseconds(moment)
    return _core.local_midnight(zone, (moment - dt.date(1970, 1, 1)).days)
