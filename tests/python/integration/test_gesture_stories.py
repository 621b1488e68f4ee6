"""Gestures in a shop, event by event: what the plan says after each."""

from __future__ import annotations

from typing import Any

import courtesy

GESTURES = [
    {"name": "card", "cost": 2, "message": "thank-you-card"},
    {"name": "wash", "cost": 10},
    {"name": "flowers", "cost": 25},
]
THANKS = {
    "name": "thank-you",
    "on": "service",
    "after": "1 day",
    "at": "10:00",
    "message": "thank-you",
    "gestures": GESTURES,
}


class Shop:
    """A shop in London that plans the days up to one, and carries its plans out."""

    def __init__(
        self, occasions: list[dict[str, Any]], policy: dict[str, Any], customers: list[dict[str, Any]]
    ) -> None:
        self.rules = courtesy.Rules(occasions, policy, {"zone": "Europe/London"})
        self.customers = customers
        self.events: list[dict[str, Any]] = []

    def happened(self, customer: str, kind: str, at: str, **cells: Any) -> None:
        self.events.append({"id": f"e{len(self.events) + 1}", "customer": customer, "kind": kind, "at": at, **cells})

    def plan(self, start: str, days: int) -> courtesy.Plan:
        return courtesy.plan(self.customers, self.events, self.rules, start=start, days=days)

    def sees(self, start: str, days: int) -> list[tuple[Any, ...]]:
        """Day, customer, and what it brings or why it is withheld."""
        return [
            (f"{row.local:%m-%d}", row.customer, row.gesture or row.reason)
            for row in self.plan(start, days)
            if row.reason != "sent"
        ]

    def carries_out(self, start: str, days: int) -> None:
        plan = self.plan(start, days)
        self.events += [{"id": f"sent {event['ref']}", **event} for event in plan.contacts()]


def test_a_customer_who_has_had_three_cards() -> None:
    shop = Shop([THANKS], {}, [{"id": "ada"}])
    # Before there were plans the shop noted what it sent.
    for at in ("2025-12-10", "2026-03-12", "2026-06-11"):
        shop.happened("ada", "contact", at, topic="card", value=2)
    shop.happened("ada", "service", "2026-09-01")
    assert shop.sees("2026-09-01", 7) == [("09-02", "ada", "wash")]
    row = shop.plan("2026-09-01", 7)[0]
    assert (row.gesture, row.cost, row.message) == ("wash", 10.0, "thank-you")
    assert shop.plan("2026-09-01", 7).explain(row).sentence == (
        "Thank you 2 Sep 2026: service 1 Sep 2026 + 1 day; 10:00 in Europe/London; e-mail: consent not withdrawn; "
        "it brings 'wash' for the first time."
    )
    shop.carries_out("2026-09-01", 7)
    sent = shop.events[-1]
    assert (sent["topic"], sent["value"]) == ("wash", 10.0)
    # Flowers have never come; then a wash and flowers were received once each, the wash longer ago.
    shop.happened("ada", "service", "2026-10-01")
    assert shop.sees("2026-10-01", 7) == [("10-02", "ada", "flowers")]
    shop.carries_out("2026-10-01", 7)
    shop.happened("ada", "service", "2026-11-02")
    assert shop.sees("2026-11-01", 7) == [("11-03", "ada", "wash")]
    # Staff hand her a wash on the 2nd: not again then, and of three cards and one bunch of flowers it is the flowers.
    shop.happened("ada", "contact", "2026-11-02T15:00Z", topic="wash", value=10, by="front desk")
    assert shop.sees("2026-11-01", 7) == [("11-03", "ada", "flowers")]
    # Two and a half years later all of that is forgotten, but for which came last: a contact tells of a card.
    shop.happened("ada", "contact", "2028-11-20", topic="card", value=2)
    shop.happened("ada", "service", "2029-06-01")
    assert shop.sees("2029-06-01", 7) == [("06-02", "ada", "flowers")]


def test_a_card_has_its_own_message() -> None:
    shop = Shop([THANKS], {}, [{"id": "ada"}])
    shop.happened("ada", "service", "2026-09-01")
    plan = shop.plan("2026-09-01", 7)
    assert (plan[0].gesture, plan[0].message) == ("card", "thank-you-card")
    table = plan.to_arrow()
    assert table.column("message").to_pylist() == ["thank-you-card"]
    assert table.column("gesture").to_pylist() == ["card"]
    assert table.column("cost").to_pylist() == [2.0]
    assert table.column("partner").to_pylist() == [None]


