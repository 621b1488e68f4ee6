"""Bad input, case by case: an error or a warning that names the place, no crash, and nothing half-done."""

# ruff: noqa: DTZ001 - naive timestamps are what some of the cases are about
from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any, NamedTuple

import click.testing
import pandas
import polars
import pyarrow
import pytest

import courtesy
from courtesy.cli import main

RULES = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
BOUGHT = {"customer": 1, "kind": "purchase", "at": "2026-12-01"}


def planned(customers: Any, events: Any = (BOUGHT,), rules: Any = RULES, **options: Any) -> courtesy.Plan:
    return courtesy.plan(customers, events, rules, **{"start": "2026-12-01", "days": 7, **options})


class Case(NamedTuple):
    what: str
    customers: Any
    events: Any
    place: tuple[str | None, int | None, str | None]
    message: str
    options: dict[str, Any] = {}  # noqa: RUF012 - never changed


ONE = [{"id": 1}]
DATA = [
    Case("a zone that does not exist", [{"id": 1}, {"id": 2, "zone": "Europe/Lodnon"}], [BOUGHT],
         ("customers", 1, "zone"), "'Europe/Lodnon'.*did you mean 'Europe/London'"),
    Case("a birthday of 0000-00-00", [{"id": 1, "birthday": "1980-01-01"}, {"id": 2, "birthday": "0000-00-00"}],
         [BOUGHT], ("customers", 1, "birthday"), "expected a date such as 2026-12-01"),
    Case("a birthday on 30 February", [{"id": 1, "birthday": "1980-02-30"}], [BOUGHT],
         ("customers", 0, "birthday"), "expected a date"),
    Case("two customers with one id", [{"id": 1}, {"id": 2}, {"id": 1}], [BOUGHT],
         ("customers", 2, "id"), "the id '1' stands in row 0 already; ids must be unique"),
    Case("a customer without an id", [{"id": 1}, {"id": None}], [BOUGHT], ("customers", 1, "id"), "the id is empty"),
    Case("an event of an unknown customer", ONE, [BOUGHT, {**BOUGHT, "customer": 9}],
         ("events", 1, "customer"), "there is no customer '9'.*unknown=\"skip\""),
    Case("a naive timestamp", ONE, [BOUGHT, {**BOUGHT, "at": "2026-12-01T09:30"}],
         ("events", 1, "at"), "the timestamp has no zone; give zone="),
    Case("naive datetimes", ONE, [{**BOUGHT, "at": dt.datetime(2026, 12, 1, 9, 30)}],
         ("events", 0, "at"), "the timestamp has no zone"),
    Case("naive datetimes at midnight", ONE, [{**BOUGHT, "at": dt.datetime(2026, 12, 1)}],
         ("events", 0, "at"), "the timestamp has no zone"),
    Case("naive timestamps of a data frame", ONE,
         pandas.DataFrame([{**BOUGHT, "at": pandas.Timestamp(2026, 12, 1, 9, 30)}]),
         ("events", 0, "at"), "the timestamp has no zone"),
    Case("a timestamp before the calendar", ONE, [{**BOUGHT, "at": dt.date(1, 1, 1)}],
         ("events", 0, "at"), "1600 to 9999"),
    Case("no timestamp", ONE, [BOUGHT, {"customer": 1, "kind": "purchase"}],
         ("events", 1, "at"), "it is empty; every event needs an at"),
    Case("words for a timestamp", ONE, [{**BOUGHT, "at": "yesterday"}], ("events", 0, "at"), "expected a date"),
    Case("numbers for timestamps", ONE, [{**BOUGHT, "at": 20261201}],
         ("events", None, "at"), "expected dates or timestamps"),
    Case("a status of one's own", [{"id": 1, "status": "dead"}], [BOUGHT],
         ("customers", 0, "status"), "expected active, closed, deceased or do_not_contact, found 'dead'"),
    Case("half of the quiet hours", [{"id": 1, "quiet_from": "20:00"}], [BOUGHT],
         ("customers", None, "quiet_from"), "both columns"),
    Case("a time of day that does not exist", [{"id": 1, "quiet_from": "25:00", "quiet_to": "08:00"}], [BOUGHT],
         ("customers", 0, "quiet_from"), "expected a time of day"),
    Case("a misspelt column of events", ONE, [{**BOUGHT, "chanel": "email"}],
         ("events", None, "chanel"), "did you mean 'channel'"),
    Case("no column of ids", [{"ID": 1}], [BOUGHT], ("customers", None, None), "the column 'id' is missing"),
    Case("a column of mixed types", [{"id": 1, "tier": "gold"}, {"id": 2, "tier": 3}], [BOUGHT],
         ("customers", 1, "tier"), "expected a text as in the rows before, found a whole number"),
    Case("a column of objects in a data frame",
         pandas.DataFrame({"id": [1, 2], "tier": pandas.Series(["gold", 3], dtype=object)}), [BOUGHT],
         ("customers", 1, "tier"), "expected a text as in the rows before, found a whole number"),
    Case("a type that is not known", pyarrow.table({"id": [1], "photo": [b"..."]}), [BOUGHT],
         (None, None, None), "customers, column 'photo': cannot take the Arrow type"),
    Case("a nested column", polars.DataFrame({"id": [1], "home": [{"city": "Ely"}]}), [BOUGHT],
         (None, None, None), "customers, column 'home': cannot take the Arrow type.*struct"),
    Case("an id with a fraction", pandas.DataFrame({"id": [1.0, 2.5]}), [BOUGHT],
         ("customers", 1, "id"), "found a fraction"),
    Case("a value that is no number", ONE, [{**BOUGHT, "value": "12,50"}], ("events", 0, "value"), "expected a number"),
    Case("two events with one id", ONE, [{**BOUGHT, "id": "e-1"}, {**BOUGHT, "id": "e-1", "kind": "service"}],
         ("events", 1, "id"), "the id 'e-1' stands in row 0 already"),
    Case("an asset of another customer", [{"id": 1}, {"id": 2}],
         [{**BOUGHT, "asset": "v-1"}, {**BOUGHT, "customer": 2, "asset": "v-1"}],
         ("events", 1, "asset"), "belongs to the customer '1', not to '2'"),
    Case("an unknown asset", ONE, [{**BOUGHT, "asset": "v-9"}],
         ("events", 0, "asset"), "there is no asset 'v-9'", {"assets": [{"id": "v-1", "customer": 1}]}),
    Case("an asset of an unknown customer", ONE, [BOUGHT],
         ("assets", 0, "customer"), "there is no customer '9'", {"assets": [{"id": "v-1", "customer": 9}]}),
]  # fmt: skip


