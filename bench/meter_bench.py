"""Forecasts of real odometers beside three that need no library: ./dev python bench/meter_bench.py.

Buses of Madison, Wisconsin, read at the end of each month. For each bus and each multiple of 6,000 miles that it
passed, the day of passing is forecast 30, 60, 90 and 180 days before, from the readings known by then (two or more).
The real day lies on the line between the readings around it. A forecast of more than two years ahead, such as that of a
bus that stood still, counts as two years, whoever makes it.
"""

from __future__ import annotations

import bisect
import calendar
import csv
import dataclasses
import datetime as dt
import itertools
import math
import os
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import courtesy

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("COURTESY_SHARED_DATA", ROOT.parent / "shared" / "data")) / "buses" / "odometer.csv"
EVERY = 6_000
AHEAD = (30, 60, 90, 180)
LONGEST = 2 * 365
OURS = "courtesy.Meter"

Readings = list[tuple[int, float]]
"""Days (ordinals of dates) and miles."""


@dataclasses.dataclass(frozen=True)
class Case:
    """A mark that a bus passed, and what was known so many days before."""

    ahead: int
    mark: float
    passed: float
    known: Readings


def buses() -> dict[str, Readings]:
    read: dict[str, Readings] = {}
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, month = map(int, row["month"].split("-"))
            day = dt.date(year, month, calendar.monthrange(year, month)[1])
            bus = f"{row['model']} {row['bus_id']}"
            read.setdefault(bus, []).append((day.toordinal(), float(row["odometer_miles"])))
    return read


def cases(readings: Readings) -> Iterator[Case]:
    days = [day for day, _ in readings]
    first, last = readings[0][1], readings[-1][1]
    for mark in range((int(first) // EVERY + 1) * EVERY, int(last) + 1, EVERY):
        (a, low), (b, high) = next(pair for pair in itertools.pairwise(readings) if pair[1][1] >= mark)
        passed = a + (mark - low) / (high - low) * (b - a)
        for ahead in AHEAD:
            known = readings[: bisect.bisect_right(days, passed - ahead)]
            if len(known) >= 2:
                yield Case(ahead, mark, passed, known)


def at_rate(readings: Readings, mark: float, rate: float) -> float:
    day, value = readings[-1]
    return day + (math.ceil((mark - value) / rate) if rate > 0 else math.inf)


def of_all(known: Readings, mark: float) -> float:
    (a, low), (b, high) = known[0], known[-1]
    return at_rate(known, mark, (high - low) / (b - a))


def of_last_two(known: Readings, mark: float) -> float:
    return of_all(known[-2:], mark)


def of_90_days(known: Readings, mark: float) -> float:
    last, value = known[-1]
    day = max(last - 90, known[0][0])
    (a, low), (b, high) = next(pair for pair in itertools.pairwise(known) if pair[1][0] >= day)
    then = low + (high - low) * (day - a) / (b - a)
    return at_rate(known, mark, (value - then) / (last - day))


BASELINES: dict[str, Callable[[Readings, float], float]] = {
    "average of all readings": of_all,
    "last two readings": of_last_two,
    "90-day average": of_90_days,
}


@dataclasses.dataclass
class Score:
    """How far forecasts were off, in days, and whether the interval held the day."""

    missed: dict[str, list[float]]
    held: list[bool]
    widths: list[float]

    def errors(self) -> dict[str, float]:
        return {name: statistics.fmean(missed) for name, missed in self.missed.items()}

    @property
    def cover(self) -> float:
        return statistics.fmean(self.held)


def forecast(case: Case) -> tuple[float, float, float]:
    """The day, the earliest and the latest."""
    meter = courtesy.Meter([(dt.date.fromordinal(day), value) for day, value in case.known])
    found = meter.reaches(case.mark)
    if found is None:
        return math.inf, -math.inf, math.inf
    latest = math.inf if found.latest is None else found.latest.toordinal()
    return found.day.toordinal(), found.earliest.toordinal(), latest


def scores(of: list[Readings]) -> dict[int, Score]:
    found = {ahead: Score({name: [] for name in [*BASELINES, OURS]}, [], []) for ahead in AHEAD}
    for case in itertools.chain.from_iterable(map(cases, of)):
        score = found[case.ahead]
        longest = case.known[-1][0] + LONGEST
        day, earliest, latest = forecast(case)
        for name, method in BASELINES.items():
            score.missed[name].append(abs(min(method(case.known, case.mark), longest) - case.passed))
        score.missed[OURS].append(abs(min(day, longest) - case.passed))
        score.held.append(earliest <= math.ceil(case.passed) <= latest)
        score.widths.append(min(latest, longest) - earliest)
    return found


def main() -> None:
    if not DATA.exists():
        print(f"skipped: {DATA} is not there")
        return
    of = list(buses().values())
    found = scores(of)
    halves = [scores(of[0::2]), scores(of[1::2])]
    print(f"{len(of)} buses, {', '.join(str(len(found[ahead].held)) for ahead in AHEAD)} forecasts")
    print(f"{'mean absolute error in days':<30}" + "".join(f"{f'{ahead} days':>10}" for ahead in AHEAD))
    for name in [*BASELINES, OURS]:
        print(f"{name:<30}" + "".join(f"{found[ahead].errors()[name]:>10.1f}" for ahead in AHEAD))
    print(f"{'held by the 80 % interval':<30}" + "".join(f"{found[ahead].cover:>10.1%}" for ahead in AHEAD))
    for number, half in enumerate(halves, start=1):
        print(f"{f'  of half {number} of the buses':<30}" + "".join(f"{half[ahead].cover:>10.1%}" for ahead in AHEAD))
    width = {ahead: statistics.median(found[ahead].widths) for ahead in AHEAD}
    print(f"{'its width in days (median)':<30}" + "".join(f"{width[ahead]:>10.0f}" for ahead in AHEAD))


if __name__ == "__main__":
    main()
