"""A Spark session of ours: where it works, and what is fixed so that it counts as DuckDB does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL

from pyspark import SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from pipelines.reference.settings import Engine
from pipelines.spark.cluster import CLUSTER, own_address
from pipelines.spark.watch import watched

QUIET = Path(__file__).with_name("log4j2.properties")
JAVA = (
    "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC "
    f"-Dlog4j2.configurationFile={QUIET}"
)
"""A night is some hundred short queries: compiling them thoroughly takes longer than running them. Their code
does not fit into the 48 MB that Java then reserves for it, and without room it compiles no more."""
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
    conf = SparkConf().setMaster(engine.master).setAppName("thidua").setAll(list(settings.items()))
    # what Java says while it begins is of no use to whoever looks on; it serves the next session too
    java = SparkContext._gateway or launch_gateway(conf, {"stderr": DEVNULL})
    SparkContext(conf=conf, gateway=java)
    started = SparkSession.builder.getOrCreate()
    try:
        with watched(started.sparkContext, engine.master):
            yield started
    finally:
        started.stop()
