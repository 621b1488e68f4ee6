"""Rules from files, texts and objects: the same keys, the same errors, warnings where the user stands."""

from __future__ import annotations

import copy
import datetime as dt
import warnings
from pathlib import Path
from typing import Any

import numpy
import pytest

import courtesy
from courtesy import Occasion, Rules, Step

TOML = """
[shop]
name = "Northside Garage"
zone = "Europe/London"
locale = "en-GB"

[policy]
quiet_hours = { from = "20:00", to = "08:00" }

[[occasion]]
name = "service-due"
every = "6 months"
since = ["service", "delivery"]
purpose = "service"
not_before = 2026-01-01
steps = [
  { before = "21 days", at = "10:00", message = "due" },
  { name = "ring", after = "14 days", audience = "staff", channels = ["call"] },
]
"""
OBJECTS = Rules(
    [
        Occasion(
            "service-due",
            every="6 months",
            since=["service", "delivery"],
            purpose="service",
            not_before=dt.date(2026, 1, 1),
            steps=[
                Step(before=dt.timedelta(days=21), at=dt.time(10), message="due"),
                Step(name="ring", after="14 days", audience="staff", channels=["call"]),
            ],
        )
    ],
    policy={"quiet_hours": {"from": dt.time(20), "to": "08:00"}},
    shop={"name": "Northside Garage", "zone": "Europe/London", "locale": "en-GB"},
)


def test_objects_and_toml_say_the_same() -> None:
    rules = Rules.loads(TOML)
    for each in (rules, OBJECTS):
        assert each.occasions == ["service-due"]
        assert len(each) == 1
        assert each.shop == {"name": "Northside Garage", "zone": "Europe/London", "locale": "en-GB"}
        assert repr(each) == "<Rules: 1 occasion, zone Europe/London>"
    assert rules.describe("service-due") == OBJECTS.describe("service-due")


def test_an_occasion_is_described() -> None:
    about = OBJECTS.describe("service-due")
    assert (about["name"], about["purpose"], about["priority"]) == ("service-due", "service", 0)
    assert [(step["name"], step["before"], step["offset"], step["audience"]) for step in about["steps"]] == [
        ("1", True, "21 days", "customer"),
        ("ring", False, "14 days", "staff"),
    ]
    with pytest.raises(courtesy.MissingError) as caught:
        OBJECTS.describe("service-deu")
    assert str(caught.value) == "there is no occasion 'service-deu' in the rules (did you mean 'service-due'?)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(TOML, encoding=encoding)
    assert Rules.load(file).occasions == Rules.load(str(file)).occasions == ["service-due"]


def test_a_file_in_another_encoding_is_an_error_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes(b'[shop]\nname = "Caf\xe9"\n')
    with pytest.raises(courtesy.RuleError, match=r"rules\.toml:2: it is not UTF-8 text") as caught:
        Rules.load(file)
    assert (caught.value.file, caught.value.line) == (str(file), 2)


def test_a_file_that_cannot_be_read_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(courtesy.RuleError, match=r"rules\.toml: there is no such file") as caught:
        Rules.load(tmp_path / "rules.toml")
    assert caught.value.file == str(tmp_path / "rules.toml")
    with pytest.raises(courtesy.RuleError, match="it is a folder; expected a file"):
        Rules.load(tmp_path)


@pytest.mark.parametrize(
    ("occasions", "message"),
    [
        ("rules.toml", r"found a text; Rules\.load\(path\) reads a rule file"),
        (Path("rules.toml"), r"Rules\.load\(path\) reads a rule file"),
        (courtesy.Occasion("a", on="purchase"), r"found one; write Rules\(\[occasion\]\)"),
        ({"name": "a", "on": "purchase"}, r"found one; write Rules\(\[occasion\]\)"),
    ],
)
def test_what_is_no_list_of_occasions(occasions: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Rules(occasions)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rules.toml"
    with file.open("wb") as out:
        out.truncate(1 << 40)

    def read(path: Path) -> bytes:
        pytest.fail(f"{path.name} was read")

    monkeypatch.setattr(Path, "read_bytes", read)
    with pytest.raises(courtesy.RuleError, match="is the most; is it a rule file") as caught:
        Rules.load(file)
    assert caught.value.file == str(file)


def test_every_problem_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('[[occasion]]\nname = "a"\non = "purchase"\naftr = "1 day"\npurpose = "spam"\n', encoding="utf-8")
    with pytest.raises(courtesy.RuleError) as caught:
        Rules.load(file)
    error = caught.value
    places = {(problem["line"], problem["message"].split(":", 1)[1].split()[0]) for problem in error.problems}
    assert {line for line, _ in places} == {4, 5}
    assert (error.file, type(error.line), type(error.column)) == (str(file), int, int)
    assert str(error).count(f"{file}:") == 2
    assert "did you mean 'after'?" in str(error)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.timedelta(days=1), "1 days"),
        (dt.timedelta(0), "0 days"),
        (dt.timedelta(hours=4), "14400 seconds"),
        (dt.timedelta(weeks=2, minutes=1), "14 days 60 seconds"),
    ],
)
def test_a_timedelta_is_a_span(value: dt.timedelta, text: str) -> None:
    assert Step(after=value).to_dict() == {"after": text}
    assert Rules([Occasion("a", on="purchase", steps=[Step(after=value)])]).occasions == ["a"]


