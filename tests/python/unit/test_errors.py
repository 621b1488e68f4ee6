"""The error tree: one root, natural builtins, places, and what survives pickling."""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import pytest

import courtesy
from courtesy.errors import data_error, error_at

NATURAL = {
    courtesy.DataError: ValueError,
    courtesy.RuleError: ValueError,
    courtesy.ZoneError: ValueError,
    courtesy.TimeError: ValueError,
    courtesy.MissingError: KeyError,
    courtesy.StoreError: RuntimeError,
    courtesy.LeaseError: courtesy.StoreError,
}


@pytest.mark.parametrize(("kind", "builtin"), NATURAL.items(), ids=lambda kind: kind.__name__)
def test_each_error_is_courtesys_and_a_builtin(kind: type[courtesy.Error], builtin: type[Exception]) -> None:
    assert issubclass(kind, courtesy.Error)
    assert issubclass(kind, builtin)
    error = kind("there is no such thing")
    assert str(error) == "there is no such thing"
    assert error.problems == []
    assert (error.file, error.line, error.column, error.table, error.row, error.field) == (None,) * 6


def test_a_place_in_a_table_is_told_in_words_and_as_attributes() -> None:
    error = data_error("it is empty", table="events", row=3, field="kind", file="events.csv", line=5)
    assert str(error) == "events, row 3, column 'kind' (events.csv:5): it is empty"
    assert (error.table, error.row, error.column, error.field) == ("events", 3, "kind", "kind")
    assert (error.file, error.line) == ("events.csv", 5)


def test_a_place_in_a_file_has_a_line() -> None:
    error = error_at(courtesy.RuleError, "it is not UTF-8 text", file="rules.toml", line=7)
    assert str(error) == "rules.toml:7: it is not UTF-8 text"
    assert (error.file, error.line, error.table, error.row) == ("rules.toml", 7, None, None)


def test_the_first_row_is_a_row() -> None:
    assert data_error("it is empty", table="customers", row=0, field="id").row == 0


def test_the_core_raises_these_errors() -> None:
    with pytest.raises(courtesy.ZoneError, match="Europe/Lodnon"):
        courtesy.to_local(dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc), "Europe/Lodnon")


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_an_error_can_be_copied_and_pickled(copied) -> None:
    error = data_error("it is empty", table="events", row=3, field="kind")
    other = copied(error)
    assert type(other) is courtesy.DataError
    assert str(other) == str(error)
    assert other.problems == error.problems
