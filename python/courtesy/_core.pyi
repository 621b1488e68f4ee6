"""
The scheduling core of courtesy. Its face is the package courtesy.
"""
from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import typing
import typing_extensions
__all__: list[str] = ['Claim', 'Comparison', 'CustomerBase', 'Meter', 'OpeningHours', 'OutTable', 'Plan', 'Recurrence', 'Refreshed', 'Rules', 'Simulation', 'Store', 'Table', 'TableBuilder', 'Workdays', 'build_base', 'compare', 'local_midnight', 'next_after', 'plan', 'promises', 'restore_store', 'set_error_factory', 'set_holiday_function', 'simulate', 'span_parts', 'to_local_column', 'to_utc', 'to_utc_column', 'to_utc_many', 'tzdata_version', 'utc_offsets', 'values', 'zone_names']
class Workdays:
    """
    Business days. Days are numbers of days since 1970-01-01.
    """
    def __init__(self, weekend: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], holidays: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], worked: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> None:
        ...
    def add(self, day: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex) -> int | None:
        ...
    def count(self, start: typing.SupportsInt | typing.SupportsIndex, end: typing.SupportsInt | typing.SupportsIndex) -> int:
        ...
    def is_business_day(self, day: typing.SupportsInt | typing.SupportsIndex) -> bool:
        ...
    def is_holiday(self, day: typing.SupportsInt | typing.SupportsIndex) -> bool:
        ...
    def rolled(self, day: typing.SupportsInt | typing.SupportsIndex, roll: str) -> int | None:
        ...
class OpeningHours:
    """
    Opening hours. Instants and lengths are µs.
    """
    def __init__(self, lines: collections.abc.Sequence[tuple[str, str]], workdays: Workdays, zone: str) -> None:
        ...
    def add(self, at: typing.SupportsInt | typing.SupportsIndex, open_time: typing.SupportsInt | typing.SupportsIndex) -> int | None:
        ...
    def between(self, start: typing.SupportsInt | typing.SupportsIndex, end: typing.SupportsInt | typing.SupportsIndex) -> int:
        ...
    def is_open(self, at: typing.SupportsInt | typing.SupportsIndex) -> bool:
        ...
    def next_close(self, at: typing.SupportsInt | typing.SupportsIndex) -> int | None:
        ...
    def next_open(self, at: typing.SupportsInt | typing.SupportsIndex) -> int | None:
        ...
    def on(self, day: typing.SupportsInt | typing.SupportsIndex) -> list[tuple[int, int]]:
        ...
    @property
    def zone(self) -> str:
        ...
class Recurrence:
    """
    Moments that recur, by RFC 5545.
    """
    @staticmethod
    def make(rule: str | None, start: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], zone: str | None, rdates: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex]], exdates: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex]], exrules: collections.abc.Sequence[str], include_start: bool) -> Recurrence:
        ...
    @staticmethod
    def parse(text: str, include_start: bool) -> Recurrence:
        """
        From the lines DTSTART, RRULE, RDATE, EXDATE and EXRULE of an iCalendar object.
        """
    def after(self, moment: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], inclusive: bool) -> tuple[int, int] | None:
        ...
    def after_column(self, moments: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], inclusive: bool) -> numpy.typing.NDArray[numpy.int64]:
        """
        after() of many moments, in µs; NaT where there is none.
        """
    def before(self, moment: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], inclusive: bool) -> tuple[int, int] | None:
        ...
    def between(self, start: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], end: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex]) -> list[int]:
        """
        Those in [start, end), in days or µs.
        """
    def column(self, start: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], end: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.int64]:
        """
        Those in [start, end), in days or µs.
        """
    def count(self) -> int | None:
        """
        How many; None where it is endless.
        """
    def equals(self, other: Recurrence) -> bool:
        ...
    def first(self, most: typing.SupportsInt | typing.SupportsIndex) -> list[int]:
        ...
    def first_after(self, moment: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], most: typing.SupportsInt | typing.SupportsIndex) -> list[int]:
        ...
    def parts(self) -> dict:
        """
        What words are made of.
        """
    def to_rfc5545(self) -> str:
        ...
    @property
    def include_start(self) -> bool:
        ...
    @property
    def kind(self) -> int:
        """
        What occurrences are: 0 dates, 1 wall times, 2 instants.
        """
    @property
    def never(self) -> bool:
        ...
    @property
    def start(self) -> tuple[int, int]:
        """
        What the start is, 0 a date or 1 a wall time, and its days or µs.
        """
    @property
    def zone(self) -> str | None:
        """
        The name of the zone; None where occurrences have none.
        """
