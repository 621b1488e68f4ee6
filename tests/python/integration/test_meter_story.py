"""Services every 10,000 km, told event by event: a meter replaced, rolled back, mistyped, and silent for a year.

All of them run 40 km a day, so that whatever happens to the meter the mark keeps its day.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import warnings
from typing import Any

import pytest

import courtesy

SERVICE = {
    "name": "service-due",
    "every": {"km": 10_000},
    "since": ["service", "delivery"],
    "meter": "odometer",
    "purpose": "service",
}
RULES = courtesy.Rules([SERVICE])
BEFORE_USE = "delivery 2026-01-01 20000"


@dataclasses.dataclass
class Step:
    """An event and what is planned once it is known: the day, the mark on the meter of then, and what is warned of."""

    event: str
    due: str | None
    mark: float | None = None
    warned: str = ""


# 100 days for 4,000 km, so 6,000 km more take 150 days from 11 April.
READ_ONCE = [Step(BEFORE_USE, None), Step("reading 2026-04-11 24000", "2026-09-08", 30_000)]

REPLACED = [
    *READ_ONCE,
    # 20 days later it stood at 24,800; 5,200 are left.
    Step("meter_replaced 2026-05-01", "2026-09-08", 5_200),
    Step("reading 2026-06-10 1600", "2026-09-08", 5_200),
    # 83 days and 3,320 km later.
    Step("service 2026-09-01 4920", "2027-05-09", 14_920),
]

REPLACED_BY_A_USED_ONE = [
    *READ_ONCE,
    Step("meter_replaced 2026-05-01 90000", "2026-09-08", 95_200),
    Step("reading 2026-06-10 91600", "2026-09-08", 95_200),
]

ROLLED_BACK = [
    *READ_ONCE,
    Step("reading 2026-04-21 11000", "2026-09-08", 30_000, "1 reading is lower than others"),
    Step("reading 2026-05-01 11400", "2026-09-08", 30_000, "2 readings are lower than others"),
    # Since 21 April, when the real use was 24,400: 5,600 are left, so 16,600 on the meter.
    Step("reading 2026-05-11 11800", "2026-09-08", 16_600, "1 meter began anew"),
]

TYPED_TOO_HIGH = [
    *READ_ONCE,
    Step("reading 2026-04-21 24400", "2026-09-08", 30_000),
    Step("reading 2026-05-01 248000", "2026-09-08", 30_000, "1 reading is lower than others"),
    Step("reading 2026-05-11 25200", "2026-09-08", 30_000, "1 reading is lower than others"),
]

TYPED_TOO_LOW = [
    *READ_ONCE,
    Step("reading 2026-04-21 2440", "2026-09-08", 30_000, "1 reading is lower than others"),
    Step("reading 2026-05-01 24800", "2026-09-08", 30_000, "1 reading is lower than others"),
    # A service whose reading was typed wrong: it stood at 30,120, as the days tell.
    Step("service 2026-09-11 3012", "2027-05-19", 40_120, "2 readings are lower than others"),
]

IN_MILES = [
    *READ_ONCE,
    Step("reading 2026-05-01 15400 mi", "2026-09-08", 30_000, "1 reading is in 'mi' and not in 'km'"),
    Step("reading 2026-05-02 900 hours", "2026-09-08", 30_000, "1 reading is in 'mi' and not in 'km'"),
]

STORIES = {
    "replaced": REPLACED,
    "replaced by a used one": REPLACED_BY_A_USED_ONE,
    "rolled back": ROLLED_BACK,
    "typed too high": TYPED_TOO_HIGH,
    "typed too low": TYPED_TOO_LOW,
    "in miles": IN_MILES,
}


def event_of(text: str, number: int) -> dict[str, Any]:
    """Its kind, day and reading, and the unit where it is another."""
    kind, at, *rest = text.split()
    value = float(rest[0]) if rest else None
    unit = rest[1] if len(rest) > 1 else "odometer"
    return {"id": f"e{number}", "customer": "ada", "asset": "v", "kind": kind, "at": at, "value": value, "unit": unit}


def planned(
    events: list[dict[str, Any]], assets: list[dict[str, Any]] | None = None
) -> tuple[dict[str, Any] | None, list[str]]:
    """What is said of the use of Ada's car for its next service, and what is warned of."""
    customers = [{"id": each} for each in ("ada", "ben", "cy", "dora")]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        plan = courtesy.plan(customers, events, RULES, assets, start="2025-06-01", days=1_500)
    rows = [row for row in plan.filter(customer="ada") if row.state == "planned"]
    told = [str(each.message) for each in caught if each.category is courtesy.DataWarning]
    if not rows:
        return None, told
    row = rows[-1]
    (use,) = [reason.data for reason in plan.explain(row).reasons if reason.code == "interval_use"]
    assert row.local.date() == use["due_day"]
    return dict(use), told


