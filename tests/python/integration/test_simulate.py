"""A simulated year is the planner's own days, one after the other, among events that no rule has a hand in."""

from __future__ import annotations

import collections
import datetime as dt
import io
import random
import statistics
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import courtesy

START = dt.date(2026, 12, 1)
Row = dict[str, Any]

RULES = """
[shop]
name = "Northside"
zone = "Europe/London"

[policy]
at = "09:30"
channels = ["email", "letter"]
quiet_hours = { from = "20:00", to = "08:00" }
business_days = { weekend = ["sat", "sun"], holidays = ["2026-12-25"] }
opening_hours = { mon-fri = "08:00-17:30" }
caps = [{ purposes = ["care"], most = 1, per = "5 days" }]
merge = ["email"]
capacity = [{ channels = ["call"], team = "desk", most = 1 }]

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
purpose = "care"
expires = "6 days"

[[occasion]]
name = "check-in"
on = "service"
after = "2 business days"
audience = "staff"
team = "desk"
channels = ["call"]
purpose = "care"
until = "complaint"

[[occasion]]
name = "service-due"
every = { months = 3, km = 4000 }
since = "service"
meter = "km"
purpose = "service"
steps = [{ before = "10 days" }, { after = "5 days", audience = "staff", team = "desk", channels = ["call"] }]

[[occasion]]
name = "sorry"
on = "complaint"
after = "2 hours"
until = "resolution"
purpose = "recovery"

[[occasion]]
name = "promise"
due = "promise"
target = 0.6
purpose = "service"
steps = [{ name = "look", audience = "staff", team = "shop", channels = ["desk"] }, { name = "word", before = "1 day" }]

[[occasion]]
name = "silence"
silent = { cadence = 1.5 }
since = "purchase"
purpose = "care"
"""


def shop(customers: int = 30, seed: int = 3, years: int = 2) -> tuple[list[Row], list[Row], list[Row]]:
    """A small shop's books: customers in three zones, a vehicle each, two years of events."""
    dice = random.Random(seed)
    first = START - dt.timedelta(days=365 * years)
    people: list[Row] = []
    vehicles: list[Row] = []
    events: list[Row] = []

    def event(customer: str, kind: str, at: dt.date | dt.datetime, **cells: Any) -> str | None:
        day = at.date() if isinstance(at, dt.datetime) else at
        if day >= START - dt.timedelta(days=1):
            return None
        name = f"e{len(events):05}"
        events.append({"id": name, "customer": customer, "kind": kind, "at": at.isoformat(), **cells})
        return name

    def instant(day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(9 + dice.randrange(8), dice.randrange(60)), dt.timezone.utc)

    for number in range(customers):
        who = f"c{number:03}"
        car = f"v{number:03}"
        people.append({"id": who, "zone": ["", "Europe/London", "America/New_York", "Asia/Tokyo"][number % 4]})
        vehicles.append({"id": car, "customer": who})
        day = first + dt.timedelta(days=dice.randrange(40))
        while day < START:
            event(who, "purchase", day, value=float(dice.randrange(10, 200)))
            day += dt.timedelta(days=dice.randrange(15, 45))
        day, km = first + dt.timedelta(days=dice.randrange(90)), dice.randrange(50_000)
        while day < START:
            came = instant(day)
            event(who, "service", came, asset=car)
            event(who, "reading", came, asset=car, value=float(km), unit="km")
            step = dice.randrange(80, 120)
            day, km = day + dt.timedelta(days=step), km + step * dice.randrange(30, 50)
        for _ in range(4):
            day = first + dt.timedelta(days=dice.randrange(365 * years))
            due = day + dt.timedelta(days=dice.randrange(4, 12))
            made = event(who, "promise", day, due=due.isoformat(), topic="ready", asset=car)
            answer = "broken" if dice.random() < 0.2 else "kept"
            event(who, answer, day + dt.timedelta(days=dice.randrange(1, 12)), ref=made, asset=car)
        for _ in range(2):
            day = first + dt.timedelta(days=dice.randrange(365 * years))
            made = event(who, "complaint", instant(day))
            event(who, "resolution", instant(day + dt.timedelta(days=dice.randrange(1, 9))), ref=made)
    return people, events, vehicles


