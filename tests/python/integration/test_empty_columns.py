"""Columns as data frames make them where cells are missing: without a type, or with the wrong one."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable
from typing import Any

import numpy
import pandas
import polars
import pytest

import courtesy

NOTHING = {
    "customers": [
        *("name", "zone", "locale", "country", "birthday", "status", "household", "email", "phone", "address"),
        *("channels", "quiet_from", "quiet_to", "tags", "tier"),
    ],
    "assets": ["kind", "name", "since", "colour"],
    "events": ["id", "asset", "value", "unit", "due", "ref", "channel", "by", "note", "topic"],
}
EMPTY_COLUMNS: dict[str, Callable[[int], Any]] = {
    "NaN": lambda rows: pandas.Series([numpy.nan] * rows, dtype="float64"),
    "None": lambda rows: pandas.Series([None] * rows, dtype="object"),
    "NaT": lambda rows: pandas.Series([pandas.NaT] * rows, dtype="datetime64[ns]"),
    "NA": lambda rows: pandas.Series([pandas.NA] * rows, dtype="Int64"),
    "polars NaN": lambda rows: polars.Series([float("nan")] * rows, dtype=polars.Float64),
    "polars null": lambda rows: polars.Series([None] * rows, dtype=polars.Boolean),
}


@pytest.mark.parametrize("empty", EMPTY_COLUMNS.values(), ids=EMPTY_COLUMNS)
@pytest.mark.parametrize("rows", [0, 1])
def test_a_column_without_a_cell_is_no_column_whatever_its_type(empty: Callable[[int], Any], rows: int) -> None:
    needed: dict[str, dict[str, Any]] = {
        "customers": {"id": [7]},
        "assets": {"id": [1], "customer": [7]},
        "events": {"customer": [7], "kind": ["purchase"], "at": [dt.date(2026, 11, 30)]},
    }
    if rows == 0:
        needed = {name: dict.fromkeys(columns, empty(0)) for name, columns in needed.items()}
    frame = polars.DataFrame if isinstance(empty(1), polars.Series) else pandas.DataFrame
    bare = {name: frame(columns) for name, columns in needed.items()}
    full = {name: frame(columns | dict.fromkeys(NOTHING[name], empty(rows))) for name, columns in needed.items()}
    rules = courtesy.Rules([{"name": "thanks", "on": "purchase", "after": "1 day", "channels": ["visit"]}])
    window = {"start": "2026-12-01", "days": 7}

    def plan(tables: dict[str, Any]) -> list[Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", courtesy.RuleWarning)
            made = courtesy.plan(tables["customers"], tables["events"], rules, tables["assets"], **window)
        return [(row.key, row.due, row.channel, row.event) for row in made]

    assert len(plan(bare)) == rows
    assert plan(full) == plan(bare)


@pytest.mark.parametrize("phones", [[44_20, 44_21], [44_20.0, numpy.nan]], ids=["all", "with a gap"])
def test_telephone_numbers_that_a_data_frame_made_numbers_of(phones: list[float]) -> None:
    rules = courtesy.Rules([{"name": "thanks", "on": "purchase", "after": "1 day", "channels": ["sms", "visit"]}])
    events = [{"customer": customer, "kind": "purchase", "at": "2026-11-30"} for customer in (0, 1)]
    customers = pandas.DataFrame({"id": [0, 1], "phone": phones})
    made = courtesy.plan(customers, events, rules, start="2026-12-01", days=7)
    channels = {row.customer: row.channel for row in made}
    assert channels == {0: "sms", 1: "visit" if numpy.isnan(phones[1]) else "sms"}
