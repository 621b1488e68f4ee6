"""The example dental practice: its files are what its script writes, and its two weeks show what they promise."""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import courtesy

PRACTICE = Path(__file__).resolve().parents[3] / "examples" / "dental"
TABLES = ("customers.csv", "assets.csv", "events.csv")
TODAY = dt.date(2027, 3, 15)
DAYS = [TODAY + dt.timedelta(days=n) for n in range(14)]
GOOD_FRIDAY = dt.date(2027, 3, 26)
RULES = courtesy.Rules.load(PRACTICE / "rules.toml")


def rows_of(table: str) -> list[dict[str, str]]:
    with (PRACTICE / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan() -> courtesy.Plan:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tables = [PRACTICE / table for table in TABLES]
        return courtesy.plan(tables[0], tables[2], RULES, tables[1], start=TODAY, days=len(DAYS))


def run(*arguments: str | Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | variables,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_script_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    run(PRACTICE / "make_practice.py", "--out", tmp_path, PYTHONHASHSEED="7", TZ="Asia/Kolkata")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(TABLES)
    for table in TABLES:
        assert (tmp_path / table).read_bytes() == (PRACTICE / table).read_bytes(), table


def test_contacts_are_fictional() -> None:
    for customer in rows_of("customers.csv"):
        assert customer["email"] == "" or customer["email"].endswith("@example.org"), customer["id"]
        digits = customer["phone"].replace(" ", "")
        assert digits == "" or (digits.startswith("+190255501") and len(digits) == len("+19025550100")), customer["id"]


def test_a_child_is_written_to_where_a_parent_is() -> None:
    customers = rows_of("customers.csv")
    for child in (row for row in customers if row["birthday"] > "2012-01-01"):
        family = [row for row in customers if row["household"] == child["household"] and row["birthday"] < "2000"]
        # Of some the parents are no patients.
        assert not family or any(row["phone"] == child["phone"] and row["email"] == child["email"] for row in family), (
            child["id"]
        )
        assert child["joined"] > child["birthday"], child["id"]


def test_check_finds_nothing_wrong_with_the_rules() -> None:
    assert f"{len(RULES.occasions)} occasions, no problems" in run("-m", "courtesy", "check", PRACTICE / "rules.toml")


@pytest.mark.parametrize("occasion", RULES.occasions)
def test_two_weeks_show_the_occasion(plan: courtesy.Plan, occasion: str) -> None:
    assert any(row.state != "withheld" for row in plan.filter(occasion=occasion))


# What an envelope, a screen at the counter or a shared mailbox may show.
PRIVATE = ("pain", "decay", "caries", "gum", "nervous", "anxious", "root", "extract", "implant", "denture")


def test_nothing_that_others_may_read_says_what_is_the_matter() -> None:
    said = [f"{row['note']} {row['topic']}" for row in rows_of("events.csv")]
    rules = (PRACTICE / "rules.toml").read_text(encoding="utf-8").splitlines()
    said += [line.partition("#")[0] for line in rules]
    assert [text for text in said if any(word in text.lower() for word in PRIVATE)] == []


def test_each_day_has_a_load_that_a_front_desk_can_do(plan: courtesy.Plan) -> None:
    for day in DAYS:
        calls = [row for row in plan.filter(day=day, state="planned") if row.channel == "call"]
        assert len([row for row in calls if row.team == "front desk"]) <= 3
        staff = [row for row in plan.filter(day=day, state="planned") if row.audience == "staff"]
        assert not staff or (day.weekday() < 5 and day != GOOD_FRIDAY)


def test_only_children_are_wished_a_happy_birthday(plan: courtesy.Plan) -> None:
    born = {row["id"]: dt.date.fromisoformat(row["birthday"]) for row in rows_of("customers.csv")}
    wished = plan.filter(occasion="birthday")
    assert len(wished) > 3
    for row in wished:
        assert 2 <= row.local.year - born[row.customer].year <= 12
    expected = {
        customer
        for customer, day in born.items()
        if (day.month, day.day) in {(each.month, each.day) for each in DAYS} and 2 <= 2027 - day.year <= 12
    }
    assert {row.customer for row in wished} == expected


def test_every_row_is_explained_in_a_sentence(plan: courtesy.Plan) -> None:
    for row, reminder in enumerate(plan):
        decision = plan.explain(row)
        assert decision.reminder == reminder
        assert decision.reasons[-1].code == reminder.reason
        assert decision.sentence.endswith(".")
        assert not any(mark in decision.sentence for mark in ("None", "{", "  ", ": ;", "; ."))


def test_each_patient_has_an_answer_to_why_not(plan: courtesy.Plan) -> None:
    for customer in ("p-011", "p-018", "p-030"):
        for occasion in RULES.occasions:
            for decision in plan.why_not(customer, occasion):
                assert decision.sentence.endswith("."), (customer, occasion)
