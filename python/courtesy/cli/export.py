"""courtesy export: takes a table out of a store."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from courtesy.cli.inputs import output_options
from courtesy.cli.output import check_folder
from courtesy.cli.progress import Step, progress
from courtesy.cli.stores import json_text, opened, store_options
from courtesy.cli.writers import parquet
from courtesy.report import Report

__all__ = ["export"]

TABLES = ("customers", "assets", "events", "outbox", "audit")
# Rows written at a time.
BLOCK = 4096


@click.command(short_help="Takes a table out.")
@store_options(now=False)
@click.argument("table", type=click.Choice(TABLES))
@output_options("csv", "json", "parquet", what="How to write it; as JSON it is a line for each row, as with --json.")
def export(store: Path, as_json: bool, table: str, form: str, output: Path | None) -> None:
    """Writes a TABLE of the STORE: customers, assets or events as they can be imported again, the outbox, the audit."""
    with opened(store) as found, progress(f"exporting {table}") as step:
        rows = Report._of(getattr(found, table)._table(), table)
        step(done=0, total=len(rows))
        with _written(output) as file:
            _WRITERS["json" if as_json else form](rows, file, step)


@contextlib.contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that is there whole or not at all, and its owner's alone to read."""
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if output.exists() and not output.is_file():
        # A device or a pipe cannot be replaced.
        with output.open("wb") as device:
            yield device
        return
    check_folder(output)
    partial = output.with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def _blocks(rows: Report, step: Step) -> Iterator[list[dict[str, Any]]]:
    for first in range(0, len(rows), BLOCK):
        yield rows._rows(first, min(first + BLOCK, len(rows)))
        step(done=min(first + BLOCK, len(rows)))


def _csv(rows: Report, file: BinaryIO, step: Step) -> None:
    file.write(_csv_lines([rows.columns]))
    for block in _blocks(rows, step):
        file.write(_csv_lines([_cell(cell) for cell in row.values()] for row in block))


def _csv_lines(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else cell


def _json(rows: Report, file: BinaryIO, step: Step) -> None:
    for block in _blocks(rows, step):
        file.write("".join(f"{json_text(row, indent=None)}\n" for row in block).encode())


def _parquet(rows: Report, file: BinaryIO, _step: Step) -> None:
    file.write(parquet(rows.to_arrow))


_WRITERS: dict[str, Callable[[Report, BinaryIO, Step], None]] = {"csv": _csv, "json": _json, "parquet": _parquet}
