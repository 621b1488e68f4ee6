"""What the command line writes: to terminals, to pipes and to files."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from courtesy.cli.output import Screen, write
from courtesy.cli.progress import progress
from courtesy.printable import printable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


Shown = Callable[[Callable[[Screen], None]], str]


class TestScreen:
    @pytest.fixture
    def shown(self, monkeypatch: pytest.MonkeyPatch) -> Shown:
        """What a call shows on a terminal of 40 columns, without its styles."""
        for name, value in {"COLUMNS": "40", "TERM": "xterm"}.items():
            monkeypatch.setitem(os.environ, name, value)

        def on_terminal(call: Callable[[Screen], None]) -> str:
            terminal = Terminal()
            with contextlib.redirect_stdout(terminal):
                call(Screen())
            return re.sub(r"\x1b\[[\d;]*m", "", terminal.getvalue())

        return on_terminal

    LONG = "one two three four five six seven eight nine ten"

    def test_a_terminal_wraps_lines_under_their_beginning(self, shown: Shown) -> None:
        text = shown(lambda screen: screen.line(self.LONG, indent=4))
        assert text == "    one two three four five six seven\n    eight nine ten\n"

    def test_a_line_to_copy_stays_whole(self, shown: Shown) -> None:
        assert shown(lambda screen: screen.line(self.LONG, indent=2, whole=True)) == f"  {self.LONG}\n"

    def test_a_terminal_folds_cells_and_loses_none(self, shown: Shown) -> None:
        text = shown(lambda screen: screen.table(["name", "n"], [["abcdefghij" * 6, "12"]], right=[1]))
        assert all(len(line) <= 40 for line in text.splitlines())
        assert "".join(text.split()).replace("12", "").count("abcdefghij") == 6

    def test_a_pipe_gets_whole_lines(self) -> None:
        screen = Screen(wide=True)
        screen.line("x" * 500, indent=2)
        screen.table(["name", "n"], [["y" * 500, "1"], ["z", "12"]], right=[1])
        assert screen.text().splitlines() == [
            "  " + "x" * 500,
            "name" + " " * 496 + "   n",
            "y" * 500 + "   1",
            "z" + " " * 499 + "  12",
        ]

    def test_nothing_steers_the_terminal(self, shown: Shown) -> None:
        assert shown(lambda screen: screen.line("a\x1b[31mred")).split() == ["a\\x1b[31mred"]
        cells = [["[bold]b\x07\u202e"]]
        assert shown(lambda screen: screen.table(["id"], cells)).split() == ["id", "[bold]b\\x07\\u202e"]
        assert printable("Žofie 😀 – naïve") == "Žofie 😀 – naïve"


class TestWrite:
    def test_a_file_is_replaced_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        target = tmp_path / "plan.csv"
        target.write_text("before", encoding="utf-8")

        def fails(*_: Any) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr(Path, "replace", fails)
        with pytest.raises(OSError, match="the disk is full"):
            write("after", target)
        assert target.read_text(encoding="utf-8") == "before"
        assert list(tmp_path.iterdir()) == [target]

    def test_a_device_is_written_to(self) -> None:
        write("gone", Path(os.devnull))
        assert not Path(os.devnull).is_file()


class TestProgress:
    @pytest.mark.parametrize(("terminal", "shown"), [(Terminal(), True), (io.StringIO(), False)])
    def test_what_is_being_done_is_told_on_a_terminal_alone(self, terminal: io.StringIO, shown: bool) -> None:
        with contextlib.redirect_stderr(terminal), progress("importing", total=3) as step:
            step("customers", done=1)
        assert ("importing: customers" in terminal.getvalue()) is shown
