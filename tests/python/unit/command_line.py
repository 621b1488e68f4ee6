"""The command line as a test calls it."""

from __future__ import annotations

import click.testing

from courtesy.cli import main

RULES = """\
[shop]
zone = "Europe/London"

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["email"]
"""


def run(*arguments: str, code: int = 0) -> click.testing.Result:
    """What it prints; it must end with that exit code."""
    result = click.testing.CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    # Whatever happens, no traceback and no class name of the inside.
    assert "Traceback" not in result.output
    return result