class Table:
    """
    A table of input columns.
    """
    @staticmethod
    def from_stream(name: str, source: typing.Any) -> Table:
        """
        Takes the columns of any object with __arrow_c_stream__, without copying them.
        """
    def ids(self, column: str) -> list[str]:
        """
        The different ids in a column, as texts.
        """
    @property
    def columns(self) -> list[str]:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def rows(self) -> int:
        ...
class TableBuilder:
    """
    Builds a table from lists; None is an empty cell.
    """
    def __init__(self, name: str) -> None:
        ...
    def booleans(self, name: str, cells: collections.abc.Sequence[bool | None]) -> None:
        ...
    def build(self) -> Table:
        ...
    def dates(self, name: str, cells: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex | None]) -> None:
        """
        Days since 1970-01-01.
        """
    def from_file(self, file: str, lines: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> None:
        """
        The file, and the line that each row began on.
        """
    def instants(self, name: str, cells: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex | None]) -> None:
        """
        Microseconds since the epoch, UTC.
        """
    def integers(self, name: str, cells: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex | None]) -> None:
        ...
    def lists(self, name: str, cells: collections.abc.Sequence[collections.abc.Sequence[str] | None]) -> None:
        ...
    def nulls(self, name: str, rows: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    def reals(self, name: str, cells: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex | None]) -> None:
        ...
    def texts(self, name: str, cells: collections.abc.Sequence[str | None]) -> None:
        ...
    def times(self, name: str, cells: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex | None]) -> None:
        """
        Minutes after midnight.
        """
    def wall_times(self, name: str, cells: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex | None]) -> None:
        """
        Microseconds since 1970-01-01 00:00 on the clock.
        """
class OutTable:
    """
    A table of results.
    """
    @staticmethod
    def of(table: Table) -> OutTable:
        """
        A copy of a table's cells.
        """
    def __len__(self) -> int:
        ...
    def cells(self, column: str, first: typing.SupportsInt | typing.SupportsIndex, last: typing.SupportsInt | typing.SupportsIndex) -> list:
        """
        The cells of the rows [first, last) of a column; None is an empty cell.
        """
    def is_number(self, column: str) -> bool:
        ...
    def stream(self) -> typing_extensions.CapsuleType:
        """
        The table as an Arrow C stream in a capsule.
        """
    @property
    def columns(self) -> list[str]:
        ...
class CustomerBase:
    """
    Customers, assets and events in dense columns.
    """
    def customer_id(self, customer: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    @typing.overload
    def find_customer(self, id: typing.SupportsInt | typing.SupportsIndex) -> int | None:
        ...
    @typing.overload
    def find_customer(self, id: str) -> int | None:
        ...
    @property
    def assets(self) -> int:
        ...
    @property
    def customers(self) -> int:
        ...
    @property
    def events(self) -> int:
        ...
    @property
    def skipped_events(self) -> int:
        ...
    @property
    def warnings(self) -> list[str]:
        ...
class Meter:
    """
    The readings of a meter. Days are numbers of days since 1970-01-01.
    """
    def __init__(self, readings: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], replaced: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], plausible: typing.SupportsFloat | typing.SupportsIndex | None, fleet: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> None:
        ...
    def reaches(self, mark: typing.SupportsFloat | typing.SupportsIndex) -> typing.Any:
        """
        (day, reached, by the fleet, earliest, latest), or None.
        """
    def value_on(self, day: typing.SupportsInt | typing.SupportsIndex) -> float | None:
        ...
    @property
    def began_anew(self) -> list[tuple[int, float]]:
        ...
    @property
    def kept(self) -> list[tuple[int, float]]:
        ...
    @property
    def measured_days(self) -> int:
        ...
    @property
    def own_rate(self) -> float | None:
        ...
    @property
    def rate(self) -> float | None:
        ...
    @property
    def runs_by_fleet(self) -> bool:
        ...
    @property
    def set_aside(self) -> list[tuple[int, float]]:
        ...
