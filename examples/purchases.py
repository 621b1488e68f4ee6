"""What your own list of purchases asks for: thanks a day later, a check-in after a week, anniversaries.

    python purchases.py orders.csv --customer client --date ordered
    python purchases.py CDNOW_master.txt --format cdnow --start 1997-07-01

The CSV file (UTF-8; comma, semicolon or tab between the cells) needs a column with the customer's id or name
and one with the date. "cdnow" is the layout of the CDNOW purchases, a data set often used to study customers:
columns by white space, no names.
"""

from __future__ import annotations

import argparse
import collections
import csv
import datetime as dt
import io
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


def read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        sys.exit(f"{path} cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        sys.exit(f"{path}:{line}: it is not UTF-8 text; save it as 'CSV UTF-8'")


def read_csv(path: Path, customer: str, date: str, date_format: str) -> Iterator[dict[str, Any]]:
    text = read_text(path)
    # Spreadsheets write semicolons where the comma stands in numbers, as in German and French.
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="", strict=True)
    begun = 1  # the line on which a row begins; a quote that is never closed takes all after it
    try:
        for name in (customer, date):
            if name not in (rows.fieldnames or []):
                sys.exit(f"{path} has no column '{name}'; it has: {', '.join(rows.fieldnames or []) or 'none'}")
        begun = rows.line_num + 1
        for row in rows:
            try:
                day = dt.datetime.strptime(row[date], date_format).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                sys.exit(f"{path}:{rows.line_num}: '{row[date]}' is no date like {date_format} (see --date-format)")
            if not row[customer]:
                sys.exit(f"{path}:{rows.line_num}: the column '{customer}' is empty")
            yield {"customer": row[customer], "at": day, "note": " ".join(map(str, row.values()))}
            begun = rows.line_num + 1
    except csv.Error as error:
        sys.exit(f"{path}:{begun}: it is not CSV: {error}; is there a quote that is never closed?")


def read_cdnow(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        try:
            customer, *_, date, discs, dollars = line.split()
            day = dt.datetime.strptime(date, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            if number == 1 or not line.strip():  # a heading, or nothing
                continue
            sys.exit(f"{path}:{number}: expected a customer, a date such as 19970101, a number of CDs and dollars")
        yield {"customer": customer, "at": day, "note": f"{discs} for {dollars}"}


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

    if options.format == "cdnow":
        purchases = list(read_cdnow(options.file))
    else:
        purchases = list(read_csv(options.file, options.customer, options.date, options.date_format))
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
