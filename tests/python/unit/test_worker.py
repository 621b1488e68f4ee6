"""The worker over a plain outbox: what it makes of what senders do, with real processes of senders."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plain_outbox import NOW, PlainReminder, PlainStore

from courtesy.channel_worker import payload
from courtesy.errors import StoreError
from courtesy.sender_child import write_frame
from courtesy.sender_process import SenderProcess
from courtesy.senders import installed_senders, sender_name
from courtesy.worker import Worker, WorkerEvent

# A module of senders; what they are asked to send is the message's name.
SENDERS = """\
import datetime as dt, json, os, signal, subprocess, sys, time

class Refused(Exception):
    pass

def send(reminder):
    with open("sent", "a") as file:
        file.write(json.dumps(reminder) + "\\n")
    do = reminder["message"]
    if do == "raise":
        raise Refused("no such number: " + reminder["recipient"]["phone"])
    if do == "exit":
        os._exit(3)
    if do == "segv":
        os.kill(os.getpid(), signal.SIGSEGV)
    if do == "hang":
        time.sleep(600)
    if do == "child":
        subprocess.Popen(["sleep", "600"])
        os._exit(4)
    if do == "sys.exit":
        sys.exit("enough")
    if do == "slow":
        while not os.path.exists("go"):
            time.sleep(0.01)
    if do == "print":
        print("a line of the sender's own")
    return {"skip": "skip", "failed": "failed", "hour": dt.timedelta(hours=1), "id": 17, "true": True,
            "tomorrow": dt.datetime(2026, 12, 2, tzinfo=dt.timezone.utc), "naive": dt.datetime(2026, 12, 2)}.get(do)

def other(reminder):
    pass

NOT_A_FUNCTION = 17
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "garage_senders.py").write_text(SENDERS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


SEND = "garage_senders:send"


def work(store: PlainStore, **options: Any) -> tuple[dict[str, int], list[WorkerEvent]]:
    events: list[WorkerEvent] = []
    senders = options.pop("senders", {"sms": SEND})
    counts = Worker(store, senders, on_event=events.append, clock=lambda: NOW, **options).run(once=True)  # type: ignore[arg-type]
    return counts, events


def asked(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "sent").read_text(encoding="utf-8").splitlines()]


