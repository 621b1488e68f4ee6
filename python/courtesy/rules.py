"""A shop's rules: from TOML files and texts, or from Python objects with the same keys."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from courtesy import _core
from courtesy.counted import counted
from courtesy.errors import Error, RuleError, RuleWarning, error_at
from courtesy.text_file import read_text

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

__all__ = ["Occasion", "Rules", "Step"]

# A span is a text such as "3 days" or a timedelta, a time of day "10:00" or a time, a date its text or a date.


class StepKeys(TypedDict, total=False):
    """The keys of a step in a rule file."""

    name: str
    before: str | dt.timedelta
    after: str | dt.timedelta
    at: str | dt.time
    audience: str
    channels: str | list[str]
    message: str
    team: str
    against: str
    gestures: str | list[Mapping[str, Any]]
    novelty: str | dt.timedelta


class OccasionKeys(TypedDict, total=False):
    """The keys of an ``[[occasion]]`` in a rule file, but for its name."""

    on: str | list[str]
    after: str | dt.timedelta
    repeat: str | dt.timedelta
    times: int
    yearly: str
    of: str
    milestones: list[int]
    leap: str
    every: str | dt.timedelta | Mapping[str, float]
    since: str | list[str]
    first: str | dt.timedelta | Mapping[str, float]
    meter: str
    plausible: float
    whichever: str
    rrule: str
    start: str | dt.date
    rdate: list[str | dt.date]
    exdate: list[str | dt.date]
    match: Mapping[str, Any]
    restart: str
    silent: str | dt.timedelta | Mapping[str, float | str]
    due: str
    target: float | Mapping[str, str | dt.timedelta]
    steps: list[Step] | list[Mapping[str, Any]]
    when: Mapping[str, Any]
    until: str | list[str]
    purpose: str
    priority: int
    expires: str | dt.timedelta
    late: str
    move: str
    tolerance: str | dt.timedelta
    not_before: str | dt.date
    before: str | dt.timedelta
    at: str | dt.time
    audience: str
    channels: str | list[str]
    message: str
    team: str
    against: str
    gestures: str | list[Mapping[str, Any]]
    novelty: str | dt.timedelta


class _Keys:
    """The keys of a table in a rule file; the core says which of them are wrong."""

    def __init__(self, keys: Mapping[str, Any]) -> None:
        self._keys = {key: value for key, value in keys.items() if value is not None}

    def to_dict(self) -> dict[str, Any]:
        """The keys as plain values, as they would stand in a rule file."""
        return {key: _plain(value) for key, value in self._keys.items()}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Keys) or type(self) is not type(other):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self._keys.items())})"


class Step(_Keys):
    """One contact within an occasion.

    Its keys are those of a step in a rule file (docs/rules.md): name, before or after (spans: a text or a timedelta),
    at (a text or a time, or "best": the customer's own best hour), audience, team (of staff), channels, message, and
    against, what a deadline's step counts from ("due" or "target"). What is None counts as not given. They are checked
    when Rules are made of them.

    >>> import courtesy
    >>> courtesy.Step(before="21 days", at="10:00", message="service-due").to_dict()
    {'before': '21 days', 'at': '10:00', 'message': 'service-due'}
    """

    def __init__(self, **keys: Unpack[StepKeys]) -> None:
        super().__init__(keys)


class Occasion(_Keys):
    """A rule: when a courtesy falls due, for whom, and how it is said.

    Its keys are those of ``[[occasion]]`` in a rule file (docs/rules.md). Spans may be a timedelta, times of day a
    time, dates a date, steps Step objects or dicts. What is None counts as not given. They are checked when Rules are
    made of them.

    >>> import datetime as dt
    >>> import courtesy
    >>> thanks = courtesy.Occasion("thank-you", on="purchase", after=dt.timedelta(days=1), at=dt.time(10))
    >>> thanks
    Occasion(name='thank-you', on='purchase', after=datetime.timedelta(days=1), at=datetime.time(10, 0))
    >>> thanks.to_dict()["after"]
    '1 days'

    A promise, of which the desk is reminded well before it is broken, and customers who have not been seen for long:

    >>> desk = courtesy.Step(before="1 day", audience="staff", team="front desk", channels="call")
    >>> promise = courtesy.Occasion("promise", due="promise", target=0.6, steps=[desk])
    >>> win_back = courtesy.Occasion("win-back", silent={"cadence": 1.5}, since="purchase", at="best")
    >>> courtesy.Rules([promise, win_back]).occasions
    ['promise', 'win-back']
    """

    def __init__(self, name: str, **keys: Unpack[OccasionKeys]) -> None:
        super().__init__({"name": name, **keys})


# The core refuses what is nested deeper; one level more lets it say so.
_DEEPEST = 65


def _plain(value: Any, depth: int = 0) -> Any:
    if isinstance(value, _Keys):
        value = value._keys
    if isinstance(value, dt.timedelta):
        return _span(value)
    if isinstance(value, dt.time) and (value.second or value.microsecond or value.tzinfo is not None):
        raise RuleError(f"expected a time of day in whole minutes and without a zone, found {value}")
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        return value.tolist()
    if depth > _DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [_plain(item, depth + 1) for item in items]
    return value


def _span(value: dt.timedelta) -> str:
    if value < dt.timedelta(0):
        raise RuleError(f"a span is never negative, found {value}; write before= instead of after=")
    if value.microseconds:
        raise RuleError(f"expected a span of whole seconds, found {value}")
    if not value.seconds:
        return f"{value.days} days"
    return f"{value.days} days {value.seconds} seconds" if value.days else f"{value.seconds} seconds"


class Rules:
    """A shop's occasions and policy, read and checked.

    ``occasions`` are Occasion objects or dicts with the same keys, ``policy`` and ``shop`` dicts with the keys of
    ``[policy]`` and ``[shop]`` in a rule file (docs/rules.md). Rules do not change once they are made, and may be used
    for any number of plans, in any number of threads.

    Raises RuleError that holds every problem. Warns with RuleWarning of what was read and has no effect.

    >>> import courtesy
    >>> rules = courtesy.Rules(
    ...     [courtesy.Occasion("thank-you", on="purchase", after="1 day")], shop={"zone": "Europe/London"}
    ... )
    >>> rules.occasions
    ['thank-you']
    >>> courtesy.Rules(
    ...     [courtesy.Occasion("thank-you", on="purchase", when={"count": {"kind": "purchase", "min": 2}})],
    ...     policy={"caps": [{"purposes": ["care"], "most": 2, "per": "7 days", "scope": "household"}], "merge": True},
    ... )
    <Rules: 1 occasion, zone UTC>
    >>> courtesy.Rules([{"name": "thank-you", "on": "purchase", "aftr": "1 day"}])
    Traceback (most recent call last):
        ...
    courtesy.errors.RuleError: occasion 1 ('thank-you'): unknown key 'aftr' (did you mean 'after'?)
    """

    def __init__(
        self,
        occasions: Iterable[Occasion | Mapping[str, Any]] = (),
        policy: Mapping[str, Any] | None = None,
        shop: Mapping[str, Any] | None = None,
    ) -> None:
        if isinstance(occasions, (str, os.PathLike)):
            raise TypeError("occasions: expected a list of them, found a text; Rules.load(path) reads a rule file")
        if isinstance(occasions, (Occasion, Mapping)):
            raise TypeError("occasions: expected a list of them, found one; write Rules([occasion])")
        tree: dict[str, Any] = {"occasion": [_plain(occasion) for occasion in occasions]}
        if policy is not None:
            tree["policy"] = _plain(policy)
        if shop is not None:
            tree["shop"] = _plain(shop)
        self._core = _core.Rules.from_tree(tree)
        self._text: str | None = None  # as it was read
        _warn(self._core, stacklevel=2)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The rules of a TOML file (docs/rules.md).

        Raises RuleError with file, line and column of every problem, or with the file that cannot be read.
        """
        return cls._load(path, stacklevel=3)

    @classmethod
    def _load(cls, path: str | os.PathLike[str], stacklevel: int) -> Self:
        file = os.fspath(path)

        def error(message: str, line: int) -> Error:
            return error_at(RuleError, message, file=file, line=line)

        if Path(path).is_file():
            _core.Rules.check_size(Path(path).stat().st_size, file)
        text = read_text(Path(path), "a file", error)
        return cls._of(_core.Rules.from_toml(text, file), text, stacklevel + 1)

    @classmethod
    def loads(cls, text: str) -> Self:
        """The rules of a TOML text.

        Raises RuleError with line and column of every problem.

        >>> import courtesy
        >>> courtesy.Rules.loads('''
        ... [[occasion]]
        ... name = "birthday"
        ... yearly = "birthday"
        ... ''')
        <Rules: 1 occasion, zone UTC>
        """
        return cls._of(_core.Rules.from_toml(text, ""), text, stacklevel=3)

    @classmethod
    def _of(cls, core: _core.Rules, text: str, stacklevel: int) -> Self:
        rules = cls.__new__(cls)
        rules._core = core
        rules._text = text
        _warn(core, stacklevel)
        return rules

    @property
    def _source(self) -> tuple[str, str]:
        """Its form, and a text of it from which ``loads`` makes these rules again: as a store keeps them.

        The text is the one that was read; of rules made of objects it is TOML that says the same.
        """
        return "toml", self._core.written if self._text is None else self._text

    @classmethod
    def _from_source(cls, form: str, text: str) -> Self:
        """Rules of what ``_source`` gave, without the warnings that were told then."""
        if form != "toml":
            raise RuleError(f"expected rules in the form 'toml', found '{form}'; was it written by a newer version?")
        rules = cls.__new__(cls)
        rules._core = _core.Rules.from_toml(text, "")
        rules._text = text
        return rules

    @property
    def occasions(self) -> list[str]:
        """The names of the occasions, in their order."""
        return self._core.occasions

    @property
    def shop(self) -> dict[str, str]:
        """The shop's name, zone and locale."""
        return {"name": self._core.shop_name, "zone": self._core.shop_zone, "locale": self._core.shop_locale}

    @property
    def holidays_from(self) -> str:
        """The source of the country's holidays and its version, such as "holidays 0.109: GB, ENG, public, 1990 to
        2100"; empty where the rules name no country."""
        return self._core.holidays_from

    def describe(self, occasion: str) -> dict[str, Any]:
        """An occasion's name, purpose, priority and steps, as a dict.

        Each step has its name, ``before`` (whether its offset is subtracted), offset, audience, channels and message.
        Raises MissingError where there is no occasion of that name.
        """
        return self._core.describe(occasion)

    def __len__(self) -> int:
        return len(self._core.occasions)

    def __repr__(self) -> str:
        return f"<Rules: {counted(len(self), 'occasion')}, zone {self._core.shop_zone}>"


def _warn(core: _core.Rules, stacklevel: int) -> None:
    """Warns on behalf of the caller's caller for ``stacklevel`` 2, and so on, as ``warnings.warn`` counts."""
    for message, file, line, _column in core.warnings:
        place = f"{file}:{line}: " if file and line else ""
        warnings.warn(f"{place}{message}", RuleWarning, stacklevel=stacklevel + 1)
