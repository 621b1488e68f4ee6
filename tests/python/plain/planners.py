"""The two that answer a case: the core, and the model."""

from __future__ import annotations

import dataclasses
import datetime as dt
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

from plain_model import Model, Row, rows_of

import courtesy

Table = list[dict[str, Any]]


@dataclasses.dataclass
class Case:
    """All that a plan is made from."""

    customers: Table
    assets: Table
    events: Table
    rules: dict[str, Any]
    start: dt.date
    end: dt.date

    def but(self, **other: Any) -> Case:
        return dataclasses.replace(self, **other)

    def with_events(self, more: Table) -> Case:
        return self.but(events=self.events + more)


def plan_of(case: Case, threads: int = 1, *, withheld: bool = True) -> courtesy.Plan:
    """The core's plan."""
    with warnings.catch_warnings():
        # Rules and cells without effect are drawn too.
        warnings.simplefilter("ignore", courtesy.RuleWarning)
        warnings.simplefilter("ignore", courtesy.DataWarning)
        rules = courtesy.Rules(case.rules["occasion"], case.rules.get("policy"), case.rules.get("shop"))
        return courtesy.plan(
            case.customers,
            case.events or None,
            rules,
            case.assets or None,
            start=case.start,
            until=case.end,
            withheld=withheld,
            threads=threads,
        )


def by_core(case: Case) -> list[Row]:
    return rows_of(plan_of(case))


def by_model(case: Case) -> list[Row]:
    return Model(case.customers, case.events, case.assets, case.rules, case.start, case.end).plan()


def contacts_by_core(case: Case) -> Table:
    return [{"id": f"sent {event['ref']}", **event} for event in plan_of(case).contacts()]


def contacts_by_model(case: Case) -> Table:
    """The events that say that what is planned has gone out."""
    return [
        {
            "id": f"sent {row.key}",
            "customer": row.customer,
            "kind": "contact",
            "at": row.due,
            "asset": row.asset,
            "ref": row.key,
            "channel": row.channel,
            "note": keys_of(case, row).get("purpose", "care"),
            "by": keys_of(case, row).get("team") if keys_of(case, row).get("audience") == "staff" else None,
            "topic": row.partner or row.gesture,
            "value": row.cost,
        }
        for row in by_model(case)
        if row.state != "withheld"
    ]


def keys_of(case: Case, row: Row) -> dict[str, Any]:
    """What the rules say of a row's step."""
    occasion = next(occasion for occasion in case.rules["occasion"] if occasion["name"] == row.occasion)
    steps = {step.get("name", str(number)): step for number, step in enumerate(occasion.get("steps", []), start=1)}
    return occasion | steps.get(row.step, {})


class Planner(NamedTuple):
    rows: Callable[[Case], list[Row]]
    contacts: Callable[[Case], Table]


PLANNERS = {"core": Planner(by_core, contacts_by_core), "model": Planner(by_model, contacts_by_model)}
