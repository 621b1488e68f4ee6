"""What a worker tells of what it does."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

__all__ = ["WorkerEvent"]


@dataclasses.dataclass(frozen=True, slots=True)
class WorkerEvent:
    """One thing that a worker did; it holds ids and keys and nothing else of a customer.

    ``what`` is one of "started" and "stopped" (the worker), "loaded" (a channel's sender, in the process ``pid``) and
    "unloadable", "refreshed" (``counts`` says what changed), "warned" (once of the same), "sent", "failed", "snoozed",
    "skipped", "crashed", "released" (``counts["reminders"]`` of them were given back unsent) and "lost" (the answer
    came too late, or the customer was erased meanwhile).
    """

    at: dt.datetime
    what: str
    channel: str | None = None
    key: str | None = None
    customer: int | str | None = None
    occasion: str | None = None
    step: str | None = None
    why: str | None = None
    pid: int | None = None
    counts: dict[str, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """What there is of it, the instant as an ISO 8601 text, for a line of JSON."""
        values: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value is not None and value != "":
                values[field.name] = value.isoformat() if isinstance(value, dt.datetime) else value
        return values

    def __str__(self) -> str:
        about = f"{self.occasion}/{self.step}" if self.step else self.occasion
        words = [f"{self.at:%Y-%m-%dT%H:%M:%SZ}", self.what, self.channel, self.key, self.customer, about]
        if self.counts:
            words.append(", ".join(f"{name.replace('_', ' ')} {number}" for name, number in self.counts.items()))
        line = " ".join(str(word) for word in words if word is not None)
        return f"{line}: {self.why}" if self.why else line
