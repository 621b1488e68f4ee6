"""How promises were kept, and what to promise next: against a plain Kaplan-Meier estimate and against drawn shops."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

import courtesy

START = dt.date(2026, 1, 5)
CUSTOMERS = [{"id": "ada", "zone": "Europe/Berlin"}]


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def promise(name: str, made: int, due: int, **cells: Any) -> dict[str, Any]:
    return {"id": name, "customer": "ada", "kind": "promise", "at": day(made), "due": day(due), **cells}


def answer(kind: str, name: str, at: int, **cells: Any) -> dict[str, Any]:
    return {"id": f"{kind} {name} {at}", "customer": "ada", "kind": kind, "at": day(at), "ref": name, **cells}


def all_of(events: Sequence[dict[str, Any]], **keys: Any) -> dict[str, Any]:
    return courtesy.promises(CUSTOMERS, events, **keys)[0]


COLUMNS = (
    *("topic", "made", "kept", "kept_first", "beaten", "beaten_first", "late", "broken", "renegotiated", "open"),
    *("overdue", "took_50", "took_90", "late_50", "late_90", "quote", "missing"),
)


def test_each_topic_has_a_row_and_all_together_the_first() -> None:
    events = [
        promise("a", 0, 4, topic="ready"), answer("kept", "a", 3),
        promise("b", 1, 5, topic="ready"), answer("kept", "b", 7),
        promise("c", 2, 9, topic="call back"), answer("renegotiated", "c", 8, due=day(12)), answer("kept", "c", 11),
        promise("d", 3, 6), answer("broken", "d", 6),
        promise("e", 4, 10, topic="ready"), promise("f", 5, 30, topic="ready"),
    ]  # fmt: skip
    report = courtesy.promises(CUSTOMERS, events, chance=0.3)
    assert report.columns == COLUMNS
    rows = {row["topic"]: row for row in report}
    assert list(rows) == ["(all)", "(none)", "call back", "ready"]

    def counts(topic: str) -> list[int]:
        return [rows[topic][name] for name in COLUMNS[1:11]]

    # made, kept, kept_first, beaten, beaten_first, late, broken, renegotiated, open, overdue
    assert counts("ready") == [4, 1, 1, 1, 1, 1, 0, 0, 2, 1]
    assert counts("call back") == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0]
    assert counts("(none)") == [1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert counts("(all)") == [6, 2, 1, 2, 1, 1, 1, 1, 2, 1]
    ready = rows["ready"]
    assert [ready[name] for name in ("took_50", "took_90", "late_50", "late_90")] == [3, 6, 2, 2]
    # Of five, the next one with them, one took 3 days; open ones of 6 and 7 days are seen as long as the one of 6.
    assert (ready["quote"], ready["missing"]) == (6, 0)
    assert (rows["(none)"]["quote"], rows["(none)"]["missing"]) == (None, 1)
    assert "Ada" not in repr(report)


def test_promises_of_hours_are_quoted_in_hours() -> None:
    events = [
        {"id": 1, "customer": "ada", "kind": "promise", "at": "2026-03-02T08:00Z", "due": "2026-03-02T16:00Z"},
        {"id": 2, "customer": "ada", "kind": "kept", "at": "2026-03-02T14:00Z", "ref": 1},
    ]
    row = all_of(events, chance=0.5, target=0.8)
    assert (row["quote"], row["beaten"], row["took_50"]) == (0.25, 1, 0.25)
    assert all_of(events, chance=0.5)["beaten"] == 0
    # 23:30 UTC is half past midnight in Berlin: the next civil day, so not earlier than the day promised.
    events[0]["due"], events[1]["at"] = "2026-03-03T09:00Z", "2026-03-02T23:30Z"
    assert all_of(events)["beaten"] == 0
    assert courtesy.promises([{"id": "ada"}], events)[0]["beaten"] == 1


def test_what_happened_from_until_on_counts_for_nothing() -> None:
    events = [promise("a", 0, 4), answer("kept", "a", 3), promise("b", 5, 9), answer("kept", "b", 6)]
    early = all_of(events, until=day(3), chance=0.5)
    assert (early["made"], early["open"], early["kept"], early["quote"]) == (1, 1, 0, None)
    assert all_of(events, until=day(6))["made"] == 2
    assert all_of(events, until=day(20))["kept"] == 2


@pytest.mark.parametrize("per", ["by", "channel", "customer"])
def test_other_columns_group_them(per: str) -> None:
    events = [promise("a", 0, 4, by="eve", channel="call"), answer("kept", "a", 3, by="bob", channel="sms")]
    report = courtesy.promises(CUSTOMERS, events, per=per)  # type: ignore[arg-type]
    assert report.columns[0] == per
    assert report.column(per) == ["(all)", {"by": "eve", "channel": "call", "customer": "ada"}[per]]
    alone = courtesy.promises(CUSTOMERS, events, per=None)
    assert (len(alone), alone.columns) == (1, COLUMNS[1:])


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"per": "kind"}, "per: expected one of 'topic', 'by', 'channel', 'customer' or None, found 'kind'"),
        ({"target": 0}, "target: expected a share above 0 and up to 1, or None, found 0"),
        ({"target": 1.5}, "target"),
        ({"target": {"before": "4 days"}}, "target: expected a share above 0 and up to 1, or None, found {"),
        ({"chance": "95 %"}, "chance: expected a number above 0 and below 1, found '95 %'"),
        ({"chance": 1}, "chance: expected a number above 0 and below 1, found 1"),
        ({"chance": float("nan")}, "chance"),
        ({"until": dt.datetime(2026, 1, 1)}, "until: "),  # noqa: DTZ001 - that is what is wrong with it
        ({"unknown": "ignore"}, "unknown"),
    ],
)
def test_a_wrong_argument_is_named(keys: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        courtesy.promises(CUSTOMERS, [promise("a", 0, 4)], **keys)


def test_without_promises_it_says_how_many_it_takes() -> None:
    report = courtesy.promises(CUSTOMERS, [answer("visit", "x", 0)])
    assert list(report) == [
        {**dict.fromkeys(COLUMNS, 0), **dict.fromkeys(COLUMNS[11:16]), "topic": "(all)", "missing": 19}
    ]
    assert repr(report).splitlines()[-2:] == [
        "A quote, in days, is kept with a probability of 95 %.",
        "Where there is none, so many kept promises as are missing would give one.",
    ]


def kaplan_meier(kept: Sequence[int], lasting: Sequence[float], chance: Fraction) -> int | None:
    """The shortest span within which such a share is over, with one that lasts for ever; slow, plain and exact."""
    lasts = Fraction(1)
    for span in sorted(set(kept)):
        ended = kept.count(span)
        at_risk = sum(each >= span for each in [*kept, *lasting, math.inf])
        lasts *= 1 - Fraction(ended, at_risk)
        if 1 - lasts >= chance:
            return span
    return None


def drawn_events(random_: random.Random) -> tuple[list[dict[str, Any]], list[int], list[float]]:
    """Promises on different days, what they took, and how long others last."""
    end = 60
    events, kept, lasting = [answer("visit", "x", end)], [], []
    for number in range(random_.randrange(50)):
        made = random_.randrange(50)
        name = f"p{number}"
        events.append(promise(name, made, made + random_.randrange(1, 12)))
        took = random_.randrange(25)
        kind = random_.choice(["kept", "kept", "kept", "broken", "open"])
        if kind == "broken":
            events.append(answer("broken", name, made))
            lasting.append(math.inf)
        elif kind == "open" or made + took > end:
            lasting.append(end - made)
        else:
            events.append(answer("kept", name, made + took))
            kept.append(took)
    return events, kept, lasting


@pytest.mark.parametrize("seed", range(60))
def test_quotes_are_those_of_a_plain_kaplan_meier_estimate(seed: int) -> None:
    random_ = random.Random(seed)
    events, kept, lasting = drawn_events(random_)
    chance = Fraction(random_.randrange(1, 100), 100)
    row = all_of(events, chance=float(chance))
    expected = kaplan_meier(kept, lasting, chance)
    assert row["quote"] == expected
    assert (row["missing"] == 0) == (expected is not None)
    assert row["made"] == len(kept) + len(lasting)
    # So many more that take longer than all give a quote, and one less does not.
    longest = [1000] * row["missing"]
    assert kaplan_meier([*kept, *longest], lasting, chance) is not None
    if longest:
        assert kaplan_meier([*kept, *longest[1:]], lasting, chance) is None


@pytest.mark.parametrize("seed", range(20))
def test_where_all_were_kept_the_quote_is_one_of_them_in_order(seed: int) -> None:
    random_ = random.Random(1000 + seed)
    spans = [random_.randrange(40) for _ in range(random_.randrange(1, 40))]
    events = [promise(f"p{number}", 0, 10) for number in range(len(spans))]
    events += [answer("kept", f"p{number}", span) for number, span in enumerate(spans)]
    chance = Fraction(random_.randrange(1, 100), 100)
    rank = math.ceil((len(spans) + 1) * chance)
    expected = sorted(spans)[rank - 1] if rank <= len(spans) else None
    assert all_of(events, chance=float(chance))["quote"] == expected


def test_the_next_promise_is_kept_within_the_quote_as_often_as_it_says() -> None:
    # Each customer has a history of 19 promises and one that comes after; the spans are of no distribution with a name.
    random_ = random.Random(20261201)

    def span() -> int:
        return random_.choice([1, 2, 3]) if random_.random() < 0.7 else round(10 + random_.expovariate(0.1))

    shops = 3000
    events = []
    for shop in range(shops):
        for number in range(19):
            events.append({**promise(f"{shop}/{number}", 0, 9), "customer": shop})
            events.append({**answer("kept", f"{shop}/{number}", span()), "customer": shop})
    customers = [{"id": shop} for shop in range(shops)]
    quotes = courtesy.promises(customers, events, per="customer", chance=0.8).column("quote")[1:]
    assert len(quotes) == shops
    kept = sum(span() <= quote for quote in quotes)
    # Three standard errors of what is drawn.
    assert kept / shops >= 0.8 - 3 * math.sqrt(0.8 * 0.2 / shops)
