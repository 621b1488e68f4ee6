"""A plan as Python sees it: a sequence of reminders, parts of it, why, why not, and its table."""

# ruff: noqa: DTZ001 - wall times are naive by nature
from __future__ import annotations

import builtins
import dataclasses
import datetime as dt
import html as htmllib
import pickle
import uuid
import zoneinfo
from collections.abc import Sequence
from typing import Any

import polars
import pyarrow
import pytest

import courtesy

UTC = dt.timezone.utc
RULES = courtesy.Rules(
    [
        courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00", expires="10 days", message="thanks"),
        courtesy.Occasion("birthday", yearly="birthday", at="09:00"),
        courtesy.Occasion("offer", on="purchase", after="2 days", purpose="offer"),
    ],
    policy={"consent": {"offer": "needed"}},
    shop={"zone": "Europe/London"},
)
CUSTOMERS = [
    {"id": "c-1", "zone": "Asia/Tokyo", "birthday": dt.date(1980, 12, 3), "name": "Ada Lovelace"},
    {"id": "c-2", "zone": None, "birthday": None, "name": "<script>alert(1)</script>"},
    {"id": "c-<b>3", "zone": "+05:30", "birthday": None, "name": "Grace"},
]
EVENTS = [
    {"id": f"e-{number}", "customer": customer, "kind": "purchase", "at": f"2026-12-0{number}", "asset": asset}
    for number, (customer, asset) in enumerate([("c-1", "v-1"), ("c-2", None), ("c-<b>3", "v-3")], start=1)
]


@pytest.fixture(scope="module")
def plan() -> courtesy.Plan:
    return courtesy.plan(CUSTOMERS, EVENTS, RULES, start="2026-12-01", days=7)


def summary(plan: Sequence[courtesy.Reminder] | courtesy.Plan) -> list[tuple[Any, ...]]:
    return [(row.customer, row.occasion, row.state) for row in plan]


ALL = [
    ("c-1", "thank-you", "planned"),  # 2 December 10:00 in Tokyo
    ("c-1", "birthday", "planned"),  # 3 December 00:00 UTC
    ("c-1", "offer", "withheld"),  # 3 December 00:00 UTC too, so the key decides
    ("c-2", "thank-you", "planned"),
    ("c-2", "offer", "withheld"),
    ("c-<b>3", "thank-you", "planned"),
    ("c-<b>3", "offer", "withheld"),
]


def test_it_is_a_sequence_in_the_order_of_due(plan: courtesy.Plan) -> None:
    assert len(plan) == len(ALL)
    assert sorted(summary(plan)) == sorted(ALL)
    dues = [row.due for row in plan]
    assert dues == sorted(dues)
    assert plan[0] == next(iter(plan))
    assert plan[-1] == plan[len(plan) - 1] == list(plan)[-1]
    assert list(plan[1:-1]) == list(plan)[1:-1]
    assert list(plan[::-2]) == list(plan)[::-2]
    assert isinstance(plan[1:3], courtesy.Plan)
    assert len(plan[99:]) == 0
    assert plan[0] in plan


@pytest.mark.parametrize("index", [7, -8, 10**30])
def test_there_is_nothing_beyond_its_ends(plan: courtesy.Plan, index: int) -> None:
    with pytest.raises(IndexError, match="the plan has 7 reminders"):
        plan[index]


@pytest.mark.parametrize("index", ["0", 1.0, None])
def test_an_index_is_a_whole_number(plan: courtesy.Plan, index: Any) -> None:
    with pytest.raises(TypeError):
        plan[index]


def test_a_reminder_has_its_times_as_aware_datetimes(plan: courtesy.Plan) -> None:
    row = plan[0]
    assert (row.customer, row.asset, row.occasion, row.step) == ("c-1", "v-1", "thank-you", "1")
    assert row.due == dt.datetime(2026, 12, 2, 1, tzinfo=UTC)
    assert row.due is not None
    assert row.due.tzinfo is UTC
    assert row.local == dt.datetime(2026, 12, 2, 10, tzinfo=zoneinfo.ZoneInfo("Asia/Tokyo"))
    assert row.local is not None
    assert row.local.replace(tzinfo=None) == dt.datetime(2026, 12, 2, 10)
    assert row.anchor == dt.date(2026, 12, 1)
    assert row.expires == dt.datetime(2026, 12, 12, 1, tzinfo=UTC)
    assert (row.event, row.message, row.purpose, row.priority) == ("e-1", "thanks", "care", 0)
    assert len(row.key) == 32
    assert row.key == f"{int(row.key, 16):032x}"