def test_a_timedelta_of_hours_counts_from_the_instant() -> None:
    rules = Rules([Occasion("a", on="purchase", after=dt.timedelta(hours=4))])
    bought = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.timezone.utc)
    plan = courtesy.plan(
        [{"id": 1}], [{"customer": 1, "kind": "purchase", "at": bought}], rules, start="2026-12-01", days=1
    )
    assert [row.due for row in plan] == [bought + dt.timedelta(hours=4)]


@pytest.mark.parametrize(
    "occasion",
    [
        Occasion("a", silent="180 days", since="purchase"),
        Occasion("a", silent=dt.timedelta(days=180), since=["purchase", "service"], before="1 week"),
        Occasion("a", silent={"cadence": numpy.float64(1.5), "segment": "tier"}, since="purchase", at="best"),
        Occasion("a", due="promise", target=0.6, against="target"),
        Occasion("a", due="promise", target={"before": dt.timedelta(hours=4)}, audience="staff", team="desk"),
        Occasion("a", due="promise", target=0.6, steps=[Step(before="1 day", against="target", at="best"), Step()]),
        Occasion("a", due="warranty", steps=[Step(audience="staff", team="desk", against="due"), Step()]),
        Occasion("a", on="purchase", when={"count": {"kind": "purchase", "over": dt.timedelta(days=365), "min": 2}}),
        Occasion("a", on="purchase", when={"asset": {"spend": {"min": 500, "unit": "EUR"}}}),
    ],
)
def test_occasions_of_every_kind(occasion: Occasion) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Rules([occasion]).occasions == ["a"]


def test_a_policy_of_objects() -> None:
    policy = {
        "quiet_hours": {"from": dt.time(20), "to": dt.time(8)},
        "spread": dt.timedelta(minutes=90),
        "holds": ({"after": "claim", "until": ["paid"], "purposes": {"care"}, "cool_down": dt.timedelta(0)},),
        "caps": [{"purposes": {"care", "offer"}, "most": 2, "per": dt.timedelta(days=7), "scope": "household"}],
        "merge": {"email", "letter"},
        "capacity": [{"channels": "email", "most": numpy.int64(20)}],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Rules([Occasion("a", on="purchase")], policy=policy).occasions == ["a"]


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"merge": "yes", "hold": []}, r"policy: unknown key 'hold' \(did you mean 'holds'\?\)"),
        ({"holds": [{"cool_down": dt.timedelta(hours=1)}]}, "policy, hold 1: 'cool_down': expected whole days"),
        ({"caps": [{"purposes": "care", "most": 1, "per": "1 day", "scope": "all"}]}, "policy, cap 1: 'scope'"),
        ({"capacity": [{"channels": "call"}]}, "policy, capacity 1: 'most' is missing"),
        ({"spread": dt.timedelta(days=1)}, "policy: 'spread': expected whole minutes"),
        ({"merge": 1}, "policy: 'merge': expected true, false or channels"),
        (
            {"delivery": {"sms": "at_most_onse"}},
            r"policy, delivery: 'sms': expected .* \(did you mean 'at_most_once'\?\)",
        ),
    ],
)
def test_a_policy_is_checked_when_rules_are_made(policy: dict[str, Any], message: str) -> None:
    with pytest.raises(courtesy.RuleError, match=message):
        Rules([Occasion("a", on="purchase")], policy=policy)


