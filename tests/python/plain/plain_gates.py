"""Gates 1 to 5, which look at an instant: condition, ended, status, reach and consent, hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from plain_anchors import Candidate
from plain_books import Books
from plain_cases import Cases, anchoring_kinds, follows, with_promises
from plain_conditions import Conditions
from plain_days import DAY, Calendar, span, texts
from plain_promises import ANSWERS, Breach, Promises, after_breach, names_breach
from plain_value import Values

REACHED_BY = {"email": "email"}
REACHED_BY |= dict.fromkeys(["call", "phone", "sms", "whatsapp"], "phone")
REACHED_BY |= dict.fromkeys(["letter", "card", "post"], "address")
ALSO_MEANT = {"phone": ["call"], "post": ["letter", "card"]}
CONSENT = {"service": "not needed", "recovery": "not needed", "care": "unless withdrawn", "offer": "needed"}
HOLD = {
    "after": ["complaint", "reopened"],
    "until": ["resolution"],
    "purposes": ["care", "offer"],
    "cool_down": "7 days",
}


class Gates:
    def __init__(self, books: Books, policy: dict[str, Any], calendar: Calendar, values: Values) -> None:
        self.books, self.policy, self.calendar = books, policy, calendar
        self.conditions, self.promises = Conditions(books, calendar, values), Promises(books)
        self.introductions: Callable[..., str | None] = lambda *_: None
        self.holds = [HOLD | hold for hold in policy.get("holds", [{}])]

    def stopped(
        self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, at: dt.datetime
    ) -> str | None:
        """Why gates 1 to 3 stop it, if they do."""
        if not self.conditions.hold(keys.get("when", {}), customer, candidate.asset, at):
            return "condition_failed"
        if self.superseded(keys, customer, candidate, at):
            return "superseded"
        if self.ended(keys, customer, candidate, at):
            return "ended"
        return self.inactive(customer)

    @staticmethod
    def inactive(customer: dict[str, Any]) -> str | None:
        return customer["status"] if customer["status"] not in (None, "active") else None

    # ---- ended ----

    def superseded(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, at: dt.datetime) -> bool:
        since, event = texts(keys.get("since")), candidate.event
        for other in self.books.until(customer, at) if event else []:
            if other is event or other["kind"] not in since:
                continue
            later = other["order"] > event["order"]
            if "silent" in keys:
                if later:
                    return True
            elif other["asset"] != event["asset"]:
                continue
            elif candidate.round_began:
                if later and other["day"] - candidate.round_began >= candidate.due - other["day"]:
                    return True
            elif since.index(other["kind"]) <= since.index(event["kind"]) - (not later):
                return True
        return False

    def ended(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, at: dt.datetime) -> bool:
        return any(event["instant"] <= at for event in self.ending(keys, customer, candidate))

    def ending(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate) -> Iterator[dict[str, Any]]:
        """The events that end its reminders, whenever they happen."""
        kinds = texts(keys.get("until"))
        if keys.get("due") == "promise":
            kinds += ANSWERS
        event, began = candidate.event, candidate.round_began
        for other in self.books.events[customer["id"]]:
            if other["kind"] not in kinds or other is event:
                continue
            if candidate.asset and other["asset"] not in (None, candidate.asset):
                continue
            if event and self.ends_another(keys, customer, candidate, other):
                continue
            if candidate.breach:
                since = after_breach(self.books, candidate.breach, other)
            elif began not in (None, candidate.anchor):
                since = other["day"] > began
            elif event:
                since = follows(Cases(self.books, anchoring_kinds(keys, event)), other, event)
            else:
                since = other["day"] > candidate.anchor
            if since:
                yield other

    def ends_another(
        self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, other: dict[str, Any]
    ) -> bool:
        """Whether its ``ref`` leads to another case than the anchoring event's, one that is known."""
        if other["ref"] is None or names_breach(candidate.breach, other):
            return False
        cases = Cases(self.books, anchoring_kinds(keys, candidate.event))
        theirs = cases.of_answer(other)
        return theirs != cases.of(candidate.event) and theirs in cases.known(customer)

    # ---- reach and consent ----

    def preferred(self, keys: dict[str, Any], customer: dict[str, Any], chosen: str | None) -> list[str]:
        """The channels in the order in which they are tried; first what staff chose."""
        own = customer["channels"]
        if "channels" in keys:
            allowed = texts(keys["channels"])
            own = [name for name in own if name in allowed]
        elif keys["audience"] == "staff":
            allowed, own = ["desk"], []
        else:
            allowed = texts(self.policy.get("channels", "email"))
        return list(dict.fromkeys([*([chosen] if chosen else []), *own, *allowed]))

    def reached(self, customer: dict[str, Any], channel: str) -> bool:
        return channel not in REACHED_BY or bool(customer[REACHED_BY[channel]])

    def refused(self, customer: dict[str, Any], channel: str, purpose: str, at: dt.datetime) -> str | None:
        """What consent says against a channel, if it does."""
        need = self.policy.get("consent", {}).get(purpose, CONSENT[purpose])
        latest = None
        for event in self.books.until(customer, at):
            if event["kind"] not in ("consent", "withdrawal"):
                continue
            if event["channel"] and channel not in [event["channel"], *ALSO_MEANT.get(event["channel"], [])]:
                continue
            if event["note"] not in (None, purpose):
                continue
            if need == "not needed" and event["kind"] == "withdrawal" and not event["note"]:
                continue
            latest = event["kind"]
        if latest == "withdrawal":
            return "consent_withdrawn"
        return "no_consent" if need == "needed" and latest is None else None

    def channel(
        self,
        keys: dict[str, Any],
        customer: dict[str, Any],
        candidate: Candidate,
        at: dt.datetime,
        chosen: str | None,
    ) -> tuple[str | None, str | None]:
        """The channel, or why there is none, or nobody to be introduced."""
        refusals = []
        for name in self.preferred(keys, customer, chosen):
            if self.reached(customer, name):
                refusal = self.refused(customer, name, keys["purpose"], at)
                if not refusal:
                    return name, self.introductions(keys, customer, candidate, at)
                refusals.append(refusal)
        return None, refusals[0] if refusals else "no_channel"

    # ---- hold ----

    def held(self, purpose: str, customer: dict[str, Any], at: dt.datetime) -> bool:
        return bool(self.releases(purpose, customer, at))

    def releases(self, purpose: str, customer: dict[str, Any], at: dt.datetime) -> list[dt.date | None]:
        """The first day after each hold that is there at an instant; nothing for one whose end is not known."""
        today = self.books.civil_day(customer, at)
        free = [
            day
            for hold in self.holds
            if purpose in texts(hold["purposes"])
            for opened, day in self.openings(hold, customer)
            if opened <= at
        ]
        return [day for day in free if day is None or today < day]

    def openings(self, hold: dict[str, Any], customer: dict[str, Any]) -> list[tuple[dt.datetime, dt.date | None]]:
        """When a hold was opened, and the first day after each time."""
        kinds = texts(hold["after"])
        events = [e for e in self.books.events[customer["id"]] if e["kind"] in kinds and e["kind"] != "broken"]
        if "broken" not in kinds:
            return [(event["instant"], self.release(hold, event)) for event in events]
        events += self.promises.unanswering(customer)
        return [(event["instant"], self.release(hold, event)) for event in events] + [
            (breach.instant, self.release(hold, breach.promise, breach)) for breach in self.promises.breaches(customer)
        ]

    def release(self, hold: dict[str, Any], opening: dict[str, Any], breach: Breach | None = None) -> dt.date | None:
        """The first day after the hold that an event opened, whenever what ends it happens."""
        cases = Cases(self.books, with_promises(texts(hold["after"])))
        for event in self.books.events[opening["customer"]]:
            some_time_that_day = event["day"] == opening["day"] and opening["carries"] and not event["carries"]
            if event["kind"] not in texts(hold["until"]) or event is opening:
                continue
            if breach and not after_breach(self.books, breach, event):
                continue
            if not breach and event["order"] < opening["order"] and not some_time_that_day:
                continue
            any_or_this = event["ref"] is None or names_breach(breach, event)
            if any_or_this or cases.of_answer(event) == cases.of(opening):
                return max(event["day"] + DAY, self.calendar.shifted(event["day"], span(hold["cool_down"])))
        return None
