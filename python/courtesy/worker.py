"""The worker: keeps a store's outbox fresh and has what is due sent, each channel by a sender of its own."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import select
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from courtesy.channel_worker import ChannelWorker
from courtesy.duration import Duration, duration
from courtesy.senders import Sender, sender_name
from courtesy.worker_event import WorkerEvent

if TYPE_CHECKING:
    from courtesy.store import Store

__all__ = ["Worker", "WorkerEvent"]

# What is written to the pipe on which a worker waits: a thread has ended; it is asked to stop.
_ENDED = b"."
_ASKED = b"!"


class Worker:
    """Refreshes a store at intervals, claims what is due, has it sent and answers.

    ``senders`` names the function for each channel: "module:function", or the function itself, which then must be one
    that a module has. It is called with a dict (docs/commands.md lists what is in it), in a process of its own, and
    says by what it returns how it went: None (it went out), "skip" (it is not to go out), "failed" (for good), a
    timedelta or an aware datetime (put it off). Where it raises, it is tried again later. A process that crashes, or
    gives no answer before its lease is nearly over and is killed, has only that reminder answered as crashed, and is
    started anew. Channels wait for each other in nothing.

    ``lease`` is how long a reminder is held, and so the longest that a sender may take; ``batch`` the most that are
    claimed at once; ``poll`` how often a channel looks for what has come due; ``refresh_every`` and ``horizon`` say how
    often and how far ahead is planned; ``grace`` is how long a stop waits for what is being sent. ``on_event`` is
    called with each WorkerEvent, one at a time. ``clock`` gives the instant that events carry.

    >>> import courtesy, tempfile
    >>> from courtesy.worker import Worker
    >>> rules = courtesy.Rules([{"name": "thank-you", "on": "purchase", "after": "1 hour"}])
    >>> with tempfile.TemporaryDirectory() as folder, courtesy.open(folder + "/shop.db", rules) as store:
    ...     Worker(store, {"email": "builtins:print"}).run(once=True)
    {}

    Raises ValueError for what is no sender, TimeError for what is no length of time.
    """

    def __init__(
        self,
        store: Store,
        senders: Mapping[str, Sender],
        *,
        clock: Callable[[], dt.datetime] | None = None,
        lease: Duration = "60 s",
        batch: int = 100,
        poll: Duration = "1 s",
        refresh_every: Duration = "5 minutes",
        horizon: Duration = "60 days",
        grace: Duration = "10 s",
        on_event: Callable[[WorkerEvent], object] | None = None,
    ) -> None:
        if not senders:
            raise ValueError("senders: expected a sender for one channel at least, found none")
        if batch < 1:
            raise ValueError(f"batch: expected 1 or more, found {batch}")
        self._store = store
        self._clock = clock or (lambda: dt.datetime.now(dt.timezone.utc))
        self._refresh_every = _seconds(refresh_every, "refresh_every")
        self._horizon = horizon
        self._grace = _seconds(grace, "grace")
        self._on_event = on_event
        self._channels = [
            ChannelWorker(
                store,
                channel,
                sender_name(channel, sender),
                lease=_seconds(lease, "lease"),
                batch=batch,
                poll=_seconds(poll, "poll"),
                tell=self._tell,
            )
            for channel, sender in senders.items()
        ]
        self._telling = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._stopping = threading.Event()
        self._fresh = threading.Event()
        self._error: BaseException | None = None
        self._ran = False
        self._warned: set[str] = set()
        # A handler of signals may set a flag and write to a pipe, where it may not wait for a lock.
        self._asked = False
        self._heard = self._said = -1

    def run(self, once: bool = False, signals: Collection[signal.Signals] = ()) -> dict[str, int]:
        """Works until ``stop()`` is called; with ``once``, until nothing is due. How many were sent, failed and so on.

        ``signals`` (such as ``[signal.SIGTERM]``) stop it too; only the main thread can ask for them. A worker runs
        once. Raises ImportError where a sender cannot be loaded, and what the store raises, when all that was begun has
        ended.
        """
        if self._ran:
            raise RuntimeError("a worker runs once; make another")
        self._ran = True
        self._heard, self._said = os.pipe()
        os.set_blocking(self._said, False)
        with self._stopped_by(signals):
            self._run(once)
        self._tell("stopped", counts=dict(self._counts))
        if self._error is not None:
            raise self._error
        return dict(self._counts)

    def _run(self, once: bool) -> None:
        self._tell("started")
        threads = [
            threading.Thread(
                target=self._work,
                args=(channel.serve, self._stopping, self._fresh, once),
                name=f"courtesy {channel.channel}",
            )
            for channel in self._channels
        ]
        if not once:
            threads.append(threading.Thread(target=self._work, args=(self._keep_fresh,), name="courtesy refresh"))
        try:
            for thread in threads:
                thread.start()
            self._guard(self._refresh)
            self._fresh.set()
            at_work = len(threads)
            while at_work and not self._asked:
                select.select([self._heard], [], [])
                at_work -= os.read(self._heard, 64).count(_ENDED)
        finally:
            self._end(threads)

    def stop(self) -> None:
        """Asks the worker to stop; it may be called from a handler of signals, and from any thread.

        It claims nothing more, waits for what is being sent (no longer than ``grace``: what has not ended by then is
        killed, and answered as crashed), and gives back the rest.
        """
        self._asked = True
        with contextlib.suppress(OSError):
            os.write(self._said, _ASKED)

    def _end(self, threads: list[threading.Thread]) -> None:
        self._stopping.set()
        self._fresh.set()
        latest = time.monotonic() + self._grace
        for channel in self._channels:
            channel.process.hurry(latest)
        for thread in threads:
            thread.join()

    @contextlib.contextmanager
    def _stopped_by(self, signals: Collection[signal.Signals]) -> Iterator[None]:
        """Within it the pipe is open, and these signals stop the worker."""
        before = {number: signal.signal(number, lambda *_: self.stop()) for number in signals}
        # A signal may reach another thread of the process, and interrupts this one's waiting by the pipe alone.
        wake = signal.set_wakeup_fd(self._said, warn_on_full_buffer=False) if signals else -1
        try:
            yield
        finally:
            if signals:
                signal.set_wakeup_fd(wake)
            for number, handler in before.items():
                signal.signal(number, handler)
            ends = (self._said, self._heard)
            self._heard = self._said = -1
            for end in ends:
                os.close(end)

    def _work(self, call: Callable[..., object], *arguments: Any) -> None:
        """What a thread does."""
        self._guard(call, *arguments)
        os.write(self._said, _ENDED)

    def _guard(self, call: Callable[..., object], *arguments: Any) -> None:
        """Calls it; what it raises stops the worker."""
        try:
            call(*arguments)
        except BaseException as error:
            # Who stops a sender that is being loaded has asked for its end.
            if self._error is None and not (self._stopping.is_set() and isinstance(error, ImportError)):
                self._error = error
            self.stop()

    def _keep_fresh(self) -> None:
        self._fresh.wait()
        while not self._stopping.wait(self._refresh_every):
            self._refresh()

    def _refresh(self) -> None:
        done = self._store._refreshed(horizon=self._horizon)
        for message in done.warnings:
            if message not in self._warned:
                self._warned.add(message)
                self._tell("warned", why=message)
        names = ("looked_at", "added", "moved", "withdrawn", "expired")
        self._tell("refreshed", counts={name: getattr(done, name) for name in names})

    def _tell(self, what: str, **values: Any) -> None:
        with self._telling:
            if values.get("key"):
                self._counts[what] += 1
            if self._on_event is not None:
                self._on_event(WorkerEvent(self._clock(), what, **values))


def _seconds(length: Duration, name: str) -> float:
    return duration(length, name) / 1e6
