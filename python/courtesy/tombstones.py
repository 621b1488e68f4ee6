"""Who was erased from a store: known again by a keyed hash of the id, which tells nobody else who it was."""

from __future__ import annotations

import hashlib

from courtesy import _core

__all__ = ["Tombstones"]


class Tombstones:
    """The hashes that stand for the erased customers of a store. The key of the hash is the store's own."""

    def __init__(self, store: _core.Store) -> None:
        self._store = store
        self._hashes = frozenset(store.tombstones())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tombstones) and self._hashes == other._hashes

    __hash__ = None  # type: ignore[assignment]

    def ids_in(self, table: _core.Table, column: str) -> list[str]:
        """Those of the ids in a column of a table whose customers were erased."""
        if not self._hashes:
            return []
        key = self._key()
        return [customer for customer in table.ids(column) if _hash(key, customer) in self._hashes]

    def erase(self, customer: int | str) -> None:
        """Takes the customer out of the store and leaves a hash. Raises MissingError where there is none."""
        self._store.erase(customer, _hash(self._key(), str(customer)))

    def _key(self) -> bytes:
        return bytes.fromhex(self._store.tombstone_key())


def _hash(key: bytes, customer: str) -> str:
    return hashlib.blake2b(customer.encode(), key=key, digest_size=16).hexdigest()
