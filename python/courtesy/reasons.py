"""Reasons: what made a reminder due and what each gate did with it, as data and in plain words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from courtesy.reminder import Reminder

__all__ = ["CODES", "Decision", "Reason"]


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable ``code`` (see docs/reasons.md) and its ``data``; ``text`` says it in a few words."""

    code: str
    data: dict[str, Any]

    @property
    def text(self) -> str:
        """The reason in a few words; empty where a sentence has no use for it."""
        say = _TEXTS.get(self.code)
        return say(self.data) if say else self.code.replace("_", " ")

    def __str__(self) -> str:
        return self.text or self.code.replace("_", " ")


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """A reminder with every reason that was found on the way to it, the deciding one last."""

    reminder: Reminder
    reasons: tuple[Reason, ...]

    @classmethod
    def _of(cls, decision: dict[str, Any]) -> Decision:
        reasons = []
        for entry in decision["reasons"]:
            code = entry.pop("code")
            reasons.append(Reason(code, entry))
        return cls(Reminder._of(decision["reminder"]), tuple(reasons))

    @property
    def sentence(self) -> str:
        """The decision in one readable sentence."""
        parts = [reason.text for reason in self.reasons]
        said = "; ".join(part for part in parts if part)
        return f"{self._opening()}: {said}." if said else f"{self._opening()}."

    def _opening(self) -> str:
        name = self.reminder.occasion.replace("-", " ").replace("_", " ")
        name = name[:1].upper() + name[1:]
        if self.reminder.state == "planned" and self.reminder.local is not None:
            return f"{name} on {_day(self.reminder.local)}"
        if self.reminder.local is not None:
            return f"{name} withheld on {_day(self.reminder.local)}"
        return f"{name} not in this window"

    def __str__(self) -> str:
        return self.sentence


_CHANNELS = {"email": "e-mail", "sms": "text message", "call": "telephone call"}


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"


def _clock(time: dt.time | dt.datetime) -> str:
    return f"{time:%H:%M}"


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _channel(name: str) -> str:
    return _CHANNELS.get(name, name)


def _about(data: dict[str, Any]) -> str:
    return f"{_channel(data['channel'])}: "


def _after_event(d: dict[str, Any]) -> str:
    span = "" if d["span"] == "0 days" else f" + {d['span']}"
    return f"{_kind(d['kind'])} of {_day(d['day'])}{span}"


def _anniversary(d: dict[str, Any]) -> str:
    what = "birthday" if d["of"] == "birthday" else f"anniversary of the {_kind(d['of'])} of {_day(d['day'])}"
    return f"{_ordinal(d['years'])} {what} on {_day(d['due_day'])}"


def _interval_use(d: dict[str, Any]) -> str:
    mark = f"{_number(d['threshold'])} {d['unit']}"
    if d["reached"]:
        return f"the {d['meter']} reached {mark} on {_day(d['due_day'])}"
    return f"the {d['meter']} reaches {mark} about {_day(d['due_day'])} ({_number(d['rate_per_day'])} {d['unit']} a day)"


def _interval_use_unknown(d: dict[str, Any]) -> str:
    why = {
        "no reading": "has no reading",
        "one reading": "has only one reading",
        "not in use": "stands still",
        "no value at the anchor": "is not known at the start",
    }.get(d["why"], d["why"])
    return f"the {d['meter']} {why}, so time alone counts"


def _interval_decided(d: dict[str, Any]) -> str:
    other = {"time": "use", "use": "time"}[d["by"]]
    return f"so {d['by']} comes first" if d["whichever"] == "first" else f"so {d['by']} comes later than {other}"


def _step_offset(d: dict[str, Any]) -> str:
    if d["direction"] == "before":
        return f"{d['span']} notice is {_day(d['day'])}"
    return f"{d['span']} later is {_day(d['day'])}"


def _consent_given(d: dict[str, Any]) -> str:
    return f"{_about(d)}consent given {_day(d['day'])}"


def _quiet_hours(d: dict[str, Any]) -> str:
    whose = "the customer's quiet hours" if d["whose"] == "customer" else "quiet hours"
    return f"moved out of {whose} ({_clock(d['from'])} to {_clock(d['to'])}) to {_day(d['local'])} {_clock(d['local'])}"


def _business_day(d: dict[str, Any]) -> str:
    because = "a holiday" if d["because"] == "holiday" else "at the weekend"
    return f"{_day(d['day'])} is {because}, so moved to {_day(d['moved_to'])}"


def _nothing(_: dict[str, Any]) -> str:
    return ""


_TEXTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "after_event": _after_event,
    "anniversary": _anniversary,
    "leap_day": lambda d: f"born on 29 February, kept on {_day(d['day'])} in common years",
    "interval_time": lambda d: f"last {_kind(d['kind'])} {_day(d['day'])} + {d['span']} is {_day(d['due_day'])}",
    "interval_use": _interval_use,
    "interval_use_unknown": _interval_use_unknown,
    "interval_decided": _interval_decided,
    "scheduled": lambda d: f"number {d['number']} of the schedule that began {_day(d['first_day'])}, due {_day(d['due_day'])}",
    "step_offset": _step_offset,
    "at_time": lambda d: f"{_clock(d['local'])} in {d['zone']}",
    "not_active": lambda d: f"the occasion starts on {_day(d['day'])}",
    "condition_met": lambda d: f"{d['condition']}",
    "status_active": _nothing,
    "consent_given": _consent_given,
    "consent_not_needed": lambda d: f"{_about(d)}no consent needed for {d['purpose']}",
    "consent_not_withdrawn": lambda d: f"{_about(d)}consent not withdrawn",
    "channel": _nothing,
    "out_of_reach": lambda d: f"{_about(d)}no {d['column']} is known",
    "dst_gap": lambda d: f"the clocks skip {_clock(d['wall'])}, so {_clock(d['local'])}",
    "dst_overlap": lambda d: f"the clocks show {_clock(d['local'])} twice, the {d['choice']} is meant",
    "quiet_hours": _quiet_hours,
    "business_day": _business_day,
    "due": _nothing,
    "moved": _nothing,
    "condition_failed": lambda d: f"the condition does not hold: {d['condition']}",
    "ended": lambda d: f"ended by the {_kind(d['kind'])} of {_day(d['day'])}",
    "superseded": lambda d: f"superseded by the {_kind(d['kind'])} of {_day(d['day'])}",
    "closed": lambda _: "the customer's account is closed",
    "deceased": lambda _: "the customer has died",
    "do_not_contact": lambda _: "the customer is not to be contacted",
    "no_consent": lambda d: f"{_about(d)}no consent for {d['purpose']}",
    "consent_withdrawn": lambda d: f"{_about(d)}consent withdrawn {_day(d['day'])}",
    "no_channel": lambda _: "no channel reaches the customer",
    "no_slot": lambda d: f"no time allowed for it within {d['tolerance']}",
    "expired": lambda d: f"worthless after {_day(d['expires'])} {_clock(d['expires'])} UTC",
    "no_event": lambda d: f"no {_kind(d['kind'])} is on record",
    "no_birthday": lambda _: "no birthday is known",
    "outside_window": lambda d: f"the nearest one is on {_day(d['due_day'])}",
    "no_milestone": lambda d: f"all its milestones have passed (the last is {d['years']} years)",
    "not_repeated": lambda _: "it cannot fall due again",
}

CODES: tuple[str, ...] = tuple(_TEXTS)
"""Every reason code there is."""
