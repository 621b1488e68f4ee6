"""Days, times, channels and amounts as English sentences say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

__all__ = [
    "WEEKDAYS",
    "amount",
    "channel_name",
    "clock",
    "column_name",
    "date",
    "day_text",
    "kind",
    "listed",
    "meter",
    "month",
    "number",
    "ordinal",
    "possessive",
]

# Not strftime's, which follow the process's locale; the sentences are English.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_CHANNELS = {"email": "e-mail", "sms": "text message", "call": "telephone call", "whatsapp": "WhatsApp"}
# Of these there are several.
_COUNTABLE = ("email", "sms", "call", "letter", "card", "visit")
# These have a meaning of their own, which their names alone do not tell in a sentence.
_KINDS = {
    "kept": "kept promise",
    "broken": "broken promise",
    "renegotiated": "renegotiated promise",
    "reopened": "reopened complaint",
    "paid": "payment",
}
_COLUMNS = {"email": "e-mail address", "phone": "telephone number", "address": "postal address"}


def day_text(day: dt.date) -> str:
    """A day with its weekday: "Mon 23 Nov 2026"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {date(day)}"


def month(day: dt.date) -> str:
    return _MONTHS[day.month - 1]


def date(day: dt.date) -> str:
    return f"{day.day} {month(day)[:3]} {day.year}"


def clock(time: dt.time | dt.datetime) -> str:
    return f"{time:%H:%M}"


def kind(name: str) -> str:
    return _KINDS.get(name, name.replace("_", " ").replace("-", " "))


def number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"


def ordinal(value: int) -> str:
    """ "1st", "2nd", "11th"."""
    special = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if value % 100 in (11, 12, 13) else special}"


def amount(money: float) -> str:
    """Money without its currency: "1,250", "12.50"."""
    return f"{money:,.0f}" if money == int(money) else f"{money:,.2f}"


def meter(name: str, unit: str) -> str:
    # A meter that is called after its unit would be "the km reaches 45,000 km".
    return "use" if name == unit else f"the {kind(name)}"


def possessive(span: str) -> str:
    return f"{span}'" if span.endswith("s") else f"{span}'s"


def channel_name(channel: str, number: int = 1) -> str:
    """ "telephone call"; of several "telephone calls"."""
    plural = "s" if number > 1 and channel in _COUNTABLE else ""
    return _CHANNELS.get(channel, channel) + plural


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def column_name(column: str) -> str:
    return _COLUMNS.get(column, column)
