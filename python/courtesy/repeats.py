"""Reasons that come several times in a row, gathered so that a sentence says them once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["gathered"]

Data = dict[str, Any]

# They are alike but for this: the days that are full, the occasions that a contact says as well.
_REPEATING = {"cap": "day", "capacity": "day", "joined_by": "occasion"}
# What moved it to a day that was full too is not worth telling.
_MOVES = ("hold", "business_day", "dst_gap", "dst_overlap", "opening_hours", "quiet_hours", "spread")


def gathered(reasons: Sequence[tuple[str, Data]]) -> list[tuple[str, Data]]:
    """The reasons; of those that repeat the first one, whose data have ``all`` the days or occasions."""
    found: list[tuple[str, Data]] = []
    for code, data in reasons:
        if code not in _REPEATING:
            found.append((code, data))
            continue
        last = next((number for number in reversed(range(len(found))) if found[number][0] not in _MOVES), None)
        if last is not None and found[last][0] == code and _alike(code, data) == _alike(*found[last]):
            del found[last + 1 :]
            found[last][1]["all"].append(data[_REPEATING[code]])
        else:
            found.append((code, {**data, "all": [data[_REPEATING[code]]]}))
    return found


def _alike(code: str, data: Data) -> Data:
    return {name: value for name, value in data.items() if name not in (_REPEATING[code], "key", "step", "all")}
