"""The patients whom one can follow by hand: some thirty, each with little in the books, around TODAY.

Halifax is four hours behind UTC until 14 March 2027, and three from then on.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from books import Books


class Person(NamedTuple):
    given: str
    family: str
    household: str
    birthday: str
    joined: str
    recall: int
    also: dict[str, str] = {}  # noqa: RUF012 - never written to


MACNEIL = {"address": "4 Lighthouse Road, Halifax", "phone": "+1 902 555 0101", "email": "moira.macneil@example.org"}
NAIR = {"address": "31 Fern Hill, Dartmouth", "phone": "+1 902 555 0103", "email": "priya.nair@example.org"}
DOYLE = {"address": "9 Tidewater Drive, Bedford", "phone": "+1 902 555 0105", "email": "s.doyle@example.org"}
PEOPLE = [
    Person("Moira", "MacNeil", "h-001", "1984-06-02", "2022-03-20", 6, MACNEIL | {"tier": "family"}),
    Person("Angus", "MacNeil", "h-001", "1982-09-17", "2023-01-16", 12, MACNEIL | {"email": "", "tier": "family"}),
    Person("Isla", "MacNeil", "h-001", "2019-03-17", "2023-01-16", 6, MACNEIL | {"tier": "family"}),
    Person("Rory", "MacNeil", "h-001", "2016-03-19", "2023-01-16", 6, MACNEIL | {"tier": "family"}),
    Person("Julie", "Tremblay", "h-002", "1979-11-30", "2024-05-02", 12, {"locale": "fr-CA", "tier": "member"}),
    Person("Marc", "Tremblay", "h-002", "1977-08-08", "2024-05-02", 12, {"locale": "fr-CA"}),
    Person("Priya", "Nair", "h-003", "1988-01-25", "2025-06-10", 12, NAIR),
    Person("Dev", "Nair", "h-003", "2020-03-16", "2025-06-10", 6, NAIR),
    Person("Owen", "Fraser", "", "1961-04-14", "2017-03-16", 12, {"tier": "member"}),
    Person("Hana", "Sato", "", "1990-07-07", "2021-09-01", 12),
    Person("Leo", "Lindqvist", "", "1995-12-12", "2027-03-12", 12, {"tags": "new-in-town"}),
    Person("Greta", "Olsen", "", "1969-05-21", "2019-10-07", 12, {"tier": "member"}),
    Person("Sol", "Abara", "h-004", "1985-02-02", "2023-08-21", 12),
    Person("Ife", "Abara", "h-004", "1986-10-10", "2023-08-21", 12),
    Person("Bea", "Lund", "", "1974-09-09", "2020-02-03", 12),
    Person("Cyril", "Paquet", "", "2003-06-30", "2018-06-04", 12,
           {"zone": "America/St_Johns", "quiet_from": "09:00", "quiet_to": "15:00"}),
    Person("Wanda", "Keeping", "", "1958-03-03", "2016-11-14", 12),
    Person("Nils", "Berg", "", "1992-02-20", "2027-03-12", 12),
    Person("Rosa", "Quintal", "", "1981-12-24", "2021-05-17", 6),
    Person("Ted", "Mombourquette", "", "2006-08-15", "2022-04-11", 12),
    Person("Lena", "Horvat", "", "1966-06-16", "2015-07-20", 12),
    Person("Finn", "Doyle", "h-005", "2012-05-05", "2020-09-14", 6, DOYLE | {"tags": "sports", "channels": "email"}),
    Person("Maya", "Doyle", "h-005", "2011-02-11", "2020-09-14", 6, DOYLE | {"tags": "sports"}),
    Person("Ines", "Carvalho", "", "1997-10-31", "2023-04-24", 12, {"channels": "sms,email"}),
    Person("Joan", "Peddle", "", "1971-01-19", "2020-06-08", 12),
    Person("Kim", "Rideout", "", "1989-04-02", "2022-10-03", 12),
    Person("Gus", "Amero", "", "1954-07-15", "2018-02-19", 12, {"tier": "member"}),
    Person("Tia", "Young", "", "1993-08-27", "2024-01-15", 6),
    Person("Zoe", "Tynes", "", "2001-10-05", "2022-09-12", 12, {"tags": "sports", "channels": "email"}),
    Person("Abe", "Sampson", "", "1949-10-10", "2019-03-11", 12),
]  # fmt: skip
ASSETS = [("a-001", "p-005", "crown", "2027-03-18"), ("a-002", "p-020", "retainer", "2024-05-07")]


class Entry(NamedTuple):
    """One event: whose, what, when, and its other cells. Its id is ``s-`` and its number here."""

    customer: str
    kind: str
    at: str
    cells: dict[str, Any] = {}  # noqa: RUF012 - never written to


LAB = {"asset": "a-001", "topic": "lab work"}
CARD, FILM = {"topic": "card", "value": 3}, {"topic": "film tickets", "value": 28}
POST = {"channel": "card", "note": "care"}
ENTRIES = [
    # The MacNeils: a check-up due, one long overdue, two birthdays and five years.
    Entry("p-001", "checkup", "2026-10-05T13:30:00Z"),
    Entry("p-002", "checkup", "2026-02-24T14:00:00Z"),
    Entry("p-003", "checkup", "2027-03-04T19:10:00Z"),
    Entry("p-004", "checkup", "2027-03-04T19:40:00Z"),
    # Promised, and nothing heard of it; promised, and forgotten.
    Entry("p-005", "checkup", "2026-11-10T15:00:00Z"),
    Entry("p-005", "promise", "2027-03-08", LAB | {"due": "2027-03-18", "by": "Imran"}),
    Entry("p-006", "checkup", "2026-11-10T15:30:00Z"),
    Entry("p-006", "promise", "2027-03-11T14:00:00Z", {"due": "2027-03-12T20:00:00Z", "topic": "call back"}),
    Entry("p-006", "broken", "2027-03-12T21:00:00Z", {"ref": "s-008", "topic": "call back"}),
    # A complaint that is open, of somebody who is coming in.
    Entry("p-007", "checkup", "2026-09-21T16:00:00Z"),
    Entry("p-007", "feedback", "2026-09-21T22:05:00Z", {"value": -1, "topic": "waiting"}),
    Entry("p-007", "booking", "2027-02-22T15:00:00Z", {"due": "2027-03-18T17:00:00Z", "channel": "web"}),
    Entry("p-007", "complaint", "2027-03-11T18:20:00Z", {"topic": "waiting", "channel": "phone", "by": "Maeve"}),
    Entry("p-008", "checkup", "2026-12-07T19:00:00Z"),
    # One that is settled, a week ago.
    Entry("p-009", "checkup", "2027-02-24T15:00:00Z"),
    Entry("p-009", "complaint", "2027-02-25T15:00:00Z", {"topic": "bill", "channel": "desk", "by": "Maeve"}),
    Entry("p-009", "resolution", "2027-03-08T14:00:00Z", {"ref": "s-016", "topic": "bill", "by": "Colette"}),
    # She sent three; twice she was thanked.
    Entry("p-010", "checkup", "2026-06-15T13:00:00Z"),
    Entry("p-010", "referral", "2025-10-06", {"ref": "p-007"}),
    Entry("p-010", "contact", "2025-10-07T13:00:00Z", CARD | POST),
    Entry("p-010", "referral", "2026-08-17", {"ref": "p-024"}),
    Entry("p-010", "contact", "2026-08-18T13:00:00Z", FILM | POST),
    Entry("p-010", "referral", "2027-03-14", {"ref": "p-011"}),
    # A longer treatment before the weekend.
    Entry("p-012", "checkup", "2027-02-23T14:00:00Z"),
    Entry("p-012", "treatment", "2027-03-12T15:15:00Z", {"by": "Colette"}),
    # One of them has paid.
    Entry("p-013", "checkup", "2027-02-10T15:00:00Z"),
    Entry("p-013", "purchase", "2027-02-10", {"value": 480, "unit": "CAD", "due": "2027-03-12"}),
    Entry("p-014", "checkup", "2027-02-10T15:40:00Z"),
    Entry("p-014", "purchase", "2027-02-10", {"value": 135, "unit": "CAD", "due": "2027-03-12"}),
    Entry("p-014", "paid", "2027-03-11", {"ref": "s-029", "due": "2027-03-12"}),
    # In pain since Saturday.
    Entry("p-015", "checkup", "2026-07-13T14:00:00Z"),
    Entry("p-015", "emergency", "2027-03-13T15:00:00Z", {"channel": "phone"}),
    Entry("p-015", "referral", "2027-03-15", {"ref": "p-018"}),
    # Studies at St. John's, half an hour ahead, and sleeps late.
    Entry("p-016", "checkup", "2026-04-06T13:00:00Z"),
    # Those of whom staff spoke this morning.
    Entry("p-017", "checkup", "2027-02-22T16:00:00Z"),
    Entry("p-017", "treatment", "2027-03-12T16:00:00Z", {"by": "Imran"}),
    Entry("p-019", "checkup", "2026-08-19T14:30:00Z"),
    # A retainer broke; its guarantee ends in May.
    Entry("p-020", "checkup", "2026-08-24T14:00:00Z"),
    Entry("p-020", "guarantee", "2024-05-07", {"asset": "a-002", "due": "2027-05-07"}),
    Entry("p-020", "breakage", "2027-03-12T16:30:00Z", {"asset": "a-002", "channel": "phone"}),
    # Trusted with something larger, and not seen for two years.
    Entry("p-021", "checkup", "2025-03-20T13:00:00Z"),
    Entry("p-021", "purchase", "2024-04-08", {"value": 1480, "unit": "CAD"}),
    Entry("p-021", "purchase", "2025-03-20", {"value": 120, "unit": "CAD"}),
    # They play; one of their parents agreed to offers.
    Entry("p-022", "checkup", "2026-11-02T19:00:00Z"),
    Entry("p-022", "consent", "2020-09-14", {"note": "offer"}),
    Entry("p-023", "checkup", "2026-11-02T19:30:00Z"),
    # Seen this morning; writes back of an evening.
    Entry("p-024", "checkup", "2027-03-15T12:10:00Z"),
    Entry("p-024", "reply", "2026-04-27T22:15:00Z", {"channel": "sms"}),
    Entry("p-024", "reply", "2026-08-19T22:40:00Z", {"channel": "sms"}),
    Entry("p-024", "reply", "2026-12-09T23:20:00Z", {"channel": "sms"}),
    # Did not come on Friday morning.
    Entry("p-025", "checkup", "2026-05-11T14:00:00Z"),
    Entry("p-025", "missed_appointment", "2027-03-12T15:30:00Z"),
    # A complaint of this morning, and one that was settled on Friday.
    Entry("p-026", "checkup", "2026-10-19T14:00:00Z"),
    Entry("p-026", "complaint", "2027-03-15T11:50:00Z", {"topic": "telephone", "channel": "phone", "by": "Maeve"}),
    Entry("p-027", "checkup", "2027-02-26T14:00:00Z"),
    Entry("p-027", "complaint", "2027-03-05T16:00:00Z", {"topic": "appointment", "channel": "desk", "by": "Imran"}),
    Entry("p-027", "resolution", "2027-03-12T15:00:00Z", {"ref": "s-057", "topic": "appointment", "by": "Imran"}),
    # Neither came nor paid.
    Entry("p-028", "checkup", "2026-09-08T13:00:00Z"),
    Entry("p-028", "purchase", "2027-01-30", {"value": 60, "unit": "CAD", "due": "2027-03-01"}),
    # Two things to say on one day.
    Entry("p-029", "checkup", "2026-04-10T14:00:00Z"),
    Entry("p-029", "consent", "2022-09-12", {"note": "offer"}),
    # Used to come once a year.
    Entry("p-030", "checkup", "2024-02-26T14:00:00Z"),
    Entry("p-030", "checkup", "2025-02-24T14:00:00Z"),
    # The estimate takes longer, and she was told so this morning, before its day.
    Entry("p-014", "promise", "2027-03-09", {"due": "2027-03-16", "topic": "estimate", "by": "Imran"}),
    Entry("p-014", "renegotiated", "2027-03-15T11:40:00Z", {"due": "2027-03-19", "ref": "s-064", "topic": "estimate"}),
    # Would like to meet others who are new in town.
    Entry("p-011", "consent", "2027-03-12", {"note": "introduction"}),
    # What lay in the envelopes of other years.
    Entry("p-003", "contact", "2026-03-17T19:00:00Z", {"topic": "stickers", "value": 2} | POST),
    Entry("p-004", "contact", "2025-03-19T19:00:00Z", {"topic": "stickers", "value": 2} | POST),
    Entry("p-004", "contact", "2026-03-19T19:00:00Z", {"topic": "colouring book", "value": 4} | POST),
]


def write(books: Books) -> None:
    for number, person in enumerate(PEOPLE, start=1):
        name = f"{person.given} {person.family}"
        customer = {
            "id": f"p-{number:03}",
            "name": name,
            "given_name": person.given,
            "family_name": person.family,
            "locale": "en-CA",
            "birthday": person.birthday,
            "status": "active",
            "household": person.household,
            "email": f"{name.replace(' ', '.').lower()}@example.org",
            "phone": f"+1 902 555 01{number + 60:02}",
            "address": f"{number} Citadel Lane, Halifax",
            "recall": person.recall,
            "joined": dt.date.fromisoformat(person.joined),
        }
        books.customers.append(customer | person.also)
        books.add_event(customer, "registration", person.joined, id=f"j-{number:03}")
    for asset, owner, kind, since in ASSETS:
        books.assets.append({"id": asset, "customer": owner, "kind": kind, "name": kind, "since": since})
    for number, entry in enumerate(ENTRIES, start=1):
        books.add_event({"id": entry.customer}, entry.kind, entry.at, id=f"s-{number:03}", **entry.cells)
