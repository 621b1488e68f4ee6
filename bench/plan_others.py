"""The same job by other means, one thread each: dateutil with zoneinfo, pandas, NumPy.

Each gives (customer, occasion, due) ordered by due: customers by row, occasions by number in OCCASIONS, due in
microseconds UTC. The vectorised ones come in two forms, for two kinds of input that a shop may have at hand:

- *from dates*: birthdays, purchases and services as dates, as courtesy gets them;
- *from civil columns*: month-and-day and year were taken apart beforehand and kept as narrow columns, as
  courtesy's customer base keeps them.

All get the instants of 09:00 and 10:00 in each zone on each day of the window, and the table of business days, for
nothing (Window).
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
from dateutil.relativedelta import relativedelta

from plan_job import HOLIDAYS, HOURS, SHOP_ZONE, ZONES, Job, Whole, Window, date

BIRTHDAY, ANNIVERSARY, SERVICE, CHECK_IN, THANK_YOU = range(5)


class Answer(NamedTuple):
    customer: npt.NDArray[np.integer]
    occasion: npt.NDArray[np.integer]
    due: Whole


# ---- customer by customer ------------------------------------------------------------------------------------------


def dateutil_rows(job: Job) -> list[tuple[int, dt.date, dt.date, dt.date]]:
    columns = (job.birthday, job.purchase, job.service)
    dates = ([date(days) for days in column.tolist()] for column in columns)
    return list(zip(job.zone.tolist(), *dates, strict=True))


def with_dateutil(rows: list[tuple[int, dt.date, dt.date, dt.date]], window: Window) -> Answer:
    """With date objects, relativedelta and zoneinfo; a zone is asked only for days that can fall into the window."""
    zones = [ZoneInfo(name) for name in ZONES]
    shop = ZoneInfo(SHOP_ZONE)
    start = dt.datetime.combine(window.start, dt.time(), shop)
    end = dt.datetime.combine(window.end, dt.time(), shop)
    first, last = date(window.first), date(window.last)
    years = range(first.year, last.year + 1)
    found: list[tuple[int, int, int]] = []

    def add(customer: int, occasion: int, day: dt.date, zone: int) -> None:
        if first <= day <= last:
            due = dt.datetime.combine(day, dt.time(HOURS[occasion]), zones[zone])
            if start <= due < end:
                found.append((int(due.timestamp()) * 1_000_000, customer, occasion))

    for customer, (zone, birthday, purchase, service) in enumerate(rows):
        for year in years:
            add(customer, BIRTHDAY, birthday + relativedelta(year=year), zone)
            if year > purchase.year:
                add(customer, ANNIVERSARY, purchase + relativedelta(year=year), zone)
        due = service + relativedelta(months=6)
        while due.weekday() >= 5 or due in HOLIDAYS:
            due += dt.timedelta(days=1)
        add(customer, SERVICE, due, zone)
        add(customer, CHECK_IN, purchase + dt.timedelta(days=3), zone)
        add(customer, THANK_YOU, purchase + dt.timedelta(days=1), zone)
    found.sort()
    due, customer, occasion = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Answer(customer, occasion, due)


# ---- pandas --------------------------------------------------------------------------------------------------------


def pandas_dates(job: Job) -> pd.DataFrame:
    """Dates as datetime64, zones as a category."""
    return pd.DataFrame(
        {
            "zone": pd.Categorical.from_codes(job.zone, ZONES),
            "birthday": job.birthday.astype("datetime64[D]").astype("datetime64[s]"),
            "purchase": job.purchase.astype("datetime64[D]").astype("datetime64[s]"),
            "service": job.service.astype("datetime64[D]").astype("datetime64[s]"),
        }
    )


def pandas_civil(job: Job) -> pd.DataFrame:
    """As pandas_dates, and beside them the month-and-day and the year as small integers."""
    frame = pandas_dates(job)
    for name in ("birthday", "purchase"):
        month_day, year = _taken_apart(frame[name])
        frame[name + "_month_day"] = month_day.astype(np.int16)
        frame[name + "_year"] = year.astype(np.int16)
    return frame


def _taken_apart(dates: pd.Series) -> tuple[pd.Series, pd.Series]:
    return dates.dt.month * 32 + dates.dt.day, dates.dt.year


def pandas_by_zone(frame: pd.DataFrame, window: Window) -> pd.DataFrame:
    """As the manual teaches: dates taken apart by .dt, wall times localised zone by zone."""
    plan = _pandas_days(frame, _taken_apart(frame["birthday"]), _taken_apart(frame["purchase"]), window)
    wall = plan["day"] + pd.to_timedelta(np.array(HOURS)[plan["occasion"]], unit="h")
    zones = frame["zone"].take(plan["customer"]).set_axis(plan.index)
    plan["due"] = pd.concat(
        part.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")
        for zone, part in wall.groupby(zones, observed=True)
    )
    start, end = (pd.Timestamp(day, tz=SHOP_ZONE) for day in (window.start, window.end))
    return plan[(plan["due"] >= start) & (plan["due"] < end)].sort_values("due")


def pandas_from_dates(frame: pd.DataFrame, window: Window) -> pd.DataFrame:
    """With the window's instants as a table instead of localising."""
    return _with_table(frame, _taken_apart(frame["birthday"]), _taken_apart(frame["purchase"]), window)


