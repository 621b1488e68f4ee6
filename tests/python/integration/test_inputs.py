"""The same rows in every form give the same plan: lists of dicts, columns, CSV, pandas, polars, pyarrow, DuckDB."""

from __future__ import annotations

import csv
import datetime as dt
import decimal
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pyarrow.compute
import pytest

import courtesy

UTC = dt.timezone.utc
ZONES = ["Europe/London", None, "Asia/Kolkata", "America/New_York", "Pacific/Apia"]
RULES_TEXT = """
[shop]
zone = "Europe/London"

[policy]
quiet_hours = { from = "21:00", to = "08:00" }
consent = { offer = "needed" }

[[occasion]]
name = "birthday"
yearly = "birthday"
at = "09:00"
when = { active = true }

[[occasion]]
name = "thank-you"
on = "purchase"
after = "4 hours"
channels = ["email", "letter"]
until = "return"

[[occasion]]
name = "vip"
on = "purchase"
after = "2 days"
purpose = "offer"
when = { any = [{ tags = "vip" }, { points = { min = 50 } }, { since = { min = 2026-01-01 } }] }

[[occasion]]
name = "service-due"
every = { months = 12, km = 15000 }
since = "service"
purpose = "service"
"""
RULES = courtesy.Rules.loads(RULES_TEXT)

Rows = list[dict[str, Any]]


def customers(id_of: Callable[[int], Any]) -> Rows:
    return [
        {
            "id": id_of(number),
            "zone": ZONES[number % len(ZONES)],
            "birthday": None if number % 7 == 3 else dt.date(1950 + number, 1 + number % 12, 1 + number % 28),
            "email": None if number % 5 == 0 else f"someone{number}@example.org",
            "quiet_from": dt.time(12, 30) if number % 6 == 0 else None,
            "quiet_to": dt.time(14) if number % 6 == 0 else None,
            "tags": ["vip", "trade"] if number % 4 == 0 else (["trade"] if number % 4 == 1 else None),
            "points": None if number % 9 == 0 else number * 2.5,
            "active": None if number % 10 == 9 else number % 2 == 0,
            "since": dt.date(2026, 1, 1) + dt.timedelta(days=number - 20) if number % 3 else None,
        }
        for number in range(40)
    ]


def assets(id_of: Callable[[int], Any]) -> Rows:
    return [{"id": id_of(1000 + number), "customer": id_of(number), "kind": "car"} for number in range(40)]


def events(id_of: Callable[[int], Any]) -> Rows:
    rows = []
    start = dt.datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(40):
        whose = {"customer": id_of(number), "asset": id_of(1000 + number)}
        at = start + dt.timedelta(hours=37 * number, seconds=number)
        rows.append({"kind": "service", "at": at - dt.timedelta(days=180), "value": 20000.0, "unit": "km", **whose})
        rows.append({"kind": "reading", "at": at, "value": 20000.0 + 250.5 * number, "unit": "km", **whose})
        if number % 3 == 0:
            rows.append({"kind": "consent", "at": at, "channel": "email", **whose})
        if number % 2 == 0:
            later = at + dt.timedelta(days=200)
            rows.append({"kind": "purchase", "at": later, "value": 12.5 + number, "unit": "GBP", **whose})
            if number % 8 == 0:
                rows.append({"kind": "return", "at": later + dt.timedelta(hours=1), **whose})
    names = ("id", "customer", "asset", "kind", "at", "value", "unit", "channel")
    return [{name: row.get(name) for name in names} | {"id": f"e-{place}"} for place, row in enumerate(rows)]


TABLES = (customers, events, assets)
IDS: dict[str, Callable[[int], Any]] = {"integers": lambda number: number - 5, "texts": lambda number: f"c-{number}"}


def planned(*tables: Any, **options: Any) -> courtesy.Plan:
    return courtesy.plan(*tables[:2], RULES, *tables[2:], start="2026-09-01", days=120, **options)


