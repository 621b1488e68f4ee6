"""The tables of a store: what goes in, and what can be taken out."""

from __future__ import annotations

import os
import uuid
import warnings
from typing import TYPE_CHECKING, Any

from courtesy import _core
from courtesy.arrow_table import ArrowTable
from courtesy.csv_out import write_csv
from courtesy.errors import DataWarning
from courtesy.inputs import Unknown, check_unknown, customer_id
from courtesy.tables import TableInput, to_table
from courtesy.taken import Taken
from courtesy.tombstones import erased_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from courtesy.store import Store

    _Answer = tuple[list[int], list[str]]
    _Erased = Callable[[str, list[str]], list[str]]

__all__ = ["AssetsTable", "CustomersTable", "EventsTable", "StoreTable"]


class StoreTable(ArrowTable):
    """A table of a store, as it is at each call.

    ``len(table)`` is its number of rows. It is read whole by ``to_arrow``, ``to_pandas``, ``to_polars``,
    ``to_csv`` and whatever else takes ``__arrow_c_stream__``.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name

    def __len__(self) -> int:
        return self._store._open.counts()[self._name]

    def _table(self) -> _core.OutTable:
        return self._store._open.table(self._name)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow C stream in a capsule, in its own schema whatever schema is asked for.

        See https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html.
        """
        return self._table().stream()

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Writes the table as a CSV file, which is there whole or not at all and is its owner's alone to read.

        It is UTF-8 with a header line; dates and instants are ISO 8601. Raises OSError where it cannot be written.
        """
        write_csv(self._table(), path)

    def __repr__(self) -> str:
        return f"<Table {self._name} of {self._store!r}>"

    def __reduce__(self) -> Any:
        raise TypeError("a table of a store cannot be pickled; take it out with to_arrow(), to_pandas() or to_csv()")


class CustomersTable(StoreTable):
    """The customers of a store."""

    def upsert(self, customers: TableInput, zone: str | None = None) -> Taken:
        """Adds customers, and sets the cells of those that are known by their ``id``.

        ``customers`` is what ``courtesy.plan`` takes (docs/tables.md). Columns that are given are set, to nothing too;
        columns that are not given keep their cells. ``zone`` is the zone of timestamps that carry none. All of it is
        taken, or, where an error is raised, nothing.

        Raises DataError that names table, row and column. Warns with DataWarning; of rows of erased customers too,
        which are left out.

        >>> import courtesy, tempfile
        >>> rules = courtesy.Rules([{"name": "birthday", "yearly": "birthday"}])
        >>> with tempfile.TemporaryDirectory() as folder, courtesy.open(folder + "/shop.db", rules) as store:
        ...     store.customers.upsert([{"id": 17, "name": "Ada", "tier": "gold"}])
        ...     store.customers.upsert([{"id": 17, "tier": None}, {"id": 18, "tier": "silver"}])
        ...     store.customers.get(17)
        Taken(added=1, changed=0, unchanged=0, left_out=0, erased=0)
        Taken(added=1, changed=1, unchanged=0, left_out=0, erased=0)
        {'id': '17', 'name': 'Ada', 'tier': None}
        """
        table = to_table(customers, "customers")
        return _take(
            self._store,
            table,
            ["id"],
            lambda core, erased: core.upsert_customers(table, self._store._zone, zone, erased),
        )

    def get(self, customer: int | str | uuid.UUID) -> dict[str, Any]:
        """A customer's row: cells by column, as texts; None is an empty one.

        Raises MissingError where there is no such customer.
        """
        return self._store._open.customer(customer_id(customer))


class AssetsTable(StoreTable):
    """What the customers of a store own."""

    def upsert(self, assets: TableInput, zone: str | None = None) -> Taken:
        """Adds assets, and sets the cells of those that are known by their ``id``, as ``customers.upsert`` does.

        Raises DataError also for an asset of an unknown customer.
        """
        table = to_table(assets, "assets")
        return _take(
            self._store,
            table,
            ["customer"],
            lambda core, erased: core.upsert_assets(table, self._store._zone, zone, erased),
        )


class EventsTable(StoreTable):
    """What happened to the customers of a store. It only grows: a correction is an event of its own."""

    def append(self, events: TableInput, zone: str | None = None, unknown: Unknown = "error") -> Taken:
        """Adds events. What is there already, with the same content, is left as it is and counts as unchanged.

        ``events`` is what ``courtesy.plan`` takes (docs/tables.md). Events without an id are known again by their
        content. ``zone`` is the zone of timestamps that carry none. Events of unknown customers are an error, or left
        out and counted with ``unknown="skip"``. All of it is taken, or, where an error is raised, nothing.

        Raises DataError that names table, row and column, also where an id is known with another content. Warns with
        DataWarning; of rows of erased customers too, which are left out.
        """
        check_unknown(unknown)
        table = to_table(events, "events")
        store = self._store
        now = store._now(None)
        return _take(
            store,
            table,
            ["customer", "ref", "topic"],
            lambda core, erased: core.append_events(table, store._zone, zone, unknown == "skip", now, erased),
        )


def _take(
    store: Store, table: _core.Table, columns: Iterable[str], take: Callable[[_core.Store, _Erased], _Answer]
) -> Taken:
    """``columns``: those in which customers are named."""

    def erased(key: str, hashes: list[str]) -> list[str]:
        # Asked only in a store from which somebody was erased.
        return erased_ids({text for column in columns for text in table.ids(column)}, key, hashes)

    numbers, messages = take(store._open, erased)
    for message in messages:
        # On behalf of the caller of upsert() or append().
        warnings.warn(message, DataWarning, stacklevel=3)
    return Taken(*numbers)
