"""Reports: small named tables of answers, for eyes, notebooks and data frames."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, SupportsIndex, overload

from courtesy import _core
from courtesy.arrow_table import ArrowTable
from courtesy.columns import add_column
from courtesy.counted import counted
from courtesy.errors import MissingError
from courtesy.printable import printable
from courtesy.text_table import text_table

__all__ = ["Report"]

MOST_ROWS = 20
# Rows fetched from the core at a time.
_BLOCK = 1024


class Report(ArrowTable):
    """A table of answers: a sequence of dicts, one for each row; None is an empty cell.

    As a table (``to_pandas``, ``to_polars``, ``to_arrow``, ``__arrow_c_stream__``) its columns have types, empty ones
    too. Printed, and in a notebook, it shows its ``title``, its first rows and its ``notes``.

    Made by ``courtesy.promises``, ``courtesy.compare`` and others. By hand, from lists of one length:

    >>> import courtesy
    >>> report = courtesy.Report("Calls", {"team": ["desk", "workshop"], "calls": [3, 1]})
    >>> report
    Calls
    team      calls
    desk          3
    workshop      1
    >>> report[1]
    {'team': 'workshop', 'calls': 1}
    >>> report.column("calls")
    [3, 1]

    ``types`` names the type (str, int, float, bool, datetime.date or datetime.datetime) of columns that may be empty;
    ``shown`` names the columns to be printed, where not all are.
    """

    def __init__(
        self,
        title: str,
        columns: Mapping[str, Sequence[Any]],
        *,
        types: Mapping[str, type] | None = None,
        shown: Sequence[str] | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        lengths = {len(cells) for cells in columns.values()}
        if len(lengths) > 1:
            raise ValueError("columns: expected lists of one length, found " + ", ".join(map(str, sorted(lengths))))
        builder = _core.TableBuilder("report")
        for name, cells in columns.items():
            if all(cell is None for cell in cells):
                _add_empty(builder, name, len(cells), (types or {}).get(name, str))
            else:
                add_column(builder, "report", name, cells)
        self._set(_core.OutTable.of(builder.build()), title, shown, notes)

    @classmethod
    def _of(
        cls,
        core: _core.OutTable,
        title: str,
        *,
        shown: Sequence[str] | None = None,
        notes: Sequence[str] = (),
    ) -> Report:
        """Of a table that the core made."""
        report = cls.__new__(cls)
        report._set(core, title, shown, notes)
        return report

    def _set(self, core: _core.OutTable, title: str, shown: Sequence[str] | None, notes: Sequence[str]) -> None:
        self._core = core
        self._title = title
        self._columns = tuple(core.columns)
        self._shown = self._columns if shown is None else tuple(shown)
        self._notes = tuple(notes)
        for name in self._shown:
            self._check(name)

    def _check(self, column: str) -> None:
        if column not in self._columns:
            raise MissingError(f"there is no column '{column}'; there are: {', '.join(self._columns)}")

    @property
    def title(self) -> str:
        """What the report is about, in a line."""
        return self._title

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known to read it, each in a line."""
        return self._notes

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._columns

    def column(self, name: str) -> list[Any]:
        """The cells of a column. Raises MissingError where there is none of that name."""
        self._check(name)
        return self._core.cells(name, 0, len(self))

    def __len__(self) -> int:
        return len(self._core)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for first in range(0, len(self), _BLOCK):
            yield from self._rows(first, min(first + _BLOCK, len(self)))

    @overload
    def __getitem__(self, index: SupportsIndex) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        position = operator.index(index)
        row = position + len(self) if position < 0 else position
        if not 0 <= row < len(self):
            raise IndexError(f"the report has {counted(len(self), 'row')}, and none at {position}")
        return self._rows(row, row + 1)[0]

    def _rows(self, first: int, last: int) -> list[dict[str, Any]]:
        columns = [self._core.cells(name, first, last) for name in self._columns]
        return [dict(zip(self._columns, row, strict=True)) for row in zip(*columns, strict=True)]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow C stream in a capsule, in its own schema whatever schema is asked for.

        See https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html.
        """
        return self._core.stream()

    def _texts(self, most: int | None = None) -> list[list[str]]:
        """The shown columns of the first ``most`` rows as texts, row by row."""
        last = len(self) if most is None else min(most, len(self))
        columns = [_column_texts(self._core.cells(name, 0, last)) for name in self._shown]
        return [list(row) for row in zip(*columns, strict=True)]

    def _numbers(self) -> list[int]:
        """Which of the shown columns hold numbers."""
        return [number for number, name in enumerate(self._shown) if self._core.is_number(name)]

    def __repr__(self) -> str:
        header = [name.replace("_", " ") for name in self._shown]
        rows = [[printable(cell) for cell in row] for row in self._texts(MOST_ROWS)]
        lines = [printable(self._title), *text_table([header, *rows], self._numbers())]
        if len(self) > MOST_ROWS:
            lines.append(f"… and {len(self) - MOST_ROWS} more")
        elif not rows:
            lines.append("(no rows)")
        return "\n".join([*lines, *map(printable, self._notes)])

    def _repr_html_(self) -> str:
        from courtesy.html import report_html

        return report_html(self)


def _add_empty(builder: _core.TableBuilder, name: str, rows: int, kind: type) -> None:
    add: Any = {
        str: builder.texts,
        int: builder.integers,
        float: builder.reals,
        bool: builder.booleans,
        dt.date: builder.dates,
        dt.datetime: builder.instants,
    }.get(kind)
    if add is None:
        raise ValueError(f"types: a report has no column of {kind.__name__}, such as '{name}'")
    add(name, [None] * rows)


def _column_texts(cells: Sequence[Any]) -> list[str]:
    numbers = [cell for cell in cells if isinstance(cell, float)]
    digits = max((_digits(number) for number in numbers), default=0)
    return [_text(cell, digits) for cell in cells]


def _digits(number: float) -> int:
    """How many digits after the point it is worth: at most two."""
    return len(f"{number:.2f}".rstrip("0").partition(".")[2])


def _text(cell: Any, digits: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.{digits}f}"
    if isinstance(cell, dt.datetime):
        # An instant is UTC, which the Z says.
        return f"{cell:%Y-%m-%d %H:%M}" + ("" if cell.tzinfo is None else "Z")
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    if isinstance(cell, list):
        return ", ".join(cell)
    return str(cell)
