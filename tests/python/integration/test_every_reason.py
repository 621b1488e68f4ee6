"""Each code of docs/reasons.md in a small worked story: its data, and the sentence that it stands in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import courtesy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "stories"))
import what_gates_did
import what_made_it_due
import what_was_decided
from story import Story

STORIES = [*what_made_it_due.STORIES, *what_gates_did.STORIES, *what_was_decided.STORIES]

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reasons.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]*)\|$", re.MULTILINE)
DATA = {code: set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", data))) for code, data in ROW.findall(PAGE)}
DECIDING = {code for code, _ in ROW.findall(PAGE[PAGE.index("## What was decided") :])}


def told(reason: courtesy.Reason) -> dict[str, object]:
    """The data; a key of another reminder is only known to be one."""
    data = dict(reason.data)
    if "key" in data:
        assert re.fullmatch(r"[0-9a-f]{32}", data["key"])
        data["key"] = what_gates_did.ANY_KEY
    return data


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)
def test_a_story_shows_its_reason(story: Story) -> None:
    decisions = story.decisions()
    shown = [one for one in decisions if story.code in [reason.code for reason in one.reasons]]
    assert shown, [one.sentence for one in decisions]
    assert story.data in [told(reason) for reason in shown[0].reasons if reason.code == story.code]
    assert shown[0].sentence == story.sentence


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)
def test_all_that_a_story_says_is_what_the_page_tells_of(story: Story) -> None:
    for decision in story.decisions():
        *before, last = decision.reasons
        assert last.code == decision.reminder.reason
        assert [reason.code for reason in decision.reasons if reason.code in DECIDING][-1:] == [last.code]
        for reason in decision.reasons:
            assert set(reason.data) == DATA[reason.code], reason.code
        # Of the codes that decide only a refused channel may stand before the last one.
        assert {reason.code for reason in before} & DECIDING <= {"no_consent", "consent_withdrawn"}
        assert re.fullmatch(r"[A-Z][^{}]+[^ :;,.]\.", decision.sentence)
        assert not re.search(r"None|  |[:;,.] ?[:;,.]", decision.sentence)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)
def test_why_not_tells_what_the_rows_of_a_story_are(story: Story) -> None:
    plan = story.plan()
    for row in plan:
        decision = plan.explain(row)
        assert decision.reminder == row
        assert decision in plan.why_not(row.customer, row.occasion)


def test_no_sentence_says_what_staff_noted() -> None:
    notes = {event["note"] for story in STORIES for event in story.events if "by" in event and "note" in event}
    assert len(notes) > 3
    assert not [story.sentence for story in STORIES if any(note in story.sentence for note in notes)]


def test_there_is_a_story_for_each_code_of_the_page() -> None:
    assert {story.code for story in STORIES} == set(DATA)
