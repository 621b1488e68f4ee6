"""A meter's readings: which are believed, how fast it runs, and where it stood on a day."""

from __future__ import annotations

import datetime as dt
import itertools
import statistics


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
