"""Promises and cases: stories whose answer was worked out by hand, asked of model and core.

All is in London, on winter time; 2 November 2026 is a Monday.
"""

from __future__ import annotations

from typing import Any

import pytest
from plain_stories import Tell, case_of, key, on

APOLOGY = {"on": "broken", "after": "1 day", "at": "10:00", "purpose": "recovery"}
ROW = ("reason", "due", "event")


def promise(day: str, due: str, **cells: Any) -> dict[str, Any]:
    return on(day, "promise", due=due, **cells)


class TestBreach:
    def test_of_a_date_comes_with_the_midnight_that_follows(self, tell: Tell) -> None:
        # Promised for the 5th; the breach is of the 6th, and the apology a day later.
        assert tell(case_of([promise("2026-11-02", "2026-11-05")], APOLOGY), *ROW) == [("due", "11-07 10:00", "e0")]

    def test_of_an_instant_comes_with_it(self, tell: Tell) -> None:
        events = [promise("2026-11-02", "2026-11-05T15:00Z")]
        assert tell(case_of(events, APOLOGY), *ROW) == [("due", "11-06 10:00", "e0")]
        # Spans of hours count from the breach itself.
        assert tell(case_of(events, {"on": "broken", "after": "2 hours"})) == [("due", "11-05 17:00")]
        events = [promise("2026-11-02", "2026-11-05")]
        assert tell(case_of(events, {"on": "broken", "after": "2 hours"})) == [("due", "11-06 02:00")]

    @pytest.mark.parametrize(
        ("due", "kept", "breached"),
        [
            ("2026-11-05", "2026-11-05", False),
            ("2026-11-05", "2026-11-05T23:59Z", False),
            ("2026-11-05", "2026-11-06", True),
            ("2026-11-05", "2026-11-06T00:00Z", True),
            ("2026-11-05T15:00Z", "2026-11-05T15:00Z", False),
            ("2026-11-05T15:00Z", "2026-11-05T15:01Z", True),
        ],
    )
    def test_what_is_kept_in_time_is_none(self, tell: Tell, due: str, kept: str, breached: bool) -> None:
        assert bool(tell(case_of([promise("2026-11-02", due), on(kept, "kept", ref="e0")], APOLOGY))) == breached

    def test_staff_may_say_so_before(self, tell: Tell) -> None:
        events = [promise("2026-11-02", "2026-11-05"), on("2026-11-03T09:00Z", "broken", ref="e0")]
        assert tell(case_of(events, APOLOGY), *ROW) == [("due", "11-04 10:00", "e0")]

    def test_what_staff_say_later_is_no_second_one(self, tell: Tell) -> None:
        events = [promise("2026-11-02", "2026-11-05"), on("2026-11-09T09:00Z", "broken", ref="e0")]
        assert tell(case_of(events, APOLOGY), *ROW) == [("due", "11-07 10:00", "e0")]

    def test_what_answers_no_promise_is_heard_as_it_stands(self, tell: Tell) -> None:
        assert tell(case_of([on("2026-11-09", "broken")], APOLOGY), *ROW) == [("due", "11-10 10:00", "e0")]
        events = [promise("2026-11-02", "2026-11-05"), on("2026-11-03", "broken", ref="another")]
        assert tell(case_of(events, APOLOGY), *ROW) == [("due", "11-04 10:00", "e1"), ("due", "11-07 10:00", "e0")]

    def test_without_a_due_there_is_none(self, tell: Tell) -> None:
        assert tell(case_of([on("2026-11-02", "promise")], APOLOGY)) == []

    def test_an_answer_concerns_the_asset(self, tell: Tell) -> None:
        events = [promise("2026-11-02", "2026-11-05", asset="van"), on("2026-11-04", "kept", asset="car")]
        assert len(tell(case_of(events, APOLOGY))) == 1
        assert tell(case_of([events[0], events[1] | {"asset": None}], APOLOGY)) == []

    def test_what_ends_it_comes_after_it(self, tell: Tell) -> None:
        events = [promise("2026-11-02", "2026-11-05T15:00Z"), on("2026-11-05T12:00Z", "resolution")]
        ended = APOLOGY | {"until": "resolution"}
        assert tell(case_of(events, ended)) == [("due", "11-06 10:00")]
        events[1]["at"] = "2026-11-05"
        assert tell(case_of(events, ended)) == [("ended", "11-06 10:00")]


class TestRenegotiation:
    def test_takes_the_place_of_what_was_promised(self, tell: Tell) -> None:
        events = [
            promise("2026-11-02", "2026-11-05"),
            on("2026-11-04", "renegotiated", ref="e0", due="2026-11-10"),
        ]
        assert tell(case_of(events, APOLOGY), *ROW) == [("due", "11-12 10:00", "e1")]
        # Named by the first promise or by the second, what is kept is the same case.
        for ref in ("e0", "e1", None):
            assert tell(case_of([*events, on("2026-11-10", "kept", ref=ref)], APOLOGY)) == []

    def test_too_late_is_another_promise(self, tell: Tell) -> None:
        events = [
            promise("2026-11-02", "2026-11-05"),
            on("2026-11-06", "renegotiated", ref="e0", due="2026-11-10"),
        ]
        assert tell(case_of(events, APOLOGY), *ROW) == [("due", "11-07 10:00", "e0"), ("due", "11-12 10:00", "e1")]

    def test_ends_the_reminders_of_what_it_renews(self, tell: Tell) -> None:
        events = [
            promise("2026-11-02", "2026-11-20"),
            on("2026-11-04", "renegotiated", ref="e0", due="2026-11-30"),
        ]
        rule = {"due": "promise", "target": 0.5, "audience": "staff"}
        # Of the 26 days from the 4th to the 30th, 13; of the 18 from the 2nd, 9.
        assert tell(case_of(events, rule), *ROW) == [("ended", "11-11 09:00", "e0"), ("due", "11-17 09:00", "e1")]

    def test_without_a_name_it_is_about_all_before_it(self, tell: Tell) -> None:
        events = [
            promise("2026-11-02", "2026-11-20", asset="car"),
            promise("2026-11-02", "2026-11-22", asset="van"),
            on("2026-11-04", "renegotiated", asset="van", due="2026-11-30"),
        ]
        assert tell(case_of(events, {"due": "promise"}), *ROW) == [
            ("due", "11-20 09:00", "e0"),
            ("ended", "11-22 09:00", "e1"),
            ("due", "11-30 09:00", "e2"),
        ]


