"""What the shop owes its customers, planned from the rows of its own models."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

from django.db.models import F, Value

import courtesy
from shop.models import Customer, Purchase


@functools.cache
def rules() -> courtesy.Rules:
    return courtesy.Rules.load(Path(__file__).with_name("rules.toml"))


def plan_courtesies(start: dt.date | str, days: int = 14) -> courtesy.Plan:
    """The plan from ``start``. Raises courtesy.TimeError for a start that is no date, or days that are none."""
    customers = Customer.objects.values("id", "email", "zone", "birthday")
    events = Purchase.objects.values("id", "customer", kind=Value("purchase"), at=F("bought_at"))
    return courtesy.plan(customers, events, rules(), start=start, days=days)
