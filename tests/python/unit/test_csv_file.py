"""CSV files: which are read, how their cells are taken, and where what is wrong stands."""

from __future__ import annotations

from pathlib import Path

import pytest

import courtesy
from courtesy.csv_file import read_csv

EVENTS = "customer,kind,at\n"
RULES = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day"}])


@pytest.mark.parametrize(
    ("content", "rows", "columns"),
    [
        (b"id,zone\n1,UTC\n2,\n", 2, ["id", "zone"]),
        (b"\xef\xbb\xbfid,zone\r\n1,UTC\r\n", 1, ["id", "zone"]),
        (b"id;zone\n1;UTC", 1, ["id", "zone"]),
        (b"id\tzone\n1\tUTC\n", 1, ["id", "zone"]),
        (b'id,"last, first; name"\n1,"Lovelace, Ada"\n', 1, ["id", "last, first; name"]),
        (b" id , zone \n1,UTC\n", 1, ["id", "zone"]),
        (b"id\n1\n\n2\n\n", 2, ["id"]),
        (b'id,note\n1,"two\nlines"\n2,"a ""word"""\n', 2, ["id", "note"]),
        (b"id,zone\n", 0, ["id", "zone"]),
        ("id,name\n1,Žofie 😀\n".encode(), 1, ["id", "name"]),
    ],
)
def test_a_file_is_read(tmp_path: Path, content: bytes, rows: int, columns: list[str]) -> None:
    file = tmp_path / "customers.csv"
    file.write_bytes(content)
    table = read_csv(file, "customers")
    assert (table.rows, table.columns) == (rows, columns)


@pytest.mark.parametrize(
    ("content", "line", "row", "words"),
    [
        (b"", None, None, "the file is empty; expected a line with the names of the columns"),
        (b"\n1\n", None, None, "the file is empty"),
        (b"id,,zone\n", 1, None, "the name of column 2 is empty"),
        (b"id,zone,id \n", 1, None, "there are two columns called 'id'"),
        (b"id,zone\n1,UTC\n\n2\n", 4, 1, "expected 2 cells, found 1"),
        (b"id\n1,2\n", 2, 0, "expected 1 cell, found 2"),
        (b'id,note\n1,"two\nlines"\n2,a,b\n', 4, 1, "expected 2 cells, found 3"),
        (b'id,note\n1,"never closed\n', 2, 0, 'a quote (") that opens in this row is never closed'),
        (b'id,note\n1,"two\nlines"\n2,"never\n3,c\n4,d\n', 4, 1, 'a quote (") that opens in this row is never closed'),
        (b'"id,note\n1,a\n', 1, None, 'a quote (") that opens in this row is never closed'),
        # The next quote closes the one left open: too early for a cell, or as its end.
        (b'id,note\n1,a\n2,"never\n3,"c"\n', 3, 1, 'on line 4; is there a quote (") that is never closed?'),
        (b'id,note\n1,"never\n2,",b\n', 2, 0, 'expected 2 cells, found 3 in lines 2 to 3; is there a quote (") that'),
        (b'id,note\n1,"never\n' + b"2,b\n" * 50_000, 2, 0, 'is there a quote (") that is never closed?'),
        (b'id,note\n1,"a"b\n', 2, 0, 'on line 2; a quote (") inside a quoted cell is written twice'),
        (
            b"id,note\n1," + b"x" * 200_000 + b"\n",
            2,
            0,
            "it is not CSV: field larger than field limit (131072) on line 2",
        ),
        (b"id,name\n1,Ada\n2,Zo\xeb\n", 3, None, "it is not UTF-8 text"),
        (b"\xef\xbb\xbfid,name\n1,\xc5da\n2,Ben\n", 2, None, "it is not UTF-8 text"),
        (b"\xef\xbb\xbfid\n\xc5\n1\n2\n", 2, None, "it is not UTF-8 text"),
        (b"\xef\xbb\xbfid\nA\xc5\n1\n", 2, None, "it is not UTF-8 text"),
        ("id,name\n1,Ada\n".encode("utf-16"), 1, None, "it is not UTF-8 text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, content: bytes, line: int | None, row: int | None, words: str
) -> None:
    file = tmp_path / "customers.csv"
    file.write_bytes(content)
    with pytest.raises(courtesy.DataError) as caught:
        read_csv(file, "customers")
    error = caught.value
    assert words in str(error)
    assert str(file) in str(error)
    assert (error.table, error.file, error.line, error.row) == ("customers", str(file), line, row)


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(courtesy.DataError, match=r"events \(.*nowhere\.csv\): there is no such file"):
        read_csv(tmp_path / "nowhere.csv", "events")
    with pytest.raises(courtesy.DataError, match="it is a folder; expected a CSV file"):
        read_csv(tmp_path, "events")


def test_a_bad_cell_is_told_with_the_line_that_its_row_began_on(tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("id\nc-1\n", encoding="utf-8")
    events = tmp_path / "events.csv"
    # Row 0 takes lines 2 and 3, line 4 is empty, so row 1 stands on line 5.
    events.write_text(
        'customer,kind,at,note\nc-1,purchase,2026-12-01,"two\nlines"\n\nc-1,purchase,soon,\n', encoding="utf-8"
    )
    with pytest.raises(courtesy.DataError) as caught:
        courtesy.plan(customers, events, RULES, start="2026-12-01", days=7)
    error = caught.value
    assert (error.table, error.row, error.column, error.line) == ("events", 1, "at", 5)
    assert str(error).startswith(f"events, row 1, column 'at' ({events}:5): expected a date")


def test_an_empty_cell_is_a_missing_value(tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("id,zone,email\nc-1,,\nc-2,Asia/Tokyo,a@example.org\n", encoding="utf-8")
    events = tmp_path / "events.csv"
    events.write_text("customer,kind,at\nc-1,purchase,2026-12-01\nc-2,purchase,2026-12-01\n", encoding="utf-8")
    rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 day", "channels": "email"}])
    plan = courtesy.plan(customers, events, rules, start="2026-12-01", days=7)
    found = {row.customer: (row.state, row.reason, row.zone) for row in plan}
    assert found == {"c-1": ("withheld", "no_channel", "UTC"), "c-2": ("planned", "due", "Asia/Tokyo")}
