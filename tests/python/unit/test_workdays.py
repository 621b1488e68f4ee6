"""Business days: whose weekends and holidays they heed, how they are counted, and what is said of wrong input."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any

import holidays
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import courtesy
from courtesy import Workdays

PLACES = [("GB", "ENG"), ("GB", "SCT"), ("DE", "BW"), ("US", "CA"), ("FR", None), ("AE", None), ("IR", None),
          ("CN", None), ("IN", "MH"), ("NP", None)]  # fmt: skip
YEAR = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(365)]


@pytest.mark.filterwarnings("ignore::courtesy.DataWarning")
@pytest.mark.parametrize(("country", "subdivision"), PLACES)
def test_business_days_are_those_of_the_country(country: str, subdivision: str | None) -> None:
    days = Workdays(country, subdivision, years=(2025, 2027))
    theirs = holidays.country_holidays(country, subdiv=subdivision, years=[2025, 2026, 2027])
    assert [days.is_business_day(day) for day in YEAR] == [theirs.is_working_day(day) for day in YEAR]
    assert [days.is_holiday(day) for day in YEAR] == [day in theirs and day not in days.worked for day in YEAR]
    assert [days.name(day) for day in YEAR if days.is_holiday(day)] == [
        theirs[day] for day in YEAR if days.is_holiday(day)
    ]
    assert days.source.startswith(f"holidays {holidays.__version__}: {country}")


@pytest.mark.parametrize(("country", "expected"), [("GB", ["sat", "sun"]), ("SA", ["fri", "sat"]), ("IR", ["fri"])])
def test_the_weekend_is_the_country_s(country: str, expected: list[str]) -> None:
    assert Workdays(country, years=(2026, 2026)).weekend == expected
    assert Workdays(country, years=(2026, 2026), weekend="mon").weekend == ["mon"]


def test_own_days_are_added_and_taken_away() -> None:
    days = Workdays("GB", "ENG", holidays=["2026-12-24", "2026-12-29/2026-12-31"], worked=[dt.date(2026, 12, 28)])
    assert [day.day for day in YEAR if day.month == 12 and day.day > 22 and days.is_business_day(day)] == [23, 28]
    assert days.name("2026-12-25") == "Christmas Day"
    assert (days.name("2026-12-24"), days.name("2026-12-23"), days.name("2026-12-28")) == ("", None, None)


def test_categories_and_languages() -> None:
    days = Workdays("DE", "BW", language="de", years=(2026, 2026))
    assert days.name("2026-04-03") == "Karfreitag"
    banks = Workdays("DK", categories=["public", "optional"], years=(2026, 2026))
    assert banks.is_holiday("2026-12-24")
    assert not Workdays("DK", years=(2026, 2026)).is_holiday("2026-12-24")


@given(
    start=st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)),
    count=st.integers(-60, 60),
    closed=st.sets(st.dates(dt.date(2025, 1, 1), dt.date(2026, 1, 1)), max_size=20),
    weekend=st.sets(st.sampled_from(range(7)), max_size=4),
)
def test_numpy_counts_the_same(start: dt.date, count: int, closed: set[dt.date], weekend: set[int]) -> None:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    days = Workdays(weekend=[names[day] for day in weekend], holidays=closed)
    calendar = numpy.busdaycalendar([day not in weekend for day in range(7)], sorted(closed))
    begin = numpy.datetime64(start, "D")
    # Forwards NumPy counts from the last business day, backwards from the next one.
    roll = "backward" if count > 0 else "forward"
    assert days.add(start, count) == numpy.busday_offset(begin, count, roll, busdaycal=calendar).item()
    for how, theirs in [("next", "following"), ("previous", "preceding"), ("modified following", "modifiedfollowing"),
                        ("modified preceding", "modifiedpreceding")]:  # fmt: skip
        assert days.roll(start, how) == numpy.busday_offset(begin, 0, theirs, busdaycal=calendar).item()
    end = start + dt.timedelta(days=abs(count))
    assert days.count(start, end) == numpy.busday_count(begin, numpy.datetime64(end, "D"), busdaycal=calendar)


def test_equality_copies_and_repr() -> None:
    days = Workdays("GB", "ENG", years=(2026, 2026), holidays="2026-12-24")
    assert days == Workdays("GB", "ENG", years=(2026, 2026), holidays=[dt.date(2026, 12, 24)])
    assert days != Workdays("GB", "SCT", years=(2026, 2026))
    for copied in (pickle.loads(pickle.dumps(days)), copy.deepcopy(days)):
        assert copied == days
        assert hash(copied) == hash(days)
        assert copied.add("2026-12-23", 1) == dt.date(2026, 12, 29)
        assert copied.name("2026-12-25") == "Christmas Day"
    assert repr(Workdays(weekend="sun", holidays="2026-12-24")) == "<Workdays: 1 holiday; weekend sun>"
    assert "GB, ENG, public, 2026 to 2026" in repr(days)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Workdays("XX"), courtesy.MissingError, "no holidays for XX"),
        (lambda: Workdays("gb"), courtesy.MissingError, "did you mean 'GB'"),
        (lambda: Workdays("Mordor"), courtesy.MissingError, "code of ISO 3166"),
        (lambda: Workdays(5), courtesy.MissingError, "no holidays for 5"),  # type: ignore[arg-type]
        (lambda: Workdays("GB", "XX"), courtesy.MissingError, "no holidays for GB, XX.*there are .*ENG"),
        (lambda: Workdays("GB", categories="foo"), courtesy.MissingError, "foo.*there are public"),
        (lambda: Workdays("GB", language="tlh"), courtesy.MissingError, "language 'tlh'.*en_GB"),
        (lambda: Workdays(subdivision="ENG"), TypeError, "need a country"),
        (lambda: Workdays(weekend="saturday"), courtesy.TimeError, "weekend: .*'saturday'"),
        (
            lambda: Workdays(weekend=["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
            courtesy.RuleError,
            "at least one",
        ),
        (lambda: Workdays(holidays="soon"), courtesy.TimeError, "holidays: expected a date"),
        (lambda: Workdays(holidays=5), courtesy.TimeError, "holidays: .*found int"),  # type: ignore[arg-type]
        (lambda: Workdays(worked="0001-01-01/9999-12-31"), courtesy.TimeError, "worked: .*1600 to 9999"),
        (lambda: Workdays("GB", years=2030), courtesy.TimeError, "years: .*found 2030"),  # type: ignore[arg-type]
        (lambda: Workdays().roll("2026-12-24", None), courtesy.TimeError, "roll: .*'None'"),  # type: ignore[arg-type]
        (lambda: Workdays(holidays="2026-12-24/2026-12-23"), courtesy.TimeError, "not before its start"),
        (lambda: Workdays().add("9999-12-31", 1), courtesy.TimeError, "years 1 to 9999"),
        (lambda: Workdays().add("0001-01-01", -1), courtesy.TimeError, "years 1 to 9999"),
        (lambda: Workdays().add("2026-01-01", 2**64), courtesy.TimeError, "years 1 to 9999"),
        (lambda: Workdays().add("2026-01-01", 1.5), TypeError, "integer"),  # type: ignore[arg-type]
        (lambda: Workdays("GB", years=(2030, 2020)), courtesy.TimeError, "years: expected the first and the last"),
        (lambda: Workdays().roll("2026-12-24", "sideways"), courtesy.TimeError, "roll: .*'sideways'"),
        (lambda: Workdays(holidays="2026-01-01/2029-01-01").next("2026-02-01"), courtesy.TimeError, "two years"),
    ],
)
def test_what_is_wrong_is_told(make: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        make()
