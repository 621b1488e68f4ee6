"""Between the core's zones and Python's."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from courtesy import _core
from courtesy.time import EPOCH, MICROSECOND, instant, wall_time
from courtesy.time_column import offset_text

__all__ = ["in_zone", "local_time", "zone_name", "zone_named"]


def zone_named(name: str, at: dt.datetime) -> dt.tzinfo:
    """Python's zone of that name; where it has none (as for "+05:30"), the offset that holds at an instant."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        ticks = (at.replace(tzinfo=None) - EPOCH) // MICROSECOND
        return dt.timezone(dt.timedelta(seconds=_core.utc_offsets(name, [ticks])[0]))


def local_time(at: dt.datetime, wall: dt.datetime, zone: str) -> dt.datetime:
    """An instant (aware, UTC) as a datetime in its zone, where the clock shows ``wall``."""
    local = at.astimezone(zone_named(zone, at))
    # Python's zone data may be of another version than the core's, whose wall time is the one that was worked out.
    if local.replace(tzinfo=None) != wall:
        local = at.astimezone(dt.timezone(wall.replace(tzinfo=dt.timezone.utc) - at))
    return local


def in_zone(ticks: int, zone: str) -> dt.datetime:
    """The instant (µs since 1970, UTC) as a datetime in a zone of the core."""
    wall = wall_time(ticks + _core.utc_offsets(zone, [ticks])[0] * 1_000_000)
    return local_time(instant(ticks), wall, zone)


def zone_name(moment: dt.datetime) -> str:
    """The name of an aware datetime's zone as the core reads it: of a ZoneInfo its key, of another its offset."""
    key = getattr(moment.tzinfo, "key", None)
    return key if isinstance(key, str) else offset_text(moment.utcoffset() or dt.timedelta())
