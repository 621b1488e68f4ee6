"""Small stories: a few events, an occasion or some, and what is told of each row of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from plain_key import key_of
from planners import Case

Told = list[tuple[str, ...]]
Tell = Callable[..., Told]
THANKS = {"on": "purchase", "after": "1 day", "at": "10:00"}
EVERYTHING = ("occasion", "step", "state", "reason", "due")


def case_of(
    events: list[dict[str, Any]],
    occasion: dict[str, Any] | list[dict[str, Any]],
    policy: dict[str, Any] | None = None,
    customers: list[dict[str, Any]] | None = None,
    start: str = "2026-11-01",
    days: int = 60,
) -> Case:
    customers = [
        {"id": "c", "email": "a@b.org", "phone": "1", "address": "1 Hill", "channels": None, **cells}
        for cells in customers or [{}]
    ]
    events = [{"id": f"e{number}", "customer": "c", **event} for number, event in enumerate(events)]
    occasions = [
        {"name": f"o{number}", **keys}
        for number, keys in enumerate(occasion if isinstance(occasion, list) else [occasion])
    ]
    rules = {"shop": {"zone": "Europe/London"}, "policy": policy or {}, "occasion": occasions}
    begin = dt.date.fromisoformat(start)
    assets = [{"id": "van", "customer": "c", "kind": "van"}, {"id": "car", "customer": "c", "kind": "car"}]
    return Case(customers, assets, events, rules, begin, begin + dt.timedelta(days=days))


def text(value: Any) -> str:
    return f"{value:%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(value)


def key(cycle: str = "e0", asset: str | None = None, occasion: str = "o0", step: str = "1", customer: str = "c") -> str:
    return key_of(customer, asset, occasion, cycle, step)


def on(day: str, kind: str = "purchase", **cells: Any) -> dict[str, Any]:
    return {"kind": kind, "at": day, **cells}
