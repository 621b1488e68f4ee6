"""Plans: which courtesies are owed in a window, and why."""

from __future__ import annotations

import datetime as dt
import operator
import os
import uuid
from collections.abc import Iterator
from typing import Any, Literal, SupportsIndex, overload

from courtesy import _core
from courtesy.arrow_table import ArrowTable
from courtesy.counted import counted
from courtesy.errors import MissingError
from courtesy.inputs import Unknown, customer_id, read_base, rules_of, threads_of, warn_of
from courtesy.reasons import Decision
from courtesy.reminder import Reminder
from courtesy.rules import Rules
from courtesy.tables import TableInput
from courtesy.time import EPOCH, instant
from courtesy.window import Days, Moment, day_number, window

__all__ = ["Plan", "plan"]

State = Literal["planned", "withheld", "merged"]
_STATES: tuple[State, ...] = ("planned", "withheld", "merged")


def plan(
    customers: TableInput,
    events: TableInput | None = None,
    rules: Rules | str | os.PathLike[str] | None = None,
    assets: TableInput | None = None,
    *,
    start: Moment,
    days: Days | None = None,
    until: Moment | None = None,
    zone: str | None = None,
    unknown: Unknown = "error",
    withheld: bool = True,
    threads: int | None = None,
) -> Plan:
    """Works out which courtesies fall due in a window: for whom, when, by which channel and why.

    ``customers``, ``events`` and ``assets`` are data frames or Arrow tables (anything with ``__arrow_c_stream__``),
    iterables of dicts, dicts of lists, or paths of CSV files; docs/tables.md describes their columns. ``rules`` are
    Rules, or the path of a rule file.

    The window begins at ``start`` (a date: midnight in the shop's zone; an aware datetime; or the ISO 8601 text of
    either) and lasts ``days`` days (or a timedelta), or ends before ``until``. It holds what falls due in it after
    all moves. ``zone`` is the zone of timestamps that carry none (an IANA name, or "customer" for that of each
    customer); without it they are an error. Events and assets of unknown customers are an error, or left out and
    counted with ``unknown="skip"``. ``withheld=False`` leaves out what a gate stopped. The same input gives the same
    plan on any number of ``threads`` (default: one for each core).

    Raises DataError that names table, row and column, RuleError, ZoneError, and TimeError for a naive datetime or an
    empty window. Warns with DataWarning and RuleWarning.

    >>> import courtesy
    >>> rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day", "at": "10:00"}])
    >>> customers = [{"id": 17, "zone": "Europe/Lisbon"}]
    >>> events = [{"customer": 17, "kind": "purchase", "at": "2026-12-01"}]
    >>> plan = courtesy.plan(customers, events, rules, start="2026-12-01", days=7)
    >>> plan[0]
    <Reminder thank-you/1 for 17: 2026-12-02 10:00 Europe/Lisbon by email, planned (due)>
    >>> plan[0].due
    datetime.datetime(2026, 12, 2, 10, 0, tzinfo=datetime.timezone.utc)
    """
    if rules is None:
        raise TypeError("plan() needs rules: Rules, or the path of a rule file")
    rules = rules_of(rules, stacklevel=2)
    shop_zone = rules.shop["zone"]
    first, last = window(shop_zone, start, days, until)
    base = read_base(customers, events, assets, shop_zone=shop_zone, zone=zone, unknown=unknown)
    made = _core.plan(base, rules._core, first, last, bool(withheld), threads_of(threads))
    warn_of([*base.warnings, *made.warnings], stacklevel=2)
    return Plan(made, rules)


