"""The errors of courtesy: one root, each child also the natural builtin."""

from __future__ import annotations

from typing import Any

from courtesy import _core

__all__ = [
    "DataError",
    "DataWarning",
    "Error",
    "LeaseError",
    "MissingError",
    "RuleError",
    "RuleWarning",
    "StoreError",
    "TimeError",
    "ZoneError",
]


class Error(Exception):
    """Whatever courtesy raises: ``except courtesy.Error`` catches it all.

    ``problems`` holds the problems that were found (of very many the first, and how many more), each a dict of message,
    file, line, column, table, row and field. The attributes of these names are those of the first problem. Lines and
    columns of a file count from 1; rows count from 0, as those of data frames do. Messages name customers by their id
    and hold nothing else of a customer's data.
    """

    def __init__(self, message: str, problems: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.problems: list[dict[str, Any]] = problems or []

    def __str__(self) -> str:
        # KeyError, which MissingError is as well, would show the repr of the message.
        return str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.problems)

    def _first(self, name: str) -> Any:
        return self.problems[0].get(name) if self.problems else None

    @property
    def file(self) -> str | None:
        """The rule file or CSV file, where there is one."""
        return self._first("file") or None

    @property
    def line(self) -> int | None:
        """The line in the file, from 1."""
        return self._first("line") or None

    @property
    def column(self) -> int | str | None:
        """The table's column by its name, or the position in a rule file's line, from 1."""
        return self._first("field") or self._first("column") or None

    @property
    def table(self) -> str | None:
        """``"customers"``, ``"events"`` or ``"assets"``."""
        return self._first("table") or None

    @property
    def row(self) -> int | None:
        """The table's row, from 0."""
        row = self._first("row")
        return None if row is None or row < 0 else row

    @property
    def field(self) -> str | None:
        """The table's column by its name."""
        return self._first("field") or None


class DataError(Error, ValueError):
    """A table, column, row or cell that cannot be taken."""


class RuleError(Error, ValueError):
    """A rule file or rule object that cannot be taken."""


class ZoneError(Error, ValueError):
    """A time zone that does not exist."""


class TimeError(Error, ValueError):
    """A time that cannot be answered: an empty window, a naive datetime, a gap where ``gap="error"``."""


class MissingError(Error, KeyError):
    """Something looked up by its name that is not there."""


class StoreError(Error, RuntimeError):
    """A store that cannot be opened, read or written, or that may not be used like this."""


class LeaseError(StoreError):
    """An answer to a reminder that is no longer held: its lease was lost, or it was answered before."""


class DataWarning(UserWarning):
    """Input data that was taken, and looks odd."""


class RuleWarning(UserWarning):
    """A rule that was taken, and has no effect or looks odd."""


_CLASSES: dict[str, type[Error]] = {
    "data": DataError,
    "rule": RuleError,
    "zone": ZoneError,
    "time": TimeError,
    "missing": MissingError,
    "store": StoreError,
    "lease": LeaseError,
}


def _make(kind: str, message: str, problems: list[dict[str, Any]]) -> Error:
    return _CLASSES.get(kind, Error)(message, problems)


_core.set_error_factory(_make)


def error_at(
    kind: type[Error],
    message: str,
    *,
    table: str = "",
    row: int = -1,
    field: str = "",
    file: str = "",
    line: int = 0,
) -> Error:
    """An error with its place, laid out as the core lays out its own: "customers, row 3, column 'zone': …"."""
    place = table
    if table and row >= 0:
        place += f", row {row}"
    if table and field:
        place += f", column '{field}'"
    spot = f"{file}:{line}" if file and line else file
    if spot:
        place = f"{place} ({spot})" if place else spot
    problem = {
        "message": message,
        "file": file,
        "line": line,
        "column": 0,
        "table": table,
        "row": row,
        "field": field,
    }
    return kind(f"{place}: {message}" if place else message, [problem])


def data_error(message: str, *, table: str, row: int = -1, field: str = "", file: str = "", line: int = 0) -> Error:
    """A DataError with its place in a table."""
    return error_at(DataError, message, table=table, row=row, field=field, file=file, line=line)
