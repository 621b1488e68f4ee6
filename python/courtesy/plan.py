"""Plans: which courtesies are owed in a window, and why."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, overload

from courtesy import _core
from courtesy.errors import DataWarning, MissingError, RuleWarning
from courtesy.reasons import Decision
from courtesy.reminder import Reminder
from courtesy.rules import Rules
from courtesy.tables import TableInput, to_table
from courtesy.time import instant
from courtesy.window import Moment, window

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Plan", "plan"]


def plan(
    customers: TableInput,
    events: TableInput | None = None,
    rules: Rules | str | os.PathLike[str] | None = None,
    assets: TableInput | None = None,
    *,
    start: Moment,
    days: int | dt.timedelta | None = None,
    until: Moment | None = None,
    zone: str | None = None,
    unknown: Literal["error", "skip"] = "error",
    withheld: bool = True,
    threads: int = 1,
) -> Plan:
    """Works out which courtesies fall due in a window, for whom, by which channel and why.

    ``customers``, ``events`` and ``assets`` are data frames or Arrow tables (anything with ``__arrow_c_stream__``),
    lists of dicts, dicts of lists, or paths of CSV files; their columns are described in docs/tables.md.
    ``rules`` are Rules, or the path of a rule file.

    The window is half-open: it begins at ``start`` (a date: midnight in the shop's zone; or an aware datetime) and
    lasts ``days`` days (or a timedelta), or ends ``until``. Timestamps without a zone are an error unless ``zone``
    gives theirs (an IANA name, or "customer" for each customer's own). Events of unknown customers are an error, or
    left out and counted with ``unknown="skip"``. ``withheld=False`` leaves out what a gate stopped. The same input
    gives the same plan on any number of ``threads``.

    Raises DataError naming table, row and column; RuleError; TimeError for a naive datetime or an empty window;
    ZoneError. Warns with DataWarning and RuleWarning.

    >>> rules = Rules([{"name": "thanks", "on": "purchase", "after": "1 day", "at": "10:00"}])
    >>> made = plan([{"id": 1}], [{"customer": 1, "kind": "purchase", "at": dt.date(2026, 12, 1)}], rules,
    ...             start="2026-12-01", days=7)
    >>> made[0].due
    datetime.datetime(2026, 12, 2, 10, 0, tzinfo=datetime.timezone.utc)
    """
    if rules is None:
        raise TypeError("plan() needs rules: Rules, or the path of a rule file")
    if unknown not in ("error", "skip"):
        raise ValueError(f'unknown: expected "error" or "skip", found {unknown!r}')
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise ValueError(f"threads: expected a whole number, 1 or more, found {threads!r}")
    if not isinstance(rules, Rules):
        rules = Rules.load(rules)
    shop_zone = rules.shop["zone"]
    first, last = window(shop_zone, start, days, until)
    base = _core.build_base(
        to_table(customers, "customers"),
        None if events is None else to_table(events, "events"),
        None if assets is None else to_table(assets, "assets"),
        shop_zone,
        zone,
        unknown == "skip",
    )
    made = _core.plan(base, rules._core, first, last, withheld, threads)
    for message in base.warnings:
        warnings.warn(message, DataWarning, stacklevel=2)
    for message in made.warnings:
        category = RuleWarning if message.startswith("occasion ") else DataWarning
        warnings.warn(message, category, stacklevel=2)
    return Plan(made, rules)


class Plan:
    """The reminders of a window, planned and withheld, ordered by due and then key.

    A sequence of Reminder; a slice is a Plan. Its table has the columns key, customer, asset, occasion, step, state,
    due (UTC), local (wall time), zone, channel, audience, purpose, priority, anchor, expires (UTC), reason, event and
    message.
    """

    def __init__(self, core: _core.Plan, rules: Rules) -> None:
        self._core = core
        self.rules = rules

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, index: int) -> Reminder: ...
    @overload
    def __getitem__(self, index: slice) -> Plan: ...
    def __getitem__(self, index: int | slice) -> Reminder | Plan:
        if isinstance(index, slice):
            return self._take(list(range(*index.indices(len(self)))))
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(f"the plan has {len(self)} reminders, there is none at {index}")
        return Reminder._of(self._core.row(position))

    def __iter__(self) -> Iterator[Reminder]:
        for row in range(len(self)):
            yield Reminder._of(self._core.row(row))

    def _take(self, rows: list[int]) -> Plan:
        return Plan(self._core.take(rows), self.rules)

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime]:
        """Start and end, aware, in UTC."""
        first, last = self._core.window
        return instant(first), instant(last)

    @property
    def planned(self) -> Plan:
        """The reminders that go out."""
        return self.filter(state="planned")

    @property
    def withheld(self) -> Plan:
        """The reminders that a gate stopped."""
        return self.filter(state="withheld")

    def filter(
        self,
        *,
        customer: int | str | None = None,
        occasion: str | None = None,
        day: dt.date | str | None = None,
        state: Literal["planned", "withheld"] | None = None,
    ) -> Plan:
        """The part of the plan that is of a customer, an occasion, a local day, a state; all that are given.

        Raises MissingError for a customer or an occasion that does not exist.
        """
        if occasion is not None:
            self.rules.describe(occasion)
        number = None
        if day is not None:
            date = dt.date.fromisoformat(day) if isinstance(day, str) else day
            number = (dt.date(date.year, date.month, date.day) - dt.date(1970, 1, 1)).days
        return self._take(self._core.select(customer, occasion, number, number, state))

    def explain(self, reminder: Reminder | int) -> Decision:
        """Why this reminder, why then and why this way: every reason in order, and a sentence.

        Takes a Reminder of this plan, or its position. Raises MissingError for one of another plan.
        """
        return Decision._of(self._core.explain(reminder if isinstance(reminder, int) else self._position(reminder)))

    def _position(self, reminder: Reminder) -> int:
        for row in self._core.select(reminder.customer, reminder.occasion, None, None, None):
            if self._core.row(row)["key"] == reminder.key:
                return row
        raise MissingError(f"the reminder {reminder.key} is not of this plan")

    def why_not(self, customer: int | str, occasion: str) -> list[Decision]:
        """What was decided on this customer and occasion in the window, and where nothing was, why there is nothing.

        Raises MissingError for a customer or an occasion that does not exist, with the nearest names.
        """
        return [Decision._of(decision) for decision in self._core.why_not(customer, occasion)]

    def counts(self) -> list[tuple[str, str, str, str | None, dt.date, int]]:
        """(occasion, state, reason, channel, local day, number) for each group of reminders."""
        epoch = dt.date(1970, 1, 1)
        return [
            (occasion, state, reason, channel, epoch + dt.timedelta(days=day), number)
            for occasion, state, reason, channel, day, number in self._core.counts()
        ]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The plan's table as an Arrow C stream (https://arrow.apache.org/docs/format/CDataInterface.html)."""
        return self._core.stream()

    def to_arrow(self) -> pyarrow.Table:
        """The plan as a pyarrow Table. Needs pyarrow."""
        try:
            import pyarrow
        except ImportError:
            raise ImportError("to_arrow() needs pyarrow: pip install 'courtesy[pyarrow]'") from None
        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The plan as a pandas DataFrame. Needs pandas and pyarrow."""
        try:
            import pandas  # noqa: F401
        except ImportError:
            raise ImportError("to_pandas() needs pandas: pip install 'courtesy[pandas,pyarrow]'") from None
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The plan as a polars DataFrame. Needs polars."""
        try:
            import polars
        except ImportError:
            raise ImportError("to_polars() needs polars: pip install 'courtesy[polars]'") from None
        return polars.DataFrame(self)

    def __repr__(self) -> str:
        held = len(self._core.select(None, None, None, None, "withheld"))
        first, last = self.window
        return f"<Plan {first:%Y-%m-%d %H:%M}Z to {last:%Y-%m-%d %H:%M}Z: {len(self) - held} planned, {held} withheld>"

    def _repr_html_(self) -> str:
        from courtesy.html import plan_html

        return plan_html(self)

    def __reduce__(self) -> Any:
        raise TypeError("a Plan cannot be pickled; keep its table (to_arrow(), to_pandas()) instead")
