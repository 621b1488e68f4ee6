"""The practice's plan, worked out once more by the slow and obvious model: every row, over fourteen months."""

from __future__ import annotations

import copy
import datetime as dt
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import courtesy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plain"))
from plain_differences import differences
from plain_model import Model, rows_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PRACTICE = Path(__file__).resolve().parents[3] / "examples" / "dental"
START, END = dt.date(2026, 6, 1), dt.date(2027, 8, 1)
# The statutory holidays of Nova Scotia in these months, from its government's list, and the practice's own.
HOLIDAYS = [
    *("2026-07-01", "2026-09-07", "2026-11-11", "2026-12-25", "2027-01-01", "2027-02-15", "2027-03-26", "2027-07-01"),
    *(f"2026-12-{day}" for day in range(24, 32)),
    "2027-03-29",
]


def as_they_are(rules: dict[str, Any]) -> None:
    """The rules of the file."""


def all_are_asked_once_a_year(rules: dict[str, Any]) -> None:
    for occasion in rules["occasion"]:
        if occasion.get("every") == "6 months":
            occasion |= {"every": "12 months", "restart": "scheduled"}


def open_of_an_evening_with_nobody_to_ring(rules: dict[str, Any]) -> None:
    rules["policy"]["opening_hours"] = {"mon-wed": "12:00-20:30", "sat": "09:00-12:00"}
    rules["policy"]["capacity"] = [{"channels": ["call", "sms"], "most": 1}]
    rules["policy"]["caps"] = [{"purposes": ["care", "service"], "most": 2, "per": "10 days", "scope": "household"}]


@pytest.mark.parametrize(
    "change",
    [as_they_are, all_are_asked_once_a_year, open_of_an_evening_with_nobody_to_ring],
    ids=lambda change: change.__name__,
)
def test_every_row_is_the_one_that_the_model_gives(change: Callable[[dict[str, Any]], None]) -> None:
    rules = tomllib.loads((PRACTICE / "rules.toml").read_text(encoding="utf-8"))
    change(rules)
    books = [PRACTICE / f"{table}.csv" for table in ("customers", "events", "assets")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = courtesy.Rules(rules["occasion"], rules["policy"], rules["shop"])
        plan = courtesy.plan(*books[:2], loaded, books[2], start=START, until=END)
    # The model knows no country: it is told its days.
    told = copy.deepcopy(rules)
    told["policy"]["business_days"] = {"weekend": ["sat", "sun"], "holidays": HOLIDAYS}
    expected = Model(*books, told, START, END).plan()
    assert len(expected) > 2_000
    differ = differences(rows_of(plan), expected, rules, ("core", "model"))
    assert not differ, differ