def test_a_zone_that_is_an_offset(plan: courtesy.Plan) -> None:
    (row,) = plan.filter(customer="c-<b>3", occasion="thank-you")
    assert row.zone == "+05:30"
    assert row.local is not None
    assert row.local.utcoffset() == dt.timedelta(hours=5, minutes=30)
    assert row.local.isoformat() == "2026-12-04T10:00:00+05:30"


def test_a_reminder_is_a_value(plan: courtesy.Plan) -> None:
    assert plan[0] == plan[0]
    assert len({*plan, *plan}) == len(plan)
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan[0].state = "withheld"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(plan[0])) == plan[0]


def test_reprs_show_ids_alone(plan: courtesy.Plan) -> None:
    assert repr(plan) == "<Plan 2026-12-01 00:00 to 2026-12-08 00:00 UTC: 4 planned, 3 withheld>"
    assert repr(plan[0]) == "<Reminder thank-you/1 for 'c-1': 2026-12-02 10:00 Asia/Tokyo by email, planned (due)>"
    assert not any("Lovelace" in repr(row) or "1980" in repr(row) for row in plan)


class TestFilter:
    def test_by_state(self, plan: courtesy.Plan) -> None:
        assert summary(plan.planned) == [row for row in summary(plan) if row[2] == "planned"]
        assert summary(plan.withheld) == [row for row in summary(plan) if row[2] == "withheld"]
        assert len(plan.planned) + len(plan.withheld) == len(plan)

    def test_by_customer_and_occasion(self, plan: courtesy.Plan) -> None:
        assert summary(plan.filter(customer="c-1", occasion="birthday")) == [("c-1", "birthday", "planned")]
        assert len(plan.filter(customer="c-1")) == 3

    @pytest.mark.parametrize("day", [dt.date(2026, 12, 3), "2026-12-03", dt.datetime(2026, 12, 3, 15, tzinfo=UTC)])
    def test_by_local_day(self, plan: courtesy.Plan, day: Any) -> None:
        expected = [row for row in plan if row.local is not None and row.local.date() == dt.date(2026, 12, 3)]
        assert list(plan.filter(day=day)) == expected
        assert len(expected) == 3

    def test_a_filter_of_a_filter(self, plan: courtesy.Plan) -> None:
        assert summary(plan.filter(customer="c-2").withheld) == [("c-2", "offer", "withheld")]

    @pytest.mark.parametrize(
        ("asked", "error", "words"),
        [
            ({"customer": "c-9"}, courtesy.MissingError, "there is no customer 'c-9'"),
            ({"customer": 9}, courtesy.MissingError, "there is no customer 9"),
            ({"customer": 2**70}, courtesy.MissingError, "there is no customer"),
            ({"customer": 1.5}, TypeError, "expected an id .* found float"),
            ({"occasion": "thank-yuo"}, courtesy.MissingError, "no occasion 'thank-yuo' .*did you mean 'thank-you'"),
            ({"day": "3 Dec"}, courtesy.TimeError, "day: expected a date"),
            ({"state": "held"}, ValueError, "state: expected"),
        ],
    )
    def test_what_does_not_exist_is_an_error(
        self, plan: courtesy.Plan, asked: dict[str, Any], error: type[Exception], words: str
    ) -> None:
        with pytest.raises(error, match=words):
            plan.filter(**asked)

    def test_ids_that_are_uuids_are_texts(self) -> None:
        who = uuid.UUID(int=7)
        events = [{"customer": who, "kind": "purchase", "at": "2026-12-01"}]
        plan = courtesy.plan([{"id": who}], events, RULES, start="2026-12-01", days=7)
        assert {row.customer for row in plan.filter(customer=who)} == {str(who)}
        assert plan.why_not(who, "thank-you")[0].reminder.customer == str(who)


class TestExplain:
    def test_by_reminder_and_by_position(self, plan: courtesy.Plan) -> None:
        for position, row in enumerate(plan):
            decision = plan.explain(row)
            assert decision.reminder == row
            assert decision == plan.explain(position)
            assert decision.reasons[-1].code == row.reason
        assert plan.explain(-1).reminder == plan[-1]

    def test_in_a_part_of_the_plan(self, plan: courtesy.Plan) -> None:
        part = plan.filter(customer="c-2")
        assert part.explain(part[0]) == plan.explain(part[0])
        with pytest.raises(courtesy.MissingError, match="is not of this plan"):
            part.explain(plan.filter(customer="c-1")[0])

    def test_a_reminder_of_another_plan(self, plan: courtesy.Plan) -> None:
        other = courtesy.plan(CUSTOMERS, EVENTS, RULES, start="2027-12-01", days=7)
        with pytest.raises(courtesy.MissingError, match="is not of this plan"):
            plan.explain(other[0])

    def test_what_stands_for_nothing(self, plan: courtesy.Plan) -> None:
        (decision,) = plan.why_not(customer="c-2", occasion="birthday")
        with pytest.raises(courtesy.MissingError, match="a decision without a reminder is not of this plan"):
            plan.explain(decision.reminder)