class TestCase:
    def test_is_one_through_all_that_goes_back_to_it(self, tell: Tell) -> None:
        events = [
            on("2026-11-02", "complaint"),
            on("2026-11-03", "complaint"),
            on("2026-11-04", "reopened", ref="e0"),
            on("2026-11-05", "reopened", ref="e2"),
        ]
        rule = {"on": ["complaint", "reopened"], "after": "10 days", "until": "booking", "purpose": "recovery"}
        for ref in ("e0", "e2", "e3"):
            told = tell(case_of([*events, on("2026-11-06", "booking", ref=ref)], rule), "reason", "event")
            assert told == [("ended", "e0"), ("due", "e1"), ("ended", "e2"), ("ended", "e3")]
        # One that nobody knows is about all.
        told = tell(case_of([*events, on("2026-11-06", "booking", ref="x")], rule), "reason", "event")
        assert told == [("ended", f"e{number}") for number in range(4)]

    def test_may_be_a_number_of_the_shops_own(self, tell: Tell) -> None:
        events = [
            on("2026-11-02", "complaint", ref="17"),
            on("2026-11-03", "complaint", ref="18"),
            on("2026-11-06", "booking", ref="17"),
        ]
        rule = {"on": "complaint", "after": "10 days", "until": "booking", "purpose": "recovery"}
        assert tell(case_of(events, rule), "reason", "event") == [("ended", "e0"), ("due", "e1")]

    def test_ends_the_hold_of_all_its_events(self, tell: Tell) -> None:
        events = [
            on("2026-11-02", "complaint"),
            on("2026-11-04T12:00Z", "reopened", ref="e0"),
            on("2026-11-05", "purchase"),
            on("2026-11-06", "resolution", ref="e1"),
        ]
        policy = {"holds": [{"cool_down": "1 day"}]}
        rule = {"on": "purchase", "after": "3 days", "at": "10:00"}
        assert tell(case_of(events, rule, policy)) == [("due", "11-08 10:00")]

    def test_a_breach_opens_a_hold(self, tell: Tell) -> None:
        events = [
            promise("2026-11-02", "2026-11-05T15:00Z"),
            on("2026-11-04", "purchase"),
            on("2026-11-09", "resolution", ref="e0"),
        ]
        policy = {"holds": [{"after": ["broken"], "cool_down": "2 days"}]}
        rule = {"on": "purchase", "after": "2 days", "at": "10:00"}
        assert tell(case_of(events, rule, policy)) == [("moved", "11-11 10:00")]
        assert tell(case_of([*events, on("2026-11-05", "kept")], rule, policy)) == [("due", "11-06 10:00")]


class TestRepeat:
    def test_goes_on_until_it_is_ended(self, tell: Tell) -> None:
        events = [on("2026-11-02", "complaint"), on("2026-11-10T12:00Z", "resolution")]
        rule = {"on": "complaint", "after": "1 day", "repeat": "3 days", "at": "10:00", "purpose": "recovery"}
        assert tell(case_of(events, rule | {"until": "resolution"}, days=16)) == [
            ("due", "11-03 10:00"),
            ("due", "11-06 10:00"),
            ("due", "11-09 10:00"),
            ("ended", "11-12 10:00"),
            # What would come after that is not even withheld.
        ]
        assert tell(case_of(events, rule | {"times": 2})) == [("due", "11-03 10:00"), ("due", "11-06 10:00")]

    def test_counts_months_from_the_event_itself(self, tell: Tell) -> None:
        events = [on("2026-08-31")]
        rule = {"on": "purchase", "after": "1 month", "repeat": "1 month", "times": 4}
        # 30 September, 31 October; then, of 31 August, 30 November and 31 December.
        assert tell(case_of(events, rule, days=90)) == [("due", "11-30 09:00"), ("due", "12-31 09:00")]

    def test_has_a_key_for_each_time(self, tell: Tell) -> None:
        rule = {"on": "purchase", "after": "1 day", "repeat": "2 business days", "times": 3}
        policy = {"business_days": {"weekend": ["sat", "sun"]}}
        case = case_of([on("2026-11-04")], rule, policy)
        # Thursday the 5th, then Monday and Wednesday.
        assert tell(case, "due", "key") == [
            ("11-05 09:00", key("e0")),
            ("11-09 09:00", key("e0/1")),
            ("11-11 09:00", key("e0/2")),
        ]


def test_what_was_sent_is_not_asked_for_again_when_staff_say_it_was_broken(tell: Tell) -> None:
    events = [promise("2026-11-02", "2026-11-05"), on("2026-11-07T10:00Z", "contact", ref=key("e0"))]
    events += [on("2026-11-08", "broken", ref="e0")]
    assert tell(case_of(events, APOLOGY)) == [("sent", "11-07 10:00")]
