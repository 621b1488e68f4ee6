"""courtesy compare: what it prints of two rule files, and what it writes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet
import pytest
from command_line import RULES, run

OLD = RULES
NEW = OLD.replace("1 day", "2 days") + 'when = { tags = ["club"] }\n'
COMPARE = (
    *("compare", "old.toml", "new.toml", "--customers", "customers.csv", "--events", "events.csv"),
    *("--start", "2026-12-01", "--days", "7"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "customers.csv").write_text("id,name,tags\nc-1,Ada,club\nc-2,Bob,\n", encoding="utf-8")
    (tmp_path / "events.csv").write_text(
        "customer,kind,at\nc-1,purchase,2026-12-01\nc-2,purchase,2026-12-02\n", encoding="utf-8"
    )
    (tmp_path / "old.toml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.toml").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


COUNTS = [
    "2 reminders go out before and 1 after, 2026-12-01 00:00 to 2026-12-08 00:00 UTC",
    "occasion   audience  channel  before  after  more  fewer  rerouted in  rerouted out  moved  same",
    "thank-you  customer  email         2      1     0      1            0             0      1     0",
    "0 more, 1 fewer, 0 rerouted, 1 moved, 0 the same",
]


def test_the_counts() -> None:
    assert run(*COMPARE).stdout.splitlines() == COUNTS


def test_each_change() -> None:
    lines = run(*COMPARE, "--changes").stdout.splitlines()
    assert lines[:5] == [*COUNTS, ""]
    assert lines[5] == "2 reminders change"
    assert [line.split() for line in lines[7:]] == [
        [
            "c-1",
            "thank-you",
            "1",
            "moved",
            "2026-12-02",
            "10:00",
            "2026-12-03",
            "10:00",
            "email",
            "email",
            "due",
            "due",
        ],
        [
            *("c-2", "thank-you", "1", "fewer", "2026-12-03", "10:00", "2026-12-04", "10:00"),
            *("email", "due", "condition_failed"),
        ],
    ]


def test_each_change_with_its_reasons() -> None:
    lines = run(*COMPARE, "--explain").stdout.splitlines()
    assert lines[5:7] == ["2 reminders change", "c-1 · thank-you · 1 · moved"]
    assert lines[7].startswith("    before: Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day;")
    assert lines[8].startswith("    after: Thank you 3 Dec 2026: purchase 1 Dec 2026 + 2 days;")
    assert lines[11].startswith("    after: Thank you 4 Dec 2026 withheld: ")


def test_what_is_not_there_is_nothing() -> None:
    Path("new.toml").write_text(OLD.replace("thank-you", "thanks"), encoding="utf-8")
    lines = run(*COMPARE, "--explain").stdout.splitlines()
    assert "4 reminders change" in lines
    assert lines.count("    before: nothing") == lines.count("    after: nothing") == 2


def test_nothing_changes() -> None:
    lines = run("compare", "old.toml", *COMPARE[1:2], *COMPARE[3:], "--changes").stdout.splitlines()
    assert lines[-1] == "0 more, 0 fewer, 0 rerouted, 0 moved, 2 the same"


def test_the_changes_as_files(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*COMPARE, "--format", "csv").stdout)))
    assert [(row["customer"], row["change"], row["due_after"], row["asset"]) for row in rows] == [
        ("c-1", "moved", "2026-12-03T10:00:00+00:00", ""),
        ("c-2", "fewer", "2026-12-04T10:00:00+00:00", ""),
    ]
    told = json.loads(run(*COMPARE, "--format", "json", "--explain").stdout)
    assert [row["channel_after"] for row in told] == ["email", None]
    assert told[0]["why_after"].startswith("Thank you 3 Dec 2026: ")
    run(*COMPARE, "--format", "parquet", "--output", "changes.parquet")
    table = pyarrow.parquet.read_table("changes.parquet")
    assert table.column("change").to_pylist() == ["moved", "fewer"]
    assert "why_after" not in table.column_names
    run(*COMPARE, "--output", "counts.txt")
    assert (folder / "counts.txt").read_text(encoding="utf-8").splitlines() == COUNTS


def test_a_fault_of_a_rule_file_is_named() -> None:
    Path("new.toml").write_text(NEW + "aftr = 1\n", encoding="utf-8")
    assert "new.toml:11:1: " in run(*COMPARE, code=1).stderr
    run("compare", "old.toml", "none.toml", *COMPARE[3:], code=2)
