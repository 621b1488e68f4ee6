"""Tables of the user's as a customer base."""

from __future__ import annotations

import numbers
import warnings
from typing import Literal

from courtesy import _core
from courtesy.errors import DataWarning
from courtesy.tables import TableInput, to_table

__all__ = ["Unknown", "is_number", "read_base", "warn_of"]

Unknown = Literal["error", "skip"]
"""What becomes of events and assets of unknown customers: an error, or left out and counted."""


def read_base(
    customers: TableInput,
    events: TableInput | None,
    assets: TableInput | None,
    *,
    shop_zone: str,
    zone: str | None,
    unknown: Unknown,
) -> _core.CustomerBase:
    """The customer base of these tables; ``shop_zone`` is that of customers without one."""
    if unknown not in ("error", "skip"):
        raise ValueError(f'unknown: expected "error" or "skip", found {unknown!r}')
    return _core.build_base(
        to_table(customers, "customers"),
        None if events is None else to_table(events, "events"),
        None if assets is None else to_table(assets, "assets"),
        shop_zone,
        zone,
        unknown == "skip",
    )


def warn_of(base: _core.CustomerBase, stacklevel: int) -> None:
    """Warns of what was noticed while reading."""
    for message in base.warnings:
        warnings.warn(message, DataWarning, stacklevel=stacklevel + 1)


def is_number(value: object) -> bool:
    """Whether it is a number that a span, a share or a duration may be; NaN is one."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool)
