"""How a store is: what its file, its rules and its outbox look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courtesy.counted import counted
from courtesy.report import Report
from courtesy.time import tzdata_version

if TYPE_CHECKING:
    from courtesy.store import Store

__all__ = ["doctor", "stats"]

_TABLES = ("customers", "assets", "events", "outbox", "audit")
# States in which a reminder waits for a person, and what that person is to do.
_TO_LOOK_AT = {
    "unknown": "may have gone out or not: ask the provider",
    "parked": "crashed its sender three times: look at the sender",
    "given_up": "failed for good: look at the reason in the audit",
}


def stats(store: Store) -> Report:
    """The report of ``Store.stats``."""
    counts = store._open.counts()
    rows = [(name, counts[name]) for name in _TABLES]
    rows += [(state, number) for state, number in counts.items() if state not in _TABLES and number]
    return Report("What is in the store", {"what": [row[0] for row in rows], "number": [row[1] for row in rows]})


def doctor(store: Store) -> Report:
    """The report of ``Store.doctor``."""
    core = store._open
    rows = [("file", "fault", problem) for problem in core.check()] or [("file", "ok", "it is whole")]
    if core.held():
        rows.append(("restored", "note", "it was restored from a backup and sends nothing until it is reconciled"))
    counts = core.counts()
    rows += [
        (state, "note", f"{counted(counts[state], 'reminder')} {what}")
        for state, what in _TO_LOOK_AT.items()
        if counts.get(state)
    ]
    rows.append(("zones", "ok", f"the system's zone data are {tzdata_version()}"))
    if not any(verdict == "fault" for _, verdict, _ in rows):
        rows.append(_next_refresh(store))
    columns = dict(zip(("check", "verdict", "detail"), map(list, zip(*rows, strict=True)), strict=True))
    return Report("How the store is", columns)


def _next_refresh(store: Store) -> tuple[str, str, str]:
    """What new rules, new zone data and new facts would change."""
    changes = store.preview().column("change")
    verbs = {"new": "add", "moved": "move", "withdrawn": "withdraw", "expired": "let expire"}
    said = [f"{verb} {changes.count(change)}" for change, verb in verbs.items() if change in changes]
    detail = "a refresh would change nothing" if not said else f"a refresh would {', '.join(said)}"
    return ("refresh", "note" if said else "ok", detail)
