"""``python -m courtesy`` is the program ``courtesy``."""

from courtesy.cli import main

main(prog_name="courtesy")
