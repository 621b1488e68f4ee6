"""Gates 1 to 5, which look at an instant: condition, ended, status, reach and consent, hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plain_anchors import Candidate
from plain_books import Books
from plain_conditions import Conditions
from plain_days import DAY, Calendar, span, texts

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
    def __init__(self, books: Books, policy: dict[str, Any], calendar: Calendar) -> None:
        self.books, self.policy, self.calendar = books, policy, calendar
        self.conditions = Conditions(books, calendar)
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
        kinds = texts(keys.get("until"))
        if keys.get("due") == "promise":
            kinds += ["kept", "broken"]
        event, began = candidate.event, candidate.round_began
        for other in self.books.until(customer, at):
            if other["kind"] not in kinds or other is event:
                continue
            if candidate.asset and other["asset"] not in (None, candidate.asset):
                continue
            if event and other["ref"] != event["id"] and self.names_one_of(customer, event["kind"], other["ref"]):
                continue
            if began in (None, candidate.anchor):
                since = other["order"] > event["order"] if event else other["day"] > candidate.anchor
                # It answers that very event, some time that day.
                since |= bool(
                    event and other["ref"] == event["id"] and other["day"] == event["day"] and not other["carries"]
                )
            else:
                since = other["day"] > began
            if since:
                return True
        return False

    def names_one_of(self, customer: dict[str, Any], kind: str, ref: Any) -> bool:
        """Whether it is the id of an event of the customer's of that kind."""
        return any(event["kind"] == kind and event["id"] == ref for event in self.books.events[customer["id"]])

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
        self, keys: dict[str, Any], customer: dict[str, Any], at: dt.datetime, chosen: str | None
    ) -> tuple[str | None, str | None]:
        """The channel, or why there is none."""
        refusals = []
        for name in self.preferred(keys, customer, chosen):
            if self.reached(customer, name):
                refusal = self.refused(customer, name, keys["purpose"], at)
                if not refusal:
                    return name, None
                refusals.append(refusal)
        return None, refusals[0] if refusals else "no_channel"

    # ---- hold ----

    def held(self, purpose: str, customer: dict[str, Any], at: dt.datetime) -> bool:
        return bool(self.releases(purpose, customer, at))

    def releases(self, purpose: str, customer: dict[str, Any], at: dt.datetime) -> list[dt.date | None]:
        """The first day after each hold that is there at an instant; nothing for one whose end is not known."""
        today = self.books.civil_day(customer, at)
        free = [
            self.release(hold, customer, opening)
            for hold in self.holds
            if purpose in texts(hold["purposes"])
            for opening in self.books.until(customer, at)
            if opening["kind"] in texts(hold["after"])
        ]
        return [day for day in free if day is None or today < day]

    def release(self, hold: dict[str, Any], customer: dict[str, Any], opening: dict[str, Any]) -> dt.date | None:
        """The first day after the hold that an event opened, whenever what ends it happens."""
        for event in self.books.events[customer["id"]]:
            some_time_that_day = event["day"] == opening["day"] and opening["carries"] and not event["carries"]
            if event["kind"] not in texts(hold["until"]) or event is opening:
                continue
            if event["order"] < opening["order"] and not some_time_that_day:
                continue
            if event["ref"] in (None, opening["id"]) or event["ref"] == opening["ref"]:
                return max(event["day"] + DAY, self.calendar.shifted(event["day"], span(hold["cool_down"])))
        return None
