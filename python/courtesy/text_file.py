"""Text files of users, as they are read everywhere: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from courtesy.errors import Error

__all__ = ["read_text"]


def read_text(path: Path, what: str, error: Callable[[str, int], Error]) -> str:
    """The text of a file; where it cannot be read, raises what ``error`` makes of a message and a line (0: none).

    ``what`` is what a user was to give where it is a folder, such as "a CSV file".
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as wrong:
        why = {FileNotFoundError: "there is no such file", IsADirectoryError: f"it is a folder; expected {what}"}
        raise error(why.get(type(wrong), f"it cannot be read: {wrong.strerror}"), 0) from None
    except UnicodeDecodeError as wrong:
        # The decoder counts from after the mark that the file may begin with, and `object` has it no more.
        line = wrong.object[: wrong.start].count(b"\n") + 1
        raise error("it is not UTF-8 text; save it as UTF-8", line) from None
