"""A simulation as pictures. Needs matplotlib."""

from __future__ import annotations

import collections
import datetime as dt
from typing import TYPE_CHECKING, Any

from courtesy.english import channel_name, month
from courtesy.simulation_words import title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from courtesy.simulation import Simulation

__all__ = ["figure"]

# Told apart by the colour-blind too: Okabe and Ito 2008.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
_OTHERS = "#999999"
# No more sorts have a colour of their own.
_MOST = len(_COLOURS)
# Beyond these many messages customers are counted together.
_MOST_BARS = 40
# Of more days than these each is too thin for a bar of its own.
_MOST_DAYS = 60
# So many days may be cut off.
_MOST_PEAKS = 6


def figure(simulation: Simulation) -> Figure:
    """What goes out each day, messages per customer, and hours of work each week, below each other."""
    try:
        import matplotlib.pyplot as pyplot
    except ImportError:
        raise ImportError("plot() needs matplotlib: pip install matplotlib") from None
    made, (days, customers, weeks) = pyplot.subplots(3, 1, figsize=(9, 9.5), layout="constrained")
    # A notebook shows what a cell gives, and would show what is open once more.
    pyplot.close(made)
    made.suptitle(title(simulation), fontsize="x-large", fontweight="bold", x=0.01, ha="left")
    _days(simulation, days)
    _customers(simulation, customers)
    _weeks(simulation, weeks)
    for axes in (days, customers, weeks):
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="0.9")
        axes.set_axisbelow(True)
        axes.margins(x=0.01)
    return made


def _days(simulation: Simulation, axes: Any) -> None:
    dates = [simulation.start + dt.timedelta(days=number) for number in range(simulation.days)]
    found: dict[str, collections.Counter[dt.date]] = collections.defaultdict(collections.Counter)
    for row in simulation.load:
        audience = "staff" if row["audience"] == "staff" else "customers"
        found[f"{channel_name(row['channel'], 2)}, {audience}"][row["day"]] += row["contacts"]
    heights = _stacked(axes, dates, found, width=0.8 if len(dates) <= _MOST_DAYS else None)
    _cut(axes, dates, heights)
    axes.set_title("Contacts each day", loc="left")
    _calendar(axes)


def _weeks(simulation: Simulation, axes: Any) -> None:
    found: dict[str, collections.Counter[dt.date]] = collections.defaultdict(collections.Counter)
    for row in simulation.staff:
        found[row["team"] or "no team named"][row["week"]] += row["hours"]
    monday = simulation.start - dt.timedelta(days=simulation.start.weekday())
    last = simulation.start + dt.timedelta(days=simulation.days - 1)
    weeks = [monday + dt.timedelta(days=7 * number) for number in range((last - monday).days // 7 + 1)]
    _stacked(axes, weeks, found, width=5.6)
    axes.set_title("Hours of work each week, by team", loc="left")
    _calendar(axes)


def _stacked(
    axes: Any, dates: list[dt.date], found: dict[str, collections.Counter[dt.date]], width: float | None
) -> list[float]:
    """Bars on top of each other, the largest sort at the bottom; what has no colour left is one sort.

    Without a width they are one area: there are so many that each would be as thin as the edges between them. Gives
    how high they are.
    """
    order = sorted(found, key=lambda name: (-sum(found[name].values()), name))
    sorts = [(name, [found[name]]) for name in order[:_MOST]]
    if len(order) > _MOST:
        sorts.append(("others", [found[name] for name in order[_MOST:]]))
    bottom = [0.0] * len(dates)
    for number, (name, parts) in enumerate(sorts):
        top = [low + sum(part[date] for part in parts) for low, date in zip(bottom, dates, strict=True)]
        colour = _COLOURS[number] if number < _MOST else _OTHERS
        if width is None:
            ends = [*dates, dates[-1] + dt.timedelta(days=1)]
            low, high = [*bottom, bottom[-1]], [*top, top[-1]]
            axes.fill_between(ends, low, high, step="post", color=colour, label=name, linewidth=0)
        else:
            heights = [to - since for since, to in zip(bottom, top, strict=True)]
            axes.bar(dates, heights, width=width, bottom=bottom, color=colour, label=name, linewidth=0)
        bottom = top
    axes.set_ylim(0, 1.05 * max(bottom) or 1)
    if sorts:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), reverse=True)
    else:
        axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", color="0.5")
        axes.set_yticks([])
    return bottom


def _cut(axes: Any, dates: list[dt.date], heights: list[float]) -> None:
    """Cuts off the few days that are so high that nothing could be seen of the others, and says how high they are."""
    ordered = sorted(heights)
    usual = ordered[-1 - _MOST_PEAKS] if len(ordered) > 10 * _MOST_PEAKS else ordered[-1]
    if ordered[-1] <= 3 * usual:
        return
    limit = 1.6 * max(1.0, usual)
    axes.set_ylim(0, limit)
    for date, height in zip(dates, heights, strict=True):
        if height > limit:
            text = f" {height:,.0f} on {date.day} {month(date)[:3]}"
            axes.annotate(text, (date, limit), va="top", fontsize="small", color="0.3")


def _calendar(axes: Any) -> None:
    import matplotlib.dates

    # Its classes carry no types.
    dates: Any = matplotlib.dates
    locator = dates.AutoDateLocator(minticks=4, maxticks=13)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))


def _customers(simulation: Simulation, axes: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    bars = [(row["messages"], row["customers"]) for row in simulation.customers]
    beyond = sum(customers for messages, customers in bars if messages > _MOST_BARS)
    bars = bars[: _MOST_BARS + 1]
    axes.bar([messages for messages, _ in bars], [customers for _, customers in bars], color=_COLOURS[0], width=0.8)
    if beyond:
        axes.bar([_MOST_BARS + 1], [beyond], color=_OTHERS, width=0.8)
        axes.annotate(f"more than {_MOST_BARS}", (_MOST_BARS + 1, beyond), ha="right", va="bottom", color="0.4")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title("Customers by how many messages they get", loc="left")
    axes.set_xlabel("messages")
