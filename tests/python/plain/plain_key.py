"""A reminder's key: 128 bits of five fields, each with its length before it."""

from __future__ import annotations

import struct
from typing import Any

import xxhash

NONE = struct.pack("<I", 2**32 - 1)


def key_of(customer: Any, asset: Any, occasion: str, cycle: str, step: str) -> str:
    fields = b""
    for value in (customer, asset, occasion, cycle, step):
        text = str(value).encode()
        fields += NONE if value is None else struct.pack("<I", len(text)) + text
    return xxhash.xxh3_128_hexdigest(fields)
