"""The commands on a store from day to day: what each prints, as a table and as JSON, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run
from shop_commands import BEGIN, CUSTOMERS, EVENTS, FILES, NOW, RULES, SENDER, answered, keys, states

from courtesy.cli import ON_A_STORE


class TestImport:
    def test_a_table_of_what_was_taken(self, shop_files: Path) -> None:
        shown = run("import", "shop.db", "--rules", "rules.toml", *FILES, *BEGIN).stdout
        assert shown.splitlines() == [
            "table      added  changed  unchanged  left out  erased",
            "customers      2        0          0         0       0",
            "events         2        0          0         0       0",
        ]

    def test_the_same_again_changes_nothing(self, shop: Path) -> None:
        taken = answered("import", "shop.db", *FILES, *BEGIN)
        assert taken == {
            "customers": {"added": 0, "changed": 0, "unchanged": 2, "left_out": 0, "erased": 0},
            "events": {"added": 0, "changed": 0, "unchanged": 2, "left_out": 0, "erased": 0},
        }

    def test_assets(self, shop: Path) -> None:
        Path("assets.csv").write_text("id,customer,kind\nv-1,c-1,car\n", encoding="utf-8")
        assert answered("import", "shop.db", "--assets", "assets.csv")["assets"]["added"] == 1

    def test_events_of_unknown_customers_are_an_error_or_are_left_out(self, shop: Path) -> None:
        Path("events.csv").write_text("customer,kind,at\nc-9,purchase,2026-12-01\n", encoding="utf-8")
        result = run("import", "shop.db", "--events", "events.csv", code=1)
        assert "(events.csv:2): there is no customer 'c-9'" in result.stderr
        assert "give --unknown skip" in result.stderr
        result = run("import", "shop.db", "--events", "events.csv", "--unknown", "skip", "--json")
        assert json.loads(result.stdout)["events"]["left_out"] == 1
        assert result.stderr.startswith("warning: ")

    def test_an_event_never_changes(self, shop: Path) -> None:
        Path("events.csv").write_text(EVENTS.replace("c-1,purchase", "c-1,service"), encoding="utf-8")
        assert (
            "a correction is an event of its own" in run("import", "shop.db", "--events", "events.csv", code=1).stderr
        )

    def test_a_store_is_made_by_rules(self, shop_files: Path) -> None:
        result = run("import", "shop.db", *FILES, code=2)
        assert "There is no store shop.db; give --rules to make it." in result.stderr
        assert not Path("shop.db").exists()

    def test_history_makes_nothing_due_that_lies_before_the_rules(self, shop_files: Path) -> None:
        run("import", "shop.db", "--rules", "rules.toml", *FILES, "--now", "2026-12-02T12:00Z")
        run("refresh", "shop.db", "--now", "2026-12-02T12:00Z")
        assert list(states()) == ["c-2"]

    def test_a_store_has_its_rules(self, shop: Path) -> None:
        result = run("import", "shop.db", "--rules", "rules.toml", *FILES, code=2)
        assert "courtesy refresh shop.db --rules rules.toml" in " ".join(result.stderr.split())

    def test_nothing_to_import(self, shop: Path) -> None:
        assert "give --customers, --assets or --events" in run("import", "shop.db", code=2).stderr


class TestRefresh:
    def test_a_preview_changes_nothing(self, shop: Path) -> None:
        Path("events.csv").write_text(EVENTS + "e-3,c-1,purchase,2026-12-05\n", encoding="utf-8")
        run("import", "shop.db", "--events", "events.csv", *NOW)
        first, second = (answered("preview", "shop.db", *NOW) for _ in range(2))
        assert first == second
        [row] = [row for row in first if row["change"] == "new"]
        assert (row["customer"], row["occasion"], row["due"]) == ("c-1", "thank-you", "2026-12-06T10:00:00+00:00")
        shown = run("preview", "shop.db", *NOW).stdout
        assert shown.startswith("A refresh would change 1 reminder")
        assert "new     c-1       thank-you" in shown

    def test_a_line_of_what_it_did(self, shop_files: Path) -> None:
        run("import", "shop.db", "--rules", "rules.toml", *FILES, *BEGIN)
        shown = run("refresh", "shop.db", *BEGIN).stdout
        assert shown == "looked at 2 customers: 2 added, 0 moved, 0 withdrawn, 0 expired\n"
        assert answered("refresh", "shop.db", *BEGIN) == {
            "looked_at": 0, "added": 0, "moved": 0, "withdrawn": 0, "expired": 0,
        }  # fmt: skip

    def test_new_rules_come_into_force(self, shop: Path) -> None:
        Path("rules.toml").write_text(RULES.replace("10:00", "11:00"), encoding="utf-8")
        assert answered("refresh", "shop.db", "--rules", "rules.toml", *BEGIN)["moved"] == 2
        assert answered("refresh", "shop.db", *BEGIN)["moved"] == 0

    def test_rules_that_are_none(self, shop: Path) -> None:
        Path("rules.toml").write_text(RULES.replace("after", "aftr"), encoding="utf-8")
        assert "did you mean 'after'?" in run("refresh", "shop.db", "--rules", "rules.toml", code=1).stderr


class TestDue:
    def test_lists_what_can_be_claimed(self, shop: Path) -> None:
        shown = run("due", "shop.db", *NOW).stdout
        assert shown.startswith("1 reminder due at 2026-12-02 10:30Z\n")
        assert "c-1" in shown
        assert "c-2" not in shown
        [row] = answered("due", "shop.db", *NOW)
        assert (row["customer"], row["channel"], row["key"]) == ("c-1", "email", keys()["c-1"])

    def test_of_a_channel_and_the_first_ones(self, shop: Path) -> None:
        assert answered("due", "shop.db", "--channel", "sms", *NOW) == []
        late = ("--now", "2026-12-04T10:30Z")
        assert len(answered("due", "shop.db", "--channel", "sms", "--channel", "email", *late)) == 2
        assert [row["customer"] for row in answered("due", "shop.db", "--limit", "1", *late)] == ["c-1"]


class TestRun:
    def test_sends_what_is_due(self, shop: Path) -> None:
        result = run("run", "shop.db", "--once", *SENDER, *NOW)
        assert result.stdout == "1 sent\n"
        assert Path("sent").read_text(encoding="utf-8") == keys()["c-1"] + "\n"
        assert states() == {"c-1": "sent", "c-2": "planned"}
        assert f"2026-12-02T10:30:00Z sent email {keys()['c-1']} c-1 thank-you/1\n" in result.stderr
        assert run("run", "shop.db", "--once", *SENDER, *NOW).stdout == "nothing was due\n"

    def test_a_channel_by_which_nothing_goes_out(self, shop: Path) -> None:
        result = run("run", "shop.db", "--once", "--sender", "emial=cli_senders:send", *NOW, code=2)
        said = " ".join(result.stderr.split())
        assert "no rule names the channel 'emial' (did you mean 'email'?)" in said
        assert states() == {"c-1": "planned", "c-2": "planned"}
        assert run("run", "shop.db", "--once", "--sender", "sms=cli_senders:send", *NOW).stdout == "nothing was due\n"

    def test_lines_of_json(self, shop: Path) -> None:
        result = run("run", "shop.db", "--once", "--json", *SENDER, *NOW)
        assert json.loads(result.stdout) == {"sent": 1}
        lines = [json.loads(line) for line in result.stderr.splitlines()]
        assert {line["what"] for line in lines} == {"started", "loaded", "refreshed", "sent", "stopped"}
        [sent] = [line for line in lines if line["what"] == "sent"]
        assert sent == {
            "at": "2026-12-02T10:30:00+00:00", "what": "sent", "channel": "email", "key": keys()["c-1"],
            "customer": "c-1", "occasion": "thank-you", "step": "1",
        }  # fmt: skip

    def test_no_line_tells_anybody_s_data(self, shop: Path) -> None:
        result = run("run", "shop.db", "--once", "--sender", "email=cli_senders:fail", *NOW)
        assert result.stdout == "1 failed\n"
        assert "c-1 thank-you/1: OSError\n" in result.stderr
        assert "example.org" not in result.output
        assert "example.org" not in run("history", "shop.db", "c-1").stdout

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ((), "There is no sender; give --sender CHANNEL=module:function"),
            (("--sender", "email"), "expected CHANNEL=module:function, found 'email'"),
            (("--sender", "email=cli_senders"), "expected module:function, found 'cli_senders'"),
            ((*SENDER, "--channel", "sms"), "There is no sender of 'sms'"),
            ((*SENDER, "--lease", "soon"), "Invalid value for '--lease'"),
            ((*SENDER, "--batch", "0"), "'--batch'"),
        ],
    )
    def test_a_wrong_command_line_ends_with_2(self, shop: Path, arguments: tuple[str, ...], words: str) -> None:
        result = run("run", "shop.db", "--once", *arguments, code=2)
        assert words in " ".join(result.stderr.split())

    def test_a_sender_that_cannot_be_loaded(self, shop: Path) -> None:
        result = run("run", "shop.db", "--once", "--sender", "email=nowhere_at_all:send", *NOW, code=1)
        assert "error: the sender nowhere_at_all:send cannot be loaded: ModuleNotFoundError" in result.stderr
        assert states()["c-1"] == "planned"


class TestExplain:
    def test_a_reminder(self, shop: Path) -> None:
        key = keys()["c-1"]
        shown = run("explain", "shop.db", key, *BEGIN).stdout
        assert shown.startswith("Thank you 2 Dec 2026: purchase 1 Dec 2026 + 1 day; 10:00 in Europe/London;")
        values = answered("explain", "shop.db", key, *BEGIN)
        assert values["key"] == key
        assert values["why"] + "\n" == shown
        assert values["reasons"][0]["code"] == "after_event"

    def test_why_not(self, shop: Path) -> None:
        Path("customers.csv").write_text("id\nc-3\n", encoding="utf-8")
        run("import", "shop.db", "--customers", "customers.csv", *BEGIN)
        arguments = ("explain", "shop.db", "--customer", "c-3", "--occasion", "thank-you", *BEGIN)
        assert "no purchase is on record" in run(*arguments).stdout
        assert answered(*arguments)[0]["customer"] == "c-3"

    @pytest.mark.parametrize(
        "arguments", [(), ("--customer", "c-1"), ("--occasion", "x"), ("k", "--customer", "c-1", "--occasion", "x")]
    )
    def test_one_or_the_other(self, shop: Path, arguments: tuple[str, ...]) -> None:
        assert "Give the KEY of a reminder, or --customer" in run("explain", "shop.db", *arguments, code=2).stderr

    @pytest.mark.parametrize("key", ["0" * 32, "17"])
    def test_a_key_that_is_not_there(self, shop: Path, key: str) -> None:
        assert run("explain", "shop.db", key, code=1).stderr.startswith("error: ")


class TestHistory:
    def test_events_and_reminders(self, shop: Path) -> None:
        run("run", "shop.db", "--once", *SENDER, *NOW)
        rows = answered("history", "shop.db", "c-1")
        assert rows[0]["what"] == "purchase"
        assert [row["state"] for row in rows if row["what"] == "reminder"][-1] == "sent"
        assert "purchase" in run("history", "shop.db", "c-1").stdout

    def test_nobody(self, shop: Path) -> None:
        assert "c-9" in run("history", "shop.db", "c-9", code=1).stderr


class TestStaff:
    def test_snooze(self, shop: Path) -> None:
        key = keys()["c-1"]
        shown = run(
            "snooze", "shop.db", key, "--until", "2026-12-07T09:00Z", "--by", "desk", "--why", "ill", *NOW
        ).stdout
        assert shown == f"{key}: snoozed\n"
        assert answered("due", "shop.db", *NOW) == []
        [row] = answered("due", "shop.db", "--limit", "1", "--now", "2026-12-07T12:00Z")[:1]
        assert row["customer"] in ("c-1", "c-2")
        assert "desk" in run("history", "shop.db", "c-1").stdout

    @pytest.mark.parametrize("until", ["2026-12-07", "3 days", "2026-12-07T09:00+01:00"])
    def test_until_a_date_an_instant_or_for_a_time(self, shop: Path, until: str) -> None:
        assert answered("snooze", "shop.db", keys()["c-1"], "--until", until, *NOW)["state"] == "snoozed"

    @pytest.mark.parametrize(
        ("until", "words"),
        [("2026-12-01", "time to come"), ("soon", "length of time"), ("2026-12-07T09:00", "aware")],
    )
    def test_until_what_cannot_be(self, shop: Path, until: str, words: str) -> None:
        assert words in run("snooze", "shop.db", keys()["c-1"], "--until", until, *NOW, code=1).stderr

    def test_skip(self, shop: Path) -> None:
        key = keys()["c-1"]
        assert run("skip", "shop.db", key, "--why", "met her", *NOW).stdout == f"{key}: skipped\n"
        assert states() == {"c-1": "skipped", "c-2": "planned"}
        assert answered("skip", "shop.db", keys()["c-2"], *NOW) == {"key": keys()["c-2"], "state": "skipped"}

    def test_what_went_out_cannot_be_called_back(self, shop: Path) -> None:
        run("run", "shop.db", "--once", *SENDER, *NOW)
        for command in (("skip",), ("snooze", "--until", "3 days")):
            result = run(command[0], "shop.db", keys()["c-1"], *command[1:], *NOW, code=1)
            assert result.stderr.startswith("error: ")


NEEDS = {
    "explain": ("0" * 32,), "history": ("c-1",), "snooze": ("0" * 32, "--until", "3 days"), "skip": ("0" * 32,),
    "erase": ("c-1", "--yes"), "export": ("audit",), "backup": ("copy.db",),
    "run": ("--once", "--sender", "email=cli_senders:send"),
}  # fmt: skip


@pytest.mark.parametrize("name", [f"{each.name}" for each in ON_A_STORE if each.name not in ("import", "restore")])
class TestEach:
    def test_a_store_that_is_not_there_ends_with_2(self, shop_files: Path, name: str) -> None:
        assert "does not exist" in run(name, "nowhere.db", *NEEDS.get(name, ()), code=2).stderr
        assert not Path("nowhere.db").exists()

    def test_a_file_that_is_no_store_ends_with_1(self, shop_files: Path, name: str) -> None:
        result = run(name, "customers.csv", *NEEDS.get(name, ()), code=1)
        assert result.stderr.startswith("error: ")
        assert Path("customers.csv").read_text(encoding="utf-8") == CUSTOMERS

    def test_it_answers_in_json_too(self, shop_files: Path, name: str) -> None:
        assert "--json" in run(name, "--help").stdout


@pytest.mark.parametrize("command", ["preview", "doctor"])
def test_rules_on_trial_do_not_come_into_force(shop: Path, command: str) -> None:
    assert "on trial, without bringing it into force" in " ".join(run(command, "--help").stdout.split())
    before = answered("preview", "shop.db", *BEGIN)
    other = RULES.replace('after = "1 day"', 'after = "2 days"')
    assert other != RULES
    Path("other.toml").write_text(other, encoding="utf-8")
    run(command, "shop.db", "--rules", "other.toml", *BEGIN)
    assert answered("preview", "shop.db", *BEGIN) == before
