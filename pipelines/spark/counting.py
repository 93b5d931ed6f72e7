"""The models on Spark: each over the tables before it, in an order in which they can be built."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from graphlib import TopologicalSorter

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from pipelines.common.bars import Bar
from pipelines.sentences import text
from pipelines.spark import text_functions
from pipelines.spark.columns import Columns
from pipelines.spark.tables import Tables
from pipelines.spark.translation import Step, Translated, columns_known, translated, view_of
from pipelines.transform.compiled import with_needs
from pipelines.transform.model import Model

LITTLE = 1_500_000
"""Bytes a model reads up to which its query is interpreted by one task: compiling it would cost more."""
MOST_SAID = 400
"""Letters of what Spark says of a failure; the rest tells where in Spark it came up."""
AT_ONCE = 4
"""Models counted at once: planning a query keeps one core busy, whatever the machines behind it."""
FOR_LITTLE = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}
FOR_MUCH = {
    # what a table takes in memory is guessed by its file, where most columns say the same again and again:
    # else tables of a million rows are handed to every executor whole
    "spark.sql.sources.fileCompressionFactor": "10",
}
FOR_ALL = {
    # what is handed to every executor, and be it little, waits for its turn behind the tasks of other models
    "spark.sql.broadcastTimeout": "3600",
}
PARTS = 4
"""Parts of much for each core: they are not of one size."""


class Uncounted(Exception):
    """Spark does not count a table; the message says which or why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A model in Spark's words."""

    model: Model
    told: Translated
    is_kept: bool
    """Whether its rows are wanted; else it is a view that others read."""


def plan(models: Collection[Model], wanted: Collection[str], columns: Columns) -> list[Planned]:
    """What Spark has to do for some models.

    Args:
        models: all of them, in their order.
        wanted: names of those to count.
        columns: of all tables.

    Raises:
        Untranslated: for what no rule knows how to say.
    """
    known = columns_known(columns)
    stand = [model.name for model in models if not model.is_view and model.name not in wanted]
    return [
        Planned(model, translated(model, known), model.name in wanted)
        for model in with_needs(list(models), wanted, stand)
    ]


def given(planned: Collection[Planned]) -> set[tuple[str, str]]:
    """The tables that must be there before: schemas and names."""
    made = {(one.model.schema, one.model.name) for one in planned}
    return {table for one in planned for table in one.told.reads} - made


def count(session: SparkSession, planned: Collection[Planned], tables: Tables, bar: Bar) -> None:
    """Count models; their tables stand in the folder afterwards.

    Args:
        session: our own.
        planned: what is to be done, in this order.
        tables: the folder, with the tables of ``given``.
        bar: told of each.

    Raises:
        Uncounted: for a table that Spark does not count.
    """
    parts = {"spark.sql.shuffle.partitions": str(PARTS * session.sparkContext.defaultParallelism)}
    much = _set(session.newSession(), FOR_ALL | FOR_MUCH | parts)
    little = _set(session.newSession(), FOR_ALL | FOR_LITTLE)
    for table in sorted(given(planned)):
        tables.show(session, *table)
    weights = {table: tables.size(*table) for table in given(planned)}
    by_name = {one.model.name: one for one in planned}
    order = TopologicalSorter({name: by_name.keys() & one.model.needs for name, one in by_name.items()})
    order.prepare()
    running: dict[Future[None], str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            while order.is_active():
                for name in order.get_ready():
                    one = by_name[name]
                    weight = sum(weights[table] for table in one.told.reads)
                    weights[one.model.schema, name] = weight  # of a view; a table will have its own
                    running[pool.submit(_counted, little if weight <= LITTLE else much, one, tables)] = name
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    done.result()
                    one = by_name[running.pop(done)]
                    if one.is_kept:
                        table = one.model.schema, one.model.name
                        weights[table] = tables.size(*table)
                    bar.advance(one.is_kept)
                    order.done(one.model.name)
        finally:
            pool.shutdown(cancel_futures=True)


def _set(session: SparkSession, settings: dict[str, str]) -> SparkSession:
    text_functions.register(session)
    for setting, value in settings.items():
        session.conf.set(setting, value)
    return session


def _counted(session: SparkSession, one: Planned, tables: Tables) -> None:
    schema, name = one.model.schema, one.model.name
    try:
        for step in one.told.steps:
            _worked_out(session, step, tables)
        frame = session.sql(one.told.sql)
        if one.is_kept:
            tables.keep(frame, schema, name)
            tables.show(session, schema, name)
        else:
            frame.createOrReplaceGlobalTempView(view_of(schema, name))
    except (Py4JError, PySparkException) as error:
        if text_functions.OtherCode.__name__ in str(error):  # an executor's, told by Spark
            raise Uncounted(text("engines.other_code")) from None
        why = " ".join(str(error).split())[:MOST_SAID]
        raise Uncounted(text("engines.uncounted", table=f"{schema}.{name}", why=why)) from None


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
