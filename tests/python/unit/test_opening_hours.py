"""Opening hours from Python, against a plain count of the minutes that are open."""

# ruff: noqa: DTZ001 - Hypothesis takes the bounds of wall times
from __future__ import annotations

import datetime as dt
import pickle
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import courtesy
from courtesy import OpeningHours, Workdays

UTC = dt.timezone.utc
LONDON = ZoneInfo("Europe/London")
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HALF_HOUR = dt.timedelta(minutes=30)
clocks = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")


@st.composite
def stretches(draw: st.DrawFn) -> str:
    times = sorted(draw(st.sets(clocks, min_size=2, max_size=4)))
    return ", ".join(f"{a}-{b}" for a, b in zip(times[::2], times[1::2], strict=False))


def plainly_open(at: dt.datetime, week: dict[str, str], zone: ZoneInfo, closed: set[dt.date]) -> bool:
    """Whether the clock of the moment is within the hours of its date."""
    local = at.astimezone(zone)
    text = week.get(NAMES[local.weekday()])
    if text is None or local.date() in closed:
        return False
    return any(opens <= f"{local:%H:%M}" < closes for opens, closes in (part.split("-") for part in text.split(", ")))


@settings(max_examples=60)
# London's clocks skip what is from 01:00 to 02:00 on 29 March 2026, and show it twice on 25 October.
@example(week={"sun": "00:00-01:30"}, zone="Europe/London", start=dt.datetime(2026, 3, 16), halves=4, closed=set())
@example(week={"sun": "01:30-02:30"}, zone="Europe/London", start=dt.datetime(2026, 3, 16), halves=3, closed=set())
@example(week={"sun": "00:00-01:30"}, zone="Europe/London", start=dt.datetime(2026, 10, 20), halves=4, closed=set())
@example(week={"sun": "01:30-04:00"}, zone="Europe/London", start=dt.datetime(2026, 10, 20), halves=2, closed=set())
@given(
    week=st.dictionaries(st.sampled_from(NAMES), stretches(), min_size=1),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    start=st.datetimes(dt.datetime(2026, 3, 5), dt.datetime(2026, 11, 10)),
    halves=st.integers(1, 60),
    closed=st.sets(st.dates(dt.date(2026, 3, 1), dt.date(2026, 11, 30)), max_size=10),
)
def test_a_count_of_half_hours_agrees(
    week: dict[str, str], zone: str, start: dt.datetime, halves: int, closed: set[dt.date]
) -> None:
    hours = OpeningHours(week, zone, Workdays(holidays=closed))
    at = start.replace(minute=start.minute // 30 * 30, second=0, microsecond=0, tzinfo=UTC)
    tz = ZoneInfo(zone)
    assert hours.is_open(at) == plainly_open(at, week, tz, closed)
    # Every change of the clocks here, and every hour above, is at a half hour of UTC.
    ticks = [at + HALF_HOUR * number for number in range(24 * 2 * 14)]
    opened = [tick for tick in ticks if plainly_open(tick, week, tz, closed)]
    assert hours.between(at, ticks[-1] + HALF_HOUR) == HALF_HOUR * len(opened)
    if opened:
        # In UTC: PEP 495 has a time that comes twice equal none of another zone.
        assert hours.next_open(at).astimezone(UTC) == opened[0]
    if len(opened) >= halves:
        assert hours.add(at, HALF_HOUR * halves).astimezone(UTC) == opened[halves - 1] + HALF_HOUR
        assert hours.add(opened[halves - 1] + HALF_HOUR, -HALF_HOUR * halves).astimezone(UTC) == opened[0]


def test_the_answers_are_in_the_zone() -> None:
    garage = OpeningHours({"mon-fri": "08:00-17:00", dt.date(2026, 12, 24): "closed"}, "Europe/London")
    assert garage.zone == "Europe/London"
    assert garage.next_open("2026-07-04T10:00Z").isoformat() == "2026-07-06T08:00:00+01:00"
    assert garage.next_close("2026-12-23T20:00Z").isoformat() == "2026-12-25T17:00:00+00:00"
    assert [(a.isoformat(), b.isoformat()) for a, b in garage.on("2026-07-06")] == [
        ("2026-07-06T08:00:00+01:00", "2026-07-06T17:00:00+01:00")
    ]
    assert garage.on("2026-12-24") == []


def test_equality_copies_and_repr() -> None:
    make: Any = lambda: OpeningHours({"mon-fri": "08:00-17:00"}, "UTC", Workdays(holidays="2026-12-24"))  # noqa: E731
    assert make() == make() == pickle.loads(pickle.dumps(make()))
    assert hash(make()) == hash(make())
    assert make() != OpeningHours({"mon-fri": "08:00-17:00"}, "UTC")
    assert make().workdays == Workdays(holidays="2026-12-24")
    assert repr(make()) == "<OpeningHours in UTC: mon-fri 08:00-17:00>"


def test_a_range_of_dates_has_hours_of_its_own() -> None:
    hours = OpeningHours({"mon-fri": "08:00-17:00", "2026-12-24/2027-01-01": "closed"}, ZoneInfo("Europe/London"))
    assert hours.next_open("2026-12-24T09:00Z") == dt.datetime(2027, 1, 4, 8, tzinfo=dt.timezone.utc)
    assert OpeningHours({"mon": "08:00-17:00"}, dt.timezone.utc).zone == "UTC"


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: OpeningHours({"mon": "8-17"}, "UTC"), courtesy.RuleError, "hours of 'mon': .*found '8-17'"),
        (lambda: OpeningHours({"mon": None}, "UTC"), courtesy.RuleError, "hours of 'mon': .*found NoneType"),  # type: ignore[dict-item]
        (lambda: OpeningHours(["mon"], "UTC"), courtesy.RuleError, "hours: expected a dict"),  # type: ignore[arg-type]
        (lambda: OpeningHours({"mon": "08:00-17:00"}, None), courtesy.ZoneError, "found NoneType"),  # type: ignore[arg-type]
        (
            lambda: OpeningHours({"mon": "08:00-17:00"}, "UTC", "GB"),  # type: ignore[arg-type]
            courtesy.RuleError,
            "workdays: expected courtesy.Workdays, found str",
        ),
        (
            lambda: OpeningHours({"mon": "08:00-17:00"}, "UTC").add("2026-12-24T10:00Z", 5),  # type: ignore[arg-type]
            courtesy.TimeError,
            "open_time: expected a timedelta",
        ),
        (lambda: OpeningHours({"moon": "08:00-17:00"}, "UTC"), courtesy.RuleError, "found 'moon'"),
        (lambda: OpeningHours({}, "UTC"), courtesy.RuleError, "at least one day"),
        (lambda: OpeningHours({"mon": "08:00-17:00"}, "Mars"), courtesy.ZoneError, "Mars"),
        (lambda: OpeningHours({"mon": "08:00-17:00"}, "UTC").is_open("2026-12-24"), courtesy.TimeError, "found a date"),
        (lambda: OpeningHours({"mon": "08:00-17:00"}, "UTC").is_open("2026-12-24T10:00"), courtesy.TimeError, "naive"),
        (
            lambda: OpeningHours({"mon": "08:00-09:00"}, "UTC").add("2026-12-24T10:00Z", dt.timedelta(days=365)),
            courtesy.TimeError,
            "century",
        ),
        (
            lambda: OpeningHours({"mon": "08:00-09:00"}, "UTC").add("2026-12-24T10:00Z", dt.timedelta.max),
            courtesy.TimeError,
            "century",
        ),
        (
            lambda: OpeningHours({"mon": "08:00-09:00"}, "UTC").next_open("9999-12-31T23:00Z"),
            courtesy.TimeError,
            "years 1 to 9999",
        ),
    ],
)
def test_what_is_wrong_is_told(make: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        make()