@pytest.mark.parametrize("case", DATA, ids=lambda case: case.what)
def test_a_table_that_cannot_be_taken(case: Case) -> None:
    with pytest.raises(courtesy.DataError, match=case.message) as caught:
        planned(case.customers, case.events, **case.options)
    error = caught.value
    table, row, column = case.place
    assert (error.table, error.row, error.column) == case.place
    if table is not None:
        words = table + (f", row {row}" if row is not None else "") + (f", column '{column}'" if column else "")
        assert str(error).startswith(words)


def test_all_problems_are_told_at_once_up_to_twenty() -> None:
    with pytest.raises(courtesy.DataError) as caught:
        planned([{"id": number, "zone": f"Nowhere/Land_{number}"} for number in range(30)])
    lines = str(caught.value).splitlines()
    assert len(lines) == len(caught.value.problems) == 21
    assert lines[19].startswith("customers, row 19, column 'zone': ")
    assert lines[20] == "… and 10 more"


def test_a_birthday_in_the_future_is_a_warning_that_names_its_row() -> None:
    customers = [{"id": 1, "birthday": "1980-12-03"}, {"id": 2, "birthday": "2031-12-04"}]
    rules = courtesy.Rules([{"name": "birthday", "yearly": "birthday"}])
    with pytest.warns(courtesy.DataWarning, match=r"customers, row 1.*birthday") as caught:
        plan = planned(customers, None, rules)
    assert len(caught) == 1
    assert "2031" not in str(caught[0].message)
    assert [row.customer for row in plan] == [1]


