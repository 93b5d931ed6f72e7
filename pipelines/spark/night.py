"""A half of a night's models on Spark, over what the staging file holds."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from pipelines.common.bars import bar
from pipelines.common.paths import Home
from pipelines.reference.settings import Engine
from pipelines.spark.columns import GIVEN, columns_of
from pipelines.spark.counting import count
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform.compiled import compiled_models


def count_half(home: Home, engine: Engine, names: Collection[str], is_first: bool) -> Path:
    """Count models; those of the first half stand for the second.

    Args:
        home: the night's.
        engine: where Spark works.
        names: of the models.
        is_first: whether nothing of tonight is counted yet.

    Returns:
        The folder with their tables.
    """
    folder = home.spark / "tables"
    if is_first:
        shutil.rmtree(folder, ignore_errors=True)
    models = compiled_models()
    with duckdb.connect(str(home.staging), read_only=True) as connection:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        tables = Tables(folder, columns_of(connection, models))
        tables.export(connection, GIVEN)
    with session(engine, home.spark) as spark, bar("spark") as shown:
        count(spark, models, tables, names, shown)
    return folder
