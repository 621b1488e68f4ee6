"""The example garage: its files are what its script writes, and its two weeks show what they promise."""

from __future__ import annotations

import collections
import csv
import datetime as dt
import os
import re
import subprocess
import sys
import warnings
import zoneinfo
from pathlib import Path
from typing import Any

import pytest

import courtesy
from courtesy.reasons import CODES
from courtesy.rules import OccasionKeys, StepKeys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

GARAGE = Path(__file__).resolve().parents[3] / "examples" / "garage"
TABLES = ("customers.csv", "assets.csv", "events.csv")
TODAY = dt.date(2026, 11, 23)
DAYS = [TODAY + dt.timedelta(days=n) for n in range(14)]
STOCK_TAKING = dt.date(2026, 11, 26)


def rows_of(table: str) -> list[dict[str, str]]:
    with (GARAGE / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan() -> courtesy.Plan:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Some readings were typed wrong, as in real books.
        warnings.filterwarnings("ignore", "events: of occasion 'service-due' .* not believed", courtesy.DataWarning)
        return courtesy.plan(
            GARAGE / "customers.csv",
            GARAGE / "events.csv",
            GARAGE / "rules.toml",
            GARAGE / "assets.csv",
            start=TODAY,
            days=len(DAYS),
        )


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
    run(GARAGE / "make_garage.py", "--out", tmp_path, PYTHONHASHSEED="7", TZ="Asia/Kolkata")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(TABLES)
    for table in TABLES:
        assert (tmp_path / table).read_bytes() == (GARAGE / table).read_bytes(), table


def test_contacts_are_fictional() -> None:
    for customer in rows_of("customers.csv"):
        assert customer["email"] == "" or customer["email"].endswith("@example.org"), customer["id"]
        digits = customer["phone"].replace(" ", "")
        kept_free = ("+447700900", "+442079460", "+441134960", "+441614960", "+441314960", "+442896496")
        american = digits.startswith("+1") and digits[5:10] == "55501"
        assert digits == "" or american or digits.startswith(kept_free), customer["id"]


def test_check_finds_nothing_wrong_with_the_rules() -> None:
    assert f"{len(OCCASIONS)} occasions, no problems" in run("-m", "courtesy", "check", GARAGE / "rules.toml")


def test_demo_says_what_to_do_today(plan: courtesy.Plan) -> None:
    shown = run("-m", "courtesy", "demo")
    assert f"Today: {len(plan.filter(day=TODAY, state='planned'))} planned, " in shown
    assert f"Withheld in these 14 days: {len(plan.withheld)}" in shown


# The clocks change on no day of these weeks, and no 29 February falls in them.
# Vehicles of which too little is known have others of their kind.
OF_OTHER_WEEKS = {"dst_gap", "dst_overlap", "leap_day", "interval_use_unknown"}
# Where there is no reminder at all.
OF_NOTHING = {"no_event", "no_birthday", "no_due", "no_cadence", "outside_window", "no_milestone", "not_repeated"}


def test_two_weeks_show_every_reason(plan: courtesy.Plan) -> None:
    shown = {reason.code for row in range(len(plan)) for reason in plan.explain(row).reasons}
    assert shown == set(CODES) - OF_OTHER_WEEKS - OF_NOTHING


RULES = tomllib.loads((GARAGE / "rules.toml").read_text(encoding="utf-8"))
OCCASIONS = RULES["occasion"]


def test_rules_have_every_key_of_an_occasion() -> None:
    """But further dates of a recurrence, and ``late``, which is a store's."""
    keys = {key for occasion in OCCASIONS for step in (occasion, *occasion.get("steps", [])) for key in step}
    assert keys == {*OccasionKeys.__annotations__, *StepKeys.__annotations__} - {"rdate", "late"}


@pytest.mark.parametrize("anchor", ["on", "yearly", "every", "rrule", "silent", "due"])
def test_each_anchor_has_an_occasion_that_plans(plan: courtesy.Plan, anchor: str) -> None:
    assert any(len(plan.filter(occasion=each["name"], state="planned")) for each in OCCASIONS if anchor in each)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("yearly", {"birthday", "purchase", "delivery"}),
        ("of", {"first", "each"}),
        ("whichever", {"later"}),
        ("restart", {"scheduled"}),
        ("purpose", {"service", "care", "offer", "recovery"}),
        ("team", {"front desk", "workshop", "sales"}),
        ("move", {"next business day", "previous business day", "nearest business day", "modified preceding"}),
    ],
)
def test_rules_show_the_values(key: str, values: set[str]) -> None:
    steps = [step for occasion in OCCASIONS for step in (occasion, *occasion.get("steps", []))]
    assert {step[key] for step in steps if key in step} == values