def said(made: courtesy.Simulation) -> list[Row]:
    return list(made.said)


def test_the_same_on_any_number_of_threads_and_in_any_order_of_rows() -> None:
    people, events, vehicles = shop()
    rules = courtesy.Rules.loads(RULES)
    made = courtesy.simulate(people, events, rules, vehicles, start=START, days=40, seed=5, threads=1)
    dice = random.Random(1)
    mixed = [dice.sample(rows, len(rows)) for rows in (people, events, vehicles)]
    again = courtesy.simulate(mixed[0], mixed[1], rules, mixed[2], start=START, days=40, seed=5, threads=4)
    assert said(again) == said(made)
    assert list(again.outcomes) == list(made.outcomes)
    for name in ("load", "customers", "quantiles", "staff", "occasions", "withheld"):
        assert list(getattr(again, name)) == list(getattr(made, name))
    assert len(made.said) > 50


def test_another_seed_is_another_year() -> None:
    people, events, vehicles = shop()
    years = [
        courtesy.simulate(people, events, courtesy.Rules.loads(RULES), vehicles, start=START, days=40, seed=seed)
        for seed in (1, 2)
    ]
    assert list(years[0].outcomes) != list(years[1].outcomes)


def test_other_rules_meet_the_same_events() -> None:
    people, events, vehicles = shop()
    other = courtesy.Rules([{"name": "hello", "on": "purchase", "after": "2 days"}], shop={"zone": "Europe/London"})
    first = courtesy.simulate(people, events, courtesy.Rules.loads(RULES), vehicles, start=START, days=40)
    second = courtesy.simulate(people, events, other, vehicles, start=START, days=40)
    assert list(first.outcomes) == list(second.outcomes)
    assert said(first) != said(second)


def test_a_shorter_simulation_is_the_beginning_of_a_longer_one() -> None:
    people, events, vehicles = shop()
    rules = courtesy.Rules.loads(RULES)
    short, long = (courtesy.simulate(people, events, rules, vehicles, start=START, days=days) for days in (20, 40))
    assert list(long.outcomes)[: len(short.outcomes)] == list(short.outcomes)
    assert said(long)[: len(short.said)] == said(short)


def _instant(at: Any, zone: str) -> dt.datetime:
    """When an event happened; of a date the beginning of the day where the customer is."""
    moment = dt.datetime.fromisoformat(str(at).replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone or "Europe/London"))


def test_it_is_what_planning_each_day_by_hand_gives() -> None:
    """Each day is planned with all that had happened by its end, and what went out is told to the next."""
    people, events, vehicles = shop()
    rules = courtesy.Rules.loads(RULES)
    made = courtesy.simulate(people, events, rules, vehicles, start=START, days=45, seed=9)
    zones = {person["id"]: person["zone"] for person in people}
    happened = [
        (_instant(row["at"], zones[row["customer"]]), {name: cell for name, cell in row.items() if cell is not None})
        for row in made.outcomes
    ]
    contacts: list[Row] = []
    load: collections.Counter[tuple[dt.date, str, str | None, str]] = collections.Counter()
    withheld: collections.Counter[tuple[str, str]] = collections.Counter()
    messages: collections.Counter[str] = collections.Counter()
    keys = []
    for number in range(45):
        day = START + dt.timedelta(days=number)
        end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo("Europe/London"))
        known = events + [row for at, row in happened if at < end] + contacts
        plan = courtesy.plan(people, known, rules, vehicles, start=day, days=1)
        for row in plan.contacts():
            contacts.append({name: str(cell) for name, cell in row.items() if cell is not None})
        for reminder in plan:
            if reminder.state == "planned":
                assert reminder.channel is not None
                load[day, reminder.audience, reminder.team, reminder.channel] += 1
                messages[str(reminder.customer)] += reminder.channel != "desk"
            if reminder.state != "withheld":
                keys.append(reminder.key)
            elif reminder.reason != "sent":
                withheld[reminder.occasion, reminder.reason] += 1
    assert [row["key"] for row in made.said] == keys
    assert {
        (row["day"], row["audience"], row["team"], row["channel"]): row["contacts"]
        for row in made.load
        if row["contacts"]
    } == load
    assert {(row["occasion"], row["reason"]): row["reminders"] for row in made.withheld} == withheld
    distribution = collections.Counter(messages[person["id"]] for person in people)
    assert {row["messages"]: row["customers"] for row in made.customers if row["customers"]} == distribution
    # Every gate that may decide was asked.
    assert {"capped", "ended"} <= {reason for _, reason in withheld}
    assert sum(row["merged"] for row in made.occasions) > 0


