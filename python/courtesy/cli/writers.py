"""Tables as CSV, JSON and Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from courtesy.report import Report

if TYPE_CHECKING:
    import pyarrow

__all__ = ["WRITERS", "iso", "parquet"]


def iso(value: dt.date | dt.time) -> str:
    return value.isoformat()


def parquet(table: Callable[[], pyarrow.Table]) -> bytes:
    """The table that a call gives as a Parquet file."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ImportError("--format parquet needs pyarrow: pip install pyarrow") from None
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table(), sink)
    return bytes(sink.getvalue())


def _csv(report: Report) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, report.columns, lineterminator="\n")
    writer.writeheader()
    for row in report:
        writer.writerow({name: iso(cell) if isinstance(cell, dt.date) else cell for name, cell in row.items()})
    return text.getvalue()


def _json(report: Report) -> str:
    return json.dumps(list(report), indent=1, ensure_ascii=False, default=iso) + "\n"


def _parquet(report: Report) -> bytes:
    return parquet(report.to_arrow)


WRITERS: dict[str, Callable[[Report], str | bytes]] = {"csv": _csv, "json": _json, "parquet": _parquet}
"""A report as the content of a file, by the name of its format."""
