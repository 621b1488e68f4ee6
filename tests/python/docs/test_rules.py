"""docs/rules.md: its examples are rules that load, and it names every key that the core knows."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest

import courtesy
from courtesy.rules import OccasionKeys, StepKeys

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
SOURCES = ROOT / "cpp" / "courtesy" / "rules"

FENCED = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = FENCED.findall(PAGE)
CONDITIONS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("when = ")]
CODE = re.findall(r"`([^`]+)`", FENCED.sub("", PAGE))


def lists_of_the_core() -> dict[str, set[str]]:
    """The keys that each table may have, by the file that reads it and their number there."""
    found = {}
    for file in sorted(SOURCES.glob("*.cpp")):
        text = file.read_text(encoding="utf-8")
        lists = re.findall(r"refuse_unknown\(\{((?:\s*\"\w+\",?)+)\}", text)
        lists += re.findall(r"_keys\(\) \{.*?keys = \{(.*?)\};", text, re.DOTALL)
        for number, keys in enumerate(lists):
            found[f"{file.name} {number}"] = set(re.findall(r"\"(\w+)\"", keys))
    return found


KEYS = lists_of_the_core()


def test_there_are_examples_and_lists_to_look_at() -> None:
    assert len(CONDITIONS) >= 7
    assert {"rules.cpp 0", "read_condition.cpp 0", "read_condition.cpp 1", "read_policy.cpp 0"} <= set(KEYS)
    assert {"on", "yearly", "every", "steps"} <= set.union(*KEYS.values())


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_of_the_page_loads(condition: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rules = courtesy.Rules.loads(f'[[occasion]]\nname = "a"\non = "purchase"\n{condition}\n')
    assert len(rules) == 1


@pytest.mark.parametrize("keys", KEYS.values(), ids=list(KEYS))
def test_the_page_names_every_key(keys: set[str]) -> None:
    assert keys
    assert not keys - set(re.findall(r"\w+", " ".join(CODE + BLOCKS)))


def test_python_has_the_keys_of_the_core() -> None:
    ours = [{"name", *OccasionKeys.__annotations__}, set(StepKeys.__annotations__)]
    assert [each for each in ours if each in KEYS.values()] == ours
