"""What makes a courtesy due: events, anniversaries, intervals by time and use, dates that recur, silence, deadlines."""

from __future__ import annotations

import collections
import datetime as dt
import itertools
import math
import statistics
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from plain_books import Books
from plain_cases import PROMISES
from plain_days import DAY, Span, date_of, midnight, months_on, span, texts, utc, wall_of
from plain_hours import Hours
from plain_meter import Meters
from plain_promises import Breach, Promises

Due = dt.date | dt.datetime  # a datetime where hours count from the instant


class Candidate(NamedTuple):
    event: dict[str, Any] | None
    anchor: dt.date
    due: Due
    cycle: str
    asset: Any = None
    round_began: dt.date | None = None  # for what repeats: the occurrence before
    target: Due | None = None  # the stricter one of a deadline
    breach: Breach | None = None  # of a promise, where that is what is heard
    due_before: Due | None = None  # of what is repeated: the time before


def by_event(event: dict[str, Any], due: Due, number: int | None = None, **more: Any) -> Candidate:
    cycle = str(event["id"]) if number is None else f"{event['id']}/{number}"
    return Candidate(event, event["day"], due, cycle, event["asset"], **more)


def civil_gaps(events: list[dict[str, Any]]) -> list[int]:
    """The days between one civil day with events and the next."""
    days = sorted({event["day"] for event in events})
    return [(later - earlier).days for earlier, later in itertools.pairwise(days)]


