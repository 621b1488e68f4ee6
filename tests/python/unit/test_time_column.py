"""to_utc and to_local of columns: each library's, with one zone and with a zone for each row, as of single times."""

# ruff: noqa: DTZ001 - wall times are what to_utc is given
from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

import courtesy

WALLS = [
    dt.datetime(2026, 3, 29, 1, 30),  # in London's gap
    dt.datetime(2026, 10, 25, 1, 30),  # in London's overlap
    None,
    dt.datetime(2038, 7, 1, 9),
    dt.datetime(1900, 1, 1, 0, 0, 0, 1),
    dt.datetime(2100, 12, 31, 23, 59),
]
ZONES = ["Europe/London", "Europe/London", "Asia/Tokyo", "+05:30", None, "America/New_York"]

TIMES: dict[str, Callable[[list[Any]], Any]] = {
    "numpy": lambda times: numpy.array(times, "datetime64[us]"),
    "numpy ns": lambda times: numpy.array(times, "datetime64[us]").astype("datetime64[ns]"),
    "pandas": lambda times: pandas.Series(times, dtype="datetime64[us]", name="at"),
    "pandas index": lambda times: pandas.DatetimeIndex(times, dtype="datetime64[us]"),
    "polars": lambda times: polars.Series("at", times, polars.Datetime("us")),
    "polars ns": lambda times: polars.Series("at", times, polars.Datetime("ns")),
    "pyarrow": lambda times: pyarrow.array(times, pyarrow.timestamp("us")),
    "pyarrow chunks": lambda times: pyarrow.chunked_array([times[:2], times[2:]], pyarrow.timestamp("us")),
}
NAMES: dict[str, Callable[[list[Any]], Any]] = {
    "list": list,
    "numpy": lambda names: numpy.array(names, dtype=object),
    "pandas": lambda names: pandas.Series(names, dtype="object"),
    "pandas category": lambda names: pandas.Series(names, dtype="category"),
    "polars": lambda names: polars.Series(names, dtype=polars.String),
    "pyarrow": lambda names: pyarrow.array(names, pyarrow.string()),
    "pyarrow dictionary": lambda names: pyarrow.array(names, pyarrow.string()).dictionary_encode(),
}


def items(column: Any) -> list[dt.datetime | None]:
    """The column's cells as datetimes, aware ones in UTC."""
    if isinstance(column, numpy.ndarray):
        return list(column.astype("datetime64[us]").tolist())
    if isinstance(column, (pandas.Series, pandas.DatetimeIndex)):
        return [None if each is pandas.NaT else each.to_pydatetime() for each in column]
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())


def expected(zones: list[str | None], **choices: Any) -> list[dt.datetime | None]:
    return [
        None if wall is None or zone is None else courtesy.to_utc(wall, zone, **choices)
        for wall, zone in zip(WALLS, zones, strict=True)
    ]


def without_zone(times: list[dt.datetime | None]) -> list[dt.datetime | None]:
    return [None if time is None else time.replace(tzinfo=None) for time in times]


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("library", TIMES)
def test_a_column_has_the_answers_of_its_cells(library: str, names: str) -> None:
    walls, zones = TIMES[library](WALLS), NAMES[names](ZONES)
    utc = courtesy.to_utc(walls, zones)
    assert isinstance(utc, pyarrow.Array if "pyarrow" in library else type(walls))
    wanted = expected(ZONES)
    assert items(utc) == (without_zone(wanted) if "numpy" in library else wanted)
    back = [
        None if at is None or zone is None else courtesy.to_local(at, zone)
        for at, zone in zip(wanted, ZONES, strict=True)
    ]
    assert items(courtesy.to_local(utc, zones)) == back


@pytest.mark.parametrize("library", TIMES)
@pytest.mark.parametrize(("gap", "overlap"), [("forward", "first"), ("backward", "second")])
def test_one_zone_for_all(library: str, gap: Any, overlap: Any) -> None:
    walls = TIMES[library](WALLS)
    utc = courtesy.to_utc(walls, "Europe/London", gap, overlap)
    wanted = expected(["Europe/London"] * len(WALLS), gap=gap, overlap=overlap)
    assert items(utc) == (without_zone(wanted) if "numpy" in library else wanted)


