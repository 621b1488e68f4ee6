"""What makes a courtesy due, and what staff said of it: stories whose answer was worked out by hand.

The plain model is asked, so that it is not only compared with what it models, and the core. All is in London, on winter
time, unless it is said otherwise; 2 November 2026 is a Monday.
"""

from __future__ import annotations

from typing import Any

import pytest
from plain_stories import EVERYTHING, THANKS, Tell, case_of, key, on

SILENT = {"silent": "10 days", "since": "purchase"}
CADENCE = {"silent": {"cadence": 1.5}, "since": "purchase"}


class TestLapse:
    def test_falls_due_so_long_after_each_event_that_no_later_one_supersedes(self, tell: Tell) -> None:
        # 2 November + 10 days = the 12th; on the 5th came another, which falls due on the 15th; its asset is no matter.
        case = case_of([on("2026-11-02", asset="van"), on("2026-11-05", asset="car")], SILENT)
        assert tell(case, "reason", "due", "asset", "event", "anchor") == [
            ("superseded", "11-12 09:00", "None", "e0", "2026-11-02"),
            ("due", "11-15 09:00", "None", "e1", "2026-11-05"),
        ]

    def test_cadence_is_the_customers_own_gap_drawn_to_the_segments(self, tell: Tell) -> None:
        # c came on 1, 11 and 15 October: gaps 10 and 4, median 7; d on 1 and 31 October: gap 30; of all three: 10.
        # Usual: (2 * 7 + 2 * 10) / 4 = 8.5; times 1.5: 12.75, so 13 days: 28 October is before the window.
        # d: (1 * 30 + 2 * 10) / 3 = 16 2/3; times 1.5: 25; 31 October + 25 = 25 November.
        events = [on("2026-10-01"), on("2026-10-11"), on("2026-10-15")]
        events += [on("2026-10-01", customer="d"), on("2026-10-31", customer="d")]
        case = case_of(events, CADENCE, customers=[{"id": "c"}, {"id": "d"}])
        assert tell(case, "event", "reason", "due") == [("e4", "due", "11-25 09:00")]

    def test_cadence_up_to_an_early_anchor_counts_the_gaps_known_then(self, tell: Tell) -> None:
        # The first event has no own gap: 1.5 times the segment's median of 10 and 4, which is 7: 10.5, so 11 days.
        case = case_of([on("2026-11-01"), on("2026-11-11"), on("2026-11-15")], CADENCE)
        # Second: n = 1, (10 + 2 * 7) / 3 = 8; 12 days: 23 November. Third: (2 * 7 + 2 * 7) / 4 = 7; 10.5: 11 days.
        assert tell(case, "event", "reason", "due") == [
            ("e0", "superseded", "11-12 09:00"),
            ("e1", "superseded", "11-23 09:00"),
            ("e2", "due", "11-26 09:00"),
        ]

    def test_a_segment_is_the_customers_with_the_same_cell(self, tell: Tell) -> None:
        # c is gold and alone in it: no gap, no candidate. d and e have no tier, and d's gap of 10 is theirs.
        events = [on("2026-11-01"), on("2026-11-01", customer="d"), on("2026-11-11", customer="d")]
        customers = [{"id": "c", "tier": "gold"}, {"id": "d", "tier": None}, {"id": "e", "tier": None}]
        occasion = CADENCE | {"silent": {"cadence": 1, "segment": "tier"}}
        case = case_of([*events, on("2026-11-20", customer="e")], occasion, customers=customers)
        assert tell(case, "customer", "event", "due") == [
            ("d", "e1", "11-11 09:00"),
            ("d", "e2", "11-21 09:00"),
            ("e", "e3", "11-30 09:00"),
        ]


