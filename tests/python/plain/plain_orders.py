"""Events that stand for one reminder: it went out, staff said no, later, now, or by which channel."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plain_books import Books
from plain_days import wall_of
from plain_hours import Hours, Moment


class Orders(NamedTuple):
    sent: bool
    last: dict[str, Any] | None  # of skip, snooze and send_now
    channel: str | None

    @property
    def skipped(self) -> bool:
        return self.last is not None and self.last["kind"] == "skip"

    @property
    def now(self) -> bool:
        return self.last is not None and self.last["kind"] == "send_now"

    @property
    def put_off(self) -> dt.date | dt.datetime | None:
        """Until when, where staff put it off."""
        return self.last["due"] if self.last is not None and self.last["kind"] == "snooze" else None

    @property
    def moves(self) -> bool:
        return self.now or self.put_off is not None

    def scheduled(self, before: Moment, zone: ZoneInfo, hours: Hours) -> Moment:
        """Where they put what was scheduled before; a date is that day at its own time of day."""
        until = self.put_off
        if self.now:
            until = self.last["instant"] if self.last["carries"] else self.last["day"]
        if until is None:
            return before
        if isinstance(until, dt.datetime):
            moment = Moment(wall_of(until, zone), until)
        else:
            moment = hours.moment(dt.datetime.combine(until, before.wall.time()), zone)
        return moment if self.now or moment.instant > before.instant else before


def orders_of(books: Books, customer: dict[str, Any], key: str) -> Orders:
    naming = [event for event in books.events[customer["id"]] if event["ref"] == key]
    last = [event for event in naming if event["kind"] in ("skip", "snooze", "send_now")]
    chosen = [event["channel"] for event in naming if event["kind"] == "use_channel" and event["channel"]]
    return Orders(
        sent=any(event["kind"] == "contact" for event in naming),
        last=last[-1] if last else None,
        channel=chosen[-1] if chosen else None,
    )
