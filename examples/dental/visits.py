"""The life of a patient: joined, looked at every half or whole year, treated, and what was made for the patient."""

from __future__ import annotations

import datetime as dt
from typing import Any

from books import TODAY, Books, Dice, days_later, months_later, workday

STAFF = ["Maeve", "Imran", "Colette"]
BOOKED_BY = ["phone", "web", "desk"]
MADE = {"crown": 5, "bridge": 2, "night guard": 3, "retainer": 3}  # what the lab makes: years of guarantee
FEES = {"checkup": (90, 160), "cleaning": (110, 170), "treatment": (240, 1_900)}
# Ten in the morning to four in the afternoon, Halifax time, in summer; an hour earlier in winter.
HOURS = (13, 19)
OLDEST = dt.date(2022, 3, 1)  # visits of before are on paper


class Patient:
    """One patient's visits, in the order of time."""

    def __init__(self, books: Books, customer: dict[str, Any], dice: Dice) -> None:
        self.books, self.customer, self.dice = books, customer, dice
        self.joined: dt.date = customer["joined"]
        self.last = self.joined

    def add(self, kind: str, at: dt.date | str, **cells: Any) -> dict[str, Any]:
        return self.books.add_event(self.customer, kind, at, **cells)

    def attend(self) -> None:
        """Check-ups so far, with what came of them, and perhaps the booking of the next."""
        self.add("registration", self.joined)
        day = workday(max(days_later(self.joined, self.dice.between(0, 40)), OLDEST))
        gone = days_later(TODAY, -self.dice.between(300, 1_000)) if self.dice.chance(0.1) else TODAY
        while day < gone:
            self.check_up(day)
            self.last = day
            due = months_later(day, self.customer["recall"])
            # Most come when they are reminded, some late, some of their own accord.
            day = workday(days_later(due, self.dice.middling(-25, 70)))
        soon = abs((day - TODAY).days) < 50
        if gone == TODAY and day >= TODAY and soon and self.dice.chance(0.7):
            made = days_later(TODAY, -self.dice.between(1, 20))
            if made > self.last:
                self.book(made, day)

    def check_up(self, day: dt.date) -> None:
        recent = (TODAY - day).days < 420
        if recent and self.dice.chance(0.8):
            made = days_later(day, -self.dice.between(3, 30))
            if made > self.last:
                self.book(made, day)
        if recent and self.dice.chance(0.04):
            self.add("missed_appointment", self.dice.moment(day, *HOURS))
            return
        self.visit("checkup", day)
        if self.dice.chance(0.6):
            self.visit("cleaning", day)
        if self.dice.chance(0.16):
            later = workday(days_later(day, self.dice.between(5, 25)))
            if later < TODAY:
                self.visit("treatment", later)
                if self.customer["birthday"] < "2008" and self.dice.chance(0.5):
                    self.make(later)

    def book(self, made: dt.date, day: dt.date) -> None:
        due = self.dice.moment(day, *HOURS)
        booking = self.add("booking", self.dice.moment(made, *HOURS), due=due, channel=self.dice.pick(BOOKED_BY))
        if day >= TODAY and self.dice.chance(0.12):
            rung = max(days_later(TODAY, -self.dice.between(1, 4)), days_later(made, 1))
            self.add("cancelled", self.dice.moment(rung, *HOURS), ref=booking, channel="phone")

    def visit(self, kind: str, day: dt.date) -> None:
        """What was done, the fee for it, and when the fee was paid; a plan pays for members at once."""
        self.add(kind, self.dice.moment(day, *HOURS), by=self.dice.pick(STAFF))
        fee = self.dice.between(*FEES[kind]) // 5 * 5
        if (TODAY - day).days > 900 or self.customer["tier"]:
            self.add("purchase", day, value=fee, unit="CAD")
            return
        due = days_later(day, 30)
        bill = self.add("purchase", day, value=fee, unit="CAD", due=due)
        late = self.dice.weighted({-20: 50, -6: 25, -1: 10, 2: 8, 12: 5, 999: 2})
        paid = days_later(due, late + self.dice.between(0, 1))
        if paid < TODAY:
            self.add("paid", paid, due=due, ref=bill)

    def make(self, day: dt.date) -> None:
        """Something of the lab's: ready some days later, with a guarantee of some years."""
        kind = self.dice.pick(list(MADE))
        asset = f"a-{len(self.books.assets) + 1:03}"
        given = workday(days_later(day, self.dice.between(7, 15)))
        row = {"id": asset, "customer": self.customer["id"], "kind": kind, "name": kind, "since": given}
        self.books.assets.append(row)
        self.promise_lab(asset, day, given)
        if given > TODAY:
            return
        self.add("guarantee", given, asset=asset, due=months_later(given, 12 * MADE[kind]))
        if self.dice.chance(0.15):
            broke = days_later(given, self.dice.between(60, 500))
            if broke < TODAY:
                self.add("breakage", self.dice.moment(broke, *HOURS), asset=asset)
                if (mended := workday(days_later(broke, self.dice.between(1, 8)))) < TODAY:
                    self.add("mended", mended, asset=asset, by=self.dice.pick(STAFF))

    def promise_lab(self, asset: str, made: dt.date, ready: dt.date) -> None:
        """When it would be ready, said with some days in hand: mostly kept, now and then moved, seldom forgotten."""
        due = workday(days_later(ready, self.dice.between(-2, 4)))
        promise = self.add("promise", made, asset=asset, due=due, topic="lab work", by=self.dice.pick(STAFF))
        if ready > due and days_later(due, -1) < TODAY and self.dice.chance(0.5):
            moved = days_later(ready, 1)
            told = {"asset": asset, "due": moved, "ref": promise, "topic": "lab work", "by": promise["by"]}
            promise = self.add("renegotiated", max(days_later(due, -1), made), **told)
        elif ready > due and days_later(due, 1) < TODAY and self.dice.chance(0.5):
            self.add("broken", days_later(due, 1), asset=asset, ref=promise, topic="lab work", by=promise["by"])
        if ready < TODAY:
            self.add("kept", ready, asset=asset, ref=promise, topic="lab work", by=promise["by"])
