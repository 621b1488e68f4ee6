"""The tables of a store: what is taken in, what is left as it is, and what comes out again."""

from __future__ import annotations

import csv
import datetime as dt
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest
from shop import START, UTC, Shop, purchase

import courtesy

DAY = START.date()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    made.store.close()


def numbers(taken: Any) -> dict[str, int]:
    """Those that are not 0."""
    named = {name: getattr(taken, name) for name in ("added", "changed", "unchanged", "left_out", "erased")}
    return {name: number for name, number in named.items() if number}


# --- customers and assets


def test_customers_are_added_and_changed_by_their_id(shop: Shop) -> None:
    customers = shop.store.customers
    assert numbers(customers.upsert([{"id": 1, "name": "Ada"}, {"id": 2, "name": "Ben"}])) == {"added": 2}
    assert numbers(customers.upsert([{"id": 2, "name": "Bea"}, {"id": 3, "name": "Cyd"}])) == {"added": 1, "changed": 1}
    assert numbers(customers.upsert([{"id": 1, "name": "Ada"}])) == {"unchanged": 1}
    assert len(customers) == 3
    assert customers.get(2)["name"] == "Bea"


def test_columns_that_are_not_given_keep_their_cells_and_given_ones_are_set_to_nothing_too(shop: Shop) -> None:
    customers = shop.store.customers
    customers.upsert([{"id": 1, "name": "Ada", "email": "a@example.org", "tier": "gold"}])
    assert numbers(customers.upsert([{"id": 1, "email": None}])) == {"changed": 1}
    row = customers.get(1)
    assert (row["name"], row["email"], row["tier"]) == ("Ada", None, "gold")


def test_a_customer_is_found_by_the_number_and_by_its_text(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 17, "name": "Ada"}])
    assert shop.store.customers.get(17) == shop.store.customers.get("17")
    assert numbers(shop.store.customers.upsert([{"id": "17", "name": "Ada"}])) == {"unchanged": 1}
    assert len(shop.store.customers) == 1


def test_ids_come_back_as_they_were_given(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 17}])
    shop.store.events.append([purchase("17", DAY)])
    shop.store.refresh()
    assert [row["customer"] for row in shop.rows()] == [17]
    assert shop.store.customers.to_arrow()["id"].to_pylist() == [17]


@pytest.mark.parametrize("who", [99, "nobody"])
def test_there_is_no_row_of_an_unknown_customer(shop: Shop, who: int | str) -> None:
    with pytest.raises(courtesy.MissingError):
        shop.store.customers.get(who)
    with pytest.raises(courtesy.MissingError):
        shop.store.history(who)


def test_assets_are_added_and_changed_by_their_id(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 1}])
    assert numbers(shop.store.assets.upsert([{"id": "v-1", "customer": 1, "kind": "car"}])) == {"added": 1}
    assert numbers(shop.store.assets.upsert([{"id": "v-1", "customer": 1, "kind": "van"}])) == {"changed": 1}
    with pytest.raises(courtesy.DataError) as caught:
        shop.store.assets.upsert([{"id": "v-2", "customer": 1}, {"id": "v-3", "customer": 9}])
    assert (caught.value.table, caught.value.row, caught.value.column) == ("assets", 1, "customer")
    assert len(shop.store.assets) == 1


# --- events


def test_events_are_taken_once(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 1}])
    events = [purchase(1, DAY), purchase(1, DAY, id="e-1", value=12.5)]
    assert numbers(shop.store.events.append(events)) == {"added": 2}
    assert numbers(shop.store.events.append(events)) == {"unchanged": 2}
    assert len(shop.store.events) == 2


def test_an_event_never_changes(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 1}])
    shop.store.events.append([purchase(1, DAY, id="e-1", value=12.5)])
    with pytest.raises(courtesy.DataError, match="correction is an event of its own") as caught:
        shop.store.events.append([purchase(1, DAY, id="e-0", value=1), purchase(1, DAY, id="e-1", value=13)])
    assert (caught.value.table, caught.value.row) == ("events", 1)
    assert len(shop.store.events) == 1


def test_events_of_unknown_customers_are_left_out_where_that_is_wanted(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 1}])
    events = [purchase(1, DAY), purchase(9, DAY), purchase(8, DAY)]
    with pytest.raises(courtesy.DataError, match="customer"):
        shop.store.events.append(events)
    assert len(shop.store.events) == 0
    with pytest.warns(courtesy.DataWarning, match="2 of unknown customers left out"):
        assert numbers(shop.store.events.append(events, unknown="skip")) == {"added": 1, "left_out": 2}
    with pytest.raises(ValueError, match=r'^unknown: expected "error" or "skip", found \'ignore\'$'):
        shop.store.events.append(events, unknown="ignore")  # type: ignore[arg-type]


