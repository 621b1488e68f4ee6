"""courtesy demo: what a garage owes its customers in the coming weeks, and why."""

from __future__ import annotations

import collections
import datetime as dt
import os
import shlex
import shutil
import sys
from pathlib import Path

import click

from courtesy.cli.output import Screen, friendly
from courtesy.english import day_text
from courtesy.overview import together, totals
from courtesy.plan import Plan
from courtesy.plan import plan as make_plan
from courtesy.reminder import Reminder
from courtesy.rules import Rules
from courtesy.time import to_local
from courtesy.words import CODES

__all__ = ["demo"]

# The day up to which the garage's books go.
TODAY = dt.date(2026, 11, 23)
DAYS = 14
TABLES = ("customers", "events", "assets")
EXAMPLES_OF_EACH = 2


def garage() -> Path:
    """The folder of the example garage: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "garage", package.parents[1] / "examples" / "garage"):
        if (folder / "rules.toml").is_file():
            return folder
    raise FileNotFoundError("the files of the example garage are missing; install courtesy anew")


@click.command(short_help="Plans two weeks of an example garage.")
def demo() -> None:
    """Plans two weeks of an example garage: today's list, what is withheld and why, and what lies ahead."""
    with friendly():
        folder = garage()
        rules = Rules.load(folder / "rules.toml")
        customers, events, assets = (folder / f"{table}.csv" for table in TABLES)
        made = make_plan(customers, events, rules, assets, start=TODAY, days=DAYS)
        screen = Screen()
        screen.line(f"{rules.shop['name']}, {day_text(TODAY)}", bold=True)
        screen.line()
        _today(screen, made, rules.shop["zone"])
        _withheld(screen, made)
        _ahead(screen, made)
        _next(screen, folder)
        screen.finish()


def _today(screen: Screen, made: Plan, zone: str) -> None:
    """First what staff have to do, team by team, then what goes out to customers."""
    todays = made.filter(day=TODAY)
    groups: dict[str, list[tuple[int, Reminder, bool]]] = collections.defaultdict(list)
    for position, reminder, placed in together(todays):
        if reminder.state != "withheld":
            who = reminder.team or "staff" if reminder.audience == "staff" else "to customers"
            groups[who].append((position, reminder, placed))
    screen.line(f"Today: {totals(todays)} (times in {zone})", bold=True)
    for who in sorted(groups, key=lambda name: (name == "to customers", name)):
        screen.line(f"{who}: {sum(not placed for _, _, placed in groups[who])}", indent=2, bold=True)
        for position, reminder, placed in groups[who]:
            assert reminder.due is not None
            about = f"{reminder.customer}, {reminder.asset}" if reminder.asset else f"{reminder.customer}"
            line = f"{to_local(reminder.due, zone):%H:%M}  {reminder.channel}  {about}"
            screen.line(f"       + {reminder.occasion}, in the same message" if placed else line, indent=4)
            screen.line(todays.explain(position).sentence, indent=11)
    screen.line()


def _withheld(screen: Screen, made: Plan) -> None:
    """Each reason with some examples, the rarest first: what happens every day tells the least."""
    withheld = made.withheld
    screen.line(f"Withheld in these {DAYS} days: {len(withheld)}", bold=True)
    groups: dict[str, list[int]] = collections.defaultdict(list)
    for position, reminder in enumerate(withheld):
        groups[reminder.reason].append(position)
    for reason in sorted(groups, key=lambda code: (len(groups[code]), CODES.index(code))):
        positions = groups[reason]
        screen.line(f"{len(positions):3}  {reason.replace('_', ' ')}", indent=2)
        for position in positions[:EXAMPLES_OF_EACH]:
            decision = withheld.explain(position)
            screen.line(f"{decision.reminder.customer}: {decision.sentence}", indent=9)
    screen.line()


def _ahead(screen: Screen, made: Plan) -> None:
    """How many contacts each day has: those to customers by channel, those of staff by team."""
    days = {TODAY + dt.timedelta(days=number): collections.Counter[str]() for number in range(DAYS)}
    ways: dict[str, collections.Counter[str]] = {"customer": collections.Counter(), "staff": collections.Counter()}
    for reminder in made.planned:
        assert reminder.local is not None
        assert reminder.audience is not None
        way = reminder.team or "staff" if reminder.audience == "staff" else f"{reminder.channel}"
        # Where a customer's day is another than the shop's, so is the first or the last day.
        days.setdefault(reminder.local.date(), collections.Counter())[way] += 1
        ways[reminder.audience][way] += 1
    screen.line(f"The next {DAYS} days: {totals(made)}", bold=True)
    names = [name for of_audience in ways.values() for name, _ in of_audience.most_common()]
    rows = [
        [day_text(day), *(str(of_day[name] or "·") for name in names), str(of_day.total())]
        for day, of_day in sorted(days.items())
    ]
    everything = ways["customer"] + ways["staff"]
    rows.append(["all", *(str(everything[name]) for name in names), str(everything.total())])
    screen.table(["day", *names, "all"], rows, right=range(1, len(names) + 2))
    screen.line()


def _next(screen: Screen, folder: Path) -> None:
    program = "courtesy"
    entry = folder.parents[1] / "dev"
    if shutil.which(program) is None:
        program = f"{_shown(entry)} python -m courtesy" if entry.is_file() else f"{sys.executable} -m courtesy"
    files = " ".join(f"--{name} {_shown(folder / f'{name}.csv')}" for name in TABLES)
    rules = _shown(folder / "rules.toml")
    screen.line("What to type next", bold=True)
    screen.line(f"{program} check {rules}", indent=2, whole=True)
    screen.line(f"{program} plan {files} --rules {rules} --start {TODAY} --days 7", indent=2, whole=True)
    screen.line(f"{program} plan --help", indent=2, whole=True)


def _shown(path: Path) -> str:
    """A path as one would type it from here."""
    near = Path(os.path.relpath(path))
    if ".." in near.parts:
        near = path
    name = str(near)
    return shlex.quote(f"./{name}" if near.name == "dev" and not near.is_absolute() else name)
