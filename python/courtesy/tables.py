"""Input tables: anything that speaks the Arrow C stream protocol, lists of dicts, dicts of lists, CSV files."""

from __future__ import annotations

import csv
import datetime as dt
import decimal
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from courtesy import _core
from courtesy.errors import data_error

__all__ = ["TableInput", "to_table"]

TableInput = Any
"""A table: an object with ``__arrow_c_stream__`` (pandas, polars, pyarrow, DuckDB), an iterable of mappings, a
mapping of equally long lists, or the path of a CSV file."""

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times
_EPOCH_UTC = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_MICROSECOND = dt.timedelta(microseconds=1)


def to_table(source: TableInput, name: str) -> _core.Table:
    """The table ``name`` from any of the inputs described at ``TableInput``.

    Raises DataError naming table, row and column (and file and line for a CSV file).
    """
    if hasattr(source, "__arrow_c_stream__"):
        return _from_stream(source, name)
    if isinstance(source, (str, os.PathLike)):
        return _from_csv(Path(source), name)
    if isinstance(source, Mapping):
        return _from_columns({str(key): list(cells) for key, cells in source.items()}, name)
    if type(source).__module__.partition(".")[0] == "pandas":
        raise data_error("this pandas is too old to hand over its columns; install pandas 2.2 or later", table=name)
    if isinstance(source, Iterable):
        return _from_rows(source, name)
    raise data_error(
        f"expected a data frame, an Arrow table, a list of dicts, a dict of lists or the path of a CSV file, "
        f"found {type(source).__name__}",
        table=name,
    )


def _from_stream(source: Any, name: str) -> _core.Table:
    columns = getattr(source, "columns", None)
    # A data frame's index would come as a column of its own name; Arrow calls it __index_level_0__.
    try:
        return _core.Table.from_stream(name, _without_index(source))
    except (TypeError, ValueError, ArithmeticError) as error:
        if isinstance(error, ValueError) and hasattr(error, "problems"):
            raise
        hint = f" (columns: {', '.join(map(str, columns))})" if columns is not None else ""
        raise data_error(
            f"its columns cannot be handed over; a column may mix types{hint}: {type(error).__name__}", table=name
        ) from None


def _without_index(frame: Any) -> Any:
    if type(frame).__module__.partition(".")[0] != "pandas" or not hasattr(frame, "reset_index"):
        return frame
    return frame.reset_index(drop=frame.index.name is None)


def _from_rows(rows: Iterable[Any], name: str) -> _core.Table:
    columns: dict[str, list[Any]] = {}
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the number of rows is wanted after the loop
        if not isinstance(row, Mapping):
            raise data_error(f"expected a dict, found {type(row).__name__}", table=name, row=count - 1)
        for key, cell in row.items():
            cells = columns.get(key)
            if cells is None:
                if not isinstance(key, str):
                    raise data_error(f"expected texts as keys, found {type(key).__name__}", table=name, row=count - 1)
                cells = columns[key] = []
            if len(cells) < count - 1:
                cells.extend([None] * (count - 1 - len(cells)))
            cells.append(cell)
    for cells in columns.values():
        cells.extend([None] * (count - len(cells)))
    if not columns:
        return _empty(name)
    return _from_columns(columns, name)


# What an empty list of rows stands for: a table with the columns that one needs, and no row.
_REQUIRED = {"customers": ["id"], "events": ["customer", "kind", "at"], "assets": ["id", "customer"]}


def _empty(name: str) -> _core.Table:
    builder = _core.TableBuilder(name)
    for column in _REQUIRED.get(name, []):
        builder.nulls(column, 0)
    return builder.build()


def _from_columns(columns: Mapping[str, Sequence[Any]], name: str) -> _core.Table:
    builder = _core.TableBuilder(name)
    for column, cells in columns.items():
        _Column(name, column, cells).add_to(builder)
    return builder.build()


