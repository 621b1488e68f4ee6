"""The commands on a store's file: erasing, exports, backups, and how it is."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import os
import re
from pathlib import Path

import pyarrow.parquet
import pytest
from command_line import run
from shop_commands import BEGIN, CUSTOMERS, FILES, NOW, RULES, SENDER, answered, keys, states

import courtesy


class TestErase:
    def test_forgets_a_customer(self, shop: Path) -> None:
        assert run("erase", "shop.db", "c-1", "--yes").stdout == "c-1: erased\n"
        assert "c-1" not in run("export", "shop.db", "customers").stdout
        assert list(states()) == ["c-2"]
        taken = run("import", "shop.db", *FILES, "--json")
        assert json.loads(taken.stdout)["customers"]["erased"] == 1

    def test_it_asks_before(self, shop: Path) -> None:
        assert "It cannot be undone; give --yes." in run("erase", "shop.db", "c-1", code=2).stderr
        assert "c-1" in run("export", "shop.db", "customers").stdout

    def test_nobody(self, shop: Path) -> None:
        assert "c-9" in run("erase", "shop.db", "c-9", "--yes", code=1).stderr
        assert answered("erase", "shop.db", "c-1", "--yes") == {"customer": "c-1", "erased": True}


class TestExport:
    def test_what_was_imported_comes_out(self, shop: Path) -> None:
        assert run("export", "shop.db", "customers").stdout == CUSTOMERS
        rows = list(csv.DictReader(io.StringIO(run("export", "shop.db", "events").stdout)))
        assert [(row["id"], row["customer"], row["kind"], row["at"]) for row in rows] == [
            ("e-1", "c-1", "purchase", "2026-12-01"),
            ("e-2", "c-2", "purchase", "2026-12-03"),
        ]

    def test_it_can_be_imported_again(self, shop: Path) -> None:
        for table in ("customers", "events"):
            run("export", "shop.db", table, "--output", f"{table}-again.csv")
        taken = answered(
            *("import", "again.db", "--rules", "rules.toml"),
            *("--customers", "customers-again.csv", "--events", "events-again.csv"),
        )
        assert (taken["customers"]["added"], taken["events"]["added"]) == (2, 2)

    def test_lists_times_and_dates_can_be_imported_again(self, shop: Path) -> None:
        row = {"id": "c-1", "channels": ["sms", "email"], "quiet_from": dt.time(20, 30), "quiet_to": dt.time(7),
               "birthday": dt.date(1980, 12, 5)}  # fmt: skip
        with courtesy.open("shop.db") as store:
            store.customers.upsert([row])
        [line] = [line for line in run("export", "shop.db", "customers").stdout.splitlines() if line.startswith("c-1")]
        assert line == 'c-1,ada@example.org,Ada Lovelace,"sms,email",20:30,07:00,1980-12-05'
        found = json.loads(run("export", "shop.db", "customers", "--json").stdout.splitlines()[0])
        assert (found["channels"], found["birthday"]) == (["sms", "email"], "1980-12-05")

    def test_a_file_is_its_owner_s_alone(self, shop: Path) -> None:
        before = os.umask(0o022)
        try:
            run("export", "shop.db", "customers", "--output", "out.csv")
        finally:
            os.umask(before)
        assert Path("out.csv").stat().st_mode & 0o777 == 0o600
        assert Path("out.csv").read_text(encoding="utf-8") == CUSTOMERS

    @pytest.mark.parametrize("table", ["customers", "events", "outbox", "audit"])
    def test_lines_of_json_and_parquet_hold_the_same(self, shop: Path, table: str) -> None:
        run("skip", "shop.db", keys()["c-1"], *BEGIN)
        rows = [json.loads(line) for line in run("export", "shop.db", table, "--json").stdout.splitlines()]
        run("export", "shop.db", table, "--format", "parquet", "--output", "out.parquet")
        found = pyarrow.parquet.read_table("out.parquet").to_pylist()
        assert len(found) == len(rows) > 0
        assert [list(row) for row in found] == [list(row) for row in rows]
        assert run("export", "shop.db", table, "--format", "json").stdout.splitlines() == [
            json.dumps(row, ensure_ascii=False) for row in rows
        ]

    def test_a_file_is_of_the_form_that_its_name_ends_in(self, shop: Path) -> None:
        run("export", "shop.db", "customers", "--output", "out.parquet")
        assert pyarrow.parquet.read_table("out.parquet").num_rows == 2
        run("export", "shop.db", "customers", "--output", "out.parquet", "--format", "csv")
        assert Path("out.parquet").read_text(encoding="utf-8") == CUSTOMERS
        run("export", "shop.db", "customers", "--output", "out.txt")
        assert Path("out.txt").read_text(encoding="utf-8") == CUSTOMERS

    def test_a_table_that_is_none(self, shop: Path) -> None:
        assert "'people' is not one of" in run("export", "shop.db", "people", code=2).stderr

    def test_a_folder_that_is_not_there(self, shop: Path) -> None:
        assert "there is no folder nowhere" in run("export", "shop.db", "audit", "--output", "nowhere/a", code=1).stderr


class TestBackup:
    def test_there_and_back(self, shop: Path) -> None:
        assert answered("backup", "shop.db", "copy.db")["bytes"] == Path("copy.db").stat().st_size
        run("run", "shop.db", "--once", *SENDER, *NOW)
        shown = run("restore", "copy.db", "back.db").stdout
        assert "nothing is sent before" in " ".join(shown.split())
        held = run("run", "back.db", "--once", *SENDER, *NOW, code=1)
        assert "reconcile" in held.stderr
        assert "sends nothing until it is reconciled" in run("due", "back.db", *NOW).stdout
        details = [row["detail"] for row in answered("doctor", "back.db", *NOW) if row["check"] == "restored"]
        assert details == ["it was restored from a backup and sends nothing until it is reconciled"]
        result = run("reconcile", "back.db", "--sent", "sent", *NOW)
        assert result.stdout.startswith("1 reminder sent since")
        assert run("run", "back.db", "--once", *SENDER, *NOW).stdout == "nothing was due\n"

    @pytest.mark.parametrize(("rest", "sent"), [("unknown", "nothing was due\n"), ("send", "1 sent\n")])
    def test_what_nobody_knows_of(self, shop: Path, rest: str, sent: str) -> None:
        run("backup", "shop.db", "copy.db")
        assert answered("restore", "copy.db", "back.db")["held"] is True
        assert answered("reconcile", "back.db", "--rest", rest, *NOW)["rest"] == rest
        assert run("run", "back.db", "--once", *SENDER, *NOW).stdout == sent

    def test_what_is_there_is_not_written_over(self, shop: Path) -> None:
        run("backup", "shop.db", "copy.db")
        assert "shop.db" in run("restore", "copy.db", "shop.db", code=1).stderr
        Path("no.db").write_text("no store at all", encoding="utf-8")
        assert run("restore", "no.db", "back.db", code=1).stderr.startswith("error: ")
        assert not Path("back.db").exists()

    def test_only_what_was_restored_is_reconciled(self, shop: Path) -> None:
        assert run("reconcile", "shop.db", code=1).stderr.startswith("error: ")


class TestHealth:
    def test_doctor(self, shop: Path) -> None:
        assert "file" in run("doctor", "shop.db", *BEGIN).stdout
        assert {row["verdict"] for row in answered("doctor", "shop.db", *BEGIN)} <= {"ok", "note"}

    def test_doctor_says_what_new_rules_move(self, shop: Path) -> None:
        Path("rules.toml").write_text(RULES.replace("10:00", "11:00"), encoding="utf-8")
        details = [row["detail"] for row in answered("doctor", "shop.db", "--rules", "rules.toml", *BEGIN)]
        assert "a refresh would move 2" in details
        assert answered("refresh", "shop.db", *BEGIN)["moved"] == 0

    def test_a_damaged_file_ends_with_1(self, shop: Path) -> None:
        file = Path("shop.db")
        with contextlib.suppress(FileNotFoundError):
            Path("shop.db-wal").unlink()
        size = file.stat().st_size
        with file.open("r+b") as found:
            found.seek(size // 2)
            found.write(b"\xff" * (size // 2))
        result = run("doctor", "shop.db", code=1)
        assert "fault" in result.stdout or result.stderr.startswith("error: ")

    def test_stats(self, shop: Path) -> None:
        numbers = {row["what"]: row["number"] for row in answered("stats", "shop.db")}
        assert (numbers["customers"], numbers["events"], numbers["planned"]) == (2, 2, 2)
        assert re.search(r"customers +2\n", run("stats", "shop.db").stdout)