def test_customers_keep_their_pace_and_promises_are_kept_as_before() -> None:
    people, events, vehicles = shop(customers=120, seed=8, years=3)
    rules = courtesy.Rules([{"name": "hello", "on": "purchase", "after": "2 days"}])
    made = courtesy.simulate(people, events, rules, vehicles, start=START, days=730, seed=1)
    before = collections.Counter(row["kind"] for row in events)
    after = collections.Counter(made.outcomes.column("kind"))
    # As often as in the three years before: within 7 % where there are thousands, and five standard deviations of a
    # count where there are few.
    for kind in ("purchase", "service"):
        assert after[kind] / 2 == pytest.approx(before[kind] / 3, rel=0.07)
    assert after["reading"] == after["service"]
    for kind in ("promise", "complaint"):
        expected = before[kind] / 3 * 2
        assert abs(after[kind] - expected) < 5 * expected**0.5
    for answers in (("kept", "broken"), ("resolution",)):
        opener = "promise" if "kept" in answers else "complaint"
        share = sum(after[kind] for kind in answers) / after[opener]
        assert share == pytest.approx(sum(before[kind] for kind in answers) / before[opener], abs=0.06)
    # A fifth of the promises was broken; 0.2 +- five standard deviations.
    broken = after["broken"] / (after["broken"] + after["kept"])
    assert broken == pytest.approx(before["broken"] / (before["broken"] + before["kept"]), abs=0.09)


def test_each_customer_keeps_their_own_pace() -> None:
    """Somebody who comes every week and somebody who comes every quarter go on so."""
    people = [{"id": "weekly"}, {"id": "quarterly"}]
    events = [
        {"customer": who, "kind": "purchase", "at": (START - dt.timedelta(days=days)).isoformat()}
        for who, step in (("weekly", 7), ("quarterly", 91))
        for days in range(7, 730, step)
    ]
    rules = courtesy.Rules([{"name": "hello", "on": "purchase", "after": "2 days"}])
    counts: dict[str, list[int]] = collections.defaultdict(list)
    for seed in range(20):
        made = courtesy.simulate(people, events, rules, start=START, days=364, seed=seed)
        for who in ("weekly", "quarterly"):
            counts[who].append(made.outcomes.column("customer").count(who))
    # Of two gaps that everybody's count as, one in ten or so is the other's.
    assert 45 <= statistics.mean(counts["weekly"]) <= 52
    assert 4 <= statistics.mean(counts["quarterly"]) <= 14


def test_the_events_can_be_planned_with() -> None:
    people, events, vehicles = shop()
    rules = courtesy.Rules.loads(RULES)
    made = courtesy.simulate(people, events, rules, vehicles, start=START, days=40)
    for outcomes in (list(made.outcomes), made.outcomes.to_pandas().to_dict("records")):
        rows = [{name: None if cell != cell else cell for name, cell in row.items()} for row in outcomes]
        plan = courtesy.plan(people, [*events, *rows], rules, vehicles, start=START, days=40)
        assert len(plan) > 50


def test_ids_that_are_whole_numbers_stay_whole_numbers() -> None:
    events = [
        {"id": number, "customer": 7, "kind": "service", "at": START - dt.timedelta(days=28 * number), "asset": 70}
        for number in range(1, 9)
    ]
    rules = courtesy.Rules([{"name": "hello", "on": "service", "after": "2 days"}])
    made = courtesy.simulate([{"id": 7}], events, rules, start=START, days=84)
    assert [row["at"] for row in made.outcomes] == [START + dt.timedelta(days=28 * number) for number in range(3)]
    assert all(isinstance(row["id"], int) and row["customer"] == 7 and row["asset"] == 70 for row in made.outcomes)
    assert [row["customer"] for row in made.said] == [7, 7, 7]
    plan = courtesy.plan([{"id": 7}], events + list(made.outcomes), rules, start=START, days=84)
    assert [reminder.key for reminder in plan.planned] == made.said.column("key")


