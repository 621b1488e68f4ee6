"""What the bench compares must be the same job: every way to do it gives the same reminders.

dateutil and zoneinfo go customer by customer with plain date objects, so they are the ones to trust; pandas and NumPy
work on columns. The windows are those that catch mistakes: clocks change in some zones and not in others, 29 February
in years that have none and in one that has, and the turn of the year.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).resolve().parents[3] / "bench"
sys.path.insert(0, str(BENCH))

import plan_bench  # noqa: E402
import plan_job  # noqa: E402
import plan_memory  # noqa: E402
import plan_others  # noqa: E402
import plan_ways  # noqa: E402

CUSTOMERS = 2_000
LEAP_DAY_PEOPLE = 40

WINDOWS = {
    "the window that is measured": plan_job.Window(),
    "the turn of the year": plan_job.Window(dt.date(2026, 12, 24), 14),
    "29 February falls on the 28th": plan_job.Window(dt.date(2027, 2, 20), 14),
    "a leap year": plan_job.Window(dt.date(2028, 2, 20), 14),
    "clocks go forward in the north, back in the south": plan_job.Window(dt.date(2027, 3, 10), 40),
    "clocks go back in the north, forward in the south": plan_job.Window(dt.date(2026, 9, 20), 50),
}


def job_of(window: plan_job.Window) -> plan_job.Job:
    job = plan_job.make_job(CUSTOMERS, window)
    job.birthday[:LEAP_DAY_PEOPLE] = plan_job.number(dt.date(1984, 2, 29))
    job.purchase[: LEAP_DAY_PEOPLE // 2] = plan_job.number(dt.date(2024, 2, 29))
    return job


def rows(answer: plan_others.Answer) -> list[tuple[int, int, int]]:
    return sorted(zip(*(column.tolist() for column in answer), strict=True))


@pytest.fixture(scope="module", params=WINDOWS.values(), ids=WINDOWS)
def window(request: pytest.FixtureRequest) -> plan_job.Window:
    return request.param


@pytest.fixture(scope="module")
def expected(window: plan_job.Window) -> list[tuple[int, int, int]]:
    return rows(plan_others.with_dateutil(plan_others.dateutil_rows(job_of(window)), window))


def test_every_occasion_has_reminders_to_compare(expected: list[tuple[int, int, int]]) -> None:
    counts = np.bincount([occasion for _, occasion, _ in expected], minlength=len(plan_job.OCCASIONS))
    assert all(counts >= 10), dict(zip(plan_job.OCCASIONS, counts.tolist(), strict=True))


def test_people_born_on_29_february_are_among_them() -> None:
    for year, day in ((2027, 28), (2028, 29)):
        window = plan_job.Window(dt.date(year, 2, 20), 14)
        found = plan_others.with_dateutil(plan_others.dateutil_rows(job_of(window)), window)
        of_leap_day = (found.customer < LEAP_DAY_PEOPLE) & (found.occasion == plan_others.BIRTHDAY)
        utc_days = {dt.datetime.fromtimestamp(due // 1_000_000, dt.timezone.utc).day for due in found.due[of_leap_day]}
        # 09:00 in Auckland and Sydney is the evening before in UTC.
        assert utc_days == {day - 1, day}


@pytest.mark.parametrize("name", [way.name for way in plan_ways.ways(plan_job.Window())])
def test_each_way_gives_what_dateutil_gives(
    name: str, window: plan_job.Window, expected: list[tuple[int, int, int]]
) -> None:
    way = next(way for way in plan_ways.ways(window) if way.name == name)
    assert rows(way.answer(way.run(way.make(job_of(window))))) == expected


def test_two_threads_give_the_same(window: plan_job.Window, expected: list[tuple[int, int, int]]) -> None:
    base = plan_ways.build(job_of(window))
    assert rows(plan_ways.courtesy_answer(plan_ways.plan_over(base, window, threads=2))) == expected


def test_the_bench_runs_and_says_what_it_compared() -> None:
    script = [sys.executable, str(BENCH / "plan_bench.py"), f"--customers={CUSTOMERS}", "--rounds=1", "--no-memory"]
    said = subprocess.run(script, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "all ways agree on them" in said.stdout
    for way in plan_ways.ways(plan_job.Window()):
        assert way.name in said.stdout


@pytest.mark.skipif(not plan_memory.CAN_MEASURE, reason="this kernel keeps no high-water mark that can be set back")
def test_memory_beyond_the_input_covers_the_result() -> None:
    script = [sys.executable, str(BENCH / "plan_memory.py"), "NumPy, civil columns kept", "200000"]
    said = subprocess.run(script, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    # The result alone takes 17 bytes for each of some 0.3 reminders a customer; the input, which must not count, 14.
    assert 0.3 * 17 < float(said.stdout) < 100


def test_ways_that_differ_stop_the_bench() -> None:
    window = plan_job.Window()
    job = job_of(window)
    right, *_ = plan_ways.ways(window)
    wrong = right._replace(name="one hour late", answer=lambda plan: _an_hour_later(right.answer(plan)))
    given = [right.make(job)] * 2
    with pytest.raises(SystemExit, match="one hour late disagrees with courtesy, over a built base: customer"):
        plan_bench.compare(job, [right, wrong], given)


def _an_hour_later(answer: plan_others.Answer) -> plan_others.Answer:
    return answer._replace(due=answer.due + 3_600_000_000)
