"""courtesy backup, courtesy restore and courtesy reconcile: copies of a store, and back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import click

from courtesy.cli.inputs import FILE
from courtesy.cli.output import friendly
from courtesy.cli.progress import progress
from courtesy.cli.stores import answer, opened, store_options
from courtesy.counted import counted
from courtesy.open_store import restore as restore_store

__all__ = ["backup", "reconcile", "restore"]

JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for other programs.")


@click.command(short_help="Copies a store while it is in use.")
@store_options(now=False)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(store: Path, as_json: bool, file: Path) -> None:
    """Copies the STORE, as it is at this instant, to FILE; it may be in use meanwhile."""
    with opened(store) as found, progress("copying"):
        found.backup(file)
    answer({"file": str(file), "bytes": file.stat().st_size}, f"{file}: {file.stat().st_size} bytes", as_json)


@click.command(short_help="Makes a store anew from a backup.")
@click.argument("backup", type=FILE)
@click.argument("store", type=click.Path(dir_okay=False, path_type=Path))
@JSON
def restore(backup: Path, store: Path, as_json: bool) -> None:
    """Makes the STORE anew from a BACKUP, which is checked first.

    What went out since the backup is not in it: nothing is sent before `courtesy reconcile` has been told of it.
    """
    with friendly(), progress("copying"):
        restore_store(backup, store)
    line = f"{store}: restored; nothing is sent before: courtesy reconcile {store} --sent FILE"
    answer({"file": str(store), "held": True}, line, as_json)


@click.command(short_help="Says what went out since the backup.")
@store_options()
@click.option(
    "--sent",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="File of the keys of reminders that went out since the backup, one a line; - is standard input.",
)
@click.option(
    "--rest",
    type=click.Choice(["unknown", "send"]),
    default="unknown",
    show_default=True,
    help="What of the others that were due: nobody knows whether they went out, or they are sent now.",
)
def reconcile(
    store: Path, now: dt.datetime | None, as_json: bool, sent: Path | None, rest: Literal["unknown", "send"]
) -> None:
    """Tells a STORE that was restored what went out since its backup, so that it may be sent from again."""
    with friendly():
        keys = [] if sent is None else _keys(sent)
    with opened(store, now=now) as found:
        number = found.reconcile(sent=keys, rest=rest)
    values = {"sent": len(keys), "rest": rest, "reminders": number}
    answer(values, f"{counted(len(keys), 'reminder')} sent since; the store is held no longer", as_json)


def _keys(path: Path) -> list[str]:
    with click.open_file(str(path), encoding="utf-8") as file:
        return [key for line in file if (key := line.strip())]
