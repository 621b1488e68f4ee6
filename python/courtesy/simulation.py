"""Simulations: what a shop's rules will say to whom in the year that comes, before they are switched on."""

from __future__ import annotations

import collections
import datetime as dt
import functools
import math
import operator
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, SupportsIndex

from courtesy import _core
from courtesy.errors import DataWarning, TimeError
from courtesy.inputs import Unknown, check_unknown, is_number, rules_of, threads_of, warn_of
from courtesy.report import Report
from courtesy.rules import Rules
from courtesy.tables import TableInput, to_table
from courtesy.time import EPOCH
from courtesy.window import Moment, moment_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MINUTES", "STAFF_MINUTES", "Simulation", "simulate"]

MINUTES: Mapping[str, float] = MappingProxyType(
    {"call": 6, "phone": 6, "chat": 6, "letter": 4, "card": 4, "post": 4, "fax": 4, "visit": 30, "desk": 2}
)
"""How many minutes of somebody's time a contact takes by default. What is not named here sends itself."""

STAFF_MINUTES: Mapping[str, float] = MappingProxyType({"email": 3, "sms": 1, "whatsapp": 1})
"""The same of what sends itself, where staff are to write it."""

_LONGEST = 36_525
_SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)


def simulate(
    customers: TableInput,
    events: TableInput | None,
    rules: Rules | str | os.PathLike[str],
    assets: TableInput | None = None,
    *,
    start: Moment,
    days: SupportsIndex = 365,
    seed: SupportsIndex = 0,
    minutes: Mapping[str, float] | None = None,
    zone: str | None = None,
    unknown: Unknown = "error",
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Simulation:
    """Lets the coming ``days`` happen, and plans each of them with the planner that plans the real ones.

    What happens is drawn from the history, which are the ``events`` before ``start``: customers come back at their own
    pace, promises are made and kept as they were before, complaints come and are settled (docs/simulate.md tells how,
    and what a simulation does not know). It never depends on the rules: with the same ``seed`` other rules meet the
    same visits, so that two simulations can be compared. What a day's plan holds has gone out when the next day is
    planned.

    ``customers``, ``events``, ``rules``, ``assets``, ``zone``, ``unknown`` and ``threads`` are those of
    ``courtesy.plan``; ``start`` is a date. ``minutes`` says how long a contact takes by its channel, beside or in place
    of the defaults: ``{"call": 8, "letter": 10}``. ``progress(done, days)`` is called after each day.

    The same input and seed give the same simulation on any number of threads and in any order of rows. Raises what
    ``courtesy.plan`` raises. Warns of events at or after ``start``, which are left out.

    >>> import courtesy
    >>> rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
    >>> days = ("2026-08-28", "2026-09-25", "2026-10-23", "2026-11-20")
    >>> events = [{"customer": 17, "kind": "purchase", "at": day} for day in days]
    >>> made = courtesy.simulate([{"id": 17}], events, rules, start="2026-12-01", days=60)
    >>> made.outcomes.column("at")
    [datetime.date(2026, 12, 18), datetime.date(2027, 1, 15)]
    >>> made.occasions
    What becomes of each occasion
    occasion   contacts  merged  withheld
    thank-you         2       0         0
    """
    check_unknown(unknown)
    rules = rules_of(rules, stacklevel=2)
    first = moment_of(start, "start")
    if isinstance(first, dt.datetime):
        raise TimeError("start: expected a date such as 2026-12-01: whole days of the shop are simulated")
    count = _days(days, first)
    number = _seed(seed)
    times = _minutes(minutes)
    made = _core.simulate(
        to_table(customers, "customers"),
        None if events is None else to_table(events, "events"),
        None if assets is None else to_table(assets, "assets"),
        rules.shop["zone"],
        zone,
        unknown == "skip",
        rules._core,
        (first - EPOCH.date()).days,
        count,
        number,
        threads_of(threads),
        progress,
    )
    warn_of(made.warnings, stacklevel=2)
    if made.left_out:
        warnings.warn(
            f"events: {made.left_out} on or after {first} left out; a simulation starts from what happened before",
            DataWarning,
            stacklevel=2,
        )
    return Simulation(made, rules, first, count, number, times)


def _days(days: SupportsIndex, first: dt.date) -> int:
    try:
        count = operator.index(days)
    except TypeError:
        raise TimeError(f"days: expected a whole number, found {type(days).__name__}") from None
    if not 1 <= count <= _LONGEST:
        raise TimeError(f"days: expected 1 to {_LONGEST}, found {count}")
    try:
        first + dt.timedelta(days=count)
    except OverflowError:
        raise TimeError("days: the simulation would end after the year 9999") from None
    return count


def _seed(seed: SupportsIndex) -> int:
    expected = "seed: expected a whole number from 0 to 2^64 - 1"
    try:
        number = operator.index(seed)
    except TypeError:
        raise TypeError(f"{expected}, found {type(seed).__name__}") from None
    if not 0 <= number < 2**64:
        raise ValueError(f"{expected}, found {number}")
    return number


def _minutes(given: Mapping[str, float] | None) -> dict[tuple[str, str], float]:
    """By audience and channel."""
    found = {
        (audience, channel): float(time) for audience in ("customer", "staff") for channel, time in MINUTES.items()
    }
    found |= {("staff", channel): float(time) for channel, time in STAFF_MINUTES.items()}
    if given is not None and not isinstance(given, Mapping):
        raise TypeError(f"minutes: expected a dict such as {{'call': 8}}, found {type(given).__name__}")
    for channel, time in (given or {}).items():
        if not isinstance(channel, str):
            raise TypeError(f"minutes: expected channels as keys, found {type(channel).__name__}")
        if not (is_number(time) and 0 <= time < math.inf):
            raise ValueError(f"minutes: expected a number of minutes for {channel!r}, found {time!r}")
        found |= {("customer", channel): float(time), ("staff", channel): float(time)}
    return found


class Simulation:
    """What a shop's rules said in days that did not happen. Its tables are Reports.

    Made by ``courtesy.simulate``. Printed, and in a notebook, it is a summary for whoever runs the shop.
    """

    def __init__(
        self,
        core: _core.Simulation,
        rules: Rules,
        start: dt.date,
        days: int,
        seed: int,
        minutes: Mapping[tuple[str, str], float],
    ) -> None:
        self._core = core
        self._rules = rules
        self._start = start
        self._days = days
        self._seed = seed
        self._minutes = minutes

    @property
    def rules(self) -> Rules:
        """The rules it was made by."""
        return self._rules

    @property
    def start(self) -> dt.date:
        """The first day."""
        return self._start

    @property
    def days(self) -> int:
        """How many days."""
        return self._days

    @property
    def seed(self) -> int:
        """What the events were drawn with."""
        return self._seed

    @functools.cached_property
    def load(self) -> Report:
        """What went out each day (day of the shop) by audience, team and channel.

        Columns: day, audience, team, channel, contacts, reminders (said by these contacts; more than contacts where
        some were merged), minutes.
        """
        names = ("day", "audience", "team", "channel", "contacts", "reminders")
        columns: dict[str, list[Any]] = _columns(names, self._core.load())
        ways = zip(columns["audience"], columns["channel"], columns["contacts"], strict=True)
        columns["minutes"] = [
            contacts * self._minutes.get((audience, channel), 0.0) for audience, channel, contacts in ways
        ]
        types = {"day": dt.date, "contacts": int, "reminders": int, "minutes": float}
        return Report("What goes out each day", columns, types=types)

    @functools.cached_property
    def customers(self) -> Report:
        """How many customers were reached how often: messages, customers, share (of all customers).

        A message is a contact by any channel but ``desk``, whoever makes it; merged reminders are one.
        """
        counts = collections.Counter(self._messages)
        most = max(counts, default=-1)
        columns: dict[str, list[Any]] = {
            "messages": list(range(most + 1)),
            "customers": [counts[number] for number in range(most + 1)],
            "share": [counts[number] / len(self._messages) for number in range(most + 1)],
        }
        return Report("How often customers hear from the shop", columns, types={"share": float})

    @functools.cached_property
    def quantiles(self) -> Report:
        """Of how many messages at most a share of the customers hears: share, messages."""
        ordered = sorted(self._messages)
        shares = _SHARES if ordered else ()
        columns: dict[str, list[Any]] = {
            "share": list(shares),
            "messages": [ordered[max(0, math.ceil(share * len(ordered)) - 1)] for share in shares],
        }
        return Report("At most so many messages", columns, types={"share": float, "messages": int})

    @functools.cached_property
    def staff(self) -> Report:
        """Hours of work by week and team: week (its Monday), team, contacts, hours. Only what takes minutes counts."""
        found: dict[tuple[dt.date, str], list[float]] = {}
        for row in self.load:
            if not row["minutes"]:
                continue
            monday = row["day"] - dt.timedelta(days=row["day"].weekday())
            sums = found.setdefault((monday, row["team"] or ""), [0, 0.0])
            sums[0] += row["contacts"]
            sums[1] += row["minutes"] / 60
        rows = [(week, team or None, int(sums[0]), sums[1]) for (week, team), sums in sorted(found.items())]
        types = {"week": dt.date, "team": str, "contacts": int, "hours": float}
        return Report("Hours of work each week", _columns(("week", "team", "contacts", "hours"), rows), types=types)

    @functools.cached_property
    def occasions(self) -> Report:
        """What became of each occasion's reminders: occasion, contacts, merged, withheld."""
        columns = _columns(("occasion", "contacts", "merged", "withheld"), self._core.fates())
        return Report("What becomes of each occasion", columns, types={"contacts": int})

    @functools.cached_property
    def withheld(self) -> Report:
        """What did not go out: occasion, reason, reminders; the most frequent first within each occasion."""
        order = {name: number for number, name in enumerate(self._rules.occasions)}
        rows = sorted(self._core.withheld(), key=lambda row: (order[row[0]], -row[2], row[1]))
        columns = _columns(("occasion", "reason", "reminders"), rows)
        return Report("What is withheld, and why", columns, types={"reminders": int})

    @functools.cached_property
    def outcomes(self) -> Report:
        """The events that were simulated, by time: a table that can be planned with, beside the history."""
        return Report._of(self._core.outcomes(), "What happens")

    @functools.cached_property
    def said(self) -> Report:
        """Each reminder that went out, by due: key, customer, asset, occasion, step, due, day, channel, audience, team,
        purpose and contact (another's key where it was merged)."""
        return Report._of(self._core.said(), "What is said")

    @functools.cached_property
    def _messages(self) -> list[int]:
        return self._core.messages()

    def summary(self) -> Report:
        """The simulation in a few figures: what, figure."""
        from courtesy.simulation_words import figures

        rows = figures(self)
        return Report(self._title(), _columns(("what", "figure"), rows))

    def _title(self) -> str:
        from courtesy.simulation_words import title

        return title(self)

    def plot(self) -> Figure:
        """Three pictures as one matplotlib figure: what goes out each day, messages per customer, hours each week.

        Needs matplotlib: ``pip install matplotlib``.
        """
        from courtesy.simulation_plot import figure

        return figure(self)

    def __repr__(self) -> str:
        return repr(self.summary())

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()

    def __reduce__(self) -> Any:
        raise TypeError("a Simulation cannot be pickled; keep its reports as tables, or simulate again with its seed")


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