class TestWhyNot:
    def test_a_gate(self, plan: courtesy.Plan) -> None:
        (decision,) = plan.why_not(customer="c-1", occasion="offer")
        assert decision.reminder == plan.filter(customer="c-1", occasion="offer")[0]
        assert decision.sentence.endswith("no consent for offer.")

    def test_nothing_to_decide_on(self, plan: courtesy.Plan) -> None:
        (decision,) = plan.why_not("c-2", "birthday")
        row = decision.reminder
        assert (row.key, row.due, row.local, row.zone, row.step, row.state) == ("", None, None, None, None, "withheld")
        assert row.reason == "no_birthday"
        assert repr(row) == "<Reminder birthday for 'c-2': no day, withheld (no_birthday)>"

    def test_it_works_without_withheld_rows(self) -> None:
        plan = courtesy.plan(CUSTOMERS, EVENTS, RULES, start="2026-12-01", days=7, withheld=False)
        assert {row.state for row in plan} == {"planned"}
        assert plan.why_not("c-1", "offer")[0].reasons[-1].code == "no_consent"

    def test_moves_without_end_are_told_by_the_first_of_them(self) -> None:
        # The shop may speak from 08:00 to 09:00 and the customer may hear from 09:00 on: no minute is left.
        rules = courtesy.Rules(
            [courtesy.Occasion("thank-you", on="purchase", after="0 days", at="10:00", tolerance="365 days")],
            policy={"quiet_hours": {"from": "09:00", "to": "08:00"}},
        )
        customer = {"id": 1, "quiet_from": "09:30", "quiet_to": "09:00"}
        bought = [{"customer": 1, "kind": "purchase", "at": "2026-12-04"}]
        plan = courtesy.plan([customer], bought, rules, start="2026-12-01", days=7)
        codes = [reason.code for reason in plan.why_not(1, "thank-you")[0].reasons]
        assert codes[-5:] == ["quiet_hours", "quiet_hours", "quiet_hours", "quiet_hours", "no_slot"]
        assert codes.count("quiet_hours") == 4

    @pytest.mark.parametrize(
        ("customer", "occasion", "words"),
        [("c-9", "birthday", "no customer 'c-9'"), ("c-1", "birthdya", "did you mean 'birthday'")],
    )
    def test_who_or_what_does_not_exist(self, plan: courtesy.Plan, customer: str, occasion: str, words: str) -> None:
        with pytest.raises(courtesy.MissingError, match=words) as caught:
            plan.why_not(customer, occasion)
        assert isinstance(caught.value, KeyError)


def test_counts_add_up(plan: courtesy.Plan) -> None:
    expected: dict[tuple[Any, ...], int] = {}
    for row in plan:
        assert row.local is not None
        group = (row.occasion, row.state, row.reason, row.channel, row.local.date())
        expected[group] = expected.get(group, 0) + 1
    counted = {tuple(group[:-1]): group[-1] for group in plan.counts()}
    assert counted == expected


COLUMNS = [field.name for field in dataclasses.fields(courtesy.Reminder)]