class Anchors:
    """Each occurrence of an occasion for a customer, up to a good year after ``end``."""

    def __init__(self, books: Books, hours: Hours, end: dt.date, policy: dict[str, Any]) -> None:
        self.gap, self.overlap = policy.get("gap", "forward"), policy.get("overlap", "first")
        self.books, self.calendar = books, hours.calendar
        self.last, self.last_year = dt.date(end.year, end.month, end.day) + 500 * DAY, end.year + 3
        self.hours, self.promises, self.meters = hours, Promises(books), Meters(books)
        self.dates: dict[str, list[dt.date]] = {}
        self.gaps: dict[tuple[str, Any], list[int]] = {}

    def candidates(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        ways = {
            "on": self.after,
            "yearly": self.yearly,
            "every": self.interval,
            "rrule": self.recurrence,
            "silent": self.lapse,
            "due": self.deadline,
        }
        yield from ways[next(name for name in ways if name in occasion)](occasion, customer)

    def of_kinds(self, customer: dict[str, Any], kinds: Any) -> list[dict[str, Any]]:
        return [event for event in self.books.events[customer["id"]] if event["kind"] in texts(kinds)]

    def after(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        kinds = texts(occasion["on"])
        for event in self.of_kinds(customer, [kind for kind in kinds if kind != "broken"]):
            yield from self.repeated(occasion, customer, by_event(event, event["day"]), event["instant"])
        if "broken" in kinds:
            for event in self.promises.unanswering(customer):
                yield from self.repeated(occasion, customer, by_event(event, event["day"]), event["instant"])
            for breach in self.promises.breaches(customer):
                day = self.books.civil_day(customer, breach.instant)
                heard = by_event(breach.promise, day, breach=breach)._replace(anchor=day)
                yield from self.repeated(occasion, customer, heard, breach.instant)

    def repeated(
        self, occasion: dict[str, Any], customer: dict[str, Any], heard: Candidate, instant: dt.datetime
    ) -> Iterator[Candidate]:
        """That long after what was heard, and again and again: each in one step from the day itself."""
        after, again = span(occasion.get("after")), span(occasion.get("repeat"))
        offset = span(occasion.get("before") or occasion.get("step_after"))
        before: Due | None = None
        for number in range(occasion.get("times", 100_000) if "repeat" in occasion else 1):
            by = Span(*(after[part] + number * again[part] for part in range(3)))
            due: Due = self.calendar.shifted(heard.due, by)
            if after.on_the_clock or (offset.on_the_clock and after == Span()):
                zone = self.books.shop if occasion["audience"] == "staff" else self.books.zone(customer)
                due = self.hours.later(self.days_after(zone, instant, by), after)
            if self.books.civil_day(customer, due) > self.last:
                return
            cycle = f"{heard.cycle}/{number}" if number else heard.cycle
            yield heard._replace(due=due, cycle=cycle, due_before=before)
            before = due

    def days_after(self, zone: ZoneInfo, instant: dt.datetime, by: Span) -> dt.datetime:
        """Days later at the same time of day, as the clock there shows it."""
        if by == Span():
            return instant
        wall = wall_of(instant, zone)
        day = self.calendar.shifted(wall.date(), by)
        return utc(dt.datetime.combine(day, wall.time()), zone, self.gap, self.overlap)

    def yearly(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        of = occasion.get("of", "first")
        anchors: list[tuple[dict[str, Any] | None, dt.date]] = []
        if occasion["yearly"] != "birthday":
            found = self.of_kinds(customer, occasion["yearly"])
            anchors = [(event, event["day"]) for event in {"first": found[:1], "last": found[-1:], "each": found}[of]]
        elif customer["birthday"]:
            anchors = [(None, date_of(customer["birthday"]))]
        for event, anchor in anchors:
            for year in range(anchor.year + 1, self.last_year):
                due = self.anniversary(anchor, year, occasion.get("leap", "feb28"))
                if due and year - anchor.year in occasion.get("milestones", [year - anchor.year]):
                    cycle = f"{event['id']}/{year}" if event and of == "each" else str(year)
                    yield Candidate(event, anchor, due, cycle, event and event["asset"], months_on(due, -12))

    @staticmethod
    def anniversary(anchor: dt.date, year: int, leap: str) -> dt.date | None:
        try:
            return anchor.replace(year=year)
        except ValueError:
            return {"feb28": dt.date(year, 2, 28), "mar1": dt.date(year, 3, 1), "skip": None}[leap]

    def recurrence(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        before = dt.date(1600, 1, 1)
        for day in self.recurring(occasion):
            yield Candidate(None, day, day, str((day - dt.date(1970, 1, 1)).days), None, before)
            before = day

    def recurring(self, occasion: dict[str, Any]) -> list[dt.date]:
        """The dates of a rule, which are the same for every customer."""
        if occasion["name"] not in self.dates:
            begin = dt.datetime.fromisoformat(str(occasion.get("start", "1970-01-01")))
            end = dt.datetime(self.last_year, 1, 1)  # noqa: DTZ001 - dates have no zone
            found = (moment.date() for moment in rrulestr(occasion["rrule"], dtstart=begin).xafter(begin, inc=True))
            days = itertools.takewhile(lambda day: day < end.date(), found)
            self.dates[occasion["name"]] = [day for day in days if str(day) not in occasion.get("exdate", [])]
        return self.dates[occasion["name"]]

    def lapse(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        for event in self.of_kinds(customer, occasion["since"]):
            by = self.silence(occasion, customer, event)
            if by is not None:
                yield by_event(event, self.calendar.shifted(event["day"], by))._replace(asset=None)

    def silence(self, occasion: dict[str, Any], customer: dict[str, Any], event: dict[str, Any]) -> Span | None:
        if not isinstance(occasion["silent"], dict):
            return span(occasion["silent"])
        column = occasion["silent"].get("segment")
        of_segment = self.gaps_of_segment(occasion, column, customer.get(column) if column else None)
        if not of_segment:
            return None
        before = [other for other in self.of_kinds(customer, occasion["since"]) if other["day"] <= event["day"]]
        own = civil_gaps(before)
        usual = 2 * Fraction(statistics.median(of_segment))
        if own:
            usual += len(own) * Fraction(statistics.median(own))
        return Span(days=math.ceil(Fraction(str(occasion["silent"]["cadence"])) * usual / (len(own) + 2)))

    def gaps_of_segment(self, occasion: dict[str, Any], column: str | None, cell: Any) -> list[int]:
        """Those of everybody with the same cell, or of everybody."""
        known = occasion["name"], cell
        if known not in self.gaps:
            everybody = self.books.customers.values()
            segment = [other for other in everybody if not column or other.get(column) == cell]
            of_each = [civil_gaps(self.of_kinds(other, occasion["since"])) for other in segment]
            self.gaps[known] = [gap for gaps in of_each for gap in gaps]
        return self.gaps[known]

    def deadline(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        kinds = PROMISES if occasion["due"] == "promise" else occasion["due"]
        for event in self.of_kinds(customer, kinds):
            if event["due"] is not None:
                target = self.target(occasion.get("target"), customer, event)
                day = self.books.civil_day(customer, event["due"])
                yield by_event(event, event["due"], target=target)._replace(anchor=day)

    def target(self, target: Any, customer: dict[str, Any], event: dict[str, Any]) -> Due | None:
        due = event["due"]
        if target is None:
            return None
        if isinstance(target, dict):
            by = span(target["before"])
            if by.time:
                early = max(self.hours_from(due, customer) - by.time, event["instant"])
                return min(early, due) if isinstance(due, dt.datetime) else early
            day = self.calendar.shifted(self.books.civil_day(customer, due), by, back=True)
            if not isinstance(due, dt.datetime):
                return min(max(day, event["day"]), due)
            # An instant keeps its time of day, as the customer's clock shows it.
            zone = self.books.zone(customer)
            early = utc(dt.datetime.combine(day, wall_of(due, zone).time()), zone, self.gap, self.overlap)
            return min(max(early, event["instant"]), due)
        share = Fraction(str(target))
        if (due <= event["instant"]) if isinstance(due, dt.datetime) else (due <= event["day"]):
            return due
        if isinstance(due, dt.datetime):
            micros = (due - event["instant"]) // dt.timedelta(microseconds=1)
            return event["instant"] + dt.timedelta(seconds=math.floor(share * micros / 1_000_000))
        return event["day"] + math.floor(share * (due - event["day"]).days) * DAY

    def hours_from(self, due: Due, customer: dict[str, Any]) -> dt.datetime:
        """From where spans of hours count: an instant, or the end of a date."""
        return due if isinstance(due, dt.datetime) else midnight(due + DAY, self.books.zone(customer))

    def interval(self, occasion: dict[str, Any], customer: dict[str, Any]) -> Iterator[Candidate]:
        since = texts(occasion["since"])
        every, first = occasion["every"], occasion.get("first", occasion["every"])
        by_asset = collections.defaultdict(list)
        for event in self.of_kinds(customer, since):
            by_asset[event["asset"]].append(event)
        for events in by_asset.values():
            if occasion.get("restart") == "scheduled":
                yield from self.schedule(events[0], span(first), span(every))
                continue
            for event in events:
                length = first if event is events[0] else every
                by_time = self.calendar.shifted(event["day"], span(length)) if span(length) != Span() else None
                dues = [due for due in (by_time, self.due_by_use(occasion, event, length)) if due]
                if dues:
                    yield by_event(event, min(dues) if occasion.get("whichever", "first") == "first" else max(dues))

    def schedule(self, event: dict[str, Any], first: Span, every: Span) -> Iterator[Candidate]:
        before = event["day"]
        for number in itertools.count():
            by = Span(first.months + number * every.months, first.days + number * every.days)
            due = self.calendar.shifted(event["day"], by)
            if due.year >= self.last_year:
                return
            yield by_event(event, due, number + 1, round_began=before)
            before = due

    def due_by_use(self, occasion: dict[str, Any], event: dict[str, Any], length: Any) -> dt.date | None:
        units = set(length) - {"years", "months", "weeks", "days"} if isinstance(length, dict) else set()
        if not units:
            return None
        (unit,) = units
        return self.meters.due(occasion, unit, event, length[unit])
