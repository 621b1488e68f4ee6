"""Which events of a customer belong together: each names in ``ref`` the one that it goes back to, or a case number."""

from __future__ import annotations

from typing import Any

from plain_books import Books
from plain_days import texts

PROMISES = ["promise", "renegotiated"]


def anchoring_kinds(keys: dict[str, Any], event: dict[str, Any]) -> list[str]:
    """The kinds of events among which an occasion looks for the case of an event."""
    if keys.get("due") == "promise":
        return PROMISES
    return with_promises(texts(keys["on"])) if "on" in keys else [event["kind"]]


def with_promises(kinds: list[str]) -> list[str]:
    """What is broken was promised."""
    return [*kinds, *PROMISES] if "broken" in kinds else kinds


def follows(cases: Cases, answer: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether it comes after an event, or names it, or the case that began with it, on its very day."""
    if answer["order"] > event["order"]:
        return True
    if answer["day"] != event["day"] or answer["carries"] or answer["ref"] is None:
        return False
    if cases.named(answer) is not None:
        return bool(answer["ref"] == event["id"])
    return bool(answer["ref"] == cases.of(event) and cases.first(event) is event)


class Cases:
    """The cases of the customers' events of some kinds."""

    def __init__(self, books: Books, kinds: list[str]) -> None:
        self.books, self.kinds = books, kinds

    def of(self, event: dict[str, Any]) -> Any:
        """The id at which its ``ref`` ends, going back from event to event; or a ref that is the id of none."""
        while event["ref"] is not None:
            named = self.named(event)
            if named is None or named["order"] >= event["order"]:
                return event["ref"]
            event = named
        return event["id"]

    def of_answer(self, event: dict[str, Any]) -> Any:
        """The case that an event's ``ref`` leads to; nothing without one."""
        named = self.named(event)
        return self.of(named) if named else event["ref"]

    def named(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """The event of these kinds whose id its ``ref`` is."""
        ours = [other for other in self.books.events[event["customer"]] if other["kind"] in self.kinds]
        return next((other for other in ours if other["id"] == event["ref"] and other is not event), None)

    def known(self, customer: dict[str, Any]) -> set[Any]:
        """All cases of a customer."""
        return {self.of(event) for event in self.books.events[customer["id"]] if event["kind"] in self.kinds}

    def first(self, event: dict[str, Any]) -> dict[str, Any]:
        """The first event of a case, which it began with."""
        ours = [other for other in self.books.events[event["customer"]] if other["kind"] in self.kinds]
        return next(other for other in ours if self.of(other) == self.of(event))