class _Column:
    """A column of Python objects: finds its type, and says which cell does not fit it."""

    def __init__(self, table: str, name: str, cells: Sequence[Any]) -> None:
        self.table = table
        self.name = name
        self.cells = [_plain(cell) for cell in cells]

    def add_to(self, builder: _core.TableBuilder) -> None:
        kinds = {type(cell) for cell in self.cells if cell is not None}
        if not kinds:
            builder.nulls(self.name, len(self.cells))
        elif kinds == {bool}:
            builder.booleans(self.name, self.cells)
        elif kinds == {int}:
            self._check_range()
            builder.integers(self.name, self.cells)
        elif kinds <= {int, float}:
            builder.reals(self.name, [None if cell is None else float(cell) for cell in self.cells])
        elif kinds == {str}:
            builder.texts(self.name, self.cells)
        elif kinds <= {dt.date, dt.datetime}:
            self._add_times(builder, kinds)
        elif kinds == {dt.time}:
            builder.times(self.name, [None if t is None else t.hour * 60 + t.minute for t in self.cells])
        elif kinds == {list}:
            self._check_lists()
            builder.lists(self.name, self.cells)
        else:
            self._mixed(kinds)

    def _add_times(self, builder: _core.TableBuilder, kinds: set[type]) -> None:
        if kinds == {dt.date}:
            epoch = dt.date(1970, 1, 1)
            builder.dates(self.name, [None if day is None else (day - epoch).days for day in self.cells])
            return
        aware = [cell.tzinfo is not None for cell in self.cells if isinstance(cell, dt.datetime)]
        if kinds == {dt.datetime} and all(aware):
            ticks = [None if cell is None else (cell - _EPOCH_UTC) // _MICROSECOND for cell in self.cells]
            builder.instants(self.name, ticks)
        elif kinds == {dt.datetime} and not any(aware) and not self._all_midnight():
            ticks = [None if cell is None else (cell - _EPOCH) // _MICROSECOND for cell in self.cells]
            builder.wall_times(self.name, ticks)
        else:
            # Dates and times side by side: their ISO texts say which is which, and a naive one is told from a date.
            builder.texts(self.name, [None if cell is None else cell.isoformat() for cell in self.cells])

    def _all_midnight(self) -> bool:
        return all(cell is None or cell.time() == dt.time() for cell in self.cells)

    def _check_range(self) -> None:
        for row, cell in enumerate(self.cells):
            if cell is not None and not -(2**63) <= cell < 2**63:
                raise data_error("the number is too large (64 bits)", table=self.table, row=row, field=self.name)

    def _check_lists(self) -> None:
        for row, cell in enumerate(self.cells):
            if cell is None:
                continue
            for item in cell:
                if not isinstance(item, str):
                    raise data_error(
                        f"expected a list of texts, found {type(item).__name__} in it",
                        table=self.table,
                        row=row,
                        field=self.name,
                    )

    def _mixed(self, kinds: set[type]) -> None:
        first = next(cell for cell in self.cells if cell is not None)
        known = (bool, int, float, str, dt.date, dt.datetime, dt.time, list)
        for row, cell in enumerate(self.cells):
            if cell is None or (type(cell) in known and type(cell) is type(first)):
                continue
            if type(cell) not in known:
                message = f"cannot take a {type(cell).__name__}; give texts, numbers, booleans, dates or datetimes"
            else:
                message = f"expected {_words(type(first))} as in the rows before, found {_words(type(cell))}"
            raise data_error(message, table=self.table, row=row, field=self.name)


def _words(kind: type) -> str:
    return {str: "a text", int: "a whole number", float: "a number", bool: "a boolean", list: "a list"}.get(
        kind, f"a {kind.__name__}"
    )


def _plain(cell: Any) -> Any:
    """The cell as one of Python's own types; None for the many spellings of an empty one."""
    kind = type(cell)
    if kind in (str, int, bool, dt.date, dt.time) or cell is None:
        return cell
    if kind is float:
        return None if cell != cell else cell  # noqa: PLR0124 - NaN alone differs from itself
    if isinstance(cell, dt.datetime):
        # Subclasses (pandas' Timestamp, and its NaT) become the plain type.
        if cell != cell:  # noqa: PLR0124
            return None
        if kind is dt.datetime:
            return cell
        return dt.datetime.combine(
            dt.date(cell.year, cell.month, cell.day),
            dt.time(cell.hour, cell.minute, cell.second, cell.microsecond, tzinfo=cell.tzinfo, fold=cell.fold),
        )
    if isinstance(cell, (list, tuple, set, frozenset)):
        return sorted(cell) if isinstance(cell, (set, frozenset)) else list(cell)
    if isinstance(cell, decimal.Decimal):
        return None if cell.is_nan() else float(cell)
    if isinstance(cell, uuid.UUID):
        return str(cell)
    if hasattr(cell, "item") and hasattr(cell, "dtype"):
        return _plain(cell.item())
    if kind.__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(cell, str):
        return str(cell)
    return cell


def _from_csv(path: Path, name: str) -> _core.Table:
    file = os.fspath(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            return _read_csv(text, name, file)
    except FileNotFoundError:
        raise data_error("there is no such file", table=name, file=file) from None
    except IsADirectoryError:
        raise data_error("it is a folder; expected a CSV file", table=name, file=file) from None
    except UnicodeDecodeError as error:
        raise data_error(
            f"it is not UTF-8 text (byte {error.start}); save it as 'CSV UTF-8'", table=name, file=file
        ) from None


def _read_csv(text: Any, name: str, file: str) -> _core.Table:
    first = text.readline()
    text.seek(0)
    delimiter = max(",;\t", key=first.count) if first else ","
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        header = next(reader, None)
        if not header:
            raise data_error("the file is empty; expected a line with the names of the columns", table=name, file=file)
        _check_header(header, name, file)
        columns: list[list[str | None]] = [[] for _ in header]
        lines: list[int] = []
        line = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                raise data_error(
                    f"expected {len(header)} cells, found {len(row)}", table=name, row=len(lines), file=file, line=line
                )
            if row:
                lines.append(line)
                for cells, cell in zip(columns, row, strict=True):
                    cells.append(cell if cell != "" else None)
            line = reader.line_num + 1
    except csv.Error as error:
        raise data_error(f"it is not CSV: {error}", table=name, file=file, line=reader.line_num) from None
    builder = _core.TableBuilder(name)
    for column, texts in zip(header, columns, strict=True):
        builder.texts(column.strip(), texts)
    builder.from_file(file, lines)
    return builder.build()


def _check_header(header: list[str], name: str, file: str) -> None:
    seen: set[str] = set()
    for number, column in enumerate(header, start=1):
        if not column.strip():
            raise data_error(f"the name of column {number} is empty", table=name, file=file, line=1)
        if column.strip() in seen:
            raise data_error(f"there are two columns called '{column.strip()}'", table=name, file=file, line=1)
        seen.add(column.strip())
