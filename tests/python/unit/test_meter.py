"""courtesy.Meter: its readings, its rate and its forecasts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import courtesy

DAY0 = dt.date(2026, 1, 1)


def on(number: int) -> dt.date:
    return DAY0 + dt.timedelta(days=number)


def test_readings_may_come_in_any_order_and_as_texts() -> None:
    meter = courtesy.Meter([("2026-01-11", 500), (dt.date(2026, 1, 1), 100)])
    assert meter.readings == [(on(0), 100.0), (on(10), 500.0)]
    assert meter.rate == 40
    assert meter.source == "own"
    assert meter.value_on("2026-01-06") == 300
    assert meter.value_on(on(15)) == 700


def test_a_mark_between_readings_is_known() -> None:
    found = courtesy.Meter([(on(0), 100), (on(10), 500)]).reaches(301)
    assert found == courtesy.Forecast(on(6), on(6), on(6), "readings")


def test_a_mark_ahead_is_forecast_with_its_range() -> None:
    # 1,200 at 40 take 30 days; without a past error from 20 to 45.
    found = courtesy.Meter([(on(0), 100), (on(10), 500)]).reaches(1_700)
    assert found == courtesy.Forecast(on(40), on(30), on(55), "own")


def test_a_mark_is_one_of_the_latest_meter() -> None:
    meter = courtesy.Meter([(on(0), 100), (on(10), 500), (on(30), 400)], replaced=[(on(20), 0)])
    found = meter.reaches(800)
    assert found is not None
    assert found.day == on(40)
    assert meter.value_on(on(15)) == 700


def test_the_rate_of_others_counts_where_the_own_is_not_known() -> None:
    meter = courtesy.Meter([(on(0), 100)], fleet=[20, 80, 40])
    assert (meter.rate, meter.source) == (40, "fleet")
    assert meter.reaches(500) == courtesy.Forecast(on(10), on(5), on(20), "fleet")
    assert courtesy.Meter([(on(0), 100)], fleet=[20, 80]).reaches(500) is None


def test_what_is_not_believed_is_told() -> None:
    meter = courtesy.Meter([(on(0), 100), (on(10), 500), (on(20), 90)], plausible=1_000)
    assert meter.set_aside == [(on(20), 90.0)]
    assert meter.began_anew == []
    assert repr(meter) == "<Meter of 2 readings, 1 set aside>"
    assert courtesy.Meter([(on(0), 100), (on(1), 1_101)], plausible=1_000).set_aside == [(on(1), 1_101.0)]
    anew = courtesy.Meter([(on(0), 100), (on(10), 500), *((on(20 + 10 * n), 20.0 + 400 * n) for n in range(3))])
    assert anew.began_anew == [(on(20), 20.0)]


def test_without_readings_nothing_is_known() -> None:
    meter = courtesy.Meter([])
    assert (meter.rate, meter.readings, meter.reaches(1), meter.value_on(on(0))) == (None, [], None, None)


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        ({"readings": [(on(0), float("nan"))]}, courtesy.DataError, "readings: expected numbers"),
        ({"readings": [("soon", 1)]}, courtesy.TimeError, "readings: expected a date"),
        ({"readings": [], "fleet": [1, 0]}, courtesy.DataError, "fleet: expected a number above zero, found 0"),
        ({"readings": [], "plausible": -1}, courtesy.DataError, "plausible: expected a number above zero"),
        ({"readings": [], "replaced": [(on(0), float("inf"))]}, courtesy.DataError, "replaced: expected numbers"),
    ],
)
def test_what_is_no_reading_is_refused(arguments: dict[str, Any], kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        courtesy.Meter(**arguments)
