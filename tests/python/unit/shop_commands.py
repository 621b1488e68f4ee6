"""A small shop on the command line: its files, its store, and what commands answer on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import RULES, run

CUSTOMERS = "id,email,name\nc-1,ada@example.org,Ada Lovelace\nc-2,ben@example.org,Ben Okri\n"
EVENTS = "id,customer,kind,at\ne-1,c-1,purchase,2026-12-01\ne-2,c-2,purchase,2026-12-03\n"
FILES = ("--customers", "customers.csv", "--events", "events.csv")
# The rules come into force before anything happened.
BEGIN = ("--now", "2026-11-30T09:00Z")
# c-1 was thanked at 10:00 in London, or was to be.
NOW = ("--now", "2026-12-02T10:30Z")
SENDER = ("--sender", "email=cli_senders:send")


@pytest.fixture
def shop_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "cli_senders.py").write_text(
        "def send(reminder):\n"
        "    with open('sent', 'a') as file:\n"
        "        file.write(reminder['key'] + '\\n')\n"
        "def fail(reminder):\n"
        "    raise OSError(reminder['recipient']['email'])\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shop(shop_files: Path) -> Path:
    """A store with two reminders, of which one is due at NOW."""
    run("import", "shop.db", "--rules", "rules.toml", *FILES, *BEGIN)
    run("refresh", "shop.db", *BEGIN)
    return shop_files


def answered(*arguments: str, code: int = 0) -> Any:
    """What a command answers with --json: one document on standard output."""
    return json.loads(run(*arguments, "--json", code=code).stdout)


def keys() -> dict[str, str]:
    """The reminders' keys by customer."""
    return {
        row["customer"]: row["key"]
        for row in map(json.loads, run("export", "shop.db", "outbox", "--json").stdout.splitlines())
    }


def states() -> dict[str, str]:
    return {
        row["customer"]: row["state"]
        for row in map(json.loads, run("export", "shop.db", "outbox", "--json").stdout.splitlines())
    }
