"""A plan as an HTML table, for notebooks and pages."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import minijinja

if TYPE_CHECKING:
    from courtesy.plan import Plan

__all__ = ["plan_html"]

MOST_ROWS = 20

_TEMPLATE = """\
<style>
.courtesy {border-collapse: collapse; font-size: 0.9em}
.courtesy th, .courtesy td {text-align: left; padding: 0.25em 0.75em; border-bottom: 1px solid rgba(128,128,128,0.3)}
.courtesy tr.withheld td {opacity: 0.6}
.courtesy caption {text-align: left; padding: 0.25em 0.75em; font-weight: bold}
</style>
<table class="courtesy">
<caption>{{ planned }} planned, {{ withheld }} withheld, {{ first }} to {{ last }} UTC</caption>
<thead><tr><th>when</th><th>zone</th><th>customer</th><th>asset</th><th>occasion</th><th>step</th><th>channel</th>\
<th>state</th><th>reason</th></tr></thead>
<tbody>
{% for row in rows -%}
<tr class="{{ row.state }}"><td>{{ row.when }}</td><td>{{ row.zone }}</td><td>{{ row.customer }}</td>\
<td>{{ row.asset }}</td><td>{{ row.occasion }}</td><td>{{ row.step }}</td><td>{{ row.channel }}</td>\
<td>{{ row.state }}</td><td>{{ row.reason }}</td></tr>
{% endfor -%}
{% if more %}<tr><td colspan="9">… and {{ more }} more</td></tr>
{% endif -%}
</tbody>
</table>
"""


@functools.cache
def _environment() -> minijinja.Environment:
    return minijinja.Environment(templates={"plan.html": _TEMPLATE})


def plan_html(plan: Plan, most: int = MOST_ROWS) -> str:
    """An HTML table of the first ``most`` rows, every text escaped."""
    first, last = plan.window
    held = len(plan.withheld)
    rows = [
        {
            "when": f"{row.local:%a %d %b %Y %H:%M}",
            "zone": row.zone,
            "customer": str(row.customer),
            "asset": "" if row.asset is None else str(row.asset),
            "occasion": row.occasion,
            "step": row.step,
            "channel": row.channel or "",
            "state": row.state,
            "reason": row.reason,
        }
        for row in plan[:most]
    ]
    return _environment().render_template(
        "plan.html",
        rows=rows,
        planned=len(plan) - held,
        withheld=held,
        first=f"{first:%Y-%m-%d %H:%M}",
        last=f"{last:%Y-%m-%d %H:%M}",
        more=max(0, len(plan) - most),
    )
