"""The shape of the project, held as data: who may include whom, and what stands where.

C++: a file includes its own floor and those beneath it, a library is named only where it is at home, and no files
include each other in a circle. Python: the package stands on `courtesy._core`, the faces (command line, notebook,
web) stand on the package and not on each other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CPP = ROOT / "cpp"
PACKAGE = ROOT / "python" / "courtesy"


@dataclass(frozen=True)
class Floor:
    """A folder, the folders that it may include besides itself, and its nouns from the lowest to the highest."""

    folder: str
    may_include: frozenset[str]
    nouns: tuple[str, ...] = ()


def floor(folder: str, may_include: str = "", nouns: str = "") -> Floor:
    return Floor(folder, frozenset(may_include.split()) | {"."}, tuple(nouns.split()))


# "." is the ground that all stand on: errors and how they are worded. The nouns are those of the design; files that
# only help one of them are free to stand anywhere, as long as there is no circle.
FLOORS = [
    floor(".", "", "letters nearest in_quotes channel error"),
    floor("time", "", "civil span zone workdays recurrence"),
    floor("base", "time", "column arrow_in arrow_out table_builder customer_base event_rows base_builder"),
    floor(
        "insight",
        "time base",
        "meter cadence value promises similarity draws waits history visits episodes growth outcomes",
    ),
    floor("rules", "time", "node occasion policy rules reader toml"),
    floor("plan", "time base insight rules", "reminder plan reasons scan gates planner merge recheck plan_table"),
    floor(
        "store",
        "time base",
        "store_path file_lock sqlite schema open_store settings words journal outbox erasure backup",
    ),
    floor(
        "engine",
        "time base insight rules plan store",
        "simulate simulation_tables rules_in_force refresh claim store",
    ),
]
BY_FOLDER = {each.folder: each for each in FLOORS}

# Of `plan` the store may know the values alone.
PLAN_VALUES = {"courtesy/plan/reminder.h", "courtesy/plan/plan.h", "courtesy/plan/owed.h"}

# Where a library may be named. Any other include with brackets is the standard library.
HOMES = {
    "date/": r"courtesy/time/",
    "toml++/": r"courtesy/rules/toml\.",
    "sqlite3.h": r"courtesy/store/",
    "sys/mman.h": r"courtesy/huge_pages\.",
    "fcntl.h": r"courtesy/store/",
    "pthread.h": r"courtesy/store/file_lock\.",
    "sys/stat.h": r"courtesy/store/",
    "unistd.h": r"courtesy/(store/|engine/store)",
    "xxhash.h": r"courtesy/(base/hash|plan/key)\.",
    "pybind11/": r"bindings/",
    "Python.h": r"bindings/",
}

# Each face of the package, and the other faces that it may use: the desk is shared by both web frameworks.
FACES = {
    "cli": set(),
    "notebook": set(),
    "plot": set(),
    "desk": set(),
    "flask": {"desk"},
    "django": {"desk"},
}
# What starts a face, and is no part of the package beneath it.
STARTERS = {"__main__": {"cli"}}

TOP = {
    *("CMakeLists.txt", "CMakePresets.json", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "dev"),
    *("cpp", "python", "tests", "examples", "bench", "docs"),
}
MADE_BY_TOOLS = {"build", "dist"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]+)>|"([^"]+)")', re.MULTILINE)


def included(path: Path) -> list[str]:
    """What a file includes, as seen from cpp/: "courtesy/time/zone.h", "bindings/casters.h", "vector"."""
    found = []
    for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
        if match[2]:
            found.append(match[2])
        else:
            beside = path.parent / match[3]
            found.append(str(beside.resolve().relative_to(CPP)) if beside.exists() else match[3])
    return found


def folder_of(name: str) -> str:
    """The floor of "courtesy/time/zone.h" is "time", that of "courtesy/error.h" is "."."""
    parts = Path(name).parts[1:-1]
    return parts[0] if parts else "."


def fault_of_include(source: str, target: str) -> str | None:
    """Why `source` (a file under cpp/) must not include `target`; None where it may."""
    for prefix, home in HOMES.items():
        if target.startswith(prefix):
            return None if re.match(home, source) else f"{target} is at home in {home} alone"
    if target.startswith("bindings/"):
        return None if source.startswith("bindings/") else "the bindings stand above the core"
    if not target.startswith("courtesy/"):
        standard = re.fullmatch(r"[a-z_0-9]+", target)
        return None if standard else f"{target} belongs to no library that the core knows"
    if source.startswith("bindings/"):
        return None
    here, there = folder_of(source), folder_of(target)
    for folder in (here, there):
        if folder not in BY_FOLDER:
            return f"the folder {folder} is no floor"
    if here == there:
        nouns = BY_FOLDER[here].nouns
        upper, lower = Path(source).stem, Path(target).stem
        if upper in nouns and lower in nouns and nouns.index(lower) > nouns.index(upper):
            return f"within {here}, {lower} stands above {upper}"
        return None
    if there in BY_FOLDER[here].may_include or (here == "store" and target in PLAN_VALUES):
        return None
    return f"{here} may not include {there}"


def circle(edges: dict[str, Iterable[str]]) -> list[str] | None:
    """A path along the edges that ends where it began, or None."""
    done: set[str] = set()

    def walk(node: str, path: list[str]) -> list[str] | None:
        if node in path:
            return [*path[path.index(node) :], node]
        if node in done:
            return None
        for following in edges.get(node, ()):
            found = walk(following, [*path, node])
            if found:
                return found
        done.add(node)
        return None

    for start in edges:
        found = walk(start, [])
        if found:
            return found
    return None


def native_files() -> dict[str, Path]:
    files = [*CPP.rglob("*.h"), *CPP.rglob("*.cpp")]
    return {str(path.relative_to(CPP)): path for path in files}


def test_every_include_goes_downward() -> None:
    files = native_files()
    assert "courtesy/time/zone.h" in files
    assert "bindings/module.cpp" in files
    faults = [
        f"{name} includes {target}: {fault}"
        for name, path in sorted(files.items())
        for target in included(path)
        if (fault := fault_of_include(name, target))
    ]
    assert not faults, "\n".join(faults)


def test_every_included_file_of_ours_exists() -> None:
    files = native_files()
    missing = [
        f"{name} includes {target}"
        for name, path in sorted(files.items())
        for target in included(path)
        if target.startswith(("courtesy/", "bindings/")) and target not in files
    ]
    assert not missing, "\n".join(missing)


def test_no_files_include_each_other_in_a_circle() -> None:
    files = native_files()
    found = circle({name: [each for each in included(path) if each in files] for name, path in files.items()})
    assert found is None, " -> ".join(found or [])


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("courtesy/time/zone.cpp", "date/tz.h", True),
        ("courtesy/plan/gates.cpp", "date/tz.h", False),
        ("courtesy/time/zone.cpp", "courtesy/base/column.h", False),
        ("courtesy/plan/gates.h", "courtesy/insight/meter.h", True),
        ("courtesy/rules/rules.h", "courtesy/base/column.h", False),
        ("courtesy/rules/toml.cpp", "toml++/toml.h", True),
        ("courtesy/rules/reader.cpp", "toml++/toml.h", False),
        ("courtesy/time/civil.h", "courtesy/time/zone.h", False),
        ("courtesy/time/workdays.h", "courtesy/time/zone.h", True),
        ("courtesy/plan/plan.cpp", "pybind11/pybind11.h", False),
        ("courtesy/error.h", "courtesy/time/civil.h", False),
        ("courtesy/time/civil.h", "courtesy/error.h", True),
        ("courtesy/store/outbox.h", "courtesy/plan/plan.h", True),
        ("courtesy/store/outbox.h", "courtesy/plan/owed.h", True),
        ("courtesy/store/outbox.h", "courtesy/plan/planner.h", False),
        ("courtesy/store/file_lock.cpp", "fcntl.h", True),
        ("courtesy/engine/store.cpp", "sqlite3.h", False),
        ("courtesy/engine/store.h", "courtesy/engine/refresh.h", True),
        ("courtesy/plan/plan.h", "bindings/casters.h", False),
        ("bindings/bind_plan.cpp", "courtesy/plan/planner.h", True),
        ("courtesy/plan/plan.cpp", "boost/regex.hpp", False),
        ("courtesy/attic/plan.cpp", "courtesy/time/civil.h", False),
    ],
)
def test_an_include_is_judged_by_its_floor(source: str, target: str, allowed: bool) -> None:
    assert (fault_of_include(source, target) is None) is allowed


def test_a_circle_is_found_and_a_diamond_is_none() -> None:
    assert circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]
    assert circle({"a": ["b", "c"], "b": ["d"], "c": ["d"]}) is None


# --- Python


def module_of(path: Path) -> str:
    """The dotted name below `courtesy` ("cli.demo"); "" for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def statements(body: Iterable[ast.stmt], top_only: bool) -> Iterator[ast.stmt]:
    """All statements; with `top_only` those alone that run when the module is loaded."""
    for each in body:
        yield each
        if top_only and isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if top_only and isinstance(each, ast.If) and "TYPE_CHECKING" in ast.unparse(each.test):
            yield from statements(each.orelse, top_only)
            continue
        for part in ("body", "orelse", "finalbody"):
            yield from statements(getattr(each, part, ()), top_only)
        for handler in getattr(each, "handlers", ()):
            yield from statements(handler.body, top_only)


