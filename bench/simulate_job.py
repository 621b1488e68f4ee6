"""The shop whose year is simulated: three years of history, drawn from a seed.

Each customer has a vehicle that is serviced about once a year, with a reading of its odometer, buys something at a
pace of their own, books before some services, and now and then complains or is promised something.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

START = dt.date(2026, 12, 1)
RULES = Path(__file__).with_suffix(".toml").read_text()
_YEARS = 3
_DAY = 86_400


def _number(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def make_shop(customers: int, seed: int = 11) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Customers, events and assets as Arrow tables."""
    random = np.random.default_rng(seed)
    first, last = _number(START) - 365 * _YEARS, _number(START)
    rows: list[dict[str, Any]] = []

    def event(customer: int, kind: str, day: float, **cells: Any) -> str:
        name = f"e-{len(rows):08d}"
        moment = dt.datetime.fromtimestamp(
            int(day) * _DAY + 9 * 3600 + int(random.integers(0, 8 * 3600)), dt.timezone.utc
        )
        rows.append({"id": name, "customer": customer, "kind": kind, "at": moment, **cells})
        return name

    for customer in range(customers):
        vehicle = f"v-{customer:06d}"
        pace = float(random.gamma(4, 30))
        day = first + float(random.exponential(pace))
        while day < last:
            event(customer, "purchase", day, value=round(float(random.gamma(2, 60)), 2), unit="GBP")
            day += float(random.gamma(3, pace / 3))
        rate, odometer = float(random.gamma(6, 7)), float(random.integers(0, 60_000))
        day = first + float(random.uniform(0, 365))
        while day < last:
            if random.random() < 0.4:
                event(customer, "booking", day - 7, asset=vehicle)
            event(customer, "service", day, asset=vehicle)
            odometer += rate * 365
            event(customer, "reading", day, asset=vehicle, value=round(odometer), unit="km")
            day += float(random.normal(365, 30))
        for _ in range(random.poisson(0.15 * _YEARS)):
            day = float(random.uniform(first, last - 1))
            span = int(random.integers(3, 15))
            due = dt.date(1970, 1, 1) + dt.timedelta(days=int(day) + span)
            promise = event(customer, "promise", day, asset=vehicle, due=due)
            answered = day + max(1, float(random.normal(span - 1, 2)))
            if answered < last:
                event(customer, "kept", answered, asset=vehicle, ref=promise)
        for _ in range(random.poisson(0.05 * _YEARS)):
            day = float(random.uniform(first, last - 1))
            complaint = event(customer, "complaint", day, asset=vehicle)
            answered = day + float(random.gamma(2, 4))
            if answered < last:
                event(customer, "resolution", answered, asset=vehicle, ref=complaint)

    columns = ("id", "customer", "kind", "at", "asset", "value", "unit", "due", "ref")
    types = {"at": pa.timestamp("us", "UTC"), "due": pa.date32(), "value": pa.float64(), "customer": pa.int64()}
    cells = {name: pa.array([row.get(name) for row in rows], types.get(name, pa.string())) for name in columns}
    born = random.integers(_number(dt.date(1940, 1, 1)), _number(dt.date(2006, 1, 1)), customers)
    people = pa.table({"id": np.arange(customers), "birthday": pa.array(born.astype(np.int32), pa.date32())})
    vehicles = pa.table({"id": [f"v-{i:06d}" for i in range(customers)], "customer": np.arange(customers)})
    return people, pa.table(cells), vehicles
