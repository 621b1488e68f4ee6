"""Recurrences and dateutil agree wherever both read the RFC in the same way; docs/recurrence.md lists where not.

Left out are BYWEEKNO (dateutil takes every day of the week, and gives a year some days of its neighbour's weeks), a
BYDAY that mixes plain and counted weekdays (dateutil asks for both at once), and WEEKLY with BYSETPOS (dateutil counts
from the start in the first week).
"""

# ruff: noqa: DTZ001 - wall times are what recurrences without a zone are made of
from __future__ import annotations

import datetime as dt
from typing import Any

import dateutil.rrule
from hypothesis import given, settings
from hypothesis import strategies as st

import courtesy

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
START = dt.datetime(2024, 1, 1)


def numbers(least: int, most: int, size: int = 3) -> st.SearchStrategy[str]:
    values = st.integers(least, most).filter(bool)
    return st.lists(values, min_size=1, max_size=size, unique=True).map(lambda found: ",".join(map(str, found)))


plain_days = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(",".join)
counted_days = st.lists(
    st.tuples(st.sampled_from([-2, -1, 1, 2, 3, 5]), st.sampled_from(DAYS)).map(lambda day: f"{day[0]}{day[1]}"),
    min_size=1, max_size=3, unique=True,
).map(",".join)  # fmt: skip
clock = {"BYHOUR": numbers(1, 23, 2), "BYMINUTE": numbers(1, 59, 2)}
common = {"INTERVAL": st.integers(1, 5), "WKST": st.sampled_from(DAYS), **clock}
months = {"BYMONTH": numbers(1, 12)}
positions = {"BYSETPOS": numbers(-3, 3, 2)}


def rules(freq: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    found = st.fixed_dictionaries({}, optional={**common, **parts})
    return found.map(lambda keys: ";".join([f"FREQ={freq}", *(f"{key}={value}" for key, value in keys.items())]))


def with_positions(rule: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """BYSETPOS needs another BY part beside it."""
    chosen = st.one_of(st.none(), positions["BYSETPOS"])
    return st.tuples(rule, chosen).map(
        lambda pair: f"{pair[0]};BYSETPOS={pair[1]}" if pair[1] and "BY" in pair[0] else pair[0]
    )


RULES = st.one_of(
    with_positions(rules("YEARLY", BYMONTHDAY=numbers(-31, 31), BYDAY=plain_days, **months)),
    with_positions(rules("YEARLY", BYDAY=counted_days, **months)),
    with_positions(rules("YEARLY", BYYEARDAY=numbers(-366, 366), BYDAY=plain_days, **months)),
    with_positions(rules("MONTHLY", BYMONTHDAY=numbers(-31, 31), BYDAY=plain_days, **months)),
    with_positions(rules("MONTHLY", BYDAY=counted_days, **months)),
    rules("WEEKLY", BYDAY=plain_days, **months),
    rules("DAILY", BYMONTHDAY=numbers(-31, 31), BYDAY=plain_days, **months),
)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(rule=RULES, minutes=st.integers(0, 3 * 366 * 24 * 60))
def test_both_give_the_same_moments(rule: str, minutes: int) -> None:
    start = START + dt.timedelta(minutes=minutes)
    end = start + dt.timedelta(days=366 * 3)
    bounded = f"{rule};UNTIL={end:%Y%m%dT%H%M%S}"
    expected = list(dateutil.rrule.rrulestr(bounded, dtstart=start))
    each = courtesy.Recurrence(bounded, start=start)
    assert list(each) == expected
    assert len(each) == len(expected)
    middle = start + dt.timedelta(days=549)
    assert each.after(middle) == min((at for at in expected if at > middle), default=None)
    assert each.before(middle) == max((at for at in expected if at < middle), default=None)
