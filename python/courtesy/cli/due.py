"""courtesy due: what waits to be sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from courtesy.cli.stores import opened, show, store_options

__all__ = ["due"]


@click.command(short_help="What waits to be sent.")
@store_options()
@click.option("--channel", "channels", multiple=True, help="Of this channel; may be given several times.")
@click.option("--limit", type=click.IntRange(1), help="The first so many alone.")
def due(store: Path, now: dt.datetime | None, as_json: bool, channels: tuple[str, ...], limit: int | None) -> None:
    """Lists what of the STORE could be claimed now, in the order in which it fell due."""
    with opened(store, now=now) as found:
        report = found.due(channels=list(channels) or None, limit=limit)
    show(report, as_json, ("due", "customer", "asset", "occasion", "step", "channel", "team", "key"))
