"""Gestures, budgets and goodwill: stories whose answer was worked out by hand, asked of model and core.

All is in London, on winter time; 2 November 2026 is a Monday.
"""

from __future__ import annotations

from typing import Any

from plain_stories import Tell, case_of, key, on

CARD, CAKE, VOUCHER = ({"name": name, "cost": cost} for name, cost in (("card", 1), ("cake", 4), ("voucher", 10)))
THANKS = {"on": "purchase", "after": "1 day", "at": "10:00", "gestures": [CARD, CAKE]}
ROW = ("due", "reason", "gesture")


def brought(day: str, gesture: str, **cells: Any) -> dict[str, Any]:
    return on(day, "contact", topic=gesture, **cells)


class TestRotation:
    def test_is_not_the_same_twice_running(self, tell: Tell) -> None:
        events = [on(f"2026-11-{day:02}") for day in (2, 4, 6)]
        told = tell(case_of(events, THANKS), "due", "gesture", "cost")
        assert told == [("11-03 10:00", "card", "1.0"), ("11-05 10:00", "cake", "4.0"), ("11-07 10:00", "card", "1.0")]

    def test_a_step_that_has_no_other_gives_it_again(self, tell: Tell) -> None:
        events = [on("2026-11-02"), on("2026-11-04")]
        told = tell(case_of(events, THANKS | {"gestures": [CARD]}), *ROW)
        assert told == [("11-03 10:00", "due", "card"), ("11-05 10:00", "due", "card")]

    def test_something_new_goes_before_what_was_longest_ago(self, tell: Tell) -> None:
        # The voucher was last; the card never, the cake a month ago.
        events = [on("2026-11-02"), brought("2026-10-02", "cake"), brought("2026-10-20", "voucher")]
        assert tell(case_of(events, THANKS | {"gestures": [CAKE, VOUCHER, CARD]}), "gesture") == [("card",)]
        # Each of them once, the card first of all.
        events += [brought("2026-09-02", "card")]
        assert tell(case_of(events, THANKS | {"gestures": [CAKE, VOUCHER, CARD]}), "gesture") == [("card",)]
        # What was within the month counts, and what was before that as good as never: once, and then longest ago.
        rule = THANKS | {"gestures": [CAKE, VOUCHER, CARD], "novelty": "33 days"}
        assert tell(case_of(events, rule), "gesture") == [("card",)]
        events += [brought("2026-10-10", "card")]
        assert tell(case_of(events, rule), "gesture") == [("cake",)]

    def test_what_nothing_is_left_of_is_not_granted(self, tell: Tell) -> None:
        events = [on("2026-11-02"), brought("2026-10-02", "card")]
        cake = CAKE | {"when": {"tags": "vip"}}
        assert tell(case_of(events, THANKS | {"gestures": [CARD, cake]}), *ROW) == [
            ("11-03 10:00", "not_granted", "None")
        ]
        vip = [{"tags": ["vip"]}]
        assert tell(case_of(events, THANKS | {"gestures": [CARD, cake]}, customers=vip), *ROW) == [
            ("11-03 10:00", "due", "cake")
        ]

    def test_what_went_out_later_was_received_when_it_was_due(self, tell: Tell) -> None:
        # The card was due on the 3rd and went out on the 8th; the cake was due on the 5th and went out at once. The
        # next one, of the 10th, is as if both had gone out in time.
        events = [on("2026-11-02"), on("2026-11-04"), on("2026-11-09")]
        events += [
            brought("2026-11-08T10:00Z", "card", ref=key("e0")),
            brought("2026-11-05T10:00Z", "cake", ref=key("e1")),
        ]
        assert tell(case_of(events, THANKS), *ROW) == [
            ("11-03 10:00", "sent", "None"),
            ("11-05 10:00", "sent", "None"),
            ("11-10 10:00", "due", "card"),
        ]
        # Without the reminders' names the card was the last.
        for event in events[3:]:
            del event["ref"]
        assert tell(case_of(events[2:], THANKS), *ROW) == [("11-10 10:00", "due", "cake")]


