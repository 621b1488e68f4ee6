"""Works out which courtesies a business owes each customer: who should hear what, when, by which channel and why."""

from __future__ import annotations

from importlib.metadata import version as _version

from courtesy.claim import Claim, ClaimedReminder
from courtesy.compare import Comparison, compare
from courtesy.errors import (
    DataError,
    DataWarning,
    Error,
    LeaseError,
    MissingError,
    RuleError,
    RuleWarning,
    StoreError,
    TimeError,
    ZoneError,
)
from courtesy.meter import Forecast, Meter
from courtesy.open_store import open, restore  # noqa: A004 - as files are opened
from courtesy.opening_hours import OpeningHours
from courtesy.plan import Plan, plan
from courtesy.promises import promises
from courtesy.reasons import Decision, Reason
from courtesy.recurrence import Recurrence, next_after
from courtesy.reminder import Reminder
from courtesy.report import Report
from courtesy.rules import Occasion, Rules, Step
from courtesy.simulation import Simulation, simulate
from courtesy.store import Store
from courtesy.time import to_local, to_utc, tzdata_version
from courtesy.values import values
from courtesy.workdays import Workdays

__version__ = _version("courtesy")

__all__ = [
    "Claim",
    "ClaimedReminder",
    "Comparison",
    "DataError",
    "DataWarning",
    "Decision",
    "Error",
    "Forecast",
    "LeaseError",
    "Meter",
    "MissingError",
    "Occasion",
    "OpeningHours",
    "Plan",
    "Reason",
    "Recurrence",
    "Reminder",
    "Report",
    "RuleError",
    "RuleWarning",
    "Rules",
    "Simulation",
    "Step",
    "Store",
    "StoreError",
    "TimeError",
    "Workdays",
    "ZoneError",
    "__version__",
    "compare",
    "next_after",
    "open",
    "plan",
    "promises",
    "restore",
    "simulate",
    "to_local",
    "to_utc",
    "tzdata_version",
    "values",
]
