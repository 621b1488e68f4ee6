"""From wall times to instants and back."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from courtesy import _core
from courtesy.errors import TimeError

__all__ = ["to_local", "to_utc", "tzdata_version"]

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times
_EPOCH_UTC = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_MICROSECOND = dt.timedelta(microseconds=1)


def to_utc(
    local: dt.datetime,
    zone: str,
    gap: Literal["forward", "backward", "error"] = "forward",
    overlap: Literal["first", "second", "error"] = "first",
) -> dt.datetime:
    """The instant of a wall time, as an aware datetime in UTC.

    ``local`` is naive: what the clock in ``zone`` (an IANA name or "+05:30") shows. A wall time that a clock skips
    moves forward (or backward) by the gap; of one that it shows twice the first (or second) is meant.

    Raises ZoneError for an unknown zone, TimeError for an aware ``local`` or where "error" is asked for.

    >>> to_utc(dt.datetime(2038, 7, 1, 9), "Europe/London")
    datetime.datetime(2038, 7, 1, 8, 0, tzinfo=datetime.timezone.utc)
    >>> to_utc(dt.datetime(2027, 3, 28, 1, 30), "Europe/London", gap="error")
    Traceback (most recent call last):
        ...
    courtesy.errors.TimeError: ...
    """
    if local.tzinfo is not None:
        raise TimeError("expected a wall time (a naive datetime), found an aware one; it has its instant already")
    return instant(_core.to_utc(zone, (local - _EPOCH) // _MICROSECOND, gap, overlap))


def to_local(at: dt.datetime, zone: str) -> dt.datetime:
    """What the clock in ``zone`` shows at an instant: a naive datetime.

    Raises TimeError for a naive ``at``, ZoneError for an unknown zone.

    >>> to_local(dt.datetime(2038, 7, 1, 8, tzinfo=dt.timezone.utc), "Europe/London")
    datetime.datetime(2038, 7, 1, 9, 0)
    """
    ticks = microseconds(at)
    offset = _core.utc_offsets(zone, [ticks])[0]
    return wall_time(ticks + offset * 1_000_000)


def tzdata_version() -> str:
    """The version of the system's time zone data, such as "2026a"."""
    return _core.tzdata_version()


def microseconds(at: dt.datetime) -> int:
    """Microseconds since the epoch of an aware datetime; a naive one raises TimeError."""
    if at.tzinfo is None:
        raise TimeError("expected an aware datetime, found a naive one; add a zone, such as tzinfo=timezone.utc")
    return (at - _EPOCH_UTC) // _MICROSECOND


def instant(ticks: int) -> dt.datetime:
    """The aware UTC datetime of microseconds since the epoch."""
    return _EPOCH_UTC + dt.timedelta(microseconds=ticks)


def wall_time(ticks: int) -> dt.datetime:
    """The naive datetime of a wall time in microseconds."""
    return _EPOCH + dt.timedelta(microseconds=ticks)