def pandas_from_civil(frame: pd.DataFrame, window: Window) -> pd.DataFrame:
    birthday = frame["birthday_month_day"], frame["birthday_year"]
    purchase = frame["purchase_month_day"], frame["purchase_year"]
    return _with_table(frame, birthday, purchase, window)


Civil = tuple[pd.Series, pd.Series]


def _pandas_days(frame: pd.DataFrame, birthday: Civil, purchase: Civil, window: Window) -> pd.DataFrame:
    """Whole columns are filtered by day; only what is left is worked out further."""
    first, last = pd.Timestamp(date(window.first)), pd.Timestamp(date(window.last))
    calendar = pd.Series(window.by_month_day)
    calendar = pd.to_datetime(calendar[calendar >= 0], unit="D")
    parts = []

    def add(occasion: int, day: pd.Series) -> None:
        parts.append(pd.DataFrame({"customer": day.index, "occasion": np.int8(occasion), "day": day.to_numpy()}))

    for occasion, (month_day, year) in ((BIRTHDAY, birthday), (ANNIVERSARY, purchase)):
        chosen = month_day[month_day.isin(calendar.index)]
        day = chosen.map(calendar)
        add(occasion, day[day.dt.year > year.loc[day.index]])

    half_a_year = pd.DateOffset(months=6)
    service = frame["service"]
    due = service[service.between(first - half_a_year - pd.Timedelta(days=15), last - half_a_year)] + half_a_year
    rolled = np.busday_offset(
        due.to_numpy().astype("datetime64[D]"), 0, roll="forward", holidays=np.array(HOLIDAYS, dtype="datetime64[D]")
    )
    due = pd.Series(rolled.astype("datetime64[s]"), index=due.index)
    add(SERVICE, due[due.between(first, last)])

    for occasion, days in ((CHECK_IN, 3), (THANK_YOU, 1)):
        shift = pd.Timedelta(days=days)
        bought = frame["purchase"]
        add(occasion, bought[bought.between(first - shift, last - shift)] + shift)
    return pd.concat(parts, ignore_index=True)


def _with_table(frame: pd.DataFrame, birthday: Civil, purchase: Civil, window: Window) -> pd.DataFrame:
    plan = _pandas_days(frame, birthday, purchase, window)
    zone = frame["zone"].cat.codes.to_numpy()[plan["customer"]]
    day = plan["day"].to_numpy().astype("datetime64[D]").astype(np.int64) - window.first
    plan["due"] = window.of_occasions[plan["occasion"], zone, day]
    start, end = window.bounds
    return plan[(plan["due"] >= start) & (plan["due"] < end)].sort_values("due")


def pandas_answer(plan: pd.DataFrame) -> Answer:
    due = plan["due"]
    if due.dtype != np.int64:
        due = due.astype("datetime64[us, UTC]").astype("int64")
    return Answer(plan["customer"].to_numpy(), plan["occasion"].to_numpy(), due.to_numpy())


# ---- NumPy ---------------------------------------------------------------------------------------------------------


class NumpyCivil(NamedTuple):
    """Narrow columns: month-and-day (month << 5 | day) and year taken apart, days since 1970 in 32 bits."""

    zone: npt.NDArray[np.int8]
    birthday_month_day: npt.NDArray[np.uint16]
    birthday_year: npt.NDArray[np.int16]
    purchase_month_day: npt.NDArray[np.uint16]
    purchase_year: npt.NDArray[np.int16]
    purchase: npt.NDArray[np.int32]
    service: npt.NDArray[np.int32]


def numpy_civil(job: Job) -> NumpyCivil:
    birthday_month_day, birthday_year = _civil(job.birthday)
    purchase_month_day, purchase_year = _civil(job.purchase)
    return NumpyCivil(
        job.zone.astype(np.int8),
        birthday_month_day.astype(np.uint16),
        birthday_year.astype(np.int16),
        purchase_month_day.astype(np.uint16),
        purchase_year.astype(np.int16),
        job.purchase.astype(np.int32),
        job.service.astype(np.int32),
    )


def _civil(days: Whole) -> tuple[Whole, Whole]:
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month_of_all = months.astype(np.int64)
    return (month_of_all % 12 + 1) << 5 | ((dates - months).astype(np.int64) + 1), month_of_all // 12 + 1970


