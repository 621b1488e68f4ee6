"""Claims: reminders that are held for a while, to be sent and answered."""

from __future__ import annotations

import datetime as dt
import operator
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex, overload

from courtesy import _core
from courtesy.counted import counted
from courtesy.duration import Duration, later
from courtesy.errors import LeaseError
from courtesy.time import instant, wall_time
from courtesy.window import Moment
from courtesy.zones import local_time

if TYPE_CHECKING:
    from courtesy.store import Store

__all__ = ["Claim", "ClaimedReminder"]

_What = Literal["done", "failed", "released", "crashed", "snoozed", "skipped"]


class Claim(Sequence["ClaimedReminder"]):
    """Reminders that were claimed together: a sequence of ClaimedReminder, in the order in which they were due.

    Each is held by this claim until its lease is over, and is answered by itself, or all by ``done()`` or
    ``release()``. What is never answered can be claimed again once its lease is over, as if its sender had crashed.

    Made by ``Store.claim``.
    """

    def __init__(self, store: Store, core: _core.Claim) -> None:
        self._store = store
        self._core = core
        self._lock = threading.Lock()
        self._answered = bytearray(len(core))

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, index: SupportsIndex) -> ClaimedReminder: ...
    @overload
    def __getitem__(self, index: slice) -> list[ClaimedReminder]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> ClaimedReminder | list[ClaimedReminder]:
        if isinstance(index, slice):
            return [ClaimedReminder(self, row) for row in range(*index.indices(len(self)))]
        position = operator.index(index)
        row = position + len(self) if position < 0 else position
        if not 0 <= row < len(self):
            raise IndexError(f"the claim has {counted(len(self), 'reminder')}, and none at {position}")
        return ClaimedReminder(self, row)

    def __iter__(self) -> Iterator[ClaimedReminder]:
        for row in range(len(self)):
            yield ClaimedReminder(self, row)

    def done(self) -> None:
        """Says that all that are not answered yet went out, in one transaction.

        Raises LeaseError where some of them are held no longer; the others are taken.
        """
        self._answer_rest("done")

    def release(self) -> None:
        """Gives back all that are not answered yet, to be claimed again at once; nobody counts that as a crash.

        Raises LeaseError where some of them are held no longer; the others are given back.
        """
        self._answer_rest("released")

    def _answer_rest(self, what: _What) -> None:
        with self._lock:
            rows = [row for row, answered in enumerate(self._answered) if not answered]
        if rows:
            self._answer(rows, what)

    def _answer(
        self, rows: Sequence[int], what: _What, why: str = "", retry: bool = True, until: int | None = None
    ) -> None:
        """Answers these rows in one transaction, and raises LeaseError of those that were refused."""
        again = [row for row in rows if self._answered[row]]
        if again:
            raise LeaseError(f"the reminder {self._key(again[0])} was answered before")
        refused = self._core.answer(list(rows), what, why, retry, until, self._store._now(None))
        with self._lock:
            for row in rows:
                self._answered[row] = 1
        self._raise_of(refused)

    @staticmethod
    def _raise_of(refused: Iterable[str]) -> None:
        said = [message for message in refused if message]
        if said:
            more = f"\nand {counted(len(said) - 5, 'more', 'more')}" if len(said) > 5 else ""
            raise LeaseError("\n".join(said[:5]) + more)

    def _key(self, row: int) -> str:
        key: str = self._core.row(row)["key"]
        return key

    def __repr__(self) -> str:
        return f"<Claim of {counted(len(self), 'reminder')}, {sum(self._answered)} answered>"

    def __reduce__(self) -> Any:
        raise TypeError("a claim cannot be pickled: it is held by this process")


