"""Functions of texts that Spark has not: DuckDB's own, over columns of Arrow in the executors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import duckdb
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.functions import arrow_udf

NAMES = ("strip_accents", "nfc_normalize")


def register(session: SparkSession) -> None:
    """Make the functions known to a session, under the names DuckDB has for them."""
    for name in NAMES:
        session.udf.register(name, arrow_udf(_of_duckdb(name), "string"))


def _of_duckdb(name: str) -> Callable[[pa.Array], pa.Array]:
    def applied(texts: pa.Array) -> pa.Array:
        _connection().register("given", pa.table({"one": texts}))
        answers = _connection().sql(f"SELECT {name}(one) AS one FROM given").to_arrow_table()
        return answers.column("one").combine_chunks().cast(pa.string())

    return applied


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """One of each process of Python."""
    return duckdb.connect(config={"threads": 1})
