"""A slow and obvious model of what a shop owes, for rules as TOML reads them and books such as the example garage's.

It goes through all customers, events and steps one by one, with dates and zoneinfo alone. It knows no scan, no table
and no window but the last comparison.
"""

from __future__ import annotations

import collections
import csv
import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plain_anchors import Anchors, Candidate
from plain_days import DAY, Calendar, Span, clock, span, texts, utc, wall_of

import courtesy

LONGEST_MOVE = 40 * DAY
CONTACTS = {"email": "email", "call": "phone", "sms": "phone", "whatsapp": "phone", "letter": "address"}
NO_CONSENT_NEEDED = {"service": "not needed", "recovery": "not needed", "care": "unless withdrawn", "offer": "needed"}


class Row(NamedTuple):
    customer: str
    asset: str | None
    occasion: str
    step: str
    state: str
    reason: str
    due: dt.datetime
    channel: str | None
    anchor: dt.date
    event: str | None


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Model:
    """What the shop whose books are in ``folder`` owes by ``rules`` (as TOML reads them) from start to end."""

    def __init__(self, folder: Path, rules: dict[str, Any], start: dt.date, end: dt.date) -> None:
        self.rules = rules
        self.policy = rules["policy"]
        self.shop = ZoneInfo(rules["shop"]["zone"])
        self.first, self.last = (utc(dt.datetime.combine(day, dt.time()), self.shop) for day in (start, end))
        self.customers = rows(folder / "customers.csv")
        self.assets = {asset["id"]: asset for asset in rows(folder / "assets.csv")}
        self.events: dict[str, list[dict[str, Any]]] = {customer["id"]: [] for customer in self.customers}
        zones = {customer["id"]: self.zone(customer) for customer in self.customers}
        for event in rows(folder / "events.csv"):
            zone = zones[event["customer"]]
            if len(event["at"]) == len("2026-11-23"):
                event["day"] = dt.date.fromisoformat(event["at"])
                event["instant"] = utc(dt.datetime.combine(event["day"], dt.time()), zone)
            else:
                event["instant"] = dt.datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
                event["day"] = wall_of(event["instant"], zone).date()
            event["value"] = float(event["value"]) if event["value"] else None
            event["asset"] = event["asset"] or None
            event["order"] = (event["instant"], event["id"])
            self.events[event["customer"]].append(event)
        for events in self.events.values():
            events.sort(key=lambda event: event["order"])
        self.calendar = Calendar(self.policy)
        self.anchors = Anchors(self.events, self.calendar, end.year)

    def zone(self, customer: dict[str, Any]) -> ZoneInfo:
        return ZoneInfo(customer["zone"]) if customer["zone"] else self.shop

    # ---- gates ----

    def holds(self, when: dict[str, Any], customer: dict[str, Any], asset: dict[str, Any]) -> bool:
        for name, wanted in when.items():
            if name == "asset":
                passed = self.holds(wanted, asset, {})
            elif name == "tags":
                tags, wish = set(customer["tags"].split(",")), wanted if isinstance(wanted, dict) else {"any": wanted}
                passed = (
                    not tags & set(texts(wish.get("none")))
                    and set(texts(wish.get("all"))) <= tags
                    and ("any" not in wish or bool(tags & set(texts(wish["any"]))))
                )
            elif isinstance(wanted, dict):
                passed = customer.get(name, "") not in texts(wanted["not"])
            else:
                passed = customer.get(name, "") in texts(wanted)
            if not passed:
                return False
        return True

    def superseded(self, occasion: dict[str, Any], candidate: Candidate, at: dt.datetime) -> bool:
        since, event = texts(occasion.get("since")), candidate.event
        for other in self.events[event["customer"]] if event else []:
            if (
                other is event
                or other["kind"] not in since
                or other["instant"] > at
                or other["asset"] != event["asset"]
            ):
                continue
            later = other["order"] > event["order"]
            if candidate.round_began:
                if later and other["day"] - candidate.round_began >= candidate.due - other["day"]:
                    return True
            elif since.index(other["kind"]) <= since.index(event["kind"]) - (not later):
                return True
        return False

    def ended(self, occasion: dict[str, Any], customer: dict[str, Any], candidate: Candidate, at: dt.datetime) -> bool:
        event = candidate.event
        for other in self.events[customer["id"]]:
            if other["kind"] not in texts(occasion.get("until")) or other is event or other["instant"] > at:
                continue
            if event and event["asset"] and other["asset"] not in (None, event["asset"]):
                continue
            began = candidate.round_began
            if began in (None, candidate.anchor):
                since = other["order"] > event["order"] if event else other["day"] > candidate.anchor
            else:
                since = other["day"] > began
            if since:
                return True
        return False

    def consent(self, customer: dict[str, Any], channel: str, purpose: str, at: dt.datetime) -> str | None:
        need = self.policy.get("consent", {}).get(purpose, NO_CONSENT_NEEDED[purpose])
        latest = None
        for event in self.events[customer["id"]]:
            if event["kind"] not in ("consent", "withdrawal") or event["instant"] > at:
                continue
            if event["channel"] not in ("", channel) or event["note"] not in ("", purpose):
                continue
            if need == "not needed" and event["kind"] == "withdrawal" and not event["note"]:
                continue
            latest = event["kind"]
        if latest == "withdrawal":
            return "consent_withdrawn"
        return "no_consent" if need == "needed" and latest is None else None

    def channel(self, keys: dict[str, Any], customer: dict[str, Any], at: dt.datetime) -> tuple[str | None, str | None]:
        preferred = [name for name in customer["channels"].split(",") if name]
        if "channels" in keys:
            allowed = texts(keys["channels"])
            preferred = [name for name in preferred if name in allowed]
        elif keys["audience"] == "staff":
            allowed, preferred = ["desk"], []
        else:
            allowed = texts(self.policy.get("channels", "email"))
        refusal = None
        for name in [*preferred, *(name for name in allowed if name not in preferred)]:
            if name in CONTACTS and not customer[CONTACTS[name]]:
                continue
            refused = self.consent(customer, name, keys["purpose"], at)
            if not refused:
                return name, None
            refusal = refusal or refused
        return None, refusal or "no_channel"

    def stopped(
        self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate, at: dt.datetime
    ) -> tuple[str | None, str | None]:
        """The channel, or why there is none."""
        asset = self.assets.get(candidate.event["asset"], {}) if candidate.event else {}
        if not self.holds(keys.get("when", {}), customer, asset):
            return None, "condition_failed"
        if self.superseded(keys, candidate, at):
            return None, "superseded"
        if self.ended(keys, customer, candidate, at):
            return None, "ended"
        if customer["status"] not in ("", "active"):
            return None, customer["status"]
        return self.channel(keys, customer, at)

    # ---- time ----

    def moved(
        self, keys: dict[str, Any], customer: dict[str, Any], zone: ZoneInfo, wall: dt.datetime
    ) -> dt.datetime | None:
        """The first time that is neither on a closed day nor in quiet hours; nothing where there is none."""
        quiet = []
        if keys["audience"] == "customer":
            if "quiet_hours" in self.policy:
                quiet.append((clock(self.policy["quiet_hours"]["from"]), clock(self.policy["quiet_hours"]["to"])))
            if customer["quiet_from"]:
                quiet.append((clock(customer["quiet_from"]), clock(customer["quiet_to"])))
        limit = wall + LONGEST_MOVE
        wall = dt.datetime.combine(self.calendar.rolled(wall.date(), keys["move"]), wall.time())
        wall = wall_of(utc(wall, zone), zone)
        while wall < limit:
            ends = [self.end_of_quiet(hours, wall) for hours in quiet]
            if keys["move"] != "none" and not self.calendar.is_business_day(wall.date()):
                wall = dt.datetime.combine(self.calendar.next_open(wall.date(), DAY), wall.time())
            elif any(ends):
                wall = next(filter(None, ends))
            else:
                return wall
            wall = wall_of(utc(wall, zone), zone)
        return None

    @staticmethod
    def end_of_quiet(hours: tuple[dt.time, dt.time], wall: dt.datetime) -> dt.datetime | None:
        begin, end = hours
        if begin < end:
            return dt.datetime.combine(wall.date(), end) if begin <= wall.time() < end else None
        if wall.time() < end:
            return dt.datetime.combine(wall.date(), end)
        return dt.datetime.combine(wall.date() + DAY, end) if wall.time() >= begin else None

    def scheduled(self, keys: dict[str, Any], candidate: Candidate, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """The wall time and the instant before any move."""
        offset, back = span(keys.get("before") or keys.get("step_after")), "before" in keys
        if not isinstance(candidate.due, dt.datetime):
            wall = dt.datetime.combine(self.calendar.shifted(candidate.due, offset, back), keys["at"])
            return wall, utc(wall, zone)
        wall = wall_of(candidate.due, zone)
        if offset == Span():
            return wall, candidate.due
        wall = dt.datetime.combine(
            self.calendar.shifted(wall.date(), offset, back), keys["at"] if keys["own_at"] else wall.time()
        )
        return wall, utc(wall, zone)

    def decided(self, keys: dict[str, Any], customer: dict[str, Any], candidate: Candidate) -> Row | None:
        zone = self.shop if keys["audience"] == "staff" else self.zone(customer)
        wall, due = self.scheduled(keys, candidate, zone)
        if not self.first - LONGEST_MOVE <= due <= self.last + LONGEST_MOVE:
            return None
        expires = None
        if "expires" in keys:
            life = span(keys["expires"])
            expires = utc(dt.datetime.combine(self.calendar.shifted(wall.date(), life), wall.time()), zone) + life.time
        channel, reason = None, "not_active"
        if wall.date() >= keys.get("not_before", dt.date.min):
            channel, reason = self.stopped(keys, customer, candidate, due)
        if not reason:
            moved = self.moved(keys, customer, zone, wall)
            tolerance = span(keys.get("tolerance", "7 days"))
            if moved is None or abs(moved.date() - wall.date()).days > 31 * tolerance.months + tolerance.days:
                reason = "no_slot"
            elif moved == wall or utc(moved, zone) == due:
                reason = "due"
            else:
                due = utc(moved, zone)
                if expires and due > expires:
                    reason = "expired"
                else:
                    channel, reason = self.stopped(keys, customer, candidate, due)
                    reason = reason or "moved"
        planned = reason in ("due", "moved")
        return Row(
            customer["id"],
            candidate.event["asset"] if candidate.event else None,
            keys["name"],
            keys["step"],
            "planned" if planned else "withheld",
            reason,
            due,
            channel if planned else None,
            candidate.anchor,
            candidate.event["id"] if candidate.event else None,
        )

    def plan(self) -> collections.Counter[Row]:
        decided: collections.Counter[Row] = collections.Counter()
        for occasion in self.rules["occasion"]:
            for number, step in enumerate(occasion.get("steps", [occasion]), start=1):
                keys = {"purpose": "care", "audience": "customer", **occasion, "step": str(number)}
                keys |= {name: step[name] for name in ("before", "audience", "channels", "at") if name in step}
                if step is not occasion or "on" not in occasion:
                    keys["step_after"] = step.get("after")
                if step is not occasion:
                    keys["step"] = step.get("name", str(number))
                keys["own_at"] = "at" in keys
                keys["at"] = clock(keys.get("at", self.policy.get("at", "09:00")))
                closed_days = "business_days" in self.policy
                keys.setdefault("move", "next business day" if keys["audience"] == "staff" and closed_days else "none")
                for customer in self.customers:
                    for candidate in self.anchors.candidates(occasion, customer):
                        row = self.decided(keys, customer, candidate)
                        if row and self.first <= row.due < self.last:
                            decided[row] += 1
        return decided


def rows_of(plan: courtesy.Plan) -> collections.Counter[Row]:
    """The same of a plan of courtesy's."""
    return collections.Counter(
        Row(
            *(getattr(row, name) for name in ("customer", "asset", "occasion", "step", "state", "reason", "due")),
            row.channel if row.state == "planned" else None,
            row.anchor,
            row.event,
        )
        for row in plan
    )
