"""The job that is measured: a million customers, five occasions, thirty days; and how others would do it.

Every function returns (customer, occasion, due) with customers by number, occasions by number in OCCASIONS, and due in
microseconds UTC, so that the answers can be compared.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from dateutil.relativedelta import relativedelta

OCCASIONS = ("birthday", "purchase-anniversary", "service-due", "check-in", "thank-you")
START = dt.date(2026, 12, 1)
DAYS = 30
HOLIDAYS = (dt.date(2026, 12, 25), dt.date(2026, 12, 28))
ZONES = (
    "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Lisbon", "Europe/Athens",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo",
    "America/Mexico_City", "Asia/Tokyo", "Asia/Kolkata", "Asia/Singapore", "Asia/Dubai", "Australia/Sydney",
    "Australia/Perth", "Africa/Cairo", "Pacific/Auckland",
)  # fmt: skip

RULES = """
[shop]
zone = "Europe/London"

[policy]
business_days = { weekend = ["sat", "sun"], holidays = ["2026-12-25", "2026-12-28"] }

[[occasion]]
name = "birthday"
yearly = "birthday"
at = "09:00"

[[occasion]]
name = "purchase-anniversary"
yearly = "purchase"
of = "first"
at = "10:00"

[[occasion]]
name = "service-due"
every = "6 months"
since = "service"
at = "09:00"
move = "next business day"
purpose = "service"

[[occasion]]
name = "check-in"
on = "purchase"
after = "3 days"
at = "09:00"

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
at = "09:00"
"""

Days = npt.NDArray[np.int64]
Answer = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


@dataclasses.dataclass
class Job:
    """Columns by customer: a zone's number, and civil days since 1970 of the birthday, a purchase and a service."""

    zone: Days
    birthday: Days
    purchase: Days
    service: Days

    def __len__(self) -> int:
        return len(self.zone)

    def head(self, count: int) -> Job:
        return Job(self.zone[:count], self.birthday[:count], self.purchase[:count], self.service[:count])

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Customers and events as Arrow tables, as a shop's database would hand them over."""
        ids = np.arange(len(self), dtype=np.int64)
        customers = pa.table(
            {
                "id": ids,
                "zone": pa.DictionaryArray.from_arrays(self.zone.astype(np.int32), list(ZONES)),
                "birthday": pa.array(self.birthday.astype(np.int32), pa.date32()),
            }
        )
        kinds = np.repeat(np.array([[0, 1]], dtype=np.int32), len(self), axis=0).reshape(-1)
        days = np.column_stack([self.purchase, self.service]).reshape(-1).astype(np.int32)
        events = pa.table(
            {
                "id": np.arange(2 * len(self), dtype=np.int64),
                "customer": np.repeat(ids, 2),
                "kind": pa.DictionaryArray.from_arrays(kinds, ["purchase", "service"]),
                "at": pa.array(days, pa.date32()),
            }
        )
        return customers, events


def make_job(customers: int, seed: int = 7) -> Job:
    """Birthdays over 70 years, a purchase within the last year (its anniversary and its follow-ups), a service within
    the last nine months."""
    random = np.random.default_rng(seed)
    today = _number(START)
    return Job(
        zone=random.integers(0, len(ZONES), customers),
        birthday=random.integers(_number(dt.date(1935, 1, 1)), _number(dt.date(2005, 1, 1)), customers),
        purchase=today + DAYS - random.integers(0, 730, customers),
        service=today + DAYS - random.integers(1, 270, customers),
    )


