"""The command line: courtesy demo, courtesy plan, courtesy check."""

from __future__ import annotations

import sys

import click

from courtesy import __version__
from courtesy.cli.check import check
from courtesy.cli.demo import demo
from courtesy.cli.plan import plan

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="courtesy")
def cli() -> None:
    """Works out which courtesies a business owes each customer: who, when, by which channel and why."""


for command in (demo, plan, check):
    cli.add_command(command)


def main() -> None:
    """The program ``courtesy``: a problem is said in one block on standard error, without a traceback."""
    cli(prog_name="courtesy")


if __name__ == "__main__":
    sys.exit(main())
