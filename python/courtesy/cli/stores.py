"""What the commands on a store share: how it is named and opened, and how they answer."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from courtesy.cli.inputs import FILE
from courtesy.cli.output import Screen, friendly, write
from courtesy.cli.writers import iso
from courtesy.duration import duration
from courtesy.errors import TimeError
from courtesy.open_store import open as open_store
from courtesy.report import Report
from courtesy.window import moment_of

if TYPE_CHECKING:
    from courtesy.store import Store

__all__ = ["answer", "clock_at", "instant_option", "json_text", "opened", "show", "span_option", "store_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def store_options(
    *, exists: bool = True, rules: bool = False, trial: bool = False, now: bool = True
) -> Callable[[Command], Command]:
    """STORE, --json, --now, and --rules where asked for: to come into force, or on trial."""
    options = [
        click.argument("store", type=click.Path(exists=exists, dir_okay=False, path_type=Path)),
        click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for other programs."),
    ]
    if now:
        options.insert(1, instant_option("--now", "Do as if it were this instant, such as 2026-12-01T09:00Z."))
    if rules or trial:
        what = "on trial, without bringing it into force" if trial else "from now on; without it those in force stay"
        options.insert(1, click.option("--rules", type=FILE, help=f"Rule file (TOML) {what}."))

    def add(command: Command) -> Command:
        # The last one is the first in the help.
        for option in reversed(options):
            command = option(command)
        return command

    return add


def instant_option(name: str, words: str) -> Callable[[Command], Command]:
    """An option that takes an instant."""

    def read(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dt.datetime | None:
        if value is None:
            return None
        try:
            moment = moment_of(value, "")
        except TimeError as error:
            raise click.BadParameter(str(error).removeprefix(": ")) from None
        if not isinstance(moment, dt.datetime) or moment.utcoffset() is None:
            raise click.BadParameter(f"expected an instant with its zone such as 2026-12-01T09:00Z, found {value!r}")
        return moment.astimezone(dt.timezone.utc)

    return click.option(name, metavar="INSTANT", callback=read, help=words)


def span_option(name: str, default: str, words: str) -> Callable[[Command], Command]:
    """An option that takes a length of time."""

    def read(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
        try:
            duration(value, "")
        except TimeError as error:
            raise click.BadParameter(str(error).removeprefix(": ")) from None
        return value

    return click.option(name, metavar="SPAN", default=default, show_default=True, callback=read, help=words)


def clock_at(now: dt.datetime | None) -> Callable[[], dt.datetime] | None:
    """A clock that stands still at that instant; None for the computer's own."""
    return None if now is None else lambda: now


@contextmanager
def opened(
    path: Path, rules: Path | None = None, now: dt.datetime | None = None, *, create: bool = False
) -> Iterator[Store]:
    """The store, with errors as the command line says them."""
    with friendly(), open_store(path, rules, clock=clock_at(now), create=create) as store:
        yield store


def show(report: Report, as_json: bool, shown: Sequence[str] = ()) -> None:
    """A report as a table (of the columns to be ``shown``), or as a JSON list of its rows."""
    if as_json:
        answer(list(report), "", as_json)
        return
    screen = Screen()
    screen.report(Report._of(report._core, report.title, shown=shown or report._shown, notes=report.notes))
    screen.finish()


def answer(values: Mapping[str, Any] | list[Any], line: str, as_json: bool) -> None:
    """An answer of a line, or its values as JSON."""
    if as_json:
        write(json_text(values) + "\n", None)
        return
    screen = Screen()
    screen.line(line)
    screen.finish()


def json_text(values: Mapping[str, Any] | list[Any], indent: int | None = 1) -> str:
    """Values as JSON, dates and instants as ISO 8601 texts."""
    return json.dumps(values, indent=indent, ensure_ascii=False, default=iso)
