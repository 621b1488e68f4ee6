"""The command line: courtesy demo, courtesy plan, courtesy compare, courtesy simulate, courtesy check."""

from __future__ import annotations

import click

from courtesy import __version__
from courtesy.cli.check import check
from courtesy.cli.compare import compare
from courtesy.cli.demo import demo
from courtesy.cli.plan import plan
from courtesy.cli.simulate import simulate

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="courtesy")
def main() -> None:
    """Works out which courtesies a business owes its customers: who, when, by which channel and why.

    The exit code is 0 where all went well, 1 where data, rules or a file cannot be taken, 2 where the command line
    itself is wrong.
    """


for command in (demo, plan, compare, simulate, check):
    main.add_command(command)
