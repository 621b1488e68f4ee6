"""A report as Python sees it: a sequence of dicts, a table for others, and text that is bounded and escaped."""

# ruff: noqa: DTZ001 - wall times are naive by nature
from __future__ import annotations

import datetime as dt
from typing import Any

import polars
import pyarrow
import pytest

import courtesy

UTC = dt.timezone.utc
COLUMNS: dict[str, list[Any]] = {
    "customer": ["c-1", "<b>c-2</b>", None],
    "calls": [3, None, 12],
    "share": [0.5, 12.25, None],
    "kept": [True, None, False],
    "day": [dt.date(2026, 12, 1), None, dt.date(1969, 12, 31)],
    "due": [dt.datetime(2026, 12, 1, 9, 30, tzinfo=UTC), None, dt.datetime(2026, 12, 1, tzinfo=UTC)],
    "local": [dt.datetime(2026, 12, 1, 9, 30), None, dt.datetime(2026, 12, 1)],
}


@pytest.fixture
def report() -> courtesy.Report:
    return courtesy.Report("Three rows", COLUMNS, notes=["Times with Z are UTC."])


ROWS = [dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*COLUMNS.values(), strict=True)]


def test_it_is_a_sequence_of_dicts(report: courtesy.Report) -> None:
    assert len(report) == 3
    assert list(report) == ROWS
    assert report[1] == report[-2] == ROWS[1]
    assert report[1:] == ROWS[1:]
    assert report[::-2] == ROWS[::-2]
    assert report.column("calls") == [3, None, 12]
    assert report.columns == tuple(COLUMNS)
    assert (report.title, report.notes) == ("Three rows", ("Times with Z are UTC.",))


def test_what_is_not_there_is_named(report: courtesy.Report) -> None:
    with pytest.raises(IndexError, match=r"^the report has 3 rows, and none at 3$"):
        report[3]
    with pytest.raises(courtesy.MissingError, match=r"^there is no column 'call'; there are: customer, calls, "):
        report.column("call")
    with pytest.raises(courtesy.MissingError, match="there is no column 'b'"):
        courtesy.Report("", {"a": [1]}, shown=["b"])


def test_numbers_without_a_point_are_printed_too() -> None:
    report = courtesy.Report("", {"n": [0.5, float("inf"), 1e20]})
    assert str(report).split()[-3:] == ["0.5", "inf", "100000000000000000000.0"]


def test_very_many_rows_are_fetched_in_blocks() -> None:
    numbers = list(range(5000))
    assert [row["n"] for row in courtesy.Report("", {"n": numbers})] == numbers


def test_its_table_has_types(report: courtesy.Report) -> None:
    table = report.to_arrow()
    assert [str(kind) for kind in table.schema.types] == [
        "large_string",
        "int64",
        "double",
        "bool",
        "date32[day]",
        "timestamp[us, tz=UTC]",
        "timestamp[us]",
    ]
    assert table.to_pylist() == ROWS
    assert report.to_polars().rows(named=True) == ROWS
    # It is given away as often as one likes.
    assert pyarrow.table(report) == table
    frame = report.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["due"][0] == COLUMNS["due"][0]
    assert polars.DataFrame(report).shape == (3, 7)


@pytest.mark.parametrize("cells", [[], [None, None]])
def test_empty_columns_have_the_types_that_are_named(cells: list[None]) -> None:
    types = {
        "text": str, "whole": int, "number": float, "truth": bool, "day": dt.date, "instant": dt.datetime,
    }  # fmt: skip
    report = courtesy.Report("", {"other": cells, **dict.fromkeys(types, cells)}, types=types)
    assert [str(kind) for kind in report.to_arrow().schema.types] == [
        "large_string",
        "large_string",
        "int64",
        "double",
        "bool",
        "date32[day]",
        "timestamp[us, tz=UTC]",
    ]
    assert report.to_arrow().num_rows == len(report) == len(cells)


def test_wrong_columns_are_named() -> None:
    with pytest.raises(ValueError, match=r"^columns: expected lists of one length, found 1, 2$"):
        courtesy.Report("", {"a": [1], "b": [1, 2]})
    with pytest.raises(ValueError, match="a report has no column of bytes, such as 'a'"):
        courtesy.Report("", {"a": []}, types={"a": bytes})


def test_times_and_lists_are_given_away_as_such() -> None:
    report = courtesy.Report("", {"at": [dt.time(9), None], "tags": [["a", "b"], None]})
    assert [str(kind) for kind in report.to_arrow().schema.types] == ["time64[us]", "large_list<item: large_string>"]
    assert repr(report).splitlines()[2].split() == ["09:00", "a,", "b"]
    assert report.to_arrow().to_pylist() == [{"at": dt.time(9), "tags": ["a", "b"]}, {"at": None, "tags": None}]


def test_its_text_is_bounded_and_steers_no_terminal() -> None:
    report = courtesy.Report("Calls", {"who": ["\x1b[2J", *map(str, range(30))], "n": [1.5, *range(30)]}, notes=["So."])
    lines = repr(report).splitlines()
    assert lines[:3] == ["Calls", "who         n", "\\x1b[2J   1.5"]
    assert lines[-2:] == ["… and 11 more", "So."]
    assert len(lines) == 2 + 20 + 2


def test_its_text_says_cells_as_people_do(report: courtesy.Report) -> None:
    assert repr(report).splitlines() == [
        "Three rows",
        "customer    calls  share  kept  day         due                local",
        "c-1             3   0.50  yes   2026-12-01  2026-12-01 09:30Z  2026-12-01 09:30",
        "<b>c-2</b>         12.25",
        "               12         no    1969-12-31  2026-12-01 00:00Z  2026-12-01 00:00",
        "Times with Z are UTC.",
    ]
    assert repr(courtesy.Report("Nothing", {"a_b": []})) == "Nothing\na b\n(no rows)"


def test_its_html_is_bounded_and_escaped() -> None:
    report = courtesy.Report("<i>", {"who": ["<b>"] * 30, "calls_made": [1] * 30}, notes=["<u>"], shown=["calls_made"])
    html = report._repr_html_()
    assert "<caption>&lt;i&gt;</caption>" in html
    assert "<th>calls made</th>" in html
    assert "who" not in html
    assert "&lt;u&gt;" in html
    assert html.count('<td class="number">1</td>') == 20
    assert "… and 10 more" in html
    assert "<b>" not in courtesy.Report("", {"who": ["<b>"]})._repr_html_()
