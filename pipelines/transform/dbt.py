"""dbt in this process: parse, build a half of the models, hand back what happened to each node."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.common.digest import of_files
from pipelines.common.paths import DBT_PROJECT, Home
from pipelines.common.processes import temporary_folder
from pipelines.transform.model import Model

FIRST_HALF, SECOND_HALF = "first_half", "second_half"
"""Tags of the models before tonight's findings, and after."""
WHOLE = {FIRST_HALF: "tag:first_half source:raw", SECOND_HALF: "tag:second_half"}
"""What dbt selects for a whole half."""
FINE = ("success", "pass", "warn", "no-op")
"""How a node ends that held nothing back."""
_KEPT = "manifest-of-"
"""Begins the name of the file that holds the manifest; the rest says of which project."""
CI = "in_ci"
IN_CI = f"tag:{CI}"
"""Tests of the models' SQL that the sample answers; a night does not ask again."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One dbt node after a build."""

    unique_id: str
    status: str
    """success | error | skipped | pass | fail | warn"""
    message: str
    seconds: float
    failures: int
    asks: tuple[str, ...]
    """Of a test: the models and sources it asks about."""
    sql: str


class DbtFailed(Exception):
    """A model or a test of dbt failed; the message names node and cause."""


@contextmanager
def _environment(home: Home) -> Iterator[None]:
    """Point dbt at one home: its profile reads these variables; no usage statistics leave the machine."""
    wanted = {
        "THIDUA_STAGING": str(home.staging),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_PROJECT_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str(home.dbt_target),
        "DBT_LOG_PATH": str(home.dbt_target / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _run(home: Home, arguments: list[str], manifest: Any = None) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    home.dbt_target.mkdir(parents=True, exist_ok=True)
    home.staging.parent.mkdir(parents=True, exist_ok=True)
    with _environment(home):
        try:
            return dbtRunner(manifest=manifest).invoke(
                ["--log-level", "none", "--no-use-colors", "--no-version-check", *arguments]
            )
        finally:
            # dbt keeps its handle on the file for the life of the process; the next stage needs it.
            if DuckDBConnectionManager._ENV is not None:
                DuckDBConnectionManager._ENV.close()
            DuckDBConnectionManager.close_all_connections()


def _project() -> str:
    """What the project is: its files, and who reads them; an unpacked release keeps their old times."""
    return f"{of_files([DBT_PROJECT])[:16]}-{version('dbt-core')}"


_parsed: dict[str, Any] = {}
"""What dbt read of the project, by what it is: that costs seconds, whatever the home."""


def _parse(home: Home) -> Any:
    project = _project()
    if project not in _parsed:
        outcome = _run(home, ["parse"])
        if not outcome.success:
            raise DbtFailed(f"the dbt project does not parse: {outcome.exception}")
        _parsed.clear()
        _parsed[project] = outcome.result
    return _parsed[project]


def _invoke(home: Home, arguments: list[str]) -> Any:
    return _run(home, arguments, _parse(home))


def build(home: Home, selection: str, only_tests: bool = False) -> list[NodeResult]:
    """Build and test some models on the staging file of a home.

    Args:
        home: whose staging file is worked on.
        selection: a value of ``WHOLE``, or names of models and sources.
        only_tests: their rows are there already.

    Returns:
        A result per node, in the order they ended.

    Raises:
        DbtFailed: when dbt could not run at all (a failing node is a result, not an error).
    """
    outcome = _invoke(
        home,
        [
            "build",
            *(["--resource-type", "test"] if only_tests else []),
            *("--select", *selection.split()),
            *("--exclude", IN_CI, "--exclude-resource-type", "unit_test"),
        ],
    )
    if outcome.result is None:
        raise DbtFailed(str(outcome.exception))
    return [
        NodeResult(
            unique_id=result.node.unique_id,
            status=str(result.status),
            message=result.message or "",
            seconds=result.execution_time,
            failures=result.failures or 0,
            asks=tuple(result.node.depends_on.nodes) if result.node.resource_type == "test" else (),
            sql=result.node.compiled_code or "",
        )
        for result in outcome.result.results
    ]


def run_models(home: Home, wanted: Collection[str], without: Collection[str] = ()) -> None:
    """Build models with all they need, but not those named in ``without``; no tests.

    Raises:
        DbtFailed: when a model was not built.
    """
    leave = ["--exclude", *without] if without else []
    outcome = _invoke(home, ["run", "--select", *(f"+{name}" for name in wanted), *leave])
    if not outcome.success:
        failed = [result.message for result in outcome.result or () if str(result.status) != "success"]
        raise DbtFailed("; ".join(str(message) for message in failed[:3]) or str(outcome.exception))


def run_tests(home: Home, selection: str = "test_type:unit") -> dict[str, str]:
    """Run tests of the models on a staging file that has every model's table, empty or not.

    Args:
        home: whose staging file is asked.
        selection: of dbt; the unit tests, or ``IN_CI``.

    Returns:
        Name of the test -> ``pass``, or what went wrong.

    Raises:
        DbtFailed: when dbt could not run at all.
    """
    outcome = _invoke(home, ["test", "--select", selection])
    if outcome.result is None:
        raise DbtFailed(str(outcome.exception))
    return {
        result.node.name: "pass" if str(result.status) == "pass" else f"{result.status}: {result.message}"
        for result in outcome.result.results
    }


def compile_models(home: Home) -> dict[str, Model]:
    """Compile every model to plain SQL.

    Args:
        home: a throw-away home; removed afterwards.

    Returns:
        Models by name.

    Raises:
        DbtFailed: when a model does not compile.
    """
    try:
        outcome = _invoke(home, ["compile", "--no-introspect"])
        if not outcome.success:
            raise DbtFailed(f"the dbt project does not compile: {outcome.exception}")
        nodes = [result.node for result in outcome.result.results]
    finally:
        shutil.rmtree(home.root, ignore_errors=True)
    models = {node.unique_id: node for node in nodes if node.resource_type == "model"}
    return {
        node.name: Model(
            schema=node.schema,
            name=node.name,
            is_view=node.config.materialized == "view",
            sql=node.compiled_code,
            needs=tuple(models[need].name for need in node.depends_on.nodes if need in models),
        )
        for node in models.values()
    }


def write_docs(out: Path) -> None:
    """The documentation of all models as one page: lineage, columns, SQL; it asks for nothing of the network.

    Args:
        out: the file to write. It tells of the models only; no row of anything is read.

    Raises:
        DbtFailed: when the project does not compile.
    """
    with temporary_folder() as folder:
        home = Home(folder)
        outcome = _invoke(home, ["docs", "generate", "--static", "--empty-catalog"])
        if not outcome.success:
            raise DbtFailed(f"the documentation was not made: {outcome.exception}")
        page = (home.dbt_target / "static_index.html").read_text("utf-8")
    out.write_text(page.replace(str(folder), ""), "utf-8")


def manifest(home: Home) -> dict[str, Any]:
    """The manifest of the dbt project, made anew when the project is another than the one it is of.

    Raises:
        DbtFailed: when the project does not parse.
    """
    path = home.dbt_target / f"{_KEPT}{_project()}.json"
    loaded: dict[str, Any]
    if path.exists():
        with suppress(ValueError):  # a night that is killed may leave half of it
            loaded = json.loads(path.read_text("utf-8"))
            return loaded
    parsed = _parse(home)
    for other in home.dbt_target.glob(f"{_KEPT}*.json"):
        other.unlink()
    parsed.write(str(path))
    loaded = json.loads(path.read_text("utf-8"))
    return loaded