def test_rules_show_every_kind_of_condition() -> None:
    def keys(table: Any) -> set[str]:
        tables = table if isinstance(table, list) else table.values() if isinstance(table, dict) else []
        return set(table if isinstance(table, dict) else ()).union(*map(keys, tables))

    used = set().union(*(keys(occasion["when"]) for occasion in OCCASIONS if "when" in occasion))
    assert {"tier", "tags", "count", "spend", "any", "not", "asset", "over"} <= used


# The reason by which each key of the policy is seen to do something; data tells more where the code alone does not.
POLICY: dict[str, tuple[str, dict[str, Any]]] = {
    "at": ("at_time", {"local": dt.datetime(2026, 11, 23, 9, 30)}),  # noqa: DTZ001 - a clock on the wall
    "channels": ("channel", {"preference": "policy"}),
    "quiet_hours": ("quiet_hours", {"whose": "policy"}),
    "spread": ("spread", {}),
    "business_days": ("business_day", {"because": "holiday", "day": STOCK_TAKING}),
    "opening_hours": ("opening_hours", {}),
    "consent": ("no_consent", {"purpose": "offer"}),
    "holds": ("hold", {"kind": "complaint"}),
    "caps": ("cap", {"scope": "household"}),
    "merge": ("joined_by", {}),
    "capacity": ("capacity", {"team": "front desk"}),
    "goodwill": ("goodwill", {"points": 2}),
    "compensation": ("gesture", {"name": "twenty pounds off"}),
    "budgets": ("over_budget", {"most": 450.0, "month": dt.date(2026, 12, 1)}),
    # Whose call comes first, where there is no room for all.
    "value_years": ("capacity", {"team": "front desk"}),
}


