"""Gates 8 to 10, which are among reminders: caps, merging and capacity, one civil day after the other."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from plain_anchors import Candidate
from plain_books import Books
from plain_days import DAY, longest, months_on, span, texts, wall_of
from plain_gates import Gates
from plain_hours import Moment
from plain_value import Values


@dataclasses.dataclass
class Reminder:
    """One on its way through the gates."""

    keys: dict[str, Any]
    customer: dict[str, Any]
    candidate: Candidate
    key: str
    zone: ZoneInfo
    scheduled: Moment
    expires: dt.datetime | None
    now: bool = False
    deferred: bool = False
    chosen: str | None = None  # the channel that staff chose
    state: str = "withheld"
    reason: str = ""
    due: Moment | None = None
    channel: str | None = None
    contact: str | None = None
    gesture: dict[str, Any] | None = None
    unsent: Reminder | None = None  # what it would be had it not been sent

    def withhold(self, reason: str, at: Moment) -> None:
        self.state, self.reason, self.due, self.channel = "withheld", reason, at, None


@dataclasses.dataclass
class Contact:
    """What reached, or will reach, a customer: of one reminder or several."""

    customer: dict[str, Any]
    day: dt.date  # the customer's
    shop_day: dt.date
    channel: str | None
    team: str | None
    purposes: set[str] | None  # None: any
    lead: Reminder | None = None  # nothing for what went out before


class Admission:
    def __init__(self, books: Books, policy: dict[str, Any], gates: Gates, values: Values, first: dt.datetime) -> None:
        self.books, self.policy, self.gates, self.values, self.first = books, policy, gates, values, first
        # By each of the customer's cells that a cap may ask for, and by the shop's day.
        self.contacts: dict[tuple[str, Any], list[Contact]] = collections.defaultdict(list)
        said: dict[tuple[Any, ...], Contact] = {}
        for event in (event for events in books.events.values() for event in events if event["kind"] == "contact"):
            contact = self.went_out(event)
            # Each part of a merged contact has its event, and together they are the one contact that went out.
            if self.merges(event["channel"]) and event["note"] != "recovery":
                parts = said.setdefault(
                    tuple(event[name] for name in ("customer", "instant", "channel", "by")), contact
                )
                if parts is not contact:
                    any_purpose = parts.purposes is None or contact.purposes is None
                    parts.purposes = None if any_purpose else parts.purposes | contact.purposes
                    continue
            self.record(contact)

    def record(self, contact: Contact) -> None:
        for column in ("id", "household", "address"):
            self.contacts[column, contact.customer[column]].append(contact)
        self.contacts["shop day", contact.shop_day].append(contact)

    def went_out(self, event: dict[str, Any]) -> Contact:
        shop_day = wall_of(event["instant"], self.books.shop).date() if event["carries"] else event["day"]
        purposes = {event["note"]} if event["note"] else None
        customer = self.books.customers[event["customer"]]
        return Contact(customer, event["day"], shop_day, event["channel"], event["by"], purposes)

    def merges(self, channel: str | None) -> bool:
        merge = self.policy.get("merge", False)
        return merge is True or (merge is not False and channel in texts(merge))

    def decide(self, waiting: list[Reminder], deferred: Any, give: Any) -> None:
        """Plans or withholds each; ``deferred`` places one on a later day, or withholds it.

        ``give`` decides on the gestures of the months that are near, before the days of these are looked at.
        """
        by_day: dict[dt.date, list[Reminder]] = {}
        for reminder in waiting:
            by_day.setdefault(self.day(reminder), []).append(reminder)
        while by_day:
            today = min(by_day)
            give(today)
            for reminder in sorted(by_day.pop(today), key=self.turn):
                refusal = None if reminder.reason else self.admitted(reminder)
                if refusal:
                    deferred(reminder, refusal)
                    if not reminder.reason:
                        by_day.setdefault(self.day(reminder), []).append(reminder)

    def day(self, reminder: Reminder) -> dt.date:
        return self.books.civil_day(reminder.customer, reminder.due.instant)

    def turn(self, reminder: Reminder) -> tuple[Any, ...]:
        value = self.values.lifetime(reminder.customer)
        return (not reminder.now, -self.priority(reminder), -value, reminder.due.instant, reminder.key)

    def priority(self, reminder: Reminder) -> int:
        """The rule's, and what the customer's goodwill adds to it."""
        points = self.values.points(reminder.customer, reminder.due.instant)
        return int(reminder.keys.get("priority", 0)) + points

    def admitted(self, reminder: Reminder) -> str | None:
        """Plans it, alone or within another's contact; or says why it cannot be that day."""
        if not reminder.now:
            caps = [cap for cap in self.policy.get("caps", []) if not self.leaves_room(cap, reminder)]
            lead = self.joinable(reminder, caps)
            if lead:
                self.join(reminder, lead)
                return None
            if caps:
                return "capped"
            if not all(self.can_be_made(capacity, reminder) for capacity in self.policy.get("capacity", [])):
                return "over_capacity"
        reminder.state = "planned"
        reminder.contact = reminder.key
        if reminder.now:
            reminder.reason = "send_now"
        elif reminder.deferred:
            reminder.reason = "deferred"
        else:
            reminder.reason = "due" if reminder.due.instant == reminder.scheduled.instant else "moved"
        if reminder.due.instant >= self.first:
            self.record(self.made(reminder))
        return None

    def made(self, reminder: Reminder) -> Contact:
        return Contact(
            reminder.customer,
            self.day(reminder),
            wall_of(reminder.due.instant, self.books.shop).date(),
            reminder.channel,
            reminder.keys.get("team") if reminder.keys["audience"] == "staff" else None,
            {reminder.keys["purpose"]},
            reminder,
        )

    # ---- 8: caps ----

    def leaves_room(self, cap: dict[str, Any], reminder: Reminder) -> bool:
        if reminder.keys["purpose"] not in cap["purposes"] or reminder.channel == "desk":
            return True
        scope = cap.get("scope", "customer")
        home = scope if scope != "customer" and reminder.customer[scope] else "id"
        days = [contact.day for contact in self.contacts[home, reminder.customer[home]] if self.counts(cap, contact)]
        today, per = self.day(reminder), span(cap["per"])
        for back in range(longest(per) + 1):
            begin = today - back * DAY
            end = months_on(begin, per.months) + per.days * DAY
            if today < end and sum(begin <= day < end for day in days) + 1 > cap["most"]:
                return False
        return True

    @staticmethod
    def counts(cap: dict[str, Any], contact: Contact) -> bool:
        of_purpose = contact.purposes is None or contact.purposes & set(cap["purposes"])
        return bool(of_purpose) and contact.channel != "desk"

    # ---- 9: merge ----

    def joinable(self, reminder: Reminder, full: list[dict[str, Any]]) -> Contact | None:
        """The first contact that it can join; where a cap is full, one that counts there already."""
        if not self.merges(reminder.channel):
            return None
        own = self.made(reminder)
        for contact in self.contacts["id", own.customer["id"]]:
            if (
                contact.lead
                and not contact.lead.now
                and (contact.day, contact.channel, contact.team) == (own.day, own.channel, own.team)
                and contact.lead.keys["audience"] == reminder.keys["audience"]
                and "recovery" not in (contact.lead.keys["purpose"], reminder.keys["purpose"])
                and all(self.counts(cap, contact) for cap in full)
                and self.could_be_said(reminder, contact.lead.due.instant)
            ):
                return contact
        return None

    def could_be_said(self, reminder: Reminder, at: dt.datetime) -> bool:
        """Whether it would pass gates 1 to 5 at that instant by its channel, and be of use."""
        customer, purpose = reminder.customer, reminder.keys["purpose"]
        return not (
            (reminder.expires and at > reminder.expires)
            or self.gates.stopped(reminder.keys, customer, reminder.candidate, at)
            or self.gates.refused(customer, reminder.channel, purpose, at)
            or self.gates.introductions(reminder.keys, customer, reminder.candidate, at)
            or self.gates.held(purpose, customer, at)
        )

    def join(self, reminder: Reminder, contact: Contact) -> None:
        reminder.state = reminder.reason = "merged"
        reminder.due, reminder.contact = contact.lead.due, contact.lead.key
        contact.purposes.add(reminder.keys["purpose"])

    # ---- 10: capacity ----

    def can_be_made(self, capacity: dict[str, Any], reminder: Reminder) -> bool:
        own = self.made(reminder)

        def taken(contact: Contact) -> bool:
            return contact.channel in texts(capacity["channels"]) and capacity.get("team") in (None, contact.team)

        return not taken(own) or sum(map(taken, self.contacts["shop day", own.shop_day])) < capacity["most"]
