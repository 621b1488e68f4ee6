"""courtesy plan: plans a window from files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from courtesy.cli.output import Screen, friendly, write
from courtesy.english import day_text
from courtesy.errors import TimeError
from courtesy.overview import together, totals
from courtesy.plan import Plan
from courtesy.plan import plan as make_plan
from courtesy.reminder import Reminder
from courtesy.window import moment_of

__all__ = ["plan"]

_COLUMNS = tuple(Reminder.__dataclass_fields__)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _start(_ctx: click.Context, _param: click.Parameter, value: str) -> dt.date:
    try:
        moment = moment_of(value, "start")
    except TimeError as error:
        raise click.BadParameter(str(error).removeprefix("start: ")) from None
    if isinstance(moment, dt.datetime) and moment.utcoffset() is None:
        raise click.BadParameter(f"an instant needs its zone, such as {value}Z or {value}+01:00")
    return moment


@click.command()
@click.option("--customers", type=_FILE, required=True, help="CSV file of customers.")
@click.option("--events", type=_FILE, help="CSV file of what happened.")
@click.option("--assets", type=_FILE, help="CSV file of what customers own.")
@click.option("--rules", type=_FILE, required=True, help="Rule file (TOML).")
@click.option(
    "--start",
    metavar="DATE",
    callback=_start,
    required=True,
    help="First day, such as 2026-12-01, in the shop's zone; or an instant such as 2026-12-01T09:00Z.",
)
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How many days.")
@click.option("--zone", metavar="ZONE", help="Zone of timestamps without one ('customer': that of each customer).")
@click.option(
    "--unknown",
    type=click.Choice(["error", "skip"]),
    default="error",
    show_default=True,
    help="What to do with events and assets of unknown customers.",
)
@click.option("--withheld/--no-withheld", default=True, show_default=True, help="Show what a gate stopped as well.")
@click.option("--explain", is_flag=True, help="Say of each reminder why it is there.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="How to write the plan.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file.")
def plan(
    customers: Path,
    events: Path | None,
    assets: Path | None,
    rules: Path,
    start: dt.date,
    days: int,
    zone: str | None,
    unknown: Literal["error", "skip"],
    withheld: bool,
    explain: bool,
    form: str,
    output: Path | None,
) -> None:
    """Plans the courtesies of the coming days from CSV files and a rule file."""
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("A Parquet file is not for the terminal; give --output FILE.")
    with friendly():
        made = make_plan(
            customers,
            events,
            rules,
            assets,
            start=start,
            days=days,
            zone=zone,
            unknown=unknown,
            withheld=withheld,
        )
        if form == "table":
            _show(made, explain, output)
        else:
            write(_WRITERS[form](made, explain), output)


def _show(made: Plan, explain: bool, output: Path | None) -> None:
    screen = Screen(wide=output is not None)
    rows = _rows(made)
    if explain:
        for position, cells in rows:
            screen.line(" · ".join(cell for cell in cells if cell))
            screen.line(made.explain(position).sentence, indent=4)
    elif rows:
        screen.table(("when", "customer", "asset", "occasion", "channel", "state"), [cells for _, cells in rows])
    zone = made.rules.shop["zone"]
    screen.line(totals(made), bold=True)
    if rows:
        screen.line(f"Earliest first; times are those of {zone} where no other zone is named.")
    if len(made.merged):
        screen.line("What begins with + is said by the message above it.")
    screen.finish(output)


def _rows(made: Plan) -> list[tuple[int, list[str]]]:
    """The position of each reminder, and when, customer, asset, occasion, channel and state.

    The occasion has its step where it has several; a merged one follows the one that says it.
    """
    rules = made.rules
    several = {name for name in rules.occasions if len(rules.describe(name)["steps"]) > 1}
    rows = []
    for position, row, placed in together(made):
        when = f"{day_text(row.local)} {row.local:%H:%M}" if row.local else ""
        if row.zone is not None and row.zone != rules.shop["zone"]:
            when += f" {row.zone}"
        occasion = f"{row.occasion} ({row.step})" if row.occasion in several else row.occasion
        channel = f"{row.channel} ({row.team or 'staff'})" if row.channel and row.audience == "staff" else row.channel
        state = row.state if row.reason in ("due", row.state) else f"{row.state}: {row.reason.replace('_', ' ')}"
        if placed:
            when, occasion, channel = "", f"+ {occasion}", ""
        cells = (when, row.customer, row.asset, occasion, channel, state)
        rows.append((position, ["" if cell is None else str(cell) for cell in cells]))
    return rows


def _values(row: Reminder) -> dict[str, Any]:
    values = ((column, getattr(row, column)) for column in _COLUMNS)
    return {column: value.isoformat() if isinstance(value, dt.date) else value for column, value in values}


def _csv(made: Plan, explain: bool) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_COLUMNS, "why"] if explain else _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for position, row in enumerate(made):
        writer.writerow(_values(row) | ({"why": made.explain(position).sentence} if explain else {}))
    return text.getvalue()


def _json(made: Plan, explain: bool) -> str:
    rows = []
    for position, row in enumerate(made):
        values = _values(row)
        if explain:
            decision = made.explain(position)
            values["why"] = decision.sentence
            values["reasons"] = [{"code": reason.code, **reason.data} for reason in decision.reasons]
        rows.append(values)
    return json.dumps(rows, indent=1, ensure_ascii=False, default=_iso) + "\n"


def _iso(value: dt.date | dt.time) -> str:
    return value.isoformat()


def _parquet(made: Plan, explain: bool) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ImportError("--format parquet needs pyarrow: pip install pyarrow") from None
    table = made.to_arrow()
    if explain:
        sentences = [made.explain(position).sentence for position in range(len(made))]
        table = table.append_column("why", pyarrow.array(sentences, pyarrow.string()))
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink)
    return bytes(sink.getvalue())


_WRITERS: dict[str, Callable[[Plan, bool], str | bytes]] = {"csv": _csv, "json": _json, "parquet": _parquet}
