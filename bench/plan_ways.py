"""The ways to do the job that are measured, ours and the others', each with its input in the form that suits it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

import courtesy
import plan_others as others
from courtesy import _core
from plan_job import OCCASIONS, RULES, SHOP_ZONE, Job, Window
from plan_others import Answer

SAMPLE = 2_000  # customers for the ways that go row by row


class Way(NamedTuple):
    name: str
    make: Callable[[Job], Any]  # the input, before the clock starts
    run: Callable[[Any], Any]
    answer: Callable[[Any], Answer]
    sample: int | None = None  # measured on so many customers alone
    aim: int | None = None  # how many times faster courtesy wants to be


@functools.cache
def rules() -> courtesy.Rules:
    return courtesy.Rules.loads(RULES)


def build(job: Job) -> _core.CustomerBase:
    """The customer base of a job, from its Arrow tables."""
    customers, events = job.tables()
    return build_from(customers, events)


def build_from(customers: pa.Table, events: pa.Table) -> _core.CustomerBase:
    return _core.build_base(
        _core.Table.from_stream("customers", customers),
        _core.Table.from_stream("events", events),
        None, SHOP_ZONE, None, False,
    )  # fmt: skip


def plan_over(base: _core.CustomerBase, window: Window, threads: int = 1) -> _core.Plan:
    return _core.plan(base, rules()._core, *window.bounds, True, threads)


def plan_tables(tables: tuple[pa.Table, pa.Table], window: Window) -> courtesy.Plan:
    customers, events = tables
    return courtesy.plan(customers, events, rules(), start=window.start, days=window.days, threads=1)


def courtesy_answer(plan: courtesy.Plan | _core.Plan) -> Answer:
    """Customers by row: ids are row numbers, or texts that end in them."""
    if isinstance(plan, _core.Plan):
        plan = courtesy.Plan(plan, rules())
    made = plan.planned.to_arrow()
    customer = np.array([int(str(name).removeprefix("c-")) for name in made["customer"].to_pylist()], dtype=np.int64)
    numbers = {name: number for number, name in enumerate(OCCASIONS)}
    occasion = np.array([numbers[name] for name in made["occasion"].to_pylist()], dtype=np.int64)
    return Answer(customer, occasion, made["due"].cast(pa.int64()).to_numpy())


def ways(window: Window) -> list[Way]:
    """Ours first: over a built base, then from tables."""

    def same(answer: Answer) -> Answer:
        return answer

    def by(run: Callable[[Any, Window], Any]) -> Callable[[Any], Any]:
        return lambda given: run(given, window)

    pandas_answer = others.pandas_answer
    return [
        Way("courtesy, over a built base", build, by(plan_over), courtesy_answer),
        Way("courtesy, from Arrow tables", Job.tables, by(plan_tables), courtesy_answer),
        Way("courtesy, from a journal", Job.journal, by(plan_tables), courtesy_answer),
        Way("pandas, localised by zone", others.pandas_dates, by(others.pandas_by_zone), pandas_answer, aim=20),
        Way("pandas, window tables", others.pandas_dates, by(others.pandas_from_dates), pandas_answer),
        Way("pandas, civil columns kept", others.pandas_civil, by(others.pandas_from_civil), pandas_answer),
        Way("NumPy, window tables", same_job, by(others.numpy_from_dates), same, aim=5),
        Way("NumPy, civil columns kept", others.numpy_civil, by(others.numpy_from_civil), same),
        Way("dateutil and zoneinfo", others.dateutil_rows, by(others.with_dateutil), same, sample=SAMPLE, aim=800),
    ]


def same_job(job: Job) -> Job:
    return job
