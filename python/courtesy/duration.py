"""Lengths of time: leases, horizons, and how long something is put off."""

from __future__ import annotations

import datetime as dt
import re

from courtesy import _core
from courtesy.errors import RuleError, TimeError
from courtesy.time import MICROSECOND
from courtesy.window import Moment, moment_of, ticks_of

__all__ = ["Duration", "duration", "later"]

Duration = str | dt.timedelta
"""A length of time: "60 s", "15 minutes", "2 hours", "60 days", "PT1H", or a timedelta. A day has 24 hours."""

_SHORT = {"s": "seconds", "sec": "seconds", "min": "minutes", "h": "hours", "d": "days"}
_SHORT_UNIT = re.compile(r"(\d\s*)(s|sec|min|h|d)\b")
_DATE = re.compile(r"\s*\d{4}-")
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND


def duration(length: Duration, name: str) -> int:
    """The length in microseconds. Raises TimeError, with the argument's ``name``, for what is none above zero."""
    if isinstance(length, dt.timedelta):
        ticks = length // MICROSECOND
    elif isinstance(length, str):
        ticks = _parsed(length, name)
    else:
        raise TimeError(
            f'{name}: expected a length of time such as "60 seconds" or a timedelta, found {type(length).__name__}'
        )
    if not 0 < ticks < 2**62:
        raise TimeError(f"{name}: expected a length of time above zero, found {length}")
    return ticks


def later(until: Moment | Duration, name: str, now: int, zone: str) -> int:
    """The instant (µs UTC) that is meant by a moment, or by a length of time from ``now`` on.

    Raises TimeError for one that is not after now.
    """
    is_length = isinstance(until, dt.timedelta) or (isinstance(until, str) and _DATE.match(until) is None)
    if is_length:
        assert not isinstance(until, dt.date)
        return now + duration(until, name)
    assert not isinstance(until, dt.timedelta)
    ticks = ticks_of(moment_of(until, name), name, zone)
    if ticks <= now:
        raise TimeError(f"{name}: expected a time to come, found one that has passed")
    return ticks


def _parsed(text: str, name: str) -> int:
    try:
        months, days, business_days, seconds, open_seconds = _core.span_parts(
            _SHORT_UNIT.sub(lambda found: f"{found[1]} {_SHORT[found[2]]}", text)
        )
    except RuleError:
        raise TimeError(f'{name}: expected a length of time such as "60 seconds", found {text!r}') from None
    if months or business_days or open_seconds:
        raise TimeError(f"{name}: expected days, hours, minutes or seconds, which have a fixed length, found {text!r}")
    return int(days * _DAY + seconds * _SECOND)
