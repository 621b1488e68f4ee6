"""One channel of a worker: claims what is due, has it sent, and answers."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from courtesy.errors import LeaseError, MissingError, TimeError
from courtesy.sender_process import Outcome, SenderProcess

if TYPE_CHECKING:
    from courtesy.claim import Claim, ClaimedReminder
    from courtesy.store import Store

__all__ = ["ChannelWorker", "payload"]

# What is not begun in the first half of a lease is given back, so that each sender has the other half at least, and
# none is killed because of those before it.
_BEGIN = 0.5
# So much of the lease, and no more than so many seconds, is kept for the answer of a sender that was killed.
_ANSWERING = 0.1
_ANSWERING_MOST = 5.0
# A claim is as large as what was sent lately in so much of a lease.
_FILL = 0.25
# Waiting times before a sender that cannot be loaded any more is loaded anew.
_FIRST_PAUSE = 1.0
_LAST_PAUSE = 60.0

Tell = Callable[..., None]


class ChannelWorker:
    """Serves one channel until it is told to stop, or until nothing is due.

    ``tell(what, …)`` is called with what it does; ``lease`` and ``poll`` are seconds.
    """

    def __init__(
        self, store: Store, channel: str, sender: str, *, lease: float, batch: int, poll: float, tell: Tell
    ) -> None:
        self.channel = channel
        self.process = SenderProcess(sender)
        self._store = store
        self._lease = lease
        self._batch = batch
        self._poll = poll
        self._tell = tell
        # Seconds that a reminder took lately; None before the first.
        self._pace: float | None = None

    def serve(self, stopping: threading.Event, fresh: threading.Event, once: bool) -> None:
        """Loads the sender, waits for the first refresh, and then works.

        Raises ImportError where the sender cannot be loaded at first, and whatever the store raises.
        """
        try:
            self._load()
            fresh.wait()
            while not stopping.is_set():
                if not self._loaded(stopping, once):
                    continue
                begun = time.monotonic()
                claim = self._store.claim(
                    limit=self._limit(), lease=dt.timedelta(seconds=self._lease), channels=[self.channel]
                )
                if len(claim):
                    self._send_all(claim, begun, stopping)
                elif once:
                    return
                else:
                    stopping.wait(self._poll)
        finally:
            self.process.stop()

    def _load(self) -> None:
        if not self.process.alive:
            self.process.start()
            self._tell("loaded", channel=self.channel, pid=self.process.pid)

    def _loaded(self, stopping: threading.Event, once: bool) -> bool:
        """Whether the sender runs; one that crashed is loaded anew, at ever longer intervals where that fails."""
        pause = _FIRST_PAUSE
        while not stopping.is_set():
            try:
                self._load()
                return True
            except ImportError as error:
                if once:
                    raise
                self._tell("unloadable", channel=self.channel, why=str(error))
            stopping.wait(pause)
            pause = min(pause * 2, _LAST_PAUSE)
        return False

    def _limit(self) -> int:
        if self._pace is None:
            return 1
        return max(1, min(self._batch, int(self._lease * _FILL / max(self._pace, 1e-6))))

    def _send_all(self, claim: Claim, begun: float, stopping: threading.Event) -> None:
        until = begun + self._lease - min(self._lease * _ANSWERING, _ANSWERING_MOST)
        for number, reminder in enumerate(claim):
            now = time.monotonic()
            if stopping.is_set() or now > begun + self._lease * _BEGIN:
                self._release(claim, len(claim) - number)
                return
            try:
                outcome = self.process.send(payload(reminder), until)
            except ImportError as error:
                self._tell("unloadable", channel=self.channel, why=str(error))
                self._release(claim, len(claim) - number)
                return
            except MissingError:
                self._tell_of(reminder, "lost", "the customer was erased")
                continue
            self._answer(reminder, outcome)
            seconds = time.monotonic() - now
            self._pace = seconds if self._pace is None else 0.7 * self._pace + 0.3 * seconds

    def _release(self, claim: Claim, number: int) -> None:
        try:
            claim.release()
        except LeaseError as error:
            self._tell("lost", channel=self.channel, why=str(error))
        else:
            self._tell("released", channel=self.channel, counts={"reminders": number})

    def _answer(self, reminder: ClaimedReminder, outcome: Outcome) -> None:
        try:
            what, why = _answer(reminder, outcome)
        except LeaseError:
            self._tell_of(reminder, "lost", f"it was {outcome.what}, and the lease was over")
        else:
            self._tell_of(reminder, what, why)

    def _tell_of(self, reminder: ClaimedReminder, what: str, why: str) -> None:
        self._tell(
            what,
            channel=self.channel,
            key=reminder.key,
            customer=reminder.customer,
            occasion=reminder.occasion,
            step=reminder.step,
            why=why,
        )


def _answer(reminder: ClaimedReminder, outcome: Outcome) -> tuple[str, str]:
    """Tells the store what became of it; what that was, and why."""
    why = outcome.why
    if outcome.what == "sent":
        reminder.done()
        return "sent", why
    if outcome.what == "skip":
        reminder.skip(why)
        return "skipped", why
    if outcome.what == "crashed":
        reminder.crashed(why)
        return "crashed", why
    if outcome.what == "snooze":
        assert outcome.until is not None
        try:
            reminder.snooze(outcome.until, "the sender said so")
            return "snoozed", why
        except TimeError:
            why = "the sender put it off to a time that has passed"
    reminder.failed(why, retry=outcome.retry)
    return "failed", why


def payload(reminder: ClaimedReminder) -> dict[str, Any]:
    """What a sender is given: a dict of texts, numbers, lists and dicts.

    Instants are ISO 8601 texts. ``recipient`` is the customer's row. Raises MissingError where the customer was erased.
    """
    names = ("key", "customer", "asset", "occasion", "step", "channel", "audience", "purpose", "priority", "message",
             "team", "gesture", "cost", "partner", "zone", "attempts")  # fmt: skip
    values: dict[str, Any] = {name: getattr(reminder, name) for name in names}
    values |= {name: _iso(getattr(reminder, name)) for name in ("due", "local", "expires")}
    values["merged"] = reminder.merged
    values["recipient"] = {name: _iso(cell) for name, cell in reminder.recipient.items()}
    return values


def _iso(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else cell
