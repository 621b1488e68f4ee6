"""What a reason says in English, and how the reasons of a decision make a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from courtesy.counted import counted
from courtesy.english import (
    WEEKDAYS,
    amount,
    channel_name,
    clock,
    column_name,
    date,
    kind,
    listed,
    meter,
    month,
    number,
    ordinal,
    possessive,
)
from courtesy.recurrence import Recurrence
from courtesy.reminder import Reminder
from courtesy.repeats import gathered
from courtesy.zones import zone_named

__all__ = ["CODES", "Words"]

Data = dict[str, Any]

_NO_FORECAST = {
    "no reading": "no {} reading",
    "one reading": "only one {} reading",
    "not in use": "{} readings that do not rise",
    "no value at the anchor": "no {} reading to count from",
}
# These codes carry the day on which the anchor falls due; of several the last one has the final say.
_DUE_CODES = (
    "after_event",
    "breach",
    "repeated",
    "recurrence",
    "anniversary",
    "leap_day",
    "interval_time",
    "interval_use",
    "scheduled",
    "interval_decided",
    "lapse",
    "lapse_cadence",
    "deadline",
)

# These go on with what was said before them.
_CONTINUING = ("leap_day", "interval_decided", "deferred")
# So many days are listed, and of more the first and the last.
_MOST_DAYS = 4


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
        for code, data in gathered(reasons):
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
        withheld = {"withheld": " withheld", "merged": " merged"}.get(self.reminder.state, "")
        return f"{name[:1].upper()}{name[1:]} {date(self.due)}{withheld}"

    # What made it due.

    def after_event(self, data: Data) -> str:
        span = "" if data["span"].startswith("0 ") else f" + {data['span']}"
        return f"{kind(data['kind'])} {date(data['day'])}{span}"

    def breach(self, data: Data) -> str:
        span = "" if data["span"].startswith("0 ") else f" + {data['span']}"
        promised = f"{kind(data['kind'])} for {date(data['promised'])}"
        if data["because"] == "broken":
            return f"{promised} broken {date(data['day'])}{span}"
        return f"{promised} not kept in time{span}"

    def repeated(self, data: Data) -> str:
        return f"again every {_each(data['span'])}, {ordinal(data['number'])} time"

    def recurrence(self, data: Data) -> str:
        return Recurrence(data["rule"], start=data["start"]).describe()

    def anniversary(self, data: Data) -> str:
        # Neither the date of birth nor the age: they are the customer's own business.
        if data["of"] == "birthday":
            return "the customer's birthday"
        years = counted(data["years"], "year")
        return f"{years} after the {kind(data['of'])} of {date(data['day'])}"

    def leap_day(self, data: Data) -> str:
        day = data["day"]
        return f"kept on {day.day} {month(day)} as {day.year} has no 29 February"

    def interval_time(self, data: Data) -> str:
        reached = "" if self.due == data["due_day"] else f" is {date(data['due_day'])}"
        return f"last {kind(data['kind'])} {date(data['day'])} + {data['span']}{reached}"

    def interval_use(self, data: Data) -> str:
        mark = f"{number(data['threshold'])} {data['unit']}"
        which = meter(data["meter"], data["unit"])
        if data["reached"]:
            return f"{which} reached {mark} by {date(data['due_day'])}"
        pace = " at the pace of others of its kind" if data.get("source") == "fleet" else ""
        return f"{which} reaches {mark} about {date(data['due_day'])}{pace}"

    def interval_use_unknown(self, data: Data) -> str:
        return f"{_NO_FORECAST[data['why']].format(kind(data['meter']))}, so time alone counts"

    def interval_decided(self, data: Data) -> str:
        return f"so {data['by']} comes {'first' if data['whichever'] == 'first' else 'last'}"

    def scheduled(self, data: Data) -> str:
        return f"number {data['number']} of the schedule since the {kind(data['kind'])} of {date(data['first_day'])}"

    def lapse(self, data: Data) -> str:
        return f"nothing for {data['span']} since the {kind(data['kind'])} of {date(data['day'])}"

    def lapse_cadence(self, data: Data) -> str:
        silent = counted((data["due_day"] - data["day"]).days, "day")
        usual = f"{data['factor']:g} times the usual gap of {number(data['usual'])}"
        return f"nothing for {silent} since the {kind(data['kind'])} of {date(data['day'])}, {usual}"

    def deadline(self, data: Data) -> str:
        return f"{kind(data['kind'])} of {date(data['day'])} is due {date(data['due_day'])}"

    def target(self, data: Data) -> str:
        self.day = data["day"]
        how = f"{data['span']} before it" if data["span"] else f"at {data['share'] * 100:g}% of the time"
        return f"the internal target, {how}, is {self.short(data['day'])}"

    def step_offset(self, data: Data) -> str:
        self.day = data["day"]
        if data["direction"] == "before":
            return f"{possessive(data['span'])} notice is {self.short(data['day'])}"
        return f"{data['span']} later is {self.short(data['day'])}"

    def at_time(self, data: Data) -> str:
        on = "" if self.day is None or data["local"].date() == self.day else f" on {self.short(data['local'])}"
        self.day = data["local"].date()
        return f"{clock(data['local'])}{on} in {data['zone']}"

    def best_hour(self, data: Data) -> str:
        replies = counted(data["replies"], "reply", "replies")
        if data["whose"] == "customer" and data["replies"]:
            return f"the customer's best hour is {clock(data['hour'])} ({replies})"
        return f"no better hour than {clock(data['hour'])} is known ({replies})"

    # What staff decided.

    def snoozed(self, data: Data) -> str:
        said = f"put off by {_who(data)} until {self.moment(data['until'])}"
        self.day = self.day_of(data["until"])
        return said

    def use_channel(self, data: Data) -> str:
        return f"{channel_name(data['channel'])} chosen by {_who(data)}"

    def skipped(self, data: Data) -> str:
        return f"skipped by {_who(data)} on {date(data['day'])}"

    def send_now(self, data: Data) -> str:
        return f"at once, as {_who(data)} said: {clock(data['local'])} on {self.short(data['local'])}"

    def not_active(self, data: Data) -> str:
        if "local" in data:
            local = data["local"]
            return f"the occasion came into force at {clock(local)} on {self.short(local)}"
        return f"the occasion begins on {date(data['day'])}"

    # Gates that pass, move or choose.

    def condition_met(self, data: Data) -> str:
        return f"condition met: {data['condition']}"

    def consent_given(self, data: Data) -> str:
        return f"{channel_name(data['channel'])}: consent given {date(data['day'])}"

    def consent_not_needed(self, data: Data) -> str:
        return (
            ""
            if data["channel"] == "desk"
            else f"{channel_name(data['channel'])}: no consent needed for {data['purpose']}"
        )

    def consent_not_withdrawn(self, data: Data) -> str:
        return "" if data["channel"] == "desk" else f"{channel_name(data['channel'])}: consent not withdrawn"

    def channel(self, data: Data) -> str:
        return "at the desk" if data["channel"] == "desk" else ""

    def out_of_reach(self, data: Data) -> str:
        return f"{channel_name(data['channel'])}: no {column_name(data['column'])} is known"

    def dst_gap(self, data: Data) -> str:
        return f"the clocks skip {clock(data['wall'])} that day, so {self.moved_to(data['local'])}"

    def dst_overlap(self, data: Data) -> str:
        return f"the clocks show {clock(data['local'])} twice that day, so the {data['choice']} time"

    def quiet_hours(self, data: Data) -> str:
        whose = "the customer's quiet hours" if data["whose"] == "customer" else "quiet hours"
        return f"{whose} are {clock(data['from'])} to {clock(data['to'])}, so {self.moved_to(data['local'])}"

    def business_day(self, data: Data) -> str:
        holiday = "a listed holiday" if data["whose"] == "shop" else f"a holiday in {data['whose']}"
        because = holiday if data["because"] == "holiday" else f"a {WEEKDAYS[data['day'].weekday()]}"
        self.day = data["moved_to"]
        return f"{self.short(data['day'])} is {because}, so {self.short(data['moved_to'])}"

    def introduced(self, data: Data) -> str:
        # What they share may be nobody else's business.
        return f"introduced to {data['partner']}"

    def hold(self, data: Data) -> str:
        self.day = data["until"]
        return f"held by the {kind(data['kind'])} of {date(data['day'])} until {self.short(data['until'])}"

    def opening_hours(self, data: Data) -> str:
        return f"the shop is closed then, so {self.moved_to(data['local'])}"

    def spread(self, data: Data) -> str:
        return f"spread over the time after them, so {self.moved_to(data['local'])}"

    # Gestures.

    def gesture(self, data: Data) -> str:
        again = f"again, last on {date(data['last'])}" if data["last"] else "for the first time"
        return f"it brings '{data['name']}' {again}"

    def over_budget(self, data: Data) -> str:
        first = data["month"]
        return f"the budget of {amount(data['most'])} for {month(first)} {first.year} has no room for it"

    def not_granted(self, data: Data) -> str:
        return "nothing is granted" + (" but the same again" if data["because"] == "repeated" else "")

    # Gates among reminders.

    def goodwill(self, data: Data) -> str:
        kinds = listed([kind(name) for name in data["kinds"].split(", ")])
        return f"goodwill raises its priority by {data['points']} ({kinds})"

    def cap(self, data: Data) -> str:
        whom = {"customer": "", "household": " to the household", "address": " to the address"}[data["scope"]]
        return f"{self.full(data)}: at most {data['most']}{whom} in {data['per']}"

    def capacity(self, data: Data) -> str:
        team = f" by the team '{data['team']}'" if data["team"] else ""
        where = "at the desk" if data["channel"] == "desk" else f"for {channel_name(data['channel'], 2)}"
        return f"{self.full(data)} {where}: at most {data['most']} a day{team}"

    def deferred(self, data: Data) -> str:
        # Gate 7 has told the day already.
        if self.day == data["local"].date():
            return ""
        return f"so {self.moved_to(data['local'])}"

    def joined_by(self, data: Data) -> str:
        occasions = [f"'{occasion}'" for occasion in dict.fromkeys(data.get("all", [data["occasion"]]))]
        return f"it says {listed(occasions)} as well"

    def merged(self, data: Data) -> str:
        return f"said together with '{data['occasion']}' at {self.moved_to(data['local'])}"

    # Gates that withhold, and why there is nothing.

    def sent(self, data: Data) -> str:
        by = f" by {channel_name(data['channel'])}" if data["channel"] else ""
        return f"it went out{by} on {date(data['day'])}"

    def on_hold(self, data: Data) -> str:
        return f"held by the {kind(data['kind'])} of {date(data['day'])}"

    def capped(self, data: Data) -> str:
        return f"it cannot wait longer than {self.short(data['local'])}"

    def no_due(self, data: Data) -> str:
        return f"no {kind(data['kind'])} with a due day is on record"

    def no_cadence(self, data: Data) -> str:
        who = "nobody of the segment" if data["segment"] else "nobody"
        return f"{who} had a second {kind(data['kind'])}, so there is no usual gap"

    def condition_failed(self, data: Data) -> str:
        return f"condition not met: {data['condition']}"

    def ended(self, data: Data) -> str:
        return f"ended by the {kind(data['kind'])} of {date(data['day'])}"

    def superseded(self, data: Data) -> str:
        return f"superseded by the {kind(data['kind'])} of {date(data['day'])}"

    def no_consent(self, data: Data) -> str:
        return f"{channel_name(data['channel'])}: no consent for {data['purpose']}"

    def consent_withdrawn(self, data: Data) -> str:
        return f"{channel_name(data['channel'])}: consent withdrawn {date(data['day'])}"

    def no_slot(self, data: Data) -> str:
        return f"nothing within {data['tolerance']} of its day"

    def expired(self, data: Data) -> str:
        local = data["expires"].astimezone(self.zone)
        return f"worthless after {clock(local)} on {self.short(local)}"

    def no_event(self, data: Data) -> str:
        return f"no {kind(data['kind'])} is on record"

    def outside_window(self, data: Data) -> str:
        return f"the {data['which']} {'is' if data['which'] == 'next' else 'was'} on {date(data['due_day'])}"

    def no_milestone(self, data: Data) -> str:
        years = counted(data["years"], "year")
        return f"its milestones are past, the last of them {years}"

    # How days are said.

    def short(self, day: dt.date) -> str:
        """The day, without its year where that is the year of the due day."""
        same = self.due is not None and self.due.year == day.year
        return f"{day.day} {month(day)[:3]}" if same else date(day)

    def moment(self, when: dt.date | dt.datetime) -> str:
        """A day, or an instant by the clock of the reminder's zone."""
        if not isinstance(when, dt.datetime):
            return self.short(when)
        return f"{clock(when.astimezone(self.zone))} on {self.short(self.day_of(when))}"

    def day_of(self, when: dt.date | dt.datetime) -> dt.date:
        return when.astimezone(self.zone).date() if isinstance(when, dt.datetime) else when

    def moved_to(self, local: dt.datetime) -> str:
        on = "" if local.date() == self.day else f" on {self.short(local)}"
        self.day = local.date()
        return f"{clock(local)}{on}"

    def full(self, data: Data) -> str:
        """Which days are full: "26 Nov is full", "26 Nov, 27 Nov and 30 Nov are full", "26 Nov to 9 Dec are full"."""
        days = data.get("all", [data["day"]])
        if len(days) > _MOST_DAYS:
            said = f"{self.short(days[0])} to {self.short(days[-1])}"
        else:
            said = listed([self.short(day) for day in days])
        return f"{said} {'is' if len(days) == 1 else 'are'} full"


