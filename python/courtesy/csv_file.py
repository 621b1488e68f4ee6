"""CSV files as input tables: cells are texts, an empty one is a missing value, and every row knows its line."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

from courtesy import _core
from courtesy.errors import Error, data_error

__all__ = ["read_csv"]

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')


def read_csv(path: Path, name: str) -> _core.Table:
    """The table ``name`` from a CSV file with a header line; UTF-8, with comma, semicolon or tab between the cells.

    Raises DataError with file and line where the file cannot be read, is no UTF-8 or no CSV, a column's name is empty
    or stands there twice, or a row has more or fewer cells than the header.
    """
    file = os.fspath(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        why = {FileNotFoundError: "there is no such file", IsADirectoryError: "it is a folder; expected a CSV file"}
        raise data_error(why.get(type(error), f"it cannot be read: {error.strerror}"), table=name, file=file) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise data_error("it is not UTF-8 text; save it as 'CSV UTF-8'", table=name, file=file, line=line) from None
    return _Reader(text, name, file).table()


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


class _Reader:
    def __init__(self, text: str, table: str, file: str) -> None:
        self.text = text
        self.name = table
        self.file = file

    def error(self, message: str, line: int = 0, row: int = -1) -> Error:
        return data_error(message, table=self.name, row=row, file=self.file, line=line)

    def table(self) -> _core.Table:
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter(), strict=True)
        rows: list[list[str]] = []
        lines: list[int] = []
        line = 1
        try:
            header = self.header(next(reader, []))
            line = reader.line_num + 1
            for row in reader:
                # A line without anything in it is no row.
                if row:
                    if len(row) != len(header):
                        raise self.error(f"expected {_cells(len(header))}, found {len(row)}", line, len(rows))
                    rows.append(row)
                    lines.append(line)
                line = reader.line_num + 1
        except csv.Error as error:
            unclosed = 'a quote (") opens here that nothing closes' if "end of data" in str(error) else str(error)
            raise self.error(f"it is not CSV: {unclosed}", line) from None
        builder = _core.TableBuilder(self.name)
        columns = zip(*rows, strict=True) if rows else ([] for _ in header)
        for column, cells in zip(header, columns, strict=True):
            builder.texts(column, [cell or None for cell in cells])
        builder.from_file(self.file, lines)
        return builder.build()

    def delimiter(self) -> str:
        first = _QUOTED.sub("", self.text.partition("\n")[0])
        return max(_DELIMITERS, key=first.count)

    def header(self, cells: list[str]) -> list[str]:
        if not cells:
            raise self.error("the file is empty; expected a line with the names of the columns")
        names = [cell.strip() for cell in cells]
        for number, name in enumerate(names, start=1):
            if not name:
                raise self.error(f"the name of column {number} is empty", 1)
            if name in names[: number - 1]:
                raise self.error(f"there are two columns called '{name}'", 1)
        return names
