"""courtesy simulate: what it prints of a year, and what it writes."""

from __future__ import annotations

import csv
import importlib
import json
from pathlib import Path

import click.testing
import pytest
from command_line import RULES, run


def simulated(*arguments: str, code: int = 0) -> click.testing.Result:
    tables = ("--customers", "customers.csv", "--events", "events.csv", "--rules", "rules.toml")
    return run("simulate", *tables, *arguments, code=code)


@pytest.fixture
def years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A customer who buys every four weeks, on Fridays, the last time on 20 November 2026, and one who never did."""
    (tmp_path / "customers.csv").write_text("id,email\nc-1,ada@example.org\nc-2,\n", encoding="utf-8")
    (tmp_path / "events.csv").write_text(
        "customer,kind,at\nc-1,purchase,2026-09-25\nc-1,purchase,2026-10-23\nc-1,purchase,2026-11-20\n", "utf-8"
    )
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("years")
def test_simulate_says_what_the_rules_would_do() -> None:
    result = simulated("--start", "2026-12-01", "--days", "60")
    lines = result.stdout.splitlines()
    assert lines[0] == "60 days from 1 Dec 2026, simulated"
    # 19 December and 16 January.
    assert "  contacts: 2 (email 2)" in lines
    assert "  customers who hear nothing: 1 of 2 (50%)" in lines
    assert result.stderr == ""


@pytest.mark.usefixtures("years")
def test_simulate_as_json() -> None:
    values = json.loads(
        simulated("--start", "2026-12-01", "--days", "60", "--format", "json", "--minutes", "email=6").stdout
    )
    assert (values["start"], values["days"], values["seed"]) == ("2026-12-01", 60, 0)
    way = {"audience": "customer", "team": None, "channel": "email", "contacts": 1, "reminders": 1, "minutes": 6.0}
    assert values["load"] == [{"day": "2026-12-19", **way}, {"day": "2027-01-16", **way}]
    assert values["staff"][0] == {"week": "2026-12-14", "team": None, "contacts": 1, "hours": 0.1}
    assert values["occasions"] == [{"occasion": "thank-you", "contacts": 2, "merged": 0, "withheld": 0}]


def test_simulate_writes_files(years: Path) -> None:
    options = ("--outcomes", "outcomes.csv", "--plot", "year.svg", "--output", "year.txt")
    assert simulated("--start", "2026-12-01", "--days", "60", *options).stdout == ""
    with (years / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["kind"], row["at"]) for row in csv.DictReader(file)] == [
            ("purchase", "2026-12-18"), ("purchase", "2027-01-15"),
        ]  # fmt: skip
    assert "<svg" in (years / "year.svg").read_text(encoding="utf-8")
    assert (years / "year.txt").read_text(encoding="utf-8").startswith("60 days from 1 Dec 2026, simulated\n")


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--start", "tomorrow"), "expected a date such as 2026-12-01, found 'tomorrow'"),
        (("--start", "2026-12-01", "--minutes", "call"), "such as call=8, found 'call'"),
        (("--start", "2026-12-01", "--minutes", "call=-1"), "such as call=8, found 'call=-1'"),
        (("--start", "2026-12-01", "--plot", "year.doc"), "it draws .png, .svg or .pdf, not year.doc"),
        (("--start", "2026-12-01", "--days", "0"), "0 is not in the range 1<=x<=36525"),
    ],
)
def test_simulate_says_what_is_wrong_on_the_command_line(arguments: tuple[str, ...], message: str) -> None:
    assert message in simulated(*arguments, code=2).stderr


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize("option", ["--output", "--outcomes", "--plot"])
def test_simulate_does_not_begin_a_year_that_it_cannot_write(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The package's attribute of that name is the command.
    module = importlib.import_module("courtesy.cli.simulate")
    monkeypatch.setattr(module, "run", lambda *_, **__: pytest.fail("it began"))
    result = simulated("--start", "2026-12-01", option, "nowhere/year.png", code=1)
    assert "there is no folder nowhere to write year.png to" in result.stderr
