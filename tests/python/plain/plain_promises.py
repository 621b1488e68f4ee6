"""Promises: what answers them, and when one is breached."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from plain_books import Books
from plain_cases import PROMISES, Cases, follows
from plain_days import DAY, midnight

ANSWERS = ["kept", "broken", "renegotiated"]


class Breach(NamedTuple):
    promise: dict[str, Any]
    instant: dt.datetime
    answer: dict[str, Any] | None = None  # what said so; nothing where the due has passed


class Promises:
    def __init__(self, books: Books) -> None:
        self.books, self.cases = books, Cases(books, PROMISES)

    def of(self, customer: dict[str, Any]) -> list[dict[str, Any]]:
        """What was promised, and promised anew."""
        return [event for event in self.books.events[customer["id"]] if event["kind"] in PROMISES and event["due"]]

    def settling(self, promise: dict[str, Any]) -> dict[str, Any] | None:
        """The first event that says what became of a promise; what is said later changes nothing."""
        events = self.books.events[promise["customer"]]
        return next((event for event in events if self.answers(event, promise)), None)

    def answers(self, answer: dict[str, Any], promise: dict[str, Any]) -> bool:
        if answer is promise or answer["kind"] not in ANSWERS or not follows(self.cases, answer, promise):
            return False
        if answer["ref"] is not None:
            return bool(self.cases.of_answer(answer) == self.cases.of(promise))
        return promise["asset"] is None or answer["asset"] in (None, promise["asset"])

    def over(self, promise: dict[str, Any]) -> dt.datetime:
        """When its due has passed."""
        due = promise["due"]
        if isinstance(due, dt.datetime):
            return due
        return midnight(due + DAY, self.books.zone(self.books.customers[promise["customer"]]))

    def in_time(self, answer: dict[str, Any], promise: dict[str, Any]) -> bool:
        """Up to an instant; on a date's whole day."""
        if isinstance(promise["due"], dt.datetime):
            return bool(answer["instant"] <= promise["due"])
        return bool(answer["instant"] < self.over(promise))

    def breach(self, promise: dict[str, Any]) -> Breach | None:
        """What was first: somebody said so, or the due passed and nothing had settled it."""
        answer = self.settling(promise)
        if answer is None or not self.in_time(answer, promise):
            return Breach(promise, self.over(promise))
        return Breach(promise, answer["instant"], answer) if answer["kind"] == "broken" else None

    def breaches(self, customer: dict[str, Any]) -> list[Breach]:
        found = [self.breach(promise) for promise in self.of(customer)]
        return [breach for breach in found if breach]

    def unanswering(self, customer: dict[str, Any]) -> list[dict[str, Any]]:
        """Events ``broken`` that are about no promise."""
        promises = self.of(customer)
        settling = [self.settling(promise) for promise in promises]
        known = {self.cases.of(promise) for promise in promises}

        def about_one(event: dict[str, Any]) -> bool:
            if event["ref"] is None:
                return any(event is other for other in settling)
            return self.cases.of_answer(event) in known

        events = self.books.events[customer["id"]]
        return [event for event in events if event["kind"] == "broken" and not about_one(event)]


def after_breach(books: Books, breach: Breach, event: dict[str, Any]) -> bool:
    """Whether it happened after a breach, or some time that day."""
    if event is breach.promise or event is breach.answer:
        return False
    day = books.civil_day(books.customers[event["customer"]], breach.instant)
    return bool(event["instant"] > breach.instant or (event["day"] == day and not event["carries"]))


def names_breach(breach: Breach | None, event: dict[str, Any]) -> bool:
    """Whether its ``ref`` is the id of what said that a promise was broken."""
    return bool(breach and breach.answer and event["ref"] == breach.answer["id"])