class Rules:
    """
    A shop's occasions and policy, checked.
    """
    @staticmethod
    def check_size(bytes: typing.SupportsInt | typing.SupportsIndex, file: str) -> None:
        ...
    @staticmethod
    def from_toml(text: str, file: str) -> Rules:
        ...
    @staticmethod
    def from_tree(tree: dict) -> Rules:
        ...
    def describe(self, occasion: str) -> dict:
        ...
    def never_used(self, channel: str) -> str:
        """
        Why nothing will ever go out by a channel of that name; empty where something may.
        """
    @property
    def holidays_from(self) -> str:
        ...
    @property
    def occasions(self) -> list[str]:
        ...
    @property
    def shop_locale(self) -> str:
        ...
    @property
    def shop_name(self) -> str:
        ...
    @property
    def shop_zone(self) -> str:
        ...
    @property
    def warnings(self) -> list:
        ...
    @property
    def written(self) -> str:
        ...
class Plan:
    """
    The reminders of a window, ordered by due, then key.
    """
    def __len__(self) -> int:
        ...
    def counts(self) -> list:
        """
        (occasion, state, reason, channel, local day, number) for each group of rows.
        """
    def explain(self, row: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def row(self, row: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def select(self, customer: typing.SupportsInt | typing.SupportsIndex | str | None = None, occasion: str | None = None, first_day: typing.SupportsInt | typing.SupportsIndex | None = None, last_day: typing.SupportsInt | typing.SupportsIndex | None = None, state: str | None = None) -> list[int]:
        """
        The rows of a customer (its id), an occasion, local days (since 1970-01-01, inclusive), a state.
        """
    def stream(self) -> typing_extensions.CapsuleType:
        """
        The plan's table as an Arrow C stream in a capsule.
        """
    def take(self, rows: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> Plan:
        ...
    def why_not(self, customer: typing.SupportsInt | typing.SupportsIndex | str, occasion: str) -> list:
        ...
    @property
    def base(self) -> CustomerBase:
        ...
    @property
    def warnings(self) -> list[str]:
        ...
    @property
    def window(self) -> tuple[int, int]:
        ...
class Comparison:
    """
    What changes from one plan to another.
    """
    def changes(self) -> OutTable:
        """
        One row for each reminder that changes.
        """
    def counts(self) -> OutTable:
        ...
    def rows(self, change: typing.SupportsInt | typing.SupportsIndex) -> tuple[int | None, int | None]:
        """
        Its rows in both plans; None where a plan has none.
        """
class Simulation:
    """
    What a shop would have said, day by day.
    """
    def fates(self) -> list:
        """
        (occasion, contacts, merged, withheld) for each occasion.
        """
    def load(self) -> list:
        """
        (day, audience, team, channel, contacts, reminders) for each day and way.
        """
    def messages(self) -> list[int]:
        """
        How many contacts reached each customer.
        """
    def outcomes(self) -> OutTable:
        ...
    def said(self) -> OutTable:
        ...
    def withheld(self) -> list:
        """
        (occasion, reason, number) of what was withheld.
        """
    @property
    def left_out(self) -> int:
        ...
    @property
    def warnings(self) -> list[str]:
        ...
class Refreshed:
    """
    What a refresh did.
    """
    @property
    def added(self) -> int:
        ...
    @property
    def expired(self) -> int:
        ...
    @property
    def looked_at(self) -> int:
        ...
    @property
    def moved(self) -> int:
        ...
    @property
    def warnings(self) -> list[str]:
        ...
    @property
    def withdrawn(self) -> int:
        ...
class Store:
    """
    A store's file. Instants and lengths are µs, keys hexadecimal digits. The GIL is released while the file is read or written.
    """
    @staticmethod
    def rules_in(path: str) -> tuple[str, str] | None:
        """
        (form, text) of the rules in force in a file; None where it has none.
        """
    def __init__(self, path: str, rules: Rules, form: str, text: str, full: bool, create: bool, threads: typing.SupportsInt | typing.SupportsIndex, who: str) -> None:
        ...
    def append_events(self, table: Table, shop_zone: str, naive_zone: str | None, skip_unknown: bool, now: typing.SupportsInt | typing.SupportsIndex, erased_among: collections.abc.Callable) -> tuple[typing.Annotated[list[int], "FixedSize(5)"], list[str]]:
        ...
    def backup(self, path: str) -> None:
        ...
    def check(self) -> list[str]:
        """
        What is wrong with the file.
        """
    def claim(self, now: typing.SupportsInt | typing.SupportsIndex, limit: typing.SupportsInt | typing.SupportsIndex, lease: typing.SupportsInt | typing.SupportsIndex, channels: collections.abc.Sequence[str]) -> Claim:
        ...
    def close(self) -> None:
        ...
    def counts(self) -> dict[str, int]:
        """
        Rows of each table, and of the outbox by state.
        """
    def customer(self, id: None | typing.SupportsInt | typing.SupportsIndex | str) -> dict:
        """
        A customer's cells by column, as texts.
        """
    def due(self, now: typing.SupportsInt | typing.SupportsIndex, limit: typing.SupportsInt | typing.SupportsIndex, channels: collections.abc.Sequence[str]) -> OutTable:
        """
        What could be claimed; of all for a limit of 0.
        """
    def erase(self, customer: None | typing.SupportsInt | typing.SupportsIndex | str, tombstone: str) -> None:
        ...
    def find(self, key: str) -> typing.Any:
        ...
    def held(self) -> bool:
        ...
    def history(self, customer: None | typing.SupportsInt | typing.SupportsIndex | str) -> OutTable:
        ...
    def next_wake(self, channels: collections.abc.Sequence[str]) -> int | None:
        ...
    def plan(self, start: typing.SupportsInt | typing.SupportsIndex, end: typing.SupportsInt | typing.SupportsIndex, customer: None | typing.SupportsInt | typing.SupportsIndex | str | None) -> Plan:
        ...
    def preview(self, now: typing.SupportsInt | typing.SupportsIndex, horizon: typing.SupportsInt | typing.SupportsIndex) -> tuple[Refreshed, OutTable]:
        """
        What a refresh would do, and a row for each of its changes.
        """
    def reconcile(self, sent: collections.abc.Sequence[str], rest_unknown: bool, now: typing.SupportsInt | typing.SupportsIndex) -> int:
        ...
    def refresh(self, now: typing.SupportsInt | typing.SupportsIndex, horizon: typing.SupportsInt | typing.SupportsIndex, everybody: bool, progress: collections.abc.Callable | None) -> Refreshed:
        ...
    def skip(self, key: str, by: str, why: str, now: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    def snooze(self, key: str, until: typing.SupportsInt | typing.SupportsIndex, by: str, why: str, now: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    def table(self, name: str) -> OutTable:
        ...
    def tombstone_key(self) -> str:
        ...
    def upsert_assets(self, table: Table, shop_zone: str, naive_zone: str | None, erased_among: collections.abc.Callable) -> tuple[typing.Annotated[list[int], "FixedSize(5)"], list[str]]:
        ...
    def upsert_customers(self, table: Table, shop_zone: str, naive_zone: str | None, erased_among: collections.abc.Callable) -> tuple[typing.Annotated[list[int], "FixedSize(5)"], list[str]]:
        ...
class Claim:
    """
    Rows of the outbox that are held, by their numbers.
    """
    def __len__(self) -> int:
        ...
    def answer(self, rows: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], what: str, why: str, retry: bool, until: typing.SupportsInt | typing.SupportsIndex | None, now: typing.SupportsInt | typing.SupportsIndex) -> list[str]:
        """
        Answers these rows in one transaction: for each an empty text, or why it was refused.
        """
    def row(self, row: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
def build_base(customers: Table, events: Table | None, assets: Table | None, shop_zone: str, naive_zone: str | None, skip_unknown: bool) -> CustomerBase:
    """
    Builds the customer base; raises with every problem found, each with its table, row and column.
    """
def compare(before: Plan, after: Plan) -> Comparison:
    ...
def local_midnight(zone: str, day: typing.SupportsInt | typing.SupportsIndex) -> int:
    """
    The instant (µs UTC) at which that civil day (since 1970-01-01) begins.
    """
def next_after(rule: str, starts: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], whole_days: bool, zone: str | None, moment: tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex], inclusive: bool) -> numpy.typing.NDArray[numpy.int64]:
    """
    For a rule that starts many times: the first occurrence after the moment, in µs.
    """
def plan(base: CustomerBase, rules: Rules, start: typing.SupportsInt | typing.SupportsIndex, end: typing.SupportsInt | typing.SupportsIndex, withheld: bool, threads: typing.SupportsInt | typing.SupportsIndex) -> Plan:
    """
    Plans the window [start, end) of instants (µs UTC). The GIL is released meanwhile.
    """
def promises(base: CustomerBase, per: str | None, target: typing.SupportsFloat | typing.SupportsIndex | None, chance: typing.SupportsFloat | typing.SupportsIndex, until_day: typing.SupportsInt | typing.SupportsIndex | None, until: typing.SupportsInt | typing.SupportsIndex | None) -> OutTable:
    """
    How promises were kept, per topic, by, channel or customer, before a civil day or an instant (µs UTC).
    """
def restore_store(backup: str, path: str) -> None:
    ...
def set_error_factory(factory: typing.Any) -> None:
    """
    Sets the callable (kind, message, problems) -> Exception that makes the exceptions raised from here on.
    """
def set_holiday_function(function: typing.Any) -> None:
    """
    Sets what answers for a country's holidays.
    """
def simulate(customers: Table, events: Table | None, assets: Table | None, shop_zone: str, naive_zone: str | None, skip_unknown: bool, rules: Rules, start: typing.SupportsInt | typing.SupportsIndex, days: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, progress: collections.abc.Callable | None) -> Simulation:
    """
    Plans each day from `start` (days since 1970-01-01) among events drawn from the history, and carries it out. progress(done, days) is called after each; the GIL is released meanwhile.
    """
def span_parts(text: str) -> tuple[int, int, int, int, int]:
    """
    (months, days, business days, seconds, seconds of opening hours) of a span such as "3 days".
    """
def to_local_column(zones: collections.abc.Sequence[str], codes: typing.Annotated[numpy.typing.ArrayLike, numpy.int32] | None, instants: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> numpy.typing.NDArray[numpy.int64]:
    """
    The wall times (µs) of instants (µs UTC) in columns, as to_utc_column.
    """
def to_utc(zone: str, wall: typing.SupportsInt | typing.SupportsIndex, gap: str, overlap: str) -> int:
    """
    The instant (µs UTC) of a wall time (µs on the zone's clock).
    """
def to_utc_column(zones: collections.abc.Sequence[str], codes: typing.Annotated[numpy.typing.ArrayLike, numpy.int32] | None, walls: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], gap: str, overlap: str) -> numpy.typing.NDArray[numpy.int64]:
    """
    to_utc for columns: all in zones[0], or each in the zone of its code (-1: none). NaT stays.
    """
def to_utc_many(zone: str, walls: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], fold: typing.SupportsInt | typing.SupportsIndex) -> list[int]:
    """
    to_utc for many wall times, with PEP 495's fold.
    """
def tzdata_version() -> str:
    """
    The version of the system's zone data.
    """
def utc_offsets(zone: str, instants: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> list[int]:
    """
    The zone's offsets from UTC in seconds at those instants (µs UTC).
    """
def values(base: CustomerBase, years: typing.SupportsFloat | typing.SupportsIndex) -> OutTable:
    """
    What each customer is worth over so many years, the highest value first.
    """
def zone_names() -> list[str]:
    """
    The names of the system's time zones.
    """
