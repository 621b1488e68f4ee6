"""The options of every command that plans a window from files."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from courtesy.errors import TimeError
from courtesy.window import moment_of

__all__ = ["FILE", "output_options", "reading_options", "table_options", "window_options"]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])


def _start(_ctx: click.Context, _param: click.Parameter, value: str) -> dt.date:
    try:
        moment = moment_of(value, "start")
    except TimeError as error:
        raise click.BadParameter(str(error).removeprefix("start: ")) from None
    if isinstance(moment, dt.datetime) and moment.utcoffset() is None:
        raise click.BadParameter(f"an instant needs its zone, such as {value}Z or {value}+01:00")
    return moment


def table_options(command: Command) -> Command:
    """--customers, --events and --assets."""
    for option in (
        click.option("--assets", type=FILE, help="CSV file of what customers own."),
        click.option("--events", type=FILE, help="CSV file of what happened."),
        click.option("--customers", type=FILE, required=True, help="CSV file of customers."),
    ):
        command = option(command)
    return command


def reading_options(command: Command) -> Command:
    """How tables are read: --zone and --unknown."""
    for option in (
        click.option(
            "--unknown",
            type=click.Choice(["error", "skip"]),
            default="error",
            show_default=True,
            help="What to do with events and assets of unknown customers.",
        ),
        click.option(
            "--zone", metavar="ZONE", help="Zone of timestamps without one ('customer': that of each customer)."
        ),
    ):
        command = option(command)
    return command


def window_options(command: Command) -> Command:
    """--start and --days, and how tables are read."""
    command = reading_options(command)
    for option in (
        click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How many days."),
        click.option(
            "--start",
            metavar="DATE",
            callback=_start,
            required=True,
            help="First day, such as 2026-12-01, in the shop's zone; or an instant such as 2026-12-01T09:00Z.",
        ),
    ):
        command = option(command)
    return command


def output_options(*forms: str, what: str) -> Callable[[Command], Command]:
    """--format, one of ``forms``, and --output; ``what`` says what is written. Parquet is refused on a terminal.

    Without --format a file is of the form that its name ends in, where that is one of them.
    """

    def form(ctx: click.Context, _param: click.Parameter, value: str) -> str:
        output = ctx.params.get("output")
        if output is not None and ctx.get_parameter_source("form") is ParameterSource.DEFAULT:
            ending = output.suffix.removeprefix(".").lower()
            return ending if ending in forms else value
        if value == "parquet" and output is None and sys.stdout.isatty():
            raise click.UsageError("A Parquet file is not for the terminal; give --output FILE.")
        return value

    def add(command: Command) -> Command:
        for option in (
            click.option("--output", type=click.Path(path_type=Path), is_eager=True, help="Write to this file."),
            click.option(
                "--format",
                "form",
                type=click.Choice(forms),
                default=forms[0],
                show_default=True,
                callback=form,
                help=what,
            ),
        ):
            command = option(command)
        return command

    return add