class TestBudget:
    def test_goes_to_those_who_are_worth_most(self, tell: Tell) -> None:
        customers = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
        events = [on("2026-11-02", customer="a", value=10), on("2026-11-20", customer="b", value=20)]
        policy = {"budgets": [{"most": 5}]}
        told = tell(case_of(events, THANKS | {"gestures": [CAKE]}, policy, customers), "customer", "reason", "gesture")
        assert told == [("a", "over_budget", "None"), ("b", "due", "cake")]
        # However short the window is.
        case = case_of(events, THANKS | {"gestures": [CAKE]}, policy, customers, days=5)
        assert tell(case, "customer", "reason", "gesture") == [("a", "over_budget", "None")]

    def test_what_has_no_room_gives_way_to_the_next(self, tell: Tell) -> None:
        events = [on("2026-11-02"), on("2026-11-04"), on("2026-11-06"), on("2026-12-01")]
        told = tell(case_of(events, THANKS | {"gestures": [CAKE, CARD]}, {"budgets": [{"most": 5}]}), *ROW)
        # 4 and 1 are all of November's; December has its own.
        assert told == [
            ("11-03 10:00", "due", "cake"),
            ("11-05 10:00", "due", "card"),
            ("11-07 10:00", "over_budget", "None"),
            ("12-02 10:00", "due", "cake"),
        ]

    def test_knows_what_was_spent_already(self, tell: Tell) -> None:
        events = [on("2026-11-02"), brought("2026-11-20", "cake", value=4.5)]
        rule = THANKS | {"gestures": [CARD]}
        policy = {"budgets": [{"most": 5}]}
        other = {"on": "service", "gestures": [CAKE]}
        assert tell(case_of(events, [rule, other], policy), *ROW) == [("11-03 10:00", "over_budget", "None")]
        # A budget of other occasions is another one, and so is another month's.
        policy = {"budgets": [{"most": 5, "occasions": ["o0"]}]}
        assert tell(case_of(events, [rule, other], policy), *ROW) == [("11-03 10:00", "due", "card")]
        events[1]["at"] = "2026-10-31"
        policy = {"budgets": [{"most": 5}]}
        assert tell(case_of(events, [rule, other], policy), *ROW) == [("11-03 10:00", "due", "card")]


class TestCompensation:
    def test_is_what_the_case_is_about(self, tell: Tell) -> None:
        rule = {"on": ["complaint", "reopened"], "after": "1 day", "purpose": "recovery", "gestures": "compensation"}
        policy = {
            "compensation": [VOUCHER | {"topic": "late"}, CAKE | {"topic": ["rude", "loud"]}],
            "budgets": [{"most": 0, "occasions": ["o1"]}],
        }
        events = [
            on("2026-11-02", "complaint", topic="late"),
            on("2026-11-03", "reopened", ref="e0"),
            on("2026-11-04", "complaint", topic="loud"),
            on("2026-11-05", "complaint", topic="smelly"),
            on("2026-11-06", "complaint"),
        ]
        case = case_of(events, [rule, {"on": "purchase", "gestures": [CARD]}], policy)
        assert tell(case, "event", "reason", "gesture", "cost") == [
            ("e0", "due", "voucher", "10.0"),
            # It is owed again.
            ("e1", "due", "voucher", "10.0"),
            ("e2", "due", "cake", "4.0"),
            ("e3", "not_granted", "None", "None"),
            ("e4", "not_granted", "None", "None"),
        ]


class TestGoodwill:
    def test_raises_the_priority_for_a_year(self, tell: Tell) -> None:
        events = [
            on("2026-11-02"),
            on("2026-10-01", "paid", due="2026-10-01"),
            on("2025-11-03", "referral", ref="somebody"),  # a year before the 3rd: no more
            on("2025-11-04", "feedback"),
            on("2026-10-05", "complaint"),
        ]
        rule = {"on": "purchase", "after": "1 day", "priority": 2, "purpose": "service"}
        assert tell(case_of(events, rule), "due", "priority") == [("11-03 09:00", "4")]
        events[1]["due"] = "2026-09-30"
        assert tell(case_of(events, rule), "priority") == [("3",)]
        assert tell(case_of(events, rule, {"goodwill": []}), "priority") == [("2",)]
        assert tell(case_of(events, rule, {"goodwill": ["referral", "reply"]}), "priority") == [("2",)]
