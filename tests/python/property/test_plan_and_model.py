"""Rules of every kind, drawn at random: the plan is the one that a slow and obvious model gives, row by row."""

from __future__ import annotations

import csv
import datetime as dt
import os
import warnings
from pathlib import Path
from typing import Any

import pytest
from drawn_books import cases
from drawn_policies import busy_policies, cap, capacity, hold, opening_hours
from drawn_rules import busy_occasions
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_differences import differences
from plain_model import Model, rows_of
from planners import Case, by_model, plan_of

import courtesy

CASES = int(os.environ.get("COURTESY_CASES", "5000"))
GARAGE = Path(__file__).resolve().parents[3] / "examples" / "garage"
START, END = dt.date(2026, 1, 1), dt.date(2027, 3, 1)
KINDS = ["purchase", "delivery", "service", "tyres", "inspection", "complaint", "resolution", "booking", "registration"]
CHANNELS = ["email", "sms", "letter", "call", "whatsapp", "desk"]
PURPOSES = ["service", "care", "offer", "recovery"]


def keys(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A table with some of these keys."""
    return st.fixed_dictionaries({}, optional=optional)


def some(values: list[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


def counted(most: int, unit: str) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(lambda number: f"{number} {unit}")


days = st.one_of(counted(40, "days"), counted(6, "weeks"), counted(14, "months"), counted(12, "business days"))
offsets = st.one_of(counted(40, "days"), counted(6, "weeks"), counted(4, "months"), counted(12, "business days"))
spans = st.one_of(days, counted(60, "hours"), counted(200, "minutes"))
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
before_or_after = st.one_of(keys(before=offsets), keys(after=offsets))

after_event = st.fixed_dictionaries({"on": st.sampled_from(KINDS)}, optional={"after": spans})
birthday = st.fixed_dictionaries({"yearly": st.just("birthday"), "leap": st.sampled_from(["feb28", "mar1", "skip"])})
anniversary = st.fixed_dictionaries(
    {"yearly": st.sampled_from(KINDS), "of": st.sampled_from(["first", "last", "each"])},
    optional={"milestones": some(list(range(1, 12)), 6)},
)
recurrence = st.one_of(
    st.fixed_dictionaries(
        {
            "rrule": st.sampled_from(
                ["FREQ=MONTHLY;BYDAY=1TU", "FREQ=YEARLY;BYMONTH=2,12;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=MO,FR"]
            )
        },
        optional={"exdate": st.lists(st.dates(START, END).map(str), max_size=9, unique=True)},
    ),
    st.fixed_dictionaries(
        {
            "rrule": st.sampled_from(["FREQ=MONTHLY", "FREQ=DAILY;INTERVAL=11", "FREQ=YEARLY;COUNT=14"]),
            "start": st.dates(dt.date(2012, 1, 1), END).map(str),
        }
    ),
)
lengths = st.fixed_dictionaries(
    {"months": st.integers(1, 30)},
    optional={"days": st.integers(1, 40), "km": st.sampled_from([3_000, 8_000, 15_000, 40_000])},
)
by_use = st.fixed_dictionaries({"km": st.sampled_from([3_000, 8_000, 15_000])})
since = st.fixed_dictionaries({"since": some(["service", "delivery", "tyres", "inspection", "purchase"])})
both = st.fixed_dictionaries({"months": st.integers(1, 30), "km": st.sampled_from([3_000, 8_000, 15_000, 40_000])})
whichever = st.fixed_dictionaries({"every": both, "whichever": st.sampled_from(["first", "later"])})
interval = st.tuples(
    since, st.one_of(whichever, st.fixed_dictionaries({"every": by_use | lengths})), keys(first=lengths)
)
calendar_lengths = st.fixed_dictionaries({"months": st.integers(1, 30)}, optional={"days": st.integers(1, 40)})
schedule = st.tuples(
    since,
    st.fixed_dictionaries({"every": calendar_lengths, "restart": st.just("scheduled")}),
    keys(first=calendar_lengths),
)
merged = st.one_of(interval, schedule).map(lambda parts: {**parts[0], **parts[1], **parts[2]})

cadence = st.fixed_dictionaries({"cadence": st.sampled_from([1, 1.5, 2.5])}, optional={"segment": st.just("tier")})
# Silence lasts longer than nothing.
silent = days.filter(lambda span: not span.startswith("0 "))
silence = st.fixed_dictionaries({"since": some(["service", "purchase", "tyres"]), "silent": silent | cadence})
saying = keys(at=times | st.just("best"), audience=st.just("staff"), channels=some(CHANNELS))
step = st.tuples(before_or_after, saying).map(lambda parts: parts[0] | parts[1])
steps = st.one_of(saying, st.lists(step, min_size=1, max_size=3).map(lambda found: {"steps": found}))
conditions = st.sampled_from(
    [
        {"tier": ["gold", "silver"]},
        {"country": {"not": ["GB", "DE"]}},
        {"tags": "newsletter"},
        {"tags": {"none": ["trade", "newsletter"]}},
        {"asset": {"kind": ["car", "van"]}},
    ]
)
common = keys(
    purpose=st.sampled_from(PURPOSES),
    until=some(KINDS, 2),
    when=conditions,
    expires=st.sampled_from(["0 days", "1 day", "12 hours", "1 week", "3 business days"]),
    move=st.sampled_from(
        [
            "next business day",
            "previous business day",
            "nearest business day",
            "modified following",
            "modified preceding",
        ]
    ),
    tolerance=st.sampled_from(["0 days", "1 day", "10 days"]),
    not_before=st.dates(START, END),
)
anchors = st.one_of(after_event, birthday, anniversary, merged, recurrence, silence)
occasion = st.tuples(anchors, steps, common).map(lambda parts: {**parts[0], **parts[1], **parts[2]})
quiet_hours = st.sampled_from([("20:00", "08:00"), ("12:00", "13:30"), ("22:15", "06:45"), ("18:00", "00:00")]).map(
    lambda hours: {"from": hours[0], "to": hours[1]}
)
business_days = st.fixed_dictionaries(
    {
        "weekend": st.sampled_from([["sat", "sun"], ["sun"], ["fri", "sat"], []]),
        "holidays": st.lists(st.dates(START, END).map(str), max_size=20, unique=True),
    }
)
policy = keys(
    quiet_hours=quiet_hours,
    business_days=business_days,
    consent=st.dictionaries(
        st.sampled_from(PURPOSES), st.sampled_from(["needed", "unless withdrawn", "not needed"]), max_size=4
    ),
    channels=some(CHANNELS),
    at=times,
    opening_hours=opening_hours,
    holds=st.lists(hold, max_size=2),
    spread=st.sampled_from(["2 hours", "20 minutes"]),
    caps=st.lists(cap, min_size=1, max_size=2),
    merge=st.just(True) | some(CHANNELS),
    capacity=st.lists(capacity, min_size=1, max_size=2),
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fifth customer of the garage, with what is theirs; a zero too many stands in every seventh reading."""
    folder = tmp_path_factory.mktemp("books")
    for table, owner in (("customers", "id"), ("assets", "customer"), ("events", "customer")):
        with (GARAGE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if int(row[owner].removeprefix("c-")) % 5 == 0]
        for row in [row for row in rows if row.get("kind") == "reading"][::7]:
            row["value"] += "0"
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return folder


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    occasions=st.lists(occasion, min_size=1, max_size=4),
    policy=policy,
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    threads=st.integers(1, 3),
)
def test_the_plan_is_the_models(
    books: Path, occasions: list[dict[str, Any]], policy: dict[str, Any], zone: str, threads: int
) -> None:
    named = [{"name": f"occasion {number}", **keys} for number, keys in enumerate(occasions)]
    rules = {"shop": {"zone": zone}, "policy": policy, "occasion": named}
    tables = [books / f"{table}.csv" for table in ("customers", "events", "assets")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.RuleWarning)
        warnings.filterwarnings("ignore", "events: of occasion", courtesy.DataWarning)
        made = courtesy.plan(
            tables[0], tables[1], courtesy.Rules(named, policy, rules["shop"]), tables[2],
            start=START, until=END, threads=threads,
        )  # fmt: skip
    told = differences(rows_of(made), Model(*tables, rules, START, END).plan(), rules, ("core", "model"))
    assert not told, told


def agree(case: Case, threads: int) -> None:
    told = differences(rows_of(plan_of(case, threads)), by_model(case), case.rules, ("core", "model"))
    assert not told, told


@settings(max_examples=CASES * 4 // 5, deadline=None, derandomize=True)
@given(case=cases(), threads=st.integers(1, 3))
def test_the_plan_of_a_small_customer_base_is_the_models(case: Case, threads: int) -> None:
    """Customers, events and rules of every kind, all drawn.

    5,000 with those of the test below, and as many as COURTESY_CASES says where it is set: 200,000 take some hours.
    """
    agree(case, threads)


@settings(max_examples=CASES // 5, deadline=None, derandomize=True)
@given(case=cases(busy_policies, busy_occasions), threads=st.integers(1, 3))
def test_the_plan_of_busy_days_is_the_models(case: Case, threads: int) -> None:
    """Where reminders compete for the same days: caps, merging and capacity."""
    agree(case, threads)
