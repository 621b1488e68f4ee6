"""The command line: plans from files (demo, plan, compare, simulate, check), and the commands on a store."""

from __future__ import annotations

import click

from courtesy import __version__
from courtesy.cli.backup import backup, reconcile, restore
from courtesy.cli.check import check
from courtesy.cli.compare import compare
from courtesy.cli.demo import demo
from courtesy.cli.doctor import doctor, stats
from courtesy.cli.due import due
from courtesy.cli.erase import erase
from courtesy.cli.explain import explain, history
from courtesy.cli.export import export
from courtesy.cli.import_tables import import_tables
from courtesy.cli.plan import plan
from courtesy.cli.refresh import preview, refresh
from courtesy.cli.run import run
from courtesy.cli.simulate import simulate
from courtesy.cli.staff import skip, snooze

__all__ = ["main"]

FROM_FILES = (demo, plan, compare, simulate, check)
ON_A_STORE = (
    *(import_tables, preview, refresh, due, run, explain, history, snooze, skip),
    *(export, erase, backup, restore, reconcile, doctor, stats),
)


class Sections(click.Group):
    """Lists the commands in the order in which one needs them, those that read files before those on a store."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in (("Plans from files", FROM_FILES), ("The store", ON_A_STORE)):
            with formatter.section(title):
                formatter.write_dl(
                    [(f"{each.name}", each.get_short_help_str(formatter.width - 14)) for each in commands]
                )


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="courtesy")
def main() -> None:
    """Works out which courtesies a business owes its customers: who, when, by which channel and why.

    The exit code is 0 where all went well, 1 where data, rules or a file cannot be taken, 2 where the command line
    itself is wrong.
    """


for command in (*FROM_FILES, *ON_A_STORE):
    main.add_command(command)
