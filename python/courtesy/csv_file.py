"""CSV files as input tables: cells are texts, an empty one is a missing value, and every row knows its line."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

from courtesy import _core
from courtesy.counted import counted
from courtesy.errors import Error, data_error
from courtesy.text_file import read_text

__all__ = ["read_csv"]

_DELIMITERS = ",;\t"
_UNCLOSED = 'is there a quote (") that is never closed?'
_QUOTED = re.compile(r'"[^"]*"')


def read_csv(path: Path, name: str) -> _core.Table:
    """The table ``name`` from a CSV file with a header line; UTF-8, with comma, semicolon or tab between the cells.

    Raises DataError with file and line where the file cannot be read, is no UTF-8 or no CSV, a column's name is empty
    or stands there twice, or a row has more or fewer cells than the header.
    """
    file = os.fspath(path)
    text = read_text(path, "a CSV file", lambda message, line: data_error(message, table=name, file=file, line=line))
    return _Reader(text, name, file).table()


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
        header: list[str] = []
        line = 1
        try:
            header = self.header(next(reader, []))
            line = reader.line_num + 1
            for row in reader:
                # A line without anything in it is no row.
                if row:
                    if len(row) != len(header):
                        message = f"expected {counted(len(header), 'cell')}, found {len(row)}"
                        if reader.line_num > line:
                            message += f" in lines {line} to {reader.line_num}; {_UNCLOSED}"
                        raise self.error(message, line, len(rows))
                    rows.append(row)
                    lines.append(line)
                line = reader.line_num + 1
        except csv.Error as error:
            raise self.broken(error, line, reader.line_num, len(rows) if header else -1) from None
        builder = _core.TableBuilder(self.name)
        columns = zip(*rows, strict=True) if rows else ([] for _ in header)
        for column, cells in zip(header, columns, strict=True):
            builder.texts(column, [cell or None for cell in cells])
        builder.from_file(self.file, lines)
        return builder.build()

    def broken(self, error: csv.Error, first: int, last: int, row: int) -> Error:
        """For a row that begins on the line ``first`` and cannot be read beyond the line ``last``."""
        if "unexpected end of data" in str(error):
            return self.error('a quote (") that opens in this row is never closed', first, row)
        message = f"it is not CSV: {error} on line {last}"
        if last > first:
            # A quote left open takes what follows into its cell, up to the next quote or the longest cell.
            message += f"; {_UNCLOSED}"
        elif "expected after" in str(error):
            message += '; a quote (") inside a quoted cell is written twice'
        return self.error(message, first, row)

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