def wait_until(seen: Callable[[], bool], seconds: float = 10) -> None:
    """Until it is seen; a test that waits longer has failed."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.005)


class TestWhatASenderSays:
    @pytest.mark.parametrize(
        ("message", "said"),
        [
            (None, ("sent",)),
            ("print", ("sent",)),
            ("skip", ("skipped",)),
            ("failed", ("failed", "the sender said so", False)),
            ("hour", ("snoozed", dt.timedelta(hours=1))),
            ("tomorrow", ("snoozed", dt.datetime(2026, 12, 2, tzinfo=dt.timezone.utc))),
            # Nobody's data is in the exception's type.
            ("raise", ("failed", "garage_senders.Refused", True)),
            ("sys.exit", ("failed", "SystemExit", True)),
        ],
    )
    def test_is_the_answer(self, folder: Path, message: str | None, said: tuple[Any, ...]) -> None:
        store = PlainStore(PlainReminder("k1", message=message))
        work(store)
        assert store.rows[0].said == [said]

    @pytest.mark.parametrize(("message", "found"), [("id", "int"), ("true", "bool"), ("naive", "datetime.datetime")])
    def test_what_it_cannot_mean_is_never_tried_again(self, folder: Path, message: str, found: str) -> None:
        store = PlainStore(PlainReminder("k1", message=message))
        work(store)
        assert len(asked(folder)) == 1
        [(state, why, retry)] = store.rows[0].said
        assert (state, retry) == ("failed", False)
        assert why == f'the sender returned {found}; expected None, "skip", "failed", a timedelta or an aware datetime'

    def test_it_is_given_texts_numbers_lists_and_dicts(self, folder: Path) -> None:
        row = PlainReminder("k1", merged=[{"key": "k2", "occasion": "mats", "step": "1", "message": None}])
        row.recipient = {"id": "c-1", "name": "Zoë\nWalsh", "birthday": dt.date(1968, 11, 7)}
        work(PlainStore(row))
        [given] = asked(folder)
        assert given == payload(row)  # type: ignore[arg-type]
        assert given["due"] == "2026-12-01T09:00:00+00:00"
        assert given["merged"][0]["occasion"] == "mats"
        assert given["recipient"] == {"id": "c-1", "name": "Zoë\nWalsh", "birthday": "1968-11-07"}
        assert {"key", "customer", "asset", "occasion", "step", "message", "local", "zone", "gesture", "partner",
                "channel", "audience", "team", "purpose", "attempts", "expires"} <= set(given)  # fmt: skip

    def test_events_hold_keys_and_ids_and_no_more(self, folder: Path) -> None:
        _, events = work(PlainStore(PlainReminder("k1"), PlainReminder("k2", message="raise")))
        assert [event.what for event in events][:2] == ["started", "loaded"] or events[1].what == "refreshed"
        assert events[-1].what == "stopped"
        assert events[-1].counts == {"sent": 1, "failed": 1}
        text = "\n".join(f"{event}\n{json.dumps(event.as_dict())}" for event in events)
        assert "2026-12-01T09:00:00Z failed sms k2 c-1 thank-you/1: garage_senders.Refused\n" in text
        assert "20 7946" not in text


class TestCrash:
    @pytest.mark.parametrize(
        ("message", "why"),
        [
            ("exit", "the sender's process ended with exit code 3"),
            ("segv", "the sender's process was ended by SIGSEGV"),
            # What it started holds nothing open.
            ("child", "the sender's process ended with exit code 4"),
        ],
    )
    def test_a_poisonous_reminder_is_parked_and_the_others_go_out(self, folder: Path, message: str, why: str) -> None:
        store = PlainStore(PlainReminder("k1"), PlainReminder("poison", message=message), PlainReminder("k2"))
        counts, events = work(store)
        assert counts == {"sent": 2, "crashed": 3}
        assert [row.state for row in store.rows] == ["sent", "parked", "sent"]
        assert store.rows[1].said == [("crashed", why)] * 3
        # At first, and after each crash where there was something to send still.
        assert sum(event.what == "loaded" for event in events) + sum(event.what == "crashed" for event in events) >= 6

    def test_a_hang_ends_before_its_lease_and_delays_no_other_channel(self, folder: Path) -> None:
        rows = [PlainReminder("k1", message="hang"), PlainReminder("k2"), PlainReminder("k3", channel="email")]
        store = PlainStore(*rows)
        order: list[tuple[str, str | None]] = []

        def notice(event: WorkerEvent) -> None:
            order.append((event.what, event.key))

        rows[0].crashes = 2
        Worker(store, {"sms": SEND, "email": SEND}, lease="2 s", on_event=notice).run(once=True)  # type: ignore[arg-type]
        assert [row.state for row in rows] == ["parked", "sent", "sent"]
        [(state, why)] = rows[0].said
        assert state == "crashed"
        assert why.startswith("the sender's process gave no answer in 1.")
        assert order.index(("sent", "k3")) < order.index(("crashed", "k1"))

    def test_it_ends_by_itself_where_nobody_lives_to_end_it(self, folder: Path) -> None:
        process = SenderProcess(SEND)
        process.start()
        pid = process.pid
        assert pid is not None
        # The worker stands still, or is gone: nobody looks.
        write_frame(process._requests, {"seconds": 0.05, "reminder": payload(PlainReminder("k1", message="hang"))})  # type: ignore[arg-type]
        wait_until(lambda: not process.alive)
        assert process._process is not None
        assert process._process.returncode == -signal.SIGALRM
        process.stop()

    def test_one_that_died_idle_is_started_anew_and_nobody_is_to_blame(self, folder: Path) -> None:
        process = SenderProcess(SEND)
        process.start()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: not process.alive)
        assert process.send(payload(PlainReminder("k1")), time.monotonic() + 10).what == "sent"  # type: ignore[arg-type]
        process.stop()
        assert process.pid is None

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_who_stops_everybody_does_not_stop_a_sender_amid_a_message(
        self, folder: Path, number: signal.Signals
    ) -> None:
        process = SenderProcess(SEND)
        process.start()
        pid = process.pid
        assert pid is not None
        outcomes: list[Any] = []
        row = payload(PlainReminder("k1", message="slow"))  # type: ignore[arg-type]
        thread = threading.Thread(target=lambda: outcomes.append(process.send(row, time.monotonic() + 10)))
        thread.start()
        wait_until((folder / "sent").exists)
        os.kill(pid, number)
        (folder / "go").touch()
        thread.join()
        assert outcomes[0].what == "sent"
        process.stop()


class TestWorker:
    def test_channels_are_served_by_their_own_senders(self, folder: Path) -> None:
        store = PlainStore(
            PlainReminder("k1"), PlainReminder("k2", channel="email"), PlainReminder("k3", channel="call")
        )
        work(store, senders={"sms": SEND, "email": "garage_senders:other"})
        assert [row.state for row in store.rows] == ["sent", "sent", "planned"]
        assert [given["key"] for given in asked(folder)] == ["k1"]

    def test_claims_grow_while_senders_are_fast(self, folder: Path) -> None:
        store = PlainStore(*(PlainReminder(f"k{number}") for number in range(60)))
        work(store, batch=25)
        assert store.limits[0] == 1
        assert max(store.limits) == 25

    def test_a_lost_lease_is_told_and_the_next_one_goes_out(self, folder: Path) -> None:
        store = PlainStore(PlainReminder("k1", lost=True), PlainReminder("k2"))
        counts, events = work(store)
        assert counts == {"lost": 1, "sent": 1}
        assert [event.why for event in events if event.what == "lost"] == ["it was sent, and the lease was over"]

    def test_a_stop_lets_the_one_in_flight_finish_and_gives_back_the_rest(self, folder: Path) -> None:
        before = [PlainReminder(f"k{number}") for number in range(10)]
        after = [PlainReminder(f"l{number}") for number in range(40)]
        store = PlainStore(*before, PlainReminder("slow", message="slow"), *after)
        events: list[WorkerEvent] = []
        with running(store, on_event=events.append) as worker:
            wait_until(lambda: (folder / "sent").exists() and asked(folder)[-1]["key"] == "slow")
            worker.stop()
            (folder / "go").touch()
        assert [row.state for row in store.rows] == ["sent"] * 11 + ["planned"] * 40
        [released] = [event for event in events if event.what == "released"]
        assert released.counts == {"reminders": sum(row.said == [("released",)] for row in store.rows)}

    def test_a_stop_waits_no_longer_than_the_grace(self, folder: Path) -> None:
        store = PlainStore(PlainReminder("k1", message="hang"))
        with running(store, grace=dt.timedelta(milliseconds=50)) as worker:
            wait_until((folder / "sent").exists)
            begun = time.monotonic()
            worker.stop()
        assert time.monotonic() - begun < 5
        assert [said[0] for said in store.rows[0].said] == ["crashed"]

    def test_it_refreshes_at_the_start_and_at_intervals(self, folder: Path) -> None:
        store = PlainStore()
        store.warnings = ("occasion 'thank-you': on = 'purchase', and no event is of that kind",)
        events: list[WorkerEvent] = []
        with running(store, refresh_every=dt.timedelta(milliseconds=20), on_event=events.append) as worker:
            wait_until(lambda: store.refreshes >= 3)
            worker.stop()
        # What is noticed each time is told once.
        assert [event.why for event in events if event.what == "warned"] == [*store.warnings]

    def test_what_the_store_raises_ends_it_once_all_is_over(self, folder: Path) -> None:
        store = PlainStore()
        store.broken = StoreError("the store is held until it is reconciled")
        with pytest.raises(StoreError, match="reconciled"):
            work(store)

    @pytest.mark.parametrize(
        ("sender", "words"),
        [
            ("nowhere_at_all:send", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
            ("garage_senders:missing", "AttributeError: module 'garage_senders' has no attribute 'missing'"),
            ("garage_senders:NOT_A_FUNCTION", "TypeError: .* is no function, but of type int"),
        ],
    )
    def test_a_sender_that_cannot_be_loaded_ends_it_before_anything_is_claimed(
        self, folder: Path, sender: str, words: str
    ) -> None:
        store = PlainStore(PlainReminder("k1", channel="email"))
        with pytest.raises(ImportError, match=f"the sender {sender} cannot be loaded: {words}"):
            work(store, senders={"email": sender})
        assert store.limits == []

    def test_it_runs_once(self, folder: Path) -> None:
        worker = Worker(PlainStore(), {"sms": SEND})  # type: ignore[arg-type]
        assert worker.run(once=True) == {}
        worker.stop()
        with pytest.raises(RuntimeError, match="make another"):
            worker.run()

    def test_a_stop_before_it_runs_counts(self, folder: Path) -> None:
        store = PlainStore(PlainReminder("k1"))
        worker = Worker(store, {"sms": SEND})  # type: ignore[arg-type]
        worker.stop()
        assert worker.run() == {}


class running:  # noqa: N801 - a context
    """A worker that runs in a thread; the end of the block waits for its end."""

    def __init__(self, store: PlainStore, **options: Any) -> None:
        options.setdefault("poll", dt.timedelta(milliseconds=10))
        self.worker = Worker(store, {"sms": SEND}, **options)  # type: ignore[arg-type]
        self.thread = threading.Thread(target=self.worker.run)

    def __enter__(self) -> Worker:
        self.thread.start()
        return self.worker

    def __exit__(self, *_: object) -> None:
        self.worker.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()


def a_sender(reminder: dict[str, Any]) -> None:
    pass


class TestNames:
    def test_of_a_function(self) -> None:
        assert sender_name("sms", json.dumps) == "json:dumps"
        assert sender_name("sms", "shop.messages:Sms.send") == "shop.messages:Sms.send"

    @pytest.mark.parametrize("sender", ["shop.messages", "shop:", ":send", "shop:send()", "shop send", "shop.py:1"])
    def test_of_none(self, sender: str) -> None:
        with pytest.raises(ValueError, match="the sender of 'sms': expected module:function, found"):
            sender_name("sms", sender)

    def test_a_function_that_no_module_has(self) -> None:
        with pytest.raises(ValueError, match="in a process of its own, which cannot find this function"):
            sender_name("sms", lambda reminder: None)

    @pytest.fixture
    def packages(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
        def install(name: str, lines: str) -> None:
            info = tmp_path / f"{name}-1.0.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
            (info / "entry_points.txt").write_text(f"[courtesy.senders]\n{lines}\n", encoding="utf-8")

        monkeypatch.syspath_prepend(str(tmp_path))
        yield install
        sys.path_importer_cache.pop(str(tmp_path), None)

    def test_of_installed_packages(self, packages: Callable[[str, str], None]) -> None:
        packages("garage_mail", "email = garage_mail:send\nletter = garage_mail.post:send")
        assert installed_senders() == {"email": "garage_mail:send", "letter": "garage_mail.post:send"}

    def test_two_of_one_channel(self, packages: Callable[[str, str], None]) -> None:
        packages("garage_mail", "email = garage_mail:send")
        packages("other_mail", "email = other_mail:send")
        with pytest.raises(ValueError, match="two installed packages offer a sender of 'email'"):
            installed_senders()
        assert installed_senders(apart_from=["email"]) == {}
