"""The worker as it runs in a shop: a process of `courtesy run`, its senders' processes, and a store's file."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import courtesy

RULES = """\
[shop]
zone = "Europe/London"

[policy]
delivery = { sms = "at_most_once" }

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["email"]

[[occasion]]
name = "ready"
on = "ready"
after = "1 day"
at = "10:00"
channels = ["sms"]
"""
# A provider that knows keys: it keeps each call, and what a customer's id says is what happens.
SENDERS = """\
import os, signal, time

def send(reminder):
    with open("calls", "a") as file:
        file.write(reminder["key"] + " " + reminder["customer"] + "\\n")
    what = reminder["customer"].partition("-")[0]
    if what == "exit":
        os._exit(3)
    if what == "segv":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        open("pid", "w").write(str(os.getpid()))
        while True:
            time.sleep(3600)
    if what == "slow":
        open("begun", "w").close()
        while not os.path.exists("go"):
            time.sleep(0.01)
"""
BEFORE = "2026-11-30T09:00:00Z"
NOW = "2026-12-02T10:30:00Z"
LATER = "2026-12-02T10:40:00Z"


class Shop:
    """A store of customers of whom each bought something, or has something ready to be fetched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "rules.toml").write_text(RULES, encoding="utf-8")
        (folder / "shop_senders.py").write_text(SENDERS, encoding="utf-8")

    def open(self, now: str) -> courtesy.Store:
        at = dt.datetime.fromisoformat(now.replace("Z", "+00:00"))
        return courtesy.open(self.folder / "shop.db", self.folder / "rules.toml", clock=lambda: at)

    def owe(self, bought: list[str], ready: list[str] | None = None) -> None:
        """All of it falls due before NOW."""
        events = [(who, "purchase") for who in bought] + [(who, "ready") for who in ready or []]
        with self.open(BEFORE) as store, warnings.catch_warnings():
            # Not every rule finds the events that it starts from.
            warnings.simplefilter("ignore", courtesy.RuleWarning)
            store.refresh()
            store.customers.upsert([{"id": who, "email": f"{who}@example.org", "phone": "1"} for who, _ in events])
            store.events.append([{"customer": who, "kind": kind, "at": "2026-12-01"} for who, kind in events])
            assert store.refresh().added == len(events)

    def worker(self, *arguments: str, now: str = NOW, senders: bool = True) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "courtesy", "run", "shop.db", "--now", now, "--json", *arguments]
        if senders:
            command += ["--sender", "email=shop_senders:send", "--sender", "sms=shop_senders:send"]
        path = os.pathsep.join([str(Path(courtesy.__file__).parents[1]), str(self.folder)])
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def worked(self, *arguments: str, now: str = NOW, senders: bool = True) -> dict[str, int]:
        """How many were sent, failed and so on, until nothing was due."""
        process = self.worker("--once", *arguments, now=now, senders=senders)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        counts: dict[str, int] = json.loads(out)
        return counts

    def states(self) -> dict[str, str]:
        with self.open(NOW) as store:
            rows = store.outbox.to_arrow().to_pylist()
        return {row["customer"]: row["state"] for row in rows}

    def calls(self) -> Counter[str]:
        """How often each customer's reminder was handed to a sender; always under one key."""
        lines = (self.folder / "calls").read_text(encoding="utf-8").split("\n")[:-1]
        assert len({line.split()[0] for line in lines}) == len({line.split()[1] for line in lines})
        return Counter(line.split()[1] for line in lines)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def wait_until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.01)


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("way", ["exit", "segv", "killed"])
def test_poison_is_parked_after_three_crashes_while_the_others_go_out(shop: Shop, way: str) -> None:
    shop.owe(["ada", f"{way}-1", "ben"])
    assert shop.worked() == {"sent": 2, "crashed": 3}
    assert shop.states() == {"ada": "sent", f"{way}-1": "parked", "ben": "sent"}
    assert shop.calls() == {"ada": 1, f"{way}-1": 3, "ben": 1}
    # It stays parked.
    assert shop.worked(now=LATER) == {}


def test_a_crash_between_sending_and_answering_is_not_sent_again_at_most_once(shop: Shop) -> None:
    shop.owe([], ready=["ada", "exit-1", "ben"])
    assert shop.worked() == {"sent": 2, "crashed": 1}
    assert shop.states() == {"ada": "sent", "exit-1": "unknown", "ben": "sent"}
    assert shop.calls()["exit-1"] == 1


