"""The examples in docstrings do what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import courtesy

MODULES = [
    name for _, name, _ in pkgutil.walk_packages(courtesy.__path__, "courtesy.") if not name.endswith("__main__")
]
OPTIONS = doctest.ELLIPSIS | doctest.REPORT_NDIFF


def examples_of(name: str) -> list[doctest.DocTest]:
    module = importlib.import_module(name)
    # An example stands by itself, as a reader would try it: nothing of the module's own names is at hand.
    found = doctest.DocTestFinder(exclude_empty=True).find(module, name, globs={})
    return [test for test in found if test.examples]


EXAMPLES = [test for name in MODULES for test in examples_of(name)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda test: test.name)
def test_the_example_of_a_docstring_works(example: doctest.DocTest) -> None:
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    runner.run(example, out=said.append)
    assert runner.failures == 0, "".join(said)


def test_what_one_calls_first_has_an_example() -> None:
    names = {test.name.split(".", 2)[-1] for test in EXAMPLES}
    assert {"plan", "Rules", "Rules.loads", "Occasion", "Step", "to_utc", "to_local"} <= names
