"""What all models of a night cost on DuckDB and on Apache Spark, over the same tables.

Run: ``.venv/bin/python benchmarks/engines.py HOME…``; homes of nights that are over, of any size. Prints a
line per home: rows of ``raw``, processor seconds of each engine with all its processes, and
how many tables differ. Spark's first home pays for the start of Java.
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
from pipelines.spark.columns import GIVEN, columns_of
from pipelines.spark.counting import count
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform.compiled import build_models, compiled_models, in_memory

LINE = "{:>12} {:>14} {:>16} {:>14} {:>9}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("homes", type=Path, nargs="+")
    arguments.add_argument("--master", default="local[*]")
    asked = arguments.parse_args()
    print(LINE.format("rows of raw", "duckdb, s", "written out, s", "spark, s", "differ"))
    for home in asked.homes:
        run(Home(home), Engine(master=asked.master))


def run(home: Home, engine: Engine) -> None:
    models = compiled_models()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "thidua.duckdb"
        shutil.copy(home.staging, copy)
        connection = in_memory(copy)
        tables = Tables(Path(folder) / "tables", columns_of(connection, models))
        marks = [processor()]
        build_models(connection, models=models)
        marks.append(processor())
        tables.export(connection, GIVEN)
        marks.append(processor())
        with session(engine, Path(folder)) as spark, bar("spark") as shown:
            wanted = [model for model in models if model.schema != STAGING]
            count(spark, models, tables, {model.name for model in wanted}, shown)
            marks.append(processor())
        duckdb, written, counted = (later - before for before, later in pairwise(marks))
        rows = sum(
            connection.execute(f'SELECT count(*) FROM raw."{name}"').fetchall()[0][0]
            for name in tables.columns["raw"]
        )
        differ = len(differing(connection, tables, wanted)[0])
        figures = (f"{duckdb:.1f}", f"{written:.1f}", f"{counted:.1f}", differ)
        print(LINE.format(f"{rows:,}", *figures), flush=True)
        connection.close()


def processor() -> float:
    """Seconds this process and those it began have worked."""
    own = psutil.Process()
    everyone = [own, *own.children(recursive=True)]
    return sum(one.cpu_times().user + one.cpu_times().system for one in everyone)


if __name__ == "__main__":
    main()
