"""Plans and reports as HTML tables, for notebooks and pages."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import minijinja

from courtesy.english import day_text
from courtesy.overview import together, totals

if TYPE_CHECKING:
    from courtesy.plan import Plan
    from courtesy.reminder import Reminder
    from courtesy.report import Report

__all__ = ["MOST_ROWS", "plan_html", "report_html"]

MOST_ROWS = 20

# The class stands twice, so that the rules outweigh those that notebooks have for tables.
# No colour of its own but a grey that shows on light and dark pages alike.
_STYLE = """\
<style>
table.courtesy.courtesy {border-collapse: collapse}
table.courtesy.courtesy caption {text-align: left; padding: 0.25em 0.75em; font-weight: bold}
table.courtesy.courtesy :is(th, td) {
  text-align: left; padding: 0.25em 0.75em; border-bottom: 1px solid rgba(128, 128, 128, 0.4)
}
table.courtesy.courtesy td:first-child {white-space: nowrap}
table.courtesy.courtesy td.number {text-align: right}
table.courtesy.courtesy tr.withheld td {opacity: 0.65}
table.courtesy.courtesy tr:has(+ tr.with) td {border-bottom-style: none}
</style>
"""

_PLAN = """\
<table class="courtesy">
<caption>{{ totals }}, {{ first }} to {{ last }} UTC;
earliest first, each in local time</caption>
<thead><tr>{% for name in columns %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows -%}
<tr class="{{ row.style }}">{% for cell in row.cells %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor -%}
{% if more -%}
<tr><td colspan="{{ columns|length }}">… and {{ more }} more</td></tr>
{% endif -%}
</tbody>
</table>
"""

_REPORT = """\
<table class="courtesy">
<caption>{{ title }}</caption>
<thead><tr>{% for name in columns %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows -%}
<tr>{% for cell in row %}<td{% if loop.index0 in numbers %} class="number"{% endif %}>{{ cell }}</td>{% endfor %}</tr>
{% endfor -%}
{% if more -%}
<tr><td colspan="{{ columns|length }}">… and {{ more }} more</td></tr>
{% endif -%}
</tbody>
</table>
{% for note in notes -%}
<p class="courtesy">{{ note }}</p>
{% endfor -%}
"""

_COLUMNS = ("when", "zone", "customer", "asset", "occasion", "step", "channel", "audience", "state", "reason")


@functools.cache
def _environment() -> minijinja.Environment:
    # Names that end in .html are escaped.
    return minijinja.Environment(templates={"plan.html": _STYLE + _PLAN, "report.html": _STYLE + _REPORT})


def plan_html(plan: Plan, most: int = MOST_ROWS) -> str:
    """An HTML table of the first ``most`` rows and how many more there are, every text escaped."""
    first, last = plan.window
    rows = [
        {"style": f"{row.state} with" if placed else row.state, "cells": _cells(row, placed)}
        for _, row, placed in together(plan[:most])
    ]
    return _environment().render_template(
        "plan.html",
        columns=_COLUMNS,
        rows=rows,
        totals=totals(plan),
        first=f"{first:%Y-%m-%d %H:%M}",
        last=f"{last:%Y-%m-%d %H:%M}",
        more=max(0, len(plan) - most),
    )


def report_html(report: Report, most: int = MOST_ROWS) -> str:
    """An HTML table of the first ``most`` rows and how many more there are, every text escaped."""
    return _environment().render_template(
        "report.html",
        columns=[name.replace("_", " ") for name in report._shown],
        rows=report._texts(most),
        numbers=report._numbers(),
        title=report.title,
        notes=report.notes,
        more=max(0, len(report) - most),
    )


def _cells(row: Reminder, placed: bool) -> list[str]:
    when = f"{day_text(row.local)} {row.local:%H:%M}" if row.local else ""
    who = (when, row.zone, row.customer, row.asset)
    how = (row.channel, f"{row.audience} ({row.team})" if row.team else row.audience)
    if placed:
        # It goes out with the one above.
        who, how = ("", "", "", row.asset), ("", "")
    occasion = f"+ {row.occasion}" if placed else row.occasion
    state = row.reason if row.reason != row.state else ""
    cells = (*who, occasion, row.step, *how, row.state, state.replace("_", " "))
    return ["" if cell is None else str(cell) for cell in cells]