class TestTable:
    def test_arrow(self, plan: courtesy.Plan) -> None:
        table = plan.to_arrow()
        assert table.column_names == COLUMNS
        assert table.schema.field("due").type == pyarrow.timestamp("us", "UTC")
        assert table.schema.field("local").type == pyarrow.timestamp("us")
        assert table.schema.field("anchor").type == pyarrow.date32()
        rows = table.to_pylist()
        for row, reminder in zip(rows, plan, strict=True):
            assert reminder.local is not None
            assert row == {**dataclasses.asdict(reminder), "local": reminder.local.replace(tzinfo=None)}

    def test_every_library_sees_the_same(self, plan: courtesy.Plan) -> None:
        rows = plan.to_arrow().to_pylist()
        assert plan.to_polars().to_dicts() == rows
        assert polars.DataFrame(plan).to_dicts() == rows
        assert pyarrow.table(plan).to_pylist() == rows
        frame = plan.to_pandas()
        assert list(frame.columns) == COLUMNS
        assert frame.key.tolist() == [row["key"] for row in rows]
        assert frame.due.tolist() == [row["due"] for row in rows]

    def test_a_part_of_it(self, plan: courtesy.Plan) -> None:
        assert plan.planned.to_arrow().column("key").to_pylist() == [row.key for row in plan.planned]
        assert plan[:0].to_arrow().num_rows == 0
        assert plan[:0].to_arrow().column_names == COLUMNS

    @pytest.mark.parametrize(
        ("method", "library", "wanted"),
        [
            ("to_arrow", "pyarrow", "pyarrow"),
            ("to_pandas", "pandas", "pandas pyarrow"),
            ("to_pandas", "pyarrow", "pandas pyarrow"),
            ("to_polars", "polars", "polars"),
        ],
    )
    def test_a_library_that_is_missing_is_named_with_what_to_install(
        self, plan: courtesy.Plan, monkeypatch: pytest.MonkeyPatch, method: str, library: str, wanted: str
    ) -> None:
        real = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name.partition(".")[0] == library:
                raise ImportError(f"No module named {name!r}", name=name)
            return real(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(ImportError) as caught:
            getattr(plan, method)()
        assert str(caught.value) == f"{method}() needs {library}: pip install {wanted}"


class TestHtml:
    def test_it_is_escaped_and_counts(self, plan: courtesy.Plan) -> None:
        html = plan._repr_html_()
        assert "<caption>4 planned, 3 withheld, 2026-12-01 00:00 to 2026-12-08 00:00 UTC;\n" in html
        assert "<td>c-&lt;b&gt;3</td>" in html
        assert "<b>" not in html
        assert "Lovelace" not in html
        assert html.count('<tr class="planned">') == 4
        assert html.count('<tr class="withheld">') == 3
        assert "more" not in html
        cells = "<td>Wed 2 Dec 2026 10:00</td><td>Asia/Tokyo</td><td>c-1</td><td>v-1</td>"
        assert cells in htmllib.unescape(html)

    def test_it_is_bounded(self) -> None:
        events = [{"customer": 1, "kind": "purchase", "at": "2026-12-01", "id": number} for number in range(100)]
        rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
        plan = courtesy.plan([{"id": 1}], events, rules, start="2026-12-01", days=7)
        html = plan._repr_html_()
        assert html.count('<tr class="planned">') == 20
        assert "… and 80 more" in html

    def test_an_empty_plan(self, plan: courtesy.Plan) -> None:
        html = plan[:0]._repr_html_()
        assert "<caption>0 planned, 0 withheld" in html
        assert '<tr class="' not in html


def test_the_window_is_told_in_utc() -> None:
    plan = courtesy.plan(CUSTOMERS, EVENTS, RULES, start="2026-07-01", days=1)
    assert plan.window == (dt.datetime(2026, 6, 30, 23, tzinfo=UTC), dt.datetime(2026, 7, 1, 23, tzinfo=UTC))


def test_it_keeps_its_rules(plan: courtesy.Plan) -> None:
    assert plan.rules is RULES
    assert plan.planned.rules is RULES


def test_it_cannot_be_pickled_and_says_what_to_keep(plan: courtesy.Plan) -> None:
    with pytest.raises(TypeError, match=r"keep its table \(to_arrow"):
        pickle.dumps(plan)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"rules": None}, TypeError, "needs rules"),
        ({"rules": 5}, TypeError, "rules: expected Rules or the path of a rule file, found int"),
        ({"unknown": "ignore"}, ValueError, 'unknown: expected "error" or "skip", found'),
        ({"threads": 0}, ValueError, "threads: expected 1 or more, found 0"),
        ({"threads": "2"}, TypeError, "str"),
        ({"zone": "Europe/Lodnon"}, courtesy.ZoneError, "Europe/Lodnon"),
        ({"days": None}, courtesy.TimeError, "found neither"),
    ],
)
def test_a_wrong_argument_is_named(arguments: dict[str, Any], error: type[Exception], words: str) -> None:
    given: dict[str, Any] = {"rules": RULES, "start": "2026-12-01", "days": 7, **arguments}
    with pytest.raises(error, match=words):
        courtesy.plan(CUSTOMERS, EVENTS, **given)


def test_any_number_of_threads_gives_the_same_plan() -> None:
    # Enough customers that each thread gets some.
    customers = [
        {"id": number, "birthday": dt.date(1970, 1 + number % 12, 1 + number % 28)} for number in range(20_000)
    ]
    rules = courtesy.Rules([{"name": "birthday", "yearly": "birthday"}])
    one, *others = (
        courtesy.plan(customers, None, rules, start="2026-12-01", days=30, threads=threads).to_arrow()
        for threads in (1, 2, 7, None)
    )
    assert one.num_rows > 1000
    assert all(other == one for other in others)
