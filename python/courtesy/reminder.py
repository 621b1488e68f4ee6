"""A reminder: one planned (or withheld) contact."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from courtesy.time import EPOCH, instant, wall_time
from courtesy.zones import local_time

__all__ = ["Reminder"]


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class Reminder:
    """One row of a plan.

    ``due`` and ``expires`` are aware datetimes in UTC, ``local`` is ``due`` in the reminder's ``zone``, ``anchor`` the
    civil date that made it due. ``state`` is ``planned``, ``withheld``, or ``merged`` where another reminder's contact
    says it: ``contact`` is the key of that one, and a planned reminder's own. ``asset``, ``channel``, ``expires``,
    ``event``, ``message``, ``contact``, ``team``, ``gesture``, ``cost`` and ``partner`` are None where there is none. A
    decision of ``Plan.why_not`` that stands for "nothing at all" has neither key nor step nor times.
    """

    key: str
    customer: int | str
    asset: int | str | None
    occasion: str
    step: str | None
    state: str
    due: dt.datetime | None
    local: dt.datetime | None
    zone: str | None
    channel: str | None
    audience: str | None
    purpose: str
    priority: int
    anchor: dt.date | None
    expires: dt.datetime | None
    reason: str
    event: str | None
    message: str | None
    contact: str | None
    team: str | None
    gesture: str | None
    cost: float | None
    partner: str | None

    @classmethod
    def _of(cls, row: dict[str, Any]) -> Reminder:
        due = row["due"]
        if due is not None:
            wall = wall_time(row["local"])
            row["due"] = instant(due)
            row["local"] = local_time(row["due"], wall, row["zone"])
            row["anchor"] = EPOCH.date() + dt.timedelta(days=row["anchor"])
            row["expires"] = None if row["expires"] is None else instant(row["expires"])
        return cls(**row)

    def __repr__(self) -> str:
        about = f"{self.occasion}/{self.step}" if self.step else self.occasion
        when = f"{self.local:%Y-%m-%d %H:%M} {self.zone}" if self.local else "no day"
        by = f" by {self.channel}" if self.channel else ""
        return f"<Reminder {about} for {self.customer!r}: {when}{by}, {self.state} ({self.reason})>"