def imports_of(path: Path, modules: set[str], top_only: bool = False) -> set[str]:
    """The modules of the package that a file imports, by their names below `courtesy`."""
    here = module_of(path)
    package = here if path.name == "__init__.py" else here.rpartition(".")[0]
    found: set[str] = set()
    for each in statements(ast.parse(path.read_text(encoding="utf-8")).body, top_only):
        names: list[str] = []
        if isinstance(each, ast.Import):
            names = [alias.name for alias in each.names]
        elif isinstance(each, ast.ImportFrom):
            base = each.module or ""
            if each.level:
                above = ["courtesy", *(package.split(".") if package else [])]
                above = above[: len(above) - each.level + 1]
                base = ".".join([*above, base] if base else above)
            names = [f"{base}.{alias.name}" for alias in each.names]
        for name in names:
            if name != "courtesy" and not name.startswith("courtesy."):
                continue
            below = name.removeprefix("courtesy").removeprefix(".")
            while below and below not in modules:
                below = below.rpartition(".")[0]
            found.add(below)
    return found - {here}


def package_files() -> dict[str, Path]:
    return {module_of(path): path for path in PACKAGE.rglob("*.py")}


def face_of(module: str) -> str | None:
    first = module.partition(".")[0]
    return first if first in FACES else None


