"""What a reason says in English, and how the reasons of a decision make a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from courtesy.counted import counted
from courtesy.recurrence import Recurrence
from courtesy.reminder import Reminder
from courtesy.zones import zone_named

__all__ = ["CODES", "Words", "day_text"]

Data = dict[str, Any]

# Not strftime's, which follow the process's locale; the sentences are English.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_CHANNELS = {"email": "e-mail", "sms": "text message", "call": "telephone call", "whatsapp": "WhatsApp"}
_COLUMNS = {"email": "e-mail address", "phone": "telephone number", "address": "postal address"}
_NO_FORECAST = {
    "no reading": "no {} reading",
    "one reading": "only one {} reading",
    "not in use": "{} readings that do not rise",
    "no value at the anchor": "no {} reading to count from",
}
# These codes carry the day on which the anchor falls due; of several the last one has the final say.
_DUE_CODES = (
    "after_event",
    "recurrence",
    "anniversary",
    "leap_day",
    "interval_time",
    "interval_use",
    "scheduled",
    "interval_decided",
)

# These go on with what was said before them.
_CONTINUING = ("leap_day", "interval_decided")


class Words:
    """Words for reasons; with a reminder they leave out what was said before, and times are those of its zone."""

    def __init__(self, reminder: Reminder | None = None) -> None:
        self.reminder = reminder
        self.due: dt.date | None = None
        self.day: dt.date | None = None
        self.zone: dt.tzinfo = dt.timezone.utc
        if reminder is not None and reminder.due is not None and reminder.zone is not None:
            self.zone = zone_named(reminder.zone, reminder.due)

    def say(self, code: str, data: Data) -> str:
        """One reason; empty where it has nothing to say."""
        return _SAYINGS[code](self, data)

    def sentence(self, reasons: Sequence[tuple[str, Data]]) -> str:
        """A whole decision: "Service due 14 Dec 2026: last service 14 Jun 2026 + 6 months; …"."""
        for code, data in reasons:
            if code in _DUE_CODES:
                self.due = self.day = data.get("due_day", data.get("day"))
        text = self.opening()
        between = ": "
        for code, data in reasons:
            said = self.say(code, data)
            if said:
                text += (", " if code in _CONTINUING else between) + said
                between = "; "
        return text + "."

    def opening(self) -> str:
        """The occasion, its day, and whether it was withheld."""
        if self.reminder is None:
            return ""
        if self.due is None:
            return f"Nothing of '{self.reminder.occasion}' in this window"
        name = self.reminder.occasion.replace("-", " ").replace("_", " ")
        withheld = " withheld" if self.reminder.state == "withheld" else ""
        return f"{name[:1].upper()}{name[1:]} {_date(self.due)}{withheld}"

    # What made it due.

    def after_event(self, data: Data) -> str:
        span = "" if data["span"].startswith("0 ") else f" + {data['span']}"
        return f"{_kind(data['kind'])} {_date(data['day'])}{span}"

    def recurrence(self, data: Data) -> str:
        return Recurrence(data["rule"], start=data["start"]).describe()

    def anniversary(self, data: Data) -> str:
        # Neither the date of birth nor the age: they are the customer's own business.
        if data["of"] == "birthday":
            return "the customer's birthday"
        years = counted(data["years"], "year")
        return f"{years} after the {_kind(data['of'])} of {_date(data['day'])}"

    def leap_day(self, data: Data) -> str:
        day = data["day"]
        return f"kept on {day.day} {_month(day)} as {day.year} has no 29 February"

    def interval_time(self, data: Data) -> str:
        reached = "" if self.due == data["due_day"] else f" is {_date(data['due_day'])}"
        return f"last {_kind(data['kind'])} {_date(data['day'])} + {data['span']}{reached}"

    def interval_use(self, data: Data) -> str:
        mark = f"{_number(data['threshold'])} {data['unit']}"
        meter = _meter(data["meter"], data["unit"])
        if data["reached"]:
            return f"{meter} reached {mark} by {_date(data['due_day'])}"
        return f"{meter} reaches {mark} about {_date(data['due_day'])}"

    def interval_use_unknown(self, data: Data) -> str:
        return f"{_NO_FORECAST[data['why']].format(_kind(data['meter']))}, so time alone counts"

    def interval_decided(self, data: Data) -> str:
        return f"so {data['by']} comes {'first' if data['whichever'] == 'first' else 'last'}"

    def scheduled(self, data: Data) -> str:
        return f"number {data['number']} of the schedule since the {_kind(data['kind'])} of {_date(data['first_day'])}"

    def step_offset(self, data: Data) -> str:
        self.day = data["day"]
        if data["direction"] == "before":
            return f"{_possessive(data['span'])} notice is {self.short(data['day'])}"
        return f"{data['span']} later is {self.short(data['day'])}"

    def at_time(self, data: Data) -> str:
        on = "" if self.day is None or data["local"].date() == self.day else f" on {self.short(data['local'])}"
        self.day = data["local"].date()
        return f"{_clock(data['local'])}{on} in {data['zone']}"

    def not_active(self, data: Data) -> str:
        return f"the occasion begins on {_date(data['day'])}"

    # Gates that pass, move or choose.

    def condition_met(self, data: Data) -> str:
        return f"condition met: {data['condition']}"

    def consent_given(self, data: Data) -> str:
        return f"{_channel(data)}: consent given {_date(data['day'])}"

    def consent_not_needed(self, data: Data) -> str:
        return "" if data["channel"] == "desk" else f"{_channel(data)}: no consent needed for {data['purpose']}"

    def consent_not_withdrawn(self, data: Data) -> str:
        return "" if data["channel"] == "desk" else f"{_channel(data)}: consent not withdrawn"

    def channel(self, data: Data) -> str:
        return "at the desk" if data["channel"] == "desk" else ""

    def out_of_reach(self, data: Data) -> str:
        return f"{_channel(data)}: no {_COLUMNS.get(data['column'], data['column'])} is known"

    def dst_gap(self, data: Data) -> str:
        return f"the clocks skip {_clock(data['wall'])} that day, so {self.moved_to(data['local'])}"

    def dst_overlap(self, data: Data) -> str:
        return f"the clocks show {_clock(data['local'])} twice that day, so the {data['choice']} time"

    def quiet_hours(self, data: Data) -> str:
        whose = "the customer's quiet hours" if data["whose"] == "customer" else "quiet hours"
        return f"{whose} are {_clock(data['from'])} to {_clock(data['to'])}, so {self.moved_to(data['local'])}"

    def business_day(self, data: Data) -> str:
        holiday = "a listed holiday" if data["whose"] == "shop" else f"a holiday in {data['whose']}"
        because = holiday if data["because"] == "holiday" else f"a {_WEEKDAYS[data['day'].weekday()]}"
        self.day = data["moved_to"]
        return f"{self.short(data['day'])} is {because}, so {self.short(data['moved_to'])}"

    # Gates that withhold, and why there is nothing.

    def condition_failed(self, data: Data) -> str:
        return f"the rule asks that {data['condition']}"

    def ended(self, data: Data) -> str:
        return f"ended by the {_kind(data['kind'])} of {_date(data['day'])}"

    def superseded(self, data: Data) -> str:
        return f"superseded by the {_kind(data['kind'])} of {_date(data['day'])}"

    def no_consent(self, data: Data) -> str:
        return f"{_channel(data)}: no consent for {data['purpose']}"

    def consent_withdrawn(self, data: Data) -> str:
        return f"{_channel(data)}: consent withdrawn {_date(data['day'])}"

    def no_slot(self, data: Data) -> str:
        return f"nothing within {data['tolerance']} of its day"

    def expired(self, data: Data) -> str:
        local = data["expires"].astimezone(self.zone)
        return f"worthless after {_clock(local)} on {self.short(local)}"

    def no_event(self, data: Data) -> str:
        return f"no {_kind(data['kind'])} is on record"

    def outside_window(self, data: Data) -> str:
        return f"the {data['which']} {'is' if data['which'] == 'next' else 'was'} on {_date(data['due_day'])}"

    def no_milestone(self, data: Data) -> str:
        years = counted(data["years"], "year")
        return f"its milestones are past, the last of them {years}"

    # How days are said.

    def short(self, day: dt.date) -> str:
        """The day, without its year where that is the year of the due day."""
        same = self.due is not None and self.due.year == day.year
        return f"{day.day} {_month(day)[:3]}" if same else _date(day)

    def moved_to(self, local: dt.datetime) -> str:
        on = "" if local.date() == self.day else f" on {self.short(local)}"
        self.day = local.date()
        return f"{_clock(local)}{on}"


def day_text(day: dt.date) -> str:
    """A day with its weekday: "Mon 23 Nov 2026"."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {_date(day)}"


