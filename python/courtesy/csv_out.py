"""Tables as CSV files that `courtesy` reads again."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from courtesy import _core
from courtesy.whole_file import whole_file

__all__ = ["csv_blocks", "write_csv"]

# Rows fetched from the core at a time.
BLOCK = 4096


def write_csv(table: _core.OutTable, path: str | os.PathLike[str]) -> None:
    """Writes the table: UTF-8, a header line, an empty cell for a missing value, dates and instants in ISO 8601.

    The file is there whole or not at all, and is its owner's alone to read. Raises OSError where it cannot be written.
    """
    with whole_file(Path(path), mode=0o600) as file:
        file.writelines(csv_blocks(table))


def csv_blocks(table: _core.OutTable) -> Iterator[bytes]:
    """The file's bytes: the header line, then so many rows at a time."""
    yield _lines([table.columns])
    for first in range(0, len(table), BLOCK):
        columns = [table.cells(name, first, min(first + BLOCK, len(table))) for name in table.columns]
        yield _lines([_text(cell) for cell in row] for row in zip(*columns, strict=True))


def _lines(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _text(cell: Any) -> Any:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    if isinstance(cell, list):
        return ",".join(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell
