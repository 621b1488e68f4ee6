"""The command line: what each command prints, where it prints it, and how it ends."""

from __future__ import annotations

import contextlib
import csv
import importlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest
from command_line import RULES, run

import courtesy
from courtesy.cli import main

ROOT = Path(__file__).resolve().parents[3]
GARAGE = ROOT / "examples" / "garage"
# The package's attribute of that name is the command.
demo_module = importlib.import_module("courtesy.cli.demo")


LEGEND = "Earliest first; times are those of Europe/London where no other zone is named.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "customers.csv").write_text("id,email\nc-1,ada@example.org\nc-2,\n", encoding="utf-8")
    (tmp_path / "events.csv").write_text(
        "customer,kind,at\nc-1,purchase,2026-12-01\nc-2,purchase,2026-12-02T09:30Z\n", encoding="utf-8"
    )
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


PLAN = (
    *("plan", "--customers", "customers.csv", "--events", "events.csv", "--rules", "rules.toml"),
    *("--start", "2026-12-01", "--days", "7"),
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestPlan:
    def test_a_table(self, folder: Path) -> None:
        assert run(*PLAN).stdout == (
            "when                  customer  asset  occasion   channel  state\n"
            "Wed 2 Dec 2026 10:00  c-1              thank-you  email    planned\n"
            "Thu 3 Dec 2026 10:00  c-2              thank-you           withheld: no channel\n"
            "1 planned, 1 withheld\n" + LEGEND
        )

    def test_who_speaks_is_told(self, folder: Path) -> None:
        rules = Path("rules.toml")
        rules.write_text(rules.read_text(encoding="utf-8") + 'audience = "staff"\n', encoding="utf-8")
        assert "  email (staff)  planned\n" in run(*PLAN).stdout

    def test_the_team_is_told(self, folder: Path) -> None:
        rules = Path("rules.toml")
        rules.write_text(rules.read_text(encoding="utf-8") + 'audience = "staff"\nteam = "sales"\n', encoding="utf-8")
        assert "  email (sales)  planned\n" in run(*PLAN).stdout

    def test_what_is_merged_stands_under_the_message_that_says_it(self, folder: Path) -> None:
        rules = RULES.replace("[[", "[policy]\nmerge = true\n\n[[").replace("10:00", "11:00")
        Path("rules.toml").write_text(
            rules + '\n[[occasion]]\nname = "mats"\non = "purchase"\nafter = "1 day"\npriority = 1\n', encoding="utf-8"
        )
        lines = run(*PLAN).stdout.splitlines()
        assert lines[1:3] == [
            "Wed 2 Dec 2026 09:00  c-1              mats         email    planned",
            "                      c-1              + thank-you           merged",
        ]
        assert "1 planned, 2 withheld, 1 merged" in lines
        assert lines[-1] == "What begins with + is said by the message above it."
        lines = run(*PLAN, "--explain").stdout.splitlines()
        assert lines[0] == "Wed 2 Dec 2026 09:00 · c-1 · mats · email · planned"
        assert lines[2] == "c-1 · + thank-you · merged"
        assert "said together with 'mats' at 09:00" in lines[3]

    def test_a_terminal_of_80_columns(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(os.environ, "COLUMNS", "80")
        monkeypatch.setitem(os.environ, "TERM", "dumb")
        terminal = Terminal()
        with contextlib.redirect_stdout(terminal):
            main.main([*PLAN], standalone_mode=False)
        lines = terminal.getvalue().splitlines()
        assert max(map(len, lines)) <= 80
        # No word is broken.
        words = {"Europe/London", "c-1", "thank-you", "email", "planned", "withheld:", "channel"}
        assert words <= set(" ".join(lines).split())

    def test_another_zone_and_the_step_are_named(self, folder: Path) -> None:
        Path("customers.csv").write_text("id,zone\nc-1,Asia/Tokyo\nc-2,Europe/London\n", encoding="utf-8")
        rules = Path("rules.toml")
        rules.write_text(RULES + 'steps = [{ name = "mail" }, { after = "9 days" }]\n', encoding="utf-8")
        lines = run(*PLAN).stdout.splitlines()
        assert lines[1] == "Wed 2 Dec 2026 10:00 Asia/Tokyo  c-1              thank-you (mail)  email    planned"
        assert lines[2] == "Thu 3 Dec 2026 10:00             c-2              thank-you (mail)  email    planned"

    def test_what_python_calls_an_argument_is_an_option(self, folder: Path) -> None:
        Path("events.csv").write_text("customer,kind,at\nc-9,purchase,2026-12-01T09:30\n", encoding="utf-8")
        assert "or give --unknown skip" in run(*PLAN, code=1).stderr
        assert "give --zone Europe/London (or whichever" in run(*PLAN, "--unknown", "skip", code=1).stderr

    def test_without_what_was_withheld(self, folder: Path) -> None:
        shown = run(*PLAN, "--no-withheld").stdout
        assert "c-2" not in shown
        assert shown.endswith("1 planned, 0 withheld\n" + LEGEND)

    def test_with_reasons(self, folder: Path) -> None:
        lines = run(*PLAN, "--explain").stdout.splitlines()
        assert lines[0] == "Wed 2 Dec 2026 10:00 · c-1 · thank-you · email · planned"
        assert lines[1].startswith("    Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London;")
        assert lines[3].startswith("    Thank you 3 Dec 2026 withheld: ")
        assert lines[3].endswith("e-mail: no e-mail address is known; no channel reaches the customer.")

    def test_csv(self, folder: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(run(*PLAN, "--format", "csv").stdout)))
        assert [(row["customer"], row["state"], row["due"], row["local"], row["asset"]) for row in rows] == [
            ("c-1", "planned", "2026-12-02T10:00:00+00:00", "2026-12-02T10:00:00+00:00", ""),
            ("c-2", "withheld", "2026-12-03T10:00:00+00:00", "2026-12-03T10:00:00+00:00", ""),
        ]
        assert "why" not in rows[0]
        rows = list(csv.DictReader(io.StringIO(run(*PLAN, "--format", "csv", "--explain").stdout)))
        assert rows[0]["why"].startswith("Thank you 2 Dec 2026: ")

    def test_json(self, folder: Path) -> None:
        plan = courtesy.plan("customers.csv", "events.csv", "rules.toml", start="2026-12-01", days=7)
        rows = json.loads(run(*PLAN, "--format", "json").stdout)
        assert [row["key"] for row in rows] == [row.key for row in plan]
        assert (rows[0]["asset"], rows[0]["priority"], rows[0]["anchor"]) == (None, 0, "2026-12-01")
        row = json.loads(run(*PLAN, "--format", "json", "--explain").stdout)[0]
        assert row["why"] == plan.explain(0).sentence
        assert row["reasons"][0] == {
            "code": "after_event", "kind": "purchase", "event": plan[0].event, "day": "2026-12-01", "span": "1 day",
            "due_day": "2026-12-02",
        }  # fmt: skip

    def test_parquet(self, folder: Path) -> None:
        run(*PLAN, "--format", "parquet", "--output", "plan.parquet")
        plan = courtesy.plan("customers.csv", "events.csv", "rules.toml", start="2026-12-01", days=7)
        assert pyarrow.parquet.read_table("plan.parquet").to_pylist() == plan.to_arrow().to_pylist()
        run(*PLAN, "--format", "parquet", "--output", "plan.parquet", "--explain")
        assert pyarrow.parquet.read_table("plan.parquet").column("why")[0].as_py() == plan.explain(0).sentence

    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_a_file_gets_what_standard_output_would(self, folder: Path, form: str) -> None:
        printed = run(*PLAN, "--format", form).stdout
        assert run(*PLAN, "--format", form, "--output", "out").stdout == ""
        assert Path("out").read_text(encoding="utf-8") == printed
        assert sorted(path.name for path in folder.iterdir()) == ["customers.csv", "events.csv", "out", "rules.toml"]

    def test_the_window_may_begin_at_an_instant(self, folder: Path) -> None:
        shown = run(*PLAN[:-4], "--start", "2026-12-02T12:00Z", "--days", "1").stdout
        assert "c-1" not in shown
        assert shown.endswith("0 planned, 1 withheld\n" + LEGEND)

    def test_an_empty_plan(self, folder: Path) -> None:
        assert run(*PLAN[:-4], "--start", "2030-01-01").stdout == "0 planned, 0 withheld\n"

    def test_timestamps_without_a_zone_need_one(self, folder: Path) -> None:
        (folder / "events.csv").write_text("customer,kind,at\nc-1,purchase,2026-12-01T23:30\n", encoding="utf-8")
        result = run(*PLAN, code=1)
        assert result.stdout == ""
        assert result.stderr.startswith("error: events, row 0, column 'at' (events.csv:2): the timestamp has no zone")
        # 23:30 in New York is the next day in London.
        assert "Thu 3 Dec 2026 10:00" in run(*PLAN, "--zone", "America/New_York").stdout

    def test_unknown_customers_may_be_skipped(self, folder: Path) -> None:
        with (folder / "events.csv").open("a", encoding="utf-8") as file:
            file.write("c-9,purchase,2026-12-01\n")
        assert "(events.csv:4): there is no customer 'c-9'" in run(*PLAN, code=1).stderr
        result = run(*PLAN, "--unknown", "skip")
        assert result.stdout.endswith("1 planned, 1 withheld\n" + LEGEND)
        assert result.stderr == "warning: events: 1 of unknown customers left out\n"

    def test_several_problems_are_one_block(self, folder: Path) -> None:
        (folder / "customers.csv").write_text("id,zone\nc-1,Nowhere/Here\nc-2,Nowhere/There\n", encoding="utf-8")
        lines = run(*PLAN, code=1).stderr.splitlines()
        assert lines[0] == "error: this cannot be taken:"
        assert [line.partition(":")[0] for line in lines[1:]] == [
            "  customers, row 0, column 'zone' (customers.csv",
            "  customers, row 1, column 'zone' (customers.csv",
        ]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (PLAN[:-4], "Missing option '--start'"),
            (PLAN[:5] + PLAN[7:], "Missing option '--rules'"),
            ((*PLAN, "--days", "0"), "'--days'"),
            ((*PLAN, "--start", "tomorrow"), "Invalid value for '--start': expected a date such as 2026-12-01"),
            ((*PLAN, "--start", "2026-12-01T09:00"), "an instant needs its zone, such as 2026-12-01T09:00Z"),
            ((*PLAN, "--events", "nowhere.csv"), "File 'nowhere.csv' does not exist"),
            ((*PLAN, "--format", "xlsx"), "'--format'"),
            ((*PLAN, "--unknown", "ignore"), "'--unknown'"),
            (("plna",), "No such command 'plna'"),
        ],
    )
    def test_a_wrong_command_line_ends_with_2(self, folder: Path, arguments: tuple[str, ...], words: str) -> None:
        result = run(*arguments, code=2)
        assert result.stdout == ""
        assert words in result.stderr

    def test_a_zone_that_does_not_exist(self, folder: Path) -> None:
        assert "Mars/Olympus" in run(*PLAN, "--zone", "Mars/Olympus", code=1).stderr

    def test_a_folder_that_does_not_exist(self, folder: Path) -> None:
        result = run(*PLAN, "--output", "nowhere/plan.txt", code=1)
        assert result.stderr == "error: there is no folder nowhere to write plan.txt to\n"


