"""Rules of every kind, drawn for small books: short spans, so that much of it falls due within one window."""

from __future__ import annotations

import datetime as dt

from drawn_conditions import bringing, brought, conditions
from drawn_parts import CHANNELS, TEAMS, Keys, joined, keys, kinds, of_size, one, some, sometimes, times
from hypothesis import strategies as st

# ---- anchors ----

after = one("1 day", "2 hours", "30 hours", "90 minutes", "2 business days", "1 month")
after_event = keys({"on": kinds}, after=after)
answered = st.one_of(
    st.just("broken"), some(["complaint", "reopened", "broken", "purchase"], 3), one(["promise", "renegotiated"])
)
again = one("4 days", "1 week", "5 business days", "1 month", "1 month 2 days")
# A few times, or until something ends it.
repeated = st.one_of(
    st.just({}),
    keys({"repeat": again, "times": one(1, 2, 3, 5)}),
    keys({"repeat": again, "until": some(["resolution", "kept", "booking", "reply"])}),
)
after_some = joined(keys({"on": answered}, after=after), repeated)
birthday = keys({"yearly": st.just("birthday")}, leap=one("feb28", "mar1", "skip"))
anniversary = keys({"yearly": kinds, "of": one("first", "last", "each")}, milestones=one([1], [1, 2]))
recurrence = st.one_of(
    keys(
        # Clocks change on Sundays, and in Cairo on a Friday.
        {
            "rrule": one(
                "FREQ=WEEKLY;BYDAY=SU",
                "FREQ=WEEKLY;BYDAY=SU,FR",
                "FREQ=MONTHLY;BYDAY=1TU",
                "FREQ=YEARLY;BYMONTH=2,12;BYMONTHDAY=-1",
            )
        },
        exdate=one(["2026-12-31"], ["2026-11-03", "2027-02-28"]),
    ),
    keys({"rrule": one("FREQ=DAILY;INTERVAL=11", "FREQ=MONTHLY;COUNT=14"), "start": one("2026-01-31", "2026-10-02")}),
)
match = st.one_of(
    keys({"tags": st.just(True) | some(["club", "trade"])}, near=one("household", "tier"), least=one(1, 2)),
    keys({"assets": st.just("kind")}, tags=st.just(True), near=st.just("address")),
    keys({"near": one("tier", "address")}, least=st.just(0)),
    keys({"club": st.just("Sunday drivers")}, tags=one("club", ["club", "trade"])),
)
meeting = joined(
    keys({"rrule": one("FREQ=DAILY;INTERVAL=11", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=DAILY;INTERVAL=25"), "match": match}),
    keys(start=st.just("2026-01-31")),
).map(lambda found: {"start": "2026-01-31", **found})
since = {"since": some(["service", "delivery", "purchase"])}
by_use = keys(
    {**since, "every": one({"km": 3_000}, {"km": 1_000}, {"months": 2, "km": 3_000})},
    meter=st.just("km"),
    plausible=one(90, 200, 1_000),
)
interval = st.one_of(
    keys({**since, "every": one("1 month", "25 days", {"months": 1, "days": 3})}, first=one("10 days", "1 month")),
    by_use,
    joined(by_use, keys({"whichever": one("first", "later")}), keys({"every": st.just({"months": 1, "km": 2_000})})),
    keys(
        {**since, "every": one("1 month", "3 weeks"), "restart": st.just("scheduled")}, first=one("40 days", "1 month")
    ),
)
lapse = st.one_of(
    keys({**since, "silent": one("10 days", "1 month", "5 business days")}),
    keys(
        {
            "since": some(["purchase", "service", "reply"]),
            "silent": keys({"cadence": one(1, 1.5, 2, 0.5, 1.2)}, segment=one("tier", "household")),
        }
    ),
)
deadline = keys({"due": one("promise", "promise", "promise", "delivery", "renegotiated")})
target = one(0.6, 0.5, 0.25, 0.9, {"before": "4 days"}, {"before": "36 hours"}, {"before": "1 business day"})

# ---- steps ----

saying = keys(
    at=times | st.just("best"), audience=st.just("staff"), channels=some(CHANNELS), team=st.sampled_from(TEAMS)
)  # fmt: skip
day_offset = st.one_of(
    keys(before=one("1 day", "3 days", "1 week", "2 business days")),
    keys(after=one("1 day", "4 days", "1 month", "1 business day")),
)
hour_offset = st.one_of(keys(before=one("3 hours", "90 minutes")), keys(after=one("5 hours", "40 hours")))
a_step = joined(day_offset, saying, st.one_of(*[st.just({})] * 5, bringing))
step_of_deadline = joined(st.one_of(day_offset, hour_offset), saying)
step_of_target = joined(st.one_of(day_offset, hour_offset), saying, keys(against=one("due", "target")))


def steps_of(step: st.SearchStrategy[Keys]) -> st.SearchStrategy[Keys]:
    """One step made of the occasion's own keys, or a list."""
    return st.one_of(saying, st.lists(step, min_size=1, max_size=2).map(lambda found: {"steps": found}))


met = joined(meeting, steps_of(joined(keys(before=one("1 day", "1 week")), saying)))
anchored = st.one_of(
    joined(st.one_of(after_event, birthday, anniversary, recurrence, interval, lapse), steps_of(a_step)),
    joined(st.one_of(after_event, lapse, joined(after_event, repeated)), steps_of(a_step)),
    joined(after_some, steps_of(a_step)),
    joined(by_use, steps_of(a_step)),
    met,
    joined(deadline, steps_of(step_of_deadline)),
    joined(deadline, target.map(lambda found: {"target": found}), steps_of(step_of_target)),
)

# ---- what any occasion may have ----

common = sometimes(
    {"purpose": one("care", "care", "service", "service", "offer", "recovery")},
    until=(2, some(["booking", "service", "resolution", "kept", "reply", "purchase"], 3)),
    when=(4, conditions),
    priority=(3, one(1, 5, -3)),
    expires=(3, one("0 days", "1 day", "12 hours", "1 week", "3 business days")),
    move=(
        3,
        one(
            "next business day", "previous business day", "nearest business day",
            "modified following", "modified preceding", "none",
        ),
    ),
    tolerance=(3, one("0 days", "1 day", "3 days", "20 days", "1 month")),
    not_before=(12, one("2026-03-25", "2026-11-02", "2027-01-01")),
)  # fmt: skip


def apart(found: Keys) -> Keys:
    """Whoever is introduced is given nothing."""
    return {name: found[name] for name in found if "match" not in found or name not in ("gestures", "novelty")}


def named(found: list[Keys]) -> list[Keys]:
    return [{"name": f"o{number}", **keys} for number, keys in enumerate(found)]


occasions = of_size([1, 2, 3, 4, 5, 5], joined(anchored, common, brought).map(apart)).map(named)
meetings = of_size([1, 1, 2], joined(met, common)).map(named)
by_time_and_use = of_size(
    [1, 2, 3], joined(keys({**since, "every": one({"months": 1, "km": 2_000}, {"days": 40, "km": 900})}), common)
).map(named)

# Much that falls due on the same days by the same channels, so that caps, merging and capacity have to choose.
busy_occasions = of_size(
    [3, 4, 5],
    joined(
        keys(
            {
                "on": one("purchase", "purchase", "purchase", "service"),
                "after": one("1 day", "1 day", "2 days", "5 hours"),
            }
        ),
        keys(at=one("09:00", "17:45", "21:00", "00:30"), channels=one(["email"], ["call", "email"], ["letter"])),
        sometimes({}, audience=(4, st.just("staff")), team=(2, st.sampled_from(TEAMS))),
        sometimes(
            {
                "purpose": one("care", "service", "offer", "care", "recovery"),
                "tolerance": one("7 days", "2 days", "20 days"),
            },
            priority=(2, one(1, 5)),
            expires=(2, one("3 days", "12 hours", "1 hour")),
            until=(5, st.just("reply")),
        ),
        brought,
    ),
).map(named)

STARTS = [
    dt.date(2026, 11, 23),
    dt.date(2026, 3, 6),  # New York changes its clocks on the 8th
    dt.date(2026, 3, 27),  # London on the 29th
    dt.date(2026, 10, 2),  # Lord Howe on the 4th
    dt.date(2026, 10, 24),  # London on the 25th
    dt.date(2026, 10, 30),  # Havana and New York on 1 November
    dt.date(2026, 4, 23),  # Cairo on the 24th, at midnight
    dt.date(2026, 12, 28),
    dt.date(2027, 2, 25),  # no leap year
    dt.date(2028, 2, 26),
]
windows = st.tuples(st.sampled_from(STARTS), one(30, 14, 90, 30, 60, 7, 3, 1))
zones = one("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
