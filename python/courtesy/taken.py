"""What became of the rows that a store was given."""

from __future__ import annotations

import dataclasses

__all__ = ["Taken"]


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """How many rows were ``added``, ``changed``, and ``unchanged`` because the store had them already.

    ``left_out`` are those of unknown customers, where that is allowed, and ``erased`` those of customers who were
    erased and do not come back.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    erased: int = 0
