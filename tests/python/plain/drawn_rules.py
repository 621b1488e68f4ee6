"""Rules of every kind, drawn for small books: short spans, so that much of it falls due within one window."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

KINDS = ["purchase", "purchase", "service", "delivery", "complaint", "resolution", "booking"]
CHANNELS = ["email", "sms", "call", "letter", "desk"]
PURPOSES = ["care", "service", "offer", "recovery"]
TEAMS = ["front", "back"]

Keys = dict[str, Any]


def keys(needed: dict[str, Any] | None = None, **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Keys]:
    """A table with these keys, and some of the optional ones."""
    return st.fixed_dictionaries(needed or {}, optional=optional)


@st.composite
def sometimes(draw: st.DrawFn, needed: Keys, **odds: tuple[int, st.SearchStrategy[Any]]) -> Keys:
    """A table with the needed keys, and each of the others in one table of so many."""
    found = {name: draw(values) for name, values in needed.items()}
    return found | {name: draw(values) for name, (of, values) in odds.items() if draw(st.integers(1, of)) == of}


def one(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def some(values: list[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


def of_size(sizes: list[int], items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Lists of these lengths, which are on the whole longer than those that Hypothesis draws."""
    return st.sampled_from(sizes).flatmap(lambda size: st.lists(items, min_size=size, max_size=size))


def joined(*parts: st.SearchStrategy[Keys]) -> st.SearchStrategy[Keys]:
    return st.tuples(*parts).map(lambda found: {key: value for part in found for key, value in part.items()})


# Some where clocks change, and some where quiet hours begin or end.
times = one(
    "09:00", "00:30", "01:30", "00:30", "01:30", "02:30", "07:15", "12:00", "17:45", "20:00", "22:15", "08:00", "23:59"
)  # fmt: skip
kinds = st.sampled_from(KINDS)

# ---- anchors ----

after_event = keys({"on": kinds}, after=one("1 day", "2 hours", "30 hours", "90 minutes", "2 business days", "1 month"))
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
since = {"since": some(["service", "delivery", "purchase"])}
interval = st.one_of(
    keys({**since, "every": one("1 month", "25 days", {"months": 1, "days": 3})}, first=one("10 days", "1 month")),
    keys({**since, "every": one({"km": 3_000}, {"months": 2, "km": 3_000}), "meter": st.just("km")}),
    keys({**since, "every": st.just({"months": 1, "km": 2_000}), "whichever": one("first", "later")}),
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
deadline = keys({"due": one("promise", "promise", "delivery")})
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
a_step = joined(day_offset, saying)
step_of_deadline = joined(st.one_of(day_offset, hour_offset), saying)
step_of_target = joined(st.one_of(day_offset, hour_offset), saying, keys(against=one("due", "target")))


def steps_of(step: st.SearchStrategy[Keys]) -> st.SearchStrategy[Keys]:
    """One step made of the occasion's own keys, or a list."""
    return st.one_of(saying, st.lists(step, min_size=1, max_size=2).map(lambda found: {"steps": found}))


anchored = st.one_of(
    joined(st.one_of(after_event, birthday, anniversary, recurrence, interval, lapse), steps_of(a_step)),
    joined(st.one_of(after_event, lapse), steps_of(a_step)),
    joined(deadline, steps_of(step_of_deadline)),
    joined(deadline, target.map(lambda found: {"target": found}), steps_of(step_of_target)),
)

# ---- what any occasion may have ----

limits = st.one_of(keys({"min": one(1, 1, 2, 3)}), keys({"max": one(0, 0, 1, 2)}))
over = keys(over=one("1 day", "2 days", "10 days", "1 month", "1 year"))
count = joined(keys({"kind": some(["purchase", "service", "reply"])}), limits, over)
sums = st.one_of(keys({"min": one(30, 50.3, 100)}), keys({"max": one(30, 50.3, 80)}))
spend = joined(keys(kind=some(["purchase", "service"]), unit=one("EUR", "GBP")), sums, over)
of_customer = st.one_of(
    one(
        {"tier": ["gold", "silver"]},
        {"tier": {"not": "gold"}},
        {"tier": {"missing": True}},
        {"visits": {"min": 2}},
        {"tags": "club"},
        {"tags": {"none": ["trade"], "all": ["club"]}},
    ),
    count.map(lambda found: {"count": found}),
    spend.map(lambda found: {"spend": found}),
)
of_asset = st.one_of(
    one({"kind": ["car", "van"]}, {"kind": {"not": "car"}}, {"not": {"kind": "car"}}),
    count.map(lambda found: {"count": found}),
    spend.map(lambda found: {"spend": found}),
).map(lambda found: {"asset": found})
plain = st.one_of(of_customer, of_customer, of_asset)
several = st.lists(plain, min_size=1, max_size=2)
conditions = st.one_of(
    plain,
    several.map(lambda found: {"any": found}),
    several.map(lambda found: {"all": found}),
    plain.map(lambda found: {"not": found}),
    st.tuples(several, plain).map(lambda found: {"any": [*found[0], {"not": found[1]}]}),
)
common = sometimes(
    {"purpose": one("care", "care", "service", "service", "offer", "recovery")},
    until=(4, some(["booking", "service", "resolution", "kept", "reply"])),
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


def named(found: list[Keys]) -> list[Keys]:
    return [{"name": f"o{number}", **keys} for number, keys in enumerate(found)]


occasions = of_size([1, 2, 3, 4, 5, 5], joined(anchored, common)).map(named)
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
    ),
).map(named)

