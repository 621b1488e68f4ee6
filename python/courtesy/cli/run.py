"""courtesy run: the worker."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path

import click

from courtesy.cli.refresh import HORIZON
from courtesy.cli.stores import answer, clock_at, json_text, opened, span_option, store_options
from courtesy.errors import StoreError
from courtesy.printable import printable
from courtesy.senders import installed_senders, sender_name
from courtesy.worker import Worker, WorkerEvent

__all__ = ["run"]


def _senders(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        channel, equals, name = (part.strip() for part in value.partition("="))
        if not equals or not channel:
            raise click.BadParameter(f"expected CHANNEL=module:function, found {value!r}")
        try:
            found[channel] = sender_name(channel, name)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return found


@click.command(short_help="Sends what is due, until it is stopped.")
@store_options(rules=True)
@click.option(
    "--sender",
    "senders",
    metavar="CHANNEL=MODULE:FUNCTION",
    callback=_senders,
    multiple=True,
    help="The function that sends on a channel; for others those of installed packages (courtesy.senders) serve.",
)
@click.option("--channel", "channels", multiple=True, help="Serve this channel alone; may be given several times.")
@click.option("--once", is_flag=True, help="Until nothing is due, instead of until it is stopped.")
@span_option("--lease", "60 s", "How long a sender may take.")
@click.option("--batch", type=click.IntRange(1), default=100, show_default=True, help="How many to claim at most.")
@span_option("--poll", "1 s", "How often to look for what has come due.")
@span_option("--refresh-every", "5 minutes", "How often to plan anew.")
@HORIZON
@span_option("--grace", "10 s", "How long a stop waits for what is being sent.")
def run(
    store: Path,
    rules: Path | None,
    now: dt.datetime | None,
    as_json: bool,
    senders: dict[str, str],
    channels: tuple[str, ...],
    once: bool,
    lease: str,
    batch: int,
    poll: str,
    refresh_every: str,
    horizon: str,
    grace: str,
) -> None:
    """Sends what the STORE has due, through a sender for each channel, until SIGTERM or SIGINT ends it.

    What it does is told on standard error, a line for each event, by keys and ids alone; with --json as JSON.
    """
    # Senders in the folder where one stands are found, as they are by `python -m`.
    if "" not in sys.path and os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    serving = _serving(senders, channels)

    def tell(event: WorkerEvent) -> None:
        click.echo(json_text(event.as_dict(), indent=None) if as_json else printable(str(event)), err=True)

    with opened(store, rules, now) as found:
        if found.held:
            raise StoreError(f"{found.path}: it was restored from a backup; it sends nothing until it is reconciled")
        for channel in {**senders, **dict.fromkeys(channels)}:
            never = found.rules._core.never_used(channel)
            # What an earlier rule planned may still wait there.
            if never and channel not in found.outbox.to_arrow().column("channel").unique().to_pylist():
                raise click.UsageError(f"Nothing would be sent: {never}")
        worker = Worker(
            found,
            serving,
            clock=clock_at(now),
            lease=lease,
            batch=batch,
            poll=poll,
            refresh_every=refresh_every,
            horizon=horizon,
            grace=grace,
            on_event=tell,
        )
        counts = worker.run(once=once, signals=(signal.SIGTERM, signal.SIGINT))
    answer(counts, ", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing was due", as_json)


def _serving(senders: dict[str, str], channels: tuple[str, ...]) -> dict[str, str]:
    try:
        known = installed_senders(apart_from=senders) | senders
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    missing = [channel for channel in channels if channel not in known]
    if missing or not known:
        what = f"no sender of '{missing[0]}'" if missing else "no sender"
        raise click.UsageError(
            f"There is {what}; give --sender CHANNEL=module:function, or install a package that has an entry point "
            "'courtesy.senders'."
        )
    return {channel: name for channel, name in known.items() if not channels or channel in channels}
