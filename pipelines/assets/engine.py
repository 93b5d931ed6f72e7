"""Which engine a night reads and counts on; of Spark nothing is imported by a night on DuckDB."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from dagster import Failure

from pipelines.common.bars import Bar
from pipelines.common.paths import Home
from pipelines.night.request import NightRequest
from pipelines.operate.engines import lacking
from pipelines.reference.settings import Engine, load_engine
from pipelines.transform.counted import Count


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