# ---- what applies to all ----

quiet_hours = one(
    {"from": "20:00", "to": "08:00"}, {"from": "12:00", "to": "13:30"}, {"from": "22:15", "to": "02:30"},
    {"from": "18:00", "to": "00:00"},
)  # fmt: skip
business_days = keys(
    {
        "weekend": one(["sat", "sun"], ["sun"], ["fri", "sat"], []),
        "holidays": one([], ["2026-03-30", "2026-11-02"], ["2026-12-25", "2026-12-28", "2027-01-01"]),
    }
)
opening_hours = one(
    {"mon-fri": "08:00-17:00"},
    {"mon-fri": "08:00-12:00, 13:00-17:00", "sat": "09:00-13:00", "2026-12-28": "10:00-11:00"},
    {"tue": "16:00-21:00", "thu": "10:00-12:30", "2026-12-24": "closed"},
)
hold = keys(
    after=one("complaint", ["complaint", "booking"]),
    until=one("resolution", ["resolution", "kept"]),
    purposes=some(PURPOSES, 3),
    cool_down=one("0 days", "1 day", "0 days", "3 days", "1 month"),
)
cap = keys(
    {"purposes": some(PURPOSES, 4), "most": one(1, 1, 2, 3), "per": one("1 day", "2 days", "7 days", "1 month")},
    scope=one("customer", "household", "address"),
)
capacity = keys({"channels": some(CHANNELS), "most": one(1, 2, 0)}, team=st.sampled_from(TEAMS))
consents = st.dictionaries(
    st.sampled_from(PURPOSES), one("needed", "unless withdrawn", "not needed"), min_size=1, max_size=3
)
policies = sometimes(
    {},
    quiet_hours=(2, quiet_hours),
    business_days=(2, business_days),
    opening_hours=(3, opening_hours),
    consent=(1, st.just({"offer": "not needed"}) | consents),
    channels=(2, some(CHANNELS, 3)),
    at=(2, times),
    gap=(2, one("backward", "backward", "forward")),
    overlap=(2, one("second", "second", "first")),
    holds=(2, st.lists(hold, max_size=2)),
    spread=(3, one("2 hours", "45 minutes", "4 hours")),
    caps=(1, st.lists(cap, max_size=2)),
    merge=(1, st.booleans() | some(CHANNELS)),
    capacity=(1, st.lists(capacity, max_size=2)),
)
busy_policies = sometimes(
    {
        "consent": st.just({"offer": "not needed"}),
        "caps": st.lists(cap, min_size=1, max_size=2),
        "merge": st.booleans() | st.just(["email"]),
        "capacity": st.lists(capacity, max_size=2),
    },
    quiet_hours=(2, quiet_hours),
    spread=(2, one("2 hours", "45 minutes")),
    business_days=(3, business_days),
    opening_hours=(3, opening_hours),
    holds=(2, st.just([])),
)
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
