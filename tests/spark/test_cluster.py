"""Reading and counting on a real cluster: with the environment it was given, whoever dies meanwhile."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="make spark")
if shutil.which("java") is None:
    pytest.skip("Java 17", allow_module_level=True)

from pipelines.common.bars import Bar, bar
from pipelines.common.paths import PROJECT
from pipelines.contracts.raw import RAW
from pipelines.inbox.register import RawFile, fingerprint, scan
from pipelines.reference.settings import Engine
from pipelines.spark import watch
from pipelines.spark.both import differing
from pipelines.spark.cluster import Unreachable, own_address
from pipelines.spark.columns import columns_of
from pipelines.spark.compare import Difference
from pipelines.spark.counting import Uncounted, count, given, plan
from pipelines.spark.reading import Unfit, read_on
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform.compiled import build_models
from pipelines.transform.model import Model
from pipelines.warehouse.read_file import Chunk, ReadItem
from pipelines.warehouse.reading import read_all

from .cluster import SCRIPTS, WORKERS, Cluster, Deadly, started

REFERENCE = PROJECT / "data" / "reference"


def _item(file: RawFile) -> ReadItem:
    return ReadItem(file, *fingerprint(file, {}), file.problem, dict(file.problem_params), waiting=False)


@pytest.fixture(scope="module")
def items() -> list[ReadItem]:
    return [_item(file) for file in scan(PROJECT / "data" / "raw")[::2]]


@pytest.fixture(scope="module")
def expected(items: list[ReadItem]) -> list[Chunk]:
    return list(read_all(items, REFERENCE))


@pytest.fixture(scope="module")
def cluster(shared_folder: Path) -> Iterator[Cluster]:
    folder = shared_folder / "cluster"
    folder.mkdir()
    with started(folder) as running:
        yield running
    assert not [one for worker in WORKERS for one in running.working(worker)]


@pytest.fixture(scope="module")
def spark(cluster: Cluster, shared_folder: Path) -> Iterator[Any]:
    folder = shared_folder / "spark"
    packed = folder / "environment.tar.gz"
    subprocess.run([SCRIPTS / "pack", packed], check=True)
    engine = Engine(kind="spark", master=cluster.master, memory_mb=600, environment=str(packed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.spark.session.watched", lambda *_: nullcontext())  # the last test watches
        with session(engine, folder) as one:
            yield one


def _equal(found: list[Chunk], expected: list[Chunk], but: str = "") -> bool:
    with duckdb.connect() as connection:
        for name in RAW:
            for side, chunks in (("one", found), ("other", expected)):
                rows = pl.concat([chunk.tables[name] for chunk in chunks])
                connection.register(side, rows.filter(pl.col("submission_id") != but).to_arrow())
            for left, right in (("one", "other"), ("other", "one")):
                if connection.execute(f"FROM {left} EXCEPT ALL FROM {right}").fetchall():
                    return False
    return sum(chunk.rows_read for chunk in found) == sum(chunk.rows_read for chunk in expected)


def test_files_are_read_with_what_was_packed_and_one_that_kills_is_set_aside(
    spark: Any, cluster: Cluster, items: list[ReadItem], expected: list[Chunk], tmp_path: Path
) -> None:
    first = items[0].file
    deadly = ReadItem(
        Deadly("X/Y/2020-05-02/giet.csv", first.path, "X", "Y", first.received_on, 1, 0),
        "",
        "giet",
        None,
        {},
        False,
    )
    found = list(read_on(spark, [*items, deadly], REFERENCE, tmp_path / "read"))
    assert _equal(found, expected, but="giet")
    told = pl.concat([chunk.tables["submissions"] for chunk in found])
    assert told.filter(pl.col("submission_id") == "giet")["rule_id"].to_list() == ["RD-LOI-DOC"]
    assert sum(chunk.files for chunk in found) == len(items) + 1
    assert not (tmp_path / "read").exists()

    def where(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pipelines

        for _ in batches:
            yield pa.RecordBatch.from_pydict({"path": pa.array([pipelines.__path__[0]])})

    ((place,),) = spark.range(0, 1, 1, 1).mapInArrow(where, "path STRING").collect()
    assert place.startswith(str(cluster.folder))


def test_a_worker_killed_while_it_reads_loses_no_row_and_doubles_none(
    spark: Any, cluster: Cluster, items: list[ReadItem], expected: list[Chunk], tmp_path: Path
) -> None:
    coming = read_on(spark, items, REFERENCE, tmp_path / "read")
    found = [next(coming)]
    cluster.kill("worker-1")
    found += coming
    assert _equal(found, expected)


def test_an_executor_that_would_read_otherwise_says_why(
    spark: Any, items: list[ReadItem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = items[0].file.source_file
    unseen = RawFile(name, tmp_path / "raw" / name, None, None, None, 1, 0)
    with pytest.raises(Unfit, match=f"{tmp_path / 'raw'}.*ổ dùng chung"):
        list(read_on(spark, [ReadItem(unseen, "", "x", None, {}, False)], REFERENCE, tmp_path / "read"))
    monkeypatch.setattr("pipelines.common.digest.reader_code", lambda: "of another version")
    with pytest.raises(Unfit, match="deploy/spark/pack"):
        list(read_on(spark, items, REFERENCE, tmp_path / "read"))


class _Killing:
    """A bar that kills all executors when the first table is counted: the others are under way or to come."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.killed = cluster, 0

    def total(self, steps: int) -> None:
        """Of no interest."""

    def advance(self, steps: int = 1) -> None:
        if not self.killed:
            for worker in WORKERS:
                self.killed += len(self.cluster.working(worker))
                self.cluster.kill_executors(worker)


