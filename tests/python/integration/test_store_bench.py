"""What the bench of the store compares must be the same work: both leave the same rows and the same audit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[3] / "bench"
sys.path.insert(0, str(BENCH))

import store_bench  # noqa: E402
import store_job  # noqa: E402

CUSTOMERS = 2_000


@pytest.fixture
def bench(tmp_path: Path) -> store_bench.Bench:
    bench = store_bench.Bench(tmp_path, CUSTOMERS, rounds=1)
    bench.prepare()
    return bench


def test_what_is_stored_and_sent_is_the_same(bench: store_bench.Bench) -> None:
    rows = store_job.kept(bench.planned)
    assert len(rows.outbox) == len(rows.owed) > CUSTOMERS / 5
    bench.compare(rows)


def test_rows_that_differ_stop_the_bench(bench: store_bench.Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = store_job.kept(bench.planned)
    monkeypatch.setattr(store_job.Plain, "done", lambda plain, rows, now: None)
    with pytest.raises(SystemExit, match=r"rows differ: .* by hand"):
        bench.compare(rows)


def test_the_bench_runs_and_says_what_it_compared() -> None:
    script = [sys.executable, str(BENCH / "store_bench.py"), f"--customers={CUSTOMERS}", "--rounds=1"]
    said = subprocess.run(script, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "both have stored, claimed and answered the same" in said.stdout
    for word in ("NORMAL", "FULL", "singly", "in batches of 100", "1,000 of them changed"):
        assert word in said.stdout
