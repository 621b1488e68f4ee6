"""Recurrences from Python: kinds of moments, questions, errors, words. The engine itself is tested in C++."""

# ruff: noqa: DTZ001 - wall times are what recurrences without a zone are made of
from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle
from typing import Any
from zoneinfo import ZoneInfo

import numpy
import pandas
import pytest

import courtesy
from courtesy import Recurrence

UTC = dt.timezone.utc
LONDON = ZoneInfo("Europe/London")
FRIDAYS = "FREQ=MONTHLY;BYDAY=-1FR"


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        (dt.date(2026, 7, 1), None, [dt.date(2026, 7, 31), dt.date(2026, 8, 28)]),
        ("2026-07-01", None, [dt.date(2026, 7, 31), dt.date(2026, 8, 28)]),
        (dt.datetime(2026, 7, 1, 9), None, [dt.datetime(2026, 7, 31, 9), dt.datetime(2026, 8, 28, 9)]),
        (dt.datetime(2026, 7, 1, 9), "Europe/London", [dt.datetime(2026, 7, 31, 9, tzinfo=LONDON),
                                                       dt.datetime(2026, 8, 28, 9, tzinfo=LONDON)]),
        (dt.datetime(2026, 7, 1, 9, tzinfo=LONDON), None, [dt.datetime(2026, 7, 31, 9, tzinfo=LONDON),
                                                           dt.datetime(2026, 8, 28, 9, tzinfo=LONDON)]),
        # 08:00 in UTC is 13:30 in Kolkata, and that is what recurs.
        (dt.datetime(2026, 7, 1, 8, tzinfo=UTC), "Asia/Kolkata", [dt.datetime(2026, 7, 31, 8, tzinfo=UTC),
                                                                 dt.datetime(2026, 8, 28, 8, tzinfo=UTC)]),
        ("2026-07-01T09:00Z", None, [dt.datetime(2026, 7, 31, 9, tzinfo=UTC), dt.datetime(2026, 8, 28, 9, tzinfo=UTC)]),
        ("2026-07-01T09:00+05:30", None, [dt.datetime(2026, 7, 31, 3, 30, tzinfo=UTC),
                                          dt.datetime(2026, 8, 28, 3, 30, tzinfo=UTC)]),
    ],
)  # fmt: skip
def test_occurrences_are_of_the_start_s_kind(start: Any, zone: str | None, expected: list[dt.date]) -> None:
    fridays = Recurrence(FRIDAYS, start=start, zone=zone)
    assert fridays.first(2) == expected
    assert list(itertools.islice(fridays, 2)) == expected
    assert [type(each) for each in fridays.first(2)] == [type(each) for each in expected]
    assert fridays.between(expected[0], expected[1]) == expected[:1]
    assert fridays.after(expected[0]) == expected[1]
    assert fridays.after(expected[0], inclusive=True) == fridays.before(expected[1]) == expected[0]
    assert fridays.before(expected[0]) is None
    assert expected[1] in fridays
    assert expected[1] + dt.timedelta(days=1) not in fridays
    assert pickle.loads(pickle.dumps(fridays)) == copy.deepcopy(fridays) == fridays


def test_an_aware_occurrence_shows_its_zone_s_clock() -> None:
    nine = Recurrence("FREQ=DAILY", start="2026-03-28T09:00", zone="Europe/London")
    assert [each.isoformat() for each in nine.first(2)] == ["2026-03-28T09:00:00+00:00", "2026-03-29T09:00:00+01:00"]
    offset = Recurrence("FREQ=DAILY", start="2026-03-28T09:00", zone="+05:30")
    assert offset.first(1)[0].isoformat() == "2026-03-28T09:00:00+05:30"


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("2026-07-01", None, None),
        ("2026-07-01T09:00", None, None),
        ("2026-07-01T09:00", "Europe/London", "Europe/London"),
        ("2026-07-01T09:00Z", None, "UTC"),
        ("2026-07-01T09:00+05:30", None, "+05:30"),
        (dt.datetime(2026, 7, 1, 9, tzinfo=LONDON), None, "Europe/London"),
        (dt.datetime(2026, 7, 1, 9, tzinfo=LONDON), "Asia/Tokyo", "Asia/Tokyo"),
    ],
)
def test_the_zone(start: Any, zone: str | None, expected: str | None) -> None:
    assert Recurrence(FRIDAYS, start=start, zone=zone).zone == expected