def _number(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def _business_table(first: int, last: int) -> npt.NDArray[np.int64]:
    """For each day the next business day, itself where it is one."""
    days = np.arange(first, last + 15)
    closed = np.isin((days + 3) % 7, (5, 6)) | np.isin(days, [_number(day) for day in HOLIDAYS])
    table = days.copy()
    for i in range(len(days) - 2, -1, -1):
        table[i] = table[i + 1] if closed[i] else days[i]
    return table


def with_dateutil(job: Job) -> Answer:
    """Customer by customer with dateutil and zoneinfo."""
    zones = [ZoneInfo(name) for name in ZONES]
    epoch = dt.date(1970, 1, 1)
    shop = ZoneInfo("Europe/London")
    start = dt.datetime.combine(START, dt.time(), shop)
    end = dt.datetime.combine(START + dt.timedelta(days=DAYS), dt.time(), shop)
    found: list[tuple[int, int, int]] = []

    def add(customer: int, occasion: int, day: dt.date, hour: int) -> None:
        due = dt.datetime.combine(day, dt.time(hour), zones[job.zone[customer]])
        if start <= due < end:
            found.append((customer, occasion, int(due.timestamp()) * 1_000_000))

    for customer in range(len(job)):
        birthday = epoch + dt.timedelta(days=int(job.birthday[customer]))
        purchase = epoch + dt.timedelta(days=int(job.purchase[customer]))
        service = epoch + dt.timedelta(days=int(job.service[customer]))
        for year in (START.year, START.year + 1):
            add(customer, 0, birthday + relativedelta(years=year - birthday.year), 9)
            if year > purchase.year:
                add(customer, 1, purchase + relativedelta(years=year - purchase.year), 10)
        due = service + relativedelta(months=6)
        while due.weekday() >= 5 or due in HOLIDAYS:
            due += dt.timedelta(days=1)
        add(customer, 2, due, 9)
        add(customer, 3, purchase + dt.timedelta(days=3), 9)
        add(customer, 4, purchase + dt.timedelta(days=1), 9)
    columns = np.array(found, dtype=np.int64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def pandas_frame(job: Job) -> pd.DataFrame:
    """The form that suits pandas best: one frame with dates as datetime64 and zones as a category."""
    return pd.DataFrame(
        {
            "zone": pd.Categorical.from_codes(job.zone, ZONES),
            "birthday": pd.to_datetime(job.birthday, unit="D"),
            "purchase": pd.to_datetime(job.purchase, unit="D"),
            "service": pd.to_datetime(job.service, unit="D"),
        }
    )


def with_pandas(frame: pd.DataFrame) -> Answer:
    """As a good pandas user would: filter by civil date in whole columns, then localise by zone."""
    low = pd.Timestamp(START) - pd.Timedelta(days=2)
    high = pd.Timestamp(START) + pd.Timedelta(days=DAYS + 2)
    start = pd.Timestamp(START, tz="Europe/London")
    end = pd.Timestamp(START + dt.timedelta(days=DAYS), tz="Europe/London")
    parts = []

    def add(occasion: int, customer: pd.Index, day: pd.Series, hour: int) -> None:
        parts.append(pd.DataFrame({"customer": customer, "occasion": occasion, "wall": day + pd.Timedelta(hours=hour)}))

    for occasion, column, hour in ((0, "birthday", 9), (1, "purchase", 10)):
        dates = frame[column]
        month_day = dates.dt.month * 100 + dates.dt.day
        for year in (START.year, START.year + 1):
            first, last = max(low, pd.Timestamp(year, 1, 1)), min(high, pd.Timestamp(year, 12, 31))
            if first > last:
                continue
            hit = (month_day >= first.month * 100 + first.day) & (month_day <= last.month * 100 + last.day)
            hit &= dates.dt.year < year
            chosen = month_day[hit]
            leap = pd.Timestamp(year, 1, 1).is_leap_year
            day_number = (chosen % 100).where(leap | (chosen != 229), 28)
            day = pd.to_datetime({"year": year, "month": chosen // 100, "day": day_number})
            add(occasion, chosen.index, day, hour)
    early = low - pd.DateOffset(months=6) - pd.Timedelta(days=20)
    services = frame["service"][(frame["service"] >= early) & (frame["service"] < high - pd.DateOffset(months=6))]
    due = services + pd.DateOffset(months=6)
    rolled = np.busday_offset(
        due.to_numpy().astype("datetime64[D]"), 0, roll="forward", holidays=np.array(HOLIDAYS, dtype="datetime64[D]")
    )
    add(2, due.index, pd.Series(rolled.astype("datetime64[ns]"), index=due.index), 9)
    for occasion, days in ((3, 3), (4, 1)):
        day = frame["purchase"] + pd.Timedelta(days=days)
        day = day[(day >= low) & (day < high)]
        add(occasion, day.index, day, 9)

    all_parts = pd.concat(parts, ignore_index=True)
    all_parts["zone"] = frame["zone"].take(all_parts["customer"].to_numpy()).to_numpy()
    due_utc = pd.Series(pd.NaT, index=all_parts.index, dtype="datetime64[us, UTC]")
    for zone, group in all_parts.groupby("zone", observed=True)["wall"]:
        local = group.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
        due_utc.loc[group.index] = local.dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    kept = (due_utc >= start) & (due_utc < end)
    out = all_parts[kept].assign(due=due_utc[kept]).sort_values("due", kind="stable")
    return (
        out["customer"].to_numpy(np.int64),
        out["occasion"].to_numpy(np.int64),
        out["due"].astype("int64").to_numpy(),
    )


def with_numpy(job: Job) -> Answer:
    """As an expert in NumPy would: window tables from civil day to due, one look-up for each row."""
    first = _number(START) - 2
    last = _number(START) + DAYS + 2
    offsets = np.empty((len(ZONES), last - first + 1), dtype=np.int64)
    for z, name in enumerate(ZONES):
        zone = ZoneInfo(name)
        for i in range(last - first + 1):
            noon = dt.datetime.combine(dt.date(1970, 1, 1) + dt.timedelta(days=first + i), dt.time(9), zone)
            offsets[z, i] = int(noon.utcoffset().total_seconds())  # type: ignore[union-attr]
    start = int(dt.datetime.combine(START, dt.time(), ZoneInfo("Europe/London")).timestamp())
    end = start + DAYS * 86_400
    parts: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]] = []

    def add(occasion: int, customer: npt.NDArray[np.int64], day: npt.NDArray[np.int64], hour: int) -> None:
        due = day * 86_400 + hour * 3600 - offsets[job.zone[customer], day - first]
        kept = (due >= start) & (due < end)
        parts.append((customer[kept], np.full(int(kept.sum()), occasion), due[kept] * 1_000_000))

    for occasion, column, hour in ((0, job.birthday, 9), (1, job.purchase, 10)):
        low, high = int(column.min()), int(column.max())
        days = np.arange(low, high + 1).astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        year_of = months.astype("datetime64[Y]").astype(np.int64) + 1970
        month = months.astype(np.int64) % 12
        in_month = (days - months).astype(np.int64)
        for year in (START.year, START.year + 1):
            year_months = ((year - 1970) * 12 + month).astype("datetime64[M]")
            length = ((year_months + 1).astype("datetime64[D]") - year_months.astype("datetime64[D]")).astype(np.int64)
            due = year_months.astype("datetime64[D]").astype(np.int64) + np.minimum(in_month, length - 1)
            due[(due < first) | (due > last) | (year_of >= year)] = -1
            table = due[column - low]
            hit = np.flatnonzero(table >= 0)
            add(occasion, hit, table[hit], hour)

    low, high = int(job.service.min()), int(job.service.max())
    days = np.arange(low, high + 1).astype("datetime64[D]")
    months = days.astype("datetime64[M]") + 6
    length = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    in_month = (days - days.astype("datetime64[M]")).astype(np.int64)
    due = months.astype("datetime64[D]").astype(np.int64) + np.minimum(in_month, length - 1)
    business = _business_table(int(due.min()), int(due.max()))
    due = business[due - int(due.min())]
    due[(due < first) | (due > last)] = -1
    table = due[job.service - low]
    hit = np.flatnonzero(table >= 0)
    add(2, hit, table[hit], 9)
    for occasion, shift in ((3, 3), (4, 1)):
        day = job.purchase + shift
        hit = np.flatnonzero((day >= first) & (day <= last))
        add(occasion, hit, day[hit], 9)
    customer, occasions, dues = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(dues, kind="stable")
    return customer[order], occasions[order], dues[order]
