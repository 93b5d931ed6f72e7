"""Tables of a night counted on Spark, over what the staging file holds."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from pipelines.common.bars import Bar
from pipelines.reference.settings import Engine
from pipelines.spark.columns import columns_of
from pipelines.spark.counting import count, given, plan
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform import counted
from pipelines.transform.compiled import compiled_models


def count_on(
    engine: Engine, folder: Path, connection: duckdb.DuckDBPyConnection, names: Collection[str], bar: Bar
) -> None:
    """Count tables and offer their rows to the night; they lie in the folder, which must stay so long.

    Args:
        engine: where Spark works.
        folder: every machine of a cluster sees it; what was in it is gone.
        connection: the staging file with all that they are made of, open for writing.
        names: of the models.
        bar: told of each.

    Raises:
        Unreachable: the cluster does not answer.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    models = compiled_models()
    tables = Tables(folder / "tables", columns_of(connection, models))
    planned = plan(models, names, tables.columns)
    bar.total(len(names))
    tables.export(connection, given(planned))
    with session(engine, folder) as spark:
        count(spark, planned, tables, bar)
    kept = [one.model for one in planned if one.is_kept]
    counted.offer(connection, {one.name: tables.source(one.schema, one.name) for one in kept})
