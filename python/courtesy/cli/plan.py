"""courtesy plan: plans a window from files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from courtesy.cli.inputs import FILE, output_options, table_options, window_options
from courtesy.cli.output import Screen, friendly, write
from courtesy.cli.writers import iso, parquet
from courtesy.english import day_text
from courtesy.overview import together, totals
from courtesy.plan import Plan
from courtesy.plan import plan as make_plan
from courtesy.reminder import Reminder

if TYPE_CHECKING:
    import pyarrow

__all__ = ["plan"]

_COLUMNS = tuple(Reminder.__dataclass_fields__)


@click.command(short_help="What is owed in the coming days, from CSV files.")
@table_options
@click.option("--rules", type=FILE, required=True, help="Rule file (TOML).")
@window_options
@click.option("--withheld/--no-withheld", default=True, show_default=True, help="Show what a gate stopped as well.")
@click.option("--explain", is_flag=True, help="Say of each reminder why it is there.")
@output_options("table", "csv", "json", "parquet", what="How to write the plan.")
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
    return json.dumps(rows, indent=1, ensure_ascii=False, default=iso) + "\n"


def _parquet(made: Plan, explain: bool) -> bytes:
    def table() -> pyarrow.Table:
        import pyarrow

        if not explain:
            return made.to_arrow()
        sentences = [made.explain(position).sentence for position in range(len(made))]
        return made.to_arrow().append_column("why", pyarrow.array(sentences, pyarrow.string()))

    return parquet(table)


_WRITERS: dict[str, Callable[[Plan, bool], str | bytes]] = {"csv": _csv, "json": _json, "parquet": _parquet}