@pytest.mark.parametrize("library", TIMES)
def test_a_column_without_rows(library: str) -> None:
    empty = TIMES[library]([])
    assert items(courtesy.to_utc(empty, "Europe/London")) == []
    assert items(courtesy.to_utc(empty, [])) == []


def test_what_names_a_series_stays() -> None:
    series = pandas.Series(WALLS[:2], index=["a", "b"], name="at", dtype="datetime64[us]")
    made = courtesy.to_utc(series, "Europe/London")
    assert (list(made.index), made.name, str(made.dtype)) == (["a", "b"], "at", "datetime64[us, UTC]")
    assert courtesy.to_utc(polars.Series("at", WALLS[:2]), "UTC").name == "at"


NUMBERS = "expected a column of times, found one of"


@pytest.mark.parametrize(
    ("convert", "times", "zones", "error", "words"),
    [
        ("to_utc", TIMES["pandas"](WALLS), ["UTC", "Mars", *["UTC"] * 4], courtesy.ZoneError, "row 1: .*Mars"),
        (
            "to_utc",
            TIMES["polars"](WALLS),
            ["UTC"],
            courtesy.DataError,
            "as many zones .*found 1 zones and 6 times",
        ),
        ("to_utc", TIMES["pandas"](WALLS), "Mars", courtesy.ZoneError, "Mars"),
        ("to_utc", TIMES["pandas"](WALLS).dt.tz_localize("UTC"), "UTC", courtesy.TimeError, "instants already"),
        ("to_utc", TIMES["numpy"](WALLS), [1] * 6, courtesy.TimeError, "expected the names of zones, found int"),
        ("to_utc", TIMES["numpy"](WALLS), None, courtesy.ZoneError, "found NoneType"),
        ("to_utc", pyarrow.table({"at": WALLS}), "UTC", courtesy.TimeError, f"{NUMBERS} Table"),
        ("to_local", TIMES["pandas"](WALLS), "UTC", courtesy.TimeError, "a column without one"),
        ("to_utc", numpy.arange(3), "UTC", courtesy.TimeError, f"{NUMBERS} int64"),
        ("to_utc", pandas.Series(["a"]), "UTC", courtesy.TimeError, NUMBERS),
        ("to_utc", polars.Series([1]), "UTC", courtesy.TimeError, f"{NUMBERS} Int64"),
        ("to_local", pyarrow.array([1]), "UTC", courtesy.TimeError, f"{NUMBERS} int64"),
    ],
)
def test_what_is_wrong_is_told(convert: str, times: Any, zones: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        getattr(courtesy, convert)(times, zones)


def test_zones_may_be_objects_and_missing() -> None:
    two = numpy.array(["2026-07-01T09:00", "2026-07-01T09:00"], dtype="datetime64[us]")
    london = zoneinfo.ZoneInfo("Europe/London")
    expected = courtesy.to_utc(two, "Europe/London")
    assert (courtesy.to_utc(two, london) == expected).all()
    assert (courtesy.to_utc(two, [london, "Europe/London"]) == expected).all()
    assert numpy.isnat(courtesy.to_utc(two, [float("nan"), None])).all()


def test_a_gap_or_an_overlap_may_be_an_error_of_its_row() -> None:
    for choice, row in [({"gap": "error"}, 0), ({"overlap": "error"}, 1)]:
        with pytest.raises(courtesy.TimeError, match=f"row {row}: "):
            courtesy.to_utc(TIMES["numpy"](WALLS), "Europe/London", **choice)


def test_every_row_of_many() -> None:
    random = numpy.random.default_rng(7)
    walls = random.integers(-2_000_000_000, 4_000_000_000, 5_000).astype("datetime64[s]")
    zones = random.choice(["Europe/London", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC"], 5_000)
    utc = courtesy.to_utc(walls, zones)
    assert utc.tolist() == [
        courtesy.to_utc(wall, zone).replace(tzinfo=None)
        for wall, zone in zip(walls.tolist(), zones.tolist(), strict=True)
    ]