def test_problems_come_row_by_row() -> None:
    customers = [{"id": 1, "status": "gone", "zone": "Mars"}, {"id": 2, "status": "away", "zone": "London"}]
    with pytest.raises(courtesy.DataError) as caught:
        planned(customers, [], RULES)
    places = [(problem["row"], problem["field"]) for problem in caught.value.problems]
    assert places == [(0, "zone"), (0, "status"), (1, "zone"), (1, "status")]


def test_a_needed_column_under_another_name_is_suggested() -> None:
    with pytest.raises(courtesy.DataError, match=r"the column 'id' is missing; there are 'Id' \(is it 'Id'\?\)"):
        planned([{"Id": 1}], [], RULES)


def test_a_date_that_is_none_is_shown() -> None:
    with pytest.raises(courtesy.DataError, match=r"events, row 0, column 'at': expected a date .* found '30.11.2026'"):
        planned(ONE, [{**BOUGHT, "at": "30.11.2026"}], RULES)


def test_unknown_customers_are_skipped_counted_and_told() -> None:
    events = [BOUGHT, {**BOUGHT, "customer": 8}, {**BOUGHT, "customer": 9}]
    with pytest.warns(courtesy.DataWarning) as caught:
        plan = planned(ONE, events, unknown="skip")
    assert [str(warning.message) for warning in caught] == ["events: 2 of unknown customers left out"]
    assert [row.customer for row in plan] == [1]


# With none of its kind left, a table of its days has no ends.
@pytest.mark.parametrize("kept", [[], [{**BOUGHT, "kind": "service"}]], ids=["nothing else", "another kind"])
@pytest.mark.parametrize(
    "anchor", [{"on": "delivery"}, {"yearly": "delivery"}, {"every": "1 year", "since": "delivery"}]
)
def test_a_kind_that_only_unknown_customers_have(kept: list[Any], anchor: dict[str, str]) -> None:
    rules = courtesy.Rules([{"name": "a", **anchor}])
    events = [*kept, {**BOUGHT, "customer": 9, "kind": "delivery"}]
    with pytest.warns() as caught:
        assert len(planned(ONE, events, rules, unknown="skip")) == 0
    messages = [str(warning.message) for warning in caught]
    assert messages[0] == "events: 1 of unknown customers left out"
    assert ("no event is of that kind" if kept else "there are none") in messages[1]
    assert len(messages) == 2


@pytest.mark.parametrize("nothing", [[], {}, polars.DataFrame(), pandas.DataFrame(), pyarrow.table({})], ids=type)
def test_an_empty_table(nothing: Any) -> None:
    if isinstance(nothing, (list, dict)):
        with pytest.warns(courtesy.RuleWarning, match="starts from events, and there are none"):
            assert len(planned(nothing, nothing)) == 0
    else:
        with pytest.raises(courtesy.DataError, match="customers: the column 'id' is missing; the table has no columns"):
            planned(nothing)


TOML_HEAD = '[shop]\nzone = "Europe/London"\n\n[[occasion]]\nname = "service-due"\n'
TOML_TAIL = 'since = "service"\n'
RULE_FILES = [
    ("a misspelt key", 'every = "6 months"\nwichever = "first"\n', (7, 1), "did you mean 'whichever'"),
    ("a negative interval", 'every = "-6 months"\n', (6, 9), "never negative"),
    ("a negative number of months", "every = { months = -6 }\n", (6, 20), "expected a whole number from 1"),
    ("an interval of nothing", 'every = "0 days"\n', (6, 9), "nothing, found '0 days'"),
    ("no anchor", "", (4, 1), "it has no anchor"),
    ("two anchors", 'every = "6 months"\non = "purchase"\n', (6, 1), "expected one anchor, found 'on' and 'every'"),
    ("a silence of hours", 'silent = "3 hours"\n', (6, 10), "'silent': expected whole days or longer"),
    ("a cost without its gesture", 'every = "6 months"\ncost = 3\n', (7, 1), "'cost' stands in each of the 'gestures'"),
    ("a syntax error", 'every = "6 months\n', (6, 18), "this is not TOML"),
    ("a table that is not closed", "every = { months = 6\n", (6, 21), "this is not TOML"),
    ("a wrong type", "every = 6\n", (6, 9), "'every': expected a span"),
    ("a time of day that does not exist", 'every = "6 months"\nat = "25:00"\n', (7, 6), "expected a time of day"),
]