def test_a_hang_is_ended_before_its_lease_is_over_and_nobody_waits_for_it(shop: Shop) -> None:
    shop.owe(["ada", "ben"], ready=["hang-1", "zoe"])
    process = shop.worker("--once", "--lease", "3 s")
    lines = []
    assert process.stderr is not None
    for line in process.stderr:
        lines.append(json.loads(line))
    process.communicate(timeout=30)
    order = [(line["what"], line["customer"]) for line in lines if "customer" in line]
    assert set(order) == {("sent", "ada"), ("sent", "ben"), ("sent", "zoe"), ("crashed", "hang-1")}
    # E-mails went out while the other channel's sender hung.
    assert {("sent", "ada"), ("sent", "ben")} <= set(order[: order.index(("crashed", "hang-1"))])
    assert not runs(int((shop.folder / "pid").read_text(encoding="utf-8")))
    assert shop.states()["hang-1"] == "unknown"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_when_what_is_in_flight_has_ended(shop: Shop, number: signal.Signals) -> None:
    shop.owe(["slow-1", *(f"z-{each}" for each in range(20))])
    process = shop.worker()
    wait_until((shop.folder / "begun").exists)
    process.send_signal(number)
    (shop.folder / "go").touch()
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    sent = [who for who, state in shop.states().items() if state == "sent"]
    assert "slow-1" in sent
    assert json.loads(out) == {"sent": len(sent)}
    assert sorted(sent) == sorted(shop.calls())
    # The others are nobody's, and can be claimed at once.
    assert shop.worked() == ({"sent": 21 - len(sent)} if len(sent) < 21 else {})
    assert set(shop.calls().values()) == {1}


def test_a_stop_waits_for_a_hanging_sender_no_longer_than_the_grace(shop: Shop) -> None:
    shop.owe(["hang-1"])
    process = shop.worker("--grace", "1 s")
    wait_until((shop.folder / "pid").exists)
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert json.loads(out) == {"crashed": 1}
    assert shop.states() == {"hang-1": "planned"}


def test_a_worker_that_is_killed_leaves_no_sender_behind_and_another_one_takes_over(shop: Shop) -> None:
    shop.owe(["hang-1"])
    process = shop.worker("--lease", "3 s")
    wait_until(lambda: (shop.folder / "pid").exists() and bool((shop.folder / "pid").read_text(encoding="utf-8")))
    process.kill()
    process.communicate()
    pid = int((shop.folder / "pid").read_text(encoding="utf-8"))
    wait_until(lambda: not runs(pid))
    assert shop.states() == {"hang-1": "claimed"}
    (shop.folder / "shop_senders.py").write_text(SENDERS.replace('"hang"', '"never"'), encoding="utf-8")
    assert shop.worked(now=LATER) == {"sent": 1}
    assert shop.calls() == {"hang-1": 2}


def test_a_sender_of_an_installed_package_is_found(shop: Shop) -> None:
    info = shop.folder / "shop_mail-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shop-mail\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[courtesy.senders]\nemail = shop_senders:send\n", encoding="utf-8")
    shop.owe(["ada"], ready=["ben"])
    assert shop.worked(senders=False) == {"sent": 1}
    assert shop.states() == {"ada": "sent", "ben": "planned"}


def test_two_workers_share_the_work(shop: Shop) -> None:
    names = [f"z-{each}" for each in range(60)]
    shop.owe(names)
    both = [shop.worker("--once", "--batch", "3") for _ in range(2)]
    counts = []
    for process in both:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        counts.append(json.loads(out).get("sent", 0))
    assert sum(counts) == 60
    assert shop.calls() == Counter(names)


def test_the_garage_s_own_sender_keeps_each_reminder_once(shop: Shop) -> None:
    source = Path(__file__).resolve().parents[3] / "examples" / "garage" / "sender.py"
    (shop.folder / "sender.py").write_bytes(source.read_bytes())
    shop.owe(["ada", "ben"])
    assert shop.worked("--sender", "email=sender:record", senders=False) == {"sent": 2}
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in (shop.folder / "sent").glob("*.json")]
    assert {each["recipient"]["email"] for each in kept} == {"ada@example.org", "ben@example.org"}
