"""A copy of the project that a test may change, and the checklists of docs/contributing.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.common.paths import PROJECT
from pipelines.transform.compiled import compiled_models

COPIED = ("pipelines", "expectations", "dashboards", "dbt_project", "data/reference", "docs", "tests")
ALONE = ("CHANGELOG.md", "README.md", "settings.yml", "pyproject.toml")
LEFT = ("logs", "home-*", "partial_parse.msgpack", "browser")
PAGE = PROJECT / "docs" / "contributing.md"


def checklist(task: str) -> dict[str, str]:
    """A list of docs/contributing.md: pattern of a file → when it is touched."""
    section = PAGE.read_text("utf-8").split(f'<a id="{task}"></a>', 1)[1].split("<a id=", 1)[0]
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", section, re.MULTILINE))


class ProjectCopy:
    """The project in a folder of its own, changed file by file; the original is never touched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched: set[str] = set()
        for folder in COPIED:
            ignored = shutil.ignore_patterns(*LEFT)
            shutil.copytree(PROJECT / folder, root / folder, ignore=ignored)
        for name in ALONE:
            shutil.copy2(PROJECT / name, root / name)

    def write(self, path: str, text: str) -> None:
        """A new file, or one in place of another."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        self.touched.add(path)

    def replace(self, path: str, old: str, new: str) -> None:
        """Change one place of a file."""
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) >= 1, f"{path} has no «{old}»"
        self.write(path, text.replace(old, new, 1))

    def append(self, path: str, text: str) -> None:
        """Add to the end of a file."""
        self.write(path, (self.root / path).read_text("utf-8").rstrip("\n") + "\n" + text)

    def run(self, script: str) -> Any:
        """What a script prints as JSON with the code and data of the copy."""
        outcome = subprocess.run(
            [sys.executable, "-c", script],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, outcome.stderr[-3000:]
        return json.loads(outcome.stdout.splitlines()[-1])

    def follows(self, task: str) -> None:
        """Assert that exactly what a list names was touched: all that is `always`, nothing else."""
        listed = {pattern: re.compile(_regex(pattern)) for pattern in checklist(task)}
        strays = {path for path in self.touched if not any(one.fullmatch(path) for one in listed.values())}
        assert strays == set()
        needed = {pattern for pattern, when in checklist(task).items() if when == "always"}
        assert {p for p in needed if not any(listed[p].fullmatch(path) for path in self.touched)} == set()


def _regex(pattern: str) -> str:
    return ".+".join(re.escape(part) for part in re.split(r"<[^>]+>", pattern))


@pytest.fixture(scope="session")
def compiled() -> None:
    """The models compiled once, so that copies which change no model need not compile their own."""
    compiled_models()


@pytest.fixture
def copy(tmp_path: Path) -> ProjectCopy:
    """A copy of the project."""
    return ProjectCopy(tmp_path / "thidua")
