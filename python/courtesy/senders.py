"""Senders: the functions that deliver reminders, one for each channel."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

__all__ = ["Sender", "installed_senders", "sender_name"]

Sender = str | Callable[[dict[str, Any]], Any]
"""A function of a module, or its name as "module:function"."""

GROUP = "courtesy.senders"
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


def sender_name(channel: str, sender: Sender) -> str:
    """The sender as "module:function". Raises ValueError for what a process of its own could not find."""
    if isinstance(sender, str):
        if not _NAME.fullmatch(sender):
            raise ValueError(f"the sender of '{channel}': expected module:function, found {sender!r}")
        return sender
    module, name = getattr(sender, "__module__", None), getattr(sender, "__qualname__", None)
    if not module or not name or module == "__main__" or "<" in name:
        raise ValueError(
            f"the sender of '{channel}': it runs in a process of its own, which cannot find this function; "
            'put it into a module and name it as "module:function"'
        )
    return f"{module}:{name}"


def installed_senders(apart_from: Collection[str] = ()) -> dict[str, str]:
    """The senders that installed packages offer (as entry points "courtesy.senders"): "module:function" by channel.

    Raises ValueError where two offer one channel that is not among those that others serve (``apart_from``).
    """
    found: dict[str, str] = {}
    for entry in _entries():
        if entry.name in apart_from:
            continue
        name = f"{entry.module}:{entry.attr}"
        if found.setdefault(entry.name, name) != name:
            raise ValueError(
                f"two installed packages offer a sender of '{entry.name}': {found[entry.name]} and {name}; "
                f"choose one, such as --sender {entry.name}={name}"
            )
    return found


def _entries() -> Iterable[importlib.metadata.EntryPoint]:
    return importlib.metadata.entry_points(group=GROUP)
