"""Civil days, spans, clocks and business days as a person would reckon them: one step at a time."""

from __future__ import annotations

import bisect
import collections
import datetime as dt
import functools
import re
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
UTC = dt.timezone.utc
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Span(NamedTuple):
    months: int = 0
    days: int = 0
    business_days: int = 0
    time: dt.timedelta = dt.timedelta()
    opening: dt.timedelta = dt.timedelta()  # while the shop is open

    @property
    def on_the_clock(self) -> bool:
        """Whether it counts from an instant."""
        return bool(self.time or self.opening)


def texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def clock(value: Any) -> dt.time:
    return dt.time.fromisoformat(value) if isinstance(value, str) else value


def date_of(value: Any) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def utc(wall: dt.datetime, zone: ZoneInfo, gap: str = "forward", overlap: str = "first") -> dt.datetime:
    """Of two equal wall times the first; a skipped one counts from before the gap; unless it is said otherwise."""
    early, late = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    skipped = early.utcoffset() < late.utcoffset()
    chosen = late if (gap == "backward" if skipped else overlap == "second") else early
    return chosen.astimezone(UTC)


def wall_of(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The instant at which a day begins."""
    return utc(dt.datetime.combine(day, dt.time()), zone)


def span(value: Any) -> Span:
    if isinstance(value, dict):
        return Span(
            12 * value.get("years", 0) + value.get("months", 0), 7 * value.get("weeks", 0) + value.get("days", 0)
        )
    return span_of_text(value or "")


@functools.cache
def span_of_text(text: str) -> Span:
    found = collections.Counter()
    for number, unit in re.findall(r"(\d+) (business day|opening hour|opening minute|[a-z]+?)s?\b", text):
        found[unit] += int(number)
    time = dt.timedelta(hours=found["hour"], minutes=found["minute"])
    opening = dt.timedelta(hours=found["opening hour"], minutes=found["opening minute"])
    days = found["day"] + 7 * found["week"]
    return Span(found["month"] + 12 * found["year"], days, found["business day"], time, opening)


def longest(by: Span) -> int:
    """The most calendar days that a tolerance or a run of days may have."""
    return 31 * by.months + by.days


def months_on(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@functools.cache
def open_days(weekend: frozenset[int], holidays: frozenset[dt.date]) -> list[dt.date]:
    """All business days of some decades."""
    days = (dt.date(1970, 1, 1) + number * DAY for number in range(30_000))
    return [day for day in days if day.weekday() not in weekend and day not in holidays]


class Calendar:
    """Which days are open, by a policy's ``business_days``."""

    def __init__(self, policy: dict[str, Any]) -> None:
        business = policy.get("business_days", {})
        self.weekend = {WEEKDAYS.index(day) for day in business.get("weekend", [])}
        self.holidays = {dt.date.fromisoformat(str(day)) for day in business.get("holidays", [])}

    def is_business_day(self, day: dt.date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays

    def next_open(self, day: dt.date, step: dt.timedelta) -> dt.date:
        while not self.is_business_day(day):
            day += step
        return day

    def rolled(self, day: dt.date, move: str) -> dt.date:
        later, earlier = self.next_open(day, DAY), self.next_open(day, -DAY)
        if move.startswith("modified"):
            first, second = (later, earlier) if move == "modified following" else (earlier, later)
            return first if (first.year, first.month) == (day.year, day.month) else second
        if move == "nearest business day":
            return earlier if day - earlier < later - day else later
        return {"next business day": later, "previous business day": earlier, "none": day}[move]

    def shifted(self, day: dt.date, by: Span, back: bool = False) -> dt.date:
        sign = -1 if back else 1
        day = months_on(day, sign * by.months) + sign * by.days * DAY
        if not by.business_days:
            return day
        days = open_days(frozenset(self.weekend), frozenset(self.holidays))
        number = bisect.bisect_left(days, day) - by.business_days
        return days[number if back else bisect.bisect_right(days, day) + by.business_days - 1]
