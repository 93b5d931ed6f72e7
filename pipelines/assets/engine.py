"""Which engine a night reads and counts on; of Spark nothing is imported by a night on DuckDB."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import duckdb
from dagster import Failure

from pipelines.common.bars import Bar
from pipelines.night.request import NightRequest
from pipelines.operate.engines import lacking
from pipelines.reference.settings import Engine, load_engine

Count = Callable[[duckdb.DuckDBPyConnection, Collection[str]], None]
"""Counts tables, by name of the model, over a staging file and offers their rows there."""


def spark_of(request: NightRequest) -> Engine | None:
    """The Spark a night works on; None: it works on DuckDB.

    Raises:
        Failure: this machine has no Spark.
        ReferenceError: the settings cannot be used.
    """
    engine = load_engine(request.settings)
    if (request.engine or engine.kind) != "spark":
        return None
    if lack := lacking():
        raise Failure(description=lack, allow_retries=False)
    return engine


@contextmanager
def counting(request: NightRequest, bar: Bar) -> Iterator[Count | None]:
    """How a night counts; what was counted elsewhere stays until the end of the block. None: DuckDB counts.

    Args:
        request: of the night.
        bar: told how many tables are counted elsewhere, and of each.
    """
    engine = spark_of(request)
    if engine is None:
        yield None
        return

    def count(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
        from pipelines.spark.night import count_on

        count_on(engine, request.home.spark, connection, names, bar)

    try:
        yield count
    finally:
        shutil.rmtree(request.home.spark, ignore_errors=True)
