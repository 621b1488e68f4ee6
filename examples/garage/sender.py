"""Senders for a trial: they send nothing, and keep what they were asked to send, one file for each reminder.

    courtesy run garage.db --sender email=sender:record --sender sms=sender:record --once

The folder is `sent`, or the one that GARAGE_SENT names.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def record(reminder: dict[str, Any]) -> None:
    """Keeps a reminder under its key, which is the same at each attempt: a second one changes nothing.

    That is how a provider takes an idempotency key, and why a crash between sending and answering does no harm.
    """
    folder = Path(os.environ.get("GARAGE_SENT", "sent"))
    folder.mkdir(exist_ok=True)
    partial = folder / f".{reminder['key']}.{os.getpid()}"
    partial.write_text(json.dumps(reminder, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(folder / f"{reminder['key']}.json")


def letter(reminder: dict[str, Any]) -> str | None:
    """Keeps the letters of those who have an address."""
    if not reminder["recipient"]["address"]:
        return "skip"
    record(reminder)
    return None
