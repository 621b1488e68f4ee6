"""courtesy doctor and courtesy stats: how a store is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from courtesy.cli.progress import progress
from courtesy.cli.stores import opened, show, store_options

__all__ = ["doctor", "stats"]


@click.command(short_help="Checks a store.")
@store_options(trial=True)
def doctor(store: Path, rules: Path | None, now: dt.datetime | None, as_json: bool) -> None:
    """Checks the STORE: its file, and what other rules or another time zone database would move.

    The exit code is 1 where a check finds a fault.
    """
    with opened(store, rules, now) as found, progress("checking"):
        report = found.doctor()
    show(report, as_json)
    if "fault" in report.column("verdict"):
        raise SystemExit(1)


@click.command(short_help="Counts what is in a store.")
@store_options()
def stats(store: Path, now: dt.datetime | None, as_json: bool) -> None:
    """Counts what the STORE holds."""
    with opened(store, now=now) as found:
        report = found.stats()
    show(report, as_json)
