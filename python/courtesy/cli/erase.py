"""courtesy erase: forgets a customer."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from courtesy.cli.progress import progress
from courtesy.cli.stores import answer, opened, store_options

__all__ = ["erase"]


@click.command(short_help="Forgets a customer.")
@store_options(now=False)
@click.argument("customer")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(store: Path, as_json: bool, customer: str, yes: bool) -> None:
    """Removes a CUSTOMER (an id) from every table of the STORE and from the free space of its file, for good.

    A later import leaves the customer out. Backups that were made before still hold them.
    """
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("It cannot be undone; give --yes.")
        click.confirm(f"Erase the customer {customer} for good?", abort=True, err=True)
    with opened(store) as found, progress("erasing"):
        found.erase(customer)
    answer({"customer": customer, "erased": True}, f"{customer}: erased", as_json)
