"""A shop that books all who walk in under one customer: thousands of events of one, planned without waiting."""

from __future__ import annotations

import datetime as dt
import time

import pytest

import courtesy

FIRST = dt.datetime(2026, 1, 1, 9, tzinfo=dt.timezone.utc)
COMPLAINTS = 2000
# Of the processor: it takes some hundredths of a second. Asking each event for each other took minutes.
MOST_SECONDS = 5


def books() -> list[dict[str, object]]:
    """A complaint every six hours, resolved two days later; a promise and a purchase each time."""
    rows = []
    for number in range(COMPLAINTS):
        at = FIRST + dt.timedelta(hours=6 * number)
        later = at + dt.timedelta(days=2)
        for kind, row in (
            ("complaint", {"at": at}),
            ("resolution", {"at": later, "ref": f"complaint-{number}"}),
            ("promise", {"at": at, "due": at + dt.timedelta(days=3)}),
            ("kept", {"at": later, "ref": f"promise-{number}"}),
            ("purchase", {"at": at}),
        ):
            columns = {"id": f"{kind}-{number}", "customer": "walk-in", "kind": kind, "due": None, "ref": None}
            rows.append(columns | row)
    return rows


@pytest.mark.parametrize(
    ("occasion", "planned"),
    [
        # News on the day itself; the next would be due a day after the end.
        (
            {"on": "complaint", "repeat": "3 days", "until": "resolution", "purpose": "recovery"},
            COMPLAINTS,
        ),
        ({"on": "purchase"}, 0),  # somebody always complains
        ({"due": "promise", "before": "12 hours"}, 0),  # all are kept before
        ({"on": "broken", "until": "kept"}, 0),
    ],
    ids=["repeat", "hold", "promise", "broken"],
)
def test_thousands_of_events_of_one_customer_take_no_time(occasion: dict[str, object], planned: int) -> None:
    rules = courtesy.Rules([{"name": "it", "purpose": "care", "channels": ["desk"], **occasion}])
    events = books()
    began = time.process_time()
    plan = courtesy.plan([{"id": "walk-in"}], events, rules, start="2026-01-01", days=520)
    assert time.process_time() - began < MOST_SECONDS
    assert sum(reminder.state == "planned" for reminder in plan) == planned
