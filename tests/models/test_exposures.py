"""Exposures say what is read: the marts named in the SQL of a page or report and of what it calls."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.common.paths import DBT_PROJECT, PROJECT
from pipelines.publish.marts import marts

EXPOSURES: list[dict[str, Any]] = yaml.safe_load(
    (DBT_PROJECT / "models" / "exposures.yml").read_text("utf-8")
)["exposures"]
ROOMS = ("dashboards", "pipelines.reports")
"""Packages that ask the published file."""
MARTS = {table.name for table in marts()}


@cache
def _module(name: str) -> Path | None:
    for path in (PROJECT / f"{name.replace('.', '/')}.py", PROJECT / name.replace(".", "/") / "__init__.py"):
        if path.exists() and name.startswith(ROOMS) and name != "dashboards.snapshot":
            return path
    return None


def _named(nodes: list[ast.AST]) -> set[str]:
    """Marts named in the strings below some nodes, documentation left out."""
    words: set[str] = set()
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= set(re.findall(r"\w+", node.value))
    return words & MARTS


def _read(path: Path, wanted: set[str] | None, seen: set[tuple[Path, str]]) -> set[str]:
    """Marts that a module reads: all of it, or what some of its names do."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    own: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            own[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            own |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    found: set[str] = set()
    ahead = set(own) if wanted is None else set(wanted)
    while ahead:
        name = ahead.pop()
        if (path, name) in seen:
            continue
        seen.add((path, name))
        if name in own:
            found |= _named([own[name]])
            used = {node.id for node in ast.walk(own[name]) if isinstance(node, ast.Name)}
            ahead |= used & (set(own) | set(imported))
        elif name in imported:
            module, original = imported[name]
            inner = _module(f"{module}.{original}")
            if inner is not None:
                found |= _read(inner, None, seen)
            elif (source := _module(module)) is not None:
                found |= _read(source, {original}, seen)
    return found


def _declared(exposure: dict[str, Any]) -> set[str]:
    return set(re.findall(r"ref\('(\w+)'\)", str(exposure["depends_on"])))


@pytest.mark.parametrize(
    "exposure", [one for one in EXPOSURES if one["type"] != "notebook"], ids=lambda exposure: exposure["name"]
)
def test_an_exposure_names_what_its_files_read(exposure: dict[str, Any]) -> None:
    found: set[str] = set()
    for place in exposure["config"]["meta"]["reads"]:
        paths = sorted((PROJECT / place).rglob("*.py")) if (PROJECT / place).is_dir() else [PROJECT / place]
        for path in paths:
            found |= _read(path, None, set())
    assert found == _declared(exposure)


def test_what_only_analysts_read_is_read_by_no_page() -> None:
    by_hand = set().union(*(_declared(one) for one in EXPOSURES if one["type"] == "notebook"))
    assert not by_hand & set().union(*(_declared(one) for one in EXPOSURES if one["type"] != "notebook"))


def test_every_page_and_report_is_declared() -> None:
    places = {place for exposure in EXPOSURES for place in exposure["config"]["meta"]["reads"]}
    readers = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "dashboards" / "pages").glob("*.py")
        if "def pages(" in path.read_text("utf-8")
    }
    assert readers <= places
