"""Property tests draw the same examples each time, however slow the machine is, and know the plain model."""

from __future__ import annotations

import sys
from pathlib import Path

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plain"))
from plain_stories import Tell, Told, text
from planners import PLANNERS, Case, Planner, by_core, by_model

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(params=[by_model, by_core])
def tell(request: pytest.FixtureRequest) -> Tell:
    """What the rows of a story's plan say in some columns: of the plain model's, and of the core's."""

    def told(case: Case, *columns: str) -> Told:
        rows = request.param(case)
        return [tuple(text(getattr(row, name)) for name in columns or ("reason", "due")) for row in rows]

    return told


@pytest.fixture(scope="module", params=PLANNERS)
def planner(request: pytest.FixtureRequest) -> Planner:
    """The core, and the model."""
    return PLANNERS[request.param]