class TestDeadline:
    def test_spans_of_days_count_from_the_civil_day_of_the_due(self, tell: Tell) -> None:
        occasion = {"due": "promise", "before": "2 days"}
        # 23:30 UTC on the 20th is the 21st in Tokyo: two days before is the 19th, 09:00 in Tokyo, 00:00 UTC.
        case = case_of(
            [on("2026-11-10", "promise", due="2026-11-20T23:30Z")], occasion, customers=[{"zone": "Asia/Tokyo"}]
        )
        assert tell(case, "reason", "due", "anchor") == [("due", "11-19 00:00", "2026-11-21")]

    def test_spans_of_hours_count_from_the_instant_and_of_a_date_from_its_end(self, tell: Tell) -> None:
        events = [on("2026-11-10", "promise", due="2026-11-20T16:00Z"), on("2026-11-10", "promise", due="2026-11-22")]
        case = case_of(events, {"due": "promise", "before": "4 hours"})
        assert tell(case) == [("due", "11-20 12:00"), ("due", "11-22 20:00")]

    def test_the_end_of_a_date_is_the_customers_midnight(self, tell: Tell) -> None:
        # The midnight after the 22nd is 05:00 UTC on the 23rd in New York; four hours before: 01:00.
        case = case_of(
            [on("2026-11-10", "promise", due="2026-11-22")],
            {"due": "promise", "before": "4 hours"},
            customers=[{"zone": "America/New_York"}],
        )
        assert tell(case) == [("due", "11-23 01:00")]

    def test_staff_count_from_the_target_and_customers_from_the_due(self, tell: Tell) -> None:
        steps = [{"audience": "staff"}, {}, {"audience": "staff", "against": "due"}, {"against": "target"}]
        # From 2 to 12 November: ten days, of which 0.65 are 6.5, so 6 whole days: the 8th, a Sunday.
        case = case_of(
            [on("2026-11-02", "promise", due="2026-11-12")],
            {"due": "promise", "target": 0.65, "steps": steps},
            start="2026-11-02",
        )
        assert tell(case, "step", "due") == [
            *sorted([("1", "11-08 09:00"), ("4", "11-08 09:00")], key=lambda row: key(step=row[0])),
            *sorted([("2", "11-12 09:00"), ("3", "11-12 09:00")], key=lambda row: key(step=row[0])),
        ]

    def test_a_share_of_a_span_between_instants_is_an_instant(self, tell: Tell) -> None:
        # From the 2nd 08:00 to the 4th 08:00 are 48 hours; 24 end on the 3rd at 08:00; an hour before, 07:00.
        case = case_of(
            [on("2026-11-02T08:00Z", "promise", due="2026-11-04T08:00Z")],
            {"due": "promise", "target": 0.5, "audience": "staff", "before": "1 hour"},
        )
        assert tell(case) == [("due", "11-03 07:00")]

    def test_a_target_before_the_due(self, tell: Tell) -> None:
        case = case_of(
            [on("2026-11-02", "promise", due="2026-11-20")],
            {"due": "promise", "target": {"before": "4 days"}, "audience": "staff", "before": "1 day"},
        )
        # The 16th, and a day before: Sunday the 15th.
        assert tell(case) == [("due", "11-15 09:00")]

    def test_kept_ends_the_promise_that_it_names_alone(self, tell: Tell) -> None:
        events = [on("2026-11-02", "promise", due="2026-11-20"), on("2026-11-03", "promise", due="2026-11-21")]
        case = case_of([*events, on("2026-11-10", "kept", ref="e1")], {"due": "promise"})
        assert tell(case) == [("due", "11-20 09:00"), ("ended", "11-21 09:00")]

    def test_kept_without_a_name_ends_all(self, tell: Tell) -> None:
        events = [on("2026-11-02", "promise", due="2026-11-20"), on("2026-11-03", "promise", due="2026-11-21")]
        case = case_of([*events, on("2026-11-10", "broken")], {"due": "promise"})
        assert tell(case) == [("ended", "11-20 09:00"), ("ended", "11-21 09:00")]

    def test_an_event_without_a_due_is_no_anchor(self, tell: Tell) -> None:
        assert tell(case_of([on("2026-11-02", "promise")], {"due": "promise"})) == []


class TestConditions:
    @pytest.mark.parametrize(
        ("when", "reason"),
        [
            ({"count": {"kind": "service", "min": 2}}, "due"),
            ({"count": {"kind": "service", "min": 3}}, "condition_failed"),
            # Over 10 days before the 11th: later than the 1st, so the one of the 1st does not count.
            ({"count": {"kind": "service", "min": 2, "over": "10 days"}}, "condition_failed"),
            ({"count": {"kind": "service", "min": 2, "over": "11 days"}}, "due"),
            ({"spend": {"kind": "service", "min": 30.3}}, "due"),  # 10.1 and 20.2
            ({"spend": {"kind": "service", "max": 30.3}}, "due"),
            ({"spend": {"kind": "service", "unit": "GBP", "min": 10}}, "due"),
            ({"spend": {"kind": "service", "unit": "GBP", "min": 10.2}}, "condition_failed"),
            ({"asset": {"count": {"kind": "service", "min": 2}}}, "condition_failed"),
            ({"asset": {"count": {"kind": "service", "min": 1}, "kind": "van"}}, "due"),
            ({"any": [{"tier": "gold"}, {"not": {"tier": "silver"}}]}, "due"),
            ({"all": [{"tier": {"missing": True}}, {"not": {"asset": {"kind": "van"}}}]}, "condition_failed"),
        ],
    )
    def test_of_what_happened_up_to_the_instant(self, tell: Tell, when: dict[str, Any], reason: str) -> None:
        events = [on("2026-11-10", asset="van"), on("2026-11-01", "service", asset="van", value=10.1, unit="GBP")]
        events += [on("2026-11-05", "service", value=20.2, unit="EUR"), on("2026-11-30", "service", value=500)]
        case = case_of(events, THANKS | {"when": when}, customers=[{"tier": None}])
        assert tell(case) == [(reason, "11-11 10:00")]


