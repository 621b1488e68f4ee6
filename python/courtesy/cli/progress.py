"""Progress of long work, on standard error where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

__all__ = ["Step", "progress"]

Step = Callable[..., None]
"""Told what is being done now, how much is ``done`` and how much that is in ``total``."""


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Step]:
    """A bar that a call of what it yields moves; without a ``total`` it only shows that something is being done."""
    if not sys.stderr.isatty():
        yield lambda *_, **__: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def step(stage: str = "", done: int | None = None, total: int | None = None) -> None:
            bar.update(task, description=f"{what}: {stage}" if stage else what, completed=done, total=total)

        yield step
