"""What all drawn things are made of: tables with some keys, and lists of some sizes."""

from __future__ import annotations

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
