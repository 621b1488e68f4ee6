"""From wall times to instants and back."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, overload

from courtesy import _core
from courtesy.errors import TimeError
from courtesy.time_column import is_column, time_column, zone_codes, zone_text

__all__ = ["to_local", "to_utc", "tzdata_version"]

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times
EPOCH_UTC = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
MICROSECOND = dt.timedelta(microseconds=1)


Gap = Literal["forward", "backward", "error"]
Overlap = Literal["first", "second", "error"]


@overload
def to_utc(
    local: dt.datetime, zone: str | dt.tzinfo, gap: Gap = "forward", overlap: Overlap = "first"
) -> dt.datetime: ...
@overload
def to_utc(local: Any, zone: Any, gap: Gap = "forward", overlap: Overlap = "first") -> Any: ...
def to_utc(local: Any, zone: Any, gap: Gap = "forward", overlap: Overlap = "first") -> Any:
    """The instant of a wall time, as an aware datetime in UTC.

    ``local`` is naive: what the clock in ``zone`` (an IANA name, an offset such as "+05:30", or an object of zoneinfo
    or datetime.timezone) shows; its ``fold`` is not looked at. A wall time that the clock skips moves ``gap="forward"``
    or ``"backward"`` by the length of the gap; of one that it shows twice the ``overlap="first"`` or the ``"second"``
    is meant.

    Or of a column of them: a NumPy array of datetime64, a Series of pandas or polars, or an array of pyarrow, with one
    zone, or a column of zones' names with one for each row. It gives a column of the same library: of UTC in
    microseconds, missing where the time or the zone is.

    Raises ZoneError for an unknown zone, TimeError for an aware ``local`` and where "error" is asked for and it comes
    to that; of columns they name the row (from 0). DataError where columns are not of one length.

    >>> import datetime as dt
    >>> import courtesy
    >>> courtesy.to_utc(dt.datetime(2038, 7, 1, 9), "Europe/London")
    datetime.datetime(2038, 7, 1, 8, 0, tzinfo=datetime.timezone.utc)

    On 28 March 2027 the clocks of London go from 01:00 to 02:00:

    >>> courtesy.to_utc(dt.datetime(2027, 3, 28, 1, 30), "Europe/London", gap="error")
    Traceback (most recent call last):
        ...
    courtesy.errors.TimeError: ...
    """
    if is_column(local):
        column = time_column(local)
        if column.aware:
            raise TimeError("expected wall times (without a zone), found a column with a zone, of instants already")
        names, codes = zone_codes(zone)
        return column.make(_core.to_utc_column(names, codes, column.cells, str(gap), str(overlap)), True)
    if not _is_datetime(local):
        raise TimeError(f"expected a wall time (a naive datetime), found {type(local).__name__}")
    if local.tzinfo is not None:
        raise TimeError("expected a wall time (a naive datetime), found an aware one, which is an instant already")
    return instant(_core.to_utc(zone_text(zone), (local - EPOCH) // MICROSECOND, str(gap), str(overlap)))


@overload
def to_local(at: dt.datetime, zone: str | dt.tzinfo) -> dt.datetime: ...
@overload
def to_local(at: Any, zone: Any) -> Any: ...
def to_local(at: Any, zone: Any) -> Any:
    """What the clock in ``zone``, given as to ``to_utc``, shows at an instant: a naive datetime.

    Or of a column of instants, as ``to_utc``; those of a NumPy array are in UTC.

    Raises TimeError for a naive ``at``, ZoneError for an unknown zone.

    >>> import datetime as dt
    >>> import courtesy
    >>> courtesy.to_local(dt.datetime(2038, 7, 1, 8, tzinfo=dt.timezone.utc), "Europe/London")
    datetime.datetime(2038, 7, 1, 9, 0)
    """
    if is_column(at):
        column = time_column(at)
        if column.aware is False:
            raise TimeError("expected instants (with a zone), found a column without one")
        names, codes = zone_codes(zone)
        return column.make(_core.to_local_column(names, codes, column.cells), False)
    ticks = microseconds(at)
    return wall_time(ticks + _core.utc_offsets(zone_text(zone), [ticks])[0] * 1_000_000)


def tzdata_version() -> str:
    """The version of the system's time zone data, such as "2026a"; "unknown" where the system does not tell."""
    return _core.tzdata_version()


def microseconds(at: dt.datetime) -> int:
    """Microseconds since the epoch of an aware datetime; a naive one raises TimeError."""
    if not _is_datetime(at) or at.utcoffset() is None:
        found = "a naive one" if _is_datetime(at) else type(at).__name__
        raise TimeError(f"expected an aware datetime, found {found}; add a zone, such as tzinfo=timezone.utc")
    return (at - EPOCH_UTC) // MICROSECOND


def instant(ticks: int) -> dt.datetime:
    """The aware UTC datetime of microseconds since the epoch."""
    return _after(EPOCH_UTC, ticks)


def wall_time(ticks: int) -> dt.datetime:
    """The naive datetime of a wall time in microseconds."""
    return _after(EPOCH, ticks)


def _is_datetime(value: object) -> bool:
    """Pandas' NaT passes for a datetime, and is equal to nothing."""
    return isinstance(value, dt.datetime) and value == value


def _after(epoch: dt.datetime, ticks: int) -> dt.datetime:
    try:
        return epoch + dt.timedelta(microseconds=ticks)
    except OverflowError:
        raise TimeError("the time lies outside the years 1 to 9999") from None