@pytest.mark.parametrize(("what", "line", "place", "message"), RULE_FILES, ids=[case[0] for case in RULE_FILES])
def test_a_rule_file_that_cannot_be_taken(
    tmp_path: Path, what: str, line: str, place: tuple[int, int], message: str
) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(TOML_HEAD + line + TOML_TAIL, encoding="utf-8")
    with pytest.raises(courtesy.RuleError, match=message) as caught:
        courtesy.Rules.load(file)
    error = caught.value
    assert error.file == str(file)
    assert error.line == place[0], str(error)
    assert isinstance(error.column, int)
    assert str(error).startswith(f"{file}:{error.line}:{error.column}: ")


def test_a_zone_of_the_shop_that_does_not_exist(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('[shop]\nzone = "Europe/Lodnon"\n', encoding="utf-8")
    with pytest.raises(courtesy.Error, match=r"Europe/Lodnon.*did you mean 'Europe/London'"):
        planned(ONE, rules=file)


def test_several_problems_of_a_rule_file_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(TOML_HEAD + 'every = "-6 months"\nwichever = "first"\n' + TOML_TAIL, encoding="utf-8")
    with pytest.raises(courtesy.RuleError) as caught:
        courtesy.Rules.load(file)
    assert sorted(problem["line"] for problem in caught.value.problems) == [6, 7]
    assert str(caught.value).count(f"{file}:") == 2


def test_an_until_of_a_kind_that_no_event_has_is_a_warning() -> None:
    rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day", "until": ["return", "refund"]}])
    with pytest.warns(courtesy.RuleWarning) as caught:
        plan = planned(ONE, [BOUGHT, {"customer": 1, "kind": "return", "at": "2026-11-01"}], rules)
    assert [str(warning.message) for warning in caught] == [
        "occasion 'thank-you': until = 'refund', and no event is of that kind"
    ]
    assert len(plan) == 1


def test_promises_that_are_never_due_and_tags_that_nobody_has_are_warnings() -> None:
    rules = courtesy.Rules(
        [
            {"name": "soon", "due": "promise", "before": "1 day"},
            {"name": "soon too", "due": "promise", "before": "2 days"},
            {"name": "meet", "rrule": "FREQ=MONTHLY;BYDAY=1TU", "match": {"tags": ["clbu", "dogs"]}},
        ]
    )
    with pytest.warns(courtesy.RuleWarning) as caught:
        planned([{"id": 1, "tags": ["club"]}], [{"customer": 1, "kind": "promise", "at": "2026-11-01"}], rules)
    assert [str(warning.message) for warning in caught] == [
        "occasion 'soon': due = 'promise', and no event of that kind has a 'due'",
        "occasion 'meet': match, tags = 'clbu', and no customer has that tag (did you mean 'club'?)",
        "occasion 'meet': match, tags = 'dogs', and no customer has that tag",
    ]
    meet = courtesy.Rules([{"name": "meet", "rrule": "FREQ=MONTHLY;BYDAY=1TU", "match": {"tags": True}}])
    with pytest.warns(courtesy.RuleWarning, match=r"'meet': match, tags = true, and no customer has a tag$"):
        planned([{"id": 1}], rules=meet)


def test_an_attribute_that_no_customer_has_is_an_error() -> None:
    rules = courtesy.Rules([{"name": "a", "on": "purchase", "after": "1 day", "when": {"teir": "gold"}}])
    with pytest.raises(courtesy.DataError, match=r"'a' asks for the attribute 'teir'.*did you mean 'tier'"):
        planned([{"id": 1, "tier": "gold"}], rules=rules)


def test_a_hundred_thousand_rules() -> None:
    toml = "".join(
        f'[[occasion]]\nname = "thanks-{number}"\non = "purchase"\nafter = "{number} hours"\n'
        for number in range(100_000)
    )
    began = time.perf_counter()
    rules = courtesy.Rules.loads(toml)
    plan = planned(ONE, rules=rules, until="2026-12-02", days=None)
    # The window has 24 hours; what is due 0 to 23 hours after its start falls into it.
    assert {row.occasion for row in plan} == {f"thanks-{number}" for number in range(24)}
    assert len(rules) == 100_000
    # Far more than it takes, and far less than a square of the number would.
    assert time.perf_counter() - began < 60


def test_a_hundred_thousand_rules_with_one_name() -> None:
    toml = '[[occasion]]\nname = "thanks"\non = "purchase"\n' * 100_000
    with pytest.raises(courtesy.RuleError, match="names must differ") as caught:
        courtesy.Rules.loads(toml)
    # Each is counted, and not each is told.
    assert len(caught.value.problems) < 1_000
    assert "more" in caught.value.problems[-1]["message"]
    assert caught.value.line == 5


def test_a_rule_file_of_50_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes(b"# not a rule\n" * (50_000_000 // 13))
    began = time.perf_counter()
    with pytest.raises(courtesy.RuleError, match="is the most; is it a rule file") as caught:
        courtesy.Rules.load(file)
    assert caught.value.file == str(file)
    assert time.perf_counter() - began < 10


def test_a_rule_file_that_nests_without_end() -> None:
    with pytest.raises(courtesy.RuleError):
        courtesy.Rules.loads("a = " + "[" * 100_000)


def test_a_failure_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("customers.csv").write_text("id\n1\n", encoding="utf-8")
    Path("events.csv").write_text("customer,kind,at\n9,purchase,2026-12-01\n", encoding="utf-8")
    Path("rules.toml").write_text('[[occasion]]\nname = "a"\non = "purchase"\n', encoding="utf-8")
    Path("plan.csv").write_text("the plan of yesterday", encoding="utf-8")
    command = "plan --customers customers.csv --events events.csv --rules rules.toml --start 2026-12-01 --format csv"
    result = click.testing.CliRunner().invoke(main, [*command.split(), "--output", "plan.csv"])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: events, row 0, column 'customer' (events.csv:2): there is no customer '9'")
    assert Path("plan.csv").read_text(encoding="utf-8") == "the plan of yesterday"
    assert len(list(tmp_path.iterdir())) == 4


def test_personal_data_stays_out_of_messages() -> None:
    secrets = ("ada@example.org", "Lovelace", "1815-12-10", "+44 20 7946 0000")
    row = {"id": 1, "email": secrets[0], "name": secrets[1], "birthday": secrets[2], "phone": secrets[3]}
    bad = [
        ([{**row, "zone": "Nowhere"}], [BOUGHT]),
        ([{**row, "birthday": "10 December 1815"}], [BOUGHT]),
        ([row, {**row, "name": 5}], [BOUGHT]),
        ([row, row], [BOUGHT]),
        ([row], [{**BOUGHT, "at": "Lovelace's day"}]),
        ([row], [{**BOUGHT, "value": secrets[0]}]),
        ([{**row, "quiet_from": secrets[3], "quiet_to": "08:00"}], [BOUGHT]),
        (pandas.DataFrame({"id": [1, 2], "email": pandas.Series([secrets[0], 5], dtype=object)}), [BOUGHT]),
    ]
    for customers, events in bad:
        with pytest.raises(courtesy.DataError) as caught:
            planned(customers, events)
        said = f"{caught.value} {caught.value.problems}"
        assert not any(secret in said for secret in (*secrets, "December"))
