"""Moments that recur: RFC 5545's rules, with dates and rules beside them."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterable, Iterator
from typing import Any

from courtesy import _core
from courtesy.errors import RuleError, TimeError
from courtesy.recurrence_words import describe
from courtesy.time import EPOCH, MICROSECOND, microseconds, to_local, wall_time
from courtesy.time_column import is_column, time_column, zone_text
from courtesy.window import Moment, moment_of
from courtesy.zones import in_zone, zone_name

__all__ = ["Recurrence", "next_after"]

_DAY, _WALL, _INSTANT = 0, 1, 2
# More occurrences than any recurrence has: a second each of 8,400 years are fewer.
_MOST = 10**12


class Recurrence:
    """Moments that recur by a rule of RFC 5545, such as ``FREQ=MONTHLY;BYDAY=-1FR``.

    ``start`` is a date, a datetime, or the ISO 8601 text of either; occurrences are of its kind: dates, naive datetimes
    (wall times) where there is no zone, aware datetimes in ``zone`` (an IANA name, an offset such as "+05:30", or an
    object of zoneinfo or datetime.timezone) where there is one. An aware start gives its own zone. ``rdate`` and
    ``exdate`` are moments that are added and taken away (a date takes away its whole day), ``exrule`` rules whose
    moments are taken away. SKIP of RFC 7529 is part of the rules. docs/recurrence.md says what is done where other
    engines differ.

    A start that does not match the rule is no occurrence; ``include_start=True`` makes it one, and the first that COUNT
    counts, as the RFC has it.

    It does not change once it is made, and may be used from any number of threads. ``len()`` is for those that end,
    iteration goes on to the year 9999. Raises RuleError that names the part of a rule and its column, ZoneError for an
    unknown zone, and TimeError for a question that cannot be answered.

    >>> import datetime as dt
    >>> import courtesy
    >>> fridays = courtesy.Recurrence("FREQ=MONTHLY;BYDAY=-1FR", start="2026-01-01T17:00", zone="Europe/London")
    >>> fridays.describe()
    'every month on the last Friday at 17:00'
    >>> fridays.after(dt.datetime(2026, 12, 1, tzinfo=dt.timezone.utc)).isoformat()
    '2026-12-25T17:00:00+00:00'
    >>> [day.isoformat() for day in courtesy.Recurrence("FREQ=DAILY;COUNT=2", start="2026-02-28")]
    ['2026-02-28', '2026-03-01']
    """

    def __init__(
        self,
        rule: str | None = None,
        start: Moment | None = None,
        zone: str | dt.tzinfo | None = None,
        rdate: Moment | Iterable[Moment] = (),
        exdate: Moment | Iterable[Moment] = (),
        exrule: str | Iterable[str] = (),
        *,
        include_start: bool = False,
    ) -> None:
        if start is None:
            raise TypeError("Recurrence() needs a start: a date, a datetime or the text of either")
        begin = moment_of(start, "start")
        if isinstance(begin, dt.datetime) and begin.tzinfo is not None:
            zone = zone_name(begin) if zone is None else zone
            begin = to_local(begin, zone_text(zone))
        self._take(
            _core.Recurrence.make(
                None if rule is None else _text(rule, "rule"),
                _pair(begin),
                None if zone is None else zone_text(zone),
                [_pair(moment_of(each, "rdate")) for each in _several(rdate, "rdate")],
                [_pair(moment_of(each, "exdate")) for each in _several(exdate, "exdate")],
                [_text(each, "exrule") for each in _several(exrule, "exrule")],
                bool(include_start),
            )
        )

    def _take(self, core: _core.Recurrence) -> None:
        self._core = core
        self._kind, self._zone = core.kind, core.zone

    @classmethod
    def from_rfc5545(cls, text: str, *, include_start: bool = False) -> Recurrence:
        """From the lines of an iCalendar object: DTSTART (with TZID or VALUE), RRULE, RDATE, EXDATE and EXRULE.

        Lines may be folded, and stand in any order. Raises RuleError with the line and the column.

        >>> import courtesy
        >>> text = "DTSTART;TZID=Europe/London:20260101T090000\\nRRULE:FREQ=YEARLY;COUNT=3\\nEXDATE:20270101T090000Z"
        >>> len(courtesy.Recurrence.from_rfc5545(text))
        2
        """
        made = cls.__new__(cls)
        made._take(_core.Recurrence.parse(_text(text, "text"), bool(include_start)))
        return made

    def to_rfc5545(self) -> str:
        """The lines DTSTART, RRULE, RDATE, EXDATE and EXRULE, not folded.

        The RFC has no word for ``include_start=False`` where the start does not match.
        """
        return self._core.to_rfc5545()

    @property
    def zone(self) -> str | None:
        """The zone of its occurrences; None for dates and wall times."""
        return self._zone

    @property
    def start(self) -> dt.date:
        """The start, as occurrences are: a date, a naive datetime, or an aware one."""
        ticks = self._core.start[1]
        return self._moment(ticks if self._zone is None else _core.to_utc(self._zone, ticks, "forward", "first"))

    def after(self, moment: Moment, inclusive: bool = False) -> dt.date | None:
        """The first occurrence after a moment, or at it where ``inclusive``; None where there is none."""
        found = self._core.after(self._asked(moment), inclusive)
        return None if found is None else self._moment(found[1])

    def before(self, moment: Moment, inclusive: bool = False) -> dt.date | None:
        """The last occurrence before a moment, or at it where ``inclusive``; None where there is none."""
        found = self._core.before(self._asked(moment), inclusive)
        return None if found is None else self._moment(found[1])

    def between(self, start: Moment, end: Moment) -> list[dt.date]:
        """The occurrences from ``start`` on and before ``end``: at most a million, more are a TimeError."""
        return [self._moment(ticks) for ticks in self._core.between(self._asked(start), self._asked(end))]

    def first(self, number: int) -> list[dt.date]:
        """The first occurrences, as many as ``number``, or as there are."""
        try:
            most = operator.index(number)
        except TypeError:
            raise TimeError(f"expected a whole number of occurrences, found {type(number).__name__}") from None
        if most < 0:
            raise TimeError(f"expected a number of occurrences, found {number}")
        return [self._moment(ticks) for ticks in self._core.first(min(most, _MOST))]

    def to_numpy(self, start: Moment, end: Moment) -> Any:
        """The occurrences from ``start`` on and before ``end`` as a NumPy array.

        ``datetime64[D]`` of dates, else ``datetime64[us]``: of wall times, and with a zone of UTC.
        """
        return self._core.column(self._asked(start), self._asked(end)).view(
            "datetime64[D]" if self._kind == _DAY else "datetime64[us]"
        )

    def after_each(self, moments: Any, inclusive: bool = False) -> Any:
        """``after`` for a column of moments: a NumPy array ``datetime64[us]``, with NaT where there is none.

        ``moments`` are a NumPy array or list of datetime64, where the recurrence has a zone instants in UTC, else wall
        times; or a column of pandas, polars or pyarrow, which has a zone where the recurrence has one. Raises TimeError
        for other columns.
        """
        given = time_column(moments if is_column(moments) else _column(moments, "moments"))
        if given.aware is not None and given.aware != (self._zone is not None):
            raise TimeError(f"moments: expected {'instants' if self._zone else 'wall times'}, as occurrences are")
        return self._core.after_column(given.cells, bool(inclusive)).view("datetime64[us]")

    def __iter__(self) -> Iterator[dt.date]:
        # Few first, as most ask for few.
        number = 8
        found = self._core.first(number)
        while found:
            yield from map(self._moment, found)
            if len(found) < number:
                return
            number = min(2 * number, 1024)
            found = self._core.first_after((self._kind, found[-1]), number)

    def __len__(self) -> int:
        number = self._core.count()
        if number is None:
            raise TypeError("this recurrence has no end, and no length")
        return number

    def __bool__(self) -> bool:
        return not self._core.never

    def __contains__(self, moment: object) -> bool:
        if not isinstance(moment, (dt.date, str)):
            return False
        asked = self._asked(moment)
        found = self._core.after(asked, True)
        return found is not None and found == self._core.before(asked, True)

    def describe(self, locale: str = "en") -> str:
        """In plain words: English (en), German (de), French (fr) and Spanish (es), such as "de" or "de-CH".

        Raises MissingError for another language.

        >>> import courtesy
        >>> courtesy.Recurrence("FREQ=MONTHLY;BYDAY=-1FR", start="2026-01-01").describe("de")
        'jeden Monat am letzten Freitag'
        """
        return describe(self._core.parts(), self._core.never, str(locale))

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, Recurrence) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.to_rfc5545(), self._core.include_start))

    def __repr__(self) -> str:
        lines = self.to_rfc5545().replace("\n", " ")
        return f"<Recurrence {lines}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.to_rfc5545(), self._core.include_start)

    def _asked(self, moment: Moment) -> tuple[int, int]:
        return _pair(moment_of(moment, "moment"))

    def _moment(self, ticks: int) -> dt.date:
        if self._kind == _DAY:
            return EPOCH.date() + dt.timedelta(days=ticks)
        return wall_time(ticks) if self._zone is None else in_zone(ticks, self._zone)


def next_after(
    rule: str, starts: Any, moment: Moment, zone: str | dt.tzinfo | None = None, inclusive: bool = False
) -> Any:
    """For a rule that starts many times, such as at each customer's first purchase: the first occurrence of each after
    a moment, or at it where ``inclusive``.

    ``starts`` is an array or list of dates (``datetime64[D]``, and so are occurrences) or of wall times; with a
    ``zone`` they are wall times in it, and occurrences are instants in UTC. The answer is a NumPy array of as many,
    ``datetime64[D]`` or ``datetime64[us]``, with NaT where there is none, or no start.

    Raises RuleError that names the part of a rule, or the row (from 0) of a start that no recurrence can have,
    ZoneError for an unknown zone, and TimeError where the starts are no times or the moment cannot be compared with
    them.

    >>> import courtesy
    >>> import numpy
    >>> purchases = numpy.array(["2024-05-31", "2026-01-02"], dtype="datetime64[D]")
    >>> [str(day) for day in courtesy.next_after("FREQ=MONTHLY;INTERVAL=6", purchases, "2026-12-01")]
    ['2027-05-31', '2027-01-02']
    """
    column = _column(starts, "starts")
    whole_days = column.dtype == "datetime64[D]" and zone is None
    asked = _pair(moment_of(moment, "moment"))
    within = None if zone is None else zone_text(zone)
    found = _core.next_after(_text(rule, "rule"), time_column(column).cells, whole_days, within, asked, bool(inclusive))
    return found.view("datetime64[us]").astype(column.dtype if whole_days else "datetime64[us]")


def _column(times: Any, name: str) -> Any:
    """A NumPy array of dates or of times without a zone."""
    import numpy

    column = numpy.asarray(times)
    if column.dtype.kind == "O" and any(getattr(time, "tzinfo", None) is not None for time in column.flat):
        raise TimeError(f"{name}: expected dates or wall times, found one with a zone (to_local gives its wall time)")
    if column.dtype.kind != "M" and not (column.size and column.dtype.kind in "iufcb"):
        try:
            # NumPy takes the unit that fits: days for dates.
            column = numpy.asarray(column.tolist(), dtype="datetime64" if column.size else "datetime64[us]")
        except ValueError:
            raise TimeError(f"{name}: expected dates or wall times, found something else") from None
    if column.dtype.kind != "M":
        raise TimeError(f"{name}: expected dates or wall times, found a column of {column.dtype}")
    return column


def _restored(text: str, include_start: bool) -> Recurrence:
    return Recurrence.from_rfc5545(text, include_start=include_start)


def _several(given: Any, name: str) -> Iterable[Any]:
    if isinstance(given, (dt.date, str)):
        return [given]
    if not isinstance(given, Iterable):
        raise TimeError(f"{name}: expected one or several of them, found {type(given).__name__}")
    return given


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise RuleError(f"{name}: expected a text such as 'FREQ=MONTHLY;BYDAY=-1FR', found {type(value).__name__}")
    return value


def _pair(moment: dt.date) -> tuple[int, int]:
    if not isinstance(moment, dt.datetime):
        return _DAY, (moment - EPOCH.date()).days
    if moment.tzinfo is None:
        return _WALL, (moment - EPOCH) // MICROSECOND
    return _INSTANT, microseconds(moment)