@pytest.mark.parametrize("story", STORIES)
def test_the_mark_keeps_its_day(story: str) -> None:
    events: list[dict[str, Any]] = []
    for number, step in enumerate(STORIES[story], start=1):
        events.append(event_of(step.event, number))
        use, warned = planned(events)
        if step.due is None:
            assert use is None, step
            continue
        assert use is not None, step
        assert use["due_day"] == dt.date.fromisoformat(step.due), step
        assert use["threshold"] == pytest.approx(step.mark), step
        assert use["source"] == "own", step
        assert use["rate_per_day"] == pytest.approx(40)
        assert any(step.warned in text for text in warned) if step.warned else warned == [], (step, warned)


def test_a_warning_names_the_first_event() -> None:
    events = [event_of(step.event, number) for number, step in enumerate(TYPED_TOO_LOW, start=1)]
    assert planned(events)[1] == [
        "events: of occasion 'service-due' 2 readings are lower than others, or higher than can be, and are not "
        "believed (first: event 'e3')"
    ]


ASSETS = [
    {"id": "v", "customer": "ada", "kind": "van"},
    *({"id": f"v-{each}", "customer": each, "kind": "van"} for each in ("ben", "cy", "dora")),
]
# 20, 40 and 80 km a day: a fleet of 40, whose errors are 0.5, 1 and 2; where Ada's van has a rate, it is of them.
OTHERS = [
    {"id": f"{each}{day}", "customer": each, "asset": f"v-{each}", "kind": "reading", "at": at, "value": value}
    for each, rate in (("ben", 20), ("cy", 40), ("dora", 80))
    for day, at, value in ((0, "2025-01-01", 0), (50, "2025-02-20", 50 * rate))
]


@pytest.mark.parametrize(
    ("events", "due", "source", "earliest", "latest"),
    [
        # A single reading: 250 days at 40, and from 125 to 500.
        (["delivery 2025-01-01 0"], "2025-09-08", "fleet", "2025-05-06", "2026-05-16"),
        # 20 km a day, which makes a fleet of 30. 8,000 are left: 7,300 in a year, and 700 at 30 in 23.3 days. Errors
        # are 2/3, 2/3, 4/3 and 8/3, with 2/3 and 3/2. 3,000 take 150 days, and 12,000 365 + 4,700 / 30 = 521.7.
        (["delivery 2025-01-01 0", "reading 2025-04-11 2000"], "2026-05-05", "fleet", "2025-09-08", "2026-09-15"),
        # Read again: 4,000 at 20 take 200 days. One past error, 1, with 2/3 and 3/2: from 134 to 300 days.
        (
            ["delivery 2025-01-01 0", "reading 2025-04-11 2000", "reading 2025-10-28 6000"],
            "2026-05-16",
            "own",
            "2026-03-11",
            "2026-08-24",
        ),
    ],
)
def test_a_reading_speaks_for_a_year(events: list[str], due: str, source: str, earliest: str, latest: str) -> None:
    of_ada = [event_of(text, number) for number, text in enumerate(events)]
    use, warned = planned([*of_ada, *OTHERS], ASSETS)
    assert use is not None
    found = [use["due_day"].isoformat(), use["source"], use["earliest"].isoformat(), use["latest"].isoformat()]
    assert found == [due, source, earliest, latest]
    assert warned == []


def test_a_fleet_is_of_one_kind() -> None:
    others = [{**asset, "kind": "van" if asset["customer"] in ("ada", "ben") else "car"} for asset in ASSETS]
    for assets in (others, [{**asset, "kind": None} for asset in ASSETS], None):
        use, _ = planned([event_of("delivery 2025-01-01 0", 1), *OTHERS], assets)
        assert use is None


@pytest.mark.parametrize(("plausible", "due"), [(400, ["2026-01-26"]), (399, [])])
@pytest.mark.filterwarnings("ignore:events. of occasion:courtesy.DataWarning")
@pytest.mark.filterwarnings("ignore::courtesy.RuleWarning")
def test_a_plausible_rate_may_be_named(plausible: float, due: list[str]) -> None:
    events = [event_of(text, number) for number, text in enumerate([BEFORE_USE, "reading 2026-01-11 24000"], start=1)]
    rules = courtesy.Rules([{**SERVICE, "plausible": plausible}])
    plan = courtesy.plan([{"id": "ada"}], events, rules, start="2025-06-01", days=1_500)
    assert [str(row.local.date()) for row in plan if row.state == "planned"] == due
