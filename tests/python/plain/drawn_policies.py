"""What applies to all occasions: hours, consent, holds, caps, merging, capacity, budgets."""

from __future__ import annotations

from drawn_conditions import granted
from drawn_parts import CHANNELS, PURPOSES, TEAMS, joined, keys, one, some, sometimes, times
from hypothesis import strategies as st

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
    after=one("complaint", ["complaint", "booking"], ["complaint", "reopened"], "broken", ["broken", "reopened"]),
    until=one("resolution", ["resolution", "kept"]),
    purposes=some(PURPOSES, 3),
    cool_down=one("0 days", "1 day", "0 days", "3 days", "1 month"),
)
cap = keys(
    {"purposes": some(PURPOSES, 4), "most": one(1, 1, 2, 3), "per": one("1 day", "2 days", "7 days", "1 month")},
    scope=one("customer", "household", "address"),
)
capacity = keys({"channels": some(CHANNELS), "most": one(1, 2, 0)}, team=st.sampled_from(TEAMS))
budget = keys({"most": one(3, 1.5, 6.25, 0)}, occasions=some([f"o{number}" for number in range(5)], 3))
worth = keys({"compensation": st.lists(granted, min_size=1, max_size=3)}) | keys(
    {"compensation": st.lists(granted, min_size=1, max_size=2), "budgets": st.lists(budget, min_size=1, max_size=2)},
    value_years=one(1, 2.5),
    goodwill=one([], ["paid"], ["feedback", "reply"]),
)
consents = st.dictionaries(
    st.sampled_from(PURPOSES), one("needed", "unless withdrawn", "not needed"), min_size=1, max_size=3
)
policies = joined(
    worth,
    sometimes(
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
    ),
)
busy_policies = joined(
    worth,
    sometimes(
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
    ),
)
