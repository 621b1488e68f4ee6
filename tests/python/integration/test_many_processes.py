"""Eight processes that take in, refresh, claim and answer on one file: no error, no double, and a fair turn for each.

For a minute, or for as many seconds as COURTESY_CROWD_SECONDS says. crowd.py is what they do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SECONDS = float(os.environ.get("COURTESY_CROWD_SECONDS", "60"))
SCRIPT = Path(__file__).with_name("crowd.py")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("crowd")
    command = [sys.executable, str(SCRIPT), str(folder), f"--seconds={SECONDS}"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    # None of them saw an error, "database is locked" least of all.
    assert said.returncode == 0, said.stderr
    result: dict[str, Any] = json.loads(said.stdout)
    return result


def test_what_they_did_is_in_the_file_once_each(told: dict[str, Any]) -> None:
    assert told["lost"] == []
    assert told["twice"] == []
    assert told["unlike"] == []
    assert told["done"] > 100 * SECONDS
    assert told["faults"] == []


def test_the_slowest_comes_to_its_turn_a_third_as_often_as_the_fastest(told: dict[str, Any]) -> None:
    assert min(told["turns"]) * 3 >= max(told["turns"]), told["turns"]


def test_99_of_100_claims_take_less_than_50_ms(told: dict[str, Any]) -> None:
    assert told["p99_ms"] < 50, told


def test_the_wal_stays_below_64_mib(told: dict[str, Any]) -> None:
    assert told["wal_mib"] < 64
