"""What `courtesy` gives: the names that the design promises, each documented, and nothing by accident."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.resources
import inspect
import pkgutil
import types

import pytest

import courtesy

PROMISED = {
    "plan", "Plan", "Reminder", "Reason", "Decision", "Rules", "Occasion", "Step", "simulate", "Simulation",
    "Error", "DataError", "RuleError", "ZoneError", "TimeError", "MissingError", "DataWarning", "RuleWarning",
    "StoreError", "LeaseError",
    "Recurrence", "next_after", "Workdays", "OpeningHours", "to_utc", "to_local", "tzdata_version", "__version__",
    "Report", "compare", "Comparison", "promises", "values",
    "Meter", "Forecast",
    "open", "Store", "Claim", "ClaimedReminder", "restore",
}  # fmt: skip


def test_all_that_is_promised_is_exported_and_nothing_else() -> None:
    assert set(courtesy.__all__) == PROMISED
    assert len(courtesy.__all__) == len(PROMISED)


def test_what_is_public_beside_them_is_a_module() -> None:
    others = {name for name in vars(courtesy) if not name.startswith("_")} - PROMISED
    assert {name for name in others if not isinstance(getattr(courtesy, name), types.ModuleType)} == {"annotations"}


@pytest.mark.parametrize("name", sorted(PROMISED - {"__version__"}))
def test_each_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(courtesy, name))


@pytest.mark.parametrize(
    "kind",
    [
        courtesy.Plan,
        courtesy.Rules,
        courtesy.Reminder,
        courtesy.Decision,
        courtesy.Reason,
        courtesy.Recurrence,
        courtesy.Report,
        courtesy.Comparison,
        courtesy.Store,
        courtesy.Claim,
        courtesy.ClaimedReminder,
    ],
)
def test_each_public_method_is_documented(kind: type) -> None:
    members = {name: member for name, member in vars(kind).items() if not name.startswith("_")}
    fields = set(getattr(kind, "__dataclass_fields__", ()))
    assert [name for name, member in members.items() if name not in fields and not inspect.getdoc(member)] == []


@pytest.mark.parametrize("name", [module.name for module in pkgutil.walk_packages(courtesy.__path__, "courtesy.")])
def test_each_module_names_what_it_gives(name: str) -> None:
    if name in ("courtesy._core", "courtesy.__main__"):
        return
    module = importlib.import_module(name)
    assert inspect.getdoc(module)
    assert [each for each in module.__all__ if not hasattr(module, each)] == []


def test_the_version_is_the_package_s() -> None:
    assert courtesy.__version__ == importlib.metadata.version("courtesy")


def test_it_brings_its_types() -> None:
    folder = importlib.resources.files(courtesy)
    assert (folder / "py.typed").is_file()
