"""Both engines over the same tables: what each finds, and whether it is the same."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

import duckdb

from pipelines.common.bars import Bar
from pipelines.common.paths import Home
from pipelines.common.processes import temporary_folder
from pipelines.reference.settings import Engine
from pipelines.spark.columns import GIVEN, columns_of
from pipelines.spark.compare import Difference, difference
from pipelines.spark.counting import count
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
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
        home: its staging file is copied, not written to.
        engine: where Spark works.
        bar: told how many tables there are, and of each that Spark has counted.
    """
    models = compiled_models()
    wanted = [model for model in models if model.schema != STAGING]
    bar.total(len(wanted))
    with temporary_folder() as folder:
        copy = folder / "thidua.duckdb"
        shutil.copy(home.staging, copy)
        connection = in_memory(copy)
        try:
            build_models(connection, models=models)
            tables = Tables(folder / "tables", columns_of(connection, models))
            tables.export(connection, GIVEN)
            with session(engine, folder) as spark:
                count(spark, models, tables, {model.name for model in wanted}, bar)
            differences, rows = differing(connection, tables, wanted)
        finally:
            connection.close()
    return Compared(len(wanted), rows, tuple(differences))


def differing(
    connection: duckdb.DuckDBPyConnection, tables: Tables, models: list[Model]
) -> tuple[list[Difference], int]:
    """What differs between tables of DuckDB and of a folder, and how many rows DuckDB has.

    Args:
        connection: has the models' tables.
        tables: the folder.
        models: of which the rows are compared.
    """
    differences, rows = [], 0
    for model in models:
        one = f'"{model.schema}"."{model.name}"'
        columns = tables.columns[model.schema][model.name]
        other = tables.source(model.schema, model.name)
        found = difference(connection, f"{model.schema}.{model.name}", one, other, columns)
        differences += [found] if found else []
        ((held,),) = connection.execute(f"SELECT count(*) FROM {one}").fetchall()
        rows += held
    return differences, rows
