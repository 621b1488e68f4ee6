"""One rule that starts many times: a column of answers is what each recurrence answers alone."""

# ruff: noqa: DTZ001 - wall times are what recurrences without a zone are made of
from __future__ import annotations

import datetime as dt
from typing import Any

import numpy
import pandas
import pytest

import courtesy
from courtesy import Recurrence, next_after

RULES = ["FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;COUNT=10"]
DAYS = ["2019-01-31", "2024-02-29", "2026-11-23", "2026-11-30", "2031-05-05"]


@pytest.mark.parametrize("inclusive", [False, True])
@pytest.mark.parametrize("rule", RULES)
def test_dates(rule: str, inclusive: bool) -> None:
    found = next_after(rule, numpy.array(DAYS, "datetime64[D]"), "2026-11-30", inclusive=inclusive)
    assert found.dtype == "datetime64[D]"
    assert found.tolist() == [Recurrence(rule, start=day).after("2026-11-30", inclusive) for day in DAYS]


@pytest.mark.parametrize("zone", [None, "Europe/London", "Asia/Kolkata"])
@pytest.mark.parametrize("rule", [*RULES, "FREQ=HOURLY;INTERVAL=5"])
def test_wall_times(rule: str, zone: str | None) -> None:
    starts = [f"{day}T01:30" for day in DAYS]
    asked = dt.datetime(2026, 11, 30, 1, 30, tzinfo=dt.timezone.utc if zone else None)
    found = next_after(rule, numpy.array(starts, "datetime64[s]"), asked, zone)
    assert found.dtype == "datetime64[us]"
    expected = [Recurrence(rule, start=start, zone=zone).after(asked) for start in starts]
    assert found.tolist() == [
        at.astimezone(dt.timezone.utc).replace(tzinfo=None) if isinstance(at, dt.datetime) and zone else at
        for at in expected
    ]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([], []),
        ([dt.date(2026, 1, 5), dt.date(2026, 1, 6)], [dt.date(2026, 12, 5), dt.date(2026, 12, 6)]),
        (["2026-01-05"], [dt.date(2026, 12, 5)]),
        ([dt.date(2026, 1, 5), None], [dt.date(2026, 12, 5), None]),
        (numpy.array(["NaT", "2026-01-05"], "datetime64[D]"), [None, dt.date(2026, 12, 5)]),
        ([dt.datetime(2026, 1, 5, 9)], [dt.datetime(2026, 12, 5, 9)]),
        (pandas.Series(pandas.to_datetime(["2026-01-05 09:00"])), [dt.datetime(2026, 12, 5, 9)]),
    ],
)
def test_what_starts_may_be(starts: Any, expected: list[dt.date | None]) -> None:
    assert next_after("FREQ=MONTHLY", starts, "2026-12-01").tolist() == expected


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("FREQ=DAYLY", ["2026-01-05"], "2026-12-01"), courtesy.RuleError, "column 6"),
        ((5, ["2026-01-05"], "2026-12-01"), courtesy.RuleError, "rule: expected a text"),
        (("FREQ=DAILY", ["2026-01-05", "1500-01-05"], "2026-12-01"), courtesy.RuleError, "row 1: .*1600 to 9999"),
        (("FREQ=DAILY", [7], "2026-12-01"), courtesy.TimeError, "a column of int64"),
        (("FREQ=DAILY", ["soon"], "2026-12-01"), courtesy.TimeError, "starts: expected dates"),
        (("FREQ=DAILY", [dt.datetime(2026, 1, 5, tzinfo=dt.timezone.utc)], "2026-12-01"), courtesy.TimeError, "zone"),
        (("FREQ=DAILY", ["2026-01-05"], "2026-12-01T00:00Z"), courtesy.TimeError, "has no zone"),
        (("FREQ=DAILY", ["2026-01-05"], "soon"), courtesy.TimeError, "moment: expected a date"),
        (("FREQ=DAILY", ["2026-01-05"], "2026-12-01", "Mars"), courtesy.ZoneError, "Mars"),
    ],
)
def test_what_is_wrong_is_told(arguments: tuple[Any, ...], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        next_after(*arguments)
