"""The models as plain SQL, compiled once per state of the project: for `thidua check` and quick tests."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
from filelock import FileLock

from pipelines.common.digest import of_files
from pipelines.common.paths import DBT_PROJECT, Home
from pipelines.common.sql import quoted
from pipelines.transform import dbt
from pipelines.transform.model import Model

CACHE = DBT_PROJECT / "target"
DATABASE = "thidua"
"""Name of the database in compiled SQL: the stem of the staging file."""


def compiled_models() -> list[Model]:
    """Every model in an order in which they can be built.

    The result is kept in ``dbt_project/target`` under the digest of the project's files; processes that ask
    at once wait for the first.

    Raises:
        DbtFailed: when the project does not compile.
    """
    kept = CACHE / f"compiled-{of_files([DBT_PROJECT])[:16]}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(kept.with_suffix(".lock")):
            if not kept.exists():
                _compile(kept)
    return [Model(**{**item, "needs": tuple(item["needs"])}) for item in json.loads(kept.read_text("utf-8"))]


def _compile(kept: Path) -> None:
    """Compile into a file, which is there whole or not at all."""
    ordered = _in_order(dbt.compile_models(Home(CACHE / f"home-{os.getpid()}")))
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_text(
        json.dumps([{name: getattr(model, name) for name in Model.__slots__} for model in ordered]), "utf-8"
    )
    os.replace(unfinished, kept)


def build_models(
    connection: duckdb.DuckDBPyConnection,
    wanted: Collection[str] | None = None,
    given: Collection[str] = (),
    models: Sequence[Model] | None = None,
) -> None:
    """Build models on a connection whose database is named ``thidua`` and holds raw, ref, meta, quality.

    Args:
        connection: see ``in_memory``.
        wanted: names of models; those they need are built first. None: all.
        given: names of models whose tables stand there already; what only they need is not built.
        models: of ``compiled_models``, where the caller has them.
    """
    for model in with_needs(models or compiled_models(), wanted, given):
        kind = "VIEW" if model.is_view else "TABLE"
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{model.schema}"')
        connection.execute(f'CREATE OR REPLACE {kind} "{model.schema}"."{model.name}" AS {model.sql}')


def with_needs(
    models: Sequence[Model], wanted: Collection[str] | None, given: Collection[str] = ()
) -> list[Model]:
    """Models and those they need, but for what is given and what only that needs, in the order of ``models``.

    Args:
        models: of ``compiled_models``.
        wanted: names of models; None: all.
        given: names of models whose tables stand there already.
    """
    by_name = {model.name: model for model in models}
    chosen: set[str] = set()

    def choose(name: str) -> None:
        if name in by_name and name not in chosen and name not in given:
            for need in by_name[name].needs:
                choose(need)
            chosen.add(name)

    for name in by_name if wanted is None else wanted:
        choose(name)
    return [model for model in models if model.name in chosen]


def in_memory(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection whose current database is named as compiled SQL expects; in memory, or a file."""
    connection = duckdb.connect()
    target = ":memory:" if path is None else str(path)
    connection.execute(f"ATTACH {quoted(target)} AS {DATABASE}")
    connection.execute(f"USE {DATABASE}")
    connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
    return connection


def _in_order(models: dict[str, Model]) -> list[Model]:
    ordered: dict[str, Model] = {}

    def place(model: Model) -> None:
        if model.name in ordered:
            return
        for need in model.needs:
            place(models[need])
        ordered[model.name] = model

    for name in sorted(models):
        place(models[name])
    return list(ordered.values())
