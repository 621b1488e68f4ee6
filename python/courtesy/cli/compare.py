"""courtesy compare: what new rules change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal

import click

from courtesy.cli.inputs import FILE, output_options, table_options, window_options
from courtesy.cli.output import Screen, friendly, write
from courtesy.cli.writers import WRITERS
from courtesy.compare import Comparison
from courtesy.compare import compare as compare_plans
from courtesy.plan import plan as make_plan
from courtesy.report import Report

__all__ = ["compare"]


@click.command(short_help="What new rules change.")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@table_options
@window_options
@click.option("--changes", is_flag=True, help="List every reminder that changes.")
@click.option("--explain", is_flag=True, help="List every reminder that changes, and why it was so and is so now.")
@output_options(
    *("table", "csv", "json", "parquet"), what="How to write it; but for the table it is the reminders that change."
)
def compare(
    old: Path,
    new: Path,
    customers: Path,
    events: Path | None,
    assets: Path | None,
    start: dt.date,
    days: int,
    zone: str | None,
    unknown: Literal["error", "skip"],
    changes: bool,
    explain: bool,
    form: str,
    output: Path | None,
) -> None:
    """Plans the coming days by the rule file OLD and by NEW, and says what changes between them."""
    with friendly():
        before, after = (
            make_plan(customers, events, rules, assets, start=start, days=days, zone=zone, unknown=unknown)
            for rules in (old, new)
        )
        comparison = compare_plans(before, after)
        if form == "table":
            _show(comparison, changes, explain, output)
        else:
            write(WRITERS[form](_changes(comparison, explain)), output)


def _show(comparison: Comparison, changes: bool, explain: bool, output: Path | None) -> None:
    screen = Screen(wide=output is not None)
    screen.report(comparison._summary)
    if (changes or explain) and len(comparison.changes):
        screen.line()
        if explain:
            _explain(screen, comparison)
        else:
            screen.report(comparison.changes)
    screen.finish(output)


def _explain(screen: Screen, comparison: Comparison) -> None:
    screen.line(comparison.changes.title, bold=True)
    for row, texts in enumerate(comparison.changes._texts()):
        screen.line(" · ".join(cell for cell in texts[:5] if cell))
        for name, sentence in _sentences(comparison, row).items():
            screen.line(f"{name.removeprefix('why_')}: {sentence or 'nothing'}", indent=4)


def _sentences(comparison: Comparison, row: int) -> dict[str, str | None]:
    decisions = zip(("why_before", "why_after"), comparison.explain(row), strict=True)
    return {name: None if decision is None else decision.sentence for name, decision in decisions}


def _changes(comparison: Comparison, explain: bool) -> Report:
    report = comparison.changes
    if not explain:
        return report
    sentences = [_sentences(comparison, row) for row in range(len(report))]
    columns: dict[str, list[Any]] = {name: report.column(name) for name in report.columns}
    columns |= {name: [each[name] for each in sentences] for name in ("why_before", "why_after")}
    return Report(report.title, columns, types=dict.fromkeys(("due_before", "due_after"), dt.datetime))