class Plan(ArrowTable):
    """The reminders of a window, planned and withheld, ordered by due and then by key.

    A sequence of Reminder; a slice of it is a Plan. As a table (``to_pandas``, ``to_polars``, ``to_arrow``,
    ``__arrow_c_stream__``) it has the columns key, customer, asset, occasion, step, state, due (a UTC timestamp), local
    (a timestamp without a zone: what the clock shows), zone, channel, audience, purpose, priority, anchor (a date),
    expires (a UTC timestamp), reason, event, message, contact (the key of the reminder whose contact says it), team,
    gesture, cost (a number) and partner.

    Made by ``courtesy.plan``.
    """

    def __init__(self, core: _core.Plan, rules: Rules) -> None:
        self._core = core
        self._rules = rules

    @property
    def rules(self) -> Rules:
        """The rules it was made by."""
        return self._rules

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime]:
        """Start and end, aware, in UTC; the end is not part of it."""
        first, last = self._core.window
        return instant(first), instant(last)

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Reminder: ...
    @overload
    def __getitem__(self, index: slice) -> Plan: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Reminder | Plan:
        if isinstance(index, slice):
            return self._take(list(range(*index.indices(len(self)))))
        return Reminder._of(self._core.row(self._row(index)))

    def __iter__(self) -> Iterator[Reminder]:
        for row in range(len(self)):
            yield Reminder._of(self._core.row(row))

    def _row(self, index: SupportsIndex) -> int:
        position = operator.index(index)
        row = position + len(self) if position < 0 else position
        if not 0 <= row < len(self):
            count = counted(len(self), "reminder")
            raise IndexError(f"the plan has {count}, and none at {position}")
        return row

    def _take(self, rows: list[int]) -> Plan:
        return Plan(self._core.take(rows), self._rules)

    @property
    def planned(self) -> Plan:
        """The reminders that go out."""
        return self.filter(state="planned")

    @property
    def withheld(self) -> Plan:
        """The reminders that a gate stopped."""
        return self.filter(state="withheld")

    @property
    def merged(self) -> Plan:
        """The reminders that another's contact says; their ``contact`` is its key."""
        return self.filter(state="merged")

    def contacts(self) -> list[dict[str, Any]]:
        """What went out once the plan was carried out: ``contact`` events, one for each reminder planned or merged.

        Rows for the table of events, with customer, kind, at (an aware datetime in UTC), asset, ref (the reminder's
        key), channel, by (its team), note (its purpose), topic (its gesture, or whom it introduced) and value (what
        the gesture cost). A later plan of events that hold them plans none of these reminders again, its caps,
        capacities and budgets count them, and nobody gets the same gesture twice in a row, or is introduced to the
        same customer twice.

        >>> import courtesy
        >>> rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
        >>> events = [{"customer": 17, "kind": "purchase", "at": "2026-12-01"}]
        >>> plan = courtesy.plan([{"id": 17}], events, rules, start="2026-12-01", days=7)
        >>> plan.contacts()[0]["channel"]
        'email'
        >>> again = courtesy.plan([{"id": 17}], events + plan.contacts(), rules, start="2026-12-01", days=7)
        >>> again[0].reason
        'sent'
        """
        return [
            {
                "customer": reminder.customer,
                "kind": "contact",
                "at": reminder.due,
                "asset": reminder.asset,
                "ref": reminder.key,
                "channel": reminder.channel,
                "by": reminder.team,
                "note": reminder.purpose,
                "topic": reminder.gesture or reminder.partner,
                "value": reminder.cost,
            }
            for reminder in self
            if reminder.state != "withheld"
        ]

    def _number(self, state: State) -> int:
        return len(self._core.select(state=state))

    def filter(
        self,
        *,
        customer: int | str | uuid.UUID | None = None,
        occasion: str | None = None,
        day: dt.date | str | None = None,
        state: State | None = None,
    ) -> Plan:
        """The part of the plan that is of a customer, an occasion, a local day (a date or its ISO text), a state.

        Raises MissingError for a customer or an occasion that does not exist, TimeError for a text that is no date.
        """
        if state is not None and state not in _STATES:
            raise ValueError(f'state: expected "planned", "withheld" or "merged", found {state!r}')
        if occasion is not None:
            self._rules.describe(occasion)
        number = None if day is None else day_number(day, "day")
        who = None if customer is None else customer_id(customer)
        return self._take(self._core.select(who, occasion, number, number, state))

    def explain(self, reminder: Reminder | SupportsIndex) -> Decision:
        """Why this reminder, why then and why this way: every reason in order, and a sentence.

        Takes a Reminder of this plan, or its position. Raises MissingError for a reminder of another plan.
        """
        if isinstance(reminder, Reminder):
            return Decision._of(self._core.explain(self._find(reminder)))
        try:
            row = self._row(reminder)
        except TypeError:
            raise TypeError(
                f"expected a Reminder of this plan or its position, found {type(reminder).__name__}"
            ) from None
        return Decision._of(self._core.explain(row))

    def _find(self, reminder: Reminder) -> int:
        for row in self._core.select(reminder.customer, reminder.occasion):
            if self._core.row(row)["key"] == reminder.key:
                return row
        about = f"the reminder {reminder.key}" if reminder.key else "a decision without a reminder"
        raise MissingError(f"{about} is not of this plan")

    def why_not(self, customer: int | str | uuid.UUID, occasion: str) -> list[Decision]:
        """What was decided on a customer and an occasion in this window; where that is nothing, why.

        Raises MissingError for a customer or an occasion that does not exist.
        """
        return [Decision._of(decision) for decision in self._core.why_not(customer_id(customer), occasion)]

    def counts(self) -> list[tuple[str, str, str, str | None, dt.date, int]]:
        """(occasion, state, reason, channel, local day, how many) for each group of reminders."""
        return [
            (occasion, state, reason, channel, EPOCH.date() + dt.timedelta(days=day), number)
            for occasion, state, reason, channel, day, number in self._core.counts()
        ]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The plan's table as an Arrow C stream in a capsule, in its own schema whatever schema is asked for.

        See https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html.
        """
        return self._core.stream()

    def __repr__(self) -> str:
        first, last = self.window
        numbers = {state: self._number(state) for state in _STATES}
        counts = ", ".join(f"{n} {state}" for state, n in numbers.items() if n or state != "merged")
        return f"<Plan {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC: {counts}>"

    def _repr_html_(self) -> str:
        from courtesy.html import plan_html

        return plan_html(self)

    def __reduce__(self) -> Any:
        raise TypeError("a Plan cannot be pickled; keep its table (to_arrow(), to_pandas(), to_polars()) instead")