@pytest.mark.parametrize(
    ("occasion", "words"),
    [
        (Occasion("a", on="purchase", after=dt.timedelta(days=-1)), "never negative"),
        (Occasion("a", on="purchase", after=dt.timedelta(microseconds=1)), "whole seconds"),
        (Occasion("a", on="purchase", at=dt.time(10, 0, 30)), "whole minutes"),
        (Occasion("a", on="purchase", at=dt.time(10, tzinfo=dt.timezone.utc)), "without a zone"),
        (Occasion("a", on="purchase", after=object()), "object"),  # type: ignore[arg-type]
        (Occasion("a", on="purchase", colour="red"), "unknown key 'colour'"),  # type: ignore[call-arg]
        ({"on": "purchase"}, "it has no name"),
        (Occasion("a"), "it has no anchor"),
        (Occasion("a", silent="180 days"), "'silent' needs 'since'"),
        (Occasion("a", silent=dt.timedelta(hours=3), since="x"), "'silent': expected whole days or longer"),
        (Occasion("a", due="promise", target=60), "'target': expected a share of the promised span between 0 and 1"),
        (Occasion("a", due="promise", steps=[Step(against="target")]), "step 1: against = .* needs a 'target'"),
        (Occasion("a", on="purchase", when={"count": 3}), "'count': expected a table"),
    ],
)
def test_objects_are_checked_when_rules_are_made(occasion: Any, words: str) -> None:
    with pytest.raises(courtesy.RuleError, match=words):
        Rules([occasion])


def test_what_is_none_counts_as_not_given() -> None:
    assert Occasion("a", on="purchase", after=None).to_dict() == {"name": "a", "on": "purchase"}  # type: ignore[arg-type]


def test_tuples_sets_and_numpy_numbers_are_plain_values() -> None:
    rules = Rules(
        [
            Occasion(
                "a",
                yearly="purchase",
                milestones=(1, numpy.int64(5)),  # type: ignore[arg-type]
                channels=("email", "letter"),  # type: ignore[arg-type]
                until={"reply", "complaint"},  # type: ignore[arg-type]
                priority=numpy.int64(3),  # type: ignore[arg-type]
            )
        ]
    )
    assert rules.describe("a")["priority"] == 3
    assert rules.describe("a")["steps"][0]["channels"] == ["email", "letter"]


# What can stand in a tree of objects, and the policy beside it.
SOURCES: dict[str, Rules] = {
    "a text": Rules.loads(TOML),
    "objects": OBJECTS,
    "nothing": Rules([Occasion("a", on="purchase")]),
    "dates and times": Rules(
        [Occasion("a", rrule="FREQ=WEEKLY", start=dt.date(2026, 1, 6), rdate=[dt.date(2026, 2, 1)], at=dt.time(9, 5))],
        policy={"quiet_hours": {"from": dt.time(20), "to": "08:00"}, "business_days": {"holidays": ["2026-12-25"]}},
    ),
    "spans": Rules(
        [
            Occasion("days", on="purchase", after=dt.timedelta(days=2), expires=dt.timedelta(days=1, seconds=90)),
            Occasion("hours", on="purchase", steps=[Step(after=dt.timedelta(hours=4)), Step(before="P1M")]),
        ],
        policy={"holds": [{"cool_down": dt.timedelta(0)}]},
    ),
    "numbers": Rules(
        [
            Occasion(
                "a",
                silent={"cadence": numpy.float64(1.5)},
                since="purchase",
                priority=numpy.int64(-3),  # type: ignore[arg-type]
                when={"visits": numpy.float32(2), "score": {"min": numpy.float64(0.1), "max": 10**12}, "vip": True},
            )
        ],
        policy={"value_years": numpy.float64(2)},
    ),
    "words of any kind": Rules(
        [
            Occasion(
                'the "best"',
                on="bought\there",
                when={"länge \\ 'x'": ["\x07", "ü"], "since": {"min": dt.date(2020, 2, 29)}},
            )
        ],
        policy={"delivery": {"SMS": "at_most_once", "pigeon post": "at_least_once"}},
        shop={"name": "Tom's\u00a0\"Garage\""},
    ),
    "a country": Rules([Occasion("a", on="purchase", move="next business day")], {"business_days": {"country": "GB"}}),
}  # fmt: skip


