"""Opening hours: when a business is open, and arithmetic in the time that it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from courtesy import _core
from courtesy.errors import RuleError, TimeError
from courtesy.time import MICROSECOND, microseconds
from courtesy.time_column import zone_text
from courtesy.window import Moment, day_number, moment_of
from courtesy.workdays import Workdays
from courtesy.zones import in_zone

__all__ = ["OpeningHours"]

_A_CENTURY = dt.timedelta(days=36_525)


class OpeningHours:
    """When a business is open, and arithmetic in the time that it is.

    ``hours`` has for weekdays ("mon"), runs of them ("mon-fri"), dates ("2026-12-24") and ranges of dates
    ("2026-12-27/2027-01-01", both included) the hours on the clock in ``zone`` (an IANA name, an offset such as
    "+05:30", or an object of zoneinfo or datetime.timezone): "08:00-12:00, 13:00-17:00", "22:00-02:00" (to the next
    day), "00:00-24:00" or "closed". A day without hours is closed, a later key takes the place of an earlier one, and a
    date that of its weekday. On the holidays of ``workdays`` it is closed as well, but for dates that have hours of
    their own.

    What is counted is the time that elapses: of an hour that the clocks skip nothing, of one that they show twice both.
    Moments are aware datetimes; answers are in ``zone``. It does not change once it is made, and may be used from any
    number of threads. Raises RuleError for hours that cannot be read, ZoneError for an unknown zone, and TimeError for
    a naive moment, or where no opening comes within two years or a century is passed.

    >>> import datetime as dt
    >>> import courtesy
    >>> garage = courtesy.OpeningHours({"mon-fri": "08:00-12:00, 13:00-17:00"}, zone="Europe/London")
    >>> friday = courtesy.to_utc(dt.datetime(2026, 11, 27, 16, 30), "Europe/London")
    >>> garage.add(friday, dt.timedelta(hours=4)).isoformat()
    '2026-11-30T11:30:00+00:00'
    """

    def __init__(
        self, hours: Mapping[str | dt.date, str], zone: str | dt.tzinfo, workdays: Workdays | None = None
    ) -> None:
        if not isinstance(hours, Mapping):
            raise RuleError(f"hours: expected a dict such as {{'mon-fri': '08:00-17:00'}}, found {_kind(hours)}")
        if workdays is not None and not isinstance(workdays, Workdays):
            raise RuleError(f"workdays: expected courtesy.Workdays, found {_kind(workdays)}")
        for days, text in hours.items():
            if not isinstance(text, str):
                raise RuleError(f"hours of {str(days)!r}: expected a text such as '08:00-17:00', found {_kind(text)}")
        self._lines = [(str(days), text) for days, text in hours.items()]
        self._workdays = Workdays() if workdays is None else workdays
        self._core = _core.OpeningHours(self._lines, self._workdays._core, zone_text(zone))
        self._zone = self._core.zone

    @property
    def zone(self) -> str:
        """The zone of its clock."""
        return self._zone

    @property
    def workdays(self) -> Workdays:
        """The calendar whose holidays it keeps."""
        return self._workdays

    def is_open(self, at: Moment) -> bool:
        """Whether it is open: from an opening on, and before the closing."""
        return self._core.is_open(_instant(at))

    def next_open(self, at: Moment) -> dt.datetime:
        """The moment itself where it is open, else the next opening."""
        return self._found(self._core.next_open(_instant(at)))

    def next_close(self, at: Moment) -> dt.datetime:
        """The end of the hours that are open at a moment or come next."""
        return self._found(self._core.next_close(_instant(at)))

    def add(self, at: Moment, open_time: dt.timedelta) -> dt.datetime:
        """The moment at which so much open time has passed since ``at``, or backwards where it is negative.

        It may be a closing: one hour from an hour before it ends there.
        """
        if not isinstance(open_time, dt.timedelta):
            raise TimeError(f"open_time: expected a timedelta, found {_kind(open_time)}")
        within = abs(open_time) <= _A_CENTURY
        return self._found(self._core.add(_instant(at), open_time // MICROSECOND) if within else None)

    def between(self, start: Moment, end: Moment) -> dt.timedelta:
        """How much open time there is from ``start`` on and before ``end``."""
        return dt.timedelta(microseconds=self._core.between(_instant(start), _instant(end)))

    def on(self, day: Moment) -> list[tuple[dt.datetime, dt.datetime]]:
        """When it opens and closes on a date; hours that pass midnight belong to the day on which they begin."""
        times = self._core.on(day_number(day, "day"))
        return [(in_zone(start, self._zone), in_zone(end, self._zone)) for start, end in times]

    def _found(self, at: int | None) -> dt.datetime:
        if at is None:
            raise TimeError("it does not open again within two years, or so much open time takes more than a century")
        return in_zone(at, self._zone)

    def __eq__(self, other: object) -> bool:
        return self.__reduce__()[1] == other.__reduce__()[1] if isinstance(other, OpeningHours) else NotImplemented

    def __hash__(self) -> int:
        return hash((tuple(self._lines), self._zone, self._workdays))

    def __reduce__(self) -> tuple[Any, ...]:
        return OpeningHours, (dict(self._lines), self._zone, self._workdays)

    def __repr__(self) -> str:
        return f"<OpeningHours in {self._zone}: {'; '.join(f'{days} {text}' for days, text in self._lines)}>"


def _kind(value: object) -> str:
    return type(value).__name__


def _instant(at: Moment) -> int:
    moment = moment_of(at, "at")
    if not isinstance(moment, dt.datetime):
        raise TimeError("at: expected an aware datetime, found a date")
    return microseconds(moment)