def _half_a_year_later(days: Whole) -> Whole:
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    later = months + 6
    length = (later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")
    return (later.astype("datetime64[D]") + np.minimum(dates - months, length - 1)).astype(np.int64)


def _services(window: Window) -> tuple[int, Whole]:
    """The first service day of which the reminder can fall into the window, and from it on the day of each one's
    reminder, or -1."""
    low = window.first - 15 - 184
    due = _half_a_year_later(np.arange(low, window.last))
    start, business = window.business
    due = np.where((due >= start) & (due <= window.last), business[np.clip(due, start, window.last) - start], -1)
    due[(due < window.first) | (due > window.last)] = -1
    return low, due


def _ordered(window: Window, zone: npt.NDArray[np.integer], hits: list[tuple[int, Whole, Whole]]) -> Answer:
    """From (occasion, customers, local days) to instants in order."""
    sizes = [len(customer) for _, customer, _ in hits]
    customer = np.concatenate([customer for _, customer, _ in hits])
    occasion = np.repeat(np.array([occasion for occasion, _, _ in hits], dtype=np.int8), sizes)
    due = np.concatenate([window.due[HOURS[o]][zone[c], day - window.first] for o, c, day in hits])
    start, end = window.bounds
    kept = np.flatnonzero((due >= start) & (due < end))
    order = kept[np.argsort(due[kept])]
    return Answer(customer[order], occasion[order], due[order])


def numpy_from_dates(job: Job, window: Window) -> Answer:
    """Tables from each day of a column's range to the day of its reminder, one look-up for each row."""
    hits = []

    def look_up(occasion: int, column: Whole, low: int, table: Whole) -> None:
        customer = np.flatnonzero((table >= 0)[column - low])
        hits.append((occasion, customer, table[column[customer] - low]))

    for occasion, column in ((BIRTHDAY, job.birthday), (ANNIVERSARY, job.purchase)):
        low = int(column.min())
        month_day, year = _civil(np.arange(low, int(column.max()) + 1))
        table = window.by_month_day[month_day]
        owed = np.flatnonzero(table >= 0)
        table[owed[window.years[table[owed] - window.first] <= year[owed]]] = -1
        look_up(occasion, column, low, table)
    low, table = _services(window)
    near = np.flatnonzero((job.service >= low) & (job.service < low + len(table)))
    day = table[job.service[near] - low]
    hits.append((SERVICE, near[day >= 0], day[day >= 0]))
    for occasion, shift in ((CHECK_IN, 3), (THANK_YOU, 1)):
        customer = np.flatnonzero((job.purchase >= window.first - shift) & (job.purchase <= window.last - shift))
        hits.append((occasion, customer, job.purchase[customer] + shift))
    return _ordered(window, job.zone, hits)


def numpy_from_civil(columns: NumpyCivil, window: Window) -> Answer:
    """Ranges over narrow columns, which NumPy compares many at a time; tables only for what is left."""
    hits = []
    first, last = (date(day).month << 5 | date(day).day for day in (window.first, window.last))
    width = (last - first) & 511
    for occasion, month_day, year in (
        (BIRTHDAY, columns.birthday_month_day, columns.birthday_year),
        (ANNIVERSARY, columns.purchase_month_day, columns.purchase_year),
    ):
        customer = np.flatnonzero(((month_day - np.uint16(first)) & np.uint16(511)) <= width)
        day = window.by_month_day[month_day[customer]]
        kept = np.flatnonzero((day >= 0) & (window.years[day - window.first] > year[customer]))
        hits.append((occasion, customer[kept], day[kept]))
    low, table = _services(window)
    owed = np.flatnonzero(table >= 0)
    earliest, latest = low + int(owed[0]), low + int(owed[-1])
    customer = np.flatnonzero((columns.service >= earliest) & (columns.service <= latest))
    hits.append((SERVICE, customer, table[columns.service[customer] - low]))
    for occasion, shift in ((CHECK_IN, 3), (THANK_YOU, 1)):
        purchase = columns.purchase
        customer = np.flatnonzero((purchase >= window.first - shift) & (purchase <= window.last - shift))
        hits.append((occasion, customer, purchase[customer].astype(np.int64) + shift))
    return _ordered(window, columns.zone, hits)


def sorted_answer(answer: Answer) -> Answer:
    """In one order for all, to compare them: by due, customer, occasion."""
    order = np.lexsort((answer.occasion, answer.customer, answer.due))
    return Answer(*(np.asarray(column)[order].astype(np.int64) for column in answer))


def differences(ours: Answer, theirs: Answer) -> list[str]:
    """The first few reminders that only one of the two has."""
    rows = [set(zip(*(column.tolist() for column in sorted_answer(answer)), strict=True)) for answer in (ours, theirs)]
    return [f"customer {c}, occasion {o}, due {d}" for c, o, d in sorted(rows[0] ^ rows[1])[:5]]
