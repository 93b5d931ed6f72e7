"""A Spark session of ours: where it works, and what is fixed so that it counts as DuckDB does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

from pipelines.reference.settings import Engine
from pipelines.spark import text_functions
from pipelines.spark.cluster import CLUSTER, own_address
from pipelines.spark.watch import watched

QUIET = Path(__file__).with_name("log4j2.properties")
JAVA = f"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dlog4j2.configurationFile={QUIET}"
"""A night is some hundred short queries: compiling them thoroughly takes longer than running them."""
UNPACKED = "./environment/bin/python"
"""Python of an environment that Spark brought to an executor, from where it works."""


@contextmanager
def session(engine: Engine, folder: Path) -> Iterator[SparkSession]:
    """A session that ends with the block.

    Args:
        engine: where it works.
        folder: for what it needs meanwhile; every machine of a cluster sees it.

    Raises:
        Unreachable: the cluster does not answer, or has no worker left.
        OSError: there is no such environment.
    """
    own = own_address(engine.master)
    os.environ["SPARK_LOCAL_IP"] = own
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    settings = {
        "spark.driver.host": own,
        "spark.driver.bindAddress": own,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{engine.memory_mb}m",
        "spark.executor.memory": f"{engine.memory_mb}m",
        "spark.driver.extraJavaOptions": JAVA,
        "spark.executor.extraJavaOptions": JAVA,
        # a sort takes a page of memory, however few its rows; else they are of 64 MB
        "spark.buffer.pageSize": "2m",
        "spark.local.dir": str(folder / "local"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        # what cannot be cast is an error, as in DuckDB
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "Asia/Ho_Chi_Minh",
    }
    if engine.environment and engine.master.startswith(CLUSTER):
        os.stat(engine.environment)
        settings["spark.archives"] = f"{engine.environment}#environment"
        os.environ["PYSPARK_PYTHON"] = UNPACKED
    builder = SparkSession.builder.master(engine.master).appName("thidua")
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    try:
        text_functions.register(started)
        with watched(started.sparkContext, engine.master):
            yield started
    finally:
        started.stop()
