"""Introductions: who meets whom on each occurrence of a date that recurs, or a club that customers are told of."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from plain_anchors import Anchors, Candidate
from plain_books import Books
from plain_conditions import Conditions
from plain_days import DAY, Span, date_of, longest, span, texts
from plain_hours import Moment
from plain_key import key_of
from plain_orders import orders_of

Partners = dict[Any, Any]
First = Callable[[dict[str, Any], dict[str, Any], Candidate], Moment]
Ended = Callable[[dict[str, Any], dict[str, Any], Candidate, dt.datetime], bool]


def agreed(books: Books, customer: dict[str, Any], at: dt.datetime) -> bool:
    """Whether they agreed to be introduced, and have not taken it back since."""
    latest = None
    for event in books.until(customer, at):
        if event["kind"] == "consent" and event["note"] == "introduction":
            latest = "consent"
        of_all = event["note"] is None and event["channel"] is None
        if event["kind"] == "withdrawal" and (event["note"] == "introduction" or of_all):
            latest = "withdrawal"
    return latest == "consent"


def active(customer: dict[str, Any]) -> bool:
    return customer["status"] in (None, "active")


def at_most(by: Span) -> int:
    """The most days that an offset may have; closed days may go on for a year."""
    years, months = divmod(by.months, 12)
    return 366 * years + 31 * months + by.days + (7 * by.business_days + 366 if by.business_days else 0)


class Pairs:
    """The partners of all occurrences; ``scheduled`` says when the first step is, before anything is said of it."""

    def __init__(
        self, anchors: Anchors, conditions: Conditions, steps: list[dict[str, Any]], scheduled: First, ended: Ended
    ) -> None:
        self.anchors, self.books, self.conditions = anchors, anchors.books, conditions
        self.steps, self.scheduled, self.ended = steps, scheduled, ended
        self.known: dict[str, dict[str, Partners]] = {}

    def refusal(
        self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, at: dt.datetime
    ) -> str | None:
        """Why nobody is introduced: who did not agree, or there is no partner, or that one did not agree."""
        if "match" not in keys:
            return None
        if not agreed(self.books, customer, at):
            return "not_agreed"
        partner = self.partner(keys, customer, candidate)
        if partner is None:
            return "no_match"
        other = None if "club" in keys["match"] else self.books.customers[partner]
        return "no_match" if other and not (active(other) and agreed(self.books, other, at)) else None

    def partner(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate) -> Any:
        if "match" not in keys:
            return None
        partners = self.known[keys["name"]].get(candidate.cycle)
        if partners is None:
            # What staff have put elsewhere is an occurrence by itself.
            partners = self.paired(keys, candidate, set())
        return partners.get(customer["id"])

    def pair_all(self, first: dt.datetime, last: dt.datetime) -> None:
        """Occurrence by occurrence, so that nobody meets the same one twice."""
        for keys in self.steps:
            if "match" not in keys or keys["name"] in self.known:
                continue
            ours = [other for other in self.steps if other["name"] == keys["name"]]
            offsets = [at_most(span(other.get("before") or other.get("step_after"))) for other in ours]
            reach = (longest(span(keys.get("tolerance", "7 days"))) + max(offsets) + 5) * DAY
            met: set[frozenset[Any]] = set()
            found = self.known[keys["name"]] = {}
            for candidate in self.anchors.recurrence(keys, {}):
                if first.date() - reach <= candidate.anchor <= last.date() + reach:
                    partners = found[candidate.cycle] = self.paired(keys, candidate, met)
                    met |= {frozenset(pair) for pair in partners.items()}

    def paired(self, keys: dict[str, Any], candidate: Candidate, met: set[frozenset[Any]]) -> Partners:
        """Who is introduced to whom: what went out stands, and then those go first who share most."""
        match = keys["match"]
        partners = self.said(keys, candidate)
        free = [each for each in self.taking_part(keys, candidate) if each["id"] not in partners]
        if "club" in match:
            wanted = texts(match.get("tags"))
            for customer in free:
                if not wanted or set(wanted) & set(customer["tags"]):
                    before = self.met_before(keys, candidate, customer, match["club"])
                    if not before and frozenset([customer["id"], match["club"]]) not in met:
                        partners[customer["id"]] = match["club"]
            return partners
        pairs = []
        for one, other in itertools.combinations(sorted(free, key=lambda customer: customer["id"].encode()), 2):
            score = self.score(match, one, other)
            known = self.met_before(keys, candidate, one, other["id"])
            known |= self.met_before(keys, candidate, other, one["id"])
            if score is not None and not known and frozenset([one["id"], other["id"]]) not in met:
                pairs.append((-score, one["id"].encode(), other["id"].encode(), one["id"], other["id"]))
        for *_, one, other in sorted(pairs):
            if one not in partners and other not in partners:
                partners |= {one: other, other: one}
        return partners

    def taking_part(self, keys: dict[str, Any], candidate: Candidate) -> Iterator[dict[str, Any]]:
        for customer in self.books.customers.values():
            moment = self.scheduled(self.first(keys), customer, candidate)
            key = key_of(customer["id"], None, keys["name"], candidate.cycle, self.first(keys)["step"])
            if (
                active(customer)
                and agreed(self.books, customer, moment.instant)
                and self.conditions.hold(keys.get("when", {}), customer, None, moment.instant)
                and not self.ended(keys, customer, candidate, moment.instant)
                and moment.wall.date() >= date_of(keys.get("not_before", dt.date.min))
                and not orders_of(self.books, customer, key).skipped
            ):
                yield customer

    def first(self, keys: dict[str, Any]) -> dict[str, Any]:
        return next(other for other in self.steps if other["name"] == keys["name"])

    def met_before(self, keys: dict[str, Any], candidate: Candidate, customer: dict[str, Any], partner: Any) -> bool:
        until = self.scheduled(self.first(keys), customer, candidate).instant
        events = self.books.until(customer, until)
        return any(event["kind"] == "contact" and event["topic"] == partner for event in events)

    def said(self, keys: dict[str, Any], candidate: Candidate) -> Partners:
        """The partners whom contacts name that went out for this occurrence, and the other way round."""
        steps = [other["step"] for other in self.steps if other["name"] == keys["name"]]
        found: Partners = {}
        for customer, events in self.books.events.items():
            ours = {key_of(customer, None, keys["name"], candidate.cycle, step) for step in steps}
            for event in events:
                if event["kind"] == "contact" and event["ref"] in ours and event["topic"] != customer:
                    club = keys["match"].get("club")
                    if event["topic"] == club if club else event["topic"] in self.books.customers:
                        found[customer] = event["topic"]
        if "club" not in keys["match"]:
            for customer, partner in list(found.items()):
                found.setdefault(partner, customer)
        return found

    # ---- what two have in common ----

    def score(self, match: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> int | None:
        """How much, where it is enough."""
        counted = match.get("tags", [])
        tags = set(one["tags"]) & set(other["tags"])
        shared = len(tags if counted is True else tags & set(texts(counted)))
        if "assets" in match:
            shared += len(self.cells(one, match["assets"]) & self.cells(other, match["assets"]))
        near = match.get("near")
        if near and (one.get(near) is None or str(one[near]) != str(other.get(near))):
            return None
        least = match.get("least", 1 if counted or "assets" in match else 0)
        return shared + bool(near) if shared >= least else None

    def cells(self, customer: dict[str, Any], column: str) -> set[str]:
        mine = [asset for asset in self.books.assets.values() if asset["customer"] == customer["id"]]
        return {str(asset[column]) for asset in mine if asset.get(column) is not None}
