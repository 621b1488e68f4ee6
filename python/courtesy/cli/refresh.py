"""courtesy refresh and courtesy preview: what is owed from now on, with and without keeping it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from courtesy.cli.progress import progress
from courtesy.cli.stores import answer, opened, show, span_option, store_options
from courtesy.counted import counted

__all__ = ["preview", "refresh"]

HORIZON = span_option("--horizon", "60 days", "How far ahead to plan.")


@click.command(short_help="Plans anew what has changed.")
@store_options(rules=True)
@HORIZON
def refresh(store: Path, rules: Path | None, now: dt.datetime | None, as_json: bool, horizon: str) -> None:
    """Plans anew what has changed in the STORE or has come due, and keeps it in the outbox."""
    with opened(store, rules, now) as found, progress("refreshing") as step:
        done = found.refresh(horizon=horizon, progress=step)
    names = ("looked_at", "added", "moved", "withdrawn", "expired")
    numbers = {name: getattr(done, name) for name in names}
    said = ", ".join(f"{number} {name}" for name, number in numbers.items() if name != "looked_at")
    answer(numbers, f"looked at {counted(done.looked_at, 'customer')}: {said}", as_json)


@click.command(short_help="What a refresh would change.")
@store_options(trial=True)
@HORIZON
def preview(store: Path, rules: Path | None, now: dt.datetime | None, as_json: bool, horizon: str) -> None:
    """Shows what a refresh of the STORE would change, and changes nothing."""
    with opened(store, rules, now) as found, progress("planning"):
        changes = found.preview(horizon=horizon)
    show(changes, as_json)
