"""What customers are worth, as a table."""

from __future__ import annotations

from typing import Any

import pytest

import courtesy

CUSTOMERS = [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bob"}, {"id": 3, "name": "Cat"}]


def purchase(customer: int, at: str, value: float | None) -> dict[str, Any]:
    return {"customer": customer, "kind": "purchase", "at": at, "value": value, "ref": None}


EVENTS = [
    # Four in the two years (730 days) from March 2024 to March 2026: their median is 30, 4 in 730/365.25 years.
    *(purchase(2, at, value) for at, value in [("2024-03-01", 10), ("2024-09-01", 20), ("2025-06-01", 40)]),
    purchase(2, "2026-03-01", 80),
    # One, of no value.
    purchase(3, "2026-01-01", None),
    {"customer": 1, "kind": "referral", "at": "2024-02-01", "value": None, "ref": 2},
]


def test_each_customer_has_a_row_the_highest_value_first() -> None:
    report = courtesy.values(CUSTOMERS, EVENTS, years=2)
    per_year = 4 / (730 / 365.25)
    own = 30 * per_year * 2
    assert list(report) == [
        {
            "customer": 2, "purchases": 4, "typical": 30.0, "per_year": pytest.approx(per_year),
            "own": pytest.approx(own), "referred": 0.0, "value": pytest.approx(own),
        },
        {
            "customer": 1, "purchases": 0, "typical": 0.0, "per_year": 0.0,
            "own": 0.0, "referred": pytest.approx(own / 2), "value": pytest.approx(own / 2),
        },
        {
            "customer": 3, "purchases": 1, "typical": 0.0, "per_year": 1.0,
            "own": 0.0, "referred": 0.0, "value": 0.0,
        },
    ]  # fmt: skip
    assert report.title == "Value over 2 years: 3 customers"
    assert "Bob" not in repr(report) + report._repr_html_()


def test_it_looks_ahead_as_long_as_it_is_told() -> None:
    three, half = (courtesy.values(CUSTOMERS, EVENTS, **keys).column("value")[0] for keys in ({}, {"years": 0.5}))
    assert three == pytest.approx(6 * half)


def test_nobody_and_nothing() -> None:
    assert len(courtesy.values([])) == 0
    assert courtesy.values(CUSTOMERS).column("value") == [0, 0, 0]


@pytest.mark.parametrize("years", [0, -1, float("nan"), float("inf"), True, "3", None])
def test_wrong_years_are_named(years: Any) -> None:
    with pytest.raises(ValueError, match="years: expected a number above 0"):
        courtesy.values(CUSTOMERS, EVENTS, years=years)


def test_unknown_customers_are_an_error_or_left_out() -> None:
    events = [purchase(9, "2026-01-01", 1)]
    with pytest.raises(courtesy.DataError, match="9"):
        courtesy.values(CUSTOMERS, events)
    with pytest.warns(courtesy.DataWarning, match="left out"):
        assert courtesy.values(CUSTOMERS, events, unknown="skip").column("value") == [0, 0, 0]
