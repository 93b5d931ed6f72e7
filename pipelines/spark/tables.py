"""Tables as Parquet in a folder that every machine of a cluster sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyspark.sql import DataFrame, SparkSession
from sqlglot import exp

from pipelines.common.sql import quoted
from pipelines.spark.columns import Columns
from pipelines.spark.translation import view_of

WIDE = ("HUGEINT", "UBIGINT")
"""Types Spark has not: sums and counts, for which BIGINT is wide enough."""


def spark_type(kind: str) -> str:
    """A type of DuckDB in Spark's words."""
    return exp.DataType.build("BIGINT" if kind in WIDE else kind, dialect="duckdb").sql("spark")


@dataclass(frozen=True, slots=True)
class Tables:
    """A folder with a folder or file of Parquet a table."""

    folder: Path
    columns: Columns

    def path(self, schema: str, name: str) -> Path:
        """Where a table lies."""
        return self.folder / f"{schema}.{name}.parquet"

    def export(self, connection: duckdb.DuckDBPyConnection, wanted: Iterable[tuple[str, str]]) -> None:
        """Write tables of DuckDB, by schema and name, that do not lie there yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for schema, name in sorted(wanted):
            if self.path(schema, name).exists():
                continue
            columns = ", ".join(
                f'"{column}"::BIGINT AS "{column}"' if kind in WIDE else f'"{column}"'
                for column, kind in self.columns[schema][name].items()
            )
            target = quoted(self.path(schema, name))
            connection.execute(
                f'COPY (SELECT {columns} FROM "{schema}"."{name}") TO {target} (FORMAT parquet)'
            )

    def size(self, schema: str, name: str) -> int:
        """Bytes of a table."""
        path = self.path(schema, name)
        return sum(part.stat().st_size for part in (path.glob("*.parquet") if path.is_dir() else [path]))

    def show(self, session: SparkSession, schema: str, name: str) -> None:
        """Let Spark read a table."""
        columns = self.columns[schema][name]
        described = ", ".join(f"`{column}` {spark_type(kind)}" for column, kind in columns.items())
        frame = session.read.schema(described).parquet(str(self.path(schema, name)))
        frame.createOrReplaceGlobalTempView(view_of(schema, name))

    def keep(self, frame: DataFrame, schema: str, name: str) -> None:
        """Write what Spark found as a table, in the columns and types it has in DuckDB."""
        columns = self.columns[schema][name]
        typed = frame.selectExpr(
            *(f"CAST(`{one}` AS {spark_type(kind)}) AS `{one}`" for one, kind in columns.items())
        )
        typed.write.mode("overwrite").parquet(str(self.path(schema, name)))

    def source(self, schema: str, name: str) -> str:
        """A query of what Spark found as a table, for DuckDB, in the columns and types it has there."""
        columns = self.columns[schema][name]
        typed = ", ".join(f'"{column}"::{kind} AS "{column}"' for column, kind in columns.items())
        return f"SELECT {typed} FROM read_parquet({quoted(self.path(schema, name) / '*.parquet')})"
