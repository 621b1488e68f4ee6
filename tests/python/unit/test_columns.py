"""Columns of Python objects: which type they get, what counts as missing, and which cell is named."""

# ruff: noqa: DTZ001 - wall times are naive by nature
from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from typing import Any

import numpy
import pandas
import pytest

import courtesy
from courtesy.columns import add_column

UTC = dt.timezone.utc
DAY = 86_400_000_000
UUID = uuid.UUID("12345678123456781234567812345678")


class Recorder:
    """Stands where the core's builder does, and keeps what it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []

    def __getattr__(self, method: str) -> Any:
        return lambda name, cells: self.calls.append((method, cells))


def column_of(cells: list[Any]) -> tuple[str, Any]:
    recorder = Recorder()
    add_column(recorder, "customers", "x", cells)  # type: ignore[arg-type]
    (call,) = recorder.calls
    return call


class Tier(str, enum.Enum):
    GOLD = "gold"


class Level(enum.IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("cells", "method", "taken"),
    [
        ([True, None, False], "booleans", [True, None, False]),
        ([1, None, -(2**63), 2**63 - 1], "integers", [1, None, -(2**63), 2**63 - 1]),
        ([1.5, None, float("nan")], "reals", [1.5, None, None]),
        ([1, 2.5], "reals", [1.0, 2.5]),
        ([decimal.Decimal("19.90"), decimal.Decimal("NaN"), 2], "reals", [19.9, None, 2.0]),
        (["a", None, ""], "texts", ["a", None, ""]),
        ([UUID, None], "texts", [str(UUID), None]),
        ([Tier.GOLD, "silver"], "texts", ["gold", "silver"]),
        ([Level.HIGH, 4], "integers", [3, 4]),
        ([dt.date(1970, 1, 2), None, dt.date(1969, 12, 31)], "dates", [1, None, -1]),
        ([dt.datetime(1970, 1, 2, tzinfo=UTC), None], "instants", [DAY, None]),
        ([dt.datetime(1970, 1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=3)))], "instants", [-3_600_000_000]),
        # Midnights alone could be taken for dates, which have a type of their own here.
        ([dt.datetime(2026, 12, 1), None], "texts", ["2026-12-01T00:00:00", None]),
        ([dt.datetime(1970, 1, 2), dt.datetime(1970, 1, 1, 0, 0, 0, 7)], "wall_times", [DAY, 7]),
        ([dt.date(2026, 12, 1), dt.datetime(2026, 12, 1, 9, tzinfo=UTC)], "texts",
         ["2026-12-01", "2026-12-01T09:00:00+00:00"]),
        ([dt.datetime(2026, 12, 1, 9), dt.datetime(2026, 12, 1, 9, tzinfo=UTC)], "texts",
         ["2026-12-01T09:00:00", "2026-12-01T09:00:00+00:00"]),
        ([dt.time(22, 30), None, dt.time()], "times", [1350, None, 0]),
        ([["a", "b"], None, []], "lists", [["a", "b"], None, []]),
        ([("b", "a"), {"d", "c"}, frozenset("e")], "lists", [["b", "a"], ["c", "d"], ["e"]]),
        ([None, None], "nulls", 2),
        ([], "nulls", 0),
        # Scalars of NumPy and pandas.
        ([numpy.int32(7), None], "integers", [7, None]),
        ([numpy.float32(0.5), numpy.float64("nan")], "reals", [0.5, None]),
        ([numpy.bool_(True)], "booleans", [True]),
        ([numpy.str_("a")], "texts", ["a"]),
        ([numpy.datetime64("1970-01-02"), numpy.datetime64("NaT")], "dates", [1, None]),
        ([numpy.datetime64(5_000, "ns")], "wall_times", [5]),
        ([numpy.array(["a", "b"])], "lists", [["a", "b"]]),
        ([pandas.NA, "a"], "texts", [None, "a"]),
        ([pandas.NaT, dt.date(1970, 1, 2)], "dates", [None, 1]),
        ([pandas.Timestamp("1970-01-02T00:00Z"), pandas.NaT], "instants", [DAY, None]),
        ([pandas.Timestamp(1970, 1, 1, 0, 0, 0, 7, nanosecond=9)], "wall_times", [7]),
    ],
)  # fmt: skip
def test_a_column_gets_the_type_of_its_cells(cells: list[Any], method: str, taken: Any) -> None:
    assert column_of(cells) == (method, taken)


def test_a_repeated_hour_keeps_its_fold() -> None:
    # London, 25 October 2026: 01:30 is shown twice, first in summer time (00:30 UTC), then in winter time.
    first = pandas.Timestamp("2026-10-25T00:30Z").tz_convert("Europe/London")
    second = pandas.Timestamp("2026-10-25T01:30Z").tz_convert("Europe/London")
    method, taken = column_of([first, second])
    assert method == "instants"
    assert taken[1] - taken[0] == 3_600_000_000


@pytest.mark.parametrize(
    ("cells", "row", "words"),
    [
        (["a", None, 1], 2, "expected a text as in the rows before, found a whole number"),
        ([1, 2.5, "a"], 2, "expected a whole number as in the rows before, found a text"),
        ([True, 0], 1, "expected a boolean as in the rows before, found a whole number"),
        ([1, True], 1, "expected a whole number as in the rows before, found a boolean"),
        ([dt.date(2026, 1, 1), "2026-01-02"], 1, "expected a date as in the rows before, found a text"),
        ([["a"], "a"], 1, "expected a list as in the rows before, found a text"),
        ([None, 2**63], 1, "at most 64 bits"),
        ([1.5, 10**400], 1, "at most 64 bits"),
        ([["a"], ["b", 1]], 1, "expected a list of texts, found a whole number in it"),
        ([{"a", 1}], 0, "expected a list of texts, found a whole number in it"),
        (["a", b"a"], 1, "cannot take a bytes"),
        ([{"a": 1}], 0, "cannot take a dict"),
        ([1, 2j], 1, "cannot take a complex"),
        ([dt.timedelta(1)], 0, "cannot take a timedelta"),
        ([object()], 0, "cannot take a object"),
        (["a", "\ud800"], 1, "half of a surrogate pair"),
        ([["a"], ["b\udfff"]], 1, "half of a surrogate pair"),
    ],
)
def test_the_cell_that_does_not_fit_is_named(cells: list[Any], row: int, words: str) -> None:
    with pytest.raises(courtesy.DataError, match=words) as caught:
        column_of(cells)
    error = caught.value
    assert (error.table, error.row, error.column) == ("customers", row, "x")
    assert str(error).startswith(f"customers, row {row}, column 'x': ")


def test_no_message_shows_a_cell() -> None:
    with pytest.raises(courtesy.DataError) as caught:
        column_of(["Ada Lovelace", 18151210])
    assert "Ada" not in str(caught.value)
    assert "1815" not in str(caught.value)


def test_a_naive_datetime_at_midnight_is_no_date() -> None:
    """A data frame has no dates, so its midnights may be meant so; who writes a dict has dates at hand."""
    event = {"customer": 1, "kind": "purchase", "at": dt.datetime(2026, 12, 1)}
    rules = courtesy.Rules([courtesy.Occasion("thanks", on="purchase", after="1 day")])
    with pytest.raises(courtesy.DataError, match="has no zone"):
        courtesy.plan([{"id": 1}], [event], rules, start="2026-12-01", days=7)
    made = courtesy.plan([{"id": 1}], [event], rules, start="2026-12-01", days=7, zone="Asia/Tokyo")
    assert made[0].anchor == dt.date(2026, 11, 30)