class ClaimedReminder:
    """A reminder that is held by a claim, to be sent now and then to be answered, once.

    The reminder goes out by ``channel``, to the ``audience`` (the customer, or the ``team`` of staff). Give a provider
    ``key`` as its idempotency key: it is the same at each attempt. Answer with ``done()``, ``failed()``, ``snooze()``,
    ``skip()`` or ``release()`` before ``lease_until``; an answer that comes when another has claimed the reminder, or a
    second one, raises LeaseError.
    """

    __slots__ = ("_claim", "_row", "_values")

    def __init__(self, claim: Claim, row: int) -> None:
        self._claim = claim
        self._row = row
        self._values: dict[str, Any] | None = None

    def _get(self, name: str) -> Any:
        if self._values is None:
            self._values = self._claim._core.row(self._row)
        return self._values[name]

    @property
    def key(self) -> str:
        """32 hexadecimal digits, the same at each attempt."""
        return str(self._get("key"))

    @property
    def customer(self) -> int | str:
        """The customer's id."""
        customer: int | str = self._get("customer")
        return customer

    @property
    def asset(self) -> str | None:
        """The id of the asset that it is about, as a text; None where it is about none."""
        return _text(self._get("asset"))

    @property
    def occasion(self) -> str:
        """The rule's name."""
        return str(self._get("occasion"))

    @property
    def step(self) -> str:
        """Which of the rule's steps."""
        return str(self._get("step"))

    @property
    def due(self) -> dt.datetime:
        """When it was to go out; aware, UTC."""
        return instant(self._get("due"))

    @property
    def local(self) -> dt.datetime:
        """The same in its ``zone``; aware."""
        return local_time(self.due, wall_time(self._get("local")), self.zone)

    @property
    def zone(self) -> str:
        """The customer's zone; for staff the shop's."""
        return str(self._get("zone"))

    @property
    def channel(self) -> str:
        """How it goes out."""
        return str(self._get("channel"))

    @property
    def audience(self) -> str:
        """``customer`` or ``staff``."""
        return str(self._get("audience"))

    @property
    def purpose(self) -> str:
        """``service``, ``care``, ``offer`` or ``recovery``."""
        return str(self._get("purpose"))

    @property
    def priority(self) -> int:
        """The higher is the more urgent."""
        return int(self._get("priority"))

    @property
    def message(self) -> str | None:
        """The name of what it says, where the rules name one."""
        return _text(self._get("message"))

    @property
    def team(self) -> str | None:
        """The team of staff, where the rules name one."""
        return _text(self._get("team"))

    @property
    def gesture(self) -> str | None:
        """What it brings, where it brings something."""
        return _text(self._get("gesture"))

    @property
    def cost(self) -> float | None:
        """What the gesture costs."""
        cost: float | None = self._get("cost")
        return cost

    @property
    def partner(self) -> str | None:
        """Whom the customer is introduced to, where that is so."""
        return _text(self._get("partner"))

    @property
    def expires(self) -> dt.datetime | None:
        """When it becomes worthless; aware, UTC; None: never."""
        ticks = self._get("expires")
        return None if ticks is None else instant(ticks)

    @property
    def attempts(self) -> int:
        """How often it was tried before, and failed."""
        return int(self._get("attempts"))

    @property
    def token(self) -> int:
        """The claim's number; that of a later claim is higher."""
        return int(self._get("token"))

    @property
    def lease_until(self) -> dt.datetime:
        """Until when it is held; aware, UTC."""
        return instant(self._get("lease"))

    @property
    def merged(self) -> list[dict[str, Any]]:
        """What the same contact says besides: a dict of key, occasion, step and message for each."""
        return [dict(each) for each in self._get("merged")]

    @property
    def recipient(self) -> dict[str, Any]:
        """The customer's row as it is now: cells by column, as texts; None is an empty one.

        Raises MissingError where the customer has been erased meanwhile.
        """
        return self._claim._store.customers.get(self.customer)

    def done(self) -> None:
        """It went out. So did what is merged with it. Raises LeaseError where it is held no longer."""
        self._claim._answer([self._row], "done")

    def failed(self, why: str = "", retry: bool = True) -> None:
        """It could not be sent: it can be claimed again after a minute, and after each further failure twice as late.

        After the eighth failure, or with ``retry=False``, it has failed for good. ``why`` stands in the audit: no
        personal data belongs there. Raises LeaseError where it is held no longer.
        """
        self._claim._answer([self._row], "failed", why, bool(retry))

    def snooze(self, until: Moment | Duration, why: str = "") -> None:
        """Puts it off: until a moment (an aware datetime, a date in the shop's zone), or for a length of time.

        Raises TimeError for a moment that has passed, LeaseError where it is held no longer.
        """
        store = self._claim._store
        ticks = later(until, "until", store._now(None), store._zone)
        self._claim._answer([self._row], "snoozed", why, until=ticks)

    def skip(self, why: str = "") -> None:
        """It is not to go out at all. Raises LeaseError where it is held no longer."""
        self._claim._answer([self._row], "skipped", why)

    def release(self) -> None:
        """Gives it back, to be claimed again at once. Raises LeaseError where it is held no longer."""
        self._claim._answer([self._row], "released")

    def crashed(self, why: str = "") -> None:
        """Its sender crashed, and whoever looks after senders knows before the lease is over.

        It can be claimed again at once; the third time it is parked. By a channel of ``at_most_once`` it is unknown
        whether it went out, and it is not sent again. Raises LeaseError where it is held no longer.
        """
        self._claim._answer([self._row], "crashed", why)

    def __repr__(self) -> str:
        when = f"{self.local:%Y-%m-%d %H:%M} {self.zone}"
        return f"<ClaimedReminder {self.occasion}/{self.step} for {self.customer!r}: {when} by {self.channel}>"

    def __reduce__(self) -> Any:
        raise TypeError("a claimed reminder cannot be pickled: it is held by this process")


def _text(cell: str | None) -> str | None:
    """None for an empty text."""
    return cell or None
