"""Reasons that come several times in a row, gathered so that a sentence says them once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["gathered"]

Data = dict[str, Any]

# They are alike but for this: the days that are full, the occasions that a contact says as well.
_REPEATING = {"cap": "day", "capacity": "day", "joined_by": "occasion"}


def gathered(reasons: Sequence[tuple[str, Data]]) -> Iterator[tuple[str, Data]]:
    """The reasons; of those that repeat the first one, whose data have ``all`` the days or occasions."""
    last: tuple[str, Data] | None = None
    for code, data in reasons:
        if last and code == last[0] and code in _REPEATING and _alike(code, data) == _alike(*last):
            last[1]["all"].append(data[_REPEATING[code]])
            continue
        if last:
            yield last
        last = (code, {**data, "all": [data[_REPEATING[code]]]} if code in _REPEATING else data)
    if last:
        yield last


def _alike(code: str, data: Data) -> Data:
    return {name: value for name, value in data.items() if name not in (_REPEATING[code], "key", "step", "all")}
