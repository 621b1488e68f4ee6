"""The life of a vehicle: bought, delivered, driven, serviced, inspected, given new tyres."""

from __future__ import annotations

import datetime as dt
from typing import Any

from books import TODAY, Books, Dice, days_later, months_later, workday

KM_PER_DAY = (12, 62)
OVERSEAS = ("US", "AU", "IN")  # only campers are shipped there, and none comes back to be serviced
MODELS = {  # name: (kind, fuel, how many of a hundred, price)
    "Wren": ("car", "petrol", 24, 11_900),
    "Wren Electric": ("car", "electric", 12, 19_400),
    "Heron Estate": ("car", "hybrid", 18, 17_800),
    "Heron Diesel": ("car", "diesel", 12, 15_300),
    "Badger": ("van", "diesel", 12, 21_500),
    "Otter Camper": ("camper", "diesel", 17, 38_900),
    "Marten 650": ("motorcycle", "petrol", 5, 6_400),
}
STAFF = ["Asha", "Tom", "Wiktor"]
BOOKED_BY = ["phone", "email", "web"]


class Vehicle:
    """One vehicle with its odometer: so many kilometres at delivery and so many a day since."""

    def __init__(self, books: Books, customer: dict[str, Any], delivered: dt.date, dice: Dice) -> None:
        firm = customer["tags"] == "trade"
        self.books, self.customer, self.dice = books, customer, dice
        overseas = customer["country"] in OVERSEAS
        shares = {name: share for name, (_, _, share, _) in MODELS.items()}
        name = "Badger" if firm else "Otter Camper" if overseas else dice.weighted(shares)
        self.kind, self.fuel, _, price = MODELS[name]
        self.id = f"v-{len(books.assets) + 1:03}"
        self.delivered = workday(delivered)
        is_new = dice.chance(0.6)
        age = dice.between(2, 20) if is_new else dice.between(400, 2_900)
        self.registered = min(days_later(self.delivered, -age), TODAY)
        self.km_per_day = dice.middling(*KM_PER_DAY) * (2 if firm else 1)
        used = (self.delivered - self.registered).days * self.km_per_day
        self.km_at_delivery = dice.between(5, 80) if is_new else used + dice.between(0, 900)
        row = {"id": self.id, "customer": customer["id"], "kind": self.kind, "name": name, "since": self.delivered}
        books.assets.append(row | {"registration": f"NSG {len(books.assets) + 101:04}", "fuel": self.fuel})
        self.bought = min(workday(days_later(self.delivered, -dice.between(4, 45))), days_later(TODAY, -4))
        self.add("registration", self.registered)
        self.add("purchase", dice.moment(self.bought), value=price if is_new else price * 6 // 10, unit="GBP")
        if self.delivered < TODAY:
            self.visit("delivery", self.delivered)
        else:
            self.add("delivery", self.delivered, by=dice.pick(STAFF))  # agreed, and so without a reading yet

    def add(self, kind: str, at: dt.date | str, **cells: Any) -> dict[str, Any]:
        return self.books.add_event(self.customer, kind, at, asset=self.id, **cells)

    def km(self, day: dt.date) -> int:
        return self.km_at_delivery + (day - self.delivered).days * self.km_per_day

    def visit(self, kind: str, day: dt.date) -> None:
        self.add(kind, day, value=self.km(day), unit="km", by=self.dice.pick(STAFF))

    def look_after(self) -> None:
        """Its services so far, booked or not, and perhaps the booking of the next."""
        kind = "electric_check" if self.fuel == "electric" else "service"
        last, months, km = self.delivered, 6, 8_000
        while True:
            by_use = days_later(last, km // self.km_per_day)
            due = months_later(last, 12) if kind == "electric_check" else min(months_later(last, months), by_use)
            day = workday(days_later(due, self.dice.middling(-40, 45)))
            if day > TODAY or self.dice.chance(0.03):
                break
            booked = days_later(day, -self.dice.between(3, 20))
            if booked > last and day.year >= TODAY.year:
                self.add("booking", self.dice.moment(booked), due=day, channel=self.dice.pick(BOOKED_BY))
            self.visit(kind, day)
            if self.dice.chance(0.5):
                self.visit("tyres", day)
            last, months, km = day, 12, 15_000
        if abs((due - TODAY).days) < 40 and self.dice.chance(0.3):
            booked = max(days_later(TODAY, -self.dice.between(1, 14)), days_later(last, 1))
            coming = workday(days_later(TODAY, self.dice.between(3, 18)))
            self.add("booking", self.dice.moment(booked), due=coming, channel=self.dice.pick(BOOKED_BY))

    def inspect(self) -> None:
        """The inspections done here, and perhaps the booking of the next."""
        for year in range(3, 15):
            due = months_later(self.registered, 12 * year)
            day = workday(days_later(due, -self.dice.between(0, 27)))
            if day <= self.delivered:
                continue
            if day <= TODAY:
                if self.dice.chance(0.75):
                    self.visit("inspection", day)
                continue
            if (due - TODAY).days < 45 and self.dice.chance(0.3):
                booked = days_later(TODAY, -self.dice.between(1, 10))
                self.add("inspection_booking", self.dice.moment(booked), due=day, channel="phone")
            return

    def read_meter(self) -> None:
        """Monthly where the vehicle tells by itself; else now and then, rounded, and sometimes with a digit missing."""
        if self.dice.chance(0.1):
            for months in range(14, -1, -1):
                day = months_later(dt.date(TODAY.year, TODAY.month, 1), -months)
                if day > self.delivered:
                    wobble = self.dice.between(0, 12 * self.km_per_day)
                    self.add("reading", day, value=self.km(day) + wobble, unit="km", by="vehicle")
        elif self.dice.chance(0.55):
            for _ in range(self.dice.between(1, 4) if self.delivered < TODAY else 0):
                day = self.dice.day(self.delivered, TODAY)
                value = self.km(day) // 10 * 10
                self.add("reading", day, value=value // 10 if self.dice.chance(0.03) else value, unit="km")
