"""courtesy plan: plans a window from files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click

from courtesy.cli.output import console, friendly, plan_table, write
from courtesy.plan import Plan
from courtesy.plan import plan as make_plan

__all__ = ["plan"]

_COLUMNS = (
    "key", "customer", "asset", "occasion", "step", "state", "due", "local", "zone", "channel", "audience", "purpose",
    "priority", "anchor", "expires", "reason", "event", "message",
)  # fmt: skip

_PATH = click.Path(path_type=Path)


@click.command()
@click.option("--customers", type=_PATH, required=True, help="CSV file of customers.")
@click.option("--events", type=_PATH, help="CSV file of events.")
@click.option("--assets", type=_PATH, help="CSV file of assets.")
@click.option("--rules", type=_PATH, required=True, help="Rule file (TOML).")
@click.option("--start", required=True, metavar="DATE", help="First day, in the shop's zone: 2026-12-01.")
@click.option("--days", type=int, default=30, show_default=True, help="How many days.")
@click.option("--zone", metavar="ZONE", help="Zone of timestamps that carry none ('customer': each customer's own).")
@click.option("--unknown", type=click.Choice(["error", "skip"]), default="error", show_default=True,
              help="Events of unknown customers.")  # fmt: skip
@click.option("--withheld/--no-withheld", default=True, show_default=True, help="Also what a gate stopped.")
@click.option("--explain", is_flag=True, help="Say why, for each reminder.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "parquet"]), default="table",
              show_default=True)  # fmt: skip
@click.option("--output", type=_PATH, help="Write to this file.")
def plan(
    customers: Path,
    events: Path | None,
    assets: Path | None,
    rules: Path,
    start: str,
    days: int,
    zone: str | None,
    unknown: str,
    withheld: bool,
    explain: bool,
    form: str,
    output: Path | None,
) -> None:
    """Plans the courtesies of a window from CSV files and a rule file."""
    with friendly():
        made = make_plan(
            customers, events, rules, assets, start=start, days=days, zone=zone, unknown=unknown,  # type: ignore[arg-type]
            withheld=withheld,
        )  # fmt: skip
        if form == "table":
            _show(made, explain, output)
        else:
            write({"csv": _csv, "json": _json, "parquet": _parquet}[form](made, explain), output)


def _show(made: Plan, explain: bool, output: Path | None) -> None:
    screen = console()
    with screen.capture() if output else _nothing() as capture:
        screen.print(plan_table(made, explain=explain))
        screen.print(f"{len(made.planned)} planned, {len(made.withheld)} withheld")
    if output and capture is not None:
        write(capture.get(), output)


class _nothing:  # noqa: N801 - a context manager, used like one of contextlib's
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _rows(made: Plan, explain: bool) -> list[dict[str, object]]:
    rows = []
    for position, reminder in enumerate(made):
        row: dict[str, object] = {}
        for column in _COLUMNS:
            value = getattr(reminder, column)
            row[column] = value.isoformat() if hasattr(value, "isoformat") else value
        if explain:
            decision = made.explain(position)
            row["why"] = decision.sentence
        rows.append(row)
    return rows


def _csv(made: Plan, explain: bool) -> str:
    text = io.StringIO()
    columns = [*_COLUMNS, "why"] if explain else list(_COLUMNS)
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(made, explain))
    return text.getvalue()


def _json(made: Plan, explain: bool) -> str:
    return json.dumps(_rows(made, explain), indent=1, ensure_ascii=False) + "\n"


def _parquet(made: Plan, explain: bool) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ImportError("--format parquet needs pyarrow: pip install 'courtesy[pyarrow]'") from None
    table = made.to_arrow()
    if explain:
        sentences = [made.explain(position).sentence for position in range(len(made))]
        table = table.append_column("why", pyarrow.array(sentences, pyarrow.string()))
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink)
    return bytes(sink.getvalue())
