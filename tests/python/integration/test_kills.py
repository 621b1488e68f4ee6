"""Workers that die at any point lose nothing that was acknowledged, and send nothing twice.

1,000 of them are killed, 200 in a file; as many as COURTESY_KILLS says where it is set. kills.py tells how.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("COURTESY_KILLS", "1000"))
A_FILE = 200
SCRIPT = Path(__file__).with_name("kills.py")


@pytest.mark.parametrize("seed", range(1, -(-KILLS // A_FILE) + 1))
def test_killed_workers_lose_nothing_and_double_nothing(seed: int, tmp_path: Path) -> None:
    kills = min(A_FILE, KILLS - (seed - 1) * A_FILE)
    command = [sys.executable, str(SCRIPT), str(tmp_path), f"--kills={kills}", f"--seed={seed}"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    assert not told["wrong"], "\n".join(told["wrong"])
    assert told["kills"] >= kills
    # Something was at stake.
    assert told["bought"] > kills / 2
    assert told["done"] > kills


def test_a_line_that_a_kill_has_cut_harms_no_other(tmp_path: Path) -> None:
    log = runpy.run_path(str(SCRIPT))["Log"](tmp_path / "log")
    log.write("send", "k1", "email", "ada", "thank-you")
    os.write(log.file, b"\nsend k2 sms be")
    log.write("done", "k1")
    os.close(log.file)
    assert log.lines() == [["send", "k1", "email", "ada", "thank-you"], ["done", "k1"]]
