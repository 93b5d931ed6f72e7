"""A night's reading and counting on DuckDB and on Apache Spark, over the same files and tables, in one run.

Run: ``.venv/bin/python -m benchmarks.engines FOLDER… [--awards N]``. Each folder holds ``raw``, ``reference``
and the ``home`` of a night over them, as ``benchmarks.national`` lays them out; nothing is written there.
``--awards``: award events as ``benchmarks.lookup`` makes them up, and the models that follow from them, those
of mẫu 02 and of recipients. Each size has a process of its own, as a night has. Prints each stage in
processor seconds and, in brackets, by the clock, and those of Spark's tasks, which more machines divide; then
what a stage costs without a row, for each million, and the exponent between the smallest and largest size.
All raw tables and all tables counted are compared row for row; a difference ends the run with 1. Executors on
other machines are not seen: ``--master local[N]`` is measured whole.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock, Thread

import duckdb
import polars as pl
import psutil
from pyspark.sql import SparkSession

from benchmarks import lookup, mau_02
from pipelines.common.bars import bar
from pipelines.common.paths import Home
from pipelines.contracts.raw import RAW
from pipelines.inbox.register import fingerprint, scan
from pipelines.reference.settings import Engine
from pipelines.spark.both import STAGING, differing
from pipelines.spark.columns import columns_of
from pipelines.spark.compare import difference
from pipelines.spark.counting import count, given, plan
from pipelines.spark.reading import read_on
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform.compiled import build_models, compiled_models, in_memory, with_needs
from pipelines.transform.model import Model
from pipelines.warehouse.read_file import ReadItem
from pipelines.warehouse.reading import read_all

STANDING = (lookup.GIVEN, *mau_02.STANDING, *lookup.FEW)
"""The events, and small models beside them."""
FOLLOWING = (*mau_02.WANTED, *lookup.JOINING, *lookup.PUBLISHED, *lookup.DIMENSIONS)
PER_UNIT = 1_000
"""Award events of a unit."""
DUCKDB_MEMORY = "6GB"


@dataclass(slots=True)
class Size:
    """What one size came to; seconds of each stage: of processors, by the clock."""

    name: str
    rows: int = 0
    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)
    in_tasks: dict[str, float] = field(default_factory=dict)
    """Of Spark's stages: processor seconds of its tasks."""
    between_mb: float = 0.0
    """Of the tables that lay between the engines."""
    most_mb: dict[str, float] = field(default_factory=dict)
    """Memory of this process and of Java."""
    compared: tuple[int, int] = 0, 0
    """Tables and rows."""
    differ: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What the block takes; of Spark, what its tasks do too."""
        worked, clock, tasks = processor(), time.perf_counter(), in_tasks()
        yield
        self.seconds[name] = processor() - worked, time.perf_counter() - clock
        if in_tasks() > tasks:
            self.in_tasks[name] = in_tasks() - tasks
        print(f"{self.name}: {name} {self.cell(name)}", flush=True)

    def cell(self, stage: str) -> str:
        """Seconds of a stage for the table."""
        worked, clock = self.seconds[stage]
        tasks = f"; tasks {self.in_tasks[stage]:.0f}" if stage in self.in_tasks else ""
        return f"{worked:.1f} ({clock:.0f}{tasks})"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", type=Path, nargs="*")
    arguments.add_argument("--awards", type=int, default=0)
    arguments.add_argument("--master", default="local[*]")
    arguments.add_argument("--memory-mb", type=int, default=3000)
    arguments.add_argument("--one", choices=("folder", "awards"), help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.one:
        Thread(target=look_on, daemon=True).start()
        engine = Engine(kind="spark", master=asked.master, memory_mb=asked.memory_mb)
        with tempfile.TemporaryDirectory() as folder:
            if asked.one == "awards":
                size = of_awards(asked.awards, engine, Path(folder))
            else:
                size = of_folder(asked.folders[0], engine, Path(folder))
            print(json.dumps(asdict(size)), flush=True)
        return
    common = ["--master", asked.master, "--memory-mb", str(asked.memory_mb)]
    sizes = [in_own_process("--one", "folder", str(folder), *common) for folder in asked.folders]
    if sizes:
        print_sizes(sizes)
    if asked.awards:
        sizes.append(in_own_process("--one", "awards", "--awards", str(asked.awards), *common))
        print_sizes(sizes[-1:])
    sys.exit(any(size.differ for size in sizes))


def in_own_process(*arguments: str) -> Size:
    command = [sys.executable, "-m", "benchmarks.engines", *arguments]
    found = None
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for said in running.stdout:
            if said.startswith("{"):
                found = Size(**json.loads(said))
            else:
                print(said, end="", flush=True)
    if found is None:
        sys.exit(running.returncode)
    return found


def of_folder(night: Path, engine: Engine, folder: Path) -> Size:
    """Read and count what a night read."""
    copy = folder / "thidua.duckdb"
    shutil.copy(Home(night / "home").staging, copy)
    size = Size(night.name)
    with opened(copy) as connection:
        rows = (connection.execute(f'SELECT count(*) FROM raw."{name}"').fetchall() for name in RAW)
        size.rows = sum(held for ((held,),) in rows)
    with begun(size, engine, folder) as spark:
        read(size, night, spark, folder)
        counted(size, copy, compiled_models(), spark, folder)
    return size


def of_awards(events: int, engine: Engine, folder: Path) -> Size:
    """Count what follows from award events."""
    home = Home(folder / "home")
    lookup.fill(home, events, max(1, events // PER_UNIT))
    size = Size(f"{events:,} awards", events)
    with opened(home.staging) as connection:
        build_models(connection, mau_02.STANDING)
    models = with_needs(compiled_models(), FOLLOWING, STANDING)
    with begun(size, engine, folder) as spark:
        counted(size, home.staging, models, spark, folder)
    return size


@contextmanager
def begun(size: Size, engine: Engine, folder: Path) -> Iterator[SparkSession]:
    """A session; at its end the most memory that was used is noted."""
    with ExitStack() as ends:
        with size.stage("Java and Python begun"):
            spark = ends.enter_context(session(engine, folder))
        yield spark
        own, *others = everyone()
        java = next(one for one in others if one.name() == "java")
        size.most_mb = {"here": most_mb(own), "Java": most_mb(java)}


def read(size: Size, night: Path, spark: SparkSession, folder: Path) -> None:
    """Read all files with the night's own reader and with Spark; raw tables must be equal."""
    items = [
        ReadItem(file, *fingerprint(file, {}), file.problem, dict(file.problem_params), waiting=False)
        for file in scan(night / "raw")
    ]
    with size.stage("read here"):
        here = list(read_all(items, night / "reference"))
    with size.stage("read by Spark"):
        there = list(read_on(spark, items, night / "reference", folder / "read"))
    with duckdb.connect() as connection:
        for name in RAW:
            for side, chunks in (("one", here), ("other", there)):
                connection.register(side, pl.concat([chunk.tables[name] for chunk in chunks]).to_arrow())
            columns = {one: kind for one, kind, *_ in connection.execute("DESCRIBE one").fetchall()}
            found = difference(connection, f"raw.{name}", "one", "other", columns)
            size.differ += [found.table] if found else []


