"""A Spark session of ours: where it works, and what is fixed so that it counts as DuckDB does."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

from pipelines.reference.settings import Engine
from pipelines.sentences import text
from pipelines.spark import text_functions

QUIET = Path(__file__).with_name("log4j2.properties")
JAVA = f"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dlog4j2.configurationFile={QUIET}"
"""A night is some hundred short queries: compiling them thoroughly takes longer than running them."""
CLUSTER = "spark://"
PORT = 7077
SECONDS = 10
"""So long a master may take to answer."""


class Unreachable(Exception):
    """No master of the cluster answers; the message says so in Vietnamese."""


@contextmanager
def session(engine: Engine, folder: Path) -> Iterator[SparkSession]:
    """A session that ends with the block.

    Args:
        engine: where it works.
        folder: for what it needs meanwhile; every machine of a cluster sees it.

    Raises:
        Unreachable: the cluster does not answer.
    """
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{engine.memory_mb}m",
        "spark.executor.memory": f"{engine.memory_mb}m",
        "spark.driver.extraJavaOptions": JAVA,
        "spark.executor.extraJavaOptions": JAVA,
        "spark.local.dir": str(folder / "local"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        # what cannot be cast is an error, as in DuckDB
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "Asia/Ho_Chi_Minh",
    }
    if engine.master.startswith(CLUSTER):
        settings["spark.driver.host"] = settings["spark.driver.bindAddress"] = _own_address(engine.master)
    builder = SparkSession.builder.master(engine.master).appName("thidua")
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    try:
        text_functions.register(started)
        yield started
    finally:
        started.stop()


def _own_address(master: str) -> str:
    """The address under which a cluster sees this machine: that from which its master is reached."""
    why = ""
    for place in master.removeprefix(CLUSTER).split(","):
        host, _, port = place.partition(":")
        try:
            with socket.create_connection((host, int(port or PORT)), SECONDS) as connection:
                return str(connection.getsockname()[0])
        except (OSError, ValueError) as error:
            why = str(error)
    raise Unreachable(text("engines.unreachable", master=master, why=why))
