"""courtesy export: takes a table out of a store."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import click

from courtesy.cli.inputs import output_options
from courtesy.cli.output import check_folder
from courtesy.cli.progress import Step, progress
from courtesy.cli.stores import json_text, opened, store_options
from courtesy.cli.writers import parquet
from courtesy.csv_out import BLOCK, csv_blocks
from courtesy.report import Report
from courtesy.whole_file import whole_file

__all__ = ["export"]

TABLES = ("customers", "assets", "events", "outbox", "audit")


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
    check_folder(output)
    with whole_file(output, mode=0o600) as file:
        yield file


def _csv(rows: Report, file: BinaryIO, step: Step) -> None:
    for number, block in enumerate(csv_blocks(rows._core)):
        file.write(block)
        step(done=number * BLOCK)


def _json(rows: Report, file: BinaryIO, step: Step) -> None:
    for number, row in enumerate(rows):
        file.write(f"{json_text(row, indent=None)}\n".encode())
        if number % BLOCK == 0:
            step(done=number)


def _parquet(rows: Report, file: BinaryIO, _step: Step) -> None:
    file.write(parquet(rows.to_arrow))


_WRITERS: dict[str, Callable[[Report, BinaryIO, Step], None]] = {"csv": _csv, "json": _json, "parquet": _parquet}
