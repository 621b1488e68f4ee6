"""Columns of times and of zones: NumPy arrays, and the series and arrays of pandas, polars and pyarrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from courtesy.errors import TimeError, ZoneError

__all__ = ["TimeColumn", "is_column", "offset_text", "time_column", "zone_codes", "zone_text"]

# What NumPy writes for NaT, and the core for a time that is missing.
_MISSING = -(2**63)


@dataclass(frozen=True)
class TimeColumn:
    """A column of times as the core reads it, and the way back to the library that it came from."""

    cells: Any
    """An int64 array of microseconds since 1970, with NaT's value where a time is missing."""
    aware: bool | None
    """Whether it has a zone, and its cells are UTC; None for NumPy, whose times have none."""
    make: Callable[[Any, bool], Any]
    """A column of that library from such cells: of UTC, or (False) of wall times."""


def is_column(value: object) -> bool:
    """Whether a value is a column of a library that is known here."""
    return _library(value) in _READERS and hasattr(value, "__len__")


def time_column(column: Any) -> TimeColumn:
    """The column's cells. Raises TimeError where it holds no times, or times beyond what 64 bits of them hold."""
    return _READERS[_library(column)](column)


def zone_codes(zones: Any) -> tuple[list[str], Any]:
    """The names in a column of zones, and an int32 array of which of them each row has (-1: none).

    For a single name there are no codes: it holds for all rows.
    """
    if isinstance(zones, (str, dt.tzinfo)) or not hasattr(zones, "__iter__"):
        return [zone_text(zones)], None
    coded = {"pandas": _pandas_codes, "polars": _polars_codes, "pyarrow": _pyarrow_codes}.get(_library(zones))
    names, codes = coded(zones) if coded else _codes(zones)
    strange = next((name for name in names if not isinstance(name, (str, dt.tzinfo))), None)
    if strange is not None:
        raise TimeError(f"expected the names of zones, found {type(strange).__name__}")
    return [zone_text(name) for name in names], codes


def zone_text(zone: object) -> str:
    """The name of a zone that is given by its name, or as an object of zoneinfo or datetime.timezone.

    Raises ZoneError for something else.
    """
    if isinstance(zone, str):
        return zone
    key = getattr(zone, "key", None)
    if isinstance(zone, dt.tzinfo) and isinstance(key, str):
        return key
    offset = zone.utcoffset(None) if isinstance(zone, dt.tzinfo) else None
    if offset is None:
        raise ZoneError(f"expected the name of a time zone such as 'Europe/London', found {type(zone).__name__}")
    return offset_text(offset)


