"""Conditions of every kind, and the gestures that have some."""

from __future__ import annotations

from drawn_parts import joined, keys, of_size, one, some, sometimes
from hypothesis import strategies as st

limits = st.one_of(keys({"min": one(1, 1, 2, 3)}), keys({"max": one(0, 0, 1, 2)}))
TOPICS = ["late", "ready", "rude"]
about = keys(topic=one("late", "ready") | some(TOPICS))
over = keys(over=one("1 day", "2 days", "10 days", "1 month", "1 year"))
counted = some(["purchase", "service", "reply", "complaint", "feedback", "promise"])
count = joined(keys({"kind": counted}), limits, over, about)
sums = st.one_of(keys({"min": one(30, 50.3, 100)}), keys({"max": one(30, 50.3, 80)}))
spend = joined(keys(kind=some(["purchase", "service"]), unit=one("EUR", "GBP")), sums, over, about)
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
of_value = st.one_of(keys({"min": one(30, 61, 100)}), keys({"max": one(30.3, 60, 91)})).map(
    lambda found: {"lifetime_value": found}
)
of_asset = st.one_of(
    one({"kind": ["car", "van"]}, {"kind": {"not": "car"}}, {"not": {"kind": "car"}}),
    count.map(lambda found: {"count": found}),
    spend.map(lambda found: {"spend": found}),
).map(lambda found: {"asset": found})
plain = st.one_of(of_customer, of_customer, of_asset, of_value)
several = st.lists(plain, min_size=1, max_size=2)
conditions = st.one_of(
    plain,
    several.map(lambda found: {"any": found}),
    several.map(lambda found: {"all": found}),
    plain.map(lambda found: {"not": found}),
    st.tuples(several, plain).map(lambda found: {"any": [*found[0], {"not": found[1]}]}),
)

# ---- gestures ----

GESTURES = ["card", "cake", "voucher"]
costs = one(0, 1.5, 1.5, 3, 4.75)
gesture = sometimes({"name": st.sampled_from(GESTURES), "cost": costs}, when=(4, plain))
variants = of_size([1, 2, 2, 3], gesture).map(lambda found: list({each["name"]: each for each in found}.values()))
bringing = sometimes(
    {"gestures": variants | variants | st.just("compensation")}, novelty=(2, one("1 week", "1 month", "20 days"))
).map(lambda found: found if found["gestures"] != "compensation" else {"gestures": "compensation"})
brought = st.one_of(st.just({}), st.just({}), bringing)
granted = joined(
    keys({"name": one(*GESTURES, "refund"), "cost": costs}),
    sometimes({}, when=(4, plain), topic=(2, one("late", ["ready", "rude"]))),
)
