"""What README.md and docs/ show is what happens: examples print what stands below them, quotations are word for word.

A ```python block that is followed by a ```text block is a whole program, and the text is its whole output. A ```python
block whose first line is a comment with the path of a file is quoted from that file.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

import courtesy
from courtesy.cli import main

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
PATH = re.compile(r"# ([\w/.]+\.\w+)\n+")
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#[^)]*)?\)")


class Block(NamedTuple):
    page: Path
    line: int
    language: str
    body: str
    output: str | None

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = list(BLOCK.finditer(text))
    blocks = []
    for block, following in itertools.zip_longest(found, found[1:]):
        shown = following and following["language"] == "text" and not text[block.end() : following.start()].strip()
        line = text.count("\n", 0, block.start()) + 1
        output = following["body"] if following and shown else None
        blocks.append(Block(page, line, block["language"], block["body"], output))
    return blocks


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
PYTHON = [block for block in BLOCKS if block.language == "python"]
EXAMPLES = [block for block in PYTHON if block.output is not None]
QUOTATIONS = [block for block in PYTHON if PATH.match(block.body)]


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block.name)
def test_an_example_prints_what_stands_below_it(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.body, block.name, "exec"), {"__name__": "__main__"})
    assert printed.getvalue() == block.output


@pytest.mark.parametrize("block", QUOTATIONS, ids=lambda block: block.name)
def test_a_quotation_stands_in_the_file_that_it_names(block: Block) -> None:
    heading = PATH.match(block.body)
    assert heading is not None
    assert block.body[heading.end() :] in (ROOT / heading[1]).read_text(encoding="utf-8")


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.name)
def test_python_is_either_run_or_quoted(block: Block) -> None:
    assert block in EXAMPLES or block in QUOTATIONS, "no test would notice if this were wrong"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "toml" and block.page.name == "README.md"]
)
def test_the_rules_that_are_shown_are_rules(block: Block) -> None:
    assert courtesy.Rules.loads(block.body).occasions


def second_words(first: str) -> set[str]:
    lines = [line for block in BLOCKS if block.language == "sh" for line in block.body.splitlines()]
    return {words[1] for words in (line.split() for line in lines) if len(words) > 1 and words[0] == first}


def test_the_verbs_of_dev_that_are_named_exist() -> None:
    helped = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
    named = second_words("./dev")
    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r"^ +([a-z]+)\b", helped, re.MULTILINE))


def test_the_commands_of_courtesy_that_are_named_exist() -> None:
    named = second_words("courtesy")
    assert named
    assert named <= set(main.commands)
