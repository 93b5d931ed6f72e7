"""Imports go downwards only, as docs/architecture.md draws them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT

# package -> packages of ours it may import (itself always)
ALLOWED = {
    "pipelines.text": set(),
    "pipelines.sentences": {"pipelines.common.yaml_files", "pipelines.text"},
    "pipelines.common": set(),
    "pipelines.contracts": {"pipelines.common.yaml_files"},
    "pipelines.inbox": {"pipelines.text"},
    "pipelines.rules.verdicts": set(),
    "pipelines.reference": {"pipelines.common.yaml_files", "pipelines.rules.verdicts", "pipelines.text"},
    "pipelines.rules": {
        "pipelines.common.yaml_files",
        "pipelines.forms",
        "pipelines.reference",
        "pipelines.sentences",
        "pipelines.text",
    },
    "pipelines.forms": {
        "pipelines.common.yaml_files",
        "pipelines.contracts",
        "pipelines.inbox",
        "pipelines.reference",
        "pipelines.sentences",
        "pipelines.text",
    },
    "pipelines.generate": {"pipelines.common", "pipelines.reference", "pipelines.text"},
    "pipelines.warehouse": {
        "pipelines.common",
        "pipelines.contracts",
        "pipelines.forms",
        "pipelines.inbox",
        "pipelines.night.request",
        "pipelines.reference",
    },
    "pipelines.transform": {"pipelines.common"},
    "pipelines.spark": {
        "pipelines.common",
        "pipelines.contracts",
        "pipelines.reference",
        "pipelines.sentences",
        "pipelines.transform",
        "pipelines.warehouse",
    },
    "expectations": {
        "pipelines.common",
        "pipelines.reference",
        "pipelines.sentences",
        "pipelines.text",
        "pipelines.warehouse",
    },
    "pipelines.publish": {"pipelines.common", "pipelines.contracts", "pipelines.sentences", "pipelines.text"},
    "pipelines.reports": {
        "pipelines.common",
        "pipelines.inbox",  # gives units their own files back
        "pipelines.night.request",
        "pipelines.reference",
        "pipelines.rules",
        "pipelines.sentences",
        "pipelines.text",
    },
    "dashboards": {
        "pipelines.common",
        "pipelines.contracts",
        "pipelines.reference",
        "pipelines.reports",
        "pipelines.rules",
        "pipelines.sentences",
        "pipelines.text",
    },
}


def _modules() -> Iterator[tuple[str, Path]]:
    for root in ("pipelines", "expectations", "dashboards"):
        for path in sorted((PROJECT / root).rglob("*.py")):
            relative = path.relative_to(PROJECT).with_suffix("")
            yield ".".join(part for part in relative.parts if part != "__init__"), path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    wrong = []
    for module, path in _modules():
        if not _within(module, package):
            continue
        for imported in _imports(path):
            ours = imported.split(".")[0] in {"pipelines", "expectations", "dashboards"}
            if ours and not any(_within(imported, allowed) for allowed in {package, *ALLOWED[package]}):
                wrong.append(f"{module} imports {imported}")
    assert not wrong


def test_great_expectations_is_touched_by_one_file_only() -> None:
    users = {
        path.relative_to(PROJECT).as_posix()
        for _, path in _modules()
        if any(name.split(".")[0] == "great_expectations" for name in _imports(path))
    }
    assert users == {"expectations/adapter.py"}


def test_the_table_of_the_architecture_page_is_this_one() -> None:
    page = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    table = page.split("| package | may import, beside itself |\n|---|---|\n", 1)[1].split("\n\n", 1)[0]
    drawn = {}
    for row in table.splitlines():
        package, *allowed = re.findall(r"`([\w.]+)`", row)
        drawn[package] = set(allowed)
    assert drawn == ALLOWED
