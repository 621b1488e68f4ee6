"""What a changed rule changes for the two example shops."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import courtesy

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
STARTS = {"garage": "2026-11-23", "dental": "2027-03-15"}


def planned(shop: str, change: tuple[str, str] | None = None) -> courtesy.Plan:
    """Two weeks of a shop, with a text of its rules replaced."""
    folder = EXAMPLES / shop
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    if change:
        assert text.count(change[0]) == 1, change[0]
        text = text.replace(*change)
    tables = [folder / f"{name}.csv" for name in ("customers", "events", "assets")]
    return courtesy.plan(*tables[:2], courtesy.Rules.loads(text), tables[2], start=STARTS[shop], days=14)


def changes(comparison: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in comparison.changes:
        found.setdefault(f"{row['customer']} {row['occasion']}/{row['step']}", []).append(row)
    return found


@pytest.mark.parametrize("shop", STARTS)
def test_the_same_rules_change_nothing(shop: str) -> None:
    before = planned(shop)
    comparison = courtesy.compare(before, planned(shop))
    assert (comparison.more, comparison.fewer, comparison.rerouted, comparison.moved) == (0, 0, 0, 0)
    assert comparison.same == len(before.planned) + len(before.merged)
    assert len(comparison.changes) == 0


def test_without_birthday_cards_the_letter_to_their_mother_need_not_wait() -> None:
    """Two wishes in the week made "five years with us" wait from Friday the 19th until the 24th."""
    before = planned("dental")
    comparison = courtesy.compare(
        before, planned("dental", ('yearly = "birthday"\n', 'yearly = "birthday"\nnot_before = 2027-04-01\n'))
    )
    wishes = [row for row in before.filter(occasion="birthday") if row.state != "withheld"]
    found = changes(comparison)
    gone = {row["customer"] for rows in found.values() for row in rows if row["change"] == "fewer"}
    assert gone == {row.customer for row in wishes}
    (letter,) = found["p-001 years-with-us/1"]
    assert letter["change"] == "moved"
    assert letter["local_before"] == dt.datetime(2027, 3, 24, 10)  # noqa: DTZ001 - a clock on the wall
    assert letter["local_after"] == dt.datetime(2027, 3, 19, 10)  # noqa: DTZ001 - a clock on the wall
    position = [row["key"] for row in comparison.changes].index(letter["key"])
    old, new = comparison.explain(position)
    assert old is not None
    assert new is not None
    assert "at most 2 to the household in 7 days" in old.sentence
    assert "household" not in new.sentence


def test_one_call_more_a_day_needs_no_waiting() -> None:
    """Three calls on the 15th left the missed appointment for the next morning; a fourth has room for it."""
    change = (
        '{ channels = ["call"], team = "front desk", most = 3 }',
        '{ channels = ["call"], team = "front desk", most = 4 }',
    )
    comparison = courtesy.compare(planned("dental"), planned("dental", change))
    (call,) = changes(comparison)["p-025 missed/1"]
    assert call["change"] == "moved"
    assert (call["reason_before"], call["reason_after"]) == ("deferred", "due")
    assert comparison.fewer == 0


def test_wishes_by_letter_alone_reach_those_without_e_mail_too() -> None:
    """Of the garage: who is written to by e-mail now gets a letter, and some of them none that day."""
    change = 'message = "birthday"\n', 'message = "birthday"\nchannels = ["letter"]\n'
    before = planned("garage")
    comparison = courtesy.compare(before, planned("garage", change))
    by_letter = {row["customer"] for row in comparison.changes if row["channel_after"] == "letter"}
    assert "c-016" in by_letter
    wishes = [row for row in comparison.counts if row["occasion"] == "birthday"]
    assert {row["channel"] for row in wishes if row["after"]} == {"letter"}
    assert sum(row["before"] for row in wishes) == len(
        [row for row in before.filter(occasion="birthday") if row.state != "withheld"]
    )


def test_the_garage_hears_who_gets_what_by_another_rule() -> None:
    """News of a complaint every five business days instead of three."""
    change = 'repeat = "3 business days"', 'repeat = "5 business days"'
    found = changes(courtesy.compare(planned("garage"), planned("garage", change)))
    # On the 24th as before; then on 30 November and 3 December, and by the other rule on 2 December (25, 27, 30, 1, 2).
    days = {
        (row["change"], f"{row['local_before'] or row['local_after']:%m-%d}") for row in found["c-267 complaint-news/1"]
    }
    assert days == {("moved", "11-30"), ("fewer", "12-03")}
