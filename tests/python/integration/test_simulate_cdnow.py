"""What is simulated from a year of real purchases, beside the purchases of the half-year that followed.

The data are no part of the project; where they are absent the test skips and says where they were looked for.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import polars
import pytest

import courtesy

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("COURTESY_SHARED_DATA", ROOT.parent / "shared" / "data")) / "cdnow" / "CDNOW_master.txt"
START, END = dt.date(1998, 1, 1), dt.date(1998, 7, 1)


@pytest.mark.skipif(not DATA.is_file(), reason=f"the CDNOW data set is not at {DATA}")
def test_a_half_year_of_purchases_is_foreseen_within_a_tenth() -> None:
    rows = [line.split() for line in DATA.read_text(encoding="ascii").splitlines()]
    purchases = polars.DataFrame(
        [
            {
                "customer": row[0],
                "kind": "purchase",
                "at": dt.date(int(row[1][:4]), int(row[1][4:6]), int(row[1][6:])),
                "value": float(row[3]),
            }
            for row in rows
            if len(row) == 4 and row[1].isdigit()
        ]
    ).unique()
    happened = purchases.filter(polars.col("at").is_between(START, END, closed="left"))
    made = courtesy.simulate(
        purchases.select(polars.col("customer").alias("id")).unique(),
        purchases.filter(polars.col("at") < START),
        courtesy.Rules([{"name": "thanks", "on": "purchase", "after": "1 day", "channels": ["letter"]}]),
        start=START,
        days=(END - START).days,
        seed=1,
    )
    simulated = made.outcomes.to_polars()
    visits, real_visits = (table.select("customer", "at").n_unique() for table in (simulated, happened))
    assert visits == pytest.approx(real_visits, rel=0.1)
    assert simulated["value"].sum() == pytest.approx(happened["value"].sum(), rel=0.1)
