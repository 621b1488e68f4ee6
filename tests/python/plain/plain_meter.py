"""A meter's readings: which are believed, how fast it runs, and when it reaches a mark."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from typing import Any, NamedTuple

from plain_books import Books
from plain_days import DAY, texts

LITTLE = 1e-6
SPEAKS_FOR, LONGEST, MEASURED = 365, 73_050, 28


class Reading(NamedTuple):
    day: dt.date
    value: float


class Points(NamedTuple):
    """The cumulative use on the days of the readings that are kept, and what they were in which segment."""

    days: list[dt.date]
    use: list[float]
    segments: list[list[Reading]]


class Meter:
    """The meter of an asset for an occasion."""

    def __init__(self, books: Books, occasion: dict[str, Any], unit: str, customer: Any, asset: Any) -> None:
        self.books, self.occasion, self.unit, self.customer, self.asset = books, occasion, unit, customer, asset
        self.names = {unit, occasion.get("meter", unit)}
        self.parts = self.read()
        self.by_fleet: dict[float | None, list[list[Reading]]] = {}

    # ---- readings ----

    def is_reading(self, event: dict[str, Any]) -> bool:
        kinds = ["reading", *texts(self.occasion["since"])]
        ours = event["unit"] in self.names or (event["kind"] == "reading" and event["note"] in self.names)
        return event["kind"] in kinds and ours and event["value"] is not None

    def read(self) -> list[list[Reading]]:
        """Of each part the highest reading of each day; the first one is where a new meter began."""
        events = [event for event in self.books.events[self.customer] if event["asset"] == self.asset]
        begun: dict[dt.date, float] = {}
        for event in events:
            if event["kind"] == "meter_replaced" and (event["unit"] is None or event["unit"] in self.names):
                begun[event["day"]] = max(event["value"] or 0.0, begun.get(event["day"], 0.0))
        bounds = [dt.date.min, *sorted(begun)]
        parts = []
        for begin, end in itertools.pairwise([*bounds, dt.date.max]):
            highest = {begin: begun[begin]} if begin in begun else {}
            for event in events:
                if self.is_reading(event) and begin < event["day"] <= end:
                    highest[event["day"]] = max(event["value"], highest.get(event["day"], event["value"]))
            parts.append([Reading(*each) for each in sorted(highest.items())])
        return parts

    # ---- what is believed ----

    def typical(self, fleet: float | None) -> float | None:
        slopes = sorted(
            (later.value - earlier.value) / (later.day - earlier.day).days
            for part in self.parts
            for earlier, later in itertools.pairwise(part)
            if later.value > earlier.value
        )
        own = slopes[3 * (len(slopes) - 1) // 4] if slopes else None
        if fleet is None:
            return own
        return max(own or 0.0, fleet) if len(slopes) >= 3 else fleet

    def contradict(self, earlier: Reading, later: Reading, typical: float | None) -> bool:
        days, more = (later.day - earlier.day).days, later.value - earlier.value
        if "plausible" in self.occasion:
            return more < 0 or more > self.occasion["plausible"] * days
        return more < 0 or (typical is not None and more > 10 * typical * max(days, 30))

    def believed(self, part: list[Reading], typical: float | None) -> list[list[Reading]]:
        """The segments of a part: of all ways to leave some readings out the one that explains most."""
        best: tuple[Any, ...] | None = None
        found: list[list[Reading]] = []
        for aside in range(len(part)):
            if best and best[0] < aside:
                break
            for kept in itertools.combinations(part, len(part) - aside):
                segments = [[kept[0]]]
                for earlier, later in itertools.pairwise(kept):
                    if self.contradict(earlier, later, typical):
                        segments.append([])
                    segments[-1].append(later)
                if any(len(segment) < 3 for segment in segments[1:]):
                    continue
                latest = [reading.day for reading in reversed(kept)]
                rank = (aside + 2 * len(segments) - 2, aside, kept[0].day, kept[-1].value, latest)
                if best is None or rank < best:
                    best, found = rank, segments
        return found

    def segments(self, fleet: float | None) -> list[list[Reading]]:
        if fleet not in self.by_fleet:
            typical = self.typical(fleet)
            self.by_fleet[fleet] = [segment for part in self.parts for segment in self.believed(part, typical)]
        return self.by_fleet[fleet]

    # ---- how fast ----

    def own(self, segments: list[list[Reading]]) -> tuple[float | None, int]:
        """The own rate, and over how many days it was measured."""
        steps = [step for segment in segments for step in itertools.pairwise(segment)]
        if not steps:
            return None, 0
        last = max(segment[-1].day for segment in segments)
        rates = []
        for half_life in (60, 365):
            used = days = 0.0
            for earlier, later in steps:
                weight = 2.0 ** (-(last - later.day).days / half_life)
                used += weight * (later.value - earlier.value)
                days += weight * (later.day - earlier.day).days
            rates.append(used / days)
        return sum(rates) / 2, sum((later.day - earlier.day).days for earlier, later in steps)

    # ---- where it stands ----

    def points(self, segments: list[list[Reading]], rate: float | None) -> Points:
        days, use = [], []
        for segment in segments:
            for number, reading in enumerate(segment):
                if not days:
                    more = reading.value
                elif number:
                    more = use[-1] + reading.value - segment[number - 1].value
                else:
                    more = use[-1] + (rate or 0.0) * (reading.day - days[-1]).days
                days.append(reading.day)
                use.append(more)
        return Points(days, use, segments)

    def due(self, event: dict[str, Any], length: float, fleet: float | None) -> dt.date | None:
        """The first day on which so much has been used since an event."""
        segments = self.segments(fleet)
        own, measured = self.own(segments)
        rate = own if measured >= MEASURED or fleet is None else fleet
        points = self.points(segments, rate)
        if not points.days:
            return None
        start = self.start(event, points, rate, fleet)
        if start is None:
            return None
        return self.reached(points, Reading(event["day"], start), start + length, rate, fleet)

    def start(self, event: dict[str, Any], points: Points, rate: float | None, fleet: float | None) -> float | None:
        """Where the cumulative use stood at an event: its own reading, where it fits, or what the others say."""
        if self.is_reading(event):
            number = -1
            for segment in points.segments:
                for place, reading in enumerate(segment):
                    number += 1
                    of_part = reading.day == event["day"] and not self.begins_part(reading, segment, place)
                    if (
                        of_part
                        and reading.value >= event["value"]
                        and (place == 0 or segment[place - 1].value <= event["value"])
                    ):
                        return points.use[number] - (reading.value - event["value"])
        return self.use_on(event["day"], points, rate, fleet)

    def begins_part(self, reading: Reading, segment: list[Reading], place: int) -> bool:
        return place == 0 and any(part and part[0] is reading for part in self.parts[1:])

    def use_on(self, day: dt.date, points: Points, rate: float | None, fleet: float | None) -> float | None:
        days, use = points.days, points.use
        if day < days[0]:
            return None if rate is None else max(0.0, use[0] - rate * (days[0] - day).days)
        for number in range(len(days) - 1):
            if days[number] <= day <= days[number + 1] and days[number] < days[number + 1]:
                share = (day - days[number]).days / (days[number + 1] - days[number]).days
                return use[number] + (use[number + 1] - use[number]) * share
        after = (day - days[-1]).days
        if after == 0:
            return use[-1]
        stale = max(0, after - SPEAKS_FOR) if fleet is not None else 0
        return None if rate is None else use[-1] + rate * (after - stale) + (fleet or 0.0) * stale

    def reached(
        self, points: Points, begin: Reading, mark: float, rate: float | None, fleet: float | None
    ) -> dt.date | None:
        """On the lines from where it stood at the event to the readings that follow, or after the last of all."""
        last = begin
        for reading in itertools.starmap(Reading, zip(points.days, points.use, strict=True)):
            if reading.day <= begin.day:
                continue
            if reading.value >= mark:
                share = (mark - last.value) / (reading.value - last.value)
                return last.day + whole(share * (reading.day - last.day).days) * DAY
            last = reading
        end, left = points.days[-1], mark - points.use[-1]
        after = left / rate if rate else math.inf
        if after > SPEAKS_FOR and fleet is not None:
            after = SPEAKS_FOR + (left - (rate or 0.0) * SPEAKS_FOR) / fleet
        return max(begin.day, end + whole(after) * DAY) if after <= LONGEST else None


class Meters:
    """The meters of all assets, each read once."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.known: dict[tuple[Any, ...], Meter] = {}
        self.fleets: dict[tuple[Any, ...], float | None] = {}

    def due(self, occasion: dict[str, Any], unit: str, event: dict[str, Any], length: float) -> dt.date | None:
        kind = self.books.assets.get(event["asset"], {}).get("kind")
        fleet = self.fleet(occasion, unit, kind) if kind else None
        return self.of(occasion, unit, event["customer"], event["asset"]).due(event, length, fleet)

    def of(self, occasion: dict[str, Any], unit: str, customer: Any, asset: Any) -> Meter:
        key = occasion["name"], unit, customer, asset
        if key not in self.known:
            self.known[key] = Meter(self.books, occasion, unit, customer, asset)
        return self.known[key]

    def fleet(self, occasion: dict[str, Any], unit: str, kind: str) -> float | None:
        """The median rate of all assets of the same kind, where some were measured long enough."""
        key = occasion["name"], unit, kind
        if key not in self.fleets:
            of_kind = [asset for asset in self.books.assets.values() if asset.get("kind") == kind]
            rates = []
            for asset in of_kind:
                meter = self.of(occasion, unit, asset["customer"], asset["id"])
                rate, days = meter.own(meter.segments(None))
                if rate and days >= MEASURED:
                    rates.append(rate)
            self.fleets[key] = statistics.median(rates) if len(rates) >= 3 else None
        return self.fleets[key]


def whole(days: float) -> int:
    return math.ceil(days - LITTLE)
