"""A meter: how fast it runs, which of its readings are believed, and when it passes a mark."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from courtesy import _core
from courtesy.errors import DataError
from courtesy.time import EPOCH
from courtesy.window import day_number

__all__ = ["Forecast", "Meter"]

Readings = Iterable[tuple[dt.date | str, float]]
"""Days (dates or ISO texts) and what the meter showed."""


@dataclass(frozen=True)
class Forecast:
    """When a meter passes a mark.

    ``day`` is the first day on which the mark is reached. In 8 of 10 cases it lies from ``earliest`` to ``latest``
    (None: it may never come). ``source`` is "readings" where two readings tell the day, "own" where it is forecast by
    the meter's own rate, and "fleet" where the rate of alike assets decides it.
    """

    day: dt.date
    earliest: dt.date
    latest: dt.date | None
    source: str


class Meter:
    """The readings of one meter, such as an odometer, and what they say of the days to come.

    ``readings`` are pairs of a day (a date or its ISO text) and a value, in any order and in any unit; rates are in
    that unit per day. ``replaced`` are the days on which a new meter took the old one's place, with the value at which
    it began. ``plausible`` is the most that there can be in a day; without it ten times the usual. ``fleet`` are the
    rates of alike assets (three or more): they count where the own readings span less than 28 days, and for what lies
    more than a year after the last one.

    One reading typed wrong is set aside. A meter that began anew with nobody saying so is believed from the third
    reading on. The rate is the mean of two exponentially smoothed ones, for which the past fades by half in 60 and in
    365 days (Wright 1986, doi 10.1287/mnsc.32.4.499); the range of a forecast comes from what the same method would
    have missed before, at its empirical quantiles (Hyndman and Fan 1996, definition 6). docs/decision.md defines all
    of it; `courtesy.plan` forecasts the use part of ``every = { km = 15000 }`` in this way.

    It does not change once it is made. Raises DataError for a value that is not finite or a rate that is not above
    zero, and TimeError for what is no day.

    >>> import courtesy
    >>> meter = courtesy.Meter([("2026-03-01", 9_000), ("2026-06-09", 14_000), ("2026-07-01", 1_500)])
    >>> meter.rate
    50.0
    >>> meter.set_aside
    [(datetime.date(2026, 7, 1), 1500.0)]
    >>> forecast = meter.reaches(15_000)
    >>> forecast.day.isoformat(), forecast.earliest.isoformat(), forecast.latest.isoformat(), forecast.source
    ('2026-06-29', '2026-06-23', '2026-07-09', 'own')
    """

    def __init__(
        self,
        readings: Readings,
        *,
        replaced: Readings = (),
        plausible: float | None = None,
        fleet: Iterable[float] = (),
    ) -> None:
        rates = [_above_zero(rate, "fleet") for rate in fleet]
        most = None if plausible is None else _above_zero(plausible, "plausible")
        self._core = _core.Meter(_pairs(readings, "readings"), _pairs(replaced, "replaced"), most, rates)

    @property
    def readings(self) -> list[tuple[dt.date, float]]:
        """Those that are believed, in order, with the beginnings of new meters."""
        return _dated(self._core.kept)

    @property
    def set_aside(self) -> list[tuple[dt.date, float]]:
        """Those that are not believed."""
        return _dated(self._core.set_aside)

    @property
    def began_anew(self) -> list[tuple[dt.date, float]]:
        """Those at which the meter began anew, and nobody said so."""
        return _dated(self._core.began_anew)

    @property
    def rate(self) -> float | None:
        """Use per day, now: the own rate, or where it is known from less than 28 days the fleet's. None: not known."""
        return self._core.rate

    @property
    def source(self) -> str:
        """Whose rate it is: "own" or "fleet"."""
        return "fleet" if self._core.runs_by_fleet else "own"

    def value_on(self, day: dt.date | str) -> float | None:
        """What the meter of that day shows: between readings on the line that joins them, else by the rate."""
        return self._core.value_on(day_number(day, "day"))

    def reaches(self, mark: float) -> Forecast | None:
        """When the meter shows ``mark``, as the latest meter counts. None where it cannot be told.

        A mark below the first reading is taken as reached on its day.
        """
        if not math.isfinite(mark):
            raise DataError(f"mark: expected a number, found {mark!r}")
        found = self._core.reaches(float(mark))
        if found is None:
            return None
        day, reached, by_fleet, earliest, latest = found
        source = "readings" if reached else "fleet" if by_fleet else "own"
        return Forecast(_date(day), _date(earliest), None if latest is None else _date(latest), source)

    def __repr__(self) -> str:
        aside = len(self._core.set_aside)
        return f"<Meter of {len(self._core.kept)} readings{f', {aside} set aside' if aside else ''}>"


def _pairs(readings: Readings, name: str) -> list[tuple[int, float]]:
    pairs = [(day_number(day, name), float(value)) for day, value in readings]
    if not all(math.isfinite(value) for _, value in pairs):
        raise DataError(f"{name}: expected numbers, and one is not finite")
    return pairs


def _above_zero(number: float, name: str) -> float:
    if not (math.isfinite(number) and number > 0):
        raise DataError(f"{name}: expected a number above zero, found {number!r}")
    return float(number)


def _date(number: int) -> dt.date:
    return EPOCH.date() + dt.timedelta(days=number)


def _dated(pairs: list[tuple[int, float]]) -> list[tuple[dt.date, float]]:
    return [(_date(day), value) for day, value in pairs]
