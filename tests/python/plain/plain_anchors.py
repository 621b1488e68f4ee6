"""What makes a courtesy due: events, anniversaries, intervals by time and use; and a meter's readings."""

from __future__ import annotations

import collections
import datetime as dt
import itertools
import math
import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

from dateutil.rrule import rrulestr
from plain_days import DAY, Calendar, Span, months_on, span, texts


class Candidate(NamedTuple):
    event: dict[str, Any] | None
    anchor: dt.date
    due: dt.date | dt.datetime  # a datetime where hours count from the instant
    round_began: dt.date | None = None  # for what repeats: the occurrence before


def slope(readings: list[tuple[dt.date, float]]) -> float | None:
    """The median of the slopes between every two of the last 24 readings (Theil and Sen)."""
    last = readings[-24:]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]).days for n, a in enumerate(last) for b in last[n + 1 :]]
    return statistics.median(slopes) if slopes else None


def believed(given: list[tuple[dt.date, float]]) -> list[tuple[dt.date, float]]:
    """Of each day the highest; of these the most that do not fall, that rise least, and that come first."""
    highest: dict[dt.date, float] = {}
    for day, value in given:
        highest[day] = max(value, highest.get(day, value))
    readings = sorted(highest.items())
    for size in range(len(readings), 0, -1):
        rising = [
            chosen
            for chosen in itertools.combinations(readings, size)
            if all(a[1] <= b[1] for a, b in itertools.pairwise(chosen))
        ]
        if rising:
            return list(min(rising, key=lambda chosen: (chosen[-1][1] - chosen[0][1], chosen[::-1])))
    return []


def value_on(readings: list[tuple[dt.date, float]], day: dt.date) -> float | None:
    """Between readings on the line that joins them, and before and after them at their slope."""
    before = [reading for reading in readings if reading[0] <= day]
    after = [reading for reading in readings if reading[0] >= day]
    if before and after:
        (from_day, low), (to_day, high) = before[-1], after[0]
        days = (to_day - from_day).days
        return low + (high - low) * (day - from_day).days / days if days else low
    rate = slope(readings)
    if rate is None:
        return None
    near_day, near = before[-1] if before else after[0]
    return max(0.0, near + rate * (day - near_day).days)


class Anchors:
    """Each occurrence of an occasion for a customer, up to the year after ``last_year``."""

    def __init__(self, events: dict[str, list[dict[str, Any]]], calendar: Calendar, last_year: int) -> None:
        self.events, self.calendar, self.last_year = events, calendar, last_year

    def candidates(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        kind = next(name for name in ("on", "yearly", "every", "rrule") if name in occasion)
        found = {"on": self.after, "yearly": self.yearly, "every": self.interval, "rrule": self.recurrence}[kind]
        yield from found(occasion, customer)

    def after(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        by = span(occasion.get("after"))
        for event in self.events[customer["id"]]:
            if event["kind"] == occasion["on"]:
                due = event["instant"] + by.time if by.time else self.calendar.shifted(event["day"], by)
                yield Candidate(event, event["day"], due)

    def yearly(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        anchors: list[tuple[dict[str, Any] | None, dt.date]] = []
        if occasion["yearly"] != "birthday":
            found = [event for event in self.events[customer["id"]] if event["kind"] == occasion["yearly"]]
            chosen = {"first": found[:1], "last": found[-1:], "each": found}[occasion.get("of", "first")]
            anchors = [(event, event["day"]) for event in chosen]
        elif customer["birthday"]:
            anchors = [(None, dt.date.fromisoformat(customer["birthday"]))]
        for event, anchor in anchors:
            for year in range(anchor.year + 1, self.last_year + 2):
                if year - anchor.year in occasion.get("milestones", [year - anchor.year]):
                    due = self.anniversary(anchor, year, occasion.get("leap", "feb28"))
                    if due:
                        yield Candidate(event, anchor, due, months_on(due, -12))

    @staticmethod
    def anniversary(anchor: dt.date, year: int, leap: str) -> dt.date | None:
        try:
            return anchor.replace(year=year)
        except ValueError:
            return {"feb28": dt.date(year, 2, 28), "mar1": dt.date(year, 3, 1), "skip": None}[leap]

    def recurrence(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        begin = dt.datetime.fromisoformat(occasion.get("start", "1970-01-01"))
        before = None
        for moment in rrulestr(occasion["rrule"], dtstart=begin):
            day = moment.date()
            if day.year > self.last_year + 1:
                return
            if str(day) not in occasion.get("exdate", []):
                yield Candidate(None, day, day, before or dt.date(1600, 1, 1))
                before = day

    def interval(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        since = texts(occasion["since"])
        every, first = occasion["every"], occasion.get("first", occasion["every"])
        by_asset = collections.defaultdict(list)
        for event in self.events[customer["id"]]:
            if event["kind"] in since:
                by_asset[event["asset"]].append(event)
        for events in by_asset.values():
            if occasion.get("restart") == "scheduled":
                yield from self.schedule(events[0], span(first), span(every))
                continue
            for event in events:
                length = first if event is events[0] else every
                by_time = self.calendar.shifted(event["day"], span(length)) if span(length) != Span() else None
                dues = [due for due in (by_time, self.due_by_use(event, length, since)) if due]
                if dues:
                    due = min(dues) if occasion.get("whichever", "first") == "first" else max(dues)
                    yield Candidate(event, event["day"], due)

    def schedule(self, event: dict[str, Any], first: Span, every: Span) -> Iterator[Candidate]:
        before = event["day"]
        for number in itertools.count():
            by = Span(first.months + number * every.months, first.days + number * every.days)
            due = self.calendar.shifted(event["day"], by)
            if due.year > self.last_year + 1:
                return
            yield Candidate(event, event["day"], due, before)
            before = due

    def due_by_use(self, event: dict[str, Any], length: Any, since: list[str]) -> dt.date | None:
        units = set(length) - {"years", "months", "weeks", "days"} if isinstance(length, dict) else set()
        if not units:
            return None
        (unit,) = units
        given = [
            (other["day"], other["value"])
            for other in self.events[event["customer"]]
            if other["asset"] == event["asset"] and other["kind"] in {"reading", *since} and other["unit"] == unit
        ]
        readings = believed(given)
        own = event["value"] if event["unit"] == unit else None
        if own is not None and all(value <= own if day < event["day"] else value >= own for day, value in readings):
            start = own
        else:
            start = value_on(readings, event["day"])
        if start is None:
            return None
        mark = start + length[unit]
        last = (event["day"], start)
        for day, value in readings:
            if day <= event["day"] or value < last[1]:
                continue
            if value >= mark:
                return last[0] + math.ceil((mark - last[1]) / (value - last[1]) * (day - last[0]).days - 1e-6) * DAY
            last = (day, value)
        rate = slope(readings)
        return last[0] + math.ceil((mark - last[1]) / rate - 1e-6) * DAY if rate else None
