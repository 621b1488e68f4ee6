"""A season of each example shop that did not happen keeps to what its rules promise."""

from __future__ import annotations

import collections
import csv
import datetime as dt
import warnings
from pathlib import Path

import pytest

import courtesy

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
# The day after the books end.
STARTS = {"garage": "2026-11-24", "dental": "2027-03-16"}
DAYS = 90


@pytest.fixture(scope="module", params=STARTS)
def season(request: pytest.FixtureRequest) -> tuple[str, courtesy.Simulation]:
    shop = request.param
    tables = [EXAMPLES / shop / f"{name}.csv" for name in ("customers", "events", "assets")]
    rules = EXAMPLES / shop / "rules.toml"
    with warnings.catch_warnings():
        # What was agreed for later is in the books of both already.
        warnings.simplefilter("ignore", courtesy.DataWarning)
        made = courtesy.simulate(*tables[:2], rules, tables[2], start=STARTS[shop], days=DAYS, seed=7)
    return shop, made


def customers(shop: str) -> dict[str, dict[str, str]]:
    with (EXAMPLES / shop / "customers.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_there_is_something_to_do_on_most_days(season: tuple[str, courtesy.Simulation]) -> None:
    _, made = season
    days = {row["day"] for row in made.load}
    assert len(days) > 60
    assert all(made.start <= day < made.start + dt.timedelta(days=DAYS) for day in days)


def test_the_front_desk_rings_no_more_than_it_can(season: tuple[str, courtesy.Simulation]) -> None:
    _, made = season
    calls = [row for row in made.load if row["channel"] == "call" and row["team"] == "front desk"]
    assert calls
    assert max(row["contacts"] for row in calls) <= 3


def test_care_and_offers_keep_to_their_caps(season: tuple[str, courtesy.Simulation]) -> None:
    """Two in seven days to a customer of the garage, one to a patient; by the shop's days, and so give or take one."""
    shop, made = season
    most = {"garage": 2, "dental": 1}[shop]
    said: dict[str, set[dt.date]] = collections.defaultdict(set)
    for row in made.said:
        if row["purpose"] in ("care", "offer") and row["channel"] != "desk":
            said[row["customer"]].add(row["day"])
    for customer, days in said.items():
        for first in days:
            assert len([day for day in days if 0 <= (day - first).days < 6]) <= most, customer


def test_only_active_customers_hear_anything(season: tuple[str, courtesy.Simulation]) -> None:
    shop, made = season
    status = {name: row["status"] for name, row in customers(shop).items()}
    assert {status[row["customer"]] for row in made.said} == {"active"}


def test_birthdays_are_those_of_the_calendar(season: tuple[str, courtesy.Simulation]) -> None:
    shop, made = season
    born = {name: row["birthday"] for name, row in customers(shop).items()}
    wishes = [row for row in made.said if row["occasion"] == "birthday"]
    assert len(wishes) > 5
    for row in wishes:
        late = (row["day"] - dt.date.fromisoformat(f"{row['day'].year}{born[row['customer']][4:]}")).days
        # The day is the shop's: in Sydney it is tomorrow already.
        assert -1 <= late <= 2
        assert shop == "garage" or born[row["customer"]] >= "2014"


def test_other_threads_change_nothing(season: tuple[str, courtesy.Simulation]) -> None:
    shop, made = season
    tables = [EXAMPLES / shop / f"{name}.csv" for name in ("customers", "events", "assets")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", courtesy.DataWarning)
        again = courtesy.simulate(
            *tables[:2], EXAMPLES / shop / "rules.toml", tables[2], start=STARTS[shop], days=DAYS, seed=7, threads=1
        )
    assert list(again.said) == list(made.said)