def fault_of_import(source: str, target: str) -> str | None:
    """Why the module `source` must not import `target` (names below `courtesy`); None where it may."""
    here, there = face_of(source), face_of(target)
    if there is None or here == there or there in STARTERS.get(source, set()):
        return None
    if here is None:
        return f"{there} stands above the package"
    return None if there in FACES[here] else f"{here} and {there} are faces beside each other"


def test_every_import_goes_downward() -> None:
    files = package_files()
    modules = {*files, "_core"}
    assert {"", "errors"} <= modules
    faults = [
        f"courtesy.{name} imports courtesy.{target}: {fault}"
        for name, path in sorted(files.items())
        for target in sorted(imports_of(path, modules))
        if (fault := fault_of_import(name, target))
    ]
    assert not faults, "\n".join(faults)


def test_no_modules_import_each_other_in_a_circle() -> None:
    files = package_files()
    modules = {*files, "_core"}
    # A submodule may name its own package, which is loaded before it.
    edges = {
        name: [each for each in imports_of(path, modules, top_only=True) if each and not name.startswith(each + ".")]
        for name, path in files.items()
    }
    found = circle(edges)
    assert found is None, " -> ".join(found or [])


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("cli.demo", "plan", True),
        ("plan", "cli.output", False),
        ("__main__", "cli", True),
        ("flask.views", "desk.page", True),
        ("flask.views", "django.models", False),
        ("cli.plan", "cli.output", True),
        ("cli", "notebook", False),
    ],
)
def test_an_import_is_judged_by_its_face(source: str, target: str, allowed: bool) -> None:
    assert (fault_of_import(source, target) is None) is allowed


def test_imports_are_read_in_all_their_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    (tmp_path / "cli").mkdir()
    path = tmp_path / "cli" / "demo.py"
    path.write_text(
        "import courtesy.plan\n"
        "from courtesy import rules, VERSION\n"
        "from .. import errors\n"
        "from .output import show\n"
        "import click\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from ..html import Table\n"
        "def late():\n    from courtesy._core import Plan\n",
        encoding="utf-8",
    )
    modules = {"", "plan", "rules", "errors", "html", "_core", "cli", "cli.output", "cli.demo"}
    assert imports_of(path, modules) == {"plan", "rules", "", "errors", "cli.output", "html", "_core"}
    assert imports_of(path, modules, top_only=True) == {"plan", "rules", "", "errors", "cli.output"}


# --- the top


def test_the_top_holds_what_the_design_names() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert not names - TOP - MADE_BY_TOOLS
    assert {"CMakeLists.txt", "pyproject.toml", "cpp", "python", "tests", "dev"} <= names
