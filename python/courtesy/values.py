"""What customers are worth to a shop over some years."""

from __future__ import annotations

import math

from courtesy import _core
from courtesy.counted import counted
from courtesy.english import number
from courtesy.inputs import Unknown, is_number, read_base, warn_of
from courtesy.report import Report
from courtesy.tables import TableInput

__all__ = ["values"]


def values(
    customers: TableInput,
    events: TableInput | None = None,
    *,
    years: float = 3,
    zone: str | None = None,
    unknown: Unknown = "error",
) -> Report:
    """What each customer is worth over ``years`` years, the highest value first.

    Of all purchases that are known: ``purchases`` is how many there were, ``typical`` the median of their values,
    ``per_year`` how many a year has (from the first to the last, which count as a year at least), ``own`` the product
    of these and of ``years``. ``referred`` is half of the own part of every customer whom this one referred (events
    ``referral`` with the other's id in ``ref``; each once). ``value`` is both together: the lifetime value that decides
    in a plan who goes first where not all can be served, with ``years`` as the policy's ``value_years``.

    Tables, ``zone`` and ``unknown`` are as ``courtesy.plan`` takes them; customers without a zone live by UTC.

    >>> import courtesy
    >>> events = [
    ...     {"customer": "ada", "kind": "purchase", "at": "2024-03-01", "value": 100, "ref": None},
    ...     {"customer": "ada", "kind": "purchase", "at": "2024-09-01", "value": 140, "ref": None},
    ...     {"customer": "bob", "kind": "referral", "at": "2024-10-01", "value": None, "ref": "ada"},
    ... ]
    >>> courtesy.values([{"id": "ada"}, {"id": "bob"}], events, years=2)
    Value over 2 years: 2 customers
    customer  purchases  typical  per year  own  referred  value
    ada               2      120         2  480         0    480
    bob               0        0         0    0       240    240
    """
    if not (is_number(years) and 0 < years < math.inf):
        raise ValueError(f"years: expected a number above 0, found {years!r}")
    base = read_base(customers, events, None, shop_zone="UTC", zone=zone, unknown=unknown)
    warn_of(base.warnings, stacklevel=2)
    table = _core.values(base, years)
    span = "1 year" if years == 1 else f"{number(years)} years"
    return Report._of(table, f"Value over {span}: {counted(len(table), 'customer')}")
