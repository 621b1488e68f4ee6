"""The example site in Django, checked by Django's own commands and by its own tests, with a database in memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[3] / "examples" / "django_site"


def manage(*arguments: str) -> str:
    """Runs manage.py in a process of its own, since Django is set up once per process; every warning is an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SITE / "manage.py"), *arguments],
        cwd=SITE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        | {"PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def test_the_sites_own_tests_pass() -> None:
    said = manage("test", "--verbosity=2")
    ran = re.search(r"^Ran (\d+) tests", said, re.MULTILINE)
    assert ran is not None, said
    assert int(ran[1]) == len(re.findall(r"^    def test_", (SITE / "shop" / "tests.py").read_text(), re.MULTILINE))
    assert "mode=memory" in said
    assert not (SITE / "db.sqlite3").exists() or "db.sqlite3" not in said


@pytest.mark.parametrize("command", [["check"], ["makemigrations", "--check", "--dry-run"]])
def test_django_finds_nothing_to_complain_of(command: list[str]) -> None:
    manage(*command)
