"""Which engine a night reads and counts on; of Spark nothing is imported by a night on DuckDB."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from dagster import Failure

from pipelines.common.bars import Bar
from pipelines.common.paths import Home
from pipelines.night.request import NightRequest
from pipelines.operate.engines import lacking
from pipelines.reference.settings import Engine, load_engine
from pipelines.transform.counted import Count
from pipelines.warehouse.intake import Read
from pipelines.warehouse.read_file import Chunk, ReadItem
from pipelines.warehouse.reading import read_all

FEW = 100
"""So few files are read by this machine: until a cluster begins, they are read."""


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


def reading(request: NightRequest) -> Read:
    """What reads the files of a night: this machine, or the executors of Spark where there are many."""
    engine = spark_of(request)
    if engine is None:
        return read_all

    def read(items: list[ReadItem], reference: Path) -> Iterator[Chunk]:
        if len(items) <= FEW:
            yield from read_all(items, reference)
            return
        from pipelines.spark.reading import read_on
        from pipelines.spark.session import session

        try:
            with session(engine, request.home.spark) as spark:
                yield from read_on(spark, items, reference, request.home.spark / "read")
        finally:
            shutil.rmtree(request.home.spark, ignore_errors=True)

    return read


def counting(engine: Engine | None, home: Home, bar: Bar) -> AbstractContextManager[Count | None]:
    """What counts the tables of a night, within a block; None: DuckDB does.

    Args:
        engine: of ``spark_of``.
        home: of the night.
        bar: told how many tables are counted elsewhere, and of each.
    """
    if engine is None:
        return nullcontext()
    from pipelines.spark.night import Counter

    return Counter(engine, home.spark, bar)
