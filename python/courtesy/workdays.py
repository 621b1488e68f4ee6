"""Business days: weekends, public holidays by country, and days that a business adds to or takes from them."""

from __future__ import annotations

import datetime as dt
import functools
import operator
import warnings
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from courtesy import _core
from courtesy.counted import counted
from courtesy.errors import DataWarning, MissingError, TimeError
from courtesy.time import EPOCH
from courtesy.window import Moment, day_number

__all__ = ["Workdays"]

_YEARS = (1990, 2100)
# More business days than the calendar has.
_FARTHEST = 4_000_000
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Dates = Moment | Iterable[Moment]
"""A date, a range of dates such as "2026-12-27/2027-01-01" (both included), or several of either."""


class Workdays:
    """Which days are business days, and arithmetic with them.

    ``country`` (ISO 3166, such as "GB") and ``subdivision`` ("ENG") take over public holidays and, where ``weekend`` is
    not given, the country's weekend; ``categories`` such as "bank" name other holidays in place of the public ones, and
    ``language`` the language of their names ("en_GB"). They come from the package ``holidays`` when the object is made,
    for ``years`` (first and last, both included), and are kept: ``source`` says which version they are from. Without
    a country, and without a ``weekend`` (weekdays such as ["fri", "sat"]), every day is a business day that is not in
    ``holidays``. ``holidays`` adds days on which the business is closed, and ``worked`` days on which it is not,
    whatever else they are: dates, ISO texts, or ranges such as "2026-12-27/2027-01-01" with both ends included.

    It does not change once it is made, and may be used from any number of threads. Raises MissingError for a country,
    subdivision, category or language that is not known, and TimeError for what is no date.

    >>> import courtesy
    >>> england = courtesy.Workdays("GB", "ENG", holidays="2026-12-24")
    >>> england.name("2026-12-25")
    'Christmas Day'
    >>> england.add("2026-12-23", 2).isoformat()
    '2026-12-30'
    >>> courtesy.Workdays("SA").weekend
    ['fri', 'sat']
    """

    def __init__(
        self,
        country: str | None = None,
        subdivision: str | None = None,
        *,
        categories: str | Iterable[str] | None = None,
        language: str | None = None,
        weekend: str | Iterable[str] | None = None,
        holidays: Dates = (),
        worked: Dates = (),
        years: tuple[int, int] = _YEARS,
    ) -> None:
        names: dict[dt.date, str] = {}
        extra = set(_dates(worked, "worked"))
        self._source = ""
        free: Iterable[str] = ()
        if not _are_years(years):
            raise TimeError(f"years: expected the first and the last from 1600 to 9999, found {years!r}")
        if country is not None:
            chosen = None if categories is None else tuple([categories] if isinstance(categories, str) else categories)
            taken = _taken_over(country, subdivision, chosen, language, (int(years[0]), int(years[1])))
            names, self._source, free = dict(taken[0]), taken[1], taken[2]
            extra |= taken[3]
        elif subdivision is not None or categories is not None or language is not None:
            raise TypeError("subdivision, categories and language need a country")
        for day in _dates(holidays, "holidays"):
            names.setdefault(day, "")
        if weekend is not None:
            free = [weekend] if isinstance(weekend, str) else list(weekend)
        self._weekend = sorted({_weekday(day) for day in free})
        self._names = {day: names[day] for day in sorted(names) if day not in extra}
        self._worked = sorted(extra)
        self._core = _core.Workdays(
            [day + 1 for day in self._weekend], [_number(day) for day in self._names], [_number(day) for day in extra]
        )

    @property
    def weekend(self) -> list[str]:
        """The weekdays that are no business days, such as ["sat", "sun"]."""
        return [_WEEKDAYS[day] for day in self._weekend]

    @property
    def holidays(self) -> dict[dt.date, str]:
        """The holidays in order, with their names; those that the business added have none."""
        return dict(self._names)

    @property
    def worked(self) -> list[dt.date]:
        """The days that are business days whatever else they are."""
        return list(self._worked)

    @property
    def source(self) -> str:
        """Where the holidays are from, such as "holidays 0.109: GB, ENG, public, 1990 to 2100"; empty without a
        country."""
        return self._source

    def is_business_day(self, day: Moment) -> bool:
        """Whether it is a day of work."""
        return self._core.is_business_day(_day(day))

    def is_holiday(self, day: Moment) -> bool:
        """Whether it is a holiday, be it on a weekend or not."""
        return self._core.is_holiday(_day(day))

    def name(self, day: Moment) -> str | None:
        """The name of a day's holiday, where it is one; empty where the business added it."""
        return self._names.get(_date(_day(day)))

    def add(self, day: Moment, count: int) -> dt.date:
        """The business day that is ``count`` after a day, or before it where negative; of 0, the day or the next one.

        Raises TimeError where more than two years without a business day lie on the way, or the years 1 to 9999 end.
        """
        number = operator.index(count)
        return self._found(self._core.add(_day(day), number) if abs(number) <= _FARTHEST else None)

    def next(self, day: Moment) -> dt.date:
        """The day itself where it is a business day, else the next one."""
        return self.roll(day, "next")

    def previous(self, day: Moment) -> dt.date:
        """The day itself where it is a business day, else the one before it."""
        return self.roll(day, "previous")

    def nearest(self, day: Moment) -> dt.date:
        """The day itself where it is a business day, else the nearest; the later where two are as near."""
        return self.roll(day, "nearest")

    def roll(self, day: Moment, how: str = "modified following") -> dt.date:
        """A business day for a day: "next", "previous", "nearest", "modified following" (the next, but the one before
        where the next is in another month) or "modified preceding".

        >>> import courtesy
        >>> courtesy.Workdays(weekend=["sat", "sun"]).roll("2026-10-31").isoformat()
        '2026-10-30'
        """
        return self._found(self._core.rolled(_day(day), str(how)))

    def count(self, start: Moment, end: Moment) -> int:
        """How many business days there are from ``start`` on and before ``end``."""
        return self._core.count(_day(start), _day(end))

    def _found(self, day: int | None) -> dt.date:
        try:
            if day is not None:
                return _date(day)
        except OverflowError:
            pass
        raise TimeError("there is no business day within two years, or none in the years 1 to 9999")

    def _parts(self) -> tuple[Any, ...]:
        return self._source, tuple(self._weekend), tuple(self._names.items()), tuple(self._worked)

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Workdays) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, self._parts()

    def __repr__(self) -> str:
        said = [self._source or None, counted(len(self._names), "holiday"), f"weekend {', '.join(self.weekend) or '-'}"]
        return f"<Workdays: {'; '.join(part for part in said if part)}>"


