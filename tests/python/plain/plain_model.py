"""A slow and obvious model of what a shop owes, for rules as TOML reads them and books such as the example garage's.

It goes through all customers, events and steps one by one, with dates and zoneinfo alone. It knows no scan, no table
and no window but the last comparison. docs/decision.md is what it says in Python.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plain_admission import Admission, Reminder
from plain_anchors import Anchors, Candidate
from plain_books import Books
from plain_days import DAY, Calendar, Span, date_of, longest, midnight, months_on, span, wall_of
from plain_gates import Gates
from plain_gestures import Gestures
from plain_hours import Hours, Moment
from plain_key import key_of
from plain_orders import Orders, orders_of
from plain_pairs import Pairs
from plain_value import Values

import courtesy

# How far outside the window a reminder that staff put off, or sent at once, is heard of.
FAR = 400 * DAY


class Row(NamedTuple):
    key: str
    customer: Any
    asset: Any
    occasion: str
    step: str
    state: str
    reason: str
    due: dt.datetime
    channel: str | None
    anchor: dt.date
    event: str | None
    contact: str | None
    priority: int
    gesture: str | None
    cost: float | None
    partner: Any


class Model:
    """What a shop owes by ``rules`` (as TOML reads them) from ``start`` until ``end``: dates, or aware datetimes."""

    def __init__(
        self,
        customers: Path | Iterable[dict[str, Any]],
        events: Path | Iterable[dict[str, Any]] | None,
        assets: Path | Iterable[dict[str, Any]] | None,
        rules: dict[str, Any],
        start: dt.date,
        end: dt.date,
    ) -> None:
        self.rules, policy = rules, rules.get("policy", {})
        shop = ZoneInfo(rules.get("shop", {}).get("zone", "UTC"))
        self.first, self.last = (
            day if isinstance(day, dt.datetime) else midnight(day, shop) for day in (start, end)
        )  # fmt: skip
        self.months = self.whole_months(shop)
        self.books = Books(customers, events, assets, shop)
        self.calendar = Calendar(policy)
        self.hours = Hours(self.books, policy, self.calendar)
        self.anchors = Anchors(self.books, self.hours, end, policy)
        self.values = Values(self.books, policy)
        self.gates = Gates(self.books, policy, self.calendar, self.values)
        self.gestures = Gestures(self.books, rules, self.steps(), self.calendar, self.values)
        self.pairs = Pairs(
            self.anchors, self.gates.conditions, list(self.steps()), self.first_scheduled, self.gates.ended
        )
        self.gates.introductions = self.pairs.refusal
        self.admission = Admission(self.books, policy, self.gates, self.values, self.first)

    def plan(self) -> list[Row]:
        self.pairs.pair_all(self.first, self.last)
        reminders = [reminder for keys in self.steps() for reminder in self.candidates(keys)]
        self.gestures.hear(reminders, self.months)
        waiting = [reminder for reminder in reminders if not reminder.reason]
        self.admission.decide(waiting, self.defer, self.gestures.decide)
        rows = [self.row(reminder) for reminder in reminders if self.first <= reminder.due.instant < self.last]
        return sorted(rows, key=lambda row: (row.due, row.key))

    def steps(self) -> Iterator[dict[str, Any]]:
        """The keys of each step, with those of its occasion that it has not itself."""
        for occasion in self.rules["occasion"]:
            for number, step in enumerate(occasion.get("steps", [occasion]), start=1):
                keys = {"purpose": "care", "audience": "customer", "move": None, **occasion, "step": str(number)}
                own = ("before", "audience", "channels", "at", "team", "against", "gestures", "novelty")
                keys |= {name: step[name] for name in own if name in step}
                if step is not occasion or "on" not in occasion:
                    keys["step_after"] = step.get("after")
                if step is not occasion:
                    keys["step"] = step.get("name", str(number))
                keys["move"] = keys["move"] or ("next business day" if keys["audience"] == "staff" else "none")
                yield keys

    def whole_months(self, shop: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """Gestures are given for months of the shop, however short the window is."""
        tolerances = [self.tolerance(keys) for keys in self.steps() if "gestures" in keys]
        first = wall_of(self.first, shop).date() - (2 * max(tolerances, default=0) + 3) * DAY
        last = wall_of(self.last, shop).date() + 2 * DAY
        return midnight(first.replace(day=1), shop), midnight(months_on(last.replace(day=1), 1), shop)

    # ---- before the gates ----

    def candidates(self, keys: dict[str, Any]) -> Iterator[Reminder]:
        """Each candidate that may concern the window, after gates 1 to 7."""
        for customer in self.books.customers.values():
            zone = self.zone(keys, customer)
            at = self.hours.at(keys, customer)
            for candidate in self.anchors.candidates(keys, customer):
                scheduled = self.scheduled(keys, customer, candidate, zone, at)
                if candidate.breach and "before" not in keys and scheduled.instant < candidate.breach.instant:
                    scheduled = Moment(wall_of(candidate.breach.instant, zone), candidate.breach.instant)
                if not self.months[0] - FAR <= scheduled.instant <= self.months[1] + FAR:
                    continue
                if self.over(keys, customer, candidate):
                    continue
                key = key_of(customer["id"], candidate.asset, keys["name"], candidate.cycle, keys["step"])
                orders = orders_of(self.books, customer, key)
                reach = FAR if orders.moves else (self.tolerance(keys) + 3) * DAY
                first, last = self.months if "gestures" in keys else (self.first, self.last)
                if first - reach <= scheduled.instant <= last + reach:
                    expires = self.expires(keys, scheduled, zone)
                    reminder = Reminder(keys, customer, candidate, key, zone, scheduled, expires)
                    self.begin(reminder, orders)
                    if orders.sent and "gestures" in keys:
                        unsent = reminder.unsent = Reminder(keys, customer, candidate, key, zone, scheduled, expires)
                        self.begin(unsent, orders._replace(sent=False))
                        # What was sent at once was scheduled when it was scheduled.
                        unsent.scheduled = scheduled if unsent.now else unsent.scheduled
                    yield reminder

    def over(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate) -> bool:
        """Whether what is repeated was ended before it was last due: it does not go on for ever."""
        before = candidate.due_before
        return before is not None and any(
            event["day"] < self.books.civil_day(customer, before)
            for event in self.gates.ending(keys, customer, candidate)
        )

    def scheduled(
        self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, zone: ZoneInfo, at: dt.time
    ) -> Moment:
        """The day that the anchor and the step give, at the step's time of day; or an instant where hours count."""
        offset, back = span(keys.get("before") or keys.get("step_after")), "before" in keys
        if "due" in keys:
            staff = keys["audience"] == "staff"
            to_target = keys.get("against", "target" if staff and candidate.target else "due") == "target"
            due = candidate.target if to_target else candidate.due
            if offset.on_the_clock:
                instant = self.hours.later(self.anchors.hours_from(due, customer), offset, back)
                return Moment(wall_of(instant, zone), instant)
            day = self.books.civil_day(customer, due)
            return self.hours.moment(dt.datetime.combine(self.calendar.shifted(day, offset, back), at), zone)
        if not isinstance(candidate.due, dt.datetime):
            day = self.calendar.shifted(candidate.due, offset, back)
            return self.hours.moment(dt.datetime.combine(day, at), zone)
        wall = wall_of(candidate.due, zone)
        if offset == Span():
            return Moment(wall, candidate.due)
        if offset.on_the_clock:
            instant = self.hours.later(candidate.due, offset, back)
            return Moment(wall_of(instant, zone), instant)
        own = at if "at" in keys else wall.time()
        return self.hours.moment(dt.datetime.combine(self.calendar.shifted(wall.date(), offset, back), own), zone)

    def first_scheduled(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate) -> Moment:
        return self.scheduled(keys, customer, candidate, self.zone(keys, customer), self.hours.at(keys, customer))

    def zone(self, keys: dict[str, Any], customer: dict[str, Any]) -> ZoneInfo:
        return self.books.shop if keys["audience"] == "staff" else self.books.zone(customer)

    def expires(self, keys: dict[str, Any], scheduled: Moment, zone: ZoneInfo) -> dt.datetime | None:
        if "expires" not in keys:
            return None
        life = span(keys["expires"])
        day = self.calendar.shifted(scheduled.wall.date(), life)
        return self.hours.moment(dt.datetime.combine(day, scheduled.wall.time()), zone).instant + life.time

    @staticmethod
    def tolerance(keys: dict[str, Any]) -> int:
        return longest(span(keys.get("tolerance", "7 days")))

    def begin(self, reminder: Reminder, orders: Orders) -> None:
        """Hears what staff said of it, then sends it through gates 1 to 7; without a reason it waits for the rest."""
        keys, customer = reminder.keys, reminder.customer
        before = reminder.scheduled
        later = orders.scheduled(before, reminder.zone, self.hours)
        reminder.scheduled = reminder.due = before if orders.now else later
        reminder.now, reminder.chosen = orders.now, orders.channel
        if before.wall.date() < date_of(keys.get("not_before", dt.date.min)) and not orders.now:
            reminder.withhold("not_active", reminder.scheduled)
        elif orders.sent:
            reminder.withhold("sent", reminder.scheduled)
        elif orders.skipped:
            reminder.withhold("skipped", reminder.scheduled)
        elif orders.now:
            reminder.scheduled = reminder.due = later
            reason = self.gates.inactive(customer)
            if not reason:
                reminder.channel, reason = self.gates.channel(
                    keys, customer, reminder.candidate, reminder.due.instant, orders.channel
                )
            if reason:
                reminder.withhold(reason, reminder.due)
        else:
            self.place(reminder, reminder.scheduled)

    # ---- gates 1 to 7 ----

    def place(self, reminder: Reminder, moment: Moment, refusal: str | None = None) -> None:
        """Gates 1 to 7 from a moment on, again and again until they leave it where it is.

        ``refusal`` is what refused it for a day: then it begins with the hours, and closed days move forward.
        """
        keys, customer, purpose = reminder.keys, reminder.customer, reminder.keys["purpose"]
        forward = at_hours = refusal is not None
        refused_at = reminder.due
        while True:
            start, behind = moment, forward
            if not at_hours:
                reason = self.gates.stopped(keys, customer, reminder.candidate, moment.instant)
                if not reason:
                    reminder.channel, reason = self.gates.channel(
                        keys, customer, reminder.candidate, moment.instant, reminder.chosen
                    )
                if reason:
                    return reminder.withhold(reason, moment)
                if self.gates.held(purpose, customer, moment.instant):
                    start = self.released(reminder, moment)
                    behind = True
                    if start is None:
                        return reminder.withhold("on_hold", moment)
            slot = self.hours.allowed(reminder, start, behind)
            if slot is None or self.too_far(reminder, slot):
                return reminder.withhold(refusal or "no_slot", refused_at if refusal else start)
            if reminder.expires and slot.instant > reminder.expires:
                return reminder.withhold(refusal or "expired", refused_at if refusal else slot)
            if not at_hours and slot.instant == moment.instant:
                reminder.due = moment
                return None
            moment, forward, at_hours = slot, True, False

    def too_far(self, reminder: Reminder, moment: Moment) -> bool:
        return abs((moment.wall.date() - reminder.scheduled.wall.date()).days) > self.tolerance(reminder.keys)

    def released(self, reminder: Reminder, held: Moment) -> Moment | None:
        """The first day on which it is not held, at its scheduled time of day; nothing where that is too late."""
        purpose, customer = reminder.keys["purpose"], reminder.customer
        if None in self.gates.releases(purpose, customer, held.instant):
            return None
        day = held.wall.date()
        while True:
            moment = self.hours.moment(dt.datetime.combine(day, reminder.scheduled.wall.time()), reminder.zone)
            day += DAY
            if moment.instant <= held.instant:
                continue
            if self.too_far(reminder, moment) or (reminder.expires and moment.instant > reminder.expires):
                return None
            if not self.gates.held(purpose, customer, moment.instant):
                return moment

    def defer(self, reminder: Reminder, refusal: str) -> None:
        """Asks again on the next day that is another one for the customer too."""
        refused, day = self.admission.day(reminder), reminder.due.wall.date()
        while True:
            day += DAY
            moment = self.hours.moment(dt.datetime.combine(day, reminder.scheduled.wall.time()), reminder.zone)
            if self.books.civil_day(reminder.customer, moment.instant) > refused:
                break
        self.place(reminder, moment, refusal)
        reminder.deferred = True

    def partner(self, reminder: Reminder) -> Any:
        """Whom the customer is introduced to; also where there was no room for it."""
        if reminder.state == "withheld" and reminder.reason not in ("capped", "over_capacity"):
            return None
        return self.pairs.partner(reminder.keys, reminder.customer, reminder.candidate)

    def row(self, reminder: Reminder) -> Row:
        event = reminder.candidate.event
        return Row(
            reminder.key,
            reminder.customer["id"],
            reminder.candidate.asset,
            reminder.keys["name"],
            reminder.keys["step"],
            reminder.state,
            reminder.reason,
            reminder.due.instant,
            reminder.channel,
            reminder.candidate.anchor,
            event["id"] if event else None,
            reminder.contact,
            self.admission.priority(reminder),
            reminder.gesture["name"] if reminder.gesture else None,
            float(reminder.gesture.get("cost", 0)) if reminder.gesture else None,
            self.partner(reminder),
        )


def rows_of(plan: courtesy.Plan) -> list[Row]:
    """The same of a plan of courtesy's."""
    return [
        Row(
            *(row.key, row.customer, row.asset, row.occasion, row.step, row.state, row.reason, row.due),
            None if row.state == "withheld" else row.channel,
            row.anchor,
            row.event,
            row.contact,
            row.priority,
            getattr(row, "gesture", None) or None,
            getattr(row, "cost", None),
            getattr(row, "partner", None) or None,
        )
        for row in plan
    ]