def test_what_never_ends_does_not_end_after_the_calendar() -> None:
    never = dt.date(9999, 12, 30)
    events = [
        {"customer": "ada", "kind": "contract", "at": dt.date(2026, month, 1), "due": never} for month in range(1, 12)
    ]
    rules = courtesy.Rules([{"name": "ends", "due": "contract", "before": "30 days"}])
    outcomes = courtesy.simulate([{"id": "ada"}], events, rules, start="2026-12-01", days=60).outcomes
    assert set(outcomes.column("kind")) == {"contract"}
    assert set(outcomes.column("due")) == {never}


def test_staff_hours_and_minutes_add_up() -> None:
    people, events, vehicles = shop()
    rules = courtesy.Rules.loads(RULES)
    made = courtesy.simulate(people, events, rules, vehicles, start=START, days=40, minutes={"call": 12, "email": 1})
    minutes = {"call": 12, "email": 1, "letter": 4, "desk": 2}
    for row in made.load:
        assert row["minutes"] == minutes[row["channel"]] * row["contacts"]
        assert row["reminders"] >= row["contacts"]
    assert sum(made.staff.column("hours")) == pytest.approx(sum(made.load.column("minutes")) / 60)
    assert all(week.weekday() == 0 for week in made.staff.column("week"))
    assert sum(made.staff.column("contacts")) == sum(made.load.column("contacts"))
    assert sum(made.customers.column("customers")) == len(people)
    assert sum(made.customers.column("share")) == pytest.approx(1)
    reached = sum(row["messages"] * row["customers"] for row in made.customers)
    assert reached == sum(row["contacts"] for row in made.load if row["channel"] != "desk")
    assert made.quantiles[-1]["messages"] == made.customers[-1]["messages"]


def test_what_cannot_be_taken_is_said() -> None:
    rules = courtesy.Rules([{"name": "hello", "on": "purchase", "after": "2 days"}])
    people, events = [{"id": 1}], [{"customer": 1, "kind": "purchase", "at": "2026-01-01"}]
    with pytest.raises(courtesy.TimeError, match="start: expected a date"):
        courtesy.simulate(people, events, rules, start="2026-12-01T09:00Z")
    with pytest.raises(courtesy.TimeError, match="days: expected 1 to"):
        courtesy.simulate(people, events, rules, start=START, days=0)
    with pytest.raises(ValueError, match="seed: expected a whole number"):
        courtesy.simulate(people, events, rules, start=START, seed=-1)
    for seed in ("1", 1.5, None):
        with pytest.raises(TypeError, match="seed: expected a whole number from 0 to 2\\^64 - 1, found"):
            courtesy.simulate(people, events, rules, start=START, seed=seed)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="minutes: expected a dict such as"):
        courtesy.simulate(people, events, rules, start=START, minutes=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="minutes: expected a number of minutes for 'call'"):
        courtesy.simulate(people, events, rules, start=START, minutes={"call": -1})
    with pytest.raises(TypeError, match="rules: expected Rules"):
        courtesy.simulate(people, events, None, start=START)  # type: ignore[arg-type]
    with pytest.raises(courtesy.DataError, match="there is no customer '2'"):
        courtesy.simulate(people, [{"customer": 2, "kind": "purchase", "at": "2026-01-01"}], rules, start=START)


def test_events_from_the_start_on_are_left_out_with_a_warning() -> None:
    rules = courtesy.Rules([{"name": "hello", "on": "purchase", "after": "2 days"}])
    events = [{"customer": 1, "kind": "purchase", "at": at} for at in ("2026-01-01", "2026-12-01")]
    with pytest.warns(courtesy.DataWarning, match="1 on or after 2026-12-01 left out"):
        made = courtesy.simulate([{"id": 1}], events, rules, start=START, days=10)
    assert len(made.said) == 0