def _month(day: dt.date) -> str:
    return _MONTHS[day.month - 1]


def _date(day: dt.date) -> str:
    return f"{day.day} {_month(day)[:3]} {day.year}"


def _clock(time: dt.time | dt.datetime) -> str:
    return f"{time:%H:%M}"


def _kind(kind: str) -> str:
    return kind.replace("_", " ").replace("-", " ")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"


def _meter(meter: str, unit: str) -> str:
    # A meter that is called after its unit would be "the km reaches 45,000 km".
    return "use" if meter == unit else f"the {_kind(meter)}"


def _possessive(span: str) -> str:
    return f"{span}'" if span.endswith("s") else f"{span}'s"


def _channel(data: Data) -> str:
    name: str = data["channel"]
    return _CHANNELS.get(name, name)


def _always(text: str) -> Callable[[Words, Data], str]:
    return lambda _words, _data: text


_SAYINGS: dict[str, Callable[[Words, Data], str]] = {
    "after_event": Words.after_event,
    "recurrence": Words.recurrence,
    "anniversary": Words.anniversary,
    "leap_day": Words.leap_day,
    "interval_time": Words.interval_time,
    "interval_use": Words.interval_use,
    "interval_use_unknown": Words.interval_use_unknown,
    "interval_decided": Words.interval_decided,
    "scheduled": Words.scheduled,
    "step_offset": Words.step_offset,
    "at_time": Words.at_time,
    "condition_met": Words.condition_met,
    "status_active": _always(""),
    "consent_given": Words.consent_given,
    "consent_not_needed": Words.consent_not_needed,
    "consent_not_withdrawn": Words.consent_not_withdrawn,
    "channel": Words.channel,
    "out_of_reach": Words.out_of_reach,
    "dst_gap": Words.dst_gap,
    "dst_overlap": Words.dst_overlap,
    "quiet_hours": Words.quiet_hours,
    "business_day": Words.business_day,
    "due": _always(""),
    "moved": _always(""),
    "condition_failed": Words.condition_failed,
    "ended": Words.ended,
    "superseded": Words.superseded,
    "closed": _always("the customer's account is closed"),
    "deceased": _always("the customer has died"),
    "do_not_contact": _always("the customer is not to be contacted"),
    "no_consent": Words.no_consent,
    "consent_withdrawn": Words.consent_withdrawn,
    "no_channel": _always("no channel reaches the customer"),
    "no_slot": Words.no_slot,
    "expired": Words.expired,
    "not_active": Words.not_active,
    "no_event": Words.no_event,
    "no_birthday": _always("no birthday is known"),
    "outside_window": Words.outside_window,
    "no_milestone": Words.no_milestone,
    "not_repeated": _always("it cannot fall due again"),
}

CODES = tuple(_SAYINGS)
"""Every reason code there is."""
