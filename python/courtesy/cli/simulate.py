"""courtesy simulate: what a rule file would do in the coming year, from files."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from courtesy.cli.inputs import FILE, output_options, reading_options, table_options
from courtesy.cli.output import Screen, check_folder, friendly, write
from courtesy.cli.writers import WRITERS, iso
from courtesy.simulation import Simulation
from courtesy.simulation import simulate as run

__all__ = ["simulate"]


def _start(_ctx: click.Context, _param: click.Parameter, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"expected a date such as 2026-12-01, found {value!r}") from None


def _minutes(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for value in values:
        channel, equals, time = value.partition("=")
        try:
            if not equals or not channel.strip() or not 0 <= float(time) < math.inf:
                raise ValueError
            found[channel.strip()] = float(time)
        except ValueError:
            raise click.BadParameter(f"expected a channel and its minutes such as call=8, found {value!r}") from None
    return found


def _drawn(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and _form(path) not in ("png", "svg", "pdf"):
        raise click.BadParameter(f"it draws .png, .svg or .pdf, not {path.name}")
    return path


def _form(path: Path) -> str:
    return path.suffix.removeprefix(".").lower()


@click.command(short_help="A year that did not happen yet.")
@table_options
@click.option("--rules", type=FILE, required=True, help="Rule file (TOML).")
@click.option("--start", metavar="DATE", callback=_start, required=True, help="First day, such as 2026-12-01.")
@click.option("--days", type=click.IntRange(1, 36_525), default=365, show_default=True, help="How many days.")
@click.option(
    "--seed", type=click.IntRange(0, 2**64 - 1), default=0, show_default=True, help="Another one, other events."
)
@click.option(
    "--minutes",
    metavar="CHANNEL=MINUTES",
    callback=_minutes,
    multiple=True,
    help="How long a contact takes, such as call=8; may be given several times.",
)
@reading_options
@output_options("table", "json", what="How to write it; as JSON it is all tables but the events.")
@click.option("--outcomes", type=click.Path(path_type=Path), help="Write the simulated events to this CSV file.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    callback=_drawn,
    help="Draw the pictures to this file (.png, .svg or .pdf).",
)
def simulate(
    customers: Path,
    events: Path | None,
    assets: Path | None,
    rules: Path,
    start: dt.date,
    days: int,
    seed: int,
    minutes: dict[str, float],
    zone: str | None,
    unknown: Literal["error", "skip"],
    form: str,
    output: Path | None,
    outcomes: Path | None,
    plot: Path | None,
) -> None:
    """Simulates the coming days from CSV files and a rule file: load, messages per customer, staff hours.

    Events are drawn from what happened before the first day; the same seed gives the same ones, whatever the rules.
    """
    with friendly():
        # Nobody waits for a year that has nowhere to go.
        for path in (output, outcomes, plot):
            if path is not None:
                check_folder(path)
        with _progress(days) as progress:
            made = run(
                customers,
                events,
                rules,
                assets,
                start=start,
                days=days,
                seed=seed,
                minutes=minutes,
                zone=zone,
                unknown=unknown,
                progress=progress,
            )
        if form == "json":
            write(json.dumps(_values(made), indent=1, ensure_ascii=False, default=iso) + "\n", output)
        else:
            _show(made, output)
        if outcomes is not None:
            write(WRITERS["csv"](made.outcomes), outcomes)
        if plot is not None:
            write(_picture(made, plot), plot)


@contextmanager
def _progress(days: int) -> Iterator[Callable[[int, int], object] | None]:
    """A bar on the terminal, on standard error; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("simulating"), BarColumn(), TextColumn("{task.completed:.0f} of {task.total:.0f} days"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("simulating", total=days)
        yield lambda done, _total: bar.update(task, completed=done)


def _show(made: Simulation, output: Path | None) -> None:
    screen = Screen(wide=output is not None)
    summary = made.summary()
    screen.line(summary.title, bold=True)
    for row in summary:
        screen.line(f"{row['what']}: {row['figure']}", indent=2)
    for report in (made.occasions, made.withheld, made.quantiles):
        screen.line()
        screen.report(report)
    screen.finish(output)


def _values(made: Simulation) -> dict[str, Any]:
    values: dict[str, Any] = {"start": made.start, "days": made.days, "seed": made.seed}
    for name in ("load", "customers", "quantiles", "staff", "occasions", "withheld"):
        values[name] = list(getattr(made, name))
    return values


def _picture(made: Simulation, path: Path) -> bytes:
    picture = io.BytesIO()
    made.plot().savefig(picture, format=_form(path), dpi=150)
    return picture.getvalue()