def test_progress_is_told_day_by_day_and_may_end_it() -> None:
    rules = courtesy.Rules([{"name": "hello", "on": "purchase", "after": "2 days"}])
    events = [{"customer": 1, "kind": "purchase", "at": "2026-01-01"}]
    told: list[tuple[int, int]] = []
    courtesy.simulate([{"id": 1}], events, rules, start=START, days=3, progress=lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def enough(done: int, days: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        courtesy.simulate([{"id": 1}], events, rules, start=START, days=3, progress=enough)


def test_the_summary_is_for_whoever_runs_the_shop() -> None:
    people, events, vehicles = shop()
    made = courtesy.simulate(people, events, courtesy.Rules.loads(RULES), vehicles, start=START, days=40)
    text = repr(made)
    assert text.startswith("Northside: 40 days from 1 Dec 2026, simulated\n")
    contacts = sum(made.load.column("contacts"))
    assert f"{contacts:,}" in text
    assert "hours of work a week" in text
    assert "customers who hear nothing" in text
    html = made._repr_html_()
    assert "<table" in html
    assert "Northside" in html
    with pytest.raises(TypeError, match="cannot be pickled"):
        made.__reduce__()


@pytest.mark.parametrize(("name", "start"), [("garage", "2026-12-01"), ("dental", "2027-03-16")])
def test_the_example_shops_can_be_simulated(name: str, start: str) -> None:
    folder = Path(__file__).resolve().parents[3] / "examples" / name
    tables = [folder / f"{table}.csv" for table in ("customers", "events")]
    made = courtesy.simulate(*tables, folder / "rules.toml", folder / "assets.csv", start=start, days=60, seed=2)
    assert sum(made.load.column("contacts")) > 60
    assert len(made.outcomes) > 60
    assert sum(made.staff.column("hours")) > 0


def test_names_from_the_rules_are_escaped_in_html() -> None:
    rules = courtesy.Rules.loads('[shop]\nname = "<b>Shop</b>"\n[[occasion]]\nname = "x"\nyearly = "birthday"\n')
    made = courtesy.simulate([{"id": 1, "birthday": "1980-12-03"}], None, rules, start=START, days=10)
    assert "<b>Shop" not in made._repr_html_()


def test_the_pictures_show_the_tables() -> None:
    people, events, vehicles = shop()
    made = courtesy.simulate(people, events, courtesy.Rules.loads(RULES), vehicles, start=START, days=40)
    figure = made.plot()
    days, customers, weeks = figure.axes
    assert sum(bar.get_height() for bar in days.patches) == sum(made.load.column("contacts"))
    assert [bar.get_height() for bar in customers.patches] == made.customers.column("customers")
    assert sum(bar.get_height() for bar in weeks.patches) == pytest.approx(sum(made.staff.column("hours")))
    assert figure.get_suptitle() == "Northside: 40 days from 1 Dec 2026, simulated"


@pytest.mark.parametrize("days", [1, 40, 100])
def test_there_is_a_picture_even_where_nothing_is_said(days: int) -> None:
    rules = courtesy.Rules([{"name": "birthday", "yearly": "birthday"}])
    made = courtesy.simulate([{"id": 1, "birthday": "1980-06-01"}], None, rules, start=START, days=days)
    picture = io.BytesIO()
    made.plot().savefig(picture, format="png")
    assert picture.getvalue().startswith(b"\x89PNG")


def test_the_day_of_a_newsletter_does_not_hide_the_others() -> None:
    people = [{"id": number} for number in range(100)]
    events = [
        {"customer": number, "kind": "purchase", "at": (START - dt.timedelta(days=7 * weeks + number % 5)).isoformat()}
        for number in range(5)
        for weeks in range(1, 10)
    ]
    rules = courtesy.Rules(
        [
            {"name": "news", "rrule": "FREQ=MONTHLY;BYMONTHDAY=15", "start": "2026-01-15", "purpose": "service"},
            {"name": "thanks", "on": "purchase", "after": "1 day"},
        ]
    )
    made = courtesy.simulate(people, events, rules, start=START, days=120)
    days = made.plot().axes[0]
    assert days.get_ylim()[1] < 20
    assert [note.get_text().strip() for note in days.texts] == [
        f"{contacts} on {day.day} {day:%b}" for day, contacts in _busiest(made)
    ]


def _busiest(made: courtesy.Simulation) -> list[tuple[dt.date, int]]:
    by_day: collections.Counter[dt.date] = collections.Counter()
    for row in made.load:
        by_day[row["day"]] += row["contacts"]
    return [(day, number) for day, number in sorted(by_day.items()) if number >= 100]
