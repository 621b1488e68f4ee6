"""What runs in a sender's process: loads the sender, calls it for one reminder after another, says how each went.

This file is run by its path and needs the standard library alone, so that the process starts at once and knows
nothing of the store. It speaks with its parent over two pipes, in frames: the length of a JSON text in four bytes,
then the text.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["answer_of", "load", "main", "read_frame", "write_frame"]

_LENGTH = struct.Struct("!I")
# What a mistaken sender returned: the message may have gone out, so it is not tried again.
_EXPECTED = 'None, "skip", "failed", a timedelta or an aware datetime'


def main(requests: int, answers: int) -> None:
    """Answers requests until there are no more: the first names the sender, each other one holds a reminder."""
    for descriptor in (requests, answers):
        # What the sender itself starts must not keep the pipes open.
        os.set_inheritable(descriptor, False)
    for number in (signal.SIGINT, signal.SIGTERM):
        # Who stops the worker stops it alone, and it lets us finish. Not SIG_IGN, which programs that the sender
        # starts would inherit.
        signal.signal(number, lambda *_: None)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # Nobody is left to tell where the parent is gone.
    with contextlib.suppress(BrokenPipeError):
        first = read_frame(requests)
        if first is None:
            return
        sys.path[:] = first["path"]
        try:
            sender = load(first["sender"])
        except BaseException as error:
            write_frame(answers, {"error": _said(error)})
            return
        write_frame(answers, {"ready": True})
        while (request := read_frame(requests)) is not None:
            # A sender that hangs ends by itself, also where the parent does not live to end it.
            signal.setitimer(signal.ITIMER_REAL, request["seconds"])
            answer = answer_of(sender, request["reminder"])
            signal.setitimer(signal.ITIMER_REAL, 0)
            write_frame(answers, answer)


def load(name: str) -> Callable[[dict[str, Any]], Any]:
    """The function that "module:function" names."""
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    if not callable(found):
        raise TypeError(f"{name} is no function, but of type {type(found).__name__}")
    return found  # type: ignore[no-any-return]


def answer_of(sender: Callable[[dict[str, Any]], Any], reminder: dict[str, Any]) -> dict[str, Any]:
    """What became of a reminder. Of an exception only its type is told: messages may name the customer."""
    try:
        result = sender(reminder)
    except BaseException as error:
        return {"did": "failed", "why": _name(type(error)), "retry": True}
    if result is None:
        return {"did": "sent"}
    if isinstance(result, str) and result in ("skip", "failed"):
        return {"did": result, "why": "the sender said so", "retry": False}
    if isinstance(result, dt.timedelta):
        return {"did": "snooze", "seconds": result.total_seconds()}
    if isinstance(result, dt.datetime) and result.utcoffset() is not None:
        return {"did": "snooze", "until": result.astimezone(dt.timezone.utc).isoformat()}
    kind = _name(type(result))
    return {"did": "failed", "why": f"the sender returned {kind}; expected {_EXPECTED}", "retry": False}


def _name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _said(error: BaseException) -> str:
    """The error in a line; nobody's data is at hand while a sender is loaded."""
    return f"{_name(type(error))}: {error}".splitlines()[0]


def read_frame(descriptor: int) -> dict[str, Any] | None:
    """The next frame; None where the other side is gone."""
    head = _read(descriptor, _LENGTH.size)
    body = None if head is None else _read(descriptor, _LENGTH.unpack(head)[0])
    return None if body is None else json.loads(body)


def _read(descriptor: int, size: int) -> bytes | None:
    parts = []
    while size:
        part = os.read(descriptor, size)
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def write_frame(descriptor: int, content: Mapping[str, Any]) -> None:
    """Writes a frame. Raises BrokenPipeError where the other side is gone."""
    body = json.dumps(content, ensure_ascii=False).encode()
    left = memoryview(_LENGTH.pack(len(body)) + body)
    while left:
        left = left[os.write(descriptor, left) :]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
