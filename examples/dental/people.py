"""Who the practice's patients are, family by family. Nobody here is real.

Telephone numbers are 555-01 of Nova Scotia, which are kept for films and examples.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from books import TODAY, Books, Dice, days_later

WOMEN = (
    "Abigail Beth Catriona Danielle Erin Flora Genevieve Heather Iris Josephine Kirsten Leila Mairi Noor Odette Paige "
    "Ruth Shauna Tessa Yvette"
)
MEN = (
    "Alasdair Bashir Colin Duncan Emmett Felix Gaston Hamish Ian Jules Keith Lachlan Marcel Nabil Owen Pascal Rory "
    "Simon Thomas Wesley"
)
FAMILIES = (
    "Arsenault Boudreau Chisholm Comeau Dalhousie Doucet Fougere Gillis Haddad Ingraham Jollymore Kaulback LeBlanc "
    "MacAskill MacIsaac Nickerson Oickle Paul Quigley Rafuse Sampson Tynes Umlah Veinot Whynot Zwicker"
)
STREETS = [
    "Barrington Row", "Citadel Lane", "Fern Hill", "Lighthouse Road", "Mayflower Street", "Quinpool Close",
    "Tidewater Drive",
]  # fmt: skip
TOWNS = ["Halifax", "Dartmouth", "Bedford"]
AWAY = ["America/St_Johns", "America/Toronto", "America/Vancouver"]  # who studies or works elsewhere, and comes back


def plain(text: str) -> str:
    """A name as it stands in an e-mail address."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


class Family:
    """Who lives together: one address, one telephone, and the children's post goes to a parent."""

    def __init__(self, books: Books, number: int, dice: Dice) -> None:
        self.books, self.dice = books, dice
        self.name = dice.pick(FAMILIES.split())
        self.household = f"h-{number:03}"
        self.address = f"{dice.between(1, 190)} {dice.pick(STREETS)}, {dice.pick(TOWNS)}"
        self.phone = f"+1 902 555 01{number % 100:02}"
        self.joined = days_later(TODAY, -min(dice.between(20, 3_800), dice.between(20, 3_800)))
        self.is_new = (TODAY - self.joined).days < 400

    def members(self) -> list[dict[str, Any]]:
        adults = self.dice.weighted({1: 35, 2: 65})
        children = self.dice.weighted({0: 45, 1: 22, 2: 25, 3: 8} if adults == 2 else {0: 80, 1: 20})
        oldest = 1946 if not children else 1974
        made = [self.adult(self.dice.between(oldest, 1998)) for _ in range(adults)]
        return made + [self.child(made[0]) for _ in range(children)]

    def adult(self, year: int) -> dict[str, Any]:
        customer = self.person(year)
        number = int(customer["id"][2:])
        customer["email"] = f"{plain(customer['given_name'])}.{plain(self.name)}{number}@example.org"
        known = self.dice.weighted({"email phone address": 78, "phone address": 10, "email phone": 8, "phone": 4})
        for way in ("email", "phone", "address"):
            if way not in known.split():
                customer[way] = ""
        wishes = {"": 46, "email": 14, "sms,email": 24, "letter": 8, "email,letter": 8}
        customer["channels"] = self.dice.weighted(wishes)
        hours = [("22:00", "11:00"), ("09:00", "15:00"), ("12:00", "17:30")]
        customer["quiet_from"], customer["quiet_to"] = self.dice.pick(hours) if self.dice.chance(0.1) else ("", "")
        customer["zone"] = self.dice.pick(AWAY) if self.dice.chance(0.05) else ""
        customer["status"] = self.dice.weighted({"active": 940, "closed": 35, "do_not_contact": 15, "deceased": 10})
        customer["salutation"] = "Ms" if customer["given_name"] in WOMEN.split() else "Mr"
        return customer

    def child(self, parent: dict[str, Any]) -> dict[str, Any]:
        """A child is written to where its parent is."""
        ways = ("email", "phone", "address", "channels", "quiet_from", "quiet_to", "zone")
        customer = self.person(self.dice.between(2012, 2024))
        customer.update({way: parent[way] for way in ways})
        plays = customer["birthday"] < "2020" and self.dice.chance(0.5)
        customer.update({"status": "active", "tags": "sports" if plays else "", "recall": 6})
        first_tooth = days_later(dt.date.fromisoformat(customer["birthday"]), 400)
        customer["joined"] = min(max(self.joined, first_tooth), days_later(TODAY, -5))
        return customer

    def person(self, year: int) -> dict[str, Any]:
        given = self.dice.pick(WOMEN.split() if self.dice.chance(0.5) else MEN.split())
        tags = [tag for tag, share in (("sports", 0.06), ("no-calls", 0.05)) if self.dice.chance(share)]
        customer = {
            "id": f"p-{len(self.books.customers) + 1:03}",
            "name": f"{given} {self.name}",
            "given_name": given,
            "family_name": self.name,
            "locale": self.dice.weighted({"en-CA": 88, "fr-CA": 12}),
            "birthday": f"{year}-{self.dice.between(1, 12):02}-{self.dice.between(1, 28):02}",
            "household": self.household,
            "phone": self.phone,
            "address": self.address,
            "tags": ",".join([*tags, *(["new-in-town"] if self.is_new and self.dice.chance(0.4) else [])]),
            "tier": self.dice.weighted({"": 60, "member": 30, "family": 10}),
            "recall": self.dice.weighted({6: 40, 12: 60}),
            "joined": self.joined,
        }
        self.books.customers.append(customer)
        return customer
