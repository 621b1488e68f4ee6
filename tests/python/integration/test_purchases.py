"""The example for one's own list of purchases, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "examples" / "purchases.py"

OWN = """\
client,ordered,article
Anna,02.11.2026,tea
Ben,09.11.2025,tea
"Weiß, Jürgen",05.11.2026,"cups, four"
Anna,05.11.2026,cups
Anna,05.11.2026,cups
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
        timeout=120,
    )


def test_own_columns_and_dates(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(OWN, encoding="utf-8-sig")
    done = run(orders, "--customer", "client", "--date", "ordered", "--date-format", "%d.%m.%Y")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "warning: events: 1 without an id repeat another word for word and count once\n"
    assert done.stdout == (
        "3 customers, 5 purchases; 30 days from 2026-11-05\n"
        "\n"
        "Fri 2026-11-06: 2\n"
        "  10:00 thank-you   Weiß, Jürgen\n"
        "  10:00 thank-you   Anna\n"
        "Mon 2026-11-09: 2\n"
        "  09:00 anniversary Ben\n"
        "  11:00 check-in    Anna\n"
        "Thu 2026-11-12: 2\n"
        "  11:00 check-in    Weiß, Jürgen\n"
        "  11:00 check-in    Anna\n"
        "\n"
        "In all:\n"
        "  anniversary 1\n"
        "  check-in    3\n"
        "  thank-you   2\n"
    )


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheets_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    orders = tmp_path / "Verkäufe.csv"
    rows = [["Kunde", "Datum", "Betrag"], ["Weiß, Jürgen", "05.11.2026", "12,50"], ["Anna", "04.11.2026", "7,00"]]
    orders.write_text("".join(delimiter.join(row) + "\r\n" for row in rows), encoding="utf-8-sig", newline="")
    done = run(orders, "--customer", "Kunde", "--date", "Datum", "--date-format", "%d.%m.%Y", "--days", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "2 customers, 2 purchases; 2 days from 2026-11-05\n"
        "\n"
        "Thu 2026-11-05: 1\n"
        "  10:00 thank-you   Anna\n"
        "Fri 2026-11-06: 1\n"
        "  10:00 thank-you   Weiß, Jürgen\n"
        "\n"
        "In all:\n"
        "  thank-you   2\n"
    )


def test_the_layout_of_cdnow(tmp_path: Path) -> None:
    for name, text in {
        "master": " customer_id  date number_of_cds  dollar_value\n"
        " 00001 19970101  1   11.77\n 00002 19970112  5   77.00\n",
        "sample": " 00001 0001 19970101  1   11.77\n 00002 0002 19970112  5   77.00\n",
    }.items():
        file = tmp_path / name
        file.write_text(text, encoding="ascii")
        done = run(file, "--format", "cdnow", "--start", "1997-01-01", "--days", "14")
        assert done.returncode == 0, done.stderr
        assert done.stdout == (
            "2 customers, 2 purchases; 14 days from 1997-01-01\n"
            "\n"
            "Thu 1997-01-02: 1\n"
            "  10:00 thank-you   00001\n"
            "Wed 1997-01-08: 1\n"
            "  11:00 check-in    00001\n"
            "Mon 1997-01-13: 1\n"
            "  10:00 thank-you   00002\n"
            "\n"
            "In all:\n"
            "  check-in    1\n"
            "  thank-you   2\n"
        )


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("customer,date\nAnna,02.11.2026\n", [], ":2: '02.11.2026' is no date like %Y-%m-%d"),
        ("client,date\nAnna,2026-11-02\n", [], "has no column 'customer'; it has: client, date"),
        ("customer,date\n", [], "no purchase in it"),
        ("", [], "has no column 'customer'; it has: none"),
        ("customer,date\nAnna\n", [], ":2: '' is no date like %Y-%m-%d"),
        ("customer,date\n,2026-11-02\n", [], ":2: the column 'customer' is empty"),
        (
            'customer,date\nEva,2026-11-02\n"Anna,2026-11-02\nBen,2026-11-03\n',
            [],
            ":3: it is not CSV: unexpected end of data; is there a quote that is never closed?",
        ),
        (" id date\n00001 19970101 1 11.77\n00002 1997\n", ["--format", "cdnow"], ":3: expected a customer, a date"),
        (" id date\n00001 19971301 1 11.77\n", ["--format", "cdnow"], ":2: expected a customer, a date"),
        ("customer,date\nAnna,2026-11-02\n", ["--days", "0"], "the window is empty"),
        ("customer,date\nAnna,2026-11-02\n", ["--start", "soon"], "expected a date such as 2026-12-01"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(tmp_path: Path, text: str, options: list[str], said: str) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(text, encoding="utf-8")
    is_told(run(orders, *options), said)


@pytest.mark.parametrize("layout", ["csv", "cdnow"])
def test_a_file_that_cannot_be_read_is_said_in_a_line(tmp_path: Path, layout: str) -> None:
    is_told(run(tmp_path / "nowhere.csv", "--format", layout), "nowhere.csv cannot be read: No such file or directory")
    is_told(run(tmp_path, "--format", layout), "cannot be read: Is a directory")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("customer;date\nAnna;2026-11-02\nJürgen;2026-11-03\n".encode("cp1252"))
    is_told(run(latin, "--format", layout), "latin.csv:3: it is not UTF-8 text; save it as 'CSV UTF-8'")


def is_told(done: subprocess.CompletedProcess[str], said: str) -> None:
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