@pytest.mark.parametrize("what", SOURCES)
def test_the_source_of_rules_makes_them_again(what: str) -> None:
    rules = SOURCES[what]
    form, text = rules._source
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again = Rules._from_source(form, text)
    assert again._core.written == rules._core.written
    assert again._source == rules._source
    assert again.occasions == rules.occasions
    assert again.shop == rules.shop
    assert again.holidays_from == rules.holidays_from
    assert [again.describe(name) for name in again.occasions] == [rules.describe(name) for name in rules.occasions]


def test_objects_and_a_text_that_say_the_same_are_written_alike() -> None:
    """But for dates, times and spans, which the text has in another way."""
    text = """
        [[occasion]]
        yearly = 'birthday'   # the customer's own
        name = 'a'
        when = { tier = 'gold', visits = { min = 2 } }
        [policy]
        merge = ['email', 'letter']
        [shop]
        zone = 'Europe/London'
    """
    when = {"visits": {"min": numpy.int64(2)}, "tier": "gold"}
    objects = Rules(
        [Occasion("a", when=when, yearly="birthday")],
        policy={"merge": {"letter", "email"}},
        shop={"zone": "Europe/London"},
    )
    assert objects._core.written == Rules.loads(text)._core.written


def test_a_source_is_the_text_that_was_read(tmp_path: Path) -> None:
    assert Rules.loads(TOML)._source == ("toml", TOML)
    (tmp_path / "rules.toml").write_text(TOML, encoding="utf-8")
    assert Rules.load(tmp_path / "rules.toml")._source == ("toml", TOML)


def test_a_source_in_another_form_is_an_error() -> None:
    with pytest.raises(courtesy.RuleError, match="expected rules in the form 'toml', found 'yaml'"):
        Rules._from_source("yaml", "")


def test_rules_that_hold_themselves_are_an_error() -> None:
    when: dict[str, Any] = {}
    when["not"] = when
    with pytest.raises(courtesy.RuleError, match="nested"):
        Rules([Occasion("a", on="purchase", when=when)])


def test_occasions_compare_by_what_they_say() -> None:
    thanks = Occasion("a", on="purchase", after="1 days")
    assert thanks == Occasion("a", on="purchase", after=dt.timedelta(days=1))
    assert thanks == copy.deepcopy(thanks)
    assert thanks != Occasion("a", on="purchase", after="2 days")
    assert thanks != "a"
    assert Step(name="a") != Occasion("a")
    assert repr(Step(before="2 days", at="10:00")) == "Step(before='2 days', at='10:00')"


class TestWarnings:
    TOML = '[policy]\nspread = "2 hours"\n[[occasion]]\nname = "a"\non = "purchase"\n'

    def caught(self, call) -> Any:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            call()
        (warning,) = caught
        assert warning.category is courtesy.RuleWarning
        # It stands at the line of the user's own call.
        assert warning.filename == __file__
        return str(warning.message)

    def test_of_a_text(self) -> None:
        assert "'spread' has no effect" in self.caught(lambda: Rules.loads(self.TOML))

    def test_of_objects(self) -> None:
        policy = {"spread": dt.timedelta(hours=2)}
        assert "'spread' has no effect" in self.caught(lambda: Rules([Occasion("a", on="purchase")], policy=policy))

    def test_of_a_team_that_is_not_there(self) -> None:
        policy = {"capacity": [{"channels": "email", "most": 5, "team": "desk"}]}
        message = self.caught(lambda: Rules([Occasion("a", on="purchase", channels="email")], policy=policy))
        assert message == "policy, capacity 1: 'team': no step is for the team 'desk'"

    def test_of_a_file_names_its_line(self, tmp_path: Path) -> None:
        file = tmp_path / "rules.toml"
        file.write_text(self.TOML, encoding="utf-8")
        assert self.caught(lambda: Rules.load(file)).startswith(f"{file}:2: ")
        events = [{"customer": 1, "kind": "purchase", "at": "2026-12-01"}]
        plan = lambda: courtesy.plan([{"id": 1}], events, file, start="2026-12-01", days=1)  # noqa: E731
        assert self.caught(plan).startswith(f"{file}:2: ")

    def test_of_a_plan(self) -> None:
        rules = Rules([Occasion("a", on="purchase", until="refund")])
        events = [{"customer": 1, "kind": "purchase", "at": "2026-12-01"}]
        plan = lambda: courtesy.plan([{"id": 1}], events, rules, start="2026-12-01", days=1)  # noqa: E731
        assert "until = 'refund'" in self.caught(plan)