def _answer(
    country: str, subdivision: str | None, categories: list[str] | None
) -> tuple[str, list[int], list[int], list[int], str]:
    """What rule files ask for: a complaint, or ISO weekdays, days and their source."""
    try:
        days = Workdays(country, subdivision, categories=categories)
    except MissingError as error:
        return str(error), [], [], [], ""
    return (
        "",
        [day + 1 for day in days._weekend],
        [_number(day) for day in days._names],
        [_number(day) for day in days._worked],
        days.source,
    )


_core.set_holiday_function(_answer)


def _restored(source: str, weekend: Iterable[int], names: Iterable[tuple[dt.date, str]], worked: Dates) -> Workdays:
    made = Workdays(weekend=[_WEEKDAYS[day] for day in weekend], worked=worked)
    made._source, made._names = source, dict(names)
    made._core = _core.Workdays(
        [day + 1 for day in made._weekend],
        [_number(day) for day in made._names],
        [_number(day) for day in made._worked],
    )
    return made


def _number(day: dt.date) -> int:
    return (day - EPOCH.date()).days


def _date(day: int) -> dt.date:
    return EPOCH.date() + dt.timedelta(days=day)


def _day(day: Moment) -> int:
    return day_number(day, "day")


def _are_years(years: object) -> bool:
    both = isinstance(years, (tuple, list)) and len(years) == 2 and all(isinstance(year, int) for year in years)
    return both and 1600 <= years[0] <= years[1] <= 9999  # type: ignore[index]


def _dates(given: Dates, name: str) -> Iterable[dt.date]:
    if not isinstance(given, Iterable) and not isinstance(given, dt.date):
        raise TimeError(f"{name}: expected a date, a range of dates or several of either, found {type(given).__name__}")
    for each in [given] if isinstance(given, (dt.date, str)) else given:
        first, slash, last = each.partition("/") if isinstance(each, str) else (each, "", "")
        begin = day_number(first, name)
        end = day_number(last, name) if slash else begin
        if end < begin:
            raise TimeError(f"{name}: expected a range whose end is not before its start, found {each!r}")
        if begin < _FIRST:
            raise TimeError(f"{name}: expected days in the years 1600 to 9999, found {each!r}")
        for day in range(begin, end + 1):
            yield _date(day)


def _weekday(name: str) -> int:
    try:
        return _WEEKDAYS.index(name)
    except ValueError:
        raise TimeError(f"weekend: expected weekdays such as 'sat', found {name!r}") from None


_FIRST = _number(dt.date(1600, 1, 1))
_Taken = tuple[Mapping[dt.date, str], str, list[str], frozenset[dt.date]]


def _remedy(country: str, subdivision: str | None) -> str:
    """Which subdivisions a country has, where another one was asked for, or else which categories."""
    import holidays

    of_country = getattr(holidays, country)
    subdivisions = of_country.subdivisions
    if subdivision is not None and subdivision not in subdivisions:
        return f" (there are {', '.join(subdivisions)})" if subdivisions else " (leave the subdivision out)"
    return f" (there are {', '.join(of_country.supported_categories)})"


@functools.lru_cache(maxsize=256)
def _taken_over(
    country: str,
    subdivision: str | None,
    categories: tuple[str, ...] | None,
    language: str | None,
    years: tuple[int, int],
) -> _Taken:
    """Holidays with their names, their source, the weekend, and days of the weekend that are worked."""
    # Slow to import, and few need it.
    import holidays

    place = country if subdivision is None else f"{country}, {subdivision}"
    if not hasattr(holidays, str(country)):
        meant = str(country).strip().upper()
        known = meant in holidays.list_supported_countries()
        remedy = f"did you mean {meant!r}?" if known else "expected a code of ISO 3166 such as 'GB'"
        raise MissingError(f"there are no holidays for {place} ({remedy})")
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            found = holidays.country_holidays(
                country,
                subdiv=subdivision,
                years=range(years[0], years[1] + 1),
                categories=categories,
                language=language,
            )
            items = dict(sorted(found.items()))
    except (NotImplementedError, ValueError) as error:
        raise MissingError(f"there are no holidays for {place}: {error}{_remedy(country, subdivision)}") from None
    if language is not None and language not in (found.supported_languages or (language,)):
        raise MissingError(
            f"there are no holidays for {place} in the language {language!r}; "
            f"there are in {', '.join(found.supported_languages)}"
        )
    for each in told:
        warnings.warn(f"holidays of {place}: {each.message}", DataWarning, stacklevel=3)
    source = f"holidays {version('holidays')}: {place}, {', '.join(sorted(found.categories))}, {years[0]} to {years[1]}"
    # Where a country moved its weekend, it is the last year's that holds.
    weekend = [_WEEKDAYS[day] for day in sorted(found.weekend)]
    return items, source, weekend, frozenset(getattr(found, "weekend_workdays", ()))