def test_rules_have_every_key_of_the_policy() -> None:
    """But what to do with times that the clocks skip or show twice, and how a store delivers."""
    page = (GARAGE.parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    section = page.partition("## `[policy]`")[2].partition("\n## ")[0]
    keys = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    assert set(RULES["policy"]) == set(POLICY) == keys - {"gap", "overlap", "delivery"}


@pytest.mark.parametrize("occasion", courtesy.Rules.load(GARAGE / "rules.toml").occasions)
def test_two_weeks_show_the_occasion(plan: courtesy.Plan, occasion: str) -> None:
    assert len(plan.filter(occasion=occasion, state="planned")) > 0


@pytest.mark.parametrize("channel", ["email", "letter", "call", "sms", "whatsapp", "parcel"])
def test_two_weeks_show_the_channel(plan: courtesy.Plan, channel: str) -> None:
    assert channel in {reminder.channel for reminder in plan.planned}


@pytest.mark.parametrize(
    ("code", "data"),
    [
        *POLICY.values(),
        ("quiet_hours", {"whose": "customer"}),
        ("business_day", {"because": "weekend"}),
        ("on_hold", {"kind": "broken"}),
        ("cap", {"scope": "customer"}),
        ("cap", {"scope": "address"}),
        ("capacity", {"channel": "letter"}),
        ("best_hour", {"whose": "customer"}),
        ("lapse_cadence", {"segment": "tier gold"}),
        ("interval_decided", {"by": "use", "whichever": "first"}),
        ("interval_decided", {"by": "time", "whichever": "first"}),
        ("interval_decided", {"whichever": "later"}),
        ("interval_use", {"source": "fleet"}),
        ("interval_use", {"source": "own"}),
        ("out_of_reach", {"column": "email"}),
        ("out_of_reach", {"column": "phone"}),
    ],
)
def test_two_weeks_show_the_detail(plan: courtesy.Plan, code: str, data: dict[str, Any]) -> None:
    found = [reason.data for row in range(len(plan)) for reason in plan.explain(row).reasons if reason.code == code]
    assert any(data.items() <= given.items() for given in found)


def test_each_day_has_a_load_that_a_shop_can_do(plan: courtesy.Plan) -> None:
    per_day = {day: len(plan.filter(day=day, state="planned")) for day in DAYS}
    assert 8 <= per_day[TODAY] <= 36
    assert max(per_day.values()) <= 45
    assert sum(per_day.values()) == len(plan.planned)
    staff = collections.Counter(row.local.date() for row in plan.planned if row.audience == "staff")
    assert max(staff.values()) <= 12
    assert not staff[STOCK_TAKING]


def test_every_row_is_explained_in_a_sentence(plan: courtesy.Plan) -> None:
    for row, reminder in enumerate(plan):
        decision = plan.explain(row)
        assert decision.reminder == reminder
        assert decision.reasons[-1].code == reminder.reason
        assert decision.sentence.endswith(".")
        assert not any(mark in decision.sentence for mark in ("None", "{", "  ", ": ;", "; ."))


def test_thank_yous_are_those_that_the_books_call_for(plan: courtesy.Plan) -> None:
    """A purchase where the customer is, a day later, on an open day; nobody who bought lately has refused both ways."""
    customers = {row["id"]: row for row in rows_of("customers.csv")}
    expected = {}
    for event in rows_of("events.csv"):
        customer = customers[event["customer"]]
        reached = customer["status"] == "active" and (customer["email"] or customer["address"])
        if event["kind"] != "purchase" or not reached:
            continue
        zone = zoneinfo.ZoneInfo(customer["zone"] or "Europe/London")
        at = dt.datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
        day = (at.astimezone(zone) if at.tzinfo else at).date() + dt.timedelta(days=1)
        while day.weekday() > 4 or day == STOCK_TAKING:
            day += dt.timedelta(days=1)
        if day in DAYS:
            expected[event["id"]] = day
    found = plan.filter(occasion="thank-you")
    assert {row.event for row in found} == set(expected)
    on_time = [row for row in found if row.reason in ("due", "moved", "merged")]
    assert len(on_time) > 10
    assert [row for row in on_time if row.local.date() != expected[row.event]] == []


def test_birthdays_are_those_of_the_customers(plan: courtesy.Plan) -> None:
    days = {(day.month, day.day): day for day in DAYS}
    expected = {}
    for customer in rows_of("customers.csv"):
        born = customer["birthday"][5:]
        if born and tuple(map(int, born.split("-"))) in days:
            day = days[int(born[:2]), int(born[3:])]
            expected[customer["id"]] = (day, customer["status"] == "active")
    found = {row.customer: row for row in plan.filter(occasion="birthday")}
    assert set(found) == set(expected)
    due = {name: row.local.date() for name, row in found.items() if row.reason == "due"}
    assert len(due) > 10
    assert due == {name: expected[name][0] for name in due}
    inactive = {name for name, row in found.items() if row.reason in ("closed", "deceased", "do_not_contact")}
    assert inactive == {name for name, (_, active) in expected.items() if not active}


def test_who_is_introduced_drives_the_same_and_lives_in_the_same_town(plan: courtesy.Plan) -> None:
    town = {row["id"]: row["town"] for row in rows_of("customers.csv")}
    drives = {row["id"]: {each["name"] for each in rows_of("assets.csv") if each["customer"] == row["id"]}
              for row in rows_of("customers.csv")}  # fmt: skip
    pairs = {row.customer: row.partner for row in plan.filter(occasion="like-minded").planned}
    assert len(pairs) > 4
    for one, other in pairs.items():
        assert pairs[other] == one
        assert town[one] == town[other]
        assert drives[one] & drives[other]


def test_hampers_go_to_the_ten_who_are_worth_most(plan: courtesy.Plan) -> None:
    """450 pounds are ten of 45; four years, as the policy says."""
    worth = {row["customer"]: row["value"] for row in courtesy.values(*values_of_garage(), years=4)}
    asked = [row for row in plan.filter(occasion="hamper") if row.reason in ("due", "moved", "over_budget")]
    ordered = sorted(asked, key=lambda row: -worth[row.customer])
    assert len(ordered) > 20
    assert {row.customer for row in plan.filter(occasion="hamper").planned} == {row.customer for row in ordered[:10]}


def values_of_garage() -> tuple[Path, Path]:
    return GARAGE / "customers.csv", GARAGE / "events.csv"


def test_presents_of_november_keep_to_their_budget() -> None:
    rules = courtesy.Rules.load(GARAGE / "rules.toml")
    plan = courtesy.plan(*values_of_garage(), rules, GARAGE / "assets.csv", start="2026-11-01", until="2026-12-01")
    thanks = [row for row in plan.filter(occasion="thank-you") if row.state != "withheld"]
    assert 50 < sum(row.cost or 0 for row in thanks) <= 60
    assert {"card", "chocolates", "kind words"} <= {row.gesture for row in thanks}
    # She has had three cards, and bought more than once.
    (row,) = (row for row in thanks if row.customer == "c-005")
    assert row.gesture == "chocolates"


@pytest.mark.parametrize(
    ("customer", "occasion", "code"),
    [
        ("c-060", "birthday", "outside_window"),  # born on 29 February
        ("c-062", "trade-in", "no_consent"),
        ("c-063", "trade-in", "consent_withdrawn"),
        ("c-064", "trade-in", "not_active"),
        ("c-040", "birthday-call", "no_slot"),
        ("c-002", "promise", "no_event"),
        ("c-060", "newsletter", "on_hold"),
        ("c-140", "birthday", "deceased"),
    ],
)
def test_why_not(plan: courtesy.Plan, customer: str, occasion: str, code: str) -> None:
    decisions = plan.why_not(customer, occasion)
    assert code in {reason.code for decision in decisions for reason in decision.reasons}
    assert all(decision.sentence.endswith(".") for decision in decisions)


def test_why_not_says_that_a_birthday_is_unknown(plan: courtesy.Plan) -> None:
    unknown = next(row["id"] for row in rows_of("customers.csv") if not row["birthday"])
    assert [reason.code for reason in plan.why_not(unknown, "birthday")[0].reasons][-1] == "no_birthday"
