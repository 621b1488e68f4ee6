"""Gates 6 and 7: the wall time, and the times at which people may be reminded."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from plain_books import Books
from plain_days import DAY, WEEKDAYS, Calendar, Span, clock, utc, wall_of

if TYPE_CHECKING:
    from plain_admission import Reminder

LONGEST_MOVE = 400 * DAY
Quiet = tuple[dt.time, dt.time]


class Moment(NamedTuple):
    wall: dt.datetime  # as a rule gives it, even where the clocks skip it
    instant: dt.datetime


def end_of_quiet(hours: Quiet, wall: dt.datetime) -> dt.datetime | None:
    begin, end = hours
    if begin < end:
        return dt.datetime.combine(wall.date(), end) if begin <= wall.time() < end else None
    if wall.time() < end:
        return dt.datetime.combine(wall.date(), end)
    return dt.datetime.combine(wall.date() + DAY, end) if wall.time() >= begin else None


class Opening:
    """A policy's opening hours on the shop's clock."""

    def __init__(self, hours: dict[str, Any], calendar: Calendar, shop: ZoneInfo) -> None:
        self.shop = shop
        self.hours, self.calendar = {str(name): value for name, value in hours.items()}, calendar

    def of(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """From when to when it is open; dates with hours of their own go before holidays, and those before weekdays."""
        text = ""
        if str(day) in self.hours:
            text = self.hours[str(day)]
        elif day not in self.calendar.holidays:
            for name, value in self.hours.items():
                if re.match(r"\d", name):
                    continue
                first, _, last = name.partition("-")
                if WEEKDAYS.index(first) <= day.weekday() <= WEEKDAYS.index(last or first):
                    text = value
        found = []
        for part in [] if text in ("", "closed") else text.split(","):
            opens, closes = (dt.datetime.combine(day, clock(time.strip())) for time in part.split("-"))
            found.append((opens, closes if opens < closes else closes + DAY))
        return sorted(found)

    def next(self, wall: dt.datetime) -> dt.datetime | None:
        """The time itself where it is open, else the next opening."""
        for number in range(-1, LONGEST_MOVE.days):
            for opens, closes in self.of(wall.date() + number * DAY):
                if opens <= wall < closes:
                    return wall
                if opens > wall:
                    return opens
        return None

    def add(self, instant: dt.datetime, time: dt.timedelta, back: bool) -> dt.datetime:
        """So much open time later, or earlier; it may end at a closing (or begin at an opening)."""
        day = wall_of(instant, self.shop).date()
        for number in range(-1, LONGEST_MOVE.days):
            spans = [
                (utc(opens, self.shop), utc(closes, self.shop))
                for opens, closes in self.of(day + (-number if back else number) * DAY)
            ]
            for opens, closes in reversed(spans) if back else spans:
                begin, end = (opens, min(closes, instant)) if back else (max(opens, instant), closes)
                if begin < end and end - begin >= time:
                    return end - time if back else begin + time
                time -= max(end - begin, dt.timedelta())
        raise AssertionError("the shop is open now and then")


class Hours:
    def __init__(self, books: Books, policy: dict[str, Any], calendar: Calendar) -> None:
        self.books, self.policy, self.calendar = books, policy, calendar
        self.opening = Opening(policy["opening_hours"], calendar, books.shop) if "opening_hours" in policy else None
        hours = re.findall(r"\d+", policy.get("spread", "0 minutes"))[0]
        self.spread = int(hours) * (60 if "hour" in policy.get("spread", "") else 1)

    def later(self, instant: dt.datetime, by: Span, back: bool = False) -> dt.datetime:
        """Spans that count from an instant: hours, and then those in which the shop is open."""
        instant += -by.time if back else by.time
        return self.opening.add(instant, by.opening, back) if self.opening and by.opening else instant

    # ---- gate 6 ----

    def moment(self, wall: dt.datetime, zone: ZoneInfo) -> Moment:
        return Moment(wall, utc(wall, zone, self.policy.get("gap", "forward"), self.policy.get("overlap", "first")))

    def settled(self, wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        """What the clock shows where a rule gives this time."""
        return wall_of(self.moment(wall, zone).instant, zone)

    def at(self, keys: dict[str, Any], customer: dict[str, Any]) -> dt.time:
        """A step's time of day."""
        policys = clock(self.policy.get("at", "09:00"))
        at = keys.get("at", policys)
        return self.best(customer, policys, keys["audience"]) if at == "best" else clock(at)

    def best(self, customer: dict[str, Any], policys: dt.time, audience: str) -> dt.time:
        if audience == "staff":
            return policys
        counts = [0] * 24
        for event in self.books.events[customer["id"]]:
            if event["kind"] == "reply" and event["carries"]:
                counts[wall_of(event["instant"], self.books.zone(customer)).hour] += 1
        if not any(counts):
            return policys
        counts[policys.hour] += 2
        sums = [counts[hour - 1] + 2 * counts[hour] + counts[(hour + 1) % 24] for hour in range(24)]
        quiet = self.quiet(customer)
        anyday = dt.date(2026, 1, 1)
        left = [
            hour for hour in range(24)
            if not any(end_of_quiet(hours, dt.datetime.combine(anyday, dt.time(hour))) for hours in quiet)
        ]  # fmt: skip
        if not any(sums[hour] for hour in left):
            return policys
        hour = min(left, key=lambda hour: (-sums[hour], hour != policys.hour, hour))
        return policys if hour == policys.hour else dt.time(hour)

    # ---- gate 7 ----

    def quiet(self, customer: dict[str, Any]) -> list[Quiet]:
        found = []
        if "quiet_hours" in self.policy:
            found.append((clock(self.policy["quiet_hours"]["from"]), clock(self.policy["quiet_hours"]["to"])))
        if customer["quiet_from"]:
            found.append((clock(customer["quiet_from"]), clock(customer["quiet_to"])))
        return found

    def refused(self, keys: dict[str, Any], customer: dict[str, Any], wall: dt.datetime) -> bool:
        if keys["move"] != "none" and not self.calendar.is_business_day(wall.date()):
            return True
        if keys["audience"] == "staff":
            return bool(self.opening and keys["move"] != "none" and self.opening.next(wall) != wall)
        return any(end_of_quiet(hours, wall) for hours in self.quiet(customer))

    def allowed(self, reminder: Reminder, start: Moment, forward: bool) -> Moment | None:
        """The moment to which closed days, opening hours and quiet hours move it; nothing where there is none."""
        keys, customer, zone = reminder.keys, reminder.customer, reminder.zone
        wall = self.on(keys, self.calendar.rolled(start.wall.date(), self.move(keys, forward)), start.wall)
        rolled = wall != start.wall
        wall = self.settled(wall, zone)
        moved = released = False
        while abs(wall - start.wall) < LONGEST_MOVE:
            step, quiet = self.step(keys, customer, wall)
            if step is None:
                return None
            if step == wall:
                break
            # The end of a time that is not allowed is allowed: were it skipped by the clocks, it is where they go on.
            wall = wall_of(utc(step, zone), zone)
            moved, released = True, released or quiet
        else:
            return None
        if not moved and not rolled:
            return start
        found = self.moment(wall, zone)
        if released and self.spread:
            later = found.instant + int(reminder.key[-16:], 16) % self.spread * dt.timedelta(minutes=1)
            useful = reminder.expires is None or later <= reminder.expires
            if useful and not self.refused(keys, customer, wall_of(later, zone)):
                return Moment(wall_of(later, zone), later)
        return found

    def on(self, keys: dict[str, Any], day: dt.date, wall: dt.datetime) -> dt.datetime:
        """That time on the day to which a closed day moves it; where staff are not there then, any time of that day."""
        found = dt.datetime.combine(day, wall.time())
        hours = self.opening if keys["audience"] == "staff" and keys["move"] != "none" else None
        if day != wall.date() and hours and hours.next(found) != found:
            return dt.datetime.combine(day, dt.time())
        return found

    @staticmethod
    def move(keys: dict[str, Any], forward: bool) -> str:
        return "next business day" if forward and keys["move"] != "none" else keys["move"]

    def step(
        self, keys: dict[str, Any], customer: dict[str, Any], wall: dt.datetime
    ) -> tuple[dt.datetime | None, bool]:
        """One move, and whether it was to the end of quiet hours."""
        if keys["move"] != "none" and not self.calendar.is_business_day(wall.date()):
            return self.on(keys, self.calendar.next_open(wall.date(), DAY), wall), False
        if keys["audience"] == "staff":
            return self.opening.next(wall) if self.opening and keys["move"] != "none" else wall, False
        for hours in self.quiet(customer):
            end = end_of_quiet(hours, wall)
            if end:
                return end, True
        return wall, False
