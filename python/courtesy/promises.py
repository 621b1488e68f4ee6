"""How a shop keeps its promises, and what span to promise next."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from courtesy import _core
from courtesy.counted import counted
from courtesy.errors import TimeError
from courtesy.inputs import Unknown, is_number, read_base, warn_of
from courtesy.report import Report
from courtesy.tables import TableInput
from courtesy.time import microseconds
from courtesy.window import Moment, day_number, moment_of

__all__ = ["promises"]

Per = Literal["topic", "by", "channel", "customer"]
_PER: tuple[Per, ...] = ("topic", "by", "channel", "customer")


def promises(
    customers: TableInput,
    events: TableInput,
    *,
    per: Per | None = "topic",
    target: float | None = None,
    chance: float = 0.95,
    until: Moment | None = None,
    zone: str | None = None,
    unknown: Unknown = "error",
) -> Report:
    """How promises were kept, all together and for each kind of them, and what to promise next time.

    A promise is an event ``promise`` with a ``due``. What is ``renegotiated`` in its place belongs to it: such a case
    counts once, from its first event until it is ``kept`` or ``broken``, or to where the books end. Promises are
    grouped ``per`` "topic", "by" (who made them), "channel" or "customer" of their first event; None groups nothing.

    Of each group: ``made`` is the sum of ``kept`` (by the due that was agreed last), ``late`` (kept after it),
    ``broken`` and ``open``; of the open ones ``overdue`` are past their due. ``beaten`` ones were kept on an earlier
    day than promised, or with ``target=0.6`` by that share of the promised span. ``kept_first`` and ``beaten_first``
    judge by the due that was promised first. ``renegotiated`` were agreed anew at least once. ``took_50`` and
    ``took_90`` are the days from the first promise within which that many of a hundred kept ones were kept, ``late_50``
    and ``late_90`` the days that late ones came too late.

    ``quote`` is the span in days to promise, so that it will be kept with the probability ``chance`` if the next
    promise is like those before: the product-limit estimate of Kaplan and Meier (1958,
    https://doi.org/10.1080/01621459.1958.10501452) over the days from the first promise until it was kept. Open ones
    count for as long as they are open, broken ones as never kept. One observation more, at infinity, stands for the
    next promise: where all were kept, the quote is the ceil((n + 1) × chance)-th shortest of n spans, and is kept that
    often whatever their distribution. It is rounded up to whole days where any promise is due on a date. It is empty
    where the history is too short, and ``missing`` says how many more kept promises it takes.

    Civil days are those of the customer's zone; customers without one live by UTC. The books end with the last event,
    or before ``until`` (a date of the customer's, or an aware datetime); what happened from then on counts for nothing.
    Tables, ``zone`` and ``unknown`` are as ``courtesy.plan`` takes them.

    >>> import courtesy
    >>> events = [
    ...     {"id": "p1", "customer": 1, "kind": "promise", "at": "2026-11-02", "due": "2026-11-06", "topic": "ready"},
    ...     {"id": "k1", "customer": 1, "kind": "kept", "at": "2026-11-05", "ref": "p1"},
    ...     {"id": "p2", "customer": 1, "kind": "promise", "at": "2026-11-09", "due": "2026-11-11", "topic": "ready"},
    ...     {"id": "k2", "customer": 1, "kind": "kept", "at": "2026-11-13", "ref": "p2"},
    ... ]
    >>> report = courtesy.promises([{"id": 1}], events, chance=0.6)
    >>> ready = report[1]
    >>> [ready[name] for name in ("topic", "made", "kept", "beaten", "late", "quote", "missing")]
    ['ready', 2, 1, 1, 1, 4.0, 0]
    """
    if per is not None and per not in _PER:
        raise ValueError(f"per: expected one of {', '.join(map(repr, _PER))} or None, found {per!r}")
    if target is not None and not (is_number(target) and 0 < target <= 1):
        raise ValueError(f"target: expected a share above 0 and up to 1, or None, found {target!r}")
    if not (is_number(chance) and 0 < chance < 1):
        raise ValueError(f"chance: expected a number above 0 and below 1, found {chance!r}")
    before_day, before = _end(until)
    base = read_base(customers, events, None, shop_zone="UTC", zone=zone, unknown=unknown)
    warn_of(base.warnings, stacklevel=2)
    table = _core.promises(base, per, target, chance, before_day, before)
    made = table.cells("made", 0, 1)[0]
    notes = [f"A quote, in days, is kept with a probability of {100 * chance:.12g} %."]
    if any(table.cells("missing", 0, len(table))):
        notes.append("Where there is none, so many kept promises as are missing would give one.")
    return Report._of(table, counted(made, "promise"), notes=notes)


def _end(until: Moment | None) -> tuple[int | None, int | None]:
    """The civil day or the instant before which the books end."""
    if until is None:
        return None, None
    moment = moment_of(until, "until")
    if not isinstance(moment, dt.datetime):
        return day_number(moment, "until"), None
    try:
        return None, microseconds(moment)
    except TimeError as error:
        raise TimeError(f"until: {error}") from None
