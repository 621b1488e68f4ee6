"""python manage.py test"""

from __future__ import annotations

import io
import warnings

from django.core.management import CommandError, call_command
from django.test import TestCase

import courtesy


def printed(**options: str | int) -> str:
    out = io.StringIO()
    call_command("plan_courtesies", stdout=out, **options)
    return out.getvalue()


class CourtesiesTest(TestCase):
    fixtures = ("sample.json",)

    def test_the_page_lists_what_is_owed_with_names_and_reasons(self) -> None:
        page = self.client.get("/", {"start": "2026-11-23"})
        self.assertContains(page, "10 planned, 1 withheld")
        self.assertContains(page, "Mon 23 Nov 2026, 10:00")
        self.assertContains(page, "purchase 22 Nov 2026 + 1 day")
        self.assertContains(page, "no channel reaches the customer")

    def test_an_event_counts_on_the_day_that_the_customers_clock_showed(self) -> None:
        # 20:40 in UTC is ten past two of the next day in Kolkata.
        page = self.client.get("/", {"start": "2026-11-23"})
        self.assertContains(page, "purchase 24 Nov 2026 + 1 day; 10:00 in Asia/Kolkata")

    def test_names_are_escaped(self) -> None:
        page = self.client.get("/", {"start": "2026-11-23"})
        self.assertContains(page, "Bolt &amp; Sons &lt;Haulage&gt;")
        self.assertNotContains(page, "<Haulage>")

    def test_a_start_that_is_no_date_is_a_bad_request(self) -> None:
        page = self.client.get("/", {"start": "<b>tomorrow"})
        self.assertContains(page, "expected a date such as 2026-12-01", status_code=400)
        assert page["Content-Type"].startswith("text/plain")

    def test_without_a_start_the_page_begins_today(self) -> None:
        self.assertContains(self.client.get("/"), "withheld")

    def test_the_command_lists_the_same(self) -> None:
        lines = printed(start="2026-11-23", days=2).splitlines()
        assert lines[-1] == "3 planned, 1 withheld"
        assert lines[0].startswith("Mon 23 Nov 10:00  email  1: Thank you 23 Nov 2026: purchase 22 Nov 2026")

    def test_the_command_says_what_is_wrong_with_its_options(self) -> None:
        with self.assertRaisesRegex(CommandError, "the window is empty"):  # noqa: PT027 - Django's runner runs these
            printed(start="2026-11-23", days=0)


class EmptyShopTest(TestCase):
    def test_a_shop_without_customers_owes_nothing(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", courtesy.RuleWarning)  # no event of any kind that the rules name
            self.assertContains(self.client.get("/", {"start": "2026-11-23"}), "Nothing is owed.")
            assert printed(start="2026-11-23") == "0 planned, 0 withheld\n"
