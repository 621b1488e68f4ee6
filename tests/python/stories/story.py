"""A small worked story: one occasion, one customer or a few, what happened, and the reason that it shows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import warnings
from typing import Any

import courtesy

UTC = dt.timezone.utc
KEY = "the key of the first reminder"
"""In the ``ref`` of an event: that of the first reminder of the plan without such events."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(kind: str, at: str, **cells: Any) -> dict[str, Any]:
    """An event of Ada's."""
    return {"customer": "ada", "kind": kind, "at": at, **cells}


@dataclasses.dataclass
class Story:
    """What is planned, and what is said of it: the data of the code, all of them, and the whole sentence."""

    code: str
    occasion: dict[str, Any]
    events: list[dict[str, Any]]
    data: dict[str, Any]
    sentence: str
    policy: dict[str, Any] = dataclasses.field(default_factory=dict)
    ada: dict[str, Any] = dataclasses.field(default_factory=dict)
    others: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    more: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    """Occasions beside the first one."""
    start: str = "2026-12-01"
    days: int = 31

    def rules(self) -> courtesy.Rules:
        first = {"name": "thank-you", **self.occasion}
        return courtesy.Rules([first, *self.more], {"holds": [], **self.policy}, {"zone": "Europe/London"})

    def planned_from(self, events: list[dict[str, Any]]) -> courtesy.Plan:
        numbered = [{"id": f"e{number}", **event} for number, event in enumerate(events, start=1)]
        customers = [{"id": "ada", **self.ada}, *self.others]
        with warnings.catch_warnings():
            # Stories of what is missing are warned of.
            warnings.simplefilter("ignore", courtesy.RuleWarning)
            return courtesy.plan(customers, numbered or None, self.rules(), start=self.start, days=self.days)

    def plan(self) -> courtesy.Plan:
        before = [event for event in self.events if event.get("ref") != KEY]
        first = self.planned_from(before)
        if len(before) == len(self.events):
            return first
        key = first.filter(customer="ada")[0].key
        return self.planned_from([{**e, "ref": key} if e.get("ref") == KEY else e for e in self.events])

    def decisions(self) -> list[courtesy.Decision]:
        """All on Ada."""
        plan = self.plan()
        rows = [plan.explain(row) for row in plan if row.customer == "ada"]
        return rows + [one for name in plan.rules.occasions for one in plan.why_not("ada", name)]
