"""Wall times and instants: against zoneinfo, and at the edges that zoneinfo leaves to its caller."""

# ruff: noqa: DTZ001 - wall times are naive by nature
from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable

import pandas
import pytest

import courtesy

UTC = dt.timezone.utc
# Where each is hard: DST after 2037, half an hour of DST, a quarter of an hour, a day skipped, DST in winter.
ZONES = ["Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Europe/Dublin", "America/Santiago"]
MOMENTS = [dt.datetime(year, month, 15, 9, 30, 1, 5) for year in (1971, 2011, 2026, 2038, 2099) for month in (1, 7)]


@pytest.mark.parametrize("zone", ZONES)
def test_both_ways_agree_with_zoneinfo(zone: str) -> None:
    for local in MOMENTS:
        at = courtesy.to_utc(local, zone)
        assert at == local.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(UTC)
        assert at.tzinfo is UTC
        assert courtesy.to_local(at, zone) == local


def test_an_offset_is_a_zone() -> None:
    assert courtesy.to_utc(dt.datetime(2026, 7, 1, 9), "+05:30") == dt.datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
    assert courtesy.to_local(dt.datetime(2026, 7, 1, 3, 30, tzinfo=UTC), "+05:30") == dt.datetime(2026, 7, 1, 9)


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        (zoneinfo.ZoneInfo("Europe/London"), "Europe/London"),
        (UTC, "UTC"),
        (dt.timezone(dt.timedelta(hours=5, minutes=30)), "+05:30"),
        (dt.timezone(-dt.timedelta(hours=3)), "-03:00"),
    ],
)
def test_a_zone_may_be_an_object(zone: dt.tzinfo, name: str) -> None:
    local = dt.datetime(2026, 7, 1, 9)
    at = courtesy.to_utc(local, name)
    assert courtesy.to_utc(local, zone) == at
    assert courtesy.to_local(at, zone) == local


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: courtesy.to_utc(dt.datetime(2026, 7, 1), 5), courtesy.ZoneError, "name of a time zone .*found int"),  # type: ignore[call-overload]
        (lambda: courtesy.to_local(dt.datetime(2026, 7, 1, tzinfo=UTC), None), courtesy.ZoneError, "found NoneType"),
        (lambda: courtesy.to_utc(pandas.NaT, "UTC"), courtesy.TimeError, "found NaTType"),
        (lambda: courtesy.to_local(pandas.NaT, "UTC"), courtesy.TimeError, "found NaTType"),
        (lambda: courtesy.to_utc(dt.datetime(2026, 7, 1), "UTC", None), courtesy.TimeError, "gap: .*'None'"),  # type: ignore[call-overload]
        (lambda: courtesy.to_utc(dt.datetime(2026, 7, 1), "utc"), courtesy.ZoneError, "did you mean 'UTC'"),
    ],
)
def test_what_is_no_zone_or_time_is_told(make: Callable[[], object], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        make()


class TestGap:
    # London, 28 March 2027: the clocks go from 01:00 (00:00+1h UTC) straight to 02:00.
    SKIPPED = dt.datetime(2027, 3, 28, 1, 30)

    @pytest.mark.parametrize(("gap", "hour"), [("forward", 1), ("backward", 0)])
    def test_it_moves_by_the_length_of_the_gap(self, gap, hour: int) -> None:
        at = courtesy.to_utc(self.SKIPPED, "Europe/London", gap=gap)
        assert at == dt.datetime(2027, 3, 28, hour, 30, tzinfo=UTC)

    def test_it_is_an_error_where_asked_for(self) -> None:
        with pytest.raises(courtesy.TimeError, match="2027-03-28"):
            courtesy.to_utc(self.SKIPPED, "Europe/London", gap="error")


class TestOverlap:
    # London, 31 October 2027: the clocks go from 02:00 back to 01:00.
    TWICE = dt.datetime(2027, 10, 31, 1, 30)

    @pytest.mark.parametrize(("overlap", "hour"), [("first", 0), ("second", 1)])
    def test_one_is_chosen(self, overlap, hour: int) -> None:
        at = courtesy.to_utc(self.TWICE, "Europe/London", overlap=overlap)
        assert at == dt.datetime(2027, 10, 31, hour, 30, tzinfo=UTC)

    def test_it_is_an_error_where_asked_for(self) -> None:
        with pytest.raises(courtesy.TimeError, match="2027-10-31"):
            courtesy.to_utc(self.TWICE, "Europe/London", overlap="error")

    def test_the_fold_is_not_looked_at(self) -> None:
        assert courtesy.to_utc(self.TWICE.replace(fold=1), "Europe/London") == dt.datetime(
            2027, 10, 31, 0, 30, tzinfo=UTC
        )


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: courtesy.to_utc(dt.datetime(2026, 1, 1, tzinfo=UTC), "UTC"), courtesy.TimeError, "found an aware one"),
        (lambda: courtesy.to_utc(dt.date(2026, 1, 1), "UTC"), courtesy.TimeError, "found date"),
        (lambda: courtesy.to_local(dt.datetime(2026, 1, 1), "UTC"), courtesy.TimeError, "found a naive one"),
        (lambda: courtesy.to_local(dt.date(2026, 1, 1), "UTC"), courtesy.TimeError, "found date"),
        (lambda: courtesy.to_utc(dt.datetime(2026, 1, 1), "Mars/Olympus"), courtesy.ZoneError, "Mars/Olympus"),
        (lambda: courtesy.to_utc(dt.datetime(2026, 1, 1), "UTC", gap="sideways"), courtesy.TimeError, "sideways"),
        (lambda: courtesy.to_utc(dt.datetime(2026, 1, 1), "UTC", overlap="both"), courtesy.TimeError, "both"),
    ],
)
def test_what_is_no_time_is_an_error(call, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()


def test_the_zone_data_has_a_version() -> None:
    # "2026a", as the database's releases are called; "unknown" where the system does not tell.
    version = courtesy.tzdata_version()
    assert version == "unknown" or (version[:4].isdigit() and version[4:].isalpha())
