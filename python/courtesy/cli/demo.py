"""courtesy demo: what a garage owes its customers, and why."""

from __future__ import annotations

import collections
import datetime as dt
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from courtesy.cli.output import console, friendly
from courtesy.plan import Plan
from courtesy.plan import plan as make_plan
from courtesy.rules import Rules

__all__ = ["demo"]

# The day up to which the garage's books go.
TODAY = dt.date(2026, 11, 23)
DAYS = 14
MOST_TODAY = 12
EXAMPLES_OF_EACH = 1


def garage() -> Path:
    """The folder of the example garage: in the package, or beside it in a checkout."""
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "garage", here.parents[1] / "examples" / "garage"):
        if (folder / "rules.toml").exists():
            return folder
    raise FileNotFoundError("the example garage is not installed; it stands in examples/garage of the source")


@click.command()
def demo() -> None:
    """Plans two weeks of an example garage: today's list, what is withheld and why, and the load ahead."""
    with friendly():
        folder = garage()
        rules = Rules.load(folder / "rules.toml")
        made = make_plan(
            folder / "customers.csv", folder / "events.csv", rules, folder / "assets.csv", start=TODAY, days=DAYS
        )
        screen = console()
        screen.print(f"[bold]{escape(rules.shop['name'])}, {TODAY:%A} {TODAY.day} {TODAY:%B %Y}[/bold]\n")
        _today(screen, made)
        _withheld(screen, made)
        _ahead(screen, made)
        _next(screen, folder)


def _today(screen: Console, made: Plan) -> None:
    todays = made.filter(day=TODAY, state="planned")
    screen.print(f"[bold]Today: {len(todays)} courtesies[/bold]")
    for position, reminder in enumerate(todays[:MOST_TODAY]):
        screen.print(
            f"  {reminder.local:%H:%M} {escape(str(reminder.customer))} by {reminder.channel}"
            f"{' (staff)' if reminder.audience == 'staff' else ''}\n"
            f"        {escape(todays.explain(position).sentence)}"
        )
    if len(todays) > MOST_TODAY:
        screen.print(f"  … and {len(todays) - MOST_TODAY} more")
    screen.print()


def _withheld(screen: Console, made: Plan) -> None:
    held = made.withheld
    screen.print(f"[bold]Withheld in the next {DAYS} days: {len(held)}[/bold]")
    seen: dict[str, list[int]] = collections.defaultdict(list)
    for position, reminder in enumerate(held):
        seen[reminder.reason].append(position)
    for reason, positions in sorted(seen.items(), key=lambda item: -len(item[1])):
        screen.print(f"  {len(positions):3} {reason}")
        for position in positions[:EXAMPLES_OF_EACH]:
            reminder = held[position]
            screen.print(f"        e.g. {escape(str(reminder.customer))}: {escape(held.explain(position).sentence)}")
    screen.print()


def _ahead(screen: Console, made: Plan) -> None:
    per_day: dict[dt.date, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    channels: collections.Counter[str] = collections.Counter()
    for _occasion, state, _reason, channel, day, number in made.counts():
        if state == "planned" and channel:
            per_day[day][channel] += number
            channels[channel] += number
    table = Table(title="The next two weeks", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("  day")
    for channel in channels:
        table.add_column(escape(channel), justify="right")
    table.add_column("all", justify="right")
    for day in sorted(per_day):
        row = per_day[day]
        cells = [str(row[channel] or "·") for channel in channels]
        table.add_row(f"  {day:%a} {day.day:2} {day:%b}", *cells, str(sum(row.values())))
    table.add_row("  all", *(str(channels[channel]) for channel in channels), str(sum(channels.values())), style="bold")
    screen.print(table)
    screen.print()


def _next(screen: Console, folder: Path) -> None:
    screen.print("[bold]What to type next[/bold]")
    try:
        folder = folder.relative_to(Path.cwd())
    except ValueError:
        pass
    files = " ".join(f"--{name} {folder}/{name}.csv" for name in ("customers", "events", "assets"))
    screen.print(f"  courtesy plan {files} --rules {folder}/rules.toml --start {TODAY} --days 7 --explain", soft_wrap=True)
    screen.print(f"  courtesy check {folder}/rules.toml", soft_wrap=True)
    screen.print("  (in a checkout: ./dev shell puts courtesy on the path; ./dev python runs a script of yours)")
