"""The purchases of 23,570 real customers over eighteen months: every reminder compared with a plain computation.

The data are dirty as real data are: several purchases of one customer on a day, rows that repeat word for word,
purchases of nothing. They are no part of the project; where they are absent the tests skip and say where they were
looked for.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import os
import warnings
from pathlib import Path
from zoneinfo import ZoneInfo

import polars
import pytest

import courtesy

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("COURTESY_SHARED_DATA", ROOT.parent / "shared" / "data")) / "cdnow" / "CDNOW_master.txt"

START, END = dt.date(1997, 7, 1), dt.date(1998, 7, 1)
SHOP_ZONE = "America/New_York"
# Dealt out in turn. They change their clocks on different days, two not at all, and one by half an hour.
ZONES = [
    "America/New_York",
    "Europe/London",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Phoenix",
    "Australia/Lord_Howe",
]
THANKS_AT = dt.time(10)
# In an hour that clocks skip (New York, 5 April 1998; Sydney and Lord Howe, 26 October 1997) or show twice (Sydney,
# 29 March 1998).
CHECK_IN_AT = dt.time(2, 15)
ANNIVERSARY_AT = dt.time(9)


@dataclasses.dataclass(frozen=True)
class Owed:
    customer: str
    occasion: str
    anchor: dt.date
    due: dt.datetime
    wall: dt.datetime
    zone: str


@pytest.fixture(scope="module")
def lines() -> list[str]:
    if not DATA.exists():
        pytest.skip(f"the purchases of CDNOW are not at {DATA}; COURTESY_SHARED_DATA says where else to look")
    return DATA.read_text(encoding="ascii").splitlines()[1:]


@pytest.fixture(scope="module")
def zones(lines: list[str]) -> dict[str, str]:
    """The zone of each customer."""
    names = sorted({line.split()[0] for line in lines})
    return {name: ZONES[number % len(ZONES)] for number, name in enumerate(names)}


def day_of(text: str) -> dt.date:
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))


@pytest.fixture(scope="module")
def plan(lines: list[str], zones: dict[str, str]) -> courtesy.Plan:
    rules = courtesy.Rules(
        [
            courtesy.Occasion("thank-you", on="purchase", after="1 day", at=THANKS_AT),
            courtesy.Occasion("check-in", on="purchase", after="7 days", at=CHECK_IN_AT),
            courtesy.Occasion("anniversary", yearly="purchase", of="first", at=ANNIVERSARY_AT),
        ],
        shop={"zone": SHOP_ZONE},
    )
    events = []
    for line in lines:
        customer, day, discs, dollars = line.split()
        events.append(
            {
                "customer": customer,
                "kind": "purchase",
                "at": day_of(day),
                "value": float(dollars),
                "unit": "USD",
                "note": f"{discs} discs",
            }
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.DataWarning)
        return courtesy.plan(
            [{"id": name, "zone": zone} for name, zone in zones.items()], events, rules, start=START, until=END
        )


@pytest.fixture(scope="module")
def reminders(plan: courtesy.Plan) -> list[courtesy.Reminder]:
    return list(plan)


@pytest.fixture(scope="module")
def expected(lines: list[str], zones: dict[str, str]) -> list[Owed]:
    """What is owed, by dates and zoneinfo alone. Rows that repeat word for word are one purchase."""
    start = dt.datetime.combine(START, dt.time(), ZoneInfo(SHOP_ZONE))
    end = dt.datetime.combine(END, dt.time(), ZoneInfo(SHOP_ZONE))
    owed = []

    def owe(customer: str, occasion: str, anchor: dt.date, day: dt.date, at: dt.time) -> None:
        zone = ZoneInfo(zones[customer])
        # With fold=0 the first of two equal wall times is meant, and a skipped one counts from before the gap.
        due = dt.datetime.combine(day, at, zone).astimezone(dt.timezone.utc)
        if start <= due < end:
            wall = due.astimezone(zone).replace(tzinfo=None)
            owed.append(Owed(customer, occasion, anchor, due, wall, zones[customer]))

    first: dict[str, dt.date] = {}
    for line in {tuple(line.split()) for line in lines}:
        customer, day = line[0], day_of(line[1])
        owe(customer, "thank-you", day, day + dt.timedelta(days=1), THANKS_AT)
        owe(customer, "check-in", day, day + dt.timedelta(days=7), CHECK_IN_AT)
        first[customer] = min(day, first.get(customer, day))
    for customer, day in first.items():
        # All first purchases are of 1997, so that nobody has a 29 February and nobody a second anniversary.
        owe(customer, "anniversary", day, day.replace(year=day.year + 1), ANNIVERSARY_AT)
    return owed


def test_the_data_are_as_dirty_as_they_are_known_to_be(lines: list[str]) -> None:
    rows = [tuple(line.split()) for line in lines]
    assert len(rows) == 69_659
    assert len({row[0] for row in rows}) == 23_570
    assert len(set(rows)) < len(rows)
    assert len({row[:2] for row in rows}) < len(set(rows))
    assert any(float(row[3]) == 0 for row in rows)


def test_every_reminder_is_the_one_that_a_plain_computation_gives(
    reminders: list[courtesy.Reminder], expected: list[Owed]
) -> None:
    planned = collections.Counter(
        Owed(
            str(reminder.customer),
            reminder.occasion,
            reminder.anchor,
            reminder.due,
            reminder.local.replace(tzinfo=None),
            reminder.zone,
        )
        for reminder in reminders
    )
    owed = collections.Counter(expected)
    assert {reminder.occasion for reminder in expected} == {"thank-you", "check-in", "anniversary"}
    assert planned - owed == collections.Counter(), "planned, and not owed"
    assert owed - planned == collections.Counter(), "owed, and not planned"


def wall(reminder: courtesy.Reminder) -> str:
    return f"{reminder.local:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("zone", "skipped", "shown"),
    [
        ("America/New_York", "1998-04-05T02:15", "1998-04-05T03:15"),
        ("Australia/Sydney", "1997-10-26T02:15", "1997-10-26T03:15"),
        ("Australia/Lord_Howe", "1997-10-26T02:15", "1997-10-26T02:45"),
    ],
)
def test_what_falls_into_an_hour_that_clocks_skip_is_shown_after_it(
    reminders: list[courtesy.Reminder], zone: str, skipped: str, shown: str
) -> None:
    walls = {wall(reminder) for reminder in reminders if reminder.zone == zone}
    assert shown in walls
    assert skipped not in walls


def test_of_an_hour_that_clocks_show_twice_the_first_is_meant(reminders: list[courtesy.Reminder]) -> None:
    dues = {
        reminder.due
        for reminder in reminders
        if reminder.zone == "Australia/Sydney" and wall(reminder) == "1998-03-29T02:15"
    }
    assert dues == {dt.datetime(1998, 3, 28, 15, 15, tzinfo=dt.timezone.utc)}


def test_all_are_planned_in_order_each_with_a_key_of_its_own(reminders: list[courtesy.Reminder]) -> None:
    assert {reminder.state for reminder in reminders} == {"planned"}
    assert [(reminder.due, reminder.key) for reminder in reminders] == sorted(
        (reminder.due, reminder.key) for reminder in reminders
    )
    assert len({reminder.key for reminder in reminders}) == len(reminders)


def test_rows_that_repeat_word_for_word_are_counted_in_a_warning(lines: list[str]) -> None:
    rows = [line.split() for line in lines]
    repeated = len(rows) - len({tuple(row) for row in rows})
    events = [
        {"customer": row[0], "kind": "purchase", "at": day_of(row[1]), "value": float(row[3]), "note": row[2]}
        for row in rows
    ]
    customers = [{"id": name} for name in sorted({row[0] for row in rows})]
    rules = courtesy.Rules([courtesy.Occasion("thank-you", on="purchase", after="1 day")])
    with pytest.warns(courtesy.DataWarning, match=rf"\b{repeated}\b"):
        courtesy.plan(customers, events, rules, start=START, days=1)


def as_texts(plan: courtesy.Plan) -> polars.DataFrame:
    """Its table without dictionaries, whose order follows the order of the input."""
    return polars.DataFrame(plan).with_columns(polars.col(polars.Categorical).cast(polars.String))


def test_other_forms_of_the_same_input_give_the_same_plan(
    plan: courtesy.Plan, lines: list[str], zones: dict[str, str]
) -> None:
    """A data frame instead of dicts, customers in another order, more threads."""
    rows = [line.split() for line in lines]
    events = polars.DataFrame(
        {
            "customer": [row[0] for row in rows],
            "kind": polars.repeat("purchase", len(rows), eager=True),
            "at": [day_of(row[1]) for row in rows],
            "value": [float(row[3]) for row in rows],
            "unit": polars.repeat("USD", len(rows), eager=True),
            "note": [f"{row[2]} discs" for row in rows],
        }
    )
    customers = polars.DataFrame({"id": list(zones)[::-1], "zone": list(zones.values())[::-1]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.DataWarning)
        other = courtesy.plan(customers, events.reverse(), plan.rules, start=START, until=END, threads=3)
    assert as_texts(other).equals(as_texts(plan))
