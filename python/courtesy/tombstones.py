"""Who was erased from a store: known again by a keyed hash of the id, which tells nobody else who it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

__all__ = ["erased_ids", "tombstone"]


def tombstone(key: str, customer: int | str) -> str:
    """The hash that stands for a customer who was erased from the store that has this key, both in hex."""
    return hashlib.blake2b(str(customer).encode(), key=bytes.fromhex(key), digest_size=16).hexdigest()


def erased_ids(ids: Iterable[str], key: str, tombstones: Sequence[str]) -> list[str]:
    """Those of the ids for which a tombstone stands."""
    known = frozenset(tombstones)
    return [customer for customer in ids if tombstone(key, customer) in known]
