"""What changes between two plans, as a shop owner asks it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import courtesy

UTC = dt.timezone.utc
CUSTOMERS = [
    {"id": "ada", "name": "Ada Lovelace", "tags": ["club"], "channels": ["email", "sms"]},
    {"id": "bob", "name": "<script>", "tags": [], "channels": ["email", "sms"]},
    {"id": "cat", "name": "Cat", "tags": [], "channels": ["sms", "email"]},
]
EVENTS = [
    {"id": f"e{day}", "customer": customer, "kind": "purchase", "at": dt.date(2026, 12, day)}
    for day, customer in enumerate(["ada", "bob", "cat"], start=1)
]


def plan(*, policy: dict[str, Any] | None = None, withheld: bool = True, **keys: Any) -> courtesy.Plan:
    occasion = {"name": "thanks", "on": "purchase", "after": "1 day", "at": "10:00", "channels": ["email"], **keys}
    rules = courtesy.Rules([occasion], policy=policy, shop={"zone": "Europe/Berlin"})
    return courtesy.plan(CUSTOMERS, EVENTS, rules, start="2026-12-01", days=14, withheld=withheld)


def kinds(comparison: courtesy.Comparison) -> list[tuple[str, str]]:
    return [(row["customer"], row["change"]) for row in comparison.changes]


def test_nothing_changes_between_a_plan_and_itself() -> None:
    same = courtesy.compare(plan(), plan())
    assert (same.more, same.fewer, same.moved, same.rerouted, same.same) == (0, 0, 0, 0, 3)
    assert list(same.changes) == []
    assert same.changes.to_arrow().schema.field("due_before").type == same.before.to_arrow().schema.field("due").type


def test_a_row_tells_for_whom_what_and_why_on_both_sides() -> None:
    comparison = courtesy.compare(plan(), plan(when={"tags": ["club"]}, at="09:00"))
    assert kinds(comparison) == [("ada", "moved"), ("bob", "fewer"), ("cat", "fewer")]
    moved, fewer, _ = comparison.changes
    assert moved == {
        "key": comparison.after[0].key,
        "customer": "ada",
        "asset": None,
        "occasion": "thanks",
        "step": "1",
        "change": "moved",
        "due_before": dt.datetime(2026, 12, 2, 9, tzinfo=UTC),
        "due_after": dt.datetime(2026, 12, 2, 8, tzinfo=UTC),
        "local_before": dt.datetime(2026, 12, 2, 10),  # noqa: DTZ001 - a wall time
        "local_after": dt.datetime(2026, 12, 2, 9),  # noqa: DTZ001 - a wall time
        "audience_before": "customer",
        "audience_after": "customer",
        "channel_before": "email",
        "channel_after": "email",
        "state_before": "planned",
        "state_after": "planned",
        "reason_before": "due",
        "reason_after": "due",
    }
    assert (fewer["state_before"], fewer["state_after"]) == ("planned", "withheld")
    assert (fewer["reason_before"], fewer["reason_after"]) == ("due", "condition_failed")
    before, after = comparison.explain(1)
    assert before is not None
    assert after is not None
    assert (before.reminder.customer, before.reminder.state) == ("bob", "planned")
    assert (after.reminder.customer, after.reminder.reason) == ("bob", "condition_failed")


def test_what_a_plan_left_out_has_no_reason_there() -> None:
    comparison = courtesy.compare(plan(), plan(when={"tags": ["club"]}, withheld=False))
    assert kinds(comparison) == [("bob", "fewer"), ("cat", "fewer")]
    row = comparison.changes[0]
    assert [row[name] for name in row if name.endswith("_after")] == [None] * 6
    assert comparison.explain(0)[1] is None
    assert comparison.explain(-1)[0] is not None
    with pytest.raises(IndexError, match="there are 2 changes, and none at 2"):
        comparison.explain(2)


def test_the_counts_of_each_way_add_up() -> None:
    comparison = courtesy.compare(plan(), plan(channels=["email", "sms"], when={"not": {"tags": ["club"]}}))
    assert list(comparison.counts) == [
        {
            "occasion": "thanks", "audience": "customer", "channel": "email", "before": 3, "after": 1,
            "more": 0, "fewer": 1, "rerouted_in": 0, "rerouted_out": 1, "moved": 0, "same": 1,
        },
        {
            "occasion": "thanks", "audience": "customer", "channel": "sms", "before": 0, "after": 1,
            "more": 0, "fewer": 0, "rerouted_in": 1, "rerouted_out": 0, "moved": 0, "same": 0,
        },
    ]  # fmt: skip
    assert (comparison.more, comparison.fewer, comparison.rerouted, comparison.moved, comparison.same) == (
        0,
        1,
        1,
        0,
        1,
    )
    assert repr(comparison).splitlines() == [
        "3 reminders go out before and 2 after, 2026-11-30 23:00 to 2026-12-14 23:00 UTC",
        "occasion  audience  channel  before  after  more  fewer  rerouted in  rerouted out  moved  same",
        "thanks    customer  email         3      1     0      1            0             1      0     1",
        "thanks    customer  sms           0      1     0      0            1             0      0     0",
        "0 more, 1 fewer, 1 rerouted, 0 moved, 1 the same",
    ]


def test_of_many_rows_it_shows_those_that_change() -> None:
    def two(**keys: Any) -> courtesy.Plan:
        occasions = [{"name": "thanks", "on": "purchase", **keys}, {"name": "care", "on": "purchase"}]
        return courtesy.plan(CUSTOMERS, EVENTS, courtesy.Rules(occasions), start="2026-12-01", days=14)

    lines = repr(courtesy.compare(two(), two(after="1 day"))).splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["occasion", "thanks", "thanks"]
    assert lines[4] == "Nothing changes in 2 more rows"
    assert len(courtesy.compare(two(), two()).counts) == 4
    assert len(repr(courtesy.compare(two(), two())).splitlines()) == 7


def test_it_knows_rows_by_their_keys_whatever_the_order_and_the_part() -> None:
    made = plan()
    assert kinds(courtesy.compare(made[::-1], made)) == []
    assert kinds(courtesy.compare(made[1:], made)) == [("ada", "more")]
    assert kinds(courtesy.compare(made, made.filter(customer="cat"))) == [("ada", "fewer"), ("bob", "fewer")]


def test_merged_reminders_are_said_in_fewer_contacts() -> None:
    def two(merge: bool) -> courtesy.Plan:
        occasions = [{"name": name, "on": "purchase", "channels": ["email"]} for name in ("thanks", "care")]
        rules = courtesy.Rules(occasions, policy={"merge": merge})
        return courtesy.plan(CUSTOMERS, EVENTS, rules, start="2026-12-01", days=14)

    comparison = courtesy.compare(two(False), two(True))
    assert (comparison.same, len(comparison.changes)) == (6, 0)
    assert "Merged, they are 6 contacts before and 3 after" in repr(comparison)


def test_personal_data_stays_out_and_html_is_escaped() -> None:
    comparison = courtesy.compare(plan(), plan(channels=["<b>", "email"]))
    for text in (
        repr(comparison),
        repr(comparison.changes),
        comparison._repr_html_(),
        comparison.changes._repr_html_(),
    ):
        assert "Lovelace" not in text
        assert "<script>" not in text


def test_other_windows_are_refused_as_other_labels_are_in_pandas() -> None:
    rules = plan().rules
    other = courtesy.plan(CUSTOMERS, EVENTS, rules, start="2026-12-01", days=15)
    with pytest.raises(courtesy.TimeError, match=r"^the plans are of different windows, 2026-11-30T23:00:00Z to "):
        courtesy.compare(plan(), other)


def test_other_shops_are_refused() -> None:
    rules = plan().rules
    bought = [{"customer": "dan", "kind": "purchase", "at": "2026-12-01"}]
    other = courtesy.plan([{"id": "dan"}], bought, rules, start="2026-12-01", days=14)
    with pytest.raises(courtesy.DataError, match="no customer in common"):
        courtesy.compare(plan(), other)


def test_plans_alone_are_compared() -> None:
    with pytest.raises(TypeError, match="after: expected a Plan, found list"):
        courtesy.compare(plan(), [])  # type: ignore[arg-type]
