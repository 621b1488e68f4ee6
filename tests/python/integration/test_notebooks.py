"""The example notebooks, executed by Jupyter's own client from the first cell to the last."""

from __future__ import annotations

import ast
import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NOTEBOOKS = sorted(path.stem for path in EXAMPLES.glob("*.ipynb"))

# The cells of a notebook by their ids, with what they put out.
Cells = dict[str, Any]


def shown(cell: Any, kind: str) -> str:
    return "".join(output.data[kind] for output in cell.outputs if kind in output.get("data", {}))


def printed(cell: Any) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


@pytest.fixture(scope="module")
def execute(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Cells]:
    """Executes a notebook, each only once."""
    # A kernel of this very interpreter, whatever kernels the machine knows.
    kernel = tmp_path_factory.mktemp("jupyter") / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        json.dumps(
            {
                "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                "display_name": "Python 3",
                "language": "python",
            }
        )
    )
    known: dict[str, Cells] = {}

    def run(name: str) -> Cells:
        if name not in known:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("JUPYTER_PATH", str(kernel.parents[1]))
                patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
                notebook = nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)
                place = {"metadata": {"path": str(EXAMPLES)}}
                nbclient.NotebookClient(notebook, timeout=120, resources=place).execute()
            known[name] = {cell.id: cell for cell in notebook.cells}
        return known[name]

    return run


@pytest.fixture
def notebook(execute: Callable[[str], Cells]) -> Cells:
    return execute("notebook")


@pytest.fixture
def practice(execute: Callable[[str], Cells]) -> Cells:
    return execute("practice")


@pytest.fixture
def simulation(execute: Callable[[str], Cells]) -> Cells:
    return execute("simulation")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_is_stored_without_outputs(name: str) -> None:
    notebook = nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert cell.metadata == {}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_warns_or_complains(execute: Callable[[str], Cells], name: str) -> None:
    for cell_name, cell in execute(name).items():
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell_name
            said = output.text if output.get("name") == "stderr" else ""
            # Some readings of the garage's were typed wrong, and a warning says so.
            allowed = name != "practice" and "and are not believed" in said
            assert not said or allowed, f"{cell_name}: {said}"


# ---- a plan ----


def test_a_plan_shows_itself_as_a_table(notebook: Cells) -> None:
    page = shown(notebook["plan"], "text/html")
    assert "<table" in page
    assert "planned" in page
    assert "service-due" in shown(notebook["filter"], "text/html")


def test_it_says_why_and_why_not(notebook: Cells) -> None:
    assert printed(notebook["explain"]).startswith("Service due ")
    assert "interval_time" in printed(notebook["explain"])
    assert " withheld: " in printed(notebook["why-not"])


def test_the_plot_is_a_picture(notebook: Cells) -> None:
    picture = base64.b64decode(shown(notebook["plot"], "image/png"))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000


# ---- a practice and its year ----


def test_staff_read_what_to_do_this_morning(practice: Cells) -> None:
    assert "12:15  front desk, call: p-012\n       After treatment 12 Mar 2027: " in printed(practice["today"])


def test_a_promise_that_is_kept_needs_no_apology(practice: Cells) -> None:
    assert "Broken word 19 Mar 2027: promise for 18 Mar 2027" in printed(practice["promise"])
    assert printed(practice["kept"]).count("\n") == 1
    assert "Broken word" not in printed(practice["kept"])


def test_it_says_what_to_promise(practice: Cells) -> None:
    page = shown(practice["promises"], "text/html")
    assert "call back" in page
    assert "quote" in page


def test_earlier_notices_are_more_and_at_other_times(practice: Cells) -> None:
    assert "half-yearly-checkup" in shown(practice["change"], "text/html")
    assert "rerouted" in shown(practice["changes"], "text/plain")


def test_a_year_is_simulated(practice: Cells) -> None:
    assert "Harbour Street Dental: 365 days from 16 Mar 2027, simulated" in shown(practice["year"], "text/html")


@pytest.mark.parametrize("cell", ["promises-plot", "change-plot", "year-plot", "other-plot"])
def test_the_plots_are_pictures(practice: Cells, cell: str) -> None:
    picture = base64.b64decode(shown(practice[cell], "image/png"))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000


# ---- a year ----


def test_a_simulation_shows_itself_and_its_pictures_once(simulation: Cells) -> None:
    assert "Northside Garage: 182 days from 1 Dec 2026, simulated" in shown(simulation["simulate"], "text/html")
    assert [output.output_type for output in simulation["plot"].outputs] == ["execute_result"]
    assert base64.b64decode(shown(simulation["plot"], "image/png")).startswith(b"\x89PNG")


def test_other_rules_met_the_same_events_and_made_more_work(simulation: Cells) -> None:
    assert shown(simulation["other"], "text/plain") == "True"
    workshop = next(
        line for line in shown(simulation["hours"], "text/plain").splitlines() if line.startswith("workshop")
    )
    before, after = (float(number) for number in workshop.split()[1:])
    assert after > before


def test_other_seeds_are_about_as_busy(simulation: Cells) -> None:
    contacts = ast.literal_eval(shown(simulation["seeds"], "text/plain"))
    assert len(set(contacts)) > 1
    assert contacts[-1] < 1.3 * contacts[0]
