"""Numbers with their nouns."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, noun: str, many: str = "") -> str:
    """Such as "1 cell" and "2 cells"; ``many`` is the plural where that is not the noun with an s."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"
