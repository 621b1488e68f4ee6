"""courtesy import: puts tables into a store."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Literal

import click

from courtesy.cli.inputs import FILE, reading_options
from courtesy.cli.output import Screen
from courtesy.cli.progress import progress
from courtesy.cli.stores import answer, opened, store_options
from courtesy.taken import Taken

__all__ = ["import_tables"]


@click.command("import", short_help="Puts tables into a store.")
@store_options(exists=False)
@click.option("--rules", type=FILE, help="Rule file (TOML) of a store that is to be made.")
@click.option("--customers", type=FILE, help="CSV file of customers.")
@click.option("--assets", type=FILE, help="CSV file of what customers own.")
@click.option("--events", type=FILE, help="CSV file of what happened.")
@reading_options
def import_tables(
    store: Path,
    rules: Path | None,
    now: dt.datetime | None,
    as_json: bool,
    customers: Path | None,
    assets: Path | None,
    events: Path | None,
    zone: str | None,
    unknown: Literal["error", "skip"],
) -> None:
    """Puts customers, assets and events into the STORE, which --rules make where there is none.

    Customers and assets are known by their id: columns that a file has are set, others stay. Events are only added;
    what is there already is left alone, so that a file may be imported again. Each file is taken whole or not at all.
    """
    if customers is None and assets is None and events is None:
        raise click.UsageError("Nothing to import; give --customers, --assets or --events.")
    if rules is None and not store.exists():
        raise click.UsageError(f"There is no store {store}; give --rules to make it.")
    if rules is not None and store.exists():
        raise click.UsageError(
            f"There is a store {store}, which has its rules; others come into force by: "
            f"courtesy refresh {store} --rules {rules}"
        )
    taken: dict[str, Taken] = {}
    with opened(store, rules, now, create=True) as found, progress("importing", total=3) as step:
        if customers is not None:
            step("customers", done=0)
            taken["customers"] = found.customers.upsert(customers, zone=zone)
        if assets is not None:
            step("assets", done=1)
            taken["assets"] = found.assets.upsert(assets, zone=zone)
        if events is not None:
            step("events", done=2)
            taken["events"] = found.events.append(events, zone=zone, unknown=unknown)
    if as_json:
        answer({name: dataclasses.asdict(each) for name, each in taken.items()}, "", as_json)
        return
    names = [field.name for field in dataclasses.fields(Taken)]
    screen = Screen()
    rows = [[table, *(str(getattr(each, name)) for name in names)] for table, each in taken.items()]
    screen.table(["table", *(name.replace("_", " ") for name in names)], rows, right=range(1, len(names) + 1))
    screen.finish()
