"""Forecasts of real odometers: better than three simple ones at every distance; the interval keeps its word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[3] / "bench"
sys.path.insert(0, str(BENCH))

import meter_bench  # noqa: E402

pytestmark = pytest.mark.skipif(not meter_bench.DATA.exists(), reason="the odometers of the buses are not there")


@pytest.fixture(scope="module")
def buses() -> list[meter_bench.Readings]:
    return list(meter_bench.buses().values())


@pytest.fixture(scope="module")
def scores(buses: list[meter_bench.Readings]) -> dict[int, meter_bench.Score]:
    return meter_bench.scores(buses)


@pytest.mark.parametrize("ahead", meter_bench.AHEAD)
@pytest.mark.parametrize("baseline", meter_bench.BASELINES)
def test_it_misses_by_less(scores: dict[int, meter_bench.Score], ahead: int, baseline: str) -> None:
    errors = scores[ahead].errors()
    assert errors[meter_bench.OURS] < errors[baseline]


@pytest.mark.parametrize("ahead", meter_bench.AHEAD)
def test_the_interval_holds_8_of_10(scores: dict[int, meter_bench.Score], ahead: int) -> None:
    assert len(scores[ahead].held) > 2_000
    assert 0.75 <= scores[ahead].cover <= 0.85


@pytest.mark.parametrize("half", [0, 1])
def test_it_does_so_for_either_half_of_the_buses(buses: list[meter_bench.Readings], half: int) -> None:
    for score in meter_bench.scores(buses[half::2]).values():
        errors = score.errors()
        assert errors[meter_bench.OURS] == min(errors.values())
        assert 0.75 <= score.cover <= 0.85
