"""What a refresh of a store did."""

from __future__ import annotations

import dataclasses

__all__ = ["Refreshed"]


@dataclasses.dataclass(frozen=True, slots=True)
class Refreshed:
    """How many customers were ``looked_at``, and how many reminders were added, moved, withdrawn, or let expire.

    ``warnings`` are what was noticed on the way, which is warned of as well.
    """

    looked_at: int = 0
    added: int = 0
    moved: int = 0
    withdrawn: int = 0
    expired: int = 0
    warnings: tuple[str, ...] = ()