def offset_text(offset: dt.timedelta) -> str:
    """A fixed offset as a zone's name, such as "+05:30"; "UTC" where there is none."""
    if not offset:
        return "UTC"
    minutes, seconds = divmod(abs(offset).seconds, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return ("-" if offset < dt.timedelta() else "+") + clock


def _library(value: object) -> str:
    return type(value).__module__.partition(".")[0]


def _no_times(found: object) -> Exception:
    return TimeError(f"expected a column of times, found one of {found}")


def _of_numpy(column: Any) -> TimeColumn:
    import numpy

    if column.dtype.kind != "M" or column.ndim != 1:
        raise _no_times(f"{column.dtype}" if column.ndim == 1 else f"{column.ndim} dimensions")
    times = column.astype("datetime64[us]")
    # NumPy lets a coarser unit run over without a word.
    if numpy.datetime_data(column.dtype)[0] in "YMWDhms" and not _same(times.astype(column.dtype), column):
        raise TimeError("a time lies beyond what microseconds in 64 bits can hold")
    return TimeColumn(times.view("int64"), None, lambda cells, _: cells.view("datetime64[us]"))


def _same(a: Any, b: Any) -> bool:
    return bool((a.view("int64") == b.view("int64")).all())


def _of_pandas(column: Any) -> TimeColumn:
    import numpy
    import pandas

    if not isinstance(column, (pandas.Series, pandas.DatetimeIndex)):
        raise _no_times(getattr(column, "dtype", type(column).__name__))
    series = pandas.Series(column) if isinstance(column, pandas.DatetimeIndex) else column
    if not pandas.api.types.is_datetime64_any_dtype(series.dtype):
        raise _no_times(series.dtype)
    aware = series.dt.tz is not None
    plain = series.dt.tz_convert("UTC").dt.tz_localize(None) if aware else series
    times = _of_numpy(numpy.asarray(plain.to_numpy(dtype="datetime64[us]")))

    def make(cells: Any, utc: bool) -> Any:
        found = pandas.DatetimeIndex(times.make(cells, utc), name=column.name)
        found = found.tz_localize("UTC") if utc else found
        return found if isinstance(column, pandas.DatetimeIndex) else pandas.Series(found, column.index)

    return TimeColumn(times.cells, aware, make)


def _of_polars(column: Any) -> TimeColumn:
    import polars

    if not isinstance(column, polars.Series) or not isinstance(column.dtype, polars.Datetime):
        raise _no_times(getattr(column, "dtype", type(column).__name__))
    cells = column.dt.cast_time_unit("us").to_physical().fill_null(_MISSING).to_numpy()

    def make(cells: Any, utc: bool) -> Any:
        plain = polars.Series(column.name, cells.view("datetime64[us]"))
        return plain.dt.replace_time_zone("UTC") if utc else plain

    return TimeColumn(cells, column.dtype.time_zone is not None, make)


def _of_pyarrow(column: Any) -> TimeColumn:
    import pyarrow

    kind = getattr(column, "type", None)
    if kind is None or not pyarrow.types.is_timestamp(kind):
        raise _no_times(type(column).__name__ if kind is None else kind)
    ticks = _one_chunk(column).cast(pyarrow.timestamp("us", column.type.tz), safe=False).cast(pyarrow.int64())

    def make(cells: Any, utc: bool) -> Any:
        ticks = pyarrow.array(cells, pyarrow.int64(), mask=cells == _MISSING)
        return ticks.cast(pyarrow.timestamp("us", "UTC" if utc else None))

    return TimeColumn(ticks.fill_null(_MISSING).to_numpy(zero_copy_only=False), column.type.tz is not None, make)


def _one_chunk(column: Any) -> Any:
    import pyarrow

    if not isinstance(column, pyarrow.ChunkedArray):
        return column
    return pyarrow.concat_arrays(column.chunks) if column.num_chunks else pyarrow.array([], column.type)


def _pandas_codes(zones: Any) -> tuple[list[str], Any]:
    import pandas

    if isinstance(zones.dtype, pandas.CategoricalDtype):
        column = zones.cat if isinstance(zones, pandas.Series) else zones
        return list(zones.dtype.categories), _int32(column.codes)
    codes, names = pandas.factorize(zones)
    return list(names), _int32(codes)


def _int32(codes: Any) -> Any:
    import numpy

    return numpy.asarray(codes, dtype="int32")


def _polars_codes(zones: Any) -> tuple[list[str], Any]:
    import polars

    texts = zones.cast(polars.String)
    names = texts.drop_nulls().unique().to_list()
    if not names:
        return _codes([None] * len(zones))
    codes = texts.replace_strict(names, range(len(names)), default=-1, return_dtype=polars.Int32)
    return names, codes.fill_null(-1).to_numpy()


def _pyarrow_codes(zones: Any) -> tuple[list[str], Any]:
    import pyarrow

    column = _one_chunk(zones.unify_dictionaries() if hasattr(zones, "unify_dictionaries") else zones)
    coded = column if pyarrow.types.is_dictionary(column.type) else column.dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.cast(pyarrow.int32()).fill_null(-1).to_numpy()


def _codes(zones: Iterable[Any]) -> tuple[list[str], Any]:
    import numpy

    found: dict[Any, int] = {}
    # NaN, which is not equal to itself, is how pandas writes what is missing.
    codes = [-1 if zone is None or zone != zone else found.setdefault(zone, len(found)) for zone in zones]
    return [str(name) if isinstance(name, str) else name for name in found], numpy.array(codes, "int32")


_READERS: dict[str, Callable[[Any], TimeColumn]] = {
    "numpy": _of_numpy,
    "pandas": _of_pandas,
    "polars": _of_polars,
    "pyarrow": _of_pyarrow,
}
