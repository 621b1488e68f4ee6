"""Other Python threads run while the core plans."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

import courtesy
from courtesy import _core
from courtesy.tables import to_table

DAY = 86_400_000_000
CUSTOMERS = 100_000
ATTEMPTS = 20


@pytest.fixture
def _only_who_lets_go_is_followed() -> Iterator[None]:
    """No thread gives up the interpreter because its time is over, only because it releases the lock."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_only_who_lets_go_is_followed")
def test_planning_releases_the_lock() -> None:
    rules = courtesy.Rules(
        [courtesy.Occasion(f"birthday-{n}", yearly="birthday", after=f"{n} days") for n in range(20)]
    )
    people = to_table({"id": list(range(CUSTOMERS)), "birthday": ["1980-12-05"] * CUSTOMERS}, "customers")
    base = _core.build_base(people, None, None, "UTC", None, False)

    def runs_meanwhile() -> bool:
        began = threading.Event()
        ended = []

        def work() -> None:
            began.set()
            _core.plan(base, rules._core, 20_500 * DAY, 21_000 * DAY, True, 1)
            ended.append(True)

        thread = threading.Thread(target=work)
        thread.start()
        began.wait()
        found = not ended
        thread.join()
        return found

    # The system may wake this thread only after the plan was made, but not each time.
    assert any(runs_meanwhile() for _ in range(ATTEMPTS))
