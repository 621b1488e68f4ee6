"""Opening a store's file, and putting a backup in its place."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Literal

from courtesy import _core
from courtesy.errors import StoreError
from courtesy.inputs import rules_of, threads_of
from courtesy.rules import Rules
from courtesy.store import Store

__all__ = ["open", "restore"]


def open(  # noqa: A001 - as files are opened
    path: str | os.PathLike[str],
    rules: Rules | str | os.PathLike[str] | None = None,
    *,
    clock: Callable[[], dt.datetime] | None = None,
    synchronous: Literal["normal", "full"] = "normal",
    threads: int | None = None,
    who: str | None = None,
    create: bool = True,
) -> Store:
    """Opens a store, the file that keeps what is owed true over time, and creates it where there is none.

    ``rules`` are Rules or the path of a rule file; they come into force with the next refresh. None takes those in
    force in the file. ``clock`` gives the time (an aware datetime) where a method is not told ``now``; the default is
    the system's. ``who`` is what the audit calls the user of this handle. With ``synchronous="full"`` each commit has
    reached the disk before it returns, so that a power failure loses none of the last ones; ``"normal"`` may lose them,
    and leaves the file whole. ``threads`` is how many threads plan (default: one for each core). With ``create=False``
    a file that is not there is an error.

    Any number of processes and threads may use one file at a time. A handle may be used by several threads, and not
    after a fork: open the file anew in the child.

    Raises StoreError for a file that is no store, was made by a newer version, or cannot be written, and RuleError.

    >>> import courtesy, datetime as dt, tempfile
    >>> rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day", "at": "10:00"}])
    >>> now = dt.datetime(2026, 12, 1, 9, tzinfo=dt.timezone.utc)
    >>> folder = tempfile.TemporaryDirectory()
    >>> store = courtesy.open(folder.name + "/shop.db", rules, clock=lambda: now)
    >>> _ = store.customers.upsert([{"id": 17}])
    >>> _ = store.events.append([{"customer": 17, "kind": "purchase", "at": "2026-12-01"}])
    >>> store.refresh().added
    1
    >>> now += dt.timedelta(days=1, hours=1)
    >>> for reminder in store.claim(limit=10):
    ...     reminder
    ...     reminder.done()
    <ClaimedReminder thank-you/1 for 17: 2026-12-02 10:00 UTC by email>
    >>> store.stats().column("what"), store.close(), folder.cleanup()
    (['customers', 'assets', 'events', 'outbox', 'audit', 'sent'], None, None)
    """
    if synchronous not in ("normal", "full"):
        raise ValueError(f'synchronous: expected "normal" or "full", found {synchronous!r}')
    if clock is not None and not callable(clock):
        raise TypeError(f"clock: expected a function that gives the time, found {type(clock).__name__}")
    file = os.fsdecode(os.fspath(path))
    if not create and not os.path.lexists(file):
        raise StoreError(f"{file}: there is no such file; create=True makes a store")
    rules = _rules_in(file) if rules is None else rules_of(rules, stacklevel=2)
    name = "courtesy" if who is None else str(who)
    core = _core.Store(
        file,
        rules._core,
        *rules._source,
        synchronous == "full",
        bool(create),
        threads_of(threads),
        name,
    )
    return Store._of(core, file, rules, clock or _system_clock, name)


def restore(backup: str | os.PathLike[str], path: str | os.PathLike[str]) -> None:
    """Puts a backup in the place of a store's file, whole or not at all.

    There must be no file at ``path``: move away what is there. The backup is checked first. What went out after it was
    made is not in it: so the restored store claims nothing until ``Store.reconcile`` has said what did.

    Raises StoreError for a backup that is no store or is damaged, and where the file is there or cannot be written.
    """
    _core.restore_store(os.fsdecode(os.fspath(backup)), os.fsdecode(os.fspath(path)))


def _system_clock() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)


def _rules_in(file: str) -> Rules:
    source = _core.Store.rules_in(file)
    if source is None:
        raise StoreError(f"{file} has no rules yet; give them: courtesy.open(path, rules)")
    return Rules._from_source(*source)
