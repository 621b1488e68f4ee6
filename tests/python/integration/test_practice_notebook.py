"""The notebook of the practice, executed by Jupyter's own client from the first cell to the last."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOK = Path(__file__).resolve().parents[3] / "examples" / "practice.ipynb"


@pytest.fixture(scope="module")
def executed(run_notebook: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The cells by their ids, with what they put out."""
    return run_notebook(NOTEBOOK.name)


def shown(cell: Any, kind: str) -> str:
    return "".join(output.data[kind] for output in cell.outputs if kind in output.get("data", {}))


def printed(cell: Any) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


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
            assert output.get("name") != "stderr", f"{name}: {output.text}"


def test_staff_read_what_to_do_this_morning(executed: dict[str, Any]) -> None:
    assert "12:15  front desk, call: p-012\n       After treatment 12 Mar 2027: " in printed(executed["today"])


def test_a_promise_that_is_kept_needs_no_apology(executed: dict[str, Any]) -> None:
    assert "Broken word 19 Mar 2027: promise for 18 Mar 2027" in printed(executed["promise"])
    assert printed(executed["kept"]).count("\n") == 1
    assert "Broken word" not in printed(executed["kept"])


def test_it_says_what_to_promise(executed: dict[str, Any]) -> None:
    page = shown(executed["promises"], "text/html")
    assert "call back" in page
    assert "quote" in page


def test_earlier_notices_are_more_and_at_other_times(executed: dict[str, Any]) -> None:
    assert "half-yearly-checkup" in shown(executed["change"], "text/html")
    assert "rerouted" in shown(executed["changes"], "text/plain")


def test_a_year_is_simulated(executed: dict[str, Any]) -> None:
    assert "Harbour Street Dental: 365 days from 16 Mar 2027, simulated" in shown(executed["year"], "text/html")


@pytest.mark.parametrize("cell", ["promises-plot", "change-plot", "year-plot", "other-plot"])
def test_the_plots_are_pictures(executed: dict[str, Any], cell: str) -> None:
    picture = base64.b64decode(shown(executed[cell], "image/png"))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
