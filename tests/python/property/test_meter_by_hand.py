"""courtesy.Meter beside the same forecast, written without haste: sums over all pairs, and days tried one by one."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

import courtesy

DAY0 = dt.date(2026, 1, 1)
readings = st.dictionaries(st.integers(0, 900), st.integers(0, 40), min_size=1, max_size=12).map(
    lambda uses: [
        (day, 0.5 * total) for day, total in zip(sorted(uses), itertools.accumulate(uses.values()), strict=True)
    ]
)


def own_rate(kept: list[tuple[int, float]]) -> float | None:
    if len(kept) < 2:
        return None
    rates = []
    for half_life in (60, 365):
        weights = [2 ** (-(kept[-1][0] - to) / half_life) for to, _ in kept[1:]]
        pairs = list(itertools.pairwise(kept))
        use = sum(w * (b[1] - a[1]) for w, (a, b) in zip(weights, pairs, strict=True))
        days = sum(w * (b[0] - a[0]) for w, (a, b) in zip(weights, pairs, strict=True))
        rates.append(use / days)
    return sum(rates) / 2


def value_on(kept: list[tuple[int, float]], day: int) -> float:
    for (a, low), (b, high) in itertools.pairwise(kept):
        if a <= day <= b:
            return low + (high - low) * (day - a) / (b - a)
    return kept[0][1]


def first_day(rate: float, use: float) -> int | None:
    return next((days for days in range(73_051) if rate * (days + 1e-6) >= use), None)


def quantile(errors: list[float], part: float) -> float:
    n = len(errors)
    place = min(max(part * (n + 1), 1), n)
    below = int(place)
    ordered = sorted(errors)
    return ordered[below - 1] + (place - below) * (ordered[min(below, n - 1)] - ordered[below - 1])


@given(readings, st.integers(1, 60))
def test_a_forecast_is_the_one_by_hand(kept: list[tuple[int, float]], use: int) -> None:
    meter = courtesy.Meter([(DAY0 + dt.timedelta(days=day), value) for day, value in kept], plausible=1e9)
    rate = own_rate(kept)
    found = meter.reaches(kept[-1][1] + use)
    days = None if not rate else first_day(rate, use)
    if days is None:
        assert found is None
        return
    assert found is not None
    assert rate is not None
    last = kept[-1][0]
    assert (found.day - DAY0).days == last + days
    ahead = max(1, min(days, (last - kept[0][0]) // 2))
    errors = []
    for number, (day, value) in enumerate(kept):
        then = own_rate(kept[: number + 1])
        if then and day + ahead <= last:
            errors.append((value_on(kept, day + ahead) - value) / (then * ahead))
    errors = [*errors[-60:], 2 / 3, 3 / 2]
    high, low = quantile(errors, 0.9), quantile(errors, 0.1)
    soonest = days if high <= 0 else min(days, first_day(rate, use / high) or 0)
    latest = first_day(rate, use / low) if low > 1e-12 else None
    assert (found.earliest - DAY0).days == last + soonest
    assert found.latest == (None if latest is None else DAY0 + dt.timedelta(days=last + max(days, latest)))
