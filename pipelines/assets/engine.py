"""Which engine a night reads and counts on; of Spark nothing is imported by a night on DuckDB."""

from __future__ import annotations

from dagster import Failure

from pipelines.night.request import NightRequest
from pipelines.operate.engines import lacking
from pipelines.reference.settings import Engine, load_engine


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
