"""What was good between the garage and its customers: bills paid, friends sent, likes and dislikes, small presents.

And what happened lately that chance would seldom bring.
"""

from __future__ import annotations

from typing import Any

from books import TODAY, Books, Dice, days_later, workday

SEED = 20261144
TOPICS = {
    "workmanship": 92,
    "friendliness": 88,
    "waiting": 40,
    "price": 45,
    "loan car": 75,
}  # of a hundred that like it
# Presents of the last years, and what each cost.
GESTURES = {"card": 1.5, "chocolates": 6, "car wash": 9}

MOTORCYCLE = {"id": "v-385", "customer": "c-137", "kind": "motorcycle", "name": "Marten 650", "since": "2025-12-01",
              "registration": "NSG 0485", "fuel": "petrol"}  # fmt: skip
CARD = {"channel": "letter", "note": "care", "topic": "card", "value": GESTURES["card"]}
# By customer: kind, when, and the other cells. Events that another one answers have a name here, which is their id.
LATELY: list[tuple[int, str, str, dict[str, Any]]] = [
    # A motorcycle that does 45 km a day got a new odometer, which began at nought.
    (137, "delivery", "2025-12-01", {"asset": "v-385", "value": 17_975, "unit": "km", "by": "Tom"}),
    (137, "service", "2026-01-15", {"asset": "v-385", "value": 20_000, "unit": "km", "by": "Asha"}),
    (137, "reading", "2026-02-14", {"asset": "v-385", "value": 21_350, "unit": "km"}),
    (137, "meter_replaced", "2026-06-01", {"asset": "v-385", "value": 0, "unit": "km", "by": "Tom"}),
    (137, "reading", "2026-08-30", {"asset": "v-385", "value": 4_050, "unit": "km"}),
    (137, "reading", "2026-11-13", {"asset": "v-385", "value": 7_425, "unit": "km"}),
    # She has had two cards already, and this was a third.
    (5, "contact", "2025-03-19T10:00:00Z", CARD),
    # The courtesy car comes later, and he was told so ten days before.
    (58, "renegotiated", "2026-11-20T11:00:00Z", {"due": "2026-12-04", "ref": "e-04545", "topic": "courtesy car"}),
    # It will not be done in time, and staff wrote so before the day.
    (74, "promise", "2026-11-16", {"id": "l-dent", "due": "2026-11-25", "topic": "repair", "by": "Tom"}),
    (74, "broken", "2026-11-20T17:00:00Z", {"ref": "l-dent", "topic": "repair", "by": "Tom"}),
]


class Kindness:
    """Writes with ids of its own, so that no other event gets another number."""

    def __init__(self, books: Books) -> None:
        self.books, self.number = books, 0

    def add(self, customer: dict[str, Any], kind: str, at: object, **cells: Any) -> None:
        self.number += 1
        self.books.add_event(customer, kind, str(at), **{"id": f"f-{self.number:04}", **cells})

    def remember(self) -> None:
        for number, customer in enumerate(self.books.customers, start=1):
            dice = Dice(SEED, number)
            since = customer["member_since"]
            if customer["status"] != "active" or (TODAY - since).days < 60:
                continue
            self.pay(customer, dice)
            self.say(customer, dice)
            if dice.chance(0.12):
                self.send_friends(customer, dice)
            self.receive(customer, number, dice)
            if dice.chance(0.12):
                self.add(customer, "consent", dice.day(since, days_later(TODAY, -30)), note="introduction")
        self.books.assets.append(MOTORCYCLE)
        for number, kind, at, cells in LATELY:
            self.add(self.books.customers[number - 1], kind, at, **cells)

    def pay(self, customer: dict[str, Any], dice: Dice) -> None:
        """Bills of the last two years: most are paid in time."""
        for _ in range(dice.weighted({0: 50, 1: 30, 2: 15, 3: 5})):
            due = dice.day(max(customer["member_since"], days_later(TODAY, -700)), days_later(TODAY, -8))
            late = dice.weighted({-14: 40, -3: 30, -1: 15, 1: 10, 7: 5})
            self.add(customer, "paid", days_later(due, late), due=due)

    def say(self, customer: dict[str, Any], dice: Dice) -> None:
        """A like counts 1, a dislike -1."""
        for _ in range(dice.weighted({0: 70, 1: 20, 2: 10})):
            day = dice.day(max(customer["member_since"], days_later(TODAY, -700)), days_later(TODAY, -4))
            topic = dice.pick(list(TOPICS))
            like = dice.between(1, 100) <= TOPICS[topic]
            self.add(customer, "feedback", dice.moment(day), value=1 if like else -1, topic=topic, channel="email")

    def send_friends(self, customer: dict[str, Any], dice: Dice) -> None:
        friend = dice.pick(self.books.customers)
        if friend["member_since"] > customer["member_since"]:
            self.add(customer, "referral", friend["member_since"], ref=friend["id"])

    def receive(self, customer: dict[str, Any], number: int, dice: Dice) -> None:
        """Thanks for what was bought, mostly in the order in which the presents lie on the shelf."""
        bought = sorted(
            event["at"][:10]
            for event in self.books.events
            if event["customer"] == customer["id"] and event["kind"] == "purchase" and event["at"] > "2025"
        )
        for turn, day in enumerate(bought):
            thanked = workday(days_later(TODAY.fromisoformat(day), 2))
            if thanked > days_later(TODAY, -40):
                continue
            name = "card" if number % 3 == 2 else list(GESTURES)[(turn + number) % 3]
            at = f"{thanked}T10:0{dice.between(0, 9)}:00Z"
            self.add(customer, "contact", at, channel="letter", note="care", topic=name, value=GESTURES[name])