def plain(plan: courtesy.Plan) -> Rows:
    """The plan's rows, ids as texts: a CSV file has no other."""
    rows: Rows = plan.to_arrow().to_pylist()
    texts = {name: lambda cell: None if cell is None else str(cell) for name in ("customer", "asset")}
    return [{name: texts.get(name, lambda cell: cell)(cell) for name, cell in row.items()} for row in rows]


@pytest.fixture(scope="module", params=IDS)
def ids(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def expected(ids: str) -> Rows:
    rows = plain(planned(*(make(IDS[ids]) for make in TABLES)))
    # Enough of everything that a form which lost a column would show.
    assert {row["occasion"] for row in rows} == {"birthday", "thank-you", "vip", "service-due"}
    assert {"due", "moved", "condition_failed", "no_consent", "ended"} <= {row["reason"] for row in rows}
    assert {row["channel"] for row in rows} >= {"email", "letter"}
    return rows


def arrow(rows: Rows) -> pyarrow.Table:
    return pyarrow.Table.from_pylist(rows)


def cast(rows: Rows, *changes: tuple[Callable[[pyarrow.DataType], bool], pyarrow.DataType]) -> pyarrow.Table:
    table = arrow(rows)
    for number, field in enumerate(table.schema):
        for applies, target in changes:
            if applies(field.type):
                table = table.set_column(number, field.name, table.column(number).cast(target))
    return table


def chunked(rows: Rows) -> pyarrow.Table:
    """Chunks of several lengths, also of none, and slices that do not begin at a byte."""
    table = arrow(rows)
    cuts = [0, 0, 3, 4, 13, 30, len(rows)]
    return pyarrow.concat_tables([table.slice(a, b - a) for a, b in itertools.pairwise(cuts)])


def dictionaries(rows: Rows) -> pyarrow.Table:
    table = arrow(rows)
    for number, field in enumerate(table.schema):
        if pyarrow.types.is_string(field.type):
            table = table.set_column(number, field.name, table.column(number).dictionary_encode())
    return table


def timestamps(unit: str, zone: str = "UTC") -> Callable[[Rows], pyarrow.Table]:
    return lambda rows: cast(rows, (pyarrow.types.is_timestamp, pyarrow.timestamp(unit, zone)))


def typed_pandas(rows: Rows) -> pandas.DataFrame:
    frame = pandas.DataFrame(rows)
    for name in ("birthday", "since"):
        if name in frame:
            # A data frame's dates: timestamps without a zone, all at midnight.
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def categories(rows: Rows) -> pandas.DataFrame:
    frame = pandas.DataFrame(rows)
    for name in ("zone", "kind", "unit", "channel"):
        if name in frame:
            frame[name] = frame[name].astype("category")
    return frame


def numpy_rows(rows: Rows) -> Rows:
    def cell(value: Any) -> Any:
        if isinstance(value, bool):
            return numpy.bool_(value)
        if isinstance(value, int):
            return numpy.int32(value)
        if isinstance(value, float):
            return decimal.Decimal(str(value))
        if isinstance(value, dt.datetime):
            return pandas.Timestamp(value)
        return value

    return [{name: cell(value) for name, value in row.items()} for row in rows]


def in_duckdb(rows: Rows) -> Any:
    table = arrow(rows)
    connection = duckdb.connect()
    connection.register("source", table)
    return connection.sql("SELECT * FROM source")


FORMS: dict[str, Callable[[Rows], Any]] = {
    "a generator": lambda rows: (row for row in rows),
    "rows without their empty cells": lambda rows: [{k: v for k, v in row.items() if v is not None} for row in rows],
    "columns": lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
    "NumPy's and pandas' scalars": numpy_rows,
    "pandas": pandas.DataFrame,
    "pandas with dates as timestamps": typed_pandas,
    "pandas with categories": categories,
    "pandas with Arrow's types": lambda rows: arrow(rows).to_pandas(types_mapper=pandas.ArrowDtype),
    "pandas with an index": lambda rows: pandas.DataFrame(rows).set_index("id"),
    "rows of pandas": lambda rows: pandas.DataFrame(rows).to_dict("records"),
    "polars": lambda rows: polars.DataFrame(rows, infer_schema_length=None),
    "polars in parts": lambda rows: polars.concat(
        [polars.from_arrow(arrow(rows).slice(start, 11)) for start in range(0, len(rows), 11)], rechunk=False
    ),
    "polars with categories": lambda rows: polars.from_arrow(dictionaries(rows)),
    "pyarrow": arrow,
    "pyarrow in batches": lambda rows: pyarrow.RecordBatchReader.from_batches(
        arrow(rows).schema, arrow(rows).to_batches(max_chunksize=7)
    ),
    "pyarrow in uneven chunks": chunked,
    "dictionaries": dictionaries,
    "large texts": lambda rows: cast(rows, (pyarrow.types.is_string, pyarrow.large_string())),
    "text views": lambda rows: cast(rows, (pyarrow.types.is_string, pyarrow.string_view())),
    "32 bits": lambda rows: cast(
        rows, (pyarrow.types.is_int64, pyarrow.int32()), (pyarrow.types.is_time, pyarrow.time32("s"))
    ),
    "dates of 64 bits": lambda rows: cast(rows, (pyarrow.types.is_date32, pyarrow.date64())),
    "timestamps in seconds": timestamps("s"),
    "timestamps in milliseconds": timestamps("ms"),
    "timestamps in nanoseconds": timestamps("ns"),
    "timestamps of another zone": timestamps("us", "Asia/Tokyo"),
    "DuckDB": in_duckdb,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_plan(ids: str, expected: Rows, form: str) -> None:
    rows = [FORMS[form](make(IDS[ids])) for make in TABLES]
    assert plain(planned(*rows)) == expected


def test_csv_files_give_the_same_plan(ids: str, expected: Rows, tmp_path: Path) -> None:
    def text(value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(value)
        return value.isoformat() if hasattr(value, "isoformat") else value

    def file(make: Callable[..., Rows]) -> Path:
        rows = make(IDS[ids])
        path = tmp_path / f"{make.__name__}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows({name: text(value) for name, value in row.items()} for row in rows)
        return path

    # A CSV file has no booleans: their texts are what `when` compares.
    rules = RULES_TEXT.replace("active = true", 'active = "True"')
    tables = [file(make) for make in TABLES]
    made = courtesy.plan(*tables[:2], courtesy.Rules.loads(rules), *tables[2:], start="2026-09-01", days=120)
    assert plain(made) == expected


@pytest.mark.parametrize("form", ["pandas", "pyarrow", "polars", "DuckDB"])
def test_naive_timestamps_are_in_the_zone_that_is_given(ids: str, expected: Rows, form: str) -> None:
    def in_tokyo(make: Callable[..., Rows]) -> Rows:
        rows = make(IDS[ids])
        for row in rows:
            if "at" in row:
                row["at"] = courtesy.to_local(row["at"], "Asia/Tokyo")
        return rows

    tables = [FORMS[form](in_tokyo(make)) for make in TABLES]
    assert plain(planned(*tables, zone="Asia/Tokyo")) == expected
    with pytest.raises(courtesy.DataError, match=r"events, row 0, column 'at': the timestamp has no zone"):
        planned(*[FORMS[form](in_tokyo(make)) for make in TABLES])


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_naive_timestamps_of_every_unit(ids: str, expected: Rows, unit: str) -> None:
    tables = [timestamps(unit, "")(make(IDS[ids])) if make is events else make(IDS[ids]) for make in TABLES]
    tables = [cast_naive(table, unit) if isinstance(table, pyarrow.Table) else table for table in tables]
    assert plain(planned(*tables, zone="UTC")) == expected


def cast_naive(table: pyarrow.Table, unit: str) -> pyarrow.Table:
    number = table.schema.get_field_index("at")
    return table.set_column(number, "at", table.column(number).cast(pyarrow.timestamp(unit)))


@pytest.mark.parametrize("form", [form for form in FORMS if "rows" not in form and "generator" not in form])
def test_tables_without_rows_give_a_plan_without_rows(form: str) -> None:
    schemas = [arrow(make(IDS["integers"])).schema for make in TABLES]
    empty = [schema.empty_table() for schema in schemas]
    tables = {
        "polars": [polars.from_arrow(table) for table in empty],
        "pandas": [table.to_pandas() for table in empty],
        "DuckDB": [duckdb.connect().from_arrow(table) for table in empty],
        "columns": [{name: [] for name in table.column_names} for table in empty],
    }.get(form, empty)
    with pytest.warns(courtesy.RuleWarning, match="from events, and there are none"):
        assert len(planned(*tables)) == 0


def test_events_without_ids_get_the_same_ids_in_every_form() -> None:
    def bare(make: Callable[..., Rows]) -> Rows:
        rows = make(IDS["texts"])
        return [{name: cell for name, cell in row.items() if name != "id"} for row in rows] if make is events else rows

    def found(form: Callable[[Rows], Any]) -> set[tuple[str, str]]:
        plan = planned(*(form(bare(make)) for make in TABLES))
        return {(row.key, row.event or "") for row in plan}

    expected = found(list)
    for name in ("columns", "pandas", "polars", "pyarrow", "dictionaries", "timestamps in nanoseconds", "DuckDB"):
        assert found(FORMS[name]) == expected, name


def event_and_key(at: Any, customer_zone: str) -> tuple[str | None, str]:
    rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
    bought = [{"customer": 7, "kind": "purchase", "at": at}]
    (row,) = courtesy.plan([{"id": 7, "zone": customer_zone}], bought, rules, start="2026-08-31", days=7)
    return row.event, row.key


DATE = dt.date(2026, 9, 1)
MIDNIGHT = dt.datetime(2026, 9, 1, tzinfo=dt.timezone.utc)


@pytest.mark.parametrize("at", [DATE, MIDNIGHT], ids=["date", "instant"])
def test_an_event_without_an_id_stays_the_same_when_the_customer_moves(at: Any) -> None:
    assert len({event_and_key(at, zone) for zone in ("UTC", "Europe/London", "Asia/Tokyo", "-08:00")}) == 1


def test_a_date_and_its_midnight_are_two_events() -> None:
    assert event_and_key(DATE, "UTC") != event_and_key(MIDNIGHT, "UTC")


def test_one_instant_written_in_two_ways_is_one_event() -> None:
    assert event_and_key(MIDNIGHT, "UTC") == event_and_key("2026-09-01T02:00+02:00", "UTC")


def test_integers_and_texts_are_the_same_ids() -> None:
    number = [{"customer": 7, "kind": "purchase", "at": "2026-09-01"}]
    text = [{"customer": "7", "kind": "purchase", "at": "2026-09-01"}]
    rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
    plans = [
        courtesy.plan([{"id": who}], bought, rules, start="2026-09-01", days=7)
        for who in (7, "7")
        for bought in (number, text)
    ]
    assert [row.customer for plan in plans for row in plan] == [7, 7, "7", "7"]
    assert len({row.key for plan in plans for row in plan}) == 1


def test_input_is_left_as_it_was() -> None:
    frame = pandas.DataFrame(customers(IDS["integers"])).set_index("id")
    before = frame.copy(deep=True)
    rows = events(IDS["integers"])
    planned(frame, rows, assets(IDS["integers"]))
    pandas.testing.assert_frame_equal(frame, before)
    assert rows == events(IDS["integers"])


def test_an_events_number_and_a_reminders_key_stand_in_one_column_of_refs() -> None:
    rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])
    events = [
        {"id": 10, "customer": 1, "kind": "purchase", "at": "2026-12-01"},
        {"id": 11, "customer": 1, "kind": "review", "at": "2026-12-02", "ref": 10},
    ]
    plan = courtesy.plan([{"id": 1}], events, rules, start="2026-12-01", days=7)
    sent = [{"id": 12 + number, **event} for number, event in enumerate(plan.contacts())]
    again = courtesy.plan([{"id": 1}], events + sent, rules, start="2026-12-01", days=7)
    assert [reminder.reason for reminder in again] == ["sent"]