class TestCheck:
    def test_rules_in_order(self, folder: Path) -> None:
        result = run("check", "rules.toml")
        assert result.stdout == "rules.toml: 1 occasion, no problems\n  thank-you: care, 1 step\n"
        assert result.stderr == ""

    def test_every_problem_is_listed(self, folder: Path) -> None:
        (folder / "rules.toml").write_text(
            RULES.replace("after =", "aftr =").replace("10:00", "25:00") + "[polcy]\n", encoding="utf-8"
        )
        result = run("check", "rules.toml", code=1)
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert lines[0] == "error: this cannot be taken:"
        assert len(lines) == 4
        assert any(line.startswith("  rules.toml:7:") and "did you mean 'after'?" in line for line in lines)
        assert any(line.startswith("  rules.toml:8:") and "'at'" in line for line in lines)
        assert any("did you mean 'policy'?" in line for line in lines)

    def test_a_warning_does_not_fail(self, folder: Path) -> None:
        (folder / "rules.toml").write_text('[policy]\nspread = "2 hours"\n' + RULES, encoding="utf-8")
        result = run("check", "rules.toml")
        assert result.stderr.startswith("warning: rules.toml:2: ")
        assert "no problems" in result.stdout

    def test_no_toml(self, folder: Path) -> None:
        (folder / "rules.toml").write_text("[shop\n", encoding="utf-8")
        assert run("check", "rules.toml", code=1).stderr.startswith("error: rules.toml:1:")

    def test_no_file(self, folder: Path) -> None:
        assert "File 'nowhere.toml' does not exist" in run("check", "nowhere.toml", code=2).stderr
        assert "is a directory" in run("check", ".", code=2).stderr


