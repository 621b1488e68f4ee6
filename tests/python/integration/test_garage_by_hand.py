"""The garage's plan, worked out once more by a slow and obvious model: every row with its reason, over fourteen months.

The rules are varied so that each anchor and each gate is met.
"""

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

GARAGE = Path(__file__).resolve().parents[3] / "examples" / "garage"
START, END = dt.date(2026, 1, 1), dt.date(2027, 3, 1)
Change = Callable[[dict[str, Any]], None]


def as_they_are(rules: dict[str, Any]) -> None:
    """The rules of the file."""


def hours_that_clocks_skip_and_repeat(rules: dict[str, Any]) -> None:
    # Without quiet hours there is nothing to spread.
    del rules["policy"]["quiet_hours"], rules["policy"]["spread"]
    times = ["01:30", "02:30", "00:30", "03:00"]
    for number, occasion in enumerate(rules["occasion"]):
        for step in occasion.get("steps", [occasion]):
            step["at"] = times[number % len(times)]


def quiet_at_noon_and_open_at_weekends_alone(rules: dict[str, Any]) -> None:
    rules["policy"]["quiet_hours"] = {"from": "08:30", "to": "19:15"}
    rules["policy"]["business_days"] = {"weekend": ["mon", "tue", "wed", "thu"], "holidays": ["2026-12-25"]}
    for occasion in rules["occasion"]:
        occasion["move"] = "nearest business day"
        occasion["tolerance"] = "1 day"


def consent_for_all(rules: dict[str, Any]) -> None:
    rules["policy"]["consent"] = dict.fromkeys(["service", "care", "offer", "recovery"], "needed")


def other_anchors(rules: dict[str, Any]) -> None:
    for occasion in rules["occasion"]:
        if occasion.get("yearly") == "birthday":
            occasion["leap"] = "mar1"
        elif "yearly" in occasion:
            occasion |= {"of": "last", "until": ["service"]}
            occasion.pop("milestones", None)
        if "every" in occasion and occasion.get("restart") != "scheduled":
            if isinstance(occasion["every"], dict):
                occasion["whichever"] = {"first": "later", "later": "first"}[occasion.get("whichever", "first")]
            occasion["since"] = occasion["since"][::-1]
        occasion.pop("when", None)
        occasion.pop("not_before", None)


def room_for_little(rules: dict[str, Any]) -> None:
    policy = rules["policy"]
    policy["merge"] = True
    policy["caps"] = [cap | {"most": 1, "purposes": ["care", "offer", "service"]} for cap in policy["caps"]]
    policy["capacity"] = [{"channels": ["call", "letter"], "most": 1}, {"channels": ["email"], "most": 4}]
    policy["holds"] = [{"after": ["complaint", "broken"], "until": ["resolution", "kept"], "purposes": ["service"]}]
    for occasion in rules["occasion"]:
        occasion["tolerance"] = "10 days"
        if occasion.get("due") == "promise":
            occasion["target"] = {"before": "3 business days"}
        if "silent" in occasion:
            occasion["silent"] = {"cadence": 2} if occasion["silent"] == "18 months" else "1 year"


VARIANTS: list[Change] = [
    as_they_are,
    hours_that_clocks_skip_and_repeat,
    quiet_at_noon_and_open_at_weekends_alone,
    consent_for_all,
    other_anchors,
    room_for_little,
]


@pytest.mark.parametrize("change", VARIANTS, ids=lambda change: change.__name__)
def test_every_row_is_the_one_that_the_model_gives(change: Change) -> None:
    rules = copy.deepcopy(tomllib.loads((GARAGE / "rules.toml").read_text(encoding="utf-8")))
    change(rules)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Some readings were typed wrong, as in real books.
        warnings.filterwarnings("ignore", "events: of occasion 'service-due' .* not believed", courtesy.DataWarning)
        plan = courtesy.plan(
            GARAGE / "customers.csv",
            GARAGE / "events.csv",
            courtesy.Rules(rules["occasion"], rules["policy"], rules["shop"]),
            GARAGE / "assets.csv",
            start=START,
            until=END,
        )
    books = [GARAGE / f"{table}.csv" for table in ("customers", "events", "assets")]
    expected = Model(*books, rules, START, END).plan()
    assert len(expected) > 1_000
    told = differences(rows_of(plan), expected, rules, ("core", "model"))
    assert not told, told