def _each(span: str) -> str:
    """A span as "every" says it: "day", "3 days"."""
    return span.removeprefix("1 ") if not any(letter.isdigit() for letter in span[1:]) else span


def _who(data: Data) -> str:
    return data["by"] or "staff"


def _always(text: str) -> Callable[[Words, Data], str]:
    return lambda _words, _data: text


_SAYINGS: dict[str, Callable[[Words, Data], str]] = {
    "after_event": Words.after_event,
    "breach": Words.breach,
    "repeated": Words.repeated,
    "recurrence": Words.recurrence,
    "anniversary": Words.anniversary,
    "leap_day": Words.leap_day,
    "interval_time": Words.interval_time,
    "interval_use": Words.interval_use,
    "interval_use_unknown": Words.interval_use_unknown,
    "interval_decided": Words.interval_decided,
    "scheduled": Words.scheduled,
    "lapse": Words.lapse,
    "lapse_cadence": Words.lapse_cadence,
    "deadline": Words.deadline,
    "target": Words.target,
    "step_offset": Words.step_offset,
    "best_hour": Words.best_hour,
    "snoozed": Words.snoozed,
    "at_time": Words.at_time,
    "condition_met": Words.condition_met,
    "status_active": _always(""),
    "out_of_reach": Words.out_of_reach,
    "consent_given": Words.consent_given,
    "consent_not_needed": Words.consent_not_needed,
    "consent_not_withdrawn": Words.consent_not_withdrawn,
    "use_channel": Words.use_channel,
    "channel": Words.channel,
    "introduced": Words.introduced,
    "hold": Words.hold,
    "business_day": Words.business_day,
    "dst_gap": Words.dst_gap,
    "dst_overlap": Words.dst_overlap,
    "opening_hours": Words.opening_hours,
    "quiet_hours": Words.quiet_hours,
    "spread": Words.spread,
    "gesture": Words.gesture,
    "goodwill": Words.goodwill,
    "cap": Words.cap,
    "capacity": Words.capacity,
    "joined_by": Words.joined_by,
    "due": _always(""),
    "moved": _always(""),
    "deferred": Words.deferred,
    "send_now": Words.send_now,
    "merged": Words.merged,
    "not_active": Words.not_active,
    "sent": Words.sent,
    "skipped": Words.skipped,
    "condition_failed": Words.condition_failed,
    "ended": Words.ended,
    "superseded": Words.superseded,
    "closed": _always("the customer's account is closed"),
    "deceased": _always("the customer has died"),
    "do_not_contact": _always("the customer is not to be contacted"),
    "no_consent": Words.no_consent,
    "consent_withdrawn": Words.consent_withdrawn,
    "no_channel": _always("no channel reaches the customer"),
    "not_agreed": _always("the customer has not agreed to be introduced to others"),
    "no_match": _always("nobody was found to be introduced to"),
    "on_hold": Words.on_hold,
    "no_slot": Words.no_slot,
    "expired": Words.expired,
    "capped": Words.capped,
    "over_capacity": Words.capped,
    "over_budget": Words.over_budget,
    "not_granted": Words.not_granted,
    "no_event": Words.no_event,
    "no_birthday": _always("no birthday is known"),
    "no_due": Words.no_due,
    "no_cadence": Words.no_cadence,
    "outside_window": Words.outside_window,
    "no_milestone": Words.no_milestone,
    "not_repeated": _always("it cannot fall due again"),
}

CODES = tuple(_SAYINGS)
"""Every reason code there is."""
