"""Tables as CSV files that `courtesy` reads again."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from courtesy import _core

__all__ = ["write_csv"]

# Rows fetched from the core at a time.
_BLOCK = 4096


def write_csv(table: _core.OutTable, path: str | os.PathLike[str]) -> None:
    """Writes the table: UTF-8, a header line, an empty cell for a missing value, dates and instants in ISO 8601.

    The file is there whole or not at all, and is its owner's alone to read. Raises OSError where it cannot be written.
    """
    with _whole(Path(path)) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        for first in range(0, len(table), _BLOCK):
            columns = [table.cells(name, first, first + _BLOCK) for name in table.columns]
            writer.writerows([_text(cell) for cell in row] for row in zip(*columns, strict=True))


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    if path.exists() and not path.is_file():
        # A device or a pipe cannot be replaced.
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


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
