"""What holds, moves, refuses and merges: stories whose answer was worked out by hand, asked of model and core.

All is in London, on winter time, unless it is said otherwise; 2 November 2026 is a Monday.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from plain_stories import EVERYTHING, THANKS, Tell, case_of, key, on, text


class TestHold:
    def test_lasts_through_the_cool_down(self, tell: Tell) -> None:
        # Resolved on the 5th; seven days after, on the 12th, it is free.
        events = [on("2026-11-02"), on("2026-11-02T12:00Z", "complaint"), on("2026-11-05T08:00Z", "resolution")]
        assert tell(case_of(events, THANKS | {"tolerance": "10 days"})) == [("moved", "11-12 10:00")]
        assert tell(case_of(events, THANKS | {"tolerance": "8 days"})) == [("on_hold", "11-03 10:00")]
        assert tell(case_of(events, THANKS | {"tolerance": "10 days", "expires": "8 days"})) == [
            ("on_hold", "11-03 10:00")
        ]
        assert tell(case_of(events, THANKS | {"purpose": "service"})) == [("due", "11-03 10:00")]

    def test_a_cool_down_is_at_least_the_day_itself(self, tell: Tell) -> None:
        events = [on("2026-11-02"), on("2026-11-02T12:00Z", "complaint"), on("2026-11-03T08:00Z", "resolution")]
        policy = {"holds": [{"cool_down": "0 days"}]}
        assert tell(case_of(events, THANKS, policy)) == [("moved", "11-04 10:00")]

    def test_an_ending_that_names_another_complaint_does_not_end_it(self, tell: Tell) -> None:
        events = [
            on("2026-11-02"),
            on("2026-11-01", "complaint", ref="case 1"),
            on("2026-11-01", "resolution", ref="x"),
        ]
        policy = {"holds": [{"cool_down": "1 day"}]}
        assert tell(case_of(events, THANKS, policy)) == [("on_hold", "11-03 10:00")]
        events[2]["ref"] = "case 1"
        assert tell(case_of(events, THANKS, policy)) == [("due", "11-03 10:00")]
        events[2]["ref"] = "e1"
        assert tell(case_of(events, THANKS, policy)) == [("due", "11-03 10:00")]

    def test_what_was_moved_behind_a_hold_is_asked_again(self, tell: Tell) -> None:
        # Free on the 5th, but on the 4th the customer withdrew the consent.
        events = [on("2026-11-02"), on("2026-11-02T12:00Z", "complaint"), on("2026-11-03T08:00Z", "resolution")]
        events += [on("2026-11-04", "withdrawal")]
        policy = {"holds": [{"cool_down": "2 days"}]}
        assert tell(case_of(events, THANKS, policy)) == [("consent_withdrawn", "11-05 10:00")]


class TestHours:
    def test_the_best_hour_is_that_of_the_replies(self, tell: Tell) -> None:
        # Three replies at 18 o'clock: 6 there, 3 beside it; the policy's two at 9 make 4 there.
        replies = [on(f"2026-10-0{day}T17:{day}0Z", "reply") for day in (1, 2, 3)]  # summer time: 18 o'clock
        case = case_of([on("2026-11-02"), *replies], THANKS | {"at": "best"}, {"at": "09:30"})
        assert tell(case) == [("due", "11-03 18:00")]
        # One reply: the policy's hour keeps the most, and its own time of day.
        case = case_of([on("2026-11-02"), *replies[:1]], THANKS | {"at": "best"}, {"at": "09:30"})
        assert tell(case) == [("due", "11-03 09:30")]
        # A date is at no hour.
        dates = [reply | {"at": reply["at"][:10]} for reply in replies]
        assert tell(case_of([on("2026-11-02"), *dates], THANKS | {"at": "best"})) == [("due", "11-03 09:00")]

    def test_no_hour_in_quiet_hours_is_the_best(self, tell: Tell) -> None:
        replies = [on(f"2026-10-0{day}T17:30Z", "reply") for day in (1, 2, 3)]
        policy = {"quiet_hours": {"from": "17:30", "to": "08:00"}}
        # 18 is quiet; 17 and 9: 3 and 4.
        assert tell(case_of([on("2026-11-02"), *replies], THANKS | {"at": "best"}, policy)) == [("due", "11-03 09:00")]
        # With a fourth and a fifth, 17 has 5.
        more = [on(f"2026-10-1{day}T17:30Z", "reply") for day in (1, 2)]
        case = case_of([on("2026-11-02"), *replies, *more], THANKS | {"at": "best"}, policy)
        assert tell(case) == [("due", "11-03 17:00")]

    def test_staff_are_reminded_at_the_next_opening(self, tell: Tell) -> None:
        policy = {
            "opening_hours": {"mon-fri": "08:00-12:00, 13:00-17:00"},
            "business_days": {"holidays": ["2026-11-09"]},
        }
        staff = THANKS | {"audience": "staff"}
        for at, due in [("12:00", "11-03 13:00"), ("11:59", "11-03 11:59"), ("17:00", "11-04 08:00")]:
            assert tell(case_of([on("2026-11-02")], staff | {"at": at}, policy), "due") == [(due,)]
        # Friday at five, and Monday is a holiday.
        assert tell(case_of([on("2026-11-05")], staff | {"at": "17:00"}, policy), "due") == [("11-10 08:00",)]
        assert tell(case_of([on("2026-11-02")], staff | {"at": "12:00", "move": "none"}, policy)) == [
            ("due", "11-03 12:00")
        ]

    def test_what_quiet_hours_release_is_spread_by_the_key(self, tell: Tell) -> None:
        policy = {"quiet_hours": {"from": "20:00", "to": "08:00"}, "spread": "2 hours"}
        minutes = int(key()[-16:], 16) % 120
        due = dt.datetime(2026, 11, 4, 8, tzinfo=dt.timezone.utc) + dt.timedelta(minutes=minutes)
        assert tell(case_of([on("2026-11-02")], THANKS | {"at": "21:00"}, policy)) == [("moved", text(due))]
        assert tell(case_of([on("2026-11-02")], THANKS | {"at": "08:00"}, policy)) == [("due", "11-03 08:00")]

    def test_a_skipped_time_goes_as_the_policy_says(self, tell: Tell) -> None:
        # London skips 01:00 to 02:00 on 29 March 2026, a Sunday: 01:30 is 02:30 in summer, or 00:30 in winter time.
        occasion = {"on": "purchase", "at": "01:30"}
        case = case_of([on("2026-03-29")], occasion, start="2026-03-20")
        assert tell(case) == [("due", "03-29 01:30")]
        case = case_of([on("2026-03-29")], occasion, {"gap": "backward"}, start="2026-03-20")
        assert tell(case) == [("due", "03-29 00:30")]
        # It shows 01:30 twice on 25 October.
        case = case_of([on("2026-10-25")], occasion, start="2026-10-20")
        assert tell(case) == [("due", "10-25 00:30")]
        case = case_of([on("2026-10-25")], occasion, {"overlap": "second"}, start="2026-10-20")
        assert tell(case) == [("due", "10-25 01:30")]

    def test_no_slot_is_shown_before_the_move_that_was_too_far(self, tell: Tell) -> None:
        # Friday the 6th; quiet until Saturday, and closed until Monday.
        policy = {"quiet_hours": {"from": "20:00", "to": "08:00"}, "business_days": {"weekend": ["sat", "sun"]}}
        occasion = THANKS | {"at": "21:00", "move": "next business day", "tolerance": "2 days"}
        assert tell(case_of([on("2026-11-05")], occasion, policy)) == [("no_slot", "11-06 21:00")]
        assert tell(case_of([on("2026-11-05")], occasion | {"tolerance": "3 days"}, policy)) == [
            ("moved", "11-09 08:00")
        ]


class TestCaps:
    def test_the_second_waits_until_the_run_of_days_is_over(self, tell: Tell) -> None:
        policy = {"caps": [{"purposes": ["care"], "most": 1, "per": "3 days"}]}
        occasions = [THANKS | {"priority": 5}, THANKS | {"at": "09:00"}]
        # The more important one has the 3rd; the 3rd to the 5th is one run, so the other has the 6th.
        case = case_of([on("2026-11-02")], occasions, policy)
        assert tell(case, *EVERYTHING) == [
            ("o0", "1", "planned", "due", "11-03 10:00"),
            ("o1", "1", "planned", "deferred", "11-06 09:00"),
        ]
        # With two days of tolerance the last that was refused is the 5th.
        occasions[1]["tolerance"] = "2 days"
        assert tell(case_of([on("2026-11-02")], occasions, policy))[1] == ("capped", "11-05 09:00")

    def test_what_went_out_counts_by_its_note(self, tell: Tell) -> None:
        policy = {"caps": [{"purposes": ["care"], "most": 1, "per": "2 days"}]}
        sent = on("2026-11-02T09:00Z", "contact", channel="email")
        for note, due in [(None, "11-04 10:00"), ("care", "11-04 10:00"), ("service", "11-03 10:00")]:
            assert tell(case_of([on("2026-11-02"), sent | {"note": note}], THANKS, policy), "due") == [(due,)]
        assert tell(case_of([on("2026-11-02"), sent | {"channel": "desk"}], THANKS, policy)) == [("due", "11-03 10:00")]

    def test_a_household_has_one_together(self, tell: Tell) -> None:
        policy = {"caps": [{"purposes": ["care"], "most": 1, "per": "1 day", "scope": "household"}]}
        customers = [{"id": "c", "household": "h"}, {"id": "d", "household": "h"}, {"id": "e", "household": None}]
        events = [on("2026-11-02", customer=owner, value=value) for owner, value in [("c", 10), ("d", 20), ("e", 1)]]
        # d spent more, so d goes first; e lives alone.
        told = tell(case_of(events, THANKS, policy, customers), "customer", "reason", "due")
        assert sorted(told) == [
            ("c", "deferred", "11-04 10:00"),
            ("d", "due", "11-03 10:00"),
            ("e", "due", "11-03 10:00"),
        ]


class TestMerge:
    def test_the_second_joins_the_first_of_the_day(self, tell: Tell) -> None:
        occasions = [THANKS | {"at": "15:00", "priority": 5}, THANKS | {"purpose": "service"}]
        case = case_of([on("2026-11-02")], occasions, {"merge": True})
        lead = key()
        assert sorted(tell(case, *EVERYTHING, "contact")) == [
            ("o0", "1", "planned", "due", "11-03 15:00", lead),
            ("o1", "1", "merged", "merged", "11-03 15:00", lead),
        ]

    @pytest.mark.parametrize(
        ("other", "policy"),
        [
            ({"purpose": "recovery"}, {"merge": True}),
            ({"channels": ["letter"]}, {"merge": True}),
            ({}, {"merge": ["letter"]}),
            ({"audience": "staff", "channels": ["email"]}, {"merge": True}),
            ({"expires": "4 hours"}, {"merge": True}),  # worthless at 15:00
            ({"until": "reply"}, {"merge": True}),  # ended at noon
        ],
    )
    def test_what_does_not_fit_does_not_join(self, tell: Tell, other: dict[str, Any], policy: dict[str, Any]) -> None:
        occasions = [THANKS | {"at": "15:00", "priority": 5}, THANKS | {"move": "none"} | other]
        case = case_of([on("2026-11-02"), on("2026-11-03T12:00Z", "reply")], occasions, policy)
        assert tell(case, "occasion", "reason", "due") == [("o1", "due", "11-03 10:00"), ("o0", "due", "11-03 15:00")]


class TestCapacity:
    CALL: dict[str, Any] = THANKS | {"audience": "staff", "channels": ["call"], "team": "front"}

    def test_so_many_a_day_and_the_rest_the_next_day(self, tell: Tell) -> None:
        policy = {"capacity": [{"channels": ["call"], "most": 1}]}
        customers = [{"id": owner} for owner in "cde"]
        events = [on("2026-11-02", customer=owner, value=value) for owner, value in zip("cde", (1, 3, 2), strict=True)]
        told = tell(case_of(events, self.CALL, policy, customers), "customer", "reason", "due")
        assert told == [
            ("d", "due", "11-03 10:00"),
            ("e", "deferred", "11-04 10:00"),
            ("c", "deferred", "11-05 10:00"),
        ]

    def test_of_a_team_count_the_calls_by_it(self, tell: Tell) -> None:
        policy = {"capacity": [{"channels": ["call"], "team": "front", "most": 1}]}
        call = on("2026-11-03T08:00Z", "contact", channel="call", by="back")
        assert tell(case_of([on("2026-11-02"), call], self.CALL, policy)) == [("due", "11-03 10:00")]
        call["by"] = "front"
        assert tell(case_of([on("2026-11-02"), call], self.CALL, policy)) == [("deferred", "11-04 10:00")]

    def test_where_it_leaves_the_tolerance_it_is_withheld(self, tell: Tell) -> None:
        policy = {"capacity": [{"channels": ["call"], "most": 0}]}
        case = case_of([on("2026-11-02")], self.CALL | {"tolerance": "1 day"}, policy)
        assert tell(case) == [("over_capacity", "11-04 10:00")]
