"""What tables of a plan for people's eyes have in common: their order and their totals."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

from courtesy.reminder import Reminder

if TYPE_CHECKING:
    from courtesy.plan import Plan

__all__ = ["together", "totals"]


def together(plan: Plan) -> list[tuple[int, Reminder, bool]]:
    """Each reminder with its position, and what is merged right after the reminder whose contact says it.

    True stands for what is so placed; a merged one whose contact is not of this part of the plan stays where it is.
    """
    said: dict[str, list[tuple[int, Reminder, bool]]] = collections.defaultdict(list)
    rows = list(enumerate(plan))
    keys = {row.key for _, row in rows if row.state == "planned"}
    own = []
    for position, row in rows:
        if row.state == "merged" and row.contact in keys:
            said[row.contact].append((position, row, True))
        else:
            own.append((position, row, False))
    return [each for first in own for each in (first, *said.get(first[1].key, ()))]


def totals(plan: Plan) -> str:
    """How many are in which state: "12 planned, 3 withheld", and how many merged where there are any."""
    numbers = {state: plan._number(state) for state in ("planned", "withheld", "merged")}
    return ", ".join(f"{number} {state}" for state, number in numbers.items() if number or state != "merged")
