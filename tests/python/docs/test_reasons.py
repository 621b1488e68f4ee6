"""docs/reasons.md, the core's codes, their words and the data that decisions carry all name the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import courtesy
from courtesy.reasons import CODES

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "reasons.md").read_text(encoding="utf-8")
HEADER = (ROOT / "cpp" / "courtesy" / "plan" / "reminder.h").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]*)\|$", re.MULTILINE)
# What stands in brackets are values and words, not names of data.
ASIDE = re.compile(r"\([^)]*\)")

DATA = {code: set(re.findall(r"`(\w+)`", ASIDE.sub("", data))) for code, _, data in ROW.findall(PAGE)}


def codes_of_the_core() -> list[str]:
    match = re.search(r"enum class ReasonCode[^{]*\{(.*?)\};", HEADER, re.DOTALL)
    assert match is not None
    return re.findall(r"\w+", re.sub(r"//[^\n]*", "", match[1]))


def test_the_page_lists_the_codes_of_the_core_in_their_order() -> None:
    assert [code for code, _, _ in ROW.findall(PAGE)] == codes_of_the_core()


def test_each_code_of_the_core_has_words() -> None:
    assert list(CODES) == codes_of_the_core()


@pytest.fixture(scope="module")
def decisions() -> list[courtesy.Decision]:
    """Every decision on the example garage, which shows nearly every reason."""
    garage = ROOT / "examples" / "garage"
    tables = [garage / f"{name}.csv" for name in ("customers", "events", "assets")]
    rules = courtesy.Rules.load(garage / "rules.toml")
    plan = courtesy.plan(*tables[:2], rules, tables[2], start="2026-11-23", days=14)
    customers = sorted({row.customer for row in plan})[:60]
    found = [plan.explain(row) for row in range(len(plan))]
    return found + [one for who in customers for name in rules.occasions for one in plan.why_not(who, name)]


def test_the_data_of_each_reason_is_what_the_page_says(decisions: list[courtesy.Decision]) -> None:
    seen: dict[str, set[frozenset[str]]] = {}
    for decision in decisions:
        for reason in decision.reasons:
            seen.setdefault(reason.code, set()).add(frozenset(reason.data))
    assert len(seen) > 30
    assert {code: names for code, names in seen.items() if names != {frozenset(DATA[code])}} == {}


def test_the_deciding_reason_is_the_last_and_the_row_s(decisions: list[courtesy.Decision]) -> None:
    assert [one for one in decisions if one.reasons[-1].code != one.reminder.reason] == []


def test_every_decision_makes_a_sentence(decisions: list[courtesy.Decision]) -> None:
    for decision in decisions:
        sentence = decision.sentence
        assert re.fullmatch(
            r"(Nothing of '[\w-]+' in this window|[A-Z][a-z ]+ \d+ [A-Z][a-z]{2} \d{4}( withheld| merged)?): .+\.",
            sentence,
        )
        assert not re.search(r"None|[{}]|  |[:;,.] ?[;.]", sentence), sentence
