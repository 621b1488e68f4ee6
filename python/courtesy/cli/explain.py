"""courtesy explain and courtesy history: why a reminder is there, or is not, and what became of a customer's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from courtesy.cli.output import Screen
from courtesy.cli.stores import answer, opened, show, store_options
from courtesy.reasons import Decision
from courtesy.reminder import Reminder

__all__ = ["explain", "history"]


@click.command(short_help="Why a reminder is there, or is not.")
@store_options()
@click.argument("key", required=False)
@click.option("--customer", metavar="ID", help="Why not: the customer's id, with --occasion.")
@click.option("--occasion", metavar="NAME", help="Why not: the rule's name, with --customer.")
@click.option("--days", type=click.IntRange(1), default=60, show_default=True, help="Why not in so many days from now.")
def explain(
    store: Path,
    now: dt.datetime | None,
    as_json: bool,
    key: str | None,
    customer: str | None,
    occasion: str | None,
    days: int,
) -> None:
    """Says why the reminder KEY of the STORE is planned as it is, or why a customer gets nothing of an occasion."""
    if (key is None) == (customer is None) or (customer is None) != (occasion is None):
        raise click.UsageError("Give the KEY of a reminder, or --customer and --occasion.")
    with opened(store, now=now) as found:
        if key is not None:
            decisions = [found.explain(key)]
        else:
            assert customer is not None
            assert occasion is not None
            decisions = found.why_not(customer, occasion, days=days)
    if as_json:
        values = [_values(decision) for decision in decisions]
        answer(values[0] if key is not None else values, "", as_json)
        return
    screen = Screen()
    for decision in decisions:
        screen.line(decision.sentence)
    screen.finish()


def _values(decision: Decision) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(decision.reminder, name) for name in Reminder.__dataclass_fields__}
    values["why"] = decision.sentence
    values["reasons"] = [{"code": reason.code, **reason.data} for reason in decision.reasons]
    return values


@click.command(short_help="What became of a customer's reminders.")
@store_options()
@click.argument("customer")
def history(store: Path, now: dt.datetime | None, as_json: bool, customer: str) -> None:
    """Lists what happened to a CUSTOMER (an id) of the STORE, and what became of the reminders."""
    with opened(store, now=now) as found:
        report = found.history(customer)
    show(report, as_json)
