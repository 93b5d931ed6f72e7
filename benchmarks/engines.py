"""What all models of a night cost on DuckDB and on Apache Spark, over the same tables.

Run: ``.venv/bin/python benchmarks/engines.py HOME…``; homes of nights that are over, of any size, which are
copied and not written to. Prints a line per home: rows of ``raw``; processor seconds of DuckDB for all
tables, and of Spark for each stage: models put into its words, Java and Python begun (once), tables written
out for it, counted, brought back into DuckDB; size of the tables that lay between; how many tables differ.
Executors of a cluster on other machines are not seen: ``--master local[N]`` is measured whole.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import psutil

from pipelines.common.bars import bar
from pipelines.common.paths import Home
from pipelines.reference.settings import Engine
from pipelines.spark.both import STAGING, differing
from pipelines.spark.columns import columns_of
from pipelines.spark.counting import count, given, plan
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform.compiled import build_models, compiled_models, in_memory

LINE = "{:>12} {:>9} {:>11} {:>8} {:>13} {:>9} {:>14} {:>12} {:>7}"
HEAD = (
    *("rows of raw", "duckdb", "translated", "begun", "written out", "counted", "brought back"),
    *("MB between", "differ"),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("homes", type=Path, nargs="+")
    arguments.add_argument("--master", default="local[*]")
    arguments.add_argument("--memory-mb", type=int, default=1500)
    arguments.add_argument("--folder", type=Path, help="every machine of a cluster sees it")
    asked = arguments.parse_args()
    print(LINE.format(*HEAD), flush=True)
    for home in asked.homes:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            run(Home(home), Engine(master=asked.master, memory_mb=asked.memory_mb), Path(folder))


def run(home: Home, engine: Engine, folder: Path) -> None:
    models = compiled_models()
    copy = folder / "thidua.duckdb"
    shutil.copy(home.staging, copy)
    with in_memory(copy) as connection:
        marks = [processor()]
        build_models(connection, models=models)
        marks.append(processor())
        tables = Tables(folder / "tables", columns_of(connection, models))
        wanted = [model for model in models if model.schema != STAGING and not model.is_view]
        planned = plan(models, [model.name for model in wanted], tables.columns)
        marks.append(processor())
        with session(engine, folder) as spark, bar("spark") as shown:
            marks.append(processor())
            tables.export(connection, given(planned))
            marks.append(processor())
            count(spark, planned, tables, shown)
            marks.append(processor())
            connection.execute("CREATE SCHEMA back")
            for model in wanted:
                rows = tables.source(model.schema, model.name)
                connection.execute(f'CREATE TABLE back."{model.name}" AS {rows}')
            marks.append(processor())
        rows = sum(
            connection.execute(f'SELECT count(*) FROM raw."{name}"').fetchall()[0][0]
            for name in tables.columns["raw"]
        )
        others = {model.name: f'back."{model.name}"' for model in wanted}
        differ = len(differing(connection, wanted, others)[0])
        seconds = [f"{later - before:.1f}" for before, later in pairwise(marks)]
        print(LINE.format(f"{rows:,}", *seconds, f"{tables.size() / 1e6:,.0f}", differ), flush=True)


def processor() -> float:
    """Seconds this process and those it began have worked."""
    own = psutil.Process()
    everyone = [own, *own.children(recursive=True)]
    return sum(one.cpu_times().user + one.cpu_times().system for one in everyone)


if __name__ == "__main__":
    main()
