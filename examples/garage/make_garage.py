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

from books import TODAY, Books, Dice, days_later
from care import complain, guarantee, promise, reply, words_of_staff
from kindness import Kindness
from people import FIRMS, NAMES, PLACES, SALUTATIONS, STREETS, Place, language
from vehicles import OVERSEAS, Vehicle

SEED = 20261143
CUSTOMERS = 300
FIRST_DELIVERY = 2_700  # days ago

PARTS = {"roof box": 340, "winter wheels": 620, "child seat": 185, "awning": 480, "cycle carrier": 230, "mats": 60}
# What chance would seldom bring, so that the two weeks after TODAY show it.
GIVEN = {
    40: {"tier": "gold", "tags": "", "status": "active", "birthday": "1968-11-28"},  # a Saturday: a call comes too late
    41: {"tier": "gold", "tags": "", "status": "active", "birthday": "1979-11-25"},
    51: {"birthday": "1975-11-24"},  # a complaint of hers was settled on the 18th
    69: {"status": "active", "birthday": "1988-11-27"},  # one of his is open
    123: {"status": "active", "tier": "gold", "tags": "newsletter"},  # with 124 under one roof
    124: {"status": "active", "tier": "gold", "tags": "newsletter"},
    140: {"status": "deceased", "birthday": "1951-12-02"},
    # Four flats at one address, and four birthdays in a row.
    150: {"status": "active", "birthday": "1991-11-24"},
    151: {"status": "active", "birthday": "1959-11-25"},
    152: {"status": "active", "birthday": "1983-11-26"},
    154: {"status": "active", "birthday": "1970-11-27"},
    166: {"birthday": "1964-12-01", "tier": "gold", "tags": "newsletter"},  # the day on which the news goes out
    173: {"birthday": "1986-11-29", "tier": "gold", "tags": "", "status": "active"},  # a Sunday before a busy Monday
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
BOUGHT = {  # by customers without a vehicle of ours of whom nothing was heard since
    71: [(dt.date(2023, 3, 7), "a trailer", 2_900), (dt.date(2025, 5, 26), "a used van, shipped", 6_400)],
    104: [(dt.date(2025, 6, 1), "a motorcycle, for a friend", 5_600)],
}
ON_LINE = {289: dt.date(2026, 11, 22)}  # the day before a birthday
FLATS = (150, 151, 152, 154)
CONSENTS = {  # to offers; 62 never gave one
    61: [("consent", dt.date(2024, 1, 15))],
    62: [],
    63: [("consent", dt.date(2023, 2, 6)), ("withdrawal", dt.date(2026, 6, 9))],
    64: [("consent", dt.date(2022, 3, 1))],
    65: [("consent", dt.date(2024, 5, 21))],
    166: [("consent", dt.date(2025, 9, 2))],
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
    customer["address"], customer["town"] = f"{line}, {place.town}", place.town
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
    if number in FLATS:
        customer |= {"address": "7 Harbour View, Bristol", "town": "Bristol", "zone": "Europe/London", "country": "GB"}
        customer |= {"quiet_from": "", "quiet_to": ""}
    shared = before is not None and before["given_name"] and before["address"] and before["zone"] == customer["zone"]
    if before is not None and shared and customer["given_name"] and customer["address"]:
        before["household"] = before.get("household") or f"h-{before['id'][2:]}"
        customer |= {key: before[key] for key in ("household", "address", "town", "country", "locale")}
    return customer


def plain(text: str) -> str:
    """A name as it stands in an e-mail address."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


# ---- what else happened ---------------------------------------------------------------------------------------------


def buy_parts(books: Books, customer: dict[str, Any], number: int, dice: Dice) -> list[dt.date]:
    """Purchases at the counter and on line; some in the last days."""
    if number in BOUGHT:
        for day, what, price in BOUGHT[number]:
            books.add_event(customer, "purchase", day, value=price, unit="GBP", note=what)
        return [day for day, _, _ in BOUGHT[number]]
    days = [days_later(TODAY, -dice.between(5, 2_000)) for _ in range(dice.between(1, 3)) if dice.chance(0.3)]
    if number % 12 == 5 and customer["status"] != "deceased":
        days.append(days_later(TODAY, -dice.between(0, 6)))
    if number in ON_LINE:
        days.append(ON_LINE[number])
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
        lately = Dice(SEED, number, 2)
        if vehicles:
            complain(vehicles[0], number, lately)
            promise(vehicles[0], number, lately)
        for vehicle in vehicles:
            guarantee(vehicle)
        reply(books, customer, number, min(days), lately)
        if vehicles and number % 54 == 18 and vehicles[0].delivered < days_later(TODAY, -1):
            vehicles[0].add("reply", dice.moment(days_later(TODAY, -1), 9, 17), channel="sms")
    Kindness(books).remember()
    books.number_events()
    return books


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the books of the example garage.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="the folder to write to")
    out: Path = parser.parse_args().out
    books = make_books()
    books.write(out)
    words_of_staff(books, out)
    books.write(out)
    print(f"{len(books.customers)} customers, {len(books.assets)} assets, {len(books.events)} events in {out}")


if __name__ == "__main__":
    main()
