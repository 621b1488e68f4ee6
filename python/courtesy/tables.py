"""Input tables: whatever speaks the Arrow C stream protocol, lists of dicts, dicts of lists, CSV files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from courtesy import _core
from courtesy.columns import add_column
from courtesy.counted import counted
from courtesy.csv_file import read_csv
from courtesy.errors import Error, data_error

__all__ = ["ArrowStream", "TableInput", "to_table"]


class ArrowStream(Protocol):
    """A table that hands over its columns through the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


TableInput = ArrowStream | Iterable[Mapping[str, Any]] | Mapping[str, Sequence[Any]] | str | os.PathLike[str]
"""A table: anything with ``__arrow_c_stream__`` (a data frame of pandas 2.2 or later or of polars, a pyarrow table, a
DuckDB result), an iterable of mappings (one for each row), a mapping of equally long lists (one for each column), or
the path of a CSV file."""

# The columns that a table without rows and columns stands for.
_REQUIRED = {"customers": ("id",), "events": ("customer", "kind", "at"), "assets": ("id", "customer")}


def to_table(source: TableInput, name: str) -> _core.Table:
    """The table ``name`` ("customers", "events" or "assets") from any of the inputs that ``TableInput`` describes.

    Columns of an Arrow stream are taken as they are, without a copy. Raises DataError that names table, row and
    column, and for a CSV file its line.
    """
    if hasattr(source, "__arrow_c_stream__"):
        return _from_stream(source, name)
    if isinstance(source, (str, os.PathLike)):
        return read_csv(Path(source), name)
    if isinstance(source, Mapping):
        return _from_columns(source, name)
    if _is_pandas(source):
        raise data_error("this pandas is too old to hand over its columns; install pandas 2.2 or later", table=name)
    if isinstance(source, Iterable) and not isinstance(source, (bytes, bytearray)):
        return _from_rows(source, name)
    raise data_error(
        "expected a data frame, an Arrow table, a list of dicts, a dict of lists or the path of a CSV file, "
        f"found {type(source).__name__}",
        table=name,
    )


def _is_pandas(source: object) -> bool:
    return type(source).__module__.partition(".")[0] == "pandas"


def _from_stream(source: Any, name: str) -> _core.Table:
    if not _is_pandas(source) or not hasattr(source, "columns"):
        return _core.Table.from_stream(name, source)
    frame = _without_index(source)
    twice = [column for column in frame.columns if list(frame.columns).count(column) > 1]
    if twice:
        raise data_error(f"there are two columns called '{twice[0]}'", table=name)
    try:
        return _core.Table.from_stream(name, frame)
    except Error:
        raise
    except Exception:
        # Which one depends on the versions of pandas and pyarrow. Arrow cannot take columns of mixed objects, or is not
        # installed at all: cell by cell they can be taken, or the cell named that cannot.
        return _from_columns({column: frame[column] for column in frame.columns}, name)


def _without_index(frame: Any) -> Any:
    # Arrow would carry an index as one more column: one with a name is wanted, one without is mere row numbers.
    names = [level for level in frame.index.names if level is not None]
    if names:
        return frame.reset_index()
    return frame if type(frame.index).__name__ == "RangeIndex" else frame.reset_index(drop=True)


def _from_rows(source: Iterable[Any], name: str) -> _core.Table:
    rows = list(source)
    if not rows:
        return _from_columns({}, name)
    if set(map(type, rows)) != {dict}:
        rows = [_row(row, number, name) for number, row in enumerate(rows)]
    columns = dict.fromkeys(chain.from_iterable(rows))
    if not all(type(column) is str for column in columns):
        for number, row in enumerate(rows):
            for column in row:
                if not isinstance(column, str):
                    found = type(column).__name__
                    raise data_error(f"expected texts as keys, found {found}", table=name, row=number)
    builder = _core.TableBuilder(name)
    for column in columns:
        add_column(builder, name, column, [row.get(column) for row in rows])
    return builder.build()


def _row(row: Any, number: int, name: str) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return row
    if hasattr(row, "keys") and hasattr(row, "__getitem__"):
        # A row of sqlite3 or of another database, which is a mapping in all but name.
        return {key: row[key] for key in row.keys()}  # noqa: SIM118
    raise data_error(f"expected a dict, found {type(row).__name__}", table=name, row=number)


def _from_columns(source: Mapping[Any, Any], name: str) -> _core.Table:
    columns: dict[str, list[Any]] = {}
    for column, cells in source.items():
        if not isinstance(column, str):
            raise data_error(f"expected texts as names of columns, found {type(column).__name__}", table=name)
        if isinstance(cells, (str, bytes, Mapping)) or not isinstance(cells, Iterable):
            raise data_error(f"expected a list of cells, found {type(cells).__name__}", table=name, field=column)
        columns[column] = list(cells)
    lengths = {column: len(cells) for column, cells in columns.items()}
    for column, length in lengths.items():
        first = next(iter(lengths))
        if length != lengths[first]:
            raise data_error(
                f"it has {counted(length, 'cell')}, and the column '{first}' has {lengths[first]}",
                table=name,
                field=column,
            )
    builder = _core.TableBuilder(name)
    if not columns:
        for column in _REQUIRED.get(name, ()):
            builder.nulls(column, 0)
    for column, cells in columns.items():
        add_column(builder, name, column, cells)
    return builder.build()
