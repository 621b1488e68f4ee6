"""Which gesture a reminder brings: not the same twice running, something new, and within the budgets of a month."""

from __future__ import annotations

import collections
import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from plain_admission import Reminder
from plain_books import Books
from plain_conditions import Conditions
from plain_days import DAY, Calendar, longest, span, texts, wall_of
from plain_value import Values

DUST = 1e-9
Month = tuple[int, int]


class Received(NamedTuple):
    at: dt.datetime
    order: tuple[Any, ...]  # of what was received at one instant
    day: dt.date
    name: str


class Given(NamedTuple):
    """A gesture of a reminder: one of this plan, or what a contact in its place has brought."""

    name: str
    reminder: Reminder
    due: dt.datetime  # after gate 7
    went_out: dt.datetime | None  # nothing: what becomes of the reminder


class Spent(NamedTuple):
    month: Month
    cost: float
    occasions: set[str]


def listed(keys: dict[str, Any]) -> list[dict[str, Any]]:
    """The gestures that a step lists itself."""
    found = keys.get("gestures", [])
    return [] if found == "compensation" else found


class Gestures:
    def __init__(
        self, books: Books, rules: dict[str, Any], steps: Iterable[dict[str, Any]], calendar: Calendar, values: Values
    ) -> None:
        policy = rules.get("policy", {})
        self.books, self.calendar, self.values = books, calendar, values
        self.conditions = Conditions(books, calendar, values)
        self.budgets, self.compensation = policy.get("budgets", []), policy.get("compensation", [])
        self.occasions: dict[str, set[str]] = {}
        for keys in steps:
            for variant in listed(keys):
                self.occasions.setdefault(variant["name"], set()).add(keys["name"])
        self.names = {*self.occasions, *(entry["name"] for entry in self.compensation)}
        self.spent: list[Spent] = []
        # By the customer: what was given to reminders, and contacts of their own.
        self.given: dict[Any, list[Given]] = collections.defaultdict(list)
        self.contacts: dict[Any, list[Received]] = collections.defaultdict(list)
        self.waiting: list[Reminder] = []

    def month(self, at: dt.date | dt.datetime) -> Month:
        """On the shop's calendar."""
        day = wall_of(at, self.books.shop).date() if isinstance(at, dt.datetime) else at
        return day.year, day.month

    def hear(self, reminders: list[Reminder], months: tuple[dt.datetime, dt.datetime]) -> None:
        """What has been given before, and what there is to be given."""
        self.months = months
        bringing = [reminder for reminder in reminders if "gestures" in reminder.keys]
        self.waiting = [reminder for reminder in bringing if not reminder.reason]
        unsent = {reminder.key: reminder.unsent for reminder in bringing if reminder.unsent}
        for event in itertools.chain(*self.books.events.values()):
            if event["kind"] == "contact" and event["topic"] in self.names:
                self.went_out(event, unsent.get(event["ref"]))

    def went_out(self, event: dict[str, Any], unsent: Reminder | None) -> None:
        """A contact that brought a gesture: in a reminder's place, as if that were in this plan, or on its own."""
        name, customer, cost = event["topic"], event["customer"], event["value"] or 0.0
        if unsent and self.stands_for(event, unsent):
            due = unsent.due.instant
            self.given[customer].append(Given(name, unsent, due, event["instant"]))
            if unsent.keys["gestures"] != "compensation":
                self.spent.append(Spent(self.month(due), cost, {unsent.keys["name"]}))
        else:
            is_key = bool(re.fullmatch("[0-9a-f]{32}", str(event["ref"])))
            order = (1, event["ref"]) if is_key else (0, event["order"])
            self.contacts[customer].append(Received(event["instant"], order, event["day"], name))
            month = self.month(event["instant"] if event["carries"] else event["day"])
            self.spent.append(Spent(month, cost, self.occasions.get(name, set())))

    def stands_for(self, event: dict[str, Any], unsent: Reminder) -> bool:
        """Whether it went out at about the time at which it was due."""
        if unsent.reason:
            return False
        due = self.books.civil_day(unsent.customer, unsent.due.instant)
        scheduled = self.books.civil_day(unsent.customer, unsent.scheduled.instant)
        tolerance = longest(span(unsent.keys.get("tolerance", "7 days")))
        return bool(due <= event["day"] <= max(due, scheduled) + (tolerance + 1) * DAY)

    def decide(self, today: dt.date) -> None:
        """Month by month, each two days before it begins: first for those who are worth most."""
        near = [reminder for reminder in self.waiting if self.begins(reminder) - 2 * DAY <= today]
        self.waiting = [reminder for reminder in self.waiting if reminder not in near]
        for month, group in itertools.groupby(sorted(near, key=self.turn), lambda each: self.month(each.due.instant)):
            # What was given in the months before, and then withheld, has not been given.
            for given in self.given.values():
                given[:] = [each for each in given if not self.withheld_before(each, month)]
            for reminder in group:
                if reminder.due.instant >= self.months[0]:
                    self.give(reminder)

    def begins(self, reminder: Reminder) -> dt.date:
        return dt.date(*self.month(reminder.due.instant), 1)

    def withheld_before(self, given: Given, month: Month) -> bool:
        withheld = bool(given.reminder.reason) and given.reminder.state == "withheld"
        return given.went_out is None and withheld and self.month(given.due) < month

    def give(self, reminder: Reminder) -> None:
        if reminder.keys["gestures"] == "compensation":
            reminder.gesture = self.compensation_of(reminder)
            refusal = "not_granted"
        else:
            reminder.gesture, refusal = self.choice(reminder)
        if reminder.gesture:
            due = reminder.due.instant
            self.given[reminder.customer["id"]].append(Given(reminder.gesture["name"], reminder, due, None))
            if reminder.keys["gestures"] != "compensation":
                self.spent.append(Spent(self.month(due), reminder.gesture.get("cost", 0), {reminder.keys["name"]}))
        elif not reminder.now:
            reminder.withhold(refusal, reminder.due)

    def turn(self, reminder: Reminder) -> tuple[Any, ...]:
        due = reminder.due.instant
        return self.month(due), -self.values.lifetime(reminder.customer), due, reminder.key

    def holds(self, variant: dict[str, Any], reminder: Reminder) -> bool:
        at, asset = reminder.due.instant, reminder.candidate.asset
        return self.conditions.hold(variant.get("when", {}), reminder.customer, asset, at)

    # ---- compensation ----

    def compensation_of(self, reminder: Reminder) -> dict[str, Any] | None:
        topic = self.topic(reminder)
        for entry in self.compensation:
            if self.holds(entry, reminder) and ("topic" not in entry or topic in texts(entry["topic"])):
                return entry
        return None

    def topic(self, reminder: Reminder) -> Any:
        """What the anchoring event is about, or else the one before that it names, or the first of its case number."""
        event = reminder.candidate.event
        while event and not event["topic"] and event["ref"]:
            others = self.books.events[event["customer"]]
            before = [other for other in others if other["order"] < event["order"]]
            named = [other for other in before if other["id"] == event["ref"]]
            same = [other for other in before if other["ref"] == event["ref"] and other["topic"]]
            event = next(iter(named or same), None)
        return event and event["topic"]

    # ---- one's own choice ----

    def choice(self, reminder: Reminder) -> tuple[dict[str, Any] | None, str]:
        """The gesture, or why there is none."""
        variants = listed(reminder.keys)
        before = self.before(reminder)
        able = [variant for variant in variants if self.holds(variant, reminder)]
        if len(variants) > 1 and before:
            able = [variant for variant in able if variant["name"] != before[-1].name]
        if not able:
            return None, "not_granted"
        able.sort(key=lambda variant: self.rank(variant, reminder, before))
        for variant in able:
            if self.affordable(variant, reminder):
                return variant, ""
        return None, "over_budget"

    def before(self, reminder: Reminder) -> list[Received]:
        """The gestures that the customer has had up to then, the last one last."""
        until, customer = (reminder.due.instant, (1, reminder.key)), reminder.customer["id"]
        received = self.contacts[customer] + [self.received(each, reminder) for each in self.given[customer]]
        return sorted(each for each in received if each[:2] < until)

    def received(self, given: Given, reminder: Reminder) -> Received:
        """When it was due, where that is near the month that is decided; else when it went out."""
        customer, last = given.reminder.customer, given.went_out or given.reminder.due.instant
        same_month = self.month(given.due) == self.month(reminder.due.instant)
        near = self.books.civil_day(customer, last) >= self.begins(reminder) - 2 * DAY
        at = given.due if same_month or near else last
        return Received(at, (1, given.reminder.key), self.books.civil_day(customer, at), given.name)

    def rank(self, variant: dict[str, Any], reminder: Reminder, before: list[Received]) -> tuple[Any, ...]:
        """The fewest times of late, then the longest ago."""
        name, today = variant["name"], self.books.civil_day(reminder.customer, reminder.due.instant)
        begin = self.calendar.shifted(today, span(reminder.keys.get("novelty", "2 years")), back=True)
        times = sum(each.name == name and each.day > begin for each in before)
        ago = max((each.at.timestamp() for each in before if each.name == name), default=float("-inf"))
        return times, ago

    def affordable(self, variant: dict[str, Any], reminder: Reminder) -> bool:
        month = self.month(reminder.due.instant)
        for budget in self.budgets:
            occasions = set(texts(budget.get("occasions"))) or self.everything()
            if reminder.keys["name"] in occasions:
                spent = math.fsum(
                    each.cost for each in self.spent if each.month == month and each.occasions & occasions
                )
                if spent + variant.get("cost", 0) > budget["most"] + DUST * max(1, budget["most"]):
                    return False
        return True

    def everything(self) -> set[str]:
        return set().union(*self.occasions.values())
