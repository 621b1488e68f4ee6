"""Reasons: what made a reminder due and what each gate did with it, as data and in plain words."""

from __future__ import annotations

import dataclasses
from typing import Any

from courtesy.reminder import Reminder
from courtesy.words import CODES, Words

__all__ = ["CODES", "Decision", "Reason"]


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """One reason: its stable ``code`` and its ``data``, which docs/reasons.md lists; ``text`` says it in a few words.

    Dates in the data are date objects, times of day time objects, wall times naive datetimes, instants aware ones.
    """

    code: str
    data: dict[str, Any]

    @property
    def text(self) -> str:
        """The reason in a few English words; empty where it has nothing to say."""
        return Words().say(self.code, self.data)

    def __repr__(self) -> str:
        # The data may hold a birthday.
        return f"<Reason {self.code}>"


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class Decision:
    """A reminder with every reason that was found on the way to it; the deciding one is the last."""

    reminder: Reminder
    reasons: tuple[Reason, ...]

    @classmethod
    def _of(cls, decision: dict[str, Any]) -> Decision:
        reasons = (
            Reason(entry["code"], {name: value for name, value in entry.items() if name != "code"})
            for entry in decision["reasons"]
        )
        return cls(Reminder._of(decision["reminder"]), tuple(reasons))

    @property
    def sentence(self) -> str:
        """The decision in one readable English sentence, without the customer's name or other personal data."""
        return Words(self.reminder).sentence([(reason.code, reason.data) for reason in self.reasons])

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return f"<Decision on {self.reminder!r}: {', '.join(reason.code for reason in self.reasons)}>"
