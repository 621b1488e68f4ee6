"""What changes from one plan to another: how much more there is to do, and for whom."""

from __future__ import annotations

import functools
import operator
from typing import SupportsIndex

from courtesy import _core
from courtesy.counted import counted
from courtesy.plan import Plan
from courtesy.reasons import Decision
from courtesy.report import Report

__all__ = ["Comparison", "compare"]

_SHOWN = (
    *("customer", "asset", "occasion", "step", "change", "local_before", "local_after"),
    *("channel_before", "channel_after", "reason_before", "reason_after"),
)


def compare(before: Plan, after: Plan) -> Comparison:
    """What changes from one plan to another, reminder by reminder: before and after a change of rules, say.

    A reminder is the same in both plans where its key is: the same customer and asset, the same occasion and step, made
    due by the same event or day. It *goes out* where its state is planned, or merged into another's contact. What goes
    out in the second plan alone is ``more``, in the first alone ``fewer``; in both it is ``rerouted`` (by another
    channel or to another audience, whether or not at another instant), ``moved`` (at another instant) or the ``same``.
    What goes out in neither is no change.

    Both plans must be of the same window, as both frames of pandas' ``compare`` must have the same labels: what lies
    outside one of two windows was never decided there, and would look as if it came or went. Another window raises
    TimeError. Customers may come and go between the plans; plans without any customer in common, of two shops say,
    raise DataError. Plans made with ``withheld=False`` compare alike, but have no reasons to tell for what they left
    out.

    >>> import courtesy
    >>> def plan(**keys):
    ...     rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "at": "10:00", **keys}])
    ...     events = [{"customer": 17, "kind": "purchase", "at": "2026-12-01"}]
    ...     return courtesy.plan([{"id": 17}], events, rules, start="2026-12-01", days=7)
    >>> comparison = courtesy.compare(plan(after="1 day"), plan(after="2 days"))
    >>> comparison
    1 reminder goes out before and 1 after, 2026-12-01 00:00 to 2026-12-08 00:00 UTC
    occasion   audience  channel  before  after  more  fewer  rerouted in  rerouted out  moved  same
    thank-you  customer  email         1      1     0      0            0             0      1     0
    0 more, 0 fewer, 0 rerouted, 1 moved, 0 the same
    >>> comparison.changes[0]["due_after"]
    datetime.datetime(2026, 12, 3, 10, 0, tzinfo=datetime.timezone.utc)
    """
    for name, plan in (("before", before), ("after", after)):
        if not isinstance(plan, Plan):
            raise TypeError(f"{name}: expected a Plan, found {type(plan).__name__}")
    return Comparison(_core.compare(before._core, after._core), before, after)


class Comparison:
    """What changes from the plan ``before`` to the plan ``after``. Made by ``courtesy.compare``."""

    def __init__(self, core: _core.Comparison, before: Plan, after: Plan) -> None:
        self._core = core
        self._before = before
        self._after = after

    @property
    def before(self) -> Plan:
        """The first plan."""
        return self._before

    @property
    def after(self) -> Plan:
        """The second plan."""
        return self._after

    @functools.cached_property
    def counts(self) -> Report:
        """How many reminders of each occasion go out to whom by which channel, before and after, and what changes.

        Columns occasion, audience, channel, before, after, more, fewer, rerouted_in, rerouted_out, moved and same. A
        rerouted reminder counts as rerouted out where it was and as rerouted in where it is, so that ``before`` is
        fewer + rerouted_out + moved + same, and ``after`` is more + rerouted_in + moved + same.
        """
        return Report._of(self._core.counts(), self._title(), notes=self._notes())

    def _title(self) -> str:
        goes = {name: self._sum(name) for name in ("before", "after")}
        first, last = self._after.window
        return (
            f"{counted(goes['before'], 'reminder')} {'goes' if goes['before'] == 1 else 'go'} out before and "
            f"{goes['after']} after, {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"
        )

    def _notes(self) -> list[str]:
        notes = []
        contacts = {"before": self._before._number("planned"), "after": self._after._number("planned")}
        if contacts != {name: self._sum(name) for name in contacts}:
            notes.append(
                f"Merged, they are {counted(contacts['before'], 'contact')} before and {contacts['after']} after"
            )
        notes.append(
            f"{self.more} more, {self.fewer} fewer, {self.rerouted} rerouted, {self.moved} moved, {self.same} the same"
        )
        return notes

    @functools.cached_property
    def _summary(self) -> Report:
        """The counts for eyes: where anything changes, only the rows that do."""
        columns = {name: self.counts.column(name) for name in self.counts.columns}
        changed = [
            row
            for row, (before, after, same) in enumerate(
                zip(columns["before"], columns["after"], columns["same"], strict=True)
            )
            if before != same or after != same
        ]
        left = len(self.counts) - len(changed)
        if not changed or not left:
            return self.counts
        rows = {name: [cells[row] for row in changed] for name, cells in columns.items()}
        return Report(self._title(), rows, notes=[f"Nothing changes in {counted(left, 'more row')}", *self._notes()])

    @functools.cached_property
    def changes(self) -> Report:
        """One row for each reminder that changes, in the order of the instants at which they go out.

        Columns key, customer, asset, occasion, step, change (more, fewer, moved or rerouted), and each with ``_before``
        and ``_after`` due, local, audience, channel, state and reason; empty where a plan has no such reminder.
        """
        table = self._core.changes()
        return Report._of(table, counted(len(table), "reminder changes", "reminders change"), shown=_SHOWN)

    @functools.cached_property
    def _sums(self) -> dict[str, int]:
        table = self._core.counts()
        return {name: sum(table.cells(name, 0, len(table))) for name in table.columns if table.is_number(name)}

    def _sum(self, column: str) -> int:
        return self._sums[column]

    @property
    def more(self) -> int:
        """How many reminders go out in the second plan alone."""
        return self._sum("more")

    @property
    def fewer(self) -> int:
        """How many go out in the first plan alone."""
        return self._sum("fewer")

    @property
    def rerouted(self) -> int:
        """How many go out in both, by another channel or to another audience."""
        return self._sum("rerouted_in")

    @property
    def moved(self) -> int:
        """How many go out in both the same way at another instant."""
        return self._sum("moved")

    @property
    def same(self) -> int:
        """How many go out in both the same way at the same instant."""
        return self._sum("same")

    def explain(self, change: SupportsIndex) -> tuple[Decision | None, Decision | None]:
        """Why it was so and why it is so now, of a row of ``changes`` by its position.

        None for a plan that has no such reminder: its ``why_not`` says what there is instead.
        """
        position = operator.index(change)
        row = position + len(self.changes) if position < 0 else position
        if not 0 <= row < len(self.changes):
            raise IndexError(f"there are {counted(len(self.changes), 'change')}, and none at {position}")
        old, new = self._core.rows(row)
        return (
            None if old is None else self._before.explain(old),
            None if new is None else self._after.explain(new),
        )

    def __repr__(self) -> str:
        return repr(self._summary)

    def _repr_html_(self) -> str:
        return self._summary._repr_html_()
