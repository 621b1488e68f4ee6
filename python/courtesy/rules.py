"""A shop's rules: from TOML files and texts, or from Python objects with the same keys."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from courtesy import _core
from courtesy.errors import RuleError, RuleWarning

__all__ = ["Occasion", "Rules", "Step"]


class _Keys:
    """The keys of a table in a rule file."""

    def __init__(self, **keys: Any) -> None:
        self._keys = {key: value for key, value in keys.items() if value is not None}

    def to_dict(self) -> dict[str, Any]:
        """The keys as plain values, as they would stand in a rule file."""
        return {key: _plain(value) for key, value in self._keys.items()}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.to_dict() == other.to_dict()  # type: ignore[attr-defined]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        inner = ", ".join(f"{key}={value!r}" for key, value in self._keys.items())
        return f"{type(self).__name__}({inner})"


class Step(_Keys):
    """One contact within an occasion: ``Step(before="21 days", at="10:00", message="service-due")``.

    Keys: name, before or after (spans), at, audience, channels, message. See docs/rules.md.
    """


class Occasion(_Keys):
    """A rule: when a courtesy falls due, for whom, and how it is said.

    The keys are those of ``[[occasion]]`` in a rule file (see docs/rules.md); spans may be ``timedelta``, times of day
    ``time`` and dates ``date``.

    >>> Occasion("thank-you", on="purchase", after=dt.timedelta(days=1), at=dt.time(10))
    Occasion(name='thank-you', on='purchase', after=datetime.timedelta(days=1), at=datetime.time(10, 0))
    """

    def __init__(self, name: str, **keys: Any) -> None:
        super().__init__(name=name, **keys)


def _plain(value: Any) -> Any:
    if isinstance(value, _Keys):
        return value.to_dict()
    if isinstance(value, dt.timedelta):
        return _span(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value


def _span(value: dt.timedelta) -> str:
    if value < dt.timedelta(0):
        raise RuleError("a span is never negative; write before= instead of after=")
    parts = [f"{value.days} days"] if value.days or not value.seconds else []
    minutes, seconds = divmod(value.seconds, 60)
    if seconds or value.microseconds:
        raise RuleError(f"a span counts whole minutes, found {value}")
    if minutes:
        parts.append(f"{minutes} minutes")
    return " ".join(parts)


class Rules:
    """A shop's occasions and policy, read and checked.

    Built from a file, a text or objects; every problem is reported at once, in one RuleError. What was read and has
    no effect is warned of with RuleWarning.

    >>> rules = Rules([Occasion("thanks", on="purchase", after="1 day")], shop={"zone": "Europe/London"})
    >>> rules.occasions
    ['thanks']
    """

    def __init__(
        self,
        occasions: Iterable[Occasion | Mapping[str, Any]] = (),
        policy: Mapping[str, Any] | None = None,
        shop: Mapping[str, Any] | None = None,
    ) -> None:
        tree: dict[str, Any] = {"occasion": [_plain(occasion) for occasion in occasions]}
        if policy:
            tree["policy"] = _plain(policy)
        if shop:
            tree["shop"] = _plain(shop)
        self._core = _core.Rules.from_tree(tree)
        _warn(self._core)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Rules:
        """The rules of a TOML file. Raises RuleError with file, line and column; OSError where it cannot be read."""
        data = Path(path).read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise RuleError(f"{os.fspath(path)}:{line}: it is not UTF-8 text") from None
        return cls._of(_core.Rules.from_toml(text, os.fspath(path)))

    @classmethod
    def loads(cls, text: str) -> Rules:
        """The rules of a TOML text."""
        return cls._of(_core.Rules.from_toml(text, ""))

    @classmethod
    def _of(cls, core: _core.Rules) -> Rules:
        rules = cls.__new__(cls)
        rules._core = core
        _warn(core)
        return rules

    @property
    def occasions(self) -> list[str]:
        """The names of the occasions, in their order."""
        return self._core.occasions

    @property
    def shop(self) -> dict[str, str]:
        """The shop's name, zone and locale."""
        return {"name": self._core.shop_name, "zone": self._core.shop_zone, "locale": self._core.shop_locale}

    def describe(self, occasion: str) -> dict[str, Any]:
        """An occasion's name, purpose, priority and steps. Raises MissingError where there is none of that name."""
        return self._core.describe(occasion)

    def __len__(self) -> int:
        return len(self._core.occasions)

    def __repr__(self) -> str:
        return f"<Rules: {len(self)} occasions, zone {self._core.shop_zone}>"


def _warn(core: _core.Rules) -> None:
    for message, file, line, _column in core.warnings:
        place = f"{file}:{line}: " if file and line else ""
        warnings.warn(f"{place}{message}", RuleWarning, stacklevel=4)
