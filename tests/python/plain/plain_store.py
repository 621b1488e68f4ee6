"""What a durable store must hold: worked out from all that has happened, slowly, with one dict of rows.

It knows no file, no list of who has changed, no agenda and no cost: after each step it plans everything anew with
`courtesy.plan`, which is proven elsewhere, and says what is wrong with the rows that the store has now.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import courtesy

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
HORIZON, BACK = 60 * DAY, 31 * DAY
LONG_AGO, FAR_AWAY = (dt.datetime(year, 1, 1, tzinfo=dt.timezone.utc) for year in (2000, 2100))
Planned = dict[str, courtesy.Reminder]
OPEN = {"planned", "snoozed", "failed"}
GONE_OUT = {"sent", "claimed", "unknown"}


@dataclasses.dataclass
class Row:
    """A row of the outbox, with what the store need not show."""

    key: str
    customer: Any
    occasion: str
    channel: str
    state: str
    due: dt.datetime
    wake: dt.datetime
    since: dt.datetime  # when it came into its state
    expires: dt.datetime | None
    event: str | None  # that made it due
    token: int = 0
    lease: dt.datetime = LONG_AGO
    attempts: int = 0
    crashes: int = 0


@dataclasses.dataclass
class PlainStore:
    """`rules`: by name, Rules; their occasions are dicts as TOML has them."""

    occasions: list[dict[str, Any]]
    policy: dict[str, Any]
    shop: dict[str, Any]
    customers: dict[Any, dict[str, Any]] = dataclasses.field(default_factory=dict)
    events: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    rows: dict[str, Row] = dataclasses.field(default_factory=dict)
    since: dict[str, tuple[str, dt.datetime]] = dataclasses.field(default_factory=dict)
    last: dt.datetime | None = None
    early: set[str] = dataclasses.field(default_factory=set)  # what the last plan left to the time before the rules

    # ---- what is owed

    def plan(
        self,
        start: dt.datetime,
        end: dt.datetime,
        *more: dict[str, Any],
        since: bool = False,
        again: str = "",
        caps: bool = True,
    ) -> Planned:
        """What is planned, by key. With `since` what was scheduled before its rule came into force is skipped; the row
        `again` is as if it had not been claimed."""
        rules = courtesy.Rules(self.occasions, self.policy if caps else self.policy | {"caps": []}, self.shop)
        journal = [*self.events.values(), *(self.heard(row) for row in self.rows.values() if row.key != again), *more]
        events = [event for event in journal if event and event["customer"] in self.customers]
        self.early = set()
        if not self.customers:
            return {}
        people = list(self.customers.values())
        candidates = courtesy.plan(people, events or None, rules, start=start - 40 * DAY, until=end, threads=1)
        early = [row for row in candidates if since and self.scheduled(row) < self.since[row.occasion][1]]
        self.early = {row.key for row in early}
        skipped = [note("skip", row, LONG_AGO, id=f"early {row.key}") for row in early]
        made = courtesy.plan(people, events + skipped or None, rules, start=start, until=end, threads=1)
        return {row.key: row for row in made if row.state == "planned" and start <= row.due < end}

    def scheduled(self, row: courtesy.Reminder) -> dt.datetime:
        """The instant at which the rule alone would say it: the anchor, so many days later, at its time of day."""
        rule = next(rule for rule in self.occasions if rule["name"] == row.occasion)
        day, zone = row.anchor, ZoneInfo(self.customers[row.customer].get("zone") or self.shop["zone"])
        if "yearly" in rule:
            day = day.replace(year=row.due.astimezone(zone).year)
        else:
            day += int(rule.get("after", rule.get("silent")).split()[0]) * DAY
        return dt.datetime.combine(day, dt.time.fromisoformat(rule.get("at", "09:00")), zone).astimezone(
            dt.timezone.utc
        )

    def activate(self, now: dt.datetime) -> None:
        """A rule is in force from the refresh on that first knew it as it is."""
        known = {rule["name"]: str(sorted(rule.items())) for rule in self.occasions}
        self.since = {
            name: self.since[name] if self.since.get(name, ("", now))[0] == text else (text, now)
            for name, text in known.items()
        }

    # ---- what the store did, and what is wrong with it

    def refreshed(self, now: dt.datetime, seen: dict[str, Row]) -> Iterable[str]:
        self.activate(now)
        back = min(now, self.last) - BACK if self.last else now
        self.last, until = now, now + HORIZON
        until += -(until - LONG_AGO) % HOUR
        owed = self.plan(back, until + 30 * DAY, since=True)
        for key in owed.keys() | self.rows.keys() | seen.keys():
            was, found, want = self.rows.get(key), seen.get(key), owed.get(key)
            allowed = set(self.after_refresh(was, want, now, back, until))
            if (found.state if found else None, found.due if found and found.state in OPEN else None) not in allowed:
                yield f"refresh at {now}: was {was}, is {found}, owed {want}; allowed: {allowed}"

    def after_refresh(
        self, was: Row | None, want: courtesy.Reminder | None, now: dt.datetime, back: dt.datetime, until: dt.datetime
    ) -> Iterable[tuple[str | None, dt.datetime | None]]:
        """The states, with the due of the open ones, that a row may have after a refresh."""
        is_open = was is not None and was.state in OPEN
        if was and not is_open and was.state != "withdrawn":
            yield was.state, None
            return
        state = was.state if was and is_open else "planned"
        # What an edited rule left standing is in no plan of the store's: others are asked again once it has gone out.
        if was and any(row.key in self.early and row.state in OPEN for row in self.rows.values()
                       if row.customer == was.customer):  # fmt: skip
            yield state, was.due
        expires = want.expires if want else was.expires if was else None
        # A snooze may end after it.
        if expires and (is_open or want) and expires <= max(now, was.due if was else now):
            yield "expired", None
        if want is not None:
            late = now - want.due > HOUR and self.rule(want.occasion).get("late", "once") != "all"
            if want.due < until or is_open:
                yield state, want.due
            if late:
                yield "expired", None
            if want.due >= until or (was and not is_open and now - want.due > HOUR):
                # It comes when its time comes; and what was withdrawn and is late only where something new is known.
                yield ("withdrawn" if was else None), None
        elif was and is_open and (not back <= was.due < until + 30 * DAY or was.key in self.early):
            yield state, was.due
        elif was and is_open:
            yield ("skipped" if self.skipped(was.key) else "withdrawn"), None
            yield "withdrawn", None
            # Staff put it off until it is worthless; with a clock that was set back that is not what they said last.
            if any(event.get("ref") == was.key and event["kind"] == "snooze" and expires and event["due"] >= expires
                   for event in self.events.values()):  # fmt: skip
                yield "expired", None
        else:
            yield (was.state if was else None), None

    def claimed(self, now: dt.datetime, taken: set[str], seen: dict[str, Row], *, all_of_them: bool) -> Iterable[str]:
        """`taken`: the keys that the claim gave out; `all_of_them`: it was asked for more than there can be."""
        if len(self.rows) != len(seen):
            yield f"a claim made or lost rows: {self.rows.keys() ^ seen.keys()}"
        for key in taken:
            yield from (f"claimed at {now} although {why}: {self.rows[key]}" for why in self.forbids(key, now))
        for key, was in self.rows.items():
            found = seen[key]
            if (key in taken and found.state != "claimed") or (
                found.state == "claimed" != was.state and key not in taken
            ):
                yield f"{was} is {found}, and the claim {'has' if key in taken else 'does not have'} it"
            allowed = set(self.after_claim(was, now))
            if not all_of_them:
                allowed.add((was.state, was.wake))
                # Free again, and not among those that were taken.
                if was.state == "claimed" and was.lease <= now:
                    allowed.add(("planned", was.wake))
            if (found.state, found.wake) not in allowed and (found.wake <= now or (found.state, None) not in allowed):
                yield f"claim at {now}: was {was}, is {found}; allowed: {allowed}"

    def after_claim(self, was: Row, now: dt.datetime) -> Iterable[tuple[str, dt.datetime | None]]:
        """The state and wake that a row may have after a claim of all that can be claimed; None is any later wake."""
        lost = was.state == "claimed" and was.lease <= now
        if was.wake > now or not (lost or was.state in OPEN):
            yield was.state, was.wake
        elif lost and self.policy.get("delivery", {}).get(was.channel) == "at_most_once":
            yield "unknown", was.wake
        elif lost and was.crashes >= 2:  # where staff put it off once it was parked, one crash is enough
            yield "parked", was.wake
        else:
            snooze = note("snooze", was, FAR_AWAY, due=now)
            again = self.plan(now, now + 40 * DAY, snooze, again=was.key).get(was.key)
            alone = self.plan(now, now + MINUTE, snooze, again=was.key, caps=False).get(was.key)
            others = [row for row in self.rows.values() if row.customer == was.customer and row.key != was.key]
            # Which of two takes the last place that a cap has is not decided here.
            unsure = any(row.wake <= now or row.state in GONE_OUT for row in others)
            # A plan hears no snooze of what was scheduled more than 400 days before; a claim asks it all the same.
            known = self.events[was.event]["at"] if was.event in self.events else was.due
            ancient = now - known > 395 * DAY
            if ancient or (alone and (unsure or (again and again.due == now))):
                yield "claimed", was.wake
            if unsure or not again:
                yield from (("withdrawn", was.wake), ("expired", was.wake))
            if again and again.due > now:
                yield was.state if was.state in OPEN else "planned", again.due
            if self.skipped(was.key):
                yield "skipped", was.wake
            if unsure:
                yield was.state if was.state in OPEN else "planned", None
            if now - was.due > HOUR and self.rule(was.occasion).get("late", "once") != "all":
                yield "expired", was.wake

    def forbids(self, key: str, now: dt.datetime) -> Iterable[str]:
        """What no claim may overlook, whatever else is decided: said without the planner."""
        row, rule = self.rows[key], self.rule(self.rows[key].occasion)
        if row.customer not in self.customers:
            yield "the customer was erased"
            return
        if self.customers[row.customer].get("status", "active") != "active":
            yield "the customer is not active any more"
        mine = sorted(
            (event for event in self.events.values() if event["customer"] == row.customer and event["at"] <= now),
            key=lambda event: (event["at"], event["kind"] == "withdrawal", event["id"]),
        )
        spoken = [event["kind"] for event in mine if event["kind"] in ("consent", "withdrawal")
                  and event["note"] == rule["purpose"]]  # fmt: skip
        if spoken and spoken[-1] == "withdrawal":
            yield "consent was withdrawn"
        asked = self.events[row.event]["at"] if row.event in self.events else now
        if any(event["kind"] in rule.get("until", ()) and event["at"] > asked for event in mine):
            yield "what it asks for has happened"
        if row.state not in OPEN | {"claimed"}:
            yield f"it is {row.state}"
        if row.state == "claimed" and row.lease > now:
            yield "somebody holds it"
        if row.wake > now:
            yield "it is not due"

    def answered(self, key: str, want: str, due: dt.datetime | None, seen: dict[str, Row]) -> Iterable[str]:
        """Only this row has changed: it is in the state that its answer gives it."""
        if seen[key].state != want or (due is not None and seen[key].due != due):
            yield f"answered: was {self.rows[key]}, is {seen[key]}, not {want}"
        yield from self.untouched({other: row for other, row in seen.items() if other != key}, besides={key})

    def untouched(self, seen: dict[str, Row], besides: Iterable[str] = ()) -> Iterable[str]:
        for key in self.rows.keys() | seen.keys():
            was, found = self.rows.get(key), seen.get(key)
            if key not in besides and (was and (was.state, was.due)) != (found and (found.state, found.due)):
                yield f"nobody asked for it: was {was}, is {found}"

    def keep(self, now: dt.datetime, seen: dict[str, Row], taken: Iterable[str] = ()) -> set[str]:
        """Takes the rows over as they are, and says which have come into another state. `taken`: given to a claim."""
        moved = {key for key, row in seen.items() if key in taken or row.state != self.state_of(key)}
        for key, row in seen.items():
            was = self.rows.get(key, row)
            row.token, row.lease, row.attempts, row.crashes = was.token, was.lease, was.attempts, was.crashes
            if row.state == was.state == "claimed" and row.since != was.since:
                # The clock was set back since it was claimed: its lease is as long as it was, from now on.
                row.lease = now + (was.lease - was.since)
        self.rows = seen
        return moved

    def state_of(self, key: str) -> str | None:
        return self.rows[key].state if key in self.rows else None

    def rule(self, occasion: str) -> dict[str, Any]:
        return {"purpose": "care"} | next((rule for rule in self.occasions if rule["name"] == occasion), {})

    def skipped(self, key: str) -> bool:
        """Whether the last word of staff is `skip`."""
        words = [event for event in self.events.values() if event.get("ref") == key]
        return bool(words) and words[-1]["kind"] == "skip"

    def heard(self, row: Row) -> dict[str, Any] | None:
        """What the planner hears of a row: it went out, or never will."""
        if row.state in GONE_OUT:
            return note("contact", row, row.since, channel=row.channel, note=self.rule(row.occasion)["purpose"])
        if row.state in ("expired", "parked", "given_up"):
            return note("skip", row, row.since)
        return None


def note(kind: str, row: Any, at: dt.datetime, **cells: Any) -> dict[str, Any]:
    return {"id": f"{kind} {row.key}", "customer": row.customer, "kind": kind, "at": at, "ref": row.key, **cells}
