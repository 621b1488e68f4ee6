"""What your own list of purchases asks for: thanks a day later, a check-in after a week, anniversaries.

    python purchases.py orders.csv --customer client --date ordered
    python purchases.py CDNOW_master.txt --format cdnow --start 1997-07-01

The CSV file needs a column with the customer's id or name and one with the date. "cdnow" is the layout of
the CDNOW purchases, a data set often used to study customers: columns by white space, no names.
"""

from __future__ import annotations

import argparse
import collections
import csv
import datetime as dt
import itertools
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import courtesy

RULES = courtesy.Rules(
    [
        courtesy.Occasion("thank-you", on="purchase", after="1 day", at="10:00"),
        courtesy.Occasion("check-in", on="purchase", after="7 days", at="11:00"),
        courtesy.Occasion("anniversary", yearly="purchase", of="first", at="09:00"),
    ]
)


def read_csv(path: Path, customer: str, date: str, date_format: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        # Spreadsheets separate with semicolons where the comma is the decimal sign.
        header = file.readline()
        file.seek(0)
        rows = csv.DictReader(file, delimiter=max(",;\t", key=header.count))
        for name in (customer, date):
            if name not in (rows.fieldnames or []):
                sys.exit(f"{path} has no column '{name}'; it has: {', '.join(rows.fieldnames or [])}")
        for row in rows:
            try:
                day = dt.datetime.strptime(row[date], date_format).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                sys.exit(f"{path}:{rows.line_num}: '{row[date]}' is no date like {date_format} (see --date-format)")
            yield {"customer": row[customer], "at": day, "note": " ".join(map(str, row.values()))}


def read_cdnow(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="ascii").splitlines():
        *ids, date, discs, dollars = line.split()
        if date.isdigit():  # the heading is none
            day = dt.date(int(date[:4]), int(date[4:6]), int(date[6:]))
            yield {"customer": ids[0], "at": day, "note": f"{discs} for {dollars}"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--format", choices=["csv", "cdnow"], default="csv")
    parser.add_argument("--customer", default="customer", metavar="COLUMN", help="column of the customer's id")
    parser.add_argument("--date", default="date", metavar="COLUMN", help="column of the date of purchase")
    parser.add_argument("--date-format", default="%Y-%m-%d", metavar="FORMAT", help="such as %%d.%%m.%%Y (%%Y-%%m-%%d)")
    parser.add_argument("--start", metavar="DATE", help="first day to plan (the day of the last purchase)")
    parser.add_argument("--days", type=int, default=30, help="how many days to plan (30)")
    options = parser.parse_args()
    warnings.formatwarning = lambda message, *_: f"warning: {message}\n"

    try:
        if options.format == "cdnow":
            purchases = list(read_cdnow(options.file))
        else:
            purchases = list(read_csv(options.file, options.customer, options.date, options.date_format))
    except OSError as error:
        sys.exit(f"{options.file} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        sys.exit(f"{options.file} is not UTF-8 text; save it as 'CSV UTF-8'")
    except (csv.Error, IndexError, TypeError, ValueError):
        sys.exit(f"{options.file} is not in the format '{options.format}' (see --format)")
    if not purchases:
        sys.exit(f"{options.file}: no purchase in it")
    customers = [{"id": name} for name in dict.fromkeys(purchase["customer"] for purchase in purchases)]
    events = [{"kind": "purchase", **purchase} for purchase in purchases]
    start = options.start or max(purchase["at"] for purchase in purchases)
    try:
        plan = courtesy.plan(customers, events, RULES, start=start, days=options.days)
    except courtesy.Error as error:
        sys.exit(str(error))

    print(f"{len(customers)} customers, {len(purchases)} purchases; {options.days} days from {start}\n")
    for day, reminders in itertools.islice(itertools.groupby(plan, key=lambda reminder: reminder.local.date()), 5):
        owed = list(reminders)
        print(f"{day:%a} {day}: {len(owed)}")
        for reminder in owed[:3]:
            print(f"  {reminder.local:%H:%M} {reminder.occasion:<11} {reminder.customer}")
        if len(owed) > 3:
            print(f"  … and {len(owed) - 3} more")
    print("\nIn all:")
    for occasion, number in sorted(collections.Counter(reminder.occasion for reminder in plan).items()):
        print(f"  {occasion:<11} {number}")


if __name__ == "__main__":
    main()
