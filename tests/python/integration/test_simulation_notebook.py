"""The notebook of the simulation, executed by Jupyter's own client from the first cell to the last."""

from __future__ import annotations

import ast
import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOK = Path(__file__).resolve().parents[3] / "examples" / "simulation.ipynb"


@pytest.fixture(scope="module")
def executed(run_notebook: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The cells by their ids, with what they put out."""
    return run_notebook(NOTEBOOK.name)


def shown(cell: Any, kind: str) -> str:
    return "".join(output.data[kind] for output in cell.outputs if kind in output.get("data", {}))


def test_it_is_stored_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.metadata == {}


def test_no_cell_warns_or_complains(executed: dict[str, Any]) -> None:
    for name, cell in executed.items():
        for output in cell.get("outputs", []):
            assert output.output_type != "error", name
            # Some readings of the garage's were typed wrong, and a warning says so.
            said = output.text if output.get("name") == "stderr" else ""
            assert not said or "and are not believed" in said, f"{name}: {said}"


def test_a_simulation_shows_itself_and_its_pictures_once(executed: dict[str, Any]) -> None:
    assert "Northside Garage: 182 days from 1 Dec 2026, simulated" in shown(executed["simulate"], "text/html")
    assert [output.output_type for output in executed["plot"].outputs] == ["execute_result"]
    assert base64.b64decode(shown(executed["plot"], "image/png")).startswith(b"\x89PNG")


def test_other_rules_met_the_same_events_and_made_more_work(executed: dict[str, Any]) -> None:
    assert shown(executed["other"], "text/plain") == "True"
    workshop = next(line for line in shown(executed["hours"], "text/plain").splitlines() if line.startswith("workshop"))
    before, after = (float(number) for number in workshop.split()[1:])
    assert after > before


def test_other_seeds_are_about_as_busy(executed: dict[str, Any]) -> None:
    contacts = ast.literal_eval(shown(executed["seeds"], "text/plain"))
    assert len(set(contacts)) > 1
    assert contacts[-1] < 1.3 * contacts[0]