def test_a_timestamp_without_a_zone_needs_one(shop: Shop) -> None:
    shop.store.customers.upsert([{"id": 1}])
    naive = [purchase(1, dt.datetime(2026, 12, 1, 9, 30))]  # noqa: DTZ001 - what is refused
    with pytest.raises(courtesy.DataError, match="zone"):
        shop.store.events.append(naive)
    shop.store.events.append(naive, zone="Europe/Lisbon")
    assert len(shop.store.events) == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"id": 3, "zone": "Europe/Nowhere"},
        {"id": 1, "name": "twice"},
        {"id": None},
        {"id": 3, "status": "gone"},
    ],
    ids=["zone", "twice", "no id", "status"],
)
def test_a_table_with_a_wrong_row_is_not_taken_at_all(shop: Shop, bad: dict[str, Any]) -> None:
    with pytest.raises(courtesy.DataError) as caught:
        shop.store.customers.upsert([{"id": 1}, {"id": 2}, bad])
    assert (caught.value.table, caught.value.row) == ("customers", 2)
    assert len(shop.store.customers) == 0
    # And the store goes on.
    assert numbers(shop.store.customers.upsert([{"id": 1}])) == {"added": 1}


def test_warnings_point_at_the_caller(shop: Shop) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        shop.store.customers.upsert([{"id": 1, "birthdy": "1980-01-01"}])
    assert [(warning.category, warning.filename) for warning in caught] == [(courtesy.DataWarning, __file__)]


# --- every form of table

FORMS = {
    "dicts": lambda rows, _: rows,
    "columns": lambda rows, _: {name: [row[name] for row in rows] for name in rows[0]},
    "pandas": lambda rows, _: pandas.DataFrame(rows),
    "polars": lambda rows, _: polars.DataFrame(rows),
    "pyarrow": lambda rows, _: pyarrow.Table.from_pylist(rows),
}


@pytest.mark.parametrize("form", FORMS)
def test_it_takes_what_a_plan_takes(shop: Shop, tmp_path: Path, form: str) -> None:
    make = FORMS[form]
    shop.store.customers.upsert(make([{"id": 1, "name": "Ada"}, {"id": 2, "name": "Ben"}], tmp_path))
    at = dt.datetime(2026, 12, 1, 9, tzinfo=UTC)
    events = [purchase(1, at, value=10.0), purchase(2, at, value=12.5)]
    assert numbers(shop.store.events.append(make(events, tmp_path))) == {"added": 2}
    # It is the same in any form.
    assert numbers(shop.store.events.append(events)) == {"unchanged": 2}


# --- out again


@pytest.fixture
def full(shop: Shop) -> Shop:
    shop.store.customers.upsert(
        [
            {"id": 1, "name": 'Ada "the first", née Üst', "birthday": dt.date(1980, 2, 29), "tags": ["a", "b"]},
            {"id": 2, "name": None, "birthday": None, "tags": None},
        ]
    )
    shop.store.assets.upsert([{"id": "v-1", "customer": 1, "kind": "car", "since": dt.date(2020, 1, 2)}])
    shop.store.events.append([purchase(1, DAY, value=12.5, asset="v-1"), purchase(2, START, note="two\nlines")])
    shop.store.refresh()
    shop.store.skip(shop.rows()[0]["key"])
    return shop


@pytest.mark.parametrize("name", ["customers", "assets", "events", "outbox", "audit"])
def test_each_table_is_taken_out_in_every_form(full: Shop, tmp_path: Path, name: str) -> None:
    table = getattr(full.store, name)
    arrow = table.to_arrow()
    assert len(table) == arrow.num_rows > 0
    assert pyarrow.table(table) == arrow
    assert len(table.to_pandas()) == len(table)
    assert table.to_polars().columns == arrow.column_names
    table.to_csv(tmp_path / "table.csv")
    assert stat.S_IMODE((tmp_path / "table.csv").stat().st_mode) == 0o600
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == arrow.column_names
    assert len(rows) == len(table)
    assert sorted(path.name for path in tmp_path.iterdir() if "partial" in path.name) == []


def test_what_was_written_as_csv_is_read_again_as_it_was(full: Shop, tmp_path: Path) -> None:
    for name in ("customers", "assets", "events"):
        getattr(full.store, name).to_csv(tmp_path / f"{name}.csv")
    store = full.store
    assert numbers(store.customers.upsert(tmp_path / "customers.csv")) == {"unchanged": 2}
    assert numbers(store.assets.upsert(tmp_path / "assets.csv")) == {"unchanged": 1}
    assert numbers(store.events.append(tmp_path / "events.csv")) == {"unchanged": len(store.events)}
    with courtesy.open(tmp_path / "other.db", full.store.rules) as other:
        other.customers.upsert(tmp_path / "customers.csv")
        assert other.customers.get(1)["name"] == 'Ada "the first", née Üst'


def test_a_table_that_cannot_be_written_leaves_nothing(full: Shop, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        full.store.events.to_csv(tmp_path / "nowhere" / "events.csv")


def test_a_table_shows_its_name_and_no_rows(full: Shop) -> None:
    assert repr(full.store.customers) == f"<Table customers of <Store '{full.path}'>>"
