"""Each row of a plan of rules of every kind is explained as what it is, whichever part of the plan is asked.

200 examples, and the tenth part of COURTESY_CASES where that is more.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import courtesy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plain"))
from drawn_books import cases
from planners import Case, plan_of

EXAMPLES = max(200, int(os.environ.get("COURTESY_CASES", "0")) // 10)
examples = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reasons.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]*)\|$", re.MULTILINE)
DATA = {code: set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", data))) for code, data in ROW.findall(PAGE)}


@examples
@given(case=cases())
def test_a_row_is_explained_as_what_it_is(case: Case) -> None:
    plan = plan_of(case)
    for number, row in enumerate(plan):
        decision = plan.explain(number)
        assert decision.reminder == row
        assert decision.reasons[-1].code == row.reason
        assert plan.explain(row) == decision
        assert decision in plan.why_not(row.customer, row.occasion)


@examples
@given(case=cases())
def test_a_decision_says_the_channel_and_the_time_of_its_row(case: Case) -> None:
    for decision in decisions_on(plan_of(case)):
        row = decision.reminder
        for reason in decision.reasons:
            assert set(reason.data) == DATA[reason.code], reason.code
        channels = [reason.data["channel"] for reason in decision.reasons if reason.code == "channel"]
        if row.state != "withheld":
            assert channels[-1] == row.channel
        if "local" in decision.reasons[-1].data and row.reason != "no_slot":
            assert row.local is not None
            assert decision.reasons[-1].data["local"] == row.local.replace(tzinfo=None)
        sentence = decision.sentence
        assert re.fullmatch(r"[A-Z][^{}\n]+[^ :;,.]\.", sentence)
        assert not re.search(r"None|  |[:;,.] ?[:;,.]", sentence), sentence


@examples
@given(case=cases())
def test_why_not_says_of_the_window_what_the_plan_has(case: Case) -> None:
    """No more: what it plans for the window is in the plan."""
    plan = plan_of(case)
    start, end = plan.window
    rows = list(plan)
    for decision in decisions_on(plan):
        row = decision.reminder
        if row.due is not None and start <= row.due < end:
            assert row in rows


def decisions_on(plan: courtesy.Plan) -> list[courtesy.Decision]:
    asked = dict.fromkeys((row.customer, row.occasion) for row in plan)
    return [decision for customer, occasion in asked for decision in plan.why_not(customer, occasion)]


@examples
@given(case=cases(), part=st.slices(40), state=st.sampled_from(["planned", "withheld", "merged"]))
def test_a_part_of_a_plan_says_what_the_whole_says(case: Case, part: slice, state: str) -> None:
    plan = plan_of(case)
    whole = [plan.explain(row) for row in range(len(plan))]
    taken = plan[part]
    assert [taken.explain(row) for row in range(len(taken))] == whole[part]
    filtered = plan.filter(state=state)  # type: ignore[arg-type]
    assert [filtered.explain(row) for row in filtered] == [one for one in whole if one.reminder.state == state]
    for decision in whole[part][:3]:
        about = decision.reminder
        assert taken.why_not(about.customer, about.occasion) == plan.why_not(about.customer, about.occasion)
        assert filtered.why_not(about.customer, about.occasion) == plan.why_not(about.customer, about.occasion)


@examples
@given(case=cases())
def test_what_is_left_out_changes_no_explanation(case: Case) -> None:
    plan = plan_of(case)
    without = plan_of(case, withheld=False)
    expected = [plan.explain(row) for row in plan if row.state != "withheld"]
    assert [without.explain(row) for row in range(len(without))] == expected
    for decision in expected[:3]:
        about = decision.reminder
        assert without.why_not(about.customer, about.occasion) == plan.why_not(about.customer, about.occasion)
