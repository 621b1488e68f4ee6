"""Recurrences in plain words: English, German, French and Spanish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import babel
import babel.dates
import babel.lists

from courtesy.errors import MissingError
from courtesy.time import wall_time

__all__ = ["describe"]

Rule = dict[str, Any]


@dataclass(frozen=True)
class _Language:
    """The phrases of a language; {} stands for a list, {n} for a number, {noun} for a weekday or a day."""

    every: dict[str, tuple[str, str]]
    """By FREQ: each period, and each n of them."""
    weekdays: str
    weekday: str
    """A weekday in a list."""
    days: str
    months: str
    weeks: str
    year_days: str
    if_weekday: str
    """Where a day of the month or year must also be one of these weekdays; {} stands for a list that ends in "or"."""
    times: str
    hours: tuple[str, str]
    """For one of them and for several, as the next two."""
    minutes: tuple[str, str]
    seconds: tuple[str, str]
    positions: str
    day: str
    """The noun for a day."""
    month_day: Callable[[int], str]
    nth: Callable[[int, str], str]
    """The n-th of a noun; of -1 the last."""
    week: Callable[[int], str]
    count: tuple[str, str]
    """Once, and n times."""
    until: str
    skip: dict[str, str]
    never: str
    dates: tuple[str, str]
    """On one date, and on n of them."""
    also: tuple[str, str]
    """One further date, and n."""
    without_dates: tuple[str, str]
    without: str


def _english_ordinal(n: int) -> str:
    ending = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _english_nth(n: int, noun: str) -> str:
    if n == -1:
        return f"the last {noun}"
    words = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    number = words.get(abs(n), _english_ordinal(abs(n)))
    return f"the {number} {noun}" if n > 0 else f"the {number} to last {noun}"


_GERMAN = {1: "ersten", 2: "zweiten", 3: "dritten", 4: "vierten", 5: "fünften"}
_GERMAN_LAST = {1: "letzten", 2: "vorletzten", 3: "drittletzten", 4: "viertletzten", 5: "fünftletzten"}


def _german_nth(n: int, noun: str) -> str:
    number = _GERMAN.get(n, f"{n}.") if n > 0 else _GERMAN_LAST.get(-n, f"{-n}.-letzten")
    return f"{number} {noun}"


_FRENCH = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième"}


def _french_nth(n: int, noun: str) -> str:
    if n > 0:
        return f"le {_FRENCH.get(n, f'{n}e')} {noun}"
    if n >= -2:
        return f"le dernier {noun}" if n == -1 else f"l’avant-dernier {noun}"
    return f"{_french_nth(-n, noun).strip()} en partant de la fin"


_SPANISH = {1: "primero", 2: "segundo", 3: "tercero", 4: "cuarto", 5: "quinto"}


def _spanish_nth(n: int, noun: str) -> str:
    # "el primer lunes", but "el primero".
    if n in (1, 3) and noun:
        return f"el {_SPANISH[n][:-1]} {noun}"
    if n > 0:
        return f"el {_SPANISH.get(n, f'{n}.º')} {noun}"
    if n >= -2:
        return f"el {'último' if n == -1 else 'penúltimo'} {noun}"
    return f"{_spanish_nth(-n, noun).strip()} contando desde el final"


_LANGUAGES = {
    "en": _Language(
        every={
            "YEARLY": ("every year", "every {n} years"),
            "MONTHLY": ("every month", "every {n} months"),
            "WEEKLY": ("every week", "every {n} weeks"),
            "DAILY": ("every day", "every {n} days"),
            "HOURLY": ("every hour", "every {n} hours"),
            "MINUTELY": ("every minute", "every {n} minutes"),
            "SECONDLY": ("every second", "every {n} seconds"),
        },
        weekdays="on {}",
        weekday="{noun}",
        days="on {}",
        months="in {}",
        weeks="in {}",
        year_days="on {} of the year",
        if_weekday="if it is a {}",
        times="at {}",
        hours=("in hour {}", "in the hours {}"),
        minutes=("at minute {}", "at the minutes {}"),
        seconds=("at second {}", "at the seconds {}"),
        positions="of these only {}",
        day="day",
        month_day=lambda n: f"the {_english_ordinal(n)}",
        nth=_english_nth,
        week=lambda n: f"week {n}" if n > 0 else _english_nth(n, "week"),
        count=("once", "{n} times"),
        until="until {}",
        skip={
            "backward": "on the last day of a month that is too short",
            "forward": "on the first day after a month that is too short",
        },
        never="never happens",
        dates=("on one date", "on {n} dates"),
        also=("and on one more date", "and on {n} more dates"),
        without_dates=("except on one date", "except on {n} dates"),
        without="except {}",
    ),
    "de": _Language(
        every={
            "YEARLY": ("jedes Jahr", "alle {n} Jahre"),
            "MONTHLY": ("jeden Monat", "alle {n} Monate"),
            "WEEKLY": ("jede Woche", "alle {n} Wochen"),
            "DAILY": ("jeden Tag", "alle {n} Tage"),
            "HOURLY": ("jede Stunde", "alle {n} Stunden"),
            "MINUTELY": ("jede Minute", "alle {n} Minuten"),
            "SECONDLY": ("jede Sekunde", "alle {n} Sekunden"),
        },
        weekdays="am {}",
        weekday="{noun}",
        days="am {}",
        months="im {}",
        weeks="in {}",
        year_days="am {} des Jahres",
        if_weekday="wenn es ein {} ist",
        times="um {} Uhr",
        hours=("in Stunde {}", "in den Stunden {}"),
        minutes=("in Minute {}", "in den Minuten {}"),
        seconds=("in Sekunde {}", "in den Sekunden {}"),
        positions="davon nur am {}",
        day="Tag",
        month_day=lambda n: f"{n}.",
        nth=_german_nth,
        week=lambda n: f"Woche {n}" if n > 0 else f"der {_german_nth(n, 'Woche')}",
        count=("einmal", "{n}-mal"),
        until="bis zum {}",
        skip={
            "backward": "in zu kurzen Monaten am letzten Tag",
            "forward": "nach zu kurzen Monaten am ersten Tag",
        },
        never="kommt nie vor",
        dates=("an einem Termin", "an {n} Terminen"),
        also=("und an einem weiteren Termin", "und an {n} weiteren Terminen"),
        without_dates=("außer an einem Termin", "außer an {n} Terminen"),
        without="außer {}",
    ),
    "fr": _Language(
        every={
            "YEARLY": ("chaque année", "tous les {n} ans"),
            "MONTHLY": ("chaque mois", "tous les {n} mois"),
            "WEEKLY": ("chaque semaine", "toutes les {n} semaines"),
            "DAILY": ("chaque jour", "tous les {n} jours"),
            "HOURLY": ("chaque heure", "toutes les {n} heures"),
            "MINUTELY": ("chaque minute", "toutes les {n} minutes"),
            "SECONDLY": ("chaque seconde", "toutes les {n} secondes"),
        },
        weekdays="{}",
        weekday="le {noun}",
        days="{}",
        months="en {}",
        weeks="{}",
        year_days="{} de l’année",
        if_weekday="si c’est un {}",
        times="à {}",
        hours=("pendant l’heure {}", "pendant les heures {}"),
        minutes=("à la minute {}", "aux minutes {}"),
        seconds=("à la seconde {}", "aux secondes {}"),
        positions="parmi eux seulement {}",
        day="jour",
        month_day=lambda n: "le 1er" if n == 1 else f"le {n}",
        nth=_french_nth,
        week=lambda n: (
            f"la semaine {n}"
            if n > 0
            else f"la {-n}e semaine en partant de la fin"
            if n < -1
            else "la dernière semaine"
        ),
        count=("une fois", "{n} fois"),
        until="jusqu’au {}",
        skip={
            "backward": "le dernier jour des mois trop courts",
            "forward": "le premier jour après les mois trop courts",
        },
        never="n’arrive jamais",
        dates=("à une date", "à {n} dates"),
        also=("et à une autre date", "et à {n} autres dates"),
        without_dates=("sauf à une date", "sauf à {n} dates"),
        without="sauf {}",
    ),
    "es": _Language(
        every={
            "YEARLY": ("cada año", "cada {n} años"),
            "MONTHLY": ("cada mes", "cada {n} meses"),
            "WEEKLY": ("cada semana", "cada {n} semanas"),
            "DAILY": ("cada día", "cada {n} días"),
            "HOURLY": ("cada hora", "cada {n} horas"),
            "MINUTELY": ("cada minuto", "cada {n} minutos"),
            "SECONDLY": ("cada segundo", "cada {n} segundos"),
        },
        weekdays="{}",
        weekday="el {noun}",
        days="{}",
        months="en {}",
        weeks="en {}",
        year_days="{} del año",
        if_weekday="si es {}",
        times="a las {}",
        hours=("en la hora {}", "en las horas {}"),
        minutes=("en el minuto {}", "en los minutos {}"),
        seconds=("en el segundo {}", "en los segundos {}"),
        positions="de ellos solo {}",
        day="día",
        month_day=lambda n: f"el día {n}",
        nth=_spanish_nth,
        week=lambda n: (
            f"la semana {n}" if n > 0 else f"la {-n}.ª semana contando desde el final" if n < -1 else "la última semana"
        ),
        count=("una vez", "{n} veces"),
        until="hasta el {}",
        skip={
            "backward": "el último día de los meses demasiado cortos",
            "forward": "el primer día después de los meses demasiado cortos",
        },
        never="no ocurre nunca",
        dates=("en una fecha", "en {n} fechas"),
        also=("y en una fecha más", "y en {n} fechas más"),
        without_dates=("salvo en una fecha", "salvo en {n} fechas"),
        without="salvo {}",
    ),
}


def describe(parts: dict[str, Any], never: bool, locale: str) -> str:
    """The parts of a recurrence in words. Raises MissingError for a language without words here."""
    try:
        chosen = babel.Locale.parse(locale.replace("-", "_"))
        words = _LANGUAGES[chosen.language]
    except (ValueError, KeyError, babel.UnknownLocaleError):
        raise MissingError(f"there are no words for {locale!r}; there are some for {', '.join(_LANGUAGES)}") from None
    return _Sentence(words, chosen, parts).text(never)


def _from_the_front(numbers: list[int]) -> list[int]:
    """First those that count from the front, then those from the end."""
    return sorted(numbers, key=lambda number: (number < 0, number))


class _Sentence:
    def __init__(self, words: _Language, locale: babel.Locale, parts: dict[str, Any]) -> None:
        self.words = words
        self.locale = locale
        self.parts = parts
        self.weekday_names = babel.dates.get_day_names("wide", "format", locale)
        self.month_names = babel.dates.get_month_names("wide", "format", locale)

    def text(self, never: bool) -> str:
        if never:
            return self.words.never
        rule, words = self.parts["rule"], self.words
        beside = len(self.parts["rdates"]) + self.parts["start_beside"]
        if rule:
            said = [self.rule(rule)]
            if beside:
                said.append(self.number(words.also, beside))
        else:
            said = [self.number(words.dates, beside)]
        said.extend(words.without.format(self.rule(each)) for each in self.parts["exrules"])
        if self.parts["exdates"]:
            said.append(self.number(words.without_dates, len(self.parts["exdates"])))
        return ", ".join(said)

    def rule(self, rule: Rule) -> str:
        words = self.words
        one, several = words.every[rule["freq"]]
        said = [one if rule["interval"] == 1 else several.format(n=rule["interval"])]
        if rule["months"]:
            said.append(words.months.format(self.all_of([self.month_names[month] for month in rule["months"]])))
        if rule["week_numbers"]:
            said.append(
                words.weeks.format(self.all_of([words.week(week) for week in _from_the_front(rule["week_numbers"])]))
            )
        if rule["year_days"]:
            said.append(
                words.year_days.format(
                    self.all_of([words.nth(day, words.day) for day in _from_the_front(rule["year_days"])])
                )
            )
        if rule["month_days"]:
            said.append(
                words.days.format(self.all_of([self.month_day(day) for day in _from_the_front(rule["month_days"])]))
            )
        filtered = self.weekdays_filter(rule)
        if rule["weekdays"] and not filtered:
            said.append(words.weekdays.format(self.all_of([self.weekday(*day) for day in rule["weekdays"]])))
        said.extend(self.times(rule))
        text = " ".join(said)
        if filtered:
            names = [self.weekday_names[day - 1] for day, _ in rule["weekdays"]]
            text += ", " + words.if_weekday.format(babel.lists.format_list(names, style="or", locale=self.locale))
        if rule["positions"]:
            text += ", " + words.positions.format(
                self.all_of([words.nth(n, "").strip() for n in _from_the_front(rule["positions"])])
            )
        if rule["skip"] != "omit":
            text += ", " + words.skip[rule["skip"]]
        if rule["count"] is not None:
            text += ", " + self.number(words.count, rule["count"])
        if rule["until"] is not None:
            text += ", " + words.until.format(self.until(*rule["until"]))
        return text

    @staticmethod
    def weekdays_filter(rule: Rule) -> bool:
        """Whether weekdays only choose from days that are said already."""
        said = rule["month_days"] or rule["year_days"] or (rule["freq"] == "DAILY" and rule["interval"] > 1)
        return bool(said and rule["weekdays"]) and not any(nth for _, nth in rule["weekdays"])

    def weekday(self, weekday: int, nth: int) -> str:
        name = self.weekday_names[weekday - 1]
        return self.words.nth(nth, name) if nth else self.words.weekday.format(noun=name)

    def month_day(self, day: int) -> str:
        return self.words.month_day(day) if day > 0 else self.words.nth(day, self.words.day)

    def times(self, rule: Rule) -> list[str]:
        """The times of day, where the rule and the start say them; else the parts that it limits."""
        hours, minutes, seconds = rule["hours"], rule["minutes"], rule["seconds"]
        kind, ticks = self.parts["start"]
        if rule["freq"] in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY"):
            if kind == 0:
                return []
            start = wall_time(ticks)
            clock = [
                dt.time(hour, minute, min(second, 59))
                for hour in hours or [start.hour]
                for minute in minutes or [start.minute]
                for second in seconds or [start.second]
            ]
            enough = 12
            if len(clock) <= enough:
                said = self.words.times.format(self.all_of([self.clock(time) for time in clock]))
                # One o'clock is the one hour that Spanish counts in the singular.
                singular = self.locale.language == "es" and clock[0].hour == 1
                return [said.replace("a las ", "a la ", 1) if singular else said]
            # More than one would read: the parts by themselves.
            minutes = minutes or [start.minute]
            seconds = [] if seconds == [0] else seconds
        named = [(self.words.hours, hours), (self.words.minutes, minutes), (self.words.seconds, seconds)]
        return [
            words[len(numbers) > 1].format(self.all_of([str(number) for number in numbers]))
            for words, numbers in named
            if numbers
        ]

    @staticmethod
    def clock(time: dt.time) -> str:
        return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"

    def until(self, is_date: bool, ticks: int) -> str:
        last = wall_time(ticks)
        day = babel.dates.format_date(last.date(), "long", self.locale)
        if self.locale.language == "fr" and last.day == 1:
            day = day.replace("1 ", "1er ", 1)
        return day if is_date else f"{day}, {self.clock(last.time())}"

    def all_of(self, items: list[str]) -> str:
        return babel.lists.format_list(items, locale=self.locale)

    @staticmethod
    def number(words: tuple[str, str], number: int) -> str:
        return words[0] if number == 1 else words[1].format(n=number)