def test_the_start_is_as_occurrences_are() -> None:
    assert Recurrence(FRIDAYS, start="2026-07-01").start == dt.date(2026, 7, 1)
    assert Recurrence(FRIDAYS, start="2026-07-01T09:00").start == dt.datetime(2026, 7, 1, 9)
    aware = Recurrence(FRIDAYS, start="2026-07-01T09:00", zone="Europe/London").start
    assert aware.isoformat() == "2026-07-01T09:00:00+01:00"


def test_dates_and_rules_beside_the_rule() -> None:
    days = Recurrence(
        "FREQ=DAILY;COUNT=7",
        start="2026-01-05",
        rdate=["2026-02-01", dt.date(2026, 3, 1)],
        exdate="2026-01-06",
        exrule="FREQ=WEEKLY;BYDAY=SA,SU",
    )
    assert [day.isoformat() for day in days] == ["2026-01-05", "2026-01-07", "2026-01-08", "2026-01-09"]
    assert Recurrence(start="2026-01-01", rdate=["2026-02-02"]).first(9) == [dt.date(2026, 2, 2)]
    assert Recurrence(start="2026-01-01", include_start=True).first(9) == [dt.date(2026, 1, 1)]


def test_length_truth_and_membership() -> None:
    three = Recurrence("FREQ=DAILY;COUNT=3", start="2026-01-01")
    assert (len(three), bool(three)) == (3, True)
    assert "2026-01-03" in three
    assert "2026-01-04" not in three
    assert 5 not in three
    endless = Recurrence("FREQ=DAILY", start="2026-01-01")
    with pytest.raises(TypeError, match="has no end"):
        len(endless)
    assert endless
    never = Recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", start="2026-01-01")
    assert not never
    assert (len(never), list(never), never.describe()) == (0, [], "never happens")


def test_a_wall_time_in_a_recurrence_of_dates_is_no_member() -> None:
    days = Recurrence("FREQ=DAILY", start="2026-01-01")
    assert dt.datetime(2026, 1, 2) in days
    assert dt.datetime(2026, 1, 2, 10) not in days


def test_iteration_passes_every_chunk() -> None:
    seconds = Recurrence("FREQ=SECONDLY", start="2026-01-01T00:00")
    begin = dt.datetime(2026, 1, 1)
    for number, each in enumerate(itertools.islice(seconds, 5000)):
        assert each == begin + dt.timedelta(seconds=number)


def test_equality_and_hash() -> None:
    one = Recurrence("BYDAY=-1FR;FREQ=MONTHLY", start="2026-01-01")
    assert one == Recurrence(FRIDAYS, start=dt.date(2026, 1, 1))
    assert hash(one) == hash(Recurrence(FRIDAYS, start=dt.date(2026, 1, 1)))
    assert one != Recurrence(FRIDAYS, start="2026-01-02")
    assert one != Recurrence(FRIDAYS, start="2026-01-01", include_start=True)
    assert one != FRIDAYS
    assert repr(one) == "<Recurrence DTSTART;VALUE=DATE:20260101 RRULE:FREQ=MONTHLY;BYDAY=-1FR>"