WIDE = Model(
    "marts", "wide", False, "select n, n % 7 as g, strip_accents('Ậ' || n) as t from thidua.raw.t", ()
)


def _counted(spark: Any, models: list[Model], folder: Path, shown: Bar) -> list[Difference]:
    """Count models on Spark; what DuckDB counts otherwise."""
    with duckdb.connect() as duck:
        duck.execute("ATTACH ':memory:' AS thidua; USE thidua; CREATE SCHEMA raw")
        duck.execute("CREATE TABLE raw.t AS SELECT range AS n FROM range(100000)")
        build_models(duck, models=models)
        tables = Tables(folder, columns_of(duck, models))
        planned = plan(models, [model.name for model in models], tables.columns)
        tables.export(duck, given(planned))
        count(spark, planned, tables, shown)
        others = {model.name: f"({tables.source(model.schema, model.name)})" for model in models}
        return differing(duck, models, others)[0]


def test_executors_killed_while_they_count_change_no_row(
    spark: Any, cluster: Cluster, tmp_path: Path
) -> None:
    models = [WIDE]
    for k in range(3):
        sums = f"select g, sum(n + {k}) as s, max(t) as t from thidua.marts.wide group by g"
        models.append(Model("marts", f"sums_{k}", False, sums, ("wide",)))
    killing = _Killing(cluster)
    assert _counted(spark, models, tmp_path, killing) == []
    assert killing.killed


def test_an_executor_that_would_count_otherwise_says_why(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as here, bar("test") as shown:
        here.setattr(duckdb, "__version__", "another than what was packed")
        with pytest.raises(Uncounted, match="deploy/spark/pack"):
            _counted(spark, [WIDE], tmp_path, shown)


def test_a_master_that_is_killed_takes_nothing_with_it_and_the_next_session_says_why(
    spark: Any, cluster: Cluster, items: list[ReadItem], expected: list[Chunk], tmp_path: Path
) -> None:
    coming = read_on(spark, items, REFERENCE, tmp_path / "read")
    found = [next(coming)]
    cluster.kill("master")
    found += coming
    assert _equal(found, expected)
    with bar("test") as shown:
        assert _counted(spark, [WIDE], tmp_path / "tables", shown) == []
    with pytest.raises(Unreachable, match=f"Không nối được cụm Apache Spark {cluster.master}"):
        own_address(cluster.master)


def test_without_a_worker_a_night_ends_with_one_sentence(
    spark: Any, cluster: Cluster, items: list[ReadItem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 2)
    for worker in WORKERS:
        cluster.kill(worker)
    with (
        pytest.raises(Unreachable, match=f"{cluster.master} không có máy nào nhận việc"),
        watch.watched(spark.sparkContext, cluster.master),
    ):
        list(read_on(spark, items, REFERENCE, tmp_path / "read"))
