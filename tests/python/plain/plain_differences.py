"""What two plans do not agree on, so that the rule and the row can be seen side by side."""

from __future__ import annotations

import pprint
from typing import Any

from plain_model import Row

MOST = 4


def differences(found: list[Row], expected: list[Row], rules: dict[str, Any], names: tuple[str, str]) -> str:
    """Empty where the rows are the same; else, for the first keys, both rows and the rule that they come from."""
    rows = {row.key: row for row in found}, {row.key: row for row in expected}
    lines = []
    for side, name, given in zip(rows, names, (found, expected), strict=True):
        if len(side) != len(given):
            twice = sorted(row.key for row in given if sum(other.key == row.key for other in given) > 1)
            lines.append(f"{name} has a key twice: {twice[0]}")
    unlike = [key for key in sorted({*rows[0], *rows[1]}) if rows[0].get(key) != rows[1].get(key)]
    # What was decided earlier is more often the cause than the consequence.
    unlike.sort(key=lambda key: min(side[key].due for side in rows if key in side))
    for key in unlike[:MOST]:
        either = rows[0].get(key) or rows[1][key]
        rule = next(rule for rule in rules["occasion"] if rule["name"] == either.occasion)
        lines.append(f"\n{key} of {either.customer!r}, {either.occasion}/{either.step}:")
        lines += [f"  {name:>8}: {told(side.get(key), either)}" for side, name in zip(rows, names, strict=True)]
        lines.append(f"  the rule: {pprint.pformat(rule, width=110, sort_dicts=False)}")
    if unlike:
        lines.insert(0, f"{len(unlike)} of {len({*rows[0], *rows[1]})} reminders differ")
        lines.append(f"\n  the policy: {pprint.pformat(rules.get('policy'), width=110, sort_dicts=False)}")
    return "\n".join(lines)


def told(row: Row | None, either: Row) -> str:
    if row is None:
        return "nothing"
    parts = [row.state, row.reason, f"{row.due:%Y-%m-%d %H:%M:%S%z}"]
    parts += [f"{name}={getattr(row, name)!r}" for name in ("channel", "asset", "event", "contact")]
    more = [name for name in ("gesture", "cost", "partner") if getattr(row, name) is not None]
    parts += [f"{name}={getattr(row, name)!r}" for name in [*more, "priority"]]
    return " ".join([*parts, f"anchor={row.anchor}"])
