"""A column of Python objects: which type it has, and which cell does not fit it."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import Sequence
from itertools import chain
from typing import Any

from courtesy import _core
from courtesy.errors import Error, data_error
from courtesy.time import EPOCH, EPOCH_UTC, MICROSECOND

__all__ = ["add_column"]

_EPOCH_DAY = EPOCH.date()
# Columns in which a text says when, as a date or a datetime does: they may stand side by side.
_MOMENTS = frozenset({"at", "due", "birthday", "since"})
# Cells of these types stand for themselves.
_PLAIN = frozenset({str, int, bool, dt.date, dt.time, dt.datetime, type(None)})
_WORDS = {
    bool: "a boolean",
    int: "a whole number",
    float: "a number",
    str: "a text",
    dt.date: "a date",
    dt.datetime: "a datetime",
    dt.time: "a time of day",
    list: "a list",
}


def add_column(builder: _core.TableBuilder, table: str, name: str, cells: Sequence[Any]) -> None:
    """Adds a column to the builder of a table, with the one type that all its cells have.

    Whole numbers and other numbers may stand together, and so may dates and datetimes, and in the columns at, due,
    birthday and since their ISO 8601 texts. Takes bool, int, float,
    Decimal, str, date, datetime, time, UUID (a text), lists of texts, and the scalars of NumPy and pandas; None, NaN,
    NA and NaT are missing values. Raises DataError naming table, row and column.
    """
    _Column(table, name, cells).add_to(builder)


class _Column:
    def __init__(self, table: str, name: str, cells: Sequence[Any]) -> None:
        self.table = table
        self.name = name
        self.cells = list(cells)
        if not set(map(type, self.cells)) <= _PLAIN:
            self.cells = [self.plain(cell, row) for row, cell in enumerate(self.cells)]

    def error(self, message: str, row: int) -> Error:
        return data_error(message, table=self.table, row=row, field=self.name)

    def add_to(self, builder: _core.TableBuilder) -> None:
        kinds = set(map(type, self.cells)) - {type(None)}
        if not kinds:
            builder.nulls(self.name, len(self.cells))
        elif kinds == {bool}:
            builder.booleans(self.name, self.cells)
        elif kinds == {int}:
            self.check_range()
            builder.integers(self.name, self.cells)
        elif kinds <= {int, float}:
            builder.reals(self.name, self.reals())
        elif kinds == {str}:
            self.check_unicode()
            builder.texts(self.name, self.cells)
        elif self.name == "ref" and kinds == {int, str}:
            # An event's whole number in one row, a reminder's key in another.
            builder.texts(self.name, [None if cell is None else str(cell) for cell in self.cells])
        elif kinds <= {dt.date, dt.datetime} or (self.name in _MOMENTS and kinds <= {str, dt.date, dt.datetime}):
            self.add_moments(builder, kinds)
        elif kinds == {dt.time}:
            builder.times(self.name, [None if t is None else t.hour * 60 + t.minute for t in self.cells])
        elif kinds == {list}:
            self.check_unicode()
            builder.lists(self.name, self.cells)
        else:
            self.mixed()

    def add_moments(self, builder: _core.TableBuilder, kinds: set[type]) -> None:
        if kinds == {dt.date}:
            builder.dates(self.name, [None if day is None else (day - _EPOCH_DAY).days for day in self.cells])
            return
        aware = {cell.tzinfo is not None for cell in self.cells if isinstance(cell, dt.datetime)}
        # A data frame's midnights may be dates; who writes dicts has dates at hand, so a naive datetime is just that.
        # The core takes a column of naive midnights for dates, and a text for what it says.
        if kinds == {dt.datetime} and len(aware) == 1 and not (aware == {False} and self.all_midnight()):
            zero, add = (EPOCH_UTC, builder.instants) if aware == {True} else (EPOCH, builder.wall_times)
            add(self.name, [None if cell is None else (cell - zero) // MICROSECOND for cell in self.cells])
            return
        # Side by side their texts tell them apart, cell by cell.
        texts = [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in self.cells]
        builder.texts(self.name, texts)

    def all_midnight(self) -> bool:
        return all(cell is None or cell.time() == dt.time() for cell in self.cells)

    def reals(self) -> list[float | None]:
        try:
            return [None if cell is None else float(cell) for cell in self.cells]
        except OverflowError:
            self.check_range()
            raise

    def check_range(self) -> None:
        whole = [cell for cell in self.cells if cell is not None]
        if min(whole) >= -(2**63) and max(whole) < 2**63:
            return
        for row, cell in enumerate(self.cells):
            if cell is not None and not -(2**63) <= cell < 2**63:
                raise self.error("expected a number of at most 64 bits, found a larger one", row)

    def check_unicode(self) -> None:
        filled = [cell for cell in self.cells if cell]
        try:
            "".join(chain.from_iterable(filled)).encode()
        except UnicodeEncodeError:
            self.refuse_surrogates()

    def refuse_surrogates(self) -> None:
        for row, cell in enumerate(self.cells):
            try:
                for text in cell if isinstance(cell, list) else [cell or ""]:
                    text.encode()
            except UnicodeEncodeError:
                raise self.error("expected a text of Unicode characters, found half of a surrogate pair", row) from None

    def mixed(self) -> None:
        first = next(cell for cell in self.cells if cell is not None)
        family = _family(type(first))
        for row, cell in enumerate(self.cells):
            if cell is not None and _family(type(cell)) != family:
                raise self.error(
                    f"expected {_WORDS[type(first)]} as in the rows before, found {_WORDS[type(cell)]}", row
                )

    def plain(self, cell: Any, row: int) -> Any:
        """The cell as one of Python's own types; None for the many spellings of a missing value."""
        kind = type(cell)
        if kind in _PLAIN:
            return cell
        if kind is float:
            return None if cell != cell else cell
        if isinstance(cell, dt.date):
            return _plain_moment(cell)
        if isinstance(cell, (list, tuple, set, frozenset)):
            return self.plain_list(cell, row)
        if isinstance(cell, decimal.Decimal):
            return None if cell.is_nan() else float(cell)
        if isinstance(cell, uuid.UUID):
            return str(cell)
        if isinstance(cell, str):
            # Of an enumeration's member str() would give its name.
            return str.__str__(cell)
        if hasattr(cell, "dtype") and hasattr(cell, "tolist"):
            return self.plain_numpy(cell, row)
        if isinstance(cell, (int, float)):
            return self.plain(int(cell) if isinstance(cell, int) else float(cell), row)
        if kind.__name__ in ("NAType", "NaTType"):
            return None
        raise self.error(
            f"cannot take a {kind.__name__}; give texts, numbers, booleans, dates, datetimes, times or lists of texts",
            row,
        )

    def plain_numpy(self, cell: Any, row: int) -> Any:
        # NumPy's nanoseconds would come as a bare number.
        value = (cell.astype("datetime64[us]") if cell.dtype.str[1:] == "M8[ns]" else cell).tolist()
        if type(value) is type(cell):
            raise self.error(f"cannot take a {type(cell).__name__}", row)
        return self.plain(value, row)

    def plain_list(self, items: Any, row: int) -> list[str]:
        texts = []
        for item in items:
            if not isinstance(item, str):
                raise self.error(f"expected a list of texts, found {_words(type(item))} in it", row)
            texts.append(str.__str__(item))
        # A set has no order of its own, and that of its texts changes from run to run.
        return sorted(texts) if isinstance(items, (set, frozenset)) else texts


def _family(kind: type) -> type:
    return {int: float, dt.date: dt.datetime}.get(kind, kind)


def _words(kind: type) -> str:
    return _WORDS.get(kind, f"a {kind.__name__}")


def _plain_moment(cell: dt.date) -> dt.date | None:
    """A subclass, such as pandas' Timestamp, as the plain type; None for pandas' NaT."""
    if cell != cell:
        return None
    if not isinstance(cell, dt.datetime):
        return dt.date(cell.year, cell.month, cell.day)
    return dt.datetime.combine(
        dt.date(cell.year, cell.month, cell.day),
        dt.time(cell.hour, cell.minute, cell.second, cell.microsecond, tzinfo=cell.tzinfo, fold=cell.fold),
    )
