"""Writes the books of Northside Garage, as of 23 November 2026: customers.csv, assets.csv and events.csv.

    python make_garage.py [--out DIR]

The same bytes each time and with each Python: everything comes from one seed and from random(), the one method of
random.Random whose results never change.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from people import FIRMS, MAIL_DOMAINS, NAMES, PLACES, SALUTATIONS, STREETS, Place, language

SEED = 20261143
TODAY = dt.date(2026, 11, 23)
CUSTOMERS = 300
FIRST_DELIVERY = 2_700  # days ago
KM_PER_DAY = (12, 62)

CUSTOMER_COLUMNS = [
    "id", "name", "given_name", "family_name", "salutation", "zone", "locale", "country", "birthday", "status",
    "household", "email", "phone", "address", "channels", "quiet_from", "quiet_to", "tags", "tier", "member_since",
]  # fmt: skip
ASSET_COLUMNS = ["id", "customer", "kind", "name", "since", "registration", "fuel"]
EVENT_COLUMNS = ["id", "customer", "asset", "kind", "at", "value", "unit", "due", "ref", "channel", "by", "note"]

MODELS = {  # name: (kind, fuel, how many of a hundred, price)
    "Wren": ("car", "petrol", 24, 11_900),
    "Wren Electric": ("car", "electric", 12, 19_400),
    "Heron Estate": ("car", "hybrid", 18, 17_800),
    "Heron Diesel": ("car", "diesel", 12, 15_300),
    "Badger": ("van", "diesel", 12, 21_500),
    "Otter Camper": ("camper", "diesel", 17, 38_900),
    "Marten 650": ("motorcycle", "petrol", 5, 6_400),
}
PARTS = {"roof box": 340, "winter wheels": 620, "child seat": 185, "awning": 480, "cycle carrier": 230, "mats": 60}
COMPLAINTS = [
    "rattle behind the dashboard",
    "waited forty minutes at the desk",
    "the seat was left dirty",
    "the price was not the one agreed",
    "the warning light is on again",
    "nobody rang back",
]
STAFF = ["Asha", "Tom", "Wiktor"]
BOOKED_BY = ["phone", "email", "web"]

# What chance would seldom bring, so that the two weeks after TODAY show it.
GIVEN = {
    40: {"tier": "gold", "tags": "", "status": "active", "birthday": "1968-11-28"},  # a Saturday: a call comes too late
    41: {"tier": "gold", "tags": "", "status": "active", "birthday": "1979-11-25"},
    140: {"status": "deceased", "birthday": "1951-12-02"},
    210: {"status": "do_not_contact", "birthday": "1990-12-04"},
}

T = TypeVar("T")


class Dice:
    """Chances that are the same with every Python."""

    def __init__(self, *seed: int) -> None:
        number = 0
        for part in seed:
            number = number * 1_000_003 + part
        self._next = random.Random(number).random

    def chance(self, share: float) -> bool:
        return self._next() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._next() * (high - low + 1))

    def middling(self, low: int, high: int) -> int:
        """As between, with the middle the likeliest."""
        return low + int((self._next() + self._next() + self._next()) / 3 * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, choices: Mapping[T, int]) -> T:
        ticket = self.between(1, sum(choices.values()))
        for choice, share in choices.items():
            ticket -= share
            if ticket <= 0:
                return choice
        raise AssertionError("the shares hold every ticket")

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.between(0, (last - first).days))

    def moment(self, day: dt.date, first_hour: int = 8, last_hour: int = 16) -> str:
        """A minute of the day, as an instant in UTC."""
        return f"{day}T{self.between(first_hour, last_hour):02}:{self.between(0, 59):02}:00Z"


def plain(text: str) -> str:
    """A name as it stands in an e-mail address."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def days_later(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def months_later(day: dt.date, months: int) -> dt.date:
    month = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(month // 12, month % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def workday(day: dt.date) -> dt.date:
    """The day, or the Friday before a weekend."""
    return days_later(day, -max(0, day.weekday() - 4))


class Books:
    """What the garage has written down."""

    def __init__(self) -> None:
        self.customers: list[dict[str, Any]] = []
        self.assets: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def add_event(self, customer: Mapping[str, Any], kind: str, at: dt.date | str, **cells: Any) -> dict[str, Any]:
        event = {"customer": customer["id"], "kind": kind, "at": str(at), **cells}
        self.events.append(event)
        return event

    def number_events(self) -> None:
        """In the order of their time, each with an id; an answer refers to the id of its question."""
        self.events.sort(key=lambda event: (event["at"], event["customer"], event["kind"], str(event.get("asset"))))
        for number, event in enumerate(self.events, start=1):
            event["id"] = f"e-{number:05}"
        for event in self.events:
            if "ref" in event:
                event["ref"] = event["ref"]["id"]


# ---- customers ------------------------------------------------------------------------------------------------------


def digits(pattern: str, dice: Dice) -> str:
    return "".join(str(dice.between(0, 9)) if letter == "#" else letter for letter in pattern)


def birthday(number: int, dice: Dice) -> str:
    if number % 60 == 0:
        return f"{dice.pick([1960, 1972, 1984, 1996])}-02-29"
    if dice.chance(0.12):
        return ""
    return str(dice.day(dt.date(1944, 1, 1), dt.date(2006, 12, 31)))


def contacts(customer: dict[str, Any], place: Place, dice: Dice) -> None:
    street = dice.pick(STREETS[language(place)].split(","))
    house = dice.between(1, 98)
    local = ".".join(filter(None, (plain(word) for word in customer["name"].split())))
    customer["email"] = f"{local}{int(customer['id'][2:])}@{dice.pick(MAIL_DOMAINS)}"
    customer["phone"] = digits(place.phone, dice)
    line = f"{house} {street}" if language(place) in ("en", "in", "fr") else f"{street} {house}"
    customer["address"] = f"{line}, {place.town}"
    known = dice.weighted({"email phone address": 72, "phone address": 9, "email address": 8, "email phone": 6,
                           "phone": 2, "address": 2, "": 1})  # fmt: skip
    for way in ("email", "phone", "address"):
        if way not in known.split():
            customer[way] = ""
    customer["channels"] = dice.weighted(
        {"": 40, "email": 14, "sms,email": 14, "letter": 8, "whatsapp,sms": 8, "email,letter": 16}
    )
    hours = [("09:00", "17:00"), ("12:00", "14:00"), ("07:00", "10:00"), ("18:00", "11:00")]
    customer["quiet_from"], customer["quiet_to"] = dice.pick(hours) if dice.chance(0.12) else ("", "")


def make_customer(number: int, before: dict[str, Any] | None, dice: Dice) -> dict[str, Any]:
    place = dice.weighted({place: place.share for place in PLACES})
    women, men, families = (names.split() for names in NAMES[language(place)])
    woman = dice.chance(0.5)
    customer = {
        "id": f"c-{number:03}",
        "given_name": dice.pick(women if woman else men),
        "family_name": dice.pick(families),
        "salutation": SALUTATIONS[language(place)][0 if woman else 1],
        "zone": "" if place.country == "GB" and dice.chance(0.3) else place.zone,
        "locale": place.locale,
        "country": place.country,
        "birthday": birthday(number, dice),
        "status": dice.weighted({"active": 930, "closed": 28, "do_not_contact": 24, "deceased": 18}),
        "tier": dice.weighted({"": 62, "silver": 22, "gold": 16}),
        "tags": ",".join(tag for tag, share in (("newsletter", 0.2), ("no-calls", 0.06)) if dice.chance(share)),
    }
    customer["name"] = f"{customer['given_name']} {customer['family_name']}"
    if place.country == "GB" and dice.chance(0.07):
        customer |= dict.fromkeys(("given_name", "family_name", "salutation", "birthday"), "")
        customer |= {"name": f"{dice.pick(FIRMS)}, {place.town}", "tags": "trade"}
    customer |= GIVEN.get(number, {})
    contacts(customer, place, dice)
    shared = before is not None and before["given_name"] and before["address"] and before["zone"] == customer["zone"]
    if before is not None and shared and customer["given_name"] and customer["address"]:
        before["household"] = before.get("household") or f"h-{before['id'][2:]}"
        customer |= {key: before[key] for key in ("household", "address", "country", "locale")}
    return customer


# ---- vehicles -------------------------------------------------------------------------------------------------------


class Vehicle:
    """One vehicle with its odometer: so many kilometres at delivery and so many a day since."""

    def __init__(self, books: Books, customer: dict[str, Any], delivered: dt.date, dice: Dice) -> None:
        firm = customer["tags"] == "trade"
        self.books, self.customer, self.dice = books, customer, dice
        name = "Badger" if firm else dice.weighted({name: share for name, (_, _, share, _) in MODELS.items()})
        self.kind, self.fuel, _, price = MODELS[name]
        self.id = f"v-{len(books.assets) + 1:03}"
        self.delivered = workday(delivered)
        is_new = dice.chance(0.6)
        self.registered = days_later(self.delivered, -(dice.between(2, 20) if is_new else dice.between(400, 2_900)))
        self.km_per_day = dice.middling(*KM_PER_DAY) * (2 if firm else 1)
        used = (self.delivered - self.registered).days * self.km_per_day
        self.km_at_delivery = dice.between(5, 80) if is_new else used + dice.between(0, 900)
        row = {"id": self.id, "customer": customer["id"], "kind": self.kind, "name": name, "since": self.delivered}
        books.assets.append(row | {"registration": f"NSG {len(books.assets) + 101:04}", "fuel": self.fuel})
        self.bought = workday(days_later(self.delivered, -dice.between(4, 45)))
        self.add("registration", self.registered)
        self.add("purchase", dice.moment(self.bought), value=price if is_new else price * 6 // 10, unit="GBP")
        self.add("delivery", self.delivered, value=self.km_at_delivery, unit="km", by=dice.pick(STAFF))

    def add(self, kind: str, at: dt.date | str, **cells: Any) -> dict[str, Any]:
        return self.books.add_event(self.customer, kind, at, asset=self.id, **cells)

    def km(self, day: dt.date) -> int:
        return self.km_at_delivery + (day - self.delivered).days * self.km_per_day

    def visit(self, kind: str, day: dt.date) -> None:
        self.add(kind, day, value=self.km(day), unit="km", by=self.dice.pick(STAFF))

    def look_after(self) -> None:
        """Its services so far, booked or not, and perhaps the booking of the next."""
        kind = "electric-check" if self.fuel == "electric" else "service"
        last, months, km = self.delivered, 6, 8_000
        while True:
            by_use = days_later(last, km // self.km_per_day)
            due = months_later(last, 12) if kind == "electric-check" else min(months_later(last, months), by_use)
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
                self.add("inspection-booking", self.dice.moment(booked), due=day, channel="phone")
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
            for _ in range(self.dice.between(1, 4)):
                day = self.dice.day(self.delivered, TODAY)
                value = self.km(day) // 10 * 10
                self.add("reading", day, value=value // 10 if self.dice.chance(0.03) else value, unit="km")


# ---- what else happened ---------------------------------------------------------------------------------------------


def buy_parts(books: Books, customer: dict[str, Any], number: int, dice: Dice) -> list[dt.date]:
    """Purchases at the counter and on line; some in the last days."""
    days = [days_later(TODAY, -dice.between(5, 2_000)) for _ in range(dice.between(1, 3)) if dice.chance(0.3)]
    if number % 12 == 5 and customer["status"] != "deceased":
        days.append(days_later(TODAY, -dice.between(0, 3)))
    for day in days:
        part = dice.pick(list(PARTS))
        hours = (8, 10) if day == TODAY else (8, 20)
        books.add_event(customer, "purchase", dice.moment(day, *hours), value=PARTS[part], unit="GBP", note=part)
    return days


def consent(books: Books, customer: dict[str, Any], since: dt.date, dice: Dice) -> None:
    if dice.chance(0.5):
        books.add_event(customer, "consent", dice.moment(since))
    elif dice.chance(0.4):
        books.add_event(customer, "consent", dice.moment(since), channel="email", note="offer")
    if dice.chance(0.12):
        day = dice.day(since, TODAY)
        what = dice.weighted({("", ""): 3, ("", "offer"): 4, ("", "care"): 3, ("email", ""): 4, ("", "service"): 1})
        hour = 8 if day == TODAY else 17
        books.add_event(customer, "withdrawal", dice.moment(day, hour, hour + 2), channel=what[0], note=what[1])


def complain(books: Books, vehicle: Vehicle, days_ago: int, dice: Dice) -> None:
    day = days_later(TODAY, -days_ago)
    at = dice.moment(day, 7, 9 if day == TODAY else 19)
    said = {"note": dice.pick(COMPLAINTS), "channel": dice.pick(["phone", "email", "desk"]), "by": dice.pick(STAFF)}
    complaint = vehicle.add("complaint", at, **said)
    if days_ago > 7:
        settled = dice.moment(workday(days_later(day, dice.between(4, 6))))
        vehicle.add("resolution", settled, ref=complaint, by=dice.pick(STAFF))


def make_books() -> Books:
    books = Books()
    before: dict[str, Any] | None = None
    for number in range(1, CUSTOMERS + 1):
        dice = Dice(SEED, number)
        partner = before if dice.chance(0.1) else None
        before = customer = make_customer(number, partner, dice)
        books.customers.append(customer)
        count = dice.between(2, 4) if customer["tags"] == "trade" else dice.weighted({1: 66, 2: 27, 0: 7})
        vehicles = []
        for position in range(count):
            days_ago = min(dice.between(20, FIRST_DELIVERY), dice.between(20, FIRST_DELIVERY))
            if number % 18 == 0 and position == 0:
                days_ago = dice.between(0, 13)
            vehicles.append(Vehicle(books, customer, days_later(TODAY, -days_ago), dice))
        for vehicle in vehicles:
            vehicle.look_after()
            vehicle.read_meter()
            if customer["country"] == "GB":
                vehicle.inspect()
        days = buy_parts(books, customer, number, dice) + [vehicle.bought for vehicle in vehicles]
        if not days:
            days = [days_later(TODAY, -dice.between(30, 1_500))]
            books.add_event(customer, "purchase", dice.moment(days[0]), value=PARTS["mats"], unit="GBP", note="mats")
        customer["member_since"] = min(days)
        consent(books, customer, min(days), dice)
        if vehicles and number % 33 == 3:
            days_ago = number // 66 if number % 66 == 3 else dice.between(14, 24)
            complain(books, vehicles[0], days_ago, dice)
        if vehicles and number % 54 == 18:
            vehicles[0].add("reply", dice.moment(days_later(TODAY, -1), 9, 17), channel="sms")
    books.number_events()
    return books


def write(path: Path, columns: list[str], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the books of the example garage.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="the folder to write to")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    books = make_books()
    write(out / "customers.csv", CUSTOMER_COLUMNS, books.customers)
    write(out / "assets.csv", ASSET_COLUMNS, books.assets)
    write(out / "events.csv", EVENT_COLUMNS, books.events)
    print(f"{len(books.customers)} customers, {len(books.assets)} assets, {len(books.events)} events in {out}")


if __name__ == "__main__":
    main()
