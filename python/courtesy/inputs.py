"""What the functions take from the user: tables, rules, threads."""

from __future__ import annotations

import numbers
import operator
import os
import uuid
import warnings
from collections.abc import Iterable
from typing import Literal

from courtesy import _core
from courtesy.errors import DataWarning, MissingError, RuleWarning
from courtesy.rules import Rules
from courtesy.tables import TableInput, to_table

__all__ = ["Unknown", "check_unknown", "customer_id", "is_number", "read_base", "rules_of", "threads_of", "warn_of"]

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
    check_unknown(unknown)
    return _core.build_base(
        to_table(customers, "customers"),
        None if events is None else to_table(events, "events"),
        None if assets is None else to_table(assets, "assets"),
        shop_zone,
        zone,
        unknown == "skip",
    )


def check_unknown(unknown: str) -> None:
    """Raises ValueError for what ``unknown`` cannot be."""
    if unknown not in ("error", "skip"):
        raise ValueError(f'unknown: expected "error" or "skip", found {unknown!r}')


def rules_of(rules: Rules | str | os.PathLike[str], stacklevel: int) -> Rules:
    """The rules, or those of the file at the path."""
    if isinstance(rules, Rules):
        return rules
    if not isinstance(rules, (str, os.PathLike)):
        raise TypeError(f"rules: expected Rules or the path of a rule file, found {type(rules).__name__}")
    return Rules._load(rules, stacklevel=stacklevel + 2)


def customer_id(customer: int | str | uuid.UUID) -> int | str:
    """The id as the core takes it. Raises MissingError for a number that no id can be."""
    if isinstance(customer, (str, uuid.UUID)):
        return str(customer)
    try:
        number = operator.index(customer)
    except TypeError:
        raise TypeError(
            f"customer: expected an id (a whole number or a text), found {type(customer).__name__}"
        ) from None
    if not -(2**63) <= number < 2**63:
        raise MissingError(f"there is no customer {number}")
    return number


def threads_of(number: int | None) -> int:
    """How many threads that is; None is one for each core."""
    if number is None:
        # The cores that this process may use, where the system tells.
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    count = operator.index(number)
    if count < 1:
        raise ValueError(f"threads: expected 1 or more, found {count}")
    # More would only wait for one another.
    return min(count, 1024)


def warn_of(messages: Iterable[str], stacklevel: int) -> None:
    """Warns of what was noticed while reading and planning."""
    for message in messages:
        of_rules = message.startswith(("occasion", "policy"))
        warnings.warn(message, RuleWarning if of_rules else DataWarning, stacklevel=stacklevel + 1)


def is_number(value: object) -> bool:
    """Whether it is a number that a span, a share or a duration may be; NaN is one."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool)
