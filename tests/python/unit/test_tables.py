"""Inputs of every form become the same table, and a form that cannot be taken is named."""

from __future__ import annotations

import collections
import sqlite3
import subprocess
import sys
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pytest

import courtesy
from courtesy.tables import to_table

ROWS = [{"id": 1, "zone": "Europe/London"}, {"id": 2, "zone": None}]


class Row(Mapping[str, Any]):
    def __init__(self, cells: dict[str, Any]) -> None:
        self.cells = cells

    def __getitem__(self, key: str) -> Any:
        return self.cells[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


def sqlite_rows() -> list[sqlite3.Row]:
    with sqlite3.connect(":memory:") as database:
        database.row_factory = sqlite3.Row
        return database.execute("SELECT 1 AS id, 'Europe/London' AS zone UNION ALL SELECT 2, NULL").fetchall()


@pytest.mark.parametrize(
    "source",
    [
        ROWS,
        tuple(ROWS),
        (row for row in ROWS),
        [Row(row) for row in ROWS],
        [collections.OrderedDict(row) for row in ROWS],
        sqlite_rows(),
        {"id": [1, 2], "zone": ["Europe/London", None]},
        {"id": range(1, 3), "zone": ("Europe/London", None)},
        types.MappingProxyType({"id": [1, 2], "zone": ["Europe/London", None]}),
        pyarrow.Table.from_pylist(ROWS),
        pyarrow.Table.from_pylist(ROWS).to_batches()[0],
        pandas.DataFrame(ROWS),
        {"id": pandas.Series([1, 2]), "zone": pandas.Series(["Europe/London", None])},
    ],
    ids=lambda source: type(source).__name__,
)
def test_every_form_gives_the_table(source: Any) -> None:
    table = to_table(source, "customers")
    assert (table.name, table.rows, table.columns) == ("customers", 2, ["id", "zone"])


def test_missing_keys_are_missing_values_and_columns_come_in_the_order_of_their_first_row() -> None:
    table = to_table([{"id": 1}, {"zone": "UTC", "id": 2}, {"tier": "gold"}], "customers")
    assert (table.rows, table.columns) == (3, ["id", "zone", "tier"])


@pytest.mark.parametrize("nothing", [[], {}, (), iter([])])
@pytest.mark.parametrize(
    ("name", "columns"),
    [("customers", ["id"]), ("events", ["customer", "kind", "at"]), ("assets", ["id", "customer"])],
)
def test_nothing_is_a_table_without_rows(nothing: Any, name: str, columns: list[str]) -> None:
    table = to_table(nothing, name)
    assert (table.rows, table.columns) == (0, columns)


class TestPandas:
    def test_an_index_with_a_name_is_a_column(self) -> None:
        frame = pandas.DataFrame(ROWS).set_index("id")
        assert to_table(frame, "customers").columns == ["id", "zone"]

    def test_an_index_of_row_numbers_is_none(self) -> None:
        frame = pandas.DataFrame(ROWS)
        assert to_table(frame[frame.id > 1], "customers").columns == ["id", "zone"]

    def test_an_index_of_several_levels_keeps_its_names(self) -> None:
        frame = pandas.DataFrame({"id": [1], "shop": ["a"], "zone": ["UTC"]}).set_index(["id", "shop"])
        assert to_table(frame, "customers").columns == ["id", "shop", "zone"]

    def test_objects_that_arrow_cannot_take_are_taken_cell_by_cell(self) -> None:
        frame = pandas.DataFrame({"id": [1, 2], "tags": pandas.Series([("a", "b"), {"c"}], dtype=object)})
        assert to_table(frame, "customers").columns == ["id", "tags"]

    def test_a_column_of_mixed_objects_is_an_error_that_names_row_and_column(self) -> None:
        frame = pandas.DataFrame({"id": [1, 2, 3], "tier": pandas.Series(["gold", None, 3.5], dtype=object)})
        with pytest.raises(courtesy.DataError) as caught:
            to_table(frame, "customers")
        assert str(caught.value) == (
            "customers, row 2, column 'tier': expected a text as in the rows before, found a number"
        )

    def test_pandas_without_pyarrow_is_taken_cell_by_cell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pandas.DataFrame, "__arrow_c_stream__", no_pyarrow)
        table = to_table(pandas.DataFrame(ROWS), "customers")
        assert (table.rows, table.columns) == (2, ["id", "zone"])

    def test_a_pandas_before_2_2_is_told_to_be_too_old(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(pandas.DataFrame, "__arrow_c_stream__")
        with pytest.raises(courtesy.DataError, match=r"customers: this pandas is too old.*2\.2"):
            to_table(pandas.DataFrame(ROWS), "customers")


def no_pyarrow(*_: Any) -> Any:
    raise ImportError("Missing optional dependency 'pyarrow'.")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (5, "events: expected a data frame, an Arrow table, a list of dicts, .* found int"),
        (b"customer,kind,at", "found bytes"),
        ([{"id": 1}, ("id", 2)], "events, row 1: expected a dict, found tuple"),
        ([{"id": 1}, {2: 1}], "events, row 1: expected texts as keys, found int"),
        ({1: [2]}, "events: expected texts as names of columns, found int"),
        ({"id": "abc"}, "events, column 'id': expected a list of cells, found str"),
        ({"id": 5}, "events, column 'id': expected a list of cells, found int"),
        ({"id": [1, 2], "at": [1]}, "events, column 'at': it has 1 cell, and the column 'id' has 2"),
        (pyarrow.chunked_array([[1, 2]]), "events: expected a table, found a single column"),
        (pyarrow.table({"x": pyarrow.array([{"a": 1}])}), "events, column 'x': cannot take the Arrow type"),
    ],
)
def test_what_cannot_be_taken_is_named(source: Any, words: str) -> None:
    with pytest.raises(courtesy.DataError, match=words):
        to_table(source, "events")


def test_names_twice_in_a_frame_are_an_error() -> None:
    frame = pandas.DataFrame([[1, 2]], columns=["id", "id"])
    with pytest.raises(courtesy.DataError, match="customers: there are two columns called 'id'"):
        to_table(frame, "customers")


def test_a_path_may_be_a_text_or_a_path(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("id,zone\n1,Europe/London\n2,\n", encoding="utf-8")
    for source in (file, str(file)):
        table = to_table(source, "customers")
        assert (table.rows, table.columns) == (2, ["id", "zone"])


def test_neither_pandas_nor_polars_nor_pyarrow_is_imported_by_the_package() -> None:
    code = (
        "import sys, courtesy\n"
        "courtesy.plan([{'id': 1}], None, courtesy.Rules([]), start='2026-01-01', days=1)\n"
        "print([name for name in 'pandas polars pyarrow numpy minijinja click'.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