class TestDemo:
    def test_it_shows_today_the_withheld_the_days_ahead_and_what_to_type(self) -> None:
        shown = run("demo").stdout
        heads = ["Northside Garage, Mon 23 Nov 2026", "\nToday: ", "\n  front desk: ", "\n  workshop: ",
                 "\n  to customers: ", "\nWithheld in these 14 days: ", "\nThe next 14 days: ",
                 "\nWhat to type next\n"]  # fmt: skip
        assert [shown.index(head) for head in heads] == sorted(shown.index(head) for head in heads)
        plan = garage_plan()
        today = plan.filter(day=demo_module.TODAY)
        assert f"Today: {len(today.planned)} planned, {len(today.withheld)} withheld, " in shown
        for reminder in today:
            if reminder.state != "withheld":
                assert today.explain(reminder).sentence in shown
        withheld = plan.withheld
        assert f"14 days: {len(withheld)}\n" in shown
        for reason in {row.reason for row in withheld}:
            count = sum(row.reason == reason for row in withheld)
            assert f"{count:3}  {reason.replace('_', ' ')}\n" in shown
        assert f"14 days: {len(plan.planned)} planned, {len(withheld)} withheld, {len(plan.merged)} merged\n" in shown
        assert f"{len(plan.planned)}\n\nWhat to type next" in shown
        assert not any(name in shown for name in personal_data())

    def test_staff_see_whom_to_call_and_customers_what_is_said_together(self) -> None:
        shown = run("demo").stdout
        desk = shown.partition("\n  front desk: ")[2].partition("\n  workshop: ")[0]
        calls = [row for row in garage_plan().filter(day=demo_module.TODAY).planned if row.team == "front desk"]
        assert len(calls) > 2
        assert desk.startswith(f"{len(calls)}\n")
        assert all(f"  {row.channel}  {row.customer}, {row.asset}\n" in desk for row in calls)
        mail = shown.partition("  email  c-289\n")[2].splitlines()
        assert mail[0].strip().startswith("Birthday 23 Nov 2026: ")
        assert mail[1].strip() == "+ thank-you, in the same message"
        assert mail[2].strip().startswith("Thank you 23 Nov 2026 merged: ")

    def test_it_fits_a_terminal_of_80_columns(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(os.environ, "COLUMNS", "80")
        monkeypatch.setitem(os.environ, "TERM", "dumb")
        terminal = Terminal()
        with contextlib.redirect_stdout(terminal):
            main.main(["demo"], standalone_mode=False)
        shown, _, to_type = terminal.getvalue().partition("What to type next")
        assert max(map(len, shown.splitlines())) <= 80
        # The table of the days is not broken.
        assert re.search(r"^day +email .* workshop +front desk +sales +all", shown, re.MULTILINE)
        assert "courtesy check" in to_type

    def test_what_to_type_next_works(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/courtesy")
        shown = run("demo").stdout
        commands = [line.strip() for line in shown.partition("What to type next\n")[2].splitlines()]
        assert len(commands) == 3
        for command in commands:
            program, *arguments = command.split()
            assert program == "courtesy"
            run(*arguments)

    def test_in_a_checkout_it_names_the_way_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr("shutil.which", lambda _: None)
        assert "  ./dev python -m courtesy check examples/garage/rules.toml\n" in run("demo").stdout

    def test_its_day_is_the_day_of_the_garage_s_books(self, monkeypatch: pytest.MonkeyPatch) -> None:
        spec = importlib.util.spec_from_file_location("garage_books", GARAGE / "books.py")
        assert spec is not None
        assert spec.loader is not None
        books = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(books)
        assert books.TODAY == demo_module.TODAY

    def test_a_package_without_the_garage_says_so(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(demo_module, "__file__", str(tmp_path / "a" / "b" / "courtesy" / "cli" / "demo.py"))
        assert run("demo", code=1).stderr == (
            "error: the files of the example garage are missing; install courtesy anew\n"
        )


def garage_plan() -> courtesy.Plan:
    tables = [GARAGE / f"{name}.csv" for name in ("customers", "events", "assets")]
    rules, start = GARAGE / "rules.toml", demo_module.TODAY
    return courtesy.plan(*tables[:2], rules, tables[2], start=start, days=demo_module.DAYS)


def personal_data() -> list[str]:
    with (GARAGE / "customers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row[column] for row in rows for column in ("family_name", "email", "phone") if len(row[column]) > 5]


class TestProgram:
    def test_python_m_courtesy(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "courtesy", "--version"], capture_output=True, text=True, check=True
        )
        assert done.stdout == f"courtesy, version {courtesy.__version__}\n"

    @pytest.mark.parametrize("command", [[], ["plan"], ["check"], ["demo"]])
    def test_each_command_has_help(self, command: list[str]) -> None:
        shown = run(*command, "--help").stdout
        assert shown.startswith(f"Usage: {' '.join(['main', *command])}")
        assert len(shown.splitlines()) > 5

    def test_a_reader_that_leaves_is_no_error(self, folder: Path) -> None:
        command = [sys.executable, "-m", "courtesy", *PLAN, "--format", "json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            said = process.stderr.read()
        assert b"Traceback" not in said
        assert b"error" not in said
