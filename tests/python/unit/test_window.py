"""The window: what a start, a length and an end mean, and what is refused."""

# ruff: noqa: DTZ001 - wall times are naive by nature
from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import numpy
import pandas
import pytest

import courtesy
from courtesy.window import day_number, window

UTC = dt.timezone.utc
LONDON = zoneinfo.ZoneInfo("Europe/London")


def ticks(at: dt.datetime) -> int:
    return (at - dt.datetime(1970, 1, 1, tzinfo=UTC)) // dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("start", "days", "until", "first", "last"),
    [
        # Midnight in the shop's zone: London is an hour ahead of UTC in summer.
        (dt.date(2026, 7, 1), 1, None, (2026, 6, 30, 23), (2026, 7, 1, 23)),
        ("2026-07-01", 1, None, (2026, 6, 30, 23), (2026, 7, 1, 23)),
        (" 2026-12-01 ", 30, None, (2026, 12, 1), (2026, 12, 31)),
        # Civil days: the one on which the clocks go back is 25 hours long.
        ("2026-10-25", 1, None, (2026, 10, 24, 23), (2026, 10, 26)),
        # A timedelta counts hours.
        ("2026-10-25", dt.timedelta(days=1), None, (2026, 10, 24, 23), (2026, 10, 25, 23)),
        ("2026-12-01", None, "2026-12-03", (2026, 12, 1), (2026, 12, 3)),
        ("2026-12-01", None, dt.datetime(2026, 12, 1, 12, tzinfo=UTC), (2026, 12, 1), (2026, 12, 1, 12)),
        ("2026-12-01T09:00Z", 1, None, (2026, 12, 1, 9), (2026, 12, 2, 9)),
        ("2026-12-01T09:00:00+01:00", 1, None, (2026, 12, 1, 8), (2026, 12, 2, 8)),
        (dt.datetime(2026, 7, 1, 9, tzinfo=LONDON), 1, None, (2026, 7, 1, 8), (2026, 7, 2, 8)),
        (pandas.Timestamp("2026-12-01T09:00Z"), numpy.int64(2), None, (2026, 12, 1, 9), (2026, 12, 3, 9)),
    ],
)
def test_a_window_runs_from_start_to_end(
    start: Any, days: Any, until: Any, first: tuple[int, ...], last: tuple[int, ...]
) -> None:
    assert window("Europe/London", start, days, until) == (
        ticks(dt.datetime(*first, tzinfo=UTC)),  # type: ignore[misc, arg-type]
        ticks(dt.datetime(*last, tzinfo=UTC)),  # type: ignore[misc, arg-type]
    )


@pytest.mark.parametrize(
    ("start", "days", "until", "words"),
    [
        ("2026-12-01", None, None, "expected either days= or until=, found neither"),
        ("2026-12-01", 7, "2026-12-08", "expected either days= or until=, found both"),
        (dt.datetime(2026, 12, 1), 7, None, "start: expected an aware datetime, found a naive one"),
        ("2026-12-01T09:00", 7, None, "start: expected an aware datetime, found a naive one"),
        ("2026-12-01", None, dt.datetime(2026, 12, 8), "until: expected an aware datetime, found a naive one"),
        ("next week", 7, None, "start: expected a date such as 2026-12-01 .* found 'next week'"),
        ("2026-02-30", 7, None, "start: expected a date"),
        (20261201, 7, None, "start: expected a date, a datetime or a text, found int"),
        ("2026-12-01", "7", None, "days: expected a whole number or a timedelta, found the text '7'"),
        ("2026-12-01", 1.5, None, "days: expected a whole number or a timedelta, found float"),
        ("2026-12-01", 0, None, "the window is empty"),
        ("2026-12-01", -1, None, "the window is empty"),
        ("2026-12-01", dt.timedelta(0), None, "the window is empty"),
        ("2026-12-01", None, "2026-12-01", "the window is empty"),
        ("2026-12-01", 10**12, None, "days: the window would end after the year 9999"),
    ],
)
def test_what_is_no_window_is_an_error(start: Any, days: Any, until: Any, words: str) -> None:
    with pytest.raises(courtesy.TimeError, match=words):
        window("Europe/London", start, days, until)


def test_a_day_may_be_a_date_a_datetime_or_a_text() -> None:
    for day in (dt.date(1970, 1, 3), dt.datetime(1970, 1, 3, 23, 59), "1970-01-03", pandas.Timestamp("1970-01-03")):
        assert day_number(day, "day") == 2
