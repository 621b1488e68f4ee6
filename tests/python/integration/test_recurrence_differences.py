"""Where dateutil and the text of RFC 5545 part: what each gives, as docs/recurrence.md tells."""

# ruff: noqa: DTZ001 - wall times are what recurrences without a zone are made of
from __future__ import annotations

import datetime as dt
import itertools
from typing import NamedTuple
from zoneinfo import ZoneInfo

import dateutil.rrule
import pytest

import courtesy


class Difference(NamedTuple):
    what: str
    rule: str
    start: str
    ours: list[str]
    dateutils: list[str]


DIFFERENCES = [
    Difference("BYWEEKNO without BYDAY is on the start's weekday", "FREQ=YEARLY;BYWEEKNO=20", "1997-05-13",
               ["1997-05-13", "1998-05-12", "1999-05-18"], ["1997-05-13", "1997-05-14", "1997-05-15"]),
    # 2022-01-02 is a Sunday of week 52 of 2021, as Python's own isocalendar() says.
    Difference("a week belongs to the year of its Thursday", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", "2015-01-01",
               ["2016-01-03", "2021-01-03", "2027-01-03"], ["2016-01-03", "2021-01-03", "2022-01-02"]),
    Difference("every Wednesday, and the third Monday as well", "FREQ=MONTHLY;BYDAY=WE,3MO", "2026-01-12",
               ["2026-01-14", "2026-01-19", "2026-01-21"], []),
    Difference("BYSETPOS counts in the whole of the first week", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
               "2026-01-01", ["2026-01-05", "2026-01-12", "2026-01-19"], ["2026-01-01", "2026-01-05", "2026-01-12"]),
]  # fmt: skip


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.what)
def test_the_rfc_s_text_is_followed(difference: Difference) -> None:
    start = dt.datetime.fromisoformat(difference.start)
    ours = courtesy.Recurrence(difference.rule, start=start).first(3)
    assert [f"{day:%Y-%m-%d}" for day in ours] == difference.ours
    # dateutil walks on to the year 9999 where it finds nothing.
    bounded = dateutil.rrule.rrulestr(f"{difference.rule};UNTIL={start.year + 15}0101T000000", dtstart=start)
    assert [f"{day:%Y-%m-%d}" for day in itertools.islice(bounded, 3)] == difference.dateutils


def test_the_weeks_are_those_of_the_iso_calendar() -> None:
    for week in (1, 20, 52, 53):
        mondays = courtesy.Recurrence(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO", start="1990-01-01")
        expected = [
            day
            for number in range(365 * 60)
            if (day := dt.date(1990, 1, 1) + dt.timedelta(days=number)).isocalendar()[1:] == (week, 1)
        ]
        assert mondays.between("1990-01-01", expected[-1] + dt.timedelta(days=1)) == expected


def test_times_do_not_expand_a_date() -> None:
    assert courtesy.Recurrence("FREQ=DAILY;BYHOUR=9,17", start="2026-01-01").first(2) == [
        dt.date(2026, 1, 1),
        dt.date(2026, 1, 2),
    ]


def test_until_in_utc_is_compared_by_the_clock_where_there_is_no_zone() -> None:
    rule = "FREQ=DAILY;UNTIL=20260102T090000Z"
    assert len(courtesy.Recurrence(rule, start="2026-01-01T09:00")) == 2
    with pytest.raises(ValueError, match="UNTIL"):
        dateutil.rrule.rrulestr(rule, dtstart=dt.datetime(2026, 1, 1, 9))


def test_a_gap_shifts_by_the_offset_before_it() -> None:
    rule = courtesy.Recurrence("FREQ=DAILY", start="2026-03-29T01:30", zone="Europe/London")
    assert rule.first(1)[0].isoformat() == "2026-03-29T02:30:00+01:00"


def test_what_the_rfc_forbids_is_refused() -> None:
    for rule in ("FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;BYMONTH=13", "FREQ=MONTHLY;BYWEEKNO=1"):
        with pytest.raises(courtesy.RuleError):
            courtesy.Recurrence(rule, start="2026-01-01")


def test_dateutil_repeats_one_moment_for_ever_by_interval_0() -> None:
    start = dt.datetime(2026, 1, 6)
    assert list(itertools.islice(dateutil.rrule.rrulestr("FREQ=DAILY;INTERVAL=0", dtstart=start), 5)) == [start] * 5


def test_dateutil_reads_a_weekly_1mo_as_every_monday() -> None:
    mondays = dateutil.rrule.rrulestr("FREQ=WEEKLY;BYDAY=1MO;COUNT=3", dtstart=dt.datetime(2026, 1, 6))
    assert [day.day for day in mondays] == [12, 19, 26]


def test_skip_is_known_here_and_not_to_dateutil() -> None:
    rule = "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=2"
    assert courtesy.Recurrence(rule, start="2026-01-31").first(2) == [dt.date(2026, 1, 31), dt.date(2026, 2, 28)]
    with pytest.raises(ValueError, match="unknown parameter"):
        dateutil.rrule.rrulestr(rule, dtstart=dt.datetime(2026, 1, 31))


def test_the_second_60_is_59_where_there_are_no_leap_seconds() -> None:
    # RFC 5545, section 3.3.12.
    rule = "FREQ=DAILY;BYSECOND=60;COUNT=1"
    assert courtesy.Recurrence(rule, start="2026-01-01T09:00").first(1) == [dt.datetime(2026, 1, 1, 9, 0, 59)]
    with pytest.raises(ValueError, match="second must be"):
        list(dateutil.rrule.rrulestr(rule, dtstart=dt.datetime(2026, 1, 1, 9)))


def test_dateutil_makes_times_of_a_date() -> None:
    times = dateutil.rrule.rrulestr("FREQ=DAILY;BYHOUR=9,17;COUNT=2", dtstart=dt.datetime(2026, 1, 1))
    assert list(times) == [dt.datetime(2026, 1, 1, 9), dt.datetime(2026, 1, 1, 17)]


def test_dateutil_keeps_a_time_that_is_on_no_clock() -> None:
    zone = ZoneInfo("Europe/London")
    rule = "FREQ=DAILY;COUNT=2"
    begin = dt.datetime(2026, 3, 28, 1, 30)
    ours = list(courtesy.Recurrence(rule, start=begin, zone="Europe/London"))
    assert [f"{at:%H:%M}" for at in ours] == ["01:30", "02:30"]
    dateutils = list(dateutil.rrule.rrulestr(rule, dtstart=begin.replace(tzinfo=zone)))
    assert [f"{at:%H:%M}" for at in dateutils] == ["01:30", "01:30"]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=YEARLY;BYMONTHDAY=15;COUNT=3", dt.date(2026, 1, 20), [(2, 15), (3, 15), (4, 15)]),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=2", dt.date(2026, 1, 6), [(1, 12), (1, 19)]),
    ],
)
def test_both_agree(rule: str, start: dt.date, expected: list[tuple[int, int]]) -> None:
    ours = list(courtesy.Recurrence(rule, start=start))
    dateutils = list(dateutil.rrule.rrulestr(rule, dtstart=dt.datetime.combine(start, dt.time())))
    assert [(day.month, day.day) for day in ours] == [(day.month, day.day) for day in dateutils] == expected