def test_a_budget_goes_to_the_more_valuable() -> None:
    flowers = [{"name": "flowers", "cost": 25}]
    budget = {"budgets": [{"most": 50, "occasions": ["thank-you"]}]}
    shop = Shop([THANKS | {"gestures": flowers}], budget, [{"id": name} for name in ("ada", "bob", "cid")])
    shop.happened("ada", "purchase", "2026-01-10", value=1000)
    shop.happened("bob", "purchase", "2026-01-10", value=500)
    shop.happened("cid", "purchase", "2026-01-10", value=2000)
    shop.happened("bob", "service", "2026-12-01")
    assert shop.sees("2026-12-01", 3) == [("12-02", "bob", "flowers")]
    shop.happened("ada", "service", "2026-12-02")
    assert shop.sees("2026-12-01", 3) == [("12-02", "bob", "flowers"), ("12-03", "ada", "flowers")]
    # Cid was here on the 2nd too, and both are worth more: Bob's flowers have not gone out yet.
    shop.happened("cid", "service", "2026-12-02")
    assert shop.sees("2026-12-01", 1) == []
    assert shop.sees("2026-12-02", 1) == [("12-02", "bob", "over_budget")]
    assert [line[1:] for line in sorted(shop.sees("2026-12-03", 1))] == [("ada", "flowers"), ("cid", "flowers")]
    shop.carries_out("2026-12-01", 3)
    assert sum(event["value"] for event in shop.events if event["kind"] == "contact") == 50
    # The month is spent, however much somebody is worth; the next one is not.
    shop.happened("cid", "service", "2026-12-28")
    shop.happened("cid", "service", "2026-12-31")
    assert shop.sees("2026-12-28", 7) == [("12-29", "cid", "over_budget"), ("01-01", "cid", "flowers")]


def test_compensation_by_tier_and_topic() -> None:
    policy = {
        "holds": [],
        "compensation": [
            {"topic": "late", "when": {"tier": "gold"}, "name": "voucher", "cost": 50, "message": "sorry-voucher"},
            {"topic": ["late", "dirty"], "name": "wash", "cost": 10},
            {"when": {"tier": "gold"}, "name": "flowers", "cost": 25},
        ],
        "budgets": [{"most": 0}],
    }
    apology = {
        "name": "apology",
        "on": "complaint",
        "after": "1 day",
        "at": "10:00",
        "purpose": "recovery",
        "message": "sorry",
        "gestures": "compensation",
    }
    shop = Shop([apology, THANKS], policy, [{"id": "ada", "tier": "gold"}, {"id": "bob", "tier": "silver"}])
    shop.happened("bob", "service", "2025-12-01")
    shop.happened("ada", "complaint", "2026-12-01", topic="late")
    assert shop.sees("2026-12-01", 14) == [("12-02", "ada", "voucher")]
    assert shop.plan("2026-12-01", 14)[0].message == "sorry-voucher"
    shop.happened("bob", "complaint", "2026-12-02", topic="late")
    assert shop.sees("2026-12-01", 14)[1:] == [("12-03", "bob", "wash")]
    # Rude to somebody of the silver tier: nothing is granted, and somebody of the gold tier gets flowers.
    shop.happened("bob", "complaint", "2026-12-03", topic="rude")
    assert shop.sees("2026-12-01", 14)[2:] == [("12-04", "bob", "not_granted")]
    shop.happened("ada", "complaint", "2026-12-04", topic="rude")
    assert shop.sees("2026-12-01", 14)[3:] == [("12-05", "ada", "flowers")]
    shop.carries_out("2026-12-01", 14)
    # It is owed again, whatever came last; and thanks, which no budget pays for, are another matter.
    shop.happened("ada", "complaint", "2026-12-05", topic="rude")
    assert shop.sees("2026-12-01", 14) == [("12-04", "bob", "not_granted"), ("12-06", "ada", "flowers")]
    shop.happened("ada", "service", "2026-12-08")
    assert shop.sees("2026-12-08", 7) == [("12-09", "ada", "over_budget")]