def test_text_of_icalendar_and_back() -> None:
    text = "DTSTART;TZID=Europe/London:20260101T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260102T090000Z"
    read = Recurrence.from_rfc5545(text)
    assert read.to_rfc5545() == text
    assert len(read) == 2
    assert Recurrence.from_rfc5545("RRULE:FREQ=MONTHLY;B\r\n YDAY=1MO\r\nDTSTART:20260101", include_start=True).first(
        2
    ) == [
        dt.date(2026, 1, 1),
        dt.date(2026, 1, 5),
    ]


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Recurrence("FREQ=DAILY;INTERVAL=0", start="2026-01-01"), courtesy.RuleError, "column 21: INTERVAL"),
        (lambda: Recurrence("FREQ=DAYLY", start="2026-01-01"), courtesy.RuleError, "column 6: .*DAILY"),
        (lambda: Recurrence(f"FREQ=DAILY;INTERVAL={2**63}", start="2026-01-01"), courtesy.RuleError, "INTERVAL"),
        (lambda: Recurrence("FREQ=HOURLY", start="2026-01-01"), courtesy.RuleError, "HOURLY needs a start with a time"),
        (lambda: Recurrence("FREQ=DAILY", start="2026-01-01", zone="Europe/London"), courtesy.RuleError, "has no zone"),
        (lambda: Recurrence("FREQ=DAILY", start="2026-01-01T09:00", zone="Mars"), courtesy.ZoneError, "Mars"),
        (lambda: Recurrence("FREQ=DAILY", start="soon"), courtesy.TimeError, "start: expected a date"),
        (lambda: Recurrence("FREQ=DAILY"), TypeError, "needs a start"),
        (lambda: Recurrence("FREQ=DAILY", start="2026-01-01").first(-1), courtesy.TimeError, "found -1"),
        (lambda: Recurrence("FREQ=DAILY", start="2026-01-01").after("2026-01-01T09Z"), courtesy.TimeError, "no zone"),
        (lambda: Recurrence("FREQ=DAILY", start="2026-01-01").describe("tlh"), courtesy.MissingError, "en, de, fr, es"),
        (lambda: Recurrence(5, start="2026-01-01"), courtesy.RuleError, "rule: expected a text .* found int"),
        (lambda: Recurrence.from_rfc5545(5), courtesy.RuleError, "text: expected a text .* found int"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01T09:00", zone=5), courtesy.ZoneError, "found int"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01", rdate=5), courtesy.TimeError, "rdate: .*found int"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01", exrule=[5]), courtesy.RuleError, "exrule: .*found int"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01").first("3"), courtesy.TimeError, "whole number .*found str"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01").after_each(["x"]), courtesy.TimeError, "moments: expected"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01").after_each([1]), courtesy.TimeError, "column of int64"),
        (lambda: Recurrence("FREQ=DAILY", "2026-01-01").after_each(numpy.zeros((2, 2), "M8[us]")),
         courtesy.TimeError, "2 dimensions"),
        (lambda: Recurrence.from_rfc5545("RRULE:FREQ=DAILY"), courtesy.RuleError, "DTSTART: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(make: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        make()


def test_moments_may_be_of_any_library() -> None:
    each = Recurrence("FREQ=DAILY", "2026-01-01T09:00", zone=ZoneInfo("Europe/London"))
    asked = ["2026-03-28T09:00", "2026-03-29T09:00"]
    expected = each.after_each(numpy.array(asked, dtype="datetime64[us]"))
    aware = pandas.Series(pandas.to_datetime(asked)).dt.tz_localize("UTC")
    assert (each.after_each(aware) == expected).all()
    assert (each.after_each(asked) == expected).all()
    with pytest.raises(courtesy.TimeError, match="expected instants"):
        each.after_each(aware.dt.tz_localize(None))


def test_far_more_than_there_are_is_all_there_are() -> None:
    assert len(Recurrence("FREQ=YEARLY", "9990-01-01").first(10**20)) == 10


@pytest.mark.parametrize("zone", [None, "America/New_York"])
def test_a_column_has_the_answers_of_its_moments(zone: str | None) -> None:
    fridays = Recurrence(FRIDAYS, start="2026-01-01T09:00", zone=zone)
    moments = numpy.array(["2025-01-01", "2026-07-31T12:00", "2050-01-01", "9999-12-31T23:00", "NaT"], "datetime64[us]")
    answers = fridays.after_each(moments)
    tz = None if zone is None else UTC
    for moment, answer in zip(moments[:4].tolist(), answers[:4].tolist(), strict=True):
        expected = fridays.after(moment.replace(tzinfo=tz))
        assert answer == (
            None if expected is None else expected.astimezone(UTC).replace(tzinfo=None) if tz else expected
        )
    assert numpy.isnat(answers[4])


@pytest.mark.parametrize("zone", [None, "America/New_York"])
@pytest.mark.parametrize("rule", ["FREQ=HOURLY", FRIDAYS, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_an_array_holds_what_is_between(rule: str, zone: str | None) -> None:
    each = Recurrence(rule, start="2026-01-01T09:00", zone=zone)
    array = each.to_numpy("2026-02-01", "2026-06-01")
    between = each.between("2026-02-01", "2026-06-01")
    assert array.dtype == "datetime64[us]"
    assert array.tolist() == [at.astimezone(UTC).replace(tzinfo=None) if zone else at for at in between]


def test_an_array_of_dates() -> None:
    days = Recurrence("FREQ=DAILY", start="1960-01-01").to_numpy("1965-01-01", "1975-01-01")
    assert days.dtype == "datetime64[D]"
    assert (days == numpy.arange("1965-01-01", "1975-01-01", dtype="datetime64[D]")).all()


WORDS = [
    # rule, start, English, German, French, Spanish
    ("FREQ=DAILY;COUNT=1", "2026-01-01", "every day, once", "jeden Tag, einmal", "chaque jour, une fois",
     "cada día, una vez"),
    (FRIDAYS, "2026-01-01", "every month on the last Friday", "jeden Monat am letzten Freitag",
     "chaque mois le dernier vendredi", "cada mes el último viernes"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "2026-01-01T09:30", "every 2 weeks on Tuesday and Thursday at 09:30",
     "alle 2 Wochen am Dienstag und Donnerstag um 09:30 Uhr", "toutes les 2 semaines le mardi et le jeudi à 09:30",
     "cada 2 semanas el martes y el jueves a las 09:30"),
    ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1,-1", "2026-01-01", "every year in March on the 1st and the last day",
     "jedes Jahr im März am 1. und letzten Tag", "chaque année en mars le 1er et le dernier jour",
     "cada año en marzo el día 1 y el último día"),
    ("FREQ=MONTHLY;BYDAY=MO,2TU,-2FR;BYSETPOS=1", "2026-01-01",
     "every month on Monday, the second Tuesday, and the second to last Friday, of these only the first",
     "jeden Monat am Montag, zweiten Dienstag und vorletzten Freitag, davon nur am ersten",
     "chaque mois le lundi, le deuxième mardi et l’avant-dernier vendredi, parmi eux seulement le premier",
     "cada mes el lunes, el segundo martes y el penúltimo viernes, de ellos solo el primero"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;UNTIL=20301231", "2026-01-01",
     "every year in week 20 on Monday, until December 31, 2030",
     "jedes Jahr in Woche 20 am Montag, bis zum 31. Dezember 2030",
     "chaque année la semaine 20 le lundi, jusqu’au 31 décembre 2030",
     "cada año en la semana 20 el lunes, hasta el 31 de diciembre de 2030"),
    ("FREQ=HOURLY;INTERVAL=4;BYMINUTE=30", "2026-01-01T09:30", "every 4 hours at minute 30",
     "alle 4 Stunden in Minute 30", "toutes les 4 heures à la minute 30", "cada 4 horas en el minuto 30"),
    # The days that a rule takes from its start are said.
    ("FREQ=YEARLY", "2026-03-01", "every year in March on the 1st", "jedes Jahr im März am 1.",
     "chaque année en mars le 1er", "cada año en marzo el día 1"),
    ("FREQ=MONTHLY;UNTIL=20270101", "2026-01-31", "every month on the 31st, until January 1, 2027",
     "jeden Monat am 31., bis zum 1. Januar 2027", "chaque mois le 31, jusqu’au 1er janvier 2027",
     "cada mes el día 31, hasta el 1 de enero de 2027"),
    ("FREQ=WEEKLY", "2026-01-02T01:00", "every week on Friday at 01:00", "jede Woche am Freitag um 01:00 Uhr",
     "chaque semaine le vendredi à 01:00", "cada semana el viernes a la 01:00"),
    ("FREQ=MONTHLY;BYMONTHDAY=13,-3;BYDAY=FR,SA", "2026-01-01T09:00",
     "every month on the 13th and the third to last day at 09:00, if it is a Friday or Saturday",
     "jeden Monat am 13. und drittletzten Tag um 09:00 Uhr, wenn es ein Freitag oder Samstag ist",
     "chaque mois le 13 et le troisième jour en partant de la fin à 09:00, si c’est un vendredi ou samedi",
     "cada mes el día 13 y el tercer día contando desde el final a las 09:00, si es viernes o sábado"),
    ("FREQ=DAILY;BYDAY=SU;BYSETPOS=-3;BYHOUR=1,2,3", "2026-01-01T09:00",
     "every day on Sunday at 01:00, 02:00, and 03:00, of these only the third to last",
     "jeden Tag am Sonntag um 01:00, 02:00 und 03:00 Uhr, davon nur am drittletzten",
     "chaque jour le dimanche à 01:00, 02:00 et 03:00, parmi eux seulement le troisième en partant de la fin",
     "cada día el domingo a la 01:00, 02:00 y 03:00, de ellos solo el tercero contando desde el final"),
    ("FREQ=MINUTELY;BYHOUR=9,10;BYSECOND=0,30", "2026-01-01T09:30",
     "every minute in the hours 9 and 10 at the seconds 0 and 30",
     "jede Minute in den Stunden 9 und 10 in den Sekunden 0 und 30",
     "chaque minute pendant les heures 9 et 10 aux secondes 0 et 30",
     "cada minuto en las horas 9 y 10 en los segundos 0 y 30"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "start", "english", "german", "french", "spanish"), WORDS)
def test_words(rule: str, start: str, english: str, german: str, french: str, spanish: str) -> None:
    each = Recurrence(rule, start=start)
    assert each.describe() == each.describe("en-US") == english
    assert each.describe("de") == each.describe("de_CH") == german
    assert each.describe("fr-FR") == french
    assert each.describe("es") == spanish


def test_words_for_dates_without_a_rule() -> None:
    each = Recurrence(start="2026-01-01", rdate=["2026-02-01", "2026-03-01"])
    assert each.describe() == "on 2 dates"
    assert Recurrence(start="2026-01-01", include_start=True).describe("fr") == "à une date"


def test_words_for_a_start_that_the_rule_has_not() -> None:
    # 2 January 2026 is a Friday.
    for start, words in [("2026-01-01", "every week on Friday, and on one more date"),
                         ("2026-01-02", "every week on Friday")]:  # fmt: skip
        assert Recurrence("FREQ=WEEKLY;BYDAY=FR", start=start, include_start=True).describe() == words


def test_words_for_what_stands_beside_the_rule() -> None:
    each = Recurrence("FREQ=DAILY", start="2026-01-01", rdate=["2025-01-01"], exdate=["2026-01-02", "2026-01-03"],
                      exrule="FREQ=WEEKLY;BYDAY=SU")  # fmt: skip
    assert each.describe() == "every day, and on one more date, except every week on Sunday, except on 2 dates"
