"""The store: one file that keeps what is owed true over time."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex

from courtesy import _core
from courtesy.claim import Claim
from courtesy.counted import counted
from courtesy.duration import Duration, duration, later
from courtesy.errors import MissingError, StoreError, TimeError
from courtesy.inputs import customer_id, warn_of
from courtesy.plan import Plan
from courtesy.reasons import Decision
from courtesy.refreshed import Refreshed
from courtesy.report import Report
from courtesy.rules import Rules
from courtesy.store_health import doctor, stats
from courtesy.store_tables import AssetsTable, CustomersTable, EventsTable, StoreTable
from courtesy.time import instant, microseconds
from courtesy.tombstones import tombstone
from courtesy.window import Days, Moment, moment_of, ticks_of, window

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

__all__ = ["Store"]

_DAY = 86_400_000_000


class Store:
    """A shop's journal (customers, assets, events), its rules in force, and its outbox: what is owed until it is done.

    Made by ``courtesy.open``. It is a context manager that closes the file; once it is closed, or the process has
    forked, every method raises StoreError. All methods that write do so whole or not at all. Where a method takes
    ``now`` it is an aware datetime (or its ISO 8601 text), by default what the store's clock says; a naive datetime
    raises TimeError. docs/store.md tells in full what a store does.
    """

    def __init__(self) -> None:
        raise TypeError("a store is opened with courtesy.open(path, rules)")

    @classmethod
    def _of(cls, core: _core.Store, path: str, rules: Rules, clock: Callable[[], dt.datetime], who: str) -> Self:
        store = cls.__new__(cls)
        store._handle = core
        store._path = path
        store._rules = rules
        store._clock = clock
        store._who = who
        return store

    _handle: _core.Store | None
    _path: str
    _rules: Rules
    _clock: Callable[[], dt.datetime]
    _who: str

    # --- the handle

    def close(self) -> None:
        """Closes the file; closing it again does nothing."""
        core, self._handle = self._handle, None
        if core is not None:
            core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _open(self) -> _core.Store:
        core = self._handle
        if core is None:
            raise StoreError(f"the store is closed; open it again: courtesy.open({self._path!r})")
        return core

    def _now(self, now: Moment | None) -> int:
        """Microseconds UTC of what was given, or of what the clock says."""
        if now is not None:
            return ticks_of(moment_of(now, "now"), "now", self._zone)
        try:
            return microseconds(self._clock())
        except TimeError as error:
            raise TimeError(f"clock: {error}") from None

    @property
    def _zone(self) -> str:
        return self._rules.shop["zone"]

    @property
    def path(self) -> str:
        """The file."""
        return self._path

    @property
    def rules(self) -> Rules:
        """The rules of this handle."""
        return self._rules

    # --- tables

    @property
    def customers(self) -> CustomersTable:
        """The customers: ``upsert(table)`` adds and changes them, ``get(id)`` gives a row."""
        return CustomersTable(self, "customers")

    @property
    def assets(self) -> AssetsTable:
        """What customers own: ``upsert(table)`` adds and changes them."""
        return AssetsTable(self, "assets")

    @property
    def events(self) -> EventsTable:
        """What happened: ``append(table)`` adds to it."""
        return EventsTable(self, "events")

    @property
    def outbox(self) -> StoreTable:
        """What is owed and what became of it, one row for each reminder."""
        return StoreTable(self, "outbox")

    @property
    def audit(self) -> StoreTable:
        """Every change of a reminder's state: when, who, why."""
        return StoreTable(self, "audit")

    # --- what is owed

    def refresh(
        self,
        now: Moment | None = None,
        horizon: Duration = "60 days",
        progress: Callable[[str], object] | None = None,
        *,
        everybody: bool = False,
    ) -> Refreshed:
        """Plans what has changed or has come near, and brings the outbox up to date.

        What falls due before ``now + horizon`` is added, moved to its new time, or withdrawn with the reason; what went
        out is never touched. Customers are looked at who changed since they were last looked at, or whose time has
        come, and with ``everybody=True`` all. New rules make nothing due that lies before the refresh with which they
        come into force. ``progress("reading" | "planning" | "storing")`` is told what goes on.

        Raises RuleError, DataError and TimeError; warns as ``courtesy.plan`` does.
        """
        made = self._refreshed(now, horizon, progress, everybody)
        warn_of(made.warnings, stacklevel=2)
        return made

    def _refreshed(
        self,
        now: Moment | None = None,
        horizon: Duration = "60 days",
        progress: Callable[[str], object] | None = None,
        everybody: bool = False,
    ) -> Refreshed:
        """Refreshes, and leaves it to the caller to warn."""
        made = self._open.refresh(self._now(now), duration(horizon, "horizon"), bool(everybody), progress)
        return Refreshed(made.looked_at, made.added, made.moved, made.withdrawn, made.expired, tuple(made.warnings))

    def preview(self, now: Moment | None = None, horizon: Duration = "60 days") -> Report:
        """What a refresh would do, without doing it: one row for each reminder that it would change.

        The columns are change (``new``, ``moved``, ``withdrawn`` or ``expired``), customer, occasion, step, due, was
        (the due before a move), channel, why and key.
        """
        made, table = self._open.preview(self._now(now), duration(horizon, "horizon"))
        warn_of(made.warnings, stacklevel=2)
        title = f"A refresh would change {counted(len(table), 'reminder')}"
        return Report._of(table, f"{title}, having looked at {counted(made.looked_at, 'customer')}")

    def claim(
        self,
        limit: SupportsIndex = 1,
        lease: Duration = "60 s",
        channels: str | Iterable[str] | None = None,
        now: Moment | None = None,
    ) -> Claim:
        """Takes up to ``limit`` reminders that are due, those due first, to be sent now and by nobody else.

        They are held for as long as ``lease`` says, and are to be answered within it; docs/store.md tells what becomes
        of those that are not. Whether each may still go out is asked again at this instant where something can have
        changed. ``channels`` names those that the caller sends by (one, or several); None is all.

        Raises StoreError where the store was restored from a backup and has not been reconciled.
        """
        at = self._now(now)
        return Claim(self, self._open.claim(at, _limit(limit), duration(lease, "lease"), _channels(channels)))

    def due(
        self,
        now: Moment | None = None,
        channels: str | Iterable[str] | None = None,
        limit: SupportsIndex | None = None,
    ) -> Report:
        """What could be claimed now, those due first; it is not asked again whether each may still go out."""
        at = self._now(now)
        table = self._open.due(at, 0 if limit is None else _limit(limit), _channels(channels))
        title = f"{counted(len(table), 'reminder')} due at {instant(at):%Y-%m-%d %H:%M}Z"
        notes = ["the store was restored from a backup and sends nothing until it is reconciled"] if self.held else []
        return Report._of(table, title, notes=notes)

    def _next_wake(self, channels: Sequence[str] = ()) -> dt.datetime | None:
        """When the next reminder of these channels (of all) can be claimed; None where there is none."""
        ticks = self._open.next_wake(list(channels))
        return None if ticks is None else instant(ticks)

    def snooze(self, key: str, until: Moment | Duration, by: str | None = None, why: str = "") -> None:
        """Staff put a reminder off: until a moment (an aware datetime, a date in the shop's zone) or for some time.

        Raises MissingError for an unknown ``key``, StoreError where it is out already, TimeError for a time that has
        passed.
        """
        now = self._now(None)
        self._open.snooze(key, later(until, "until", now, self._zone), by or self._who, why, now)

    def skip(self, key: str, by: str | None = None, why: str = "") -> None:
        """Staff say no to a reminder.

        Raises MissingError for an unknown ``key``, StoreError where it is out already.
        """
        self._open.skip(key, by or self._who, why, self._now(None))

    # --- why

    def plan(self, start: Moment | None = None, days: Days = 60) -> Plan:
        """A plan of the store's own tables, as ``courtesy.plan`` makes it, with what went out; it changes nothing."""
        begin = instant(self._now(None)) if start is None else start
        return self._planned(*window(self._zone, begin, days, None), None)

    def _planned(self, first: int, last: int, customer: int | str | None) -> Plan:
        return Plan(self._open.plan(first, last, customer), self._rules)

    def explain(self, key: str) -> Decision:
        """Why the reminder of that key is in the outbox: what made it due, and every gate that it passed.

        Raises MissingError for a key that the outbox does not have, and where nothing makes it due any more.
        """
        row = self._open.find(key)
        if row is None:
            raise MissingError(f"the outbox has no reminder {key}")
        due = row["due"]
        # It stands where it is due, or, where it has moved since, not far from there.
        for before, after in ((_DAY, _DAY), (62 * _DAY, 62 * _DAY)):
            plan = self._planned(due - before, due + after, row["customer"])
            for position, reminder in enumerate(plan):
                if reminder.key == key.lower():
                    return plan.explain(position)
        raise MissingError(f"nothing makes the reminder {key} due any more; history() tells what became of it")

    def why_not(self, customer: int | str | uuid.UUID, occasion: str, days: Days = 60) -> list[Decision]:
        """What is decided on a customer and an occasion in the coming days; where that is nothing, why.

        Raises MissingError for a customer or an occasion that does not exist.
        """
        who = customer_id(customer)
        first, last = window(self._zone, instant(self._now(None)), days, None)
        return self._planned(first, last, who).why_not(who, occasion)

    def history(self, customer: int | str | uuid.UUID) -> Report:
        """What happened to a customer, and what became of each reminder, in the order of time.

        The columns are at, what (an event's kind, or ``reminder``), occasion, step, state, channel, who, why and key.
        Raises MissingError where there is no such customer.
        """
        who = customer_id(customer)
        return Report._of(self._open.history(who), f"History of {who!r}")

    # --- looking after the file

    def erase(self, customer: int | str | uuid.UUID) -> None:
        """Takes a customer out of every table and out of the file's free space, for good.

        A keyed hash of the id stays: rows of this customer are left out of later imports. Backups made before still
        hold the customer. Raises MissingError where there is no such customer.
        """
        core, who = self._open, customer_id(customer)
        core.erase(who, tombstone(core.tombstone_key(), who))

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Writes a copy of the store, as it is at this moment, while others go on; it is there whole or not at all.

        Raises StoreError where it cannot be written.
        """
        self._open.backup(os.fsdecode(os.fspath(path)))

    @property
    def held(self) -> bool:
        """Whether it was restored from a backup and claims nothing until ``reconcile``."""
        return self._open.held()

    def reconcile(self, sent: Iterable[str] = (), rest: Literal["unknown", "send"] = "unknown") -> int:
        """Says what went out after the backup was made that this store was restored from, and lets it claim again.

        ``sent`` are the keys of reminders that went out, as the providers know them. What else has come due is
        ``"unknown"`` and is not sent, or with ``rest="send"`` is sent. Gives how many reminders it brought into
        another state.

        A key that the store does not have raises MissingError: import what has happened since the backup and refresh
        first, so that it is known. Raises StoreError where the store is not held.
        """
        if rest not in ("unknown", "send"):
            raise ValueError(f'rest: expected "unknown" or "send", found {rest!r}')
        if isinstance(sent, str):
            raise TypeError("sent: expected a list of keys, found a text")
        return self._open.reconcile(list(sent), rest == "unknown", self._now(None))

    def doctor(self) -> Report:
        """What a look at the file and its outbox shows: check, verdict (``ok``, ``note`` or ``fault``) and detail."""
        return doctor(self)

    def stats(self) -> Report:
        """How many rows the tables have, and how many reminders are in each state."""
        return stats(self)

    def __repr__(self) -> str:
        return f"<Store {self._path!r}{'' if self._handle is not None else ', closed'}>"

    def __reduce__(self) -> Any:
        raise TypeError("a store cannot be pickled; open its file in the other process: courtesy.open(path)")


def _limit(limit: SupportsIndex) -> int:
    number = limit.__index__()
    if number < 1:
        raise ValueError(f"limit: expected 1 or more, found {number}")
    return number


def _channels(channels: str | Iterable[str] | None) -> list[str]:
    if channels is None:
        return []
    names = [channels] if isinstance(channels, str) else list(channels)
    if not names:
        raise ValueError("channels: expected at least one, or None for all, found an empty list")
    return names
