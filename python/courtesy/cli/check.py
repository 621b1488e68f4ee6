"""courtesy check: reads a rule file and says everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from courtesy.cli.output import friendly
from courtesy.counted import counted
from courtesy.printable import printable
from courtesy.rules import Rules

__all__ = ["check"]


@click.command(short_help="What is wrong with a rule file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Reads the rule FILE and reports every problem with its line and column.

    The exit code is 1 where there is a problem; warnings alone leave it at 0.
    """
    with friendly():
        rules = Rules.load(file)
    click.echo(f"{file}: {counted(len(rules), 'occasion')}, no problems")
    for name in rules.occasions:
        about = rules.describe(name)
        click.echo(f"  {printable(name)}: {about['purpose']}, {counted(len(about['steps']), 'step')}")
