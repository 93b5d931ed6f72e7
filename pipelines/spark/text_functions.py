"""Functions of texts that Spark has not: DuckDB's own, over columns of Arrow in the executors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.functions import arrow_udf

from pipelines.common import digest

NAMES = ("strip_accents", "nfc_normalize")


class OtherCode(Exception):
    """An executor would say something else than this machine."""


def register(session: SparkSession) -> None:
    """Make the functions known to a session, under the names DuckDB has for them."""
    for name in NAMES:
        session.udf.register(name, arrow_udf(_of_duckdb(name, _code()), "string"))


def _of_duckdb(name: str, code: str) -> Callable[[pa.Array], pa.Array]:
    def applied(texts: pa.Array) -> pa.Array:
        connection = _connection(code)
        connection.register("given", pa.table({"one": texts}))
        answers = connection.sql(f"SELECT {name}(one) AS one FROM given").to_arrow_table()
        return answers.column("one").combine_chunks().cast(pa.string())

    return applied


def _code() -> str:
    """What decides what the functions say, as this process finds it."""
    return f"{duckdb.__version__} {digest.of_files([Path(__file__)])}"


@cache
def _connection(code: str) -> duckdb.DuckDBPyConnection:
    """One of each process of Python, if it finds the code that the night was begun with."""
    if _code() != code:
        raise OtherCode
    return duckdb.connect(config={"threads": 1})
