"""The models on Spark: each over the tables before it, in an order in which they can be built."""

from __future__ import annotations

from collections.abc import Collection

from pyspark.sql import SparkSession
from sqlglot.schema import MappingSchema

from pipelines.common.bars import Bar
from pipelines.spark.tables import Tables
from pipelines.spark.translation import Step, Translated, columns_known, translated, view_of
from pipelines.transform.compiled import with_needs
from pipelines.transform.model import Model

LITTLE = 200_000_000
"""Bytes of tables up to which compiling a query takes longer than interpreting it, and one task than many."""
FOR_LITTLE = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}


def count(
    session: SparkSession,
    models: Collection[Model],
    tables: Tables,
    wanted: Collection[str],
    bar: Bar,
) -> None:
    """Count models; their tables stand in the folder afterwards.

    Args:
        session: our own.
        models: all of them, in their order.
        tables: the folder, with what models are made of and the models counted before.
        wanted: names of those to count.
        bar: told of each.
    """
    is_little = tables.size() <= LITTLE
    many = {"spark.sql.shuffle.partitions": str(session.sparkContext.defaultParallelism)}
    for setting, value in (FOR_LITTLE if is_little else many).items():
        session.conf.set(setting, value)
    known = columns_known(tables.columns)
    for schema in sorted(set(tables.columns) - {model.schema for model in models}):
        for name in tables.columns[schema]:
            tables.show(session, schema, name)
    for model in with_needs(list(models), wanted):
        if model.name in wanted:
            _counted(session, model, known, tables)
            bar.advance()
        elif model.is_view:
            frame = session.sql(translated(model, known).sql)
            frame.createOrReplaceTempView(view_of(model.schema, model.name))
            continue
        tables.show(session, model.schema, model.name)


def _counted(session: SparkSession, model: Model, known: MappingSchema, tables: Tables) -> None:
    told: Translated = translated(model, known)
    for step in told.steps:
        _worked_out(session, step, tables)
    tables.keep(session.sql(told.sql), model.schema, model.name)


def _worked_out(session: SparkSession, step: Step, tables: Tables) -> None:
    """A recursive part: what came last leads to more until nothing new comes."""
    rounds = tables.folder / f"{step.name}.steps"
    came = session.sql(step.first).distinct()
    number = 0
    while True:
        came.write.mode("overwrite").parquet(str(rounds / f"round={number}"))
        last = session.read.parquet(str(rounds / f"round={number}"))
        if last.isEmpty():
            break
        all_of_them = session.read.parquet(*(str(rounds / f"round={n}") for n in range(number + 1)))
        last.createOrReplaceTempView(step.name)
        came = session.sql(step.next).distinct().subtract(all_of_them)
        number += 1
    every = session.read.parquet(*(str(rounds / f"round={n}") for n in range(number + 1)))
    every.createOrReplaceTempView(step.name)
