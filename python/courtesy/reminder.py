"""A reminder: one planned (or withheld) contact."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from courtesy import _core
from courtesy.time import instant, wall_time

__all__ = ["Reminder"]


def _zone(name: str, due: int) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        # A fixed offset such as "+05:30" is no IANA name.
        return dt.timezone(dt.timedelta(seconds=_core.utc_offsets(name, [due])[0]))


@dataclasses.dataclass(frozen=True, slots=True)
class Reminder:
    """One row of a plan. Instants are aware: ``due`` and ``expires`` in UTC, ``local`` in the reminder's zone.

    A decision of ``Plan.why_not`` that stands for "nothing at all" has neither key nor times.
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

    @classmethod
    def _of(cls, row: dict[str, Any]) -> Reminder:
        due, zone = row["due"], row["zone"]
        if due is not None:
            at = instant(due)
            row["due"] = at
            row["local"] = at.astimezone(_zone(zone, due)) if _same_wall(at, zone, due, row["local"]) else (
                wall_time(row["local"]).replace(tzinfo=dt.timezone(wall_time(row["local"]) - wall_time(due)))
            )
            row["anchor"] = dt.date(1970, 1, 1) + dt.timedelta(days=row["anchor"])
            row["expires"] = None if row["expires"] is None else instant(row["expires"])
        return cls(**row)

    def __repr__(self) -> str:
        when = f"{self.local:%Y-%m-%d %H:%M}" if self.local else "never"
        return (
            f"<Reminder {self.occasion}/{self.step} for {self.customer!r}: {when} {self.zone} "
            f"by {self.channel}, {self.state} ({self.reason})>"
        )


def _same_wall(at: dt.datetime, zone: str, due: int, local: int) -> bool:
    """Whether Python's zone data, which may be another version, shows the same wall time as ours."""
    return at.astimezone(_zone(zone, due)).replace(tzinfo=None) == wall_time(local)
