"""A channel's sender in a process of its own, so that neither a hang nor a crash of it reaches anybody else."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from courtesy import sender_child
from courtesy.sender_child import read_frame, write_frame

__all__ = ["Outcome", "SenderProcess"]

# Only the parent's path counts for what the child imports; until it has it, no file beside us is taken for a library.
_PROGRAM = (
    "import sys; sys.path[:] = filter(None, sys.path); import runpy; runpy.run_path(sys.argv.pop(1), None, '__main__')"
)
# How long a sender may take to be loaded, and how long one that was told to end may take to do it.
_LOADING = 60.0
_ENDING = 2.0
# A process that died and left its pipes to a child of its own is noticed after so long.
_LOOK = 0.1


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one reminder at its sender.

    ``what``: "sent", "skip", "snooze" (until ``until``), "failed" (to be tried again where ``retry``), or "crashed"
    where the sender's process ended, or was ended, before it answered. ``why`` holds nothing of the customer's.
    """

    what: Literal["sent", "skip", "snooze", "failed", "crashed"]
    why: str = ""
    retry: bool = True
    until: dt.datetime | dt.timedelta | None = None


class SenderProcess:
    """The process that runs the sender "module:function" of a channel.

    It is started by ``start`` and, after a crash, by the next ``start``. One thread at a time may use it; ``hurry`` may
    be called from any other.
    """

    def __init__(self, sender: str) -> None:
        self.sender = sender
        self._process: subprocess.Popen[bytes] | None = None
        self._requests = -1
        self._answers = -1
        self._killed = False
        self._latest = float("inf")

    @property
    def pid(self) -> int | None:
        """The number of the running process."""
        return self._process.pid if self.alive and self._process else None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the process, if it does not run, and waits until the sender is loaded.

        Raises ImportError where it cannot be loaded.
        """
        if self.alive:
            return
        self.stop()
        self._killed = False
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(Path(sender_child.__file__)), str(requests), str(answers)],
                stdin=subprocess.DEVNULL,
                # What a sender prints is no answer of the command that runs it.
                stdout=2,
                pass_fds=(requests, answers),
                # Ctrl-C in a terminal reaches the worker alone; and a sender is ended with all that it started.
                start_new_session=True,
            )
        finally:
            os.close(requests)
            os.close(answers)
        with contextlib.suppress(BrokenPipeError):
            write_frame(self._requests, {"path": sys.path, "sender": self.sender})
        answer = self._wait(time.monotonic() + _LOADING)
        if answer is None or "error" in answer:
            why = f"it {self._end()}" if answer is None else answer["error"]
            self.stop()
            raise ImportError(f"the sender {self.sender} cannot be loaded: {why}")

    def send(self, reminder: Mapping[str, Any], until: float) -> Outcome:
        """Has the sender send a reminder (a dict of JSON's types).

        At the instant ``until`` of the monotonic clock the process is killed. Raises ImportError where the process had
        ended meanwhile and cannot be started anew; then nothing was sent.
        """
        begun = time.monotonic()
        for _ in range(3):
            self.start()
            try:
                # A little after we do, it ends itself.
                write_frame(self._requests, {"seconds": max(0.001, (until - begun) * 1.02), "reminder": reminder})
                break
            except BrokenPipeError:
                self.stop()
        answer = self._wait(until)
        if answer is None:
            return Outcome("crashed", f"the sender's process {self._end(time.monotonic() - begun)}")
        return _outcome(answer)

    def hurry(self, latest: float) -> None:
        """Whatever is being sent has to be answered by then, on the monotonic clock."""
        self._latest = latest

    def stop(self) -> None:
        """Ends the process; one that is idle ends by itself, any other is killed."""
        process, self._process = self._process, None
        for descriptor in (self._requests, self._answers):
            if descriptor >= 0:
                os.close(descriptor)
        self._requests = self._answers = -1
        if process is not None:
            try:
                process.wait(_ENDING)
            except subprocess.TimeoutExpired:
                _kill(process)

    def _wait(self, until: float) -> dict[str, Any] | None:
        """The next answer; None where the process ended without one, or had none by then and was killed."""
        while (left := min(until, self._latest) - time.monotonic()) > 0:
            gone = not self.alive
            if select.select([self._answers], [], [], 0 if gone else min(left, _LOOK))[0]:
                return read_frame(self._answers)
            if gone:
                return None
        if self._process is not None and self.alive:
            _kill(self._process)
            self._killed = True
        return None

    def _end(self, seconds: float = _LOADING) -> str:
        """How the process that gave no answer ended, in words."""
        assert self._process is not None
        # Its pipe may be closed before it has ended.
        if not self._killed:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_ENDING)
            if self.alive:
                _kill(self._process)
        code = self._process.wait()
        if self._killed:
            return f"gave no answer in {seconds:.1f} s and was killed"
        if code >= 0:
            return f"ended with exit code {code}"
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
        return f"was ended by signal {-code}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends it, and all that it started in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _outcome(answer: dict[str, Any]) -> Outcome:
    if answer["did"] == "snooze":
        if "seconds" in answer:
            return Outcome("snooze", until=dt.timedelta(seconds=answer["seconds"]))
        return Outcome("snooze", until=dt.datetime.fromisoformat(answer["until"]))
    return Outcome(answer["did"], answer.get("why", ""), answer.get("retry", True))
