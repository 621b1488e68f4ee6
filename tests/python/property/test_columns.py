"""Columns of any cells: they are taken whole, or the first cell that does not fit is named."""

# ruff: noqa: DTZ001 - the strategies draw naive datetimes
from __future__ import annotations

import datetime as dt
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies

import courtesy
from courtesy.columns import add_column

WHOLE = strategies.integers(-(2**63), 2**63 - 1)
REAL = strategies.floats(allow_nan=False)
DATE = strategies.dates(dt.date(1600, 1, 1))
NAIVE = strategies.datetimes(dt.datetime(1600, 1, 1))
AWARE = strategies.datetimes(dt.datetime(1600, 1, 1), timezones=strategies.timezones())
TEXT = strategies.text(strategies.characters(exclude_categories=["Cs"]))
# Cells of one family may stand in one column.
FAMILIES: dict[str, strategies.SearchStrategy[Any]] = {
    "booleans": strategies.booleans(),
    "numbers": WHOLE | REAL,
    "texts": TEXT,
    "moments": DATE | NAIVE | AWARE,
    "times": strategies.times(),
    "lists": strategies.lists(TEXT),
}
MISSING = strategies.sampled_from([None, float("nan")])


class Recorder:
    def __init__(self) -> None:
        self.cells: Any = None

    def __getattr__(self, method: str) -> Any:
        def record(_name: str, cells: Any) -> None:
            self.cells = cells

        return record


def taken(cells: list[Any]) -> Any:
    recorder = Recorder()
    add_column(recorder, "customers", "x", cells)  # type: ignore[arg-type]
    return recorder.cells


def is_missing(cell: Any) -> bool:
    return cell is None or cell != cell


@strategies.composite
def columns(draw: strategies.DrawFn) -> list[Any]:
    family = draw(strategies.sampled_from(sorted(FAMILIES)))
    return draw(strategies.lists(FAMILIES[family] | MISSING))


@hypothesis.given(columns())
def test_cells_of_one_family_are_a_column_with_the_same_empty_rows(cells: list[Any]) -> None:
    result = taken(cells)
    if all(map(is_missing, cells)):
        assert result == len(cells)
    else:
        assert [cell is None for cell in result] == list(map(is_missing, cells))


@hypothesis.given(strategies.data(), columns())
def test_the_first_cell_of_another_family_is_named(data: strategies.DataObject, cells: list[Any]) -> None:
    first = next((cell for cell in cells if not is_missing(cell)), None)
    hypothesis.assume(first is not None)
    own = {bool: "booleans", int: "numbers", float: "numbers", str: "texts", dt.time: "times", list: "lists"}
    others = [FAMILIES[name] for name in FAMILIES if name != own.get(type(first), "moments")]
    row = data.draw(strategies.integers(cells.index(first) + 1, len(cells)))
    stranger = data.draw(strategies.one_of(others))
    with pytest.raises(courtesy.DataError) as caught:
        taken([*cells[:row], stranger, *cells[row:]])
    assert (caught.value.table, caught.value.row, caught.value.column) == ("customers", row, "x")


@hypothesis.given(strategies.lists(AWARE, min_size=1))
def test_instants_are_microseconds_since_the_epoch(cells: list[dt.datetime]) -> None:
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
    assert [epoch + dt.timedelta(microseconds=ticks) for ticks in taken(cells)] == [
        # Where a zone skips the time, Python calls it unequal to every instant of another zone.
        cell.astimezone(dt.timezone.utc)
        for cell in cells
    ]
