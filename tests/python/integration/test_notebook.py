"""The example notebook, executed by Jupyter's own client from the first cell to the last."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NOTEBOOK = EXAMPLES / "notebook.ipynb"


@pytest.fixture(scope="module")
def executed(run_notebook: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The cells by their ids, with what they put out."""
    return run_notebook(NOTEBOOK.name)


def texts(cell: Any, kind: str) -> str:
    return "".join(output.data[kind] for output in cell.outputs if kind in output.get("data", {}))


def printed(cell: Any) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def test_it_is_stored_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        assert cell.metadata == {}


def test_no_cell_warns_or_complains(executed: dict[str, Any]) -> None:
    for name, cell in executed.items():
        for output in cell.get("outputs", []):
            assert output.output_type != "error", name
            # Some readings of the garage's were typed wrong, and a warning says so.
            said = output.text if output.get("name") == "stderr" else ""
            assert not said or "and are not believed" in said, f"{name}: {said}"


def test_a_plan_shows_itself_as_a_table(executed: dict[str, Any]) -> None:
    page = texts(executed["plan"], "text/html")
    assert "<table" in page
    assert "planned" in page
    assert "service-due" in texts(executed["filter"], "text/html")


def test_it_says_why_and_why_not(executed: dict[str, Any]) -> None:
    assert printed(executed["explain"]).startswith("Service due ")
    assert "interval_time" in printed(executed["explain"])
    assert " withheld: " in printed(executed["why-not"])


def test_the_plot_is_a_picture(executed: dict[str, Any]) -> None:
    picture = base64.b64decode(texts(executed["plot"], "image/png"))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
