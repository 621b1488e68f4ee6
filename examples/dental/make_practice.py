"""Writes the books of Harbour Street Dental, as of 15 March 2027: customers.csv, assets.csv and events.csv.

    python make_practice.py [--out DIR]

The same bytes each time and with each Python. Nobody in the books is real. Thirty patients are written by hand
(stories.py); the others are families whom chance made.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from books import Books, Dice
from care import agree, call_back, complain, feed_back, refer, reply, words_of_staff
from people import Family
from visits import Patient

import stories

SEED = 20270315
FAMILIES = 110


def make_books() -> Books:
    books = Books()
    stories.write(books)
    patients: list[Patient] = []
    for number in range(11, FAMILIES + 11):
        for customer in Family(books, number, Dice(SEED, number)).members():
            patient = Patient(books, customer, Dice(SEED, number, len(books.customers)))
            patient.attend()
            patients.append(patient)
    for number, patient in enumerate(patients):
        dice = Dice(SEED, number, 1, 1)
        grown = patient.customer["birthday"] < "2009"
        agree(patient, dice)
        if grown:
            call_back(patient, dice)
            complain(patient, dice)
            feed_back(patient, dice)
            reply(patient, dice)
            refer(
                patient,
                [patients[dice.between(0, len(patients) - 1)] for _ in range(dice.weighted({0: 85, 1: 10, 3: 5}))],
                dice,
            )
    books.number_events()
    return books


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the books of the example practice.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="the folder to write to")
    out: Path = parser.parse_args().out
    books = make_books()
    books.write(out)
    words_of_staff(books, out)
    books.write(out)
    print(f"{len(books.customers)} customers, {len(books.assets)} assets, {len(books.events)} events in {out}")


if __name__ == "__main__":
    main()
