"""What the commands share: errors in one block, tables that fit the terminal, files that are written whole."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from courtesy.errors import DataWarning, Error, RuleWarning
from courtesy.plan import Plan

__all__ = ["console", "friendly", "plan_table", "write"]

WIDE = 200


def console() -> Console:
    """A console; where the output is no terminal it is wide enough to cut nothing."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=WIDE, soft_wrap=True)


@contextlib.contextmanager
def friendly() -> Iterator[None]:
    """Turns errors into one block on standard error (exit code 1) and warnings into lines there."""
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                yield
            finally:
                for warning in caught:
                    if issubclass(warning.category, (DataWarning, RuleWarning)):
                        click.echo(f"warning: {warning.message}", err=True)
    except Error as error:
        click.echo("\n".join(f"error: {line}" for line in str(error).splitlines()), err=True)
        raise SystemExit(1) from None
    except (ImportError, OSError) as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(1) from None


def plan_table(plan: Plan, *, title: str | None = None, explain: bool = False) -> Table:
    """A plan as a table for the terminal."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in ("when", "zone", "customer", "asset", "occasion", "step", "channel", "state", "reason"):
        table.add_column(column, overflow="fold")
    if explain:
        table.add_column("why", overflow="fold")
    for position, row in enumerate(plan):
        cells = [
            f"{row.local:%a %d %b %H:%M}",
            row.zone or "",
            str(row.customer),
            "" if row.asset is None else str(row.asset),
            row.occasion,
            row.step or "",
            row.channel or "–",
            row.state,
            row.reason,
        ]
        if explain:
            cells.append(plan.explain(position).sentence)
        table.add_row(*(escape(cell) for cell in cells))
    return table


def write(content: str | bytes, output: Path | None) -> None:
    """To standard output, or to a file that is there whole or not at all."""
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        stream: io.BufferedIOBase = click.get_binary_stream("stdout")  # type: ignore[assignment]
        stream.write(data)
        stream.flush()
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
