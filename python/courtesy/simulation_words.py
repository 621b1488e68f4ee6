"""What a simulation says to whoever runs the shop."""

from __future__ import annotations

import collections
import datetime as dt
import statistics
from typing import TYPE_CHECKING

from courtesy.counted import counted
from courtesy.english import date, kind, listed

if TYPE_CHECKING:
    from courtesy.simulation import Simulation

__all__ = ["figures", "title"]

# No more of a list are told.
_MOST = 4


def title(simulation: Simulation) -> str:
    name = simulation.rules.shop["name"]
    whose = f"{name}: " if name else ""
    return f"{whose}{counted(simulation.days, 'day')} from {date(simulation.start)}, simulated"


def figures(simulation: Simulation) -> list[tuple[str, str]]:
    """What is told, and how much it is."""
    return [
        *_contacts(simulation),
        *_customers(simulation),
        *_staff(simulation),
        *_withheld(simulation),
        *_outcomes(simulation),
    ]


def _contacts(simulation: Simulation) -> list[tuple[str, str]]:
    by_day: collections.Counter[dt.date] = collections.Counter()
    by_channel: collections.Counter[str] = collections.Counter()
    for row in simulation.load:
        by_day[row["day"]] += row["contacts"]
        by_channel[row["channel"]] += row["contacts"]
    total = by_day.total()
    told = [("contacts", f"{total:,}" + _of_these(by_channel))]
    if total:
        day, most = min(by_day.items(), key=lambda item: (-item[1], item[0]))
        told.append(("contacts a day", f"{total / simulation.days:,.1f}, at most {most:,} ({date(day)})"))
    return told


def _customers(simulation: Simulation) -> list[tuple[str, str]]:
    messages = simulation._messages
    if not messages:
        return []
    nothing = messages.count(0)
    middle = statistics.median_low(messages)
    told = f"{middle:,} for the one in the middle, at most {max(messages):,}"
    return [
        ("messages a customer", told),
        ("customers who hear nothing", f"{nothing:,} of {len(messages):,}" + _percent(nothing, len(messages))),
    ]


def _staff(simulation: Simulation) -> list[tuple[str, str]]:
    by_week: collections.Counter[dt.date] = collections.Counter()
    by_team: collections.Counter[str] = collections.Counter()
    for row in simulation.staff:
        by_week[row["week"]] += row["hours"]
        by_team[row["team"] or "no team"] += row["hours"]
    weeks = simulation.days / 7
    if not by_week:
        return [("hours of work a week", "none")]
    week, most = min(by_week.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{team} {hours / weeks:,.1f}" for team, hours in by_team.most_common() if hours >= 0.05 * weeks]
    total = sum(by_team.values()) / weeks
    return [
        ("hours of work a week", f"{total:,.1f}" + (f" ({listed(parts)})" if len(parts) > 1 else "")),
        ("hours in the busiest week", f"{most:,.1f} (from {date(week)})"),
    ]


def _withheld(simulation: Simulation) -> list[tuple[str, str]]:
    by_reason: collections.Counter[str] = collections.Counter()
    for row in simulation.withheld:
        by_reason[row["reason"].replace("_", " ")] += row["reminders"]
    return [("withheld", f"{by_reason.total():,}" + _of_these(by_reason))]


def _outcomes(simulation: Simulation) -> list[tuple[str, str]]:
    by_kind = collections.Counter(map(kind, simulation.outcomes.column("kind")))
    return [("events that happened", f"{by_kind.total():,}" + _of_these(by_kind))]


def _percent(part: int, whole: int) -> str:
    if part == 0 or part == whole:
        return ""
    share = min(max(round(100 * part / whole), 1), 99)
    return f" ({'under ' if 100 * part < whole else ''}{share}%)"


def _of_these(counts: collections.Counter[str]) -> str:
    """The most frequent ones, of equals in the order of the alphabet."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{name} {number:,}" for name, number in ordered[:_MOST]]
    if len(ordered) > _MOST:
        parts.append(f"others {sum(number for _, number in ordered[_MOST:]):,}")
    return f" ({', '.join(parts)})" if parts else ""
