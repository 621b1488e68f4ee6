"""Writes the books of Northside Garage, as of 23 November 2026: customers.csv, assets.csv and events.csv.

    python make_garage.py [--out DIR]

The same bytes each time and with each Python. Nobody in the books is real.
"""

from __future__ import annotations

import argparse
import datetime as dt
import unicodedata
from pathlib import Path
from typing import Any

from books import TODAY, Books, Dice, days_later, workday
from people import FIRMS, NAMES, PLACES, SALUTATIONS, STREETS, Place, language
from vehicles import OVERSEAS, STAFF, Vehicle

SEED = 20261143
CUSTOMERS = 300
FIRST_DELIVERY = 2_700  # days ago

PARTS = {"roof box": 340, "winter wheels": 620, "child seat": 185, "awning": 480, "cycle carrier": 230, "mats": 60}
COMPLAINTS = [
    "rattle behind the dashboard",
    "waited forty minutes at the desk",
    "the seat was left dirty",
    "the price was not the one agreed",
    "the warning light is on again",
    "nobody rang back",
]

# What chance would seldom bring, so that the two weeks after TODAY show it.
GIVEN = {
    40: {"tier": "gold", "tags": "", "status": "active", "birthday": "1968-11-28"},  # a Saturday: a call comes too late
    41: {"tier": "gold", "tags": "", "status": "active", "birthday": "1979-11-25"},
    140: {"status": "deceased", "birthday": "1951-12-02"},
    210: {"status": "do_not_contact", "birthday": "1990-12-04"},
}
_READY = {"status": "active", "tier": "gold", "tags": "", "quiet_from": "", "quiet_to": ""}
GIVEN |= dict.fromkeys((61, 62, 63, 64, 65), _READY)
DELIVERED = {  # so that an offer to trade in falls due, four weeks before an anniversary; 97's is an electric car
    61: dt.date(2023, 12, 28),
    62: dt.date(2024, 12, 30),
    63: dt.date(2022, 12, 29),
    64: dt.date(2021, 12, 22),
    65: dt.date(2023, 12, 29),
    97: dt.date(2025, 12, 22),
}
CONSENTS = {  # to offers; 62 never gave one
    61: [("consent", dt.date(2024, 1, 15))],
    62: [],
    63: [("consent", dt.date(2023, 2, 6)), ("withdrawal", dt.date(2026, 6, 9))],
    64: [("consent", dt.date(2022, 3, 1))],
    65: [("consent", dt.date(2024, 5, 21))],
}


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
    customer["email"] = f"{local}{int(customer['id'][2:])}@example.org"
    customer["phone"] = digits(place.phone, dice)
    line = f"{house} {street}" if language(place) in ("en", "in", "fr") else f"{street} {house}"
    customer["address"] = f"{line}, {place.town}"
    known = dice.weighted({"email phone address": 72, "phone address": 9, "email address": 8, "email phone": 6,
                           "phone": 2, "address": 2, "": 1})  # fmt: skip
    for way in ("email", "phone", "address"):
        if way not in known.split():
            customer[way] = ""
    wishes = {"": 40, "email": 14, "sms,email": 14, "letter": 8, "whatsapp,sms": 8, "email,letter": 16}
    # Nobody rings another continent: customers there are written to.
    customer["channels"] = "email" if place.country in OVERSEAS else dice.weighted(wishes)
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


def plain(text: str) -> str:
    """A name as it stands in an e-mail address."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


# ---- what else happened ---------------------------------------------------------------------------------------------


def buy_parts(books: Books, customer: dict[str, Any], number: int, dice: Dice) -> list[dt.date]:
    """Purchases at the counter and on line; some in the last days."""
    days = [days_later(TODAY, -dice.between(5, 2_000)) for _ in range(dice.between(1, 3)) if dice.chance(0.3)]
    if number % 12 == 5 and customer["status"] != "deceased":
        days.append(days_later(TODAY, -dice.between(0, 6)))
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
                days_ago = dice.between(-8, 5)
            if number in DELIVERED and position == 0:
                days_ago = (TODAY - DELIVERED[number]).days
            vehicles.append(Vehicle(books, customer, days_later(TODAY, -days_ago), dice))
        for vehicle in vehicles:
            if customer["country"] not in OVERSEAS:
                vehicle.look_after()
            vehicle.read_meter()
            if customer["country"] == "GB":
                vehicle.inspect()
        days = buy_parts(books, customer, number, dice) + [vehicle.bought for vehicle in vehicles]
        if not days:
            days = [days_later(TODAY, -dice.between(30, 1_500))]
            books.add_event(customer, "purchase", dice.moment(days[0]), value=PARTS["mats"], unit="GBP", note="mats")
        customer["member_since"] = min(days)
        if number in CONSENTS:
            for kind, day in CONSENTS[number]:
                books.add_event(customer, kind, dice.moment(day), note="offer")
        else:
            consent(books, customer, min(days), dice)
        if vehicles and number % 33 == 3:
            days_ago = number // 66 if number % 66 == 3 else dice.between(14, 24)
            complain(books, vehicles[0], days_ago, dice)
        if vehicles and number % 54 == 18 and vehicles[0].delivered < days_later(TODAY, -1):
            vehicles[0].add("reply", dice.moment(days_later(TODAY, -1), 9, 17), channel="sms")
    books.number_events()
    return books


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the books of the example garage.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="the folder to write to")
    out: Path = parser.parse_args().out
    books = make_books()
    books.write(out)
    print(f"{len(books.customers)} customers, {len(books.assets)} assets, {len(books.events)} events in {out}")


if __name__ == "__main__":
    main()
