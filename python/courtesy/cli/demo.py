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
from courtesy.plan import Plan
from courtesy.plan import plan as make_plan
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


@click.command()
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
    todays = made.filter(day=TODAY, state="planned")
    screen.line(f"Today: {len(todays)} courtesies (times in {zone})", bold=True)
    for reminder in todays:
        assert reminder.due is not None
        who = f"{reminder.customer}, {reminder.asset}" if reminder.asset else f"{reminder.customer}"
        staff = ", by staff" if reminder.audience == "staff" else ""
        screen.line(f"{to_local(reminder.due, zone):%H:%M}  {who}: {reminder.channel}{staff}", indent=2)
        screen.line(todays.explain(reminder).sentence, indent=9)
    screen.line()


def _withheld(screen: Screen, made: Plan) -> None:
    withheld = made.withheld
    screen.line(f"Withheld in these {DAYS} days: {len(withheld)}", bold=True)
    groups: dict[str, list[int]] = collections.defaultdict(list)
    for position, reminder in enumerate(withheld):
        groups[reminder.reason].append(position)
    for reason in sorted(groups, key=lambda code: (-len(groups[code]), CODES.index(code))):
        positions = groups[reason]
        screen.line(f"{len(positions):3}  {reason.replace('_', ' ')}", indent=2)
        for position in positions[:EXAMPLES_OF_EACH]:
            decision = withheld.explain(position)
            screen.line(f"{decision.reminder.customer}: {decision.sentence}", indent=9)
    screen.line()


def _ahead(screen: Screen, made: Plan) -> None:
    days = {TODAY + dt.timedelta(days=number): collections.Counter[str]() for number in range(DAYS)}
    channels: collections.Counter[str] = collections.Counter()
    for _occasion, state, _reason, channel, day, number in made.counts():
        if state == "planned" and channel is not None:
            # Where a customer's day is another than the shop's, so is the first or the last day.
            days.setdefault(day, collections.Counter())[channel] += number
            channels[channel] += number
    screen.line(f"The next {DAYS} days", bold=True)
    names = [name for name, _ in channels.most_common()]
    rows = [
        [day_text(day), *(str(of_day[name] or "·") for name in names), str(of_day.total())]
        for day, of_day in sorted(days.items())
    ]
    rows.append(["all", *(str(channels[name]) for name in names), str(channels.total())])
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
