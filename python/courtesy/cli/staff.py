"""courtesy snooze and courtesy skip: what staff decide on a single reminder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from courtesy.cli.stores import answer, opened, store_options

__all__ = ["skip", "snooze"]

BY = click.option("--by", metavar="NAME", help="Who decides it, for the history.")
WHY = click.option("--why", metavar="TEXT", default="", help="Why, for the history.")


@click.command(short_help="Puts a reminder off.")
@store_options()
@click.argument("key")
@click.option(
    "--until",
    metavar="WHEN",
    required=True,
    help='A date (in the shop\'s zone), an instant such as 2026-12-01T09:00Z, or a length of time such as "3 days".',
)
@BY
@WHY
def snooze(store: Path, now: dt.datetime | None, as_json: bool, key: str, until: str, by: str | None, why: str) -> None:
    """Puts the reminder KEY of the STORE off."""
    with opened(store, now=now) as found:
        found.snooze(key, until, by=by, why=why)
    answer({"key": key, "state": "snoozed"}, f"{key}: snoozed", as_json)


@click.command(short_help="Has a reminder never go out.")
@store_options()
@click.argument("key")
@BY
@WHY
def skip(store: Path, now: dt.datetime | None, as_json: bool, key: str, by: str | None, why: str) -> None:
    """Has the reminder KEY of the STORE never go out."""
    with opened(store, now=now) as found:
        found.skip(key, by=by, why=why)
    answer({"key": key, "state": "skipped"}, f"{key}: skipped", as_json)
