"""docs/commands.md has every command, and what it shows is what happens: its blocks are run one after the other.

A ```sh block is run in a copy of the example garage; a ```text block that follows it is what its last command prints.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click.testing
import pytest

from courtesy.cli import FROM_FILES, ON_A_STORE, main

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(?P<commands>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.DOTALL | re.MULTILINE)
# These are shown elsewhere, or take long.
NOT_RUN = {f"{command.name}" for command in FROM_FILES}


def test_each_command_has_its_heading_and_an_example() -> None:
    sections = dict(re.findall(r"^### courtesy (\w+)\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))
    assert set(sections) == set(main.commands)
    for name, section in sections.items():
        assert f"```sh\ncourtesy {name} " in section or name == "demo"


def test_each_command_on_a_store_answers_in_json() -> None:
    without = [command.name for command in ON_A_STORE if not any(each.name == "as_json" for each in command.params)]
    assert without == []


def test_what_it_shows_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    garage = tmp_path / "garage"
    shutil.copytree(ROOT / "examples" / "garage", garage, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(garage)
    shown = 0
    for block in BLOCK.finditer(PAGE):
        for line in block["commands"].splitlines():
            program, name, *arguments = shlex.split(line)
            assert program == "courtesy"
            if name in NOT_RUN:
                continue
            result = click.testing.CliRunner().invoke(main, [name, *arguments])
            assert result.exit_code == 0, f"{line}\n{result.output}"
            if block["output"] is not None:
                assert result.stdout == block["output"], line
                shown += 1
    assert shown >= 12
