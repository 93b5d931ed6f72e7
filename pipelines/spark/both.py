"""Both engines over the same tables: what each finds, and whether it is the same."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from pipelines.common.bars import Bar
from pipelines.common.paths import Home
from pipelines.common.processes import temporary_folder
from pipelines.reference.settings import Engine
from pipelines.spark.compare import Difference, difference
from pipelines.spark.night import Counter
from pipelines.transform import counted
from pipelines.transform.compiled import build_models, compiled_models, in_memory
from pipelines.transform.model import Model

STAGING = "staging"
"""The schema of views that only name the sources."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison came to."""

    tables: int
    rows: int
    """Rows of all tables that were compared."""
    differences: tuple[Difference, ...]


def compare(home: Home, engine: Engine, bar: Bar) -> Compared:
    """Count all models of what the last night of a home read, on DuckDB and on Spark.

    Args:
        home: its staging file is copied, not written to; Spark works in a folder of it meanwhile.
        engine: where Spark works.
        bar: told how many tables there are, and of each that Spark has counted.
    """
    models = compiled_models()
    wanted = [model for model in models if model.schema != STAGING]
    with temporary_folder() as folder, Counter(engine, home.spark, bar) as count:
        copy = folder / "thidua.duckdb"
        shutil.copy(home.staging, copy)
        with in_memory(copy) as connection:
            build_models(connection, models=models)
            count(connection, [model.name for model in wanted])
            places = {model.name: f"({counted.rows_of(model.name)})" for model in wanted}
            differences, rows = differing(connection, wanted, places)
    return Compared(len(wanted), rows, tuple(differences))


def differing(
    connection: duckdb.DuckDBPyConnection, models: list[Model], others: Mapping[str, str]
) -> tuple[list[Difference], int]:
    """What differs between tables of DuckDB and others, and how many rows DuckDB has.

    Args:
        connection: has the models' tables, and sees the others.
        models: of which the rows are compared.
        others: what is selected from instead, by name of the model.
    """
    differences, rows = [], 0
    for model in models:
        one = f'"{model.schema}"."{model.name}"'
        columns = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {one}").fetchall()}
        found = difference(connection, f"{model.schema}.{model.name}", one, others[model.name], columns)
        differences += [found] if found else []
        ((held,),) = connection.execute(f"SELECT count(*) FROM {one}").fetchall()
        rows += held
    return differences, rows