class TestWordsOfStaff:
    def test_what_went_out_is_not_planned_again(self, tell: Tell) -> None:
        case = case_of([on("2026-11-02"), on("2026-11-03T10:00Z", "contact", ref=key(), channel="email")], THANKS)
        assert tell(case, *EVERYTHING) == [("o0", "1", "withheld", "sent", "11-03 10:00")]

    def test_of_skip_snooze_and_send_now_the_last_counts(self, tell: Tell) -> None:
        skip = on("2026-11-02T10:00Z", "skip", ref=key())
        snooze = on("2026-11-02T11:00Z", "snooze", ref=key(), due="2026-11-09")
        assert tell(case_of([on("2026-11-02"), snooze, skip | {"at": "2026-11-02T12:00Z"}], THANKS)) == [
            ("skipped", "11-03 10:00")
        ]
        assert tell(case_of([on("2026-11-02"), skip, snooze], THANKS)) == [("due", "11-09 10:00")]

    def test_a_snooze_is_until_a_day_or_an_instant_and_never_earlier(self, tell: Tell) -> None:
        until = {"kind": "snooze", "at": "2026-11-02", "ref": key()}
        told = [
            tell(case_of([on("2026-11-02"), until | {"due": due}], THANKS))
            for due in ("2026-11-05", "2026-11-05T15:30Z", "2026-11-01", "2026-11-03T09:00Z")
        ]
        assert told == [[("due", "11-05 10:00")], [("due", "11-05 15:30")], *[[("due", "11-03 10:00")]] * 2]

    def test_a_snooze_leaves_expires_as_it_was(self, tell: Tell) -> None:
        events = [on("2026-11-02"), on("2026-11-02", "snooze", ref=key(), due="2026-11-05")]
        assert tell(case_of(events, THANKS | {"expires": "1 day"})) == [("expired", "11-05 10:00")]
        assert tell(case_of(events, THANKS | {"expires": "2 days"})) == [("due", "11-05 10:00")]

    def test_send_now_passes_all_but_status_reach_and_consent(self, tell: Tell) -> None:
        # At 23:15, in quiet hours, although the condition fails, it is held and the cap is full.
        policy = {
            "quiet_hours": {"from": "20:00", "to": "08:00"},
            "caps": [{"purposes": ["care"], "most": 1, "per": "7 days"}],
        }
        events = [on("2026-11-02"), on("2026-11-01", "complaint"), on("2026-11-02", "contact", channel="email")]
        events += [on("2026-11-02T23:15Z", "send_now", ref=key())]
        occasion = THANKS | {"when": {"count": {"kind": "service", "min": 1}}}
        assert tell(case_of(events, occasion, policy)) == [("send_now", "11-02 23:15")]
        assert tell(case_of(events, occasion, policy, [{"status": "deceased"}])) == [("deceased", "11-02 23:15")]
        assert tell(case_of(events, occasion, policy, [{"email": None}])) == [("no_channel", "11-02 23:15")]

    def test_send_now_of_a_date_is_at_its_own_time_of_day(self, tell: Tell) -> None:
        events = [on("2026-11-02"), on("2026-11-08", "send_now", ref=key())]
        assert tell(case_of(events, THANKS)) == [("send_now", "11-08 10:00")]

    def test_use_channel_comes_before_all_others(self, tell: Tell) -> None:
        events = [on("2026-11-02"), on("2026-11-02", "use_channel", ref=key(), channel="call")]
        assert tell(case_of(events, THANKS | {"channels": ["letter"]}), "channel") == [("call",)]
        # Where it does not reach the customer the others follow.
        case = case_of(events, THANKS | {"channels": ["letter"]}, customers=[{"phone": None}])
        assert tell(case, "channel") == [("letter",)]