def counted(size: Size, staging: Path, models: list[Model], spark: SparkSession, folder: Path) -> None:
    """Count models on both engines over the tables of a staging file; their rows must be equal."""
    wanted = [model for model in models if model.schema != STAGING and not model.is_view]
    with opened(staging) as connection:
        with size.stage("counted by DuckDB"):
            build_models(connection, models=models)
        with size.stage("put into Spark's words"):
            tables = Tables(folder / "tables", columns_of(connection, compiled_models()))
            planned = plan(compiled_models(), [model.name for model in wanted], tables.columns)
        with size.stage("written out"):
            tables.export(connection, given(planned))
    with size.stage("counted by Spark"), bar("spark") as shown:
        count(spark, planned, tables, shown)
    parts = [path for path in tables.folder.rglob("*.parquet") if path.is_file()]
    size.between_mb = sum(path.stat().st_size for path in parts) / 1e6
    with opened(staging) as connection:
        connection.execute("CREATE SCHEMA back")
        with size.stage("brought back"):
            for model in wanted:
                source = tables.source(model.schema, model.name)
                connection.execute(f'CREATE TABLE back."{model.name}" AS {source}')
        found, rows = differing(connection, wanted, {one.name: f'back."{one.name}"' for one in wanted})
    size.compared = len(wanted), rows
    size.differ += [one.table for one in found]


@contextmanager
def opened(staging: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A staging file as the models know it, within bounds of memory."""
    with in_memory(staging) as connection:
        connection.execute(f"SET memory_limit = '{DUCKDB_MEMORY}'")
        connection.execute(f"SET temp_directory = '{staging.parent / 'spilled'}'")
        yield connection


def everyone() -> list[psutil.Process]:
    """This process and those it began."""
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def processor() -> float:
    """Seconds they have worked, those too that have ended since this was asked last."""
    with _LOCK:
        java = next((one for one in everyone() if one.name() == "java"), None)
        beside = java.children(recursive=True) if java else []
        for one in everyone():
            with suppress(psutil.NoSuchProcess, OSError):
                _WORKED[one.pid, one.create_time()] = sum(one.cpu_times()[:2])
                if one in beside:
                    _IN_TASKS[one.pid] = sum(one.cpu_times()[:2])
                for thread in one.threads() if one == java else ():
                    if Path(f"/proc/{one.pid}/task/{thread.id}/comm").read_text().startswith("Executor task"):
                        _IN_TASKS[thread.id] = thread.user_time + thread.system_time
        return sum(_WORKED.values())


def look_on() -> None:
    """Ask for ever, so that little is lost with a process that ends."""
    while True:
        processor()
        time.sleep(0.5)


_LOCK, _WORKED, _IN_TASKS = Lock(), dict[tuple[int, float], float](), dict[int, float]()


def most_mb(process: psutil.Process) -> float:
    """The most memory a process has had."""
    told = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def in_tasks() -> float:
    """Seconds that tasks of Spark have worked: threads of Java, and the Python beside it."""
    processor()
    return sum(_IN_TASKS.values())


def print_sizes(sizes: Sequence[Size]) -> None:
    """The table of several sizes, the smallest first."""
    first, last = sizes[0], sizes[-1]
    more = last.rows / first.rows
    head = [f"{one.name}: {one.rows:,} rows" for one in sizes]
    print(line("stage", *head, *(("fixed", "each million", "exponent") if more > 1 else ())))
    for stage in first.seconds:
        cells = [one.cell(stage) for one in sizes]
        if more > 1:
            low, high = first.seconds[stage][0], last.seconds[stage][0]
            each = (high - low) / (last.rows - first.rows)
            cells += [f"{low - each * first.rows:.1f}", f"{each * 1e6:.1f}"]
            cells += [f"{math.log(max(high, 0.05) / max(low, 0.05)) / math.log(more):.2f}"]
        print(line(stage, *cells))
    for one in sizes:
        most = ", ".join(f"{name} {mb:,.0f} MB" for name, mb in one.most_mb.items())
        tables, rows = one.compared
        print(f"{one.name}: {one.between_mb:,.0f} MB between, most memory {most}")
        print(f"{one.name}: {tables} tables, {rows:,} rows, differ: {', '.join(one.differ) or 'none'}")


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
