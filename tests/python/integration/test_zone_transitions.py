"""Every zone of the system's database, compared with `zoneinfo` from 1900 to 2100.

`zoneinfo` reads the same files and applies their footers' rules by itself: an independent reader of the same truth.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import io
import itertools
import zoneinfo
from pathlib import Path

import pytest

from courtesy import _core

DATABASE = Path("/usr/share/zoneinfo")
# What zic writes for "no zone set", and what a machine is set to: neither is a zone that a customer can be in.
NO_ZONES = {"Factory", "localtime"}

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 (a wall time: what a clock shows)
SECOND = dt.timedelta(seconds=1)
# Closer than the closest two transitions of any zone, which are a week apart.
STEP = dt.timedelta(days=6, hours=7)
FIRST = (dt.datetime(1900, 1, 1) - EPOCH) // STEP  # noqa: DTZ001
LAST = (dt.datetime(2101, 1, 1) - EPOCH) // STEP  # noqa: DTZ001
WALLS = [EPOCH + STEP * n for n in range(FIRST, LAST)]
# Every day that the grid meets is looked at for transitions, and these are compared: a part of the grid, and some
# times beyond its two centuries.
SAMPLE = WALLS[::20] + [dt.datetime(year, month, 1, 12) for year in (1600, 1850, 2200, 9998) for month in range(1, 13)]  # noqa: DTZ001


def database_names() -> list[str]:
    """The zones that the system's database has; `available_timezones` may add those of the package tzdata."""
    zoneinfo.reset_tzpath([str(DATABASE)])
    try:
        names = zoneinfo.available_timezones()
    finally:
        zoneinfo.reset_tzpath()
    return sorted(name for name in names - NO_ZONES if (DATABASE / name).is_file())


NAMES = database_names()
REGIONS = [(region, list(names)) for region, names in itertools.groupby(NAMES, key=lambda name: name.split("/")[0])]


def microseconds(time: dt.datetime) -> int:
    return (time - EPOCH) // dt.timedelta(microseconds=1)


def offset_of_wall(zone: zoneinfo.ZoneInfo, wall: dt.datetime, fold: int = 0) -> dt.timedelta:
    offset = zone.utcoffset(wall.replace(fold=fold))
    assert offset is not None
    return offset


def offset_at(zone: zoneinfo.ZoneInfo, utc: dt.datetime) -> dt.timedelta:
    offset = zone.fromutc(utc.replace(tzinfo=zone)).utcoffset()
    assert offset is not None
    return offset


def transitions(zone: zoneinfo.ZoneInfo) -> list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]:
    """Instant (UTC, naive), offset before and offset after, found by halving between two walls of the grid."""
    found = []
    offsets = [offset_of_wall(zone, wall) for wall in WALLS]
    for n, (before, after) in enumerate(itertools.pairwise(offsets)):
        if before == after:
            continue
        low, high = WALLS[n], WALLS[n + 1]
        while high - low > SECOND:
            middle = low + (high - low) // 2 // SECOND * SECOND
            if offset_of_wall(zone, middle) == before:
                low = middle
            else:
                high = middle
        # With fold=0 the offset before holds until the wall's clock has shown both.
        found.append((high - max(before, after), before, after))
    return found


@dataclasses.dataclass(frozen=True)
class Expected:
    """What zoneinfo says of one zone."""

    changes: int
    instants: list[int]
    offsets: list[int]
    walls: list[int]
    utc: tuple[list[int], list[int]]  # with fold 0 and 1


@functools.cache
def expected(content: bytes) -> Expected:
    """By the zone's file: links and zones that are alike are asked once."""
    zone = zoneinfo.ZoneInfo.from_file(io.BytesIO(content))
    changes = transitions(zone)
    instants = list(SAMPLE)
    walls = list(SAMPLE)
    for at, before, after in changes:
        instants += [at - SECOND, at, at + SECOND]
        edges = (at + before, at + after, at + (before + after) / 2)
        walls += [edge + off for edge in edges for off in (-SECOND, 0 * SECOND, SECOND)]
    return Expected(
        len(changes),
        [microseconds(at) for at in instants],
        [offset_at(zone, at) // SECOND for at in instants],
        [microseconds(wall) for wall in walls],
        (
            [microseconds(wall - offset_of_wall(zone, wall, 0)) for wall in walls],
            [microseconds(wall - offset_of_wall(zone, wall, 1)) for wall in walls],
        ),
    )


def compare(name: str) -> int:
    """Compares one zone; how many transitions it has."""
    zone = expected((DATABASE / name).read_bytes())

    given = _core.utc_offsets(name, zone.instants)
    wrong = [row for row in zip(zone.instants, zone.offsets, given, strict=True) if row[1] != row[2]]
    assert not wrong, f"{name}: {len(wrong)} offsets differ (instant in µs, zoneinfo, courtesy): {wrong[:3]}"

    for fold, utc in enumerate(zone.utc):
        given = _core.to_utc_many(name, zone.walls, fold)
        wrong = [row for row in zip(zone.walls, utc, given, strict=True) if row[1] != row[2]]
        assert not wrong, f"{name}, fold {fold}: {len(wrong)} differ (wall in µs, zoneinfo, courtesy): {wrong[:3]}"
    return zone.changes


@pytest.mark.parametrize(("region", "names"), REGIONS, ids=[region for region, _ in REGIONS])
def test_each_zone_agrees_with_zoneinfo_from_1900_to_2100(region: str, names: list[str]) -> None:
    counts = {name: compare(name) for name in names}
    if region == "Europe":
        # Two changes a year go on after 2037, where the lists of transitions end.
        assert counts["Europe/London"] > 2 * (2100 - 1972)


def test_the_zones_are_those_of_the_systems_database() -> None:
    assert _core.zone_names() == NAMES
    assert len(NAMES) > 400


def test_summer_time_goes_on_after_2037() -> None:
    wall = microseconds(dt.datetime(2038, 7, 1, 9))  # noqa: DTZ001
    utc = microseconds(dt.datetime(2038, 7, 1, 8))  # noqa: DTZ001
    assert _core.to_utc_many("Europe/London", [wall], 0) == [utc]
