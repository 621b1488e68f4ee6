"""python manage.py plan_courtesies --start 2026-11-23 --days 7"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import courtesy
from shop.courtesies import plan_courtesies


class Command(BaseCommand):
    help = "Lists the courtesies that the shop owes its customers, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--start", default=None, help="the first day, such as 2026-11-23; default: today")
        parser.add_argument("--days", type=int, default=14)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = plan_courtesies(options["start"] or timezone.localdate(), options["days"])
        except courtesy.TimeError as error:
            raise CommandError(str(error)) from error
        planned = plan.planned
        for position, reminder in enumerate(planned):
            why = planned.explain(position).sentence
            self.stdout.write(f"{reminder.local:%a %d %b %H:%M}  {reminder.channel}  {reminder.customer}: {why}")
        self.stdout.write(f"{len(planned)} planned, {len(plan.withheld)} withheld")
