"""The example site in Flask, asked through Flask's own test client."""

from __future__ import annotations

import contextlib
import html
import importlib
import sqlite3
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def app() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        return importlib.import_module("flask_app").app


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
def client(app: Any, database: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "DATABASE", database)
    return app.test_client()


class Cells(HTMLParser):
    """The texts of a page's table, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        self.in_cell = tag == "td"
        if self.in_cell:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.rows[-1][-1] += data


def test_page_lists_each_courtesy_with_time_name_and_reason(client: FlaskClient) -> None:
    page = client.get("/?start=2026-11-23")
    assert page.status_code == 200
    assert "7 planned, 1 withheld" in page.text
    rows = [row[:4] for row in Cells(page.text).rows if row]
    assert rows == [
        ["Mon 23 Nov 2026, 10:00", "Aoife O'Brien", "thank-you", "email"],
        ["Tue 24 Nov 2026, 09:00", "Rahul Iyer", "birthday", "email"],
        ["Tue 24 Nov 2026, 10:00", "Bolt & Sons <Haulage>", "thank-you", "email"],
        ["Tue 24 Nov 2026, 10:00", "Inês Simões", "thank-you", "not sent"],
        ["Sat 28 Nov 2026, 10:00", "Jürgen Weiß", "thank-you", "email"],
        ["Mon 30 Nov 2026, 09:00", "Aoife O'Brien", "birthday", "email"],
        ["Tue 01 Dec 2026, 10:00", "Rahul Iyer", "thank-you", "email"],
        ["Wed 02 Dec 2026, 09:00", "Jürgen Weiß", "birthday", "email"],
    ]
    assert "no channel reaches the customer" in page.text


def test_names_are_escaped(client: FlaskClient, database: Path) -> None:
    client.get("/")
    name = "<script>alert('x')</script> & \"Sons\""
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE customers SET name = ?", (name,))
    page = client.get("/?start=2026-11-23").text
    cells = Cells(page)
    assert "script" not in cells.tags
    assert {row[1] for row in cells.rows if row} == {name}
    assert html.escape("<script>") in page


def test_the_window_is_as_long_as_asked(client: FlaskClient) -> None:
    assert [len(Cells(client.get(f"/?start=2026-11-23&days={days}").text).rows) - 1 for days in (1, 2, 6)] == [1, 4, 5]


def test_page_reads_the_rows_of_the_moment(client: FlaskClient, database: Path) -> None:
    client.get("/")
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        db.execute("DELETE FROM purchases WHERE id > 1")
        db.execute("UPDATE customers SET birthday = NULL")
    assert [row[1] for row in Cells(client.get("/?start=2026-11-23").text).rows if row] == ["Aoife O'Brien"]
    assert "Nothing is owed." in client.get("/?start=2026-11-24").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=tomorrow", "expected a date such as 2026-12-01"),
        ("start=2026-11-23T10:00", "naive"),
        ("days=0", "the window is empty"),
        ("days=-3", "'-3'"),
        ("days=abc", "'abc'"),
    ],
)
def test_a_wrong_window_is_a_bad_request_in_plain_text(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert said in answer.text


def test_without_a_start_the_page_begins_today(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200


def test_rows_that_cannot_be_planned_are_no_fault_of_the_reader(client: FlaskClient, database: Path) -> None:
    client.get("/")
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE customers SET zone = 'Mars/Olympus'")
    assert client.get("/").status_code == 500
