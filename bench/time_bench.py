"""Recurrence and time zones beside what a user would take instead, in one run: ./dev python bench/time_bench.py.

Recurrence: five rules, all occurrences of 8,000 years as a NumPy array (of wall times, and in a zone), a window of 30
days twelve years after the start, and occurrences as Python's datetimes, beside dateutil (whose share is measured on
fewer years), and in C++ beside libical where bench_recurrence was built with it. Zones: a million random wall times
over 20 zones, as columns, beside zoneinfo and pandas, and in C++ beside Hinnant's to_sys and cctz where bench_zone was
built with it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dateutil.rrule
import numpy
import pandas

import courtesy

RULES = [
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=DAILY",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
]
START = dt.datetime(2000, 1, 1, 9)  # noqa: DTZ001 - wall times
LATER = dt.datetime(2012, 1, 1)  # noqa: DTZ001
END = dt.datetime(9999, 12, 31)  # noqa: DTZ001
PROGRAMS = Path(__file__).resolve().parent.parent / "build" / "release" / "bench"
ZONES = [
    *("Europe/London", "Europe/Berlin", "Europe/Lisbon", "Europe/Dublin", "America/New_York", "America/Sao_Paulo"),
    *("America/St_Johns", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran"),
    *("Africa/Cairo", "Africa/Casablanca", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Apia"),
    *("Pacific/Auckland", "Atlantic/Azores", "UTC"),
]


def seconds(call: Callable[[], Any], rounds: int = 7) -> float:
    """The median of some runs, each repeated until it takes long enough for the clock."""
    call()
    repeat = 1
    while True:
        begin = time.perf_counter()
        for _ in range(repeat):
            call()
        if time.perf_counter() - begin > 0.02:
            break
        repeat *= 4
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(repeat):
            call()
        times.append((time.perf_counter() - begin) / repeat)
    return statistics.median(times)


def recurrences() -> None:
    print(f"{'':<46}{'million occurrences a second':^48}    {'30 days, in µs':^28}")
    heads = ("array", "in a zone", "datetimes", "dateutil", "times", "courtesy", "dateutil", "times")
    print(f"{'':<46}{heads[0]:>8}{heads[1]:>10}{heads[2]:>11}{heads[3]:>10}{heads[4]:>9}", end="")
    print(f"    {heads[5]:>9}{heads[6]:>10}{heads[7]:>9}")
    for rule in RULES:
        print(recurrence(rule))


def recurrence(rule: str) -> str:
    """A line of the table: one rule, here and in dateutil, which must agree."""
    ours = courtesy.Recurrence(rule, start=START)
    theirs = dateutil.rrule.rrulestr(rule, dtstart=START)
    end = LATER + dt.timedelta(days=30)
    assert list(itertools.islice(theirs, 200)) == ours.first(200)
    assert ours.between(LATER, end) == theirs.between(LATER, end, inc=True)
    zoned = courtesy.Recurrence(rule, start=START, zone="Europe/London")
    array = len(ours.to_numpy(START, END)) / seconds(lambda: ours.to_numpy(START, END))
    instants = len(zoned.to_numpy(START, END)) / seconds(lambda: zoned.to_numpy(START, END))
    objects = 200 / seconds(lambda: ours.first(200))
    slow = 200 / seconds(lambda: list(itertools.islice(theirs, 200)), 3)
    window = seconds(lambda: ours.to_numpy(LATER, end))
    walked = seconds(lambda: theirs.between(LATER, end, inc=True), 3)
    return (
        f"{rule:<46}{array / 1e6:>8.1f}{instants / 1e6:>10.1f}{objects / 1e6:>11.2f}{slow / 1e6:>10.3f}"
        f"{array / slow:>9.0f}"
        f"    {window * 1e6:>9.2f}{walked * 1e6:>10.0f}{walked / window:>9.0f}"
    )


def of_program(program: Path, asked: str) -> dict[str, Any]:
    """What a C++ program measured, by name; nothing where it was not built."""
    if not program.exists():
        return {}
    done = subprocess.run(
        [program, "--benchmark_format=json", f"--benchmark_filter={asked}"], capture_output=True, check=True, text=True
    )
    return {each["name"]: each for each in json.loads(done.stdout)["benchmarks"]}


def beside_libical(program: Path) -> None:
    """The same rules in C++: a table with what libical takes, where the program knows it."""
    names = ["centuries_in_microseconds", "thirty_days_after_twelve_years"]
    found = of_program(program, f"libical|({'|'.join(names)})/rule:./zone:0")
    if "libical_century/rule:0" not in found:
        return
    print(f"\n{'in C++':<46}{'million occurrences a second':^29}   {'30 days, in µs':^28}")
    print(f"{'':<46}{'courtesy':>10}{'libical':>10}{'times':>9}   {'courtesy':>9}{'libical':>10}{'times':>9}")
    for number, rule in enumerate(RULES):
        many, all_theirs = (found[name]["occurrences/s"] / 1e6 for name in
                            (f"{names[0]}/rule:{number}/zone:0", f"libical_century/rule:{number}"))  # fmt: skip
        few, some_theirs = (found[name]["cpu_time"] / 1e3 for name in
                            (f"{names[1]}/rule:{number}/zone:0", f"libical_{names[1]}/rule:{number}"))  # fmt: skip
        print(
            f"{rule:<46}{many:>10.1f}{all_theirs:>10.3f}{many / all_theirs:>9.0f}"
            f"   {few:>9.3f}{some_theirs:>10.1f}{some_theirs / few:>9.0f}"
        )


def zones(rows: int = 1_000_000) -> None:
    random = numpy.random.default_rng(1)
    walls = random.integers(0, 4_000_000_000_000_000, rows).astype("datetime64[us]")
    names = pandas.Categorical.from_codes(random.integers(0, len(ZONES), rows), ZONES)
    column = pandas.Series(names)
    ours = seconds(lambda: courtesy.to_utc(walls, column), 5) / rows
    one = seconds(lambda: courtesy.to_utc(walls, "Europe/London"), 5) / rows

    some = 20_000
    infos = {name: ZoneInfo(name) for name in ZONES}
    pairs = list(zip(walls[:some].tolist(), map(infos.__getitem__, names[:some]), strict=True))
    info = seconds(lambda: [wall.replace(tzinfo=zone).astimezone(dt.timezone.utc) for wall, zone in pairs], 3) / some

    def by_pandas() -> None:
        for _, group in pandas.Series(walls).groupby(column, observed=True):
            zone = str(names[group.index[0]])
            group.dt.tz_localize(zone, ambiguous=numpy.ones(len(group), bool), nonexistent="shift_forward")

    others = seconds(by_pandas, 3) / rows
    print(f"\n{rows:,} wall times to UTC, ns each: 20 zones {ours * 1e9:.1f}, one zone {one * 1e9:.1f}")
    for name, theirs in [("zoneinfo", info), ("pandas, zone by zone", others)]:
        print(f"  {name:<22}{theirs * 1e9:>8.1f}   {theirs / ours:>6.0f} times as long")


def zones_in_cpp(program: Path) -> None:
    """The same in C++: what the program knows of others, as times of a column of 20 zones."""
    found = of_program(program, ".*")
    if not found:
        return
    time = {name: 1e9 / each["items_per_second"] for name, each in found.items()}
    ours = time["column_of_twenty_zones"]
    print(f"in C++: 20 zones {ours:.1f}, one zone {time['column_of_one_zone']:.1f}")
    for name, key in [("Hinnant's to_sys", "hinnants_to_sys"), ("cctz", "cctz_convert")]:
        if key in time:
            print(f"  {name:<22}{time[key]:>8.1f}   {time[key] / ours:>6.0f} times as long")


if __name__ == "__main__":
    recurrences()
    beside_libical(PROGRAMS / "bench_recurrence")
    zones()
    zones_in_cpp(PROGRAMS / "bench_zone")
