"""What guides and READMEs say to type can be typed, and what they say of the sample is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from pipelines.cli import app
from pipelines.common.paths import PROJECT

PAGES = sorted(
    [*(PROJECT / "docs").rglob("*.md"), *PROJECT.glob("README*.md"), *(PROJECT / "deploy").rglob("*.md")]
)
COMMANDS = typer.main.get_command(app).commands
LINE = re.compile(r"(?:^|`|\$ )(?:\.venv/bin/)?thidua ([a-z][^`\n]*)", re.MULTILINE)
SAMPLE = re.compile(r"(?:sample|mẫu|Mẫu)[^.\n]{0,40}? (\d{3}) (?:tệp|synthetic files)")


def _lines(page: Path) -> list[str]:
    """What is typed after ``thidua``: in blocks, and between backticks."""
    return [line.split("  ")[0].split(" #")[0] for line in LINE.findall(page.read_text("utf-8"))]


def _wrong(line: str) -> list[str]:
    """A command or an option of a line that there is not; the values are the reader's own."""
    try:
        words = shlex.split(line.replace("|", " ").replace("[", " ").replace("]", " "))
    except ValueError:
        words = line.split()
    name = words[0].rstrip(",.;:")
    if name not in COMMANDS:
        return [name]
    options = {flag for one in COMMANDS[name].params for flag in (*one.opts, *one.secondary_opts)}
    typed = [word.split("=")[0].rstrip(",.;:)") for word in words[1:] if word.startswith("--")]
    return [word for word in typed if word not in options | {"--help"}]


def test_a_command_that_is_not_there_is_seen() -> None:
    assert _wrong("nightli --home x") == ["nightli"]
    assert _wrong("status --hom x") == ["--hom"]
    assert _wrong("rules --out sổ.xlsx") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_to_type_is_there(page: Path) -> None:
    assert {line: wrong for line in _lines(page) if (wrong := _wrong(line))} == {}


def test_every_command_is_in_both_readmes() -> None:
    for name in ("README.md", "README.vi.md"):
        told = (PROJECT / name).read_text("utf-8")
        assert {one for one in COMMANDS if not re.search(rf"(?:thidua|\|) {one}\b", told)} <= {"nightly"}, (
            name
        )


def test_what_is_said_of_the_sample_is_so() -> None:
    there = sum(path.is_file() for path in (PROJECT / "data" / "raw").rglob("*"))
    said = {page.name: SAMPLE.findall(page.read_text("utf-8")) for page in PAGES}
    assert sum(map(len, said.values())) >= 3
    assert {name: found for name, found in said.items() if {*found} - {str(there)}} == {}
