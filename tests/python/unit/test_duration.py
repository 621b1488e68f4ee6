"""Lengths of time as the store's methods take them, and moments that are given as one or the other."""

from __future__ import annotations

import datetime as dt

import pytest

import courtesy
from courtesy.duration import duration, later
from courtesy.time import microseconds

SECOND = 1_000_000
NOW = microseconds(dt.datetime(2026, 12, 1, 8, tzinfo=dt.timezone.utc))


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        ("60 s", 60),
        ("60s", 60),
        ("90 sec", 90),
        ("1 second", 1),
        ("5 min", 300),
        ("2 h", 7200),
        ("1 hour 30 minutes", 5400),
        ("3 d", 3 * 86_400),
        ("2 weeks", 14 * 86_400),
        ("PT90S", 90),
        ("P1D", 86_400),
        (dt.timedelta(minutes=1), 60),
        (dt.timedelta(microseconds=500_000), 0.5),
    ],
    ids=str,
)
def test_a_length(length: str | dt.timedelta, seconds: float) -> None:
    assert duration(length, "lease") == seconds * SECOND


@pytest.mark.parametrize(
    "length",
    ["", "soon", "-1 hour", "0 seconds", "1 month", "1 year", "2 business days", "3 opening hours", "1.5 hours", "s",
     dt.timedelta(0), dt.timedelta(days=-1), 60, None],
    ids=str,
)  # fmt: skip
def test_what_is_no_length_is_an_error_that_names_the_argument(length: object) -> None:
    with pytest.raises(courtesy.TimeError, match=r"^lease: expected "):
        duration(length, "lease")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "after"),
    [
        ("2 hours", dt.timedelta(hours=2)),
        (dt.timedelta(days=1), dt.timedelta(days=1)),
        ("2026-12-01T09:00Z", dt.timedelta(hours=1)),
        ("2026-12-02", dt.timedelta(hours=15)),
        (dt.date(2026, 12, 2), dt.timedelta(hours=15)),
        (dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.timezone.utc), dt.timedelta(hours=1, minutes=30)),
    ],
    ids=str,
)
def test_a_time_to_come(until: str | dt.date | dt.timedelta, after: dt.timedelta) -> None:
    """A date begins at midnight in the zone of the shop, which is an hour ahead of London here."""
    assert later(until, "until", NOW, "Europe/Paris") == NOW + after // dt.timedelta(microseconds=1)


@pytest.mark.parametrize("until", ["2026-12-01T08:00Z", "2026-12-01", dt.date(2020, 1, 1)], ids=str)
def test_a_time_that_has_passed(until: str | dt.date) -> None:
    with pytest.raises(courtesy.TimeError, match=r"^until: expected a time to come, found one that has passed$"):
        later(until, "until", NOW, "UTC")
