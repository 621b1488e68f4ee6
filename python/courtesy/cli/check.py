"""courtesy check: reads a rule file and says everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from courtesy.cli.output import friendly
from courtesy.rules import Rules

__all__ = ["check"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Reads the rule FILE and reports every problem with its line; exit code 1 where there is one."""
    with friendly():
        rules = Rules.load(file)
        count = len(rules)
        click.echo(f"{file}: {count} occasion{'' if count == 1 else 's'}, all in order")
        for name in rules.occasions:
            about = rules.describe(name)
            steps = len(about["steps"])
            click.echo(f"  {name}: {about['purpose']}, {steps} step{'' if steps == 1 else 's'}")
