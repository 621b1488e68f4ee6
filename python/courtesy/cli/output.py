"""What the commands share: errors in one block, tables for terminals and for pipes, files that are written whole."""

from __future__ import annotations

import contextlib
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from courtesy.errors import DataWarning, Error, RuleWarning
from courtesy.printable import printable
from courtesy.report import Report
from courtesy.text_table import text_table
from courtesy.whole_file import whole_file

__all__ = ["Screen", "check_folder", "friendly", "write"]


@contextlib.contextmanager
def friendly() -> Iterator[None]:
    """Says errors in one block on standard error and ends the program with exit code 1; warnings are lines there."""
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                yield
            finally:
                for warning in caught:
                    if issubclass(warning.category, (DataWarning, RuleWarning)):
                        click.echo(f"warning: {_with_options(printable(str(warning.message)))}", err=True)
    except BrokenPipeError:
        # Whoever read our output has seen enough; click knows what to do.
        raise
    except (Error, ImportError, OSError) as error:
        lines = [_with_options(printable(line)) for line in str(error).splitlines()] or [type(error).__name__]
        if len(lines) > 1:
            lines = ["this cannot be taken:", *(f"  {line}" for line in lines)]
        click.echo("error: " + "\n".join(lines), err=True)
        raise SystemExit(1) from None


def _with_options(message: str) -> str:
    """The message with what one does in Python as what one types here: ``unknown="skip"`` as ``--unknown skip``."""
    message = message.replace("give them: courtesy.open(path, rules)", "give --rules FILE")
    return re.sub(r'\b(unknown|zone)="([^"\s]+)"', r"--\1 \2", message)


class Screen:
    """Standard output: styled and as wide as the terminal, or plain and as wide as its text where it is piped.

    With ``wide`` it is plain in any case, for a file.
    """

    def __init__(self, wide: bool = False) -> None:
        self.wide = wide or not sys.stdout.isatty()
        self._console = Console(highlight=False)
        self._lines: list[str] = []

    def line(self, text: str = "", *, bold: bool = False, indent: int = 0, whole: bool = False) -> None:
        """A line of text; on a terminal its continuation lines are indented like its first.

        A ``whole`` line is not broken, so that it can be copied.
        """
        if self.wide:
            self._lines.append(" " * indent + printable(text))
            return
        if whole:
            self._console.print(Text(" " * indent + printable(text)), soft_wrap=True)
            return
        lines = Text(printable(text), style="bold" if bold else "").wrap(
            self._console, max(20, self._console.width - indent)
        )
        for part in lines or [Text()]:
            part.rstrip()
            self._console.print(Text(" " * indent) + part, overflow="fold", crop=False)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """A table; the columns whose numbers are in ``right`` hold numbers."""
        cells = [[printable(cell) for cell in row] for row in rows]
        if self.wide:
            self._lines.extend(text_table([header, *cells], right))
            return
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
        widths = _widths([header, *cells], self._console.width)
        for number, name in enumerate(header):
            justify: Literal["left", "right"] = "right" if number in right else "left"
            table.add_column(
                Text(name), justify=justify, overflow="fold", width=None if widths is None else widths[number]
            )
        for row in cells:
            table.add_row(*map(Text, row))
        self._console.print(table)

    def report(self, report: Report) -> None:
        """The whole of a report: its title, every row, and its notes."""
        self.line(report.title, bold=True)
        header = [name.replace("_", " ") for name in report._shown]
        if len(report):
            self.table(header, report._texts(), right=report._numbers())
        for note in report.notes:
            self.line(note)

    def text(self) -> str:
        """What was said to a ``wide`` screen."""
        return "".join(f"{line}\n" for line in self._lines)

    def finish(self, output: Path | None = None) -> None:
        """Hands over what was said to a ``wide`` screen."""
        if self.wide:
            write(self.text(), output)
            self._lines.clear()


def _widths(rows: Sequence[Sequence[str]], space: int) -> list[int] | None:
    """A width for each column, a space apart, in which no word is broken; None where there is no room for that."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, " ".join(column).split()), default=0) for column in columns]
    wanted = [max(map(len, column)) for column in columns]
    spare = space - sum(widths) - len(widths)
    if spare < 0:
        return None
    while spare > 0 and widths != wanted:
        # The column that is furthest from what it wants.
        narrow = max(range(len(widths)), key=lambda number: wanted[number] - widths[number])
        widths[narrow] += 1
        spare -= 1
    return widths


def check_folder(output: Path) -> None:
    """Raises FileNotFoundError where there is no folder to write the file to."""
    if not output.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {output.parent} to write {output.name} to")


def write(content: str | bytes, output: Path | None) -> None:
    """Writes to standard output, or to a file that is there whole or not at all."""
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    check_folder(output)
    with whole_file(output, mode=0o666) as file:
        file.write(data)
